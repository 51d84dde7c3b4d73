"""The SQLite store of issues: what was read, from which file, in which order of time.

issue:  one row an issue; its JSON is the parsed issue without its key, with the SHA-256 beside it.
clause: one row a clause, plain text, for LIKE searches (FTS5 finds no two-character Chinese words).

Readers in other processes see the last committed state while one process writes (WAL).
"""

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from recommender.errors import InputError, IntegrityError, LockedError, UsageError
from recommender.fold import fold
from recommender.records import Clause, Issue, issue_from_json
from recommender.workspace import writing

State = Literal["added", "unchanged", "replaced"]

# Statements that lead from one schema version to the next; PRAGMA user_version counts the steps
# done. A later version of the program adds a step and never edits one that was released.
_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE issue (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,  -- the printed key, with a suffix where two issues share it
            printed_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            series TEXT NOT NULL,      -- folded title: one series of bulletins, or one policy
            date TEXT,
            time TEXT NOT NULL,        -- date, else the latest of the documents, else ''
            serial INTEGER,
            source TEXT NOT NULL,      -- path of the file
            file_sha256 TEXT NOT NULL,
            content_sha256 TEXT NOT NULL,
            json TEXT NOT NULL
        )""",
        "CREATE INDEX issue_content ON issue (content_sha256)",
        "CREATE INDEX issue_file ON issue (file_sha256)",
        "CREATE INDEX issue_source ON issue (source)",
        "CREATE INDEX issue_printed_key ON issue (printed_key)",
        """CREATE TABLE clause (
            issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
            document INTEGER NOT NULL,  -- positions in the issue, from 0
            position INTEGER NOT NULL,
            label TEXT NOT NULL,
            heading TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (issue, document, position)
        ) WITHOUT ROWID""",
    ),
)
_IN_TIME = "time, serial, printed_key, series, kind, content_sha256"
_LATEST = "kind = 'bulletin' DESC, " + ", ".join(f"{column} DESC" for column in _IN_TIME.split(", "))
_WAIT_SECONDS = 30.0
_REMEDY = "请把它改名留存，再用 recommender ingest 重新收录原文件。"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an issue that was added, and the key it is stored under."""

    state: State
    key: str


class _Row(NamedTuple):
    """What ``add`` compares an incoming issue with."""

    id: int
    key: str
    is_twin: int  # 1 for the same kind, series and printed key
    source: str
    file: str
    content: str


class Corpus:
    """An open store; use ``with open_corpus(path) as corpus``."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with _explained(self._path):
            self._connection.close()

    def add(self, issue: Issue, source: str, digest: str) -> Added:
        """Store an issue in one transaction.

        source: path of its file; digest: SHA-256 of the file's bytes.
        The same content is stored once. An edited file replaces its issue: the issue of the same
        kind, title and printed key, and the one that came from the same path if at least half of
        its clauses are still there (so the serial itself was put right). Another series with the same
        printed key is stored under ``key-<six hex digits of its title>``.
        """
        text = _as_text(issue)
        with _explained(self._path), _transaction(self._connection, "IMMEDIATE"):
            same, twin, edited = self._relatives(issue, source, digest, _sha256(text))
            old = edited if same else {*edited, *twin}
            self._connection.executemany("DELETE FROM issue WHERE id = ?", [(row.id,) for row in old])
            if same:
                return Added("replaced" if old else "unchanged", same[0].key)
            key = twin[0].key if twin else self._free_key(issue)
            self._insert(issue, key, source, digest, text)
        return Added("replaced" if old else "added", key)

    def issues(self) -> tuple[Issue, ...]:
        """All issues in time order, whatever the order in which they were added.

        Time is the issue's date, else the latest date of its documents; undated issues come first.
        Equal times are ordered by serial, then by printed key, title, kind and content.
        """
        with _explained(self._path):
            found = self._connection.execute(f"{_SELECT} ORDER BY {_IN_TIME}").fetchall()
        return tuple(self._issue(*row) for row in found)

    def keys(self) -> tuple[str, ...]:
        """The keys of ``issues()``, in the same order."""
        with _explained(self._path):
            found = self._connection.execute(f"SELECT key FROM issue ORDER BY {_IN_TIME}").fetchall()
        return tuple(key for (key,) in found)

    def get(self, key: str) -> Issue:
        """The issue stored under a key; InputError lists the nearest keys, else the latest ones."""
        with _explained(self._path):
            found = self._connection.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone()
        if found is None:
            raise InputError(_not_found(key, self.keys()))
        return self._issue(*found)

    def newest(self) -> Issue | None:
        """The last bulletin in time order; the last policy when there is no bulletin."""
        with _explained(self._path):
            found = self._connection.execute(f"{_SELECT} ORDER BY {_LATEST} LIMIT 1").fetchone()
        return self._issue(*found) if found else None

    def _relatives(
        self, issue: Issue, source: str, digest: str, content: str
    ) -> tuple[list[_Row], list[_Row], list[_Row]]:
        """Stored issues of the same content, of the same identity, and earlier readings of the file."""
        query = """SELECT id, key, kind = ? AND series = ? AND printed_key = ?, source, file_sha256,
            content_sha256 FROM issue
            WHERE content_sha256 = ? OR file_sha256 = ? OR source = ? OR printed_key = ? ORDER BY id"""
        identity = (issue.kind, _series(issue), issue.key)
        values = (*identity, content, digest, source, issue.key)
        rows = [_Row(*row) for row in self._connection.execute(query, values).fetchall()]
        same = [row for row in rows if row.content == content]
        rest = [row for row in rows if row.content != content]
        edited = [row for row in rest if self._is_edited(row, issue, source, digest)]
        return same, [row for row in rest if row.is_twin], edited

    def _is_edited(self, row: _Row, issue: Issue, source: str, digest: str) -> bool:
        """Whether a stored issue is an earlier reading of this file."""
        if row.file == digest:
            return True  # the same bytes, which this version of the program reads differently
        if row.source != source:
            return False
        query = "SELECT heading, text FROM clause WHERE issue = ?"
        before = {fold(heading + text) for heading, text in self._connection.execute(query, (row.id,))}
        now = {fold(clause.heading + clause.text) for _, _, clause in _clauses(issue)}
        return len(before & now) * 2 >= len(before) > 0

    def _free_key(self, issue: Issue) -> str:
        query = "SELECT 1 FROM issue WHERE key = ?"
        return next(
            key for key in _key_names(issue) if not self._connection.execute(query, (key,)).fetchone()
        )

    def _insert(self, issue: Issue, key: str, source: str, digest: str, text: str) -> None:
        serial = None if issue.serial is None else min(issue.serial, 2**63 - 1)  # SQLite's largest
        row = {
            "key": key,
            "printed_key": issue.key,
            "kind": issue.kind,
            "title": issue.title,
            "series": _series(issue),
            "date": issue.date,
            "time": _time(issue),
            "serial": serial,
            "source": source,
            "file_sha256": digest,
            "content_sha256": _sha256(text),
            "json": text,
        }
        marks = ", ".join(f":{column}" for column in row)
        inserted = self._connection.execute(f"INSERT INTO issue ({', '.join(row)}) VALUES ({marks})", row)
        self._connection.executemany(
            "INSERT INTO clause VALUES (?, ?, ?, ?, ?, ?)",
            [
                (inserted.lastrowid, document, position, clause.label, clause.heading, clause.text)
                for document, position, clause in _clauses(issue)
            ],
        )

    def _issue(self, key: str, text: str, content: str) -> Issue:
        """The stored issue; IntegrityError when its text is not the one that was written."""
        if not isinstance(text, str) or _sha256(text) != content:
            raise IntegrityError(f"{self._path}：第 {key} 期的内容与校验值不符，文件可能已损坏。{_REMEDY}")
        try:
            return issue_from_json({"key": key, **json.loads(text)})
        except (KeyError, TypeError, ValueError) as error:
            raise IntegrityError(f"{self._path}：第 {key} 期的内容不合本版程序的格式。{_REMEDY}") from error


_SELECT = "SELECT key, json, content_sha256 FROM issue"


# -- opening --------------------------------------------------------------------------------------


def open_corpus(path: Path) -> Corpus:
    """Open the store, making folder and file when they are missing.

    Raises IntegrityError for a file that is no corpus or of a newer schema, UsageError where it
    cannot be written, LockedError where another process keeps it busy for long.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _explained(path):
        # isolation_level None: transactions begin and end where we say so.
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return Corpus(connection, path)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    with _transaction(connection, "DEFERRED"):  # one view of the file for both questions
        version, tables = _version(connection), _tables(connection)
    if version > len(_MIGRATIONS):
        raise IntegrityError(f"{path}：由更新版本的程序写成（格式 {version}）。请先升级本程序。")
    if not tables >= {"issue", "clause"} if version else tables:
        raise IntegrityError(f"{path}：是别的程序的数据库，不是语料库。{_REMEDY}")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < len(_MIGRATIONS):
        connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    with _transaction(connection, "IMMEDIATE"):
        done = _version(connection)  # again: another process may have been quicker
        for statement in itertools.chain.from_iterable(_MIGRATIONS[done:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@contextmanager
def _transaction(connection: sqlite3.Connection, mode: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
    """Commit at the end or roll back. IMMEDIATE for writers: they wait here, not amid their work."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one that says what to do."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a closed connection, a wrong number of values: our own mistake
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LockedError(f"{path}：另一个程序正在写语料库。请等它结束后再试。") from error
        if code in _REFUSED:
            raise UsageError(f"{path}：{_REFUSED[code]}，然后再试。") from error
        raise IntegrityError(f"{path}：不是语料库，或者已经损坏（{error}）。{_REMEDY}") from error


_REFUSED = {
    sqlite3.SQLITE_FULL: "磁盘已满，写不进去。请清理磁盘",
    sqlite3.SQLITE_READONLY: "语料库是只读的，写不进去。请检查权限",
    sqlite3.SQLITE_PERM: "没有权限。请检查权限",
    sqlite3.SQLITE_CANTOPEN: "打不开。请检查这里是不是文件夹、有没有权限",
    sqlite3.SQLITE_IOERR: "读写磁盘出错。请检查磁盘或网络盘",
}


# -- issues ---------------------------------------------------------------------------------------


def _clauses(issue: Issue) -> Iterator[tuple[int, int, Clause]]:
    """(document index, clause index, clause) of all clauses."""
    for index, document in enumerate(issue.documents):
        for position, clause in enumerate(document.clauses):
            yield index, position, clause


def _time(issue: Issue) -> str:
    return issue.date or max((document.date or "" for document in issue.documents), default="")


def _series(issue: Issue) -> str:
    """Folded title; without one, that of the first document, so that untitled issues stay apart."""
    return fold(issue.title) or fold(issue.documents[0].title if issue.documents else "")


def _key_names(issue: Issue) -> Iterator[str]:
    """The keys an issue may get, best first."""
    suffixed = f"{issue.key}-{_sha256(_series(issue))[:6]}"
    return itertools.chain((issue.key, suffixed), (f"{suffixed}-{n}" for n in itertools.count(2)))


def _as_text(issue: Issue) -> str:
    """JSON of an issue without its key: equal for equal content."""
    fields: dict[str, Any] = asdict(issue)
    del fields["key"]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _not_found(key: str, keys: tuple[str, ...]) -> str:
    if not keys:
        return f"语料库里没有“{key}”：还没有收录任何动态。请先运行 recommender ingest 加文件或文件夹。"
    near = get_close_matches(key, keys, n=5, cutoff=0.5)
    if near:
        return f"语料库里没有“{key}”。相近的有：{'、'.join(near)}。请用其中一个，或写文件的路径。"
    return f"语料库里没有“{key}”。最近收录的有：{'、'.join(keys[:-9:-1])}。请用其中一个，或写文件的路径。"
