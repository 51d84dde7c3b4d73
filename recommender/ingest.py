"""Files and folders into the corpus: what can be read is kept, what cannot is named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from recommender.corpus import Corpus
from recommender.errors import InputError
from recommender.intake.parse import parse_text
from recommender.intake.read import find_files, read_file
from recommender.records import Issue

Progress = Callable[[Path, int, int], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that was not taken in; the error begins with its path."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a batch.

    added: files whose issue was added or replaced; unchanged: files whose issue was there already.
    issues: keys of the issues of all these files, in the order of the files, each once.
    """

    added: int
    unchanged: int
    failed: tuple[Failure, ...]
    issues: tuple[str, ...]


def ingest_paths(corpus: Corpus, paths: Iterable[Path], on_progress: Progress | None = None) -> Ingested:
    """Read files and folders in sorted order and store each issue in its own transaction.

    on_progress(path, number, total) is called before each file, number counting from 1.
    What fails to be read is listed in ``failed``, and the rest goes on; an error of the corpus
    itself is raised, with everything stored so far kept.
    """
    files, failed = _find_all(paths)
    states: list[str] = []
    keys: list[str] = []
    for number, file in enumerate(files, 1):
        if on_progress:
            on_progress(file, number, len(files))
        read = _read_issue(file)
        if isinstance(read, Failure):
            failed.append(read)
            continue
        added = corpus.add(read[0], str(file.resolve()), read[1])
        states.append(added.state)
        keys.append(added.key)
    unchanged = states.count("unchanged")
    return Ingested(len(states) - unchanged, unchanged, tuple(failed), tuple(dict.fromkeys(keys)))


def _find_all(paths: Iterable[Path]) -> tuple[list[Path], list[Failure]]:
    """The files at or below the paths, sorted, each once; and the paths that lead nowhere."""
    files: dict[Path, Path] = {}  # by where they really lie
    failed = []
    for path in sorted(set(paths)):
        try:
            for file in find_files(path):
                files.setdefault(file.resolve(), file)
        except InputError as error:
            failed.append(_failure(path, str(error)))
        except OSError as error:
            failed.append(_failure(path, f"读不出来（{error.strerror}）。请检查路径和权限。"))
    return sorted(files.values()), failed


def _read_issue(file: Path) -> tuple[Issue, str] | Failure:
    """The issue in a file and the SHA-256 of its bytes."""
    try:
        text, digest = read_file(file)
        return parse_text(text), digest
    except InputError as error:
        return _failure(file, str(error))
    except Exception as error:
        cause = f"{type(error).__name__}: {error}"
        advice = "这是程序的问题，不是文件的问题，请把这一行和文件交给维护者"
        return _failure(file, f"程序出错（{cause}）。{advice}；其余文件不受影响。")


def _failure(path: Path, message: str) -> Failure:
    """A failure whose message names the path once, whether or not the message did already."""
    named = message if message.startswith((f"{path}：", f"{path} ")) else f"{path}：{message}"
    return Failure(str(path), named)
