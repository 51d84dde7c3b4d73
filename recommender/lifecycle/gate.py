"""May a new model take the place of the one that serves? Checks, each with a sentence for the office.

A measure may fall by no more than chance explains: half the bootstrap interval of the paired
difference over the same issues, widened for few issues; at least one pick's worth (one pick found or
lost never decides), at most ``MOST_ALLOWED``. What is compared: with the serving model, with the best
one so far (the floors, so that many small losses do not add up), and where there is neither, with chance.
"""

from collections.abc import Sequence

from recommender.evaluation.baselines import RANDOM, compare_baselines
from recommender.evaluation.bootstrap import difference_interval, expanded_level
from recommender.evaluation.metrics import MEASURES
from recommender.lifecycle.case import Case, Check
from recommender.lifecycle.floors import GUARDED
from recommender.lifecycle.scores import Scores, common_issues, summary
from recommender.lifecycle.structure import check_structure
from recommender.parallel import ALONE, Workers
from recommender.slips import with_labels

# One-sided, over two measures against two references: a model as good as before falls out below in
# one of twenty retrains at most (Bonferroni).
_LEVEL = 1 - 2 * 0.05 / (2 * len(GUARDED))
MOST_ALLOWED = 0.15


def judge(case: Case, workers: Workers = ALONE) -> tuple[Check, ...]:
    """Every check of a new model; it may serve when all passed."""
    return (*check_structure(case), *check_quality(case, workers))


def check_quality(case: Case, workers: Workers = ALONE) -> tuple[Check, ...]:
    """The measures against the serving model and the floors; a workspace without any pick has none."""
    if not case.scores:
        if not case.floors.scores and not (case.serving and case.serving.model.printed):
            return ()
        text = "以前有编辑选题可以对照，现在一期也没有，无从检验"
        return (Check("对照", False, text, "请检查资料库里的各期动态是不是还有编辑选题"),)
    found = [
        *(_compare(case.scores, case.serving.scores, "现用模型") if case.serving else ()),
        *_compare(case.scores, case.floors.scores, "历来最好"),
    ]
    return tuple(found) or (_above_chance(case, workers),)


def _compare(new: Scores, old: Scores, whose: str) -> list[Check]:
    keys = common_issues(new, old)
    return [_measure(new, old, keys, name, whose) for name in GUARDED] if keys else []


def _measure(new: Scores, old: Scores, keys: Sequence[str], name: str, whose: str) -> Check:
    now, before = ([scores[key].value(name) for key in keys] for scores in (new, old))
    level = expanded_level(_LEVEL, len(keys)) if len(keys) > 1 else _LEVEL
    found = difference_interval(now, before, level)
    allowed = _allowed(found.half_width, sum(len(new[key].picks) for key in keys))
    passed = found.mean >= -allowed - 1e-9
    said = "没有下降" if found.mean >= 0 else f"下降 {-found.mean:.3f}，允许的波动 {allowed:.3f}"
    means = f"新模型 {sum(now) / len(now):.3f}，{whose} {sum(before) / len(before):.3f}"
    text = f"{MEASURES[name].label}（{len(keys)} 期）：{means}，{said}"
    return Check(f"{name} 对{whose}", passed, text, "" if passed else "新模型变差了，请看看最近改了什么")


def _allowed(half_width: float, picks: int) -> float:
    one_pick = 1 / picks
    return max(one_pick, min(half_width, MOST_ALLOWED))


def _above_chance(case: Case, workers: Workers) -> Check:
    """The first model that is judged: no worse than random order of its own candidates."""
    judged = [issue for issue in with_labels(case.issues) if issue.key in case.scores]
    chance = compare_baselines(judged, case.model, workers)[RANDOM[0]]
    means = summary(case.scores)
    allowed = 1 / sum(len(one.picks) for one in case.scores.values())
    poor = [name for name in GUARDED if means[name] < chance[name] - allowed]
    shown = "；".join(
        f"{MEASURES[name].label} {means[name]:.3f}，随机 {chance[name]:.3f}" for name in GUARDED
    )
    return Check(
        "对随机排序", not poor, shown, "推荐还不如随机排序，请检查编辑选题读得对不对" if poor else ""
    )
