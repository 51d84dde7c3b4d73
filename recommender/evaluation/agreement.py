"""How far editors who judged the same directions, each on a list of their own, agree.

Cohen's kappa (1960) of every two editors; of more, the mean over pairs (Light 1971). Krippendorff's
alpha would take missing judgements into one figure, but its package is GPL.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recommender.choices.labels import judgements_of
from recommender.choices.listing import Lists

_SURE = 0.95


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two editors: how many directions both judged, and on how many they agree.

    interval: of the share agreed, 95 % (Wilson 1927). kappa: in [−1, 1]; None where all judgements of
    both are the same one, when chance explains all. chance: the share expected if each had judged
    as often so, but by lot.
    """

    users: tuple[str, str]
    shared: int
    agreed: int
    interval: tuple[float, float]
    kappa: float | None
    chance: float

    @property
    def share(self) -> float:
        return self.agreed / self.shared

    @property
    def beyond_chance(self) -> bool:
        """Whether even the low end of the interval lies above what chance gives."""
        return self.interval[0] > self.chance


@dataclass(frozen=True, slots=True)
class Agreement:
    """pairs: editors who judged some directions in common; kappa: the mean of theirs, None without any.
    sentences: what that says, and what so few judgements can prove."""

    pairs: tuple[PairAgreement, ...]
    kappa: float | None
    sentences: tuple[str, ...]


def agreement(lists: Lists) -> Agreement:
    """The agreement of all editors' lists, by (issue, user)."""
    judged = [{user: one.verdict for user, one in made.items()} for made in judgements_of(lists).values()]
    users = sorted({user for made in judged for user in made})
    pairs = tuple(
        _pair(pair, shared)
        for pair in itertools.combinations(users, 2)
        if (shared := [(made[pair[0]], made[pair[1]]) for made in judged if made.keys() >= {*pair}])
    )
    known = [pair.kappa for pair in pairs if pair.kappa is not None]
    kappa = round(sum(known) / len(known), 4) if known else None
    return Agreement(pairs, kappa, _sentences(pairs, len(users)))


def load_ahead() -> None:
    """Load the libraries that agreement is told by: who waits for nobody may do so before somebody asks."""
    import sklearn.metrics  # noqa: F401


def _pair(users: tuple[str, str], shared: Sequence[tuple[str, str]]) -> PairAgreement:
    """The verdicts of two editors on the directions both judged, at least one."""
    from scipy.stats import binomtest
    from sklearn.metrics import cohen_kappa_score

    agreed = sum(one == other for one, other in shared)
    ends = binomtest(agreed, len(shared)).proportion_ci(_SURE, method="wilson")
    first, second = ([pair[side] for pair in shared] for side in (0, 1))
    kappa = float(cohen_kappa_score(first, second)) if len({*first, *second}) > 1 else None
    chance = _by_chance(Counter(first), Counter(second), len(shared))
    rounded = None if kappa is None else round(kappa, 4)
    return PairAgreement(
        users, len(shared), agreed, (round(float(ends.low), 4), round(float(ends.high), 4)), rounded, chance
    )


def _by_chance(one: Mapping[str, int], other: Mapping[str, int], count: int) -> float:
    return round(sum(one[verdict] * other.get(verdict, 0) for verdict in one) / count**2, 4)


def _sentences(pairs: Sequence[PairAgreement], users: int) -> tuple[str, ...]:
    if users < 2:
        return ("还没有两位编辑各自判断过，无从看是否一致。",)
    if not pairs:
        return (f"{users} 位编辑判断的不是同样的方向，没有共同的判断，无从看是否一致。",)
    return tuple(_sentence(pair) for pair in pairs)


def _sentence(pair: PairAgreement) -> str:
    low, high = (round(100 * end) for end in pair.interval)
    counts = f"共同判断 {pair.shared} 条，一致 {pair.agreed} 条（{pair.share:.0%}，95% 区间 {low}%–{high}%）"
    said = f"{pair.users[0]}和{pair.users[1]}：{counts}"
    if pair.kappa is None:
        return f"{said}；两人的判断全是同一种，算不出 kappa，说明不了什么。"
    chance = f"碰巧也会有 {pair.chance:.0%}"
    if pair.beyond_chance:
        return f"{said}，kappa {pair.kappa:.2f}；{chance}，两人的一致不是碰巧。"
    return f"{said}，kappa {pair.kappa:.2f}；{chance}，条数太少，还不能排除是碰巧。"
