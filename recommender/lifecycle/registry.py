"""Model versions as folders one can read: ``models/<version>/`` and ``models/CURRENT``.

A version is built in a hidden folder beside its place, flushed to the disk and renamed, so it is
there whole or not at all; ``manifest`` says what it holds. CURRENT names the version that serves.
Nothing here executes what it reads. One process writes at a time: callers hold the workspace's lock.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recommender.disk import put_in_place, sync_folder, write_through, writing
from recommender.errors import InputError, IntegrityError, cause_of
from recommender.lifecycle.manifest import (
    MANIFEST,
    REMEDY,
    is_file_name,
    manifest_of,
    read_manifest,
    read_verified,
)

CURRENT = "CURRENT"
BUILDING = ".building-"
VERSION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{5}")
_NO_MODEL = "还没有训练过模型，或上次训练没有完成。请先运行 recommender train。"


@dataclass(frozen=True, slots=True)
class Stored:
    """A version that was read and verified. facts: as given to ``publish``, as JSON gives them back."""

    version: str
    facts: Mapping[str, Any]
    files: Mapping[str, bytes]


def version_id(trained_at: datetime, fingerprint: str) -> str:
    """Sortable name of a version: UTC second, then the first five hex digits of its inputs' hash.

    >>> version_id(datetime(2026, 2, 14, 16, 37, 20, tzinfo=UTC), "9bfad0c1")
    '20260214T163720Z-9bfad'
    """
    if trained_at.tzinfo is None:
        raise ValueError("trained_at needs a time zone; pass datetime.now(UTC)")
    version = f"{trained_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{fingerprint[:5]}"
    if not VERSION.fullmatch(version):
        raise ValueError(f"fingerprint must begin with five hex digits, not {fingerprint!r}")
    return version


# -- writing --------------------------------------------------------------------------------------


def publish(models: Path, version: str, files: Mapping[str, bytes], facts: Mapping[str, Any]) -> Path:
    """Write a version and return its folder; it serves only after ``serving.promote``.

    facts: JSON values, with the inputs' hash as ``fingerprint``. Where an intact version of the
    same fingerprint exists, nothing is written and its folder is returned, so take the version's
    name from the result. Raises UsageError when the folder cannot be written.
    """
    fingerprint = str(facts.get("fingerprint", ""))
    _check_names(version, fingerprint, files)
    known = find_by_fingerprint(models, fingerprint)
    target = models / (known or version)
    with writing(models):
        models.mkdir(parents=True, exist_ok=True)
        remove_leftovers(models)
        if known is None:
            _build(models / f"{BUILDING}{version}", target, files, manifest_of(version, files, facts))
    return target


def _check_names(version: str, fingerprint: str, files: Mapping[str, bytes]) -> None:
    if not VERSION.fullmatch(version) or not version.endswith(f"-{fingerprint[:5]}"):
        raise ValueError(f"{version!r} is not a version of {fingerprint!r}; use version_id")
    for name in files:
        if not is_file_name(name):
            raise ValueError(f"not a name for a model file: {name!r}")


def _build(aside: Path, target: Path, files: Mapping[str, bytes], manifest: bytes) -> None:
    """Write all files beside the target and rename; a version that exists is never overwritten."""
    if target.exists():
        raise IntegrityError(f"{target}：这个版本已经存在，但内容不完整。请删除这个文件夹后再试。")
    try:
        aside.mkdir()
        for name, data in files.items():
            write_through(aside / name, data)
        write_through(aside / MANIFEST, manifest)
        sync_folder(aside)
        put_in_place(aside, target)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)  # on a full disk, give the space back
        raise


def remove(models: Path, version: str) -> None:
    """Remove a version's folder; it is renamed first, so that no half of it ever passes for one."""
    with writing(models):
        aside = models / f"{BUILDING}{version}"
        shutil.rmtree(aside, ignore_errors=True)
        put_in_place(models / version, aside)
        shutil.rmtree(aside)


def leftovers(models: Path) -> tuple[Path, ...]:
    """What killed runs left half-built or half-removed."""
    return tuple(sorted(models.glob(f"{BUILDING}*")))


def remove_leftovers(models: Path) -> None:
    """Remove what killed runs left; OSError when it cannot be removed."""
    for path in leftovers(models):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


# -- reading --------------------------------------------------------------------------------------


def list_versions(models: Path) -> tuple[str, ...]:
    """Names of the versions, oldest first, intact or not; half-built folders are not among them."""
    if not models.is_dir():
        return ()
    found = (path.name for path in models.iterdir() if path.is_dir())
    return tuple(sorted(name for name in found if VERSION.fullmatch(name)))


def current_version(models: Path) -> str:
    """Name of the serving version. InputError when there is none, IntegrityError when CURRENT is damaged."""
    path = models / CURRENT
    try:
        text = path.read_bytes().decode("ascii", "replace")
    except FileNotFoundError:
        raise InputError(f"{models}：{_NO_MODEL}") from None
    except OSError as error:
        raise IntegrityError(f"{path}：读不出来（{cause_of(error)}）。{REMEDY}") from error
    version = text.removesuffix("\n").removesuffix("\r")
    if version not in list_versions(models):
        raise IntegrityError(f"{path}：所指的版本“{version[:40]}”不存在。{REMEDY}")
    return version


def find_by_fingerprint(models: Path, fingerprint: str) -> str | None:
    """The newest intact version made from the same inputs, or None."""
    for version in reversed(list_versions(models)):
        if version.endswith(f"-{fingerprint[:5]}"):
            try:
                if load(models, version).facts.get("fingerprint") == fingerprint:
                    return version
            except IntegrityError:
                continue
    return None


def load(models: Path, version: str | None = None) -> Stored:
    """Read a version, the serving one unless named, and verify every byte of it.

    Raises InputError when there is no model or none of that name, IntegrityError naming the file
    that is damaged, or when the version is of another format.
    """
    if version is None:
        return _load_serving(models)
    if version not in list_versions(models):
        known = "、".join(list_versions(models)[::-1])
        raise InputError(
            f"{models}：没有版本“{version}”。现有：{known}。" if known else f"{models}：{_NO_MODEL}"
        )
    folder = models / version
    if folder.is_symlink():
        raise IntegrityError(f"{folder}：是链接，不是模型文件夹。{REMEDY}")
    manifest = read_manifest(folder)
    files = {name: read_verified(folder / name, entry) for name, entry in manifest["files"].items()}
    return Stored(version, manifest["facts"], files)


def _load_serving(models: Path) -> Stored:
    """The serving version; should another take its place while it is read, then that one."""
    version = current_version(models)
    while True:
        try:
            return load(models, version)
        except (InputError, IntegrityError):
            later = current_version(models)
            if later == version:
                raise
            version = later
