"""The same on one worker, two, several processes or a cluster; a cluster that is not there is said."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import sample_issues, sample_model

from recommender.config import Settings
from recommender.errors import InputError, UsageError
from recommender.features.kept import kept_in
from recommender.lifecycle.registry import load
from recommender.lifecycle.train import Lessons, train
from recommender.model import to_files
from recommender.parallel import Backend, Workers, mapped
from recommender.records import Lexicon

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
TWO = [Workers(Backend.threading, 2), Workers(Backend.loky, 2), Workers(Backend.loky, 1)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Workers]:
    """Two local Dask workers, each a process of its own."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as running:
        yield Workers(Backend.dask, scheduler=running.scheduler_address)


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("workers", [Workers(), *TWO], ids=lambda one: f"{one.backend}{one.count}")
def test_results_come_in_the_order_of_the_items(workers: Workers) -> None:
    assert mapped(square, range(40), workers) == [number * number for number in range(40)]
    assert mapped(square, [], workers) == []


def test_a_cluster_makes_the_same_model(cluster: Workers, tmp_path: Path) -> None:
    assert mapped(square, range(5), cluster) == [0, 1, 4, 9, 16]
    lessons = Lessons(sample_issues(), Settings(), Lexicon())
    version = train(lessons, tmp_path, NOON, kept_in(tmp_path / "words.sqlite", cluster))
    stored, alone = load(tmp_path, version).files, to_files(sample_model())
    assert {name: stored[name] for name in alone} == alone


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.cluster._SECONDS_TO_CONNECT", 1)
    with pytest.raises(InputError, match=r"tcp://127.0.0.1:9.*连不上"):
        mapped(square, [1, 2], Workers(Backend.dask, scheduler="tcp://127.0.0.1:9"))


@pytest.mark.parametrize(("backend", "scheduler"), [(Backend.dask, ""), (Backend.loky, "tcp://甲:8786")])
def test_a_cluster_and_its_address_go_together(backend: Backend, scheduler: str) -> None:
    with pytest.raises(UsageError, match="--scheduler"):
        Workers(backend, scheduler=scheduler)
