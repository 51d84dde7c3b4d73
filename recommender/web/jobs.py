"""Long work in a process of its own, one at a time, with its progress and a way to end it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from recommender.errors import InputError, LockedError
from recommender.workspace import Workspace

State = Literal["running", "done", "failed", "cancelled"]
_KEPT = 30


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of long work. kind: see ``worker.WORK``. about: the issue it is for, or "".

    step: what it is at, in words; done of so many (0: not known). result: what it gave, as JSON.
    """

    number: int
    kind: str
    name: str
    about: str
    by: str
    began: datetime
    state: State = "running"
    step: str = "正在开始"
    done: int = 0
    of: int = 0
    error: str = ""
    result: dict[str, Any] = field(default_factory=dict)


@dataclass
class Jobs:
    """The work that was asked for; what ends the server ends neither a stored result nor a lock rule."""

    workspace: Workspace
    _jobs: dict[int, Job] = field(default_factory=dict)
    _process: "subprocess.Popen[str] | None" = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def start(self, job: Job, arguments: Sequence[str]) -> Job:
        """Begin a job; LockedError while another one runs. job: its number is given here."""
        with self._guard:
            busy = self.running()
            if busy:
                raise LockedError(f"“{busy.name}”还没有结束，这次什么也没有做。请等它结束或取消它，再试。")
            numbered = replace(job, number=max(self._jobs, default=0) + 1)
            self._process = process = _begin(self.workspace, job.kind, arguments)
            self._jobs[numbered.number] = numbered
            for old in sorted(self._jobs)[:-_KEPT]:
                del self._jobs[old]
        threading.Thread(target=self._follow, args=(numbered.number, process), daemon=True).start()
        return numbered

    def get(self, number: int) -> Job:
        """A job by its number; InputError for one that is not known any more."""
        try:
            return self._jobs[number]
        except KeyError:
            raise InputError(
                f"没有第 {number} 号任务：程序重新启动过，或任务太早。请返回重新操作。"
            ) from None

    def recent(self) -> tuple[Job, ...]:
        """The latest jobs, newest first."""
        return tuple(self._jobs[number] for number in sorted(self._jobs, reverse=True))

    def running(self) -> Job | None:
        return next((job for job in self.recent() if job.state == "running"), None)

    def cancel(self, number: int) -> None:
        """End a job; what it has stored by now stays, what it has not is as it was."""
        with self._guard:
            job = self.get(number)
            if job.state != "running" or self._process is None:
                return
            self._jobs[number] = replace(job, state="cancelled", step="已取消")
            _end(self._process)

    def close(self) -> None:
        """End what still runs, with the server."""
        busy = self.running()
        if busy:
            self.cancel(busy.number)

    def _follow(self, number: int, process: "subprocess.Popen[str]") -> None:
        """Read what the process says until it ends."""
        with process:
            for line in process.stdout or ():
                with suppress(ValueError):
                    self._note(number, json.loads(line))
        code = process.returncode
        with self._guard:
            job = self._jobs.get(number)
            if job and job.state == "running":
                said = f"任务意外中断（结束码 {code}），已经保存的内容不受影响。请再试一次。"
                self._jobs[number] = replace(job, state="failed", error=said)

    def _note(self, number: int, said: dict[str, Any]) -> None:
        with self._guard:
            job = self._jobs.get(number)
            if job is None or job.state != "running":
                return
            if "result" in said:
                self._jobs[number] = replace(job, state="done", step="已完成", result=said["result"])
            elif "error" in said:
                self._jobs[number] = replace(job, state="failed", step="没有完成", error=str(said["error"]))
            else:
                self._jobs[number] = replace(
                    job, step=str(said["step"]), done=int(said["done"]), of=int(said["of"])
                )


def _begin(workspace: Workspace, kind: str, arguments: Sequence[str]) -> "subprocess.Popen[str]":
    """The worker as a group of processes of its own, so that it ends whole."""
    own_group: dict[str, Any] = (
        {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
        if os.name == "nt"
        else {"start_new_session": True}
    )
    return subprocess.Popen(
        [sys.executable, "-m", "recommender.web.worker", str(workspace.home.resolve()), kind, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        **own_group,
    )


def _end(process: "subprocess.Popen[str]") -> None:
    """End a process and what it started; the system then frees its lock."""
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
