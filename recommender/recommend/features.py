"""The features of a candidate, in one table: what each measures and how a reason says it.

Values are raw; the ranker turns them into ranks within the issue, so that no scale matters.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from recommender.emphasis.history import load_history
from recommender.emphasis.now import in_burst, rise
from recommender.fold import bare
from recommender.model import PastPick
from recommender.recommend.reading import Reading, Subject, Vector
from recommender.recommend.similar import earlier_than
from recommender.recommend.wording import begins_with_verb
from recommender.records import Document, Source

_RECENT = 6  # issues whose picks a direction should not repeat
_IDEAL, _LONGEST = 6, 26  # characters of a wording that is read at a glance, and of the longest
# Picks' worth of belief in each kind: headings and titles are picked alike, a phrase hardly ever.
_KIND_PRIOR: dict[Source, float] = {"heading": 2.0, "title": 2.0, "phrase": 0.2}
_NOUN_END = re.compile(
    "(?:建设|发展|体系|机制|模式|改革|创新|培养|培育|服务|提升|融合|升级|治理|方式|能力|队伍|平台|转型|路径|数字化|一体化)$"
)


@dataclass(frozen=True, slots=True)
class Feature:
    """label: its name for the reader. measure: larger is better. weight: the stated prior.

    why: the reason for the weight, as an editor would accept it. ranked: the ranker looks at the
    rank of the value among candidates of the same kind; else at the value itself, which then is a
    log ratio whose weight is not learned. from_picks: it looks at earlier picks.
    """

    label: str
    measure: Callable[[Subject, Reading], float]
    weight: float
    why: str
    ranked: bool = True
    from_picks: bool = False


def document_of(subject: Subject, reading: Reading) -> Document:
    """The document in which the candidate was found."""
    return reading.issue.documents[subject.candidate.places[0][0]]


def fit(subject: Subject, reading: Reading) -> float:
    """Nearness of meaning to the college's fields, cosine −1 … 1."""
    return _nearest(subject.vector, reading)


def habit(subject: Subject, reading: Reading) -> float:
    """Nearness of meaning to the mean of earlier picks, cosine −1 … 1; 0 without picks."""
    return float(subject.vector @ reading.habit)


def context(subject: Subject, reading: Reading) -> float:
    """Nearness of the whole document to fields and earlier picks, cosine −1 … 1."""
    vector = reading.documents[subject.candidate.places[0][0]]
    return max(_nearest(vector, reading), float(vector @ reading.habit))


def distinct(subject: Subject, reading: Reading) -> float:
    """Mean z-score of the words: stressed by this issue beyond its past and the background."""
    scores = [reading.stressed.get(word, 0.0) for word in subject.words]
    return float(np.mean(scores)) if scores else 0.0


def emphasis(subject: Subject, reading: Reading) -> float:
    """The issue's emphasis on the candidate's topics, 0 … 1, headings and authority weighted."""
    return float(subject.topics @ reading.shares)


def rising(subject: Subject, reading: Reading) -> float:
    """How far policy at large takes the wording up at the date of the issue, −1 … 1."""
    return rise(subject.terms, load_history(), reading.as_of)


def bursting(subject: Subject, reading: Reading) -> float:
    """Share of the wording's terms that are in a burst at the date of the issue, 0 … 1."""
    return in_burst(subject.terms, load_history(), reading.as_of)


def authority(subject: Subject, reading: Reading) -> float:
    """Authority of the issuing level as the settings state it, 0 … 1."""
    return reading.authority[document_of(subject, reading).level]


def home(subject: Subject, reading: Reading) -> float:
    """1 when the college's own province or city issued the document, else 0."""
    issuers = document_of(subject, reading).issuers
    return float(any(place in issuer for place in reading.profile.places for issuer in issuers))


def researchable(subject: Subject, reading: Reading) -> float:
    """Mean log ratio of the words' rate in funded research titles to their rate in policy."""
    scores = [reading.background.researchability(word) for word in subject.words]
    return float(np.mean(scores)) if scores else -9.0


def wording(subject: Subject, reading: Reading) -> float:
    """1 for a short wording down to 0 for the longest; less when it is neither verb and object
    nor ends as a noun does."""
    core = subject.candidate.core
    length = min(max(len(bare(core)), _IDEAL), _LONGEST)
    shaped = begins_with_verb(core) or bool(_NOUN_END.search(core))
    return (_LONGEST - length) / (_LONGEST - _IDEAL) - (0.0 if shaped else 0.4)


def novelty(subject: Subject, reading: Reading) -> float:
    """Minus how far the direction is already done, −1 … 0: the share of its wording picked as one
    of the issues before, by the pick's weight, or its similarity to a project funded in an earlier year."""
    printed = [pick.weight * overlap(subject.candidate.core, pick.core) for pick in recent_picks(reading)]
    funded = [project.similarity for project in earlier_than(subject.projects, reading.as_of)]
    return -max(printed + funded, default=0.0)


def recent_picks(reading: Reading) -> list[PastPick]:
    """The picks of the issues just before this one, which a direction should not repeat."""
    earlier = reading.model.issues
    if reading.issue.key in earlier:
        earlier = earlier[: earlier.index(reading.issue.key)]
    return [pick for pick in reading.profile.picks if pick.issue in set(earlier[-_RECENT:])]


def kind(subject: Subject, reading: Reading) -> float:
    """Log ratio of this kind's share of earlier picks to its share of the candidates.

    A prior of two picks each keeps a few labels from outvoting common sense: with none, titles are
    favoured, as editors do who pick themes of titles and clauses alike although an issue has ten
    times as many clauses; recurring phrases are hardly believed in.
    """
    source = subject.candidate.source
    picked = [pick for pick in reading.profile.picks if pick.source]
    belief = sum(_KIND_PRIOR[kind] for kind in reading.pool)
    alike = sum(pick.weight for pick in picked if pick.source == source)
    share = (alike + _KIND_PRIOR[source]) / (sum(pick.weight for pick in picked) + belief)
    return math.log(share / (reading.pool[source] / sum(reading.pool.values())))


def overlap(one: str, other: str) -> float:
    """Longest common subsequence as a share of the longer wording, 0 … 1."""
    a, b = bare(one), bare(other)
    return LCSseq.similarity(a, b) / max(len(a), len(b), 1)


def _nearest(vector: Vector, reading: Reading) -> float:
    return max((float(vector @ theme) for theme in reading.themes), default=0.0)


FEATURES: dict[str, Feature] = {
    "fit": Feature("专业契合", fit, 1.0, "选题要由本校的专业来做"),
    "habit": Feature("选题习惯", habit, 1.0, "编辑选过的，最能说明什么合适", from_picks=True),
    "context": Feature("文件契合", context, 1.0, "与学校无关的文件，其中的条款也少有人选", from_picks=True),
    "wording": Feature("措辞简明", wording, 1.0, "短而完整的动宾或名词短语才像题目"),
    "distinct": Feature("本期突出", distinct, 0.5, "比以往和一般政策说得更多的，才是新动向"),
    "researchable": Feature("可研究性", researchable, 0.5, "研究者愿意立项的词，多于公文套话"),
    "emphasis": Feature("主题关注", emphasis, 0.3, "本期着力的主题优先"),
    "rising": Feature("政策升温", rising, 0.3, "各省近两年越来越多地提到的，正当其时"),
    "bursting": Feature("政策突现", bursting, 0.2, "正处在突现期的提法最受关注"),
    "authority": Feature("发文层级", authority, 0.2, "层级高的文件影响大"),
    "home": Feature("本地政策", home, 0.3, "本省本市的政策，学校最用得上"),
    "novelty": Feature("不与近期重复", novelty, 0.3, "近几期选过的、学校已经立项的不必再选", from_picks=True),
    "kind": Feature(
        "选题来源", kind, 0.5, "条款标题和文件主题各占多少，随编辑的选择", ranked=False, from_picks=True
    ),
}
