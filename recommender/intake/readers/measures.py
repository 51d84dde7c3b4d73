"""How a text is set: where its lines begin and end, how far they stand apart, what it indents."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from recommender.intake.marks import find_mark
from recommender.intake.readers.page import CLOSING, Piece, Row, is_spaced, usual_size

_MAX_PITCH = 3.0  # sizes of a character from line to line
_APART = 1.2  # pitches; so far below each other are paragraphs
_MOST = 0.8  # of the paragraphs
_SHARE = 0.03  # of the lines, two at least: so many end where the lines end
_EVEN = 0.6  # of a character: so near to each other is one place
_ENOUGH = 10  # lines of the odd or the even pages to say where theirs begin
_SOME = 0.1  # of the numbered lines of a kind
_WIDE = re.compile("[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]")
_OPENING = "（《「『【〔“‘"

_Place = tuple[int, int, int]  # columns of the page, column, 0 on pages of one side and 1 of the other
_Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measures:
    """What all the lines of a text say about each of them.

    edges: (left, right) of the text in each kind of column; pitch: from line to line, in sizes of a
    character; size: of most of the text; spaced: whether Chinese words stand apart from numbers; indented,
    gapped: whether paragraphs begin with an indent, or below a gap; flush: the kinds of numbering that
    begin at the margin all the same.
    """

    edges: dict[_Place, _Edges]
    pitch: float
    size: float
    spaced: bool
    indented: bool = False
    gapped: bool = False
    flush: frozenset[str] = frozenset()

    def edges_of(self, row: Row) -> _Edges:
        """Where the line of a row may begin and end, a box beside it allowed for."""
        left, right = self.edges[_place(row)]
        return max(left, row.since), min(right, row.until)

    def indent(self, row: Row) -> float:
        """In characters."""
        return (row.piece.left - self.edges_of(row)[0]) / (row.piece.size or 1)

    def room(self, row: Row) -> float:
        """Between the end of a row and the end of its line, in points."""
        return self.edges_of(row)[1] - row.piece.right

    def is_apart(self, above: Row, row: Row) -> bool:
        """Whether a row stands further below the one above it in its column than lines of a paragraph do."""
        apart = row.piece.bottom - above.piece.bottom
        return same_column(above, row) and apart > _APART * self.pitch * row.piece.size

    def insets(self, row: Row) -> _Edges:
        """What is free on either side of a row, in characters."""
        return self.indent(row), self.room(row) / (row.piece.size or 1)


def measured(rows: Sequence[Row]) -> Measures:
    """The measures of a text from all its rows; those of tables do not count."""
    text = [row for row in rows if "\t" not in row.piece.text]
    size = usual_size(row.piece for row in text)
    plain = Measures(_edges(rows, text), _pitch(text), size, is_spaced(row.piece.text for row in text))
    begun = [
        (above, row)
        for above, row in pairwise(text)
        if plain.room(above) > first_unit(row.piece) + row.piece.size and same_column(above, row)
    ]
    full = [row for _, row in begun if plain.room(row) < 2 * row.piece.size]
    indented = sum(plain.indent(row) > 1 for row in full) > 0.5 * len(full) > 0
    gapped = sum(plain.is_apart(*pair) for pair in begun) > _MOST * len(begun) > 0
    return replace(plain, indented=indented, gapped=gapped, flush=_flush([row for _, row in begun], plain))


def same_column(above: Row, row: Row) -> bool:
    """Whether two rows stand in one column of one page."""
    return (above.page, above.column, above.columns) == (row.page, row.column, row.columns)


def _place(row: Row) -> _Place:
    return row.columns, row.column, row.page % 2


def _edges(rows: Sequence[Row], text: Sequence[Row]) -> dict[_Place, _Edges]:
    """Lines of odd and even pages are equally long; where margins are mirrored, they begin elsewhere."""
    kinds: dict[tuple[int, int], list[Row]] = {(row.columns, row.column): [] for row in rows}
    for row in text:
        kinds[row.columns, row.column].append(row)
    edges: dict[_Place, _Edges] = {}
    for (columns, column), lines in kinds.items():
        own = lines or [row for row in rows if (row.columns, row.column) == (columns, column)]
        lefts = _lefts(own)
        unended = [row for row in own if row.piece.text[-1] not in CLOSING] or own  # no mark hangs there
        size = own[0].piece.size
        width = _outermost([row.piece.right - lefts[row.page % 2] for row in unended], size)
        edges |= {(columns, column, side): (left, left + width) for side, left in enumerate(lefts)}
    for side in (0, 1):
        if (1, 0, side) in edges:  # lines over all columns end where the last one ends
            left, right = edges[1, 0, side]
            last = [
                edge[1]
                for (columns, column, own), edge in edges.items()
                if own == side and column == columns - 1
            ]
            edges[1, 0, side] = left, max(right, *last)
    return edges


def _lefts(rows: Sequence[Row]) -> tuple[float, float]:
    """Where lines begin on pages of either side."""
    size = rows[0].piece.size
    sides = [[row for row in rows if row.page % 2 == side] for side in (0, 1)]
    odd, even, both = (-_outermost([-row.piece.left for row in some], size) for some in (*sides, rows))
    is_mirrored = min(map(len, sides)) >= _ENOUGH and abs(odd - even) > _EVEN * size
    return (odd, even) if is_mirrored else (both, both)


def _outermost(ends: Sequence[float], size: float) -> float:
    """The outermost place at which some lines end, or that one in twenty passes: short lines that happen to
    end together are not the edge of the text, nor is one that runs over it."""
    if not ends:
        return 0.0
    ends = sorted(ends)
    passed = ends[int(0.95 * (len(ends) - 1))]
    for at in range(len(ends) - 1, -1, -1):
        near = at + 1 - bisect_left(ends, ends[at] - _EVEN * size)
        if near >= max(2, _SHARE * len(ends)):
            return max(ends[at], passed)
    return passed


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance between lines, in sizes of a character; 0 where none can be told."""
    found = sorted(
        (row.piece.bottom - above.piece.bottom) / row.piece.size
        for above, row in pairwise(rows)
        if (above.page, above.column) == (row.page, row.column)
        and row.piece.bottom > above.piece.bottom
        and row.piece.size
    )
    return min(found[len(found) // 4], _MAX_PITCH) if found else 0.0


def _flush(begun: Sequence[Row], measures: Measures) -> frozenset[str]:
    """The kinds of numbering that begin paragraphs at the margin, of rows that begin one for certain."""
    seen, flush = Counter[str](), Counter[str]()
    for row in begun:
        if mark := find_mark(row.piece.text):
            seen[mark.kind] += 1
            flush[mark.kind] += measures.indent(row) < 1
    return frozenset(kind for kind in seen if flush[kind] > _SOME * seen[kind])


def first_unit(piece: Piece) -> float:
    """Width of what could not be parted from the beginning of a line: a character with the
    punctuation behind it, a number or a Latin word; and some slack."""
    if _WIDE.match(piece.text):
        unparted = 1 + (piece.text[0] in _OPENING) + (piece.text[1:2] != "" and piece.text[1:2] in CLOSING)
        return piece.size * (unparted + 0.2)
    word = re.match(r"[^\s\u3000-\u9fff]*", piece.text)
    return piece.size * (0.6 * len(word[0] if word else "") + 1.2)
