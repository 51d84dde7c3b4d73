"""The threshold from which a field fits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.recommend.reading import _quantile

COSINES = arrays(np.float32, st.integers(1, 60), elements=st.floats(-1, 1, width=32))


@given(COSINES, st.floats(0, 1))
def test_the_quantile_is_that_of_numpy(
    values: "np.ndarray[tuple[int], np.dtype[np.float32]]", share: float
) -> None:
    assert abs(_quantile(values, share) - float(np.quantile(values, share))) < 1e-6
