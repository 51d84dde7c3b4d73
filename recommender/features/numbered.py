"""Cut clauses as lines of numbers, so that millions of words are read at once.

The same as ``tokens`` says word by word: which words say something, and between which phrases lie.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.features.stopwords import STOPWORDS
from recommender.features.tokens import CutClause
from recommender.records import Lexicon

Numbers = NDArray[np.int32]
NumbersOf = Callable[[Iterable[str]], list[int]]


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


def line_of(clauses: Sequence[CutClause], numbers_of: NumbersOf) -> Line:
    """The line of an issue's clauses, in their order."""
    halves = [half for one in clauses for half in (one.heading, one.text)]
    words = " \n ".join((*halves, "")).replace("\n", "").split(" ")[:-1] if halves else []
    sizes = [half.count(" ") + 2 for half in halves]  # the end of each is one more
    places = np.repeat(np.arange(len(halves)), sizes)
    return Line(np.array(numbers_of(words), dtype=np.int32), places.astype(np.int32))


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
