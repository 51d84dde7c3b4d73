"""Corrections follow their issue into another reading where what they mend still stands."""

from dataclasses import replace

import pytest
from builders import three_issues

from recommender.choices.corrections import Change, Correction, correct
from recommender.choices.following import Followed, followed
from recommender.records import Issue

ISSUE = three_issues()[0]
TITLE = ISSUE.documents[0].title
OTHER = ISSUE.documents[1].title
HEADING = ISSUE.documents[0].clauses[0].heading
PICK = ISSUE.picks[0].title
DATE = ISSUE.documents[0].date or ""


def stray(number: int, *change: object, about: str = TITLE) -> Correction:
    return Correction(number, "2026", "甲", ISSUE.key, "c", "f", Change(*change), about)  # type: ignore[arg-type]


def moved(issue: Issue = ISSUE) -> Issue:
    """The same in a reading that found one document and one clause more before the others."""
    first = issue.documents[0]
    new = replace(first, title="新增的文件", clauses=first.clauses[1:2])
    clauses = (replace(first.clauses[1], heading="新增的条款"), *first.clauses)
    return replace(issue, documents=(new, replace(first, clauses=clauses), *issue.documents[1:]))


def after(issue: Issue, *strays: Correction) -> Issue:
    return correct(issue, [change for _, change in followed(issue, strays).carried])


def test_a_heading_is_found_where_it_stands_now() -> None:
    found = followed(moved(), [stray(1, "heading", 0, 0, HEADING, "改过的标题")])
    assert [(change.document, change.clause) for _, change in found.carried] == [(1, 1)]
    assert found.lost == ()


def test_of_equal_headings_that_of_the_named_document_is_meant() -> None:
    clauses = (replace(ISSUE.documents[1].clauses[0], heading=HEADING), *ISSUE.documents[1].clauses)
    issue = replace(ISSUE, documents=(ISSUE.documents[0], replace(ISSUE.documents[1], clauses=clauses)))
    for about, place in ((TITLE, 0), (OTHER, 1)):
        ((_, change),) = followed(issue, [stray(1, "heading", 5, 5, HEADING, "改", about=about)]).carried
        assert change.document == place


@pytest.mark.parametrize(
    "change",
    [
        ("title", -1, 0, ISSUE.title, "改过的刊名"),
        ("date", -1, 0, ISSUE.date or "", "2024-05-06"),
        ("title", 0, 0, TITLE, "改过的文件标题"),
        ("date", 0, 0, DATE, "2020-01-01"),
        ("heading", 0, 0, HEADING, "改过的标题"),
        ("pick", -1, 0, PICK, "改过的选题研究"),
        ("pick", -1, 0, PICK, ""),
        ("pick", -1, 1, "", "补上的选题研究"),
    ],
)
def test_each_field_follows_is_needless_where_it_reads_so_and_lost_where_neither(
    change: tuple[object, ...],
) -> None:
    one = stray(1, *change)
    right = after(moved(), one)
    assert right != moved()
    assert followed(right, [one]) == followed(right, [])  # already as it should be
    field, _, _, before, _ = change
    if field == "pick" and (not before or not change[4]):
        return  # a pick can be added, and taken out, whatever was read
    third = after(moved(), stray(1, *change[:4], "2021-02-03" if field == "date" else "别的写法"))
    assert followed(third, [one]).lost == (one,)


def test_a_date_of_another_document_is_not_touched() -> None:
    issue = replace(moved(), documents=tuple(replace(d, title=f"{d.title}改") for d in moved().documents))
    one = stray(1, "date", 0, 0, DATE, "2020-01-01")
    assert followed(issue, [one]) == Followed((), (one,))
    assert followed(moved(), [replace(one, about="")]).lost  # of an earlier version of the program


def test_an_empty_heading_is_found_nowhere() -> None:
    clauses = (replace(ISSUE.documents[0].clauses[0], heading=""), *ISSUE.documents[0].clauses[1:])
    issue = replace(ISSUE, documents=(replace(ISSUE.documents[0], clauses=clauses), *ISSUE.documents[1:]))
    one = stray(1, "heading", 0, 0, "", "标题")
    assert followed(issue, [one]).lost == (one,)


def test_later_ones_go_on_from_earlier_ones() -> None:
    first, second = (
        stray(1, "heading", 0, 0, HEADING, "第一次改"),
        stray(2, "heading", 0, 0, "第一次改", "第二次改"),
    )
    assert after(moved(), first, second).documents[1].clauses[1].heading == "第二次改"
    done = after(moved(), first, second)
    assert followed(done, [first, second]) == followed(done, [])  # the first is not missed
