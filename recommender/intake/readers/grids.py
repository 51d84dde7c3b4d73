"""What rules enclose on printed pages.

The lines of a cell of a table are one text, the cells of a row stand between tabs; a box with text beside
it stands apart from the text that runs around it.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from recommender.intake.readers.page import Inset, Page, Piece, Rule, glued, in_lines

_THIN = 3.0  # points at most across a rule
_NEAR = 2.5  # points between rules that meet
_WIDE_LINES = 3  # that run over a side of a box show that it stands in their column
_MOST = 4000  # rules of a page; a drawing has more, and comparing them takes the square


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns and the rows of a table part, its own edges with them; a box has one of each."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    walls: tuple[Rule, ...]

    @property
    def is_box(self) -> bool:
        return len(self.across) == len(self.down) == 2

    def cell(self, piece: Piece) -> tuple[int, int] | None:
        """(row, column) in which the middle of a piece lies, with walls on both sides: tables beside each
        other may hang from one rule."""
        level = [wall for wall in self.walls if wall.top <= piece.middle <= wall.bottom]
        middle = (piece.left + piece.right) / 2
        if not (any(wall.left < middle for wall in level) and any(wall.left > middle for wall in level)):
            return None
        place = bisect(self.down, piece.middle) - 1, bisect(self.across, middle) - 1
        inside = 0 <= place[0] < len(self.down) - 1 and 0 <= place[1] < len(self.across) - 1
        return place if inside else None


def walls(rules: Sequence[Rule]) -> list[Rule]:
    """The upright ones among rules and the sides of boxes."""
    edges = (edge for rule in rules for edge in _edges(rule))
    return [edge for edge in edges if edge.right - edge.left < _THIN < edge.bottom - edge.top]


def with_tables(page: Page) -> Page:
    """The page, with each row of a ruled table as one piece, its cells between tabs; text boxes apart."""
    pieces = list(page.pieces)
    insets = []
    for grid in _grids(page.rules):
        if grid.is_box:
            inset = _inset(grid, pieces)
            if inset:
                insets.append(inset)
                pieces = [piece for piece in pieces if piece not in inset.pieces]
            continue
        cells: dict[tuple[int, int], list[Piece]] = {}
        rest = []
        for piece in pieces:
            place = grid.cell(piece)
            if place is None:
                rest.append(piece)
            else:
                cells.setdefault(place, []).append(piece)
        pieces = rest + list(_table_rows(cells, len(grid.across) - 1))
    return replace(page, pieces=tuple(pieces), insets=tuple(insets))


def _inset(box: _Grid, pieces: Sequence[Piece]) -> Inset | None:
    """What a box holds, where text runs beside it; a box that parts the text is read in its place."""
    inside = tuple(piece for piece in pieces if box.cell(piece))
    (left, right), (top, bottom) = box.across, box.down
    others = [piece for piece in pieces if piece not in inside]
    beside = [one for one in others if top < one.middle < bottom]
    wide = [one for one in others if one.left < left - one.size and one.right > left + one.size]
    wide += [one for one in others if one.left < right - one.size and one.right > right + one.size]
    if inside and beside and len(wide) >= _WIDE_LINES:
        return Inset(left, right, top, bottom, inside)
    return None


def _table_rows(cells: dict[tuple[int, int], list[Piece]], columns: int) -> Iterator[Piece]:
    for row in sorted({row for row, _ in cells}):
        texts = [_text(cells.get((row, column), ())) for column in range(columns)]
        own = [piece for (at, _), pieces in cells.items() if at == row for piece in pieces]
        yield Piece(
            "\t".join(texts),
            min(piece.left for piece in own),
            max(piece.right for piece in own),
            min(piece.top for piece in own),
            max(piece.bottom for piece in own),
            max(piece.size for piece in own),
        )


def _text(pieces: Sequence[Piece]) -> str:
    lines = ("".join(piece.text for piece in line).strip() for line in in_lines(pieces))
    return reduce(glued, lines, "").replace("\t", " ")


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    """The tables that rules make, of two columns at least, and the boxes."""
    edges = [edge for rule in rules for edge in _edges(rule)]
    found = []
    for group in _touching(edges) if len(edges) <= _MOST else ():
        across = _levels((edge.left + edge.right) / 2 for edge in group if edge.right - edge.left < _THIN)
        down = _levels((edge.top + edge.bottom) / 2 for edge in group if edge.bottom - edge.top < _THIN)
        grid = _Grid(across, down, tuple(walls(group)))
        if len(across) > 2 and len(down) > 1 or grid.is_box:
            found.append(grid)
    return found


def _edges(rule: Rule) -> Iterator[Rule]:
    """A thin rule itself; the four sides of a box."""
    left, right, top, bottom = rule.left, rule.right, rule.top, rule.bottom
    if right - left < _THIN or bottom - top < _THIN:
        yield rule
        return
    yield from (Rule(left, right, top, top), Rule(left, right, bottom, bottom))
    yield from (Rule(left, left, top, bottom), Rule(right, right, top, bottom))


def _touching(edges: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Edges that meet, directly or over others."""
    left = list(edges)
    while left:
        group = [left.pop()]
        for edge in group:  # grows as it goes
            near = [other for other in left if _meet(edge, other)]
            left = [other for other in left if not _meet(edge, other)]
            group += near
        yield group


def _meet(one: Rule, other: Rule) -> bool:
    across = one.left <= other.right + _NEAR and other.left <= one.right + _NEAR
    return across and one.top <= other.bottom + _NEAR and other.top <= one.bottom + _NEAR


def _levels(values: Iterable[float]) -> tuple[float, ...]:
    """Sorted, those that are one level once."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _THIN:
            levels.append(value)
    return tuple(levels)
