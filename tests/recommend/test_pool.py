"""Phrases that recur across documents join the candidates, few and late."""

from builders import make_document, make_issue

from recommender.recommend.pool import pool, recurring_phrases
from recommender.records import Lexicon

TEXTS = [
    ("改善乡村道路", "县里支持数字仓储设施落地。企业租用数字仓储设施方便。"),
    ("培养养老护理员", "学校参观数字仓储设施以后开课。老师讲数字仓储设施案例。"),
]
ISSUE = make_issue(
    "1", [make_document("关于改善道路的通知", TEXTS[:1]), make_document("关于护理的通知", TEXTS[1:])]
)


def test_a_phrase_of_two_documents_is_a_candidate_with_its_places() -> None:
    found = [candidate for candidate in pool(ISSUE, Lexicon()) if candidate.source == "phrase"]
    assert [candidate.core for candidate in found] == ["数字仓储设施"]
    assert found[0].places == ((0, 0), (1, 0))


def test_a_phrase_of_one_document_alone_is_not() -> None:
    twice = [TEXTS[0], ("修路", TEXTS[0][1])]
    alone = make_issue("1", [make_document("关于改善道路的通知", twice), make_document("关于护理的通知", [])])
    assert recurring_phrases(alone, Lexicon()) == ()


def test_headings_and_titles_come_first_and_stay() -> None:
    sources = [candidate.source for candidate in pool(ISSUE, Lexicon())]
    assert sources[-1] == "phrase"
    assert {"heading", "phrase"} <= set(sources)


def test_the_order_of_documents_does_not_matter_to_which_phrases_there_are() -> None:
    back = make_issue("1", ISSUE.documents[::-1])
    assert recurring_phrases(back, Lexicon()) == recurring_phrases(ISSUE, Lexicon())
