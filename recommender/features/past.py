"""What a model remembers of its topics, for the next one: plain values, quick to load."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LARGE = 5000  # texts from which a fit from nothing would take minutes
_MUCH = 0.1  # growth after which the number of topics is chosen anew


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


@dataclass(frozen=True, eq=False)
class Earlier:
    """Topics to go on from: (n_earlier, n_terms), ≥ 0, in the vocabulary of now.

    labels: their names. settled: their number and names stay and the new ones are fitted from them,
    which takes a tenth of the time; otherwise their number is only preferred.
    """

    components: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    labels: Sequence[str] = ()
    settled: bool = False


def earlier_topics(past: Past, terms: Sequence[str], n_texts: int, count: int) -> Earlier:
    """The past topics to go on from; settled in a large corpus that grew or shrank by less than a
    tenth since their number was chosen. A small one is fitted anew, so that nothing hangs on its past.

    count: the number of topics that the office wishes, 0 for none.
    """
    if not past.ids:
        return Earlier()
    alike = abs(n_texts - past.chosen_on) < _MUCH * past.chosen_on and count in (0, len(past.ids))
    labels = [names[0] for names in past.known_as]
    return Earlier(past.components_in(terms), labels, settled=alike and n_texts >= LARGE)
