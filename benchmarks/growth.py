"""How time and memory grow with the corpus: ``python benchmarks/growth.py [--sizes 100,1000,10000] [FILE…]``.

FILE: bulletins or collections whose clauses are drawn from, the provincial reports without any (data/sample
where they are missing). Issues of ten clauses (``resampled.py``), some 20 KB with those of the reports; a
workspace ingests them, trains, ingests one more, trains again, and suggests. Each step is a process of
its own; its processor time and peak memory are measured, and the slope of their logarithms over that of
the number of issues: 1 is linear, n log n is 1.1 to 1.2 here. Ask for 10⁵ issues with ``--sizes``.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

from child import ROOT, SHARED, environment
from resampled import Pool, as_row, read_pool, resampled

REPORTS = SHARED / "policy" / "provincial_reports_2000-2026.jsonl.xz"
TRAINING = {"before": "主题之前", "fit": "主题", "after": "主题之后"}
STEPS = (
    *("读入", "训练", *(f"训练：{part}" for part in TRAINING.values())),
    *("再读入一期", "再训练", *(f"再训练：{part}" for part in TRAINING.values()), "推荐"),
)
FIT, AFTER = "学习主题", "计算各期对各主题的关注度"  # what training tells as they begin
Measured = dict[str, tuple[float, float]]  # step → processor seconds, peak MiB


def main(words: Sequence[str]) -> None:
    if words[:1] == ["--learn"]:
        print(json.dumps(learn(Path(words[1]))))
        return
    sizes = [100, 1000, 10_000]
    if words[:1] == ["--sizes"]:
        sizes, words = [int(size) for size in words[1].split(",")], words[2:]
    given = [Path(word) for word in words] or [REPORTS if REPORTS.exists() else ROOT / "data" / "sample"]
    pool = read_pool(given)
    measured = {size: measure(size, pool) for size in sizes}
    print_table(measured)


def lines_of(count: int, pool: Pool, first: int = 0) -> Iterator[str]:
    """Issues as JSON lines."""
    for issue in islice(resampled(pool, first=first), count):
        yield f"{json.dumps(as_row(issue), ensure_ascii=False)}\n"


def measure(size: int, pool: Pool) -> Measured:
    """Every step at one size."""
    with tempfile.TemporaryDirectory() as folder:
        home, many, one = Path(folder, "home"), Path(folder, "many.jsonl"), Path(folder, "one.jsonl")
        with many.open("w", encoding="utf-8") as file:
            file.writelines(lines_of(size, pool))
        print(f"{size:>7} 期　共 {many.stat().st_size / 2**20:,.0f} MB", flush=True)
        one.write_text("".join(lines_of(1, pool, size)), encoding="utf-8")
        command(home, "init", home)
        found: Measured = {"读入": command(home, "ingest", many)[:2]}
        found |= training("训练", home)
        found["再读入一期"] = command(home, "ingest", one)[:2]
        found |= training("再训练", home)
        key = command(home, "ingest", one, "--format", "json")[2]["issues"][0]
        found["推荐"] = command(home, "suggest", key, "--format", "json")[:2]
    for step in STEPS:
        print(f"{size:>7} 期　{step:<12}{found[step][0]:>9.1f} 秒{found[step][1]:>8.0f} MiB", flush=True)
    return found


def training(step: str, home: Path) -> Measured:
    """A training and its parts."""
    *whole, parts = run([sys.executable, str(Path(__file__)), "--learn", str(home)])
    return {step: tuple(whole)} | {f"{step}：{name}": tuple(parts[part]) for part, name in TRAINING.items()}


def learn(home: Path) -> dict[str, tuple[float, float]]:
    """Train in this process: processor seconds, from its start, before, in and after the fit of topics,
    with the peak memory at the end of each."""
    from recommender.office import desk
    from recommender.workspace import Workspace

    marks = [(0.0, 0.0)]

    def told(step: str, done: int = 0, of: int = 0, /) -> None:
        if step in (FIT, AFTER):
            marks.append((time.process_time(), peak()))

    desk.learn(Workspace(home), datetime.now(UTC), tell=told)
    told(AFTER)
    names = ("before", "fit", "after")
    return {
        name: (after[0] - before[0], after[1])
        for name, (before, after) in zip(names, pairwise(marks), strict=True)
    }


def peak() -> float:
    """MiB at most of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def command(home: Path, *words: str | Path):  # type: ignore[no-untyped-def]
    """Processor seconds, peak MiB and the output of a command of the program."""
    program = "from recommender.cli import main; main()"
    return run([sys.executable, "-c", program, "--home", str(home), *map(str, words)])


def run(arguments: Sequence[str]):  # type: ignore[no-untyped-def]
    started = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    )
    assert started.stdout
    said = started.stdout.read()
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        sys.exit(f"{' '.join(arguments[1:])}：结束码 {started.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    output = json.loads(said) if said[:1] == b"{" else None
    return used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 2**20, output


def print_table(measured: dict[int, Measured]) -> None:
    sizes = list(measured)
    print("\n| 步骤 | " + " | ".join(f"{size} 期" for size in sizes) + " | 时间斜率 | 内存斜率 |")
    print("|---|" + "---|" * (len(sizes) + 2))
    for step in STEPS:
        cells = [measured[size][step] for size in sizes]
        shown = " | ".join(f"{seconds:.1f} 秒 {memory:.0f} MiB" for seconds, memory in cells)
        slopes = [slope(sizes[-2:], [cell[which] for cell in cells[-2:]]) for which in (0, 1)]
        print(f"| {step} | {shown} | {slopes[0]:.2f} | {slopes[1]:.2f} |")
    for size in sizes:
        full, again = (measured[size][f"{step}：主题之前"][0] for step in ("训练", "再训练"))
        print(f"{size} 期：主题之前，再训练为训练的 {100 * again / full:.1f}%（处理器时间）")


def slope(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Of the logarithms, between the two largest sizes: what is constant, such as imports, counts least."""
    if len(sizes) < 2:
        return math.nan
    return math.log(values[1] / values[0]) / math.log(sizes[1] / sizes[0])


if __name__ == "__main__":
    main(sys.argv[1:])
