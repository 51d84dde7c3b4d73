"""An issue as training needs it: which clause says which word how often, and what no number says.

As bytes it is the length of each part and the parts one after the other: arrays without pickled
objects, and JSON.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.features.tokens import ClauseTokens, CutClause, runs_without_stopwords
from recommender.lifecycle.themes import clause_themes
from recommender.records import Issue, Level

Numbers = NDArray[np.int32]
NumbersOf = Callable[[Iterable[str]], list[int]]


@dataclass(frozen=True, slots=True)
class About:
    """Whose issue it is, and the level of each of its documents."""

    kind: str
    title: str
    institution: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The clauses of an issue, a row each; words are numbers.

    documents, arrangement: (n_clauses,), the position of each clause's document, and 1 for a clause
    that speaks of arrangements. ends: (n_clauses + 1,), where the cells of each row begin.
    words, in_heading, in_text: (n_cells,), a word of a clause and how often it stands where.
    """

    about: About
    documents: Numbers
    arrangement: Numbers
    ends: Numbers
    words: Numbers
    in_heading: Numbers
    in_text: Numbers

    @property
    def has_words(self) -> NDArray[np.bool_]:
        """Which clauses say anything: (n_clauses,)."""
        return np.diff(self.ends) > 0

    def renumbered(self, number: Numbers) -> "Counted":
        """The same with word i as ``number[i]``; the words of each clause in the order of their numbers."""
        words = number[self.words]
        order = np.lexsort((words, np.repeat(np.arange(len(self.ends) - 1), np.diff(self.ends))))
        return replace(
            self, words=words[order], in_heading=self.in_heading[order], in_text=self.in_text[order]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """What names topics. headings: of each clause with words, "" where it could name none.
    runs: words between stop words and the ends of sentences, as numbers with a 0 after each run."""

    headings: tuple[str, ...]
    runs: Numbers

    def renumbered(self, number: Numbers) -> "Wording":
        """The same with word i as ``number[i]``."""
        return replace(self, runs=number[self.runs])


def count_issue(issue: Issue, clauses: Sequence[ClauseTokens], numbers_of: NumbersOf) -> Counted:
    """An issue's useful words, counted."""
    said = [numbers_of(words) for clause in clauses for words in (clause.heading, clause.text)]
    place = np.repeat(np.arange(len(said)), [len(words) for words in said])
    cells = np.fromiter(chain.from_iterable(said), dtype=np.int64, count=len(place))
    size = int(cells.max(initial=0)) + 1
    codes, which = np.unique(place // 2 * size + cells, return_inverse=True)
    row, words = np.divmod(codes, size)
    headed, texted = (np.bincount(which[place % 2 == half], minlength=len(codes)) for half in (0, 1))
    return Counted(
        About(issue.kind, issue.title, issue.institution, tuple(one.level for one in issue.documents)),
        _numbers(clause.document for clause in clauses),
        _numbers(theme.arrangement for theme in clause_themes(issue, clauses)),
        np.searchsorted(row, np.arange(len(clauses) + 1)).astype(np.int32),
        *(part.astype(np.int32) for part in (words, headed, texted)),
    )


def wording_of(
    issue: Issue, cut: Sequence[CutClause], clauses: Sequence[ClauseTokens], numbers_of: NumbersOf
) -> Wording:
    """What of an issue may name topics."""
    themes = zip(clause_themes(issue, clauses), clauses, strict=True)
    runs = (numbers_of((*run, "")) for run in runs_without_stopwords(cut))
    return Wording(
        tuple(theme.heading for theme, clause in themes if clause.all), _numbers(chain.from_iterable(runs))
    )


def counts_matrix(issues: Sequence[Counted], n_words: int, heading_weight: float = 1.0) -> sp.csr_matrix:
    """How often each clause says each word, headings weighted: (n_clauses, n_words)."""
    data = np.concatenate([heading_weight * one.in_heading + one.in_text for one in issues])
    words = np.concatenate([one.words for one in issues])
    sizes = np.concatenate([np.diff(one.ends) for one in issues])
    return sp.csr_matrix((data, words, np.concatenate(([0], np.cumsum(sizes)))), shape=(len(sizes), n_words))


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int32)


# -- as bytes -------------------------------------------------------------------------------------


def pack(counted: Counted) -> bytes:
    """A Counted as bytes."""
    arrays = (counted.documents, counted.arrangement, counted.ends)
    return _packed(asdict(counted.about), (*arrays, counted.words, counted.in_heading, counted.in_text))


def unpack(data: bytes) -> Counted:
    """What ``pack`` wrote."""
    about, arrays = _unpacked(data)
    levels = tuple(about["levels"])
    return Counted(About(about["kind"], about["title"], about["institution"], levels), *arrays)


def pack_wording(wording: Wording) -> bytes:
    """A Wording as bytes."""
    return _packed(wording.headings, (wording.runs,))


def unpack_wording(data: bytes) -> Wording:
    """What ``pack_wording`` wrote."""
    headings, (runs,) = _unpacked(data)
    return Wording(tuple(headings), runs)


def _packed(facts: object, arrays: Sequence[Numbers]) -> bytes:
    said = json.dumps(facts, ensure_ascii=False).encode()
    head = np.array([len(arrays), len(said), *map(len, arrays)], dtype="<i4")
    return b"".join((head.tobytes(), *(array.astype("<i4").tobytes() for array in arrays), said))


def _unpacked(data: bytes) -> tuple[Any, list[Numbers]]:
    count, said = np.frombuffer(data, dtype="<i4", count=2).tolist()
    sizes = np.frombuffer(data, dtype="<i4", count=count, offset=8)
    numbers = np.frombuffer(data[: len(data) - said], dtype="<i4", offset=8 + 4 * count)
    return json.loads(data[len(data) - said :]), np.split(numbers, np.cumsum(sizes)[:-1])
