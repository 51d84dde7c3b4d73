"""Bursts: periods in which a term is stressed far above its usual rate.

Kleinberg's two-state automaton on batched counts (Bursty and Hierarchical Structure in Streams,
Data Mining and Knowledge Discovery 7, 2003, section 4).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SCALING = 2.0  # a burst is at least twice the usual rate
DIFFICULTY = 1.0  # the price of entering a burst, in units of ln(number of periods)


@dataclass(frozen=True, slots=True)
class Burst:
    """Periods start … end (indexes, inclusive). strength: how much better the burst explains the
    counts than the usual rate does, in nats; ≥ 0."""

    start: int
    end: int
    strength: float


def find_bursts(hits: Sequence[int], totals: Sequence[int]) -> list[Burst]:
    """Bursts of a series of hits among totals, one entry a period; periods without documents are
    gaps that neither begin nor end a burst.

    >>> find_bursts([1, 0, 1, 8, 9, 1, 0], [10] * 7)[0].start
    3
    """
    periods = [i for i, total in enumerate(totals) if total > 0]
    seen = sum(hits[i] for i in periods)
    total = sum(totals[i] for i in periods)
    if not periods or not 0 < seen < total:
        return []
    usual = seen / total
    rates = usual, min(SCALING * usual, (1 + usual) / 2)
    costs = [[_cost(hits[i], totals[i], rate) for rate in rates] for i in periods]
    states = _cheapest(costs, DIFFICULTY * math.log(max(len(periods), 2)))
    return _spans(states, costs, periods)


def _cost(hits: int, total: int, rate: float) -> float:
    """Negative log-likelihood of the hits at a rate, without the binomial coefficient."""
    return -(hits * math.log(rate) + (total - hits) * math.log(1 - rate))


def _cheapest(costs: list[list[float]], entry: float) -> list[int]:
    """The cheapest sequence of states (Viterbi); going up costs ``entry``, coming down nothing."""
    best = [costs[0][0], costs[0][1] + entry]
    came: list[tuple[int, int]] = []
    for low, high in costs[1:]:
        from_low = 0 if best[0] <= best[1] else 1
        from_high = 1 if best[1] <= best[0] + entry else 0
        came.append((from_low, from_high))
        best = [
            min(best) + low,
            min(best[1], best[0] + entry) + high,
        ]
    state = 0 if best[0] <= best[1] else 1
    states = [state]
    for step in reversed(came):
        state = step[state]
        states.append(state)
    return states[::-1]


def _spans(states: list[int], costs: list[list[float]], periods: list[int]) -> list[Burst]:
    bursts: list[Burst] = []
    for i, state in enumerate(states):
        if not state:
            continue
        gain = costs[i][0] - costs[i][1]
        if i and states[i - 1]:
            last = bursts.pop()
            bursts.append(Burst(last.start, periods[i], last.strength + gain))
        else:
            bursts.append(Burst(periods[i], periods[i], gain))
    return bursts
