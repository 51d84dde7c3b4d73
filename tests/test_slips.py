"""Issues that are read when asked for: the same ones, in the same order, as those in memory."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import CARE, make_document, make_issue, three_issues

from recommender.corpus import open_corpus
from recommender.errors import InputError
from recommender.slips import StoredIssues, in_time_order, read_some, slips_of, with_labels

QUOTE = make_issue("9", [make_document("甲", [("所谓", '"picks": [] 和 \\"picks\\": []'), *CARE])], ["茶"])
ISSUES = (*three_issues(), QUOTE, replace(QUOTE, key="10", title="另一动态", picks=(), date="2023"))


@pytest.fixture
def stored(tmp_path: Path) -> StoredIssues:
    with open_corpus(tmp_path / "corpus.sqlite") as corpus:
        for issue in ISSUES:
            corpus.add(issue, issue.key, issue.key)
    return StoredIssues(tmp_path / "corpus.sqlite")


def test_stored_issues_are_those_of_the_corpus(stored: StoredIssues) -> None:
    assert len(stored) == 5
    assert sorted(stored, key=lambda issue: issue.key) == sorted(ISSUES, key=lambda issue: issue.key)
    assert stored[0] == next(iter(stored)) and stored[-1] == list(stored)[-1]
    assert stored[1:3] == tuple(stored)[1:3]


def test_slips_say_the_same_of_issues_on_disk_and_in_memory(stored: StoredIssues) -> None:
    assert sorted(slips_of(stored), key=lambda slip: slip.key) == sorted(
        slips_of(ISSUES), key=lambda slip: slip.key
    )
    assert {slip.key: slip.has_picks for slip in slips_of(stored)} == {
        issue.key: bool(issue.picks) for issue in ISSUES
    }
    assert [slip.key for slip in in_time_order(slips_of(stored))] == [
        issue.key for issue in in_time_order(ISSUES)
    ]


def test_some_are_read_in_the_order_asked_for(stored: StoredIssues) -> None:
    wanted = in_time_order(slips_of(ISSUES))[::-2]
    for issues in (stored, ISSUES):
        assert [issue.key for issue in read_some(issues, wanted)] == [slip.key for slip in wanted]
    assert {issue.key for issue in with_labels(stored)} == {issue.key for issue in with_labels(ISSUES)}


def test_an_issue_that_is_gone_is_named(stored: StoredIssues) -> None:
    gone = replace(slips_of(ISSUES)[0], key="77")
    with pytest.raises(InputError, match="77"):
        list(read_some(stored, [gone]))
