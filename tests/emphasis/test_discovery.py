"""Terms as of a year: what recurs and holds together by then, whatever is written later."""

from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.emphasis import discovery
from recommender.emphasis.discovery import UNDATED
from recommender.features.phrases import Words

NOISE = [["养老", "服务"], ["管网", "改造"], ["冬季", "供暖"], ["水库", "灌溉"], ["蔬菜", "大棚"]]
Dated = list[tuple[str, list[list[str]]]]


def discover(dated: Dated) -> dict[Words, int]:
    return discovery.discover(dated, list)


def reports(year: int | str, *runs: list[str], count: int = 4) -> Dated:
    return [(str(year), [*runs, *([word] for pair in NOISE for word in pair)]) for _ in range(count)]


def test_a_run_is_a_term_from_the_year_in_which_it_recurs() -> None:
    early, late = reports(2008, ["低碳", "经济"], count=3), reports(2009, ["低碳", "经济"])
    assert discover(early) == {}
    assert discover(early + late) == {("低碳", "经济"): 2009}


def test_words_that_meet_in_every_way_are_no_term() -> None:
    mixed = [(str(2008), [[a, b] for a in "甲乙丙丁戊己" for b in "甲乙丙丁戊己"])] * 6
    assert discover([(year, [[a * 2, b * 2] for a, b in runs]) for year, runs in mixed]) == {}


def test_stop_words_and_two_single_characters_part_a_run() -> None:
    assert discover(reports(2008, ["低碳", "的", "经济"], ["好", "又", "快"])) == {}


def test_what_bears_no_date_defines_nothing_that_can_be_asked_for() -> None:
    assert discover(reports("", ["低碳", "经济"])) == {("低碳", "经济"): UNDATED}


@st.composite
def dated(draw: st.DrawFn) -> Dated:
    words = st.lists(st.sampled_from(["低碳", "经济", "智慧", "城市", "新"]), max_size=5)
    document = st.tuples(st.integers(2005, 2009).map(str), st.lists(words, max_size=3))
    return draw(st.lists(document, max_size=24))


@given(dated(), st.integers(2005, 2009), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_neither_later_documents_nor_order_matter(documents: Dated, year: int, random: object) -> None:
    whole = {words: since for words, since in discover(documents).items() if since <= year}
    known = discover([document for document in reversed(documents) if int(document[0]) <= year])
    assert whole == known
