"""Files as text: found in folders, fetched, told apart by content, read by the reader of their form."""

from dataclasses import replace
from pathlib import Path

from recommender.config import Limits
from recommender.errors import InputError
from recommender.intake import collection
from recommender.intake.archive import Content, contents
from recommender.intake.files import ENDINGS, fetch, is_note, walk
from recommender.intake.parse import parse_text
from recommender.intake.readers.table import form_of
from recommender.intake.readers.text import read_text
from recommender.intake.reading import Reading, Unreadable
from recommender.intake.script import simplified
from recommender.intake.worker import worker
from recommender.records import Issue

_ALL = (*ENDINGS, *collection.ENDINGS)
_LONG = 200_000  # characters; the longest bulletin we know has 99,000
_KINDS = "、".join(_ALL)


def read_content(content: Content, limits: Limits) -> Reading:
    """The text of a file's bytes; Unreadable says why there is none.

    Plain text is read here; everything else in a process whose time and memory are capped.
    """
    if content.fault:
        raise Unreadable(content.fault)
    form = form_of(content.data)
    if form == "text":
        reading = read_text(content.data, limits)
    else:
        reading = worker(limits.memory_mb).read(form, content.data, limits)
    if not reading.text.strip():
        raise Unreadable("文件是空的。请放入有内容的文件。")
    return simplified(reading)


def issue_of(reading: Reading, limits: Limits) -> Issue:
    """The issue in a text, with the warnings of its reading; InputError when it holds none.

    A text many times as long as a bulletin is parsed under the caps too.
    """
    if len(reading.text) <= _LONG:
        issue = parse_text(reading.text)
    else:
        issue = worker(limits.memory_mb).parse(reading.text, limits)
    return replace(issue, warnings=(*reading.warnings, *issue.warnings), printed=reading.printed)


def read_one(path: Path, limits: Limits = Limits()) -> tuple[Reading, str]:  # noqa: B008  # frozen
    """The reading of a file that holds one issue, and the SHA-256 of its bytes; InputError names the
    file and the cause."""
    if collection.is_collection(path):
        raise InputError(
            f"{path}：这是文件集，一行一份文件。请先用 recommender ingest 读入，再用其中的编号。"
        )
    found = list(contents(fetch(path, limits), limits))
    if len(found) > 1:
        advice = "请解压后写其中一个，或用 recommender ingest 全部读入"
        raise InputError(f"{path}：压缩包里有 {len(found)} 个文件。{advice}。")
    try:
        return read_content(found[0], limits), found[0].digest
    except Unreadable as error:
        raise InputError(f"{path}：{error}") from error


def find_files(path: Path) -> list[Path]:
    """The readable files at or below a path, sorted; InputError when there is none.

    What has the name of a bulletin and is none (a link to nowhere, a pipe) is there too, to be named when
    it is fetched.
    """
    if not path.exists() and not path.is_symlink():
        raise InputError(f"{path}：找不到这个文件或文件夹。请检查路径。")
    if not path.is_dir():
        return [path]
    found = sorted(file for file in walk(path) if _may_be_bulletin(file.name) or file.is_dir())
    if not found:
        raise InputError(f"{path}：文件夹里没有可读的动态（{_KINDS}）。请放入文件后再试。")
    return found


def _may_be_bulletin(name: str) -> bool:
    return name.lower().endswith(_ALL) and not is_note((name,))
