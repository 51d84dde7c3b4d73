"""Documents of one kind as counts by term and period."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from recommender.emphasis.history import Collection, Kind
from recommender.emphasis.sparse import Sparse, from_cells


@dataclass(frozen=True, slots=True)
class Counted:
    """One document to count: its period, how often it mentions each term, and those it stresses."""

    period: str
    mentioned: Mapping[str, int]
    stressed: frozenset[str]


def tally(name: str, label: str, counted: Iterable[Counted], index: Mapping[str, int]) -> Collection:
    """Count documents by period; the order of the documents does not matter."""
    listed = list(counted)
    periods = sorted({document.period for document in listed})
    column = {period: i for i, period in enumerate(periods)}
    documents = np.bincount([column[d.period] for d in listed], minlength=len(periods))
    shape = (len(index), len(periods))

    def counts(numbers_of: Callable[[Counted], Mapping[str, int]]) -> Sparse:
        cells = [
            (n, index[t], column[d.period]) for d in listed for t, n in numbers_of(d).items() if t in index
        ]
        numbers, rows, columns = zip(*cells, strict=True) if cells else ((), (), ())
        made = from_cells(rows, columns, numbers, shape)
        return replace(made, data=made.data.astype(np.int64))

    kinds: dict[Kind, Sparse] = {
        "mentions": counts(lambda document: dict.fromkeys(document.mentioned, 1)),
        "stresses": counts(lambda document: dict.fromkeys(document.stressed, 1)),
        "occurrences": counts(lambda document: document.mentioned),
    }
    return Collection(name, label, tuple(periods), documents, kinds.__getitem__)
