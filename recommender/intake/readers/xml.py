"""XML from strangers: no entities, no network, no endless nesting."""

from collections.abc import Iterable, Iterator
from typing import Any

from recommender.intake.reading import Unreadable

_TORN = "文件内部的 XML 已损坏或不完整。请用 Word 或 WPS 打开后另存为 .docx 再试。"
_DOCTYPE = "文件内部有 DTD 声明，正常的 Word 文件没有，因此不读。请用 Word 或 WPS 打开后另存为 .docx 再试。"


def parse_events(pieces: Iterable[bytes], tags: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The (start or end, element) events of some tags, while the XML flows in.

    Text nodes over 10 MB and nesting over 256 are refused by the parser itself (libxml2 without
    ``huge_tree``); a DTD, without which there are no entities, is refused here.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    checked = False
    try:
        for piece in pieces:
            parser.feed(piece)
            for event, element in parser.read_events():
                checked = checked or _without_dtd(element)
                yield event, element
        parser.close()
        yield from parser.read_events()
    except etree.XMLSyntaxError as error:
        raise Unreadable(_TORN) from error


def parse_whole(data: bytes) -> Any:
    """The root of a small part (styles, numbering)."""
    from lxml import etree

    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError as error:
        raise Unreadable(_TORN) from error
    _without_dtd(root)
    return root


def _without_dtd(element: Any) -> bool:
    if element.getroottree().docinfo.doctype:
        raise Unreadable(_DOCTYPE)
    return True
