"""What pages read of the workspace, kept until one of its files changes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from recommender.choices.store import corrections_revision
from recommender.lifecycle.history import HISTORY
from recommender.lifecycle.serving import serving_name
from recommender.office.desk import report_on
from recommender.office.errata import read_corrections
from recommender.office.library import open_shelf, stored_issues
from recommender.records import Issue
from recommender.report.build import Report
from recommender.workspace import Workspace

T = TypeVar("T")
Stamp = tuple[tuple[int, int], ...]
_MOST = 200  # values kept: a report each for the issues of many years


class _Value(NamedTuple):
    state: object
    value: Any


@dataclass
class Shelf:
    """Values made from the workspace, each made once for a state of its files and corrections."""

    workspace: Workspace
    _kept: dict[object, _Value] = field(default_factory=dict)  # the one asked for last stands last
    _stamp: Stamp = ()
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _making: dict[object, threading.Lock] = field(default_factory=dict)

    def issues(self) -> tuple[Issue, ...]:
        """All issues in time order; none where nothing was read yet."""
        return self.once("issues", lambda: stored_issues(self.workspace))

    def issue(self, key: str) -> Issue:
        """A stored issue; InputError names the nearest keys."""
        for issue in self.issues():
            if issue.key == key:
                return issue
        with open_shelf(self.workspace) as corpus:
            return corpus.get(key)  # whose error says what there is

    def has_model(self) -> bool:
        """Whether a model serves."""
        return serving_name(self.workspace.models) is not None

    def report(self, key: str) -> Report:
        """The suggestions for a stored issue with their reasons; mending another issue changes nothing."""
        issue = self.issue(key)
        found: Report = self._once(("report", key), issue, lambda: report_on(self.workspace, issue.key))
        return found

    def once(self, name: object, make: Callable[[], T], state: object = None) -> T:
        """A value by its name, made anew when a file of the workspace, a correction or ``state`` has
        changed since."""
        found: T = self._once(name, (_revision(self.workspace), state), make)
        return found

    def _once(self, name: object, state: object, make: Callable[[], T]) -> Any:
        stamp = _files(self.workspace)
        with self._guard:
            if stamp != self._stamp:
                self._kept, self._making, self._stamp = {}, {}, stamp
            kept = self._kept
            found = _taken(kept, name, state)
            if found is not None:
                return found.value
            turn = self._making.setdefault(name, threading.Lock())
        with turn:  # the others wait for the first instead of making it too
            with self._guard:
                found = _taken(kept, name, state)
            try:
                return found.value if found else self._keep(kept, name, _Value(state, make()))
            finally:
                with self._guard:
                    self._making.pop(name, None)

    def _keep(self, kept: dict[object, _Value], name: object, made: _Value) -> Any:
        with self._guard:
            kept.pop(name, None)
            kept[name] = made
            if len(kept) > _MOST:
                del kept[next(iter(kept))]
        return made.value


def _taken(kept: dict[object, _Value], name: object, state: object) -> _Value | None:
    """What is kept by a name of a state, moved to the end; for who holds the guard."""
    found = kept.get(name)
    if found is None or found.state != state:
        return None
    kept[name] = kept.pop(name)
    return found


def stamp_of(workspace: Workspace) -> Stamp:
    """(size, time of change) of every file that a comparison follows from, and the last correction. What
    editors choose changes no page but their own list, a word list nothing before the next training."""
    return (*_files(workspace), (_revision(workspace), 0))


def _revision(workspace: Workspace) -> int:
    return corrections_revision(read_corrections(workspace))


def _files(workspace: Workspace) -> Stamp:
    corpus = workspace.corpus
    files = (
        *(corpus, corpus.with_name(f"{corpus.name}-wal")),
        *(workspace.settings, workspace.projects, workspace.models / "CURRENT", workspace.models / HISTORY),
        workspace.background,
    )
    return tuple(map(state_of, files))


def state_of(file: Path) -> tuple[int, int]:
    """(size, time of change) of a file; zeros for none, or an empty one."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return (found.st_size, found.st_mtime_ns) if found.st_size else (0, 0)
