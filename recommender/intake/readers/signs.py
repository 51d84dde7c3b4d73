"""The signs of a PDF page, pieces of one character, and those that follow each other as one piece."""

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from recommender.intake.readers.page import CLOSING, Piece, Rule

_HAN = re.compile("[\u3400-\u9fff”》]")
_LATIN = 0.85  # of the height of Latin letters
_RAISED = 0.2  # of a character
_GAP, _WIDE_GAP = 0.2, 0.35  # of a character; beside Latin letters a printer leaves a quarter anyway
_EXACT = 1.0  # points; nearer together, the same character was printed twice to look bold


def signs_of(page: Any) -> Iterator[Piece]:
    """The printed characters of a page of PDFium, each once, in the order of the file."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    rotation, width, height = page.get_rotation(), page.get_width(), page.get_height()
    taken: set[tuple[str, int, int]] = set()
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) == 1 or char in "\r\n\x00\x02\ufffe\uffff":
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        left, top, right, bottom = upright(box, rotation, width, height)
        size = _size(char, right - left, bottom - top)
        place = (char, round(left / _EXACT), round(top / _EXACT))
        near = {(char, place[1] + dx, place[2] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if char != " " and not taken.isdisjoint(near):
            continue
        taken.add(place)
        yield Piece(char, left, right, top, bottom, size)


def _size(char: str, width: float, height: float) -> float:
    """The width of a Chinese character of the same font: fonts differ in what they call their height."""
    return max(width if "\u3400" <= char <= "\u9fff" else _LATIN * height, 1.0)


def upright(box: Any, rotation: int, width: float, height: float) -> tuple[float, float, float, float]:
    """left, top, right, bottom as the page is seen, y downwards.

    width, height: of the page as it is seen.
    """
    left, right, low, high = box.left, box.right, box.bottom, box.top
    if rotation == 90:
        return low, left, high, right
    if rotation == 180:
        return width - right, low, width - left, high
    if rotation == 270:
        return width - high, height - right, width - low, height - left
    return left, height - high, right, height - low


def pieces_of(signs: Sequence[Piece], walls: Sequence[Rule]) -> Iterator[Piece]:
    """Characters that follow each other on a line. walls: upright rules, over which no line goes on, but
    for a punctuation mark that hangs."""
    sides = sorted(walls, key=lambda wall: wall.left)
    places = [wall.left for wall in sides]

    def is_parted(before: Piece, sign: Piece) -> bool:
        between = sides[bisect_right(places, before.centre) : bisect_left(places, sign.centre)]
        return sign.text not in CLOSING and any(one.top < sign.middle < one.bottom for one in between)

    run: list[Piece] = []
    for sign in signs:
        if run and (not _follows(run[-1], sign) or is_parted(run[-1], sign)):
            yield from _piece(run)
            run = []
        run.append(sign)
    yield from _piece(run)


def _follows(before: Piece, sign: Piece) -> bool:
    size = max(before.size, sign.size)
    level = abs(before.middle - sign.middle) < 0.4 * size
    raised = sign.bottom < before.bottom - _RAISED * size or before.bottom < sign.bottom - _RAISED * size
    called = raised and min(before.size, sign.size) < 0.75 * size
    return level and not called and -0.5 * size < sign.left - before.right < size


def _piece(run: list[Piece]) -> Iterator[Piece]:
    solid = [sign for sign in run if not sign.text.isspace()]
    if solid:
        level = [sign for sign in solid if "\u3400" <= sign.text <= "\u9fff"] or solid
        yield Piece(
            _text(run).lstrip(),
            solid[0].left,
            solid[-1].right,
            min(sign.top for sign in level),
            max(sign.bottom for sign in level),
            max(sign.size for sign in level),
        )


def _text(run: list[Piece]) -> str:
    """The characters of a run; a gap that is far wider than the others is a space."""
    gaps = sorted(sign.left - before.right for before, sign in pairwise(run))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    text = run[0].text
    for before, sign in pairwise(run):
        excess = (sign.left - before.right - usual) / max(before.size, sign.size)
        chinese = _HAN.match(before.text) and _HAN.match(sign.text)
        is_space = excess > (_GAP if chinese else _WIDE_GAP) and " " not in (before.text, sign.text)
        text += (" " if is_space else "") + sign.text
    return text
