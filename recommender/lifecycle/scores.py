"""How a model did on each issue that has picks: what the gate compares and a version keeps."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommender.config import Settings
from recommender.evaluation.backtest import hit_ranks_of, match_issues
from recommender.evaluation.metrics import MEASURES, summarise
from recommender.model import Model
from recommender.parallel import ALONE, Workers
from recommender.records import Issue

SCORES = "scores.json"


@dataclass(frozen=True, slots=True)
class IssueScore:
    """picks: as judged. ranks: where each was hit by suggestions made without it; None: nowhere."""

    picks: tuple[str, ...]
    ranks: tuple[int | None, ...]

    def value(self, measure: str) -> float:
        """A measure of MEASURES on this issue, in [0, 1]."""
        return MEASURES[measure].compute(self.ranks)


Scores = Mapping[str, IssueScore]  # by the issue's key


def score_model(
    issues: Sequence[Issue], model: Model, settings: Settings, workers: Workers = ALONE
) -> dict[str, IssueScore]:
    """Judge a model on every issue that has picks; {} when none has."""
    judged = [issue for issue in issues if issue.picks]
    return {
        key: IssueScore(tuple(match.pick for match in matches), tuple(hit_ranks_of(matches)))
        for key, matches in match_issues(judged, model, settings, workers)
    }


def common_issues(one: Scores, other: Scores) -> list[str]:
    """Keys of the issues that both were judged on, by the same picks."""
    return sorted(key for key in one.keys() & other.keys() if one[key].picks == other[key].picks)


def summary(scores: Scores) -> dict[str, float]:
    """Every measure as the mean over the issues; {} without any."""
    return summarise([one.ranks for one in scores.values()])


def to_json(scores: Scores) -> dict[str, Any]:
    """As ``scores.json`` and the floors keep it."""
    return {key: asdict(scores[key]) for key in sorted(scores)}


def from_json(data: Any) -> dict[str, IssueScore]:
    """What ``to_json`` made; ValueError for anything else."""
    try:
        return {str(key): _score(one["picks"], one["ranks"]) for key, one in data.items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no scores: {error!r}") from error


def _score(picks: Any, ranks: Any) -> IssueScore:
    whole = all(rank is None or isinstance(rank, int) and rank > 0 for rank in ranks)
    if not ranks or len(picks) != len(ranks) or not whole or not all(isinstance(pick, str) for pick in picks):
        raise ValueError("each issue needs a rank, from 1, or null for each of its picks")
    return IssueScore(tuple(picks), tuple(ranks))


def scores_file(scores: Scores) -> bytes:
    """``scores.json`` of a version: the means, and the rank of every pick."""
    content = {"metrics": summary(scores), "issues": to_json(scores)}
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()
