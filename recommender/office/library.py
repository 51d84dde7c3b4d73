"""Reading bulletins into the workspace and finding them again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.choices.corrections import correct, corrections_for, errata_of
from recommender.config import load_settings
from recommender.corpus import Corpus, open_corpus
from recommender.database import is_begun
from recommender.entries import digest_of
from recommender.errors import InputError
from recommender.office.errata import carry_over, read_corrections
from recommender.parallel import ALONE, Workers
from recommender.records import Issue
from recommender.slips import StoredIssues
from recommender.workspace import Workspace, lock

if TYPE_CHECKING:  # the readers of files, which no stored issue needs
    from recommender.ingest import Documents, Ingested, Progress


def has_shelf(workspace: Workspace) -> bool:
    """Whether anything was ever read in."""
    return is_begun(workspace.corpus)


@contextmanager
def open_shelf(workspace: Workspace) -> Iterator[Corpus]:
    """The corpus of a workspace; InputError says what to do where there is none yet."""
    with open_corpus(_begun_corpus(workspace), True, errata_of(read_corrections(workspace))) as corpus:
        yield corpus


def read_shelf(workspace: Workspace) -> tuple[Issue, ...]:
    """All issues of the corpus in time order; InputError as in ``open_shelf``."""
    with open_shelf(workspace) as corpus:
        return corpus.issues()


def stored_issues(workspace: Workspace) -> tuple[Issue, ...]:
    """``read_shelf``; none where nothing was read yet."""
    return read_shelf(workspace) if has_shelf(workspace) else ()


def shelved(workspace: Workspace) -> StoredIssues:
    """The issues of the corpus, each read when it is asked for; InputError as in ``open_shelf``."""
    return StoredIssues(_begun_corpus(workspace), errata_of(read_corrections(workspace)))


def _begun_corpus(workspace: Workspace) -> Path:
    if not has_shelf(workspace):
        raise InputError(
            f"{workspace.home.resolve()}：这里还没有读入过动态。请先运行 recommender ingest 文件或文件夹。"
        )
    return workspace.corpus


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    progress: "Progress | None" = None,
    documents: "Documents | None" = None,
    workers: Workers = ALONE,
) -> "Ingested":
    """Read files and folders into the corpus, under the workspace's lock."""
    with lock(workspace):
        return take_in(workspace, paths, progress, documents, workers)


def take_in(
    workspace: Workspace,
    paths: Sequence[Path],
    progress: "Progress | None" = None,
    documents: "Documents | None" = None,
    workers: Workers = ALONE,
) -> "Ingested":
    """``ingest`` for a caller that holds the lock."""
    from recommender.ingest import Options, ingest_paths

    options = Options(workspace.written, workers, load_settings(workspace.settings).limits)
    with open_corpus(workspace.corpus) as corpus:
        ingested = ingest_paths(corpus, paths, progress, options, documents)
    carry_over(workspace)
    return ingested


def newest_issue(workspace: Workspace) -> Issue:
    """The latest issue of the corpus; InputError where nothing could be read yet."""
    with open_shelf(workspace) as corpus:
        newest = corpus.newest()
    if newest is None:
        raise InputError(f"{workspace.home}：还没有读入任何一期动态。请检查要读入的文件，改正后再试。")
    return newest


def find_issue(workspace: Workspace, name: str) -> Issue:
    """The issue of a stored key, or parsed from a file that need not be stored.

    What has a file ending or a folder before it is a path; keys have neither.
    """
    if Path(name).suffix or "/" in name or "\\" in name:
        return _read_issue(workspace, Path(name))
    with open_shelf(workspace) as corpus:
        return corpus.get(name)


def _read_issue(workspace: Workspace, path: Path) -> Issue:
    """The issue in a file, under the key it has, or would have, in the corpus: its own picks are
    known by that key, and kept out of its own suggestions."""
    from recommender.intake.read import issue_of, read_one

    with suppress(OSError):
        if path.is_dir():
            raise InputError(f"{path}：这是文件夹。请写其中一个文件的路径，或改用期号。")
    limits = load_settings(workspace.settings).limits
    reading, _ = read_one(path, limits)
    try:
        issue = issue_of(reading, limits)
    except InputError as error:
        raise InputError(f"{path}：{error}") from error
    found = corrections_for(errata_of(read_corrections(workspace)), digest_of(issue), "")
    mended = correct(issue, (one.change for one in found))
    if not has_shelf(workspace):
        return mended
    with open_shelf(workspace) as corpus:
        return replace(mended, key=corpus.key_for(issue))
