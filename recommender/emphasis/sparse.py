"""Numbers by row and column of which most are 0, kept as compressed sparse rows.

The little that suggesting needs of scipy.sparse, which alone takes longer to import than a list of
suggestions takes to make.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sparse:
    """data, columns: (n_stored,), row after row. ends: (n_rows + 1,), where each row begins, and the
    end of the last. width: the number of columns."""

    data: NDArray[Any]
    columns: NDArray[Any]
    ends: NDArray[Any]
    width: int

    @property
    def rows(self) -> Integers:
        """The row of each number: (n_stored,)."""
        return np.repeat(np.arange(len(self.ends) - 1), np.diff(self.ends))

    def row(self, number: int) -> NDArray[Any]:
        """One row with its zeros: (width,)."""
        stored = slice(self.ends[number], self.ends[number + 1])
        row = np.zeros(self.width, dtype=self.data.dtype)
        row[self.columns[stored]] = self.data[stored]
        return row

    def toarray(self) -> NDArray[Any]:
        """All of it with its zeros: (n_rows, width)."""
        full = np.zeros((len(self.ends) - 1, self.width), dtype=self.data.dtype)
        full[self.rows, self.columns] = self.data
        return full

    def sums(self, columns: Sequence[int]) -> NDArray[np.float64]:
        """Each row's sum over some columns: (n_rows,)."""
        wanted = np.zeros(self.width, dtype=np.bool_)
        wanted[list(columns)] = True
        here = wanted[self.columns]
        found = np.bincount(self.rows[here], self.data[here], minlength=len(self.ends) - 1)
        return np.asarray(found, dtype=np.float64)

    def __matmul__(self, other: NDArray[np.float64]) -> NDArray[np.float64]:
        """The product with (width, n): (n_rows, n). Each sum is taken in the order of the columns, one
        by one, so that it is SciPy's to the last digit."""
        parts = self.data[:, None] * other[self.columns]
        places = [slice(*ends) for ends in itertools.pairwise(self.ends.tolist())]
        return np.array([parts[place].sum(axis=0) for place in places]).reshape(-1, other.shape[1])

    def summed(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each row's sum of some values of what is stored: (n_stored,) → (n_rows,)."""
        result = np.zeros(len(self.ends) - 1)
        filled = np.flatnonzero(np.diff(self.ends))
        if len(filled):
            result[filled] = np.add.reduceat(values, self.ends[filled])
        return result


def from_cells(rows: ArrayLike, columns: ArrayLike, values: ArrayLike, shape: tuple[int, int]) -> Sparse:
    """From numbers with their places, in any order; those of one place are added up.

    rows, columns, values: (n_cells,). The columns of a row come in order, and its data as float64.
    """
    codes = np.asarray(rows, dtype=np.int64) * shape[1] + np.asarray(columns, dtype=np.int64)
    places, which = np.unique(codes, return_inverse=True)
    data = np.bincount(which, np.asarray(values, dtype=np.float64), minlength=len(places))
    row, column = np.divmod(places, shape[1])
    ends = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=shape[0])))).astype(np.int64)
    return Sparse(data, column, ends, shape[1])
