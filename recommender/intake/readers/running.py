"""What runs along the edges of pages: running heads, page numbers, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from recommender.intake.readers.page import Page, Piece, Row, in_order, merged, usual_size

_PAGE_NUMBER = re.compile(
    r"[\s—–\-·.．~～|/]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})(?:\s*页)?(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页?)?[\s—–\-·.．~～|]*"
)
_OFTEN = 0.25  # of the pages, three at least
_SMALL = 0.9  # of the size of the body: so small are footnotes, and most running heads
_LEVEL = 0.2  # of the size of a running head
_SUPER = 0.8  # of the size of the body: so small is the number that calls one
_NOTE = re.compile(r"[\[［〔（(]?(?P<sign>\d{1,3}|[①-⑳*＊†])[\]］〕）)]?\s*(?=\D)")


def without_running(rows: list[Row]) -> list[Row]:
    """Rows but for page numbers and running heads.

    A running head stands at the edge of many pages; or, small, of two, or on the level of such a head.
    """
    edge = [
        place
        for place, row in enumerate(rows)
        if row.edge and not _is_number(row) and not re.search("[。；]", _bare(row))
    ]
    seen = Counter(text for _, text in {(rows[place].page, _bare(rows[place])) for place in edge})
    often = max(3, _OFTEN * len({row.page for row in rows}))
    small = _SMALL * usual_size(row.piece for row in rows)
    heads = {place for place in edge if seen[_bare(rows[place])] >= often}
    low = [place for place in edge if rows[place].piece.size <= small]
    heads |= {place for place in low if seen[_bare(rows[place])] > 1}
    levels = {(rows[place].piece.top, rows[place].piece.size) for place in heads.intersection(low)}
    heads |= {place for place in low if any(_is_level(rows[place].piece, *level) for level in levels)}
    left_out = heads | _numbers(rows, heads)
    return [row for place, row in enumerate(rows) if place not in left_out]


def _is_level(piece: Piece, top: float, size: float) -> bool:
    return abs(piece.top - top) < _LEVEL * size and abs(piece.size - size) < _LEVEL * size


def _numbers(rows: list[Row], heads: set[int]) -> set[int]:
    """The places of page numbers: the outermost lines of a page, running heads aside.

    A number without dashes or words is one where half the pages have it at that end.
    """
    first, last = set(), set()
    pages = 0
    for _, group in groupby(range(len(rows)), lambda place: rows[place].page):
        own = sorted((place for place in group if place not in heads), key=lambda at: rows[at].piece.middle)
        pages += 1
        first |= {place for place in own[:1] if _is_number(rows[place])}
        last |= {place for place in own[-1:] if _is_number(rows[place])}
    sure = {place for place in first | last if not rows[place].piece.text.strip().isdecimal()}
    return sure.union(*(end for end in (first, last) if len(end) > max(1, pages // 2 - 1)))


def _is_number(row: Row) -> bool:
    return _PAGE_NUMBER.fullmatch(row.piece.text) is not None


def _bare(row: Row) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", row.piece.text))


# -- footnotes ------------------------------------------------------------------------------------


def without_notes(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """The pages without their footnotes and the signs that call them; and how many notes there were.

    A footnote is small, stands at the foot of its page or column, and begins with the number or sign that
    stands, smaller, in the text above.
    """
    body = usual_size(piece for page in pages for piece in page.pieces)
    done = [_noteless(page, body) for page in pages]
    return [page for page, _ in done], sum(count for _, count in done)


def _noteless(page: Page, body: float) -> tuple[Page, int]:
    text = [piece for piece in page.pieces if not _PAGE_NUMBER.fullmatch(piece.text)]
    large = [piece for piece in text if piece.size > _SMALL * body]
    small = [piece for piece in text if piece.size <= _SMALL * body]
    low = [one for one in in_order(small) if not any(_stands_below(other, one) for other in large)]
    lines = [(line, found["sign"]) for line in merged(low) if (found := _NOTE.match(line.text))]
    sizes = {sign: line.size for line, sign in lines}
    called = {
        piece
        for piece in page.pieces
        if piece.text.strip() in sizes
        and piece.size <= _SUPER * body
        and (_begins_line(piece, sizes, low) or any(_calls(piece, one) for one in large))
    }
    notes = [line for line, sign in lines if any(one.text.strip() == sign for one in called)]
    if not notes:
        return page, 0
    head = min(line.top for line in notes)
    gone = called | {piece for piece in low if piece.middle > head}
    return replace(page, pieces=tuple(piece for piece in page.pieces if piece not in gone)), len(notes)


def _stands_below(other: Piece, one: Piece) -> bool:
    return other.middle > one.bottom and other.left < one.right and one.left < other.right


def _begins_line(sign: Piece, sizes: dict[str, float], low: Sequence[Piece]) -> bool:
    """Whether a sign that is smaller than its note has come to stand on a line without what it belongs to."""
    return sign not in low and sign.size <= _SUPER * sizes[sign.text.strip()]


def _calls(sign: Piece, text: Piece) -> bool:
    """Whether a sign stands right behind a text, on its line."""
    return text.top - text.size < sign.middle < text.bottom and abs(sign.left - text.right) < 0.5 * text.size
