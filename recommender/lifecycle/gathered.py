"""The corpus as training sees it: counts of all issues, the texts that topics are learned from.

Issues go through one at a time, or some hundred; what stays in memory is a slip an issue, a number
a word, and the texts that topics are learned from, at most ``MOST_TEXTS``.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender import __version__
from recommender.emphasis.strength import HEADING_WEIGHT, clause_says, emphasis_of, topic_shares
from recommender.features.kept import Found, Keeping, Kept
from recommender.features.numbered import Numbers, line_of, numbering, tables_of, words_in
from recommender.features.phrases import Phrase, phrases_in
from recommender.features.segment import engine_name, marking_segmenter
from recommender.features.tokens import words_to_keep_whole
from recommender.features.vectorise import Tfidf, Vocabulary, in_terms, vocabulary_of, weigh
from recommender.lifecycle.counted import (
    Counted,
    Wording,
    count_issue,
    counts_matrix,
    pack,
    pack_wording,
    unpack,
    unpack_wording,
    wording_of,
)
from recommender.lifecycle.texts import Text, clause_texts
from recommender.parallel import streamed
from recommender.records import Issue, Level, Lexicon, Slip
from recommender.slips import read_some

Item = TypeVar("Item")

MOST_TEXTS = 50_000  # more teach no other topics, and a fit on them takes minutes
_BATCH = 100  # issues that are counted together, and travel together: some megabytes
_COUNTING = "读取各期，统计词语"
_FORMAT = 2  # of what is found out about an issue


@dataclass(frozen=True, eq=False)
class Gathered:
    """What all issues hold together.

    vocabulary: of all texts, n_texts of them. publishers: whose bulletins they are; series: (bulletin,
    publisher) pairs in order of time. sample: the digests of the issues that topics are learned from,
    in order of time; counts: of them.
    """

    vocabulary: Vocabulary
    n_texts: int
    publishers: frozenset[str]
    series: tuple[tuple[str, str], ...]
    sample: tuple[str, ...]
    counts: tuple[Counted, ...]


def method_of(lexicon: Lexicon) -> str:
    """Names all that decides what is found out about an issue."""
    return f"{__version__} {_FORMAT} {engine_name()} {lexicon}"


# -- what is new ----------------------------------------------------------------------------------


def take_in(
    issues: Sequence[Issue], slips: Sequence[Slip], lexicon: Lexicon, kept: Kept, keeping: Keeping
) -> None:
    """Find out about the issues that are not known, and forget those that are gone. keeping: who works,
    and who is told."""
    known = kept.texts()
    new = {slip.digest: slip for slip in slips if slip.digest not in known}
    parts = _parts(zip(new, read_some(issues, new.values()), strict=True))
    done = 0
    keeping.tell(_COUNTING, done, len(new))
    for counts in streamed(partial(_count, lexicon=lexicon), parts, keeping.workers):
        number = np.array(kept.numbers(counts.words), dtype=np.int32)
        rank = np.argsort(np.argsort(np.array(counts.words), kind="stable")).astype(np.int32)
        kept.keep([_found(digest, one, wording, number, rank) for digest, one, wording in counts.issues])
        done += len(counts.issues)
        keeping.tell(_COUNTING, done, len(new))
    kept.forget_others(slip.digest for slip in slips)


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """What there is to find out about some issues; the numbers in it are places among these words."""

    words: list[str]
    issues: list[tuple[str, Counted, Wording]]


def _count(part: Sequence[tuple[str, Issue]], lexicon: Lexicon) -> _Counts:
    """The counts of some issues, each with its digest; by any process, which knows no other words."""
    number = numbering()
    cut = marking_segmenter(words_to_keep_whole(lexicon))
    lines = [line_of(issue, cut, number) for _, issue in part]
    for _, word in lexicon.synonyms:
        number[word]
    words = words_in(number)
    tables = tables_of(words, lexicon)
    counted = []
    for (digest, issue), line in zip(part, lines, strict=True):
        themes = tuple(clause_texts(issue))
        one = count_issue(issue, line, tables, themes)
        counted.append((digest, one, wording_of(line, one, tables, themes)))
    return _Counts(words, counted)


def _found(digest: str, counted: Counted, wording: Wording, number: Numbers, rank: Numbers) -> Found:
    """What is kept of an issue: words by the numbers they have for good, in code-point order within a
    clause, which is the order of the terms and spares sorting them at each training."""
    texts, whose = int(counted.has_words.sum()), counted.about
    about = json.dumps([whose.kind, whose.title, whose.institution], ensure_ascii=False)
    packed = pack(counted.renumbered(number, rank)), pack_wording(wording.renumbered(number))
    return Found(digest, texts, about, *packed)


def _parts(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """A hundred items at a time."""
    rest = iter(items)
    while part := tuple(islice(rest, _BATCH)):
        yield part


# -- all together ---------------------------------------------------------------------------------


def gather(slips: Sequence[Slip], kept: Kept) -> Gathered:
    """Count all issues; slips in order of time. Raises ValueError when no term is left."""
    texts, digests = kept.texts(), [slip.digest for slip in slips]
    sample = _sample(digests, texts)
    having, counts = _added_up(digests, sample, kept)
    n_texts = sum(texts[digest] for digest in digests)
    told = kept.about()
    about = [json.loads(one) for one in dict.fromkeys(told[digest] for digest in digests)]
    return Gathered(
        vocabulary_of(kept.words, having, n_texts),
        n_texts,
        frozenset(publisher for _, _, publisher in about),
        tuple((title, publisher) for kind, title, publisher in about if kind == "bulletin"),
        tuple(digest for digest in digests if digest in sample),
        tuple(counts),
    )


def _added_up(
    digests: Sequence[str], sample: Collection[str], kept: Kept
) -> tuple[NDArray[np.int64], list[Counted]]:
    """How many texts of all issues have each word: (n_words,); and the counts of those of the sample.

    Only issues that came since are added to the last sum; once one is gone, all are added up anew.
    """
    before, packed = kept.total()
    if Counter(before) - Counter(digests):
        before, packed = [], b""
    missing, known = Counter(digests) - Counter(before), np.frombuffer(packed, dtype="<i8")
    having = np.zeros(len(kept.words), dtype=np.int64)
    having[: len(known)] = known
    counts = []
    wanted = [digest for digest in digests if digest in sample or missing[digest]]
    for digest, counted in zip(wanted, map(unpack, kept.counts(wanted)), strict=True):
        if missing[digest]:
            np.add.at(having, counted.words, 1)
            missing[digest] -= 1
        if digest in sample:
            counts.append(counted)
    kept.keep_total(digests, having.astype("<i8").tobytes())
    return having, counts


def _sample(digests: Sequence[str], texts: Mapping[str, int]) -> frozenset[str]:
    """All issues, or those of lowest digest that have so many texts together: a choice that an issue
    more or less hardly changes, and that nothing but the issues' content decides."""
    order = sorted(set(digests))
    total = np.cumsum([texts[digest] for digest in order])
    return frozenset(order[: max(1, int(np.searchsorted(total, MOST_TEXTS, side="right")))])


def _counted(slips: Iterable[Slip], kept: Kept) -> Iterator[Counted]:
    return map(unpack, kept.counts(slip.digest for slip in slips))


def tfidf_of(gathered: Gathered) -> Tfidf:
    """TF-IDF of the texts that topics are learned from."""
    vocabulary = gathered.vocabulary
    counts = counts_matrix(gathered.counts, len(vocabulary.column))
    ends = np.unique(counts.indptr)  # texts without words vanish
    said = sp.csr_matrix((counts.data, counts.indices, ends), shape=(len(ends) - 1, counts.shape[1]))
    return Tfidf(vocabulary.terms, vocabulary.idf, weigh(in_terms(said, vocabulary), vocabulary.idf))


def texts_of(gathered: Gathered, kept: Kept | None) -> list[Text]:
    """The texts that topics are learned from, in the rows of ``tfidf_of``; without a Kept their
    headings are left out."""
    arrangement = np.concatenate([one.arrangement[one.has_words] for one in gathered.counts]).tolist()
    if kept is None:
        matter, arranged = Text("", False), Text("", True)
        return [arranged if flag else matter for flag in arrangement]
    headings = chain.from_iterable(one.headings for one in _wordings(gathered, kept))
    return [Text(heading, bool(flag)) for heading, flag in zip(headings, arrangement, strict=True)]


def phrases_of(gathered: Gathered, kept: Kept) -> list[Phrase]:
    """The phrases of the issues that topics are learned from."""
    words = np.array(kept.words)
    line = np.concatenate([[0], *(one.runs for one in _wordings(gathered, kept))]).astype(np.int32)
    used = np.unique(line)
    order = used[np.argsort(words[used], kind="stable")]
    place = np.zeros(len(words), dtype=np.int32)
    place[order] = np.arange(len(order))
    return phrases_in(words[order].tolist(), place[line])


def _wordings(gathered: Gathered, kept: Kept) -> Iterator[Wording]:
    return map(unpack_wording, kept.wordings(gathered.sample))


def emphasis_in(
    slips: Sequence[Slip],
    kept: Kept,
    vocabulary: Vocabulary,
    directions: NDArray[np.float64],
    authority: Mapping[Level, float],
) -> NDArray[np.float64]:
    """How strongly each issue stresses each topic: (n_issues, n_topics), as ``topic_emphasis``."""
    rows: list[NDArray[np.float64]] = []
    for part in _parts(_counted(slips, kept)):
        counts = in_terms(counts_matrix(part, len(vocabulary.column), HEADING_WEIGHT), vocabulary)
        shares = topic_shares(weigh(counts, vocabulary.idf), directions)
        ends = np.cumsum([len(one.documents) for one in part])[:-1]
        for one, of_issue in zip(part, np.split(shares, ends), strict=True):
            says = clause_says(one.documents.tolist(), one.about.levels, authority)
            rows.append(emphasis_of(says, of_issue))
    return np.array(rows)
