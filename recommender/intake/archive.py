"""Files out of ZIP archives, and archives in them, with all that comes out counted together."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from recommender.config import Limits
from recommender.intake.files import ENDINGS, is_note
from recommender.intake.readers.package import open_package, stream_part, too_large
from recommender.intake.readers.table import is_archive
from recommender.intake.reading import Unreadable, over

_MB = 1024 * 1024
_UTF8_NAME = 0x800


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


def contents(data: bytes, limits: Limits) -> Iterator[Content]:
    """The file itself; of an archive, each file in it that may be a bulletin, one at a time."""
    if not is_archive(data):
        yield Content("", data)
        return
    try:
        yield from _Unpacker(limits).unpacked(data, "", 1)
    except _Full as full:
        yield Content("", b"", str(full))


class _Full(Unreadable):
    """More came out of an archive than all of it may give: a thousand small ones are a bomb too."""


class _Unpacker:
    """Takes an archive apart; ``_size`` are the bytes that came out so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._size = 0

    def unpacked(self, data: bytes, inside: str, depth: int) -> Iterator[Content]:
        """The files of an archive at a place in the outermost one, "" for that itself."""
        try:
            if depth > self._limits.nesting:
                raise over("压缩包套压缩包的层数", f"{self._limits.nesting} 层", "nesting")
            with open_package(data, self._limits) as package:
                members = sorted((part for part in package.infolist() if _may_be_bulletin(part)), key=name_of)
                if not members:
                    raise Unreadable(f"压缩包里没有可读的动态（{'、'.join(ENDINGS)}）。请解压后检查。")
                for member in members:
                    yield from self._member(package, member, inside, depth)
        except _Full:
            raise
        except Unreadable as error:
            yield Content(inside, b"", str(error))

    def _member(self, package: ZipFile, member: ZipInfo, inside: str, depth: int) -> Iterator[Content]:
        place = f"{inside}/{name_of(member)}" if inside else name_of(member)
        try:
            data = b"".join(self._counted(package, member))
        except _Full:
            raise
        except Unreadable as error:
            yield Content(place, b"", str(error))
            return
        if is_archive(data):
            yield from self.unpacked(data, place, depth + 1)
        else:
            yield Content(place, data)

    def _counted(self, package: ZipFile, member: ZipInfo) -> Iterator[bytes]:
        size = 0
        for piece in stream_part(package, member.filename, self._limits):
            size += len(piece)
            self._size += len(piece)
            if self._size > self._limits.unpacked_mb * _MB:
                raise _Full(str(too_large(self._limits)))
            if size > self._limits.file_mb * _MB:
                raise over("文件大小", f"{self._limits.file_mb} MB", "file_mb")
            yield piece


def name_of(member: ZipInfo) -> str:
    """The name in an archive; those packed by Chinese Windows are GBK, whatever ZIP says of them."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _may_be_bulletin(member: ZipInfo) -> bool:
    name = name_of(member)  # may be empty
    path = PurePosixPath(name)
    return not name.endswith("/") and path.name.lower().endswith(ENDINGS) and not is_note(path.parts)
