"""Which runs of words are terms, and since when: judged year by year on what was written by then.

So the terms of a year do not depend on what came after it, and a ranking as of that year cannot
know which of its phrases were to last.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from recommender.emphasis.vocabulary import Run
from recommender.features.phrases import Words, npmi, windows
from recommender.features.stopwords import without_stopwords

LEAST = 4  # documents of a year that must share a run
UNDATED = 9999  # the year of what bears no date: after any that one can ask for
_NPMI = 0.15  # from here on words attract one another; higher loses 农村 文化, lower adds 农村 各项

Documents = list[list[Run]]


def discover(dated: Iterable[tuple[str, Sequence[Run]]]) -> dict[Words, int]:
    """The phrases of some documents, with the first year by whose text each is a term.

    A phrase is a run of two to four words without stop words, at most one of a single character,
    that ``LEAST`` documents of one year share, and whose words attract one another (normalised
    pointwise mutual information, Bouma 2009) in all that was written up to the year. Each document
    is its ISO date, "" where it has none, and its runs; their order does not matter.
    """
    years: dict[int, Documents] = defaultdict(list)
    for date, runs in dated:
        pieces = [piece for run in runs for piece in without_stopwords(run)]
        years[int(date[:4] or UNDATED)].append(pieces)
    recurs: dict[Words, int] = {}
    for year in sorted(years):
        recurs |= dict.fromkeys(_shared(years[year]) - recurs.keys(), year)
    words, counts = Counter[str](), Counter[Words]()
    since: dict[Words, int] = {}
    for year in sorted(years):
        pieces = [piece for document in years[year] for piece in document]
        words.update(word for piece in pieces for word in piece)
        counts.update(run for piece in pieces for _, run in windows(piece) if run in recurs)
        total = words.total()
        for run in recurs.keys() - since.keys():
            if recurs[run] <= year and npmi(run, counts[run], words, total) >= _NPMI:
                since[run] = year
    return since


def _shared(documents: Documents) -> set[Words]:
    """The runs that enough of a year's documents share."""
    counts = Counter(run for document in documents for run in _runs(document))
    return {run for run, count in counts.items() if count >= LEAST}


def _runs(document: Iterable[Run]) -> set[Words]:
    found = (run for piece in document for _, run in windows(piece))
    return {run for run in found if sum(len(word) < 2 for word in run) < 2}
