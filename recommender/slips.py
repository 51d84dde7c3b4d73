"""Issues that are read when they are asked for, and what is known of them before.

A corpus need not fit into memory: what goes through it holds slips, and reads what it must.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar, overload

from recommender.choices.corrections import NO_ERRATA, Errata
from recommender.corpus import open_corpus, slip_of
from recommender.records import Issue, Slip

Told = TypeVar("Told", Issue, Slip)


class StoredIssues(Sequence[Issue]):
    """The issues of a corpus in time order, each read anew whenever it is asked for.

    errata: what lies over them. For a caller that keeps others from writing; an issue that is gone all
    the same is an InputError.
    """

    def __init__(self, path: Path, errata: Errata = NO_ERRATA) -> None:
        self._path = path
        self._errata = errata
        with open_corpus(path, True, errata) as corpus:
            self.slips = corpus.slips()

    def __len__(self) -> int:
        return len(self.slips)

    @overload
    def __getitem__(self, place: int) -> Issue: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Issue, ...]: ...
    def __getitem__(self, place: int | slice) -> Issue | tuple[Issue, ...]:
        if isinstance(place, slice):
            return tuple(self.some(slip.key for slip in self.slips[place]))
        return next(self.some([self.slips[place].key]))

    def __iter__(self) -> Iterator[Issue]:
        return self.some(slip.key for slip in self.slips)

    def some(self, keys: Iterable[str]) -> Iterator[Issue]:
        """The issues of these keys, one at a time."""
        with open_corpus(self._path, True, self._errata) as corpus:
            for key in keys:
                yield corpus.get(key)


def slips_of(issues: Sequence[Issue]) -> tuple[Slip, ...]:
    """The slips of some issues, in their order."""
    if isinstance(issues, StoredIssues):
        return issues.slips
    return tuple(map(slip_of, issues))


def in_time_order(issues: Iterable[Told]) -> list[Told]:
    """Issues or slips by date, serial and key, those without a date first: the order of the files
    never counts."""
    return sorted(issues, key=lambda issue: (issue.date or "", issue.serial or 0, issue.key))


def read_some(issues: Sequence[Issue], slips: Iterable[Slip]) -> Iterator[Issue]:
    """The issues of some of these slips, one at a time."""
    if isinstance(issues, StoredIssues):
        return issues.some(slip.key for slip in slips)
    by_key = {issue.key: issue for issue in issues}
    return (by_key[slip.key] for slip in slips)


def with_labels(issues: Sequence[Issue], chosen: Collection[str] = ()) -> tuple[Issue, ...]:
    """The issues whose editors printed picks, or whose keys are among those chosen from; in their order."""
    slips = [slip for slip in slips_of(issues) if slip.has_picks or slip.key in chosen]
    return tuple(read_some(issues, slips))
