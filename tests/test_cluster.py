"""The same from a cluster as from this machine, whatever dies; a stranger in it, or no one, is said."""

import json
import os
import pickle
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import hostile
import pytest
from builders import sample_issues, three_issues
from clusters import Running, meanwhile, running
from conftest import Call
from offices import bulletin, put, put_three

from recommender.cluster import _work, program
from recommender.config import Limits, Settings
from recommender.corpus import open_corpus
from recommender.errors import InputError, UsageError
from recommender.evaluation import backtest
from recommender.features.kept import kept_in
from recommender.ingest import Ingested, Options, ingest_paths
from recommender.lifecycle.registry import list_versions, load
from recommender.lifecycle.rolling import compare_rolling
from recommender.lifecycle.train import Lessons, fit_model, make_version
from recommender.office.background import build
from recommender.parallel import ALONE, Backend, Workers, mapped
from recommender.records import Issue, Lexicon

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
LEXICON = Lexicon(words=("产教联合体实训基地", "贸易单证在线"), synonyms=(("老年人", "长者"),))
LONG = "支持外贸企业使用数字贸易平台，贸易单证在线流转，产教联合体实训基地向学生开放。"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("elsewhere"), workers=2) as two:
        yield two


def many(count: int, repeat: int = 1) -> tuple[Issue, ...]:
    """Issues whose texts are long enough to be in the midst of."""
    made = []
    for number in range(count):
        issue = three_issues()[number % 3]
        more = f"{number}号。{LONG * repeat}"
        documents = tuple(
            replace(one, clauses=tuple(replace(clause, text=clause.text + more) for clause in one.clauses))
            for one in issue.documents
        )
        made.append(replace(issue, key=str(number), date=f"{2000 + number // 12}-01-01", documents=documents))
    return tuple(made)


def report(year: int) -> str:
    row = {"title": f"示例省{year}年政府工作报告", "province": "示例省", "year": year, "text": f"一、{LONG}"}
    return json.dumps(row, ensure_ascii=False)


def trained(models: Path, lessons: Lessons, workers: Workers) -> dict[str, bytes]:
    """The files of the version that these workers make."""
    keeping = kept_in(models.with_suffix(".sqlite"), workers)
    return dict(load(models, make_version(lessons, models, NOON, keeping)).files)


def ingested(folder: Path, source: Path, options: Options) -> tuple[Ingested, tuple[Issue, ...]]:
    folder.mkdir(parents=True)
    with open_corpus(folder / "corpus.sqlite") as corpus:
        return ingest_paths(corpus, [source], options=options), corpus.issues()


def mixed_files(folder: Path) -> Path:
    """Bulletins, a collection in two editions, an archive, and what must be refused."""
    put_three(folder)
    rows = [report(year) for year in (*range(2000, 2012), 2003)]
    put(folder, "reports.jsonl", "\n".join([*rows, "{"]))
    put(folder, "bomb.docx", hostile.word_bomb(40 * hostile.MB))
    put(folder, "word.docx", hostile.plain_word())
    return folder


# -- the same result ------------------------------------------------------------------------------


def test_a_cluster_learns_the_same_model_with_the_offices_own_words(cluster: Running, tmp_path: Path) -> None:
    lessons = Lessons(many(9), Settings(), LEXICON)
    alone = trained(tmp_path / "alone", lessons, ALONE)
    assert trained(tmp_path / "two", lessons, cluster.workers) == alone
    assert "贸易单证在线".encode() in alone["learned.json"]  # jieba alone would cut it


def test_a_cluster_reads_the_same_without_seeing_the_files(cluster: Running, tmp_path: Path) -> None:
    options = Options(limits=Limits(unpacked_mb=8))
    source = mixed_files(tmp_path / "inbox")
    alone = ingested(tmp_path / "alone", source, options)
    assert ingested(tmp_path / "two", source, replace(options, workers=cluster.workers)) == alone
    assert alone[0].added == 16
    assert any("unpacked_mb" in one.error for one in alone[0].failed)  # the caps hold there too


def test_a_cluster_judges_the_same(cluster: Running) -> None:
    lessons = Lessons(sample_issues()[:5], Settings(), Lexicon())
    model = fit_model(lessons)
    alone = backtest.compare(lessons.issues, model, lessons.settings)
    assert backtest.compare(lessons.issues, model, lessons.settings, cluster.workers) == alone
    told: list[str] = []
    then = compare_rolling(lessons, told.append, cluster.workers)
    assert then == compare_rolling(lessons, told.append)
    assert told == [key for key, _ in then.issues] * 2


def test_a_cluster_counts_the_same_background(cluster: Running, tmp_path: Path) -> None:
    words = ["产教融合", "跨境电商", "养老服务", "数字贸易", "乡村振兴"]
    rows = [
        json.dumps({"date": f"{2000 + n // 10}", "text": f"推进{words[n % 5]}发展。深化{words[n % 4]}改革。"})
        for n in range(120)
    ]
    put(tmp_path, "src/policy.jsonl", "\n".join(rows))
    put(tmp_path, "src/titles.csv", "title,year\n" + "\n".join(f"{word}研究,2001" for word in words * 9))
    alone, two = (
        [path.read_bytes() for path in build([tmp_path / "src"], tmp_path / name, workers)]
        for name, workers in (("alone", ALONE), ("two", cluster.workers))
    )
    assert two == alone


# -- death ----------------------------------------------------------------------------------------


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def test_a_worker_killed_while_training_costs_no_result(cluster: Running, tmp_path: Path) -> None:
    lessons = Lessons(many(12, 60), Settings(), LEXICON)
    alone = trained(tmp_path / "alone", lessons, ALONE)
    two = meanwhile(
        lambda: trained(tmp_path / "two", lessons, cluster.workers), partial(cluster.when_busy, kill)
    )
    assert two == alone


def test_a_worker_killed_while_reading_costs_no_result(cluster: Running, tmp_path: Path) -> None:
    source = tmp_path / "inbox"
    for number in range(1, 13):
        put(source, f"{number}.txt", bulletin(number, (), (f"发展第{number}类贸易。" + LONG * 300,) * 3))
    alone = ingested(tmp_path / "alone", source, Options())
    two = meanwhile(
        lambda: ingested(tmp_path / "two", source, Options(workers=cluster.workers)),
        partial(cluster.when_busy, kill),
    )
    assert two == alone


def test_the_scheduler_gone_is_said_and_leaves_no_half_model(tmp_path: Path) -> None:
    lessons = Lessons(many(12, 60), Settings(), LEXICON)
    with running(tmp_path / "elsewhere", workers=1) as one, pytest.raises(InputError) as said:
        meanwhile(
            lambda: trained(tmp_path / "models", lessons, one.workers),
            partial(one.when_busy, lambda _: one.scheduler.send_signal(signal.SIGKILL)),
        )
    assert str(said.value).startswith(one.address) and "连接断了" in str(said.value)
    assert list_versions(tmp_path / "models") == ()


def die_once(item: tuple[int, Path]) -> int:
    number, marks = item
    if number == 5 and not (marks / "died").exists():
        (marks / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_killed_process_costs_no_result(tmp_path: Path) -> None:
    two = Workers(Backend.loky, 2)
    assert mapped(die_once, [(number, tmp_path) for number in range(40)], two) == list(range(40))
    assert (tmp_path / "died").exists()


@pytest.mark.filterwarnings("ignore:A worker stopped")
def test_what_kills_every_process_is_said() -> None:
    with pytest.raises(InputError, match=r"一再中断.*--jobs"):
        mapped(die, [1, 2], Workers(Backend.loky, 2))


# -- who is in the cluster ------------------------------------------------------------------------


def test_a_worker_with_another_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(Path(__file__).parent.parent / "recommender", other / "recommender")
    with (other / "recommender" / "features" / "stopwords.py").open("a", encoding="utf-8") as file:
        file.write("\nOTHER = 1\n")
    with running(tmp_path / "elsewhere", workers=0) as none:
        none.add(1, PYTHONPATH=str(other))
        with pytest.raises(InputError, match=r"程序与这里不同（recommender 那里 .*requirements.lock"):
            mapped(abs, [1, 2], none.workers)


def test_a_worker_that_joins_later_is_checked_with_every_item(cluster: Running) -> None:
    with cluster.client() as client:
        expected = {**program(), "rjieba": "没有安装"}
        future = client.submit(_work, abs, pickle.dumps(-1), expected, pure=False)
        with pytest.raises(InputError, match=r"tcp://127\.0\.0\.1:\d+ 的程序与主机不同"):
            future.result()


def test_a_cluster_without_workers_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path / "elsewhere", workers=0) as none:
        monkeypatch.setattr("recommender.cluster._SECONDS_TO_CONNECT", 1)
        with pytest.raises(InputError, match="没有工作进程"):
            mapped(abs, [1, 2], none.workers)


def test_the_functions_own_error_comes_through(cluster: Running) -> None:
    with pytest.raises(FileNotFoundError):
        mapped(os.listdir, ["nowhere", "nowhere else"], cluster.workers)


@pytest.mark.parametrize("address", ["主机", "tcp://主机", "http://127.0.0.1:8786", "tcp://a b:1"])
def test_an_address_that_is_none_is_a_usage_error(address: str) -> None:
    with pytest.raises(UsageError, match="tcp://主机:8786"):
        mapped(abs, [1, 2], Workers(Backend.dask, scheduler=address))


def test_tls_without_certificates_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="证书"):
        mapped(abs, [1, 2], Workers(Backend.dask, scheduler="tls://127.0.0.1:8786"))


# -- the command line -----------------------------------------------------------------------------


def test_every_command_works_on_the_cluster(cluster: Running, tmp_path: Path, call: Call) -> None:
    home, inbox = tmp_path / "office", put_three(tmp_path / "inbox")
    there = ("--scheduler", cluster.address)
    assert call("init", home).code == 0
    assert call("--home", home, "ingest", inbox, *there).code == 0
    assert call("--home", home, "train", "--backend", "dask", *there).code == 0
    for words in (("compare",), ("compare", "--rolling"), ("retrain",), ("run", inbox)):
        assert call("--home", home, *words, *there).code == 0, words


@pytest.mark.parametrize("words", [("--backend", "dask"), ("--backend", "loky", "--scheduler", "tcp://a:1")])
def test_a_cluster_and_its_address_go_together(words: tuple[str, ...], tmp_path: Path, call: Call) -> None:
    ran = call("--home", tmp_path, "train", *words)
    assert ran.code == 2 and "--scheduler" in ran.err
