"""The candidates of an issue as the ranker weighs them: every feature of every one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.config import Settings
from recommender.emphasis.background import load_background
from recommender.model import Model
from recommender.recommend.features import FEATURES
from recommender.recommend.learn import Values, in_order
from recommender.recommend.pool import pool
from recommender.recommend.profile import Profile, build_profile
from recommender.recommend.rank import scale_within
from recommender.recommend.reading import Reading, Subject, habit_of, read_candidates, read_issue
from recommender.records import Candidate, Issue


@dataclass(frozen=True, eq=False)
class Judged:
    """A pool and what is known of it. raw: (n_candidates, n_features), before scaling."""

    subjects: Sequence[Subject]
    reading: Reading
    raw: Values

    @property
    def values(self) -> Values:
        """As the ranker weighs them: percentiles among candidates of the same kind."""
        kinds = ["title" if one.candidate.source == "title" else "clause" for one in self.subjects]
        return scale_within(self.raw, kinds, [feature.ranked for feature in FEATURES.values()])


def judge_issue(issue: Issue, model: Model, settings: Settings) -> Judged:
    """``judge`` with all candidates that the issue offers."""
    return judge(issue, pool(issue, model.lexicon), model, settings)


def judge(issue: Issue, candidates: Sequence[Candidate], model: Model, settings: Settings) -> Judged:
    """Read an issue and measure its candidates; its own printed picks are never looked at."""
    profile = build_profile(settings, model, issue)
    reading = read_issue(issue, candidates, profile, model, load_background(), settings.authority)
    subjects = read_candidates(candidates, reading)
    return Judged(subjects, reading, measure(subjects, reading, FEATURES))


def measure(subjects: Sequence[Subject], reading: Reading, names: Collection[str]) -> Values:
    """Raw values of the named features: (n_candidates, n_names), in the order of the names."""
    rows = [[FEATURES[name].measure(subject, reading) for name in names] for subject in subjects]
    return np.array(rows, dtype=np.float64).reshape(len(subjects), len(names))


def without_picks_of(judged: Judged, issue: str) -> Judged:
    """The same pool as it would be judged if that issue had never printed a pick."""
    profile = _without(judged.reading.profile, issue)
    reading = replace(
        judged.reading,
        profile=profile,
        habit=habit_of(profile, judged.reading.model, judged.reading.background),
    )
    raw = judged.raw.copy()
    names = [name for name, feature in FEATURES.items() if feature.from_picks]
    columns = [place for place, feature in enumerate(FEATURES.values()) if feature.from_picks]
    raw[:, columns] = measure(judged.subjects, reading, names)
    return Judged(judged.subjects, reading, raw)


def _without(profile: Profile, issue: str) -> Profile:
    return replace(profile, picks=tuple(pick for pick in profile.picks if pick.issue != issue))


def priors() -> dict[str, float]:
    """The stated weight of every feature."""
    return {name: feature.weight for name, feature in FEATURES.items()}


def weights_for(issue: str, model: Model, settings: Settings) -> NDArray[np.float64]:
    """The weights an issue is judged by: learned from the picks of all other issues, the stated
    priors where there is nothing learned, and what the office wrote in its settings before both."""
    learned = model.weights_without.get(issue, model.weights)
    return in_order({**learned, **settings.weights}, priors())
