"""What happened to the models, run by run: ``models/history.jsonl``; ``retrain.log`` is for reading."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from recommender.disk import append_line, writing
from recommender.lifecycle.case import Check

HISTORY = "history.jsonl"
LOG = "retrain.log"
State = Literal["promoted", "refused", "unchanged", "failed", "rolled back"]
_SAID: Mapping[str, str] = {
    "promoted": "启用",
    "refused": "没有通过检验，不启用",
    "unchanged": "没有变化",
    "failed": "没有完成",
    "rolled back": "退回",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when it began, what became of it, and why.

    event: the command. version: the model it was about. serving: the one that serves after it.
    because: the reason a person gave, or the error that ended it. note: for the reader.
    """

    at: datetime
    event: Literal["retrain", "promote", "rollback"]
    state: State
    version: str = ""
    serving: str = ""
    because: str = ""
    note: str = ""
    ingested: int = 0
    failed: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    seconds: float = 0.0


def record(models: Path, run: Run) -> None:
    """Add a run to both files; UsageError when they cannot be written."""
    line = json.dumps(as_json(run), ensure_ascii=False, sort_keys=True)
    with writing(models):
        models.mkdir(parents=True, exist_ok=True)
        append_line(models / HISTORY, line.encode())
        append_line(models / LOG, sentence(run).encode())


def as_json(run: Run) -> dict[str, Any]:
    """A run as its line holds it; ``at`` in UTC."""
    return {**asdict(run), "at": run.at.astimezone(UTC).isoformat(timespec="seconds")}


def sentence(run: Run) -> str:
    """A run in a line that an office worker reads, in the zone of ``run.at``."""
    parts = [f"{run.at:%Y-%m-%d %H:%M:%S %z}　{_SAID[run.state]}"]
    parts += [run.version] if run.version else []
    parts += [f"正在使用 {run.serving}"] if run.serving and run.serving != run.version else []
    parts += [f"新读入 {run.ingested} 份"] if run.ingested else []
    parts += [f"{len(run.failed)} 份读不了，已移到 data/inbox/failed"] if run.failed else []
    parts += [f"{check.name}：{check.text}" for check in run.checks if not check.passed]
    parts += [text for text in (run.note, run.because) if text]
    return "；".join(parts).replace("\n", " ")


def runs(models: Path) -> tuple[dict[str, Any], ...]:
    """The runs as JSON values, oldest first; half a line that a power cut left is not among them."""
    try:
        lines = (models / HISTORY).read_bytes().decode("utf-8", "replace").split("\n")
    except FileNotFoundError:
        return ()
    return tuple(run for line in lines if (run := _parsed(line)))


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        run = json.loads(line)
        datetime.fromisoformat(run["at"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return run if {"event", "state", "version"} <= run.keys() else None


def last_done(models: Path) -> datetime | None:
    """When the last ``retrain`` that came to an end began; one that failed is to be tried again."""
    done = [run for run in runs(models) if run["event"] == "retrain" and run["state"] != "failed"]
    return datetime.fromisoformat(done[-1]["at"]) if done else None


def verdict_on(models: Path, version: str) -> str:
    """The state of the last run about a version; "" when there was none."""
    return next((str(run["state"]) for run in reversed(runs(models)) if run["version"] == version), "")
