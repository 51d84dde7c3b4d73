"""Takeoff: how often terms with as many titles became hot, counted from the titles alone."""

import numpy as np
import pytest

from recommender.emphasis.history import Collection
from recommender.emphasis.takeoff import takeoffs
from recommender.emphasis.tally import Counted, tally

INDEX = {"低碳": 0, "经济": 1, "微博": 2}
ALL = np.ones(len(INDEX), dtype=np.bool_)


def titles(counts: dict[str, dict[int, int]], years: range = range(2000, 2010), of: int = 40) -> Collection:
    rows = [
        Counted(str(year), {term: 1 for term in counts if i < counts[term].get(year, 0)}, frozenset())
        for year in years
        for i in range(of)
    ]
    return tally("titles", "课题", rows, INDEX)


WORN = dict.fromkeys(range(2000, 2010), 10)


def test_few_titles_lead_to_a_hot_year_more_often_than_many() -> None:
    recent, rates = takeoffs(
        titles({"低碳": {2003: 2, 2004: 12}, "经济": WORN, "微博": {2009: 2}}), 2009, 2010, ALL
    )
    assert recent.tolist() == [0, 30, 2]
    assert rates is not None
    assert rates[2] > max(rates[0], rates[1])


def test_titles_that_end_years_before_count_for_what_they_tell() -> None:
    found = titles({"低碳": {2003: 2, 2006: 12}, "经济": WORN, "微博": {2007: 2}})
    fresh, stale = (takeoffs(found, 2009, as_of, ALL)[1] for as_of in (2010, 2012))
    assert fresh is not None
    assert stale is not None
    assert stale[2] > fresh[2]


def test_nothing_after_the_year_and_no_other_term_is_counted() -> None:
    early, late = ({"低碳": {2003: 2, 2004: 12, 2009: n}, "经济": WORN} for n in (0, 40))
    (one, a), (two, b) = (takeoffs(titles(counts), 2008, 2009, ALL) for counts in (early, late))
    assert a is not None
    assert b is not None
    assert np.array_equal(one, two)
    assert np.array_equal(a, b)
    only = np.array([True, False, True])
    among = takeoffs(titles(early), 2008, 2009, only)[1]
    assert among is not None
    assert among[0] > a[0]


@pytest.mark.parametrize("until", [1990, 2003])
def test_before_anything_was_hot_there_is_no_rate(until: int) -> None:
    recent, rates = takeoffs(titles({"低碳": {2003: 2, 2004: 12}}), until, 2010, ALL)
    assert rates is None
    assert recent.tolist() == [2 if until == 2003 else 0, 0, 0]
