"""Scanned bulletins read by the ``ocr`` extra: the share of clause headings that comes out.

``python benchmarks/scans.py [characters]`` prints the beginnings (4,000 characters, unless told) of the
sample and, where ../shared is there, of the real bulletins by LibreOffice, scans the pages at 200 dpi (clean,
turned by one degree, with noise; ``tests/scanned.py``) and reads them as the program does. A heading counts
when it comes out with its label, character by character; "nearly" with nine characters in ten.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "intake")]
import scanned
from child import ROOT, SHARED, table
from office_files import convert

from recommender.config import Limits
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one

LIMITS = Limits(seconds=300)
COLUMNS = ("bulletin", "pages", "scanned", "headings", "recovered", "nearly", "seconds a page")


def beginnings(folder: Path, size: int) -> list[Path]:
    """The first lines of each bulletin, as text files."""
    files = sorted((ROOT / "data" / "sample").glob("*.txt"))[-2:] + sorted((SHARED / "seeds").glob("*.txt"))
    made = []
    for file in files:
        text = read_one(file)[0].text
        path = folder / file.name
        path.write_text(text[: text.find("\n", size)], encoding="utf-8")
        made.append(path)
    return made


def headings(text: str) -> list[str]:
    clauses = (clause for document in parse_text(text).documents for clause in document.clauses)
    return [clause.label + clause.heading for clause in clauses if clause.heading]


def found(wanted: list[str], read: list[str]) -> tuple[int, int]:
    """How many headings are there exactly, and how many nearly."""
    from rapidfuzz.distance import Levenshtein

    exact = (Counter(wanted) & Counter(read)).total()
    near = sum(any(Levenshtein.normalized_similarity(one, other) >= 0.9 for other in read) for one in wanted)
    return exact, near


class Row(NamedTuple):
    bulletin: str
    pages: int
    scanned: str
    headings: int
    recovered: int
    nearly: int
    seconds: float  # a page


def rows(text: Path, printed: Path, folder: Path) -> Iterator[Row]:
    wanted = headings(text.read_text(encoding="utf-8"))
    pages = scanned.pictures(printed.read_bytes())
    for kind, change in scanned.KINDS.items():
        path = folder / f"{text.stem} scanned.pdf"
        path.write_bytes(scanned.as_pdf([change(page) for page in pages]))
        began = time.monotonic()
        exact, near = found(wanted, headings(read_one(path, LIMITS)[0].text))
        took = (time.monotonic() - began) / len(pages)
        row = Row(text.stem.partition("_")[0], len(pages), kind, len(wanted), exact, near, took)
        print(*row, file=sys.stderr, flush=True)
        yield row


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts = beginnings(folder, size)
        printed = convert(convert(texts, "docx", folder), "pdf", folder)
        done = [row for text, pdf in zip(texts, printed, strict=True) for row in rows(text, pdf, folder)]
    sums = [summed([row for row in done if row.scanned == kind]) for kind in scanned.KINDS]
    print(table(COLUMNS, [(*row[:-1], f"{row.seconds:.1f}") for row in [*done, *sums]]))


def summed(rows: list[Row]) -> Row:
    pages = sum(row.pages for row in rows)
    took = sum(row.seconds * row.pages for row in rows) / pages
    headings, exact, near = (sum(counted) for counted in zip(*(row[3:6] for row in rows), strict=True))
    return Row("all", pages, rows[0].scanned, headings, exact, near, took)


if __name__ == "__main__":
    main()
