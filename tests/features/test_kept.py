"""Words that are kept: the same as words cut anew, cut once, and never a danger."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from builders import CARE, TRADE, make_document, make_issue, three_issues

from recommender.features.kept import cut_all, kept_in
from recommender.features.tokens import CutClause, cut_issue
from recommender.records import Issue, Lexicon

ISSUES = three_issues()
EMPTY = make_issue("9", [])


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the issues that were really cut."""
    done: list[str] = []

    def counted(issue: Issue, words: tuple[str, ...]) -> tuple[CutClause, ...]:
        done.append(issue.key)
        return cut_issue(issue, words)

    monkeypatch.setattr("recommender.features.kept.cut_issue", counted)
    return done


def test_only_new_texts_are_cut(tmp_path: Path, cuts: list[str]) -> None:
    keep = kept_in(tmp_path / "words.sqlite")
    first = keep([*ISSUES[:2], EMPTY], Lexicon())
    assert cuts == ["1", "2", "9"]
    again = keep([ISSUES[1], EMPTY, ISSUES[2], ISSUES[0]], Lexicon())
    assert cuts == ["1", "2", "9", "3"]
    assert again == [first[1], (), again[2], first[0]]
    cuts.clear()
    assert cut_all([ISSUES[1], EMPTY, ISSUES[2], ISSUES[0]], Lexicon()) == again


def test_a_word_of_the_office_cuts_anew(tmp_path: Path, cuts: list[str]) -> None:
    keep = kept_in(tmp_path / "words.sqlite")
    keep(ISSUES, Lexicon())
    whole = keep(ISSUES, Lexicon(words=("养老护理人才",)))
    assert cuts == ["1", "2", "3"] * 2
    assert any("养老护理人才" in clause.heading.split() for clause in whole[0])
    keep(ISSUES, Lexicon(words=("养老护理人才",), stopwords=("护理",)))  # stop words cut nothing
    assert len(cuts) == 6


def test_picks_and_titles_do_not_matter_but_texts_do(tmp_path: Path, cuts: list[str]) -> None:
    keep = kept_in(tmp_path / "words.sqlite")
    keep(ISSUES, Lexicon())
    keep([replace(ISSUES[0], picks=(), title="新名")], Lexicon())
    assert len(cuts) == 3
    keep([make_issue("1", [make_document("甲", TRADE[:2]), make_document("乙", CARE)])], Lexicon())
    assert len(cuts) == 4


def test_texts_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    kept_in(path)(ISSUES, Lexicon())
    kept_in(path)(ISSUES[:1], Lexicon())
    with sqlite3.connect(path) as store:
        assert store.execute("SELECT count(*) FROM words").fetchone() == (1,)


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to look like one", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "words.sqlite"
    expected = kept_in(path)(ISSUES, Lexicon())
    if damage is None:
        with sqlite3.connect(path) as store:
            store.execute("UPDATE words SET cut = substr(cut, 1, 40)")
    else:
        path.write_bytes(damage)
    assert kept_in(path)(ISSUES, Lexicon()) == expected
    assert kept_in(path)(ISSUES, Lexicon()) == expected


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    assert kept_in(tmp_path / "no such folder" / "words.sqlite")(ISSUES, Lexicon()) == cut_all(
        ISSUES, Lexicon()
    )
