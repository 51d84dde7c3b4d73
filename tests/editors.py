"""Editors and readers at a real server in a process of its own, and what was confirmed to the editors.

Shared by the tests and by the benchmarks of load and of killing.
"""

import os
import random
import re
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

from recommender.choices.events import Action, action_of
from recommender.choices.store import open_choices
from recommender.cli import main
from recommender.office.desk import report_on
from recommender.wordlists import read_lexicon
from recommender.workspace import Workspace

if TYPE_CHECKING:
    import resource

_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
_SEEN = re.compile(r'name="seen" value="(\d+)"')
_SUGGESTED = re.compile(r'class="title">(.*?)</bdi>')
_CHOSEN = re.compile(r'data-title="(.*?)"')
_READ = re.compile(r'name="before" value="(.*?)"')


def free_port() -> int:
    """A port of this computer that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """``recommender serve`` over a workspace in a forked child: what this process has loaded, it need
    not load again. Started, killed and started again on one port.

    core: the processor it is held to, None for any.
    """

    home: Path
    port: int = field(default_factory=free_port)
    core: int | None = None
    _child: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, patience: float = 120.0) -> None:
        """Start it and wait until it answers."""
        self._child = os.fork()
        if not self._child:
            self._live()
        end = time.monotonic() + patience
        while not self._answers():
            assert time.monotonic() < end, "the server does not answer"
            assert os.waitpid(self._child, os.WNOHANG) == (0, 0), "the server ended"
            time.sleep(0.02)

    def _live(self) -> None:
        try:
            if self.core is not None:
                os.sched_setaffinity(0, {self.core})
            with redirect_stderr((self.home.parent / "serve.log").open("a", encoding="utf-8")):
                main(["--home", str(self.home), "serve", "--no-browser", "--port", str(self.port)])
        finally:
            os._exit(0)

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/name", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        """End it at once, amid whatever it does (SIGKILL)."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._child = 0

    def stop(self) -> "resource.struct_rusage":
        """End it in order; the processor time and memory it took."""
        os.kill(self._child, signal.SIGTERM)
        _, _, usage = os.wait4(self._child, 0)
        self._child = 0
        return usage


# -- an editor -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor sent to be stored. what: a value that is equal to what the store then gives back."""

    user: str
    issue: str
    what: Action | str


@dataclass
class Editor:
    """Someone with a browser and a name. sure: what the server confirmed; unsure: what it was sent and
    never answered. conflicts: how often it said that another browser was quicker.

    timed: is told the page and the seconds of each answer.
    """

    name: str
    address: str
    keys: Sequence[str]
    chance: random.Random
    timed: Callable[[str, float], None] = lambda page, seconds: None
    sure: list[Written] = field(default_factory=list)
    unsure: list[Written] = field(default_factory=list)
    conflicts: int = 0
    _client: httpx2.Client | None = None

    def step(self) -> None:
        """One thing an editor does: mostly a choice, at times a correction or a new word."""
        kind = self.chance.choices((self._choose, self._mend, self._word), (18, 1, 1))[0]
        kind(self.chance.choice(list(self.keys)))

    def come(self) -> None:
        """Open the page and give the name, as in a new browser."""
        self._client = httpx2.Client(base_url=self.address, timeout=60)
        token = found(_TOKEN, self._read("/name", "name"))
        answer = self._client.post("/name", data={"token": token, "name": self.name})
        assert answer.status_code == 303, answer.text

    def leave(self) -> None:
        if self._client:
            self._client.close()

    def _choose(self, key: str) -> None:
        text = self._read(f"/issues/{key}/suggestions", "suggestions")
        name, payload = self._action(
            list(map(unescape, _SUGGESTED.findall(text))), list(map(unescape, _CHOSEN.findall(text)))
        )
        sent = {"action": name, "seen": found(_SEEN, text), "token": found(_TOKEN, text), **payload}
        self._send(f"/issues/{key}/choices", sent, Written(self.name, key, action_of(name, payload)))

    def _action(self, suggested: list[str], chosen: list[str]) -> tuple[str, dict[str, object]]:
        title = self.chance.choice(suggested)
        options: list[tuple[str, dict[str, object]]] = [
            ("accept", {"title": title}),
            ("reject", {"title": title, "reason": f"理由{self._number()}"}),
            ("edit", {"title": title, "wording": f"{title[:60]}{self._number()}"}),
            ("add", {"title": f"自拟方向{self._number()}研究"}),
        ]
        if chosen:
            options += [("order", {"titles": tuple(reversed(chosen))}), ("undo", {})]
            options += [("remove", {"title": one}) for one in self.chance.sample(chosen, 1)]
        return self.chance.choice(options)

    def _mend(self, key: str) -> None:
        """A clause heading, in words that nobody else would write."""
        asked = f"/issues/{key}/mend?field=heading&document=0&clause=1"
        text = self._read(asked, "mend")
        after = f"更正{self._number()}"
        fields = {"field": "heading", "document": "0", "clause": "1", "after": after}
        read = {"seen": found(_SEEN, text), "token": found(_TOKEN, text), "before": found(_READ, text)}
        self._send(f"/issues/{key}/mend", {**fields, **read}, Written(self.name, key, after))

    def _word(self, key: str) -> None:
        word = f"词{self._number()}"
        token = found(_TOKEN, self._read(f"/words/preview?list=words&word={word}", "preview"))
        sent = {"token": token, "list": "words", "step": "add", "word": word, "preferred": ""}
        self._send("/words", sent, Written("", "", word))

    def _number(self) -> str:
        return f"{self.chance.getrandbits(40):x}"

    def _read(self, path: str, page: str) -> str:
        assert self._client
        began = time.monotonic()
        answer = self._client.get(path)
        self.timed(page, time.monotonic() - began)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return answer.text

    def _send(self, path: str, fields: Mapping[str, object], written: Written) -> None:
        """Send a form; a redirect is what confirms it."""
        assert self._client
        self.unsure.append(written)
        began = time.monotonic()
        answer = self._client.post(path, data=fields)
        self.timed("a change", time.monotonic() - began)
        self.unsure.pop()
        if answer.status_code == 409:
            self.conflicts += 1
            return
        assert answer.status_code == 303, (path, answer.status_code, answer.text[:2000])
        self.sure.append(written)


def found(pattern: re.Pattern[str], text: str) -> str:
    """The first group of a pattern that the text must have."""
    match = pattern.search(text)
    assert match, (pattern.pattern, text[:2000])
    return unescape(match[1])


# -- what the store holds of it ------------------------------------------------------------------


def faults(home: Path, editors: Sequence[Editor]) -> Iterator[str]:
    """What was confirmed and is not stored, and what is stored that nobody sent; nothing should be."""
    stored = Counter(_stored(Workspace(home)))
    sure = Counter(one for editor in editors for one in editor.sure)
    unsure = Counter(one for editor in editors for one in editor.unsure)
    yield from (f"lost: {one}" for one in (sure - stored).elements())
    yield from (f"nobody sent: {one}" for one in (stored - sure - unsure).elements())


def _stored(workspace: Workspace) -> Iterator[Written]:
    if workspace.choices.exists():
        with open_choices(workspace.choices, reading=True) as choices:
            yield from (Written(one.user, one.issue, one.action) for one in choices.events())
            yield from (Written(one.user, one.issue, one.change.after) for one in choices.corrections())
    yield from (Written("", "", word) for word in read_lexicon(workspace).words)


# -- killing -------------------------------------------------------------------------------------


def kill_while_writing(
    served: Served, keys: Sequence[str], kills: int, seed: int, tell: Callable[[str], None] = print
) -> list[str]:
    """Kill the server so often, each time at a random moment while three editors write, two of them
    under one name; start it again each time. Everything that was wrong."""
    assert not list(_stored(Workspace(served.home))), "choices, corrections or words were there before"
    for key in keys:
        report_on(Workspace(served.home), key)  # what this loads, the forked server has loaded too
    chance = random.Random(seed)
    names = ("甲", "乙", "乙")
    editors = [
        Editor(name, served.address, keys, random.Random(f"{seed} {n}")) for n, name in enumerate(names)
    ]
    wrong: list[str] = []
    for number in range(1, kills + 1):
        served.start()
        wrong += _one_kill(served, editors, chance)
        wrong += faults(served.home, editors)
        sure, unsure = (sum(len(getattr(one, name)) for one in editors) for name in ("sure", "unsure"))
        tell(f"kill {number}: {sure} confirmed, {unsure} unanswered so far, {len(wrong)} faults")
    served.start()
    served.stop()
    return wrong + list(faults(served.home, editors))  # starting again repairs, and takes nothing back


def _one_kill(served: Served, editors: Sequence[Editor], chance: random.Random) -> list[str]:
    """Everybody writes without a pause; after some confirmed steps and a moment, the kill."""
    wrong: list[str] = []
    killed = threading.Event()
    threads = [threading.Thread(target=_write, args=(one, killed, wrong)) for one in editors]
    enough = sum(len(one.sure) for one in editors) + chance.randint(0, 12)
    for thread in threads:
        thread.start()
    while sum(len(one.sure) for one in editors) < enough and any(thread.is_alive() for thread in threads):
        time.sleep(0.002)
    time.sleep(chance.uniform(0.0, 0.1))
    killed.set()  # what fails from now on fails because of the kill
    served.kill()
    for thread in threads:
        thread.join()
    return wrong


def _write(editor: Editor, killed: threading.Event, wrong: list[str]) -> None:
    """Steps without a pause until the server is killed."""
    try:
        editor.come()
        while not killed.is_set():
            editor.step()
    except httpx2.TransportError as error:
        if not killed.is_set():
            wrong.append(f"{editor.name}: {type(error).__name__}: {error}")
    except Exception as error:  # whatever it is, it is a fault
        wrong.append(f"{editor.name}: {type(error).__name__}: {error}")
    finally:
        editor.leave()
