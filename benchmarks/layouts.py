"""Clause headings that a PDF loses, layout by layout; run it as ``python benchmarks/layouts.py [FILE…]``.

Each bulletin (of data/sample, unless files are named) is printed by LibreOffice in the layouts of
``tests/intake/printed.py``, read again, and compared with the reading of its text.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "intake"))
from office_files import SOFFICE, convert
from printed import LAYOUTS, Layout, as_printed

from recommender.intake.clean import clean_text
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.records import Issue

__all__ = ["LAYOUTS", "SOFFICE", "lines_of", "reread"]
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
Headings = Counter[tuple[str, str, str]]


def headings(issue: Issue) -> Headings:
    """(document, label, heading) of every clause that has a heading."""
    return Counter(
        (document.title, clause.label, clause.heading)
        for document in issue.documents
        for clause in document.clauses
        if clause.heading
    )


def lines_of(files: Sequence[Path]) -> list[list[str]]:
    """The lines of each file."""
    return [[line.text for line in clean_text(read_one(file)[0].text).lines] for file in files]


def reread(texts: Sequence[Sequence[str]], layout: Layout) -> list[Issue]:
    """The issues as read from their PDF in a layout."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        printed = [folder / f"{number}.fodt" for number in range(len(texts))]
        for path, text in zip(printed, texts, strict=True):
            path.write_text(as_printed(text, layout), encoding="utf-8")
        return [parse_text(read_one(path)[0].text) for path in convert(printed, "pdf", folder)]


def main() -> None:
    texts = lines_of([Path(name) for name in sys.argv[1:]] or sorted(SAMPLE.glob("*.txt")))
    wanted = [headings(parse_text("\n".join(text))) for text in texts]
    total = sum(map(Counter.total, wanted))
    print(f"{'layout':42s} missing  extra   of")
    sums = Counter[str]()
    for name, layout in LAYOUTS.items():
        found = [headings(issue) for issue in reread(texts, layout)]
        missing = sum(((one - other) for one, other in zip(wanted, found, strict=True)), Counter())
        extra = sum(((other - one) for one, other in zip(wanted, found, strict=True)), Counter())
        sums.update(missing=missing.total(), extra=extra.total(), of=total)
        print(f"{name:42s} {missing.total():7d} {extra.total():6d} {total:4d}", flush=True)
    print(
        f"{'all':42s} {sums['missing'] / sums['of']:7.2%} {sums['extra'] / sums['of']:6.2%} {sums['of']:4d}"
    )


if __name__ == "__main__":
    main()
