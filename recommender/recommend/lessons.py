"""What past issues teach: for each, which of its candidates the editors picked, chose or left out."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from recommender.choices.labels import Label
from recommender.config import Settings
from recommender.model import Model
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import Judged, judge, priors, without_picks_of
from recommender.recommend.learn import Lesson, Values, learn_weights
from recommender.recommend.pool import pool
from recommender.recommend.wording import house_title
from recommender.records import Issue

Weights = dict[str, float]
IsHit = Callable[[str, str], bool]

_SHARE, _LEAST = 0.3, 0.1  # a weight is believed to lie within a third of its prior, or a little more
# What a printed pick teaches is 1: the office agreed on it and put its name to it. A direction that
# was accepted, reworded or added on the page is one editor's, chosen from a list that this program
# had put in order, which draws the choice to its head (Joachims et al. 2005): half of that. One that
# was left out says less still: 已有人做 or 上期选过 speak of the moment, not of the kind.
CHOSEN, LEFT_OUT = 0.5, 0.25


def learned_weights(
    issues: Sequence[Issue], choices: Sequence[Label], model: Model, settings: Settings, is_hit: IsHit
) -> tuple[Weights, Mapping[str, Weights]]:
    """The weights learned from all picks and choices, and for each issue with any those learned as if
    it had none: neither as a lesson, nor in what the lessons of the others know of earlier picks.

    is_hit: whether a suggestion is what a pick says.
    """
    chosen = labels_by_issue(choices)
    labelled = [issue for issue in issues if issue.picks or issue.key in chosen]
    pools = {issue.key: judge(issue, pool(issue, model.lexicon), model, settings) for issue in labelled}
    labels = {
        issue.key: _labels(issue, chosen.get(issue.key, ()), pools[issue.key], is_hit) for issue in labelled
    }
    taught = {key: Lesson(key, pools[key].values, found) for key, found in labels.items() if found.any()}
    held_out = {
        hidden.key: _named(
            [
                Lesson(key, without_picks_of(pools[key], hidden.key).values, labels[key])
                for key in taught
                if key != hidden.key
            ]
        )
        for hidden in labelled
    }
    return _named(list(taught.values())), held_out


def labels_by_issue(choices: Sequence[Label]) -> Mapping[str, Sequence[Label]]:
    """The labels of each issue that has any."""
    found: dict[str, list[Label]] = {}
    for label in choices:
        found.setdefault(label.issue, []).append(label)
    return found


def _labels(issue: Issue, choices: Sequence[Label], judged: Judged, is_hit: IsHit) -> Values:
    """What was said of each candidate: (n_candidates,), in [−1, 1]. What is printed counts alone."""
    titles = [house_title(subject.candidate.core) for subject in judged.subjects]
    return np.array([_label(title, issue, choices, is_hit) for title in titles], dtype=np.float64)


def _label(title: str, issue: Issue, choices: Sequence[Label], is_hit: IsHit) -> float:
    if any(is_hit(title, pick.title) for pick in issue.picks):
        return 1.0
    votes = [label.vote for label in choices if says(label, title, is_hit)]
    vote = float(np.mean(votes)) if votes else 0.0
    return vote * (CHOSEN if vote > 0 else LEFT_OUT)


def says(label: Label, title: str, is_hit: IsHit) -> bool:
    """Whether a label speaks of a title: in the words suggested, or in those of an editor."""
    return any(is_hit(title, house_title(wording)) for wording in (label.title, *label.wordings))


def _named(lessons: Sequence[Lesson]) -> Weights:
    stated = priors()
    prior = np.array(list(stated.values()))
    ranked = np.array([feature.ranked for feature in FEATURES.values()])
    learned = learn_weights(lessons, prior, np.where(ranked, _SHARE * prior + _LEAST, 0.0))
    return {name: round(float(weight), 4) for name, weight in zip(stated, learned, strict=True)}
