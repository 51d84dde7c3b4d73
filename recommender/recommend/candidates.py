"""Possible directions of an issue: clause headings, objects of document titles, phrases."""

import re
from collections.abc import Iterable, Iterator, Sequence

from recommender.fold import bare, fold
from recommender.recommend.frames import is_statement, unframed
from recommender.recommend.objects import title_objects
from recommender.recommend.official import without_province
from recommender.recommend.wording import content, is_administrative, is_formal, is_slogan, trim_heading
from recommender.records import Candidate, Clause, Document, Issue

_SPOKEN = re.compile(r"^(?:.[是要]|首先|其次|再次|再者|然后|最后|第[一二三四五六七八九十]{1,2})$")
_ARTICLE = re.compile("第.+条")
# A sentence, a figure or an announcement, not a direction.
_ODD = re.compile(
    r"[。！？!?；;…%％○]|\d{3,}|\d[\d.]*[万亿多余个名家所人项]|(?<!实事求)是(?!否)"
    r"|^(?:把(?![握关])|让(?!利))|如何|怎[么样]|为何|[了吗呢]$|(?:名单|发布|表扬|通知)$"
)
_NOUN_END = re.compile(
    "(?:建设|改革|发展|体系|机制|模式|路径|培养|融合|创新|方案|计划|意见|规划|办法|措施|做法|经验|实践|探索)$"
)
MAX_HEADING, MAX_TITLE = 23, 30  # with 研究 a heading fits 25 characters


def find_candidates(issue: Issue, phrases: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """All directions an issue offers, one of each wording, in reading order.

    phrases: further wordings (recurring phrases of the issue), tried after headings and titles.
    The same words found twice are one candidate with several places.
    """
    merged: dict[str, Candidate] = {}
    said = [[fold(_text(clause)) for clause in document.clauses] for document in issue.documents]
    for found in (*_from_headings(issue), *_from_titles(issue, said), *_from_phrases(said, phrases)):
        key = bare(found.core)
        known = merged.get(key)
        places = tuple(dict.fromkeys((known.places if known else ()) + found.places))
        merged[key] = Candidate(
            known.core if known else found.core, known.source if known else found.source, places
        )
    return tuple(merged.values())


def is_direction(core: str, limit: int) -> bool:
    """Whether a wording could be researched: long enough, no sentence, no empty phrase.

    >>> is_direction("推进贸易数字化", 22), is_direction("加强组织领导", 22), is_direction("取得突破。", 22)
    (True, False, False)
    """
    return (
        4 <= len(bare(core)) <= len(core) <= limit
        and not _ODD.search(core)
        and len(content(core)) >= 2
        and not is_slogan(core)
        and not is_formal(core)
        and not is_statement(core)
    )


def _from_headings(issue: Issue) -> Iterator[Candidate]:
    for position, document in enumerate(issue.documents):
        if document.role == "commentary":
            continue  # a commentator's own headings are never picked
        for index in researchable_clauses(document):
            core = unframed(trim_heading(without_province(document.clauses[index].heading)))
            if is_direction(core, MAX_HEADING):
                yield Candidate(core, "heading", ((position, index),))


def researchable_clauses(document: Document) -> list[int]:
    """Indexes of the clauses whose headings count: not 一是 items, not below 保障措施 and the like, not
    the items of an article of law, which are parts of its sentence."""
    kept, closed_at = [], 0
    for index, clause in enumerate(document.clauses):
        if closed_at and clause.depth > closed_at:
            continue
        closed = is_administrative(clause.heading)
        closed_at = clause.depth if closed or _ARTICLE.match(clause.label) else 0
        if clause.heading and clause.depth and not closed and not _SPOKEN.match(clause.label):
            kept.append(index)
    return kept


def _from_titles(issue: Issue, said: Sequence[Sequence[str]]) -> Iterator[Candidate]:
    for position, document in enumerate(issue.documents):
        if document.role not in ("policy", "experience") or not any(
            c.heading or c.text for c in document.clauses
        ):
            continue  # nothing to quote
        if re.search("[：:]", document.name) and not _NOUN_END.search(document.name):
            continue  # a journalist's sentence
        for core in title_objects(document.name):
            if is_direction(core, MAX_TITLE):
                yield Candidate(core, "title", ((position, -1), *_mentions(said, core, position)))


def _mentions(said: Sequence[Sequence[str]], core: str, *positions: int) -> list[tuple[int, int]]:
    """Where the clauses of some documents, folded, say a wording."""
    wanted = fold(core)
    return [(p, i) for p in positions for i, text in enumerate(said[p]) if wanted in text]


def _from_phrases(said: Sequence[Sequence[str]], phrases: Iterable[str]) -> Iterator[Candidate]:
    for phrase in phrases:
        places = _mentions(said, phrase, *range(len(said)))
        if places and is_direction(phrase, MAX_HEADING):
            yield Candidate(phrase, "phrase", tuple(places))


def _text(clause: Clause) -> str:
    return f"{clause.heading}。{clause.text}"
