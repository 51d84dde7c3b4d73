"""The head of an issue: title, numbers, date and publisher, and what comes before the body."""

import re
from dataclasses import dataclass

from recommender.intake.agencies import find_any_issuer
from recommender.intake.clean import Line
from recommender.intake.marks import contents_entry, heading_words
from recommender.intake.numerals import NUMERAL, find_date, to_number

_SERIAL = re.compile(rf"总\s*第\s*({NUMERAL})\s*期|总\s*第?\s*({NUMERAL})\s*期")
_NUMBER = re.compile(rf"(?<!总)(?<!总 )第\s*({NUMERAL})\s*期")
_PERIODICAL = re.compile(
    r"(?:动态|通讯|简报|快报|导刊|摘编|信息|要情|要报|专报|通报|资讯|观察|内参|月报|周报|季报|文摘|汇编|学刊|参考|导报|前沿|之窗|研究)"
    r"(?:[（(][^（）()]{1,12}[)）])?$"
)
_PUBLISHER = re.compile(
    r"(?:主\s*办|编\s*印|编\s*制|编\s*辑|承\s*办)(?:单位|部门)?\s*[：:]\s*(\S.*)$|^(.{2,30}?)\s*(?:主\s*办|编\s*印|编)$"
)
_INNER = re.compile(r"内部(?:刊物|资料|交流|参考|发行)|请勿|翻印|星期[一二三四五六日天]|^[A-Za-z &.,'-]+$")
_FRONT = re.compile(r"^(?:本期)?(?:导读|目录|目次|要目|内容提要|内容摘要|看点|提要|摘要|编者按)$")


_MAX_LINE = 60


@dataclass(frozen=True, slots=True)
class Head:
    """What the first page says of the issue."""

    title: str
    number: int | None
    serial: int | None
    date: str | None
    institution: str

    @property
    def is_bulletin(self) -> bool:
        """A policy alone has no 第N期."""
        return self.number is not None or self.serial is not None


def read_head(lines: list[Line], body: int) -> Head:
    """Read the lines before the body (index ``body``), at most the first 60.

    Of several dates the first full one counts; a year printed with the number (2024年第1期) is
    taken where no fuller date stands.
    """
    texts = [line.text for line in lines[: min(body, 60)]]
    end = next((i for i, text in enumerate(texts) if _is_front(text)), len(texts))
    own = texts[: end or len(texts)]
    return Head(
        title=_title(own),
        number=_first_number(own, _NUMBER),
        serial=_first_number(own, _SERIAL),
        date=_date(own),
        institution=_institution(own),
    )


def _is_front(text: str) -> bool:
    return bool(_FRONT.match(heading_words(text))) or contents_entry(text) is not None


def is_front_heading(text: str) -> bool:
    """Whether a line heads 导读 or 目录."""
    return bool(_FRONT.match(heading_words(text)))


def _first_number(texts: list[str], form: re.Pattern[str]) -> int | None:
    for text in texts:
        if len(text) <= _MAX_LINE and "。" not in text and (found := form.search(text)):
            return to_number(next(group for group in found.groups() if group))
    return None


def _date(texts: list[str]) -> str | None:
    dates = [found for text in texts if len(text) <= _MAX_LINE and (found := find_date(text))]
    return max(dates, key=len) if dates else None


def _title(texts: list[str]) -> str:
    plain = [text for text in texts if _could_be_title(text)]
    quoted = [found[1] for text in plain if (found := re.search("《([^》]{2,24})》", text))]
    periodical = [text for text in [*quoted, *plain] if _PERIODICAL.search(text.replace(" ", ""))]
    chosen = (periodical or quoted or plain or texts or [""])[0]
    return re.sub(r"\s*(?:\d{4}\s*年)?\s*第\s*\d+\s*期.*$", "", chosen).strip()


def _could_be_title(text: str) -> bool:
    numbered = _SERIAL.search(text) or _NUMBER.search(text)
    if (
        _INNER.search(text)
        or _PUBLISHER.search(text)
        or (numbered and not re.match("[《\u4e00-\u9fff]{4,}.*第", text))
    ):
        return False
    return 2 <= len(text) <= 40 and not re.fullmatch(r"[\d\s年月日.\-/]+", text) and "。" not in text


def _institution(texts: list[str]) -> str:
    for text in texts:
        if found := _PUBLISHER.search(text):
            return (found[1] or found[2]).strip()
    for text in texts:
        name = find_any_issuer(text)
        if (
            name
            and not _PERIODICAL.search(text)
            and re.search("学院|大学|学校|研究所|研究院|厅|局|委员会", name)
        ):
            return re.sub(r"\s*[（(].*?[)）]\s*$", "", text).strip()
    return ""
