"""The workspace in one archive, and back: settings, word lists, corpus, models.

A restore takes effect at one rename: everything is extracted and verified aside, and only then called
``.restored``. Putting it in place from there can be begun again at any point, and every command does
so before anything else, so a kill leaves the old state or the new one and nothing between.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from recommender import __version__
from recommender.choices.store import open_choices
from recommender.corpus import open_corpus
from recommender.database import check, is_begun, snapshot
from recommender.disk import aside_of, put_in_place, sync_folder, write_through, writing
from recommender.errors import InputError, IntegrityError
from recommender.lifecycle import registry
from recommender.lifecycle.archive import is_member, pack, unpack
from recommender.lifecycle.floors import FLOORS
from recommender.lifecycle.history import HISTORY, LOG
from recommender.lifecycle.manifest import MANIFEST
from recommender.lifecycle.serving import SERVED, serving_model
from recommender.schemas import CHOICES, CORPUS
from recommender.workspace import Workspace, lock

_PLAN = "plan.json"
_CORPUS, _CHOICES = "data/corpus.sqlite", "data/choices.sqlite"
_STORES = {_CORPUS: CORPUS, _CHOICES: CHOICES}
# What a restore puts in place, whole; SQLite's companions leave with their database, and before it.
_PARTS = (
    "recommender.toml",
    "data/projects.csv",
    "data/lexicon",
    "data/background",
    *(f"{name}{end}" for name in _STORES for end in ("-wal", "-shm", "")),
    "models",
)
_FINISH_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Saved:
    """What an archive holds. left_out: model versions that are damaged, with the reason."""

    files: int
    issues: int
    versions: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def backup(workspace: Workspace, target: Path, now: datetime) -> Saved:
    """Write a verified archive; others may read and write the workspace meanwhile.

    Raises UsageError when it cannot be written, IntegrityError when the corpus is damaged; the file
    that was there before then stays.
    """
    copies = {name: aside_of(target.with_name(f"{target.name}.{Path(name).name}")) for name in _STORES}
    files: dict[str, Path | bytes] = _small_files(workspace)
    models, left_out = _model_files(workspace.models)
    files.update(models)
    try:
        for name in [name for name in _STORES if is_begun(workspace.home / name)]:
            with writing(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                snapshot(workspace.home / name, copies[name], _STORES[name])
            files[name] = copies[name]
        issues = _count_issues(copies[_CORPUS])
        _read_choices(copies[_CHOICES])
        if not files:
            raise InputError(
                f"{workspace.home.resolve()}：这里没有可以备份的内容。请检查 --home 写的文件夹。"
            )
        facts = {"program": __version__, "made_at": now.astimezone(UTC).isoformat(timespec="seconds")}
        pack(target, files, facts)
    finally:
        for copy in copies.values():
            copy.unlink(missing_ok=True)
    versions = {name.split("/")[1] for name in models if name.endswith(f"/{MANIFEST}")}
    return Saved(len(files), issues, tuple(sorted(versions)), left_out)


def _count_issues(path: Path) -> int:
    """The issues of a corpus, each read; 0 without one."""
    if not path.exists():
        return 0
    with open_corpus(path) as corpus:
        return len(corpus.issues())


def _read_choices(path: Path) -> None:
    """Read every choice and correction, so that a damaged one is found now."""
    if path.exists():
        with open_choices(path) as choices:
            choices.events()
            choices.corrections()


def _small_files(workspace: Workspace) -> dict[str, Path | bytes]:
    """Settings, word lists, the office's own background, the records beside the models."""
    models = workspace.models
    folders = {"lexicon": workspace.lexicon, "background": workspace.background}
    found = ((name, path) for name, folder in folders.items() for path in sorted(folder.glob("*")))
    places = {
        "recommender.toml": workspace.settings,
        "data/projects.csv": workspace.projects,
        **{f"data/{name}/{path.name}": path for name, path in found},
        **{f"models/{name}": models / name for name in (SERVED, HISTORY, LOG, FLOORS)},
    }
    return {name: path.read_bytes() for name, path in places.items() if path.is_file() and is_member(name)}


def _model_files(models: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of every version that is intact, CURRENT with the serving one, and what is left out."""
    files: dict[str, bytes] = {}
    left_out = []
    try:
        serving = registry.load(models).version
    except (InputError, IntegrityError):
        serving = ""
    for version in registry.list_versions(models):
        try:
            stored = registry.load(models, version)
            manifest = (models / version / MANIFEST).read_bytes()
        except IntegrityError as error:
            left_out.append(str(error))
            continue
        except (InputError, FileNotFoundError):
            continue  # pruned meanwhile
        files |= {f"models/{version}/{name}": data for name, data in stored.files.items()}
        files[f"models/{version}/{MANIFEST}"] = manifest
    if f"models/{serving}/{MANIFEST}" in files:
        files[f"models/{registry.CURRENT}"] = f"{serving}\n".encode()
    return files, tuple(left_out)


# -- back -----------------------------------------------------------------------------------------


def restore(workspace: Workspace, source: Path) -> Saved:
    """Put the content of an archive in the place of what is there, after verifying all of it.

    What was there goes to ``.before-restore``. Raises InputError for an archive that is none of ours,
    IntegrityError for damage, UsageError without room; then nothing was changed.
    """
    staging = workspace.home / ".restoring"
    with writing(workspace.home):
        workspace.home.mkdir(parents=True, exist_ok=True)
    with lock(workspace), writing(workspace.home):
        shutil.rmtree(staging, ignore_errors=True)
        try:
            names = unpack(source, staging)
            saved = _verified(Workspace(staging), names)
            plan = [part for part in _PARTS if (staging / part).exists()]
            write_through(staging / _PLAN, json.dumps(plan).encode())
            sync_folder(staging)
            if workspace.replaced.exists():
                shutil.rmtree(workspace.replaced)
            put_in_place(staging, workspace.restored)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        _put_in_place(workspace)
    return saved


def _verified(staged: Workspace, names: tuple[str, ...]) -> Saved:
    """Whether what was extracted is a sound workspace: IntegrityError when it is not."""
    for name in [name for name in _STORES if (staged.home / name).exists()]:
        check(staged.home / name, _STORES[name])
    issues = _count_issues(staged.corpus)
    _read_choices(staged.choices)
    versions = registry.list_versions(staged.models)
    for version in versions:
        registry.load(staged.models, version)
    if (staged.models / registry.CURRENT).exists():
        serving_model(staged.models)
    return Saved(len(names), issues, versions)


def finish_restore(workspace: Workspace) -> None:
    """Complete a restore that was killed after it had verified everything."""
    with lock(workspace, _FINISH_WAIT), writing(workspace.home):
        if workspace.restored.is_dir():
            _put_in_place(workspace)


def _put_in_place(workspace: Workspace) -> None:
    """Each part: the old one out, the new one in. Killed anywhere, it goes on from there."""
    ready, old = workspace.restored, workspace.replaced
    if not (ready / _PLAN).exists():  # killed while it was cleaned away
        shutil.rmtree(ready)
        return
    plan = json.loads((ready / _PLAN).read_bytes())
    for part in _PARTS:
        here = workspace.home / part
        if part in plan and not (ready / part).exists():
            continue  # in its place already
        if here.exists():
            _move(here, _free(old / part))
        if part in plan:
            _move(ready / part, here)
    (ready / _PLAN).unlink()
    shutil.rmtree(ready)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(path, target)
    sync_folder(target.parent)
    sync_folder(path.parent)


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name} ({number})")
    return free
