"""The inbox, as a scheduled run takes it in: what cannot be read is put aside with a note beside it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.disk import sync_folder, write_whole, writing
from recommender.errors import UsageError
from recommender.ingest import Failure
from recommender.office.library import take_in
from recommender.parallel import ALONE, Workers
from recommender.progress import Tell, say_nothing
from recommender.workspace import Workspace

_NOT_OURS = ("thumbs.db", "desktop.ini", "readme")  # what the system or a person leaves in a folder
_NOTE = ".原因.txt"


@dataclass(frozen=True, slots=True)
class Emptied:
    """What became of the inbox. added: documents new or changed. failed: a sentence for each file that
    could not be read, ending with where it lies now."""

    added: int
    failed: tuple[str, ...]


def empty_inbox(workspace: Workspace, workers: Workers = ALONE, tell: Tell = say_nothing) -> Emptied:
    """Take in every file of the inbox, of any kind; the caller holds the lock.

    Files that were read stay where they are, and are known the next time.
    """
    files = list(_dropped(workspace))
    if not files:
        return Emptied(0, ())

    def on_file(path: Path, number: int, total: int) -> None:
        tell(f"读入 {path.name}", number - 1, total)

    ingested = take_in(workspace, files, on_file, workers=workers)
    by_file: dict[str, list[Failure]] = {}
    for failure in ingested.failed:
        by_file.setdefault(failure.path, []).append(failure)
    return Emptied(ingested.added, tuple(_put_aside(workspace, Path(f), by_file[f]) for f in by_file))


def _dropped(workspace: Workspace) -> Iterator[Path]:
    """The files that people put into the inbox, sorted."""
    for path in sorted(workspace.inbox.rglob("*")):
        parts = path.relative_to(workspace.inbox).parts
        hidden = any(part.startswith((".", "~$")) for part in parts)
        named = path.name.lower() in _NOT_OURS or path.stem.lower() in _NOT_OURS
        if path.is_file() and not hidden and not named and workspace.failed not in path.parents:
            yield path


def _put_aside(workspace: Workspace, file: Path, failures: Sequence[Failure]) -> str:
    """Move a file that failed below ``failed/``, its note first; what to tell the office."""
    said = failures[0].error + (f"（共 {len(failures)} 处）" if len(failures) > 1 else "")
    try:
        target = _free(workspace.failed / file.relative_to(workspace.inbox))
        note = "\n".join((*(one.error for one in failures), "", "改正以后，把文件放回 data/inbox。", ""))
        write_whole(target.with_name(target.name + _NOTE), note.encode("utf-8-sig"))
        with writing(file):
            os.replace(file, target)
            sync_folder(target.parent)
    except UsageError as error:
        return f"{said}没能移到 data/inbox/failed：{error}"
    return f"{said}文件已移到 {target}。"


def _free(path: Path) -> Path:
    """The path, or the next with a number that no other file has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free
