"""Which runs of words are terms, and since when: judged year by year on what was written by then.

So the terms of a year do not depend on what came after it, and a ranking as of that year cannot
know which of its phrases were to last.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from recommender.emphasis.vocabulary import Run
from recommender.features.phrases import Words, npmi, windows
from recommender.features.stopwords import without_stopwords
from recommender.parallel import ALONE, Workers, streamed

LEAST = 4  # documents of a year that must share a run
UNDATED = 9999  # the year of what bears no date: after any that one can ask for
_NPMI = 0.15  # from here on words attract one another; higher loses 农村 文化, lower adds 农村 各项

Document = TypeVar("Document")
ReadRuns = Callable[[Document], Iterable[Run]]


def discover(
    dated: Iterable[tuple[str, Document]], runs_of: ReadRuns[Document], workers: Workers = ALONE
) -> dict[Words, int]:
    """The phrases of some documents, with the first year by whose text each is a term.

    A phrase is a run of two to four words without stop words, at most one of a single character,
    that ``LEAST`` documents of one year share, and whose words attract one another (normalised
    pointwise mutual information, Bouma 2009) in all that was written up to the year. Each document
    comes after its ISO date, "" where it has none; their order does not matter. runs_of: what its runs
    are. The documents of a year are read together, by whoever works, twice: to keep the runs would take
    many times the memory of the text.
    """
    years: dict[int, list[Document]] = defaultdict(list)
    for date, document in dated:
        years[int(date[:4] or UNDATED)].append(document)
    order = sorted(years)
    texts = [years[year] for year in order]
    recurs: dict[Words, int] = {}
    for year, shared in zip(order, streamed(partial(_shared, runs_of), texts, workers), strict=True):
        recurs |= dict.fromkeys(shared - recurs.keys(), year)
    words, counts = Counter[str](), Counter[Words]()
    since: dict[Words, int] = {}
    counted = streamed(partial(_counted, runs_of, frozenset(recurs)), texts, workers)
    for year, (said, ran) in zip(order, counted, strict=True):
        words.update(said)
        counts.update(ran)
        total = words.total()
        for run in recurs.keys() - since.keys():
            if recurs[run] <= year and npmi(run, counts[run], words, total) >= _NPMI:
                since[run] = year
    return since


def _counted(
    runs_of: ReadRuns[Document], recurs: Collection[Words], documents: Sequence[Document]
) -> tuple[Counter[str], Counter[Words]]:
    """How often each word, and each run that recurs, occurs in a year's documents."""
    words, counts = Counter[str](), Counter[Words]()
    for document in documents:
        for piece in _pieces(runs_of(document)):
            words.update(piece)
            counts.update(run for _, run in windows(piece) if run in recurs)
    return words, counts


def _shared(runs_of: ReadRuns[Document], documents: Sequence[Document]) -> set[Words]:
    """The runs that enough of a year's documents share."""
    counts = Counter(run for document in documents for run in _runs(_pieces(runs_of(document))))
    return {run for run, count in counts.items() if count >= LEAST}


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    return (piece for run in runs for piece in without_stopwords(run))


def _runs(document: Iterable[Run]) -> set[Words]:
    found = (run for piece in document for _, run in windows(piece))
    return {run for run in found if sum(len(word) < 2 for word in run) < 2}
