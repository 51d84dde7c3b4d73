"""The terms of policy: words, and the phrases that behave as one (新质生产力, 供给侧, 产教融合)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from recommender.features.phrases import Thresholds, Words, find_phrases, windows
from recommender.features.segment import Cut
from recommender.features.stopwords import STOPWORDS, without_stopwords
from recommender.fold import CJK

# In 16 million characters. Fragments such as 供给侧结构 stay, so that they can be looked up; their low
# freedom keeps them from being put forward.
_TERMS = Thresholds(count=30, npmi=0.15, npmi_short=0.3, freedom=0.0)
FREE = 1.0  # freedom from which a phrase stands alone: as varied as three equally frequent neighbours
_BREAK = re.compile(rf"[^{CJK}]+")
_PLUS = re.compile(rf"([{CJK}]{{2,8}})[+＋]")

Run = list[str]


def runs_of(text: str, cut: Cut) -> list[Run]:
    """The text as runs of words that nothing parts: no punctuation, digit or Latin letter."""
    return [cut(part) for part in _BREAK.split(text) if part]


def discover(documents: Iterable[Sequence[Run]]) -> dict[Words, float]:
    """The phrases of some documents with their freedom in nats, ≥ 0; stop words part runs.

    Each document is its runs; the order of the documents does not matter.
    """
    runs = [part for document in documents for run in document for part in without_stopwords(run)]
    return {phrase.words: phrase.freedom for phrase in find_phrases(runs, _TERMS)}


def terms_in(runs: Iterable[Run], phrases: Collection[Words]) -> Iterator[str]:
    """Every occurrence of a term: words of two characters or more, and phrases."""
    for run in runs:
        yield from (word for word in run if len(word) > 1 and word not in STOPWORDS)
        yield from ("".join(words) for _, words in windows(run) if words in phrases)


def plus_terms(text: str, cut: Cut) -> set[str]:
    """Terms that end in a plus sign, such as 互联网+."""
    return {f"{cut(found)[-1]}+" for found in _PLUS.findall(text)}
