"""Folding: a part goes into the longer term that carries nearly all its occurrences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.emphasis.folding import fold_fragments


@pytest.mark.parametrize(
    ("alone", "in_titles", "folds"),
    [(100, 0, True), (104, 0, True), (106, 0, False), (100, 5, False)],
)
def test_what_is_used_by_itself_is_a_term_of_its_own(alone: int, in_titles: int, folds: bool) -> None:
    used = np.array([[alone, 100.0], [in_titles, 0]])
    assert fold_fragments({"新质": 0, "新质生产力": 1}, used) == ({0: 1} if folds else {})


def test_a_part_of_a_part_goes_into_the_fullest_term() -> None:
    rows = {"供给侧": 0, "供给侧结构性": 1, "供给侧结构性改革": 2, "结构性改革": 3}
    used = np.array([[100.0, 98, 97, 300]])
    assert fold_fragments(rows, used) == {0: 2, 1: 2}


TERMS = ["甲乙", "乙丙", "甲乙丙", "乙丙丁", "甲乙丙丁", "戊己"]


@given(st.lists(st.integers(0, 40), min_size=len(TERMS), max_size=len(TERMS)))
def test_what_is_folded_stands_in_its_head_and_heads_are_not_folded(counts: list[int]) -> None:
    into = fold_fragments({term: row for row, term in enumerate(TERMS)}, np.array([counts], dtype=np.float64))
    for part, head in into.items():
        assert TERMS[part] in TERMS[head]
        assert len(TERMS[part]) < len(TERMS[head])
        assert head not in into
