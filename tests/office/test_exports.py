"""Exports stand beside each other; the oldest go, and no address reaches another file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Trained

from recommender.errors import InputError
from recommender.office import exports
from recommender.office.desk import list_for
from recommender.office.exports import Export, export_name, exported_file, exports_of, write_export
from recommender.report.build import Report
from recommender.workspace import Workspace

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(trained: Trained) -> Report:
    return list_for(Workspace(trained.home), "8")


def wrote(place: Path, report: Report, minutes: int = 0) -> Export:
    at = NOW + timedelta(minutes=minutes)
    return write_export(Workspace(place), report, ("txt",), export_name(at), at)


def test_each_export_keeps_its_file(tmp_path: Path, report: Report) -> None:
    whole = wrote(tmp_path, report)
    short = wrote(tmp_path, replace(report, suggestions=report.suggestions[:1], editor="李老师"))
    assert {one.name for one in exports_of(Workspace(tmp_path), "8")} == {whole.name, short.name}
    name, content = exported_file(Workspace(tmp_path), "8", whole.name, "txt")
    assert (name, b"\n2. " in content) == ("8.txt", True)
    name, content = exported_file(Workspace(tmp_path), "8", short.name, "txt")
    assert (name, b"\n2. " in content) == ("8-李老师.txt", False)


def test_the_newest_are_kept(tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST", 2)
    made = [wrote(tmp_path, report, minutes).name for minutes in range(4)]
    assert [one.name for one in exports_of(Workspace(tmp_path), "8")] == [made[3], made[2]]
    assert len(list((tmp_path / "reports" / "exports" / "8").iterdir())) == 2


def test_what_was_not_finished_or_is_of_another_issue_is_not_there(tmp_path: Path, report: Report) -> None:
    done = wrote(tmp_path, report)
    folder = tmp_path / "reports" / "exports" / "8"
    (folder / done.name / "export.json").unlink()
    assert exports_of(Workspace(tmp_path), "8") == ()
    for issue, name, form in (("8", done.name, "txt"), ("8", "../8", "txt"), ("9", done.name, "txt")):
        with pytest.raises(InputError, match="没有这个导出的文件"):
            exported_file(Workspace(tmp_path), issue, name, form)
    whole = wrote(tmp_path, report)
    for form in ("docx", "../../recommender.toml", "json"):
        with pytest.raises(InputError):
            exported_file(Workspace(tmp_path), "8", whole.name, form)
    assert exports_of(Workspace(tmp_path), ".8") == ()
