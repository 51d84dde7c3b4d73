"""What months of scheduled runs do to a workspace, in minutes.

    python benchmarks/endurance.py [retrains in a row] [at once]

First so many retrains in one process (leaks show), each with other settings, beside a loop of
suggestions in another; then so many at once beside such a loop. Ends with 1 when anything was not as
it must be.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    if len(sys.argv) > 3:
        sys.exit(in_a_row(Path(sys.argv[3]), rows))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "office"
        prepare(home)
        wrong = [*beside_a_row(home, rows), *at_the_same_time(home, at_once)]
    print("\n".join(wrong) or "nothing wrong")
    sys.exit(bool(wrong))


def prepare(home: Path) -> None:
    from offices import put_three

    from recommender.office.retrain import Wish, retrain
    from recommender.workspace import Workspace

    put_three(home / "data" / "inbox")
    retrain(Workspace(home), datetime(2026, 1, 1, tzinfo=UTC), Wish())


# -- in a row --------------------------------------------------------------------------------------


def beside_a_row(home: Path, rows: int) -> list[str]:
    """The row in a process of its own, suggestions in this one until it ends."""
    row = subprocess.Popen([sys.executable, __file__, str(rows), "0", str(home)])
    versions, wrong = suggest_while(home, lambda: row.poll() is None)
    print(f"versions seen by the suggestions: {versions}")
    return wrong + ([f"the row ended with {row.returncode}"] if row.returncode else [])


def in_a_row(home: Path, rows: int) -> int:
    """Retrain so many times; 0 when disk, memory, files and history are as they must be."""
    from offices import put

    from recommender.lifecycle import history
    from recommender.lifecycle.registry import list_versions
    from recommender.office.retrain import Wish, retrain
    from recommender.workspace import Workspace

    workspace, states, marks = Workspace(home), dict[str, int](), []
    for number in range(1, rows + 1):
        put(home, "recommender.toml", f"[list]\nlength = {number % 50 + 1}\nvariety = {number // 50 / 10}\n")
        run = retrain(workspace, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number), Wish())
        assert run
        states[run.state] = states.get(run.state, 0) + 1
        if number in (max(12, rows // 5), rows):
            marks.append(measures(home))
            print(f"after {number}: {marks[-1]}", flush=True)
    recorded = len(history.runs(workspace.models))
    print(f"states {states}, {len(list_versions(workspace.models))} versions left, {recorded} runs recorded")
    early, late = marks[0], marks[-1]
    grown = [name for name in ("models", "files", "open") if late[name] > 1.05 * early[name] + 1]
    grown += ["memory"] if late["peak MiB"] > early["peak MiB"] + 30 else []
    if grown:
        print(f"grew: {grown}")
    return int(bool(grown) or recorded != rows + 1)


def measures(home: Path) -> dict[str, float]:
    """Bytes in version folders, files in the workspace, open files, peak memory."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return {
        "models": sum(path.stat().st_size for path in (home / "models").glob("*/*")),
        "files": len(files),
        "open": len(list(Path("/proc/self/fd").iterdir())),
        "peak MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


# -- at once ---------------------------------------------------------------------------------------


def at_the_same_time(home: Path, at_once: int) -> list[str]:
    """So many processes, one of which works; the others must leave with 6."""
    from offices import bulletin, put

    put(home / "data" / "inbox", "4.txt", bulletin(4, ("优化口岸通关服务研究",)))
    program = [sys.executable, "-m", "recommender", "--home", str(home), "retrain"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    running = [
        subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        for _ in range(at_once)
    ]
    _, wrong = suggest_while(home, lambda: any(one.poll() is None for one in running))
    codes = [one.returncode for one in running]
    counts = {code: codes.count(code) for code in sorted(set(codes))}
    print(f"{at_once} at once: exit codes {counts}, {time.perf_counter() - started:.0f} s")
    return wrong if 0 in counts and set(counts) <= {0, 6} else [*wrong, f"retrains ended with {counts}"]


def suggest_while(home: Path, going_on: Callable[[], bool]) -> tuple[int, list[str]]:
    """Suggest as fast as possible meanwhile; how many versions were seen, and what failed."""
    from recommender.office.desk import report_on
    from recommender.workspace import Workspace

    seen, wrong, done = set(), [], 0
    while going_on():
        try:
            report = report_on(Workspace(home), "1", 3)
            seen.add(report.model)
            if not report.suggestions:
                wrong.append("no suggestions")
        except Exception as error:  # whatever it is, it is a fault
            wrong.append(f"suggest: {type(error).__name__}: {error}")
        done += 1
    print(f"{done} suggestions beside, {len(wrong)} failed")
    return len(seen), wrong


if __name__ == "__main__":
    main()
