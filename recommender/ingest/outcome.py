"""What became of a batch: what was added, what failed, what was there already."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from recommender.corpus import Corpus, State


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that was not taken in; the error begins with its path."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file with nearly the text of another one, which is kept under the key."""

    path: str
    kept: str
    key: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a batch.

    added: files, or documents of a collection, whose issue was added or replaced; unchanged: those
    whose issue was there already, or is kept from a better file (``duplicates`` names both).
    issues: keys of all these issues, in the order of files and lines, each once.
    """

    added: int
    unchanged: int
    failed: tuple[Failure, ...]
    issues: tuple[str, ...]
    duplicates: tuple[Duplicate, ...] = ()


@dataclass(slots=True)
class Taken:
    """What was taken in so far: states, and the (key, identity) of each; a file has no identity."""

    failed: list[Failure]
    states: list[State] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)

    def note(self, state: State, key: str, identity: str = "") -> None:
        self.states.append(state)
        self.places.append((key, identity))

    def outcome(self, corpus: Corpus) -> Ingested:
        """The batch as a whole; a later document may have made an earlier one take a longer key."""
        now = corpus.keys_of({identity for _, identity in self.places if identity})
        keys = tuple(dict.fromkeys(now.get(identity, key) for key, identity in self.places))
        there = sum(state in ("unchanged", "duplicate") for state in self.states)
        return Ingested(len(self.states) - there, there, tuple(self.failed), keys, tuple(self.duplicates))


def failure(path: Path | str, message: str) -> Failure:
    """A failure whose message names the path once, whether or not the message did already."""
    named = message if message.startswith((f"{path}：", f"{path} ")) else f"{path}：{message}"
    return Failure(str(path), named)


def unforeseen(error: Exception, rest: str) -> str:
    """What to say of an error of the program itself."""
    cause = f"{type(error).__name__}: {error}"
    advice = "这是程序的问题，不是文件的问题，请把这一行和文件交给维护者"
    return f"程序出错（{cause}）。{advice}；{rest}。"


def place_of(file: Path) -> str:
    """Where a file lies, as text that can be stored: the system may hold names that are not UTF-8."""
    return str(real(file)).encode(errors="backslashreplace").decode()


def real(file: Path) -> Path:
    """Where a file really lies; a link in a circle, which ``Path.resolve`` refuses, stays what it is."""
    return Path(os.path.realpath(file))
