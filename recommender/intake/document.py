"""One document: what its head, its source lines and its signature say, and its clauses."""

import re
from dataclasses import dataclass

from recommender.fold import bare
from recommender.intake.agencies import find_any_issuer, level_of, name_source
from recommender.intake.clauses import read_body
from recommender.intake.clean import Line
from recommender.intake.entry import Entry
from recommender.intake.marks import find_mark
from recommender.intake.numerals import DAY, find_date
from recommender.intake.outline import Section
from recommender.intake.preface import take_contents, take_order
from recommender.intake.titles import TitleParts, find_number, looks_like_document, split_title
from recommender.records import Document, Role

_SOURCE = re.compile(r"(?:^|[（(\s])(?:资料|文章|信息|稿件|内容)?来源\s*[：:]\s*([^\s）)]+)")
_DATED = re.compile(
    r"(?:^|[（(\s])(?:发布|发文|成文|印发|公布|刊发|发表)?(?:日期|时间)\s*[：:]\s*(\S.{3,20})"
)
_WEB = re.compile(
    r"点击[数量率]|浏览(?:次数|量)|阅读[数量]|版权所有|ICP备|字体[：:]|打印本页|分享到|扫一扫|^上一篇|^下一篇|^责任编辑[：:]"
)
_DATE_LINE = re.compile(
    r"[（(]?\s*[\d一二〇零○][\d一二三四五六七八九十〇零○\s]*年[\d一二三四五六七八九十\s]+月[\d一二三四五六七八九十\s]+日\s*[)）]?"
)
_MAX_META = 80


@dataclass(frozen=True, slots=True)
class _Meta:
    """What the lines around the text say, and those lines themselves."""

    source: str
    published: str | None
    signed: str | None
    signer: str
    number: str | None
    asides: tuple[str, ...]


def read_document(section: Section, lines: list[Line]) -> tuple[Document, list[str]]:
    """A document of a bulletin from the lines below its head, and the lines that are not text."""
    parts = split_title(section.title)
    meta, lines = _take_meta(lines)
    formal, title_lines = _formal_title(lines) if "关于" not in parts.title else (None, 0)
    named = formal or parts
    issuers = named.issuers or parts.issuers or ((name_source(meta.source),) if meta.source else ())
    body = read_body(lines[title_lines:])
    asides = [line.text for line in lines[:title_lines]] + list(meta.asides)
    document = Document(
        label=section.label,
        title=parts.title,
        name=named.name,
        issuers=issuers,
        level=level_of(issuers[0]) if issuers else "",
        date=parts.date or meta.published or meta.signed or _lead_date(lines[:2]),
        number=find_number(section.title) or meta.number,
        role=_role(section.role, formal, parts),
        clauses=body.clauses,
        tables=body.tables,
    )
    return document, asides


def read_policy(lines: list[Line]) -> tuple[Document, list[str]]:
    """A policy that stands alone: its title first, its date and issuer often at the end."""
    meta, lines = _take_meta(lines)
    order, front, lines = take_order(lines)
    listed, lines = take_contents(lines)
    size = _title_size(lines)
    parts = split_title(" ".join(line.text for line in lines[:size]))
    again = _title_again(lines, size)
    body = read_body(lines[size + again :])
    signer = order.issuer if order else meta.signer or name_source(meta.source)
    issuers = parts.issuers or tuple(filter(None, (signer,)))
    document = Document(
        label="",
        title=parts.title,
        name=parts.name,
        issuers=issuers,
        level=level_of(issuers[0]) if issuers else "",
        date=parts.date or meta.signed or meta.published or _lead_date(lines[size : size + 2]),
        number=order.number if order else meta.number,
        role="policy",
        clauses=body.clauses,
        tables=body.tables,
    )
    left = [line.text for line in (*front, *listed, *lines[size : size + again])] + list(meta.asides)
    printed = "".join(line.text for line in lines[:size])
    return document, ([] if bare(printed) == bare(parts.title) else [printed]) + left


def read_entry_text(entry: Entry, lines: list[Line]) -> tuple[Document, list[str]]:
    """A policy whose title is given, and the lines that are not text.

    What is given beside the text goes before what the text says of itself.
    """
    meta, lines = _take_meta(lines)
    start = _printed_title(entry.title, lines)
    body = read_body(lines[start:])
    issuers = entry.issuers or tuple(filter(None, (meta.signer or name_source(meta.source),)))
    document = Document(
        label="",
        title=entry.title,
        name=split_title(entry.title).name,
        issuers=issuers,
        level=entry.level or (level_of(issuers[0]) if issuers else ""),
        date=entry.date or meta.signed or meta.published,
        number=entry.number or meta.number,
        role="policy",
        clauses=body.clauses,
        tables=body.tables,
    )
    return document, [line.text for line in lines[:start]] + list(meta.asides)


def _printed_title(title: str, lines: list[Line]) -> int:
    """How many lines at the head print the given title, or parts of it in their order."""
    whole = rest = bare(title)
    count = 0
    for line in lines[:6]:
        part = bare(line.text)
        if part not in rest or (len(part) < 4 and part != whole):
            break
        rest, count = rest[rest.index(part) + len(part) :], count + 1
    return count


def _title_again(lines: list[Line], size: int) -> int:
    """How many lines below the title print it once more, as web pages do."""
    title = bare("".join(line.text for line in lines[:size]))
    for count in range(1, 5):
        if bare("".join(line.text for line in lines[size : size + count])) == title:
            return count
    return 0


def _take_meta(lines: list[Line]) -> tuple[_Meta, list[Line]]:
    """Part source, date and signature lines from the text."""
    source, signer = "", ""
    published = signed = number = None
    asides, kept = [], []
    for line in lines:
        text = line.text
        if len(text) > _MAX_META or find_mark(text):
            kept.append(line)
            continue
        named, dated = _SOURCE.search(text), _DATED.search(text)
        if _DATE_LINE.fullmatch(text.strip()):
            signed = signed or find_date(text)
            signer = signer or _signer(kept)
            kept = kept[:-1] if kept and signer and kept[-1].text.replace(" ", "") == signer else kept
            asides += [signer, text] if signer and signer not in asides else [text]
        elif _is_number_line(text):
            number, published = number or find_number(text), published or find_date(text[text.find("号") :])
            asides.append(text)
        elif named or dated or _WEB.search(text):
            source = source or (named[1] if named else "")
            published = published or (find_date(dated[1]) if dated else None)
            asides.append(text)
        else:
            kept.append(line)
    return _Meta(source, published, signed, signer, number, tuple(asides)), kept


def _is_number_line(text: str) -> bool:
    """Whether a line is a document number, alone or with the date: （国办发〔2025〕8号 2025年4月8日）."""
    if len(text) > 50 or not find_number(text):
        return False
    return bool(re.search(rf"号\s*[，,、]?\s*(?:{DAY})?\s*[)）]?$", text)) and "《" not in text


def _signer(lines: list[Line]) -> str:
    """The agency on the line above the date, where that line is nothing else."""
    text = lines[-1].text.replace(" ", "") if lines else ""
    return text if len(lines) > 1 and len(text) <= 40 and find_any_issuer(text) == text else ""


def _formal_title(lines: list[Line]) -> tuple[TitleParts | None, int]:
    """The official title printed below an article's heading, over up to three lines."""
    for size in (1, 2, 3):
        texts = [line.text for line in lines[:size]]
        if len(texts) < size or any(find_mark(text) or len(text) > 80 for text in texts):
            break
        title = "".join(texts)
        if looks_like_document(title) and "关于" in title:
            return split_title(title), size
    return None, 0


def _title_size(lines: list[Line]) -> int:
    """How many lines the title of a policy takes: the fewest that read as one, else the first."""
    for size in range(1, min(5, len(lines)) + 1):
        text = "".join(line.text for line in lines[:size])
        if find_mark(lines[size - 1].text):
            break
        if looks_like_document(text.replace(" ", "")):
            return size
    return 1


def _lead_date(lines: list[Line]) -> str | None:
    """A full date in the opening paragraph of an article."""
    dates = (find_date(line.text[:120]) for line in lines if not find_mark(line.text))
    return next((date for date in dates if date and len(date) == 10), None)


def _role(named: Role | None, formal: TitleParts | None, parts: TitleParts) -> Role:
    """The section's name decides, but an official document among news is policy."""
    official = bool(formal and formal.issuers) or looks_like_document(parts.title)
    if named in (None, "news") and official:
        return "policy"
    return named or ("policy" if parts.issuers or parts.lead_in else "news")
