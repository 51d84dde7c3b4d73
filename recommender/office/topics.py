"""The topics of the serving model: their histories, how their number was chosen, what became of them."""

from collections.abc import Sequence

import numpy as np

from recommender.emphasis.series import Point, Series, Unit, all_periods, describe, period_of
from recommender.lifecycle import registry
from recommender.model import Model
from recommender.office.desk import load_model
from recommender.office.library import stored_issues
from recommender.office.trends import OWN_LABEL, usual_unit
from recommender.report.topics import NumberedTopic, TopicHistories
from recommender.workspace import Workspace

_WORDS = 6


def topic_histories(workspace: Workspace, unit: Unit | None = None) -> TopicHistories:
    """Every topic of the serving model over the issues it learned from.

    A period's share is the mean emphasis of its issues on the topic; an issue "mentions" a topic
    it gives more than an even share.
    """
    version, model = load_model(workspace)
    facts = registry.load(workspace.models, version).facts
    issues = {issue.key: issue for issue in stored_issues(workspace)}
    known = [key for key in model.issues if key in issues]
    by = unit or usual_unit([issues[key] for key in known])
    placed = [(key if by == "issue" else period_of(issues[key].date, by), key) for key in known]
    rows = {key: row for row, key in enumerate(model.issues)}
    pairs = [(period, rows[key]) for period, key in placed if period]
    periods = all_periods([period for period, _ in pairs], by)
    topics = (
        NumberedTopic(number, strongest_words(model, row), _series(model, row, pairs, periods))
        for row, number in enumerate(model.topic_ids)
    )
    changes = facts.get("topic_changes", {}) if "follows" in facts else {}
    return TopicHistories(tuple(topics), model.topic_table, changes)


def strongest_words(model: Model, row: int, count: int = _WORDS) -> tuple[str, ...]:
    """The strongest words of a topic, strongest first."""
    order = np.argsort(-model.components[row], kind="stable")[:count]
    return tuple(model.terms[place] for place in order)


def _series(model: Model, row: int, pairs: Sequence[tuple[str, int]], periods: Sequence[str]) -> Series:
    points = []
    for period in periods:
        shares = [float(model.emphasis[issue, row]) for name, issue in pairs if name == period]
        mean = sum(shares) / len(shares) if shares else None
        points.append(Point(period, mean, sum(s > 1 / len(model.labels) for s in shares), len(shares)))
    return describe(model.labels[row], OWN_LABEL, points)
