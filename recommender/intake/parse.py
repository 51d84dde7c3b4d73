"""Clean text as an Issue: a bulletin with its documents and picks, or a policy alone."""

import hashlib
import re
from dataclasses import replace

from recommender.errors import InputError
from recommender.intake.clean import Line, clean_text
from recommender.intake.document import read_document, read_policy
from recommender.intake.head import Head, read_head
from recommender.intake.outline import Section, find_sections
from recommender.intake.picks import find_list, read_picks
from recommender.records import Document, Issue


def parse_text(text: str) -> Issue:
    """Parse the text of one file.

    Raises InputError when there is a bulletin's head but no document.
    """
    cleaned = clean_text(text)
    lines = list(cleaned.lines)
    span = find_list(lines)
    body = lines[: span[0]] if span else lines
    sections = find_sections(body)
    head = read_head(body, sections[0].head if sections else len(body))
    is_bulletin = bool(span) or head.is_bulletin or len(sections) > 1
    issue = _read_bulletin(body, head, sections) if is_bulletin else _read_alone(body)
    if span:
        rest = [lines[span[0]], *lines[span[1] :]]
        issue = replace(
            issue,
            picks=read_picks(lines[span[0] + 1 : span[1]]),
            asides=issue.asides + tuple(line.text for line in rest),
        )
    return replace(issue, repairs=cleaned.repairs)


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
        asides += left + [line.text for line in lines[section.end : following]]
        if not document.clauses and not document.tables:
            place = lines[section.head].number
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


def _whole(lines: list[Line], head: Head) -> Section:
    """Everything below the head as one document, so that nothing is lost."""
    first = next((i for i, line in enumerate(lines) if re.search("[。；]", line.text)), len(lines))
    return Section("", head.title or "未命名", None, first - 1, len(lines))


def _read_alone(lines: list[Line]) -> Issue:
    document, asides = read_policy(lines)
    if not document.clauses:
        raise InputError("只有一行标题，没有正文。请检查文件内容是否完整。")
    labelled = any(clause.label for clause in document.clauses)
    warning = "没有认出条款编号，全文按段落处理。"
    return Issue(
        key=document.date or _digest(lines),
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
