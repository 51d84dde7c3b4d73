"""Kill commands at chosen points and look at what is left, as SQLite tests itself.

A command runs in a forked child, which ends itself by SIGKILL at its n-th touch of a file of the
workspace (open, rename, mkdir, remove, fsync), or is killed by its parent after some time. Then the
workspace must be as it was before or after, and the next run must succeed without repair by hand.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from offices import TRADE, bulletin, put, put_three

from recommender.cli import main
from recommender.database import check
from recommender.lifecycle.registry import leftovers, list_versions
from recommender.lifecycle.serving import serving_model
from recommender.lifecycle.stored import stored_model
from recommender.office.desk import report_on
from recommender.office.library import open_shelf
from recommender.schemas import CORPUS
from recommender.workspace import Workspace

SAVED = "saved.zip"
_EVENTS = ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree", "sqlite3.connect")


@dataclass(frozen=True)
class Point:
    """Where a run is killed: before its ``touch``-th touch of the workspace, or after ``seconds``."""

    touch: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code, or minus the signal; the touches it made if it lived."""

    code: int
    touches: int
    seconds: float


def call(*words: str | Path) -> tuple[int, str]:
    """A command in this process: its exit code and what it printed on stderr."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as err:
        try:
            main([str(word) for word in words])
        except SystemExit as end:
            return int(str(end.code)), err.getvalue()
    raise AssertionError("main always ends with SystemExit")


def run_child(words: list[str], home: Path, point: Point | None = None, user: int | None = None) -> Ended:
    """A command in a child of its own, killed at the point."""
    reading, writing = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if not child:
        os.close(reading)
        _live(words, home, point.touch if point else 0, writing, user)
    os.close(writing)
    if point and point.seconds:
        _kill_after(child, point.seconds)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), int(said or 0), time.perf_counter() - started)


def _kill_after(child: int, seconds: float) -> None:
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)


def _live(words: list[str], home: Path, last: int, pipe: int, user: int | None) -> None:
    """The child: count touches of the workspace, and die before the last of them."""
    count = 0

    def touched(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS and str(arguments[0]).startswith(str(home.parent)):
            touched()

    real = os.fsync

    def fsync(handle: Any) -> None:
        touched()
        real(handle)

    code = 99
    try:
        if user is not None:
            os.setuid(user)
        sys.addaudithook(hook)
        vars(os)["fsync"] = fsync
        code, _ = call("--home", home, *words)
        os.write(pipe, str(count).encode())
    finally:
        os._exit(code)


# -- the workspace -------------------------------------------------------------------------------


def make_office(home: Path) -> Path:
    """Three bulletins read and learned, two more in the inbox: one good, one that cannot be read."""
    put_three(home / "data" / "inbox")
    assert call("--home", home, "retrain")[0] == 0
    # a second version, so that there is one to go back to
    put(home / "data" / "lexicon", "words.txt", "跨境电商产业园\n")
    assert call("--home", home, "retrain")[0] == 0
    assert call("--home", home, "backup", home / SAVED)[0] == 0
    put(home, "recommender.toml", "[list]\nlength = 7\n")
    put(home / "data" / "lexicon", "stopwords.txt", "提高\n")
    assert call("--home", home, "retrain")[0] == 0
    put(home / "data" / "inbox", "4.txt", bulletin(4, ("优化口岸通关服务研究",), TRADE[1:]))
    put(home / "data" / "inbox", "坏.txt", b"\x00\xff\x00")
    return home


def state(home: Path) -> tuple[bytes, ...]:
    """What a restore replaces, in a few bytes: settings, words, serving model."""
    names = ("recommender.toml", "data/lexicon/stopwords.txt", "models/CURRENT")
    return tuple((home / name).read_bytes() if (home / name).exists() else b"" for name in names)


def saved_state(office: Path) -> tuple[bytes, ...]:
    """The ``state`` that the archive of ``make_office`` holds."""
    home = office.parent / "restored"
    assert call("--home", home, "restore", office / SAVED)[0] == 0
    found = state(home)
    shutil.rmtree(home)
    return found


def committed(home: Path) -> set[str]:
    with open_shelf(Workspace(home)) as corpus:
        return set(corpus.keys())


def faults(home: Path, before: set[str]) -> Iterator[str]:
    """What is wrong with a workspace after a kill; nothing should be."""
    workspace = Workspace(home)
    try:
        if lost := before - committed(home):
            yield f"lost from the corpus: {sorted(lost)}"
        with open_shelf(workspace) as corpus:
            corpus.issues()
        check(workspace.corpus, CORPUS)
        serving_model(workspace.models)
        if not report_on(workspace, "1", 3).suggestions:
            yield "no suggestions"
        for version in list_versions(workspace.models):
            stored_model(workspace.models, version)
    except Exception as error:  # whatever it is, it is a fault
        yield f"{type(error).__name__}: {error}"


def faults_after_next_run(home: Path, before: set[str]) -> Iterator[str]:
    """What is wrong after the next retraining, which must not need any help."""
    code, said = call("--home", home, "retrain", "--wait", "30")
    if code not in (0, 3):  # 3: the file that cannot be read was still in the inbox
        yield f"the next retrain ended with {code}: {said}"
    yield from faults(home, before | {"4"})
    if left := leftovers(home / "models"):
        yield f"left over: {left}"
    bad = sorted(path.name for path in (home / "data" / "inbox" / "failed").glob("坏*"))
    if bad != ["坏.txt", "坏.txt.原因.txt"]:
        yield f"the bad file: {bad}"


@contextmanager
def copy_of(office: Path, scratch: Path) -> Iterator[Path]:
    """A workspace to be harmed."""
    home = scratch / "trial" / "office"
    shutil.copytree(office, home)
    try:
        yield home
    finally:
        shutil.rmtree(home.parent)


def points(
    words: list[str], office: Path, scratch: Path, count: int, chance: random.Random
) -> Iterator[Point]:
    """Points of a command, half by touches and half by time, drawn over the whole of a run."""
    with copy_of(office, scratch) as home:
        whole = run_child(_placed(words, home), home)
    assert whole.code in (0, 3), (words, whole)
    assert whole.touches > 5, (words, whole)
    for number in range(count):
        if number % 2:
            yield Point(seconds=chance.uniform(0.0, 1.1 * whole.seconds))
        else:
            yield Point(touch=chance.randint(1, whole.touches))


def kill(words: list[str], point: Point, office: Path, scratch: Path) -> tuple[bool, list[str]]:
    """Whether the command was killed before its end, and what was wrong afterwards."""
    with copy_of(office, scratch) as home:
        before = committed(home)
        whole = (state(home), saved_state(home)) if words[0] == "restore" else ()
        ended = run_child(_placed(words, home), home, point)
        if whole:
            call("--home", home, "models", "list")  # any command completes a restore that was killed
        found = ["restored by halves"] if whole and state(home) not in whole else []
        found += [f"{' '.join(words)} at {point}: {fault}" for fault in faults(home, before)]
        found += [f"{words[0]} at {point}, next: {fault}" for fault in faults_after_next_run(home, before)]
        return ended.code == -signal.SIGKILL, found


def _placed(words: list[str], home: Path) -> list[str]:
    """Words with HOME and BESIDE in the place of the trial's folders."""
    return [word.replace("HOME", str(home)).replace("BESIDE", str(home.parent)) for word in words]


def commands(office: Path) -> dict[str, list[str]]:
    """The commands that write, each as the words after --home."""
    older = list_versions(office / "models")[0]
    return {
        "retrain": ["retrain"],
        "ingest": ["ingest", "HOME/data/inbox/4.txt"],
        "promote": ["models", "promote", older, "--because", "试验"],
        "rollback": ["models", "rollback"],
        "prune": ["models", "prune", "--keep", "0"],
        "backup": ["backup", "BESIDE/b.zip"],
        "restore": ["restore", f"HOME/{SAVED}"],
    }


def survey(
    office: Path, scratch: Path, counts: dict[str, int], seed: int, tell: Callable[[str], None]
) -> list[str]:
    """Kill each command at so many points; everything that was wrong."""
    chance = random.Random(seed)
    wrong: list[str] = []
    for name, words in commands(office).items():
        killed = 0
        for point in points(words, office, scratch, counts[name], chance) if counts.get(name) else ():
            was_killed, found = kill(words, point, office, scratch)
            killed += was_killed
            wrong += found
            for fault in found:
                tell(fault)
        if counts.get(name):
            tell(f"{name}: {counts[name]} points, {killed} killed amid the run, {len(wrong)} faults so far")
    return wrong
