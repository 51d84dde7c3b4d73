"""Tables of contents on paper: what led to the page number is often lost, and entries may take two lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce

from recommender.intake.readers.page import Row, glued

_ENTRY = re.compile(r"^([^。；]*?[^\d。；\s.．…·])[\s.．…·]*(\d{1,3})$")
_LONE = re.compile(r"^[\s.．…·]*(\d{1,3})$")
_LABEL = re.compile(
    r"\s*(?:\d+(?:\.\d+)+\s*[\u4e00-\u9fff]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[●■◆])"
)
_MIN_ENTRIES = 5
_MAX_ROWS = 3  # of an entry


def with_entries(rows: Sequence[Row], is_full: Sequence[bool], spaced: bool) -> list[Row]:
    """The rows, with each entry of a table of contents as one row, a tab before its page number.

    is_full: whether a row reaches the end of its line, so that an entry may go on below it. A table of
    contents is a run of entries whose numbers never fall. spaced: see ``glued``.
    """
    done: list[Row] = []
    at = 0
    for run in _runs(_entries(rows, is_full)):
        for first, last, _ in run:
            done += [*rows[at:first], _one_row(rows[first : last + 1], spaced)]
            at = last + 1
    return [*done, *rows[at:]]


def _one_row(rows: Sequence[Row], spaced: bool) -> Row:
    text = reduce(partial(glued, spaced=spaced), (row.piece.text.strip() for row in rows))
    found = re.fullmatch(r"(.*?)[\s.．…·]*?[\t .．…·]*(\d{1,3})", text)
    tail = _ENTRY.match(rows[-1].piece.text) or _LONE.match(rows[-1].piece.text)
    number = tail[tail.lastindex or 1] if tail else (found[2] if found else "")
    title = text[: len(text) - len(number)].rstrip(" \t.．…·")
    return replace(rows[0], piece=replace(rows[-1].piece, text=f"{title}\t{number}"))


def _entries(rows: Sequence[Row], is_full: Sequence[bool]) -> Iterator[tuple[int, int, int]]:
    """(first row, last row, page number) of what may be entries."""
    begun = 0
    for place, row in enumerate(rows):
        found = _ENTRY.match(row.piece.text) or (_LONE.match(row.piece.text) if place > begun else None)
        if found:
            first = place
            while (
                first > begun and place - first < _MAX_ROWS - 1 and not _LABEL.match(rows[first].piece.text)
            ):
                is_lone = first == place and _LONE.match(row.piece.text)
                if not _leads(rows[first - 1], bool(is_lone) or is_full[first - 1]):
                    break
                first -= 1
            if _LONE.match(row.piece.text) and first == place:
                continue
            yield first, place, int(found[found.lastindex or 1])
            begun = place + 1


def _leads(row: Row, is_full: bool) -> bool:
    """Whether an entry may go on below a row."""
    return is_full and not re.search("[。；\t]", row.piece.text)


def _runs(entries: Iterator[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Entries that stand together, their numbers never falling."""
    run: list[tuple[int, int, int]] = []
    for entry in entries:
        if run and (entry[0] > run[-1][1] + 2 or entry[2] < run[-1][2]):
            if len(run) >= _MIN_ENTRIES:
                yield run
            run = []
        run.append(entry)
    if len(run) >= _MIN_ENTRIES:
        yield run
