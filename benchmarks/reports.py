"""Time and size of the report on one issue in each form, on the sample.

    python benchmarks/reports.py [runs]

Each form is written by a process of its own (default 3 runs, the median), as an office would; "all"
writes the five together. txt is the floor: it reads the workspace and compares the issues, and draws
nothing. Vega is joined once in a workspace: the first html is told apart. Times depend on the machine;
those of the processor, all threads together, vary less where others work on it too.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from child import ROOT
from commands import PROGRAM, run

FORMS = ("txt", "md", "xlsx", "docx", "html", "png", "svg")
FIVE = "html,docx,xlsx,md,txt"


def report(home: Path, forms: str, out: Path, runs: int) -> tuple[float, float, float]:
    """Medians of writing some forms: seconds, seconds of processor, MiB at the peak."""
    words = [*PROGRAM, "report", "8", "--as", forms, "--out", str(out)]
    costs = [run(words, home) for _ in range(runs)]
    median = statistics.median
    return (
        median(one.clock for one in costs),
        median(one.processor for one in costs),
        median(one.memory for one in costs),
    )


def size(folder: Path) -> float:
    """KiB of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 1024


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder) / "home", Path(folder) / "out"
        home.mkdir()
        (home / "recommender.toml").write_bytes((ROOT / "recommender.toml").read_bytes())
        run([*PROGRAM, "run", str(ROOT / "data" / "sample")], home)
        for kept in (home / "data" / ".cache").iterdir():
            kept.unlink()
        rows = [("html, first", *report(home, "html", out / "first", 1), size(out / "first"))]
        for form in (*FORMS, FIVE):
            measured = report(home, form, out / form, runs)
            rows.append(("all five" if form == FIVE else form, *measured, size(out / form)))
    print(f"{'form':<14}{'seconds':>9}{'processor':>11}{'peak MiB':>10}{'KiB':>7}")
    for label, seconds, processor, memory, kib in rows:
        print(f"{label:<14}{seconds:>9.2f}{processor:>11.2f}{memory:>10.0f}{kib:>7.0f}")


if __name__ == "__main__":
    main()
