"""Printed pages as paragraphs: lines that go on over the end of a line, a column or a page are joined."""

import re
from collections.abc import Iterator, Sequence
from functools import partial, reduce

from recommender.intake.marks import BRACKETED, QUANTITY, contents_entry, find_mark
from recommender.intake.readers.columns import page_rows
from recommender.intake.readers.entries import with_entries
from recommender.intake.readers.measures import Measures, first_unit, measured
from recommender.intake.readers.page import Page, Row, glued
from recommender.intake.readers.running import without_running

_STRONG = ("章", "条", "一、", "（一）", "1.")  # numberings that begin a paragraph rather than a clause
_DECIMAL = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s+(?!{QUANTITY})[\u4e00-\u9fff]")
_BULLET = re.compile(r"[●◆■□▲★☆◎※►➢]\s*\S")
_APART = 1.2  # pitches; so far below each other are paragraphs
_IN = 0.8  # characters; so far from the margin is an indent
_EVEN = 0.3  # characters; nearer to each other lines begin at one place
_LARGE = 1.1  # sizes of the text


def page_lines(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of a text, one each; rows of tables as cells between tabs.

    Running heads and page numbers are left out; what a box holds follows the text that runs around it.
    """
    rows = without_running(page_rows(pages))
    if not rows:
        return []
    measures = measured(rows)
    full = [measures.room(row) < 2.5 * row.piece.size for row in rows]
    paragraphs: list[list[Row]] = []
    for row in with_entries(rows, full, measures.spaced):
        if paragraphs and _goes_on(paragraphs[-1], row, measures):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    texts = [reduce(partial(glued, spaced=measures.spaced), map(_text, rows)).lstrip() for rows in paragraphs]
    return list(_with_insets(paragraphs, texts, pages))


def _text(row: Row) -> str:
    return row.piece.text


def _with_insets(
    paragraphs: Sequence[Sequence[Row]], texts: Sequence[str], pages: Sequence[Page]
) -> Iterator[str]:
    waiting = [(number, inset) for number, page in enumerate(pages) for inset in page.insets]
    for rows, text in zip(paragraphs, texts, strict=True):
        while waiting and (waiting[0][0], waiting[0][1].bottom) < (rows[0].page, rows[0].piece.middle):
            yield from page_lines([Page(0.0, waiting.pop(0)[1].pieces)])
        yield text
    for _, inset in waiting:
        yield from page_lines([Page(0.0, inset.pieces)])


def _goes_on(rows: Sequence[Row], row: Row, measures: Measures) -> bool:
    """Whether a row continues the paragraph of the rows above it in reading order."""
    above = rows[-1]
    if not _may_go_on(above, row, measures):
        return False
    if _is_title(above, row, measures):
        return True
    if measures.room(above) > first_unit(row.piece):  # it would have stood on the line above
        return False
    if measures.indent(row) > _IN:
        return _is_block(rows, row, measures)
    if len(rows) > 1 and measures.indent(above) - measures.indent(row) > _IN and _same_column(above, row):
        return False
    return not _begins_paragraph(above.piece.text, row.piece.text, measures)


def _may_go_on(above: Row, row: Row, measures: Measures) -> bool:
    """Whether two rows are no cells, of one size, in one flow and near to each other."""
    if "\t" in above.piece.text or ("\t" in row.piece.text and contents_entry(row.piece.text) is None):
        return False
    if abs(above.piece.size - row.piece.size) > 0.2 * above.piece.size:
        return False
    if above.page == row.page and above.columns != row.columns:
        return False
    apart = row.piece.bottom - above.piece.bottom
    return not (_same_column(above, row) and apart > _APART * measures.pitch * row.piece.size)


def _same_column(above: Row, row: Row) -> bool:
    return (above.page, above.column, above.columns) == (row.page, row.column, row.columns)


def _is_title(above: Row, row: Row, measures: Measures) -> bool:
    """Whether two lines are a centred title: larger than the text, or the first one too long for a line."""
    if abs(above.piece.size - row.piece.size) > 0.1 * row.piece.size or find_mark(row.piece.text):
        return False
    if not (_is_centred(above, measures) and _is_centred(row, measures) and _same_column(above, row)):
        return False
    if re.search("[。；！？]$", above.piece.text):
        return False
    large = row.piece.size > _LARGE * measures.size
    filled = sum(measures.insets(above)) * row.piece.size < first_unit(row.piece) + 2 * row.piece.size
    return large or (filled and measures.indent(row) > 3)


def _is_centred(row: Row, measures: Measures) -> bool:
    """Whether as much is free on either side: a character may be left over."""
    before, behind = measures.insets(row)
    return abs(before - behind) < 1


def _is_block(rows: Sequence[Row], row: Row, measures: Measures) -> bool:
    """Whether an indented row stands below the text of its paragraph, which hangs from a number or is all
    indented."""
    above = rows[-1]
    level = abs(above.piece.left - row.piece.left) < _EVEN * row.piece.size
    hangs = measures.indent(rows[0]) < 0.5 and find_mark(rows[0].piece.text) is not None
    if hangs and (level or len(rows) == 1):
        return find_mark(row.piece.text) is None
    return level and not measures.indented and re.search("[。；：！？]$", above.piece.text) is None


def _begins_paragraph(above: str, text: str, measures: Measures) -> bool:
    """Whether a line at the margin, below a full one, begins anew all the same.

    Where numbered paragraphs are indented, and no others of their kind stand at the margin, a number that
    does has come there by chance; as 三是 and （2） may anywhere.
    """
    if BRACKETED.match(text) or _BULLET.match(text):
        return True
    mark = find_mark(text)
    kind = "1.1" if _DECIMAL.match(text) else mark.kind if mark and mark.kind in _STRONG else None
    if kind is None or re.search("[，、的和与及]$", above):
        return False
    return not measures.indented or any(one.startswith(kind) for one in measures.flush)
