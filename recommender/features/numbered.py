"""Cut clauses as lines of numbers, so that millions of words are read at once.

The same as ``tokens`` says word by word: which words say something, and between which phrases lie.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from recommender.features.segment import GAP, TEXT_END, Cut
from recommender.features.stopwords import STOPWORDS
from recommender.records import Issue, Lexicon

Numbers = NDArray[np.int32]
Numbering = defaultdict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An issue's words in a line, 0 at the end of each part of a sentence, heading and text.

    places: (n_words,), twice the position of the word's clause, and one more in its text.
    """

    words: Numbers
    places: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """What each numbered word means.

    useful: (n_words,), the number of the word that counts for it, 0 where it says nothing.
    parting: (n_words,), whether no phrase goes across it: a stop word, or 0.
    """

    useful: Numbers
    parting: NDArray[np.bool_]


def numbering() -> Numbering:
    """A number for each word as it comes, from 1; 0 for the marks, −1 for the end of a text, −2 for gaps."""
    number: Numbering = defaultdict(count(1).__next__, {"": 0, "\n": 0, TEXT_END: -1, GAP: -2})
    return number


def words_in(number: Numbering) -> list[str]:
    """The words that were numbered, each at its number; "" at 0."""
    return ["", *(word for word, place in number.items() if place > 0)]


def line_of(issue: Issue, cut: Cut, number: Numbering) -> Line:
    """The line of an issue's clauses, in their order. cut: a ``marking_segmenter``."""
    clauses = (clause for document in issue.documents for clause in document.clauses)
    halves = (half.replace(TEXT_END, " ") + TEXT_END for one in clauses for half in (one.heading, one.text))
    tokens = cut("".join(halves))
    words = np.fromiter(map(number.__getitem__, tokens), dtype=np.int32, count=len(tokens))
    words = words[words != number[GAP]]
    ends = words < 0
    places: Numbers = (np.cumsum(ends) - ends).astype(np.int32)
    return Line(np.maximum(words, 0), places)


def tables_of(words: Sequence[str], lexicon: Lexicon) -> Tables:
    """The tables of the words, by number; those that words stand for must be among them."""
    stopwords = STOPWORDS | frozenset(lexicon.stopwords)
    useful = np.arange(len(words), dtype=np.int32)
    useful[[len(word) < 2 or word in stopwords for word in words]] = 0
    number = {word: place for place, word in enumerate(words)}
    meant = {number[variant]: number[word] for variant, word in lexicon.synonyms if variant in number}
    useful[list(meant)] = useful[list(meant.values())]
    parting = np.array([word in STOPWORDS for word in words])
    parting[0] = True
    return Tables(useful, parting)


def runs_in(words: Numbers, tables: Tables) -> Numbers:
    """The runs of two words or more that nothing parts, with a 0 after each."""
    apart = tables.parting[words]
    inside = ~apart
    first = inside & np.concatenate(([True], apart[:-1]))
    run = np.cumsum(first) - 1
    long = np.bincount(run[inside], minlength=int(first.sum())) > 1
    kept = inside & long[run] if len(long) else inside
    ends = np.concatenate(([False], kept[:-1])) & apart
    return np.where(kept, words, 0)[kept | ends].astype(np.int32)
