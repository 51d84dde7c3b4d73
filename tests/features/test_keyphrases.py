"""Keyphrases: what a text says often, in its title, among changing words, stands first."""

from dataclasses import astuple, fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.features.keyphrases import WEIGHTS, Traits, keyphrases, score_phrases, total

TITLE = "中职学校产教联合体的评价"
TEXT = (
    "产教联合体由园区牵头，学校参加。各地推进产教联合体，但成效不一。"
    "本文评价产教联合体的成效，提出RCEP背景下的建议。"
)


def traits_of(phrase: str, text: str = TEXT, title: str = TITLE) -> Traits:
    return next(found.traits for found in score_phrases(text, title) if found.text == phrase)


def names(text: str = TEXT, title: str = TITLE, count: int = 5) -> list[str]:
    return [phrase.text for phrase in keyphrases(text, title, count)]


def test_a_recurring_term_of_the_title_stands_first() -> None:
    assert names()[0] == "产教联合体"


def test_the_score_is_the_sum_of_weighted_traits() -> None:
    phrase = keyphrases(TEXT, TITLE, 1)[0]
    parts = [a * b for a, b in zip(astuple(phrase.traits), astuple(WEIGHTS), strict=True)]
    assert phrase.score == pytest.approx(sum(parts))


def test_traits_are_read_off_the_text() -> None:
    whole = traits_of("产教联合体")
    assert (whole.title, whole.once, whole.nested, whole.length, whole.short) == (1, 0, 0, 1, 0)
    assert whole.before == pytest.approx(1.386, abs=1e-3)  # 。 推进 评价 学校: four different words
    assert traits_of("产教").nested == 1
    assert traits_of("园区").once == 1
    assert traits_of("园区").short == 1
    assert traits_of("成效").noun_before == 0
    assert traits_of("体系", "教学体系。园区体系。建体系。新的体系。", "").noun_before == 0.5
    assert traits_of("RCEP").length == 2


def test_a_phrase_clipped_from_a_word_is_marked() -> None:
    assert traits_of("菜价格", "棚，菜 价格，菜价格", "").clipped == 1
    assert traits_of("大棚价格", "大棚价格", "").clipped == 0


def test_rarity_matters() -> None:
    def rare(word: str) -> float:
        return 20.0 if word == "园区" else 0.0

    plain, weighed = keyphrases(TEXT, TITLE, 99), keyphrases(TEXT, TITLE, 99, rare)
    assert [p.text for p in plain].index("园区") > [p.text for p in weighed].index("园区")


def test_the_title_matters() -> None:
    assert names(title="论园区").index("园区") < 3
    assert "园区" not in names(title="")[:3]


def test_an_office_s_own_words_are_never_cut() -> None:
    found = [p.text for p in score_phrases("推进市采通办", words=("市采通办",))]
    assert "市采通办" in found
    assert not {"市采", "通办"} & set(found)


def test_no_phrase_crosses_a_function_word_or_punctuation() -> None:
    found = {p.text for p in score_phrases("学校和园区，企业的利润。国家")}
    assert found == {"学校", "园区", "企业", "利润", "国家"}


def test_latin_terms_join_each_other_and_chinese_words() -> None:
    found = {p.text for p in score_phrases("采用 Sequential Malmquist 指数与PPP模式")}
    assert {"Sequential Malmquist", "PPP模式", "PPP"} <= found


def test_nothing_to_say_is_an_empty_answer() -> None:
    assert keyphrases("") == ()
    assert keyphrases("，。2023 的") == ()


@pytest.mark.parametrize("name", [field.name for field in fields(Traits)])
def test_every_weight_counts(name: str) -> None:
    traits = replace(Traits(*[0.0] * len(fields(Traits))), **{name: 1.0})
    assert total(traits) == getattr(WEIGHTS, name)
    assert total(traits)


@given(st.lists(st.sampled_from(["产教", "融合", "的", "贸易", "，", "AI", " ", "5", "棚"]), max_size=24))
@settings(deadline=None)
def test_what_always_holds(parts: list[str]) -> None:
    text = "".join(parts)
    found = score_phrases(text)
    assert found == sorted(found, key=lambda p: (-p.score, p.text))
    assert len({p.text.lower() for p in found}) == len(found)
    for phrase in found:
        assert phrase.text in text
        assert not set(phrase.text) & set("的，")
        assert 0 <= phrase.traits.noun_before <= 1
        assert 0 <= phrase.traits.noun_after <= 1
        assert 0 <= phrase.traits.length <= 5
    assert keyphrases(text, count=2) == tuple(found[:2])
