"""Kills, full disks, folders that cannot be written: the last good model serves, nothing is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("needs fork, SIGKILL and mount", allow_module_level=True)

from crashes import call, committed, copy_of, faults, faults_after_next_run, make_office
from offices import tree

from recommender.lifecycle.registry import current_version

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("crash") / "base" / "office")


def test_kills_at_random_points_leave_nothing_broken() -> None:
    """A sample; ``python benchmarks/crash.py`` kills retrain 200 times and the others 25 times each.

    In a process of its own, because threads of earlier tests would not survive its forks.
    """
    command: list[str | Path] = [sys.executable, ROOT / "benchmarks" / "crash.py", "8", "7"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "14 points, 0 faults" in done.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs the rights of root")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("spare", [0, 8, 24, 48, 96, 160, 240])
def test_a_full_disk_leaves_the_last_model_and_the_next_run_needs_no_help(
    office: Path, small_disk: Path, spare: int
) -> None:
    with copy_of(office, small_disk) as home:
        before, serving = committed(home), current_version(home / "models")
        free = shutil.disk_usage(small_disk).free
        (small_disk / "filler").write_bytes(bytes(max(0, free - spare * 1024)))
        code, said = call("--home", home, "retrain")
        if code not in (0, 3):
            assert (code, "磁盘已满" in said) == (2, True), said
            assert current_version(home / "models") == serving
        code, said = call("--home", home, "suggest", "1")  # with the disk still full
        assert code == 0, said
        (small_disk / "filler").unlink()
        assert list(faults(home, before)) == []
        assert list(faults_after_next_run(home, before)) == []


def test_models_that_cannot_be_written_serve_on(office: Path, tmp_path: Path) -> None:
    with copy_of(office, tmp_path) as home:
        models = home / "models"
        before, inside = committed(home), tree(models)
        with read_only(models):
            code, said = call("--home", home, "retrain")
            assert code == 2, said
            assert "models" in said
            assert "写不进去（磁盘是只读的）" in said
            assert call("--home", home, "suggest", "1")[0] == 0
        assert tree(models) == inside
        assert list(faults_after_next_run(home, before)) == []


class read_only:
    """A folder bound over itself without write access: even root must keep to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def __enter__(self) -> None:
        for options in (["--bind", self.folder, self.folder], ["-o", "remount,ro,bind", self.folder]):
            if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
                pytest.skip("binding a folder read-only needs the rights of root")

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "-l", self.folder], check=True)
