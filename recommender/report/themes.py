"""The topics an issue stresses, beside what the other issues of the corpus do."""

import numpy as np

from recommender.recommend.reading import Reading
from recommender.report.build import Theme

_THEMES = 5


def issue_themes(reading: Reading) -> tuple[Theme, ...]:
    """The topics an issue stresses most, beside what the other issues of the corpus do."""
    shares, model = reading.shares, reading.model
    others = model.emphasis[[key != reading.issue.key for key in model.issues]]
    usual = others.mean(axis=0) if len(others) else np.zeros(len(shares))
    order = np.argsort(-shares, kind="stable")[:_THEMES]
    return tuple(Theme(model.labels[i], float(shares[i]), float(usual[i])) for i in order if shares[i] > 0)
