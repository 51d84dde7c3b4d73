"""Clauses as useful words."""

from builders import make_document, make_issue

from recommender.features.tokens import clause_tokens, word_reader
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
