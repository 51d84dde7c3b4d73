"""Chinese and Arabic numbers and dates as bulletins print them."""

import re
from datetime import date
from functools import lru_cache

import cn2an

CN = "〇零○一二三四五六七八九十百两"
NUMERAL = rf"(?:\d{{1,4}}|[{CN}]{{1,5}})"
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_YEAR = r"(?P<year>(?:19|20)\d{2}|[二一][〇零○九][〇零○一二三四五六七八九]{2})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FORMS = (
    re.compile(rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*[日号]"),
    re.compile(rf"(?<!\d){_YEAR}\s*([-/.．])\s*{_MONTH}\s*\2\s*{_DAY}(?!\d)"),
    re.compile(rf"{_YEAR}\s*年\s*{_MONTH}\s*月(?:份|号)?"),
    re.compile(rf"{_YEAR}\s*年(?:度)?"),
)
FULL_DATE = _FORMS[0]
DAY = (
    "(?:"
    + "|".join(re.sub(r"\(\?P<\w+>", "(?:", form.pattern).replace(r"\2", "[-/.．]") for form in _FORMS[:2])
    + ")"
)


@lru_cache(maxsize=4096)
def to_number(text: str) -> int | None:
    """Value of an Arabic or Chinese numeral; None when it is neither.

    >>> [to_number(n) for n in ("73", "三十五", "〇三", "７", "甲")]
    [73, 35, 3, 7, None]
    """
    text = text.strip().translate(_FULL_WIDTH)
    if text.isdecimal():
        return int(text)
    if re.fullmatch("[〇零○一二三四五六七八九]{2,}", text):
        return int(text.translate(_DIGITS))
    try:
        return int(cn2an.cn2an(text.replace("○", "零"), "smart"))
    except ValueError:
        return None


def find_date(text: str) -> str | None:
    """First and most precise date in a text, as ISO 8601 of the printed precision.

    >>> find_date("2023 年 5 月 10 日"), find_date("二〇二四年三月"), find_date("2024年第01期")
    ('2023-05-10', '2024-03', '2024')
    >>> find_date("2021-11-22 10:00"), find_date("第 3 期"), find_date("2023年2月30日") is None
    ('2021-11-22', None, True)
    """
    text = text.translate(_FULL_WIDTH)
    for form in _FORMS:
        for found in form.finditer(text):
            iso = _iso(found.groupdict())
            if iso:
                return iso
        if form is FULL_DATE and form.search(text):
            return None  # a full date that does not exist is a fault, not a month
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    year, month, day = (_value(parts.get(name)) for name in ("year", "month", "day"))
    if year is None:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def _value(text: str | None) -> int | None:
    return to_number(text) if text else None
