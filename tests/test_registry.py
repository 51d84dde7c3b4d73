"""The registry: whole versions or none, every byte verified, nothing that executes."""

import errno
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import InputError, IntegrityError, UsageError
from recommender.lifecycle import registry
from recommender.lifecycle.manifest import FORMAT, sealed
from recommender.lifecycle.registry import (
    Stored,
    current_version,
    find_by_fingerprint,
    list_versions,
    load,
    publish,
    version_id,
)
from recommender.lifecycle.serving import promote

NOON = datetime(2026, 2, 14, 12, 0, 0, tzinfo=UTC)
FILES = {"terms.npz": bytes(range(256)), "topics.json": '{"主题": []}'.encode()}


def fingerprint(number: int) -> str:
    return f"{number:05x}{'c0ffee' * 9}"


def published(models: Path, number: int = 1, **more: Any) -> str:
    """The name of a version published at noon of day ``number``."""
    facts = {"fingerprint": fingerprint(number), **more}
    version = version_id(NOON + timedelta(days=number), fingerprint(number))
    return publish(models, version, FILES, facts).name


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# -- names ----------------------------------------------------------------------------------------


def test_a_version_is_named_by_its_second_in_utc() -> None:
    assert version_id(NOON, "9bfad0c1") == "20260214T120000Z-9bfad"
    in_china = NOON.astimezone(timezone(timedelta(hours=8)))
    assert version_id(in_china, "9bfad0c1") == "20260214T120000Z-9bfad"


@pytest.mark.parametrize("text", ["", "9bfa", "9BFAD0", "../..", "一二三四五"])
def test_a_version_needs_a_hash(text: str) -> None:
    with pytest.raises(ValueError, match="five hex digits"):
        version_id(NOON, text)


def test_a_version_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        version_id(NOON.replace(tzinfo=None), "9bfad")


@given(times=st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())))
def test_names_sort_by_time(times: list[datetime]) -> None:
    names = [version_id(time, "00000") for time in sorted(times)]
    assert names == sorted(names)


@pytest.mark.parametrize(
    "name", ["", "../up", "a/b", "a\\b", ".hidden", "manifest.json", "Manifest.JSON", "a\n"]
)
def test_a_file_may_not_leave_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        publish(tmp_path, version_id(NOON, "00000"), {name: b""}, {"fingerprint": "00000"})
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    ("version", "facts"), [("v1", {"fingerprint": "00000"}), ("20260214T120000Z-00000", {})]
)
def test_a_version_must_fit_its_fingerprint(tmp_path: Path, version: str, facts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="use version_id"):
        publish(tmp_path, version, FILES, facts)


# -- publish and promote --------------------------------------------------------------------------


def test_a_version_comes_back_as_it_was(tmp_path: Path) -> None:
    models = tmp_path / "models"
    version = published(models, scores={"recall@10": 0.5}, 范围="第67期至第73期")
    promote(models, version)
    expected = {"fingerprint": fingerprint(1), "scores": {"recall@10": 0.5}, "范围": "第67期至第73期"}
    assert load(models) == load(models, version) == Stored(version, expected, FILES)
    assert current_version(models) == version
    assert set(tree(models)) == {
        "CURRENT",
        "SERVED",
        *(f"{version}/{name}" for name in [*FILES, "manifest.json"]),
    }


def test_the_manifest_can_be_read_by_people(tmp_path: Path) -> None:
    version = published(tmp_path, note="试验")
    text = (tmp_path / version / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert '"note": "试验"' in text
    assert list(manifest) == sorted(manifest)
    assert (manifest["format"], manifest["version"]) == (FORMAT, version)
    assert manifest["files"]["terms.npz"]["size"] == 256


def test_publishing_does_not_promote(tmp_path: Path) -> None:
    promote(tmp_path, published(tmp_path, 1))
    published(tmp_path, 2)
    assert current_version(tmp_path) == list_versions(tmp_path)[0]


def test_equal_inputs_are_not_written_again(tmp_path: Path) -> None:
    version = published(tmp_path)
    before = tree(tmp_path)
    later = version_id(NOON + timedelta(days=9), fingerprint(1))
    assert publish(tmp_path, later, FILES, {"fingerprint": fingerprint(1)}) == tmp_path / version
    assert tree(tmp_path) == before


def test_a_damaged_version_is_written_again(tmp_path: Path) -> None:
    version = published(tmp_path)
    (tmp_path / version / "terms.npz").write_bytes(b"")
    assert find_by_fingerprint(tmp_path, fingerprint(1)) is None
    later = version_id(NOON + timedelta(days=9), fingerprint(1))
    publish(tmp_path, later, FILES, {"fingerprint": fingerprint(1)})
    assert find_by_fingerprint(tmp_path, fingerprint(1)) == later
    assert list_versions(tmp_path) == (version, later)


def test_a_version_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    version = published(tmp_path)
    (tmp_path / version / "terms.npz").write_bytes(b"")
    with pytest.raises(IntegrityError, match="已经存在"):
        published(tmp_path)


def test_the_fingerprint_counts_not_its_first_digits(tmp_path: Path) -> None:
    published(tmp_path)
    other = fingerprint(1)[:5] + "0" * 59
    assert find_by_fingerprint(tmp_path, other) is None
    assert find_by_fingerprint(tmp_path / "none", other) is None


def test_what_a_killed_run_left_is_ignored_and_removed(tmp_path: Path) -> None:
    version = published(tmp_path, 1)
    promote(tmp_path, version)
    left = tmp_path / f"{registry.BUILDING}{version}"
    left.mkdir()
    (left / "terms.npz").write_bytes(b"half")
    (tmp_path / f"{registry.BUILDING}CURRENT").write_bytes(b"half")
    assert list_versions(tmp_path) == (version,)
    assert load(tmp_path).version == version
    other = published(tmp_path, 2)
    assert {path.name for path in tmp_path.iterdir()} == {"CURRENT", "SERVED", version, other}


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("nth", range(6))
def test_a_full_disk_leaves_the_last_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    first = published(tmp_path, 1)
    promote(tmp_path, first)
    real, calls = getattr(os, call), iter(range(100))

    def failing(*args: object) -> object:
        if next(calls) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        try:
            promote(tmp_path, published(tmp_path, 2))
        except UsageError as error:
            assert "磁盘已满" in str(error)
            assert str(tmp_path) in str(error)
    assert load(tmp_path).version in list_versions(tmp_path)
    promote(tmp_path, published(tmp_path, 2))
    assert load(tmp_path).version == published(tmp_path, 2)


PUBLISH = """
import sys, pathlib
from datetime import UTC, datetime, timedelta
from recommender.lifecycle.registry import *
from recommender.lifecycle.serving import promote
models = pathlib.Path(sys.argv[1])
for n in range(int(sys.argv[2]), 1 << 20):
    name = version_id(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n), f"{n:05x}")
    promote(models, publish(models, name, {"a": bytes(200_000), "b": b"b"}, {"fingerprint": f"{n:05x}"}).name)
    print(flush=True)
"""


def test_a_killed_run_loses_nothing(tmp_path: Path) -> None:
    for round_ in range(8):
        command = [sys.executable, "-c", PUBLISH, str(tmp_path), str(round_ << 12)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            time.sleep(0.0037 * round_)
            process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        assert load(tmp_path).files["b"] == b"b"
        assert {load(tmp_path, version).version for version in list_versions(tmp_path)}


def test_a_file_in_the_place_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    with pytest.raises(UsageError, match="写不进去"):
        published(tmp_path / "models")


# -- loading --------------------------------------------------------------------------------------


def test_no_model_says_what_to_do(tmp_path: Path) -> None:
    for models in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match=r"还没有训练过模型.*先运行 recommender train"):
            load(models)
    published(tmp_path)  # never promoted
    with pytest.raises(InputError, match="还没有训练过模型"):
        load(tmp_path)


def test_an_unknown_version_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="先运行 recommender train"):
        load(tmp_path, "v1")
    names = [published(tmp_path, number) for number in (2, 1)]
    for name in ("v1", "..", f"../{tmp_path.name}", ""):
        with pytest.raises(InputError) as caught:
            load(tmp_path, name)
        assert "、".join(names) in str(caught.value)


def damage(models: Path, path: Path) -> str:
    """The message of loading after a change to ``path``, which it must name with the remedy."""
    with pytest.raises(IntegrityError) as caught:
        load(models)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "recommender train" in message
    return message


@pytest.fixture
def serving(tmp_path: Path) -> Path:
    """The folder of a version that serves."""
    version = published(tmp_path, scores={"mrr": 0.25})
    promote(tmp_path, version)
    return tmp_path / version


def test_every_flipped_byte_is_noticed(serving: Path) -> None:
    for path in sorted(serving.iterdir()):
        data = path.read_bytes()
        for position in range(len(data)):
            changed = bytearray(data)
            changed[position] ^= 1 << position % 8
            path.write_bytes(changed)
            with pytest.raises(IntegrityError):
                load(serving.parent)
        path.write_bytes(data)
    assert load(serving.parent).files == FILES


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_cut_or_longer_file_is_named(serving: Path, name: str) -> None:
    path = serving / name
    data = path.read_bytes()
    for changed in (data[:-1], data + b"\n", b""):
        path.write_bytes(changed)
        damage(serving.parent, path)
    path.unlink()
    assert "不见了" in damage(serving.parent, path)
    path.mkdir()
    damage(serving.parent, path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_refused(serving: Path, tmp_path: Path) -> None:
    path = serving / "topics.json"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    damage(serving.parent, path)
    serving.rename(tmp_path / "moved")
    serving.symlink_to(tmp_path / "moved")
    assert "链接" in damage(serving.parent, serving)


def test_a_damaged_version_is_not_promoted(tmp_path: Path) -> None:
    first, second = published(tmp_path, 1), published(tmp_path, 2)
    promote(tmp_path, first)
    (tmp_path / second / "terms.npz").write_bytes(b"")
    with pytest.raises(IntegrityError):
        promote(tmp_path, second)
    assert current_version(tmp_path) == first


@pytest.mark.parametrize("text", ["", "20200101T000000Z-00000\n", "../x", "\xff\n", "\n"])
def test_a_damaged_current_is_named(serving: Path, text: str) -> None:
    path = serving.parent / "CURRENT"
    path.write_text(text, encoding="latin-1")
    damage(serving.parent, path)


def test_a_current_written_by_hand_on_windows_is_read(serving: Path) -> None:
    (serving.parent / "CURRENT").write_bytes(f"{serving.name}\r\n".encode())
    assert load(serving.parent).version == serving.name


# -- other formats and forged manifests -----------------------------------------------------------


def rewrite(serving: Path, **changes: Any) -> Path:
    """Put other values into the manifest and seal it again."""
    path = serving / "manifest.json"
    content = {**json.loads(path.read_bytes()), **changes}
    content.pop("seal", None)
    path.write_bytes(sealed(content))
    return path


@pytest.mark.parametrize(
    ("form", "age"), [(FORMAT - 1, "旧版程序"), (FORMAT + 1, "更新版本的程序"), ("x", "旧版程序")]
)
def test_another_format_is_explained(serving: Path, form: object, age: str) -> None:
    assert f"由{age}写成" in damage(serving.parent, rewrite(serving, format=form))


FORGED: list[dict[str, Any]] = [
    {"version": "20200101T000000Z-00000"},
    {"facts": []},
    {"files": []},
    {"files": {"terms.npz": 3}},
    {"files": {"terms.npz": {"size": "3"}}},
    {"files": {"../CURRENT": {"size": 23, "sha256": "0"}}},
    {"files": {"manifest.json": {"size": 23, "sha256": "0"}}},
]


@pytest.mark.parametrize("changes", FORGED)
def test_a_forged_manifest_is_refused(serving: Path, changes: dict[str, Any]) -> None:
    assert "清单" in damage(serving.parent, rewrite(serving, **changes))


def test_an_entry_without_a_hash_is_refused(serving: Path) -> None:
    rewrite(serving, files={"terms.npz": {"size": 256}})
    damage(serving.parent, serving / "terms.npz")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"3", b"{}", b"\xff", b"[" * 100_000, pickle.dumps({"format": 1})]
)
def test_a_manifest_that_is_none_is_refused(serving: Path, data: bytes) -> None:
    path = serving / "manifest.json"
    path.write_bytes(data)
    damage(serving.parent, path)


def test_facts_must_be_json(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        published(tmp_path, score=float("nan"))
    assert list_versions(tmp_path) == ()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = st.from_regex(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,9}", fullmatch=True).filter(
    lambda n: n.lower() != "manifest.json"
)


@settings(deadline=None, max_examples=50)
@given(
    files=st.dictionaries(names.map(str.lower), st.binary(max_size=99), max_size=3),
    facts=st.dictionaries(st.text(), values),
)
def test_any_version_survives_the_disk(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], facts: dict[str, Any]
) -> None:
    models = tmp_path_factory.mktemp("models")
    facts = {**facts, "fingerprint": "00000"}
    version = publish(models, version_id(NOON, "00000"), files, facts).name
    assert load(models, version) == Stored(version, facts, files)
