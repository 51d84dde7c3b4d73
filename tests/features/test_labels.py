"""Labels of topics: phrases, headings where none fits, all different and short."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.features.labels import MAX_LABEL, Naming, exclusivity, label_topics, tell_apart
from recommender.features.phrases import Phrase

TERMS = ("养老", "服务", "跨境", "电商", "发展", "改革")
ROWS = np.array([[0.4, 0.4, 0, 0, 0.2, 0], [0, 0, 0.4, 0.4, 0.2, 0], [0, 0, 0, 0, 0.3, 0.7]])


def phrase(*words: str, count: int = 5) -> Phrase:
    return Phrase("".join(words), words, count, 0.5)


CARE, TRADE, REFORM = phrase("养老", "服务"), phrase("跨境", "电商"), phrase("发展", "改革", count=90)


def test_each_topic_has_its_own_phrase() -> None:
    labels = label_topics(ROWS, TERMS, Naming([CARE, TRADE, REFORM]))
    assert [label.split("·")[0] for label in labels] == ["养老服务", "跨境电商", "发展改革"]


def test_a_rare_word_says_more_than_a_common_one() -> None:
    row = np.array([[0.1, 0.1, 0, 0, 0.3, 0.3]])
    phrases = [CARE, phrase("发展", "改革")]
    assert label_topics(row, TERMS, Naming(phrases))[0].startswith("发展改革")
    rare = {"养老": 9.0, "服务": 2.0}
    said = label_topics(row, TERMS, Naming(phrases, rarity=lambda word: rare.get(word, 0.5)))
    assert said[0].startswith("养老服务")


def test_where_no_phrase_fits_the_nearest_heading_names_it() -> None:
    naming = Naming([CARE, TRADE], headings=("", "深化农村改革", "长" * 17, "推进改革"))
    nearness = np.array([[0, 0, 0.9], [0, 0, 0.5], [0, 0, 0.8], [0, 0, 0.4]])
    assert label_topics(ROWS, TERMS, naming, nearness)[2] == "深化农村改革"
    assert label_topics(ROWS, TERMS, Naming([CARE, TRADE]))[2] == "改革·发展"


def test_a_phrase_of_faint_words_names_no_topic() -> None:
    row = np.array([[0.01, 0.01, 0, 0, 0.5, 0.48]])
    assert label_topics(row, TERMS, Naming([CARE])) == ("发展·改革",)


def test_two_topics_do_not_share_a_heading() -> None:
    naming = Naming(headings=("办好食堂", "修好操场"))
    labels = label_topics(ROWS[:2], TERMS, naming, np.array([[0.9, 0.9], [0.1, 0.1]]))
    assert labels == ("办好食堂", "修好操场")


def test_a_long_second_phrase_is_left_out() -> None:
    long = phrase("基本", "公共", "文化", "设施", "体系")
    terms = ("养老", "服务", *long.words)
    row = np.array([[0.2, 0.2, 0.12, 0.12, 0.12, 0.12, 0.12]])
    assert label_topics(row, terms, Naming([CARE, long])) == ("养老服务·基本公共文化设施体系",)
    longer = phrase(*long.words, "规划")
    assert label_topics(row, terms, Naming([CARE, longer]))[0] in ("养老服务", longer.text)


def test_exclusivity_is_a_share() -> None:
    shares = exclusivity(ROWS)
    assert np.allclose(shares.sum(axis=0), 1)
    assert np.allclose(shares[:, 4], [2 / 7, 2 / 7, 3 / 7])


@given(st.lists(st.sampled_from(["", "贸易", "贸易（2）", "养老", "一" * 20]), max_size=9))
def test_labels_told_apart_differ(labels: list[str]) -> None:
    told = tell_apart(labels)
    assert len(set(told)) == len(told) == len(labels)
    assert all(told)


@given(st.lists(st.lists(st.floats(0, 1), min_size=6, max_size=6), min_size=1, max_size=6))
def test_labels_are_short_and_all_different(rows: list[list[float]]) -> None:
    labels = label_topics(np.array(rows), TERMS, Naming([CARE, TRADE, REFORM]))
    assert len(set(labels)) == len(rows)
    assert all(0 < len(label) <= MAX_LABEL for label in labels)
