"""The workspace: where everything lies, and who may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from recommender.disk import writing
from recommender.errors import LockedError


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of the office; the properties are paths in it, whether or not they exist."""

    home: Path

    @property
    def settings(self) -> Path:
        return self.home / "recommender.toml"

    @property
    def inbox(self) -> Path:
        return self.home / "data" / "inbox"

    @property
    def failed(self) -> Path:
        """Where ``retrain`` puts the files of the inbox that it cannot read."""
        return self.inbox / "failed"

    @property
    def corpus(self) -> Path:
        return self.home / "data" / "corpus.sqlite"

    @property
    def choices(self) -> Path:
        """What the editors chose and mended."""
        return self.home / "data" / "choices.sqlite"

    @property
    def kept_words(self) -> Path:
        return self.home / "data" / "words.sqlite"

    @property
    def lock_file(self) -> Path:
        return self.home / "data" / ".lock"

    @property
    def lexicon(self) -> Path:
        return self.home / "data" / "lexicon"

    @property
    def words(self) -> Path:
        return self.lexicon / "words.txt"

    @property
    def stopwords(self) -> Path:
        return self.lexicon / "stopwords.txt"

    @property
    def synonyms(self) -> Path:
        return self.lexicon / "synonyms.txt"

    @property
    def topics(self) -> Path:
        return self.lexicon / "topics.toml"

    @property
    def restored(self) -> Path:
        """What ``restore`` has verified and not yet put in place; there only while it works or was killed."""
        return self.home / ".restored"

    @property
    def replaced(self) -> Path:
        """What the last ``restore`` took out of its place."""
        return self.home / ".before-restore"

    @property
    def projects(self) -> Path:
        return self.home / "data" / "projects.csv"

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def background(self) -> Path:
        return self.home / "data" / "background"

    @property
    def reports(self) -> Path:
        return self.home / "reports"

    @property
    def cache(self) -> Path:
        """What the program makes once and may make again."""
        return self.home / "data" / ".cache"

    @property
    def written(self) -> tuple[Path, ...]:
        """Folders of files that the program reads or writes itself: no bulletins among them."""
        return self.lexicon, self.models, self.reports, self.background, self.failed


# -- writing --------------------------------------------------------------------------------------


@contextmanager
def lock(workspace: Workspace, wait: float = 0.0) -> Iterator[None]:
    """Hold the workspace for writing; LockedError when another run holds it for ``wait`` seconds more.

    The system frees the lock when its process ends, however it ends; the file stays, it is no sign.
    """
    from filelock import FileLock, Timeout

    guard = FileLock(workspace.lock_file)
    with writing(workspace.home):
        workspace.lock_file.parent.mkdir(parents=True, exist_ok=True)
        try:
            guard.acquire(timeout=wait)
        except Timeout:  # itself an OSError, so before ``writing`` sees it
            message = f"{workspace.home}：另一次运行正在使用这个工作区，这次什么也没有做。请等它结束后再试。"
            raise LockedError(message) from None
    try:
        yield
    finally:
        guard.release()
