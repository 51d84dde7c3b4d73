"""doctor --repair: what killed runs leave is found and cleared, and nothing else is touched."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Call
from offices import put, tree

from recommender.errors import LockedError
from recommender.lifecycle import history
from recommender.office import upkeep
from recommender.office.finding import Finding
from recommender.office.health import examine
from recommender.office.upkeep import repair
from recommender.workspace import Workspace, lock


def found(home: Path, check: str) -> Finding:
    return next(finding for finding in examine(Workspace(home)) if finding.check == check)


def test_half_built_things_are_found_and_cleared(call: Call, copied: Path) -> None:
    before = tree(copied)
    put(copied, "models/.building-20260101T000000Z-00000/arrays.npz", b"half")
    put(copied, "models/.CURRENT.new", b"half")
    put(copied, "reports/.8.md.new", b"half")
    put(copied, ".restoring/recommender.toml", b"half")
    finding = found(copied, "残留")
    assert (finding.state, finding.exit_code) == ("warning", 0)
    assert "doctor --repair" in finding.remedy
    ran = call("--home", copied, "doctor", "--repair")
    assert ran.code == 0
    assert ran.out.count("已清除中断的运行留下的") == 4
    assert "[正常] 残留" in ran.out
    assert tree(copied) == before
    assert "没有需要清理的东西" in call("--home", copied, "doctor", "--repair").out
    ran = call("--home", copied, "doctor", "--repair", "--format", "json")
    assert (ran.json["repaired"], ran.code) == ([], 0)


WRITER = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA wal_autocheckpoint = 0")
database.execute("UPDATE issue SET source = 'moved'")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_an_interrupted_log_is_taken_into_the_database(call: Call, copied: Path) -> None:
    corpus = copied / "data" / "corpus.sqlite"
    done = subprocess.run([sys.executable, "-c", WRITER, corpus], check=False)
    assert done.returncode == -signal.SIGKILL
    assert corpus.with_name("corpus.sqlite-wal").stat().st_size > 0
    ran = call("--home", copied, "doctor", "--repair")
    assert ran.code == 0
    assert "并入资料库" in ran.out
    log = corpus.with_name("corpus.sqlite-wal")
    assert not log.exists() or not log.stat().st_size
    database = sqlite3.connect(corpus)
    assert database.execute("SELECT DISTINCT source FROM issue").fetchall() == [("moved",)]
    database.close()


HOLDER = """
import sys
from pathlib import Path
from recommender.workspace import Workspace, lock
with lock(Workspace(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_the_lock_of_a_dead_process_holds_nobody(call: Call, copied: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(copied)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline()
        assert found(copied, "占用").state == "warning"
        assert call("--home", copied, "doctor", "--repair").code == 6
        child.send_signal(signal.SIGKILL)
    assert (copied / "data" / ".lock").exists()
    assert found(copied, "占用").state == "ok"
    assert call("--home", copied, "doctor", "--repair").code == 0


def test_repair_waits_for_nobody(copied: Path) -> None:
    with lock(Workspace(copied)), pytest.raises(LockedError):
        repair(Workspace(copied))


def test_a_damaged_spare_version_is_named(call: Call, copied: Path) -> None:
    current = (copied / "models" / "CURRENT").read_text().strip()
    spare = copied / "models" / "20200101T000000Z-00000"
    shutil.copytree(copied / "models" / current, spare)
    finding = found(copied, "备用版本")
    assert (finding.state, finding.exit_code) == ("fault", 5)
    assert spare.name in finding.text
    assert found(copied, "模型").state == "ok"
    assert call("--home", copied, "doctor").code == 5
    shutil.rmtree(spare)
    assert call("--home", copied, "doctor").code == 0


def test_a_damaged_page_of_the_corpus_is_found(copied: Path) -> None:
    path = copied / "data" / "corpus.sqlite"
    data = bytearray(path.read_bytes())
    connection = sqlite3.connect(path)
    row = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'issue_source'").fetchone()
    connection.close()
    start = (row[0] - 1) * 4096  # a page of an index that reading the issues does not need
    data[start + 200 : start + 4096] = bytes(3896)
    path.write_bytes(data)
    finding = found(copied, "资料库")
    assert (finding.state, finding.exit_code) == ("fault", 5)
    assert finding.remedy


def test_the_last_scheduled_run_is_told(copied: Path) -> None:
    from datetime import UTC, datetime

    assert "还没有定期运行过" in found(copied, "定期运行").text
    now = datetime(2026, 2, 14, tzinfo=UTC)
    for run, state, said in (
        (history.Run(now, "retrain", "promoted", "v"), "ok", "共 1 次"),
        (history.Run(now, "retrain", "refused", "v"), "warning", "没有通过检验"),
        (history.Run(now, "retrain", "failed", because="磁盘已满。"), "warning", "没有完成：磁盘已满"),
        (history.Run(now, "retrain", "unchanged", failed=("坏",)), "warning", "1 份文件读不了"),
    ):
        history.record(copied / "models", run)
        finding = found(copied, "定期运行")
        assert finding.state == state
        assert said in finding.text
    put(copied, "models/floors.json", "?")
    assert found(copied, "定期运行").exit_code == 5


def test_little_room_is_noticed(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(copied, "磁盘").state == "ok"
    monkeypatch.setattr(upkeep, "_LITTLE", 1 << 62)
    assert "请清理磁盘" in found(copied, "磁盘").remedy
