"""An issue as training needs it: which clause says which word how often, and what no number says.

As bytes it is the length and width of each part and the parts one after the other: JSON, and arrays
without pickled objects, in as few bytes a number as it takes.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.features.numbered import Line, Numbers, Tables, runs_in
from recommender.lifecycle.texts import Text
from recommender.records import Issue, Level


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

    def renumbered(self, number: Numbers, rank: Numbers) -> "Counted":
        """The same with word i as ``number[i]``; the words of each clause in the order of ``rank[i]``."""
        words, sizes = number[self.words], np.diff(self.ends)
        order = np.lexsort((rank[self.words], np.repeat(np.arange(len(sizes)), sizes)))
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
        """The same with word i as ``number[i]``; 0 stays."""
        return replace(self, runs=number[self.runs])


def count_issue(issue: Issue, line: Line, tables: Tables, themes: Sequence[Text]) -> Counted:
    """The useful words of an issue, counted. line, themes: of all its clauses."""
    useful = tables.useful[line.words]
    known = useful > 0
    codes, which = np.unique(
        line.places[known].astype(np.int64) // 2 * len(tables.useful) + useful[known], return_inverse=True
    )
    row, words = np.divmod(codes, len(tables.useful))
    in_text = line.places[known] % 2
    headed, texted = (np.bincount(which[in_text == half], minlength=len(codes)) for half in (0, 1))
    documents = [place for place, document in enumerate(issue.documents) for _ in document.clauses]
    return Counted(
        About(issue.kind, issue.title, issue.institution, tuple(one.level for one in issue.documents)),
        np.array(documents, dtype=np.int32),
        np.array([theme.arrangement for theme in themes], dtype=np.int32),
        *(
            part.astype(np.int32)
            for part in (np.searchsorted(row, np.arange(len(documents) + 1)), words, headed, texted)
        ),
    )


def wording_of(line: Line, counted: Counted, tables: Tables, themes: Sequence[Text]) -> Wording:
    """What of an issue may name topics."""
    said = zip(themes, counted.has_words.tolist(), strict=True)
    headings = tuple(theme.heading for theme, has_words in said if has_words)
    return Wording(headings, runs_in(line.words, tables))


def counts_matrix(issues: Sequence[Counted], n_words: int, heading_weight: float = 1.0) -> sp.csr_matrix:
    """How often each clause says each word, headings weighted: (n_clauses, n_words)."""
    data = np.concatenate([heading_weight * one.in_heading + one.in_text for one in issues])
    words = np.concatenate([one.words for one in issues])
    sizes = np.concatenate([np.diff(one.ends) for one in issues])
    return sp.csr_matrix((data, words, np.concatenate(([0], np.cumsum(sizes)))), shape=(len(sizes), n_words))


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
    narrow = [array.astype(f"<u{_bytes_for(array)}") for array in arrays]
    sizes = [*map(len, narrow), *(array.itemsize for array in narrow)]
    head = np.array([len(arrays), len(said), *sizes], dtype="<i4")
    return b"".join((head.tobytes(), said, *(array.tobytes() for array in narrow)))


def _bytes_for(array: Numbers) -> int:
    """The fewest bytes that hold each number, none of them negative: a third of the room, and of the time
    that compressing takes."""
    return np.min_scalar_type(array.max(initial=0)).itemsize


def _unpacked(data: bytes) -> tuple[Any, list[Numbers]]:
    count, said = np.frombuffer(data, dtype="<i4", count=2).tolist()
    lengths, widths = np.frombuffer(data, dtype="<i4", count=2 * count, offset=8).reshape(2, -1).tolist()
    first = 8 * (1 + count)
    starts = accumulate((a * b for a, b in zip(lengths, widths, strict=True)), initial=first + said)
    arrays = [
        np.frombuffer(data, dtype=f"<u{width}", count=length, offset=start)
        for length, width, start in zip(lengths, widths, starts, strict=False)
    ]
    return json.loads(data[first : first + said]), arrays
