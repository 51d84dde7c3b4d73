"""Do policy words that emerge become research topics? A backtest on 2006–2012.

    python benchmarks/emerging.py [--lags]

A term is newly hot in year y if at least 6 funded titles of y contain it, at three times its rate of
the three years before or more, and at least 4 provincial reports of y contain it. Terms: all runs of
one to three words of the reports, and the terms of the history. Ranked as of y from reports up to y
and titles up to y − 1. Measures: average precision of the first 1,000, precision at 50.

``strict`` asks whether a listed term itself is hot, among all hot terms, fragments too. ``folded``
gives credit for a hot fragment that a listed term stands for, and counts a family once. The last
rows fit the weights on the other six years (logistic), to show that the shipped ones are not luck.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from recommender.emphasis.emerging import Emerging, Weights, gather, ingredients, rank_emerging
from recommender.emphasis.history import History, load_history
from recommender.emphasis.sources import Row, read_rows
from recommender.emphasis.vocabulary import runs_of
from recommender.features.segment import segmenter

SHARED = Path(os.environ.get("RECOMMENDER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
YEARS = range(2006, 2013)
LISTED, TOP = 1000, 50
Hot = dict[int, set[str]]
Rank = Callable[[int], list[Emerging]]


def runs(row: Row) -> set[str]:
    """All runs of one to three words of a report."""
    cut = segmenter()
    return {
        "".join(run[i : i + n])
        for run in runs_of(f"{row.title}\n{row.text}", cut)
        for n in (1, 2, 3)
        for i in range(len(run) - n + 1)
    }


def hot_terms(vocabulary: set[str]) -> Hot:
    """The newly hot terms of each year."""
    titles: dict[int, list[str]] = defaultdict(list)
    for row in read_rows(SHARED / "titles" / "nssfc_titles_1991-2012.csv.xz"):
        titles[int(row.date)].append(row.title)
    reports: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(SHARED / "policy" / "provincial_reports_2000-2026.jsonl.xz"):
        reports[int(row.date[:4])].append(row)
    return {year: _hot(year, titles, reports[year], vocabulary) for year in YEARS}


def _hot(year: int, titles: dict[int, list[str]], reports: list[Row], vocabulary: set[str]) -> set[str]:
    now = Counter(gram for title in titles[year] for gram in _substrings(title))
    frequent = {gram for gram, n in now.items() if n >= 6}
    past = [title for earlier in range(year - 3, year) for title in titles[earlier]]
    before = Counter(gram for title in past for gram in _substrings(title) & frequent)
    rising = {g for g in frequent if now[g] / len(titles[year]) >= 3 * before[g] / len(past)}
    cut = Counter(gram for row in reports for gram in runs(row) & rising)
    known = {g for g in rising & vocabulary if sum(g in row.title + row.text for row in reports) >= 4}
    return {gram for gram, n in cut.items() if n >= 4 and len(gram) > 1} | known


def _substrings(title: str) -> set[str]:
    return {title[i : i + n] for i in range(len(title)) for n in range(2, 16) if i + n <= len(title)}


def average_precision(hits: np.ndarray, positives: int) -> float:
    """Sum of the precision at each hit over the number of positives, in [0, 1]."""
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(positives, 1))


def strict(listed: list[Emerging], hot: set[str]) -> tuple[float, float]:
    hits = np.array([item.term in hot for item in listed], dtype=float)
    return average_precision(hits[:LISTED], len(hot)), float(hits[:TOP].mean())


def folded(listed: list[Emerging], hot: set[str]) -> tuple[float, float]:
    """Families with a hot member count once; a hot term of no family is missed."""
    families = [hot & {item.term, *item.folded} for item in listed]
    hits = np.array([bool(family) for family in families], dtype=float)
    missed = hot - set().union(*families)
    return average_precision(hits[:LISTED], int(hits.sum()) + len(missed)), float(hits[:TOP].mean())


def report(label: str, rank: Rank, hot: Hot) -> None:
    """One row: means over the years, then each year's strict average precision."""
    lists = {year: rank(year) for year in YEARS}
    one = np.array([strict(lists[year], hot[year]) for year in YEARS])
    family = np.array([folded(lists[year], hot[year]) for year in YEARS])
    years = " ".join(f"{value:.2f}" for value in one[:, 0])
    (a, b), (c, d) = one.mean(0), family.mean(0)
    print(f"{label:<38}{a:>7.3f}{b:>7.3f}{c:>9.3f}{d:>7.3f}   {years}", flush=True)


def ranked(history: History, weights: Weights, fold: bool, lag: int, year: int) -> list[Emerging]:
    until = str(year - lag)
    return rank_emerging(
        history, str(year), len(history.index), titles_until=until, weights=weights, fold=fold
    )


def shuffled(history: History, year: int) -> list[Emerging]:
    listed = ranked(history, Weights(), False, 1, year)
    return [listed[i] for i in np.random.default_rng(year).permutation(len(listed))]


def by_share(history: History, year: int) -> list[Emerging]:
    """The plain rise of the share of reports."""
    listed = ranked(history, Weights(), False, 1, year)
    return sorted(listed, key=lambda item: (item.before - item.share, item.term))


def fitted(history: History, hot: Hot, left_out: int) -> Weights:
    """Logistic weights on all years but one."""
    terms = sorted(history.index, key=history.index.__getitem__)
    rows, labels = [], []
    for year in YEARS:
        evidence = gather(history, str(year), str(year - 1), "provincial")
        if year == left_out or evidence is None:
            continue
        parts = ingredients(evidence)
        rows.append(np.column_stack([parts[n] for n in ("rise", "stress", "takeoff")])[evidence.present])
        labels += [terms[row] in hot[year] for row in np.flatnonzero(evidence.present)]
    table = np.vstack(rows)
    spread = table.std(axis=0)
    model = LogisticRegression(C=0.1, max_iter=1000).fit(table / spread, labels)
    return Weights(*(float(w) for w in model.coef_[0] / spread))


def refitted(history: History, weights: dict[int, Weights], fold: bool, year: int) -> list[Emerging]:
    return ranked(history, weights[year], fold, 1, year)


def main() -> None:
    history = load_history()
    hot = hot_terms(set(history.index))
    print("hot terms a year:", {y: len(h) for y, h in hot.items()})
    print("of them in the history:", {y: len(h & set(history.index)) for y, h in hot.items()})
    print(f"{'':<38}{'MAP':>7}{'P@50':>7}{'folded':>9}{'P@50':>7}   MAP 2006 … 2012 (strict)")
    plain = Weights(rise=1, stress=0, takeoff=0)
    shipped = Weights()
    rank = partial(partial, ranked, history)
    report("random", partial(shuffled, history), hot)
    report("plain rise of the share", partial(by_share, history), hot)
    report("rise (z)", rank(plain, False, 1), hot)
    report("rise, stress", rank(replace(shipped, takeoff=0), False, 1), hot)
    report("rise, takeoff", rank(replace(shipped, stress=0), False, 1), hot)
    report("takeoff alone", rank(Weights(0, 0, 1), False, 1), hot)
    report("rise, stress, takeoff", rank(shipped, False, 1), hot)
    report("rise (z), folded", rank(plain, True, 1), hot)
    report("rise, stress, takeoff, folded = shipped", rank(shipped, True, 1), hot)
    weights = {year: fitted(history, hot, year) for year in YEARS}
    for fold in (False, True):
        label = "weights of the other years" + (", folded" if fold else "")
        report(label, partial(refitted, history, weights, fold), hot)
    print("weights:", {y: [round(v, 2) for v in (w.rise, w.stress, w.takeoff)] for y, w in weights.items()})
    for lag in (2, 3, 4, 5) if "--lags" in sys.argv else ():
        report(f"titles end {lag} years before", rank(shipped, False, lag), hot)


if __name__ == "__main__":
    main()
