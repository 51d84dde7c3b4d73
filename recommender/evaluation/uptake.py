"""What share of the suggested directions the editors took: in all, by the college's fields, by topic."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from recommender.choices.labels import judgements_of
from recommender.choices.listing import Decision, Lists
from recommender.config import Settings
from recommender.model import Model
from recommender.recommend.judge import judge
from recommender.recommend.reading import read_candidates
from recommender.recommend.suited import fits
from recommender.records import Candidate, Issue

WINDOW = 10  # issues looked back on
# Fewer judgements say nothing: were taking and leaving a toss, five of one kind come once in 16.
LEAST = 5
_TITLES = 1000  # of an issue whose kinds are kept
_NUMERALS = "一二三四五六七八九十"

Kind = tuple[str, str]  # the field a direction fits best and its topic; "" for none
KindOf = Callable[[str], Kind]  # by the direction's title


@dataclass(frozen=True, slots=True)
class Uptake:
    """Directions of one kind: how many were judged, how many of those taken."""

    name: str
    judged: int
    taken: int

    @property
    def share(self) -> float:
        return self.taken / self.judged


@dataclass(frozen=True, slots=True)
class Learned:
    """What the last issues with judgements show; each direction counts once, however many judged it.

    issues: their keys, oldest first. whole: all suggested directions. fields, topics: those with at
    least LEAST judgements, and not all of them, most judged first. own: directions the editors added;
    reworded: taken in other words; divided: judged differently by as many, and counted nowhere.
    reasons: why directions were left out, with how often that was written. sentences: all in words.
    """

    issues: tuple[str, ...]
    whole: Uptake
    fields: tuple[Uptake, ...] = ()
    topics: tuple[Uptake, ...] = ()
    own: int = 0
    reworded: int = 0
    divided: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A direction and the decisions of all editors on it."""

    issue: str
    decisions: tuple[Decision, ...]

    @property
    def title(self) -> str:
        return self.decisions[0].title

    @property
    def balance(self) -> int:
        """Editors who took it less those who left it out."""
        return sum(1 if one.verdict == "accepted" else -1 for one in self.decisions)


def kinds_in(issue: Issue, model: Model, settings: Settings) -> KindOf:
    """Tells the kind of a direction of this issue by its title, each title found out once; that the
    issue is read for it takes a good part of a second."""
    reading = judge(issue, (), model, settings).reading

    @lru_cache(_TITLES)
    def kind_of(title: str) -> Kind:
        (subject,) = read_candidates([Candidate(title.removesuffix("研究"), "heading", ((0, -1),))], reading)
        near = fits(subject, reading)
        best = max(near, key=lambda name: near[name], default="")
        return best, model.labels[subject.topic] if subject.topic is not None else ""

    return kind_of


def learned(lists: Lists, issues: Sequence[str], kinds: Callable[[str], KindOf]) -> Learned:
    """What the lists of the editors show. issues: the keys of the corpus in time order, by which the
    last are known. kinds: ``kinds_in`` by an issue's key."""
    everything = [_Judged(key, tuple(made.values())) for (key, _), made in judgements_of(lists).items()]
    with_any = {one.issue for one in everything}
    recent = [key for key in issues if key in with_any][-WINDOW:]
    judged = [one for one in everything if one.issue in recent]
    suggested = [one for one in judged if not all(decision.own for decision in one.decisions)]
    clear = [one for one in suggested if one.balance]
    kind_of = {key: kinds(key) for key in recent}
    found_kinds = [kind_of[one.issue](one.title) for one in clear]
    found = Learned(
        issues=tuple(recent),
        whole=_uptake("全部", clear),
        fields=_uptakes(clear, [kind[0] for kind in found_kinds]),
        topics=_uptakes(clear, [kind[1] for kind in found_kinds]),
        own=sum(one.balance > 0 for one in judged) - sum(one.balance > 0 for one in suggested),
        reworded=sum(one.balance > 0 and any(d.edited for d in one.decisions) for one in suggested),
        divided=len(suggested) - len(clear),
        reasons=_reasons(suggested),
    )
    return replace(found, sentences=_sentences(found))


def _uptake(name: str, judged: Sequence[_Judged]) -> Uptake:
    return Uptake(name, len(judged), sum(one.balance > 0 for one in judged))


def _uptakes(judged: Sequence[_Judged], names: Sequence[str]) -> tuple[Uptake, ...]:
    groups: defaultdict[str, list[_Judged]] = defaultdict(list)
    for one, name in zip(judged, names, strict=True):
        groups[name].append(one)
    telling = (name for name, group in groups.items() if name and LEAST <= len(group) < len(judged))
    found = [_uptake(name, groups[name]) for name in telling]
    return tuple(sorted(found, key=lambda one: (-one.judged, one.name)))


def _reasons(judged: Sequence[_Judged]) -> dict[str, int]:
    said = Counter(d.reason for one in judged for d in one.decisions if d.verdict == "rejected" and d.reason)
    return dict(sorted(said.items(), key=lambda pair: (-pair[1], pair[0])))


def _sentences(found: Learned) -> tuple[str, ...]:
    if not found.issues:
        return ("还没有人判断过推荐的方向，没有可说的。",)
    when = f"近{_NUMERALS[len(found.issues) - 1]}期"
    said = []
    if found.whole.judged >= LEAST:
        said.append(f"{when}：推荐的方向采纳率 {_share(found.whole)}")
        said += [f"{when}：{one.name}类选题采纳率 {_share(one)}" for one in found.fields]
        said += [f"{when}：“{one.name}”主题采纳率 {_share(one)}" for one in found.topics]
    else:
        said.append(f"{when}只判断过 {found.whole.judged} 条推荐，不足 {LEAST} 条，还看不出什么")
    if found.own or found.reworded:
        said.append(f"编辑自拟 {found.own} 条，改了措辞采用 {found.reworded} 条")
    if found.divided:
        said.append(f"意见不一的 {found.divided} 条没有计入")
    if often := [f"{reason}（{count} 条）" for reason, count in found.reasons.items() if count > 1]:
        said.append(f"不采纳的理由里常见的：{'、'.join(often[:LEAST])}")
    return tuple(f"{sentence}。" for sentence in said)


def _share(one: Uptake) -> str:
    return f"{one.share:.0%}（{one.judged} 条中 {one.taken} 条）"
