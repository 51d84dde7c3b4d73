"""Learning, suggesting and comparing as the office asks for them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Trained
from offices import SAMPLE, bulletin, put, put_three

from recommender.errors import InputError, UsageError
from recommender.office import desk, library, reports
from recommender.report.files import DOCUMENTS
from recommender.workspace import Workspace

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """A workspace that has read three bulletins."""
    workspace = Workspace(tmp_path / "office")
    library.ingest(workspace, [put_three(tmp_path / "inbox")])
    return workspace


def test_a_version_is_named_by_its_time_and_inputs(office: Workspace) -> None:
    version = desk.train_model(office, NOW)
    assert version.startswith("20260102T030405Z-")
    assert desk.train_model(office, NOW + timedelta(days=1)) == version
    assert desk.load_model(office)[0] == version


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("recommender.toml", "[topics]\ncount = 2\n"),
        ("recommender.toml", '[college]\ndisciplines = ["养老"]\n'),
        ("data/lexicon/words.txt", "跨境电商产业园\n"),
        ("data/lexicon/stopwords.txt", "企业\n"),
        ("data/lexicon/synonyms.txt", "护理员 = 养老护理员\n"),
    ],
)
def test_what_the_office_sets_makes_another_version(office: Workspace, path: str, text: str) -> None:
    version = desk.train_model(office, NOW)
    put(office.home, path, text)
    other = desk.train_model(office, NOW)
    assert other != version
    (office.home / path).unlink()
    assert desk.train_model(office, NOW + timedelta(days=1)) == version  # the first serves again


def test_weights_and_length_are_those_of_the_settings(office: Workspace) -> None:
    desk.train_model(office, NOW)
    before = desk.report_on(office, "3").suggestions
    put(office.home, "recommender.toml", "[list]\nlength = 2\n[weights]\nfit = 9.0\n")
    after = desk.report_on(office, "3").suggestions
    assert len(after) == 2 < len(before)
    shares = [
        next(reason.contribution for reason in found[0].reasons if reason.feature == "fit")
        for found in (before, after)
    ]
    assert shares[1] > shares[0]


def test_only_an_issue_with_picks_is_compared(office: Workspace, tmp_path: Path) -> None:
    desk.train_model(office, NOW)
    bare = put(tmp_path, "9.txt", bulletin(9))
    assert desk.report_on(office, str(bare)).matches == ()
    assert [match.pick for match in desk.report_on(office, "3").matches] == ["培养养老护理人才研究"]
    with pytest.raises(InputError, match="9：这一期没有编辑选题"):
        desk.compare(office, ["3", str(bare)])
    library.ingest(office, [bare])
    assert [key for key, _ in desk.compare(office).issues] == ["1", "2", "3"]


def test_the_comparison_is_the_same_alone_or_together(trained: Trained) -> None:
    workspace = Workspace(trained.home)
    together = dict(desk.compare(workspace).issues)
    assert dict(desk.compare(workspace, ["1", "8"]).issues) == {key: together[key] for key in ("1", "8")}
    assert desk.report_on(workspace, "8").matches == together["8"]


def test_the_list_alone_is_that_of_the_report_and_a_longer_one_begins_with_it(trained: Trained) -> None:
    workspace = Workspace(trained.home)
    alone, report = desk.list_for(workspace, "8", 5), desk.report_on(workspace, "8", 7)
    assert alone.suggestions == report.suggestions[:5]
    assert len(report.suggestions) == 7
    assert (alone.matches, alone.themes) == ((), ())
    assert report.matches
    assert report.themes


def test_an_issues_own_picks_do_not_help_it(trained: Trained, tmp_path: Path) -> None:
    text = (SAMPLE / "2025-09.txt").read_text(encoding="utf-8")
    body, _, _ = text.rpartition("五、本期推荐研究方向")
    assert body
    workspace = Workspace(trained.home)
    without = desk.report_on(workspace, str(put(tmp_path, "8.txt", body)))
    assert without.issue.picks == ()
    assert without.suggestions == desk.report_on(workspace, "8").suggestions


def test_the_newest_is_the_last_in_time(office: Workspace) -> None:
    done = reports.work(office, NOW)
    assert done.report.issue.key == "3"
    assert [path.name for path in done.files] == [f"3.{form}" for form in DOCUMENTS]
    assert reports.work(office, NOW, "1").report.issue.key == "1"


def test_a_corpus_without_issues(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    library.ingest(workspace, [])
    with pytest.raises(InputError):
        reports.work(workspace, NOW)
    with pytest.raises(InputError, match="还没有收录任何动态"):
        desk.report_on(workspace, "1")


def test_settings_are_checked_against_the_features_there_are(office: Workspace) -> None:
    put(office.home, "recommender.toml", "[weights]\nbeauty = 1.0\n")
    with pytest.raises(UsageError, match="beauty"):
        desk.read_settings(office)
