"""How good a model has been: the record a new one must hold, in ``models/floors.json``.

For each judged issue the ranks of the model that holds the record. The record moves up by itself,
when a promoted model did better on the same issues; it moves down only when a person says why.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from recommender.disk import write_whole
from recommender.errors import IntegrityError, cause_of
from recommender.lifecycle.scores import IssueScore, Scores, common_issues, from_json, to_json

FLOORS = "floors.json"
GUARDED = ("recall@10", "ndcg@10")


@dataclass(frozen=True, slots=True)
class Floors:
    """scores: by issue, of the record holder. version: the last that raised them; because: why they
    were lowered, if they were."""

    scores: Mapping[str, IssueScore] = field(default_factory=dict)
    version: str = ""
    because: str = ""


def read_floors(models: Path) -> Floors:
    """The record; an empty one where none was set. IntegrityError when the file is damaged."""
    path = models / FLOORS
    try:
        data = json.loads(path.read_bytes())
        return Floors(from_json(data["issues"]), str(data["version"]), str(data["because"]))
    except FileNotFoundError:
        return Floors()
    except OSError as error:
        raise IntegrityError(f"{path}：质量底线读不出来（{cause_of(error)}）。请检查权限或磁盘。") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        remedy = "请用 recommender restore 从备份恢复；没有备份就删除这个文件，下次训练会从头记起"
        raise IntegrityError(f"{path}：质量底线的文件已损坏。{remedy}。") from error


def write_floors(models: Path, floors: Floors) -> None:
    """Keep the record; UsageError when it cannot be written."""
    content = {"version": floors.version, "because": floors.because, "issues": to_json(floors.scores)}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    write_whole(models / FLOORS, f"{text}\n".encode())


def raised(floors: Floors, scores: Scores, version: str) -> Floors:
    """The record after a version was promoted: never lower on the issues it was set on.

    Issues new to the record join it with the version's ranks; those it was set on take the
    version's only when it is at least as good on them in every guarded measure, and not equal.
    """
    common = common_issues(floors.scores, scores)
    gains = [
        float(np.mean([scores[key].value(name) - floors.scores[key].value(name) for key in common] or [0.0]))
        for name in GUARDED
    ]
    better = min(gains) >= 0 and max(gains) > 0
    kept = {key: floors.scores[key] for key in common if not better}
    gone = {key: one for key, one in floors.scores.items() if key not in scores}
    merged = {**gone, **scores, **kept}
    if merged == dict(floors.scores):
        return floors
    return Floors(merged, version, floors.because)
