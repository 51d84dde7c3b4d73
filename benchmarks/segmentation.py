"""Our segmenter against jieba's own cut, on the same text: time, memory, and whether the words are the same.

    python benchmarks/segmentation.py [--quick]

The text is every line of the collections of policy, titles and abstracts, of the bulletins and of the
sample (``--quick``: every twentieth). Each engine cuts it in a process of its own; loading it is told
apart. The words compared are those of Chinese characters, line by line: numbers, Latin and punctuation
the program treats itself, and gives a segmenter the runs of Chinese alone. A number before a run can
change how jieba cuts it (2000年时: 年时, else 年 时), so jieba is run both ways. Seconds are of the
processor, since others may work on the machine too.
"""

import csv
import json
import lzma
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from child import ROOT, SHARED, Used, run, table

from recommender.features.segment import engine_name, segmenter
from recommender.fold import CJK
from recommender.intake.read import read_one

QUICK = 20
_CHINESE = re.compile(f"[{CJK}]+")
# name → as it is shown; both ways of jieba stand beside ours, which is compared with each
ENGINES = {
    "jieba": "jieba.lcut on the line",
    "runs": "jieba.lcut on each run of Chinese",
    "ours": f"ours ({engine_name()})",
}


def main() -> None:
    quick = "--quick" in sys.argv
    lines = list(read_lines())[:: QUICK if quick else 1]
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.txt"
        texts.write_text("\n".join(lines), encoding="utf-8")
        measured: dict[str, list[tuple[float, float, Used]]] = {engine: [] for engine in ENGINES}
        for _ in range(3 if quick else 1):
            for engine, runs in measured.items():
                print(ENGINES[engine], file=sys.stderr, flush=True)
                runs.append(measure(engine, texts))
        report(texts, measured)


def report(texts: Path, measured: Mapping[str, Sequence[tuple[float, float, Used]]]) -> None:
    """The table, with the medians of the rounds."""
    took = {engine: statistics.median(cut for _, cut, _ in runs) for engine, runs in measured.items()}
    words = {engine: _words_beside(texts, engine) for engine in ENGINES}
    chars = len(texts.read_text(encoding="utf-8"))
    rows = []
    for engine, runs in measured.items():
        load, peak = statistics.median(run[0] for run in runs), max(run[2].peak for run in runs)
        times = f"{load:.2f}", f"{took[engine]:.1f}", f"{chars / took[engine] / 1e6:.2f}"
        apart = "" if engine == "ours" else _apart(words[engine], words["ours"])
        rows.append((ENGINES[engine], *times, f"{took['jieba'] / took[engine]:.1f}", f"{peak:.0f}", apart))
    number = sum(line.count(" ") + 1 for line in words["ours"] if line)
    print(f"{len(words['ours']):,} lines, {chars:,} characters, {number:,} Chinese words\n")
    columns = ("load s", "cut s", "million chars/s", "times as fast", "peak MiB", "other words than ours")
    print(table(("", *columns), rows))


def _words_beside(texts: Path, engine: str) -> list[str]:
    """What ``cut_lines`` wrote: the Chinese words of each line."""
    return texts.with_suffix(f".{engine}").read_text(encoding="utf-8").split("\n")


def _apart(theirs: Sequence[str], own: Sequence[str]) -> str:
    """How many of their words are not among ours of the same line."""
    pairs = ((a, b) for a, b in zip(theirs, own, strict=True) if a != b)
    number = sum((Counter(a.split()) - Counter(b.split())).total() for a, b in pairs)
    return f"{number:,}"


def measure(engine: str, texts: Path) -> tuple[float, float, Used]:
    """Seconds of the processor to load the engine, to cut the lines, and what the process used."""
    used = run([__file__, "--cut", engine, texts])
    facts = json.loads(texts.with_suffix(f".{engine}.json").read_text())
    return facts["load"], facts["cut"], used


def cut_lines(engine: str, texts: Path) -> None:
    """Cut every line and leave the times and the Chinese words beside the file."""
    lines = texts.read_text(encoding="utf-8").split("\n")
    began = time.process_time()
    cut = _engine(engine)
    cut("产教融合")
    loaded = time.process_time()
    words = [cut(line) for line in lines]
    done = time.process_time()
    facts = {"load": loaded - began, "cut": done - loaded}
    texts.with_suffix(f".{engine}.json").write_text(json.dumps(facts))
    chinese = "\n".join(" ".join(filter(_CHINESE.fullmatch, line)) for line in words)
    texts.with_suffix(f".{engine}").write_text(chinese, encoding="utf-8")


def _engine(name: str) -> Callable[[str], list[str]]:
    if name == "ours":
        return segmenter()
    import jieba

    jieba.setLogLevel("WARNING")
    if name == "jieba":
        return jieba.lcut  # type: ignore[no-any-return]
    return lambda line: [word for run in _CHINESE.findall(line) for word in jieba.lcut(run)]


def read_lines() -> Iterator[str]:
    """Every line of text at hand that is not empty."""
    for path in (*sorted(SHARED.glob("seeds/*.txt")), *sorted((ROOT / "data" / "sample").glob("*.txt"))):
        yield from _filled(read_one(path)[0].text)
    for path in (*sorted(SHARED.glob("policy/*.jsonl.xz")), *sorted(SHARED.glob("keywords/*.jsonl"))):
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield from _filled("\n".join(str(value) for value in row.values()))
    for path in sorted(SHARED.glob("titles/*.csv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield from _filled(row["title"])


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cut"]:
        cut_lines(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
