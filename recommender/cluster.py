"""A Dask cluster as workers: joined, checked, given bytes, and waited for. Only ``parallel`` uses it."""

import hashlib
import logging
import pickle
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from recommender import __version__
from recommender.errors import InputError, UsageError

_SECONDS_TO_CONNECT = 10
_SECONDS_WITHOUT_WORKERS = 60  # one that died is replaced within a few
_SECONDS_TO_LOOK = 5
_CODE = (".py", ".npz")  # the files of the program that decide a result
_ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/]+:\d+")
_CERTIFICATES = (
    "tls:// 的地址要设置证书，设置了必须加密就要用 tls:// 的地址。请按 docs/cluster.md 设置，再试。"
)
_SAME = "请在集群的每台机器上用同一份 requirements.lock 安装同一版本的程序，重启调度程序和工作进程，再试。"
_NONE = "：集群里没有工作进程。请用 dask worker 启动至少一个，再试。"
_DEADLY = "有一份内容使工作进程一再中断，多半是内存不够。请调大 dask worker 的 --memory-limit，再试。"

Wait = Callable[[], Any]


@contextmanager
def joined(scheduler: str, function: Callable[[Any], Any]) -> Iterator[tuple[int, Callable[[Any], Wait]]]:
    """How many work in a cluster, and how to hand them an item: what that gives waits for its result.

    Raises UsageError where Dask is not installed, InputError where the scheduler does not answer, has
    no workers, or a member of the cluster runs another program than this machine.
    """
    with _client(scheduler) as client:
        _refuse_strangers(client, scheduler)
        # Scattered, the function would be lost with the worker that holds it; a task is done again.
        held = client.submit(pickle.loads, pickle.dumps(function), pure=False)

        def start(item: Any) -> Wait:
            with _reaching(scheduler):  # bytes: Dask looks into anything else
                future = client.submit(_work, held, pickle.dumps(item), program(), pure=False)
            return lambda: pickle.loads(_awaited(client, future, scheduler))

        with _reaching(scheduler):
            width = sum(client.nthreads().values())
        yield max(1, width), start


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    if not _ADDRESS.fullmatch(scheduler):
        raise UsageError(
            f"--scheduler {scheduler}：地址应写成 tcp://主机:8786 或 tls://主机:8786。请改正后再试。"
        )
    try:
        import dask
        from distributed import Client, Security
    except ImportError as error:
        message = "没有安装集群支持。请运行 python -m pip install 'recommender[cluster]'，再试。"
        raise UsageError(message) from error
    with _reaching(scheduler):  # certificates that cannot be read
        security = Security().get_connection_args("client")
    encrypted = scheduler.startswith("tls")
    if encrypted and not security["ssl_context"] or not encrypted and security["require_encryption"]:
        raise UsageError(f"{scheduler}：{_CERTIFICATES}")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in Chinese
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
    with _reaching(scheduler), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions that differ, which are compared here
        client = Client(scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    with client:
        yield client


@contextmanager
def _reaching(scheduler: str) -> Iterator[None]:
    """Whatever goes wrong on the way to the scheduler, as one error; CommClosedError and TimeoutError
    are OSErrors."""
    try:
        yield
    except (OSError, ValueError) as error:
        message = f"{scheduler}：连不上集群的调度程序，或连接断了。请检查地址和网络，确认它在运行，再试。"
        raise InputError(message) from error


# -- one program everywhere -----------------------------------------------------------------------


@lru_cache(maxsize=1)
def program() -> Mapping[str, str]:
    """All that decides a result: the program's code with the words and counts it ships, by their SHA-256;
    the versions of Python and of every library the program requires."""
    folder, digest = Path(__file__).parent, hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in _CODE:
            digest.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    required = (one for one in metadata.requires("recommender") or () if "extra ==" not in one)
    names = {found[0] for one in required if (found := re.match(r"[\w.-]+", one))}
    return {
        "recommender": f"{__version__}（{digest.hexdigest()[:8]}）",
        "Python": ".".join(python_version().split(".")[:2]),
        **{name: _version(name) for name in sorted(names | {"distributed"})},
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "没有安装"


def _refuse_strangers(client: Any, scheduler: str) -> None:
    with _reaching(scheduler):
        try:
            client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        except TimeoutError as error:
            raise InputError(f"{scheduler}{_NONE}") from error
        try:
            members = {scheduler: client.run_on_scheduler(program)}
        except (ImportError, AttributeError) as error:
            members = {scheduler: error}
        members |= client.run(program, on_error="return")
    faults = [fault for name, found in members.items() if (fault := _difference(name, found))]
    if faults:
        more = f"等 {len(faults)} 处" if len(faults) > 3 else ""
        raise InputError(f"{'；'.join(faults[:3])}{more}。{_SAME}")


def _difference(name: str, found: Mapping[str, str] | Exception) -> str:
    """How the program of a member of the cluster differs from the one here; "" where it does not.

    >>> _difference("tcp://甲:1", program()), _difference("tcp://甲:1", ImportError())
    ('', 'tcp://甲:1 没有安装本程序，或版本太旧')
    >>> _difference("tcp://甲:1", {**program(), "jieba": "0.1"})[:35]
    'tcp://甲:1 的程序与这里不同（jieba 那里 0.1，这里 '
    """
    if isinstance(found, Exception):
        return f"{name} 没有安装本程序，或版本太旧"
    unlike = ((key, found.get(key, "没有"), own) for key, own in program().items())
    said = [f"{key} 那里 {there}，这里 {here}" for key, there, here in unlike if there != here]
    return f"{name} 的程序与这里不同（{'、'.join(said[:3])}）" if said else ""


# -- one item -------------------------------------------------------------------------------------


def _work(function: Callable[[Any], Any], item: bytes, expected: Mapping[str, str]) -> bytes:
    """One item, on a worker; InputError where that joined the cluster late, with another program."""
    if program() != expected:
        from distributed import get_worker

        raise InputError(f"{get_worker().address} 的程序与主机不同。{_SAME}")
    return pickle.dumps(function(pickle.loads(item)))


def _awaited(client: Any, future: Any, scheduler: str) -> bytes:
    """The result of a task, however long it takes, as long as there is someone to work on it."""
    from distributed import KilledWorker

    waited = 0
    while waited < _SECONDS_WITHOUT_WORKERS:
        try:
            found: bytes = future.result(timeout=_SECONDS_TO_LOOK)
            return found
        except KilledWorker as error:
            raise InputError(_DEADLY) from error
        except (TimeoutError, CancelledError):
            if future.status == "error":  # it is the function's own
                raise
        with _reaching(scheduler):
            if future.cancelled() or client.status != "running":
                raise ConnectionError
            waited = 0 if client.nthreads() else waited + _SECONDS_TO_LOOK
    raise InputError(f"{scheduler}{_NONE}")
