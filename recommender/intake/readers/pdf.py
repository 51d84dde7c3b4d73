"""PDF as text, by the places of its characters; pages without text are said to be scans.

pypdfium2 reads 100,000 characters with their places in 4 seconds, pdfplumber in 35; pypdf is the
fallback where PDFium refuses a file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from recommender.config import Limits
from recommender.intake.readers.grids import walls, with_tables
from recommender.intake.readers.layout import page_lines
from recommender.intake.readers.page import Page, Rule
from recommender.intake.readers.running import without_notes
from recommender.intake.readers.signs import pieces_of, signs_of, upright
from recommender.intake.reading import Reading, Unreadable, over, within_chars

_TORN = "PDF 已损坏或不完整。请重新下载，或用 WPS 打开后另存再试。"
_LOCKED = "PDF 有密码。请去掉密码后再试。"
_SCANNED = "是扫描件，页面是图片，没有文字"
_RUBBISH = "里的文字是乱码（字体没有附带文字对照）"
_NEEDED = (
    '识别扫描件要先安装识别组件：python -m pip install "recommender[ocr]"；或换用有文字的 PDF 或 Word 文件'
)
_MAX_RULES = 5000  # of a page; more make a drawing
_FEW = 20  # characters a page; with fewer a page is a picture
_SOUND = 0.7  # share of characters that Chinese office text is made of
_ODD = re.compile(
    "[^\n\t -~\u00b7\u2010-\u203b\u2160-\u217f\u2460-\u249b\u25a0-\u25ff\u3000-\u303f"
    "\u3400-\u9fff\uff00-\uffef]"
)


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """The text of a PDF; Unreadable says why there is none."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(_LOCKED) from error
        return _by_pypdf(data, limits)
    with pdf:
        if len(pdf) > limits.pages:
            raise over("PDF 的页数", f"{limits.pages} 页", "pages")
        if not len(pdf):
            raise Unreadable(_TORN)
        found = list(_pages(pdf, limits))
    return _as_reading(found)


def _as_reading(found: list["_Found"]) -> Reading:
    """Text of the pages that have any; Unreadable when most are pictures, or what they say is rubbish."""
    pictures = [number for number, one in enumerate(found, 1) if one.is_picture]
    pages, notes = without_notes([with_tables(one.page) for one in found])
    text = "\n".join(page_lines(pages))
    if len(pictures) > len(found) / 2:
        raise Scanned(_SCANNED)
    if not text.strip():
        raise Unreadable("PDF 里没有文字。请检查文件内容。")
    if is_rubbish(text):
        raise Scanned(_RUBBISH)
    said = (f"有 {notes} 条脚注，没有读入正文。",) if notes else ()
    reading = Reading(text, "pdf", said)
    if pictures:
        places = "、".join(map(str, pictures[:20]))
        reading = reading.warned(f"第 {places} 页是图片，没有文字，没有读入。{_NEEDED}。")
    return reading


class Scanned(Unreadable):
    """A PDF whose text must be recognised from its pictures."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"PDF {cause}。{_NEEDED}。")


def is_rubbish(text: str) -> bool:
    """Whether a text is made of characters that no Chinese office writes.

    >>> is_rubbish("关于做好 2023 年工作的通知"), is_rubbish("ÄãºÃÊÀ½ç\\ue001\\ue002")
    (False, True)
    """
    return len(_ODD.findall(text)) > (1 - _SOUND) * len(text)


@dataclass(frozen=True, slots=True)
class _Found:
    """A page, and whether something is drawn on it with hardly a word of text."""

    page: Page
    is_picture: bool


def _pages(pdf: Any, limits: Limits) -> Iterator[_Found]:
    import pypdfium2

    size = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError as error:
            raise Unreadable(f"第 {number + 1} 页读不出来。{_TORN}") from error
        signs = list(signs_of(page))
        size += len(signs)
        if size > limits.chars:
            within_chars(" " * size, limits)
        few = len(signs) < _FEW and any(True for _ in page.get_objects(max_depth=3))
        rules = () if few else tuple(_rules(page))
        yield _Found(Page(_width(page), tuple(pieces_of(signs, walls(rules))), rules), few)
        page.close()


def _width(page: Any) -> float:
    return float(page.get_width())


def _rules(page: Any) -> Iterator[Rule]:
    """The lines and boxes that are drawn on a page."""
    from pypdfium2 import raw

    rotation, width, height = page.get_rotation(), page.get_width(), page.get_height()
    for drawn in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3), _MAX_RULES):
        box = raw.FS_RECTF(*(drawn.get_bounds()[at] for at in (0, 3, 2, 1)))
        left, top, right, bottom = upright(box, rotation, width, height)
        yield Rule(left, right, top, bottom)


def _by_pypdf(data: bytes, limits: Limits) -> Reading:
    """The text as pypdf finds it: lines, not paragraphs."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        pages = pypdf.PdfReader(BytesIO(data)).pages
        if len(pages) > limits.pages:
            raise over("PDF 的页数", f"{limits.pages} 页", "pages")
        text = "\n".join(page.extract_text() for page in pages)
    except (
        PyPdfError,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        raise Unreadable(_TORN) from error
    if len(text.strip()) < _FEW:
        raise Unreadable(_TORN)
    if is_rubbish(text):
        raise Scanned(_RUBBISH)
    return Reading(within_chars(text, limits), "pdf").warned("PDF 有损坏，用备用的办法读出，请核对段落。")
