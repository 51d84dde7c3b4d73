"""The same issue from every form of file: bulletins saved by LibreOffice and in other encodings."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from builders import SAMPLE, sample_model
from office_files import convert_all

from recommender.config import Settings
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.recommend.suggest import suggest
from recommender.records import Document, Issue

SHARED = Path(os.environ.get("RECOMMENDER_SHARED") or Path(__file__).parents[2].parent / "shared")
SOURCES = {
    "the sample": sorted(SAMPLE.glob("*.txt"))[-3:],
    "the real bulletins": sorted((SHARED / "seeds").glob("*.txt")),
}
FORMS = ("docx", "doc", "html", "pdf")
Files = dict[str, list[Path]]


@pytest.fixture(scope="module", params=SOURCES)
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The bulletins as UTF-8 text, whatever encoding they come in."""
    files = SOURCES[request.param]
    if not files:
        pytest.skip(f"no real documents in {SHARED / 'seeds'} (set RECOMMENDER_SHARED)")
    folder = tmp_path_factory.mktemp("text")
    copies = [folder / file.name for file in files]
    for file, copy in zip(files, copies, strict=True):
        copy.write_text(read_one(file)[0].text, encoding="utf-8")
    return copies


@pytest.fixture(scope="module")
def converted(texts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Files:
    return convert_all(texts, tmp_path_factory.mktemp("office"))


def read(path: Path) -> Issue:
    return parse_text(read_one(path)[0].text)


def headings(issue: Issue) -> list[tuple[str, str, str]]:
    return [
        (document.title, clause.label, clause.heading)
        for document in issue.documents
        for clause in document.clauses
        if clause.heading
    ]


def facts(document: Document) -> Document:
    return replace(document, clauses=(), tables=())


@pytest.mark.parametrize("form", ["docx", "doc", "html"])
def test_word_and_web_pages_give_the_same_issue(texts: list[Path], converted: Files, form: str) -> None:
    for text, path in zip(texts, converted[form], strict=True):
        one, other = read(text), read(path)
        assert headings(one) == headings(other)
        assert one == other


def test_pdf_gives_the_same_headings(texts: list[Path], converted: Files) -> None:
    """At most one heading in a hundred may differ, over all bulletins."""
    wrong = total = 0
    for text, path in zip(texts, converted["pdf"], strict=True):
        one, other = read(text), read(path)
        wrong += len(set(headings(one)) ^ set(headings(other)))
        total += len(headings(one))
        assert one.picks == other.picks
        assert [*map(facts, one.documents)] == [*map(facts, other.documents)]
    assert wrong <= 0.01 * total


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_encodings_give_the_same_issue(texts: list[Path], tmp_path: Path, encoding: str) -> None:
    for text in texts:
        path = tmp_path / text.name
        path.write_bytes(text.read_text(encoding="utf-8").encode(encoding))
        assert read(path) == read(text)


def test_every_form_gives_the_same_suggestions(texts: list[Path], converted: Files) -> None:
    for place, text in enumerate(texts):
        said = suggested(read(text))
        for form in FORMS:
            found = suggested(read(converted[form][place]))
            # a PDF may break one paragraph otherwise, which is enough to turn a near tie
            assert found == said or (form == "pdf" and sorted(found) == sorted(said)), form


def suggested(issue: Issue) -> list[str]:
    found = suggest(issue, sample_model(), Settings(), 10)
    return [suggestion.title for suggestion in found]
