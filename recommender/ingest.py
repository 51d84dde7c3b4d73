"""Files and folders into the corpus: what can be read is kept, what cannot is named.

A file is one issue; a collection (JSON lines) is one issue a line.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recommender import __version__
from recommender.corpus import Corpus, Known, Loose, State
from recommender.errors import InputError, cause_of
from recommender.intake.collection import Row, is_collection, read_rows
from recommender.intake.entry import Entry, read_entry
from recommender.intake.parse import parse_entry, parse_text
from recommender.intake.read import find_files, read_file
from recommender.records import Issue

Progress = Callable[[Path, int, int], None]
Documents = Callable[[Path, int], None]

_BATCH = 200  # documents in one transaction: some seconds of work
_BATCH_CHARS = 4_000_000
_MAX_NAMED = 100  # bad lines of one file that are named; the rest is counted


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that was not taken in; the error begins with its path."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a batch.

    added: files, or documents of a collection, whose issue was added or replaced; unchanged: those
    whose issue was there already.
    issues: keys of all these issues, in the order of files and lines, each once.
    """

    added: int
    unchanged: int
    failed: tuple[Failure, ...]
    issues: tuple[str, ...]


def ingest_paths(
    corpus: Corpus,
    paths: Iterable[Path],
    on_progress: Progress | None = None,
    but: Collection[Path] = (),
    on_documents: Documents | None = None,
) -> Ingested:
    """Read files and folders in sorted order and store each issue in its own transaction.

    The documents of a collection are stored some hundred in a transaction: what ends the program
    amid a collection costs those of one transaction, and reading it again adds what is missing.
    but: folders whose files are left out, unless they are named one by one.
    on_progress(path, number, total) is called before each file, number counting from 1;
    on_documents(path, documents) after each transaction of a collection, with those read so far.
    What fails to be read is listed in ``failed``, and the rest goes on; an error of the corpus
    itself is raised, with everything stored so far kept.
    """
    files, failed = _find_all(paths, {folder.resolve() for folder in but})
    taken = _Taken(failed=failed)
    for number, file in enumerate(files, 1):
        if on_progress:
            on_progress(file, number, len(files))
        if is_collection(file):
            _take_collection(corpus, file, taken, on_documents)
        else:
            _take_file(corpus, file, taken)
    unchanged = taken.states.count("unchanged")
    keys = _final_keys(corpus, taken)
    return Ingested(len(taken.states) - unchanged, unchanged, tuple(taken.failed), keys)


@dataclass(slots=True)
class _Taken:
    """What was taken in so far: states, and the (key, identity) of each; a file has no identity."""

    failed: list[Failure]
    states: list[State] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)

    def note(self, state: State, key: str, identity: str = "") -> None:
        self.states.append(state)
        self.places.append((key, identity))


def _final_keys(corpus: Corpus, taken: _Taken) -> tuple[str, ...]:
    """The keys, each once; a later document may have made an earlier one take a longer key."""
    now = corpus.keys_of({identity for _, identity in taken.places if identity})
    return tuple(dict.fromkeys(now.get(identity, key) for key, identity in taken.places))


def _take_file(corpus: Corpus, file: Path, taken: _Taken) -> None:
    read = _read_issue(file)
    if isinstance(read, Failure):
        taken.failed.append(read)
    else:
        added = corpus.add(read[0], _place(file), read[1])
        taken.note(added.state, added.key)


# -- collections ----------------------------------------------------------------------------------


def _take_collection(corpus: Corpus, file: Path, taken: _Taken, on_documents: Documents | None) -> None:
    """Store the documents of a collection and name the lines that are none."""
    count = 0
    faults: list[_Fault] = []
    for rows in _batches(read_rows(file)):
        faults += _take_rows(corpus, _place(file), rows, taken)
        count += len(rows)
        if on_documents:
            on_documents(file, count)
    if not count:
        faults.append(_Fault(0, "文件是空的。请放入有内容的文件。"))
    taken.failed += [_failure(file, fault.said) for fault in faults[:_MAX_NAMED]]
    if len(faults) > _MAX_NAMED:
        more = f"另有 {len(faults) - _MAX_NAMED} 行也读不出来，请先改正上面列出的各行。"
        taken.failed.append(_failure(file, more))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows for one transaction each."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH or sum(len(row.text) for row in batch) >= _BATCH_CHARS:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Fault:
    """A line that holds no document, and why; 0 stands for the whole file."""

    number: int
    message: str

    @property
    def said(self) -> str:
        return f"第 {self.number} 行：{self.message}" if self.number else self.message


@dataclass(frozen=True, slots=True)
class _Line:
    """A document in a collection; ``entry`` is None for one that was stored from an equal line."""

    number: int
    digest: str
    identity: str
    key: str
    entry: Entry | None


def _take_rows(corpus: Corpus, source: str, rows: list[Row], taken: _Taken) -> list[_Fault]:
    """Store the documents of some rows in one transaction; what is wrong with the others.

    A line that was stored before is known by its digest and not parsed again. Of several editions
    of a document in these rows the last one counts.
    """
    digests = [_line_digest(row.text) for row in rows]
    known = corpus.known(digests)
    read = [_recognise(row, digest, known) for row, digest in zip(rows, digests, strict=True)]
    lines = [line for line in read if isinstance(line, _Line)]
    last = {line.identity: line for line in lines}
    parsed = [(line, _parse(line.number, line.entry)) for line in last.values() if line.entry]
    loose = [
        Loose(issue, line.identity, source, line.digest) for line, issue in parsed if isinstance(issue, Issue)
    ]
    stored = dict(zip((one.identity for one in loose), corpus.add_documents(loose), strict=True))
    faults = [fault for fault in (*read, *(issue for _, issue in parsed)) if isinstance(fault, _Fault)]
    lost = {line.identity for line, issue in parsed if isinstance(issue, _Fault)}
    for line in lines:
        if added := stored.get(line.identity):
            taken.note(added.state if line is last[line.identity] else "unchanged", added.key, line.identity)
        elif line.identity not in lost:
            taken.note("unchanged", line.key, line.identity)
    return sorted(faults, key=lambda fault: fault.number)


def _line_digest(text: str) -> str:
    """SHA-256 of a line and of the version that reads it: a newer parser reads every line anew."""
    return hashlib.sha256(f"{__version__}\n{text}".encode()).hexdigest()


def _recognise(row: Row, digest: str, known: dict[str, Known]) -> _Line | _Fault:
    if row.fault:
        return _Fault(row.number, row.fault)
    if stored := known.get(digest):
        return _Line(row.number, digest, stored.identity, stored.key, None)
    try:
        entry = read_entry(row.text)
    except InputError as error:
        return _Fault(row.number, str(error))
    return _Line(row.number, digest, entry.identity, entry.key, entry)


def _parse(number: int, entry: Entry) -> Issue | _Fault:
    try:
        return parse_entry(entry)
    except InputError as error:
        return _Fault(number, str(error))
    except Exception as error:
        return _Fault(number, _unforeseen(error, "其余各行不受影响"))


# -- files ----------------------------------------------------------------------------------------


def _find_all(paths: Iterable[Path], but: set[Path]) -> tuple[list[Path], list[Failure]]:
    """The files at or below the paths, sorted, each once; and the paths that lead nowhere."""
    files: dict[Path, Path] = {}  # by where they really lie
    failed = []
    for path in sorted(set(paths)):
        try:
            for file in _found(path, but):
                files.setdefault(file.resolve(), file)
        except InputError as error:
            failed.append(_failure(path, str(error)))
        except OSError as error:
            failed.append(_failure(path, f"读不出来（{cause_of(error)}）。请检查路径和权限。"))
    return sorted(files.values()), failed


def _found(path: Path, but: set[Path]) -> list[Path]:
    """The files at or below a path, without those in the folders left out; InputError for none."""
    wanted = [file for file in find_files(path) if file == path or but.isdisjoint(file.resolve().parents)]
    if not wanted:
        ours = "这里只有程序自己的文件（词表、模型、报告），没有动态"
        raise InputError(f"{path}：{ours}。请写放动态的文件夹，例如 data/inbox。")
    return wanted


def _read_issue(file: Path) -> tuple[Issue, str] | Failure:
    """The issue in a file and the SHA-256 of its bytes."""
    try:
        text, digest = read_file(file)
        return parse_text(text), digest
    except InputError as error:
        return _failure(file, str(error))
    except Exception as error:
        return _failure(file, _unforeseen(error, "其余文件不受影响"))


def _unforeseen(error: Exception, rest: str) -> str:
    cause = f"{type(error).__name__}: {error}"
    advice = "这是程序的问题，不是文件的问题，请把这一行和文件交给维护者"
    return f"程序出错（{cause}）。{advice}；{rest}。"


def _place(file: Path) -> str:
    """Where a file lies, as text that can be stored: the system may hold names that are not UTF-8."""
    return str(file.resolve()).encode(errors="backslashreplace").decode()


def _failure(path: Path, message: str) -> Failure:
    """A failure whose message names the path once, whether or not the message did already."""
    named = message if message.startswith((f"{path}：", f"{path} ")) else f"{path}：{message}"
    return Failure(str(path), named)
