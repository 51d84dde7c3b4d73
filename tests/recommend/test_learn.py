"""Weights follow the picks, slowly, and never by an issue's own."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from builders import fitted, sample_issues, sample_model
from hypothesis import given
from hypothesis import strategies as st

from recommender.choices.labels import Label
from recommender.config import Settings
from recommender.evaluation.backtest import compare, match_issue
from recommender.evaluation.match import is_hit
from recommender.lifecycle.train import Lessons, fingerprint, fit_model
from recommender.model import LEARNED, Model, PastPick, from_files, to_files
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import judge, priors, weights_for
from recommender.recommend.learn import Lesson, learn_weights
from recommender.recommend.lessons import CHOSEN, LEFT_OUT
from recommender.recommend.pool import pool
from recommender.recommend.suggest import suggest
from recommender.records import Lexicon, Pick

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


# -- choices ---------------------------------------------------------------------------------------


def chosen(labels: list[float]) -> Lesson:
    """Candidates in steps of the first feature, with what was said of each."""
    return Lesson("1", np.stack([np.linspace(0, 1, len(labels))] * 3, axis=1), np.array(labels))


def test_what_was_left_out_pushes_away_and_what_was_chosen_pulls_half_as_much() -> None:
    def gain(labels: list[float]) -> float:
        return float(learn_weights([chosen(labels)], PRIORS, SPREAD)[0]) - 1

    picked, accepted = gain([0, 0, 0, 0, 1]), gain([0, 0, 0, 0, CHOSEN])
    assert 0 < accepted < picked
    assert accepted == pytest.approx(picked / 2, rel=0.15)
    low, high = gain([-LEFT_OUT, 0, 0, 0, 0]), gain([0, 0, 0, 0, -LEFT_OUT])
    assert high < 0 < low < accepted
    assert gain([-LEFT_OUT, 0, 0, 0, 1]) > picked
    assert gain([0.0] * 5) == 0 == gain([-1.0] * 5)  # nothing to compare


@cache
def learned(*choices: Label) -> Model:
    return fit_model(Lessons(sample_issues(), Settings(), Lexicon(), choices=choices))


def unprinted(key: str) -> list[str]:
    """Suggestions for an issue that none of its picks says, best first."""
    issue = next(one for one in sample_issues() if one.key == key)
    found = suggest(issue, sample_model(), Settings(), 200)
    return [one.title for one in found if not any(is_hit(one.title, pick.title) for pick in issue.picks)]


def added(model: Model) -> list[PastPick]:
    """The picks of a model that were chosen, not printed."""
    return [pick for pick in model.picks if pick not in model.printed]


def label(issue: str, title: str, vote: float = 1.0, *wordings: str) -> Label:
    return Label(issue, title, wordings or (title,), vote, "2026-01-02")


def test_choices_move_the_weights_the_habit_and_what_is_new() -> None:
    key = sample_issues()[2].key
    taken, left = unprinted(key)[-1], unprinted(key)[0]
    model = learned(label(key, taken), label(key, left, -1.0))
    assert model.weights != sample_model().weights
    assert model.printed == sample_model().picks
    assert added(model) == [PastPick(key, taken.removesuffix("研究"), "heading", CHOSEN)]
    other = sample_issues()[3]
    before, after = (
        judge(other, pool(other, Lexicon()), one, Settings()).reading.habit for one in (sample_model(), model)
    )
    assert not np.array_equal(before, after)


def test_a_choice_that_says_what_is_printed_counts_once() -> None:
    issue = next(one for one in sample_issues() if one.picks)
    model = learned(label(issue.key, issue.picks[0].title))
    assert model.picks == sample_model().picks
    assert model.weights == sample_model().weights
    # nor does a choice outvote the print
    assert learned(label(issue.key, issue.picks[0].title, -1.0)).weights == sample_model().weights


def test_a_direction_in_other_words_teaches_by_what_was_suggested() -> None:
    key = sample_issues()[2].key
    title = unprinted(key)[-1]
    model = learned(label(key, title, 1.0, "完全另外一种说法研究"))
    assert [pick.core for pick in added(model)] == ["完全另外一种说法"]
    # words of which no candidate speaks teach no lesson
    unheard = learned(label(key, "完全另外一种说法研究"))
    assert [pick.source for pick in added(unheard)] == [""]
    assert model.weights != unheard.weights


def test_two_editors_who_say_the_same_in_other_words_count_once() -> None:
    key = sample_issues()[2].key
    title = unprinted(key)[-1]
    alone = learned(label(key, title))
    both = learned(label(key, title), label(key, f"推进{title}"))
    assert is_hit(f"推进{title}", title)
    assert both.picks == alone.picks
    assert both.weights == alone.weights


def test_choices_on_an_issue_change_nothing_for_it() -> None:
    """Planted: the whole end of an issue's list is chosen, its head left out, an unheard-of direction
    added; another issue notices, it may not."""
    issue = next(one for one in sample_issues() if one.picks)
    titles = unprinted(issue.key)
    planted = [label(issue.key, title) for title in titles[-5:]]
    planted += [label(issue.key, title, -1.0) for title in titles[:5]]
    planted.append(label(issue.key, "鲲鹏展翅计划研究"))
    model = learned(*planted)
    assert model.terms == sample_model().terms
    assert model.weights != sample_model().weights
    assert model.weights_without[issue.key] == sample_model().weights_without[issue.key]
    assert match_issue(issue, model, Settings()) == match_issue(issue, sample_model(), Settings())
    assert suggest(issue, model, Settings(), 10) == suggest(issue, sample_model(), Settings(), 10)
    others = [one for one in sample_issues() if one.key != issue.key and one.picks]
    assert any(
        suggest(one, model, Settings(), 10) != suggest(one, sample_model(), Settings(), 10) for one in others
    )


def test_the_comparison_measures_printed_picks_alone() -> None:
    key = sample_issues()[2].key
    found = compare(sample_issues(), learned(label(key, unprinted(key)[-1])), Settings())
    assert found.labels == sum(len(issue.picks) for issue in sample_issues())


def test_an_issue_with_choices_alone_teaches_and_is_held_out() -> None:
    issues = [replace(one, picks=()) for one in sample_issues()]
    made = label(issues[0].key, unprinted(issues[0].key)[-1])
    model = fit_model(Lessons(issues, Settings(), Lexicon(), choices=(made,)))
    assert model.weights != priors()
    assert model.weights_without == {issues[0].key: priors()}
    assert model.printed == ()


def test_choices_are_part_of_what_a_model_is_known_by() -> None:
    lessons = Lessons(sample_issues(), Settings(), Lexicon())
    made = label("1", "贸易研究")
    once, later = (replace(lessons, choices=(one,)) for one in (made, replace(made, at="2027-01-01")))
    assert fingerprint(lessons) != fingerprint(once) == fingerprint(later)
    assert fingerprint(replace(lessons, choices=(replace(made, vote=-1.0),))) != fingerprint(once)


def test_a_model_with_choices_is_stored_and_read_again() -> None:
    model = learned(label(sample_issues()[2].key, "完全另外一种说法研究"))
    read = from_files(to_files(model))
    assert (read.picks, read.weights, read.printed) == (model.picks, model.weights, model.printed)
    forged = to_files(model) | {LEARNED: to_files(model)[LEARNED].replace(b'"weight": 0.5', b'"weight": "x"')}
    with pytest.raises(ValueError, match="weights"):
        from_files(forged)
