"""The SQLite store of issues: what was read, from which file, in which order of time.

An issue's row holds the parsed issue as JSON without its key, with the SHA-256 beside it. It stays as
it was read; what the editors mended lies over it wherever an issue is handed out.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from recommender.choices.corrections import NO_ERRATA, Errata, correct, corrections_for
from recommender.copies import is_better
from recommender.database import connect, explained, transaction
from recommender.entries import (
    Copy,
    as_text,
    copies_of,
    delete,
    digest_of,
    document_key,
    free_key,
    insert,
    note_reading,
    relatives,
    sha256,
    sketch_issue,
    sketch_older,
    time_of,
)
from recommender.errors import InputError, IntegrityError
from recommender.records import Issue, Slip, issue_from_json
from recommender.schemas import CORPUS, PICKED

State = Literal["added", "unchanged", "replaced", "duplicate"]

_IN_TIME = "time, serial, printed_key, series, kind, content_sha256"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an issue that was added, and the key it is stored under.

    other: the file of the same or nearly the same text that is kept instead ("duplicate"), or gave way.
    """

    state: State
    key: str
    other: str = ""


class Reading(NamedTuple):
    """What a file's bytes gave before: the key of its issue; for a lesser copy, the file that is kept."""

    key: str
    is_copy: bool
    kept: str


class Loose(NamedTuple):
    """A document of a collection, to be stored as an issue of its own.

    identity: what its editions have in common, hashed; digest: of its line and the reader of it.
    """

    issue: Issue
    identity: str
    source: str
    digest: str


class Known(NamedTuple):
    """A stored document of a collection."""

    key: str
    identity: str


class Origin(NamedTuple):
    """SHA-256 of an issue as it was read, and of its file ("" where it came from none)."""

    content: str
    file: str


class _Place(NamedTuple):
    """Where an issue stands in the order of time."""

    time: str
    has_serial: bool
    serial: int
    printed_key: str
    series: str
    kind: str
    content: str
    file: str
    id: int
    key: str


class Corpus:
    """An open store; use ``with open_corpus(path) as corpus``. errata: what lies over the issues."""

    def __init__(self, connection: sqlite3.Connection, path: Path, errata: Errata = NO_ERRATA) -> None:
        self._connection = connection
        self._path = path
        self._errata = errata
        self._is_sketched = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with explained(self._path, CORPUS):
            self._connection.close()

    def add(self, issue: Issue, source: str, digest: str, form: str = "", reader: str = "") -> Added:
        """Store an issue in one transaction.

        source: path of its file; digest: SHA-256 of the file's bytes; form: how the file was written;
        reader: the code that read it.
        The same content is stored once, and so is nearly the same content from two files: the better
        form is kept, of equal ones the later. An edited file replaces its issue: the issue of the same
        kind, title and printed key, and the one that came from the same path if at least half of
        its clauses are still there (so the serial itself was put right). Another series with the same
        printed key is stored under ``key-<six hex digits of its title>``.
        """
        text = as_text(issue)
        with explained(self._path, CORPUS), transaction(self._connection, "IMMEDIATE"):
            same, twin, edited = relatives(self._connection, issue, source, digest, sha256(text))
            copies = [] if same else [row for row in self._copies(issue) if row.source != source]
            better = next((row for row in copies if is_better(row.form, form)), None)
            if better:
                delete(self._connection, {row.id for row in edited} - {better.id})
                note_reading(self._connection, digest, reader, better.id, is_copy=True)
                return Added("duplicate", better.key, better.source)
            old = {row.id for row in edited}
            if not same:
                old |= {row.id for row in twin} | {row.id for row in copies}
            delete(self._connection, old)
            if same and same[0].source != source and same[0].file != digest:  # of another file
                note_reading(self._connection, digest, reader, same[0].id, is_copy=True)
                return Added("duplicate", same[0].key, same[0].source)
            if same:
                note_reading(self._connection, digest, reader, same[0].id)
                return Added("replaced" if old else "unchanged", same[0].key)
            keys = [row.key for row in twin] + [row.key for row in copies]
            key = keys[0] if keys else free_key(self._connection, issue)
            number = insert(self._connection, issue, key, source, digest, text)
            sketch_issue(self._connection, number, issue)
            self._connection.execute("UPDATE issue SET form = ? WHERE id = ?", (form, number))
            note_reading(self._connection, digest, reader, number)
            for row in copies:
                note_reading(self._connection, row.file, reader, number, is_copy=True)
        return Added("replaced" if old else "added", key, copies[0].source if copies else "")

    def _copies(self, issue: Issue) -> list[Copy]:
        if not self._is_sketched:  # once for each opening
            sketch_older(self._connection)
            self._is_sketched = True
        return copies_of(self._connection, issue)

    def readings(self, reader: str) -> dict[str, Reading]:
        """What this reader read before, by the digest of the file's bytes."""
        query = """SELECT reading.file_sha256, key, copy, source FROM reading JOIN issue ON issue.id = issue
            WHERE reader = ?"""
        with explained(self._path, CORPUS):
            found = self._connection.execute(query, (reader,)).fetchall()
        return {digest: Reading(key, bool(copy), source) for digest, key, copy, source in found}

    def add_documents(self, documents: Sequence[Loose]) -> tuple[Added, ...]:
        """Store documents of collections in one transaction: all of them or none.

        A document replaces the one of the same identity, whichever collection that came from. Its
        key is the printed one; where documents of several identities have that key, each gets
        ``key-<six hex digits of its identity>``, the first of them too: no key depends on the order
        in which documents came.
        """
        with explained(self._path, CORPUS), transaction(self._connection, "IMMEDIATE"):
            return tuple(self._add_document(document) for document in documents)

    def known(self, digests: Iterable[str]) -> dict[str, Known]:
        """The stored documents of collections by the digests they were read under."""
        found = self._rows_in("SELECT file_sha256, key, identity FROM issue WHERE file_sha256", digests)
        return {digest: Known(key, identity) for digest, key, identity in found if identity}

    def keys_of(self, identities: Iterable[str]) -> dict[str, str]:
        """The keys that documents of collections have now, by identity."""
        found = self._rows_in("SELECT identity, key FROM issue WHERE identity", identities)
        return dict(found)

    def stream(self) -> Iterator[Issue]:
        """``issues()`` one at a time, for a corpus that need not be in memory as a whole.

        An issue that is removed before its turn comes is left out.
        """
        for place in self._places():
            with explained(self._path, CORPUS):
                found = self._connection.execute(f"{_SELECT} WHERE id = ?", (place.id,)).fetchone()
            if found:
                yield self._issue(*found)

    def issues(self) -> tuple[Issue, ...]:
        """All issues in time order, whatever the order in which they were added.

        Time is the issue's date, else the latest date of its documents; undated issues come first.
        Equal times are ordered by serial, then by printed key, title, kind and content.
        """
        with explained(self._path, CORPUS), transaction(self._connection, "DEFERRED"):  # one view of the file
            return tuple(self.stream())

    def slips(self) -> tuple[Slip, ...]:
        """What is known of the issues without reading them, in the order of ``issues()``."""
        with explained(self._path, CORPUS), transaction(self._connection, "DEFERRED"):
            rows = self._connection.execute("SELECT id, date, serial FROM issue")
            known = {row: (date, serial) for row, date, serial in rows}
            picked = {row for (row,) in self._connection.execute(f"SELECT id FROM issue WHERE {PICKED}")}
            return tuple(self._slip(place, *known[place.id], place.id in picked) for place in self._places())

    def _slip(self, place: _Place, date: str | None, serial: int | None, has_picks: bool) -> Slip:
        if corrections_for(self._errata, place.content, place.file):
            return slip_of(self.get(place.key))
        return Slip(place.key, place.content, date, serial, has_picks)

    def keys(self) -> tuple[str, ...]:
        """The keys of ``issues()``, in the same order."""
        return tuple(place.key for place in self._places())

    def get(self, key: str) -> Issue:
        """The issue stored under a key; InputError lists the nearest keys, else the latest ones."""
        with explained(self._path, CORPUS):
            found = self._connection.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone()
        if found is None:
            raise InputError(_not_found(key, self.keys()))
        return self._issue(*found)

    def key_for(self, issue: Issue) -> str:
        """The key an issue is stored under, or the one ``add`` would give it."""
        with explained(self._path, CORPUS):
            same, twin, _ = relatives(self._connection, issue, "", "", digest_of(issue))
            return next((row.key for row in (*same, *twin)), None) or free_key(self._connection, issue)

    def newest(self) -> Issue | None:
        """The last bulletin in time order; the last policy when there is no bulletin."""
        places = self._places()
        last = max(places, key=lambda place: (place.kind == "bulletin", place), default=None)
        return self.get(last.key) if last else None

    def origin(self, key: str) -> Origin:
        """By what an issue is known again; InputError as in ``get``."""
        with explained(self._path, CORPUS):
            query = "SELECT content_sha256, file_sha256 FROM issue WHERE key = ?"
            found = self._connection.execute(query, (key,)).fetchone()
        if found is None:
            raise InputError(_not_found(key, self.keys()))
        return Origin(*found)

    def origins(self) -> tuple[Origin, ...]:
        """``origin`` of every issue, in time order."""
        return tuple(Origin(place.content, place.file) for place in self._places())

    def known_digests(self, digests: Iterable[str]) -> frozenset[str]:
        """Those of some SHA-256 that an issue as it was read, or its file, has."""
        wanted = set(digests) - {""}
        content = self._rows_in("SELECT content_sha256 FROM issue WHERE content_sha256", wanted)
        files = self._rows_in("SELECT file_sha256 FROM issue WHERE file_sha256", wanted)
        return frozenset(digest for (digest,) in (*content, *files))

    def _places(self) -> list[_Place]:
        """Every issue in time order, by its date as it was mended."""
        query = f"""SELECT time, serial IS NOT NULL, IFNULL(serial, 0), printed_key, series, kind,
            content_sha256, file_sha256, id, key FROM issue ORDER BY {_IN_TIME}"""
        with explained(self._path, CORPUS):
            places = [_Place(*row) for row in self._connection.execute(query)]
        mended = [place for place in places if self._is_dated_anew(place)]
        if not mended:
            return places
        times = {place.id: time_of(self.get(place.key)) for place in mended}
        return sorted(place._replace(time=times.get(place.id, place.time)) for place in places)

    def _is_dated_anew(self, place: _Place) -> bool:
        found = corrections_for(self._errata, place.content, place.file)
        return any(one.change.field == "date" for one in found)

    def _rows_in(self, query: str, values: Iterable[str]) -> list[Any]:
        """Rows of a query that ends in a column, where that is one of the values."""
        with explained(self._path, CORPUS):
            listed = json.dumps(list(values))
            return self._connection.execute(
                f"{query} IN (SELECT value FROM json_each(?))", (listed,)
            ).fetchall()

    def _add_document(self, document: Loose) -> Added:
        issue, identity, source, digest = document
        text = as_text(issue)
        query = "SELECT id, key, printed_key, content_sha256 FROM issue WHERE identity = ?"
        old = self._connection.execute(query, (identity,)).fetchone()
        if old and old[2:] == (issue.key, sha256(text)):
            renew = "UPDATE issue SET source = ?, file_sha256 = ? WHERE id = ?"
            self._connection.execute(renew, (source, digest, old[0]))
            return Added("unchanged", old[1])
        if old:
            self._connection.execute("DELETE FROM issue WHERE id = ?", old[:1])
        key = old[1] if old and old[2] == issue.key else document_key(self._connection, issue.key, identity)
        insert(self._connection, issue, key, source, digest, text)
        self._connection.execute("UPDATE issue SET identity = ? WHERE key = ?", (identity, key))
        return Added("replaced" if old else "added", key)

    def _issue(self, key: str, text: str, content: str, file: str) -> Issue:
        """The stored issue; IntegrityError when its text is not the one that was written."""
        if not isinstance(text, str) or sha256(text) != content:
            raise IntegrityError(
                f"{self._path}：第 {key} 期的内容与校验值不符，文件可能已损坏。{CORPUS.remedy}"
            )
        try:
            issue = issue_from_json({"key": key, **json.loads(text)})
        except (KeyError, TypeError, ValueError) as error:
            raise IntegrityError(
                f"{self._path}：第 {key} 期的内容不合本版程序的格式。{CORPUS.remedy}"
            ) from error
        return correct(issue, (one.change for one in corrections_for(self._errata, content, file)))


_SELECT = "SELECT key, json, content_sha256, file_sha256 FROM issue"


# -- opening --------------------------------------------------------------------------------------


def open_corpus(path: Path, reading: bool = False, errata: Errata = NO_ERRATA) -> Corpus:
    """Open the store, making folder and file when they are missing; ``reading`` and errors as in
    ``connect``. errata: what the editors mended, to lie over the issues handed out."""
    return Corpus(connect(path, CORPUS, reading), path, errata)


def slip_of(issue: Issue) -> Slip:
    """What there is to know of an issue before it is read."""
    return Slip(issue.key, digest_of(issue), issue.date, issue.serial, bool(issue.picks))


def _not_found(key: str, keys: tuple[str, ...]) -> str:
    if not keys:
        return f"资料库里没有“{key}”：还没有收录任何动态。请先运行 recommender ingest 加文件或文件夹。"
    near = get_close_matches(key, keys, n=5, cutoff=0.5)
    if near:
        return f"资料库里没有“{key}”。相近的有：{'、'.join(near)}。请用其中一个，或写文件的路径。"
    return f"资料库里没有“{key}”。最近收录的有：{'、'.join(keys[:-9:-1])}。请用其中一个，或写文件的路径。"
