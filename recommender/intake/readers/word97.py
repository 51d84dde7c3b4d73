"""Word 97–2003 .doc and WPS .wps as text: the pieces of the main story, paragraph by paragraph.

Source: [MS-DOC] 2.4.1 (retrieving text), 2.5 (the FIB), 2.9.38 (Clx). Headers, footers and footnotes
are stories of their own behind the main one, and left out.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from recommender.config import Limits
from recommender.intake.readers.word97_formats import Formats, Lists, read_formats, read_lists
from recommender.intake.reading import Reading, Unreadable, over, within_chars

_TORN = "文件已损坏或不完整。请用 Word 或 WPS 打开后另存为 .docx 再试。"
_OTHERS = (
    (("EncryptedPackage",), "文件有密码。请去掉密码后另存为 .docx 再试。"),
    (("Workbook", "Book"), "这是 Excel 表格，不是 Word 文件。请把文字放进 Word 文件后再试。"),
    (("PowerPoint Document",), "这是 PowerPoint 演示文稿，不是 Word 文件。请把文字放进 Word 文件后再试。"),
    (("MatOST", "MM"), "这是 Microsoft Works 的文件。请用 WPS 打开后另存为 .docx 再试。"),
)
_UNKNOWN = "虽是 Office 的旧格式，但里面没有 Word 正文。请用 Word 或 WPS 打开后另存为 .docx 再试。"
_MAGIC = 0xA5EC
_WORD97 = 0x00C1
_ENCRYPTED, _TABLE1 = 0x0100, 0x0200
_CLX, _CCP_TEXT = 0x01A2, 0x004C
_COMPRESSED = 0x40000000
_PARAGRAPH, _CELL, _PAGE = "\r", "\x07", "\x0c"
_FIELD, _SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
_CODES: dict[int, str | None] = {
    **{code: None for code in range(32) if chr(code) not in "\t\n\r"},
    **{0x0B: "\n", 0x1E: "-", 0xA0: " "},  # line break, hyphen and space that keep words together
}


def read_word97(data: bytes, limits: Limits) -> Reading:
    """The text of an old Word file; Unreadable says what else it is, or what is wrong with it."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            word, table = _streams(ole, limits)
    except (OSError, struct.error, ValueError, IndexError, TypeError, AttributeError) as error:
        raise Unreadable(_TORN) from error
    try:
        text = _main_story(word, table, limits)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable(_TORN) from error
    return Reading(within_chars(text, limits), "doc")


def _streams(ole: Any, limits: Limits) -> tuple[bytes, bytes]:
    """The document's stream and the table stream that its head names."""
    if not ole.exists("WordDocument"):
        raise Unreadable(next((said for names, said in _OTHERS if any(map(ole.exists, names))), _UNKNOWN))
    word = _stream(ole, "WordDocument", limits)
    magic, version, flags = *struct.unpack_from("<HH", word), struct.unpack_from("<H", word, 0x0A)[0]
    if magic != _MAGIC or version < _WORD97:
        raise Unreadable("这是 Word 97 以前的格式。请用 Word 或 WPS 打开后另存为 .docx 再试。")
    if flags & _ENCRYPTED:
        raise Unreadable("文件有密码。请去掉密码后另存为 .docx 再试。")
    return word, _stream(ole, "1Table" if flags & _TABLE1 else "0Table", limits)


def _stream(ole: Any, name: str, limits: Limits) -> bytes:
    if ole.get_size(name) > limits.unpacked_mb * 1024 * 1024:
        raise over("展开以后的大小", f"{limits.unpacked_mb} MB", "unpacked_mb")
    with ole.openstream(name) as stream:
        return bytes(stream.read())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that lie together in the file: from ``offset``, ``width`` bytes each."""

    offset: int
    width: int
    length: int

    def text(self, word: bytes) -> str:
        end = self.offset + self.length * self.width
        if end > len(word):
            raise IndexError(end)
        data = word[self.offset : end]
        return data.decode("utf-16-le", "replace") if self.width == 2 else data.decode("cp1252", "replace")


def _main_story(word: bytes, table: bytes, limits: Limits) -> str:
    pieces = list(_pieces(word, table))
    if sum(piece.length for piece in pieces) > limits.chars:
        raise over("字数", f"{limits.chars:,} 字", "chars")
    formats, lists = read_formats(word, table), read_lists(word, table)
    return "\n".join(_lines(_paragraphs(word, pieces, formats), formats, lists))


def _pieces(word: bytes, table: bytes) -> Iterator[_Piece]:
    """The pieces of the main story in their order."""
    start, size = struct.unpack_from("<II", word, _CLX)
    clx, left = table[start : start + size], struct.unpack_from("<I", word, _CCP_TEXT)[0]
    place = 0
    while clx[place] == 1:  # property modifiers before the piece table
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    length = struct.unpack_from("<I", clx, place + 1)[0]
    plc = clx[place + 5 : place + 5 + length]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    for number in range(count):
        if left <= 0:
            return
        fc = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        size = min(ends[number + 1] - ends[number], left)
        if size < 0:
            raise IndexError(number)
        left -= size
        packed = bool(fc & _COMPRESSED)
        offset = fc & ~_COMPRESSED & 0x7FFFFFFF
        yield _Piece(offset // 2 if packed else offset, 1 if packed else 2, size)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The text of a paragraph, the sign that ends it, and where that sign lies in the file."""

    text: str
    end: str
    offset: int


def _paragraphs(word: bytes, pieces: list[_Piece], formats: Formats) -> Iterator[_Paragraph]:
    """Paragraphs and cells, without field codes and deleted text."""
    held: list[str] = []
    codes: list[bool] = []  # of each open field: whether we stand before its result
    for piece in pieces:
        for number, char in enumerate(piece.text(word)):
            offset = piece.offset + number * piece.width
            if char == _FIELD:
                codes.append(True)
            elif char == _SEPARATOR and codes:
                codes[-1] = False
            elif char == _FIELD_END and codes:
                codes.pop()
            elif char in (_PARAGRAPH, _CELL, _PAGE):
                if char == _PARAGRAPH and formats.is_gone(offset):
                    continue  # a deleted mark joins two paragraphs
                yield _Paragraph("".join(held), char, offset)
                held = []
            elif not any(codes) and not formats.is_gone(offset):
                held.append(char)
    yield _Paragraph("".join(held), "", -1)


def _lines(paragraphs: Iterator[_Paragraph], formats: Formats, lists: Lists) -> Iterator[str]:
    """Paragraphs with their numbers; the cells of a row between tabs."""
    cells: list[str] = []
    inside: list[str] = []  # paragraphs of the cell that is being read
    for paragraph in paragraphs:
        text = paragraph.text.translate(_CODES)
        place = formats.paragraph_at(paragraph.offset)
        if text.strip() and place.list:
            text = lists.label(place.list, place.level) + text
        if paragraph.end == _CELL and place.ends_row:
            yield from _row(cells)
            cells = []
        elif paragraph.end == _CELL:
            cells.append(" ".join(" ".join([*inside, text]).split()))
            inside = []
        elif place.in_table and paragraph.end == _PARAGRAPH:
            inside.append(text)
        elif text.strip():
            yield text
    yield from _row([*cells, *inside])


def _row(cells: list[str]) -> Iterator[str]:
    if any(cells):
        yield "\t".join(cells)
