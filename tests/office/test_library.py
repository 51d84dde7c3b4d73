"""Finding issues: by key, by file, and a file under the key it is stored by."""

from pathlib import Path

import pytest
from offices import TRADE, bulletin, put

from recommender.errors import InputError
from recommender.office import desk, library
from recommender.workspace import Workspace

OTHER = "示例养老研究动态"
CHANGED = ("推进贸易数字化。支持外贸企业使用数字平台，改过的内容。", *TRADE[1:])


@pytest.fixture
def two_series(tmp_path: Path) -> Workspace:
    """Two series that both print 总第1期."""
    workspace = Workspace(tmp_path / "office")
    put(tmp_path, "a.txt", bulletin(1, ("推进贸易数字化研究",)))
    put(tmp_path, "b.txt", bulletin(1, ("推进适老化改造研究",), TRADE[1:], title=OTHER))
    library.ingest(workspace, [tmp_path / "a.txt"])
    library.ingest(workspace, [tmp_path / "b.txt"])
    return workspace


def keys(workspace: Workspace) -> list[str]:
    with library.open_shelf(workspace) as corpus:
        return sorted(corpus.keys())


def test_a_file_is_found_under_the_key_it_is_stored_by(two_series: Workspace, tmp_path: Path) -> None:
    first, second = keys(two_series)
    assert first == "1"
    assert second.startswith("1-")
    for key, name in ((first, "a.txt"), (second, "b.txt")):
        found = library.find_issue(two_series, str(tmp_path / name))
        assert found == library.find_issue(two_series, key)


def test_an_edited_file_keeps_the_key_of_its_issue(two_series: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "c.txt", bulletin(1, ("别的研究",), TRADE[1:-1], title=OTHER))
    assert library.find_issue(two_series, str(file)).key == keys(two_series)[1]
    assert library.find_issue(two_series, str(put(tmp_path, "d.txt", bulletin(7)))).key == "7"


def test_a_third_series_is_not_taken_for_the_first(two_series: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "e.txt", bulletin(1, title="又一种动态"))
    found = library.find_issue(two_series, str(file))
    assert found.key not in keys(two_series)
    library.ingest(two_series, [file])
    assert found.key in keys(two_series)


def test_an_issue_read_from_a_file_never_learns_from_its_own_picks(
    two_series: Workspace, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    desk.train_model(two_series, datetime(2026, 1, 1, tzinfo=UTC))
    for key, name in zip(keys(two_series), ("a.txt", "b.txt"), strict=True):
        by_file = desk.report_on(two_series, str(tmp_path / name))
        assert [pick.issue for pick in by_file.profile.picks] == [k for k in keys(two_series) if k != key]
        assert by_file.suggestions == desk.report_on(two_series, key).suggestions


def test_looking_makes_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "none")
    with pytest.raises(InputError, match="这里还没有读入过动态"):
        library.find_issue(workspace, "73")
    assert not workspace.home.exists()


def test_an_empty_file_left_by_a_killed_run_is_no_corpus_yet(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    put(tmp_path, "data/corpus.sqlite", b"")
    with pytest.raises(InputError, match="这里还没有读入过动态"):
        library.find_issue(workspace, "73")
    assert workspace.corpus.read_bytes() == b""
    file = put(tmp_path, "a.txt", bulletin(1))
    assert library.ingest(workspace, [file]).issues == ("1",)
    assert library.find_issue(workspace, "1").key == "1"
