"""Clauses as useful words."""

from builders import make_document, make_issue

from recommender.features.phrases import find_phrases
from recommender.features.tokens import (
    clause_tokens,
    cut_issue,
    runs_without_stopwords,
    useful_words,
    word_reader,
    words_to_keep_whole,
)
from recommender.records import Lexicon

ISSUE = make_issue(
    "1",
    [
        make_document("甲", [("发展跨境电商", "支持企业租用海外仓"), ("", "老年人助餐")]),
        make_document("乙", []),
    ],
)


def test_each_clause_knows_where_it_stands() -> None:
    found = clause_tokens(ISSUE, Lexicon())
    assert [(clause.document, clause.clause) for clause in found] == [(0, 0), (0, 1)]
    assert found[0].heading + found[0].text == found[0].all
    assert found[1].heading == ()


def test_stop_words_and_single_characters_go() -> None:
    words = word_reader(Lexicon())("推进贸易的发展和人才培养")
    assert words == ["贸易", "发展", "人才培养"]


def test_the_offices_stop_words_go_too() -> None:
    assert "老年人" in word_reader(Lexicon())("老年人助餐")
    assert "老年人" not in word_reader(Lexicon(stopwords=("老年人",)))("老年人助餐")


def test_a_synonym_of_several_words_takes_the_preferred_form() -> None:
    read = word_reader(Lexicon(synonyms=(("产教融合联盟", "产教联合体"),)))
    assert read("组建产教融合联盟") == read("组建产教联合体")
    assert "产教联合体" in read("组建产教融合联盟")


def test_phrases_do_not_cross_marks_or_stop_words() -> None:
    clauses = [("", "茶旅研学基地。" * 4), ("", "种茶，采茶。" * 4), ("", "茶园推进研学。" * 4)]
    cut = cut_issue(make_issue("1", [make_document("甲", clauses)]), ("茶旅", "研学", "种茶", "采茶", "茶园"))
    found = find_phrases(runs_without_stopwords(cut))
    assert [phrase.text for phrase in found] == ["茶旅研学基地"]


def test_useful_words_are_the_cut_ones_less_those_that_say_nothing() -> None:
    lexicon = Lexicon(words=("海外仓",), stopwords=("企业",), synonyms=(("老年人", "长者"),))
    cut = cut_issue(ISSUE, words_to_keep_whole(lexicon))
    assert [(one.document, one.clause) for one in cut] == [(0, 0), (0, 1)]
    assert "企业" in cut[0].text.split()
    first, second = useful_words(cut, lexicon)
    assert "海外仓" in first.text
    assert "企业" not in first.text
    assert "长者" in second.text
    assert [first, second] == clause_tokens(ISSUE, lexicon)
