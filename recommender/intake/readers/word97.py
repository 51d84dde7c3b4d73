"""Word 97–2003 .doc and WPS .wps as text: the main story, paragraph by paragraph, and its text boxes.

Source: [MS-DOC] 2.4.1 (retrieving text), 2.5 (the FIB). Headers, footers and footnotes are stories of
their own behind the main one, and left out.
"""

import struct
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from recommender.config import Limits
from recommender.intake.readers.word97_formats import Formats, read_formats
from recommender.intake.readers.word97_lists import Lists, read_lists
from recommender.intake.readers.word97_stories import Character, Stories, read_stories
from recommender.intake.reading import Reading, Unreadable, notes_left_out, over, within_chars

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
    return read_streams(word, table, limits)


def read_streams(word: bytes, table: bytes, limits: Limits) -> Reading:
    """The text in the document's stream and its table stream; Unreadable says what is wrong with them."""
    try:
        stories = read_stories(word, table, limits)
        text = _body(stories, word, table)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable(_TORN) from error
    return Reading(within_chars(text, limits), "doc", notes_left_out(stories.notes))


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


def _body(stories: Stories, word: bytes, table: bytes) -> str:
    """The main story, with the paragraphs of its text boxes behind those they hang on."""
    formats, lists = read_formats(word, table), read_lists(word, table)

    def is_gone(place: int) -> bool:
        return any(formats.is_gone(at.offset) for at in stories.characters(place, place + 1))

    def lines(start: int, end: int) -> Iterator[str]:
        boxes = deque(box for box in stories.boxes(start, end) if not is_gone(box.anchor))
        for last, line in _lines(_paragraphs(stories.characters(start, end), formats), formats, lists):
            yield from line
            while boxes and boxes[0].anchor <= last:
                box = boxes.popleft()
                yield from lines(box.start, box.end)

    return "\n".join(lines(0, stories.main))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The text of a paragraph, the sign that ends it, and where that sign stands: in the text (counted in
    characters) and in the file."""

    text: str
    end: str
    last: int
    offset: int


def _paragraphs(characters: Iterable[Character], formats: Formats) -> Iterator[_Paragraph]:
    """Paragraphs and cells, without field codes and deleted text."""
    held: list[str] = []
    codes: list[bool] = []  # of each open field: whether we stand before its result
    for place, char, offset in characters:
        if char == _FIELD:
            codes.append(True)
        elif char == _SEPARATOR and codes:
            codes[-1] = False
        elif char == _FIELD_END and codes:
            codes.pop()
        elif char in (_PARAGRAPH, _CELL, _PAGE):
            if char == _PARAGRAPH and formats.is_gone(offset):
                continue  # a deleted mark joins two paragraphs
            yield _Paragraph("".join(held), char, place, offset)
            held = []
        elif not any(codes) and not formats.is_gone(offset):
            held.append(char)
    yield _Paragraph("".join(held), "", sys.maxsize, -1)


def _lines(
    paragraphs: Iterator[_Paragraph], formats: Formats, lists: Lists
) -> Iterator[tuple[int, list[str]]]:
    """Paragraphs with their numbers, and the cells of a row between tabs, as no line or one; with each the
    place in the text where it ends."""
    cells: list[str] = []
    inside: list[str] = []  # paragraphs of the cell that is being read
    for paragraph in paragraphs:
        text = paragraph.text.translate(_CODES)
        place = formats.paragraph_at(paragraph.offset)
        if text.strip() and place.list:
            text = lists.label(place.list, place.level) + text
        if paragraph.end == _CELL and place.ends_row:
            yield paragraph.last, _row(cells)
            cells = []
        elif paragraph.end == _CELL:
            cells.append(" ".join(" ".join([*inside, text]).split()))
            inside = []
        elif place.in_table and paragraph.end == _PARAGRAPH:
            inside.append(text)
        else:
            yield paragraph.last, [text] if text.strip() else []
    yield sys.maxsize, _row([*cells, *inside])


def _row(cells: list[str]) -> list[str]:
    return ["\t".join(cells)] if any(cells) else []
