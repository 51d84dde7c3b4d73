"""A Dask cluster as an office starts it: processes of their own, elsewhere on the disk."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client

from recommender.parallel import Backend, Workers

Result = TypeVar("Result")


@dataclass
class Running:
    """A scheduler and its workers; ``pids`` asks for the processes that work now."""

    address: str
    scheduler: subprocess.Popen[bytes]
    folder: Path
    nannies: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def workers(self) -> Workers:
        return Workers(Backend.dask, scheduler=self.address)

    def add(self, count: int = 1, **environment: str) -> None:
        """Start workers and wait until they are there."""
        options = ("--nworkers", str(count), "--nthreads", "1", "--no-dashboard")
        self.nannies.append(_dask(self.folder, "worker", self.address, *options, **environment))
        with self.client() as client:
            client.wait_for_workers(len(client.nthreads()) + count, timeout=60)

    def client(self) -> Any:
        return Client(self.address, timeout=60, set_as_default=False)

    def when_busy(self, strike: Callable[[int], object], ready: threading.Event) -> None:
        """Strike as soon as a worker is in the midst of a task; ``strike`` is told its process."""
        with self.client() as client:
            pids = client.run(os.getpid)
            ready.set()
            end = time.monotonic() + 120
            while time.monotonic() < end:
                busy = [pids[address] for address, tasks in client.processing().items() if tasks]
                if busy:
                    strike(busy[0])
                    return
                time.sleep(0.002)


def _dask(folder: Path, *words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextmanager
def running(folder: Path, workers: int) -> Iterator[Running]:
    """A cluster whose processes start in a folder that holds nothing of ours."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("--port", str(port), "--no-dashboard", "--idle-timeout", "600s")  # if this process is killed
    scheduler = _dask(folder, "scheduler", "--host", "127.0.0.1", *options)
    cluster = Running(f"tcp://127.0.0.1:{port}", scheduler, folder)
    try:
        if workers:
            cluster.add(workers)
        else:
            cluster.client().close()
        yield cluster
    finally:
        for process in (*cluster.nannies, scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def meanwhile(work: Callable[[], Result], trouble: Callable[[threading.Event], object]) -> Result:
    """The result of some work, or its error, while trouble comes that was ready before it began."""
    ready = threading.Event()
    thread = threading.Thread(target=trouble, args=(ready,), daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        return work()
    finally:
        thread.join(1)
        assert not thread.is_alive(), "the work was done before trouble came"
