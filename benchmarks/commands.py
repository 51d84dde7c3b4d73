"""Wall time and peak memory of the commands an office waits for, on the sample and the seeds.

    python benchmarks/commands.py [runs]

Each figure is the median of some runs in fresh processes (default 5); the floor is the same
interpreter importing NumPy alone. Absolute times depend on the machine: compare ratios.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RECOMMENDER_SHARED", ROOT.parent / "shared"))
PROGRAM = "from recommender.cli import main; main()"


def timed(arguments: list[str], home: Path) -> tuple[float, float]:
    """Seconds and peak MiB of one process."""
    environment = {**os.environ, "RECOMMENDER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{arguments} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss / 1024


def measure(arguments: list[str], home: Path, runs: int, fresh: bool = False) -> tuple[float, float]:
    """Medians over the runs; ``fresh`` empties the workspace before each."""
    results = []
    for _ in range(runs):
        if fresh:
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
        results.append(timed(arguments, home))
    return statistics.median(s for s, _ in results), statistics.median(m for _, m in results)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sources = {"sample": (ROOT / "data" / "sample", "8"), "seeds": (SHARED / "seeds", "73")}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        rows = [("import numpy (floor)", *measure(["-c", "import numpy"], home, runs))]
        rows.append(("--help", *measure(["-c", PROGRAM, "--help"], home, runs)))
        for name, (path, key) in sources.items():
            if not path.exists():
                print(f"{name}: {path} is missing, left out", file=sys.stderr)
                continue
            rows.append((f"run, {name}", *measure(["-c", PROGRAM, "run", str(path)], home, runs, fresh=True)))
            rows.append((f"show {key}, {name}", *measure(["-c", PROGRAM, "show", key], home, runs)))
            rows.append((f"suggest {key}, {name}", *measure(["-c", PROGRAM, "suggest", key], home, runs)))
    floor = rows[0][1]
    print(f"{'command':<24}{'seconds':>9}{'× floor':>9}{'peak MiB':>10}")
    for label, seconds, memory in rows:
        print(f"{label:<24}{seconds:>9.2f}{seconds / floor:>9.1f}{memory:>10.0f}")


if __name__ == "__main__":
    main()
