"""Files that are there whole or not at all, and errors of the disk as the office reads them.

Written aside, flushed, renamed, the folder flushed: what a power cut leaves is the old or the new.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recommender.errors import UsageError, cause_of

_FULL = (errno.ENOSPC, errno.EDQUOT)
_TRIES, _PAUSE = 50, 0.02  # Windows refuses to replace a file while someone reads it: wait a second


def unwritable(place: Path, error: OSError) -> UsageError:
    """The error to raise when ``place`` cannot be written: what, where, what to do."""
    remedy = "请清理磁盘" if error.errno in _FULL else "请检查权限，或用 --home 换一个能写的文件夹"
    return UsageError(f"{place}：写不进去（{cause_of(error)}）。{remedy}，然后再试。")


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn an OSError of the block into the UsageError of ``unwritable``."""
    try:
        yield
    except OSError as error:
        raise unwritable(Path(error.filename or place), error) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole, or as it was before; UsageError when it cannot be written."""
    aside = aside_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_through(aside, data)
        put_in_place(aside, path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise unwritable(path, error) from error


def aside_of(path: Path) -> Path:
    """Where a file is built before it takes its place; what a killed run left there is overwritten."""
    return path.with_name(f".{path.name}.new")


def write_through(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it; OSError when it cannot be written."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a file, beginning a new one where a power cut left half a line; OSError as above."""
    with path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())


def put_in_place(aside: Path, target: Path) -> None:
    """Rename, and flush the folder; the folder of ``aside`` is on the same disk."""
    for tries_left in reversed(range(_TRIES if os.name == "nt" else 1)):
        try:
            os.replace(aside, target)
            break
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(_PAUSE)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's own entries; Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
