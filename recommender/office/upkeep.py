"""What interrupted runs leave behind, and the state of versions and runs: checks, and safe repairs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from recommender.database import Schema, is_begun, settle
from recommender.disk import writing
from recommender.errors import IntegrityError
from recommender.lifecycle import history, registry
from recommender.lifecycle.floors import read_floors
from recommender.lifecycle.serving import serving_name
from recommender.lifecycle.stored import stored_model
from recommender.office.finding import Finding
from recommender.schemas import CHOICES, CORPUS
from recommender.workspace import Workspace, lock

_LITTLE = 500 << 20  # bytes left on the disk
_REPAIR = "请运行 recommender doctor --repair 清理，不会动到资料和模型。"


def check_remains(workspace: Workspace) -> Finding:
    """What a killed run left half-done."""
    found = [path.relative_to(workspace.home).as_posix() for path in _remains(workspace)]
    for _, schema in _unsettled(workspace):
        found.append(f"{schema.name}里有还没有并入的内容（不会丢失）")
    if found:
        return Finding("残留", "warning", f"上次运行中断留下：{'、'.join(found[:5])}", _REPAIR)
    return Finding("残留", "ok", "没有中断的运行留下的东西")


def check_versions(workspace: Workspace) -> Finding:
    """Every version but the serving one, which has a check of its own."""
    serving = serving_name(workspace.models)
    others = [one for one in registry.list_versions(workspace.models) if one != serving]
    damaged = []
    for version in others:
        try:
            stored_model(workspace.models, version)
        except IntegrityError:
            damaged.append(version)
    if damaged:
        text = f"{len(others)} 个备用版本中 {len(damaged)} 个已损坏或与本程序不符：{'、'.join(damaged[:5])}"
        remedy = f"不影响正在使用的模型。可以从 {workspace.models} 里删去这些文件夹，或用 restore 恢复备份。"
        return Finding("备用版本", "fault", text, remedy, IntegrityError.exit_code)
    return Finding("备用版本", "ok", f"{len(others)} 个，都完好")


def check_runs(workspace: Workspace) -> Finding:
    """How the last scheduled run went, and whether the floors can be read."""
    read_floors(workspace.models)
    runs = [run for run in history.runs(workspace.models) if run["event"] == "retrain"]
    if not runs:
        return Finding("定期运行", "ok", "还没有定期运行过（recommender schedule 可以给出设置办法）")
    last = runs[-1]
    said = f"最近一次 {last['at']}"
    if last["state"] == "failed":
        reason = str(last.get("because", "")).rstrip("。")
        return Finding(
            "定期运行", "warning", f"{said} 没有完成：{reason}", "请处理后运行 recommender retrain。"
        )
    if last["state"] == "refused":
        remedy = "原因见 models/retrain.log；旧模型照常使用。"
        return Finding("定期运行", "warning", f"{said} 的新模型没有通过检验", remedy)
    if last.get("failed"):
        text = f"{said} 有 {len(last['failed'])} 份文件读不了"
        return Finding("定期运行", "warning", text, f"请看 {workspace.failed} 里的说明。")
    return Finding("定期运行", "ok", f"{said}，共 {len(runs)} 次")


def check_space(workspace: Workspace) -> Finding:
    """Whether the disk has room for the next runs."""
    place = workspace.home if workspace.home.is_dir() else Path()
    free = shutil.disk_usage(place).free
    if free < _LITTLE:
        return Finding("磁盘", "warning", f"只剩 {free >> 20} MB", "请清理磁盘，否则下次训练可能写不进去。")
    return Finding("磁盘", "ok", f"还有 {free >> 30} GB" if free >> 30 else f"还有 {free >> 20} MB")


def repair(workspace: Workspace) -> tuple[str, ...]:
    """Clear what killed runs left, under the lock; a sentence for each repair. LockedError when another
    run is at work: then nothing is left over, but half-done."""
    done = []
    with lock(workspace), writing(workspace.home):
        for path in _remains(workspace):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
            done.append(f"已清除中断的运行留下的 {path.relative_to(workspace.home).as_posix()}。")
        for path, schema in _unsettled(workspace):
            settle(path, schema)
            done.append(f"已把中断的运行留下的内容并入{schema.name}。")
    return tuple(done)


def _remains(workspace: Workspace) -> tuple[Path, ...]:
    return tuple(sorted({*_asides(workspace), *registry.leftovers(workspace.models)}))


def _asides(workspace: Workspace) -> Iterator[Path]:
    """Files that were being written: ``.name.new`` beside their place, and a restore not yet verified."""
    folders = (workspace.home, workspace.models, workspace.reports, workspace.lexicon, workspace.failed)
    for folder in folders:
        yield from folder.glob(".*.new")
    if (workspace.home / ".restoring").exists():
        yield workspace.home / ".restoring"


def _unsettled(workspace: Workspace) -> tuple[tuple[Path, Schema], ...]:
    """The stores with something in SQLite's write-ahead log, which the last to close one empties."""
    stores = ((workspace.corpus, CORPUS), (workspace.choices, CHOICES))
    return tuple((path, schema) for path, schema in stores if is_begun(path) and _log_size(path))


def _log_size(path: Path) -> int:
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.is_file() else 0
