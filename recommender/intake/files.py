"""Bytes off the disk: what is a file, how large it may be, and that it stays the same while it is read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from recommender.config import Limits
from recommender.errors import InputError, cause_of
from recommender.intake.reading import Unreadable, over

ENDINGS = (".txt", ".md", ".docx", ".docm", ".doc", ".wps", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".zip")
_MB = 1024 * 1024
_CHANGING = "文件正在被别的程序改写。请等它写完或关闭后再读入一次。"


def fetch(path: Path, limits: Limits) -> bytes:
    """The bytes of a file as it was at one moment; InputError names the file and the cause.

    Pipes and devices are refused unread: what has no end cannot be read to it.
    """
    try:
        for _ in range(2):
            whole, data = _fetched(path, limits)
            if whole:
                return data
    except FileNotFoundError:
        raise InputError(f"{path}：{_missing(path)}") from None
    except Unreadable as error:
        raise InputError(f"{path}：{error}") from error
    except OSError as error:
        raise InputError(f"{path}：读不出来（{cause_of(error)}）。请检查权限或磁盘。") from error
    raise InputError(f"{path}：{_CHANGING}")


def _missing(path: Path) -> str:
    if path.is_symlink():
        return f"这是链接，它指向的文件不在了（{path.readlink()}）。请改正或删去链接。"
    return "找不到这个文件或文件夹。请检查路径。"


def _fetched(path: Path, limits: Limits) -> tuple[bool, bytes]:
    """Whether the file stayed the same while it was read; and its bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_dir():
        next(path.iterdir(), None)  # whose error says why a folder could not be searched
        raise Unreadable("这是文件夹，读不出来。请写其中的文件。")
    if not path.stat() or not path.is_file():  # before opening: a device may act on it
        raise Unreadable(_NO_FILE)
    with os.fdopen(os.open(path, flags), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable(_NO_FILE)
        if before.st_size > limits.file_mb * _MB:
            raise _too_large(limits)
        data = file.read(limits.file_mb * _MB + 1)
        after = os.fstat(file.fileno())
    if len(data) > limits.file_mb * _MB:
        raise _too_large(limits)
    same = (before.st_size, before.st_mtime_ns) == (len(data), after.st_mtime_ns)
    return same, data


_NO_FILE = "这是设备或管道，不是文件，读不出来。请换成普通文件。"


def _too_large(limits: Limits) -> Unreadable:
    return over("文件大小", f"{limits.file_mb} MB", "file_mb")


def walk(folder: Path) -> Iterator[Path]:
    """Whatever is no folder below a folder, and last the folders that cannot be searched, to be named.

    Links to folders are followed, each folder once, so that links in a circle come to an end.
    """
    seen: set[tuple[int, int]] = set()
    closed: list[Path] = []
    for place, folders, names in os.walk(
        folder, followlinks=True, onerror=lambda error: closed.append(Path(error.filename))
    ):
        here = Path(place).stat()
        if (here.st_dev, here.st_ino) in seen and here.st_ino:
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if not is_note((name,)))
        yield from (Path(place, name) for name in names)
    yield from closed


def is_note(parts: tuple[str, ...]) -> bool:
    """README files, hidden files and those a program keeps while it edits are no bulletins."""
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    return stem.upper() == "README" or any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
