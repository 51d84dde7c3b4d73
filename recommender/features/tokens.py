"""The clauses of issues as lists of words."""

from collections.abc import Callable
from dataclasses import dataclass

from recommender.features.segment import segmenter
from recommender.features.stopwords import STOPWORDS, useful_tokens
from recommender.records import Issue, Lexicon


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


def word_reader(lexicon: Lexicon) -> Callable[[str], list[str]]:
    """A function from a text to its useful words: no stop word, synonyms in their preferred form."""
    preferred = dict(lexicon.synonyms)
    cut = segmenter(tuple(dict.fromkeys((*lexicon.words, *preferred, *preferred.values()))))
    stopwords = STOPWORDS | frozenset(lexicon.stopwords)

    def words(text: str) -> list[str]:
        return useful_tokens((preferred.get(token, token) for token in cut(text)), stopwords)

    return words


def clause_tokens(issue: Issue, lexicon: Lexicon) -> list[ClauseTokens]:
    """Every clause of an issue as useful words."""
    words = word_reader(lexicon)
    return [
        ClauseTokens(d, c, tuple(words(clause.heading)), tuple(words(clause.text)))
        for d, document in enumerate(issue.documents)
        for c, clause in enumerate(document.clauses)
    ]
