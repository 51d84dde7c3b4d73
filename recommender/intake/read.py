"""A file as text: one reader per kind of file, one table of readers."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from recommender.errors import InputError
from recommender.intake.collection import ENDINGS, is_collection

_HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26}
_MAX_BYTES = 64 * 1024 * 1024


def decode_text(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM) or GB18030; ValueError says why it is neither.

    UTF-8 goes first: encoding detectors call short GBK text Korean. A few GBK characters can also be
    read as UTF-8 letters of other scripts (山 as ɽ); then Chinese is meant.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("编码是 UTF-16（Unicode）")
    if b"\0" in data or sum(byte in _CONTROLS for byte in data) > len(data) // 200:
        raise ValueError("内容不是文本（含有二进制数据）")
    utf8, gb18030 = _decoded(data, "utf-8-sig"), _decoded(data, "gb18030")
    if gb18030 is not None and not _reads_as_chinese(gb18030):
        gb18030 = None
    foreign = utf8 is not None and not utf8.isascii() and not _HAN.search(utf8)
    text = gb18030 if foreign and gb18030 else utf8 if utf8 is not None else gb18030
    if text is None:
        raise ValueError("编码既不是 UTF-8 也不是 GB18030（GBK）")
    return text.replace("\x1a", "")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_chinese(text: str) -> bool:
    """Whether the Chinese characters are mostly common ones.

    GB18030 accepts nearly any bytes; text of another encoding comes out as rare characters.
    GB 2312 level 1 (lead bytes B0–D7) holds the 3,755 common ones: about 99% of running text.
    """
    chinese = [char for char in text if char >= "\u0080"]
    common = sum(_is_common(char) for char in chinese)
    return common >= 0.8 * len(chinese)


def _is_common(char: str) -> bool:
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7


READERS: dict[str, Callable[[bytes], str]] = {".txt": decode_text, ".md": decode_text}
_ENDINGS = (*sorted(READERS), *ENDINGS)


def read_file(path: Path) -> tuple[str, str]:
    """Text of a file and the SHA-256 of its bytes; InputError names the file and the cause."""
    if is_collection(path):
        raise InputError(
            f"{path}：这是文件集，一行一份文件。请先用 recommender ingest 读入，再用其中的编号。"
        )
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = "、".join(_ENDINGS)
        raise InputError(f"{path}：暂不支持这种文件。请另存为 {kinds} 后再试。")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(f"{path}：文件超过 64 MB。请确认它是一期动态，或拆分后再试。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}：找不到这个文件或文件夹。请检查路径。") from None
    except OSError as error:
        raise InputError(f"{path}：读不出来（{error.strerror}）。请检查权限或磁盘。") from error
    try:
        text = reader(data)
    except ValueError as error:
        raise InputError(f"{path}：{error}。请用记事本或 Word 另存为 UTF-8 文本。") from error
    if not text.strip():
        raise InputError(f"{path}：文件是空的。请放入有内容的文件。")
    return text, hashlib.sha256(data).hexdigest()


def find_files(path: Path) -> list[Path]:
    """The readable files at or below a path, sorted; InputError when there is none."""
    if not path.exists():
        raise InputError(f"{path}：找不到这个文件或文件夹。请检查路径。")
    if not path.is_dir():
        return [path]
    found = sorted(
        file
        for file in path.rglob("*")
        if file.name.lower().endswith(_ENDINGS) and file.is_file() and not _is_note(file, path)
    )
    if not found:
        kinds = "、".join(_ENDINGS)
        raise InputError(f"{path}：文件夹里没有可读的动态（{kinds}）。请放入文件后再试。")
    return found


def _is_note(file: Path, folder: Path) -> bool:
    """README files and hidden files are not bulletins."""
    parts = file.relative_to(folder).parts
    return file.stem.upper() == "README" or any(part.startswith((".", "~$")) for part in parts)
