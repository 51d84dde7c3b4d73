"""What is kept of issues: it comes back as it was, survives nothing that is wrong, and is never a danger."""

import sqlite3
from pathlib import Path

import pytest

from recommender.features.kept import NOWHERE, Damaged, Found, Keeping, Kept, kept_in, with_kept

ONE, OTHER = (
    Found("a", 2, "whose a is", b"counts of a", b"wording of a"),
    Found("b", 0, "", b"counts of b", b""),
)
SAID = ("贸易", "养老", "贸易")


def add(kept: Kept) -> list[int]:
    numbers = kept.numbers(SAID)
    kept.keep([ONE, OTHER])
    return numbers


def see(kept: Kept) -> tuple[dict[str, int], list[bytes], list[str]]:
    known = kept.texts()
    return known, list(kept.counts(known)), kept.words


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    return kept_in(tmp_path / "words.sqlite")


SEEN = ({"a": 2, "b": 0}, [ONE.counts, OTHER.counts], ["", "贸易", "养老"])
NOTHING: tuple[dict[str, int], list[bytes], list[str]] = ({}, [], [""])


def test_what_was_kept_comes_back(keeping: Keeping) -> None:
    assert with_kept(keeping, "so", add) == [1, 2, 1]
    assert with_kept(keeping, "so", see) == SEEN
    assert with_kept(keeping, "so", lambda kept: list(kept.wordings("a"))) == [ONE.wording]
    assert with_kept(keeping, "so", lambda kept: kept.numbers(["护理", "养老", ""])) == [3, 2, 0]


def test_without_a_file_it_lasts_as_long_as_the_work() -> None:
    assert with_kept(NOWHERE, "so", lambda kept: (add(kept), see(kept))[1]) == SEEN
    assert with_kept(NOWHERE, "so", see) == NOTHING


def test_what_was_found_in_another_way_is_dropped(keeping: Keeping) -> None:
    with_kept(keeping, "so", add)
    assert with_kept(keeping, "otherwise", see) == NOTHING
    assert with_kept(keeping, "so", see) == NOTHING


def test_issues_that_are_gone_are_forgotten(keeping: Keeping) -> None:
    with_kept(keeping, "so", add)
    with_kept(keeping, "so", lambda kept: kept.forget_others(["b", "c"]))
    assert with_kept(keeping, "so", see)[:2] == ({"b": 0}, [OTHER.counts])
    with pytest.raises(Damaged):
        with_kept(NOWHERE, "so", lambda kept: list(kept.counts("a")))


def test_words_that_were_not_kept_get_their_numbers_again(keeping: Keeping) -> None:
    with_kept(keeping, "so", lambda kept: kept.numbers(SAID))
    assert with_kept(keeping, "so", lambda kept: kept.numbers(["养老"])) == [1]


@pytest.mark.parametrize("damage", [b"no database at all, but long enough to look like one", b"\0" * 5000])
def test_a_file_that_is_none_of_ours_is_made_anew(keeping: Keeping, damage: bytes) -> None:
    assert keeping.path
    keeping.path.write_bytes(damage)
    assert with_kept(keeping, "so", see) == NOTHING
    with_kept(keeping, "so", add)
    assert with_kept(keeping, "so", see) == SEEN


def test_the_file_of_an_earlier_program_is_made_anew(keeping: Keeping) -> None:
    with sqlite3.connect(str(keeping.path)) as store:
        store.execute("CREATE TABLE words (digest TEXT PRIMARY KEY, cut BLOB NOT NULL) WITHOUT ROWID")
    with_kept(keeping, "so", add)
    assert with_kept(keeping, "so", see) == SEEN


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE counts SET packed = substr(packed, 1, 9)",
        "UPDATE counts SET packed = zeroblob(length(packed))",
        "UPDATE words SET block = substr(block, 1, 9)",
        "DROP TABLE counts",
    ],
)
def test_damage_in_the_middle_begins_the_work_anew(keeping: Keeping, damage: str) -> None:
    with_kept(keeping, "so", add)
    with sqlite3.connect(str(keeping.path)) as store:
        store.execute(damage)
    tries = []

    def work(kept: Kept) -> tuple[dict[str, int], list[bytes], list[str]]:
        tries.append(kept)
        if not kept.texts():
            add(kept)
        return see(kept)

    assert with_kept(keeping, "so", work) == SEEN
    assert with_kept(keeping, "so", see) == SEEN


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    keeping = kept_in(tmp_path / "no such folder" / "words.sqlite")
    assert with_kept(keeping, "so", lambda kept: (add(kept), see(kept))[1]) == SEEN


def test_an_error_of_the_work_is_its_own(keeping: Keeping) -> None:
    tries = []

    def work(kept: Kept) -> None:
        tries.append(kept)
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        with_kept(keeping, "so", work)
    assert len(tries) == 1
