"""A process of its own for each thing that is measured, so that no peak is another's."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RECOMMENDER_SHARED", ROOT.parent / "shared"))
PROGRAM = "from recommender.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds; seconds of the processor, all processes and threads together; MiB of the largest process
    at its peak."""

    wall: float
    processor: float
    peak: float


def environment() -> dict[str, str]:
    """This checkout's program as an installed one runs: with its bytecode kept."""
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return others | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def run(arguments: Sequence[str | Path]) -> Used:
    """A Python process with these arguments, its output dropped, its errors shown.

    Raises SystemExit when it fails.
    """
    began = time.perf_counter()
    command = [sys.executable, *map(str, arguments)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with {child.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Used(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 2**20)


def recommender(home: Path, *words: str | Path) -> Used:
    """One command of the program in a workspace."""
    return run(["-c", PROGRAM, "--home", home, *words])


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as Markdown; numbers to the right."""
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
