"""Whom a direction suits: the departments and disciplines of a college that are near to it."""

import re

from recommender.fold import bare
from recommender.recommend.narrower import Setting, subject_name
from recommender.recommend.objects import title_objects
from recommender.recommend.reading import Reading, Subject

_MANNER = "高质量|高水平|健康|有序|规范|持续|加快|全面|融合|创新|改革"
_GROWTH = f"(?:{_MANNER})*(?P<last>发展|建设|开放|提升|培育|振兴|改革)"
# Vocational education itself: whatever a college teaches is researched under it.
_SCHOOLING = re.compile(
    "职业教育|产教|校企|职业院校|高职|双师|学徒|实训基地|技能人才|教育强国|高等教育|课程思政|育人|融入教育教学"
)


def departments_for(subject: Subject, reading: Reading) -> tuple[str, ...]:
    """The departments of which a discipline fits a direction, best first; none when none fits."""
    fit = fits(subject, reading)
    best = {
        department.name: max((fit.get(name, 0.0) for name in department.disciplines), default=0.0)
        for department in reading.profile.departments
    }
    return tuple(name for name in sorted(best, key=lambda name: -best[name]) if best[name])


def fits(subject: Subject, reading: Reading) -> dict[str, float]:
    """The disciplines that fit a direction, with their cosine, or 1 where the direction names them."""
    core = bare(subject.candidate.core)
    near = {
        theme: 1.0 if bare(theme) in core else float(subject.vector @ vector)
        for theme, vector in zip(reading.profile.themes, reading.themes, strict=True)
    }
    return {
        name: near[name] for name, least in zip(near, reading.fits_from, strict=True) if near[name] >= least
    }


def setting_for(subject: Subject, reading: Reading) -> Setting:
    """The college's subjects that fit a direction, and what its document is about."""
    return Setting(_subjects(subject, reading), *_about(subject, reading))


def _subjects(subject: Subject, reading: Reading) -> tuple[str, ...]:
    """Names of majors, best first; for vocational education itself, any, as the settings list them."""
    profile, fit = reading.profile, fits(subject, reading)
    near = sorted(fit, key=lambda name: -fit[name])
    if _SCHOOLING.search(subject.candidate.core):
        near += profile.themes
    taught = {name for department in profile.departments for name in department.disciplines}
    names = (subject_name(name, broad=name not in taught) for name in near)
    return tuple(dict.fromkeys(name for name in names if name))


def _about(subject: Subject, reading: Reading) -> tuple[str, str]:
    """What a clause's document is about, as titles put it before an object and before 背景下; "" twice
    where that is not one thing.

    关于促进服务贸易高质量发展的意见 → 服务贸易, 服务贸易高质量发展; 关于推进数字乡村建设的意见 →
    数字乡村建设中的, 数字乡村建设: what is still being built has no parts yet.
    """
    if subject.candidate.source != "heading":
        return "", ""
    objects = title_objects(reading.issue.documents[subject.candidate.places[0][0]].name)
    found = re.fullmatch(f"(?P<field>.{{3,}}?)(?:{_GROWTH})+", objects[0]) if len(objects) == 1 else None
    if not found:
        return "", ""
    whole = found["last"] in ("发展", "开放", "提升", "培育")
    return found["field"] if whole else f"{objects[0]}中的", objects[0]
