"""What an old Word file says of its paragraphs and characters: lists, tables, deletions.

Source: [MS-DOC] 2.8.5 and 2.8.6 (PlcBtePapx, PlcBteChpx), 2.9.114 and 2.9.177 (their pages),
2.6 (single property modifiers), 2.9.131, 2.9.147, 2.9.150 (LFO, LSTF, LVL), [MS-OSHARED] 2.2.1.3 (MSONFC).
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from recommender.intake.readers.numbering import Counter, Level

_PAGE = 512
_BTE_CHPX, _BTE_PAPX, _PLF_LST, _PLF_LFO = 0x00FA, 0x0102, 0x02E2, 0x02EA
_IN_TABLE, _ENDS_ROW, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x244B, 0x244C
_LEVEL, _LIST = 0x260A, 0x460B
_DELETED, _VANISHED = 0x0800, 0x083C
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LONG_TABLE, _TABS = 0xD608, 0xC615
_FORMS = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"},
    **{10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle"},
    **{22: "decimalZero", 23: "bullet", 30: "ideographTraditional", 31: "ideographZodiac"},
    **{33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 37: "chineseCounting"},
    **{38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"},
}


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
    paragraphs = sorted(_runs(word, table, _BTE_PAPX, 13, _papx), key=lambda run: run[0])
    characters = sorted(_runs(word, table, _BTE_CHPX, 1, _chpx), key=lambda run: run[0])
    return Formats(
        [start for start, _ in paragraphs],
        [_paragraph_format(properties) for _, properties in paragraphs],
        [start for start, _ in characters],
        [_is_on(properties, _DELETED) or _is_on(properties, _VANISHED) for _, properties in characters],
    )


def _is_on(properties: dict[int, bytes], code: int) -> bool:
    return properties.get(code, b"\0")[:1] == b"\x01"


def _paragraph_format(properties: dict[int, bytes]) -> ParagraphFormat:
    number = int.from_bytes(properties.get(_LIST, b"\0\0"), "little")
    return ParagraphFormat(
        list=number if number < 0x07FF else 0,
        level=min(properties.get(_LEVEL, b"\0")[0], 8),
        in_table=_is_on(properties, _IN_TABLE),
        ends_row=_is_on(properties, _ENDS_ROW) or _is_on(properties, _INNER_ROW),
    )


def _runs(word: bytes, table: bytes, place: int, entry: int, find) -> Iterator[tuple[int, dict[int, bytes]]]:  # type: ignore[no-untyped-def]
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
            yield starts[run], dict(_modifiers(find(page, page[4 * (runs + 1) + entry * run] * 2)))


def _papx(page: bytes, offset: int) -> bytes:
    """The modifiers of a paragraph, behind its length (in words, or 0 and then so) and style."""
    if not offset:
        return b""
    size = page[offset]
    begin, end = (offset + 1, offset + 2 * size) if size else (offset + 2, offset + 2 + 2 * page[offset + 1])
    return page[begin + 2 : end]


def _chpx(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : offset + 1 + page[offset]] if offset else b""


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


# -- lists ----------------------------------------------------------------------------------------


class Lists:
    """The automatic numbers of a file, counted on as they are asked for."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def label(self, override: int, level: int) -> str:
        return self._counter.label(str(override), level)


def read_lists(word: bytes, table: bytes) -> Lists:
    """The lists of a file; struct.error or IndexError where they break off."""
    definitions = dict(_definitions(word, table))
    start, size = struct.unpack_from("<II", word, _PLF_LFO)
    if size < 4:
        return Lists(Counter({}, {}))
    count = struct.unpack_from("<I", table, start)[0]
    if 4 + 16 * count > size:
        raise IndexError(count)
    place = start + 4 + 16 * count
    lists, shared, starts = {}, {}, {}
    for number in range(count):
        entry = start + 4 + 16 * number
        name, identity = str(number + 1), str(struct.unpack_from("<i", table, entry)[0])
        lists[name], shared[name] = dict(definitions.get(identity, {})), identity
        place += 4
        for _ in range(table[entry + 12]):
            begin, flags = struct.unpack_from("<iI", table, place)
            place += 8
            depth = flags & 0xF
            if flags & 0x20:
                lists[name][depth], place = _level(table, place)
            elif flags & 0x10:
                starts[name, depth] = begin
    return Lists(Counter(lists, shared, starts=starts))


def _definitions(word: bytes, table: bytes) -> Iterator[tuple[str, dict[int, Level]]]:
    start, size = struct.unpack_from("<II", word, _PLF_LST)
    if size < 2:
        return
    count = struct.unpack_from("<H", table, start)[0]
    place = start + 2 + 28 * count
    for number in range(count):
        entry = start + 2 + 28 * number
        levels: dict[int, Level] = {}
        for depth in range(1 if table[entry + 26] & 1 else 9):
            levels[depth], place = _level(table, place)
        yield str(struct.unpack_from("<i", table, entry)[0]), levels


def _level(table: bytes, place: int) -> tuple[Level, int]:
    """A level of a list, and where the next one begins."""
    begin, form, flags = struct.unpack_from("<iBB", table, place)
    characters, paragraphs = table[place + 24], table[place + 25]
    restart = table[place + 26] if flags & 0x08 else None
    place += 28 + characters + paragraphs
    length = struct.unpack_from("<H", table, place)[0]
    text = table[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in text)
    return Level(
        _FORMS.get(form, "decimal"), text, begin, bool(flags & 0x04), restart
    ), place + 2 + 2 * length
