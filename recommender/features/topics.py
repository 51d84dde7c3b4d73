"""Topics of the corpus: non-negative matrix factorisation of TF-IDF, labelled by phrases."""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

from recommender.features.phrases import Phrase
from recommender.features.vectorise import Tfidf

_MAX_ITERATIONS = 400
_TOP_TERMS = 12


@dataclass(frozen=True, eq=False)
class Topics:
    """components: (n_topics, n_terms), rows sum to 1; shares: (n_texts, n_topics), rows sum to 1
    (or to 0 for a text without terms); labels: one readable phrase or two a topic."""

    components: NDArray[np.float64]
    shares: NDArray[np.float64]
    labels: tuple[str, ...]


def topic_count(n_texts: int) -> int:
    """A first number of topics, sqrt(n / 3) within 2 … 40: about 15 for 700 clauses."""
    return max(2, min(40, round(math.sqrt(n_texts / 3))))


def fit_topics(tfidf: Tfidf, phrases: Sequence[Phrase], count: int = 0) -> Topics:
    """NMF started by NNDSVD, which needs no random numbers: the same topics on every machine.

    count: number of topics, 0 for ``topic_count``; never more than texts or terms allow.
    """
    n_texts, n_terms = tfidf.matrix.shape
    wanted = min(count or topic_count(n_texts), n_texts, n_terms)
    model = NMF(n_components=wanted, init="nndsvda", max_iter=_MAX_ITERATIONS, tol=1e-4, random_state=0)
    # The iterations are a budget: a small corpus may creep on beyond it without a topic changing.
    # And the error of a perfect fit, which we do not use, is the root of −1e-17.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(tfidf.matrix)
    strength = model.components_.sum(axis=1)
    order = np.argsort(-(weights.sum(axis=0) * strength), kind="stable")
    components = _unit_sums(model.components_[order])
    shares = _unit_sums((weights * strength)[:, order])
    return Topics(components, shares, label_topics(components, tfidf.terms, phrases))


def _unit_sums(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = matrix.sum(axis=1, keepdims=True)
    result: NDArray[np.float64] = np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)
    return result


def label_topics(
    components: NDArray[np.float64], terms: Sequence[str], phrases: Sequence[Phrase]
) -> tuple[str, ...]:
    """For each topic its two strongest phrases, joined by “·”; words where no phrase fits.

    A phrase weighs the sum of its words' weights, damped for words beyond the topic's own.
    Labels are told apart: a phrase serves one topic only.
    """
    taken: set[str] = set()
    labels = []
    for row in components:
        weight = {terms[i]: float(row[i]) for i in np.argsort(-row, kind="stable")[:_TOP_TERMS] if row[i] > 0}
        ranked = sorted(phrases, key=lambda phrase: (-_fit(phrase, weight), phrase.text))
        chosen = _choose([p for p in ranked if _fit(p, weight) > 0 and p.text not in taken], weight)
        taken.update(chosen)
        labels.append("·".join(chosen))
    return tuple(labels)


def _fit(phrase: Phrase, weight: dict[str, float]) -> float:
    inside = [weight[word] for word in phrase.words if word in weight]
    if len(inside) < max(1, len(phrase.words) - 1):
        return 0.0
    return sum(inside) / math.sqrt(len(phrase.words)) * math.log1p(phrase.count)


def _choose(phrases: Sequence[Phrase], weight: dict[str, float]) -> list[str]:
    """The first phrase, and the next that shares no word with it; else the strongest words."""
    if not phrases:
        return list(weight)[:2]
    first = phrases[0]
    second = next((p.text for p in phrases[1:] if not set(p.words) & set(first.words)), None)
    return [first.text, second] if second else [first.text]
