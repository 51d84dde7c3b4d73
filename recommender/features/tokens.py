"""The clauses of issues as words: first as cut, which can be kept, then those that say something."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from recommender.features.segment import GAP, marking_segmenter, segmenter
from recommender.features.stopwords import STOPWORDS, useful_tokens, without_stopwords
from recommender.records import Issue, Lexicon


@dataclass(frozen=True, slots=True)
class CutClause:
    """One clause as it was cut: words parted by spaces, among them a line break where a part of a
    sentence ends.

    document, clause: the position of its document, and its own.
    """

    document: int
    clause: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseTokens:
    """One clause: the position of its document, its own, and its words by where they stand."""

    document: int
    clause: int
    heading: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Words of heading and text."""
        return self.heading + self.text


def words_to_keep_whole(lexicon: Lexicon) -> tuple[str, ...]:
    """The office's words, its synonyms and their preferred forms: what the segmenter must not cut."""
    pairs = (word for pair in lexicon.synonyms for word in pair)
    return tuple(dict.fromkeys((*lexicon.words, *pairs)))


@lru_cache(maxsize=2)  # suggesting looks at the words of its issue twice
def cut_issue(issue: Issue, words: tuple[str, ...]) -> tuple[CutClause, ...]:
    """Every clause of an issue as words, none left out. words: ``words_to_keep_whole``."""
    cut = marking_segmenter(words)

    def line(text: str) -> str:
        return " ".join(token for token in cut(text) if token != GAP)

    return tuple(
        CutClause(d, c, line(clause.heading), line(clause.text))
        for d, document in enumerate(issue.documents)
        for c, clause in enumerate(document.clauses)
    )


def runs_without_stopwords(clauses: Iterable[CutClause]) -> Iterator[list[str]]:
    """The runs of two words or more between stop words and the ends of sentences: where phrases lie."""
    for clause in clauses:
        for part in (*clause.heading.split("\n"), *clause.text.split("\n")):
            yield from without_stopwords(part.split())


def word_reader(lexicon: Lexicon) -> Callable[[str], list[str]]:
    """A function from a text to its useful words: no stop word, synonyms in their preferred form."""
    cut, useful = segmenter(words_to_keep_whole(lexicon)), _useful(lexicon)
    return lambda text: useful(cut(text))


def useful_words(clauses: Iterable[CutClause], lexicon: Lexicon) -> Iterator[ClauseTokens]:
    """Cut clauses as their useful words."""
    useful = _useful(lexicon)
    for one in clauses:
        # interned, or each occurrence of a word in a large corpus would be a string of its own
        heading, text = (tuple(map(intern, useful(said.split()))) for said in (one.heading, one.text))
        yield ClauseTokens(one.document, one.clause, heading, text)


def clause_tokens(issue: Issue, lexicon: Lexicon) -> list[ClauseTokens]:
    """Every clause of an issue as useful words."""
    return list(useful_words(cut_issue(issue, words_to_keep_whole(lexicon)), lexicon))


def _useful(lexicon: Lexicon) -> Callable[[Iterable[str]], list[str]]:
    preferred = dict(lexicon.synonyms)
    stopwords = STOPWORDS | frozenset(lexicon.stopwords)
    return lambda tokens: useful_tokens((preferred.get(token, token) for token in tokens), stopwords)
