"""An issue and its candidates read through model and background: what the features look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.emphasis.background import Background, mean_direction
from recommender.emphasis.distinctive import distinctiveness
from recommender.emphasis.history import load_history
from recommender.emphasis.now import shipped_terms
from recommender.emphasis.strength import directions_of, topic_emphasis, topic_shares, word_weights
from recommender.features.segment import segmenter
from recommender.features.tokens import ClauseTokens, clause_tokens, word_reader
from recommender.model import Model
from recommender.recommend.profile import Profile
from recommender.recommend.similar import Funded, similar_projects, title_object
from recommender.recommend.wording import content
from recommender.records import Candidate, Issue, Level, SimilarProject, Source

_COMMON_WEIGHT = 0.3  # words that any policy uses still tell a little of the meaning
_LEAST_FIT, _NEAREST = 0.65, 0.99

Vector = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Reading:
    """An issue as the features see it.

    directions: of the topics. shares: (n_topics,), its emphasis on the topics, summing to 1.
    stressed: word → z-score of how far the issue stresses it beyond past and background.
    documents: a unit vector each.
    themes, habit: the profile's fields, and the mean direction of its earlier picks. funded: what the
    college has funded. fits_from: for each field, the cosine from which something belongs to it.
    pool: how many candidates of each kind the issue offers. index: term → row of the vocabulary.
    """

    issue: Issue
    profile: Profile
    model: Model
    background: Background
    authority: Mapping[Level, float]
    directions: NDArray[np.float64]
    shares: NDArray[np.float64]
    stressed: Mapping[str, float]
    documents: tuple[Vector, ...]
    themes: tuple[Vector, ...]
    fits_from: tuple[float, ...]
    habit: Vector
    funded: tuple[Funded, ...]
    pool: Mapping[Source, int]
    index: Mapping[str, int]

    @property
    def as_of(self) -> str:
        """The date of the issue, else the latest of its documents, else the end of time."""
        dates = [document.date for document in self.issue.documents if document.date]
        return self.issue.date or max(dates, default="9999")


@dataclass(frozen=True, eq=False)
class Subject:
    """A candidate as the features see it: its words, meaning (unit vector) and topic shares.

    terms: the terms of the shipped history that stand in it. projects: funded ones like it.
    """

    candidate: Candidate
    words: tuple[str, ...]
    terms: tuple[str, ...]
    vector: Vector
    topics: NDArray[np.float64]
    projects: tuple[SimilarProject, ...]

    @property
    def topic(self) -> int | None:
        """The nearest topic; None when no word of the candidate is in the vocabulary."""
        return int(self.topics.argmax()) if self.topics.any() else None


def read_issue(
    issue: Issue,
    candidates: Sequence[Candidate],
    profile: Profile,
    model: Model,
    background: Background,
    authority: Mapping[Level, float],
) -> Reading:
    """Read the issue once for all its candidates."""
    clauses = clause_tokens(issue, model.lexicon)
    index = {term: row for row, term in enumerate(model.terms)}
    directions = directions_of(model.components)
    documents = tuple(
        meaning(
            "。".join((document.name, *(clause.heading for clause in document.clauses))), model, background
        )
        for document in issue.documents
    )
    themes = tuple(meaning(theme, model, background) for theme in profile.themes)
    return Reading(
        issue=issue,
        profile=profile,
        model=model,
        background=background,
        authority=authority,
        directions=directions,
        shares=topic_emphasis(issue, clauses, index, model.idf, directions, authority),
        stressed=stressed_words(clauses, issue.key, model, index, background),
        documents=documents,
        themes=themes,
        fits_from=tuple(_fits_from(theme, background) for theme in themes),
        habit=habit_of(profile, model, background),
        funded=tuple(
            Funded(one, meaning(title_object(one.title), model, background)) for one in profile.projects
        ),
        pool=Counter(candidate.source for candidate in candidates),
        index=index,
    )


def habit_of(profile: Profile, model: Model, background: Background) -> Vector:
    """The mean direction of the earlier picks by their weights; zeros without any."""
    picks = [np.float32(pick.weight) * meaning(pick.core, model, background) for pick in profile.picks]
    return mean_direction(picks, background.vectors.shape[1])


def _fits_from(theme: Vector, background: Background) -> float:
    """The cosine that only 1 of 100 words of public policy reach with a field, at least 0.65.

    Some fields are near to much that policy speaks of (人工智能), others to little (护理); one
    threshold for all would give the first everything.
    """
    return max(_LEAST_FIT, _quantile(background.vectors @ theme, _NEAREST))


def _quantile(values: Vector, share: float) -> float:
    """As NumPy's, between the two nearest values; that one loads masked arrays first, a tenth of NumPy."""
    whole, part = divmod(share * (len(values) - 1), 1)
    low = int(whole)
    ordered = np.partition(values, [low, min(low + 1, len(values) - 1)])
    below, above = ordered[low], ordered[min(low + 1, len(values) - 1)]
    return float(below + (above - below) * np.float32(part))


def read_candidates(candidates: Sequence[Candidate], reading: Reading) -> list[Subject]:
    """Words, meaning and topics of each candidate."""
    read, history = word_reader(reading.model.lexicon), load_history()
    words = [telling_words(read(candidate.core)) for candidate in candidates]
    tokens = [ClauseTokens(0, place, telling, ()) for place, telling in enumerate(words)]
    topics = topic_shares(word_weights(tokens, reading.index, reading.model.idf), reading.directions)
    return [
        _subject(candidate, telling, tuple(shipped_terms(candidate.core, history)), shares, reading)
        for candidate, telling, shares in zip(candidates, words, topics, strict=True)
    ]


def telling_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words that say something of their own; all where none does."""
    return tuple(word for word in words if content(word)) or tuple(words)


def _subject(
    candidate: Candidate,
    words: tuple[str, ...],
    terms: tuple[str, ...],
    topics: NDArray[np.float64],
    reading: Reading,
) -> Subject:
    vector = meaning(candidate.core, reading.model, reading.background)
    projects = similar_projects(candidate.core, vector, reading.funded)
    return Subject(candidate, words, terms, vector, topics, projects)


def meaning(text: str, model: Model, background: Background) -> Vector:
    """Unit vector of a wording: its words by idf, those of any policy weighing less.

    A word of the office's own that the background does not know has the meaning of its parts.
    """
    cut, plain = segmenter(model.lexicon.words), segmenter()
    parts = (part for word in cut(text) for part in ([word] if word in background.index else plain(word)))
    words = [word for word in parts if len(word) > 1]
    return background.mean_vector(words, [1.0 if content(word) else _COMMON_WEIGHT for word in words])


def stressed_words(
    clauses: Sequence[ClauseTokens], key: str, model: Model, index: Mapping[str, int], background: Background
) -> dict[str, float]:
    """z-scores of an issue's words: how far it stresses them beyond the corpus and the background.

    Its own clauses are not counted as its past.
    """
    counts: dict[str, int] = {}
    for clause in clauses:
        for word in set(clause.all):
            counts[word] = counts.get(word, 0) + 1
    words = sorted(counts)
    now = np.array([counts[word] for word in words], dtype=np.float64)
    corpus = np.array([model.term_counts[index[w]] if w in index else 0 for w in words], dtype=np.float64)
    clauses = [clause for clause in clauses if clause.all]  # as the model counted them
    known = key in model.issues
    past = np.maximum(corpus - now, 0) if known else corpus
    n_past = max(model.n_clauses - len(clauses), 0) if known else model.n_clauses
    prior = np.array([background.rate(word) for word in words])
    scores = distinctiveness(now, len(clauses), past, n_past, prior)
    return dict(zip(words, scores.tolist(), strict=True))
