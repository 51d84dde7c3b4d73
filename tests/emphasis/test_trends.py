"""One verdict for each constructed series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.emphasis.trends import find_trend

SEASONAL = [0.2, 0.6, 0.2, 0.6, 0.2, 0.6, 0.2, 0.6, 0.2, 0.6]


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ([0.1, 0.15, 0.2, 0.3, 0.35, 0.5, 0.55, 0.7], "rising"),
        ([0.8, 0.7, 0.65, 0.5, 0.4, 0.3, 0.2, 0.1], "fading"),
        ([0.3] * 8, "steady"),
        (SEASONAL, "steady"),
        ([0.0] * 9 + [0.6], "new"),
        ([0.0] * 8 + [0.3, 0.7, 0.9], "new"),
        ([0.5, 0.0, 0.0, 0.0, 0.0, 0.6], "steady"),
    ],
)
def test_each_course_has_its_verdict(shares: list[float], verdict: str) -> None:
    assert find_trend(shares).verdict == verdict


def test_slope_is_the_median_of_all_slopes() -> None:
    # pairs of (0, 1, 2, 3, 10): the ten slopes sort to 1 ×6, then 2.25, 2.67, 3.5, 7: median 1
    trend = find_trend([0.0, 0.1, 0.2, 0.3, 1.0])
    assert trend.slope == pytest.approx(0.1)
    assert trend.p is not None
    assert trend.p < 0.05


def test_under_five_periods_no_test_is_made() -> None:
    trend = find_trend([0.1, 0.2, 0.3, 0.4])
    assert (trend.slope, trend.p, trend.verdict) == (None, None, "steady")


def test_gaps_are_not_zeros() -> None:
    with_gaps = find_trend([0.1, None, 0.2, None, 0.3, 0.4, None, 0.5, 0.6])
    assert (with_gaps.verdict, with_gaps.periods) == ("rising", 6)


def test_only_the_last_ten_periods_tell_of_now() -> None:
    shares = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, *[0.1 + 0.05 * n for n in range(10)]]
    assert find_trend(shares).verdict == "rising"


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30))
def test_any_series_has_a_verdict(shares: list[float | None]) -> None:
    trend = find_trend(shares)
    assert trend.verdict in {"new", "rising", "steady", "fading"}
    assert trend.p is None or 0 <= trend.p <= 1
