"""What fits a college: its disciplines, and what its editors picked before."""

import re
from dataclasses import dataclass

from recommender.config import College, Department, Settings
from recommender.fold import fold
from recommender.intake.provinces import PROVINCES
from recommender.model import Model, PastPick
from recommender.records import Issue, Project

# A school's name: place, field, kind of school (某省某市商务职业技术学院).
_SCHOOL = re.compile(
    rf"(?:(?:{'|'.join(PROVINCES)})(?:省|市|自治区)?)?(?:[\u4e00-\u9fff]{{2,3}}[市县区])?"
    r"(?P<field>[\u4e00-\u9fff]{2,8}?)(?:职业|技术|技师|高等专科|专科|高级|应用)*(?:学院|大学|学校)"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """themes: the fields of the college, as phrases. picks: the earlier picks of its editors.

    places: names of the college's province and city, most local last. projects: what it has funded.
    departments: as the settings name them.
    """

    themes: tuple[str, ...]
    picks: tuple[PastPick, ...]
    places: tuple[str, ...]
    projects: tuple[Project, ...] = ()
    departments: tuple[Department, ...] = ()


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
        themes=tuple(dict.fromkeys(stated)) or _named_fields(issue, [settings.college.name, *names]),
        picks=tuple(pick for pick in model.picks if pick.issue != issue.key),
        places=_places(settings.college, [issue.institution, settings.college.name, *names]),
        projects=settings.projects,
        departments=settings.departments,
    )


def _named_fields(issue: Issue, institutions: list[str]) -> tuple[str, ...]:
    """Fields told by names: 某市商务职业学院 → 商务, 高等职业教育动态 → 高等职业教育."""
    series = re.sub(r"(?:动态|通讯|简报|快报|参考|信息|资讯|研究)?(?:[（(].*)?$", "", issue.title)
    schools = (_SCHOOL.match(name) for name in (issue.institution, *institutions))
    fields = [school["field"] for school in schools if school and school["field"] not in PROVINCES]
    named = [series] if issue.kind == "bulletin" and 2 <= len(series) <= 12 else []
    return tuple(dict.fromkeys((*named, *fields))) or ("职业教育",)


def _places(college: College, names: list[str]) -> tuple[str, ...]:
    stated = tuple(place for place in (college.province, college.city) if place)
    if stated:
        return stated
    found = (re.match(rf"(?:{'|'.join(PROVINCES)})|[\u4e00-\u9fff]{{2,4}}(?=省|市)", name) for name in names)
    return tuple(dict.fromkeys(place[0] for place in found if place))
