"""A batch of files and folders: found, read by whoever works, stored in their order."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from recommender.config import Limits
from recommender.corpus import Corpus, Reading
from recommender.errors import InputError, cause_of
from recommender.ingest.issues import Read, Unread, pieces, read_piece, reader_name
from recommender.ingest.outcome import Duplicate, Failure, Ingested, Taken, failure, real
from recommender.ingest.rows import Documents, take_collection
from recommender.intake.collection import is_collection
from recommender.intake.read import find_files
from recommender.parallel import ALONE, Workers, streamed

Progress = Callable[[Path, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is read. but: folders whose files are left out, unless they are named one by one;
    workers: who reads; limits: what a file may demand."""

    but: Collection[Path] = ()
    workers: Workers = ALONE
    limits: Limits = field(default_factory=Limits)


def ingest_paths(
    corpus: Corpus,
    paths: Iterable[Path],
    on_progress: Progress | None = None,
    options: Options = Options(),  # frozen
    on_documents: Documents | None = None,
) -> Ingested:
    """Read files and folders in sorted order and store each issue in its own transaction.

    The result is the same whoever reads. A batch that was ended goes on where it stopped:
    bytes that this version read before are not read again. The documents of a collection are stored
    some hundred in a transaction: what ends the program amid a collection costs those of one
    transaction, and reading it again adds what is missing.
    on_progress(path, number, total) is called before each file is stored, number counting from 1;
    on_documents(path, documents) after each transaction of a collection, with those read so far.
    What fails to be read is listed in ``failed``, and the rest goes on; an error of the corpus
    itself is raised, with everything stored so far kept.
    """
    files, failed = _find_all(paths, {folder.resolve() for folder in options.but})
    taken = Taken(failed=failed)
    known = corpus.readings(reader_name())
    for number, (file, reads) in enumerate(_read_all(files, options, known), 1):
        if on_progress:
            on_progress(file, number, len(files))
        if is_collection(file):
            take_collection(corpus, file, taken, on_documents, options.workers)
        for read in reads:
            _take(corpus, file, read, known, taken)
    return taken.outcome(corpus)


def _read_all(
    files: list[Path], options: Options, known: Mapping[str, Reading]
) -> Iterator[tuple[Path, list[Read | Failure]]]:
    """(file, what was read from it) in the order of the files; collections are left to be streamed."""
    alone = [file for file in files if not is_collection(file)]
    reads = groupby(_mapped(alone, options, known), itemgetter(0))
    for file in files:
        yield file, [] if is_collection(file) else [read for _, read in next(reads)[1]]


def _mapped(
    files: list[Path], options: Options, known: Mapping[str, Reading]
) -> Iterator[tuple[Path, Read | Failure]]:
    """(file, what was read) of each piece, in their order, while the next ones are being read."""
    order: deque[tuple[Path, Read | Failure | None]] = deque()  # None: what comes next from the workers

    def unread() -> Iterator[Unread]:
        for file in files:
            for piece in pieces(file, options.limits, known):
                order.append((file, None if isinstance(piece, Unread) else piece))
                if isinstance(piece, Unread):
                    yield piece

    reads = streamed(partial(read_piece, limits=options.limits), unread(), options.workers)
    for read in reads:
        file, done = order.popleft()
        while done:
            yield file, done
            file, done = order.popleft()
        yield file, read
    yield from ((file, done) for file, done in order if done)


def _take(
    corpus: Corpus, file: Path, read: Read | Failure, known: Mapping[str, Reading], taken: Taken
) -> None:
    """Store an issue, or note why there is none to store."""
    if isinstance(read, Failure):
        taken.failed.append(read)
        return
    if read.issue is None:
        before = known[read.digest]
        taken.note("unchanged", before.key)
        if before.is_copy:
            taken.duplicates.append(Duplicate(read.source, before.kept, before.key))
        return
    added = corpus.add(read.issue, read.source, read.digest, read.form, reader_name())
    taken.note(added.state, added.key)
    if added.state == "duplicate":
        taken.duplicates.append(Duplicate(read.source, added.other, added.key))
    elif added.other:
        taken.duplicates.append(Duplicate(added.other, read.source, added.key))


# -- which files ----------------------------------------------------------------------------------


def _find_all(paths: Iterable[Path], but: set[Path]) -> tuple[list[Path], list[Failure]]:
    """The files at or below the paths, sorted, each once; and the paths that lead nowhere."""
    files: dict[Path, Path] = {}  # by where they really lie
    failed = []
    for path in sorted(set(paths)):
        try:
            for file in _found(path, but):
                files.setdefault(real(file), file)
        except InputError as error:
            failed.append(failure(path, str(error)))
        except OSError as error:
            failed.append(failure(path, f"读不出来（{cause_of(error)}）。请检查路径和权限。"))
    return sorted(files.values()), failed


def _found(path: Path, but: set[Path]) -> list[Path]:
    """The files at or below a path, without those in the folders left out; InputError for none."""
    wanted = [file for file in find_files(path) if file == path or but.isdisjoint(real(file).parents)]
    if not wanted:
        ours = "这里只有程序自己的文件（词表、模型、报告），没有动态"
        raise InputError(f"{path}：{ours}。请写放动态的文件夹，例如 data/inbox。")
    return wanted
