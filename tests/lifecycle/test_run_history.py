"""The history: a line a run, complete through power cuts, readable by people and programs."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from recommender.errors import UsageError
from recommender.lifecycle.case import Check
from recommender.lifecycle.history import HISTORY, LOG, Run, last_done, record, runs, verdict_on

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2026, 2, 14, 12, tzinfo=CHINA)
REFUSED = Run(
    *(NOON, "retrain", "refused", "v2", "v1"),
    checks=(Check("词表", False, "词表 0 条", "请检查"), Check("主题", True, "7 个主题")),
    failed=("坏.txt：读不了",),
    ingested=2,
)


def test_a_run_is_one_line_of_json_and_one_to_read(tmp_path: Path) -> None:
    record(tmp_path, REFUSED)
    record(tmp_path, Run(NOON, "promote", "promoted", "v2", "v2", because="两行\n理由"))
    first, second = (json.loads(line) for line in (tmp_path / HISTORY).read_text("utf-8").splitlines())
    assert first["at"] == "2026-02-14T04:00:00+00:00"
    assert first["checks"][0] == {"name": "词表", "passed": False, "text": "词表 0 条", "remedy": "请检查"}
    assert second["because"] == "两行\n理由"
    log = (tmp_path / LOG).read_text("utf-8").splitlines()
    assert len(log) == 2
    assert log[0].startswith("2026-02-14 12:00:00 +0800　没有通过检验，不启用；v2；正在使用 v1；新读入 2 份")
    assert "词表：词表 0 条" in log[0]
    assert "主题" not in log[0]


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_half_a_line_is_left_out_and_the_next_run_begins_a_new_one(tmp_path: Path, cut: int) -> None:
    record(tmp_path, Run(NOON, "retrain", "unchanged", "v1"))
    whole = (tmp_path / HISTORY).read_bytes()
    (tmp_path / HISTORY).write_bytes(whole + whole[:-cut])
    record(tmp_path, Run(NOON, "retrain", "promoted", "v2"))
    found = [run["version"] for run in runs(tmp_path)]
    assert found in (["v1", "v2"], ["v1", "v1", "v2"])  # with the line break alone cut off it is whole
    assert found[-1] == "v2"


def test_a_run_that_failed_is_not_done(tmp_path: Path) -> None:
    assert last_done(tmp_path) is None
    record(tmp_path, Run(NOON, "retrain", "refused", "v1"))
    record(tmp_path, Run(NOON + timedelta(days=1), "retrain", "failed"))
    record(tmp_path, Run(NOON + timedelta(days=2), "promote", "promoted", "v1"))
    assert last_done(tmp_path) == NOON.astimezone(UTC)
    assert verdict_on(tmp_path, "v1") == "promoted"
    assert verdict_on(tmp_path, "v9") == ""


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    put = tmp_path / "models"
    put.write_text("")
    with pytest.raises(UsageError, match="写不进去"):
        record(put, REFUSED)
