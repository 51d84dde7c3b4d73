"""The corpus as counts: the same as reading all at once, found out once an issue, whoever cuts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from builders import CARE, TRADE, make_document, make_issue, sample_issues, three_issues
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.config import AUTHORITY, Settings
from recommender.emphasis.strength import directions_of, topic_emphasis
from recommender.features.kept import NOWHERE, Keeping, Kept, kept_in, with_kept
from recommender.features.numbered import Line, Numbering, line_of, numbering, tables_of, words_in
from recommender.features.phrases import find_phrases
from recommender.features.segment import Cut, marking_segmenter
from recommender.features.tokens import (
    clause_tokens,
    cut_issue,
    runs_without_stopwords,
    words_to_keep_whole,
)
from recommender.features.vectorise import fit_tfidf, in_terms
from recommender.lifecycle import gathered as room
from recommender.lifecycle.counted import (
    count_issue,
    counts_matrix,
    pack,
    pack_wording,
    unpack,
    unpack_wording,
    wording_of,
)
from recommender.lifecycle.gathered import (
    Gathered,
    emphasis_in,
    gather,
    method_of,
    phrases_of,
    take_in,
    texts_of,
    tfidf_of,
)
from recommender.lifecycle.texts import clause_texts
from recommender.lifecycle.train import Lessons, fit_model
from recommender.model import to_files
from recommender.parallel import ALONE, Backend, Workers
from recommender.records import Issue, Lexicon
from recommender.slips import in_time_order, slips_of

ISSUES = three_issues()
EMPTY = make_issue("9", [])
LEXICON = Lexicon(words=("产教联合体实训基地",), stopwords=("企业",), synonyms=(("老年人", "长者"),))


def taken(
    issues: Sequence[Issue], kept: Kept, lexicon: Lexicon = LEXICON, workers: Workers = ALONE
) -> Gathered:
    slips = in_time_order(slips_of(issues))
    take_in(issues, slips, lexicon, kept, Keeping(workers=workers))
    return gather(slips, kept)


# -- what it finds is what reading all at once finds -------------------------------------------------


def test_counts_give_the_tfidf_of_the_words() -> None:
    issues = in_time_order(sample_issues())
    made = with_kept(NOWHERE, "", lambda kept: tfidf_of(taken(issues, kept)))
    words = [clause.all for issue in issues for clause in clause_tokens(issue, LEXICON) if clause.all]
    plain = fit_tfidf(words)
    assert made.terms == plain.terms
    assert (made.idf == plain.idf).all()
    assert (made.matrix.toarray() == plain.matrix.toarray()).all()


def test_words_of_a_clause_come_in_the_order_of_the_terms() -> None:
    found = with_kept(NOWHERE, "", lambda kept: taken(sample_issues(), kept))
    counts = counts_matrix(found.counts, len(found.vocabulary.column))
    assert in_terms(counts, found.vocabulary).has_sorted_indices


def test_lines_of_numbers_give_the_phrases_of_the_words() -> None:
    issues = sample_issues()
    made = with_kept(NOWHERE, "", lambda kept: phrases_of(taken(issues, kept), kept))
    cuts = [cut_issue(issue, words_to_keep_whole(LEXICON)) for issue in issues]
    assert made == find_phrases(run for cut in cuts for run in runs_without_stopwords(cut))
    assert len(made) > 10


def test_emphasis_is_that_of_each_issue_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_BATCH", 3)
    issues = in_time_order((*sample_issues(), EMPTY))
    n_topics = 4

    def work(kept: Kept) -> tuple[Gathered, np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
        found = taken(issues, kept)
        topics = np.random.default_rng(0).random((n_topics, len(found.vocabulary.terms)))
        of_all = emphasis_in(slips_of(issues), kept, found.vocabulary, directions_of(topics), AUTHORITY)
        return found, of_all

    found, of_all = with_kept(NOWHERE, "", work)
    topics = np.random.default_rng(0).random((n_topics, len(found.vocabulary.terms)))
    index = {term: row for row, term in enumerate(found.vocabulary.terms)}
    for row, issue in zip(of_all, issues, strict=True):
        clauses = clause_tokens(issue, LEXICON)
        alone = topic_emphasis(issue, clauses, index, found.vocabulary.idf, directions_of(topics), AUTHORITY)
        assert (row == alone).all()


pieces = st.sampled_from(("贸易", "养老", "老年人", "企业", "推进", "的", "新", "，", "。", "A+"))
texts = st.lists(pieces, max_size=12).map("".join)


@given(st.lists(st.tuples(texts, texts), max_size=4), st.lists(st.tuples(texts, texts), max_size=2))
@settings(deadline=None)
def test_numbers_say_what_words_say(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    issue = make_issue("1", [make_document("甲", one), make_document("乙", other)])
    cut = cut_issue(issue, words_to_keep_whole(LEXICON))
    clauses = clause_tokens(issue, LEXICON)

    def work(kept: Kept) -> None:
        number = numbering()
        line = line_of(issue, marking_segmenter(words_to_keep_whole(LEXICON)), number)
        number["长者"]
        words = words_in(number)
        tables = tables_of(words, LEXICON)
        themes = tuple(clause_texts(issue))
        counted = unpack(pack(count_issue(issue, line, tables, themes)))
        for row, clause in enumerate(clauses):
            cells = slice(counted.ends[row], counted.ends[row + 1])
            names = [words[place] for place in counted.words[cells]]
            for said, counts in ((clause.heading, counted.in_heading), (clause.text, counted.in_text)):
                assert +Counter(dict(zip(names, counts[cells].tolist(), strict=True))) == Counter(said)
        assert counted.documents.tolist() == [clause.document for clause in clauses]
        assert counted.has_words.tolist() == [bool(clause.all) for clause in clauses]
        wording = unpack_wording(pack_wording(wording_of(line, counted, tables, themes)))
        runs = [number[word] for run in runs_without_stopwords(cut) for word in (*run, "")]
        assert wording.runs.tolist() == runs
        assert len(wording.headings) == counted.has_words.sum()

    with_kept(NOWHERE, "", work)


def test_headings_that_could_name_a_topic_are_kept() -> None:
    def work(kept: Kept) -> None:
        found = taken(ISSUES, kept)
        assert "推进贸易数字化" in [text.heading for text in texts_of(found, kept)]
        assert {text.heading for text in texts_of(found, None)} == {""}

    with_kept(NOWHERE, "", work)


# -- what is known is not found out again -----------------------------------------------------------


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the issues that were really cut."""
    done: list[str] = []

    def counted(issue: Issue, cut: Cut, number: Numbering) -> Line:
        done.append(issue.key)
        return line_of(issue, cut, number)

    monkeypatch.setattr(room, "line_of", counted)
    return done


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    return kept_in(tmp_path / "words.sqlite")


def learn(issues: Sequence[Issue], keeping: Keeping, lexicon: Lexicon = LEXICON) -> dict[str, bytes]:
    lessons = Lessons(issues, Settings(), lexicon)
    model = with_kept(keeping, method_of(lexicon), lambda kept: fit_model(lessons, kept=kept))
    return to_files(model)


def test_only_new_issues_are_cut_and_the_model_is_the_same(keeping: Keeping, cuts: list[str]) -> None:
    learn((ISSUES[0], EMPTY, ISSUES[2]), keeping)
    assert sorted(cuts) == ["1", "3", "9"]
    again = learn((*ISSUES, EMPTY), keeping)
    assert cuts[3:] == ["2"]
    assert again == learn((*ISSUES, EMPTY), NOWHERE)


def test_a_word_of_the_office_cuts_anew(keeping: Keeping, cuts: list[str]) -> None:
    learn(ISSUES, keeping)
    learn(ISSUES, keeping, replace(LEXICON, words=("养老护理人才",)))
    assert len(cuts) == 6


def test_another_text_is_another_issue(keeping: Keeping, cuts: list[str]) -> None:
    learn(ISSUES, keeping)
    other = make_issue("1", [make_document("甲", TRADE[:2]), make_document("乙", CARE)])
    learn((other, *ISSUES[1:]), keeping)
    assert cuts[3:] == ["1"]


def test_the_numbers_of_words_do_not_hang_on_what_came_first(keeping: Keeping) -> None:
    learn((ISSUES[2], ISSUES[1]), keeping)
    assert learn(ISSUES, keeping) == learn(ISSUES, NOWHERE)


@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=9), min_size=2, max_size=4))
@settings(deadline=None, max_examples=15)
def test_sums_of_corpora_that_grew_and_shrank_are_those_from_nothing(corpora: list[list[int]]) -> None:
    def facts(issues: Sequence[Issue], kept: Kept) -> tuple[object, ...]:
        found = taken(issues, kept)
        known = found.vocabulary
        matrix = tfidf_of(found).matrix.toarray()
        return known.terms, known.texts.tolist(), found.n_texts, found.series, found.sample, matrix.tolist()

    def work(kept: Kept) -> None:
        for corpus in corpora:
            issues = [sample_issues()[place] for place in corpus]
            assert facts(issues, kept) == with_kept(NOWHERE, "", partial(facts, issues))

    with_kept(NOWHERE, "", work)


def test_of_a_corpus_that_grew_only_what_is_new_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_TEXTS", 1)  # the sample is one issue
    read: list[str] = []

    def work(kept: Kept) -> None:
        def counts(digests: Sequence[str]) -> Iterator[bytes]:
            read.extend(digests)
            return Kept.counts(kept, digests)

        monkeypatch.setattr(kept, "counts", counts)
        first = taken(sample_issues()[:6], kept)
        assert len(read) == 6
        taken(sample_issues()[:7], kept)
        assert len(set(read[6:]) - set(first.sample)) == 1

    with_kept(NOWHERE, "", work)


@pytest.mark.parametrize("workers", [Workers(Backend.threading, 2), Workers(Backend.loky, 2)])
def test_it_is_the_same_whoever_cuts(workers: Workers) -> None:
    def work(kept: Kept) -> tuple[list[bytes], list[str]]:
        taken(ISSUES, kept, workers=workers)
        return list(kept.counts(kept.texts())), kept.words

    def plain(kept: Kept) -> tuple[list[bytes], list[str]]:
        taken(ISSUES, kept)
        return list(kept.counts(kept.texts())), kept.words

    assert with_kept(NOWHERE, "", work) == with_kept(NOWHERE, "", plain)


# -- a corpus that is too large to learn topics from all of it ----------------------------------------


@given(st.sets(st.integers(0, 7), min_size=1), st.integers(1, 60))
@settings(deadline=None, max_examples=15)
def test_topics_are_learned_from_a_bounded_choice(keys: set[int], most: int) -> None:
    chosen = [sample_issues()[key] for key in sorted(keys)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "MOST_TEXTS", most)

        def work(kept: Kept) -> None:
            found = taken(chosen, kept)
            texts = kept.texts()
            size = sum(texts[digest] for digest in found.sample)
            assert size <= most or len(found.sample) == 1
            assert tfidf_of(found).matrix.shape == (size, len(found.vocabulary.terms))
            assert len(texts_of(found, kept)) == len(texts_of(found, None)) == size
            assert found.n_texts == sum(texts.values())
            less = taken([issue for issue in chosen if slips_of([issue])[0].digest in found.sample], kept)
            assert less.sample == found.sample

        with_kept(NOWHERE, "", work)


def test_a_model_of_a_choice_covers_all_issues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_TEXTS", 60)
    model = fit_model(Lessons(sample_issues(), Settings(), Lexicon()))
    assert model.emphasis.shape == (8, len(model.labels))
    assert np.allclose(model.emphasis.sum(axis=1), 1)
    assert model.n_clauses > 60
