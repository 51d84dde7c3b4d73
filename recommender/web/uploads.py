"""Files that a browser sent, kept in the inbox under names of our own."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from starlette.datastructures import UploadFile

from recommender.config import Limits
from recommender.disk import write_whole
from recommender.errors import UsageError
from recommender.intake.files import ENDINGS
from recommender.workspace import Workspace

_MB = 1024 * 1024
_MOST_STEM = 60  # characters
_OTHER = re.compile(r"[^\w.()（）《》、·-]+")


def keep_uploads(workspace: Workspace, files: Sequence[UploadFile], limits: Limits) -> tuple[Path, ...]:
    """Write the files into the inbox; UsageError, with none written, for one that is refused.

    A file of the same name and content is kept once; another content gets a number.
    """
    read = [(own_name(file.filename or ""), _content(file, limits)) for file in files]
    return tuple(_keep(workspace.inbox, name, content) for name, content in read)


def _content(file: UploadFile, limits: Limits) -> bytes:
    content = file.file.read(limits.file_mb * _MB + 1)
    if len(content) > limits.file_mb * _MB:
        name = own_name(file.filename or "")
        raise UsageError(f"{name}：超过了一个文件的上限（{limits.file_mb} MB），没有保存。请分开后再放。")
    if not content:
        raise UsageError(f"{own_name(file.filename or '')}：文件是空的，没有保存。请检查文件。")
    return content


def own_stem(stem: str) -> str:
    """What is left of a name that every system takes and no command reads: letters, digits, a few marks.

    >>> own_stem("../2023：第3期 <b>"), own_stem("...")
    ('2023_第3期_b', '动态')
    """
    return (
        _OTHER.sub("_", unicodedata.normalize("NFC", stem)).strip("._ ")[:_MOST_STEM].strip("._ ") or "动态"
    )


def own_name(sent: str) -> str:
    """The file's name as we keep it, whatever was sent; UsageError for a kind that cannot be read."""
    path = PureWindowsPath(sent)  # knows both kinds of slashes
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            f"{own_stem(path.name)}：这种文件读不了，没有保存。可以放的有：{'、'.join(ENDINGS)}。"
        )
    return f"{own_stem(path.stem)}{ending}"


def _keep(inbox: Path, name: str, content: bytes) -> Path:
    stem, _, ending = name.rpartition(".")
    number, path = 1, inbox / name
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = inbox / f"{stem} ({number}).{ending}"
    if not path.exists():
        write_whole(path, content)
    return path
