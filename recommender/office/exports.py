"""What was written for editors on the page: each export in a folder of its own, so that none takes the
place of another's, nor of what ``report`` writes."""

import json
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from recommender.disk import write_whole
from recommender.errors import InputError
from recommender.report.build import Report
from recommender.report.files import DOCUMENTS, file_stem, write_report
from recommender.report.tools import tools_of
from recommender.workspace import Workspace

MOST = 20  # of an issue that are kept
_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")
_NOTE = "export.json"  # written last: what a killed run left is no export


@dataclass(frozen=True, slots=True)
class Export:
    """Files written for one wish.

    name: sortable by time; nobody else's. at: when it was asked for, ISO 8601. editor: whose list was
    written, "" for the program's own. forms: what there is a file of.
    """

    name: str
    at: str
    issue: str
    editor: str
    forms: tuple[str, ...]


def export_name(now: datetime) -> str:
    """A name no other export has. now: with its zone."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"


def write_export(
    workspace: Workspace, report: Report, forms: Sequence[str], name: str, at: datetime
) -> Export:
    """Write a report in some of DOCUMENTS as the export of this name, and forget the issue's oldest."""
    folder = _folder(workspace, report.issue.key) / name
    wanted = tuple(form for form in DOCUMENTS if form in forms)
    write_report(report, folder, wanted, tools_of(workspace))
    made = Export(name, at.isoformat(timespec="seconds"), report.issue.key, report.editor, wanted)
    write_whole(folder / _NOTE, json.dumps(asdict(made), ensure_ascii=False).encode())
    for old in _names(folder.parent)[MOST:]:
        with suppress(OSError):  # one that somebody has open goes the next time
            shutil.rmtree(folder.parent / old)
    return made


def exports_of(workspace: Workspace, issue: str) -> tuple[Export, ...]:
    """The exports there are of an issue, newest first."""
    folder = _folder(workspace, issue)
    found = (_read(folder / name / _NOTE) for name in _names(folder))
    return tuple(one for one in found if one and one.issue == issue)


def exported_file(workspace: Workspace, issue: str, name: str, form: str) -> tuple[str, bytes]:
    """The name and the content of a file of an export; InputError where there is none."""
    for one in exports_of(workspace, issue):
        if one.name == name and form in one.forms:
            path = _folder(workspace, issue) / one.name / f"{file_stem(issue, one.editor)}.{form}"
            with suppress(FileNotFoundError):
                return path.name, path.read_bytes()
    raise InputError("没有这个导出的文件，或者它太早，已经清理。请回到导出页，选好格式再导出。")


def _folder(workspace: Workspace, issue: str) -> Path:
    return workspace.reports / "exports" / file_stem(issue)


def _names(folder: Path) -> list[str]:
    """The names of exports in a folder, newest first, whole or not."""
    if not folder.is_dir():
        return []
    return sorted((one.name for one in folder.iterdir() if _NAME.fullmatch(one.name)), reverse=True)


def _read(note: Path) -> Export | None:
    """What an export says of itself; None for one that was not finished."""
    try:
        said = json.loads(note.read_bytes())
        return Export(note.parent.name, said["at"], said["issue"], said["editor"], tuple(said["forms"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
