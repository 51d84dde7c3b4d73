"""Key phrases among the runs of nouns of a text: RAKE, and TopicRank as its authors published it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recommender.features.segment import tagger


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with its title."""

    title: str
    text: str


def whole(piece: Piece) -> str:
    return f"{piece.title}。{piece.text}"


def noun_runs(piece: Piece) -> list[tuple[str, ...]]:
    """The longest runs of nouns and adjectives, in reading order: the candidates of TopicRank and RAKE."""
    runs: list[list[str]] = [[]]
    for sentence in sentences_of(whole(piece)):
        for word, tag in tagger()(sentence):
            if tag[0] in "na" or tag in ("vn", "b", "j", "l", "x"):
                runs[-1].append(word)
            else:
                runs.append([])
        runs.append([])
    return [tuple(run) for run in runs if run and len("".join(run)) > 1]


def sentences_of(text: str) -> Iterable[str]:
    return "".join(c if "\u3400" <= c <= "\u9fff" else " " for c in text).split()


def rake(piece: Piece) -> list[str]:
    """RAKE (Rose et al. 2010): Σ degree / frequency of the words of a run."""
    runs = noun_runs(piece)
    frequency = Counter(word for run in runs for word in run)
    degree: Counter[str] = Counter()
    for run in runs:
        for word in run:
            degree[word] += len(run)
    scores = {"".join(run): sum(degree[w] / frequency[w] for w in run) for run in runs}
    return sorted(scores, key=lambda phrase: (-scores[phrase], phrase))


def topic_rank(piece: Piece) -> list[str]:
    """TopicRank (Bougouin, Boudin, Daille 2013) as published: runs that share a quarter of their words form
    a topic, topics are ranked by PageRank over nearness, each is named by its first run."""
    from scipy.cluster.hierarchy import fcluster, linkage

    runs = noun_runs(piece)
    places: dict[tuple[str, ...], list[int]] = {}
    position = 0
    for run in runs:
        places.setdefault(run, []).append(position)
        position += len(run) + 1
    names = list(places)
    if len(names) < 2:
        return ["".join(run) for run in names]
    apart = [
        1 - len(set(a) & set(b)) / len(set(a) | set(b)) for i, a in enumerate(names) for b in names[i + 1 :]
    ]
    topics = fcluster(linkage(apart, "average"), 0.74, "distance") - 1
    weights = np.zeros((topics.max() + 1,) * 2)
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            if topics[i] != topics[j]:
                weights[topics[i], topics[j]] += sum(
                    1 / abs(p - q) for p in places[a] for q in places[b] if p != q
                )
    ranks = _page_rank(weights)
    named = dict(reversed(list(zip(topics.tolist(), names, strict=True))))
    return ["".join(named[topic]) for topic in np.argsort(-ranks, kind="stable").tolist()]


def _page_rank(weights: np.ndarray, damping: float = 0.85) -> np.ndarray:
    sums = weights.sum(axis=1, keepdims=True)
    moves = np.divide(weights, sums, out=np.full_like(weights, 1 / len(weights)), where=sums > 0)
    rank = np.full(len(weights), 1 / len(weights))
    for _ in range(100):
        rank = (1 - damping) / len(weights) + damping * rank @ moves
    return rank
