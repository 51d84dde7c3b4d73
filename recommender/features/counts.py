"""How often each term occurs in each text: whole numbers, counted in parts anywhere and merged exactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import scipy.sparse as sp


@dataclass(frozen=True, eq=False)
class Counts:
    """terms: in code-point order. matrix: (n_texts, n_terms), int32, columns sorted in each row."""

    terms: tuple[str, ...]
    matrix: sp.csr_array

    def columns(self, terms: Sequence[str]) -> sp.csr_array:
        """The counts of these terms, in this order: (n_texts, len(terms))."""
        place = {term: column for column, term in enumerate(self.terms)}
        chosen = sp.csr_array(self.matrix[:, [place[term] for term in terms]])
        chosen.sort_indices()
        return chosen


def count_terms(token_lists: Iterable[Iterable[str]]) -> Counts:
    """The counts of some texts.

    >>> found = count_terms([["产教", "融合", "产教"], ["融合"]])
    >>> found.terms, found.matrix.toarray().tolist()
    (('产教', '融合'), [[2, 1], [0, 1]])
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    columns, ends = list[int](), [0]
    for tokens in token_lists:
        columns += map(numbers.__getitem__, tokens)
        ends.append(len(columns))
    terms = sorted(numbers)
    place = np.empty(len(terms), dtype=np.int32)
    place[[numbers[term] for term in terms]] = np.arange(len(terms))
    ones = np.ones(len(columns), dtype=np.int32)
    matrix = sp.csr_array((ones, place[columns], np.array(ends)), shape=(len(ends) - 1, len(terms)))
    matrix.sum_duplicates()
    return Counts(tuple(terms), matrix)


def merge_counts(parts: Sequence[Counts]) -> Counts:
    """The counts of all texts, in the order of the parts: those of one pass over all of them."""
    terms = sorted(set().union(*(part.terms for part in parts)))
    place = {term: column for column, term in enumerate(terms)}
    moved = [_moved(part, place) for part in parts]
    matrix = sp.vstack(moved, format="csr") if moved else sp.csr_array((0, 0), dtype=np.int32)
    return Counts(tuple(terms), sp.csr_array(matrix))


def _moved(part: Counts, place: dict[str, int]) -> sp.csr_array:
    columns = np.array([place[term] for term in part.terms], dtype=np.int32)
    old = part.matrix
    shape = (old.shape[0], len(place))
    return sp.csr_array((old.data, columns[old.indices], old.indptr), shape=shape)
