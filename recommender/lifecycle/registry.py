"""Model versions as folders one can read: ``models/<version>/`` and ``models/CURRENT``.

A version is built in a hidden folder beside its place, flushed to the disk and renamed, so it is
there whole or not at all. Its manifest.json holds

    format    the form of the folder; this program reads FORMAT and nothing else
    version   the name of the folder
    facts     what the trainer wrote down; ``fingerprint`` of its inputs among them
    files     name → size and SHA-256
    seal      SHA-256 of the manifest without this line

and is itself refused unless it is, byte for byte, what would be written for its content. Nothing
here executes what it reads. One process writes at a time: callers hold the workspace's lock.
"""

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recommender.errors import InputError, IntegrityError, cause_of
from recommender.workspace import writing

FORMAT = 1
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
_BUILDING = ".building-"
_VERSION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{5}")
_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_MAX_MANIFEST = 64 * 1024 * 1024
_REMEDY = "请运行 recommender train 重新训练。"
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
    if not _VERSION.fullmatch(version):
        raise ValueError(f"fingerprint must begin with five hex digits, not {fingerprint!r}")
    return version


# -- writing --------------------------------------------------------------------------------------


def publish(models: Path, version: str, files: Mapping[str, bytes], facts: Mapping[str, Any]) -> Path:
    """Write a version and return its folder; it serves only after ``promote``.

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
        _remove_leftovers(models)
        if known is None:
            _build(models / f"{_BUILDING}{version}", target, files, _manifest(version, files, facts))
    return target


def promote(models: Path, version: str) -> None:
    """Let a version serve. It is verified first: IntegrityError or InputError as in ``load``."""
    load(models, version)
    with writing(models):
        aside = models / f"{_BUILDING}{CURRENT}"
        _write_through(aside, f"{version}\n".encode())
        os.replace(aside, models / CURRENT)
        _sync_folder(models)


def _check_names(version: str, fingerprint: str, files: Mapping[str, bytes]) -> None:
    if not _VERSION.fullmatch(version) or not version.endswith(f"-{fingerprint[:5]}"):
        raise ValueError(f"{version!r} is not a version of {fingerprint!r}; use version_id")
    for name in files:
        if not _is_file_name(name):
            raise ValueError(f"not a name for a model file: {name!r}")


def _is_file_name(name: str) -> bool:
    return bool(_FILE_NAME.fullmatch(name)) and name.lower() != MANIFEST


def _build(aside: Path, target: Path, files: Mapping[str, bytes], manifest: bytes) -> None:
    """Write all files beside the target and rename; a version that exists is never overwritten."""
    if target.exists():
        raise IntegrityError(f"{target}：这个版本已经存在，但内容不完整。请删除这个文件夹后再试。")
    try:
        aside.mkdir()
        for name, data in files.items():
            _write_through(aside / name, data)
        _write_through(aside / MANIFEST, manifest)
        _sync_folder(aside)
        os.replace(aside, target)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)  # on a full disk, give the space back
        raise
    _sync_folder(target.parent)


def _remove_leftovers(models: Path) -> None:
    """Remove what a killed run left half-built."""
    for path in models.glob(f"{_BUILDING}*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Flush a folder's own entries; Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _manifest(version: str, files: Mapping[str, bytes], facts: Mapping[str, Any]) -> bytes:
    sums = {name: {"size": len(data), "sha256": _sha256(data)} for name, data in files.items()}
    return _sealed({"format": FORMAT, "version": version, "facts": dict(facts), "files": sums})


def _sealed(content: Mapping[str, Any]) -> bytes:
    """The manifest as written: sorted keys, readable, with the hash of the rest as ``seal``."""
    return _as_json({**content, "seal": _sha256(_as_json(content))})


def _as_json(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# -- reading --------------------------------------------------------------------------------------


def list_versions(models: Path) -> tuple[str, ...]:
    """Names of the versions, oldest first, intact or not; half-built folders are not among them."""
    if not models.is_dir():
        return ()
    found = (path.name for path in models.iterdir() if path.is_dir())
    return tuple(sorted(name for name in found if _VERSION.fullmatch(name)))


def current_version(models: Path) -> str:
    """Name of the serving version. InputError when there is none, IntegrityError when CURRENT is damaged."""
    path = models / CURRENT
    try:
        text = path.read_bytes().decode("ascii", "replace")
    except FileNotFoundError:
        raise InputError(f"{models}：{_NO_MODEL}") from None
    except OSError as error:
        raise IntegrityError(f"{path}：读不出来（{cause_of(error)}）。{_REMEDY}") from error
    version = text.removesuffix("\n").removesuffix("\r")
    if version not in list_versions(models):
        raise IntegrityError(f"{path}：所指的版本“{version[:40]}”不存在。{_REMEDY}")
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
        version = current_version(models)
    elif version not in list_versions(models):
        known = "、".join(list_versions(models)[::-1])
        raise InputError(
            f"{models}：没有版本“{version}”。现有：{known}。" if known else f"{models}：{_NO_MODEL}"
        )
    folder = models / version
    if folder.is_symlink():
        raise IntegrityError(f"{folder}：是链接，不是模型文件夹。{_REMEDY}")
    manifest = _read_manifest(folder)
    files = {name: _read_verified(folder / name, entry) for name, entry in manifest["files"].items()}
    return Stored(version, manifest["facts"], files)


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    data = _read_plain(path, _MAX_MANIFEST)
    try:
        manifest = json.loads(data)
        form = manifest["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise IntegrityError(f"{path}：模型的清单已损坏。{_REMEDY}") from error
    if form != FORMAT:
        age = "更新版本的程序" if isinstance(form, int) and form > FORMAT else "旧版程序"
        raise IntegrityError(f"{path}：模型由{age}写成（格式 {form}，本程序用 {FORMAT}）。{_REMEDY}")
    content = {key: value for key, value in manifest.items() if key != "seal"}
    if not _is_sealed(content, data) or not _is_shaped(content, folder.name):
        raise IntegrityError(f"{path}：模型的清单与校验值不符，可能已损坏或被改动。{_REMEDY}")
    return content


def _is_sealed(content: dict[str, Any], data: bytes) -> bool:
    try:
        return _sealed(content) == data
    except ValueError:  # NaN, or characters that cannot be written
        return False


def _is_shaped(content: dict[str, Any], version: str) -> bool:
    """Whether a manifest has the parts we write; a forged one may be sealed and still lack them."""
    facts, files = content.get("facts"), content.get("files")
    if content.get("version") != version or not isinstance(facts, dict) or not isinstance(files, dict):
        return False
    return all(
        _is_file_name(name) and isinstance(entry, dict) and isinstance(entry.get("size"), int)
        for name, entry in files.items()
    )


def _read_verified(path: Path, entry: Mapping[str, Any]) -> bytes:
    data = _read_plain(path, entry["size"])
    if len(data) != entry["size"] or _sha256(data) != entry.get("sha256"):
        raise IntegrityError(f"{path}：模型文件与校验值不符，可能已损坏或被改动。{_REMEDY}")
    return data


def _read_plain(path: Path, limit: int) -> bytes:
    """Bytes of an ordinary file of at most ``limit`` bytes; links and devices are not followed."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > limit:
            raise IntegrityError(f"{path}：不是模型写下的文件，或大小不对。{_REMEDY}")
        return path.read_bytes()
    except FileNotFoundError:
        raise IntegrityError(f"{path}：模型文件不见了。{_REMEDY}") from None
    except OSError as error:
        raise IntegrityError(f"{path}：模型文件读不出来（{cause_of(error)}）。{_REMEDY}") from error
