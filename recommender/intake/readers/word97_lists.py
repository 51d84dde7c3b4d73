"""The lists of an old Word file: what its automatic numbers look like, and which of them share a count.

Source: [MS-DOC] 2.9.131, 2.9.147, 2.9.150 (LFO, LSTF, LVL), [MS-OSHARED] 2.2.1.3 (MSONFC).
"""

import struct
from collections.abc import Iterator

from recommender.intake.readers.numbering import Counter, Level

_PLF_LST, _PLF_LFO = 0x02E2, 0x02EA
_FORMS = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"},
    **{10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle"},
    **{22: "decimalZero", 23: "bullet", 30: "ideographTraditional", 31: "ideographZodiac"},
    **{33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 37: "chineseCounting"},
    **{38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"},
}


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
