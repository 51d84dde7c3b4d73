"""The inside of a document: numbered clauses with heading, text and depth; tables set aside."""

import re
from dataclasses import dataclass, replace

from recommender.intake.clean import Line
from recommender.intake.marks import Mark, find_mark, outline_marks, strip_bullet
from recommender.records import Clause

_MAX_HEADING = 60
_MAX_CELL = 80
_LISTED = re.compile(
    r"\s*(?:附件?\s*[：:]?|注\s*[：:])\s*1\s*[.．、](?=[^\d\s])"
)  # opens a list that is no clauses
_SWALLOWED = re.compile(r"(?<=[。；）)])\s*(?P<head>(?P<n>[一二三四五六七八九十]{1,3})、[^。；，]{4,30})$")


@dataclass(frozen=True, slots=True)
class Body:
    """Clauses and tables of a document, in their order."""

    clauses: tuple[Clause, ...]
    tables: tuple[str, ...]


def read_body(lines: list[Line]) -> Body:
    """Read the lines of a document below its title.

    A paragraph without numbering belongs to the clause above it; before the first numbering it
    stands alone, with an empty label and depth 0; so do the entries of a list of annexes (附件：1.…) or
    notes. Nothing is left out.
    """
    listed = 0
    clauses: list[Clause] = []
    tables: list[str] = []
    open_kinds: list[Mark] = []
    parts = [part for line in lines for part in _split_swallowed(line.text)]
    outlined = outline_marks(parts)
    for place, text in enumerate(parts):
        if is_table_row(text):
            tables.append(text)
            continue
        plain = strip_bullet(text)
        mark = outlined.get(place) or find_mark(plain)
        if mark and mark.kind == "1." and mark.value == listed + 1 > 1:
            listed, mark = mark.value, None
        elif mark or _LISTED.match(plain):
            listed = 0 if mark else 1
        if mark:
            depth = _enter(open_kinds, mark)
            said = plain[mark.end :].strip()
            heading, rest = ("", said) if _is_next_item(clauses, depth) else split_heading(said, mark.kind)
            clauses.append(Clause(mark.label, heading, rest, depth))
        elif open_kinds:
            clauses[-1] = _append(clauses[-1], text)
        else:
            clauses.append(Clause("", "", text, 0))
    return Body(tuple(clauses), tuple(tables))


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a flattened table: cells between tabs, or a Markdown row."""
    if re.match(r"\s*\|.*\|\s*$", text):
        return True
    return "\t" in text.strip() and all(len(cell) <= _MAX_CELL for cell in text.split("\t"))


def _enter(open_marks: list[Mark], mark: Mark) -> int:
    """Close the levels below the mark's own and open it; the depth it stands at."""
    kinds = [level.kind for level in open_marks]
    if mark.kind in kinds:
        del open_marks[kinds.index(mark.kind) :]
    open_marks.append(mark)
    return len(open_marks)


def _is_next_item(clauses: list[Clause], depth: int) -> bool:
    """Whether a clause goes on an enumeration within a sentence, such as the conditions of a regulation:
    the one before, alike in depth, ends with a semicolon, and so the last, with its full stop, is no
    heading either."""
    before = clauses[-1] if clauses else None
    return bool(before and before.depth == depth and not before.heading and before.text.endswith(("；", ";")))


def _append(clause: Clause, text: str) -> Clause:
    return replace(clause, text=f"{clause.text}\n{text}" if clause.text else text)


def _split_swallowed(text: str) -> list[str]:
    """Part a section heading that a scanner put at the end of the paragraph above it.

    >>> _split_swallowed("按职责分工负责。 六、健全政策支持体系")
    ['按职责分工负责。', '六、健全政策支持体系']
    """
    found = _SWALLOWED.search(text)
    return [text[: found.start()].rstrip(), found["head"]] if found else [text]


def split_heading(text: str, kind: str) -> tuple[str, str]:
    """Heading and the rest: the first sentence, where it can be a heading.

    >>> split_heading("推进贸易数字化。支持企业自建平台。", "（一）")
    ('推进贸易数字化', '支持企业自建平台。')
    >>> split_heading("指导思想", "（一）"), split_heading("为了规范管理，制定本条例。", "条")
    (('指导思想', ''), ('', '为了规范管理，制定本条例。'))
    """
    if kind == "条":
        titled = re.match(r"([^，。；：\s]{2,16})(?:\s+(?=\S)|$)", text)
        return (titled[1], text[titled.end() :]) if titled else ("", text)
    end = _sentence_end(text)
    heading, rest = (text[:end], text[end + 1 :].lstrip()) if end >= 0 else (text, "")
    colon = re.match(r"([^，。；：:《“]{3,24})[：:](?=\S)", heading)
    if colon and (len(heading) > 40 or kind in ("（1）", "①", "1）")):
        return colon[1], text[colon.end() :].lstrip()
    if len(heading) > _MAX_HEADING or (end < 0 and text.endswith(("；", "：", "，", ";", ":"))):
        return "", text
    return heading.strip(), rest


def _sentence_end(text: str) -> int:
    """Index of the first 。 outside quotation marks and brackets; -1 when there is none."""
    depth = 0
    for index, char in enumerate(text):
        if char in "“《（〈(":
            depth += 1
        elif char in "”》）〉)":
            depth = max(0, depth - 1)
        elif char == "。" and not depth:
            return index
    return text.find("。")
