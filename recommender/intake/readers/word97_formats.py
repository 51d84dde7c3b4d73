"""What an old Word file says of its paragraphs, by their styles too, and of its characters.

Source: [MS-DOC] 2.8.5 and 2.8.6 (PlcBtePapx, PlcBteChpx), 2.9.114 and 2.9.177 (their pages),
2.6 (single property modifiers); structures STSH, STD, UpxPapx.
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_PAGE = 512
_STYLES, _BTE_CHPX, _BTE_PAPX = 0x00A2, 0x00FA, 0x0102
_IN_TABLE, _ENDS_ROW, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x244B, 0x244C
_LEVEL, _LIST = 0x260A, 0x460B
_DELETED, _VANISHED = 0x0800, 0x083C
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LONG_TABLE, _TABS = 0xD608, 0xC615
_PARAGRAPH_STYLE = 1
_MAX_CHAIN = 20  # styles based on styles


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """list: 1 for the first list override of the file, 0 for none."""

    list: int = 0
    level: int = 0
    in_table: bool = False
    ends_row: bool = False


@dataclass(frozen=True, slots=True)
class Formats:
    """Stretches of the file, by the offset at which each begins, and what holds in them."""

    paragraph_starts: list[int]
    paragraphs: list[ParagraphFormat]
    run_starts: list[int]
    gone: list[bool]

    def paragraph_at(self, offset: int) -> ParagraphFormat:
        place = bisect_right(self.paragraph_starts, offset) - 1
        return self.paragraphs[place] if place >= 0 else ParagraphFormat()

    def is_gone(self, offset: int) -> bool:
        """Whether the character there was deleted (a tracked change) or is hidden."""
        place = bisect_right(self.run_starts, offset) - 1
        return place >= 0 and self.gone[place]


def read_formats(word: bytes, table: bytes) -> Formats:
    """The formats of a file; struct.error or IndexError where they break off."""
    styles = _read_styles(word, table)
    paragraphs = sorted(_runs(word, table, _BTE_PAPX, 13, _papx), key=lambda run: run[0])
    characters = sorted(_runs(word, table, _BTE_CHPX, 1, _chpx), key=lambda run: run[0])
    return Formats(
        [start for start, _ in paragraphs],
        [_paragraph_format(properties, styles) for _, properties in paragraphs],
        [start for start, _ in characters],
        [_is_gone(dict(_modifiers(properties))) for _, properties in characters],
    )


def _is_gone(properties: dict[int, bytes]) -> bool:
    return _is_on(properties, _DELETED) or _is_on(properties, _VANISHED)


def _is_on(properties: dict[int, bytes], code: int) -> bool:
    return properties.get(code, b"\0")[:1] == b"\x01"


def _paragraph_format(data: bytes, styles: "_Styles") -> ParagraphFormat:
    """What a style's number and the modifiers behind it say together."""
    own = dict(_modifiers(data[2:]))
    properties = {**styles.properties(int.from_bytes(data[:2], "little")), **own}
    number = int.from_bytes(properties.get(_LIST, b"\0\0"), "little")
    return ParagraphFormat(
        list=number if number < 0x07FF else 0,
        level=min(properties.get(_LEVEL, b"\0")[0], 8),
        in_table=_is_on(own, _IN_TABLE),
        ends_row=_is_on(own, _ENDS_ROW) or _is_on(own, _INNER_ROW),
    )


def _runs(
    word: bytes, table: bytes, place: int, entry: int, find: Callable[[bytes, int], bytes]
) -> Iterator[tuple[int, bytes]]:
    """(offset, properties) of the runs in all formatted pages of a kind; the end of a page's last run
    opens one without properties, in case the next page begins later."""
    start, size = struct.unpack_from("<II", word, place)
    plc = table[start : start + size]
    count = (len(plc) - 4) // 8
    for number in range(max(count, 0)):
        page_number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF
        page = word[page_number * _PAGE : (page_number + 1) * _PAGE]
        runs = page[_PAGE - 1]
        starts = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            yield starts[run], find(page, page[4 * (runs + 1) + entry * run] * 2)


def _papx(page: bytes, offset: int) -> bytes:
    """The style and the modifiers of a paragraph, behind their length (in words, or 0 and then so)."""
    if not offset:
        return b"\0\0"
    size = page[offset]
    begin, end = (offset + 1, offset + 2 * size) if size else (offset + 2, offset + 2 + 2 * page[offset + 1])
    return page[begin:end]


def _chpx(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : offset + 1 + page[offset]] if offset else b""


@dataclass(frozen=True, slots=True)
class _Styles:
    """The properties that each paragraph style sets itself, and the number of the one it is based on."""

    own: Mapping[int, dict[int, bytes]]
    bases: Mapping[int, int]

    def properties(self, number: int) -> dict[int, bytes]:
        """What a style sets, or those it is based on."""
        found: dict[int, bytes] = {}
        for _ in range(_MAX_CHAIN):
            if number not in self.own:
                break
            found = {**self.own[number], **found}
            number = self.bases[number]
        return found


def _read_styles(word: bytes, table: bytes) -> _Styles:
    start, size = struct.unpack_from("<II", word, _STYLES)
    sheet = table[start : start + size]
    if not sheet:
        return _Styles({}, {})
    head, count, fixed = struct.unpack_from("<3H", sheet)
    place, own, bases = 2 + head, {}, {}
    for number in range(count):
        length = struct.unpack_from("<H", sheet, place)[0]
        style = sheet[place + 2 : place + 2 + length]
        place += 2 + length
        if not length or (kind := struct.unpack_from("<H", style, 2)[0]) & 0xF != _PARAGRAPH_STYLE:
            continue
        behind = fixed + 4 + 2 * struct.unpack_from("<H", style, fixed)[0]  # the name
        extent = struct.unpack_from("<H", style, behind)[0]
        own[number] = dict(_modifiers(style[behind + 4 : behind + 2 + extent]))
        bases[number] = kind >> 4
    return _Styles(own, bases)


def _modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of property modifiers; what is cut off is left out."""
    place = 0
    while place + 2 < len(data):
        code = struct.unpack_from("<H", data, place)[0]
        place += 2
        size = _OPERANDS.get(code >> 13, 0)
        if not size and code == _LONG_TABLE:
            size = 1 + int.from_bytes(data[place : place + 2], "little")
        elif not size:
            if code == _TABS and data[place] == 255:
                return  # its length must be counted up; nothing that is needed here follows
            size = 1 + data[place]
        yield code, data[place : place + size]
        place += size
