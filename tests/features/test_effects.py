"""The foretold effect of a changed word list is the one it has."""

from collections import Counter

import pytest
from builders import sample_issues
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.features.effects import effect_of
from recommender.features.tokens import clause_tokens
from recommender.lexicon import WordChange, changed, check_change
from recommender.records import Issue, Lexicon

START = Lexicon(words=("跨境电商",), stopwords=("企业",), synonyms=(("银发经济", "养老服务"),))
TERMS = st.sampled_from(["服务消费", "职业教育", "数字技术", "产教融合", "跨境电商", "企业", "培训"])


def counted(issues: tuple[Issue, ...], lexicon: Lexicon) -> Counter[str]:
    """The number of clauses with each term."""
    return Counter(
        term for issue in issues for clause in clause_tokens(issue, lexicon) for term in set(clause.all)
    )


@settings(max_examples=10, deadline=None)
@given(TERMS)
def test_of_a_stop_word_all_numbers_are_foretold(word: str) -> None:
    change = WordChange("stopwords", "remove" if word in START.stopwords else "add", word)
    issues = sample_issues()[:3]
    before, after = counted(issues, START), counted(issues, changed(START, change))
    differing = {term: (before[term], after[term]) for term in before | after if before[term] != after[term]}
    effect = effect_of(change, issues, START)
    assert {one.term: (one.before, one.after) for one in effect.terms} == differing
    assert effect.recut <= effect.clauses


@settings(max_examples=10, deadline=None)
@given(TERMS)
def test_of_a_listed_term_its_own_numbers_are_foretold(word: str) -> None:
    change = WordChange("words", "remove" if word in START.words else "add", word)
    issues = sample_issues()[:3]
    before, after = counted(issues, START), counted(issues, changed(START, change))
    found = {one.term: (one.before, one.after) for one in effect_of(change, issues, START).terms}
    assert found.get(word, (before[word], before[word])) == (before[word], after[word])


@pytest.mark.parametrize("step", ["add", "remove"])
def test_synonyms_are_counted_where_they_stand_and_where_they_are_unified(step: str) -> None:
    issues = sample_issues()
    pair = ("银发经济", "养老服务")
    start = Lexicon(synonyms=(pair,) if step == "remove" else ())
    change = WordChange("synonyms", step, *pair)  # type: ignore[arg-type]
    check_change(change, start)
    before, after = counted(issues, start), counted(issues, changed(start, change))
    found = {one.term: (one.before, one.after) for one in effect_of(change, issues, start).terms}
    assert found["养老服务"] == (before["养老服务"], after["养老服务"])
    assert before["养老服务"] != after["养老服务"]


def test_nothing_stands_nowhere() -> None:
    effect = effect_of(WordChange("words", "add", "鲲鹏展翅"), sample_issues(), START)
    assert (effect.clauses, effect.issues, effect.recut, effect.examples, effect.terms) == (0, (), 0, (), ())
