"""Model versions as the office handles them: list, show, compare, promote, roll back, verify, prune."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from recommender.errors import GateError, InputError, IntegrityError
from recommender.lifecycle import history, prune, registry, serving
from recommender.lifecycle.diff import ModelDiff, Version, diff_models
from recommender.lifecycle.floors import Floors, write_floors
from recommender.lifecycle.history import Run
from recommender.lifecycle.stored import model_of, stored_model, stored_scores
from recommender.office.desk import ranking_settings
from recommender.office.library import has_shelf, open_shelf
from recommender.workspace import Workspace, lock

State = Literal["serving", "previous", "withdrawn", "refused", "kept", "damaged"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the list. facts: of its manifest, {} for a damaged one; fault: what is wrong."""

    version: str
    state: State
    facts: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


def listing(workspace: Workspace) -> tuple[Listed, ...]:
    """Every version, newest first, each verified."""
    models = workspace.models
    return tuple(_listed(workspace, version) for version in reversed(registry.list_versions(models)))


def _listed(workspace: Workspace, version: str) -> Listed:
    models = workspace.models
    try:
        stored = registry.load(models, version)
        model_of(models, stored)
    except IntegrityError as error:
        return Listed(version, "damaged", fault=str(error))
    return Listed(version, _state(workspace, version), stored.facts)


def _state(workspace: Workspace, version: str) -> State:
    models = workspace.models
    if version == serving.serving_name(models):
        return "serving"
    if version == serving.previous(models):
        return "previous"
    if version in serving.withdrawn_versions(models):
        return "withdrawn"
    return "refused" if history.verdict_on(models, version) == "refused" else "kept"


def show(workspace: Workspace, version: str | None) -> Listed:
    """One version, the serving one unless named; IntegrityError when it is damaged."""
    version = version or registry.current_version(workspace.models)
    stored_model(workspace.models, version)
    return _listed(workspace, version)


def diff(workspace: Workspace, old: str | None, new: str | None) -> tuple[str, str, ModelDiff]:
    """(old, new, what changed), unless named from the version before the serving one to the serving one."""
    models = workspace.models
    after = new or registry.current_version(models)
    before = old or serving.previous(models)
    if before is None:
        raise InputError(f"{models}：只有一个版本，没有可以比较的。请写两个版本，或等下次训练以后再看。")
    versions = [_version(workspace, name) for name in (before, after)]
    latest = None
    if has_shelf(workspace):
        with open_shelf(workspace) as corpus:
            latest = corpus.newest()
    return before, after, diff_models(versions[0], versions[1], latest, ranking_settings(workspace))


def _version(workspace: Workspace, name: str) -> Version:
    stored = registry.load(workspace.models, name)
    return Version(model_of(workspace.models, stored), stored.facts)


def promote(workspace: Workspace, version: str, because: str, now: datetime) -> None:
    """Let a version serve, with the reason recorded. A version that the gate refused needs one
    (GateError), and the floors then start anew from its scores."""
    models = workspace.models
    with lock(workspace):
        stored_model(models, version)
        if history.verdict_on(models, version) == "refused" and not because:
            advice = "确认无误要启用，请加 --because 写明理由（会记录下来）"
            raise GateError(f"{version}：这个版本没有通过检验。{advice}。")
        if because:
            write_floors(models, Floors(stored_scores(models, version), version, because))
        serving.promote(models, version)
        history.record(models, Run(now, "promote", "promoted", version, version, because=because))


def roll_back(workspace: Workspace, now: datetime) -> tuple[str, str]:
    """Let the version before serve again; (version taken back or "", version that serves)."""
    models = workspace.models
    with lock(workspace):
        withdrawn = serving.serving_name(models) or ""
        target = serving.roll_back(models)
        history.record(models, Run(now, "rollback", "rolled back", withdrawn, target))
    return withdrawn, target


def prune_versions(workspace: Workspace, keep: int) -> tuple[str, ...]:
    """Remove what the rule gives up; the names."""
    with lock(workspace):
        return prune.prune(workspace.models, keep)
