"""Web pages, saved or from Word, and web archives (.mht) as text."""

import re
from collections.abc import Iterator
from typing import Any

from recommender.config import Limits
from recommender.intake.readers.text import decode_text
from recommender.intake.reading import Reading, Unreadable, within_chars

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_AS_PRINTED = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "", "us-ascii": ""}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "option",
        "iframe",
        "object",
        "svg",
        "textarea",
        "title",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BREAK = "\x1f"  # stands for a line break of the source until its neighbours are known
_WIDE = "[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]"
_WIDE_BREAK = re.compile(f"(?<={_WIDE}){_BREAK}+(?={_WIDE})")
_WRAPPED = 0.01  # of the characters: source lines of Chinese without spaces hold 100 at most
_LINKS = 0.7  # a block with so large a share of its characters in links, and no sentence, is a menu
_MIN_LINKS = 3


def read_html(data: bytes, limits: Limits) -> Reading:
    """The main text of a web page: no menus, scripts or page feet."""
    return Reading(within_chars(page_text(_decoded(data)), limits), "html")


def read_mht(data: bytes, limits: Limits) -> Reading:
    """The page in a web archive; its pictures and styles are left out."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes):
                text = page_text(_decoded(payload, charset))
                return Reading(within_chars(text, limits), "mht")
    raise Unreadable("网页存档里没有网页正文。请在浏览器里另存为“网页，仅 HTML”后再试。")


def _decoded(data: bytes, charset: str | None = None) -> str:
    """Text by the encoding the page names, if it holds; else by what the bytes are."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.startswith(b"\xef\xbb\xbf"):
        return _plain(data)
    named = _CHARSET.search(data[:4096])
    name = charset or (named[1].decode("ascii", "ignore") if named else "")
    encoding = _AS_PRINTED.get(name.lower(), name)
    try:
        return data.decode(encoding) if encoding else _plain(data)
    except (UnicodeDecodeError, LookupError, ValueError):
        return _plain(data)


def _plain(data: bytes) -> str:
    try:
        return decode_text(data)
    except ValueError as error:
        raise Unreadable(f"网页的{error}。请用浏览器打开后另存，或复制到 Word 文件里。") from error


def page_text(markup: str) -> str:
    """The text of a page, one block a line, rows of tables as cells between tabs.

    >>> page_text("<nav><a href=/>首页</a></nav><h1>通知</h1><p>一、总体<b>要求</b><br>（一）甲")
    '通知\\n一、总体要求\\n（一）甲'
    """
    from lxml import etree, html

    markup = _DECLARATION.sub("", markup).replace("\0", "")
    if not markup.strip():
        return ""
    parser = html.HTMLParser(no_network=True)
    try:
        root = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("网页里没有文字。请用浏览器打开，确认有内容后另存再试。") from error
    if any("depth" in fault.message for fault in parser.error_log):
        raise Unreadable("网页的层次太多，读不全。请用浏览器打开，复制到 Word 文件后再试。")
    body = root.find("body")
    text = "".join(_pieces(root if body is None else body))
    if len(_WIDE_BREAK.findall(text)) > _WRAPPED * len(text):
        text = _WIDE_BREAK.sub("", text)  # broken at a fixed width, not where a space stood
    lines = text.split("\n")
    return "\n".join(line for line in map(_tidy, lines) if line)


def _tidy(line: str) -> str:
    """A line of the page, where a break of the source is a space."""
    return re.sub(f"[ {_BREAK}]+", " ", line).strip(" ") if line.strip() else ""


def _pieces(element: Any, printed: bool = False) -> Iterator[str]:
    """Text in its order, with a line break at the edges of blocks.

    printed: whether blanks and breaks stand as in the source (inside ``pre``).
    """
    printed = printed or element.tag == "pre"
    yield _text(element.text, printed)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            yield "\n"
        elif tag == "table" and _is_data(child):
            yield from (f"\n{row}\n" for row in _rows(child))
        elif tag and tag not in _SKIPPED and not _is_menu(child, tag) and not _is_running(child):
            edge = "\n" if tag in _BLOCKS else ""
            yield edge
            yield from _pieces(child, printed)
            yield edge
        yield _text(child.tail, printed)


def _text(text: str | None, printed: bool) -> str:
    return (text or "") if printed else re.sub(r"[ \r]*\n[ \r\n]*", _BREAK, text or "")


def _is_menu(element: Any, tag: str) -> bool:
    if tag not in _BLOCKS or len(links := element.findall(".//a")) < _MIN_LINKS:
        return False
    text = "".join(element.itertext())
    linked = sum(len("".join(link.itertext()).strip()) for link in links)
    return linked >= _LINKS * len("".join(text.split())) and not re.search("[。；]", text)


def _is_running(element: Any) -> bool:
    """A running head or foot, as LibreOffice and Word mark them."""
    return element.get("title") in ("header", "footer") or "mso-element:" in element.get("style", "")


def _is_data(table: Any) -> bool:
    """Whether a table holds data: more than one column, no table inside, no cell with long paragraphs."""
    if table.find(".//table") is not None:
        return False
    rows = [row.findall("td") + row.findall("th") for row in table.iter("tr")]
    cells = ["".join(cell.itertext()).strip() for row in rows for cell in row]
    return max(map(len, rows), default=0) > 1 and max(map(len, cells), default=0) <= 200


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter("tr"):
        cells = [" ".join("".join(_pieces(cell)).split()) for cell in row if cell.tag in ("td", "th")]
        if any(cells):
            yield "\t".join(cells)
