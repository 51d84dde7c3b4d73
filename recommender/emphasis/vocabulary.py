"""The terms of policy: words, and the phrases that behave as one (新质生产力, 供给侧, 产教融合)."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from recommender.features.phrases import Words, windows
from recommender.features.segment import Cut
from recommender.features.stopwords import STOPWORDS
from recommender.fold import CJK

_BREAK = re.compile(rf"[^{CJK}]+")
_PLUS = re.compile(rf"([{CJK}]{{2,8}})[+＋]")
# Parts of speech that open or end no name of a subject: adverb, measure, time, state, pronoun, particle,
# preposition, conjunction, modal … A numeral may end one (一带一路); what it opens is a date or a count.
_CLOSED = frozenset("dqtzrupcyeo")
_NO_END, _NO_START = _CLOSED | {"h"}, _CLOSED | {"m"}

Run = list[str]


def runs_of(text: str, cut: Cut) -> list[Run]:
    """The text as runs of words that nothing parts: no punctuation, digit or Latin letter."""
    return [cut(part) for part in _BREAK.split(text) if part]


def terms_in(runs: Iterable[Run], phrases: Collection[Words]) -> Iterator[Words]:
    """Every occurrence of a term: words of two characters or more, and phrases."""
    for run in runs:
        yield from ((word,) for word in run if len(word) > 1 and word not in STOPWORDS)
        yield from (words for _, words in windows(run) if words in phrases)


def plus_terms(text: str, cut: Cut) -> set[str]:
    """Terms that end in a plus sign, such as 互联网+."""
    return {f"{cut(found)[-1]}+" for found in _PLUS.findall(text)}


def names_subject(words: Sequence[str], tag: Callable[[str], str]) -> bool:
    """Whether a term may name a subject, by the parts of speech at its ends; see ``tagger``.

    >>> kinds = {"产教": "n", "融合": "vn", "又": "d", "好": "a"}
    >>> names_subject(("产教", "融合"), kinds.__getitem__), names_subject(("又", "好"), kinds.__getitem__)
    (True, False)
    """
    first, last = tag(words[0])[:1], tag(words[-1])[:1]
    cut_short = last == "a" and len(words[-1]) == 1  # 经济 发展 新, before 常态 or 格局
    return first not in _NO_START and last not in _NO_END and not cut_short
