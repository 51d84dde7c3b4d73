"""One line of a collection: what its fields say of a document, before its text is parsed."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from recommender.errors import InputError
from recommender.fold import fold
from recommender.intake.agencies import find_issuers, level_of
from recommender.intake.numerals import find_date
from recommender.intake.provinces import PROVINCES
from recommender.intake.titles import find_number
from recommender.records import Level

_DATES = ("date", "delivered", "published", "year")
_ISSUERS = ("issuer", "office", "province")
_MAX_TITLE = 1_000
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?|(\d{4})(\d{2})(\d{2})", re.DOTALL)
_JOINED = re.compile(r"[、，,；;]|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_OWN_NAMES = {
    **dict.fromkeys(("北京", "天津", "上海", "重庆"), "市"),
    **{"内蒙古": "自治区", "西藏": "自治区", "广西": "壮族自治区", "宁夏": "回族自治区"},
    **{"新疆": "维吾尔自治区", "香港": "特别行政区", "澳门": "特别行政区"},
}
_ADVICE = "请改正这一行后再读入一次，其余各行不受影响。"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document and the facts given beside its text.

    date: ISO 8601 of the given precision. year: the year the collection files it under, else that
    of the date. warnings: what was given but could not be read.
    """

    title: str
    text: str
    date: str | None = None
    year: str | None = None
    issuers: tuple[str, ...] = ()
    level: Level = ""
    number: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """SHA-256 of issuer, title and date: documents that share it are editions of one."""
        facts = ("policy", *map(fold, self.issuers[:1] or ("",)), fold(self.title), self.date or "")
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()

    @property
    def key(self) -> str:
        """A name that depends on nothing but this entry: neither on its place nor on other lines.

        The document number, which is unique by law; for the report an authority gives once a year,
        year and place; else date, issuer and six hex digits of the identity.

        >>> Entry("关于甲的意见", "", "2019-02-15", number="国发〔2019〕5号").key
        '国发〔2019〕5号'
        >>> Entry("政府工作报告", "", "2014-01-16", "2014", ("河南省人民政府",)).key
        '2014-河南省'
        >>> Entry("关于甲的意见", "", "2014-01-16", "2014", ("教育部",)).key
        '2014-01-16-教育部-955ba7'
        """
        number = _plain(self.number or "")
        if re.search(r"\d+号$", number) and len(number) <= 24:
            return number
        place = re.sub("(?<=.)(?:人民)?政府$", "", _plain("".join(self.issuers[:1])))[:10]
        if place and self.year and "工作报告" in self.title and "关于" not in self.title:
            return f"{self.year}-{place}"
        return "-".join(filter(None, (self.date or "doc", place, self.identity[:6])))


def read_entry(line: str) -> Entry:
    """The document of a line; InputError says what is missing and what to do."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"不是 JSON（{_where(error)}）。{_ADVICE}") from None
    if not isinstance(fields, dict):
        raise InputError(f"不是一份文件：应是带 title 和 text 的 JSON 对象。{_ADVICE}")
    title = " ".join(_string(fields.get("title")).split())
    text = _string(fields.get("text"))
    if not title or not text.strip():
        lacking = "标题（title）" if not title else "正文（text）"
        raise InputError(f"没有{lacking}。{_ADVICE}")
    if len(title) > _MAX_TITLE:
        raise InputError(f"标题（title）超过 {_MAX_TITLE} 字。{_ADVICE}")
    issuers, level = _issuers(fields, title)
    printed = _first_date(fields)
    number = " ".join(_string(fields.get("number")).split())
    return Entry(
        title=title,
        text=text,
        date=printed,
        year=(_date(fields.get("year")) or printed or "")[:4] or None,
        issuers=issuers,
        level=level,
        number=find_number(number) or number or None,
        warnings=_unread(fields) if printed is None else (),
    )


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.colno} 个字符处看不懂"
    return "嵌套太深" if isinstance(error, RecursionError) else "数值太大"


def _string(value: Any) -> str:
    """A string that can be stored; "" for anything else. Half a pair of UTF-16 becomes �."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _first_date(fields: dict[str, Any]) -> str | None:
    return next((found for name in _DATES if (found := _date(fields.get(name)))), None)


def _unread(fields: dict[str, Any]) -> tuple[str, ...]:
    """What the date fields hold, where none of them can be read."""
    values = [_string(value) or str(value) for name in _DATES if (value := fields.get(name)) is not None]
    return (f"日期“{values[0][:30]}”看不懂，按没有日期收录。",) if values else ()


def _date(value: Any) -> str | None:
    """A date as ISO 8601 of the printed precision; a time of day is cut off.

    >>> [_date(v) for v in ("2018-12-24T09:30:00Z", "2018-12", 2014, "20181224", "2018年12月24日")]
    ['2018-12-24', '2018-12', '2014', '2018-12-24', '2018-12-24']
    >>> [_date(v) for v in ("2018-02-30", "某年", 0, True, None)]
    [None, None, None, None, None]
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", _string(value) or str(value)).strip()[:60]
    found = _ISO.fullmatch(text)
    if not found:
        return find_date(text)
    parts = found.groups()[:3] if found[1] else found.groups()[3:]
    year, month, day = (int(part) if part else None for part in parts)
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def _issuers(fields: dict[str, Any], title: str) -> tuple[tuple[str, ...], Level]:
    """The issuers of the first field that names any, else those the title begins with; their level."""
    for name in _ISSUERS:
        value = fields.get(name)
        values = value if isinstance(value, list) else [value]
        issuers = tuple(issuer for part in values for issuer in _split(_string(part)))
        if name == "province" and issuers:
            return (_government(issuers[0]),), "province"
        if issuers:
            return issuers, level_of(issuers[0])
    issuers = find_issuers(re.sub(r"^(?:19|20)\d{2}年(?:度)?", "", title))
    return issuers, level_of(issuers[0]) if issuers else ""


def _split(value: str) -> tuple[str, ...]:
    """Issuers named together.

    >>> _split("教育部、财政部"), _split("教育部财政部"), _split("甲研究院 乙研究院")
    (('教育部', '财政部'), ('教育部', '财政部'), ('甲研究院', '乙研究院'))
    """
    known = find_issuers(value)
    if sum(map(len, known)) == len(re.sub(r"[\s、，,和与及]", "", value)):
        return known
    return tuple(part for name in _JOINED.split(value) if (part := " ".join(name.split())))


def _government(province: str) -> str:
    """The government of a province, named in full or in short.

    >>> _government("河南省"), _government("广西"), _government("上海市人民政府")
    ('河南省人民政府', '广西壮族自治区人民政府', '上海市人民政府')
    """
    if province in PROVINCES:
        province += _OWN_NAMES.get(province, "省")
    if province.endswith("特别行政区"):
        return f"{province}政府"
    return f"{province}人民政府" if province.endswith(("省", "市", "自治区")) else province


def _plain(text: str) -> str:
    """Without what a key must not hold: it is typed at a console and never mistaken for a path."""
    return re.sub(r"[^\w〔〕]+", "-", "".join(text.split())).strip("-_")
