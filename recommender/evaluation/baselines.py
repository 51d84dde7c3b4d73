"""What an office could do without us, judged on the same issues and picks."""

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from recommender.evaluation.match import HITS, grade
from recommender.evaluation.metrics import Ranks, summarise
from recommender.features.tokens import word_reader
from recommender.model import Model
from recommender.parallel import ALONE, Workers, mapped
from recommender.recommend.candidates import find_candidates
from recommender.recommend.pool import pool
from recommender.recommend.wording import house_title
from recommender.records import Issue

SHUFFLES = 200


def hit_ranks(titles: Sequence[str], picks: Sequence[str]) -> list[int | None]:
    """Rank of the first title that hits each pick; None when none does."""
    return [
        next((rank for rank, title in enumerate(titles, start=1) if grade(title, pick) in HITS), None)
        for pick in picks
    ]


def heading_order(issue: Issue, model: Model) -> list[str]:
    """Clause headings as they stand."""
    return [house_title(c.core) for c in find_candidates(issue) if c.source == "heading"]


def title_objects(issue: Issue, model: Model) -> list[str]:
    """The themes of the documents' titles as they stand."""
    return [house_title(c.core) for c in find_candidates(issue) if c.source == "title"]


def tfidf_words(issue: Issue, model: Model) -> list[str]:
    """The words with the highest TF-IDF in the issue."""
    words = word_reader(model.lexicon)
    texts = [f"{clause.heading}。{clause.text}" for doc in issue.documents for clause in doc.clauses]
    counts = Counter(word for text in texts for word in words(text))
    idf = dict(zip(model.terms, model.idf.tolist(), strict=True))
    ranked = sorted(counts, key=lambda word: (-counts[word] * idf.get(word, 0.0), word))
    return [house_title(word) for word in ranked]


def textrank_words(issue: Issue, model: Model) -> list[str]:
    """The words that neighbours lead to (TextRank, Mihalcea and Tarau 2004), window of five."""
    words = word_reader(model.lexicon)
    texts = [f"{clause.heading}。{clause.text}" for doc in issue.documents for clause in doc.clauses]
    links: Counter[tuple[str, str]] = Counter()
    for text in texts:
        said = words(text)
        links.update((a, b) for i, a in enumerate(said) for b in said[max(i - 4, 0) : i + 5] if a != b)
    names = sorted({word for pair in links for word in pair})
    place = {word: row for row, word in enumerate(names)}
    graph = np.zeros((len(names), len(names)))
    for (a, b), count in links.items():
        graph[place[a], place[b]] = count
    graph /= np.maximum(graph.sum(axis=0), 1)
    weight = np.ones(len(names))
    for _ in range(50):
        weight = 0.15 + 0.85 * graph @ weight
    return [house_title(names[row]) for row in np.argsort(-np.round(weight, 9), kind="stable")]


BASELINES: dict[str, tuple[str, Callable[[Issue, Model], list[str]]]] = {
    "heading_order": ("条款标题原序", heading_order),
    "title_objects": ("文件主题原序", title_objects),
    "tfidf_words": ("TF-IDF 关键词", tfidf_words),
    "textrank_words": ("TextRank 关键词", textrank_words),
}
RANDOM = ("random_in_pool", "候选随机排序（期望）")


@dataclass(frozen=True, slots=True)
class Rivals:
    """What an office could do without us on one issue.

    ranks: by baseline, at which each pick is hit. places: for each pick, the positions in our own pool
    of ``size`` candidates that say it.
    """

    ranks: Mapping[str, Ranks]
    places: Sequence[Sequence[int]]
    size: int


def rivals_on(issue: Issue, model: Model) -> Rivals:
    """Every baseline on one issue."""
    picks = [pick.title for pick in issue.picks]
    titles = [house_title(c.core) for c in pool(issue, model.lexicon)]
    ranks = {name: hit_ranks(build(issue, model), picks) for name, (_, build) in BASELINES.items()}
    return Rivals(ranks, hit_positions(titles, picks), len(titles))


def compare_baselines(
    issues: Sequence[Issue], model: Model, workers: Workers = ALONE
) -> dict[str, dict[str, float]]:
    """Every baseline's measures, and the expectation of random order in our own pool."""
    return table_of(mapped(partial(rivals_on, model=model), issues, workers))


def table_of(rivals: Sequence[Rivals]) -> dict[str, dict[str, float]]:
    """``compare_baselines`` of issues that were judged one by one."""
    table = {name: summarise([one.ranks[name] for one in rivals]) for name in BASELINES}
    return table | {RANDOM[0]: _random_order(rivals)}


def _random_order(rivals: Sequence[Rivals]) -> dict[str, float]:
    """Mean over SHUFFLES fixed shuffles of each issue's pool."""
    generator = random.Random(0)
    runs = [
        summarise([_shuffled(one.places, one.size, generator) for one in rivals]) for _ in range(SHUFFLES)
    ]
    return {name: round(sum(run[name] for run in runs) / SHUFFLES, 4) for name in (runs[0] if runs else {})}


def hit_positions(titles: Sequence[str], picks: Sequence[str]) -> list[list[int]]:
    """For each pick the positions of the titles that say it."""
    return [[i for i, title in enumerate(titles) if grade(title, pick) in HITS] for pick in picks]


def _shuffled(found: Sequence[Sequence[int]], size: int, generator: random.Random) -> Ranks:
    order = list(range(1, size + 1))
    generator.shuffle(order)
    return [min((order[i] for i in positions), default=None) for positions in found]


def random_recall(places: Sequence[Sequence[int]], size: int, k: int) -> float:
    """Expected recall@k when ``size`` titles stand in random order, some of which say each pick.

    >>> random_recall([[0], [3, 4], []], 20, 10)
    0.4211
    """
    missed = [
        math.comb(size - len(found), k) / math.comb(size, k) if size > k else not found for found in places
    ]
    return round(1 - sum(missed) / len(places), 4)
