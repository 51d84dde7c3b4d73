"""Which reader a file goes to, decided by its content: names lie, first bytes hardly ever.

A new form is a sign in ``form_of`` and a row in ``READERS``; one that is recognised but not read has a
row in ``REFUSED`` that says what to do.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from recommender.config import Limits
from recommender.intake.readers.docx import read_docx
from recommender.intake.readers.html import read_html, read_mht
from recommender.intake.readers.pdf import Scanned, read_pdf
from recommender.intake.readers.scan import can_recognise, read_scan
from recommender.intake.readers.text import read_text
from recommender.intake.readers.word97 import read_word97
from recommender.intake.reading import Reading, Unreadable

READERS: Mapping[str, Callable[[bytes, Limits], Reading]] = {
    "text": read_text,
    "docx": read_docx,
    "doc": read_word97,
    "pdf": read_pdf,
    "html": read_html,
    "mht": read_mht,
}
_SAVE = "请用 Word 或 WPS 打开后另存为 .docx 再试。"
REFUSED = {
    "rtf": f"这是 RTF 格式，不论文件名怎么写。{_SAVE}",
    "xml": f"这是 Word 2003 的 XML 格式。{_SAVE}",
    "odt": f"这是 OpenDocument 格式。{_SAVE}",
    "ofd": "这是 OFD 版式文件。请用 OFD 阅读器另存为 PDF 或复制到 Word 文件后再试。",
    "xlsx": "这是 Excel 表格，不是 Word 文件。请把文字放进 Word 文件后再试。",
    "pptx": "这是 PowerPoint 演示文稿，不是 Word 文件。请把文字放进 Word 文件后再试。",
    "image": "这是图片，没有文字。请把各页合成一个 PDF，或用 Word 录入后再试。",
    "archive": "这种压缩包读不了。请解压，或改用 .zip 后再试。",
    "program": "这是程序，不是文档。请确认文件没有放错。",
    "empty": "文件是空的。请放入有内容的文件。",
}
_SIGNS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
_HEAD = 4096
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_ARCHIVED = re.compile(rb"(?im)^content-type:\s*(?:multipart/related|text/html)")


def form_of(data: bytes) -> str:
    """The form of a file: a key of READERS or REFUSED, or "zip" for an archive of files."""
    if not data.strip():
        return "empty"
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    for sign, form in _SIGNS:
        if head.startswith(sign) and (form != "image" or not _is_plain(head)):
            return form
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _marked_up(head)


def _is_plain(head: bytes) -> bool:
    """Text may well begin with BM or GIF8; no picture is without zeros."""
    return b"\0" not in head


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if "mimetype" in names and "content.xml" in names:
                return "odt"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "docx" if b"word/" in data[:_HEAD] or b"[Content_Types]" in data[:_HEAD] else "zip"
    found = (form for part, form in _PARTS if any(name.startswith(part) for name in names))
    return next(found, "docx" if "[Content_Types].xml" in names else "zip")


def _marked_up(head: bytes) -> str:
    plain = (
        head.replace(b"\0", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    text = plain.decode("latin-1")
    if re.match(r"(?i)(?:from|mime-version|content-type|subject|date|snapshot-content-location):", text):
        return "mht" if _ARCHIVED.search(plain) else "text"
    if "<?mso-application" in text or "schemas.microsoft.com/office/word/2003/wordml" in text:
        return "xml"
    return "html" if _PAGE.match(text) else "text"


def read_bytes(form: str, data: bytes, limits: Limits, on_page: Callable[[int], None]) -> Reading:
    """The text of a file of some form; Unreadable says why there is none.

    A PDF that turns out to be a scan is recognised where the library for it is installed, and
    on_page(number) is called after each page.
    """
    if form in REFUSED:
        raise Unreadable(REFUSED[form])
    try:
        return READERS[form](data, limits)
    except Scanned:
        if not can_recognise():
            raise
        return read_scan(data, limits, on_page)


def is_archive(data: bytes) -> bool:
    """Whether a file holds files."""
    return form_of(data) == "zip"
