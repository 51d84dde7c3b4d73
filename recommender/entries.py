"""The rows of the corpus: which of them an incoming issue has to do with, under which key it is stored,
and how it is written. Each function is a part of the caller's transaction."""

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from recommender.copies import is_copy, sketch
from recommender.fold import fold
from recommender.records import Clause, Issue, issue_from_json

_MAX_INTEGER = 2**63 - 1  # SQLite's largest


class Row(NamedTuple):
    """What ``add`` compares an incoming issue with."""

    id: int
    key: str
    is_twin: int  # 1 for the same kind, series and printed key
    source: str
    file: str
    content: str


class Copy(NamedTuple):
    """A stored issue that says nearly the same."""

    id: int
    key: str
    source: str
    file: str
    form: str


def relatives(
    connection: sqlite3.Connection, issue: Issue, source: str, digest: str, content: str
) -> tuple[list[Row], list[Row], list[Row]]:
    """Stored issues of the same content, of the same identity, and earlier readings of the file."""
    query = """SELECT id, key, kind = ? AND series = ? AND printed_key = ?, source, file_sha256,
        content_sha256 FROM issue WHERE +identity IS NULL
        AND (content_sha256 = ? OR file_sha256 = ? OR source = ? OR printed_key = ?) ORDER BY id"""
    identity = (issue.kind, series_of(issue), issue.key)
    values = (*identity, content, digest, source, issue.key)
    rows = [Row(*row) for row in connection.execute(query, values).fetchall()]
    same = [row for row in rows if row.content == content]
    rest = [row for row in rows if row.content != content]
    edited = [row for row in rest if _is_edited(connection, row, issue, source, digest)]
    return same, [row for row in rest if row.is_twin], edited


def copies_of(connection: sqlite3.Connection, issue: Issue) -> list[Copy]:
    """Stored issues of the series with nearly the same text whose numbers and dates agree, as printed.

    Compared are those of the same serial number and those whose sketch has a band in common, of them only
    those whose serial number and date may be the same. The pluses keep SQLite from walking through the
    whole series, and from the index on identity, which is NULL for nearly all.
    """
    query = """SELECT id, key, source, file_sha256, form, json FROM issue
        WHERE id IN (SELECT id FROM issue WHERE series = :series AND serial = :serial UNION
            SELECT issue FROM sketch WHERE band IN (SELECT value FROM json_each(:bands)))
        AND +identity IS NULL AND +kind = :kind AND +series = :series
        AND (serial IS NULL OR :serial IS NULL OR serial = :serial)
        AND (IFNULL(date, '') LIKE :date || '%' OR :date LIKE IFNULL(date, '') || '%') ORDER BY id"""
    values = {
        "kind": issue.kind,
        "series": series_of(issue),
        "serial": None if issue.serial is None else min(issue.serial, _MAX_INTEGER),
        "date": issue.date or "",
        "bands": json.dumps(sketch(issue)),
    }
    found = connection.execute(query, values).fetchall()
    return [
        Copy(*row)
        for *row, text in found
        if is_copy(issue, issue_from_json({"key": row[1], **json.loads(text)}))
    ]


def sketch_older(connection: sqlite3.Connection) -> None:
    """Sketch the issues that an earlier version of the program stored."""
    query = """SELECT id, key, json FROM issue
        WHERE identity IS NULL AND id NOT IN (SELECT issue FROM sketch)"""
    for number, key, text in connection.execute(query).fetchall():
        sketch_issue(connection, number, issue_from_json({"key": key, **json.loads(text)}))


def sketch_issue(connection: sqlite3.Connection, number: int, issue: Issue) -> None:
    """Store the numbers by which nearly equal issues are found."""
    rows = [(band, number) for band in sketch(issue)]
    connection.executemany("INSERT OR IGNORE INTO sketch VALUES (?, ?)", rows)


def delete(connection: sqlite3.Connection, rows: set[int]) -> None:
    """Remove issues by their rows' ids, with all that hangs on them."""
    connection.executemany("DELETE FROM issue WHERE id = ?", [(row,) for row in sorted(rows)])


def note_reading(
    connection: sqlite3.Connection, digest: str, reader: str, issue: int, is_copy: bool = False
) -> None:
    """Remember which issue, by its row's id, a file's bytes gave or are a lesser copy of."""
    query = "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)"
    connection.execute(query, (digest, reader, issue, int(is_copy)))


def _is_edited(connection: sqlite3.Connection, row: Row, issue: Issue, source: str, digest: str) -> bool:
    """Whether a stored issue is an earlier reading of this file."""
    if row.file == digest:
        return True  # the same bytes, which this version of the program reads differently
    if row.source != source:
        return False
    query = "SELECT heading, text FROM clause WHERE issue = ?"
    before = {fold(heading + text) for heading, text in connection.execute(query, (row.id,))}
    now = {fold(clause.heading + clause.text) for _, _, clause in _clauses(issue)}
    return len(before & now) * 2 >= len(before) > 0


def free_key(connection: sqlite3.Connection, issue: Issue) -> str:
    """The printed key, or one with a suffix where another issue has that."""
    return _first_free(
        connection, itertools.chain((issue.key,), _suffixed(issue.key, sha256(series_of(issue))))
    )


def document_key(connection: sqlite3.Connection, printed: str, identity: str) -> str:
    """A free key, after the one other document that may have the printed key gave it up."""
    query = "SELECT id, key, identity FROM issue WHERE printed_key = ? OR key = ?"
    alike = connection.execute(query, (printed, printed)).fetchall()
    for row, key, other in alike:
        if other and key == printed:
            name = _first_free(connection, _suffixed(printed, other))
            connection.execute("UPDATE issue SET key = ? WHERE id = ?", (name, row))
    return _first_free(connection, _suffixed(printed, identity)) if alike else printed


def _first_free(connection: sqlite3.Connection, names: Iterator[str]) -> str:
    query = "SELECT 1 FROM issue WHERE key = ?"
    return next(name for name in names if not connection.execute(query, (name,)).fetchone())


def insert(
    connection: sqlite3.Connection, issue: Issue, key: str, source: str, digest: str, text: str
) -> int:
    """Insert an issue and its clauses; its row's id."""
    serial = None if issue.serial is None else min(issue.serial, _MAX_INTEGER)
    row = {
        "key": key,
        "printed_key": issue.key,
        "kind": issue.kind,
        "title": issue.title,
        "series": series_of(issue),
        "date": issue.date,
        "time": time_of(issue),
        "serial": serial,
        "source": source,
        "file_sha256": digest,
        "content_sha256": sha256(text),
        "json": text,
    }
    marks = ", ".join(f":{column}" for column in row)
    inserted = connection.execute(f"INSERT INTO issue ({', '.join(row)}) VALUES ({marks})", row)
    connection.executemany(
        "INSERT INTO clause VALUES (?, ?, ?, ?, ?, ?)",
        [
            (inserted.lastrowid, document, position, clause.label, clause.heading, clause.text)
            for document, position, clause in _clauses(issue)
        ],
    )
    return int(inserted.lastrowid or 0)


def _clauses(issue: Issue) -> Iterator[tuple[int, int, Clause]]:
    """(document index, clause index, clause) of all clauses."""
    for index, document in enumerate(issue.documents):
        for position, clause in enumerate(document.clauses):
            yield index, position, clause


def time_of(issue: Issue) -> str:
    """The issue's date, else the latest of its documents, else an empty text."""
    return issue.date or max((document.date or "" for document in issue.documents), default="")


def series_of(issue: Issue) -> str:
    """Folded title; without one, that of the first document, so that untitled issues stay apart."""
    return fold(issue.title) or fold(issue.documents[0].title if issue.documents else "")


def _suffixed(key: str, digest: str) -> Iterator[str]:
    """The keys an issue may get whose own key is another's, best first."""
    suffixed = f"{key}-{digest[:6]}"
    return itertools.chain((suffixed,), (f"{suffixed}-{n}" for n in itertools.count(2)))


def as_text(issue: Issue) -> str:
    """JSON of an issue without its key: equal for equal content."""
    fields: dict[str, Any] = asdict(issue)
    del fields["key"]
    if not issue.printed:  # as in nearly all, and in all that earlier versions stored
        del fields["printed"]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(issue: Issue) -> str:
    """SHA-256 of an issue as it was read, its key apart: equal for equal content."""
    return sha256(as_text(issue))
