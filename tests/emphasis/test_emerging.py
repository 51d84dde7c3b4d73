"""Emerging terms: newness first, nothing from after the year, what names no subject left out."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.emphasis.count import Source, build_history
from recommender.emphasis.emerging import Weights, rank_emerging
from recommender.emphasis.history import Collection, History, Kind, common_among
from recommender.emphasis.sources import Row
from recommender.emphasis.sparse import Sparse
from recommender.emphasis.tally import Counted, tally

YEARS = range(2001, 2013)
DOCUMENTS = 10


def reports(shares: dict[str, dict[int, int]], stressed: frozenset[str] = frozenset()) -> list[Counted]:
    """Ten reports a year; a term is mentioned by as many as the table says."""
    listed = []
    for year in YEARS:
        for i in range(DOCUMENTS):
            terms = frozenset(term for term, counts in shares.items() if i < counts.get(year, 0))
            listed.append(Counted(str(year), dict.fromkeys(terms, 1), terms & stressed))
    return listed


def history_of(
    shares: dict[str, dict[int, int]],
    titles: list[Counted] | None = None,
    stressed: frozenset[str] = frozenset(),
) -> History:
    index = {term: row for row, term in enumerate(sorted(shares))}
    since, subject = np.zeros(len(index), dtype=np.int16), np.ones(len(index), dtype=np.bool_)
    collections = [tally("provincial", "报告", reports(shares, stressed), index)]
    if titles is not None:
        collections.append(tally("titles", "课题", titles, index))
    return History(index, since, subject, tuple(collections), common_among(since, collections))


def until(first: int, last: int, count: int) -> dict[int, int]:
    return dict.fromkeys(range(first, last + 1), count)


THEMES = {
    "上升": {year: min(year - 2001, 9) for year in YEARS},
    "平稳": until(2001, 2012, 6),
    "回落": {year: 2012 - year for year in YEARS},
    "突现": {**until(2001, 2009, 0), **until(2010, 2012, 9)},
    "将来": until(2011, 2012, 10),
}


def blanked(collection: Collection, year: int) -> Collection:
    """The collection with nothing in the columns after the year."""
    keep = np.array([int(period[:4]) <= year for period in collection.periods], dtype=np.int32)

    def counts(kind: Kind) -> Sparse:
        whole = collection.counts(kind)
        return replace(whole, data=whole.data * keep[whole.columns])

    return replace(collection, counts=counts, documents=collection.documents * keep)


def title_years(term: str, counts: dict[int, int], of: int = 40) -> list[Counted]:
    return [
        Counted(str(year), {term: 1} if i < counts.get(year, 0) else {}, frozenset())
        for year in YEARS
        for i in range(of)
    ]


def test_the_newly_rising_term_comes_first_and_the_fading_one_last() -> None:
    ranked = [item.term for item in rank_emerging(history_of(THEMES), "2010")]
    assert ranked[0] == "突现"
    assert ranked.index("上升") < ranked.index("平稳")


def test_a_term_planted_after_the_year_does_not_enter() -> None:
    ranked = rank_emerging(history_of(THEMES), "2010")
    assert "将来" not in {item.term for item in ranked}
    assert rank_emerging(history_of(THEMES), "2011")[0].term == "将来"


@pytest.mark.parametrize("year", [2004, 2008, 2010])
def test_what_is_dated_later_changes_nothing(year: int) -> None:
    titles = title_years("突现", {2005: 1, 2006: 2, 2007: 9, 2010: 1, 2011: 30})
    whole = history_of(THEMES, titles, frozenset({"上升", "将来"}))
    cut = replace(whole, collections=tuple(blanked(c, year) for c in whole.collections))
    without = {term: counts for term, counts in THEMES.items() if term != "将来"}
    unplanted = history_of(without, titles, frozenset({"上升"}))
    expected = rank_emerging(whole, str(year))
    assert expected == rank_emerging(cut, str(year)) == rank_emerging(unplanted, str(year))


def test_titles_of_the_year_can_be_kept_out() -> None:
    quiet, loud = ({2006: 1, 2007: 9, 2009: 1, 2010: n} for n in (0, 12))
    at_most = [
        rank_emerging(history_of(THEMES, title_years("突现", counts)), "2010", titles_until="2009")
        for counts in (quiet, loud)
    ]
    assert at_most[0] == at_most[1]
    assert rank_emerging(history_of(THEMES, title_years("突现", loud)), "2010") != at_most[1]


def test_a_term_that_research_has_begun_to_use_outranks_its_twin() -> None:
    themes = {**THEMES, "双生": THEMES["突现"], "旧词": until(2001, 2012, 5)}
    took_off = title_years("旧词", {2004: 2, 2005: 1, 2006: 30})
    begun = title_years("突现", {2009: 1, 2010: 2})
    ranked = rank_emerging(history_of(themes, took_off + begun), "2010")
    places = [item.term for item in ranked]
    assert places.index("突现") < places.index("双生")
    assert next(item for item in ranked if item.term == "突现").titles == 3


@pytest.mark.parametrize(
    "weights", [Weights(rise=0), Weights(stress=0), Weights(takeoff=0), Weights(volume=0)]
)
def test_each_ingredient_matters(weights: Weights) -> None:
    titles = title_years("突现", {2004: 2, 2005: 1, 2006: 30, 2010: 1})
    history = history_of(THEMES, titles, frozenset({"上升"}))
    assert rank_emerging(history, "2010", weights=weights) != rank_emerging(history, "2010")


def test_fragments_fold_into_the_fullest_term_which_keeps_the_best_score() -> None:
    rise = {2010: 9}
    themes = {"供给侧": rise, "供给侧结构性": rise, "供给侧结构性改革": rise, "改革": until(2001, 2012, 10)}
    folded = rank_emerging(history_of(themes), "2010")
    apart = rank_emerging(history_of(themes), "2010", fold=False)
    assert [item.term for item in folded] == ["供给侧结构性改革", "改革"]
    assert folded[0].folded == ("供给侧", "供给侧结构性")
    assert len(apart) == 4
    assert folded[0].score == apart[0].score


def test_what_returns_every_five_years_is_not_new() -> None:
    themes = {"换届": {2005: 9, 2010: 9}, "试点": {2004: 3, 2005: 3, 2006: 3, 2010: 9}}
    assert [item.term for item in rank_emerging(history_of(themes), "2010")] == ["试点", "换届"]


def test_what_names_no_subject_and_what_was_no_term_yet_are_left_out() -> None:
    history = history_of({"又好又快": {2010: 9}, "低碳": {2010: 9}, "微博": {2010: 9}})
    subject = np.array([term != "又好又快" for term in history.index])
    since = np.array([2011 if term == "微博" else 0 for term in history.index], dtype=np.int16)
    ranked = rank_emerging(replace(history, subject=subject, since=since), "2010")
    assert [item.term for item in ranked] == ["低碳"]


TOPICS = ["养老服务", "管网改造", "冬季供暖", "水库灌溉", "蔬菜大棚", "旅游公路"]


def written(last: int) -> list[Row]:
    """Six reports a year; from 2008 all speak of 低碳经济, from 2011 of 智慧城市 and of little else."""
    rows = []
    for year in range(2003, last + 1):
        news = "发展低碳经济试点。" * (year >= 2008) + "建设智慧城市平台，智慧城市试点。" * 5 * (year >= 2011)
        for number in range(6):
            body = "。".join(f"抓好{TOPICS[(number + k) % 6]}" for k in range(4))
            rows.append(Row("报告", f"{news}{body}。", str(year)))
    return rows


@pytest.mark.parametrize("year", [2008, 2009, 2010])
def test_reports_written_later_change_nothing(year: int) -> None:
    whole, known = (build_history([Source("provincial", "报告", written(last))]) for last in (2012, year))
    assert "智慧城市" in whole.index
    assert "智慧城市" not in known.index
    expected = rank_emerging(known, str(year), 1000)
    assert expected == rank_emerging(whole, str(year), 1000)
    assert "低碳" in "".join(item.term for item in expected)


def test_sessions_and_rare_terms_are_not_listed() -> None:
    ranked = rank_emerging(
        history_of(
            {
                "十八届": {2010: 9},
                "第五次": {2010: 9},
                "六中": {2010: 9},
                "三中全会": {2010: 9},
                "偶见": {2010: 3},
            }
        ),
        "2010",
    )
    assert ranked == []


def test_numbers_are_readable() -> None:
    item = rank_emerging(history_of(THEMES, stressed=frozenset({"突现"})), "2010")[0]
    assert (item.share, item.before, item.stressed, item.stressed_before) == (0.9, 0.0, 0.9, 0.0)
    assert item.reason == "提到 0% → 90%，突出 0% → 90%"


@pytest.mark.parametrize("year", ["2010-03", "明年", ""])
def test_a_year_that_is_none_is_refused(year: str) -> None:
    with pytest.raises(ValueError, match="四位数字"):
        rank_emerging(history_of(THEMES), year)


def test_before_the_second_period_nothing_emerges() -> None:
    assert rank_emerging(history_of(THEMES), "2001") == []
    assert rank_emerging(history_of(THEMES), "1990") == []
    assert rank_emerging(history_of(THEMES), "2010", 1)[0].term == "突现"
