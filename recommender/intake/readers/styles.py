"""Which list a Word paragraph belongs to: by its own properties, or by its style's.

Source: ECMA-376 part 1, 17.3.1.19 (numPr), 17.7 (styles), 17.9 (numbering).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recommender.intake.readers.numbering import Counter, Level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_CHAIN = 20  # styles based on styles
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Styles:
    """Style → (list, level) of the paragraphs in it; and the style of paragraphs that name none."""

    places: Mapping[str, Place] = field(default_factory=dict)
    default: str = ""

    def numbering_of(self, paragraph: Any) -> Place | None:
        """The list and level of a paragraph, None for one outside all lists."""
        own = paragraph.find(W + "pPr")
        named = None if own is None else own.find(W + "pStyle")
        style = self.default if named is None else named.get(W + "val", "")
        number, level = _number_and_level(own)
        inherited = self.places.get(style)
        if number is None:
            return inherited if level is None or inherited is None else (inherited[0], level)
        if number == "0":
            return None
        return number, level if level is not None else inherited[1] if inherited else 0


def _number_and_level(properties: Any) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number, level = properties.find(f"{W}numPr/{W}numId"), properties.find(f"{W}numPr/{W}ilvl")
    return (
        None if number is None else number.get(W + "val", "0"),
        None if level is None else _whole(level.get(W + "val"), 0),
    )


def _whole(text: str | None, other: int) -> int:
    digits = (text or "").lstrip("-")
    return int(text or "") if digits.isdecimal() and len(digits) < 10 else other


def read_styles(styles: Any, numbering: Any) -> Styles:
    """Places of styles, own or inherited; either part may be missing (None)."""
    if styles is None:
        return Styles()
    found = {style.get(W + "styleId", ""): style for style in styles.iter(W + "style")}
    linked = _linked_levels(numbering)
    places = {name: place for name in found if (place := _place(name, found, linked))}
    default = next((name for name, style in found.items() if _is_default(style)), "")
    return Styles(places, default)


def _is_default(style: Any) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")


def _place(name: str, styles: Mapping[str, Any], linked: Mapping[str, int]) -> Place | None:
    """The numbering that a style, or the nearest one it is based on, sets."""
    for _ in range(_MAX_CHAIN):
        style = styles.get(name)
        if style is None:
            return None
        number, level = _number_and_level(style.find(W + "pPr"))
        if number is not None:
            return None if number == "0" else (number, level if level is not None else linked.get(name, 0))
        base = style.find(W + "basedOn")
        name = "" if base is None else base.get(W + "val", "")
    return None


def _linked_levels(numbering: Any) -> dict[str, int]:
    """Style → level, where a list's level names its style."""
    if numbering is None:
        return {}
    return {
        linked.get(W + "val", ""): _whole(linked.getparent().get(W + "ilvl"), 0)
        for linked in numbering.iter(W + "pStyle")
    }


def read_counter(numbering: Any) -> Counter:
    """A counter for the lists of a document; it has none without a numbering part."""
    if numbering is None:
        return Counter({}, {})
    definitions = {
        one.get(W + "abstractNumId", ""): {
            _depth(level): _level(level) for level in one.iterchildren(W + "lvl")
        }
        for one in numbering.iterchildren(W + "abstractNum")
    }
    lists, shared, starts = {}, {}, {}
    for one in numbering.iterchildren(W + "num"):
        name = one.get(W + "numId", "")
        abstract = one.find(W + "abstractNumId")
        shared[name] = "" if abstract is None else abstract.get(W + "val", "")
        lists[name] = dict(definitions.get(shared[name], {}))
        for override in one.iterchildren(W + "lvlOverride"):
            depth = _depth(override)
            if (level := override.find(W + "lvl")) is not None:
                lists[name][depth] = _level(level)
            if (start := override.find(W + "startOverride")) is not None:
                starts[name, depth] = _whole(start.get(W + "val"), 1)
    return Counter(lists, shared, starts=starts)


def _depth(level: Any) -> int:
    return _whole(level.get(W + "ilvl"), 0)


def _level(level: Any) -> Level:
    def value(name: str, other: str = "") -> str:
        found = level.find(W + name)
        return other if found is None else found.get(W + "val", other)

    legal = level.find(W + "isLgl")
    restart = value("lvlRestart")
    return Level(
        form=value("numFmt", "decimal"),
        text=value("lvlText"),
        start=_whole(value("start"), 1),
        legal=legal is not None and legal.get(W + "val") not in ("0", "false"),
        restart=_whole(restart, 0) if restart else None,
    )
