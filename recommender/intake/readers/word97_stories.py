"""The stories of an old Word file (the text itself, its notes, its text boxes), each in its pieces.

Source: [MS-DOC] 2.5 (the FIB), 2.9.38 (Clx); structures FibRgLw97, PlcftxbxTxt, FTXBXS, PlcfSpa, Spa.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from recommender.config import Limits
from recommender.intake.reading import over

_LENGTHS = 0x004C  # main, footnotes, headers, macros, comments, endnotes, text boxes, theirs of headers
_FOOTNOTES, _ENDNOTES = 0x00AA, 0x020A
_CLX, _ANCHORS, _BOXES = 0x01A2, 0x01DA, 0x025A
_COMPRESSED = 0x40000000
_ANCHOR, _BOX, _NOTE = 26, 22, 2  # bytes


class Character(NamedTuple):
    """place: in the text, counted in characters; offset: in the file."""

    place: int
    char: str
    offset: int


class Box(NamedTuple):
    """A text box: the place of the character it hangs on, and its text as places."""

    anchor: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stories:
    """main: length of the text itself, from place 0; notes: how many foot- and endnotes there are."""

    word: bytes
    pieces: "list[_Piece]"
    main: int
    notes: int
    found: list[Box] = field(default_factory=list)

    def characters(self, start: int, end: int) -> Iterator[Character]:
        """The characters from one place to before another."""
        first = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        for piece in self.pieces[max(first, 0) :]:
            if piece.start >= end:
                return
            skipped = max(start - piece.start, 0)
            text = piece.text(self.word)[skipped : end - piece.start]
            for number, char in enumerate(text, skipped):
                yield Character(piece.start + number, char, piece.offset + number * piece.width)

    def boxes(self, start: int, end: int) -> list[Box]:
        """The text boxes that hang on the characters from one place to before another, in that order."""
        return sorted(box for box in self.found if start <= box.anchor < end)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that lie together in the file: from ``offset``, ``width`` bytes each."""

    start: int
    length: int
    offset: int
    width: int

    def text(self, word: bytes) -> str:
        end = self.offset + self.length * self.width
        if end > len(word):
            raise IndexError(end)
        data = word[self.offset : end]
        return data.decode("utf-16-le", "replace") if self.width == 2 else data.decode("cp1252", "replace")


def read_stories(word: bytes, table: bytes, limits: Limits) -> Stories:
    """The stories; struct.error or IndexError where they break off, Unreadable where they are too long."""
    lengths = struct.unpack_from("<7I", word, _LENGTHS)
    if sum(lengths) > limits.chars:
        raise over("字数", f"{limits.chars:,} 字", "chars")
    notes = sum(len(list(_plc(word, table, place, _NOTE))) for place in (_FOOTNOTES, _ENDNOTES))
    boxes = list(_boxes(word, table, sum(lengths[:6]), lengths[0]))
    return Stories(word, list(_pieces(word, table)), lengths[0], notes, boxes)


def _boxes(word: bytes, table: bytes, first: int, main: int) -> Iterator[Box]:
    """The text boxes; one that hangs on no shape of the text (its group does) stands at its end.

    first: the place where their story begins; main: the length of the text.
    """
    anchors = {data[:4]: place for place, _, data in _plc(word, table, _ANCHORS, _ANCHOR)}
    for start, end, data in _plc(word, table, _BOXES, _BOX):
        is_unused = struct.unpack_from("<H", data, 8)[0]
        if not is_unused and start < end:
            yield Box(min(anchors.get(data[14:18], main), main - 1), first + start, first + end)


def _plc(word: bytes, table: bytes, place: int, size: int) -> Iterator[tuple[int, int, bytes]]:
    """(first place, place behind, data) of each entry in a table of stretches of text.

    place: of its offset and length in the FIB; size: of an entry's data, in bytes.
    """
    start, extent = struct.unpack_from("<II", word, place)
    plc = table[start : start + extent]
    count = max((len(plc) - 4) // (4 + size), 0)
    places = struct.unpack_from(f"<{count + 1}I", plc) if count else ()
    if any(one > other for one, other in pairwise(places)):
        raise IndexError(places)
    for number in range(count):
        behind = 4 * (count + 1) + size * number
        yield places[number], places[number + 1], plc[behind : behind + size]


def _pieces(word: bytes, table: bytes) -> Iterator[_Piece]:
    """The pieces of all stories in their order."""
    start, size = struct.unpack_from("<II", word, _CLX)
    clx = table[start : start + size]
    place = 0
    while clx[place] == 1:  # property modifiers before the piece table
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    length = struct.unpack_from("<I", clx, place + 1)[0]
    plc = clx[place + 5 : place + 5 + length]
    count = (len(plc) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", plc)
    for number in range(count):
        fc = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        packed = bool(fc & _COMPRESSED)
        offset = fc & ~_COMPRESSED & 0x7FFFFFFF
        extent = places[number + 1] - places[number]
        if extent < 0:
            raise IndexError(number)
        yield _Piece(places[number], extent, offset // 2 if packed else offset, 1 if packed else 2)
