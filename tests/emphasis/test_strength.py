"""What an issue stresses: topics by authority and heading, words beyond the past."""

import math

import numpy as np
import pytest
from builders import make_document, make_issue
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.config import AUTHORITY
from recommender.emphasis.distinctive import PRIOR_SIZE, distinctiveness
from recommender.emphasis.strength import directions_of, topic_emphasis, topic_shares, word_weights
from recommender.features.tokens import ClauseTokens, clause_tokens
from recommender.records import Issue, Level, Lexicon

INDEX = {"外贸": 0, "口岸": 1, "养老": 2, "护理": 3}
IDF = np.ones(4)
TOPICS = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])  # trade, care
DIRECTIONS = directions_of(TOPICS)


def emphasis(issue: Issue, authority: dict[Level, float] | None = None) -> NDArray[np.float64]:
    clauses = clause_tokens(issue, Lexicon())
    return topic_emphasis(issue, clauses, INDEX, IDF, DIRECTIONS, authority or AUTHORITY)


def two_documents(trade: Level, care: Level) -> Issue:
    return make_issue(
        "1",
        [
            make_document("甲", [("外贸口岸", "")], level=trade),
            make_document("乙", [("养老护理", ""), ("护理养老", "")], level=care),
        ],
    )


# -- emphasis --------------------------------------------------------------------------------------


def test_emphasis_sums_to_one_and_a_long_document_does_not_outweigh_a_short_one() -> None:
    assert emphasis(two_documents("central", "central")).tolist() == pytest.approx([0.5, 0.5])


def test_authority_matters() -> None:
    # 1.0 for the central document against 0.7 for the city's
    assert emphasis(two_documents("central", "city")).tolist() == pytest.approx([1 / 1.7, 0.7 / 1.7])
    flat = dict.fromkeys(AUTHORITY, 1.0)
    assert emphasis(two_documents("central", "city"), flat).tolist() == pytest.approx([0.5, 0.5])


def test_a_heading_weighs_more_than_text() -> None:
    clause = [("外贸", "养老")]
    trade, care = emphasis(make_issue("1", [make_document("甲", clause)]))
    # term frequencies 2 and 1: (1 + ln 2)² against 1² after squaring the cosines
    assert trade / care == pytest.approx((1 + math.log(2)) ** 2)


def test_without_known_words_there_is_no_emphasis() -> None:
    assert emphasis(make_issue("1", [make_document("甲", [("农村改革", "土地")])])).tolist() == [0, 0]
    assert emphasis(make_issue("1", [])).tolist() == [0, 0]


def test_word_weights_have_unit_length() -> None:
    clauses = [ClauseTokens(0, 0, ("外贸",), ("口岸", "未见")), ClauseTokens(0, 1, ("未见",), ())]
    known, unknown = word_weights(clauses, INDEX, IDF).toarray()
    assert np.flatnonzero(known).tolist() == [0, 1]
    assert np.linalg.norm(known) == pytest.approx(1)
    assert not unknown.any()
    assert word_weights([], INDEX, IDF).toarray().shape == (0, 4)


@given(
    st.lists(st.sampled_from([*INDEX, "未见"]), max_size=8),
    st.lists(st.sampled_from(list(INDEX)), max_size=8),
)
@settings(deadline=None)
def test_shares_sum_to_one_or_nothing(heading: list[str], text: list[str]) -> None:
    clauses = [ClauseTokens(0, 0, tuple(heading), tuple(text))]
    shares = topic_shares(word_weights(clauses, INDEX, IDF), DIRECTIONS)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1.0 if {*heading, *text} & set(INDEX) else 0.0)


# -- distinctiveness -------------------------------------------------------------------------------


def z(now: float, n_now: float, past: float, n_past: float, rate: float) -> float:
    return float(distinctiveness(np.array([now]), n_now, np.array([past]), n_past, np.array([rate]))[0])


def test_an_example_worked_by_hand() -> None:
    # belief 500 · 0.01 = 5
    # now:  (10 + 5) / (100 + 500 − 10 − 5) = 15 / 585, ln −3.6636
    # past: (5 + 5) / (200 + 500 − 5 − 5) = 10 / 690, ln −4.2341
    # spread √(1/15 + 1/10) = 0.40825; z = 0.5705 / 0.40825 = 1.397
    assert PRIOR_SIZE == 500
    assert z(10, 100, 5, 200, 0.01) == pytest.approx(1.397, abs=1e-3)


def test_now_and_past_exchanged_change_the_sign() -> None:
    assert z(10, 100, 5, 200, 0.01) == pytest.approx(-z(5, 200, 10, 100, 0.01))
    assert z(7, 100, 7, 100, 0.02) == 0


def test_a_word_of_any_policy_needs_more_to_stand_out() -> None:
    assert z(10, 100, 0, 200, 0.001) > z(10, 100, 0, 200, 0.1)


@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(0, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(1e-6, 0.99),
)
@settings(deadline=None)
def test_always_finite_and_signed_by_the_smoothed_shares(
    now: tuple[int, int], past: tuple[int, int], rate: float
) -> None:
    value = z(*now, *past, rate)
    assert math.isfinite(value)
    shares = [(count + 500 * rate) / (total + 500) for count, total in (now, past)]
    assert value * (shares[0] - shares[1]) >= 0 or abs(value) < 1e-6
