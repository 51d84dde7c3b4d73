"""The scheduled run: take in the inbox, train, check, let the new model serve or keep the old one."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from recommender.errors import InputError, IntegrityError, RecommenderError, UsageError
from recommender.lifecycle import history
from recommender.lifecycle.case import Case, Serving
from recommender.lifecycle.floors import Floors, raised, read_floors, write_floors
from recommender.lifecycle.history import Run
from recommender.lifecycle.prune import prune
from recommender.lifecycle.registry import find_by_fingerprint
from recommender.lifecycle.schedule import Schedule, is_due
from recommender.lifecycle.serving import previous, promote, roll_back, serving_model, withdrawn_versions
from recommender.model import Model
from recommender.office.desk import read_lessons
from recommender.office.inbox import empty_inbox
from recommender.parallel import ALONE, Workers
from recommender.progress import Tell, say_nothing
from recommender.slips import with_labels
from recommender.workspace import Workspace, lock

if TYPE_CHECKING:
    from recommender.lifecycle.train import Lessons


@dataclass(frozen=True, slots=True)
class Wish:
    """How a run was asked for. wait: seconds for another run to end. if_changed: not for the inputs
    of a version that was refused. if_due: only when this schedule says so, in this zone (None: the
    computer's own). workers: who reads, learns and judges."""

    wait: float = 0.0
    if_changed: bool = False
    if_due: Schedule | None = None
    zone: tzinfo | None = None
    workers: Workers = ALONE


def retrain(workspace: Workspace, now: datetime, wish: Wish, tell: Tell = say_nothing) -> Run | None:
    """One run, recorded in the history however it ends; None when it was not due.

    A refused version is a Run with state ``refused``, no error. LockedError when another run holds
    the workspace, with nothing done; what else goes wrong is recorded and raised, and the model
    that served serves on.
    """
    with lock(workspace, wish.wait):
        if wish.if_due and not is_due(wish.if_due, history.last_done(workspace.models), now, wish.zone):
            return None
        started = time.perf_counter()
        try:
            run = _run(workspace, now, wish, tell)
        except Exception as error:
            said = str(error) if isinstance(error, RecommenderError) else f"{type(error).__name__}: {error}"
            with suppress(RecommenderError):  # where the disk takes no line either, the error itself counts
                history.record(workspace.models, Run(now, "retrain", "failed", because=said))
            raise
        run = replace(run, seconds=round(time.perf_counter() - started, 1))
        history.record(workspace.models, run)
        return run


def _run(workspace: Workspace, now: datetime, wish: Wish, tell: Tell) -> Run:
    tell("读入收件箱")
    emptied = empty_inbox(workspace, wish.workers, tell)
    try:
        lessons = read_lessons(workspace)
    except RecommenderError as error:  # it must not hide what became of the files
        raise type(error)("".join((*emptied.failed, str(error)))) from error
    serving, healed = _sound_serving(workspace)
    found = Run(now, "retrain", "unchanged", note=healed, ingested=emptied.added, failed=emptied.failed)
    reason = _nothing_new(workspace, lessons, serving, wish)
    if reason is not None:
        version = serving[0] if serving else ""
        return replace(found, version=version, serving=version, note=_joined(healed, reason))
    done = _try_new(workspace, now, lessons, serving, wish.workers, tell)
    return replace(done, note=_joined(healed, done.note), ingested=emptied.added, failed=emptied.failed)


def _sound_serving(workspace: Workspace) -> tuple[tuple[str, Model] | None, str]:
    """The serving version and model, None without; a damaged one first gives way to the last good one,
    which is then said."""
    try:
        return serving_model(workspace.models), ""
    except InputError:
        return None, ""
    except IntegrityError as error:
        damage = str(error)
    if previous(workspace.models) is None:
        return None, f"原来的模型不能用了（{damage}）"
    target = roll_back(workspace.models)
    return serving_model(workspace.models), f"原来的模型不能用了，已退回 {target}（{damage}）"


def _nothing_new(
    workspace: Workspace, lessons: "Lessons", serving: tuple[str, Model] | None, wish: Wish
) -> str | None:
    """Why there is nothing to train; None when there is."""
    from recommender.lifecycle.train import fingerprint

    known = find_by_fingerprint(workspace.models, fingerprint(lessons))
    if known is None:
        return None
    if serving and known == serving[0]:
        return "资料、设置和词表都没有变"
    if known in withdrawn_versions(workspace.models):
        return f"同样的资料训练出的 {known} 曾被退回，不会自动启用；要用它请运行 recommender models promote"
    if wish.if_changed and history.verdict_on(workspace.models, known) == "refused":
        return f"同样的资料训练出的 {known} 没有通过检验，资料没有变，不再重试"
    return None


def _try_new(
    workspace: Workspace,
    now: datetime,
    lessons: "Lessons",
    serving: tuple[str, Model] | None,
    workers: Workers,
    tell: Tell,
) -> Run:
    """Train a version, judge it, and let it serve or not; then prune."""
    from recommender.features.kept import kept_in
    from recommender.lifecycle import gate, train
    from recommender.lifecycle.scores import score_model, summary
    from recommender.lifecycle.stored import stored_model, stored_scores

    models = workspace.models
    version = train.make_version(lessons, models, now, kept_in(workspace.kept_words, workers, tell))
    model, scores = stored_model(models, version), stored_scores(models, version)
    tell("检验：与正在使用的模型比较")
    judged = with_labels(lessons.issues)
    floors = read_floors(models)
    before = score_model(judged, serving[1], lessons.settings, workers) if serving else {}
    opponent = serving and Serving(*serving, before)
    case = Case(model, scores, lessons.issues, lessons.settings, opponent, floors)
    checks = gate.judge(case, workers)
    passed = all(check.passed for check in checks)
    if passed:
        _let_serve(workspace, version, raised(floors, scores, version), floors)
    pruned, note = _pruned(workspace)
    return Run(
        now,
        "retrain",
        "promoted" if passed else "refused",
        version,
        version if passed else serving[0] if serving else "",
        note=note,
        checks=checks,
        scores=summary(scores),
        pruned=pruned,
    )


def _let_serve(workspace: Workspace, version: str, floors: Floors, before: Floors) -> None:
    """The record first: a kill between the two leaves a version that passes again the next time."""
    if floors != before:
        write_floors(workspace.models, floors)
    promote(workspace.models, version)


def _pruned(workspace: Workspace) -> tuple[tuple[str, ...], str]:
    """The versions removed, and why none could be: what was promoted stays promoted all the same."""
    try:
        return prune(workspace.models), ""
    except UsageError as error:
        return (), f"旧版本没有清理成（{error}）"


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)
