"""The inbox, as a scheduled run takes it in: what cannot be read is put aside with a note beside it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.disk import sync_folder, write_whole, writing
from recommender.errors import UsageError
from recommender.ingest import Failure
from recommender.intake.files import walk
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
    files = {file: _state(file) for file in _dropped(workspace)}
    if not files:
        return Emptied(0, ())

    def on_file(path: Path, number: int, total: int) -> None:
        tell(f"读入 {path.name}", number - 1, total)

    ingested = take_in(workspace, list(files), on_file, workers=workers)
    by_file: dict[Path, list[Failure]] = {}
    for failure in ingested.failed:
        path = Path(failure.path)  # of a file in an archive, its place there
        by_file.setdefault(next(one for one in (path, *path.parents) if one in files), []).append(failure)
    said = (_dealt_with(workspace, file, files[file], by_file[file]) for file in by_file)
    return Emptied(ingested.added, tuple(said))


def _state(file: Path) -> tuple[int, int] | None:
    """What changes while a file is still being written; None for a link to nowhere."""
    try:
        now = file.stat()
    except OSError:
        return None
    return now.st_size, now.st_mtime_ns


def _dropped(workspace: Workspace) -> Iterator[Path]:
    """What people put into the inbox, sorted; folders that are linked there too."""
    for path in sorted(walk(workspace.inbox)) if workspace.inbox.is_dir() else ():
        hidden = path.name.startswith((".", "~$"))
        named = path.name.lower() in _NOT_OURS or path.stem.lower() in _NOT_OURS
        if not hidden and not named and workspace.failed not in path.parents:
            yield path


def _dealt_with(
    workspace: Workspace, file: Path, before: tuple[int, int] | None, failures: Sequence[Failure]
) -> str:
    """Put a file aside, unless it is still being written or others look after it; what to tell the office."""
    said = failures[0].error + (f"（共 {len(failures)} 处）" if len(failures) > 1 else "")
    if _state(file) != before:
        return f"{said}文件还在改动，留在原处，下次再读。"
    if file.is_dir() or not file.parent.resolve().is_relative_to(workspace.inbox.resolve()):
        return f"{said}它在收件箱以外，或是文件夹，没有移动。"
    return _put_aside(workspace, file, failures, said)


def _put_aside(workspace: Workspace, file: Path, failures: Sequence[Failure], said: str) -> str:
    """Move a file that failed below ``failed/``, its note first; what to tell the office."""
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
