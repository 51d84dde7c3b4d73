"""Printed pages as paragraphs: lines that go on over the end of a line, a column or a page are joined."""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

from recommender.intake.marks import BRACKETED, contents_entry, find_mark
from recommender.intake.readers.columns import page_rows
from recommender.intake.readers.entries import with_entries
from recommender.intake.readers.page import Page, Piece, Row, glued
from recommender.intake.readers.running import without_running

_STRONG = ("章", "条", "一、", "（一）", "1.")  # numberings that begin a paragraph rather than a clause
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s+[\u4e00-\u9fff]")
_BULLET = re.compile("[●◆■□▲★☆◎※►➢]")
_APART = 1.2  # pitches; so far below each other are paragraphs
_MAX_PITCH = 3.0  # sizes of a character from line to line
_WIDE = re.compile("[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]")
_OPENING = "（《「『【〔“‘"
_CLOSING = "，。、；：？！）》」』】〕”’…,.;:?!)]%％"


def page_lines(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of a text, one each; rows of tables as cells between tabs.

    Running heads and page numbers are left out.
    """
    rows = without_running(page_rows(pages))
    rows = with_entries(rows, _full(rows, _margins(rows)))
    margins = _margins(rows)
    indented = _is_indented(rows, margins)
    pitch = _pitch(rows)
    paragraphs: list[list[Row]] = []
    for row in rows:
        if paragraphs and _goes_on(paragraphs[-1], row, margins, indented, pitch):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    return [reduce(glued, (row.piece.text for row in rows)).lstrip() for rows in paragraphs]


_Margins = dict[tuple[int, int], tuple[float, float]]


def _margins(rows: Sequence[Row]) -> _Margins:
    """(left, right) edge of the text in each kind of column, over all pages."""
    margins: _Margins = {}
    for place in {(row.columns, row.column) for row in rows}:
        own = [row.piece for row in rows if (row.columns, row.column) == place]
        lefts, rights = sorted(piece.left for piece in own), sorted(piece.right for piece in own)
        margins[place] = lefts[len(lefts) // 20], rights[int(0.95 * (len(rights) - 1))]
    return margins


def _margin(row: Row, margins: _Margins) -> tuple[float, float]:
    return margins[row.columns, row.column]


def _full(rows: Sequence[Row], margins: _Margins) -> list[bool]:
    """Whether each row reaches the end of its line, but for two characters."""
    return [row.piece.right > _margin(row, margins)[1] - 2.5 * row.piece.size for row in rows]


def _is_indented(rows: Sequence[Row], margins: _Margins) -> bool:
    """Whether paragraphs begin with an indent: half the rows below a short one do."""
    below = [
        row
        for above, row in pairwise(rows)
        if above.piece.right < _margin(above, margins)[1] - 2 * above.piece.size
        and row.piece.right > _margin(row, margins)[1] - 2 * row.piece.size
    ]
    return sum(_indent(row, margins) > 1 for row in below) > 0.5 * len(below) > 0


def _indent(row: Row, margins: _Margins) -> float:
    """In characters."""
    return (row.piece.left - _margin(row, margins)[0]) / (row.piece.size or 1)


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance between lines, in sizes of a character; 0 where none can be told."""
    found = [
        (row.piece.bottom - above.piece.bottom) / row.piece.size
        for above, row in pairwise(rows)
        if (above.page, above.column) == (row.page, row.column)
        and row.piece.bottom > above.piece.bottom
        and row.piece.size
    ]
    return min(sorted(found)[len(found) // 4], _MAX_PITCH) if found else 0.0


def _goes_on(rows: Sequence[Row], row: Row, margins: _Margins, indented: bool, pitch: float) -> bool:
    """Whether a row continues the paragraph of the rows above it in reading order."""
    above = rows[-1]
    if "\t" in above.piece.text or ("\t" in row.piece.text and contents_entry(row.piece.text) is None):
        return False
    if abs(above.piece.size - row.piece.size) > 0.2 * above.piece.size:
        return False
    if above.page == row.page and above.columns != row.columns:
        return False
    same_column = (above.page, above.column, above.columns) == (row.page, row.column, row.columns)
    if same_column and row.piece.bottom - above.piece.bottom > _APART * pitch * row.piece.size:
        return False
    left, right = _margin(above, margins)
    room = right - above.piece.right
    needed = _first_unit(row.piece)
    if room > needed and not _fills_centred(above.piece, row.piece, left, right, needed):
        return False
    if room <= needed and _indent(row, margins) > 0.8 and (indented or not _hangs(above, row)):
        return _hangs_from_number(rows, row, margins) or _is_title(above.piece, row.piece, (left + right) / 2)
    return not _begins_paragraph(above.piece.text, row.piece.text)


def _begins_paragraph(above: str, text: str) -> bool:
    """Whether a line at the margin, below a full one, begins anew all the same. 三是 and （2） may as
    well stand at a line's head by chance."""
    if BRACKETED.match(text) or _DECIMAL.match(text) or _BULLET.match(text):
        return True
    mark = find_mark(text)
    return bool(mark and mark.kind in _STRONG and not re.search("[，、的和与及]$", above))


def _first_unit(piece: Piece) -> float:
    """Width of what could not be parted from the beginning of a line: a character with the
    punctuation behind it, a number or a Latin word; and some slack."""
    if _WIDE.match(piece.text):
        unparted = 1 + (piece.text[0] in _OPENING) + (piece.text[1:2] != "" and piece.text[1:2] in _CLOSING)
        return piece.size * (unparted + 0.2)
    word = re.match(r"[^\s\u3000-\u9fff]*", piece.text)
    return piece.size * (0.6 * len(word[0] if word else "") + 1.2)


def _fills_centred(above: Piece, piece: Piece, left: float, right: float, needed: float) -> bool:
    """Whether two centred lines are a title that was too long for one."""
    middle = (left + right) / 2
    centred = all(abs((one.left + one.right) / 2 - middle) < one.size for one in (above, piece))
    return centred and (right - left) - (above.right - above.left) <= needed + 2 * piece.size


def _hangs_from_number(rows: Sequence[Row], row: Row, margins: _Margins) -> bool:
    """Whether a row stands below the text of a numbered paragraph whose number stands at the margin."""
    level = len(rows) == 1 or abs(rows[-1].piece.left - row.piece.left) < 0.3 * row.piece.size
    at_margin = _indent(rows[0], margins) < 0.5
    return level and at_margin and bool(find_mark(rows[0].piece.text)) and not find_mark(row.piece.text)


def _is_title(above: Piece, piece: Piece, middle: float) -> bool:
    """Whether a centred line is the rest of a title: both are as large, and an indent is not the cause."""
    centred = abs((piece.left + piece.right) / 2 - middle) < 0.6 * piece.size
    return (
        centred
        and abs(above.size - piece.size) < 0.1 * piece.size
        and piece.left - above.left > 3 * piece.size
    )


def _hangs(above: Row, row: Row) -> bool:
    """Whether both lines keep the same distance from the edge and the first one ends mid-sentence."""
    return abs(above.piece.left - row.piece.left) < 0.3 * row.piece.size and not re.search(
        "[。；：！？]$", above.piece.text
    )
