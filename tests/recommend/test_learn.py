"""Weights follow the picks, slowly, and never by an issue's own."""

from dataclasses import replace

import numpy as np
import pytest
from builders import fitted, sample_issues, sample_model
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import Settings
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import priors, weights_for
from recommender.recommend.learn import Lesson, learn_weights
from recommender.recommend.suggest import suggest
from recommender.records import Pick

PRIORS, SPREAD = np.array([1.0, 1.0, 0.5]), np.array([0.4, 0.4, 0.0])


def lesson(issue: str, size: int = 20) -> Lesson:
    """The pick is best by the first feature, worst by the second."""
    steps = np.linspace(0, 1, size)
    values = np.stack([steps, 1 - steps, np.full(size, 0.5)], axis=1)
    return Lesson(issue, values, (np.arange(size) == size - 1).astype(float))


def test_without_lessons_the_priors_stand() -> None:
    assert learn_weights([], PRIORS, SPREAD).tolist() == PRIORS.tolist()


def test_what_picks_have_in_common_gains_and_the_rest_loses() -> None:
    few = learn_weights([lesson(str(n)) for n in range(3)], PRIORS, SPREAD)
    many = learn_weights([lesson(str(n)) for n in range(60)], PRIORS, SPREAD)
    assert 1 < few[0] < many[0]
    assert 1 > few[1] > many[1] >= 0
    assert few[0] - 1 < 0.35  # three labels only shade
    assert few[2] == many[2] == 0.5  # no belief, no learning


def test_a_pick_among_many_teaches_as_much_as_one_among_few() -> None:
    few, many = (learn_weights([lesson("1", size)], PRIORS, SPREAD) for size in (11, 401))
    assert few == pytest.approx(many, abs=0.02)


@given(st.permutations(range(5)))
def test_the_order_of_lessons_does_not_matter(order: list[int]) -> None:
    lessons = [lesson(str(n), 5 + n) for n in order]
    assert learn_weights(lessons, PRIORS, SPREAD).tolist() == (
        learn_weights(sorted(lessons, key=lambda one: one.issue), PRIORS, SPREAD).tolist()
    )


def test_the_sample_teaches_a_little_and_every_issue_has_weights_of_its_own() -> None:
    model = sample_model()
    assert list(model.weights) == list(FEATURES)
    assert model.weights != priors()
    assert all(abs(model.weights[name] - prior) <= 0.3 * prior + 0.1 for name, prior in priors().items())
    assert set(model.weights_without) == {issue.key for issue in sample_issues() if issue.picks}
    assert len({tuple(weights.values()) for weights in model.weights_without.values()}) > 1


def test_other_picks_of_an_issue_change_nothing_for_it() -> None:
    """Planted: the picks of an issue name candidates at the end of its list; it may not notice."""
    issues = list(sample_issues())
    place = next(n for n, issue in enumerate(issues) if issue.picks)
    last = suggest(issues[place], sample_model(), Settings(), 200)[-3:]
    planted = replace(issues[place], picks=tuple(Pick(one.title, one.title) for one in last))
    model = fitted([*issues[:place], planted, *issues[place + 1 :]])
    key = planted.key
    assert model.weights != sample_model().weights
    assert model.weights_without[key] == sample_model().weights_without[key]
    assert suggest(planted, model, Settings(), 10) == suggest(issues[place], sample_model(), Settings(), 10)


def test_what_the_office_states_comes_before_what_was_learned() -> None:
    settings = Settings(weights={"fit": -2.0})
    weights = dict(zip(FEATURES, weights_for("new", sample_model(), settings), strict=True))
    assert weights["fit"] == -2.0
    assert weights["habit"] == sample_model().weights["habit"] != FEATURES["habit"].weight
