"""What fits a college: its disciplines, and what its editors picked before."""

import re
from dataclasses import dataclass

from recommender.config import College, Settings
from recommender.fold import fold
from recommender.intake.agencies import PROVINCES
from recommender.model import Model, PastPick
from recommender.records import Issue

# Words of a college's or bulletin's name that do not tell its field.
_FIELDLESS = re.compile(
    rf"(?:{'|'.join(PROVINCES)})(?:省|市)?|^[\u4e00-\u9fff]{{2,3}}(?:省|市|县|区)|职业技术|职业|技术|技师|高等专科|学院|大学|学校"
    r"|研究[院所室中心]*|科研处|教务处|主办|动态|通讯|简报|快报|参考|信息|资讯|内部资料|[（(].*?[)）]"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """themes: the fields of the college, as phrases. picks: the earlier picks of its editors.

    places: names of the college's province and city, most local last.
    """

    themes: tuple[str, ...]
    picks: tuple[PastPick, ...]
    places: tuple[str, ...]


def build_profile(settings: Settings, model: Model, issue: Issue) -> Profile:
    """The profile an issue is judged by. The issue's own picks are never part of it.

    Without disciplines in the settings, the field is read off the names of college and bulletin.
    """
    stated = (
        *settings.college.disciplines,
        *(name for dep in settings.departments for name in dep.disciplines),
    )
    names = [name for series, name in model.series if fold(series) == fold(issue.title)] or [
        name for _, name in model.series
    ]
    return Profile(
        themes=tuple(dict.fromkeys(stated)) or _named_fields(issue, names),
        picks=tuple(pick for pick in model.picks if pick.issue != issue.key),
        places=_places(settings.college, [issue.institution, settings.college.name, *names]),
    )


def _named_fields(issue: Issue, institutions: list[str]) -> tuple[str, ...]:
    """Fields told by names: 某市商务职业学院 → 商务, 高等职业教育动态 → 高等职业教育."""
    series = re.sub(r"(?:动态|通讯|简报|快报|参考|信息|资讯|研究)?(?:[（(].*)?$", "", issue.title)
    fields = [_FIELDLESS.sub("", name.split(" ")[0]) for name in (issue.institution, *institutions)]
    named = [series] if issue.kind == "bulletin" else []
    return tuple(dict.fromkeys(field for field in (*named, *fields) if 2 <= len(field) <= 12)) or (
        "职业教育",
    )


def _places(college: College, names: list[str]) -> tuple[str, ...]:
    stated = tuple(place for place in (college.province, college.city) if place)
    if stated:
        return stated
    found = (re.match(rf"(?:{'|'.join(PROVINCES)})|[\u4e00-\u9fff]{{2,4}}(?=省|市)", name) for name in names)
    return tuple(dict.fromkeys(place[0] for place in found if place))
