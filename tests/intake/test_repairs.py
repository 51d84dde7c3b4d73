"""Damage kept as data: what is mended, what must not change, and what we know we cannot mend yet."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.intake.clean import clean_text
from recommender.intake.repairs import MARKS, SCANS, close_gaps, is_scanned

CASES = Path(__file__).parent / "cases"
LINE_REPAIRS: dict[str, Callable[[str], tuple[str, int]]] = {
    repair.__name__: repair for repair in (*MARKS, close_gaps, *SCANS)
}
PARAGRAPH_REPAIRS = {"rejoin_paragraphs", "drop_repeated", "rejoin_wrapped"}


def load(name: str) -> list[Any]:
    cases: list[dict[str, str]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in cases]


def cleaned(text: str) -> str:
    return "\n".join(line.text for line in clean_text(text).lines)


@pytest.mark.parametrize("case", load("wild.json"))
def test_damage_is_mended(case: dict[str, str]) -> None:
    assert cleaned(case["line"]) == case["mended"]


@pytest.mark.parametrize("case", load("wild.json"))
def test_the_named_repair_did_it(case: dict[str, str]) -> None:
    if case["repair"] in PARAGRAPH_REPAIRS:
        assert dict(clean_text(case["line"]).repairs)[case["repair"]]
    else:
        repair = LINE_REPAIRS[case["repair"]]
        assert any(repair(line)[0] != line for line in case["line"].splitlines())


@pytest.mark.parametrize("case", load("must-not-change.json"))
def test_sound_text_is_left_alone(case: dict[str, str]) -> None:
    assert cleaned(case["line"]) == case["line"]
    assert clean_text(case["line"]).repairs == ()


@pytest.mark.parametrize("case", load("known-failures.json"))
@pytest.mark.xfail(strict=True, reason="known failure: a repair that makes it pass must move the case")
def test_known_failures(case: dict[str, str]) -> None:
    assert cleaned(case["line"]) == case["mended"]


@pytest.mark.parametrize("name", ["wild.json", "must-not-change.json"])
def test_every_repair_has_cases(name: str) -> None:
    cases = json.loads((CASES / name).read_text(encoding="utf-8"))
    assert {case["repair"] for case in cases} == set(LINE_REPAIRS) | PARAGRAPH_REPAIRS


@pytest.mark.parametrize("name", ["wild.json", "must-not-change.json", "known-failures.json"])
def test_labels_are_unique(name: str) -> None:
    labels = [case["label"] for case in json.loads((CASES / name).read_text(encoding="utf-8"))]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("repair", LINE_REPAIRS.values(), ids=list(LINE_REPAIRS))
@given(line=st.text("山货名录登记深人纳囯— 、**#>12ABc\u200b\u3000，。", max_size=30))
def test_a_repair_that_counts_nothing_changes_only_blanks(
    repair: Callable[[str], tuple[str, int]], line: str
) -> None:
    mended, count = repair(line)
    if not count:
        assert mended.split() == line.split()


@pytest.mark.parametrize(
    ("text", "scanned"),
    [("山 货 名 录", True), ("目 录", True), ("山货名录 登记办法", False), ("山货", False), ("", False)],
)
def test_scanned_text_is_told_by_its_spaces(text: str, scanned: bool) -> None:
    assert is_scanned(text) is scanned
