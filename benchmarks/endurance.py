"""What months of scheduled runs do to a workspace, in minutes.

    python benchmarks/endurance.py [retrains in a row] [at once]

First so many retrains, each with a new bulletin, in one process (leaks show); then so many at once
beside a loop of ``suggest`` in processes of their own. Ends with 1 when anything was not as it must be.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "office"
        wrong = [*in_a_row(home, rows), *at_the_same_time(home, at_once)]
    print("\n".join(wrong) or "nothing wrong")
    sys.exit(bool(wrong))


def in_a_row(home: Path, rows: int) -> list[str]:
    from offices import put, put_three

    from recommender.lifecycle import history
    from recommender.lifecycle.registry import list_versions
    from recommender.office.retrain import Wish, retrain
    from recommender.workspace import Workspace

    workspace = Workspace(home)
    put_three(workspace.inbox)
    states: dict[str, int] = {}
    marks = []
    for number in range(rows):
        put(home, "recommender.toml", f"[list]\nlength = {number % 50 + 1}\nvariety = {number // 50 / 10}\n")
        run = retrain(workspace, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number), Wish())
        assert run
        states[run.state] = states.get(run.state, 0) + 1
        if number in (rows // 5, rows - 1):
            marks.append(measures(home))
            print(f"after {number + 1}: {marks[-1]}", flush=True)
    print(f"states {states}, {len(list_versions(workspace.models))} versions left")
    wrong = [] if len(history.runs(workspace.models)) == rows else ["the history is not complete"]
    early, late = marks
    wrong += [f"{name} grew" for name in ("models", "files", "open") if late[name] > 1.05 * early[name] + 1]
    return wrong + (["memory grew"] if late["peak MiB"] > early["peak MiB"] + 30 else [])


def measures(home: Path) -> dict[str, float]:
    """Bytes in version folders, files in the workspace, open files, peak memory."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return {
        "models": sum(path.stat().st_size for path in (home / "models").glob("*/*")),
        "files": len(files),
        "open": len(list(Path("/proc/self/fd").iterdir())),
        "peak MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def at_the_same_time(home: Path, at_once: int) -> list[str]:
    from offices import bulletin, put

    put(home / "data" / "inbox", "4.txt", bulletin(4, ("优化口岸通关服务研究",)))
    program = [sys.executable, "-m", "recommender", "--home", str(home)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": environment}
    started = time.perf_counter()
    running = [subprocess.Popen([*program, "retrain"], **quiet) for _ in range(at_once)]  # type: ignore[call-overload]
    suggested, wrong = 0, []
    while any(one.poll() is None for one in running):
        done = subprocess.run([*program, "suggest", "1", "--top", "3"], check=False, **quiet)  # type: ignore[call-overload]
        suggested += 1
        if done.returncode:
            wrong.append(f"suggest ended with {done.returncode}: {done.stderr.decode()}")
    codes = [one.returncode for one in running]
    print(
        f"{at_once} at once: exit codes { {code: codes.count(code) for code in sorted(set(codes))} }, "
        f"{suggested} suggests beside them, {time.perf_counter() - started:.0f} s"
    )
    if set(codes) > {0, 6} or 0 not in codes:
        wrong.append(f"retrains ended with {codes}")
    return wrong


if __name__ == "__main__":
    main()
