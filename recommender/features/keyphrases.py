"""What one text is about: the phrases its author would give as keywords, strongest first.

Every run of one to four neighbouring words without a function word is a candidate. It scores by how
it stands in this text alone (often, in the title, among changing neighbours) and by how rare its words
are elsewhere: the traits below, each times its weight. So few that a reader can check them, and none
names a word. ``features.phrases`` finds what recurs in a whole corpus instead.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from operator import attrgetter, mul

from recommender.features.phrases import MAX_WORDS
from recommender.features.segment import tagger
from recommender.fold import CJK

_RUN = re.compile(rf"[{CJK}]+|[0-9A-Za-zα-ωΑ-Ω](?:[0-9A-Za-zα-ωΑ-Ω+\-./_]*[0-9A-Za-zα-ωΑ-Ω+])?|\S")
_LATIN = re.compile(r"[0-9a-zα-ω+\-./_]+")
# Tags of jieba's dictionary (after ICTCLAS): preposition, conjunction, pronoun, interjection, onomatopoeia,
# modal, 在/着 and the like; those of auxiliaries (uj 的, ul 了) begin with u. "w" is punctuation.
_FUNCTION = frozenset("pcryeowzg") | {"zg"}
_NOUNS = frozenset(("vn", "eng"))  # and all tags that begin with n
_USUAL_LENGTH = 4  # characters, of Chinese keywords and of most Chinese terms
_MAX_DISTANCE, _MAX_LENGTH = 5, 14


@dataclass(frozen=True, slots=True)
class Traits:
    """How a phrase stands in its text; also the weight of each trait.

    title: 1 where the title has it. once: 1 where it occurs once. length: characters away from four, at
    most 5 (a Latin word counts as two). short: 1 for two characters or fewer. nested: 1 where it recurs,
    but only as often as one longer candidate that holds it (after Frantzi, Ananiadou, Mima 2000, C-value).
    before, after: ln of how many different words stand there (accessor variety, Feng et al. 2004).
    noun_before, noun_after: share of occurrences with a noun there: part of a longer term. clipped: 1
    where its first or last of several words is a single character, which may belong to a neighbour.
    rarity: of its commonest word.
    """

    title: float
    once: float
    length: float
    short: float
    nested: float
    before: float
    after: float
    noun_before: float
    noun_after: float
    clipped: float
    rarity: float


# Fitted by logistic regression on one half of the CSL abstracts, judged on the other: see
# benchmarks/keyphrases.py, which fits them anew with --fit. Each half alone gives the same signs and sizes.
WEIGHTS = Traits(
    title=1.89,
    once=-1.21,
    length=-0.48,
    short=-0.84,
    nested=-0.86,
    before=0.63,
    after=0.44,
    noun_before=-0.58,
    noun_after=-0.36,
    clipped=-0.53,
    rarity=0.08,
)


_values = attrgetter(*(field.name for field in fields(Traits)))  # astuple copies deeply, and slowly


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """A phrase as the text first writes it. score: Σ weight × trait, comparable within a text."""

    text: str
    score: float
    traits: Traits


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)

    @property
    def function(self) -> bool:
        return self.tag in _FUNCTION or self.tag.startswith("u")

    @property
    def noun(self) -> bool:
        return self.tag in _NOUNS or self.tag.startswith("n")


Place = tuple[int, int]  # first token, and one past the last
Rarity = Callable[[str], float]


def _same_for_all(_: str) -> float:
    return 0.0


def keyphrases(
    text: str,
    title: str = "",
    count: int = 5,
    rarity: Rarity = _same_for_all,
    words: tuple[str, ...] = (),
) -> tuple[Keyphrase, ...]:
    """The strongest phrases of a text with its title, at most ``count``; ties in code-point order.

    rarity: how much a word says, ≥ 0 and small for a common one, for example ``Background.idf``.
    words: an office's own terms, which are never cut.

    >>> text = "产教联合体由园区牵头。各地推进产教联合体，评价产教联合体的成效。"
    >>> [phrase.text for phrase in keyphrases(text, "论产教联合体", 1)]
    ['产教联合体']
    """
    return tuple(score_phrases(text, title, rarity, words)[:count])


def score_phrases(
    text: str, title: str = "", rarity: Rarity = _same_for_all, words: tuple[str, ...] = ()
) -> list[Keyphrase]:
    """All candidates of a text, strongest first."""
    whole = unicodedata.normalize("NFKC", f"{title}。{text}")
    heading = unicodedata.normalize("NFKC", title).lower()
    tokens = _tokens(whole, words)
    places = _candidates(tokens)
    counts = _counts(whole.lower(), places)
    around = _longest_around(tokens, places, counts)
    found = []
    for phrase, where in places.items():
        traits = Traits(
            title=float(phrase in heading),
            once=float(counts[phrase] <= 1),
            nested=float(1 < counts[phrase] <= around.get(phrase, 0)),
            **_shape(tokens[slice(*where[0])], phrase),
            **_company(tokens, where),
            rarity=min(rarity(token.word.lower()) for token in tokens[slice(*where[0])]),
        )
        found.append(Keyphrase(_written(whole, tokens, where[0]), total(traits), traits))
    return sorted(found, key=lambda phrase: (-phrase.score, phrase.text))


def total(traits: Traits, weights: Traits = WEIGHTS) -> float:
    """Σ weight × trait."""
    return math.fsum(map(mul, _values(traits), _values(weights)))


def _tokens(text: str, words: tuple[str, ...]) -> list[_Token]:
    tag, tokens = tagger(words), []
    for run in _RUN.finditer(text):
        start, found = run.start(), run.group()
        if re.match(f"[{CJK}]", found):
            for word, kind in tag(found):
                tokens.append(_Token(word, kind, start))
                start += len(word)
        else:
            kind = "w" if not found[0].isalnum() else "m" if found.isdecimal() else "eng"
            tokens.append(_Token(found, kind, start))
    return tokens


def _candidates(tokens: Sequence[_Token]) -> dict[str, list[Place]]:
    """Every candidate, in lower case, with its places in reading order."""
    places: dict[str, list[Place]] = defaultdict(list)
    for start in range(len(tokens)):
        for end in _ends(tokens, start):
            phrase = _joined(tokens[start:end])
            latin = tokens[start].tag == "eng"
            if (len(phrase) > 1 and (len(phrase) <= _MAX_LENGTH or latin)) or (latin and end == start + 1):
                places[phrase].append((start, end))
    return {
        phrase: where
        for phrase, where in places.items()
        if any(token.tag != "m" for token in tokens[slice(*where[0])])
    }


def _counts(said: str, phrases: Collection[str]) -> Counter[str]:
    """How often each phrase stands in the text, inside longer words too; every place is looked at once
    a length, so that a long text costs no more a character than a short one."""
    lengths = {len(phrase) for phrase in phrases}
    pieces = (said[i : i + size] for size in sorted(lengths) for i in range(len(said) - size + 1))
    return Counter(piece for piece in pieces if piece in phrases)


def _ends(tokens: Sequence[_Token], start: int) -> Iterator[int]:
    """Where a run of one to four words from ``start`` may end; only Latin words may stand apart."""
    for end in range(start + 1, min(start + MAX_WORDS, len(tokens)) + 1):
        last, before = tokens[end - 1], tokens[end - 2]
        apart = end > start + 1 and last.start != before.end
        if last.function or (apart and (last.tag, before.tag) != ("eng", "eng")):
            return
        yield end


def _joined(tokens: Sequence[_Token]) -> str:
    parts = [tokens[0].word]
    for before, token in pairwise(tokens):
        parts.append(token.word if token.start == before.end else f" {token.word}")
    return "".join(parts).lower()


def _longest_around(
    tokens: Sequence[_Token], places: Mapping[str, list[Place]], counts: Mapping[str, int]
) -> dict[str, int]:
    """For each candidate inside longer ones, the occurrences of the commonest of those."""
    around: dict[str, int] = defaultdict(int)
    for phrase, ((start, end), *_) in places.items():
        for first in range(start, end):
            for last in range(first + 1, end + 1):
                inner = _joined(tokens[first:last])
                if last - first < end - start and inner in places:
                    around[inner] = max(around[inner], counts[phrase])
    return around


def _shape(tokens: Sequence[_Token], phrase: str) -> dict[str, float]:
    length = len(_LATIN.sub("ab", phrase))
    return {
        "length": float(min(abs(length - _USUAL_LENGTH), _MAX_DISTANCE)),
        "short": float(length <= 2),
        "clipped": float(len(tokens) > 1 and min(len(tokens[0].word), len(tokens[-1].word)) == 1),
    }


def _company(tokens: Sequence[_Token], places: Sequence[Place]) -> dict[str, float]:
    """Who stands before and after; the edges of the text count as a neighbour."""
    before = [tokens[start - 1] if start else None for start, _ in places]
    after = [tokens[end] if end < len(tokens) else None for _, end in places]
    return {
        "before": math.log(len({token and token.word for token in before})),
        "after": math.log(len({token and token.word for token in after})),
        "noun_before": _share_of_nouns(before),
        "noun_after": _share_of_nouns(after),
    }


def _share_of_nouns(neighbours: Sequence[_Token | None]) -> float:
    return sum(token is not None and token.noun for token in neighbours) / len(neighbours)


def _written(whole: str, tokens: Sequence[_Token], place: Place) -> str:
    return whole[tokens[place[0]].start : tokens[place[1] - 1].end]
