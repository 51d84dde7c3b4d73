"""The topics an issue stresses, beside what the other issues of the corpus do."""

import numpy as np

from recommender.config import Settings
from recommender.emphasis.background import load_background
from recommender.model import Model
from recommender.recommend.profile import Profile
from recommender.recommend.reading import read_issue
from recommender.records import Issue
from recommender.report.build import Theme

_THEMES = 5


def issue_themes(issue: Issue, profile: Profile, model: Model, settings: Settings) -> tuple[Theme, ...]:
    """The topics an issue stresses most, beside what the other issues of the corpus do."""
    shares = read_issue(issue, (), profile, model, load_background(), settings.authority).shares
    others = model.emphasis[[key != issue.key for key in model.issues]]
    usual = others.mean(axis=0) if len(others) else np.zeros(len(shares))
    order = np.argsort(-shares, kind="stable")[:_THEMES]
    return tuple(Theme(model.labels[i], float(shares[i]), float(usual[i])) for i in order if shares[i] > 0)
