"""Clean text as an Issue: a bulletin with its documents and picks, or a policy alone."""

import hashlib
import re
from dataclasses import replace

from recommender.errors import InputError
from recommender.fold import bare
from recommender.intake.agencies import find_issuers
from recommender.intake.clean import Line, clean_text
from recommender.intake.document import read_document, read_entry_text, read_policy
from recommender.intake.entry import Entry
from recommender.intake.head import Head, read_head
from recommender.intake.marks import find_mark, strip_bullet
from recommender.intake.outline import Section, find_sections, find_titled_sections
from recommender.intake.picks import find_list, imprint_start, read_picks
from recommender.records import Document, Issue


def parse_text(text: str) -> Issue:
    """Parse the text of one file.

    Raises InputError when there is a head but no document below it.
    """
    cleaned = clean_text(text)
    lines = list(cleaned.lines)
    if not lines:
        raise InputError("内容是空的。请放入有文字的文件。")
    span = find_list(lines)
    body = lines[: span[0]] if span else lines[: imprint_start(lines)]
    if not body:
        raise InputError("只有推荐研究方向或刊尾，没有任何文件的正文。请检查文件内容是否完整。")
    sections = find_sections(body, _last_number(lines, span))
    titled = sections or find_titled_sections(body)
    head = read_head(body, titled[0].head if titled else len(body))
    if span or head.is_bulletin or _holds_documents(sections):
        issue = _read_bulletin(body, head, titled)
    else:
        issue = _read_alone(body)
    picks, left = read_picks(lines[span[0] + 1 : span[1]]) if span else ((), [])
    rest = [lines[span[0]], *lines[span[1] :]] if span else lines[len(body) :]
    asides = (*issue.asides, *(line.text for line in rest), *left)
    return replace(issue, picks=picks, asides=asides, repairs=cleaned.repairs)


def parse_entry(entry: Entry) -> Issue:
    """A policy from a line of a collection; its text may hold no numbering at all.

    Raises InputError when there is nothing but the title.
    """
    cleaned = clean_text(entry.text)
    document, asides = read_entry_text(entry, list(cleaned.lines))
    if not document.clauses and not document.tables:
        raise InputError("只有标题，没有正文。请检查内容是否完整。")
    issue = _alone(entry.key, document, asides)
    return replace(issue, repairs=cleaned.repairs, warnings=entry.warnings + issue.warnings)


def _last_number(lines: list[Line], span: tuple[int, int] | None) -> int | None:
    """Where the list of picks is numbered 六、, the documents or sections go up to 五、."""
    mark = find_mark(strip_bullet(lines[span[0]].text)) if span else None
    return mark.value - 1 if mark and mark.kind == "一、" and mark.value > 1 else None


def _holds_documents(sections: list[Section]) -> bool:
    """Whether sections show a bulletin even without 第N期: most are named documents with an issuer,
    or stand below section names. The parts of one policy are neither."""
    sure = sum(section.role is not None or bool(find_issuers(section.title)) for section in sections)
    return len(sections) > 1 and sure > len(sections) / 2


def _read_bulletin(lines: list[Line], head: Head, sections: list[Section]) -> Issue:
    warnings: list[str] = []
    if not sections:
        sections = [_whole(lines, head)]
        warnings.append("没有认出各文件的编号或标题，全文按段落处理。请检查文件标题是否独占一行。")
    asides = [line.text for line in lines[: max(sections[0].head, 0)]]
    documents: list[Document] = []
    ends = [section.head for section in sections[1:]] + [len(lines)]
    for section, following in zip(sections, ends, strict=True):
        document, left = read_document(section, lines[section.head + 1 : section.end])
        documents.append(document)
        asides += _head_aside(lines, section, document) + left
        asides += [line.text for line in lines[section.end : following]]
        if not document.clauses and not document.tables:
            place = lines[max(section.head, 0)].number
            warnings.append(f"第 {place} 行：“{section.title[:30]}”下面没有正文。")
    if not any(document.clauses for document in documents):
        raise InputError("只有刊头，没有任何文件的正文。请检查文件内容是否完整。")
    return Issue(
        key=_bulletin_key(head, lines),
        kind="bulletin",
        title=head.title,
        number=head.number,
        serial=head.serial,
        date=head.date,
        institution=head.institution,
        documents=tuple(documents),
        asides=tuple(asides),
        warnings=tuple(warnings),
    )


def _head_aside(lines: list[Line], section: Section, document: Document) -> list[str]:
    """The head line, where the title leaves out some of it (date, 【政策法规】, 提出：)."""
    line = lines[section.head].text if section.head >= 0 else ""
    return [] if bare(line) in ("", bare(document.label + document.title), bare(document.title)) else [line]


def _whole(lines: list[Line], head: Head) -> Section:
    """Everything below the head as one document, so that nothing is lost."""
    first = next((i for i, line in enumerate(lines) if re.search("[。；]", line.text)), len(lines))
    return Section("", head.title or "未命名", None, first - 1, len(lines))


def _read_alone(lines: list[Line]) -> Issue:
    document, asides = read_policy(lines)
    if not document.clauses:
        raise InputError("只有一行标题，没有正文。请检查文件内容是否完整。")
    return _alone(document.date or _digest(lines), document, asides)


def _alone(key: str, document: Document, asides: list[str]) -> Issue:
    """The issue that a policy standing alone makes."""
    labelled = any(clause.label for clause in document.clauses)
    warning = "没有认出条款编号，全文按段落处理。"
    return Issue(
        key=key,
        kind="policy",
        title=document.title,
        date=document.date,
        institution=document.issuers[0] if document.issuers else "",
        documents=(document,),
        asides=tuple(asides),
        warnings=() if labelled else (warning,),
    )


def _bulletin_key(head: Head, lines: list[Line]) -> str:
    """The 总第 number; else the date; else year and number; else a digest of the text."""
    if head.serial is not None:
        return str(head.serial)
    if head.date and (len(head.date) == 10 or head.number is None):
        return head.date
    if head.number is not None:
        return f"{head.date[:4]}-{head.number:02d}" if head.date else f"no-{head.number}"
    return _digest(lines)


def _digest(lines: list[Line]) -> str:
    text = "\n".join(line.text for line in lines)
    return f"doc-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
