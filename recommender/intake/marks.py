"""The marks of Chinese official documents: numbering, bullets, brackets, contents lines.

Numbering follows GB/T 9704-2012 (一、 （一） 1. （1）), the chapters and articles of regulations
(第二章 第一条), and the spoken enumerations of digests (一是 首先 第一，).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from recommender.intake.numerals import to_number

_LONG = 300  # characters of a line that a mark or an entry of the contents may take
_CN = "[一二三四五六七八九十百]"
_FORMS = (
    ("章", rf"第\s*(?P<n>{_CN}+|\d+)\s*(?P<unit>[编章节篇]|部分)(?=\s|$|[^，。；])"),
    ("条", rf"第\s*(?P<n>{_CN}+|\d+)\s*条(?=\s|$|[^，。；第件线例路])"),
    ("一、", rf"(?P<n>(?!百){_CN}{{1,3}})\s*[、．]"),
    ("（一）", rf"[（(]\s*(?P<n>{_CN}{{1,4}})\s*[)）]\s*、?"),
    ("（1）", r"[（(]\s*(?P<n>\d{1,2})\s*[)）]\s*、?"),
    ("①", r"(?P<n>[①-⑳])"),
    ("1.", r"(?P<n>\d{1,3})\s*(?:[、．]|[.](?!\d)|[.](?=\s*(?:19|20)\d\d\s*年))"),
    ("1）", r"(?P<n>\d{1,2})\s*[)）]"),
    ("一是", r"(?P<n>[一二三四五六七八九十])(?P<unit>[是要])(?!否|以)"),
    ("首先", r"(?P<n>首先|其次|再次|再者|然后|最后)\s*[，,、：:]"),
    ("第一，", rf"第(?P<n>{_CN}{{1,2}})\s*[，,、：:]"),
)
# A decimal heads a line of its own, without punctuation: 3.4万名毕业生，… is a quantity.
QUANTITY = "(?:万|亿|千|百|倍|元|吨|米|个|人次|公里|平方|年|月|日)"
_DECIMAL = re.compile(
    rf"\s*(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s*(?=[\u4e00-\u9fff][^。；，：、]{{1,30}}$)(?!{QUANTITY})"
)
_SPACED = re.compile(rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s+(?=[\u4e00-\u9fff])(?!{QUANTITY})")
_PATTERNS = tuple((kind, re.compile(r"\s*" + form)) for kind, form in _FORMS)
_BULLET = re.compile(r"\s*(?:[●•·◆■□▲★☆○◎※►➢✦\-–*+]|—(?!—))\s*(?=\S)")
_SPOKEN = ("首先", "其次", "再次", "再者", "然后", "最后")
_CONTENTS = re.compile(r"^(?P<title>.*?\S)\s*(?:\t+|[.．…·]{3,}|(?<=\S)[ 　]{2,})\s*(?P<page>\d{1,3})$")
NAME_BEHIND = re.compile(r"(?<=\S)\s*【(?P<name>[^】]{2,8})】$")
BRACKETED = re.compile(r"^\s*[【\[〔](?P<name>[^】\]〕]{2,12})[】\]〕]\s*[：:]?\s*(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering at the head of a line. ``end`` is where the text begins."""

    kind: str
    label: str
    value: int
    end: int


def find_mark(line: str) -> Mark | None:
    """The numbering a line begins with; what stands far behind it does not matter.

    >>> mark = find_mark("( 三十五) 营造")
    >>> mark.kind, mark.label, mark.value
    ('（一）', '（三十五）', 35)
    >>> find_mark("1.5%以上"), find_mark("2023.5.10"), find_mark("一大湾区")
    (None, None, None)
    >>> mark = find_mark("2.3 应急响应程序")
    >>> mark.kind, mark.label
    ('1.1', '2.3')
    """
    return _mark_of(line[:_LONG])


@lru_cache(maxsize=4096)
def _mark_of(line: str) -> Mark | None:
    if decimal := _DECIMAL.match(line):
        parts = decimal["n"].split(".")
        return Mark(".".join("1" * len(parts)), decimal["n"], int(parts[-1]), decimal.end())
    for kind, pattern in _PATTERNS:
        found = pattern.match(line)
        if found:
            printed = found["n"]
            value = _SPOKEN.index(printed) + 1 if printed in _SPOKEN else _value(printed)
            if value:
                return Mark(kind, _label(kind, printed, found.groupdict()), value, found.end())
    return None


def outline_marks(lines: Sequence[str]) -> dict[int, Mark]:
    """The decimal outlines among some lines, by their places: 1, 1.1, 1.1.1, 1.2, 2, …, also where a sentence
    stands behind the number, or a number without a point.

    An outline begins with a line 1 and right below it 1.1; a number belongs to it that may follow the one
    before, so that quantities do not.

    >>> lines = ["1 总则", "1.1 目的", "3 月底前", "1.2 范围如下：", "2 职责"]
    >>> [mark.label for mark in outline_marks(lines).values()]
    ['1', '1.1', '1.2', '2']
    """
    found = {index: mark for index, line in enumerate(lines) if (mark := _SPACED.match(line[:_LONG]))}
    marks: dict[int, Mark] = {}
    nexts: set[str] = set()
    for index, match in found.items():
        label, below = match["n"], found.get(index + 1)
        if label in nexts or (label == "1" and below and below["n"] == "1.1"):
            parts = label.split(".")
            marks[index] = Mark(".".join("1" * len(parts)), label, int(parts[-1]), match.end())
            nexts = {f"{label}.1"} | {_increased(parts[: depth + 1]) for depth in range(len(parts))}
    return marks


def _increased(parts: list[str]) -> str:
    return ".".join([*parts[:-1], str(int(parts[-1]) + 1)])


def _value(printed: str) -> int | None:
    return ord(printed) - 0x245F if "①" <= printed <= "⑳" else to_number(printed)


def _label(kind: str, printed: str, groups: dict[str, str | None]) -> str:
    shapes = {
        "章": f"第{printed}{groups.get('unit')}",
        "条": f"第{printed}条",
        "一、": f"{printed}、",
        "（一）": f"（{printed}）",
        "（1）": f"（{printed}）",
        "1.": f"{printed}.",
        "1）": f"{printed}）",
        "一是": f"{printed}{groups.get('unit')}",
        "第一，": f"第{printed}",
    }
    return shapes.get(kind, printed)


def strip_bullet(line: str) -> str:
    """The line without a leading bullet.

    >>> strip_bullet("- 1.产教"), strip_bullet("● 本期"), strip_bullet("——二〇一四年")
    ('1.产教', '本期', '——二〇一四年')
    """
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line


def contents_entry(line: str) -> str | None:
    """The title in a line of a table of contents (title, leader, page number), else None.

    >>> contents_entry("一、某通知.....\\t3"), contents_entry("目标 2025")
    ('一、某通知', None)
    """
    line = line.strip()
    if len(line) > _LONG or not line[-1:].isdecimal():  # which spares the search in long paragraphs
        return None
    found = _CONTENTS.match(line)
    if not found or "\t" in found["title"].strip():
        return None
    return found["title"].strip(" .．…·\t")


def heading_words(line: str) -> str:
    """A line reduced to the words of a section heading: no numbering, bullets, brackets, gaps.

    >>> heading_words("**六、【本期 推荐研究方向】**：")
    '本期推荐研究方向'
    """
    text = strip_bullet(re.sub(r"[*#]+", "", line).strip())
    decimal = re.match(r"\d+(?:\.\d+)*\s*(?=\D)", text)
    mark = find_mark(text)
    text = text[mark.end :] if mark else text[decimal.end() :] if decimal else text
    return re.sub(r"[\s【】\[\]〔〕《》“”\"*：:]+", "", text)
