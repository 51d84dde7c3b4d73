"""Text in traditional characters, told and converted: parsed, counted and ranked in simplified ones."""

import re
from dataclasses import replace

from recommender.intake.reading import Reading
from recommender.script import to_simplified

_HAN = re.compile("[\u3400-\u9fff]")
_SAMPLE = 20_000
_SHARE = 0.1  # about a quarter of running traditional text differs; a quoted name does not make a text


def simplified(reading: Reading) -> Reading:
    """The reading with its text in simplified characters, where it was printed in traditional ones."""
    if not _is_traditional(reading.text):
        return reading
    text = to_simplified(reading.text)
    return replace(reading, text=text, printed=reading.text).warned(
        "原文是繁体字：按简体比较和推荐，显示和引用照原文。"
    )


def _is_traditional(text: str) -> bool:
    sample = "".join(_HAN.findall(text[:_SAMPLE]))
    if not sample or _in_gb2312(sample) >= 1 - _SHARE / 2:
        return False
    changed = sum(a != b for a, b in zip(sample, to_simplified(sample), strict=True))
    return changed >= _SHARE * len(sample)


def _in_gb2312(text: str) -> float:
    """The share of characters in GB 2312, which has simplified ones only: a quick first look."""
    return len(text.encode("gb2312", "ignore")) / (2 * len(text))
