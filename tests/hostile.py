"""Files made to hurt: each a function that writes one into a folder. ``benchmarks/bombs.py`` measures
them, ``test_hostile.py`` asks that each is refused, or read, in bounded time."""

import os
import random
import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MB = 1024 * 1024
TEXT = "（一）整理名录。各县登记特产的产地，每年更新一次。\n（二）培养能手。学校开班。"


def package(
    parts: Mapping[str, bytes | Iterator[bytes]], level: int = 6, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A ZIP file; parts given as pieces are written one by one."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method, compresslevel=level) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)
    return stream.getvalue()


def word(body: bytes | Iterator[bytes], more: Mapping[str, bytes] | None = None, level: int = 6) -> bytes:
    """A Word file of a body and other parts by their names."""
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": body, **(more or {})}, level)


def document(inner: bytes, head: bytes = b"") -> bytes:
    return head + f"<w:document {W}><w:body>".encode() + inner + b"</w:body></w:document>"


def paragraph(text: str) -> bytes:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()


def plain_word() -> bytes:
    return word(document(b"".join(map(paragraph, ["关于整理名录的意见", *TEXT.split("\n")]))))


def web_archive(text: str) -> bytes:
    """A page as a browser saves it, in GB 2312."""
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
    part = b"--B\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    return head + part + b64encode(f"<html><p>{text}</p></html>".encode("gb18030")) + b"\n--B--\n"


def repeated(piece: bytes, size: int) -> Iterator[bytes]:
    block = piece * max(1, MB // len(piece))
    for _ in range(size // len(block)):
        yield block


def word_bomb(size: int = 300 * MB) -> bytes:
    def body() -> Iterator[bytes]:
        yield f"<w:document {W}><w:body><w:p><w:r><w:t>".encode()
        yield from repeated(b" ", size)
        yield b"</w:t></w:r></w:p></w:body></w:document>"

    return word(body(), level=1)


def lying_bomb() -> bytes:
    """Declares that its body has 100 bytes."""
    return lying(word_bomb(80 * MB), "word/document.xml")


def dense_bomb(size: int = 1024 * MB) -> bytes:
    """Packed by bzip2, which zipfile does not unpack piece by piece; lies of its size too."""
    inner = package({"a.txt": repeated(b" ", size)}, level=9, method=zipfile.ZIP_BZIP2)
    return lying(inner, "a.txt")


def lying(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        real = archive.getinfo(part).file_size
    return data.replace(struct.pack("<Q", real), struct.pack("<Q", 100)).replace(
        struct.pack("<I", real), struct.pack("<I", 100)
    )


def laughs(text: bytes = b"&l9;") -> bytes:
    entities = b'<!ENTITY l0 "ha">' + b"".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10)
    )
    return word(
        document(b"<w:p><w:r><w:t>" + text + b"</w:t></w:r></w:p>", b"<!DOCTYPE x [" + entities + b"]>")
    )


def outside() -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return word(document(b"<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", head))


def many_paragraphs(count: int = 200_000) -> bytes:
    def body() -> Iterator[bytes]:
        yield f"<w:document {W}><w:body>".encode()
        yield from repeated(b"<w:p/>", count * 6)
        yield b"</w:body></w:document>"

    return word(body(), level=1)


def nested(depth: int, inner: bytes) -> bytes:
    for level in range(depth):
        inner = package({f"{level}.zip": inner})
    return inner


def many_bombs() -> bytes:
    """Thirty archives of 10 MB each, all in one of a few hundred kilobytes."""
    inner = package({"a.txt": repeated(b" ", 10 * MB)}, level=9)
    return package({f"{number}.zip": inner for number in range(30)})


def pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first being the catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + table + tail.encode()


def stream(content: bytes, filters: str = "/FlateDecode") -> bytes:
    return f"<< /Length {len(content)} /Filter [{filters}] >>\nstream\n".encode() + content + b"\nendstream"


def pdf_bomb(size: int = 1024 * MB) -> bytes:
    packer = zlib.compressobj(1)
    once = b"".join(map(packer.compress, repeated(b"0 0 m ", size))) + packer.flush()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    content = stream(zlib.compress(once, 9), "/FlateDecode /FlateDecode")
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", PAGES, page, content)


PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< "
    b"/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
)


def pdf_of_text(text: str) -> bytes:
    """One page as wide as its longest line, in a font that every reader must know."""
    lines = text.split("\n")
    shown = b" ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*".encode() for line in lines)
    drawn = b"BT /F 12 Tf 20 TL 60 %d Td %s ET" % (20 * len(lines) + 60, shown)
    box = b"/MediaBox [0 0 %d %d]" % (12 * max(map(len, lines)) + 120, 20 * len(lines) + 140)
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> " + box
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", PAGES, page + b" >>", stream(drawn, filters=""), _SONG)


def pdf_loop() -> bytes:
    again = b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 100000 >>"
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 100000 >>", again)


def pdf_of_pages(count: int) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    pages = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[page] * count)


def noise(suffix: str) -> bytes:
    return random.Random(suffix).randbytes(200_000)


def deep(tag: bytes, depth: int) -> bytes:
    return b"".join(b"<" + tag + b">" for _ in range(depth)) + "甲".encode()


def deep_word() -> bytes:
    cell = b"<w:tbl><w:tr><w:tc>"
    return word(document(cell * 5000 + paragraph("甲") + b"</w:tc></w:tr></w:tbl>" * 5000))


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb as .docx": ("a.docx", word_bomb),
    "zip bomb that lies of its size": ("a.docx", lying_bomb),
    "bzip2 bomb that lies of its size": ("a.zip", lambda: dense_bomb(300 * MB)),
    "billion laughs": ("a.docx", laughs),
    "external entity": ("a.docx", outside),
    "200,000 empty paragraphs": ("a.docx", many_paragraphs),
    "200 MB text node": ("a.docx", lambda: word_bomb(200 * MB)),
    "5,000 tables in each other": ("a.docx", deep_word),
    "nested zip": ("a.zip", lambda: nested(9, plain_word())),
    "thirty bombs in a zip": ("a.zip", many_bombs),
    "zip of 6,000 names": ("a.zip", lambda: package({f"{n}.txt": b"" for n in range(6000)})),
    "PDF stream bomb": ("a.pdf", lambda: pdf_bomb(50 * MB)),
    "PDF whose pages are a loop": ("a.pdf", pdf_loop),
    "PDF of 20,000 pages": ("a.pdf", lambda: pdf_of_pages(20_000)),
    "a million elements in each other": ("a.html", lambda: b"<html>" + deep(b"div", 1_000_000)),
    "a table of a million open cells": ("a.html", lambda: b"<html>" + deep(b"table><tr><td", 300_000)),
    "text on one line": ("a.txt", ("产业，" * 300_000).encode),
    "30 million line breaks": ("a.txt", lambda: b"\n" * 30_000_000),
    "40 million open brackets": ("a.txt", lambda: "（".encode() * 13_000_000),
}


def write_all(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of every hostile file that can be made as bytes, one at a time."""
    for name, (file, make) in FILES.items():
        path = folder / file
        path.write_bytes(make())
        yield name, path
        path.unlink()


def special(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of what is no plain file of a sane size; only what this system can make."""
    sparse = folder / "sparse.txt"
    with sparse.open("wb") as file:
        file.truncate(2048 * MB)
    yield "2 GB sparse text", sparse
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
        yield "a pipe", folder / "pipe.txt"
    if Path("/dev/zero").exists():
        yield "/dev/zero", Path("/dev/zero")
        (folder / "zero.txt").symlink_to("/dev/zero")
        yield "a link to /dev/zero", folder / "zero.txt"
        (folder / "loop.txt").symlink_to(folder / "loop.txt")
        yield "a link to itself", folder / "loop.txt"
