"""Word .docx and .docm as text: paragraphs with their numbering, rows of tables, text boxes.

python-docx's paragraphs leave out insertions, text boxes and automatic numbers, so the parts are read
as XML (ECMA-376), and only three of them: the body, the styles, the numbering. Headers, footers,
footnotes, comments, macros and pictures lie in other parts, which are never opened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from recommender.config import Limits
from recommender.intake.readers.numbering import Counter
from recommender.intake.readers.package import open_package, read_part, stream_part
from recommender.intake.readers.styles import Styles, read_counter, read_styles
from recommender.intake.readers.xml import parse_events, parse_whole
from recommender.intake.reading import Reading, Unreadable, notes_left_out, within_chars

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BODY = "word/document.xml"
_GONE = {W + name for name in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr", "tblPr")}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read_docx(data: bytes, limits: Limits) -> Reading:
    """The text of a Word document with tracked changes as accepted; Unreadable says why not."""
    with open_package(data, limits) as package:
        names = set(package.namelist())
        body = _body_of(package, names, limits)
        context = _context(package, names, limits)
        writer = _Writer(limits)
        for block in _blocks(stream_part(package, body, limits)):
            writer.write(_lines(block, context))
        return Reading(writer.text(), "docx", notes_left_out(_notes(package, names, limits)))


def _body_of(package: ZipFile, names: set[str], limits: Limits) -> str:
    """The main part: where the package's relations say it is, usually word/document.xml."""
    if "_rels/.rels" in names:
        for relation in parse_whole(read_part(package, "_rels/.rels", limits)):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in names:
                return target
    if _BODY not in names:
        raise Unreadable("Word 文件不完整，缺少正文。请用 Word 或 WPS 打开后另存为 .docx 再试。")
    return _BODY


@dataclass(frozen=True, slots=True)
class _Context:
    styles: Styles
    counter: Counter


def _context(package: ZipFile, names: set[str], limits: Limits) -> _Context:
    def part(name: str) -> Any:
        return parse_whole(read_part(package, name, limits)) if name in names else None

    numbering = part("word/numbering.xml")
    return _Context(read_styles(part("word/styles.xml"), numbering), read_counter(numbering))


def _notes(package: ZipFile, names: set[str], limits: Limits) -> int:
    """How many foot- and endnotes there are."""
    count = 0
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in names:
            notes = parse_whole(read_part(package, name, limits))
            count += sum(bool("".join(note.itertext()).strip()) for note in notes)
    return count


@dataclass(slots=True)
class _Writer:
    """Lines written so far; a paragraph whose mark was deleted goes on with the next one."""

    limits: Limits
    lines: list[str] = field(default_factory=list)
    size: int = 0
    joins: bool = False

    def write(self, lines: Iterable[tuple[str, bool]]) -> None:
        for line, open_ended in lines:
            if self.joins and self.lines:
                self.lines[-1] += line
            elif line:
                self.lines.append(line)
            self.joins = open_ended
            self.size += len(line) + 1
            if self.size > self.limits.chars:
                within_chars(" " * self.size, self.limits)

    def text(self) -> str:
        return "\n".join(self.lines)


# -- the body, block by block ---------------------------------------------------------------------


def _blocks(pieces: Iterable[bytes]) -> Iterator[Any]:
    """The outermost paragraphs and tables, each forgotten once it was used."""
    depth = 0
    for event, element in parse_events(_transitional(pieces), (W + "p", W + "tbl")):
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 0:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _transitional(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A "strict" document under the usual name of the namespace, which its first bytes declare."""
    usual = W.strip("{}").encode()
    for number, piece in enumerate(pieces):
        yield piece.replace(_STRICT.encode(), usual) if number == 0 else piece


def _lines(block: Any, context: _Context) -> Iterator[tuple[str, bool]]:
    """(line, whether the next one goes on with it) of a paragraph or table."""
    if block.tag == W + "tbl":
        yield from ((line, False) for line in _table_lines(block, context))
        return
    boxes: list[Any] = []
    text = "".join(_texts(block, boxes))
    label = _label(block, context) if text.strip() or boxes else ""
    mark = block.find(f"{W}pPr/{W}rPr/{W}del")
    *lines, last = (label + text).split("\n")
    yield from ((line, False) for line in lines)
    yield last, mark is not None
    for box in boxes:
        for inner in box.iterchildren(W + "p", W + "tbl"):
            yield from _lines(inner, context)


def _texts(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The text below an element as accepted; text boxes found on the way are set aside."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _GONE:
            continue
        if tag == W + "txbxContent":
            boxes.append(child)
        elif tag == _MC + "AlternateContent":
            choice = child.find(_MC + "Choice")
            yield from _texts(child if choice is None else choice, boxes)
        elif tag == W + "r" and _is_hidden(child):
            continue
        elif tag == W + "br" and child.get(W + "type") in ("page", "column"):
            yield "\n"
        elif tag.endswith("}t"):  # w:t, and m:t of formulas
            yield (child.text or "").replace("\n", " ")
        elif tag.startswith(W) and tag[len(W) :] in _SIGNS:
            yield _SIGNS[tag[len(W) :]]
        else:
            yield from _texts(child, boxes)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val") not in ("0", "false")


def _label(paragraph: Any, context: _Context) -> str:
    found = context.styles.numbering_of(paragraph)
    return context.counter.label(*found) if found else ""


def _table_lines(table: Any, context: _Context) -> list[str]:
    """Rows as cells between tabs; a table of one column is a frame around paragraphs."""
    rows = [row for row in _rows(table) if row.find(f"{W}trPr/{W}del") is None]
    cells = [[list(_cell(cell, context)) for cell in _cells(row)] for row in rows]
    if all(len(row) <= 1 for row in cells):
        return [line for row in cells for cell in row for line in cell]
    printed = ("\t".join(" ".join(" ".join(cell).split()) for cell in row) for row in cells)
    return [row for row in printed if row.strip()]


def _rows(table: Any) -> Iterator[Any]:
    return (row for child in table for row in _unwrapped(child, W + "tr"))


def _cells(row: Any) -> Iterator[Any]:
    return (cell for child in row for cell in _unwrapped(child, W + "tc"))


def _unwrapped(element: Any, tag: str) -> Iterator[Any]:
    """The element, or those of the tag in a content control around them."""
    if element.tag == tag:
        yield element
    elif element.tag in (W + "sdt", W + "customXml", W + "ins"):
        yield from (found for found in element.iter(tag) if _is_nearest(found, element, tag))


def _is_nearest(found: Any, above: Any, tag: str) -> bool:
    parent = found.getparent()
    while parent is not above:
        if parent.tag == tag:
            return False
        parent = parent.getparent()
    return True


def _cell(cell: Any, context: _Context) -> Iterator[str]:
    for child in cell.iter(W + "p", W + "tbl"):
        if child.getparent() is cell or child.getparent().tag == W + "sdtContent":
            yield from (line for line, _ in _lines(child, context) if line.strip())
