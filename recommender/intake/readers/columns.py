"""The lines of a page in reading order: bands across the page, columns inside them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from recommender.intake.readers.page import Inset, Page, Piece, Row, in_lines, in_order, merged

_MIN_PIECES = 10  # of a page in columns
_MIN_LINES = 4  # of a column
_EDGE_ROWS = 2  # of a page, in which running heads and page numbers stand
_MOST = 3  # gutters of a page
_LEFT_OF = 0.4  # sizes of a character: so far before the lines that begin there is a gutter
_INDENT = 4.0  # sizes of a character
_OVER = 0.6  # lines to one that begins there may run over a gutter
_CROSSING = 0.4  # of the lines at most run over a gutter
_FILLED = 0.55  # of the width of a column: a quarter of the lines are longer, which cells of tables are not
_NARROWEST = 0.12  # of the page: no column has less
_NEAR = 3.0  # sizes of a character: two lines
_SAME = 0.02  # of the page: gutters nearer to each other are the same

Gutters = tuple[float, ...]


def page_rows(pages: Sequence[Page]) -> list[Row]:
    """The lines of all pages in reading order.

    A page that shows fewer columns than most, or as many elsewhere (those of a table), is laid out like
    most, where its lines allow.
    """
    inner = [_numberless(page) for page in pages]
    own = [_gutters(page) for page in inner]
    most = _usual(own)
    sides = [_usual(own[side::2]) for side in (0, 1)]  # margins may be mirrored
    rows: list[Row] = []
    for number, (page, gutters) in enumerate(zip(pages, own, strict=True)):
        usual = sides[number % 2] if len(sides[number % 2]) == len(most) else most
        fits = not _alike(gutters, usual) and len(gutters) <= len(usual) and _fits(inner[number], usual)
        rows += _rows(number, page, usual if fits else gutters)
    return rows


def _numberless(page: Page) -> Page:
    """A page without its highest and its lowest line, where those hold no words."""
    lines = in_lines(page.pieces)
    without = [piece for line in lines[:1] + lines[-1:] if not _worded(line) for piece in line]
    return replace(page, pieces=tuple(piece for piece in page.pieces if piece not in without))


def _usual(own: list[Gutters]) -> Gutters:
    """The gutters of most pages that have any, where those are a quarter of all; else none."""
    found = [gutters for gutters in own if gutters]
    if not found or len(found) < len(own) / 4:
        return ()
    return max(found, key=lambda one: sum(_alike(one, other) for other in found))


def _fits(page: Page, gutters: Gutters) -> bool:
    """Whether a page may have these columns too: what stands in one fills it or begins at its left edge
    (page numbers of a table of contents do not), or nothing stands there."""
    ends = [min((one.left for one in page.pieces), default=0.0), *gutters, page.width - gutters[0] / 4]
    return _crossing(page.pieces, gutters) <= _CROSSING and all(
        not lines
        or max(one.right - one.left for one in lines) >= _FILLED * (stop - start)
        or all(one.left - start < _INDENT * one.size for one in lines)
        for lines, (start, stop) in zip(_columns(page.pieces, gutters), pairwise(ends), strict=True)
    )


def _alike(one: Gutters, other: Gutters) -> bool:
    if len(one) != len(other):
        return False
    return all(abs(a - b) < _SAME * max(a, b) for a, b in zip(one, other, strict=True))


def _crossing(pieces: Sequence[Piece], gutters: Gutters) -> float:
    """The share of pieces that run over a gutter."""
    return sum(_runs_over(piece, gutters) for piece in pieces) / max(len(pieces), 1)


def _gutters(page: Page) -> Gutters:
    """Where the columns of a page part, none in a page of one.

    Right of a gutter many lines begin at one place, few lines run over it, and the columns that it
    makes are filled by their lines.
    """
    if len(page.pieces) < _MIN_PIECES:
        return ()
    places = _beginnings(page)
    for count in range(len(places), 0, -1):
        for chosen in combinations(places, count):
            if _makes_columns(page.pieces, chosen):
                return chosen
    return ()


def _beginnings(page: Page) -> Gutters:
    """Places at which lines begin that may be the first ones of a column, at most three of them."""
    found: dict[float, float] = {}  # place → share of lines that run over it, of those that begin there
    for piece in page.pieces:
        x = piece.left - _LEFT_OF * piece.size
        if not _NARROWEST * page.width < x < (1 - _NARROWEST) * page.width or x in found:
            continue
        begun = sum(x < one.left < x + 3 * piece.size for one in page.pieces)
        over = sum(_runs_over(one, (x,)) for one in page.pieces)
        if begun >= _MIN_LINES and over <= _OVER * begun:
            found[x] = over / begun
    places: list[float] = []
    for x in sorted(found, key=lambda x: (found[x], x)):
        if len(places) < _MOST and all(abs(x - other) > _NARROWEST * page.width for other in places):
            places.append(x)
    return tuple(sorted(_outermost(x, page) for x in places))


def _outermost(x: float, page: Page) -> float:
    """A gutter moved left before whatever begins to the right of the lines that it ends: more lines may
    begin at an indent than at the margin of the column."""

    def cut(at: float) -> int:
        return sum(one.left < at < one.right for one in page.pieces)

    starts = {one.left - 0.1 * one.size for one in page.pieces if 0 < x - one.left < _INDENT * one.size}
    return min((start for start in starts if cut(start) <= cut(x)), default=x)


def _makes_columns(pieces: Sequence[Piece], gutters: Gutters) -> bool:
    columns = _columns(pieces, gutters)
    left, right = min(one.left for one in pieces), max(one.right for one in pieces)
    ends = [left, *gutters, right]
    widest = max(b - a for a, b in pairwise(ends))
    for lines, start, stop in zip(columns, ends, ends[1:], strict=False):
        if (
            2 * (stop - start) < widest
            or len(lines) < _MIN_LINES
            or _third_quartile(lines) < _FILLED * (stop - start)
        ):
            return False
    few, many = min(map(len, columns)), max(map(len, columns))
    return _crossing(pieces, gutters) <= _CROSSING and few >= 0.15 * many


def _columns(pieces: Sequence[Piece], gutters: Gutters) -> list[list[Piece]]:
    """The lines of each column, without those that run over a gutter."""
    sides: list[list[Piece]] = [[] for _ in (*gutters, None)]
    for piece in in_order(pieces):
        if not _runs_over(piece, gutters):
            sides[bisect_left(gutters, piece.left)].append(piece)
    return [merged(side) for side in sides]


def _third_quartile(lines: list[Piece]) -> float:
    widths = sorted(line.right - line.left for line in lines)
    return widths[int(0.75 * (len(widths) - 1))]


def _runs_over(piece: Piece, gutters: Gutters) -> bool:
    """Whether a piece runs over a gutter, by more than a punctuation mark that hangs in it."""
    return any(piece.left < x < piece.right - piece.size for x in gutters)


# -- rows -----------------------------------------------------------------------------------------


def _rows(number: int, page: Page, gutters: Gutters) -> list[Row]:
    rows = _in_columns(number, in_order(_with_numbers(page.pieces, gutters)), gutters)
    tops = sorted({row.piece.top for row in rows})
    edges = {*tops[:_EDGE_ROWS], *tops[-_EDGE_ROWS:]}
    rows = [replace(row, edge=row.piece.top in edges) for row in rows]
    for inset in page.insets:
        rows = _around(rows, inset, gutters)
    return rows


def _around(rows: Sequence[Row], inset: Inset, gutters: Gutters) -> list[Row]:
    """The rows, those beside a box with where it lets them begin and end: as far as one of them goes."""
    own = {1: 0, len(gutters) + 1: bisect_left(gutters, inset.left)}  # columns → the one with the box
    beside = [
        row
        for row in rows
        if row.column == own.get(row.columns)
        and row.piece.bottom > inset.top
        and row.piece.top < inset.bottom
    ]
    before = [row for row in beside if row.piece.left < inset.left]
    behind = [row for row in beside if row.piece.left > inset.right]
    until = max((row.piece.right for row in before), default=inset.left)
    since = min((row.piece.left for row in behind), default=inset.right)
    return [
        replace(row, until=until) if row in before else replace(row, since=since) if row in behind else row
        for row in rows
    ]


def _with_numbers(pieces: Sequence[Piece], gutters: Gutters) -> list[Piece]:
    """The pieces, a lone number with what stands left of it over a gutter: the page of an entry of the
    contents, where no words stand near it in its own column."""
    if not gutters:
        return list(pieces)
    worded = _worded(pieces)
    done: list[Piece] = []
    for line in in_lines(pieces):
        is_entry = len(line) == 2 and not _worded(line[1:]) and _worded(line[:1])
        done += merged(line) if is_entry and not _has_words(line[1], worded, gutters) else line
    return done


def _has_words(number: Piece, worded: Sequence[Piece], gutters: Gutters) -> bool:
    """Whether words stand near a number in its column."""
    side = bisect_left(gutters, number.left)
    return any(
        abs(one.middle - number.middle) < _NEAR * one.size and bisect_left(gutters, one.left) == side
        for one in worded
    )


def _worded(pieces: Sequence[Piece]) -> list[Piece]:
    """Those that are more than numbers and marks."""
    return [piece for piece in pieces if any(map(str.isalpha, piece.text))]


def _in_columns(number: int, pieces: Sequence[Piece], gutters: Gutters) -> list[Row]:
    """Column by column from left to right, between the lines that run over a gutter."""
    rows: list[Row] = []
    band: list[list[Piece]] = [[] for _ in (*gutters, None)]
    across: list[Piece] = []

    def close() -> None:
        rows.extend(Row(piece, number, 0, 1) for piece in merged(across))
        across.clear()
        for column, side in enumerate(band):
            rows.extend(Row(piece, number, column, len(band)) for piece in merged(side))
            side.clear()

    for piece in pieces:
        if _runs_over(piece, gutters):
            if any(band):
                close()
            across.append(piece)
            continue
        if across and not piece.middle <= across[-1].bottom:
            close()
        (across if across else band[bisect_left(gutters, piece.left)]).append(piece)
    close()
    return rows
