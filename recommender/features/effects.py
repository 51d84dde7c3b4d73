"""What a change of the word lists does to the words of a corpus, before it is made."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from recommender.features.tokens import word_reader
from recommender.lexicon import WordChange, changed
from recommender.records import Issue, Lexicon

_EXAMPLES, _TERMS = 5, 8
_AROUND = 20  # characters shown on either side


@dataclass(frozen=True, slots=True)
class Recut:
    """A clause whose words change: which, the place in its text, and its words there before and after."""

    issue: str
    clause: str
    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term and the clauses that count it, before and after; 0 after: it vanishes."""

    term: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """clauses, issues: where the words of the change stand. recut: clauses whose words change.

    examples: of those, the newest first. terms: those that come, go or change most.
    """

    clauses: int
    issues: tuple[str, ...]
    recut: int
    examples: tuple[Recut, ...]
    terms: tuple[TermChange, ...]


_Read = Callable[[str], list[str]]


def effect_of(change: WordChange, issues: Sequence[Issue], now: Lexicon) -> Effect:
    """What a change does to the words of issues, in time order.

    Only clauses with a word of the change are read, each twice. A listed word also makes all others a
    little less likely to the segmenter, so that it cuts a few clauses elsewhere in another way (of
    1,400 paragraphs of provincial reports 1 to 10): those are not foretold.
    """
    old, new = word_reader(now), word_reader(changed(now, change))
    found = [one for one in _clauses(issues) if any(word in one[2] for word in change.texts)]
    read = [(one, old(one[2]), new(one[2])) for one in found]
    differing = [(one, before, after) for one, before, after in read if before != after]
    return Effect(
        clauses=len(found),
        issues=tuple(dict.fromkeys(key for key, _, _ in found)),
        recut=len(differing),
        examples=tuple(_example(change, one, old, new) for one, _, _ in differing[: -_EXAMPLES - 1 : -1]),
        terms=_terms(_Corpus(issues, old, now), [(before, after) for _, before, after in differing]),
    )


_Clause = tuple[str, str, str]  # key of the issue, label and heading, text


def _clauses(issues: Sequence[Issue]) -> Iterator[_Clause]:
    for issue in issues:
        for document in issue.documents:
            for clause in document.clauses:
                yield issue.key, f"{clause.label}{clause.heading}", f"{clause.heading}。{clause.text}"


def _example(change: WordChange, clause: _Clause, old: _Read, new: _Read) -> Recut:
    """The sentence part around the first place of a word whose words change."""
    key, name, text = clause
    places = [place for word in change.texts if (place := text.find(word)) >= 0]
    around = [text[max(place - _AROUND, 0) : place + 2 * _AROUND] for place in sorted(places)]
    shown = next((part for part in around if old(part) != new(part)), around[0])
    return Recut(key, name, shown, tuple(old(shown)), tuple(new(shown)))


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Issues as they are read now."""

    issues: Sequence[Issue]
    read: _Read
    lexicon: Lexicon

    def clauses_with(self, term: str) -> int:
        """How many clauses count a term, in its own spelling or as a variant unified to it."""
        spellings = {term, *(variant for variant, word in self.lexicon.synonyms if word == term)}
        texts = (text for _, _, text in _clauses(self.issues))
        found = (text for text in texts if any(spelling in text.lower() for spelling in spellings))
        return sum(term in self.read(text) for text in found)


def _terms(corpus: _Corpus, differing: Sequence[tuple[list[str], list[str]]]) -> tuple[TermChange, ...]:
    """The terms whose number of clauses changes, the largest change first, with their whole numbers."""
    change: Counter[str] = Counter()
    for before, after in differing:
        change.update(set(after) - set(before))
        change.subtract(set(before) - set(after))
    most = sorted((term for term in change if change[term]), key=lambda term: (-abs(change[term]), term))
    whole = {term: corpus.clauses_with(term) for term in most[:_TERMS]}
    return tuple(TermChange(term, count, count + change[term]) for term, count in whole.items())
