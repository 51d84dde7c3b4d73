"""The college's funded projects: a CSV as a spreadsheet exports it."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from recommender.errors import InputError, cause_of
from recommender.intake.readers.text import decode_text
from recommender.records import Project

HEADER = ("题目", "年份", "部门")
_LONGEST_CELL = 131_072  # characters; a longer one is an unclosed quotation mark
_NAMES = (  # what each column may be called, in the order of HEADER
    ("题目", "课题", "课题名称", "课题题目", "项目名称", "项目", "名称", "title"),
    ("年份", "年度", "立项年份", "立项年度", "year"),
    ("部门", "系部", "院系", "单位", "所在部门", "department"),
)
_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0+|年.*|[-/.]\d.*)?")


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The projects of a file in its order, each once, and a sentence on every row left out."""

    projects: tuple[Project, ...] = ()
    faults: tuple[str, ...] = ()


def read_projects(path: Path) -> ProjectList:
    """The funded projects in a CSV file; none where there is no file, or only its header.

    UTF-8 with or without BOM, or GB18030; columns parted by commas, semicolons or tabs, in any
    order. A row without title or year is left out and named with its line: one slip must not
    keep the others from being seen. Raises InputError when the file as a whole cannot be read.
    """
    try:
        text = decode_text(path.read_bytes())
    except FileNotFoundError:
        return ProjectList()
    except OSError as error:
        raise InputError(f"{path}：立项课题表读不出来（{cause_of(error)}）。请检查权限。") from error
    except ValueError as error:
        raise InputError(f"{path}：{error}。请在表格软件里另存为“CSV UTF-8（逗号分隔）”。") from error
    try:
        return _read(path, text)
    except csv.Error as error:
        raise InputError(f"{path}：不是完好的 CSV 表。请在表格软件里重新另存为 CSV。") from error


def _read(path: Path, text: str) -> ProjectList:
    rows = _rows(text)
    head = next(rows, None)
    if head is None:
        return ProjectList()
    places = _columns(path, head[1])
    found: dict[Project, None] = {}
    faults: list[str] = []
    for number, cells in rows:
        read = _project([cells[at] if 0 <= at < len(cells) else "" for at in places])
        if isinstance(read, Project):
            found.setdefault(read)
        else:
            faults.append(f"{path} 第 {number} 行：{read}这一行没有读入，请改正。")
    return ProjectList(tuple(found), tuple(faults))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the row's last line, trimmed cells) of the rows that say something."""
    lines = text.lstrip("\r\n")
    first = lines.split("\n", 1)[0]
    csv.field_size_limit(_LONGEST_CELL)  # holds for the process: another reader may have raised it
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",\t;", key=first.count))
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield reader.line_num, cells


def _columns(path: Path, head: Sequence[str]) -> tuple[int, ...]:
    """Where title, year and department stand; -1 for a department there is none of."""
    names = [cell.lower() for cell in head]
    places = tuple(next((i for i, name in enumerate(names) if name in known), -1) for known in _NAMES)
    if -1 in places[:2]:
        missing = "、".join(f"“{name}”" for name, at in zip(HEADER[:2], places, strict=False) if at < 0)
        remedy = f"请把第一行写成：{','.join(HEADER)}（英文逗号分隔）。"
        raise InputError(f"{path}：第一行里没有{missing}这一列。{remedy}")
    return places


def _project(cells: Sequence[str]) -> Project | str:
    """The project of a row, or what is wrong with it."""
    title, year, department = cells
    if not title:
        return "没有题目。"
    matched = _YEAR.fullmatch(year)
    if not matched:
        return f"年份写成了“{year}”，应当是四位数字，例如 2024。" if year else "没有年份。"
    return Project(title, int(matched[1]), department)
