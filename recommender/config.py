"""The settings of a workspace: recommender.toml as one frozen value.

Each table of the file is one mapping here, key → check, so that reading, checking and the list of
allowed names in a message cannot differ. Every fault is a UsageError that names the file,
the key and what was expected.
"""

import json
import math
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from recommender.errors import UsageError, cause_of
from recommender.records import Level, Project

# "" is a document whose level was not recognised; in the file it is called "unknown".
AUTHORITY: Mapping[Level, float] = {
    "central": 1.0,
    "ministry": 0.9,
    "province": 0.8,
    "city": 0.7,
    "institution": 0.4,
    "media": 0.3,
    "": 0.4,
}
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class College:
    """Whose bulletin it is. disciplines: words or phrases its subjects are known by."""

    name: str = ""
    province: str = ""
    city: str = ""
    disciplines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the college and the words or phrases of its subjects."""

    name: str
    disciplines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may demand before it is refused; each is checked before the work it would cause.

    file_mb: size on disk; unpacked_mb: declared and real size of what is packed inside; parts: entries
    of a package; nesting: archives inside archives; pages: of a PDF; scan_pages: pages to be read by
    character recognition; chars: of the text that comes out. seconds and memory_mb hold for each file
    (each page of a scan) in the process that runs the parsers of others; where the system caps no
    memory (Windows, macOS), the time still holds.
    """

    file_mb: int = 64
    unpacked_mb: int = 256
    parts: int = 5000
    nesting: int = 2
    pages: int = 1000
    scan_pages: int = 200
    chars: int = 1_000_000
    seconds: int = 60
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the office may set.

    length: suggestions in a list, 1 to 50.
    variety: 0 (the best scores only) to 1 (as different as possible).
    weights: feature → weight, only those that differ from the program's own; -100 to 100.
    authority: every level, the empty one included → 0 to 1.
    topics: number of topics, 2 to 200; 0 when the program chooses.
    projects: what the college has funded; from data/projects.csv, not from this file.
    limits: what a file may demand.
    """

    college: College = College()
    departments: tuple[Department, ...] = ()
    length: int = 10
    variety: float = 0.3
    weights: Mapping[str, float] = field(default_factory=dict)
    authority: Mapping[Level, float] = field(default_factory=lambda: dict(AUTHORITY))
    topics: int = 0
    projects: tuple[Project, ...] = ()
    limits: Limits = Limits()


def load_settings(path: Path, features: Collection[str] | None = None) -> Settings:
    """Read recommender.toml; a missing file gives the defaults.

    features: the names allowed under [weights]; None leaves them unchecked.
    Raises UsageError naming the file, the key and what was expected.
    """
    raw = _parse(path)
    _refuse_unknown(path, "", raw, _TABLES)
    authority = _read_table(path, raw, "authority", _AUTHORITY)
    weights = None if features is None else dict.fromkeys(features, _weight)
    return Settings(
        college=College(**_read_table(path, raw, "college", _COLLEGE)),
        departments=_read_departments(path, raw.get("departments", [])),
        weights=_read_table(path, raw, "weights", weights),
        authority={level: authority.get(level or _UNKNOWN, usual) for level, usual in AUTHORITY.items()},
        topics=_read_table(path, raw, "topics", _TOPICS).get("count", 0),
        limits=Limits(**_read_table(path, raw, "limits", _LIMITS)),
        **_read_table(path, raw, "list", _LIST),
    )


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{path}：设置文件读不出来（{cause_of(error)}）。请检查权限。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}：设置文件不是 UTF-8 编码。请用记事本另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        remedy = '文字要放在英文双引号 "…" 里，同一项只能写一次，几个词写成 ["甲", "乙"]'
        raise UsageError(f"{path}：{_where(str(error))}不合 TOML 格式。{remedy}。") from error


def _where(message: str) -> str:
    """The place in tomllib's message, in Chinese."""
    found = re.search(r"line (\d+), column (\d+)", message)
    return f"第 {found[1]} 行第 {found[2]} 列附近" if found else "文件末尾"


# -- checks: the value as it is used, or _Expected saying what it should be ---------------------


class _Expected(Exception):
    """What a value should have been, in Chinese."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Expected('引号里的文字，例如 "某某学院"')
    return value.strip()


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Expected('不为空的文字，例如 "经济贸易系"')
    return value.strip()


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise _Expected('几个词，例如 ["电子商务", "物流管理"]')
    return tuple(dict.fromkeys(word.strip() for word in value))


def _number(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or math.isnan(value) or not low <= value <= high:
            raise _Expected(f"{low:g} 到 {high:g} 之间的数")
        return float(value)

    return check


def _whole(low: int, high: int, automatic: bool) -> Callable[[Any], int]:
    """A whole number in a range; ``automatic`` also allows 0."""

    def check(value: Any) -> int:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or not (low <= value <= high or automatic and value == 0):
            also = "，或 0（由程序选择）" if automatic else ""
            raise _Expected(f"{low} 到 {high} 之间的整数{also}")
        return int(value)

    return check


_weight = _number(-100, 100)
_Checks = Mapping[str, Callable[[Any], Any]]
_COLLEGE: _Checks = {"name": _text, "province": _text, "city": _text, "disciplines": _words}
_DEPARTMENT: _Checks = {"name": _name, "disciplines": _words}
_LIST: _Checks = {"length": _whole(1, 50, automatic=False), "variety": _number(0, 1)}
_AUTHORITY: _Checks = {level or _UNKNOWN: _number(0, 1) for level in AUTHORITY}
_TOPICS: _Checks = {"count": _whole(2, 200, automatic=True)}
_LIMITS: _Checks = {
    "file_mb": _whole(1, 4096, automatic=False),
    "unpacked_mb": _whole(1, 16384, automatic=False),
    "parts": _whole(1, 1_000_000, automatic=False),
    "nesting": _whole(1, 10, automatic=False),
    "pages": _whole(1, 100_000, automatic=False),
    "scan_pages": _whole(1, 10_000, automatic=False),
    "chars": _whole(1000, 100_000_000, automatic=False),
    "seconds": _whole(1, 3600, automatic=False),
    "memory_mb": _whole(256, 65536, automatic=False),
}
_TABLES = ("college", "departments", "list", "weights", "authority", "topics", "limits")


# -- tables ---------------------------------------------------------------------------------------


def _read_table(path: Path, raw: dict[str, Any], name: str, checks: _Checks | None) -> dict[str, Any]:
    """The checked values of one table, {} when it is absent; without ``checks`` any key is a weight."""
    table = raw.get(name, {})
    if not isinstance(table, dict):
        _refuse(path, f"“{name}”", table, f"一个表：单独一行 [{name}]，下面每行一项")
    if checks is not None:
        _refuse_unknown(path, f" [{name}] 里的", table, checks)
    return {
        key: _checked(path, f"[{name}] 的 {key}", value, checks[key] if checks else _weight)
        for key, value in table.items()
    }


def _read_departments(path: Path, tables: Any) -> tuple[Department, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        _refuse(path, "“departments”", tables, "每个系部一段，段首写 [[departments]]（两层方括号）")
    return tuple(_read_department(path, number, table) for number, table in enumerate(tables, 1))


def _read_department(path: Path, number: int, table: dict[str, Any]) -> Department:
    place = f"第 {number} 个 [[departments]] "
    _refuse_unknown(path, f"{place}里的", table, _DEPARTMENT)
    values = {key: _checked(path, f"{place}的 {key}", table[key], _DEPARTMENT[key]) for key in table}
    if "name" not in values:
        raise UsageError(f'{path}：{place}缺少 name。请加上一行，例如 name = "经济贸易系"。')
    return Department(**values)


def _checked(path: Path, place: str, value: Any, check: Callable[[Any], Any]) -> Any:
    try:
        return check(value)
    except _Expected as error:
        _refuse(path, place, value, str(error))


def _refuse(path: Path, place: str, value: Any, expected: str) -> NoReturn:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    raise UsageError(f"{path}：{place} 写成了 {shown}，应当是{expected}。请改正后再试。")


def _refuse_unknown(path: Path, place: str, table: dict[str, Any], allowed: Collection[str]) -> None:
    for key in table:
        if key not in allowed:
            near = get_close_matches(key, allowed, n=1, cutoff=0.5)
            hint = f"是不是要写 {near[0]}？" if near else ""
            names = "、".join(allowed)
            raise UsageError(f"{path}：不认识{place or '设置'} {key}。{hint}可以写的有：{names}。")
