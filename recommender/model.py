"""What was learned from the corpus, as plain values: the model that suggestions are made with."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from recommender.features.past import CountScore, Past
from recommender.records import Lexicon, Source

ARRAYS, LEARNED = "arrays.npz", "learned.json"


@dataclass(frozen=True, slots=True)
class PastPick:
    """An editors' pick, without 研究, and the kind of place its wording stands in ("" for none).

    weight: 1 for one that was printed, less for one that editors only chose on the page.
    """

    issue: str
    core: str
    source: Source | Literal[""]
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Model:
    """terms, idf: the TF-IDF vocabulary, (n_terms,). components: (n_topics, n_terms), rows sum to 1.

    labels: a readable name a topic, all different. topic_ids: the number that each topic keeps when a
    later model continues it; last_topic_id: the highest ever given. known_as: the labels the program
    gave each topic, latest first. topic_table, topics_chosen_on: the numbers of topics tried, with
    their scores, and the number of texts they were tried on.
    issues: keys in time order; emphasis: (n_issues, n_topics), how strongly each issue stresses
    each topic, rows sum to 1. term_counts: (n_terms,), clauses of the corpus with the term.
    picks: what the editors picked, printed or chosen, with where its wording came from.
    series: (bulletin, publisher) pairs.
    weights: what the picks taught, by feature; weights_without: the same for each issue with picks, as
    if it had none.
    lexicon: the office's words, by which issues must be read as the model's were.
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    components: NDArray[np.float64]
    labels: tuple[str, ...]
    topic_ids: tuple[int, ...]
    known_as: tuple[tuple[str, ...], ...]
    last_topic_id: int
    topic_table: tuple[CountScore, ...]
    topics_chosen_on: int
    issues: tuple[str, ...]
    emphasis: NDArray[np.float64]
    term_counts: NDArray[np.int64]
    n_clauses: int
    picks: tuple[PastPick, ...]
    series: tuple[tuple[str, str], ...]
    lexicon: Lexicon
    weights: Mapping[str, float] = field(default_factory=dict)
    weights_without: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def printed(self) -> tuple[PastPick, ...]:
        """The picks that were printed."""
        return tuple(pick for pick in self.picks if pick.weight == 1)


def past_topics(model: Model) -> Past:
    """The topics of a model as those that a later one may continue."""
    return Past(
        model.topic_ids,
        model.terms,
        model.components,
        model.known_as,
        model.last_topic_id,
        model.topic_table,
        model.topics_chosen_on,
    )


def to_files(model: Model) -> dict[str, bytes]:
    """Arrays without pickled objects, and JSON: nothing in them can execute."""
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        idf=model.idf,
        components=model.components.astype(np.float32),
        emphasis=model.emphasis,
        term_counts=model.term_counts,
    )
    learned = {
        "terms": model.terms,
        "labels": model.labels,
        "topic_ids": model.topic_ids,
        "known_as": model.known_as,
        "last_topic_id": model.last_topic_id,
        "topic_table": [asdict(row) for row in model.topic_table],
        "topics_chosen_on": model.topics_chosen_on,
        "issues": model.issues,
        "n_clauses": model.n_clauses,
        "picks": [asdict(pick) for pick in model.picks],
        "series": model.series,
        "weights": dict(model.weights),
        "weights_without": {key: dict(weights) for key, weights in model.weights_without.items()},
        "lexicon": asdict(model.lexicon),
    }
    text = json.dumps(learned, ensure_ascii=False, indent=1)
    return {ARRAYS: buffer.getvalue(), LEARNED: text.encode()}


def from_files(stored: Mapping[str, bytes]) -> Model:
    """Rebuild a model from the files of its version; ValueError says what does not fit.

    Objects are never unpickled, and arrays of other types or shapes are refused before use.
    """
    try:
        model = _rebuild(stored)
        wrong = _misfits(model)
    except _UNFIT as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if wrong:
        raise ValueError(f"wrong type or shape: {', '.join(wrong)}")
    return model


# what NumPy, zlib and JSON raise for bytes that are not what they should be
_UNFIT = (
    *(KeyError, TypeError, ValueError, AttributeError, EOFError, OSError, RecursionError),
    *(BadZipFile, zlib.error),
)


def _misfits(model: Model) -> list[str]:
    """Names of the parts whose type, shape or values cannot be a model's."""
    n_terms, n_topics, n_issues = len(model.terms), len(model.labels), len(model.issues)
    arrays = {
        "idf": (model.idf, (n_terms,), "f"),
        "components": (model.components, (n_topics, n_terms), "f"),
        "emphasis": (model.emphasis, (n_issues, n_topics), "f"),
        "term_counts": (model.term_counts, (n_terms,), "iu"),
    }
    wrong = [
        name
        for name, (array, shape, kinds) in arrays.items()
        if array.shape != shape or array.dtype.kind not in kinds or not np.isfinite(array).all()
    ]
    counted = {"topic_ids": len(model.topic_ids), "known_as": len(model.known_as)}
    wrong += [name for name, count in counted.items() if count != n_topics]
    learned = [
        *(pick.weight for pick in model.picks),
        *model.weights.values(),
        *(w for held in model.weights_without.values() for w in held.values()),
    ]
    wrong += [] if all(isinstance(one, float | int) and np.isfinite(one) for one in learned) else ["weights"]
    words = (*model.terms, *model.labels, *model.issues)
    return wrong if all(isinstance(word, str) for word in words) else [*wrong, "words"]


def _rebuild(stored: Mapping[str, bytes]) -> Model:
    learned: dict[str, Any] = json.loads(stored[LEARNED])
    with np.load(BytesIO(stored[ARRAYS]), allow_pickle=False) as arrays:
        return Model(
            terms=tuple(learned["terms"]),
            idf=arrays["idf"],
            components=arrays["components"].astype(np.float64),
            labels=tuple(learned["labels"]),
            topic_ids=tuple(int(one) for one in learned["topic_ids"]),
            known_as=tuple(tuple(labels) for labels in learned["known_as"]),
            last_topic_id=int(learned["last_topic_id"]),
            topic_table=tuple(CountScore(**row) for row in learned["topic_table"]),
            topics_chosen_on=int(learned["topics_chosen_on"]),
            issues=tuple(learned["issues"]),
            emphasis=arrays["emphasis"],
            term_counts=arrays["term_counts"],
            n_clauses=int(learned["n_clauses"]),
            picks=tuple(PastPick(**pick) for pick in learned["picks"]),
            series=tuple((title, publisher) for title, publisher in learned["series"]),
            weights=learned["weights"],
            weights_without=learned["weights_without"],
            lexicon=Lexicon(
                words=tuple(learned["lexicon"]["words"]),
                stopwords=tuple(learned["lexicon"]["stopwords"]),
                synonyms=tuple((variant, word) for variant, word in learned["lexicon"]["synonyms"]),
            ),
        )
