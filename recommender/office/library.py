"""Reading bulletins into the workspace and finding them again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from recommender.corpus import Corpus, open_corpus
from recommender.errors import InputError
from recommender.ingest import Ingested, Progress, ingest_paths
from recommender.intake.parse import parse_text
from recommender.intake.read import read_file
from recommender.records import Issue
from recommender.workspace import Workspace, lock


@contextmanager
def open_shelf(workspace: Workspace) -> Iterator[Corpus]:
    """The corpus of a workspace; InputError says what to do where there is none yet."""
    if not workspace.corpus.exists():
        raise InputError(
            f"{workspace.home.resolve()}：这里还没有读入过动态。请先运行 recommender ingest 文件或文件夹。"
        )
    with open_corpus(workspace.corpus) as corpus:
        yield corpus


def ingest(workspace: Workspace, paths: Sequence[Path], progress: Progress | None = None) -> Ingested:
    """Read files and folders into the corpus, under the workspace's lock."""
    with lock(workspace), open_corpus(workspace.corpus) as corpus:
        return ingest_paths(corpus, paths, progress)


def find_issue(workspace: Workspace, name: str) -> Issue:
    """The issue of a stored key, or parsed from a file that need not be stored."""
    path = Path(name)
    if path.is_file():
        text, _ = read_file(path)
        try:
            return parse_text(text)
        except InputError as error:
            raise InputError(f"{name}：{error}") from error
    if path.suffix or "/" in name or "\\" in name:
        raise InputError(f"{name}：找不到这个文件。请检查路径，或改用期号。")
    with open_shelf(workspace) as corpus:
        return corpus.get(name)
