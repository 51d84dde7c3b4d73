"""What training found out about each issue, kept in a file so that training again costs what is new.

Two parts an issue, by the SHA-256 of its content: ``counts``, which every training reads, and
``wording``, which only a fit of new topics does. Words stand in them as numbers, given as they come.
``total`` is what was last added up over all issues, and which they were.
All is compressed, so that zlib finds changed bytes by their Adler-32. The file is for one way of
counting and may be deleted at any time; without a path it is SQLite's own temporary one.
"""

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from recommender.parallel import ALONE, Workers
from recommender.progress import Tell, say_nothing

Result = TypeVar("Result")

_FORMAT = 3  # of the file; another is made anew
_QUICK = 1  # of zlib's levels: a third of the size in a tenth of the time that counting takes
_AT_ONCE = 200  # issues read back in one query, each some kilobytes
_SCHEMA = """
    CREATE TABLE method (name TEXT NOT NULL);
    CREATE TABLE words (first INTEGER PRIMARY KEY, block BLOB NOT NULL);
    CREATE TABLE counts (
        digest TEXT PRIMARY KEY, texts INTEGER NOT NULL, about TEXT NOT NULL, packed BLOB NOT NULL
    );
    CREATE TABLE wording (digest TEXT PRIMARY KEY, packed BLOB NOT NULL);
    CREATE TABLE total (digests BLOB NOT NULL, packed BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where to keep what was found out, None for nowhere; who cuts what is new; who is told how far
    the work is."""

    path: Path | None = None
    workers: Workers = ALONE
    tell: Tell = say_nothing


NOWHERE = Keeping()


def kept_in(path: Path, workers: Workers = ALONE, tell: Tell = say_nothing) -> Keeping:
    """Keep it in a file."""
    return Keeping(path, workers, tell)


class Found(NamedTuple):
    """What was found out about an issue. texts: how many of its clauses have words. about: whose it is,
    for the caller to read."""

    digest: str
    texts: int
    about: str
    counts: bytes
    wording: bytes


class Damaged(Exception):
    """What was kept cannot be read, or no more can be written."""


class Kept:
    """An open file of what was found out."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        self._number: defaultdict[str, int] = defaultdict(None, {"": 0})
        self._number.default_factory = self._number.__len__
        for (block,) in store.execute("SELECT block FROM words ORDER BY first"):
            for word in json.loads(zlib.decompress(block)):
                self._number[word]
        self._stored = len(self._number)
        self._texts: dict[str, int] = dict(store.execute("SELECT digest, texts FROM counts"))

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The number of each word, from 1; "" has 0. New words get the next ones."""
        return list(map(self._number.__getitem__, words))

    @property
    def words(self) -> list[str]:
        """All words ever met, by number."""
        return list(self._number)

    def texts(self) -> dict[str, int]:
        """The issues that are known, by digest, with how many of their clauses have words."""
        return dict(self._texts)

    def about(self) -> dict[str, str]:
        """What was said of whose issues they are, by digest."""
        with _damage_told():
            return dict(self._store.execute("SELECT digest, about FROM counts"))

    def total(self) -> tuple[list[str], bytes]:
        """The digests of the issues that were last added up, and their sum; nothing at first."""
        with _damage_told():
            rows = self._store.execute("SELECT digests, packed FROM total").fetchall()
            digests, packed = map(zlib.decompress, rows[0]) if rows else (b"", b"")
        return digests.decode().split(), packed

    def keep_total(self, digests: Iterable[str], packed: bytes) -> None:
        """Keep a sum in place of the last."""
        row = (zlib.compress(" ".join(digests).encode(), _QUICK), zlib.compress(packed, _QUICK))
        with _damage_told(), self._store:
            self._store.execute("DELETE FROM total")
            self._store.execute("INSERT INTO total VALUES (?, ?)", row)

    def keep(self, found: Sequence[Found]) -> None:
        """Add what was found out, all in one transaction or not at all."""
        new = list(islice(self._number, self._stored, None))
        with _damage_told(), self._store:
            if new:
                block = zlib.compress(json.dumps(new, ensure_ascii=False).encode(), _QUICK)
                self._store.execute("INSERT INTO words VALUES (?, ?)", (self._stored, block))
            self._store.executemany(
                "INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)",
                ((one.digest, one.texts, one.about, zlib.compress(one.counts, _QUICK)) for one in found),
            )
            self._store.executemany(
                "INSERT OR REPLACE INTO wording VALUES (?, ?)",
                ((one.digest, zlib.compress(one.wording, _QUICK)) for one in found),
            )
        self._stored = len(self._number)
        self._texts |= {one.digest: one.texts for one in found}

    def counts(self, digests: Iterable[str]) -> Iterator[bytes]:
        """The counts of some known issues, one at a time."""
        return self._each("counts", digests)

    def wordings(self, digests: Iterable[str]) -> Iterator[bytes]:
        """The wording of some known issues, one at a time."""
        return self._each("wording", digests)

    def forget_others(self, digests: Iterable[str]) -> None:
        """Drop the issues that are gone."""
        gone = self._texts.keys() - set(digests)
        with _damage_told(), self._store:
            for table in ("counts", "wording"):
                self._store.executemany(f"DELETE FROM {table} WHERE digest = ?", ((one,) for one in gone))
        self._texts = {digest: texts for digest, texts in self._texts.items() if digest not in gone}

    def _each(self, table: str, digests: Iterable[str]) -> Iterator[bytes]:
        query = f"SELECT digest, packed FROM {table} WHERE digest IN (SELECT value FROM json_each(?))"
        rest = iter(digests)
        while part := list(islice(rest, _AT_ONCE)):
            with _damage_told():
                found = dict(self._store.execute(query, (json.dumps(part),)))
            for digest in part:
                with _damage_told():
                    yield zlib.decompress(found[digest])


def with_kept(keeping: Keeping, method: str, work: Callable[[Kept], Result]) -> Result:
    """The result of some work that reads what is kept and adds to it.

    method: names all that decides what is found out about an issue; what another found is dropped.
    A file that turns out damaged is made anew, one that cannot be written is done without: that
    costs time, never the result.
    """
    if keeping.path is not None:
        for _ in range(2):
            try:
                return _worked(keeping.path, method, work)
            except Damaged:
                with suppress(OSError):
                    keeping.path.unlink(missing_ok=True)
    return _worked(None, method, work)


def _worked(path: Path | None, method: str, work: Callable[[Kept], Result]) -> Result:
    with _damage_told():
        store = sqlite3.connect(path or "")
    with closing(store):
        with _damage_told():
            _prepare(store, method)
            kept = Kept(store)
        return work(kept)


def _prepare(store: sqlite3.Connection, method: str) -> None:
    """Make the tables, or drop what another method found."""
    (version,) = store.execute("PRAGMA user_version").fetchone()
    if version not in (0, _FORMAT) or (
        not version and store.execute("SELECT 1 FROM sqlite_master").fetchone()
    ):
        raise Damaged("another format")
    if not version:
        store.executescript(f"BEGIN; {_SCHEMA}; PRAGMA user_version = {_FORMAT}; COMMIT")
    with store:
        if store.execute("SELECT name FROM method").fetchall() != [(method,)]:
            for table in ("method", "words", "counts", "wording", "total"):
                store.execute(f"DELETE FROM {table}")
            store.execute("INSERT INTO method VALUES (?)", (method,))


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, zlib.error, ValueError, TypeError, LookupError) as error:
        raise Damaged(str(error)) from error
