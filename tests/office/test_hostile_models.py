"""Models that were damaged or planted: always noticed before use, nothing of theirs runs."""

import json
import os
import pickle
import random
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from conftest import Call

from recommender.errors import IntegrityError
from recommender.lifecycle.manifest import MANIFEST, manifest_of
from recommender.lifecycle.registry import load
from recommender.lifecycle.serving import serving_model

SAMPLED = 400


def serving(home: Path) -> Path:
    return home / "models" / (home / "models" / "CURRENT").read_text().strip()


class Evil:
    """Unpickling this makes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.mark),)


def plant(home: Path, name: str, data: bytes) -> None:
    """Put a file into the serving version, with a manifest that agrees with it."""
    folder = serving(home)
    stored = load(home / "models")
    files = {**stored.files, name: data}
    (folder / name).write_bytes(data)
    (folder / MANIFEST).write_bytes(manifest_of(stored.version, files, stored.facts))


def arrays(home: Path, **changed: object) -> bytes:
    with np.load(BytesIO(load(home / "models").files["arrays.npz"])) as stored:
        buffer = BytesIO()
        np.savez(buffer, **{**{name: stored[name] for name in stored.files}, **changed})
    return buffer.getvalue()


def test_a_flipped_byte_is_noticed_before_use_and_the_former_version_offered(
    call: Call, copied: Path
) -> None:
    former = serving(copied).name
    (copied / "data" / "lexicon").mkdir(parents=True, exist_ok=True)
    (copied / "data" / "lexicon" / "words.txt").write_text("跨境电商产业园\n", encoding="utf-8")
    assert call("--home", copied, "train").code == 0
    files = sorted(serving(copied).iterdir())
    places = [(path, position) for path in files for position in range(path.stat().st_size)]
    for path, position in random.Random(0).sample(places, SAMPLED):
        data = bytearray(path.read_bytes())
        data[position] ^= 1 << position % 8
        whole = path.read_bytes()
        path.write_bytes(data)
        with pytest.raises(IntegrityError, match=rf"上一个完好的版本是 {former}"):
            serving_model(copied / "models")
        path.write_bytes(whole)
    serving_model(copied / "models")
    path = files[0]
    path.write_bytes(path.read_bytes()[:-1])
    for words in (["suggest", "8"], ["compare"], ["models", "verify"]):
        assert call("--home", copied, *words).code == 5
    ran = call("--home", copied, "models", "rollback")
    assert (ran.code, ran.out.startswith(f"已退回 {former}")) == (0, True)
    assert call("--home", copied, "suggest", "8").code == 0


def test_a_pickle_in_the_place_of_arrays_runs_nothing(call: Call, copied: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for data in (pickle.dumps(Evil(mark)), arrays(copied, idf=np.array([Evil(mark)], dtype=object))):
        plant(copied, "arrays.npz", data)
        ran = call("--home", copied, "suggest", "8")
        assert ran.code == 5
        assert "与本程序不符" in ran.err
        assert not mark.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"idf": np.zeros(3)},
        {"components": np.zeros((2, 2))},
        {"emphasis": np.zeros(0)},
        {"idf": np.array(["a", "b"])},
        {"term_counts": np.zeros(5, dtype=complex)},
        {"components": np.zeros((1 << 10, 1 << 10), dtype=bool)},
    ],
    ids=str,
)
def test_arrays_of_other_shapes_or_types_are_refused(
    call: Call, copied: Path, changed: dict[str, object]
) -> None:
    plant(copied, "arrays.npz", arrays(copied, **changed))
    assert call("--home", copied, "suggest", "8").code == 5


def test_numbers_that_are_none_are_refused(copied: Path) -> None:
    with np.load(BytesIO(load(copied / "models").files["arrays.npz"])) as stored:
        idf = stored["idf"].copy()
    idf[0] = np.nan
    plant(copied, "arrays.npz", arrays(copied, idf=idf))
    with pytest.raises(IntegrityError, match="idf"):
        serving_model(copied / "models")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"[]", b"{}", b"[" * 100_000, b'{"terms": 3}'])
@pytest.mark.parametrize("name", ["arrays.npz", "learned.json"])
def test_other_content_is_refused(copied: Path, name: str, data: bytes) -> None:
    plant(copied, name, data)
    with pytest.raises(IntegrityError):
        serving_model(copied / "models")


def test_words_of_other_types_are_refused(copied: Path) -> None:
    learned = json.loads(load(copied / "models").files["learned.json"])
    learned["labels"][0] = 7
    plant(copied, "learned.json", json.dumps(learned).encode())
    with pytest.raises(IntegrityError, match="words"):
        serving_model(copied / "models")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_refused_even_to_the_same_bytes(call: Call, copied: Path, tmp_path: Path) -> None:
    path = serving(copied) / "arrays.npz"
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert call("--home", copied, "suggest", "8").code == 5


def test_a_scheduled_run_heals_a_damaged_model(call: Call, copied: Path) -> None:
    former = serving(copied).name
    path = serving(copied) / "learned.json"
    path.write_bytes(b"{}")
    ran = call("--home", copied, "retrain", "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.json["state"] == "promoted"
    assert "原来的模型不能用了" in ran.json["note"]
    assert serving(copied).name != former
    assert call("--home", copied, "suggest", "8").code == 0
