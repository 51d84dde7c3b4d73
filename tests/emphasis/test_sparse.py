"""Compressed rows give what SciPy's give, to the last digit."""

import numpy as np
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from recommender.emphasis.sparse import from_cells

CELLS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.floats(0.1, 9)), max_size=60)


@given(CELLS, st.integers(0, 2**32 - 1))
def test_rows_sums_and_products_are_scipys(cells: list[tuple[int, int, float]], seed: int) -> None:
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    ours = from_cells(rows, columns, values, (6, 9))
    theirs = sp.csr_matrix((np.array(values, dtype=np.float64), (rows, columns)), shape=(6, 9))
    other = np.random.default_rng(seed).random((9, 4))
    assert np.allclose(ours.toarray(), theirs.toarray(), rtol=1e-15)  # cells of one place in any order
    exact = sp.csr_matrix((ours.data, ours.columns, ours.ends), shape=(6, 9))
    assert np.array_equal(ours @ other, exact @ other)
    assert np.array_equal(ours.row(3), exact[3].toarray().ravel())
    assert np.allclose(ours.sums([0, 4, 8]), np.asarray(exact[:, [0, 4, 8]].sum(axis=1)).ravel())
    assert np.allclose(ours.summed(ours.data**2), np.asarray(exact.power(2).sum(axis=1)).ravel())


def test_nothing_is_rows_of_zeros() -> None:
    empty = from_cells([], [], [], (2, 3))
    assert empty.toarray().tolist() == [[0, 0, 0]] * 2
    assert (empty @ np.ones((3, 2))).tolist() == [[0, 0]] * 2
