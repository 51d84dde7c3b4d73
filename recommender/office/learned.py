"""What the editors' choices show: how much of what was suggested they take, and whether they agree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recommender.choices.listing import Lists
from recommender.errors import InputError
from recommender.evaluation import uptake
from recommender.evaluation.uptake import WINDOW, KindOf, Learned
from recommender.office.desk import load_model, ranking_settings
from recommender.records import Issue
from recommender.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ground:
    """What choices are seen against: it changes with the model, the settings and the issues, not with a
    choice. issues: their keys in time order. kinds: what kind a direction of an issue is."""

    issues: tuple[str, ...]
    kinds: Callable[[str], KindOf]


def ground_of(workspace: Workspace, issues: Sequence[Issue]) -> Ground | None:
    """The ground over the issues of the corpus, in time order; None before the first training."""
    try:
        _, model = load_model(workspace)
    except InputError:
        return None
    settings, by_key = ranking_settings(workspace), {issue.key: issue for issue in issues}
    kinds = lru_cache(WINDOW)(lambda key: uptake.kinds_in(by_key[key], model, settings))
    return Ground(tuple(by_key), kinds)


def learned(lists: Lists, ground: Ground | None) -> Learned | None:
    """What the last issues with choices show, by field and topic; None without a ground."""
    return uptake.learned(lists, ground.issues, ground.kinds) if ground else None
