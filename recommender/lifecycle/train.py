"""Learn a model from the issues of the corpus and store it as a version."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from importlib.metadata import version as installed
from pathlib import Path
from types import MappingProxyType

import numpy as np

from recommender import __version__
from recommender.config import College, Settings
from recommender.emphasis.strength import topic_emphasis
from recommender.errors import InputError, IntegrityError
from recommender.evaluation.match import HITS, grade
from recommender.features.identity import Past
from recommender.features.phrases import Phrase, find_phrases
from recommender.features.segment import Cut, engine_name, segmenter
from recommender.features.stopwords import without_stopwords
from recommender.features.tokens import clause_tokens
from recommender.features.vectorise import fit_tfidf
from recommender.lifecycle.manifest import FORMAT
from recommender.lifecycle.registry import (
    find_by_fingerprint,
    list_versions,
    load,
    publish,
    version_id,
)
from recommender.lifecycle.scores import SCORES, score_model, scores_file, summary
from recommender.lifecycle.serving import promote
from recommender.lifecycle.themes import Themes, Wishes, clause_texts, learn_themes
from recommender.model import Model, PastPick, from_files, past_topics, to_files
from recommender.recommend.candidates import find_candidates
from recommender.recommend.features import FEATURES
from recommender.recommend.wording import house_title
from recommender.records import Issue, Lexicon

_MIN_CLAUSES = 5
_NOTHING = Past()
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def fit_model(
    issues: Sequence[Issue],
    settings: Settings,
    lexicon: Lexicon,
    past: Past = _NOTHING,
    names: Mapping[str, str] = _NO_NAMES,
) -> Model:
    """Learn vocabulary, topics and emphasis from issues, given in any order.

    past: the topics of the model that this one follows; those that continue keep their ids.
    names: the office's names of topics, by id or label.
    Raises InputError when there are fewer than five clauses to learn from.
    """
    return _fit(issues, settings, lexicon, past, names)[0]


def _fit(
    issues: Sequence[Issue], settings: Settings, lexicon: Lexicon, past: Past, names: Mapping[str, str]
) -> tuple[Model, Themes]:
    issues = in_time_order(issues)
    by_issue = [clause_tokens(issue, lexicon) for issue in issues]
    texts = [
        text for issue, clauses in zip(issues, by_issue, strict=True) for text in clause_texts(issue, clauses)
    ]
    if len(texts) < _MIN_CLAUSES:
        raise InputError("可学习的条款不足 5 条。请先用 recommender ingest 读入几期动态，再训练。")
    words = [text.tokens.all for text in texts]
    tfidf = fit_tfidf(words)
    cut = segmenter(lexicon.words)
    phrases = corpus_phrases(issues, cut)
    own = own_names(issues, settings.college, cut)
    themes = learn_themes(tfidf, texts, phrases, past, Wishes(settings.topics, names, own))
    index = {term: row for row, term in enumerate(tfidf.terms)}
    counts = Counter(word for tokens in words for word in set(tokens))
    emphasis = [
        topic_emphasis(issue, clauses, index, tfidf.idf, themes.components, settings.authority)
        for issue, clauses in zip(issues, by_issue, strict=True)
    ]
    model = Model(
        terms=tfidf.terms,
        idf=tfidf.idf,
        components=themes.components,
        labels=themes.labels,
        topic_ids=themes.change.ids,
        known_as=themes.known_as,
        last_topic_id=max(past.last_id, *themes.change.ids),
        topic_table=themes.table,
        issues=tuple(issue.key for issue in issues),
        emphasis=np.array(emphasis),
        term_counts=np.array([counts[term] for term in tfidf.terms], dtype=np.int64),
        n_clauses=len(texts),
        picks=tuple(pick for issue in issues for pick in past_picks(issue)),
        series=tuple(dict.fromkeys((i.title, i.institution) for i in issues if i.kind == "bulletin")),
        lexicon=lexicon,
    )
    return model, themes


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
    return find_phrases(run for sentence in sentences for run in without_stopwords(cut(sentence)))


def own_names(issues: Sequence[Issue], college: College, cut: Cut) -> tuple[str, ...]:
    """The proper names of the office: province, city, and the first word of each publisher's name."""
    publishers = {issue.institution for issue in issues} | {college.name}
    first = {cut(name)[0] for name in publishers if cut(name)}
    places = {place for place in (college.province, college.city) if place}
    bare = {place.removesuffix("省").removesuffix("市") for place in places}
    return tuple(sorted(first | places | bare))


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


def fingerprint(
    issues: Sequence[Issue],
    settings: Settings,
    lexicon: Lexicon,
    names: Mapping[str, str] = _NO_NAMES,
) -> str:
    """SHA-256 of what a model is learned from, the program included: equal inputs, equal model (but
    for what it follows), and a newer program trains anew."""
    facts = {
        "program": [__version__, FORMAT, *FEATURES],
        "issues": [asdict(issue) for issue in in_time_order(issues)],
        "settings": asdict(settings),
        "lexicon": asdict(lexicon),
        "names": dict(names),
        "segmenter": engine_name(),
    }
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def train(
    issues: Sequence[Issue],
    settings: Settings,
    models: Path,
    now: datetime,
    lexicon: Lexicon,
    *,
    names: Mapping[str, str] = _NO_NAMES,
) -> str:
    """``make_version``, and let it serve; the version that serves."""
    version = make_version(issues, settings, models, now, lexicon, names=names)
    promote(models, version)
    return version


def make_version(
    issues: Sequence[Issue],
    settings: Settings,
    models: Path,
    now: datetime,
    lexicon: Lexicon,
    *,
    names: Mapping[str, str] = _NO_NAMES,
) -> str:
    """Fit, judge and store a version; its name. Same inputs make no new one.

    Topics that continue those of the serving version keep their ids. names: the office's names of
    topics, by id or label.
    """
    inputs = fingerprint(issues, settings, lexicon, names)
    if known := find_by_fingerprint(models, inputs):
        return known
    past, followed = serving_topics(models)
    model, themes = _fit(issues, settings, lexicon, past, names)
    scores = score_model(issues, model, settings)
    facts = {
        "fingerprint": inputs,
        "trained_at": now.isoformat(timespec="seconds"),
        "libraries": _libraries(),
        "segmenter": engine_name(),
        "settings": asdict(settings),
        "issues": len(issues),
        "issue_range": [model.issues[0], model.issues[-1]],
        "clauses": model.n_clauses,
        "scores": summary(scores),
        "judged_issues": len(scores),
        "topics": list(model.labels),
        "topic_ids": list(model.topic_ids),
        "last_topic_id": model.last_topic_id,
        "topic_counts": [asdict(row) for row in model.topic_table],
        "topic_changes": asdict(themes.change),
        **followed,
    }
    files = {**to_files(model), SCORES: scores_file(scores)}
    return publish(models, version_id(now, inputs), files, facts).name


def _libraries() -> dict[str, str]:
    """The versions of what shapes a model."""
    return {"recommender": __version__} | {
        name: installed(name) for name in ("numpy", "scipy", "scikit-learn")
    }


def serving_topics(models: Path) -> tuple[Past, dict[str, str]]:
    """The topics of the serving version, and which it is: ``follows``, or ``follows_not`` with the
    reason when it cannot be read. Ids count on from the highest of all versions."""
    try:
        stored = load(models)
        past = past_topics(from_files(stored.files))
        followed = {"follows": stored.version}
    except InputError:
        past, followed = Past(), {}
    except (IntegrityError, KeyError, TypeError, ValueError) as error:
        past, followed = Past(), {"follows_not": str(error)}
    return replace(past, last_id=max(past.last_id, _highest_id(models))), followed


def _highest_id(models: Path) -> int:
    """The highest topic id that any readable version gave; 0 without any."""
    highest = 0
    for version in list_versions(models):
        try:
            highest = max(highest, int(load(models, version).facts.get("last_topic_id", 0)))
        except (IntegrityError, TypeError, ValueError):
            continue
    return highest
