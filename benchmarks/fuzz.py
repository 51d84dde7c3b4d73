"""Fuzzing of cleaning, parsing and the readers, guided by coverage; needs ``pip install atheris``.

``python benchmarks/fuzz.py FOLDER SECONDS [TARGET…]`` gives each target (all, unless some are named) its
share of the time, grows what it tries in FOLDER/TARGET and goes on from there the next time. Each new crash
(one a place in the code) is kept as FOLDER/crash-TARGET-…, with the trace in a .txt file. What is found
becomes a case in tests/intake/cases/hostile/, which the tests read again. Ends with 1 when there is one.
"""

import hashlib
import re
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "intake")]
with atheris.instrument_imports(include=["recommender.intake"]):
    import hostile
    from kept import lost_lines

    from recommender.config import Limits
    from recommender.errors import InputError
    from recommender.intake.archive import contents
    from recommender.intake.clean import clean_text
    from recommender.intake.entry import read_entry
    from recommender.intake.parse import parse_text
    from recommender.intake.readers.docx import read_docx
    from recommender.intake.readers.html import read_html, read_mht
    from recommender.intake.readers.pdf import read_pdf
    from recommender.intake.readers.table import form_of
    from recommender.intake.readers.text import read_text
    from recommender.intake.readers.word97 import read_streams, read_word97

LIMITS = Limits(unpacked_mb=8, chars=20_000)
CASES = TESTS / "intake" / "cases"


def fuzz_clean(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")[:4000]
    once = [line.text for line in clean_text(text).lines]
    assert [line.text for line in clean_text("\n".join(once)).lines] == once, "cleaning does not come to rest"


def fuzz_parse(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")[:8000]
    issue = parse_text(text)
    assert lost_lines(text, issue) == [], "a line is lost"


def fuzz_docx(data: bytes) -> None:
    """The four parts of a document, between marks that no XML has."""
    body, *parts = data.split(b"\xff")
    names = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml")
    read_docx(
        hostile.word(body, {name: part for name, part in zip(names, parts, strict=False) if part}), LIMITS
    )


def fuzz_streams(data: bytes) -> None:
    """The two streams of an old document, the length of the first one before them."""
    length = struct.unpack("<I", data[:4].ljust(4, b"\0"))[0]
    read_streams(data[4 : 4 + length], data[4 + length :], LIMITS)


def fuzz_zip(data: bytes) -> None:
    for content in contents(data, LIMITS):
        form_of(content.data)


TARGETS: dict[str, Callable[[bytes], object]] = {
    "clean": fuzz_clean,
    "parse": fuzz_parse,
    "entry": lambda data: read_entry(data.decode("utf-8", "ignore")),
    "text": lambda data: read_text(data, LIMITS),
    "docx": fuzz_docx,
    "package": lambda data: read_docx(data, LIMITS),
    "doc": lambda data: read_word97(data, LIMITS),
    "streams": fuzz_streams,
    "pdf": lambda data: read_pdf(data, LIMITS),
    "html": lambda data: read_html(data, LIMITS),
    "mht": lambda data: read_mht(data, LIMITS),
    "zip": fuzz_zip,
    "form": form_of,
}
SEEDS = {"package": ".docx", "form": ".docx", "entry": ".jsonl"}  # of others, the ending is the name


def seeds(target: str) -> Iterator[bytes]:
    """Whole inputs to begin with, and the cases kept so far."""
    ending = (
        ".txt" if target in ("clean", "parse") else SEEDS.get(target, f".{target}").replace("text", "txt")
    )
    yield from (path.read_bytes() for path in sorted((CASES / "hostile").glob(f"*{ending}")))
    if ending == ".txt":
        yield from (path.read_bytes() for path in sorted((ROOT / "data" / "sample").glob("*.txt")))
    page = f"<html><body><h1>意见</h1><p>{hostile.TEXT}</p></body></html>"
    whole = hostile.package(
        {"a.txt": hostile.TEXT.encode(), "b.zip": hostile.package({"b.md": page.encode()})}
    )
    yield from {
        "entry": ['{"title": "意见", "text": "一、甲", "date": "2024-01-02"}'.encode()],
        "docx": [hostile.document(hostile.paragraph(hostile.TEXT)), b"\xff".join(_parts())],
        "package": [hostile.plain_word()],
        "form": [hostile.plain_word(), whole, page.encode(), (CASES / "whole.doc").read_bytes()],
        "doc": [(CASES / "whole.doc").read_bytes()],
        "streams": [_streams()],
        "pdf": [hostile.pdf_of_text(hostile.TEXT)],
        "html": [page.encode()],
        "mht": [hostile.web_archive(hostile.TEXT)],
        "zip": [whole],
    }.get(target, [])


def _parts() -> Iterator[bytes]:
    """A body whose paragraphs are numbered by their style, the style, the list, a note."""
    own = '<w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    yield hostile.document(hostile.paragraph("甲").replace(b"<w:r>", own.encode() + b"<w:r>"))
    yield f'<w:styles {hostile.W}><w:style w:type="paragraph" w:styleId="A"/></w:styles>'.encode()
    level = '<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{number}'
    yield f"<w:numbering {hostile.W}>{lists}</w:numbering>".encode()
    yield f'<w:footnotes {hostile.W}><w:footnote w:id="2"/></w:footnotes>'.encode()


def _streams() -> bytes:
    import olefile

    with olefile.OleFileIO(BytesIO((CASES / "whole.doc").read_bytes())) as ole:
        word, table = (bytes(ole.openstream(name).read()) for name in ("WordDocument", "1Table"))
    return struct.pack("<I", len(word)) + word + table


def one_input(data: bytes, target: str, folder: Path) -> None:
    """Run a target; note a crash by where it happened, once, and go on."""
    try:
        TARGETS[target](data)
    except InputError:
        pass
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:]]
        name = hashlib.sha256(f"{type(error).__name__} {places}".encode()).hexdigest()[:10]
        path = folder / f"crash-{target}-{name}"
        if not path.exists():
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(traceback.format_exc(), encoding="utf-8")


def fuzz(folder: Path, seconds: int, target: str) -> None:
    """Fuzz one target; libFuzzer ends the process."""
    grown = folder / target
    grown.mkdir(parents=True, exist_ok=True)
    for data in seeds(target):
        (grown / hashlib.sha256(data).hexdigest()).write_bytes(data)
    limits = [f"-max_total_time={seconds}", "-timeout=30", "-max_len=60000", "-rss_limit_mb=2500"]
    kept = [f"-artifact_prefix={folder}/crash-{target}-slow-", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(grown), *limits, *kept], lambda data: one_input(data, target, folder))
    atheris.Fuzz()


def main() -> None:
    folder, seconds, targets = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(TARGETS)
    if len(targets) == 1:
        fuzz(folder, seconds, targets[0])
    for target in targets:
        command = [sys.executable, __file__, str(folder), str(seconds // len(targets)), target]
        ran = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        tried = re.search(r"number_of_executed_units: (\d+)", ran.stderr)
        found = len([path for path in folder.glob(f"crash-{target}-*") if path.suffix != ".txt"])
        print(
            f"{target:8s} {tried[1] if tried else '?':>9s} inputs  {found} crashes  exit {ran.returncode}",
            flush=True,
        )
    sys.exit(any(folder.glob("crash-*")))


if __name__ == "__main__":
    main()
