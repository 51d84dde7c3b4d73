"""The topics of a corpus as a model keeps them: fitted, numbered, named, with what became of the old."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from recommender.emphasis.background import load_background
from recommender.features.identity import Continuity, continue_topics
from recommender.features.labels import Naming, tell_apart
from recommender.features.past import CountScore, Earlier, Past
from recommender.features.phrases import Phrase
from recommender.features.topics import fit_topics
from recommender.features.vectorise import Tfidf
from recommender.lifecycle.texts import Text
from recommender.recommend.wording import content

_MAX_NAMES = 12  # earlier labels of a topic that are remembered
_MIN_TEXTS = 5
# Words of talk and of covering letters: they join clauses that have no matter in common.
_TALK = frozenset(
    """
    可以 什么 哪些 怎么 如何 怎样 为什么 为何 是否 不是 没有 不能 就是 还是 这个 这些 这样 那些 我们 他们
    它们 自己 大家 如下 现将 现就 印发 贯彻 遵照执行 结合实际 组织实施 分工负责 职责分工 牵头 负责
    按职责 会同 配合
    目前 近日 日前 今年 近年来 同比 环比 上半年 下半年 分别
    """.split()  # noqa: SIM905, a word list reads better as text
)


@dataclass(frozen=True, eq=False)
class Themes:
    """components: (n_topics, n_terms), rows sum to 1. labels: as shown. known_as: the labels the
    program gave each topic, latest first. table: the numbers of topics tried when this one was chosen.
    change: with the ids."""

    components: NDArray[np.float64]
    labels: tuple[str, ...]
    known_as: tuple[tuple[str, ...], ...]
    table: tuple[CountScore, ...]
    change: Continuity


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the office says of topics. count: how many, 0 for the program's choice. names: by id, or by
    a label that the program gave. own: words of the office's own name, which are no topic."""

    count: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    own: Sequence[str] = ()


def learn_themes(
    tfidf: Tfidf,
    texts: Sequence[Text],
    phrases: Sequence[Phrase],
    earlier: Earlier,
    past: Past,
    wishes: Wishes,
) -> Themes:
    """Topics of the texts that speak of matters (of all where those are fewer than five).

    tfidf: of the texts, in their order. phrases: to name topics by. earlier: ``earlier_topics`` of
    past, whose topics continue where they can.
    """
    rows = [row for row, text in enumerate(texts) if not text.arrangement]
    rows = rows if len(rows) >= _MIN_TEXTS else list(range(len(texts)))
    part = replace(tfidf, matrix=tfidf.matrix[rows])
    naming = Naming(
        headings=[texts[row].heading for row in rows],
        rarity=load_background().idf,
        serves=partial(_names_a_matter, own=frozenset(wishes.own)),
    )
    topics = fit_topics(
        part,
        phrases,
        wishes.count,
        naming,
        earlier=earlier,
        weights=term_weights(tfidf.terms, wishes.own),
    )
    components = topics.components.astype(np.float32).astype(np.float64)
    change = continue_topics(past, tfidf.terms, components)
    known_as = _remember(change.ids, topics.labels, past)
    labels = apply_names(change.ids, known_as, wishes.names)
    return Themes(components, labels, known_as, past.table if earlier.settled else topics.table, change)


def term_weights(terms: Sequence[str], own: Collection[str]) -> NDArray[np.float64]:
    """How much each term may shape the topics: the root of its idf in the background, (n_terms,) ≥ 0.

    The median for a word that policy never used, 0 for words of talk and of the office's own name.
    """
    background = load_background()
    idf = np.array([background.idf(term) if term in background.index else np.nan for term in terms])
    known = idf[~np.isnan(idf)]
    weights = np.sqrt(np.where(np.isnan(idf), np.median(known) if len(known) else 1.0, idf))
    weights[[term in _TALK or term in own for term in terms]] = 0.0
    return weights


def _names_a_matter(phrase: Phrase, own: frozenset[str]) -> bool:
    """Whether a phrase says more than policy always says, and is no office's name."""
    return (_TALK | own).isdisjoint(phrase.words) and len(content(phrase.text)) > 1


def _remember(ids: Sequence[int], labels: Sequence[str], past: Past) -> tuple[tuple[str, ...], ...]:
    """The label of each topic, and those it had before."""
    before = dict(zip(past.ids, past.known_as, strict=True))
    return tuple(
        tuple(dict.fromkeys((label, *before.get(one, ()))))[:_MAX_NAMES]
        for one, label in zip(ids, labels, strict=True)
    )


def apply_names(
    ids: Sequence[int], known_as: Sequence[Sequence[str]], names: Mapping[str, str]
) -> tuple[str, ...]:
    """The labels to show: the office's name for an id, for a topic's label or one it had, else its label.

    A name goes to one topic: the id before any label, the label of now before earlier ones.
    """
    given: dict[int, str] = {}
    free = dict(names)
    ranks = [[str(one) for one in ids], *_by_age(known_as)]
    for keys in ranks:
        for topic, key in enumerate(keys):
            if key and key in free and topic not in given:
                given[topic] = free.pop(key)
    # named topics first, so that none of them has to give way
    order = sorted(range(len(ids)), key=lambda topic: (topic not in given, topic))
    shown = tell_apart([given.get(topic, known_as[topic][0]) for topic in order])
    return tuple(shown[order.index(topic)] for topic in range(len(ids)))


def _by_age(known_as: Sequence[Sequence[str]]) -> list[list[str]]:
    """First the labels of now, then those before, padded with ""."""
    oldest = max(map(len, known_as), default=0)
    return [[labels[age] if age < len(labels) else "" for labels in known_as] for age in range(oldest)]
