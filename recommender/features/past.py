"""What a model remembers of its topics, for the next one: plain values, quick to load."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CountScore:
    """A number of topics with its coherence in [-1, 1], stability in [0, 1] and score in [0, 1]."""

    count: int
    coherence: float
    stability: float
    score: float


@dataclass(frozen=True, eq=False)
class Past:
    """The topics of an earlier model; the default is none.

    ids: (n_topics,). terms, components: its vocabulary, (n_topics, n_terms).
    known_as: the labels that the program gave each topic, latest first.
    last_id: the highest id ever given; no topic gets it again.
    table, chosen_on: the numbers of topics that were tried when this one was chosen, and on how many
    texts.
    """

    ids: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()
    components: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    known_as: tuple[tuple[str, ...], ...] = ()
    last_id: int = 0
    table: tuple[CountScore, ...] = ()
    chosen_on: int = 0

    def components_in(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The components in another vocabulary: (n_topics, len(terms)), 0 for terms unknown here."""
        row = {term: place for place, term in enumerate(self.terms)}
        places = np.array([row.get(term, -1) for term in terms], dtype=np.intp)
        found: NDArray[np.float64] = np.where(places >= 0, self.components[:, places], 0.0)
        return found
