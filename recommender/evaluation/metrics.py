"""Measures of a ranked list against picks. All are in [0, 1]; a hit is an exact or near match."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Ranks = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """compute: from the hit ranks of an issue's picks (None: not found) to a value."""

    label: str
    source: str
    compute: Callable[[Ranks], float]


def recall_at(ranks: Ranks, k: int) -> float:
    """Share of the picks found among the first k.

    >>> recall_at([1, 5, None], 3)
    0.3333333333333333
    """
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def reciprocal_rank(ranks: Ranks) -> float:
    """1 / rank of the first pick found; 0 when none is.

    >>> reciprocal_rank([None, 4, 2])
    0.5
    """
    found = [rank for rank in ranks if rank is not None]
    return 1 / min(found) if found else 0.0


def ndcg_at(ranks: Ranks, k: int) -> float:
    """Normalised discounted cumulative gain, binary relevance: the ideal has all picks on top.

    >>> ndcg_at([1, 2], 10)
    1.0
    """
    gain = sum(1 / math.log2(1 + rank) for rank in set(ranks) if rank is not None and rank <= k)
    ideal = sum(1 / math.log2(1 + rank) for rank in range(1, min(len(ranks), k) + 1))
    return gain / ideal


MEASURES: dict[str, Measure] = {
    "recall@3": Measure("前3位命中率", "van Rijsbergen 1979", lambda ranks: recall_at(ranks, 3)),
    "recall@10": Measure("前10位命中率", "van Rijsbergen 1979", lambda ranks: recall_at(ranks, 10)),
    "mrr": Measure("首个命中倒数排名", "Voorhees 1999", reciprocal_rank),
    "ndcg@10": Measure("nDCG@10", "Järvelin & Kekäläinen 2002", lambda ranks: ndcg_at(ranks, 10)),
}


def summarise(issues: Sequence[Ranks]) -> dict[str, float]:
    """Every measure, as the mean over issues; {} when there is no issue."""
    if not issues:
        return {}
    return {
        name: round(sum(measure.compute(ranks) for ranks in issues) / len(issues), 4)
        for name, measure in MEASURES.items()
    }
