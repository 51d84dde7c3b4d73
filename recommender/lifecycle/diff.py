"""What changed from one model to another: topics, terms, settings, issues, and the latest list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.config import Settings
from recommender.features.identity import compare_topics
from recommender.model import Model, past_topics
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import priors
from recommender.recommend.suggest import suggest
from recommender.records import Issue, Suggestion

_DEPTH = 200  # how far down the lists a direction is looked for
_MOST_TERMS = 12
_TELLING = 0.005  # a change of a reason's share that is worth a word


@dataclass(frozen=True, slots=True)
class TopicChanges:
    """Labels. merged: (new, old ones in it); split: (old, new ones from it); renamed: (old, new)."""

    kept: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    merged: tuple[tuple[str, tuple[str, ...]], ...]
    split: tuple[tuple[str, tuple[str, ...]], ...]
    renamed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TermChanges:
    """How many terms came and went, and the commonest of each."""

    n_new: int
    n_gone: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A direction of the latest issue whose place in the list changed, and the reasons for it.

    before, now: ranks from 1; None where it is no candidate, or gives way to a like wording.
    causes: (feature, change of its contribution), the strongest in the direction of the move first.
    """

    title: str
    before: int | None
    now: int | None
    causes: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ModelDiff:
    """settings: (name, before, now). weights: (feature, before, now), as learned. issues_new,
    issues_gone: keys. moves: of ``issue``, where both models make a list for it; ``length`` is how
    long the office's list is."""

    topics: TopicChanges
    terms: TermChanges
    settings: tuple[tuple[str, Any, Any], ...]
    weights: tuple[tuple[str, float, float], ...]
    issues_new: tuple[str, ...]
    issues_gone: tuple[str, ...]
    issue: str
    length: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, eq=False)
class Version:
    """A model with the facts of its manifest."""

    model: Model
    facts: Mapping[str, Any]


def diff_models(old: Version, new: Version, latest: Issue | None, settings: Settings) -> ModelDiff:
    """What changed; ``latest`` is suggested for by both, with the settings of now."""
    before, now = set(old.model.issues), set(new.model.issues)
    return ModelDiff(
        topics=_topics(old.model, new.model),
        terms=_terms(old.model, new.model),
        weights=_weights(old.model, new.model),
        settings=tuple(_changed(old.facts.get("settings"), new.facts.get("settings"))),
        issues_new=tuple(key for key in new.model.issues if key not in before),
        issues_gone=tuple(key for key in old.model.issues if key not in now),
        issue=latest.key if latest else "",
        length=settings.length,
        moves=_moves(old.model, new.model, latest, settings) if latest else (),
    )


def _topics(old: Model, new: Model) -> TopicChanges:
    change = compare_topics(past_topics(old), past_topics(new))
    was, now = (dict(zip(model.topic_ids, model.labels, strict=True)) for model in (old, new))
    renamed = [(was[one], now[one]) for one in change.continued if was[one] != now[one]]
    return TopicChanges(
        kept=len(change.continued),
        new=tuple(now[one] for one in change.new),
        gone=tuple(was[one] for one in change.vanished),
        merged=tuple((now[one], tuple(was[part] for part in parts)) for one, parts in change.merged),
        split=tuple((was[one], tuple(now[part] for part in parts)) for one, parts in change.split),
        renamed=tuple(renamed),
    )


def _terms(old: Model, new: Model) -> TermChanges:
    counts = [dict(zip(model.terms, model.term_counts.tolist(), strict=True)) for model in (old, new)]
    gone, came = counts[0].keys() - counts[1].keys(), counts[1].keys() - counts[0].keys()
    return TermChanges(len(came), len(gone), _commonest(came, counts[1]), _commonest(gone, counts[0]))


def _commonest(terms: set[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(terms, key=lambda term: (-counts[term], term))[:_MOST_TERMS])


def _weights(old: Model, new: Model) -> tuple[tuple[str, float, float], ...]:
    """The learned weights that differ, the stated prior where a model learned none; largest change first."""
    stated = priors()
    pairs = [(name, old.weights.get(name, w), new.weights.get(name, w)) for name, w in stated.items()]
    changed = [one for one in pairs if abs(one[2] - one[1]) >= _TELLING]
    return tuple(sorted(changed, key=lambda one: -abs(one[2] - one[1])))


def _changed(old: Any, new: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The settings that differ, by their place: ``weights.fit``."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _changed(old.get(key), new.get(key), f"{place}.{key}" if place else key)
    elif old != new:
        yield place, old, new


def _moves(old: Model, new: Model, issue: Issue, settings: Settings) -> tuple[Move, ...]:
    """Directions that entered, left or moved within the list, in the new order, then those that left."""
    lists = [_by_title(suggest(issue, model, settings, _DEPTH)) for model in (old, new)]
    shown = [[title for title, one in found.items() if one.rank <= settings.length] for found in lists]
    titles = dict.fromkeys((*shown[1], *shown[0]))
    moves = (_move(title, lists[0].get(title), lists[1].get(title)) for title in titles)
    return tuple(move for move in moves if move.before != move.now)


def _by_title(suggestions: Sequence[Suggestion]) -> dict[str, Suggestion]:
    return {one.title: one for one in suggestions}


def _move(title: str, before: Suggestion | None, now: Suggestion | None) -> Move:
    ranks = before.rank if before else None, now.rank if now else None
    if before is None or now is None:
        return Move(title, *ranks, causes=())
    shares = [{reason.feature: reason.contribution for reason in one.reasons} for one in (before, now)]
    up = 1 if now.rank < before.rank else -1
    changes = [(name, round(shares[1].get(name, 0) - shares[0].get(name, 0), 4)) for name in FEATURES]
    telling = [(name, change) for name, change in changes if change * up >= _TELLING]
    return Move(title, *ranks, causes=tuple(sorted(telling, key=lambda one: -abs(one[1]))[:2]))
