"""The same work on one process, several (joblib), or a Dask cluster, in one place.

A result never depends on the workers: each item is worked on alone, and results come in the order
of the items.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from recommender.errors import InputError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

_SECONDS_TO_FIND_SCHEDULER = 10
_BATCHES_A_WORKER = 4  # so that the last one is not waited for long


class Backend(StrEnum):
    """Where work is done, as joblib names it."""

    sequential = "sequential"
    threading = "threading"
    loky = "loky"
    dask = "dask"


@dataclass(frozen=True, slots=True)
class Workers:
    """Who works. count: processes or threads, −1 for one a core; a Dask cluster has its own.
    scheduler: the address of the cluster's scheduler."""

    backend: Backend = Backend.sequential
    count: int = -1
    scheduler: str = ""


ALONE = Workers()


def mapped(
    function: Callable[[Item], Result], items: Sequence[Item], workers: Workers = ALONE
) -> list[Result]:
    """The function's results, in the order of the items. What is passed must be picklable.

    Raises UsageError when Dask is asked for and is not installed or has no address, and InputError
    when its scheduler does not answer or goes away.
    """
    if workers.backend is Backend.sequential or len(items) < 2:
        return [function(item) for item in items]
    if workers.backend is Backend.dask:
        return _on_cluster(function, items, workers.scheduler)
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=workers.count, backend=workers.backend.value)
    found: list[Result] = parallel(delayed(function)(item) for item in items)
    return found


def _on_cluster(function: Callable[[Item], Result], items: Sequence[Item], scheduler: str) -> list[Result]:
    """Dask sends the items out in batches; those of a worker that dies go to another."""
    if not scheduler:
        raise UsageError("--backend dask 需要集群的地址。请写 --scheduler tcp://主机:8786，再试。")
    try:
        from distributed import Client
    except ImportError as error:
        message = "没有安装集群支持。请运行 python -m pip install 'recommender[cluster]'，再试。"
        raise UsageError(message) from error
    try:
        with Client(scheduler, timeout=_SECONDS_TO_FIND_SCHEDULER) as client:
            batches = min(len(items), _BATCHES_A_WORKER * max(1, sum(client.nthreads().values())))
            futures = client.map(function, items, batch_size=-(-len(items) // batches), pure=False)
            found: list[Result] = client.gather(futures)
            return found
    except OSError as error:  # CommClosedError and TimeoutError are of its kind
        message = f"{scheduler}：连不上集群的调度程序。请检查地址和网络，确认它在运行，再试。"
        raise InputError(message) from error
