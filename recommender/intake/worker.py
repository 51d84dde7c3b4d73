"""The parsers of others, in a process of their own that may take so much time and memory, no more.

One process serves many files: starting it costs a fifth of a second. It gets bytes and gives back
JSON, so nothing it was made to do reaches this process. Where the system caps no memory (Windows, macOS)
the time still holds.
"""

import atexit
import json
import os
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from recommender.config import Limits
from recommender.errors import InputError
from recommender.intake.reading import Reading, Unreadable, over
from recommender.records import Issue, issue_from_json

_PATIENCE = 20  # times ``seconds`` that a scan may take in all, however steadily it goes on
_PARSE = "issue"  # the form of a question that is a text to be parsed
_PROGRAM = "from recommender.intake.worker import serve; serve()"
_BROKEN = "文件已损坏或不完整，读不出来。请用 Word 或 WPS 打开后另存为 .docx 再试。"
_CRASHED = (
    "解析时内存不够，或解析程序崩溃。请确认文件没有问题；"
    "确实需要时，在 recommender.toml 的 [limits] 里调大 memory_mb。"
)
_Answers = queue.SimpleQueue[dict[str, Any]]


class Worker:
    """A process that reads files; started when first asked, and again after each end."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._lock = threading.Lock()  # one question at a time, whichever threads ask
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def read(self, form: str, data: bytes, limits: Limits) -> Reading:
        """The text of a file; Unreadable says why not, be it that a cap was reached."""
        answer = self._answered(form, data, limits)
        return Reading(answer["text"], answer["form"], tuple(answer["warnings"]))

    def parse(self, text: str, limits: Limits) -> Issue:
        """The issue in a text; Unreadable as in ``read``, or because there is none in it."""
        return issue_from_json(self._answered(_PARSE, text.encode(errors="surrogatepass"), limits))

    def _answered(self, form: str, data: bytes, limits: Limits) -> dict[str, Any]:
        with self._lock:
            answer = self._last_answer(form, data, limits)
        if "refused" in answer:
            raise Unreadable(answer["refused"])
        return answer

    def _last_answer(self, form: str, data: bytes, limits: Limits) -> dict[str, Any]:
        answer = self._asked(form, data, limits)
        if "died" in answer and self._served:  # what the files before left behind may have filled the memory
            self.close()
            answer = self._asked(form, data, limits)
        if "died" in answer:
            self.close()
            raise Unreadable(_CRASHED)
        self._served += 1
        return answer

    def _asked(self, form: str, data: bytes, limits: Limits) -> dict[str, Any]:
        process = self._running()
        answers: _Answers = queue.SimpleQueue()
        head = {"form": form, "limits": asdict(limits)}
        threading.Thread(target=_converse, args=(process, head, data, answers), daemon=True).start()
        end = time.monotonic() + _PATIENCE * limits.seconds
        while True:
            try:
                answer = answers.get(timeout=max(0.0, min(limits.seconds, end - time.monotonic())))
            except queue.Empty:
                self.close()
                raise over("解析的时间", f"{limits.seconds} 秒", "seconds") from None
            except BaseException:  # Ctrl-C: the answer to this question must not meet the next one
                self.close()
                raise
            if "page" not in answer:
                return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            paths = filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")])
            settings = {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "2"}
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(self._memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **settings},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
        self._process, self._served = None, 0


@lru_cache(maxsize=1)
def worker(memory_mb: int) -> Worker:
    """The worker of this process, with which it ends."""
    made = Worker(memory_mb)
    atexit.register(made.close)
    return made


def _converse(
    process: subprocess.Popen[bytes],
    head: dict[str, Any],
    data: bytes,
    answers: "queue.SimpleQueue[dict[str, Any]]",
) -> None:
    """Put the question and pass on the answers up to the last one."""
    assert process.stdin and process.stdout
    try:
        _send(process.stdin, json.dumps(head).encode())
        _send(process.stdin, data)
        while "page" in (answer := json.loads(_received(process.stdout))):
            answers.put(answer)
        answers.put(answer)
    except (OSError, EOFError, ValueError):  # ended amid the work, or killed
        answers.put({"died": True})


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    size = stream.read(8)
    if len(size) < 8:
        raise EOFError
    data = stream.read(struct.unpack("<Q", size)[0])
    if len(data) < struct.unpack("<Q", size)[0]:
        raise EOFError
    return data


# -- the other side -------------------------------------------------------------------------------


def serve() -> None:
    """Answer questions until there are no more. What libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    _cap_memory(int(sys.argv[1]))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            head = json.loads(_received(sys.stdin.buffer))
            data = _received(sys.stdin.buffer)
            answer = _answer(
                head["form"],
                data,
                Limits(**head["limits"]),
                lambda number: _send(answers, json.dumps({"page": number}).encode()),
            )
            del data
            _send(answers, json.dumps(answer).encode())


def _end_with(parent: int) -> None:
    """End when the process that asks was killed: a parser that never ends would outlive it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _cap_memory(memory_mb: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _answer(form: str, data: bytes, limits: Limits, on_page: Callable[[int], None]) -> dict[str, Any]:
    from recommender.intake.parse import parse_text
    from recommender.intake.readers.table import read_bytes

    try:
        if form == _PARSE:
            return asdict(parse_text(data.decode(errors="surrogatepass")))
        return asdict(read_bytes(form, data, limits, on_page))
    except InputError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _CRASHED}
    except Exception as error:  # whatever a parser trips over is the file's fault
        return {"refused": f"{_BROKEN}（{type(error).__name__}）"}
