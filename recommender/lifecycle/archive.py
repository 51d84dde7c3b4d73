"""One archive of a workspace: a ZIP with a sealed list of what is in it.

Reading trusts nothing: only names this program writes, no links, no sizes beyond those declared, and
every byte against its hash. Extraction goes into an empty folder of its own; what is put where is
``restore``'s matter.
"""

import json
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from recommender.disk import aside_of, put_in_place, sync_folder, writing
from recommender.errors import InputError, IntegrityError, UsageError, cause_of

LIST = "backup.json"
_FORMAT = 1
_CHUNK = 1 << 20
_MAX_LIST = 1 << 24
_MAX_FILES = 100_000
# What is text or numbers shrinks to a tenth at best; what grows a hundredfold is a bomb.
_MAX_GROWTH, _SMALL = 100, 64 << 20
_NAME = re.compile(
    r"recommender\.toml|data/(?:corpus|choices)\.sqlite|data/projects\.csv|data/(?:lexicon|background)/[\w-][\w.-]*"
    r"|models/(?:CURRENT|SERVED|history\.jsonl|retrain\.log|floors\.json)"
    r"|models/\d{8}T\d{6}Z-[0-9a-f]{5}/[A-Za-z0-9_-][A-Za-z0-9_.-]*",
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: bytes and their SHA-256."""

    size: int
    sha256: str


def pack(target: Path, files: Mapping[str, Path | bytes], facts: Mapping[str, Any]) -> None:
    """Write an archive of files, given by their names in it; it is there whole and verified, or not.

    facts: JSON values for its list. Raises UsageError when it cannot be written, ValueError for a
    name that ``unpack`` would refuse.
    """
    if strange := [name for name in files if not is_member(name)]:
        raise ValueError(f"not a name of a workspace: {strange}")
    aside = aside_of(target)
    try:
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(aside, files, facts)
        with opened(aside) as archive:
            for name, member in members(archive).items():
                for _ in read(archive, name, member):
                    pass
        with writing(target):
            put_in_place(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def is_member(name: str) -> bool:
    """Whether a file of a workspace may be called so: relative, below its place, nothing of the system."""
    return bool(_NAME.fullmatch(name)) and ".." not in name


def _write(aside: Path, files: Mapping[str, Path | bytes], facts: Mapping[str, Any]) -> None:
    listed: dict[str, Any] = {}
    with aside.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(files):
                listed[name] = _add(archive, name, files[name])
            content = {"format": _FORMAT, **facts, "files": listed}
            archive.writestr(_info(LIST), json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True))
        out.flush()
        os.fsync(out.fileno())


def _add(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> dict[str, Any]:
    digest, size = sha256(), 0
    with archive.open(_info(name), "w", force_zip64=True) as out:
        for chunk in [source] if isinstance(source, bytes) else _chunks(source):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {"size": size, "sha256": digest.hexdigest()}


def _info(name: str) -> zipfile.ZipInfo:
    """An entry that depends on nothing but its content: a fixed date, an ordinary file."""
    info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


# -- reading --------------------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to read; InputError for a file that is none, IntegrityError where it is damaged."""
    if not path.exists():
        raise InputError(f"{path}：找不到这个备份文件。请检查路径。")
    try:
        if not zipfile.is_zipfile(path):
            raise InputError(f"{path}：不是备份文件，或没有写完整。请换一份备份。")
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise InputError(f"{path}：读不出来（{cause_of(error)}）。请检查权限或磁盘。") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        raise IntegrityError(f"{path}：备份的内容已损坏（{error}）。请换一份备份。") from error


def members(archive: zipfile.ZipFile) -> dict[str, Member]:
    """What the archive says it holds, checked: InputError for an archive that is no backup of ours,
    or has names, links or sizes that none has."""
    place = archive.filename
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(set(names)) != len(names) or len(names) > _MAX_FILES or LIST not in names:
        raise InputError(f"{place}：不是本程序的备份文件。请用 recommender backup 做的备份。")
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.filename != LIST and not is_member(info.filename) or kind not in (0, stat.S_IFREG):
            shown = info.filename[:80]
            raise InputError(f"{place}：里面的“{shown}”不是备份该有的文件，可能有人改动过，没有恢复。")
    whole = sum(info.file_size for info in infos)
    packed = Path(str(place)).stat().st_size
    if whole > _SMALL and whole > _MAX_GROWTH * packed:
        raise InputError(f"{place}：解开后会有 {whole >> 20} MB，不合常理，可能有人改动过，没有恢复。")
    return _listed(archive, set(names) - {LIST})


def _listed(archive: zipfile.ZipFile, names: set[str]) -> dict[str, Member]:
    place = archive.filename
    try:
        with archive.open(LIST) as file:
            content = json.loads(file.read(_MAX_LIST))
        form = content["format"]
        listed = {
            name: Member(int(one["size"]), str(one["sha256"])) for name, one in content["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityError(f"{place}：备份的清单已损坏。请换一份备份。") from error
    if form != _FORMAT:
        raise InputError(f"{place}：由别的版本的程序写成（格式 {form}）。请升级本程序后再试。")
    if set(listed) != names:
        raise IntegrityError(f"{place}：备份里的文件与清单不符。请换一份备份。")
    return listed


def read(archive: zipfile.ZipFile, name: str, member: Member) -> Iterator[bytes]:
    """The bytes of a member in chunks; IntegrityError, at the latest at the end, when they are not
    those of the list. Never yields more than the list declares."""
    digest, size = sha256(), 0
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > member.size:
                break
            digest.update(chunk)
            yield chunk
    if size != member.size or digest.hexdigest() != member.sha256:
        raise IntegrityError(f"{archive.filename}：里面的 {name} 与校验值不符，备份已损坏。请换一份备份。")


def unpack(path: Path, into: Path) -> tuple[str, ...]:
    """Extract a whole archive below an empty folder; the names. Errors as in ``opened`` and
    ``members``, UsageError where there is no room."""
    with opened(path) as archive:
        listed = members(archive)
        with writing(into):
            into.mkdir(parents=True)
            needed, free = sum(one.size for one in listed.values()), shutil.disk_usage(into).free
        if needed > free:
            raise UsageError(f"{into}：要 {needed >> 20} MB，只剩 {free >> 20} MB。请清理磁盘，然后再试。")
        for name, member in listed.items():
            _extract(archive, name, member, into / name)
    return tuple(listed)


def _extract(archive: zipfile.ZipFile, name: str, member: Member, target: Path) -> None:
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            for chunk in read(archive, name, member):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        sync_folder(target.parent)
