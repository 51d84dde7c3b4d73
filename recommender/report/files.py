"""A report as files: the forms there are, safe names, whole files."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.disk import write_whole
from recommender.errors import UsageError
from recommender.report.build import Overview, Report
from recommender.report.charts.catalogue import outlook_charts, overview_charts
from recommender.report.charts.chart import Chart, Picture, picture
from recommender.report.fonts import remedy
from recommender.report.html import render_overview_page, render_page
from recommender.report.markdown import render_markdown, render_overview_markdown
from recommender.report.text import render_list, render_overview_list
from recommender.report.tools import Tools
from recommender.report.word import render_overview_word, render_word
from recommender.report.workbook import render_overview_workbook, render_workbook

Files = Mapping[str, bytes]  # what follows the stem of the name → content


@dataclass(frozen=True, slots=True)
class Form:
    """How an issue and how a year are drawn."""

    issue: Callable[[Report, Tools], Files]
    year: Callable[[Overview, Tools], Files]


def _pictures(charts: Sequence[Chart], kind: Picture, tools: Tools) -> Files:
    if tools.font is None:
        raise UsageError(f"--as {kind}：本机没有中文字体，图里的中文会变成方框。{remedy()}")
    return {f"-{chart.name}.{kind}": picture(chart, kind, tools.font.family) for chart in charts}


# The forms a report can take. Other forms join this table.
FORMS: dict[str, Form] = {
    "html": Form(
        lambda report, tools: {".html": render_page(report, tools).encode()},
        lambda year, tools: {".html": render_overview_page(year, tools).encode()},
    ),
    "docx": Form(
        lambda report, tools: {".docx": render_word(report, tools.font)},
        lambda year, tools: {".docx": render_overview_word(year, tools.font)},
    ),
    "xlsx": Form(
        lambda report, tools: {".xlsx": render_workbook(report)},
        lambda year, tools: {".xlsx": render_overview_workbook(year)},
    ),
    "md": Form(
        lambda report, tools: {".md": render_markdown(report).encode()},
        lambda year, tools: {".md": render_overview_markdown(year).encode()},
    ),
    "txt": Form(
        lambda report, tools: {".txt": render_list(report).encode()},
        lambda year, tools: {".txt": render_overview_list(year).encode()},
    ),
    "png": Form(
        lambda report, tools: _pictures(outlook_charts(report.outlook), "png", tools),
        lambda year, tools: _pictures(overview_charts(year), "png", tools),
    ),
    "svg": Form(
        lambda report, tools: _pictures(outlook_charts(report.outlook), "svg", tools),
        lambda year, tools: _pictures(overview_charts(year), "svg", tools),
    ),
}
DOCUMENTS = ("html", "docx", "xlsx", "md", "txt")  # what is written unless something else is asked
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)  # no file's name on Windows


def write_report(report: Report, folder: Path, forms: Sequence[str], tools: Tools) -> tuple[Path, ...]:
    """Write a report in the named forms, each once; the files written. A report of what an editor settled
    on bears the editor's name."""
    drawn = (FORMS[form].issue(report, tools) for form in dict.fromkeys(forms))
    return _write(folder, file_stem(report.issue.key, report.editor), drawn)


def write_overview(overview: Overview, folder: Path, forms: Sequence[str], tools: Tools) -> tuple[Path, ...]:
    """Write the overview of a year in the named forms, each once; the files written."""
    drawn = (FORMS[form].year(overview, tools) for form in dict.fromkeys(forms))
    return _write(folder, file_stem(overview.key), drawn)


def _write(folder: Path, stem: str, drawn: Iterable[Files]) -> tuple[Path, ...]:
    """Every form is drawn before the first is written: a fault leaves the earlier files as they were."""
    files = {folder / f"{stem}{rest}": content for form in drawn for rest, content in form.items()}
    for path, content in files.items():
        write_whole(path, content)
    return tuple(files)


def file_stem(key: str, editor: str = "") -> str:
    """A key, and an editor's name where there is one, as a file name that every system takes.

    >>> file_stem("73"), file_stem("../2023: 3月", "王/老师"), file_stem("nul")
    ('73', '-2023-3月-王-老师', 'issue-nul')
    """
    stem = _FORBIDDEN.sub("-", f"{key[:60]}-{editor}" if editor else key)[:80].strip(". ")
    return f"issue-{stem}" if not stem or _DEVICES.fullmatch(stem) else stem
