"""Learn a model from the issues of the corpus and store it as a version."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from recommender import __version__
from recommender.choices.labels import Label
from recommender.config import College, Settings
from recommender.emphasis.strength import directions_of
from recommender.errors import InputError, IntegrityError
from recommender.evaluation.match import is_hit
from recommender.features.kept import NOWHERE, Keeping, Kept, with_kept
from recommender.features.past import Past, earlier_topics
from recommender.features.segment import Cut, engine_name, segmenter
from recommender.lifecycle.gathered import (
    emphasis_in,
    gather,
    method_of,
    phrases_of,
    take_in,
    texts_of,
    tfidf_of,
)
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
from recommender.model import Model, PastPick, from_files, past_topics, to_files
from recommender.recommend.candidates import find_candidates
from recommender.recommend.features import FEATURES
from recommender.recommend.lessons import CHOSEN, labels_by_issue, learned_weights, says
from recommender.recommend.wording import house_title
from recommender.records import Issue, Lexicon, Source
from recommender.slips import in_time_order, slips_of, with_labels

if TYPE_CHECKING:
    from recommender.lifecycle.themes import Themes

_MIN_CLAUSES = 5
_NOTHING = Past()


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a model is learned from: issues in any order, settings, the office's words.

    names: the office's names of topics, by id or label. choices: what editors chose or left out on the
    page.
    """

    issues: Sequence[Issue]
    settings: Settings
    lexicon: Lexicon
    names: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Label] = ()


def fit_model(lessons: Lessons, past: Past = _NOTHING, kept: Kept | None = None) -> Model:
    """Learn vocabulary, topics and emphasis.

    past: the topics of the model that this one follows; those that continue keep their ids.
    kept: what earlier fits by the same words found out about issues.
    Raises InputError when there are fewer than five clauses to learn from.
    """
    if kept is not None:
        return _fit(lessons, past, kept, NOWHERE)[0]
    return _kept_fit(lessons, past, NOWHERE)[0]


def _kept_fit(lessons: Lessons, past: Past, keeping: Keeping) -> "tuple[Model, Themes]":
    method = method_of(lessons.lexicon)
    return with_kept(keeping, method, lambda kept: _fit(lessons, past, kept, keeping))


def _fit(lessons: Lessons, past: Past, kept: Kept, keeping: Keeping) -> "tuple[Model, Themes]":
    settings, lexicon, tell = lessons.settings, lessons.lexicon, keeping.tell
    slips = in_time_order(slips_of(lessons.issues))
    take_in(lessons.issues, slips, lexicon, kept, keeping)
    if sum(kept.texts().values()) < _MIN_CLAUSES:
        raise InputError("可学习的条款不足 5 条。请先用 recommender ingest 读入几期动态，再训练。")
    tell("汇总各期的词语")
    gathered = gather(slips, kept)
    vocabulary, tfidf = gathered.vocabulary, tfidf_of(gathered)
    earlier = earlier_topics(past, tfidf.terms, gathered.n_texts, settings.topics)
    tell("整理词组")
    phrases = () if earlier.settled else phrases_of(gathered, kept)  # settled topics keep their names
    texts = texts_of(gathered, None if earlier.settled else kept)
    own = own_names(gathered.publishers, settings.college, segmenter(lexicon.words))
    tell("学习主题")
    from recommender.lifecycle.themes import Wishes, learn_themes  # brings scikit-learn, for nothing else

    themes = learn_themes(tfidf, texts, phrases, earlier, past, Wishes(settings.topics, lessons.names, own))
    tell("计算各期对各主题的关注度")
    directions = directions_of(themes.components)
    chosen = labels_by_issue(lessons.choices)
    labelled = in_time_order(with_labels(lessons.issues, chosen))
    model = Model(
        terms=vocabulary.terms,
        idf=vocabulary.idf,
        components=themes.components,
        labels=themes.labels,
        topic_ids=themes.change.ids,
        known_as=themes.known_as,
        last_topic_id=max(past.last_id, *themes.change.ids),
        topic_table=themes.table,
        topics_chosen_on=past.chosen_on if earlier.settled else gathered.n_texts,
        issues=tuple(slip.key for slip in slips),
        emphasis=emphasis_in(slips, kept, vocabulary, directions, settings.authority),
        term_counts=vocabulary.texts,
        n_clauses=gathered.n_texts,
        picks=tuple(pick for issue in labelled for pick in past_picks(issue, chosen.get(issue.key, ()))),
        series=gathered.series,
        lexicon=lexicon,
    )
    tell("从编辑选题学习各项理由的轻重")
    weights, without = learned_weights(labelled, lessons.choices, model, settings, is_hit)
    return replace(model, weights=weights, weights_without=without), themes


def own_names(publishers: Collection[str], college: College, cut: Cut) -> tuple[str, ...]:
    """The proper names of the office: province, city, and the first word of each publisher's name."""
    first = {cut(name)[0] for name in {*publishers, college.name} if cut(name)}
    places = {place for place in (college.province, college.city) if place}
    bare = {place.removesuffix("省").removesuffix("市") for place in places}
    return tuple(sorted(first | places | bare))


def past_picks(issue: Issue, choices: Sequence[Label] = ()) -> list[PastPick]:
    """The picks of an issue, each with the kind of place its wording stands in: those printed, then
    those chosen that none of them says, by their weight."""
    taken = _once([label for label in choices if label.vote > 0 and not _is_printed(label, issue)])
    candidates = find_candidates(issue) if issue.picks or taken else ()

    def pick(title: str, weight: float) -> PastPick:
        source: Source | Literal[""] = next(
            (one.source for one in candidates if is_hit(house_title(one.core), title)), ""
        )
        return PastPick(issue.key, title.removesuffix("研究"), source, weight)

    printed = [pick(one.title, 1.0) for one in issue.picks]
    return printed + [pick(house_title(label.wordings[0]), CHOSEN * label.vote) for label in taken]


def _once(labels: Sequence[Label]) -> list[Label]:
    """Of labels that say the same in other words the first: two editors may have found each their own."""
    kept: list[Label] = []
    for label in labels:
        if not any(says(one, wording, is_hit) for one in kept for wording in label.wordings):
            kept.append(label)
    return kept


def _is_printed(label: Label, issue: Issue) -> bool:
    return any(says(label, pick.title, is_hit) for pick in issue.picks)


def fingerprint(lessons: Lessons) -> str:
    """SHA-256 of what a model is learned from, the program included: equal inputs, equal model (but
    for what it follows), and a newer program trains anew."""
    facts = {
        "program": [__version__, FORMAT, *FEATURES],
        "issues": [(slip.key, slip.digest) for slip in in_time_order(slips_of(lessons.issues))],
        "settings": asdict(lessons.settings),
        "lexicon": asdict(lessons.lexicon),
        "choices": [(one.issue, one.title, one.wordings, one.vote) for one in lessons.choices],
        "names": dict(lessons.names),
        "segmenter": engine_name(),
    }
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def train(lessons: Lessons, models: Path, now: datetime, keeping: Keeping = NOWHERE) -> str:
    """``make_version``, and let it serve; the version that serves."""
    version = make_version(lessons, models, now, keeping)
    promote(models, version)
    return version


def make_version(lessons: Lessons, models: Path, now: datetime, keeping: Keeping = NOWHERE) -> str:
    """Fit, judge and store a version; its name. Same inputs make no new one.

    Topics that continue those of the serving version keep their ids. keeping: where to keep
    what was found out about each issue, and who counts it and judges.
    """
    inputs = fingerprint(lessons)
    if known := find_by_fingerprint(models, inputs):
        return known
    past, followed = serving_topics(models)
    model, themes = _kept_fit(lessons, past, keeping)
    keeping.tell("检验：不看选题，逐期推荐")
    scores = score_model(with_labels(lessons.issues), model, lessons.settings, keeping.workers)
    facts = {
        "fingerprint": inputs,
        "trained_at": now.isoformat(timespec="seconds"),
        "libraries": _libraries(),
        "segmenter": engine_name(),
        "settings": asdict(lessons.settings),
        "issues": len(lessons.issues),
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
    needed = ("numpy", "scipy", "scikit-learn")
    return {"recommender": __version__} | {name: installed(name) for name in needed}


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
