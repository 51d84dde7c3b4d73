"""Narrower titles an investigator could apply with: policy object × discipline × research form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recommender.fold import bare, bigrams
from recommender.recommend.parts import Parsed, event_of, form_of, parse_direction, way_of
from recommender.recommend.wording import content
from recommender.records import Candidate

MAX_TITLE = 40
_MOST = 3
_LONGEST_EVENT = 16  # characters before 背景下: funded titles have 4 to 12 there
_LITTLE = 4  # characters of content, two words
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,})\1")
# A field of education is what a college does, not a subject it teaches.
_EDUCATION_FIELD = re.compile("^(?:高等|中等|现代)?(?:职业|职业技术|成人|继续|终身|技工|高等)教育$")
# Where the direction itself speaks of training people, a title asks what they are taught.
_TRAINING = re.compile("人才|培养|专业|师$|课程|育人|教学")
_TEACHERS = re.compile("教师|师资")
_TRAINED = re.compile("(?:培养|培育|队伍建设|需求对接)$")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a direction is researched.

    subjects: the college's disciplines that fit it, best first, as a title says them (电子商务专业,
    商贸类专业). field: what its document is about, as it stands before an object (服务贸易 …,
    数字乡村建设中的 …); theme: that as a happening (服务贸易发展); both "" where there is no one thing.
    """

    subjects: tuple[str, ...] = ()
    field: str = ""
    theme: str = ""


def narrower_titles(candidate: Candidate, setting: Setting) -> tuple[str, ...]:
    """At most three titles, each ending in 研究 once and holding the direction's object; none where
    the wording carries none.

    >>> from recommender.records import Candidate
    >>> trade = Candidate("推进贸易数字化", "heading", ((0, 0),))
    >>> narrower_titles(trade, Setting(("电子商务专业",)))[0]
    '贸易数字化背景下电子商务专业人才培养模式研究'
    """
    parsed = parse_direction(candidate.core, candidate.source == "title")
    if parsed is None:
        return ()
    made = (f"{wording}研究" for wording in _wordings(parsed, setting))
    return tuple(dict.fromkeys(title for title in made if is_sound(title, parsed)))[:_MOST]


def is_sound(title: str, parsed: Parsed) -> bool:
    """Whether a title is short enough, says no word twice in a row, and holds its object."""
    twice = set(_TWICE.findall(title)) - set(_TWICE.findall(parsed.said))
    held = re.sub("(?<=.{4})(?:建设|构建)$", "", parsed.object)
    return len(title) <= MAX_TITLE and not twice and title.count("研究") == 1 and held in title


def _wordings(parsed: Parsed, setting: Setting) -> Iterator[str]:
    if subject := next((s for s in setting.subjects if not _alike(s, parsed.object)), ""):
        yield from _in_discipline(parsed, subject)
    if not parsed.plain:
        yield f"{parsed.said}的问题与对策"
        yield f"{parsed.said}的影响因素"
        return
    for wording in (way_of(parsed), form_of(parsed)):
        within = _within(wording, parsed, setting)
        yield within if is_sound(f"{within}研究", parsed) else wording


def _within(wording: str, parsed: Parsed, setting: Setting) -> str:
    """A wording whose object hardly tells of what it is, with what its document is about.

    区域布局优化路径 → 服务贸易区域布局优化路径, 引导需求的路径 → 服务贸易发展背景下引导需求的路径.
    """
    if len(content(parsed.object)) > _LITTLE or set(bigrams(parsed.object)) & set(bigrams(setting.theme)):
        return wording
    if wording.startswith(parsed.said) and parsed.verb:
        return f"{setting.theme}背景下{wording}" if setting.theme else wording
    return setting.field + wording


def _in_discipline(parsed: Parsed, subject: str) -> Iterator[str]:
    """What the direction asks of those who are trained in a subject."""
    event = event_of(parsed)
    if not parsed.plain or parsed.head and not parsed.head.trend or len(event) > _LONGEST_EVENT:
        return
    if _TEACHERS.search(event):
        yield f"{subject}{way_of(parsed)}" if parsed.head else ""
    elif not _TRAINING.search(event):
        yield f"{event}背景下{subject}人才培养模式"
    elif _TRAINED.search(event):
        yield f"面向{event}的{subject}课程体系"


def _alike(subject: str, event: str) -> bool:
    """Whether a subject would only repeat the event: 跨境电商发展背景下跨境电商专业."""
    name = re.sub("类?专业$", "", subject)
    shared = set(bigrams(name)) & set(bigrams(event))
    return 2 * len(shared) > len(set(bigrams(name)))


def subject_name(discipline: str, broad: bool) -> str:
    """A discipline as titles name its majors; "" for a field of education.

    broad: a field of the college, which holds several majors.

    >>> subject_name("电子商务", False), subject_name("现代商贸", True), subject_name("职业教育", True)
    ('电子商务专业', '现代商贸类专业', '')
    """
    if _EDUCATION_FIELD.search(discipline) or len(bare(discipline)) > 10:
        return ""
    name = re.sub("类?专业$", "", discipline)
    return f"{name}{'类' if broad and not name.endswith('类') else ''}专业"
