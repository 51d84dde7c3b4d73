"""Collections (JSON lines) into the corpus: one issue a line, some hundred in a transaction."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recommender import __version__
from recommender.corpus import Corpus, Known, Loose
from recommender.errors import InputError
from recommender.ingest.outcome import Taken, failure, place_of, unforeseen
from recommender.intake.collection import Row, read_rows
from recommender.intake.entry import Entry, read_entry
from recommender.intake.parse import parse_entry
from recommender.records import Issue

Documents = Callable[[Path, int], None]

_BATCH = 200  # documents in one transaction: some seconds of work
_BATCH_CHARS = 4_000_000
_MAX_NAMED = 100  # bad lines of one file that are named; the rest is counted


def take_collection(corpus: Corpus, file: Path, taken: Taken, on_documents: Documents | None) -> None:
    """Store the documents of a collection and name the lines that are none."""
    count = 0
    faults: list[_Fault] = []
    for rows in _batches(read_rows(file)):
        faults += _take_rows(corpus, place_of(file), rows, taken)
        count += len(rows)
        if on_documents:
            on_documents(file, count)
    if not count:
        faults.append(_Fault(0, "文件是空的。请放入有内容的文件。"))
    taken.failed += [failure(file, fault.said) for fault in faults[:_MAX_NAMED]]
    if len(faults) > _MAX_NAMED:
        more = f"另有 {len(faults) - _MAX_NAMED} 行也读不出来，请先改正上面列出的各行。"
        taken.failed.append(failure(file, more))


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


def _take_rows(corpus: Corpus, source: str, rows: list[Row], taken: Taken) -> list[_Fault]:
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
        return _Fault(number, unforeseen(error, "其余各行不受影响"))
