"""Printed pages as paragraphs: lines that go on over the end of a line, a column or a page are joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce

from recommender.intake.marks import BRACKETED, QUANTITY, contents_entry, find_mark
from recommender.intake.readers.columns import page_rows
from recommender.intake.readers.entries import with_entries
from recommender.intake.readers.measures import Measures, first_unit, measured, same_column
from recommender.intake.readers.page import Inset, Page, Row, glued, merged
from recommender.intake.readers.running import without_running

_STRONG = ("章", "条", "一、", "（一）", "1.")  # numberings that begin a paragraph rather than a clause
_DECIMAL = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s+(?!{QUANTITY})[\u4e00-\u9fff]")
_BULLET = re.compile(r"[●◆■□▲★☆◎※►➢]\s*[^\s，。、；：）]")
_IN = 0.8  # characters; so far from the margin is an indent
_EVEN = 0.3  # characters; nearer to each other lines begin at one place
_LARGE = 1.1  # sizes of the text


def page_lines(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of a text, one each; rows of tables as cells between tabs.

    Running heads and page numbers are left out; what a box holds follows the text that runs around it.
    """
    rows = without_running(page_rows(pages))
    if not rows:
        return [_aside(inset) for page in pages for inset in page.insets]
    measures = measured(rows)
    full = [measures.room(row) < 2.5 * row.piece.size for row in rows]
    paragraphs = _paragraphs(with_entries(rows, full, measures.spaced), measures)
    return list(_with_insets(paragraphs, measures, pages))


def _with_insets(
    paragraphs: Sequence[Sequence[Row]], measures: Measures, pages: Sequence[Page]
) -> Iterator[str]:
    """The text of each paragraph, and of a box before the first one that begins below it, which no table of
    contents is parted by."""
    waiting = [(number, inset) for number, page in enumerate(pages) for inset in page.insets]
    for rows in paragraphs:
        text, place = _text(rows, measures), (rows[0].page, rows[0].piece.middle)
        is_entry = contents_entry(text) is not None
        while waiting and not is_entry and (waiting[0][0], waiting[0][1].bottom) < place:
            yield _aside(waiting.pop(0)[1])
        yield text
    yield from (_aside(inset) for _, inset in waiting)


def _aside(inset: Inset) -> str:
    """The paragraphs in a box as one: none of them is a heading of the text around it.

    Its lines end as far from its right side as they begin from its left.
    """
    rows = [Row(piece, 0, 0, 1) for piece in merged(inset.pieces)]
    left = min(row.piece.left for row in rows)
    measures = replace(measured(rows), edges={(1, 0, 0): (left, inset.right - (left - inset.left))})
    return " ".join(_text(paragraph, measures) for paragraph in _paragraphs(rows, measures))


def _text(rows: Sequence[Row], measures: Measures) -> str:
    return reduce(partial(glued, spaced=measures.spaced), (row.piece.text for row in rows)).lstrip()


def _paragraphs(rows: Sequence[Row], measures: Measures) -> list[list[Row]]:
    paragraphs: list[list[Row]] = []
    for row in rows:
        if paragraphs and _goes_on(paragraphs[-1], row, measures):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    return paragraphs


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
    if len(rows) > 1 and measures.indent(above) - measures.indent(row) > _IN and same_column(above, row):
        return False
    if measures.gapped and same_column(above, row):
        return True
    return not _begins_paragraph(above.piece.text, row.piece.text, measures)


def _may_go_on(above: Row, row: Row, measures: Measures) -> bool:
    """Whether two rows are no cells, of one size, in one flow and near to each other."""
    if "\t" in above.piece.text or ("\t" in row.piece.text and contents_entry(row.piece.text) is None):
        return False
    if abs(above.piece.size - row.piece.size) > 0.2 * above.piece.size:
        return False
    if above.page == row.page and above.columns != row.columns:
        return False
    return not measures.is_apart(above, row)


def _is_title(above: Row, row: Row, measures: Measures) -> bool:
    """Whether two lines are a centred title: larger than the text, or the first one too long for a line."""
    if abs(above.piece.size - row.piece.size) > 0.1 * row.piece.size or find_mark(row.piece.text):
        return False
    if not (_is_centred(above, measures) and _is_centred(row, measures) and same_column(above, row)):
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
    if kind is None or re.search("[，、的和与及第]$", above):
        return False
    return not measures.indented or any(one.startswith(kind) for one in measures.flush)
