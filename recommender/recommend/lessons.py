"""What past issues teach: for each, which of its candidates the editors picked."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from recommender.config import Settings
from recommender.model import Model
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import Judged, judge, priors, without_picks_of
from recommender.recommend.learn import Lesson, learn_weights
from recommender.recommend.pool import pool
from recommender.recommend.wording import house_title
from recommender.records import Issue

Weights = dict[str, float]
IsHit = Callable[[str, str], bool]

_SHARE, _LEAST = 0.3, 0.1  # a weight is believed to lie within a third of its prior, or a little more


def learned_weights(
    issues: Sequence[Issue], model: Model, settings: Settings, is_hit: IsHit
) -> tuple[Weights, Mapping[str, Weights]]:
    """The weights learned from all picks, and for each issue with picks those learned as if it had
    none: neither as a lesson, nor in what the lessons of the others know of earlier picks.

    is_hit: whether a suggestion is what a pick says.
    """
    labelled = [issue for issue in issues if issue.picks]
    pools = {issue.key: judge(issue, pool(issue, model.lexicon), model, settings) for issue in labelled}
    hits = {issue.key: _picked(issue, pools[issue.key], is_hit) for issue in labelled}
    taught = {key: Lesson(key, judged.values, hits[key]) for key, judged in pools.items() if hits[key].any()}
    held_out = {
        hidden.key: _named(
            [
                Lesson(key, without_picks_of(pools[key], hidden.key).values, hits[key])
                for key in taught
                if key != hidden.key
            ]
        )
        for hidden in labelled
    }
    return _named(list(taught.values())), held_out


def _picked(issue: Issue, judged: Judged, is_hit: IsHit) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which candidates say what a pick says."""
    titles = [house_title(subject.candidate.core) for subject in judged.subjects]
    return np.array([any(is_hit(title, pick.title) for pick in issue.picks) for title in titles], dtype=bool)


def _named(lessons: Sequence[Lesson]) -> Weights:
    stated = priors()
    prior = np.array(list(stated.values()))
    ranked = np.array([feature.ranked for feature in FEATURES.values()])
    learned = learn_weights(lessons, prior, np.where(ranked, _SHARE * prior + _LEAST, 0.0))
    return {name: round(float(weight), 4) for name, weight in zip(stated, learned, strict=True)}
