"""What the commands an office waits for take, against floors measured in the same run.

    python benchmarks/commands.py [runs]

Each command is a process of its own, run in turn with its floor; a figure is the median of some runs
(default 7) after one that is not counted, with files in the cache. ``--help`` stands against importing
Typer, the others against importing NumPy and scipy.sparse. Times depend on the machine: compare the
ratios of processor time, which other work on it disturbs least.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from child import ROOT, SHARED, environment

PROGRAM = ["-c", "from recommender.cli import main; main()"]
FLOORS = {"typer": ["-c", "import typer"], "numpy, scipy.sparse": ["-c", "import numpy, scipy.sparse"]}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds of its processor and by the clock, MiB at its peak."""

    processor: float
    clock: float
    memory: float


@dataclass(frozen=True, slots=True)
class Case:
    """A command with the floor it stands against, and how many times that it may take (0: no aim)."""

    label: str
    words: list[str]
    home: Path
    floor: str = "numpy, scipy.sparse"
    most: float = 0


def run(arguments: list[str], home: Path) -> Cost:
    """One process."""
    settings = environment() | {"RECOMMENDER_HOME": str(home)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    if status:
        raise SystemExit(f"{arguments} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024)


def compared(case: Case, runs: int) -> str:
    """A row of the table: the command and its floor in turn."""
    pairs = [
        (run([*PROGRAM, *case.words], case.home), run(FLOORS[case.floor], case.home)) for _ in range(runs + 1)
    ][1:]
    median = statistics.median
    figures = (
        f"{median(one.processor / floor.processor for one, floor in pairs):7.2f}",
        f"{median(one.clock / floor.clock for one, floor in pairs):7.2f}",
        f"{case.most:6.1f}" if case.most else " " * 6,
        f"{median(one.processor for one, _ in pairs):8.2f}",
        f"{median(floor.processor for _, floor in pairs):7.2f}",
        f"{median(one.memory for one, _ in pairs):6.0f}",
    )
    return f"{case.label:<34}{case.floor:<21}" + "".join(figures)


def cases(folder: Path) -> Iterator[Case]:
    """The commands on a workspace that has read and learned the sample, and one with the seeds."""
    yield Case("--help", ["--help"], folder, "typer", 1.5)
    for name, path in {"sample": ROOT / "data" / "sample", "seeds": SHARED / "seeds"}.items():
        files = sorted(file for file in path.glob("*.txt"))
        if not files:
            print(f"{name}: {path} is missing, left out", file=sys.stderr)
            continue
        home = folder / name
        for words in (["init", str(home)], ["run", *map(str, files[1:])]):
            run([*PROGRAM, *words], home)
        key = newest(home)
        yield Case(f"show {key}, {name}", ["show", key], home)
        yield Case(f"suggest {key}, {name}", ["suggest", key], home, most=3)
        yield Case(f"suggest {key} (JSON), {name}", ["suggest", key, "--format", "json"], home, most=3)
        yield Case(f"suggest FILE not stored, {name}", ["suggest", str(files[0])], home)


def newest(home: Path) -> str:
    """The key of the last issue of a workspace."""
    sys.path.insert(0, str(ROOT))
    from recommender.office.library import newest_issue
    from recommender.workspace import Workspace

    return newest_issue(Workspace(home)).key


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'':<55}{'times the floor':<20}seconds of processor")
        heads = f"{'cpu':>7}{'clock':>7}{'aim':>6}{'ours':>8}{'floor':>7}{'MiB':>6}"
        print(f"{'command':<34}{'floor: importing':<21}{heads}")
        for case in cases(Path(folder)):
            print(compared(case, runs), flush=True)


if __name__ == "__main__":
    main()
