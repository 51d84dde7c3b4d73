"""Do policy words that emerge become research topics? A backtest on 2006–2012.

    python benchmarks/emerging.py

A term is newly hot in year y if at least 6 funded titles of y contain it, at three times its rate of
the three years before or more, and at least 4 provincial reports of y contain it. Terms: all runs of
one to three words of the reports, and the terms of the history. Ranked as of y from reports up to y
and titles up to y − 1. Measures: average precision of the first 1,000, precision at 50.

``all`` counts every hot form of a term, fragments too (社会主义核心 beside 社会主义核心价值体系);
``fullest`` counts only those forms that no longer hot form carries in four of five titles. ``stale``
is ``all`` with titles that end one, three or five years before y, as they will for years to come. Weights
are also fitted (logistic) on the other six years, and on the years before y alone.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from recommender.emphasis.emerging import Weights, ingredients, rank_emerging
from recommender.emphasis.evidence import Evidence, gather
from recommender.emphasis.history import History, load_history, totals, years_until
from recommender.emphasis.sources import Row, read_rows
from recommender.emphasis.takeoff import HOT_TITLES
from recommender.emphasis.vocabulary import runs_of
from recommender.features.segment import segmenter

SHARED = Path(os.environ.get("RECOMMENDER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
YEARS = range(2006, 2013)
FORWARD = range(2008, 2013)  # years with two or more before them to learn from
LAGS = (1, 3, 5)  # of one to five years, as fast as may be
LISTED, TOP = 1000, 50
CARRIED = 0.8
NAMES = ("rise", "stress", "volume", "takeoff")
Rank = Callable[[int, int], list[str]]  # year, lag of the titles → terms, best first
Truth = dict[int, set[str]]


def runs(row: Row) -> set[str]:
    """All runs of one to three words of a report."""
    cut = segmenter()
    return {
        "".join(run[i : i + n])
        for run in runs_of(f"{row.title}\n{row.text}", cut)
        for n in (1, 2, 3)
        for i in range(len(run) - n + 1)
    }


def hot_terms(vocabulary: set[str]) -> tuple[Truth, Truth]:
    """The newly hot terms of each year: all forms, and the fullest ones."""
    titles: dict[int, list[str]] = defaultdict(list)
    for row in read_rows(SHARED / "titles" / "nssfc_titles_1991-2012.csv.xz"):
        titles[int(row.date)].append(row.title)
    reports: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(SHARED / "policy" / "provincial_reports_2000-2026.jsonl.xz"):
        reports[int(row.date[:4])].append(row)
    hot = {year: _hot(year, titles, reports[year], vocabulary) for year in YEARS}
    return hot, {year: _fullest(hot[year], titles[year]) for year in YEARS}


def _hot(year: int, titles: dict[int, list[str]], reports: list[Row], vocabulary: set[str]) -> set[str]:
    now = Counter(gram for title in titles[year] for gram in _substrings(title))
    frequent = {gram for gram, n in now.items() if n >= HOT_TITLES}
    past = [title for earlier in range(year - 3, year) for title in titles[earlier]]
    before = Counter(gram for title in past for gram in _substrings(title) & frequent)
    rising = {g for g in frequent if now[g] / len(titles[year]) >= 3 * before[g] / len(past)}
    cut = Counter(gram for row in reports for gram in runs(row) & rising)
    known = {g for g in rising & vocabulary if sum(g in row.title + row.text for row in reports) >= 4}
    return {gram for gram, n in cut.items() if n >= 4 and len(gram) > 1} | known


def _substrings(title: str) -> set[str]:
    return {title[i : i + n] for i in range(len(title)) for n in range(2, 16) if i + n <= len(title)}


def _fullest(hot: set[str], titles: list[str]) -> set[str]:
    used = {term: sum(term in title for title in titles) for term in hot}
    return {
        term
        for term in hot
        if not any(term != other and term in other and used[other] >= CARRIED * used[term] for other in hot)
    }


def measures(listed: list[str], hot: set[str]) -> tuple[float, float]:
    """Average precision of the first 1,000 and precision at 50, in [0, 1]."""
    hits = np.array([term in hot for term in listed[:LISTED]], dtype=float)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(len(hot), 1)), float(hits[:TOP].mean())


def report(label: str, rank: Rank, hot: Truth, full: Truth, years: Iterable[int] = YEARS) -> None:
    """One row: means over the years, then each year's average precision among all forms."""
    fresh = {year: rank(year, 1) for year in years}
    one = np.array([measures(fresh[year], hot[year]) for year in fresh])
    two = np.array([measures(fresh[year], full[year]) for year in fresh])
    stale = np.array([measures(rank(year, lag), hot[year]) for year in fresh for lag in LAGS])
    columns = "".join(f"{a:>8.3f}{b:>7.3f}" for a, b in (one.mean(0), two.mean(0), stale.mean(0)))
    print(f"{label:<34}{columns}   {' '.join(f'{value:.2f}' for value in one[:, 0])}", flush=True)


def ranked(history: History, weights: Weights, fold: bool, year: int, lag: int) -> list[str]:
    until = str(year - lag)
    found = rank_emerging(history, str(year), LISTED, titles_until=until, weights=weights, fold=fold)
    return [item.term for item in found]


def shuffled(history: History, year: int, lag: int) -> list[str]:
    listed = sorted(known_terms(history, year))
    return [listed[i] for i in np.random.default_rng(year).permutation(len(listed))]


def known_terms(history: History, year: int) -> set[str]:
    """The terms that may be ranked as of a year."""
    evidence = gather(history, year, year - 1, "provincial")
    assert evidence is not None
    terms = sorted(history.index, key=history.index.__getitem__)
    return {terms[row] for row in np.flatnonzero(evidence.present)}


def by_share(history: History, year: int, lag: int) -> list[str]:
    """The plain rise of the share of reports."""
    found = rank_emerging(history, str(year), len(history.index), fold=False)
    return [item.term for item in sorted(found, key=lambda item: (item.before - item.share, item.term))]


def without_cycle(history: History, year: int, lag: int) -> list[str]:
    """The rise against the three years before alone: as if nothing were known from before them."""
    main = history.named("provincial")
    known = np.array([int(period) >= year - 3 for period in main.periods])
    cut = replace(main, documents=main.documents * known)
    others = tuple(c for c in history.collections if c.name != "provincial")
    return ranked(replace(history, collections=(cut, *others)), Weights(), True, year, lag)


def foreseen(history: History, year: int, lag: int) -> list[str]:
    """The shipped ranking, told which terms will have so many titles in a year to come."""
    titles = history.named("titles")
    future = [columns for when, columns in years_until(titles, 2012).items() if when >= year]
    most = np.max([totals(titles.mentions, columns) for columns in future], axis=0)
    told = replace(history, subject=history.subject & (most >= HOT_TITLES))
    return ranked(told, Weights(), False, year, lag)


def fitted(history: History, hot: Truth, year: int, lag: int, *, years: Iterable[int]) -> list[str]:
    """Ranked by logistic weights of some other years."""
    terms = sorted(history.index, key=history.index.__getitem__)
    rows, labels = [], []
    for other in years:
        evidence = gather(history, other, other - lag, "provincial")
        assert evidence is not None
        rows.append(_table(evidence)[evidence.present])
        labels += [terms[row] in hot[other] for row in np.flatnonzero(evidence.present)]
    table = np.vstack(rows)
    spread = table.std(axis=0)
    model = LogisticRegression(C=0.1, max_iter=1000).fit(table / spread, labels)
    return ranked(history, Weights(*(float(w) for w in model.coef_[0] / spread)), True, year, lag)


def _table(evidence: Evidence) -> np.ndarray:
    parts = ingredients(evidence)
    return np.column_stack([parts[name] for name in NAMES])


def main() -> None:
    history = load_history()
    hot, full = hot_terms(set(history.index))
    reach = {y: len(hot[y] & known_terms(history, y)) for y in YEARS}
    print("hot terms, of them fullest, of all may be ranked:")
    print("  ", {y: (len(hot[y]), len(full[y]), reach[y]) for y in YEARS})
    print(f"{'':<34}{'all':>8}{'P@50':>7}{'fullest':>8}{'P@50':>7}{'stale':>8}{'P@50':>7}   all, 2006 … 2012")
    shipped = Weights()
    show = partial(report, hot=hot, full=full)
    show("random", partial(shuffled, history))
    every = replace(history, subject=np.ones(len(history.index), dtype=np.bool_))
    show("plain rise, all terms", partial(by_share, every))
    show("plain rise, subjects", partial(by_share, history))
    steps = [Weights(*(astuple(shipped)[:n] + (0,) * (len(NAMES) - n))) for n in range(1, len(NAMES) + 1)]
    for weights, name in zip(steps, NAMES, strict=True):
        show(f"{'+ ' if name != 'rise' else ''}{name}", partial(ranked, history, weights, False))
    show("+ folding = shipped", partial(ranked, history, shipped, True))
    for name in NAMES:
        weights = replace(shipped, **{name: 0.0})
        show(f"shipped without {name}", partial(ranked, history, weights, True))
    show("shipped without five-year cycle", partial(without_cycle, history))
    show("shipped, not only subjects", partial(ranked, every, shipped, True))

    def left_out(year: int, lag: int) -> list[str]:
        return fitted(history, hot, year, lag, years=[y for y in YEARS if y != year])

    def forward(year: int, lag: int) -> list[str]:
        return fitted(history, hot, year, lag, years=range(YEARS[0], year))

    show("weights of the other years", left_out)
    show("shipped, 2008 on", partial(ranked, history, shipped, True), years=FORWARD)
    show("weights of earlier years, 2008 on", forward, years=FORWARD)
    show("told of titles to come, unfolded", partial(foreseen, history))


if __name__ == "__main__":
    main()
