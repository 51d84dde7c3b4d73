"""Where the documents of an issue begin: by Chinese numbering, by decimal outline, by brackets."""

import re
from dataclasses import dataclass

from recommender.fold import bare, bigrams
from recommender.intake.clauses import is_table_row
from recommender.intake.clean import Line
from recommender.intake.head import is_front_heading
from recommender.intake.marks import BRACKETED, contents_entry, find_mark, heading_words
from recommender.intake.numerals import FULL_DATE
from recommender.intake.titles import looks_like_document
from recommender.records import Role

_DECIMAL = re.compile(r"^(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})\s*(?P<text>[^\d\s.．、%％年月日)）].*)$")
_ROLES: tuple[tuple[Role, str], ...] = (
    ("commentary", "评论|观点|解读|视点|视角|声音|访谈|时评|论坛|专家|述评|评析"),
    ("policy", "政策|法规|文件|通知|部署|法律|公文"),
    ("experience", "他山|经验|案例|实践|借鉴|院校|探索|做法|交流"),
    ("news", "动态|资讯|新闻|要闻|快讯|快递|速递|信息|热点|简讯|短讯|时讯|关注|前沿|头条"),
    ("commentary", "聚焦|理论|研究|思考|争鸣"),
)
_SECTION_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,8}$")


@dataclass(frozen=True, slots=True)
class Section:
    """A document's place: label and title as printed, role, index of its head line, and the
    lines [head + 1, end) of its body.

    role None: nothing printed tells; the title decides.
    """

    label: str
    title: str
    role: Role | None
    head: int
    end: int


def role_of(name: str) -> Role | None:
    """The role a section's name gives its documents.

    >>> role_of("相关评论"), role_of("政策法规"), role_of("他山之石"), role_of("第一部分")
    ('commentary', 'policy', 'experience', None)
    """
    return next((role for role, words in _ROLES if re.search(words, name)), None)


def contents_end(lines: list[Line]) -> int:
    """Index just behind the table of contents with page numbers; 0 when there is none.

    Entries stand together: more than three other lines between two end the table.
    """
    end = 0
    for index, line in enumerate(lines):
        if contents_entry(line.text) is not None:
            if end and index - end > 3:
                break
            end = index + 1
        elif not end and index > 80:
            break
    return end


def find_sections(lines: list[Line]) -> list[Section]:
    """The documents of a bulletin in their order; [] when no structure is recognised."""
    front = contents_end(lines)
    titles = [entry for line in lines[:front] if (entry := contents_entry(line.text))]
    heads = _decimal_heads(lines, front, titles) or _numbered_heads(lines, front, titles)
    ends = [head.index for head in heads[1:]] + [len(lines)]
    return [
        Section(head.label, head.title, head.role, head.index, end)
        for head, end in zip(heads, ends, strict=False)
        if head.title
    ]


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that begins a document, or with an empty title a named section."""

    label: str
    title: str
    role: Role | None
    index: int


def _decimal_heads(lines: list[Line], front: int, titles: list[str]) -> list[_Head]:
    """Leaves of an outline 1 / 1.1 / 1.1.1; the names above give the role."""
    listed = {bare(title) for title in titles}
    found: list[tuple[int, str, str]] = []
    for index in range(front, len(lines)):
        text = lines[index].text
        head = _DECIMAL.match(text)
        if head and len(text) <= 80 and not is_table_row(text) and not re.search("[。；]", text):
            if (not listed and "." in head["label"]) or bare(text) in listed:
                found.append((index, head["label"], head["text"].strip()))
    if sum("." in label for _, label, _ in found) < 2:
        return []
    names = {label: text for _, label, text in found}
    parents = {label.rpartition(".")[0] for label in names}
    return [
        _Head(label, "" if label in parents else text, _inherited_role(label, names), index)
        for index, label, text in found
    ]


def _inherited_role(label: str, names: dict[str, str]) -> Role | None:
    while "." in label:
        label = label.rpartition(".")[0]
        if role := role_of(names.get(label, "")):
            return role
    return None


def _numbered_heads(lines: list[Line], front: int, titles: list[str]) -> list[_Head]:
    """Documents numbered 一、二、…, and those under bracketed names such as 【相关评论】."""
    start = front or _after_unpaged_contents(lines)
    heads: list[_Head] = []
    expected, section_role, in_section = 1, None, False
    for index in range(start, len(lines)):
        text = lines[index].text
        mark = find_mark(text)
        inner = text[mark.end :].strip() if mark else text
        bracket = BRACKETED.match(inner)
        is_next = bool(mark and mark.kind == "一、" and mark.value == expected)
        if bracket and role_of(bracket["name"]) and (is_next or not mark):
            role, title = role_of(bracket["name"]), bracket["rest"].strip()
            label = mark.label if mark else bracket["name"]
            heads.append(_Head(label, title, role, index))
            in_section, section_role = not title, role
        elif is_next and _is_section_name(inner):
            heads.append(_Head("", "", role_of(inner), index))
            in_section, section_role = True, role_of(inner)
        elif is_next and mark and _is_document(text, inner, titles):
            heads.append(_Head(mark.label, inner, None, index))
            in_section = False
        elif in_section and (not heads[-1].title or _is_dated_or_named(inner)) and not is_table_row(text):
            label = mark.label if mark else "" if heads[-1].title else heads[-1].label
            heads.append(_Head(label, inner, section_role, index))
        else:
            continue
        expected += is_next
    return heads


def _is_section_name(text: str) -> bool:
    """A bare name such as 政策法规 or 业内动态 stands over documents, not clauses."""
    return bool(_SECTION_NAME.match(text)) and bool(role_of(text)) and not looks_like_document(text)


def _is_document(line: str, inner: str, titles: list[str]) -> bool:
    listed = [title for title in titles if _same_title(title, line)]
    return bool(listed) or _is_dated_or_named(inner)


def _is_dated_or_named(text: str) -> bool:
    return bool(FULL_DATE.match(text)) or looks_like_document(text)


def _same_title(listed: str, line: str) -> bool:
    """Whether most of a contents entry stands in the line (which adds a date and 提出：)."""
    wanted = set(bigrams(re.sub(r"^[一二三四五六七八九十]+、", "", listed)))
    return len(wanted & set(bigrams(line))) >= 0.7 * len(wanted)


def _after_unpaged_contents(lines: list[Line]) -> int:
    """Where the body begins when 目录 or 导读 repeats the titles without page numbers: at the
    second line that begins 一、 with the same title."""
    if not any(is_front_heading(line.text) for line in lines[:60]):
        return 0
    firsts = [
        i for i, line in enumerate(lines) if (mark := find_mark(line.text)) and (mark.kind, mark.value) == ("一、", 1)
    ]
    for position, index in enumerate(firsts[1:], start=1):
        if _same_title(heading_words(lines[firsts[0]].text), lines[index].text):
            return firsts[position]
    return 0
