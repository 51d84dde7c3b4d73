"""Scanned PDFs as text: each page drawn, its lines recognised and laid out like printed ones."""

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from recommender.config import Limits
from recommender.intake.readers.layout import page_lines
from recommender.intake.readers.page import Page, Piece
from recommender.intake.reading import Reading, Unreadable, over, within_chars

_DPI = 200
_LOW = 0.9  # mean confidence of a page below which it should be read against the original
_MAX_PIXELS = 40_000_000  # A3 at 200 dpi has 8 million


def can_recognise() -> bool:
    """Whether the ``ocr`` extra is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read_scan(data: bytes, limits: Limits, on_page: Callable[[int], None]) -> Reading:
    """The text recognised in the pages of a PDF, with a warning for each doubtful page."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("PDF 已损坏或不完整。请重新扫描或下载后再试。") from error
    with pdf:
        if len(pdf) > limits.scan_pages:
            raise over("要识别的页数", f"{limits.scan_pages} 页", "scan_pages")
        pages, surest = [], []
        for number in range(len(pdf)):
            page, confidence = recognise(_drawn(pdf[number]))
            pages.append(page)
            surest.append(confidence)
            on_page(number + 1)
    text = within_chars("\n".join(page_lines(pages)), limits)
    if not text.strip():
        raise Unreadable("扫描件里没有认出文字。请检查页面是否清楚，或用 Word 录入后再试。")
    return Reading(text, "scan", tuple(_warnings(surest)))


def _warnings(surest: list[float]) -> Iterator[str]:
    mean = sum(surest) / len(surest)
    yield f"扫描件，由文字识别读出，共 {len(surest)} 页，平均把握 {mean:.0%}。请与原件核对。"
    for number, confidence in enumerate(surest, 1):
        if confidence < _LOW:
            yield f"第 {number} 页识别的把握只有 {confidence:.0%}，请重点核对。"


def _drawn(page: Any) -> Any:
    """A page as an array of pixels (height × width × 3, blue first)."""
    scale = _DPI / 72
    pixels = page.get_width() * page.get_height() * scale * scale
    if pixels > _MAX_PIXELS:
        scale *= math.sqrt(_MAX_PIXELS / pixels)
    return page.render(scale=scale).to_numpy()


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def recognise(image: Any) -> tuple[Page, float]:
    """The lines of a picture (height × width × 3), and the mean confidence in 0 … 1."""
    found = _engine()(image)
    if found.boxes is None or not len(found.boxes):
        return Page(float(image.shape[1]), ()), 0.0
    slant = _slant(found.boxes)
    pieces = [_piece(box, text, slant) for box, text in zip(found.boxes, found.txts, strict=True)]
    return Page(float(image.shape[1]), tuple(pieces)), float(sum(found.scores) / len(found.scores))


def _slant(boxes: Any) -> float:
    """The angle at which the page lies, in radians: the median of the long lines."""
    widest = max(float(box[1][0] - box[0][0]) for box in boxes)
    long = [box for box in boxes if float(box[1][0] - box[0][0]) > 0.5 * widest]
    return median(math.atan2(float(box[1][1] - box[0][1]), float(box[1][0] - box[0][0])) for box in long)


def _piece(box: Any, text: str, slant: float) -> Piece:
    """A recognised line where it would stand if the page lay straight. box: four corners (x, y)."""
    cos, sin = math.cos(-slant), math.sin(-slant)
    corners = [(float(x) * cos - float(y) * sin, float(x) * sin + float(y) * cos) for x, y in box]
    across, down = [x for x, _ in corners], sorted(y for _, y in corners)
    top, bottom = (down[0] + down[1]) / 2, (down[2] + down[3]) / 2
    return Piece(text, min(across), max(across), top, bottom, 0.8 * (bottom - top))
