"""What an issue stresses beyond its past: weighted log-odds with an informative Dirichlet prior.

Monroe, Colaresi, Quinn: Fightin' Words, Political Analysis 16 (2008), eq. 15, 16, 22.
"""

import numpy as np
from numpy.typing import NDArray

PRIOR_SIZE = 500.0  # clauses' worth of belief in the background; an issue has 50 to 300 clauses


def distinctiveness(
    now: NDArray[np.float64],
    n_now: float,
    past: NDArray[np.float64],
    n_past: float,
    prior: NDArray[np.float64],
) -> NDArray[np.float64]:
    """z-scores (n_words,): how much more clauses of this issue use a word than those of the past.

    now, past: clauses that contain the word, out of n_now and n_past. prior: the word's rate in
    the background, in (0, 1). About normal: 2 is notable, 5 strong; negative means avoided.
    """
    belief = PRIOR_SIZE * prior
    odds_now = np.log((now + belief) / (n_now + PRIOR_SIZE - now - belief))
    odds_past = np.log((past + belief) / (n_past + PRIOR_SIZE - past - belief))
    spread = np.sqrt(1 / (now + belief) + 1 / (past + belief))
    z: NDArray[np.float64] = (odds_now - odds_past) / spread
    return z
