"""A Dask cluster of two local workers against two processes (loky), on the same issues in one run:
``python benchmarks/cluster.py FILE [ISSUES [STAGE…]]``.

FILE: a collection of policies, whose clauses are resampled into ISSUES (1,000) issues. Three stages,
those that a cluster shares in: reading a collection (读入), counting words (计数), judging suggestions
(对照). Each must give the same result by either, and counting again while a worker is killed (杀死).
Last the same counting by other ways of Dask (别的): its bags, and Parquet on a shared disk. Seconds depend on
the machine; processor seconds of all processes together, and ratios, tell.
"""

import hashlib
import json
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
from resampled import as_row, read_pool, resampled

from recommender.config import Settings
from recommender.corpus import open_corpus
from recommender.evaluation.backtest import match_issues
from recommender.features.kept import NOWHERE, Keeping, Kept, with_kept
from recommender.ingest import Options, ingest_paths
from recommender.lifecycle.gathered import _count, method_of, take_in
from recommender.lifecycle.train import Lessons, fit_model
from recommender.model import Model
from recommender.parallel import Backend, Workers, mapped
from recommender.records import Clause, Document, Issue, Lexicon
from recommender.slips import slips_of

LEXICON = Lexicon(words=("产教联合体", "新质生产力"))
JUDGED = 10  # one issue in so many has its suggestions judged
PART = 100
STEPS = ("读入", "计数", "对照", "杀死", "别的")

Stage = Callable[[Workers], str]  # → digest of what came out


def main() -> None:
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_file():
        sys.exit("用法：python benchmarks/cluster.py 政策文集.jsonl（可用 .gz、.xz 压缩） [期数 [步骤…]]")
    from distributed import LocalCluster

    size = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    wanted = sys.argv[3:] or STEPS
    issues = list(islice(resampled(read_pool([Path(sys.argv[1])]), picks=True), size))
    letters = sum(len(c.heading) + len(c.text) for i in issues for d in i.documents for c in d.clauses)
    print(f"{size:,} 期，{letters:,} 字", flush=True)
    model = fit_model(Lessons([replace(one, picks=()) for one in issues[:20]], Settings(), LEXICON))
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as cluster,
    ):
        rows = Path(folder, "rows.jsonl")
        rows.write_text("\n".join(json.dumps(as_row(i), ensure_ascii=False) for i in issues), "utf-8")
        all_stages: dict[str, Stage] = {
            "读入": partial(read_all, rows),
            "计数": partial(count_all, issues),
            "对照": partial(judge_all, issues[::JUDGED], model),
        }
        stages = {name: stage for name, stage in all_stages.items() if name in wanted}
        two = Workers(Backend.loky, 2)
        dask = Workers(Backend.dask, scheduler=cluster.scheduler_address)
        for workers in (two, dask):
            count_all(issues[: PART + 1], workers)  # libraries are loaded, the dictionary is read
            judge_all(issues[:20], model, workers)
        print(
            f"{'':<6}{'loky 秒':>9}{'处理器秒':>9}{'dask 秒':>9}{'处理器秒':>9}{'多用':>7}{'处理器':>7}  结果"
        )
        for name, stage in stages.items():
            (found, took, used), (other, long, cost) = (measured(partial(stage, who)) for who in (two, dask))
            columns = f"{name:<6}{took:>10.1f}{used:>10.1f}{long:>10.1f}{cost:>10.1f}"
            print(
                f"{columns}{long / took - 1:>9.0%}{cost / used - 1:>9.0%}  {same(found, other)}", flush=True
            )
        if "杀死" in wanted:
            kill_amid(issues, (two, dask))
        if "别的" in wanted:
            other_ways(issues[:1000], cluster.scheduler_address, Path(folder))


def kill_amid(issues: Sequence[Issue], teams: Sequence[Workers]) -> None:
    counted = count_all(issues, teams[0])
    for workers in teams:
        found, took, _ = measured(partial(with_a_kill, workers, partial(count_all, issues, workers)))
        said = f"计数中杀死一个工作进程（{workers.backend}）：{took:.1f} 秒，结果{same(found, counted)}"
        print(said, flush=True)


def same(one: str, other: str) -> str:
    return "相同" if one == other else "不同！"


def measured(work: Callable[[], str]) -> tuple[str, float, float]:
    """What came out, seconds, and processor seconds of this process and all it started."""
    began, used = time.perf_counter(), processor()
    found = work()
    return found, time.perf_counter() - began, processor() - used


def processor() -> float:
    me = psutil.Process()
    total = 0.0
    for process in (me, *me.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:2])
    return total


# -- stages ---------------------------------------------------------------------------------------


def read_all(rows: Path, workers: Workers) -> str:
    with tempfile.TemporaryDirectory() as folder, open_corpus(Path(folder, "corpus.sqlite")) as corpus:
        ingested = ingest_paths(corpus, [rows], options=Options(workers=workers))
        return digest((ingested, corpus.slips()))


def count_all(issues: Sequence[Issue], workers: Workers) -> str:
    def work(kept: Kept) -> str:
        slips = slips_of(issues)
        take_in(issues, slips, LEXICON, kept, Keeping(workers=workers))
        order = [slip.digest for slip in slips]
        return digest((kept.words, list(kept.counts(order)), list(kept.wordings(order))))

    return with_kept(NOWHERE, method_of(LEXICON), work)


def judge_all(issues: Sequence[Issue], model: Model, workers: Workers) -> str:
    return digest(match_issues(issues, model, Settings(), workers))


def digest(found: object) -> str:
    return hashlib.sha256(repr(found).encode()).hexdigest()


def with_a_kill(workers: Workers, work: Callable[[], str]) -> str:
    """The result of some work during which one of the processes that do it is killed."""
    killer = threading.Timer(3, lambda: os.kill(a_worker(workers), signal.SIGKILL))
    killer.start()
    try:
        return work()
    finally:
        killer.join()


def a_worker(workers: Workers) -> int:
    if workers.backend is Backend.dask:
        from distributed import Client

        with Client(workers.scheduler, set_as_default=False) as client:
            return int(min(client.run(os.getpid).values()))
    names = ((child.pid, " ".join(child.cmdline())) for child in psutil.Process().children())
    return min(int(pid) for pid, name in names if "loky" in name and "resource_tracker" not in name)


# -- other ways -----------------------------------------------------------------------------------


def other_ways(issues: Sequence[Issue], scheduler: str, folder: Path) -> None:
    """Counting alone, without storing: by our parts of bytes, by a bag, by Parquet that all can see."""
    import dask
    from dask import bag
    from distributed import Client

    parts = [[(i.key, i) for i in issues[n : n + PART]] for n in range(0, len(issues), PART)]
    files = [folder / f"{n}.parquet" for n in range(len(parts))]

    def by_bag() -> str:
        with Client(scheduler), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
            counted = bag.from_sequence(parts, npartitions=len(parts)).map(_digest_of_counts)
            return digest(counted.compute())

    def by_parquet() -> str:
        for part, file in zip(parts, files, strict=True):
            write_parquet([issue for _, issue in part], file)
        with Client(scheduler):
            return digest(
                bag.from_sequence(map(str, files), npartitions=len(files)).map(_count_file).compute()
            )

    ours = Workers(Backend.dask, scheduler=scheduler)
    ways = {
        "本程序": lambda: digest(mapped(_digest_of_counts, parts, ours)),
        "dask.bag": by_bag,
        "Parquet": by_parquet,
    }
    results = {name: measured(way) for name, way in ways.items()}
    for name, (found, took, used) in results.items():
        print(f"只计数，{name}：{took:.1f} 秒，处理器 {used:.1f} 秒，{same(found, results['本程序'][0])}")
    size, packed = sum(file.stat().st_size for file in files), sum(len(pickle.dumps(part)) for part in parts)
    print(f"一样的内容：Parquet {size / 2**20:.1f} MB，本程序送出 {packed / 2**20:.1f} MB")


def _digest_of_counts(part: list[tuple[str, Issue]]) -> str:
    counts = _count(part, LEXICON)
    return digest((counts.words, [(key, one.words.tolist()) for key, one, _ in counts.issues]))


def write_parquet(issues: Sequence[Issue], file: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = [
        {"issue": i.key, "document": n, "title": d.title, "name": d.name, "role": d.role, "label": c.label,
         "heading": c.heading, "text": c.text, "depth": c.depth}
        for i in issues for n, d in enumerate(i.documents) for c in d.clauses
    ]  # fmt: skip
    parquet.write_table(pa.Table.from_pylist(rows), file)


def _count_file(file: str) -> str:
    """The counts of the issues in a Parquet file, put together again from its rows."""
    from pyarrow import parquet

    held: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for row in parquet.read_table(file).to_pylist():
        held.setdefault(row["issue"], {}).setdefault(row["document"], []).append(row)
    issues = [
        Issue(key, "bulletin", "", documents=tuple(_document(rows) for rows in documents.values()))
        for key, documents in held.items()
    ]
    return _digest_of_counts([(issue.key, issue) for issue in issues])


def _document(rows: Sequence[dict[str, Any]]) -> Document:
    clauses = tuple(Clause(row["label"], row["heading"], row["text"], row["depth"]) for row in rows)
    return Document("", rows[0]["title"], rows[0]["name"], role=rows[0]["role"], clauses=clauses)


if __name__ == "__main__":
    main()
