"""What emerges: terms ranked by how new and strong their emphasis is, as of a year.

A score is a weighted sum of three ingredients, each made of counts that a reader can check:

rise     z of the share of documents that mention the term against the three periods before
stress   the same rise, as a difference of shares, in headings and the leads of paragraphs
takeoff  ln of how often a term with as many research titles in three years became hot in the next,
         counted from the titles so far: few take off from nothing, a worn word can hardly treble

Fragments are then folded into the fullest term they stand in. Only periods up to the year are read.
Two things come from all years, because the history holds no text: which runs of words are terms at
all (a term must also be mentioned by the year), and the boundary entropy ``freedom``, which tells
fragments. ``benchmarks/emerging.py`` measures what each ingredient adds.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.emphasis.history import Collection, History
from recommender.emphasis.vocabulary import FREE

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

LEAST = 4  # documents of the last period that must mention a term; below it a rise is chance
BEFORE = 3  # periods a rise is measured against
HOT_TITLES, HOT_RATIO = 6, 3.0  # hot: titles in a year, and times the rate of the three before
_MANY = 15  # titles from which more say nothing more about a takeoff
_PSEUDO = 100  # terms at the average rate, added to every count of takeoffs
_SPREAD = 15.0  # documents a share is judged by: half a year's, as provinces copy one another
_FRAGMENT = 0.8  # nats of boundary entropy below which a phrase is a piece of a longer one
_CARRIED = 0.7  # share of its mentions that the longer term must carry
_SAME = 0.95  # the same for a word: it hardly occurs without the longer term
_ORDINAL = re.compile(r"^第|届|次会议")  # sessions are new each year and name no subject


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of an ingredient adds to the score.

    Logistic weights of 2006–2012, rounded; takeoff's (0.8) is shrunk, as titles end years before the
    reports as a rule, and then tell less (titles three years old: MAP 0.056, against 0.048 at 0.8).
    """

    rise: float = 0.45
    stress: float = 3.5
    takeoff: float = 0.6


@dataclass(frozen=True, slots=True)
class Emerging:
    """A term with the numbers behind its rank.

    share, before: of documents that mention it, in the last period and the three before, in [0, 1];
    stressed, stressed_before: likewise in headings and leads. titles: research titles with it in the
    last three title periods; takeoff: how often such terms became hot, in (0, 1), None without
    titles. folded: the fragments it stands for.
    """

    term: str
    score: float
    share: float
    before: float
    stressed: float
    stressed_before: float
    titles: int
    takeoff: float | None
    folded: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The numbers in one line."""
        mentioned = f"提到 {self.before:.0%} → {self.share:.0%}"
        said = f"{mentioned}，突出 {self.stressed_before:.0%} → {self.stressed:.0%}"
        return said if self.takeoff is None else f"{said}，近三年立项课题 {self.titles} 项"


@dataclass(frozen=True, eq=False)
class Evidence:
    """The numbers of all terms as of a year, (n_terms,) each. present: whether it may be ranked;
    mentions: documents up to the year that mention it; takeoff: None without titles."""

    present: NDArray[np.bool_]
    mentions: Counts
    share: Floats
    before: Floats
    stressed: Floats
    stressed_before: Floats
    titles: Counts
    takeoff: Floats | None


def rank_emerging(  # noqa: PLR0913, the last three are for measuring
    history: History,
    as_of: str,
    count: int = 50,
    *,
    titles_until: str | None = None,
    weights: Weights | None = None,
    fold: bool = True,
    collection: str = "provincial",
) -> list[Emerging]:
    """Terms by new and rising emphasis in documents dated up to a year, best first.

    as_of: ``2016``. titles_until: the last year of titles that is read, by default as_of; who
    predicts the titles of a year stops one before. Empty when fewer than two periods have documents.
    Raises ValueError when a year is not one, KeyError when there is no such collection.
    """
    evidence = gather(history, as_of, titles_until or as_of, collection)
    if evidence is None:
        return []
    terms = sorted(history.index, key=history.index.__getitem__)
    scores = score(ingredients(evidence), weights or Weights())
    rows = [int(row) for row in np.flatnonzero(evidence.present) if not _ORDINAL.search(terms[row])]
    named = {terms[row]: row for row in rows if fold}
    into = fold_fragments(named, np.stack([evidence.mentions, evidence.titles]), history.freedom)
    best: dict[int, float] = {}
    folded: dict[int, list[str]] = {}
    for row in rows:
        head = into.get(row, row)
        best[head] = max(best.get(head, -np.inf), float(scores[row]))
        if head != row:
            folded.setdefault(head, []).append(terms[row])
    first = sorted(best, key=lambda row: (-best[row], -evidence.share[row], terms[row]))[:count]
    return [_describe(terms[row], row, best[row], evidence, tuple(folded.get(row, ()))) for row in first]


def gather(history: History, as_of: str, titles_until: str, collection: str) -> Evidence | None:
    """Count what is known as of a year; None when nothing can have risen by then."""
    main = history.named(collection)
    known = _until(main, as_of)
    if len(known) < 2:
        return None
    now, past = known[-1:], known[-1 - BEFORE : -1]
    last = _count(main.mentions, now)
    titles, takeoff = _research(history, as_of, titles_until, last >= LEAST)
    return Evidence(
        present=last >= LEAST,
        mentions=_count(main.mentions, known),
        share=last / _total(main, now),
        before=_count(main.mentions, past) / _total(main, past),
        stressed=_count(main.stresses, now) / _total(main, now),
        stressed_before=_count(main.stresses, past) / _total(main, past),
        titles=titles,
        takeoff=takeoff,
    )


def _research(
    history: History, as_of: str, until: str, among: NDArray[np.bool_]
) -> tuple[Counts, Floats | None]:
    """Titles of each term in the last three periods, and how often such terms became hot."""
    titles = next((c for c in history.collections if c.name == "titles"), None)
    known = _until(titles, until) if titles else []
    if titles is None or not known:
        return np.zeros(len(history.index), dtype=np.int64), None
    recent = _count(titles.mentions, known[-BEFORE:])
    lag = max(1, int(as_of) - int(titles.periods[known[-1]][:4]))
    rates = _takeoffs(titles, known, lag, among)
    return recent, None if rates is None else rates[np.minimum(recent, _MANY)]


def ingredients(evidence: Evidence) -> Mapping[str, Floats]:
    """Each ingredient of the score by name, (n_terms,) each."""
    mean = (evidence.share + evidence.before) / 2
    spread = np.sqrt(mean * (1 - mean) / _SPREAD + 1e-3)
    takeoff = np.zeros(len(mean)) if evidence.takeoff is None else np.log(evidence.takeoff)
    return {
        "rise": (evidence.share - evidence.before) / spread,
        "stress": evidence.stressed - evidence.stressed_before,
        "takeoff": takeoff,
    }


def score(parts: Mapping[str, Floats], weights: Weights) -> Floats:
    """The weighted sum, (n_terms,)."""
    values = asdict(weights)
    total: Floats = np.sum([values[name] * part for name, part in parts.items()], axis=0)
    return total


def fold_fragments(rows: Mapping[str, int], mentions: Counts, freedom: NDArray[np.float32]) -> dict[int, int]:
    """Row of a fragment → row of the fullest term it stands in.

    A fragment is a phrase whose neighbours hardly vary (供给侧结构性 in 供给侧结构性改革), or a word
    that stands alone in next to no document (新质 in 新质生产力). mentions: (n_kinds, n_terms), how
    many reports and how many titles; the longer term must carry both, as a part that research uses
    by itself is a term of its own.
    """
    into: dict[int, int] = {}
    for term in sorted(rows, key=lambda t: (-len(t), t)):
        row = rows[term]
        for part in _parts(term):
            inner = rows.get(part)
            if inner is None or inner in into or freedom[inner] > FREE:
                continue
            least = _CARRIED if freedom[inner] < _FRAGMENT else _SAME
            if (mentions[:, row] >= least * mentions[:, inner]).all():
                into[inner] = into.get(row, row)
    return into


def _parts(term: str) -> set[str]:
    ends = range(2, len(term) + 1)
    return {term[start:end] for end in ends for start in range(end - 1)} - {term}


def _takeoffs(titles: Collection, known: list[int], lag: int, among: NDArray[np.bool_]) -> Floats | None:
    """How often a term became hot, by its titles in three periods: (_MANY + 1,), None if none did.

    lag: how many periods the hot one came after the last of the three, so that titles that ended
    years ago count for what they still tell. among: the terms to count.
    """
    terms, hot = np.zeros(_MANY + 1), np.zeros(_MANY + 1)
    for i in range(BEFORE + lag - 1, len(known)):
        level = np.minimum(_count(titles.mentions, known[i - lag - BEFORE + 1 : i - lag + 1]), _MANY)[among]
        took_off = is_hot(titles, known[i], known[i - BEFORE : i])[among]
        terms += np.bincount(level, minlength=_MANY + 1)
        hot += np.bincount(level, weights=took_off, minlength=_MANY + 1)
    if not hot.any():
        return None
    rates: Floats = (hot + _PSEUDO * hot.sum() / terms.sum()) / (terms + _PSEUDO)
    return rates


def is_hot(titles: Collection, now: int, past: list[int]) -> NDArray[np.bool_]:
    """Which terms enough titles of a period use, at so many times their rate of the past ones."""
    used = _count(titles.mentions, [now])
    before = _count(titles.mentions, past) / _total(titles, past)
    rising: NDArray[np.bool_] = used / _total(titles, [now]) >= HOT_RATIO * before
    return rising & (used >= HOT_TITLES)


def _until(collection: Collection, year: str) -> list[int]:
    """Columns of the periods that lie in the year or before it and have documents."""
    if not re.fullmatch(r"\d{4}", year):
        raise ValueError(f"{year!r} 不是年份，请写成四位数字，例如 2016。")
    return [i for i, p in enumerate(collection.periods) if p[:4] <= year and collection.documents[i] > 0]


def _count(matrix: sp.csr_matrix, columns: list[int]) -> Counts:
    return np.asarray(matrix[:, columns].sum(axis=1), dtype=np.int64).ravel()


def _total(collection: Collection, columns: list[int]) -> int:
    return int(collection.documents[columns].sum())


def _describe(term: str, row: int, best: float, evidence: Evidence, folded: tuple[str, ...]) -> Emerging:
    return Emerging(
        term=term,
        score=best,
        share=float(evidence.share[row]),
        before=float(evidence.before[row]),
        stressed=float(evidence.stressed[row]),
        stressed_before=float(evidence.stressed_before[row]),
        titles=int(evidence.titles[row]),
        takeoff=None if evidence.takeoff is None else float(evidence.takeoff[row]),
        folded=folded,
    )
