"""What stands before the text of a policy: the order that promulgates it, its own table of contents."""

import re
from dataclasses import dataclass

from recommender.intake.clean import Line
from recommender.intake.contents import body_start
from recommender.intake.head import is_front_heading

_ORDER = re.compile(r"(?:中华人民共和国)?(?P<issuer>[\u4e00-\u9fff]{2,20})令(?:第(?P<number>\d+)号)?")
_NUMBER = re.compile(r"第(?P<number>\d+)号")
_NAMED = re.compile(r"《(?P<name>[^》]{2,60})》")
_FEW = 8  # lines an order takes at most


@dataclass(frozen=True, slots=True)
class Order:
    """The order of an office; number as 国令第706号."""

    issuer: str
    number: str


def take_order(lines: list[Line]) -> tuple[Order | None, list[Line], list[Line]]:
    """The order at the head of a text, its lines, and the text from its title on; None, nothing and all
    of it where there is no order.

    中华人民共和国国务院令 / 第706号 / 《某条例》已经…，现予公布… / 总理 某某 / 某条例
    """
    texts = [re.sub(r"\s", "", line.text) for line in lines[:_FEW]]
    found = _ORDER.fullmatch(texts[0]) if texts else None
    numbered = (
        found if found and found["number"] else _NUMBER.fullmatch(texts[1]) if found and texts[1:] else None
    )
    if not found or not numbered:
        return None, [], lines
    named = next(filter(None, map(_NAMED.search, texts)), None)
    title = next(
        (at for at, text in enumerate(texts) if named and text == re.sub(r"\s", "", named["name"])), None
    )
    start = title if title is not None else 1 + (numbered is not found)
    by = "国" if found["issuer"] == "国务院" else found["issuer"]
    return Order(found["issuer"], f"{by}令第{numbered['number']}号"), lines[:start], lines[start:]


def take_contents(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The table of contents of a text, whose first entry is printed again as a heading; and the rest."""
    front = next((at for at, line in enumerate(lines[:_FEW]) if is_front_heading(line.text)), None)
    start = body_start(lines) if front is not None else 0
    if front is None or start <= front:
        return [], lines
    return lines[front:start], lines[:front] + lines[start:]
