"""A report as files: the forms there are, safe names, whole files."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from recommender.disk import write_whole
from recommender.report.build import Report
from recommender.report.markdown import render_markdown
from recommender.report.text import render_list

# The forms a report can take: file ending → drawing. Other forms join this table.
FORMS: dict[str, Callable[[Report], str]] = {"md": render_markdown, "txt": render_list}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)  # no file's name on Windows


def write_report(report: Report, folder: Path, forms: Sequence[str]) -> tuple[Path, ...]:
    """Write a report in the named forms, each once; the files written."""
    stem = file_stem(report.issue.key)
    written = {folder / f"{stem}.{form}": FORMS[form](report) for form in forms}
    for path, text in written.items():
        write_whole(path, text.encode())
    return tuple(written)


def file_stem(key: str) -> str:
    """A key as a file name that every system takes.

    >>> file_stem("73"), file_stem("../2023: 3月"), file_stem("nul")
    ('73', '-2023-3月', 'issue-nul')
    """
    stem = _FORBIDDEN.sub("-", key)[:80].strip(". ")
    return f"issue-{stem}" if not stem or _DEVICES.fullmatch(stem) else stem
