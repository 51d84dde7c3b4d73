"""The editors' decisions as labels: of all editors of an issue, one vote a direction."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from recommender.choices.listing import Decision, Lists
from recommender.fold import bare


@dataclass(frozen=True, slots=True)
class Label:
    """What the editors of an issue think of a direction.

    title: as it was suggested or first written; wordings: as those who took it would print it, most
    common first. vote: mean over the editors who judged it, taken +1, left out −1: in [−1, 1] and
    not 0. However many editors agree, it is one label. at: when it was last judged (ISO 8601).
    """

    issue: str
    title: str
    wordings: tuple[str, ...]
    vote: float
    at: str


def labels_of(lists: Lists) -> tuple[Label, ...]:
    """The labels of all lists, by issue and title. A direction on which the votes are even has none."""
    judged = judgements_of(lists)
    labels = (_label(issue, decisions) for (issue, _), decisions in sorted(judged.items()))
    return tuple(label for label in labels if label.vote)


def judgements_of(lists: Lists) -> Mapping[tuple[str, str], Mapping[str, Decision]]:
    """Every direction that was judged, by issue and bare title: what each editor decided on it."""
    found: defaultdict[tuple[str, str], dict[str, Decision]] = defaultdict(dict)
    for (issue, user), listing in sorted(lists.items()):
        for decision in listing.decisions:
            found[issue, bare(decision.title).removesuffix("研究")][user] = decision
    return dict(found)


def _label(issue: str, decisions: Mapping[str, Decision]) -> Label:
    made = list(decisions.values())
    taken = [one for one in made if one.verdict == "accepted"]
    wordings = sorted({one.wording for one in taken}, key=lambda text: (-_count(taken, text), text))
    vote = (2 * len(taken) - len(made)) / len(made)
    return Label(issue, made[0].title, tuple(wordings), vote, max(one.at for one in made))


def _count(decisions: list[Decision], wording: str) -> int:
    return sum(one.wording == wording for one in decisions)
