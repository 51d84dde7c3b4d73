"""Printed pages as pieces of lines, and pieces on one level as a line.

Coordinates are in points or pixels, x to the right and y downwards; sizes are widths of Chinese characters.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_CELL = 1.5  # sizes of a character; so far apart stand the cells of a table
_WORD = 0.3
_MEETING = re.compile("[0-9A-Za-z]( ?)[\u4e00-\u9fff]")
CLOSING = "，。、；：？！）》」』】〕”’…,.;:?!)]%％"  # never the first on a line


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together on a line; ``size`` is the width of a Chinese character."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or the sides of a box."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Inset:
    """A box that the text of a page runs around, and what it holds."""

    left: float
    right: float
    top: float
    bottom: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page in any order, its width, the lines drawn on it, the boxes set aside from it."""

    width: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...] = ()
    insets: tuple[Inset, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line of one column.

    edge: near the head or foot of the page; since, until: where a box beside it lets it begin and end.
    """

    piece: Piece
    page: int
    column: int
    columns: int
    edge: bool = False
    since: float = -math.inf
    until: float = math.inf


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """From the head of a page to its foot, and from left to right."""
    return sorted(pieces, key=lambda piece: (piece.middle, piece.left))


def in_lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces on each level of a page, from left to right."""
    lines: list[list[Piece]] = []
    for piece in in_order(pieces):
        if lines and lines[-1][0].top <= piece.middle <= lines[-1][0].bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces on one level as one, with a tab between them where the gap is that of a table."""
    return [_one_piece(line) for line in in_lines(pieces)]


def _one_piece(line: list[Piece]) -> Piece:
    text = line[0].text
    for before, piece in pairwise(line):
        gap = piece.left - before.right
        apart = not text.endswith(" ") and gap > _WORD * piece.size
        text += ("\t" if gap > _CELL * piece.size else " " if apart else "") + piece.text
    return Piece(
        text,
        line[0].left,
        max(piece.right for piece in line),
        min(piece.top for piece in line),
        max(piece.bottom for piece in line),
        max(piece.size for piece in line),
    )


def glued(head: str, tail: str, spaced: bool = False) -> str:
    """Latin words stay apart; where ``spaced``, a Chinese word from a number or a Latin one too; all else is
    joined as it stands.

    >>> glued("产教融", "合"), glued("the", "end"), glued("到 2024", "年", spaced=True)
    ('产教融合', 'the end', '到 2024 年')
    """
    ends = head[-1:] + tail[:1]
    apart = re.fullmatch("[A-Za-z]{2}", ends) or (spaced and _MEETING.fullmatch(ends))
    return head + (" " if apart else "") + tail


def is_spaced(texts: Iterable[str]) -> bool:
    """Whether most Chinese words behind a number or a Latin word stand apart from it."""
    gaps = [gap for text in texts for gap in _MEETING.findall(text)]
    return 2 * sum(map(bool, gaps)) > len(gaps)


def usual_size(pieces: Iterable[Piece]) -> float:
    """The size of most of the characters; 0 where there are none."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)
