"""Checks that need no picks: is a model whole, and does it follow from the one before?

They catch what measures on a few picks cannot: half a corpus, an emptied word list, picks that went
to other issues, topics that have nothing to do with those the office knows.
"""

from collections.abc import Callable

from recommender.features.identity import compare_topics
from recommender.lifecycle.case import Case, Check, Serving
from recommender.model import Model, PastPick, past_topics
from recommender.recommend.suggest import suggest
from recommender.slips import read_some, slips_of, with_labels

_ONE_TOPIC = 0.95  # share of the emphasis from which one topic has swallowed all others
_LOST_ISSUES = 0.1  # share of the issues that may leave the corpus between two models
_LOST_CLAUSES = 0.2
_CHANGED_PICKS = 0.2  # share of the issues whose picks may be corrected between two models
_FOUND = 0.2  # of the picks in their issue's text, for a first model; misplaced picks have next to none
_CONTINUED = 0.25  # share of the topics, and of the latest list, that must live on
_GROWN = 1.5  # times as many issues: then everything may be new


def check_structure(case: Case) -> tuple[Check, ...]:
    """The checks that apply; those that compare need a serving model."""
    found = [check(case) for check in (_topics, _covers, _labels, _found_labels)]
    if case.serving is not None:
        found += [check(case, case.serving) for check in _COMPARED]
    return tuple(check for check in found if check)


def _topics(case: Case) -> Check:
    """At least two topics, none of which has swallowed the others."""
    number = len(case.model.labels)
    largest = float(case.model.emphasis.mean(axis=0).max(initial=0.0))
    passed = number >= 2 and largest <= _ONE_TOPIC
    text = f"{number} 个主题，最大的一个占 {largest:.0%}"
    return Check("主题", passed, text, "" if passed else "主题分不开，请检查资料库和 [topics] 的设置")


def _covers(case: Case) -> Check:
    missing = {slip.key for slip in slips_of(case.issues)} - set(case.model.issues)
    text = f"学自 {len(case.model.issues)} 期、{case.model.n_clauses} 条条款"
    if missing:
        text += f"，缺第 {_some(missing)} 期"
    return Check("覆盖", not missing, text, "模型没有学全，请重新训练" if missing else "")


def _labels(case: Case) -> Check:
    """The picks that the model learned are those of the corpus, issue by issue."""
    stored = _picks_by_issue(case.model)
    printed = with_labels(case.issues)
    now = {issue.key: {pick.title.removesuffix("研究") for pick in issue.picks} for issue in printed}
    keys = [slip.key for slip in slips_of(case.issues)]
    wrong = [key for key in keys if stored.get(key, set()) != now.get(key, set())]
    text = f"编辑选题 {len(case.model.printed)} 条" + (f"，第 {_some(wrong)} 期与资料库不符" if wrong else "")
    return Check("选题", not wrong, text, "模型记下的选题不对，请重新训练" if wrong else "")


def _found_labels(case: Case) -> Check | None:
    """Picks stand in the text of their own issue: at least half as often as they did before."""
    if not case.model.printed:
        return None
    share = _found(case.model.printed)
    before = _found(case.serving.model.printed) if case.serving and case.serving.model.printed else None
    passed = share >= (_FOUND if before is None else before / 2)
    text = f"编辑选题有 {share:.0%} 能在本期原文里找到出处"
    text += "" if before is None else f"，现用模型时为 {before:.0%}"
    return Check("选题出处", passed, text, "" if passed else "选题与原文对不上，请核对是不是放错了期")


# -- against the model that serves -----------------------------------------------------------------


def _kept_issues(case: Case, serving: Serving) -> Check:
    lost = set(serving.model.issues) - set(case.model.issues)
    most = max(1, int(_LOST_ISSUES * len(serving.model.issues)))
    less = 1 - case.model.n_clauses / max(1, serving.model.n_clauses)
    passed = len(lost) <= most and less <= _LOST_CLAUSES
    text = f"现用模型学过的期次少了 {len(lost)} 期，条款{'少' if less > 0 else '多'}了 {abs(less):.0%}"
    return Check(
        "资料", passed, text, "" if passed else "资料少了许多，请用 ingest 补读，或用 restore 恢复备份"
    )


def _kept_words(case: Case, serving: Serving) -> Check:
    now, before = (_entries(model) for model in (case.model, serving.model))
    lost = before - now
    passed = not lost or len(lost) * 2 <= len(before)
    text = f"词表 {len(now)} 条，比现用模型少了 {len(lost)} 条"
    return Check("词表", passed, text, "" if passed else "词表少了一半以上，请检查 data/lexicon 是不是被清空")


def _kept_labels(case: Case, serving: Serving) -> Check:
    """Editors correct a pick now and then; picks of many issues do not change at once."""
    now, before = _picks_by_issue(case.model), _picks_by_issue(serving.model)
    known = [key for key in serving.model.issues if key in case.model.issues and key in before]
    changed = [key for key in known if now.get(key) != before[key]]
    most = max(1, int(_CHANGED_PICKS * len(known)))
    passed = len(changed) <= most
    text = f"以前各期的选题有 {len(changed)} 期改过" + (f"（第 {_some(changed)} 期）" if changed else "")
    return Check("旧选题", passed, text, "" if passed else "改动太多，请核对这几期的编辑选题是不是错位")


def _continued(case: Case, serving: Serving) -> Check | None:
    """Topics live on, unless the corpus has grown beyond comparison."""
    if len(case.model.issues) >= _GROWN * len(serving.model.issues):
        return None
    change = compare_topics(past_topics(serving.model), past_topics(case.model))
    living = len(serving.model.labels) - len(change.vanished)
    passed = living >= _CONTINUED * len(serving.model.labels)
    text = f"现用模型的 {len(serving.model.labels)} 个主题有 {living} 个延续下来"
    return Check("主题延续", passed, text, "" if passed else "主题几乎全换了，请检查词表和停用词")


def _like_lists(case: Case, serving: Serving) -> Check | None:
    """Without picks to judge by: the latest issue both know gets a list not wholly unlike."""
    learned = set(serving.model.issues)
    known = [slip for slip in slips_of(case.issues) if slip.key in learned]
    if case.scores or not known or len(case.model.issues) >= _GROWN * len(serving.model.issues):
        return None
    (latest,) = read_some(case.issues, known[-1:])
    now, before = (
        {one.title for one in suggest(latest, model, case.settings, case.settings.length)}
        for model in (case.model, serving.model)
    )
    passed = len(now & before) >= _CONTINUED * len(before)
    text = f"第 {latest.key} 期的 {len(before)} 条推荐有 {len(now & before)} 条不变"
    return Check("推荐延续", passed, text, "" if passed else "推荐几乎全换了，请检查设置和词表")


_COMPARED: tuple[Callable[[Case, Serving], Check | None], ...] = (
    *(_kept_issues, _kept_words, _kept_labels, _continued, _like_lists),
)


def _picks_by_issue(model: Model) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pick in model.printed:
        found.setdefault(pick.issue, set()).add(pick.core)
    return found


def _entries(model: Model) -> set[object]:
    lexicon = model.lexicon
    return {*(("词", word) for word in lexicon.words), *lexicon.stopwords, *lexicon.synonyms}


def _found(picks: tuple[PastPick, ...]) -> float:
    return sum(pick.source != "" for pick in picks) / len(picks)


def _some(keys: set[str] | list[str]) -> str:
    shown = sorted(keys)[:5]
    return "、".join(shown) + ("等" if len(keys) > len(shown) else "")
