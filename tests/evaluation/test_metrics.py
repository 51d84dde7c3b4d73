"""Measures, worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation.metrics import MEASURES, ndcg_at, recall_at, reciprocal_rank, summarise

RANKS = st.lists(st.one_of(st.none(), st.integers(1, 60)), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("ranks", "k", "value"),
    [
        ([1, 5, None], 3, 1 / 3),
        ([1, 5, None], 10, 2 / 3),
        ([3, 3, 3], 3, 1.0),
        ([None], 3, 0.0),
        ([11], 10, 0.0),
    ],
)
def test_recall(ranks: list[int | None], k: int, value: float) -> None:
    assert recall_at(ranks, k) == pytest.approx(value)


@pytest.mark.parametrize(("ranks", "value"), [([None, 4, 2], 0.5), ([1], 1.0), ([None, None], 0.0)])
def test_reciprocal_rank(ranks: list[int | None], value: float) -> None:
    assert reciprocal_rank(ranks) == value


def test_ndcg() -> None:
    # picks at 2 and 3: 1/log2(3) + 1/log2(4) = 0.6309 + 0.5; ideal 1/log2(2) + 1/log2(3) = 1.6309
    assert ndcg_at([3, 2], 10) == pytest.approx((1 / math.log2(3) + 0.5) / (1 + 1 / math.log2(3)))
    # three picks of which one is found, at 1: 1 / (1 + 0.6309 + 0.5)
    assert ndcg_at([1, None, 12], 10) == pytest.approx(1 / (1.5 + 1 / math.log2(3)))
    assert ndcg_at([None], 10) == 0


def test_one_suggestion_that_hits_two_picks_gains_once() -> None:
    assert ndcg_at([1, 1], 10) < 1


@given(RANKS)
def test_all_measures_stay_within_bounds(ranks: list[int | None]) -> None:
    for measure in MEASURES.values():
        assert 0 <= measure.compute(ranks) <= 1 + 1e-12


@given(RANKS, st.integers(0, 4))
def test_a_better_rank_is_never_worse(ranks: list[int | None], at: int) -> None:
    better = list(ranks)
    rank = better[at % len(better)]
    if rank is None or rank == 1 or rank - 1 in better:
        return
    better[at % len(better)] = rank - 1
    for name, measure in MEASURES.items():
        if name != "ndcg@10" or len(set(ranks)) == len(ranks):
            assert measure.compute(better) >= measure.compute(ranks)


def test_a_summary_is_the_mean_over_issues() -> None:
    assert summarise([[1, None], [None]]) == {
        "recall@3": 0.25,
        "recall@10": 0.25,
        "mrr": 0.5,
        "ndcg@10": round(1 / (1 + 1 / math.log2(3)) / 2, 4),
    }
    assert summarise([]) == {}


def test_each_measure_names_its_source() -> None:
    assert list(MEASURES) == ["recall@3", "recall@10", "mrr", "ndcg@10"]
    assert all(measure.label and measure.source for measure in MEASURES.values())
