"""Bursts by construction, and what must hold for any series."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.emphasis.bursts import Burst, find_bursts

TEN = [10] * 12


def spans(hits: list[int], totals: list[int]) -> list[tuple[int, int]]:
    return [(burst.start, burst.end) for burst in find_bursts(hits, totals)]


def test_a_sudden_stretch_is_a_burst_with_its_start_and_end() -> None:
    assert spans([0, 0, 1, 0, 9, 10, 9, 1, 0, 0, 1, 0], TEN) == [(4, 6)]


def test_two_stretches_are_two_bursts() -> None:
    assert spans([0, 0, 9, 8, 0, 0, 0, 0, 9, 9, 0, 0], TEN) == [(2, 3), (8, 9)]


def test_a_slow_rise_is_no_burst() -> None:
    assert spans([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10], TEN) == []


@pytest.mark.parametrize("hits", [[5] * 12, [0] * 12, [10] * 12])
def test_a_flat_series_has_none(hits: list[int]) -> None:
    assert find_bursts(hits, TEN) == []


def test_a_stretch_at_the_very_beginning_cannot_be_dated() -> None:
    assert spans([9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0], TEN) == []


def test_a_gap_neither_begins_nor_ends_a_burst() -> None:
    hits, totals = [0, 0, 0, 9, 0, 9, 0, 0, 0, 0], [10, 10, 10, 10, 0, 10, 10, 10, 10, 10]
    assert spans(hits, totals) == [(3, 5)]


def test_strength_grows_with_the_number_of_documents() -> None:
    few = find_bursts([0, 0, 0, 5, 5, 0, 0, 0], [6] * 8)
    many = find_bursts([0, 0, 0, 50, 50, 0, 0, 0], [60] * 8)
    assert 0 < few[0].strength < many[0].strength


def test_without_documents_there_is_nothing_to_find() -> None:
    assert find_bursts([], []) == []
    assert find_bursts([0, 0], [0, 0]) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=30))
def test_bursts_are_ordered_apart_and_positive(pairs: list[tuple[int, int]]) -> None:
    hits = [min(pair) for pair in pairs]
    totals = [max(pair) for pair in pairs]
    bursts = find_bursts(hits, totals)
    assert all(0 <= b.start <= b.end < len(pairs) and b.strength >= 0 for b in bursts)
    assert all(one.end < other.start for one, other in pairwise(bursts))
    assert all(isinstance(burst, Burst) for burst in bursts)
