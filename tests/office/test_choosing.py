"""Choosing on the page: lists, undo, export, what is learned; part of backup, doctor and retraining."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Call
from offices import put_three

from recommender.choices.events import Accept, Action, Add, Edit, Reject
from recommender.errors import ConflictError, InputError, IntegrityError
from recommender.evaluation.agreement import agreement
from recommender.office import desk, health, library
from recommender.office.backup import backup, restore
from recommender.office.choices import chosen, decide, list_of, lists_of, undo
from recommender.office.learned import ground_of, learned
from recommender.office.library import stored_issues
from recommender.office.retrain import Wish, retrain
from recommender.office.upkeep import repair
from recommender.report.choices import COLUMNS, choices_csv, choices_json
from recommender.workspace import Workspace

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "office")
    library.ingest(workspace, [put_three(tmp_path / "inbox")])
    return workspace


def deciding(office: Workspace, *actions: Action, issue: str = "1", user: str = "甲") -> None:
    for action in actions:
        decide(office, issue, user, action, list_of(office, issue, user).revision, NOW)


def test_an_editor_chooses_and_takes_back(office: Workspace) -> None:
    assert list_of(office, "1", "甲").revision == 0
    assert not office.choices.exists()  # looking makes nothing
    first = decide(office, "1", "甲", Accept("贸易研究"), 0, NOW)
    second = decide(office, "1", "甲", Reject("养老研究", "已立项"), first.revision, NOW)
    assert [one.title for one in second.accepted] == ["贸易研究"]
    with pytest.raises(ConflictError):
        decide(office, "1", "甲", Accept("别的研究"), first.revision, NOW)
    back = undo(office, "1", "甲", second.revision, NOW)
    assert back.decisions == first.decisions
    assert list_of(office, "1", "甲") == back
    assert list_of(office, "1", "乙").decisions == ()
    with pytest.raises(InputError, match="没有“99”"):
        decide(office, "99", "甲", Accept("贸易研究"), 0, NOW)


def test_lists_are_exported_and_nothing_in_them_is_a_formula(office: Workspace, tmp_path: Path) -> None:
    deciding(office, Accept("贸易研究"), Reject("养老研究", "=1+1"), Edit("通关研究", "+cmd|' /C calc'!A0"))
    deciding(office, Add("-2+3 自拟研究"), issue="2", user="@乙")
    table = choices_csv(chosen(office))
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[3] for row in rows[1:]] == ["采纳", "不采纳", "改写采纳", "自拟"]
    assert rows[2][5] == "'=1+1"
    assert rows[3][4] == "'+cmd|' /C calc'!A0"
    assert rows[4][1:3] == ["'@乙", "'-2+3 自拟研究"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    data = json.loads(choices_json(chosen(office)))
    assert [(one["issue"], one["user"], one["verdict"], one["own"], one["edited"]) for one in data] == [
        ("1", "甲", "accepted", False, False),
        ("1", "甲", "rejected", False, False),
        ("1", "甲", "accepted", False, True),
        ("2", "@乙", "accepted", True, False),
    ]
    assert len(chosen(office, "2")) == 1


def test_the_command_lists_and_exports(office: Workspace, call: Call, tmp_path: Path) -> None:
    nothing = call("--home", office.home, "choices")
    assert (nothing.code, nothing.err) == (0, "")
    assert "还没有人在网页上选过" in nothing.out
    deciding(office, Accept("贸易研究"), Reject("养老研究", "已立项"))
    deciding(office, Accept("贸易研究"), user="乙")
    ran = call("--home", office.home, "choices", "1")
    assert (ran.code, ran.err) == (0, "")
    assert "采纳　贸易研究" in ran.out
    assert "不采纳　养老研究（已立项）" in ran.out
    assert "共同判断 1 条" in ran.out
    ran.out.encode("gbk")
    said = call("--home", office.home, "choices", "--format", "json").json
    assert set(said) == {"choices", "learned", "agreement"}
    assert (len(said["choices"]), said["learned"]) == (3, None)
    assert said["agreement"]["pairs"][0]["shared"] == 1
    for name in ("选择.csv", "选择.json"):
        ran = call("--home", office.home, "choices", "--out", tmp_path / name, "--format", "json")
        assert (ran.code, ran.json) == (0, {"file": str(tmp_path / name), "choices": 3})
        assert "已立项" in (tmp_path / name).read_text("utf-8-sig")
    wrong = call("--home", office.home, "choices", "--out", tmp_path / "选择.xls")
    assert (wrong.code, wrong.out) == (2, "")
    assert ".csv、.json" in wrong.err


def test_choices_are_learned_by_the_next_training_and_by_no_other(office: Workspace) -> None:
    first = desk.train_model(office, NOW)
    assert ground_of(office, stored_issues(office)) is not None
    wish = Wish(if_changed=True)
    unchanged = retrain(office, NOW, wish)
    assert unchanged is not None
    assert unchanged.state == "unchanged"
    deciding(office, Accept("优化口岸通关服务研究"), Reject("推进适老化改造研究"), issue="2")
    run = retrain(office, NOW, wish)
    assert run is not None
    assert run.version != first
    chosen_picks = [pick for pick in desk.load_model(office)[1].picks if pick.weight < 1]
    assert [(pick.issue, pick.core) for pick in chosen_picks] == [("2", "优化口岸通关服务")]
    deciding(office, Accept("优化口岸通关服务研究"), issue="2")  # again: nothing new is said
    again = retrain(office, NOW, wish)
    assert again is not None
    assert again.state == "unchanged"


def test_choices_are_backed_up_checked_and_restored(office: Workspace, tmp_path: Path) -> None:
    deciding(office, Accept("贸易研究"), Reject("养老研究"))
    before = lists_of(office)
    backup(office, tmp_path / "a.zip", NOW)
    deciding(office, Add("后来的研究"))
    other = Workspace(tmp_path / "other")
    restore(other, tmp_path / "a.zip")
    assert lists_of(other) == before != lists_of(office)
    restore(office, tmp_path / "a.zip")
    assert lists_of(office) == before
    with closing(sqlite3.connect(office.choices)) as store, store:
        store.execute("UPDATE event SET payload = '[]' WHERE id = 1")
    with pytest.raises(IntegrityError, match="第 1 条记录看不懂"):
        backup(office, tmp_path / "b.zip", NOW)
    assert not (tmp_path / "b.zip").exists()
    finding = next(one for one in health.examine(office) if one.check == "编辑选择")
    assert (finding.state, finding.exit_code) == ("fault", 5)
    assert "restore" in finding.remedy


def test_what_a_killed_server_left_in_the_log_is_settled(office: Workspace) -> None:
    deciding(office, Accept("贸易研究"))
    left = sqlite3.connect(office.choices, isolation_level=None)
    left.execute("INSERT INTO event SELECT 7, at, user, issue, action, payload FROM event")
    log = office.choices.with_name("choices.sqlite-wal")
    kept = log.read_bytes()
    left.close()
    log.write_bytes(kept)
    assert "编辑选择记录" in next(one.text for one in health.examine(office) if one.check == "残留")
    log.write_bytes(kept)
    assert any("编辑选择记录" in line for line in repair(office))
    assert list_of(office, "1", "甲").revision == 7


def test_what_is_learned_of_a_trained_office(copied: Path) -> None:
    office = Workspace(copied)
    titles = [one.title for one in desk.report_on(office, "8", 6).suggestions]
    deciding(office, *map(Accept, titles[:4]), *map(Reject, titles[4:]), issue="8")
    found = learned(lists_of(office), ground_of(office, stored_issues(office)))
    assert found is not None
    assert (found.whole.judged, found.whole.taken) == (6, 4)
    assert found.sentences[0] == "近一期：推荐的方向采纳率 67%（6 条中 4 条）。"
    assert "还没有两位编辑" in agreement(lists_of(office)).sentences[0]
