"""Backup and restore: the whole workspace, while in use; nothing half-restored."""

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Call
from offices import bulletin, put, tree

from recommender.errors import IntegrityError
from recommender.office import backup as backups
from recommender.office.backup import backup, finish_restore, restore
from recommender.office.desk import report_on
from recommender.office.library import ingest, open_shelf
from recommender.workspace import Workspace

NOW = datetime(2026, 2, 14, 12, tzinfo=UTC)
KEPT = ("recommender.toml", "data/corpus.sqlite", "data/lexicon", "models")


def content(home: Path) -> dict[str, str]:
    return {name: digest for name, digest in tree(home).items() if name.startswith(KEPT) and digest}


def keys(home: Path) -> tuple[str, ...]:
    with open_shelf(Workspace(home)) as corpus:
        return corpus.keys()


@pytest.fixture
def office(copied: Path) -> Path:
    put(copied, "recommender.toml", '[college]\nname = "示例职业学院"\n')
    put(copied, "data/lexicon/words.txt", "海外仓\n")
    return copied


def test_a_workspace_moves_to_another_computer(call: Call, office: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "备份 一.zip", tmp_path / "新 电脑"
    ran = call("--home", office, "backup", file)
    assert (ran.code, ran.err) == (0, "")
    assert "8 期动态，1 个模型版本，检验无误" in ran.out
    ran = call("--home", new, "restore", file)
    assert (ran.code, ran.err) == (0, "")
    assert "以前的内容" not in ran.out
    assert keys(new) == keys(office)
    same = {name: digest for name, digest in content(office).items() if "corpus" not in name}
    assert {name: digest for name, digest in content(new).items() if "corpus" not in name} == same
    assert report_on(Workspace(new), "8", 3).suggestions == report_on(Workspace(office), "8", 3).suggestions


def test_what_was_there_is_kept_aside(call: Call, office: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    backup(Workspace(office), file, NOW)
    call("--home", office, "ingest", put(tmp_path, "9.txt", bulletin(9)))
    put(office, "data/lexicon/more.txt", "甲\n")
    put(office, "data/inbox/stays.txt", "甲\n")
    ran = call("--home", office, "restore", file)
    assert ran.code == 0
    assert "9" not in keys(office)
    assert not (office / "data/lexicon/more.txt").exists()
    assert (office / "data/inbox/stays.txt").exists()
    aside = office / ".before-restore"
    assert str(aside) in ran.out
    assert "9" in keys(aside)
    assert not (office / ".restored").exists()


def test_a_part_that_the_archive_lacks_goes_too(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    young = tmp_path / "young"
    put(young, "recommender.toml", "")
    backup(Workspace(young), file, NOW)
    restore(Workspace(office), file)
    assert content(office) == {"recommender.toml": content(young)["recommender.toml"]}
    assert (office / ".before-restore/models/CURRENT").exists()


def test_a_backup_while_the_corpus_is_written(office: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        for serial in range(10, 40):
            if stop.is_set():
                return
            ingest(Workspace(office), [put(tmp_path, f"{serial}.txt", bulletin(serial))])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(Workspace(office), tmp_path / f"{number}.zip", NOW)
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        home = tmp_path / f"home{number}"
        restore(Workspace(home), tmp_path / f"{number}.zip")
        assert len(keys(home)) >= 8


def test_a_damaged_version_is_left_out_and_named(call: Call, office: Path, tmp_path: Path) -> None:
    version = (office / "models/CURRENT").read_text().strip()
    (office / "models" / version / "arrays.npz").write_bytes(b"")
    ran = call("--home", office, "backup", tmp_path / "a.zip")
    assert ran.code == 0
    assert f"没有备份损坏的模型：{office}/models/{version}" in ran.err
    assert call("--home", tmp_path / "new", "restore", tmp_path / "a.zip").code == 0
    assert call("--home", tmp_path / "new", "suggest", "8").code == 3  # it has no model, and says what to do


def test_a_damaged_corpus_is_no_backup(call: Call, office: Path, tmp_path: Path) -> None:
    file = put(tmp_path, "a.zip", "the former backup")
    data = bytearray((office / "data/corpus.sqlite").read_bytes())
    data[5000:9000] = b"\xff" * 4000
    (office / "data/corpus.sqlite").write_bytes(data)
    assert call("--home", office, "backup", file).code == 5
    assert file.read_text() == "the former backup"
    assert not list(tmp_path.glob(".*"))


def test_an_empty_folder_is_no_backup(call: Call, tmp_path: Path) -> None:
    ran = call("--home", tmp_path / "none", "backup", tmp_path / "a.zip")
    assert ran.code == 3
    assert "没有可以备份的内容" in ran.err


def test_an_archive_that_is_unsound_inside_changes_nothing(office: Path, tmp_path: Path) -> None:
    """Each hash agrees, and still the corpus is none."""
    from recommender.lifecycle.archive import pack

    file, before = tmp_path / "a.zip", content(office)
    for name, data in (
        ("data/corpus.sqlite", b"no database" * 99),
        ("models/CURRENT", b"20260214T163720Z-9bfad\n"),
    ):
        pack(file, {name: data}, {})
        with pytest.raises(IntegrityError):
            restore(Workspace(office), file)
        assert content(office) == before
        assert not (office / ".restoring").exists()


def test_a_restore_is_refused_while_another_run_works(call: Call, office: Path, tmp_path: Path) -> None:
    from recommender.workspace import lock

    backup(Workspace(office), tmp_path / "a.zip", NOW)
    with lock(Workspace(office)):
        assert call("--home", office, "restore", tmp_path / "a.zip").code == 6


@pytest.mark.parametrize("moves", range(9))
def test_a_restore_that_is_killed_is_completed_by_any_command(
    call: Call, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    file = tmp_path / "a.zip"
    backup(Workspace(office), file, NOW)
    expected = {name: digest for name, digest in content(office).items() if "corpus" not in name}
    put(office, "recommender.toml", '[college]\nname = "另一学院"\n')
    put(office, "data/lexicon/words.txt", "别的\n")
    shutil.rmtree(office / "models")
    real, done = backups._move, iter(range(99))

    def dying(path: Path, target: Path) -> None:
        if next(done) == moves:
            raise KeyboardInterrupt
        real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_move", dying)
        try:
            restore(Workspace(office), file)
        except KeyboardInterrupt:
            assert (office / ".restored").exists()
    assert call("--home", office, "show", "8").code == 0
    assert {name: digest for name, digest in content(office).items() if "corpus" not in name} == expected
    assert not (office / ".restored").exists()
    finish_restore(Workspace(office))
