"""The database under the corpus: its schema, how it is opened, what its errors mean.

issue:  one row an issue.
clause: one row a clause, plain text, for LIKE searches (FTS5 finds no two-character Chinese words).
reading: one row a file's bytes, and the issue they gave or are a lesser copy of.
sketch: some numbers of each issue of a file, by which nearly equal ones are found.

Readers in other processes see the last committed state while one process writes (WAL).
"""

import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from recommender.disk import writing
from recommender.errors import IntegrityError, LockedError, UsageError

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
    (
        # for a document of a collection: its issuer, title and date, hashed; NULL for a file of its own
        "ALTER TABLE issue ADD COLUMN identity TEXT",
        "CREATE UNIQUE INDEX issue_identity ON issue (identity)",
    ),
    (
        "ALTER TABLE issue ADD COLUMN form TEXT NOT NULL DEFAULT ''",  # how the file was written
        "CREATE INDEX issue_series ON issue (series, serial)",
        """CREATE TABLE reading (
            file_sha256 TEXT PRIMARY KEY,
            reader TEXT NOT NULL,      -- the code that read these bytes
            issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
            copy INTEGER NOT NULL      -- 1: the issue comes from another file that says nearly the same
        ) WITHOUT ROWID""",
        "CREATE INDEX reading_issue ON reading (issue)",
    ),
    (
        """CREATE TABLE sketch (
            band INTEGER NOT NULL,     -- a number that issues of nearly the same text share
            issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
            PRIMARY KEY (band, issue)
        ) WITHOUT ROWID""",
        "CREATE INDEX sketch_issue ON sketch (issue)",
    ),
)
_WAIT_SECONDS = 30.0
REMEDY = "请把它改名留存，再用 recommender ingest 重新收录原文件。"


def connect(path: Path, reading: bool = False) -> sqlite3.Connection:
    """Open the database, making folder and file when they are missing.

    reading: the caller will not write; then a full or read-only disk does not matter.
    Raises IntegrityError for a file that is no corpus or of a newer schema, UsageError where it
    cannot be written, LockedError where another process keeps it busy for long.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with explained(path):
        try:
            return _opened(str(path), path)
        except sqlite3.OperationalError:
            if not (reading and path.is_file()) or _log_of(path).exists() and _log_of(path).stat().st_size:
                raise
            # No room, or no right, for SQLite's own companions, and nobody is writing: as it is.
            return _opened(f"{path.resolve().as_uri()}?immutable=1", path)


def _opened(address: str, path: Path) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where we say so.
    connection = sqlite3.connect(
        address, timeout=_WAIT_SECONDS, isolation_level=None, uri=address.startswith("file:")
    )
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_of(path: Path) -> Path:
    """SQLite's write-ahead log beside the database."""
    return path.with_name(f"{path.name}-wal")


def snapshot(path: Path, target: Path) -> None:
    """Copy a database as of one moment, while others read and write it, and check the copy.

    Errors as in ``connect``; what stands at ``target`` is replaced.
    """
    target.unlink(missing_ok=True)
    connection = connect(path)
    try:
        with explained(path), closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a companion
        check(target)
    finally:
        connection.close()


def check(path: Path) -> None:
    """SQLite's own check of every page and index; IntegrityError with what it found."""
    with explained(path), closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise IntegrityError(f"{path}：资料库的内部结构已损坏（{'；'.join(map(str, found))}）。{REMEDY}")


def settle(path: Path) -> None:
    """Bring what a killed run left in the write-ahead log into the database; errors as in ``connect``."""
    connection = connect(path)
    try:
        with explained(path):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection, "DEFERRED"):  # one view of the file for both questions
        version, tables = _version(connection), _tables(connection)
    if version > len(_MIGRATIONS):
        raise IntegrityError(f"{path}：由更新版本的程序写成（格式 {version}）。请先升级本程序。")
    if not tables >= {"issue", "clause"} if version else tables:
        raise IntegrityError(f"{path}：是别的程序的数据库，不是资料库。{REMEDY}")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < len(_MIGRATIONS):
        connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    with transaction(connection, "IMMEDIATE"):
        done = _version(connection)  # again: another process may have been quicker
        for statement in itertools.chain.from_iterable(_MIGRATIONS[done:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@contextmanager
def transaction(connection: sqlite3.Connection, mode: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
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
def explained(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one that says what to do."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a closed connection, a wrong number of values: our own mistake
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code
        if code == sqlite3.SQLITE_IOERR and _is_full(path):
            code = sqlite3.SQLITE_FULL  # no room for the shared memory of the log is told as this
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LockedError(f"{path}：另一个程序正在写资料库。请等它结束后再试。") from error
        if code in _REFUSED:
            raise UsageError(f"{path}：{_REFUSED[code]}，然后再试。") from error
        raise IntegrityError(f"{path}：不是资料库，或者已经损坏（{error}）。{REMEDY}") from error


def _is_full(path: Path) -> bool:
    return path.parent.is_dir() and shutil.disk_usage(path.parent).free < _ROOM


_ROOM = 64 * 1024  # what SQLite needs beside the database before it writes anything
_REFUSED = {
    sqlite3.SQLITE_FULL: "磁盘已满，写不进去。请清理磁盘",
    sqlite3.SQLITE_READONLY: "资料库是只读的，写不进去。请检查权限",
    sqlite3.SQLITE_PERM: "没有权限。请检查权限",
    sqlite3.SQLITE_CANTOPEN: "打不开。请检查这里是不是文件夹、有没有权限",
    sqlite3.SQLITE_IOERR: "读写磁盘出错。请检查磁盘或网络盘",
}
