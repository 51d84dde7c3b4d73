"""A collection of documents: JSON lines, plain or compressed, read one line at a time."""

import gzip
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from recommender.errors import cause_of

ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.xz")
MAX_CHARS = 1_000_000  # of a line; the longest government reports have 35,000
_MAX_BYTES = 4 * MAX_CHARS
_BOM = b"\xef\xbb\xbf"
_TOO_LONG = f"超过 {MAX_CHARS // 10_000} 万字。请确认一行只有一份文件，把过长的拆开后再读入一次。"
_AGAIN = "请检查这个文件，重新复制或下载后再读入一次；已读入的不会重复。"


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is not empty, and its number from 1; 0 stands for the file as a whole.

    fault: why it cannot be read and what to do, else "".
    """

    number: int
    text: str
    fault: str = ""


def is_collection(path: Path) -> bool:
    """Whether a file holds one document a line.

    >>> is_collection(Path("reports.JSONL.xz")), is_collection(Path("reports.txt"))
    (True, False)
    """
    return path.name.lower().endswith(ENDINGS)


def read_rows(path: Path) -> Iterator[Row]:
    """The lines of a collection, of which one at a time is in memory.

    What cannot be read comes as a Row with a fault: a line that is too long or not UTF-8; and, as the
    last row, the place where the file breaks off.
    """
    number = 0
    try:
        with _open(path) as stream:
            while data := stream.readline(_MAX_BYTES):
                number += 1
                if len(data) == _MAX_BYTES and not data.endswith(b"\n"):
                    _skip_line(stream)
                    yield Row(number, "", _TOO_LONG)
                elif row := _row(number, data.removeprefix(_BOM) if number == 1 else data):
                    yield row
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile):
        yield Row(number + 1, "", f"压缩文件从这里起已损坏或不完整。{_AGAIN}")
    except OSError as error:
        yield Row(number + 1 if number else 0, "", f"读不出来（{cause_of(error)}）。{_AGAIN}")


def _open(path: Path) -> BinaryIO:
    if path.name.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    if path.name.lower().endswith(".xz"):
        return cast(BinaryIO, lzma.open(path, "rb"))
    return path.open("rb")


def _skip_line(stream: BinaryIO) -> None:
    while (data := stream.readline(_MAX_BYTES)) and not data.endswith(b"\n"):
        pass


def _row(number: int, data: bytes) -> Row | None:
    try:
        text = data.decode().strip()
    except UnicodeDecodeError:
        return Row(number, "", "编码不是 UTF-8。请把文件另存为 UTF-8 后再读入一次。")
    if len(text) > MAX_CHARS:
        return Row(number, "", _TOO_LONG)
    return Row(number, text) if text else None
