"""The office's word lists: what a change would do, and making it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from filelock import FileLock, Timeout

from recommender.disk import write_whole, writing
from recommender.errors import InputError, LockedError
from recommender.features.effects import Effect, effect_of
from recommender.lexicon import WordChange, changed, changed_text, check_change
from recommender.office.desk import load_model, ranking_settings
from recommender.office.library import stored_issues
from recommender.recommend.suggest import suggest
from recommender.records import Issue, Lexicon, Suggestion
from recommender.wordlists import read_lexicon, read_list
from recommender.workspace import Workspace

_WAIT = 10.0  # seconds for another change of the lists to end


@dataclass(frozen=True, slots=True)
class Move:
    """A direction of the newest issue that would stand elsewhere; None: not in the list."""

    title: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of the lists would do.

    moves: of the newest issue's list with the model that serves, None where there is no model or
    issue yet; a new training learns the words anew and may change more.
    """

    change: WordChange
    effect: Effect
    newest: str = ""
    moves: tuple[Move, ...] | None = None


def word_lists(workspace: Workspace) -> Lexicon:
    """The lists as they are; InputError where a file cannot be read."""
    return read_lexicon(workspace)


def preview(workspace: Workspace, change: WordChange) -> Preview:
    """What would change, nothing being changed. UsageError for a change that makes no sense."""
    now = read_lexicon(workspace)
    check_change(change, now)
    issues = stored_issues(workspace)
    effect = effect_of(change, issues, now)
    if not issues:
        return Preview(change, effect)
    newest = ([issue for issue in issues if issue.kind == "bulletin"] or issues)[-1]
    return Preview(change, effect, newest.key, _moves(workspace, newest, now, changed(now, change)))


def apply(workspace: Workspace, change: WordChange) -> Lexicon:
    """Make the change: the file is as before, or whole with the change, its comments and order kept.
    The lists as they then are; it takes effect with the next training.

    UsageError for a change that makes no sense any more, LockedError where another is being made.
    """
    path = {"words": workspace.words, "stopwords": workspace.stopwords, "synonyms": workspace.synonyms}
    with _editing(workspace):
        check_change(change, read_lexicon(workspace))
        place = path[change.list]
        write_whole(place, changed_text(read_list(place), change).encode())
        return read_lexicon(workspace)


@contextmanager
def _editing(workspace: Workspace) -> Iterator[None]:
    """One change of the lists at a time; training may go on, it reads a list whole."""
    guard = FileLock(workspace.lexicon / ".lock")
    with writing(workspace.lexicon):
        workspace.lexicon.mkdir(parents=True, exist_ok=True)
        try:
            guard.acquire(timeout=_WAIT)
        except Timeout:
            raise LockedError(f"{workspace.lexicon}：别人正在改词表，这次没有改。请稍后再试。") from None
    try:
        yield
    finally:
        guard.release()


def _moves(workspace: Workspace, issue: Issue, now: Lexicon, after: Lexicon) -> tuple[Move, ...] | None:
    try:
        model = load_model(workspace)[1]
    except InputError:  # nothing trained yet
        return None
    settings = ranking_settings(workspace)
    old, new = (
        suggest(issue, replace(model, lexicon=lexicon), settings, settings.length) for lexicon in (now, after)
    )
    ranks = [_ranks(old), _ranks(new)]
    titles = dict.fromkeys((*ranks[0], *ranks[1]))
    moved = (Move(title, ranks[0].get(title), ranks[1].get(title)) for title in titles)
    return tuple(move for move in moved if move.before != move.after)


def _ranks(suggestions: Sequence[Suggestion]) -> dict[str, int]:
    return {one.title: one.rank for one in suggestions}
