"""Text in traditional characters: ranked as in simplified ones, shown as it was printed."""

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from builders import SAMPLE, sample_model
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import Limits, Settings
from recommender.corpus import open_corpus
from recommender.ingest import ingest_paths
from recommender.intake.parse import parse_text
from recommender.intake.read import issue_of, read_one
from recommender.recommend.suggest import suggest
from recommender.records import Issue
from recommender.script import as_printed, to_simplified

SHARED = Path(os.environ.get("RECOMMENDER_SHARED") or Path(__file__).parents[2].parent / "shared")
FILES = [*sorted(SAMPLE.glob("*.txt"))[-1:], *sorted((SHARED / "seeds").glob("*.txt"))]
PRINTED = "關於發展職業教育的意見\n一、總體要求。各級政府應當支持產教融合，發放補貼。\n二、理髮店也要辦好。"


@lru_cache(maxsize=1)
def to_traditional(text: str) -> str:
    from opencc import OpenCC

    converted: str = OpenCC("s2t").convert(text)
    return converted


def read(path: Path) -> Issue:
    return issue_of(read_one(path)[0], Limits())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:7])
def test_suggestions_are_those_of_simplified_text(tmp_path: Path, file: Path) -> None:
    text = read_one(file)[0].text
    printed = to_traditional(text)
    path = tmp_path / "a.txt"
    path.write_bytes(printed.encode("gb18030"))
    issue, plain = read(path), parse_text(text)
    found = suggest(issue, sample_model(), Settings(), 10)
    assert [one.title for one in found] == [
        one.title for one in suggest(plain, sample_model(), Settings(), 10)
    ]
    shown = as_printed(issue)
    assert len(shown.documents) == len(plain.documents)
    pairs = {document.title: document for document in shown.documents}
    for one in found:
        for evidence in one.evidence:
            assert any(
                evidence.quote in (clause.text or clause.heading)
                for clause in pairs[evidence.document].clauses
            )
            assert evidence.quote == to_traditional(to_simplified(evidence.quote)) or file.stem.startswith(
                "002"
            )


def test_the_same_character_may_be_printed_in_two_ways(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PRINTED, encoding="utf-8")
    issue = read(path)
    assert [clause.heading for clause in issue.documents[0].clauses] == ["总体要求", "理发店也要办好"]
    shown = as_printed(issue).documents[0]
    assert shown.title == "關於發展職業教育的意見"
    assert [clause.heading for clause in shown.clauses] == ["總體要求", "理髮店也要辦好"]
    assert "發放補貼" in shown.clauses[0].text


def test_the_corpus_keeps_what_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PRINTED, encoding="utf-8")
    with open_corpus(tmp_path / "corpus.sqlite") as corpus:
        ingest_paths(corpus, [path])
        (stored,) = corpus.issues()
    assert stored.printed == PRINTED
    assert as_printed(stored).documents[0].title == PRINTED.split("\n", maxsplit=1)[0]


def test_simplified_text_is_shown_as_it_is() -> None:
    issue = parse_text(to_simplified(PRINTED))
    assert as_printed(issue) is issue


@given(st.text("關於發展职业，。 一、", max_size=60))
def test_looking_up_changes_no_length(text: str) -> None:
    issue = Issue("1", "policy", to_simplified(text), printed=PRINTED)
    assert len(as_printed(issue).title) == len(text)
    assert as_printed(replace(issue, printed="")) == replace(issue, printed="")
