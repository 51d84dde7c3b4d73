"""Fifty readers and five editors at the page for five minutes, the server held to one processor core:
errors, confirmed changes that were lost, and how long each page took.

    python benchmarks/web_load.py [seconds] [workspace]

Default 300 seconds at a workspace that has learned the sample; a workspace that is named is copied. A
reader comes with an empty cache, opens pages with what stands beside them, and reads each for 1 to 5
seconds; an editor does a step every 1 to 5 seconds, two of them under one name. Ends with 1 when there
was an error or a loss. On a busy machine, run it before all others (``nice -n -15``).
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import httpx2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
READERS, EDITORS = 50, ("甲", "乙", "丙", "丁", "丁")
PAGES = {  # name → address and how many of a hundred steps lead there
    "issues": ("/", 20),
    "issue": ("/issues/KEY", 15),
    "suggestions": ("/issues/KEY/suggestions", 25),
    "side by side": ("/issues/KEY/side", 10),
    "a term": ("/emphasis?q=TERM", 15),
    "topics": ("/emphasis", 5),
    "models": ("/models", 5),
    "comparison": ("/comparison", 3),
    "export": ("/issues/KEY/export", 2),
}
TERMS = ("产教融合", "跨境电商", "人工智能", "职业教育", "养老服务", "数字化", "乡村振兴", "技能人才")
_BESIDE = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class Times:
    """Seconds of every answer by page, and what went wrong."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []

    def note(self, page: str, seconds: float) -> None:
        self.seconds[page].append(seconds)


class Visitor(Protocol):
    """Who comes, does one thing after another, and leaves."""

    def come(self) -> None: ...
    def step(self) -> None: ...
    def leave(self) -> None: ...


class Reader:
    """A browser that only reads. Beside a page it asks for what it has not had yet."""

    def __init__(self, address: str, keys: Sequence[str], chance: random.Random, times: Times) -> None:
        self._client = httpx2.Client(
            base_url=address, cookies={"recommender_editor": "reader"}, timeout=60, follow_redirects=True
        )
        self._keys = keys
        self._chance = chance
        self._times = times
        self._had: set[str] = set()

    def come(self) -> None:
        self.step()

    def step(self) -> None:
        weights = [weight for _, weight in PAGES.values()]
        page = self._chance.choices(list(PAGES), weights)[0]
        path = PAGES[page][0].replace("KEY", self._chance.choice(self._keys))
        text = self._ask(page, path.replace("TERM", self._chance.choice(TERMS)))
        for beside in dict.fromkeys(_BESIDE.findall(text)):
            if beside not in self._had:
                self._ask("files beside", beside)
                self._had.add(beside)

    def _ask(self, page: str, path: str) -> str:
        began = time.monotonic()
        answer = self._client.get(path)
        self._times.note(page, time.monotonic() - began)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return answer.text

    def leave(self) -> None:
        self._client.close()


def made_office(folder: Path, model: str) -> Path:
    """A copy of a workspace, or one that has learned the sample."""
    home = folder / "office"
    if model:
        return Path(shutil.copytree(model, home))
    home.mkdir()
    shutil.copy(ROOT / "recommender.toml", home)
    command = (sys.executable, "-m", "recommender", "--home", str(home), "run", str(ROOT / "data" / "sample"))
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return home


def work(visitor: Visitor, chance: random.Random, end: float, times: Times) -> None:
    """Steps with pauses until the end; the first start is spread over some seconds."""
    try:
        time.sleep(chance.uniform(0, 5))
        visitor.come()
        while time.monotonic() < end:
            time.sleep(chance.uniform(1, 5))
            visitor.step()
    except Exception as error:  # whatever it is, it is what we count
        times.errors.append(f"{type(visitor).__name__}: {type(error).__name__}: {error}")
    finally:
        visitor.leave()


def everybody(visitors: Sequence[Visitor], seconds: float, times: Times) -> None:
    """All of them at the same time, each in a thread."""
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=work, args=(one, random.Random(number), end, times))
        for number, one in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def print_times(times: Times, say: Callable[[str], None] = print) -> None:
    say(f"{'page':14} {'answers':>7} {'median':>8} {'95th':>8} {'slowest':>8}  milliseconds")
    for page in sorted(times.seconds):
        took = 1000 * np.array(times.seconds[page])
        middle, late = np.percentile(took, (50, 95))
        say(f"{page:14} {len(took):7} {middle:8.0f} {late:8.0f} {took.max():8.0f}")


def main() -> None:
    from editors import Editor, Served, faults

    from recommender.office.library import open_shelf
    from recommender.workspace import Workspace

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    core, *others = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, others or {core})
    times = Times()
    with tempfile.TemporaryDirectory() as folder:
        home = made_office(Path(folder), sys.argv[2] if len(sys.argv) > 2 else "")
        with open_shelf(Workspace(home)) as corpus:
            keys = corpus.keys()
        served = Served(home, core=core)
        served.start()
        editors = [
            Editor(name, served.address, keys, random.Random(f"editor {n}"), times.note)
            for n, name in enumerate(EDITORS)
        ]
        readers = [Reader(served.address, keys, random.Random(f"reader {n}"), times) for n in range(READERS)]
        everybody([*readers, *editors], seconds, times)
        usage = served.stop()
        wrong = list(faults(home, editors))
    print_times(times)
    sure, conflicts = sum(len(one.sure) for one in editors), sum(one.conflicts for one in editors)
    print(f"{len(keys)} issues, {seconds:.0f} s, {sum(map(len, times.seconds.values()))} answers")
    print(f"{len(times.errors)} errors, {sure} changes confirmed, {len(wrong)} faults in the store")
    print(f"{conflicts} conflicts shown; the server took {usage.ru_utime + usage.ru_stime:.0f} s of its core")
    print(*times.errors[:20], *wrong[:20], sep="\n")
    sys.exit(bool(times.errors or wrong))


if __name__ == "__main__":
    main()
