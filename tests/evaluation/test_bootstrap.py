"""Intervals: seeded, as wide as the spread says, covering as often as they claim."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation.bootstrap import RESAMPLES, difference_interval, expanded_level, mean_interval

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(SHARES)
def test_the_mean_lies_within_and_nothing_leaves_the_values(values: list[float]) -> None:
    found = mean_interval(values)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.mean == pytest.approx(np.mean(values))
    assert found == mean_interval(values)


def test_it_agrees_with_scipy() -> None:
    from scipy.stats import bootstrap

    values = np.random.default_rng(3).random(12)
    theirs = bootstrap((values,), np.mean, method="percentile", n_resamples=RESAMPLES, rng=0)
    ours = mean_interval(values)
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.01)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.01)


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    generator = np.random.default_rng(0)
    samples = generator.random((200, 40))
    covered = sum(found.low <= 0.5 <= found.high for found in (mean_interval(one, 0.9) for one in samples))
    assert 0.82 <= covered / len(samples) <= 0.97


def test_few_issues_are_covered_too_when_the_level_is_expanded() -> None:
    samples = np.random.default_rng(0).normal(size=(400, 5))
    plain = sum(abs(one.mean) <= one.half_width for one in (mean_interval(s, 0.9) for s in samples))
    level = expanded_level(0.9, 5)
    wide = sum(abs(one.mean) <= one.half_width for one in (mean_interval(s, level) for s in samples))
    assert plain / 400 < 0.85
    assert 0.85 <= wide / 400 <= 0.95
    with pytest.raises(ValueError, match="one issue"):
        expanded_level(0.9, 1)


@given(st.floats(0.01, 0.99), st.integers(2, 500))
def test_an_expanded_level_is_a_level(level: float, n_issues: int) -> None:
    assert level <= expanded_level(level, n_issues) < 1
    assert mean_interval([0.0, 1.0], expanded_level(level, n_issues)).low >= 0


def test_more_issues_and_less_confidence_are_narrower() -> None:
    few, many = [0.0, 1.0] * 3, [0.0, 1.0] * 30
    assert mean_interval(many).half_width < mean_interval(few).half_width
    assert mean_interval(few, 0.5).half_width < mean_interval(few, 0.99).half_width


def test_a_paired_difference_ignores_what_both_share() -> None:
    base = np.random.default_rng(1).random(20)
    assert difference_interval(list(base + 0.1), list(base)).half_width == pytest.approx(0, abs=1e-9)
    assert difference_interval([0.2, 0.4], [0.4, 0.2]).mean == 0


@pytest.mark.parametrize("values", [[], [[0.1], [0.2]]])
def test_no_values_are_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="one value an issue"):
        mean_interval(values)


def test_unlike_issues_and_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="same issues"):
        difference_interval([0.1], [0.1, 0.2])
    with pytest.raises(ValueError, match="level"):
        mean_interval([0.1], level=1.0)
