"""Bytes off the disk: what is a file, how large it may be, and that it stays the same while it is read."""

import os
import stat
from pathlib import Path

from recommender.config import Limits
from recommender.errors import InputError, cause_of
from recommender.intake.reading import Unreadable, over

ENDINGS = (".txt", ".md", ".docx", ".docm", ".doc", ".wps", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".zip")
_MB = 1024 * 1024
_UTF8_NAME = 0x800
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
        raise InputError(f"{path}：找不到这个文件或文件夹。请检查路径。") from None
    except Unreadable as error:
        raise InputError(f"{path}：{error}") from error
    except OSError as error:
        raise InputError(f"{path}：读不出来（{cause_of(error)}）。请检查权限或磁盘。") from error
    raise InputError(f"{path}：{_CHANGING}")


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


def is_note(parts: tuple[str, ...]) -> bool:
    """README files, hidden files and those a program keeps while it edits are no bulletins."""
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    return stem.upper() == "README" or any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
