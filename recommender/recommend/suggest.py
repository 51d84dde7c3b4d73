"""Suggestions for an issue: candidates, ranked, worded, each with reasons and evidence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.config import Settings
from recommender.model import Model
from recommender.recommend import why
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import Judged, judge_issue, weights_for
from recommender.recommend.narrower import narrower_titles
from recommender.recommend.quoting import evidence_of
from recommender.recommend.rank import diversify
from recommender.recommend.reading import Reading, Subject
from recommender.recommend.suited import departments_for, setting_for
from recommender.recommend.wording import house_title
from recommender.records import Issue, Reason, Suggestion


def suggest(issue: Issue, model: Model, settings: Settings, count: int) -> tuple[Suggestion, ...]:
    """The first ``count`` directions for an issue; fewer when it offers fewer.

    The issue's own printed picks are never looked at, so that every list can be compared with them.
    """
    return suggestions(judge_issue(issue, model, settings), settings, count)


def suggestions(judged: Judged, settings: Settings, count: int) -> tuple[Suggestion, ...]:
    """The first ``count`` directions of a pool that was judged; a longer list begins with a shorter."""
    subjects, reading, values = judged.subjects, judged.reading, judged.values
    if not subjects:
        return ()
    weights = weights_for(reading.issue.key, reading.model, settings)
    order = in_list(judged, weights, settings.variety, count)
    shares = values * weights
    return tuple(
        _suggestion(rank, subjects[i], values[i], shares[i], reading) for rank, i in enumerate(order, start=1)
    )


def in_list(judged: Judged, weights: NDArray[np.float64], variety: float, count: int) -> list[int]:
    """The candidates of a list, best first: by weighted features, then variety (0 … 1)."""
    cores = [subject.candidate.core for subject in judged.subjects]
    scores = (judged.values * weights).sum(axis=1)
    return diversify(cores, scores, _likeness(judged.subjects), variety, count)


def _likeness(subjects: Sequence[Subject]) -> NDArray[np.float64]:
    """Cosines of meaning, and a touch for standing in the same document, within 0 … 1."""
    vectors = np.array([subject.vector for subject in subjects], dtype=np.float64)
    documents = np.array([subject.candidate.places[0][0] for subject in subjects])
    same = (documents[:, None] == documents[None, :]).astype(np.float64)
    result: NDArray[np.float64] = np.clip(0.8 * (vectors @ vectors.T) + 0.2 * same, 0, 1)
    return result


def _suggestion(
    rank: int, subject: Subject, values: NDArray[np.float64], shares: NDArray[np.float64], reading: Reading
) -> Suggestion:
    reasons = tuple(
        Reason(
            name,
            round(float(value), 4),
            round(float(share), 4),
            explain(name, float(value), subject, reading),
        )
        for name, value, share in zip(FEATURES, values, shares, strict=True)
    )
    return Suggestion(
        rank=rank,
        title=house_title(subject.candidate.core),
        score=round(sum(reason.contribution for reason in reasons), 4),
        topic=reading.model.labels[subject.topic] if subject.topic is not None else "",
        source=subject.candidate.source,
        reasons=tuple(sorted(reasons, key=lambda reason: (-reason.contribution, reason.feature))),
        evidence=evidence_of(subject.candidate, reading.issue),
        narrower=narrower_titles(subject.candidate, setting_for(subject, reading)),
        departments=departments_for(subject, reading),
        projects=subject.projects,
    )


def explain(name: str, value: float, subject: Subject, reading: Reading) -> str:
    """A reason as a sentence: what was looked at, and where the candidate stands in its issue."""
    place = _place(value) if FEATURES[name].ranked else ""
    return f"{FEATURES[name].label}：{why.SENTENCES[name](subject, reading)}{place}"


def _place(percentile: float) -> str:
    """A half is the middle, and where all stand who are alike."""
    if percentile == 0.5:
        return "，与本期同类候选相当"
    return f"，超过本期 {round(100 * percentile)}% 的同类候选"
