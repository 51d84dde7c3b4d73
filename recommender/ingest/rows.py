"""Collections (JSON lines) into the corpus: one issue a line, some hundred in a transaction."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recommender import __version__
from recommender.corpus import Corpus, Loose
from recommender.errors import InputError
from recommender.ingest.outcome import Taken, failure, place_of, unforeseen
from recommender.intake.collection import Row, read_rows
from recommender.intake.entry import Entry, read_entry
from recommender.intake.parse import parse_entry
from recommender.parallel import ALONE, Workers, streamed
from recommender.records import Issue

Documents = Callable[[Path, int], None]

_BATCH = 200  # documents in one transaction: some seconds of work
_BATCH_CHARS = 4_000_000
_MAX_NAMED = 100  # bad lines of one file that are named; the rest is counted


def take_collection(
    corpus: Corpus, file: Path, taken: Taken, on_documents: Documents | None, workers: Workers = ALONE
) -> None:
    """Store the documents of a collection and name the lines that are none."""
    count = 0
    faults: list[_Fault] = []
    under_way: deque[list[Row]] = deque()

    def new() -> Iterator[list[Row | _Line]]:
        for rows in _batches(read_rows(file)):
            under_way.append(rows)
            yield _without_known(corpus, rows)

    for read in streamed(_read_rows, new(), workers):
        rows = under_way.popleft()
        current = read if _still_known(corpus, read) else _read_rows(_without_known(corpus, rows))
        faults += _store(corpus, place_of(file), current, taken)
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
    """A document in a collection. is_known: it was stored from an equal line, and need not be parsed."""

    number: int
    digest: str
    identity: str
    key: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows that were read: their documents, the issues of those that are new, and what is wrong with
    the others."""

    lines: list[_Line]
    issues: list[tuple[_Line, Issue]]
    faults: list[_Fault]


def _without_known(corpus: Corpus, rows: list[Row]) -> list[Row | _Line]:
    """The rows, those that were stored before as what is known of them."""
    digests = [_line_digest(row.text) for row in rows]
    known = corpus.known(digests)
    return [
        _Line(row.number, digest, known[digest].identity, known[digest].key, is_known=True)
        if digest in known and not row.fault
        else row
        for row, digest in zip(rows, digests, strict=True)
    ]


def _still_known(corpus: Corpus, batch: _Batch) -> bool:
    """Whether no document that was known when the rows were sent gave way to another edition since."""
    known = {line.digest: line.identity for line in batch.lines if line.is_known}
    return not known or {digest: one.identity for digest, one in corpus.known(known).items()} == known


def _read_rows(rows: list[Row | _Line]) -> _Batch:
    """Read some rows, in any process. Of several editions of a document in them the last one counts."""
    faults: list[_Fault] = []
    lines: list[_Line] = []
    last: dict[str, tuple[_Line, Entry | None]] = {}
    for row in rows:
        found = (row, None) if isinstance(row, _Line) else _recognise(row)
        if isinstance(found, _Fault):
            faults.append(found)
        else:
            lines.append(found[0])
            last[found[0].identity] = found
    parsed = [(line, _parse(line.number, entry)) for line, entry in last.values() if entry]
    faults += [fault for _, fault in parsed if isinstance(fault, _Fault)]
    return _Batch(lines, [(line, issue) for line, issue in parsed if isinstance(issue, Issue)], faults)


def _store(corpus: Corpus, source: str, batch: _Batch, taken: Taken) -> list[_Fault]:
    """Store the new issues of some rows in one transaction; what is wrong with the other rows."""
    loose = [Loose(issue, line.identity, source, line.digest) for line, issue in batch.issues]
    stored = dict(zip((one.identity for one in loose), corpus.add_documents(loose), strict=True))
    last = {line.identity: line for line in batch.lines}
    for line in batch.lines:
        if added := stored.get(line.identity):
            taken.note(added.state if line is last[line.identity] else "unchanged", added.key, line.identity)
        elif last[line.identity].is_known:
            taken.note("unchanged", line.key, line.identity)
    return sorted(batch.faults, key=lambda fault: fault.number)


def _line_digest(text: str) -> str:
    """SHA-256 of a line and of the version that reads it: a newer parser reads every line anew."""
    return hashlib.sha256(f"{__version__}\n{text}".encode()).hexdigest()


def _recognise(row: Row) -> tuple[_Line, Entry] | _Fault:
    if row.fault:
        return _Fault(row.number, row.fault)
    try:
        entry = read_entry(row.text)
    except InputError as error:
        return _Fault(row.number, str(error))
    return _Line(row.number, _line_digest(row.text), entry.identity, entry.key), entry


def _parse(number: int, entry: Entry) -> Issue | _Fault:
    try:
        return parse_entry(entry)
    except InputError as error:
        return _Fault(number, str(error))
    except Exception as error:
        return _Fault(number, unforeseen(error, "其余各行不受影响"))
