"""PDFs of many layouts, printed by LibreOffice: at most one heading in a hundred is lost."""

from collections import Counter
from pathlib import Path

import pytest
from builders import SAMPLE
from office_files import convert
from printed import LAYOUTS, as_printed

from recommender.intake.clean import clean_text
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.records import Issue

FILE = sorted(SAMPLE.glob("*.txt"))[-1]
HARD = (
    "letters spaced far, two columns",
    "hanging numbers",
    "two columns below a whole head",
    "three columns, landscape",
    "small paper, large letters",
    "footnotes in two columns",
    "text boxes",
    "tables",
    "mirrored margins, two columns",
    "everything",
)


def headings(issue: Issue) -> Counter[tuple[str, str, str]]:
    return Counter(
        (document.title, clause.label, clause.heading)
        for document in issue.documents
        for clause in document.clauses
        if clause.heading
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("layouts")
    text = [line.text for line in clean_text(read_one(FILE)[0].text).lines]
    files = [folder / f"{number}.fodt" for number in range(len(HARD))]
    for path, name in zip(files, HARD, strict=True):
        path.write_text(as_printed(text, LAYOUTS[name]), encoding="utf-8")
    return dict(zip(HARD, convert(files, "pdf", folder), strict=True))


@pytest.mark.parametrize("layout", HARD)
def test_headings_survive_the_layout(printed: dict[str, Path], layout: str) -> None:
    wanted = headings(parse_text(read_one(FILE)[0].text))
    found = headings(parse_text(read_one(printed[layout])[0].text))
    assert (wanted - found).total() <= 0.01 * wanted.total()
