"""Traditional characters as simplified ones, in which everything here is compared."""

import re
from functools import lru_cache
from typing import Any

from recommender.intake.reading import Reading

_HAN = re.compile("[\u3400-\u9fff]")
_SAMPLE = 20_000
_SHARE = 0.1  # about a quarter of running traditional text differs; a quoted name does not make a text


def simplified(reading: Reading) -> Reading:
    """The reading with its text in simplified characters, where it was printed in traditional ones.

    One character for one: lengths and line breaks stay. The file itself keeps the printed form.
    """
    if not _is_traditional(reading.text):
        return reading
    text = _converter().convert(reading.text)
    return Reading(text, reading.form, reading.warnings).warned(
        "原文是繁体字，已按简体读入；原样请看原文件。"
    )


def _is_traditional(text: str) -> bool:
    sample = "".join(_HAN.findall(text[:_SAMPLE]))
    if not sample or _in_gb2312(sample) >= 1 - _SHARE / 2:
        return False
    converted = _converter().convert(sample)
    changed: int = sum(a != b for a, b in zip(sample, converted, strict=False))
    return changed >= _SHARE * len(sample)


def _in_gb2312(text: str) -> float:
    """The share of characters in GB 2312, which has simplified ones only: a quick first look."""
    return len(text.encode("gb2312", "ignore")) / (2 * len(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
