"""The manifest of a model version: what the folder must hold, sealed against damage and forgery.

    format    the form of the folder; this program reads FORMAT and nothing else
    version   the name of the folder
    facts     what the trainer wrote down; ``fingerprint`` of its inputs among them
    files     name → size and SHA-256
    seal      SHA-256 of the manifest without this line

A manifest is refused unless it is, byte for byte, what would be written for its content.
"""

import hashlib
import json
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recommender.errors import IntegrityError, cause_of

FORMAT = 1
MANIFEST = "manifest.json"
REMEDY = "请运行 recommender train 重新训练。"
_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_MAX_MANIFEST = 64 * 1024 * 1024


def is_file_name(name: str) -> bool:
    """Whether a file of a version may be called so: within its folder, and not as the manifest."""
    return bool(_FILE_NAME.fullmatch(name)) and name.lower() != MANIFEST


def manifest_of(version: str, files: Mapping[str, bytes], facts: Mapping[str, Any]) -> bytes:
    """The manifest as it is written. Raises ValueError for facts that are not JSON."""
    sums = {name: {"size": len(data), "sha256": sha256(data)} for name, data in files.items()}
    return sealed({"format": FORMAT, "version": version, "facts": dict(facts), "files": sums})


def sealed(content: Mapping[str, Any]) -> bytes:
    """Sorted keys, readable, with the hash of the rest as ``seal``."""
    return _as_json({**content, "seal": sha256(_as_json(content))})


def _as_json(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def sha256(data: bytes) -> str:
    """The hash as the manifest writes it, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The content of a version's manifest, without the seal; IntegrityError says what is wrong with it."""
    path = folder / MANIFEST
    data = _read_plain(path, _MAX_MANIFEST)
    try:
        manifest = json.loads(data)
        form = manifest["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise IntegrityError(f"{path}：模型的清单已损坏。{REMEDY}") from error
    if form != FORMAT:
        age = "更新版本的程序" if isinstance(form, int) and form > FORMAT else "旧版程序"
        raise IntegrityError(f"{path}：模型由{age}写成（格式 {form}，本程序用 {FORMAT}）。{REMEDY}")
    content = {key: value for key, value in manifest.items() if key != "seal"}
    if not _is_sealed(content, data) or not _is_shaped(content, folder.name):
        raise IntegrityError(f"{path}：模型的清单与校验值不符，可能已损坏或被改动。{REMEDY}")
    return content


def _is_sealed(content: dict[str, Any], data: bytes) -> bool:
    try:
        return sealed(content) == data
    except ValueError:  # NaN, or characters that cannot be written
        return False


def _is_shaped(content: dict[str, Any], version: str) -> bool:
    """Whether a manifest has the parts we write; a forged one may be sealed and still lack them."""
    facts, files = content.get("facts"), content.get("files")
    if content.get("version") != version or not isinstance(facts, dict) or not isinstance(files, dict):
        return False
    return all(
        is_file_name(name) and isinstance(entry, dict) and isinstance(entry.get("size"), int)
        for name, entry in files.items()
    )


def read_verified(path: Path, entry: Mapping[str, Any]) -> bytes:
    """The bytes of a file as its entry says; IntegrityError when they are others, or no plain file."""
    data = _read_plain(path, entry["size"])
    if len(data) != entry["size"] or sha256(data) != entry.get("sha256"):
        raise IntegrityError(f"{path}：模型文件与校验值不符，可能已损坏或被改动。{REMEDY}")
    return data


def _read_plain(path: Path, limit: int) -> bytes:
    """Bytes of an ordinary file of at most ``limit`` bytes; links and devices are not followed."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > limit:
            raise IntegrityError(f"{path}：不是模型写下的文件，或大小不对。{REMEDY}")
        return path.read_bytes()
    except FileNotFoundError:
        raise IntegrityError(f"{path}：模型文件不见了。{REMEDY}") from None
    except OSError as error:
        raise IntegrityError(f"{path}：模型文件读不出来（{cause_of(error)}）。{REMEDY}") from error
