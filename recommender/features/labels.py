"""Readable names of topics: phrases, else the heading of the clause that is nearest."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.features.phrases import Phrase

MAX_LABEL = 16  # characters: what a legend or a table column holds
_TOP_TERMS = 12
_FLOOR = 0.1  # a phrase's words must weigh, on average, this share of the topic's strongest word
_SECOND = 0.5  # a second phrase must weigh half of the first
_SEPARATOR = "·"


def _same_for_all(_: str) -> float:
    return 1.0


def _any_phrase(_: Phrase) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Naming:
    """What topics may be named by.

    phrases: of the corpus. headings: one a text, "" where it has none that serves.
    rarity: how much a word says, ≥ 0, for example its idf in the background.
    serves: whether a phrase could be a name; asked only of those that fit a topic.
    """

    phrases: Sequence[Phrase] = ()
    headings: Sequence[str] = ()
    rarity: Callable[[str], float] = _same_for_all
    serves: Callable[[Phrase], bool] = _any_phrase


def label_topics(
    components: NDArray[np.float64],
    terms: Sequence[str],
    naming: Naming,
    nearness: NDArray[np.float64] | None = None,
) -> tuple[str, ...]:
    """For each topic its strongest phrase, with a second one joined by “·” where both are strong.

    components: (n_topics, n_terms), rows sum to 1; nearness: (n_texts, n_topics), how near each text
    is, in the order of ``naming.headings``. A phrase weighs the frequency × exclusivity of its words
    (Bischof and Airoldi 2012) × their rarity × ln(1 + its count) / √(its number of words), and counts
    for a topic when all its words but one are among the topic's twelve strongest and weigh enough.
    Labels differ, and have at most 16 characters; topics are named strongest first.
    """
    weights = [_word_weights(row, terms, naming.rarity) for row in components * exclusivity(components)]
    taken: set[str] = set()
    labels = []
    having: dict[str, list[Phrase]] = {word: [] for weight in weights for word in weight}
    for phrase in naming.phrases:
        for word in having.keys() & phrase.words:
            having[word].append(phrase)
    for topic, weight in enumerate(weights):
        near = dict.fromkeys(phrase for word in weight for phrase in having[word])
        chosen = _phrases_for(weight, near, naming.serves, taken) or _heading_for(
            topic, naming, nearness, taken
        )
        taken.update(chosen)
        labels.append(_SEPARATOR.join(chosen) or _words_for(weight))
    return tell_apart(labels)


def exclusivity(components: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of each topic in each term: (n_topics, n_terms), columns sum to 1, or to 0 if unused."""
    sums = components.sum(axis=0, keepdims=True)
    result: NDArray[np.float64] = np.divide(components, sums, out=np.zeros_like(components), where=sums > 0)
    return result


def _word_weights(
    row: NDArray[np.float64], terms: Sequence[str], rarity: Callable[[str], float]
) -> dict[str, float]:
    """The strongest words of a topic, strongest first."""
    top = [i for i in np.argsort(-row, kind="stable")[:_TOP_TERMS] if row[i] > 0]
    weight = {terms[i]: float(row[i]) * rarity(terms[i]) for i in top}
    return dict(sorted(weight.items(), key=lambda item: (-item[1], item[0])))


def _phrases_for(
    weight: Mapping[str, float],
    phrases: Collection[Phrase],
    serves: Callable[[Phrase], bool],
    taken: set[str],
) -> list[str]:
    """The strongest phrase and perhaps a second that shares no word with it; none where none fits."""
    near = (phrase for phrase in phrases if len(phrase.text) <= MAX_LABEL)
    fits = {phrase: fit for phrase in near if (fit := _fit(phrase, weight)) > 0 and serves(phrase)}
    ranked = sorted(fits, key=lambda p: (-fits[p], p.text))
    first = next((p for p in ranked if p.text not in taken), None)
    if first is None:
        return []
    for second in ranked:
        room = len(first.text) + len(_SEPARATOR) + len(second.text) <= MAX_LABEL
        apart = not set(second.words) & set(first.words) and second.text not in taken
        if room and apart and fits[second] >= _SECOND * fits[first]:
            return [first.text, second.text]
    return [first.text]


def _fit(phrase: Phrase, weight: Mapping[str, float]) -> float:
    inside = [weight[word] for word in phrase.words if word in weight]
    few = len(inside) < max(1, len(phrase.words) - 1)
    if few or sum(inside) < _FLOOR * len(phrase.words) * max(weight.values()):
        return 0.0
    return sum(inside) / math.sqrt(len(phrase.words)) * math.log1p(phrase.count)


def _heading_for(
    topic: int, naming: Naming, nearness: NDArray[np.float64] | None, taken: set[str]
) -> list[str]:
    """The heading of the nearest text that has one that serves and is not in use."""
    if nearness is None:
        return []
    for text in np.argsort(-nearness[:, topic], kind="stable"):
        heading = naming.headings[text]
        if nearness[text, topic] > 0 and 0 < len(heading) <= MAX_LABEL and heading not in taken:
            return [heading]
    return []


def _words_for(weight: Mapping[str, float]) -> str:
    """The two strongest words, as far as there is room: only where there is no phrase nor heading."""
    return _SEPARATOR.join(list(weight)[:2])[:MAX_LABEL]


def tell_apart(labels: Sequence[str]) -> tuple[str, ...]:
    """Number the later ones of equal labels, and those that are empty.

    >>> tell_apart(["贸易", "贸易", ""])
    ('贸易', '贸易（2）', '主题（3）')
    """
    used: set[str] = set()
    result = []
    for place, label in enumerate(labels, 1):
        number = place
        unique = label
        while not unique or unique in used:
            mark = f"（{number}）"
            unique, number = f"{(label or '主题')[: MAX_LABEL - len(mark)]}{mark}", number + 1
        used.add(unique)
        result.append(unique)
    return tuple(result)
