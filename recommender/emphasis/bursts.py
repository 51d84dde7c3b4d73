"""Bursts: periods in which a term is stressed far above its usual rate.

Kleinberg's two-state automaton on batched counts (Bursty and Hierarchical Structure in Streams,
Data Mining and Knowledge Discovery 7, 2003, section 4). A burst is sudden: a stretch that the
automaton finds at the top of a slow rise is a trend, and no burst.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SCALING = 2.0  # a burst is at least twice the usual rate
DIFFICULTY = 1.0  # the price of entering a burst, in units of ln(number of periods)
_ONSET, _BEFORE = 2, 3  # periods whose rates are compared: of the onset, and before it


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
    # a share cannot double beyond 1, so that a common term bursts half-way to certainty
    rates = usual, min(SCALING * usual, (1 + usual) / 2)
    costs = [[_cost(hits[i], totals[i], rate) for rate in rates] for i in periods]
    states = _cheapest(costs, DIFFICULTY * math.log(max(len(periods), 2)))
    series = [hits[i] / totals[i] for i in periods]
    spans = _spans(states, costs)
    return [
        Burst(periods[first], periods[last], strength)
        for first, last, strength in spans
        if _is_sudden(series, first, last)
    ]


def _is_sudden(series: Sequence[float], first: int, last: int) -> bool:
    """Whether the onset is SCALING times the periods before it; what began before the series
    cannot be dated, and does not count."""
    onset = series[first : min(first + _ONSET, last + 1)]
    before = series[max(first - _BEFORE, 0) : first]
    return bool(before) and sum(onset) / len(onset) >= SCALING * sum(before) / len(before)


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


def _spans(states: list[int], costs: list[list[float]]) -> list[tuple[int, int, float]]:
    """First and last position of each stretch in the high state, and its gain in nats."""
    spans: list[tuple[int, int, float]] = []
    for i, state in enumerate(states):
        gain = costs[i][0] - costs[i][1]
        if state and i and states[i - 1]:
            first, _, strength = spans.pop()
            spans.append((first, i, strength + gain))
        elif state:
            spans.append((i, i, gain))
    return spans
