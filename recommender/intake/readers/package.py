"""A ZIP package opened with its limits checked: first what it declares, then what really comes out."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO

from recommender.config import Limits
from recommender.intake.reading import Unreadable, over

_CHUNK = 1 << 16
_TORN = "压缩的内容已损坏或不完整。请重新复制或下载后再试。"
_MB = 1024 * 1024
_ENCRYPTED = 0x1
_PIECEMEAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of others, zipfile unpacks what it read at once


def open_package(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The package, once the number and the declared sizes of its parts are within the limits."""
    with explained():
        package = zipfile.ZipFile(BytesIO(data))
    parts = package.infolist()
    if len(parts) > limits.parts:
        raise over("压缩包里的文件个数", f"{limits.parts} 个", "parts")
    if sum(part.file_size for part in parts) > limits.unpacked_mb * _MB:
        raise too_large(limits)
    return package


def read_part(package: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """The bytes of a part, however small it claimed to be; Unreadable when they pass the limit."""
    return b"".join(stream_part(package, name, limits))


def stream_part(package: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[bytes]:
    """The same in pieces."""
    member = package.getinfo(name)
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("文件有密码。请去掉密码后再试。")
    if member.compress_type not in _PIECEMEAL:
        raise Unreadable("压缩的方式少见，读不了。请解压，或用普通的 .zip 重新压缩后再试。")
    with explained(), package.open(name) as part:
        yield from _counted(part, limits)


def _counted(part: IO[bytes], limits: Limits) -> Iterator[bytes]:
    size = 0
    while piece := part.read(_CHUNK):
        size += len(piece)
        if size > limits.unpacked_mb * _MB:
            raise too_large(limits)
        yield piece


@contextmanager
def explained() -> Iterator[None]:
    """Turn the errors of a damaged package into one that says what to do."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(_TORN) from error


def too_large(limits: Limits) -> Unreadable:
    """The refusal of a package that unpacks to more than it may."""
    return over("展开以后的大小", f"{limits.unpacked_mb} MB", "unpacked_mb")
