"""The corrections of a workspace: those that lie over an issue, and those whose issue was read anew from
another file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recommender.choices.corrections import Correction, errata_of
from recommender.choices.following import followed
from recommender.choices.store import open_choices
from recommender.corpus import Corpus, open_corpus
from recommender.database import is_begun
from recommender.workspace import Workspace


def has_choices(workspace: Workspace) -> bool:
    """Whether an editor ever decided or mended anything."""
    return is_begun(workspace.choices)


def read_corrections(workspace: Workspace) -> tuple[Correction, ...]:
    """What the editors mended, oldest first; nothing where nobody has."""
    if not has_choices(workspace):
        return ()
    with open_choices(workspace.choices, reading=True) as choices:
        return choices.corrections()


def carry_over(workspace: Workspace) -> None:
    """Let corrections of issues that were read anew from other files follow them, where what they mend
    still stands; to be done after every reading, the caller holds the lock."""
    corrections = read_corrections(workspace)
    if not corrections:
        return
    with open_corpus(workspace.corpus, True, errata_of(corrections)) as corpus:
        carried = [
            replace(one, content=origin.content, file=origin.file, change=change, follows=one.id)
            for key, strays in _by_issue(corpus, astray(corpus, corrections)).items()
            for origin in [corpus.origin(key)]
            for one, change in followed(corpus.get(key), strays).carried
        ]
    if carried:
        with open_choices(workspace.choices) as choices:
            choices.carry(carried)


def lost_corrections(corpus: Corpus, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those that lie over no issue any more though they would still be needed: what they mend was not
    found again, or their issue is gone. corpus: opened with the corrections laid over it."""
    strays = astray(corpus, corrections)
    by_issue = _by_issue(corpus, strays)
    gone = [one for one in strays if one.issue not in by_issue]
    found = (one for key, some in by_issue.items() for one in followed(corpus.get(key), some).lost)
    return tuple(sorted((*gone, *found), key=lambda one: one.id))


def astray(corpus: Corpus, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those of issues that are not in the corpus as they were read then, and that none follows."""
    known = corpus.known_digests(digest for one in corrections for digest in (one.content, one.file))
    repeated = {one.follows for one in corrections}
    return tuple(one for one in corrections if one.id not in repeated and not {one.content, one.file} & known)


def _by_issue(corpus: Corpus, corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """By the key they were made under, as far as there is an issue of that key now."""
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        found[one.issue].append(one)
    keys = frozenset(corpus.keys()) if found else frozenset()
    return {key: some for key, some in found.items() if key in keys}
