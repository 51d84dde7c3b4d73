"""Collections of public text as rows: JSON lines or CSV, plain or compressed."""

import csv
import gzip
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from recommender.errors import InputError

_DATES = ("date", "delivered", "published", "year")
_MAX_FIELD = 10_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a collection. date: ISO of the precision given, "" where none is."""

    title: str
    text: str
    date: str


def read_rows(path: Path) -> Iterator[Row]:
    """The documents of a ``.jsonl`` or ``.csv`` file (also ``.gz``, ``.xz``), one at a time.

    JSON lines need ``text``, CSV needs ``title``. Raises InputError naming file and row when a row
    is not of that form.
    """
    number = 0
    needed = "title" if is_titles(path) else "text"
    try:
        with _open(path) as stream:
            for row in _raw_rows(path, stream):
                number += 1
                if not isinstance(row[needed], str):
                    raise ValueError(f"“{needed}”一栏不是文字")
                yield Row(str(row.get("title") or ""), str(row.get("text") or ""), _date(row))
    except (OSError, EOFError, LookupError, TypeError, ValueError, csv.Error, lzma.LZMAError) as error:
        place = f"{path} 第 {number} 条" if number else str(path)
        raise InputError(f"{place}：读不出“{needed}”一栏（{error}）。请检查文件格式。") from error


def is_titles(path: Path) -> bool:
    """Whether a file holds titles alone: CSV; JSON lines hold whole texts."""
    return ".csv" in path.suffixes


def has_titles(path: Path) -> bool:
    """Whether a CSV file has a ``title`` column."""
    with _open(path) as stream:
        return "title" in next(csv.reader(stream), [])


def _raw_rows(path: Path, stream: TextIO) -> Iterator[Mapping[str, Any]]:
    if is_titles(path):
        csv.field_size_limit(_MAX_FIELD)
        return iter(csv.DictReader(stream))
    return (json.loads(line) for line in stream if line.strip())


def _date(row: Mapping[str, Any]) -> str:
    """The year where the row has one that its date contradicts: reports of a year may be given
    late in the year before."""
    dates = [str(row[name])[:10] for name in _DATES if row.get(name)]
    year = str(row.get("year") or "")
    return next((date for date in dates if date.startswith(year)), year) if dates else ""


def _open(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig", newline="")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
