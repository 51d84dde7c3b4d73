"""Automatic numbering as it is printed: what Word counts, this writes out.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import cn2an

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
_MAX_COUNT = 9999


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. text: ``%1`` stands for the count of level 1; restart: the level whose
    step sets this one back, counted from 1, 0 for never."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class Counter:
    """Counts through a document. lists: list → its levels, from 0; lists that share a definition share
    their counts by ``shared``: list → definition."""

    lists: Mapping[str, Mapping[int, Level]]
    shared: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    starts: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def label(self, name: str, depth: int) -> str:
        """The next label of a list at a level, "" where it has none or an unknown list is named."""
        levels = self.lists.get(name, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(self.shared.get(name, name), {})
        if (name, depth) in self.starts and (name, depth) not in self.begun:
            counts[depth] = self.starts[name, depth]
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self.begun.add((name, depth))
        for below in [place for place in counts if place > depth]:
            restart = levels[below].restart if below in levels else None
            if restart is None or depth < restart:
                del counts[below]
        return _printed(levels, level, counts)


def _printed(levels: Mapping[int, Level], level: Level, counts: Mapping[int, int]) -> str:
    if level.form == "bullet":
        return "●" if level.text.strip() else ""

    def count(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        other = levels.get(depth, Level())
        return write_number(counts.get(depth, other.start), "decimal" if level.legal else other.form)

    label = re.sub(r"%([1-9])", count, level.text)
    return f"{label} " if label[-1:].isascii() and label[-1:] not in ("", " ") else label


def write_number(value: int, form: str) -> str:
    """A number in one of Word's forms; Arabic where the form is unknown, or the number beyond it.

    >>> [write_number(12, form) for form in ("chineseCounting", "ideographDigital", "upperRoman", "none")]
    ['十二', '一二', 'XII', '']
    >>> write_number(3, "decimalEnclosedCircle"), write_number(28, "lowerLetter"), write_number(2, "?")
    ('③', 'bb', '2')
    """
    if not 0 <= value <= _MAX_COUNT:
        return str(value)
    return _FORMS.get(form, str)(value)


def _chinese(value: int) -> str:
    text = cn2an.an2cn(value).replace("零", "〇") if value else "〇"
    return re.sub("^一十", "十", text)


def _roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text or "0"


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else "0"


def _from(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else "0"


def _circled(value: int) -> str:
    return chr(0x245F + value) if 1 <= value <= 20 else str(value)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "none": lambda value: "",
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanDigital2"),
        _chinese,
    ),
    "ideographDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "chineseLegalSimplified": lambda value: re.sub("^壹拾", "拾", cn2an.an2cn(value, "up")),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
}  # fmt: skip
