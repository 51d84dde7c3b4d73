"""Bytes off the disk, and out of archives, with every limit checked before the work it bounds."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from recommender.config import Limits
from recommender.errors import InputError, cause_of
from recommender.intake.readers.package import open_package, read_part
from recommender.intake.readers.table import is_archive
from recommender.intake.reading import Unreadable, over

ENDINGS = (".txt", ".md", ".docx", ".docm", ".doc", ".wps", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".zip")
_MB = 1024 * 1024
_UTF8_NAME = 0x800
_CHANGING = "文件正在被别的程序改写。请等它写完或关闭后再读入一次。"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, or of one in an archive; ``inside`` is its place there, "" for the file itself.

    fault: why there are none, else "".
    """

    inside: str
    data: bytes
    fault: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


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


def contents(data: bytes, limits: Limits, inside: str = "", depth: int = 0) -> Iterator[Content]:
    """The file itself; of an archive, each file in it that may be a bulletin, one at a time."""
    if not is_archive(data):
        yield Content(inside, data)
        return
    try:
        if depth == limits.nesting:
            raise over("压缩包套压缩包的层数", f"{limits.nesting} 层", "nesting")
        with open_package(data, limits) as package:
            members = [member for member in package.infolist() if _may_be_bulletin(member)]
            if not members:
                raise Unreadable(f"压缩包里没有可读的动态（{'、'.join(ENDINGS)}）。请解压后检查。")
            for member in sorted(members, key=name_of):
                yield from _member(package, member, limits, inside, depth)
    except Unreadable as error:
        yield Content(inside, b"", str(error))


def _member(package: ZipFile, member: ZipInfo, limits: Limits, inside: str, depth: int) -> Iterator[Content]:
    place = f"{inside}/{name_of(member)}" if inside else name_of(member)
    try:
        data = read_part(package, member.filename, limits)
        if len(data) > limits.file_mb * _MB:
            raise _too_large(limits)
    except Unreadable as error:
        yield Content(place, b"", str(error))
        return
    yield from contents(data, limits, place, depth + 1)


def name_of(member: ZipInfo) -> str:
    """The name in an archive; those packed by Chinese Windows are GBK, whatever ZIP says of them."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _may_be_bulletin(member: ZipInfo) -> bool:
    path = PurePosixPath(name_of(member))
    return not member.is_dir() and path.name.lower().endswith(ENDINGS) and not is_note(path.parts)


def is_note(parts: tuple[str, ...]) -> bool:
    """README files, hidden files and those a program keeps while it edits are no bulletins."""
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    return stem.upper() == "README" or any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
