"""Pieces of printed lines as paragraphs: columns, running heads, wrapped lines.

Coordinates are in points or pixels, x to the right and y downwards; sizes are heights of characters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from recommender.intake.marks import BRACKETED, contents_entry, find_mark

_PAGE_NUMBER = re.compile(
    r"[\s—–\-·.．~～|/]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})(?:\s*页)?(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页?)?[\s—–\-·.．~～|]*"
)
_CONTENTS = re.compile(r"^([^。；]*?[^\d。；\s.．…·])[\s.．…·]*(\d{1,3})$")
_MIN_CONTENTS = 5
_STRONG = ("章", "条", "一、", "（一）", "1.")  # numberings that begin a paragraph rather than a clause
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s+[\u4e00-\u9fff]")
_BULLET = re.compile("[●◆■□▲★☆◎※►➢]")
_MIN_LINES = 4  # of a column
_MAX_PITCH = 3.0  # sizes of a character from line to line
_EDGE_ROWS = 2  # of a page, in which running heads and page numbers stand
_GUTTER = range(35, 66)  # percent of the page's width between which two columns part
_WIDE = re.compile("[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]")
_CLOSING = "，。、；：？！）》」』】〕”’…,.;:?!)]%％"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together on a line; ``size`` is the height of a character."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page in any order, and its width."""

    width: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line of one column. place: page and column; edge: near the head or foot of the page."""

    piece: Piece
    page: int
    column: int
    columns: int
    edge: bool = False


def page_lines(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of a text, one each; rows of tables as cells between tabs.

    Running heads and page numbers are left out, and what goes on over the end of a line, a column or
    a page is joined.
    """
    printed = [row for number, page in enumerate(pages) for row in _page_rows(number, page)]
    rows = _with_contents(_without_running(printed))
    margins = _margins(rows)
    indented = _is_indented(rows, margins)
    pitch = _pitch(rows)
    paragraphs: list[str] = []
    above: Row | None = None
    for row in rows:
        if above and _goes_on(above, row, margins, indented, pitch):
            paragraphs[-1] = _glued(paragraphs[-1], row.piece.text)
        else:
            paragraphs.append(row.piece.text.lstrip())
        above = row
    return paragraphs


def _with_contents(rows: list[Row]) -> list[Row]:
    """The rows, with a tab before the page number in those of a table of contents.

    What led there (dots, a tab) is often lost on paper. A table of contents is a run of lines without
    a full stop that end in numbers, none smaller than the one before; an entry may take two lines.
    """
    done = list(rows)
    run: list[tuple[int, int]] = []  # (place, page number)
    for place, row in [*enumerate(rows), (len(rows) + 2, None)]:
        found = _CONTENTS.match(row.piece.text) if row else None
        number = int(found[2]) if found else 0
        if run and (place > run[-1][0] + 2 or (found and number < run[-1][1])):
            if len(run) >= _MIN_CONTENTS:
                for index, _ in run:
                    text = _CONTENTS.sub(r"\1\t\2", rows[index].piece.text)
                    done[index] = replace(rows[index], piece=replace(rows[index].piece, text=text))
            run = []
        if found:
            run.append((place, number))
    return done


# -- rows and columns -----------------------------------------------------------------------------


def _page_rows(number: int, page: Page) -> list[Row]:
    """The lines of a page in reading order: bands across the page, columns inside them."""
    pieces = sorted(page.pieces, key=lambda piece: (piece.top + piece.bottom, piece.left))
    gutter = _gutter(pieces, page.width)
    if gutter is None:
        rows = [Row(piece, number, 0, 1) for piece in _merged(pieces)]
    else:
        rows = _in_columns(number, pieces, gutter)
    tops = sorted({row.piece.top for row in rows})
    edges = {*tops[:_EDGE_ROWS], *tops[-_EDGE_ROWS:]}
    return [Row(row.piece, number, row.column, row.columns, row.piece.top in edges) for row in rows]


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces on one line as one, with a tab between them where the gap is that of a table."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        middle = (piece.top + piece.bottom) / 2
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_one_piece(sorted(line, key=lambda piece: piece.left)) for line in lines]


def _one_piece(line: list[Piece]) -> Piece:
    text = line[0].text
    for before, piece in pairwise(line):
        gap = piece.left - before.right
        text += ("\t" if gap > 1.5 * piece.size else " " if gap > 0.3 * piece.size else "") + piece.text
    return Piece(
        text,
        line[0].left,
        max(piece.right for piece in line),
        min(piece.top for piece in line),
        max(piece.bottom for piece in line),
        max(piece.size for piece in line),
    )


def _gutter(pieces: Sequence[Piece], width: float) -> float | None:
    """Where two columns part, None in a page of one. Most lines stay on one side, and many fill theirs."""
    if len(pieces) < 10:
        return None
    places = [width * percent / 100 for percent in _GUTTER]
    crossing = {x: sum(piece.left < x < piece.right for piece in pieces) for x in places}
    best = [x for x in places if crossing[x] == min(crossing.values())]
    x = best[len(best) // 2]
    left = [line.right - line.left for line in _merged(piece for piece in pieces if piece.right <= x)]
    right = [line.right - line.left for line in _merged(piece for piece in pieces if piece.left >= x)]
    if crossing[x] > 0.25 * len(pieces) or min(len(left), len(right)) < _MIN_LINES:
        return None
    filled = min(_third_quartile(left), _third_quartile(right)) >= 0.25 * width
    return x if filled and min(len(left), len(right)) >= 0.2 * max(len(left), len(right)) else None


def _third_quartile(values: list[float]) -> float:
    return sorted(values)[int(0.75 * (len(values) - 1))]


def _in_columns(number: int, pieces: Sequence[Piece], gutter: float) -> list[Row]:
    """Left before right, between the lines that cross the gutter."""
    rows: list[Row] = []
    band: tuple[list[Piece], list[Piece]] = ([], [])

    def close() -> None:
        for column, side in enumerate(band):
            rows.extend(Row(piece, number, column, 2) for piece in _merged(side))
            side.clear()

    for piece in pieces:
        if piece.left < gutter < piece.right:
            close()
            rows.append(Row(piece, number, 0, 1))
        else:
            band[piece.left >= gutter].append(piece)
    close()
    return rows


def _without_running(rows: list[Row]) -> list[Row]:
    """Rows but for page numbers, and for lines that stand at the edge of many pages."""
    pages = len({row.page for row in rows})
    seen = Counter({})  # type: Counter[str]
    for _, text in {(row.page, _bare(row)) for row in rows if row.edge}:
        seen[text] += 1
    often = max(3, 0.25 * pages)
    numbered = len({row.page for row in rows if row.edge and _PAGE_NUMBER.fullmatch(row.piece.text)})

    def is_running(row: Row) -> bool:
        if not row.edge:
            return False
        if _PAGE_NUMBER.fullmatch(row.piece.text):
            return numbered > 1 or not row.piece.text.isdecimal()
        return seen[_bare(row)] >= often and not re.search("[。；]", row.piece.text)

    return [row for row in rows if not is_running(row)]


def _bare(row: Row) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", row.piece.text))


# -- paragraphs -----------------------------------------------------------------------------------

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


def _goes_on(above: Row, row: Row, margins: _Margins, indented: bool, pitch: float) -> bool:
    """Whether a row continues the paragraph of the one above it in reading order."""
    if "\t" in above.piece.text or ("\t" in row.piece.text and contents_entry(row.piece.text) is None):
        return False
    if abs(above.piece.size - row.piece.size) > 0.2 * above.piece.size:
        return False
    if above.page == row.page and above.columns != row.columns:
        return False
    same_column = (above.page, above.column, above.columns) == (row.page, row.column, row.columns)
    if same_column and row.piece.bottom - above.piece.bottom > 1.35 * pitch * row.piece.size:
        return False
    left, right = _margin(above, margins)
    room = right - above.piece.right
    needed = _first_unit(row.piece)
    if room > needed and not _fills_centred(above.piece, row.piece, left, right, needed):
        return False
    if room <= needed and _indent(row, margins) > 0.8 and (indented or not _hangs(above, row)):
        return False
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
        return piece.size * (2.2 if piece.text[1:2] and piece.text[1] in _CLOSING else 1.2)
    word = re.match(r"[^\s\u3000-\u9fff]*", piece.text)
    return piece.size * (0.6 * len(word[0] if word else "") + 1.2)


def _fills_centred(above: Piece, piece: Piece, left: float, right: float, needed: float) -> bool:
    """Whether two centred lines are a title that was too long for one."""
    middle = (left + right) / 2
    centred = all(abs((one.left + one.right) / 2 - middle) < one.size for one in (above, piece))
    return centred and (right - left) - (above.right - above.left) <= needed + 2 * piece.size


def _hangs(above: Row, row: Row) -> bool:
    """Whether both lines keep the same distance from the edge and the first one ends mid-sentence."""
    return abs(above.piece.left - row.piece.left) < 0.3 * row.piece.size and not re.search(
        "[。；：！？]$", above.piece.text
    )


def _glued(head: str, tail: str) -> str:
    """Latin words stay apart; all else is joined as it stands."""
    apart = re.search("[A-Za-z]$", head) and re.match("[A-Za-z]", tail)
    return head + (" " if apart else "") + tail
