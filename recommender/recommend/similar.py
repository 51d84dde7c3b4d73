"""Which funded projects of the college a direction resembles, and how much."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.recommend.rank import dice
from recommender.recommend.wording import content
from recommender.records import Project, SimilarProject

# Of 300,000 pairs of a policy heading and an unrelated funded title 103 reach it, so that in an
# issue of 100 directions a list of 30 projects raises about one flag by chance; a direction and a
# title on the same object mostly stand at 0.6 to 0.8.
SIMILAR = 0.5
_MOST = 3
# The research form says how a title studies its object, not what: …的影响因素与对策研究.
_FORM = re.compile(
    r"(?:[—–\-:：].*|[（(][^（）()]*[）)]\s*)$"
    r"|(?:及其?|与|和|的)?(?:理论|实践|实证|应用|调查|比较|跟踪|综合|对策|策略|路径|途径|机制|模式|问题|现状|影响因素|研究)$"
)


@dataclass(frozen=True, eq=False)
class Funded:
    """A funded project as directions are compared with it: its meaning is a unit vector."""

    project: Project
    vector: NDArray[np.float32]


def similarity(core: str, title: str, cosine: float) -> float:
    """Mean of likeness of wording and of meaning, 0 … 1.

    Wording is the Dice coefficient of character bigrams, without research forms, with or without
    the words any policy uses, whichever is larger; meaning is the cosine of word vectors, at least 0.
    Wording alone misses 跨境电商 for 跨境电子商务, meaning alone takes any two titles on trade for one.
    """
    object_ = title_object(title)
    spoken, told = content(core), content(object_)
    wording = max(dice(core, object_), dice(spoken, told) if spoken and told else 0.0)
    return round((wording + min(max(cosine, 0.0), 1.0)) / 2, 4)


def title_object(title: str) -> str:
    """What a project's title is about, without its research form and subtitle.

    >>> title_object("跨境电商海外仓建设的影响因素与对策研究——以示例市为例")
    '跨境电商海外仓建设'
    """
    before, text = "", title.strip()
    while before != text:
        before, text = text, _FORM.sub("", text)
    return text or title


def similar_projects(
    core: str, vector: NDArray[np.float32], funded: Sequence[Funded]
) -> tuple[SimilarProject, ...]:
    """The funded projects like a direction, most similar first, newest first among equals."""
    scored = (
        (similarity(core, one.project.title, float(vector @ one.vector)), one.project) for one in funded
    )
    ordered = sorted(
        ((score, project) for score, project in scored if score >= SIMILAR),
        key=lambda pair: (-pair[0], -pair[1].year, pair[1].title),
    )
    return tuple(SimilarProject(p.title, p.year, p.department, score) for score, p in ordered[:_MOST])


def earlier_than(projects: Iterable[SimilarProject], date: str) -> list[SimilarProject]:
    """Those funded in a year before the date's.

    A project of the same year may have grown out of the very issue, and a comparison must not know
    what came of an issue; the list still shows it beside the direction.
    """
    return [project for project in projects if project.year < int(date[:4])]
