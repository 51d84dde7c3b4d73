"""How a SQLite file of ours is opened, changed and checked, whatever it holds; what its errors mean.

Readers in other processes see the last committed state while one process writes (WAL).
"""

import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from recommender.disk import writing
from recommender.errors import IntegrityError, LockedError, UsageError


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file of ours holds, and how an older one becomes a newer one.

    name: what the office calls it. remedy: what to do with a damaged one, as a sentence.
    tables: those by which it is known. migrations: the statements that lead from one version to the
    next; PRAGMA user_version counts the steps done. A later version of the program adds a step and
    never edits one that was released.
    durable: whether every commit waits for the disk; else a power cut may cost the last ones.
    """

    name: str
    remedy: str
    tables: frozenset[str]
    migrations: tuple[tuple[str, ...], ...]
    durable: bool = False


_WAIT_SECONDS = 30.0


def is_begun(path: Path) -> bool:
    """Whether a store was ever written to; an empty file is what a killed first run leaves."""
    return path.exists() and (not path.is_file() or path.stat().st_size > 0)


def connect(path: Path, schema: Schema, reading: bool = False) -> sqlite3.Connection:
    """Open the database, making folder and file when they are missing.

    reading: the caller will not write; then a full or read-only disk does not matter.
    Raises IntegrityError for a file of something else or of a newer schema, UsageError where it
    cannot be written, LockedError where another process keeps it busy for long.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with explained(path, schema):
        try:
            return _opened(str(path), path, schema)
        except sqlite3.OperationalError:
            if not (reading and path.is_file()) or _log_of(path).exists() and _log_of(path).stat().st_size:
                raise
            # No room, or no right, for SQLite's own companions, and nobody is writing: as it is.
            return _opened(f"{path.resolve().as_uri()}?immutable=1", path, schema)


def _opened(address: str, path: Path, schema: Schema) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where we say so.
    connection = sqlite3.connect(
        address, timeout=_WAIT_SECONDS, isolation_level=None, uri=address.startswith("file:")
    )
    try:
        _prepare(connection, path, schema)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_of(path: Path) -> Path:
    """SQLite's write-ahead log beside the database."""
    return path.with_name(f"{path.name}-wal")


def snapshot(path: Path, target: Path, schema: Schema) -> None:
    """Copy a database as of one moment, while others read and write it, and check the copy.

    Errors as in ``connect``; what stands at ``target`` is replaced.
    """
    target.unlink(missing_ok=True)
    connection = connect(path, schema)
    try:
        with explained(path, schema), closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a companion
        check(target, schema)
    finally:
        connection.close()


def check(path: Path, schema: Schema) -> None:
    """SQLite's own check of every page and index; IntegrityError with what it found."""
    with explained(path, schema), closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise IntegrityError(
            f"{path}：{schema.name}的内部结构已损坏（{'；'.join(map(str, found))}）。{schema.remedy}"
        )


def settle(path: Path, schema: Schema) -> None:
    """Bring what a killed run left in the write-ahead log into the database; errors as in ``connect``."""
    connection = connect(path, schema)
    try:
        with explained(path, schema):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    with transaction(connection, "DEFERRED"):  # one view of the file for both questions
        version, tables = _version(connection), _tables(connection)
    if version > len(schema.migrations):
        raise IntegrityError(f"{path}：由更新版本的程序写成（格式 {version}）。请先升级本程序。")
    if not tables >= schema.tables if version else tables:
        raise IntegrityError(f"{path}：是别的程序的数据库，不是{schema.name}。{schema.remedy}")
    connection.execute("PRAGMA foreign_keys = ON")
    if schema.durable:
        connection.execute("PRAGMA synchronous = FULL")  # whatever this SQLite was built with
    if version < len(schema.migrations):
        connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
        _migrate(connection, schema)


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    with transaction(connection, "IMMEDIATE"):
        done = _version(connection)  # again: another process may have been quicker
        for statement in itertools.chain.from_iterable(schema.migrations[done:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(schema.migrations)}")


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
def explained(path: Path, schema: Schema) -> Iterator[None]:
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
            raise LockedError(f"{path}：另一个程序正在写{schema.name}。请等它结束后再试。") from error
        if code in _REFUSED:
            raise UsageError(f"{path}：{_REFUSED[code]}，然后再试。") from error
        raise IntegrityError(
            f"{path}：不是{schema.name}，或者已经损坏（{error}）。{schema.remedy}"
        ) from error


def _is_full(path: Path) -> bool:
    return path.parent.is_dir() and shutil.disk_usage(path.parent).free < _ROOM


_ROOM = 64 * 1024  # what SQLite needs beside the database before it writes anything
_REFUSED = {
    sqlite3.SQLITE_FULL: "磁盘已满，写不进去。请清理磁盘",
    sqlite3.SQLITE_READONLY: "文件是只读的，写不进去。请检查权限",
    sqlite3.SQLITE_PERM: "没有权限。请检查权限",
    sqlite3.SQLITE_CANTOPEN: "打不开。请检查这里是不是文件夹、有没有权限",
    sqlite3.SQLITE_IOERR: "读写磁盘出错。请检查磁盘或网络盘",
}
