"""The same work on one process, several, or a Dask cluster, in one place.

A result never depends on the workers: each item is worked on alone, results come in the order of the
items, and what is merged is merged in that order. What goes to a worker is data, never a path. The
death of a worker costs time: what it held is done again by another.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

from recommender.errors import InputError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
Wait = Callable[[], Result]  # gives a result, once it is there
Start = Callable[[Item], Wait[Result]]  # hands an item to a worker

_LIVES = 3  # an item during which so many workers died is what kills them; Dask's own default
_AHEAD = 2  # items a worker that are under way while the oldest one is waited for
_PARTS = 4  # parts a worker, so that the last one is not waited for long
_PART = 64  # items a part at most: a part of issues is a megabyte or two
_SECONDS_IDLE = 300  # after which joblib's processes end, as joblib has it
_DEADLY = "有一份内容使工作进程一再中断，多半是内存不够。"
_ADDRESS = (
    "--backend dask 和集群的地址要一起写，如 --backend dask --scheduler tcp://主机:8786。请补上，或去掉。"
)
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # as Dask


class Backend(StrEnum):
    """Where work is done, as joblib names it."""

    sequential = "sequential"
    threading = "threading"
    loky = "loky"
    dask = "dask"


@dataclass(frozen=True, slots=True)
class Workers:
    """Who works. count: processes or threads, −1 for one a core; a Dask cluster has its own.
    scheduler: the address of the cluster's scheduler. Raises UsageError for a cluster without an
    address, or an address without a cluster."""

    backend: Backend = Backend.sequential
    count: int = -1
    scheduler: str = ""

    def __post_init__(self) -> None:
        if (self.backend is Backend.dask) != bool(self.scheduler):
            raise UsageError(_ADDRESS)


ALONE = Workers()


def chosen(backend: Backend | None, scheduler: str, count: int | None) -> Workers:
    """The workers that some options ask for: with an address a cluster, with a number processes.

    Raises UsageError as ``Workers`` does.

    >>> chosen(None, "", 4).backend.value, chosen(None, "tcp://甲:8786", None).backend.value
    ('loky', 'dask')
    """
    implied = Backend.dask if scheduler else Backend.loky if (count or 1) != 1 else Backend.sequential
    return Workers(backend or implied, count or -1, scheduler)


def mapped(
    function: Callable[[Item], Result], items: Sequence[Item], workers: Workers = ALONE
) -> list[Result]:
    """The function's results, in the order of the items, which travel some dozens at a time.

    What is passed must be picklable; what the items share belongs into a ``partial``, which a cluster
    is sent once. Raises what the function raises, and the errors of ``streamed``.
    """
    if workers.backend is Backend.sequential or len(items) < 2:
        return [function(item) for item in items]
    with _team(partial(_each, function), workers) as (width, start):
        size = min(_PART, -(-len(items) // (_PARTS * width)))
        parts = (items[first : first + size] for first in range(0, len(items), size))
        return list(chain.from_iterable(_flow(start, parts, _AHEAD * width)))


def streamed(
    function: Callable[[Item], Result], items: Iterable[Item], workers: Workers = ALONE
) -> Iterator[Result]:
    """``mapped`` one item at a time, a few ahead of the caller: for items that are long work each, or
    need not be in memory as a whole. They are taken in the caller's thread.

    Raises UsageError when Dask is asked for and is not installed; InputError when its scheduler does
    not answer or goes away, when there are no workers, when one runs another program than this
    machine, and when workers die of the same item again and again.
    """
    rest = iter(items)
    first = tuple(islice(rest, 2))
    if workers.backend is Backend.sequential or len(first) < 2:
        yield from map(function, chain(first, rest))
        return
    with _team(function, workers) as (width, start):
        yield from _flow(start, chain(first, rest), _AHEAD * width)


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def _flow(start: Start[Item, Result], items: Iterable[Item], ahead: int) -> Iterator[Result]:
    """Results in the order of the items, so many of which are under way."""
    under_way: deque[Wait[Result]] = deque()
    for item in items:
        under_way.append(start(item))
        if len(under_way) > ahead:
            yield under_way.popleft()()
    while under_way:
        yield under_way.popleft()()


@contextmanager
def _team(function: Callable[[Item], Result], workers: Workers) -> Iterator[tuple[int, Start[Item, Result]]]:
    """How many work at the same time, and how to hand them an item."""
    width = workers.count if workers.count > 0 else os.cpu_count() or 1
    if workers.backend is Backend.dask:
        from recommender.cluster import joined

        with joined(workers.scheduler, function) as team:
            yield team
    elif workers.backend is Backend.threading:
        with ThreadPoolExecutor(width) as pool:
            yield width, lambda item: pool.submit(function, item).result
    else:
        yield width, partial(_in_process, function, width)


def _in_process(function: Callable[[Item], Result], width: int, item: Item) -> Wait[Result]:
    """Hand an item to one of joblib's processes, which outlive the call; dead ones are replaced."""
    from joblib.externals.loky import get_reusable_executor

    def begin() -> Any:
        return get_reusable_executor(width, timeout=_SECONDS_IDLE, env=_ONE_THREAD).submit(function, item)

    def wait(under_way: Any) -> Result:
        for _ in range(_LIVES):
            try:
                found: Result = (under_way or begin()).result()
                return found
            except BrokenExecutor:  # whatever the processes held is lost
                under_way = None
        raise InputError(f"{_DEADLY}请减少同时工作的进程数（--jobs），或换内存更大的机器，再试。")

    with suppress(BrokenExecutor):  # a process died this moment: ``wait`` begins again
        return partial(wait, begin())
    return partial(wait, None)
