"""Which topics of a new model continue those of an earlier one.

New and old topics are matched one to one by linear assignment on the cosine of their term vectors
over both vocabularies. A pair of at least ``SAME`` is one topic, which keeps its id.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from recommender.features.coherence import cosines
from recommender.features.past import Past

# Topics of unlike themes stay below 0.3; the halves of a topic that splits evenly have 0.7 each.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Continuity:
    """What became of the topics, in ids.

    ids: of the new topics, in their order. continued: ids in both.
    split: (old id, ids of the new topics it fell into); merged: (new id, ids of the old ones in it).
    new: of no split, vanished: into no merger.
    """

    ids: tuple[int, ...]
    continued: tuple[int, ...]
    new: tuple[int, ...]
    split: tuple[tuple[int, tuple[int, ...]], ...]
    merged: tuple[tuple[int, tuple[int, ...]], ...]
    vanished: tuple[int, ...]


def continue_topics(past: Past, terms: Sequence[str], components: NDArray[np.float64]) -> Continuity:
    """Ids for new topics, given in their order, and what became of the past ones."""
    likeness = likenesses(past, terms, components)
    pairs = _pairs(likeness)
    fresh = iter(range(max((past.last_id, *past.ids)) + 1, 10**9))
    ids = tuple(past.ids[pairs[row]] if row in pairs else next(fresh) for row in range(len(components)))
    return _compare(ids, past.ids, likeness)


def compare_topics(past: Past, later: Past) -> Continuity:
    """What became of the topics between two models whose topics have ids already."""
    return _compare(later.ids, past.ids, likenesses(past, later.terms, later.components))


def likenesses(past: Past, terms: Sequence[str], components: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine of each new topic with each past one, over both vocabularies: (n_new, n_past), in [0, 1]."""
    known = {term: column for column, term in enumerate(past.terms)}
    shared = [(known[term], column) for column, term in enumerate(terms) if term in known]
    if not shared or not len(components):
        return np.zeros((len(components), len(past.ids)))
    old, new = (np.array(columns) for columns in zip(*shared, strict=True))
    aligned = np.zeros((len(past.ids), len(terms)))
    aligned[:, new] = past.components[:, old]
    norms = np.linalg.norm(past.components, axis=1)
    kept = np.divide(np.linalg.norm(aligned, axis=1), norms, out=np.zeros_like(norms), where=norms > 0)
    likeness: NDArray[np.float64] = np.clip(cosines(components, aligned) * kept, 0, 1)
    return likeness


def _pairs(likeness: NDArray[np.float64]) -> dict[int, int]:
    """New row → past row of the same topic."""
    rows, columns = linear_sum_assignment(-likeness)
    found = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in found if likeness[row, column] >= SAME}


def _compare(ids: tuple[int, ...], old: tuple[int, ...], likeness: NDArray[np.float64]) -> Continuity:
    split = _gathered(likeness, ids, old)
    merged = _gathered(likeness.T, old, ids)
    parts = {part for _, parts in split for part in parts}
    absorbed = {part for _, parts in merged for part in parts}
    return Continuity(
        ids=ids,
        continued=tuple(sorted(set(ids) & set(old))),
        new=tuple(sorted(set(ids) - set(old) - parts)),
        split=split,
        merged=merged,
        vanished=tuple(sorted(set(old) - set(ids) - absorbed)),
    )


def _gathered(
    likeness: NDArray[np.float64], ids: tuple[int, ...], onto: tuple[int, ...]
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """(id, ids of the rows nearest to it) where two rows or more are ``SAME`` as one column."""
    found: dict[int, list[int]] = {}
    for row, values in enumerate(likeness):
        if len(values) and values.max() >= SAME:
            found.setdefault(onto[int(values.argmax())], []).append(ids[row])
    return tuple((one, tuple(sorted(found[one]))) for one in sorted(found) if len(found[one]) > 1)
