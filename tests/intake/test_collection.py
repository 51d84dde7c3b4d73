"""JSON lines, plain and compressed: one line at a time, each bad one by its number."""

import gzip
import lzma
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender.errors import InputError
from recommender.intake import collection
from recommender.intake.collection import Row, is_collection, read_rows
from recommender.intake.read import find_files, read_one

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".jsonl": bytes,
    ".jsonl.gz": gzip.compress,
    ".jsonl.xz": lzma.compress,
}


def write(folder: Path, data: bytes, ending: str = ".jsonl") -> Path:
    path = folder / f"a{ending}"
    path.write_bytes(PACK[ending](data))
    return path


@pytest.mark.parametrize("ending", PACK)
def test_lines_are_numbered_and_empty_ones_passed_over(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, "\ufeff甲\r\n\n  \n乙\u2028丙\n丁".encode(), ending)
    assert list(read_rows(path)) == [Row(1, "甲"), Row(4, "乙\u2028丙"), Row(5, "丁")]


def test_parts_compressed_one_by_one_are_one_collection(tmp_path: Path) -> None:
    for ending in (".jsonl.gz", ".jsonl.xz"):
        path = tmp_path / f"a{ending}"
        path.write_bytes(PACK[ending]("甲\n".encode()) + PACK[ending]("乙\n".encode()))
        assert [row.text for row in read_rows(path)] == ["甲", "乙"]


def test_a_line_in_another_encoding_is_named_and_the_rest_read(tmp_path: Path) -> None:
    first, second, third = read_rows(write(tmp_path, "甲\n".encode() + "乙省\n".encode("gbk") + b"c\n"))
    assert (first.fault, third.text) == ("", "c")
    assert (second.number, second.text) == (2, "")
    assert "UTF-8" in second.fault


@pytest.mark.parametrize("size", [11, 45, 400])
def test_a_line_beyond_the_limit_is_named_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(collection, "MAX_CHARS", 10)
    monkeypatch.setattr(collection, "_MAX_BYTES", 40)
    rows = list(read_rows(write(tmp_path, b"x" * 10 + b"\n" + b"x" * size + b"\nb")))
    assert [(row.number, row.text) for row in rows] == [(1, "x" * 10), (2, ""), (3, "b")]
    assert "万字" in rows[1].fault


@pytest.mark.parametrize("ending", [".jsonl.gz", ".jsonl.xz"])
def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path, ending: str) -> None:
    lines = [os.urandom(3000).hex().encode() for _ in range(200)]
    path = write(tmp_path, b"\n".join(lines), ending)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    *rows, last = read_rows(path)
    assert len(rows) > 50
    assert [row.text for row in rows] == [line.decode() for line in lines[: len(rows)]]
    assert last.number > len(rows)
    assert "不完整" in last.fault


@pytest.mark.parametrize("ending", [".jsonl.gz", ".jsonl.xz"])
def test_a_file_that_is_not_compressed_at_all(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"{}\n")
    (row,) = read_rows(path)
    assert (row.number, row.text) == (1, "")
    assert "损坏" in row.fault


def test_a_missing_file_and_a_folder_are_faults_of_the_whole(tmp_path: Path) -> None:
    folder = tmp_path / "b.jsonl"
    folder.mkdir()
    for path in (tmp_path / "none.jsonl", folder):
        (row,) = read_rows(path)
        assert row.number == 0
        assert "读不出来" in row.fault


@pytest.mark.parametrize("ending", PACK)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, b'{"text": "' + b"x" * 50_000 + b'"}\n', ending)
    path.write_bytes(path.read_bytes() * 400)  # 20 MB when unpacked
    tracemalloc.start()
    assert sum(len(row.text) for row in read_rows(path)) > 20_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000  # the dictionary of .xz alone takes 8 MB


def test_a_folder_is_searched_for_collections_too(tmp_path: Path) -> None:
    wanted = [write(tmp_path, b"{}", ending) for ending in PACK]
    (tmp_path / "b.json").write_bytes(b"{}")
    (tmp_path / "c.tar.gz").write_bytes(b"")
    assert find_files(tmp_path) == sorted(wanted)
    assert all(map(is_collection, wanted))


def test_a_collection_is_no_single_issue(tmp_path: Path) -> None:
    path = write(tmp_path, b"{}", ".jsonl.xz")
    with pytest.raises(InputError, match="文件集") as refusal:
        read_one(path)
    assert "ingest" in str(refusal.value)
