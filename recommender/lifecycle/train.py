"""Learn a model from the issues of the corpus and store it as a version."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import numpy as np

from recommender.config import Settings
from recommender.emphasis.strength import topic_emphasis
from recommender.errors import InputError
from recommender.evaluation.match import HITS, grade
from recommender.features.phrases import Phrase, find_phrases
from recommender.features.segment import Cut, engine_name, segmenter
from recommender.features.tokens import clause_tokens
from recommender.features.topics import fit_topics
from recommender.features.vectorise import STOPWORDS, fit_tfidf
from recommender.lifecycle.registry import find_by_fingerprint, promote, publish, version_id
from recommender.model import Model, PastPick, to_files
from recommender.recommend.candidates import find_candidates
from recommender.recommend.wording import house_title
from recommender.records import Issue, Lexicon

_MIN_CLAUSES = 5


def fit_model(
    issues: Sequence[Issue],
    settings: Settings,
    lexicon: Lexicon,
) -> Model:
    """Learn vocabulary, topics and emphasis from issues, given in any order.

    Raises InputError when there are fewer than five clauses to learn from.
    """
    issues = in_time_order(issues)
    by_issue = [clause_tokens(issue, lexicon) for issue in issues]
    texts = [clause.heading + clause.text for clauses in by_issue for clause in clauses]
    texts = [text for text in texts if text]
    if len(texts) < _MIN_CLAUSES:
        raise InputError("可学习的条款不足 5 条。请先用 recommender ingest 读入几期动态，再训练。")
    tfidf = fit_tfidf(texts)
    topics = fit_topics(tfidf, corpus_phrases(issues, segmenter(lexicon.words)), settings.topics)
    index = {term: row for row, term in enumerate(tfidf.terms)}
    counts = Counter(word for text in texts for word in set(text))
    emphasis = [
        topic_emphasis(issue, clauses, index, tfidf.idf, topics.components, settings.authority)
        for issue, clauses in zip(issues, by_issue, strict=True)
    ]
    return Model(
        terms=tfidf.terms,
        idf=tfidf.idf,
        components=topics.components.astype(np.float32).astype(np.float64),
        labels=topics.labels,
        issues=tuple(issue.key for issue in issues),
        emphasis=np.array(emphasis),
        term_counts=np.array([counts[term] for term in tfidf.terms], dtype=np.int64),
        n_clauses=len(texts),
        picks=tuple(pick for issue in issues for pick in past_picks(issue)),
        series=tuple(dict.fromkeys((i.title, i.institution) for i in issues if i.kind == "bulletin")),
        lexicon=lexicon,
    )


def in_time_order(issues: Sequence[Issue]) -> list[Issue]:
    """Issues by date, serial and key, those without a date first: the order never depends on the files."""
    return sorted(issues, key=lambda issue: (issue.date or "", issue.serial or 0, issue.key))


def corpus_phrases(issues: Sequence[Issue], cut: Cut) -> list[Phrase]:
    """Phrases of all clauses; sentences and stop words part them."""
    sentences = (
        part
        for issue in issues
        for document in issue.documents
        for clause in document.clauses
        for part in re.split(r"[，。；：！？、\n]", f"{clause.heading}。{clause.text}")
    )
    return find_phrases(run for sentence in sentences for run in _runs(cut(sentence)))


def _runs(tokens: list[str]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for token in tokens:
        if token in STOPWORDS:
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if len(run) > 1]


def past_picks(issue: Issue) -> list[PastPick]:
    """The picks of an issue, each with the kind of place its wording stands in."""
    candidates = find_candidates(issue) if issue.picks else ()
    return [
        PastPick(
            issue.key,
            pick.title.removesuffix("研究"),
            next((c.source for c in candidates if grade(house_title(c.core), pick.title) in HITS), ""),
        )
        for pick in issue.picks
    ]


def fingerprint(issues: Sequence[Issue], settings: Settings, lexicon: Lexicon) -> str:
    """SHA-256 of everything a model is learned from: equal inputs, equal model."""
    facts = {
        "issues": [asdict(issue) for issue in in_time_order(issues)],
        "settings": asdict(settings),
        "lexicon": asdict(lexicon),
        "segmenter": engine_name(),
    }
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def train(
    issues: Sequence[Issue],
    settings: Settings,
    models: Path,
    now: datetime,
    lexicon: Lexicon,
) -> str:
    """Fit, store and promote a version; the version that serves. Same inputs make no new one."""
    inputs = fingerprint(issues, settings, lexicon)
    known = find_by_fingerprint(models, inputs)
    if known is None:
        model = fit_model(issues, settings, lexicon)
        known = version_id(now, inputs)
        facts = {
            "fingerprint": inputs,
            "trained_at": now.isoformat(timespec="seconds"),
            "segmenter": engine_name(),
            "issues": len(issues),
            "clauses": model.n_clauses,
            "topics": list(model.labels),
        }
        known = publish(models, known, to_files(model), facts).name
    promote(models, known)
    return known
