"""The SQLite store of what editors decide: events and corrections, only ever added to.

What was confirmed is on the disk: each addition is one transaction that waits for it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from recommender.choices.corrections import Change, Correction
from recommender.choices.events import Action, Event, action_of, name_of, payload_of
from recommender.database import connect, explained, transaction
from recommender.errors import ConflictError, IntegrityError, UsageError
from recommender.schemas import CHOICES


class Choices:
    """An open store; use ``with open_choices(path) as choices``."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def append(self, issue: str, user: str, at: str, action: Action, seen: int) -> Event:
        """Store an action on the list of ``user`` for ``issue``; when this returns, it is on the disk.

        at: the time, ISO 8601 with its zone. seen: the revision of the list that the editor saw.
        Raises ConflictError when the list has moved on since; then nothing is stored.
        """
        payload = json.dumps(payload_of(action), ensure_ascii=False)
        with explained(self._path, CHOICES), transaction(self._connection, "IMMEDIATE"):
            if self._revision("event WHERE issue = ? AND user = ?", issue, user) != seen:
                raise ConflictError(
                    f"第 {issue} 期的列表已在别处改过，这次的修改没有保存。请刷新页面，看过新的列表再改。"
                )
            query = "INSERT INTO event (at, user, issue, action, payload) VALUES (?, ?, ?, ?, ?)"
            added = self._connection.execute(query, (at, user, issue, name_of(action), payload))
        return Event(int(added.lastrowid or 0), at, user, issue, action)

    def events(self, issue: str | None = None, user: str | None = None) -> tuple[Event, ...]:
        """The events of an issue, of an editor, of both, or all; oldest first."""
        query = "SELECT id, at, user, issue, action, payload FROM event"
        wanted = {"issue": issue, "user": user}
        given = {column: value for column, value in wanted.items() if value is not None}
        where = " AND ".join(f"{column} = :{column}" for column in given)
        with explained(self._path, CHOICES):
            rows = self._connection.execute(
                f"{query} WHERE {where} ORDER BY id" if where else f"{query} ORDER BY id", given
            ).fetchall()
        return tuple(self._event(*row) for row in rows)

    def revision(self) -> int:
        """The id of the last event of anybody, 0 for none."""
        with explained(self._path, CHOICES):
            return self._revision("event")

    def users(self) -> tuple[str, ...]:
        """Everyone who ever decided anything, by name."""
        with explained(self._path, CHOICES):
            rows = self._connection.execute("SELECT DISTINCT user FROM event ORDER BY user").fetchall()
        return tuple(name for (name,) in rows)

    def mend(self, correction: Correction, seen: int) -> Correction:
        """Store a correction, durable as in ``append``; its id is given here.

        seen: the revision of the issue's corrections that the editor saw, as ``corrections_revision``.
        Raises ConflictError when another has mended the issue since.
        """
        one = correction
        with explained(self._path, CHOICES), transaction(self._connection, "IMMEDIATE"):
            if self._revision(_OF_ISSUE, one.content, one.file, one.file) != seen:
                raise ConflictError(
                    f"第 {one.issue} 期刚有别人更正过，这次的更正没有保存。请刷新页面后再改。"
                )
            return self._insert(one)

    def carry(self, corrections: Iterable[Correction]) -> None:
        """Store corrections that follow earlier ones, each of which one follows at most."""
        with explained(self._path, CHOICES), transaction(self._connection, "IMMEDIATE"):
            for one in corrections:
                if not self._revision("correction WHERE follows = ?", one.follows):
                    self._insert(one)

    def _insert(self, one: Correction) -> Correction:
        change = one.change
        values = (
            *(one.at, one.user, one.issue, one.content, one.file),
            *(change.field, change.document, change.clause, change.before, change.after),
            *(one.about, one.follows),
        )
        marks = ", ".join("?" * len(values))
        added = self._connection.execute(f"INSERT INTO correction ({_COLUMNS}) VALUES ({marks})", values)
        return replace(one, id=int(added.lastrowid or 0))

    def corrections(self) -> tuple[Correction, ...]:
        """Every correction, oldest first."""
        with explained(self._path, CHOICES):
            rows = self._connection.execute(f"SELECT id, {_COLUMNS} FROM correction ORDER BY id").fetchall()
        return tuple(_correction(*row) for row in rows)

    def close(self) -> None:
        with explained(self._path, CHOICES):
            self._connection.close()

    def _revision(self, rows: str, *values: str | int) -> int:
        found = self._connection.execute(f"SELECT COALESCE(MAX(id), 0) FROM {rows}", values)
        return int(found.fetchone()[0])

    def _event(self, id: int, at: str, user: str, issue: str, name: str, payload: str) -> Event:
        try:
            return Event(id, at, user, issue, action_of(name, json.loads(payload)))
        except (UsageError, TypeError, ValueError) as error:
            raise IntegrityError(
                f"{self._path}：第 {id} 条记录看不懂（{error}）。{CHOICES.remedy}"
            ) from error


def _correction(id: int, at: str, user: str, issue: str, content: str, file: str, *rest: Any) -> Correction:
    *change, about, follows = rest
    return Correction(id, at, user, issue, content, file, Change(*change), about, follows)


_COLUMNS = (
    "at, user, issue, content_sha256, file_sha256, field, document, clause, before, after, about, follows"
)
_OF_ISSUE = "correction WHERE content_sha256 = ? OR ? <> '' AND file_sha256 = ?"


def corrections_revision(corrections: Iterable[Correction]) -> int:
    """The id of the last of an issue's corrections, 0 for none."""
    return max((correction.id for correction in corrections), default=0)


@contextmanager
def open_choices(path: Path, reading: bool = False) -> Iterator[Choices]:
    """Open the store, making it when it is missing; ``reading`` and errors as in ``connect``."""
    choices = Choices(connect(path, CHOICES, reading), path)
    try:
        yield choices
    finally:
        choices.close()
