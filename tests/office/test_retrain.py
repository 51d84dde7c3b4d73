"""The scheduled run, end to end: what it takes in, what it refuses, what it records, twenty at once."""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Call
from offices import TRADE, bulletin, put, put_three

from recommender.errors import InputError, LockedError
from recommender.lifecycle import history, scores, train
from recommender.lifecycle.prune import KEEP
from recommender.lifecycle.registry import current_version, list_versions
from recommender.lifecycle.schedule import parse_schedule
from recommender.lifecycle.serving import serving_model
from recommender.office.desk import report_on
from recommender.office.library import open_shelf
from recommender.office.retrain import Wish, retrain
from recommender.workspace import Workspace, lock

NOON = datetime(2026, 2, 14, 12, tzinfo=UTC)
FOURTH = bulletin(4, ("优化口岸通关服务研究",), TRADE[1:])


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace after its first scheduled run."""
    home = tmp_path_factory.mktemp("retrain") / "office"
    put_three(home / "data" / "inbox")
    run = retrain(Workspace(home), NOON, Wish())
    assert run
    assert run.state == "promoted"
    return home


@pytest.fixture
def office(ready: Path, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(ready, tmp_path / "office")))


def again(office: Workspace, days: float = 1, **wish: Any) -> history.Run:
    run = retrain(office, NOON + timedelta(days=days), Wish(**wish))
    assert run
    return run


def keys(office: Workspace) -> set[str]:
    with open_shelf(office) as corpus:
        return set(corpus.keys())


# -- what a run does -------------------------------------------------------------------------------


def test_a_new_bulletin_is_taken_in_learned_and_promoted(office: Workspace) -> None:
    before = current_version(office.models)
    put(office.inbox, "4.txt", FOURTH)
    run = again(office)
    assert (run.state, run.ingested, run.failed) == ("promoted", 1, ())
    assert run.version == run.serving == current_version(office.models) != before
    assert keys(office) == {"1", "2", "3", "4"}
    assert all(check.passed for check in run.checks)
    assert set(run.scores) == {"recall@3", "recall@10", "mrr", "ndcg@10"}
    lines = history.runs(office.models)
    assert [line["state"] for line in lines] == ["promoted", "promoted"]
    assert lines[-1] == {**history.as_json(run), "checks": lines[-1]["checks"], "failed": []} | {"pruned": []}


def test_a_run_says_what_it_is_doing_and_judges_the_new_model_once(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[tuple[str, ...]] = []  # the issues each judged model had learned from
    plain = scores.score_model

    def noted(issues: Any, model: Any, *rest: Any) -> Any:
        judged.append(model.issues)
        return plain(issues, model, *rest)

    for place in (scores, train):
        monkeypatch.setattr(place, "score_model", noted)
    put(office.inbox, "4.txt", FOURTH)
    told: list[tuple[str, int, int]] = []
    run = retrain(office, NOON, Wish(), lambda step, done=0, of=0, /: told.append((step, done, of)))
    assert run
    assert run.state == "promoted"
    steps = list(dict.fromkeys(step for step, _, _ in told))
    wanted = ("读入收件箱", "读入 4.txt", "统计词语", "词组", "主题", "关注度", "选题", "检验", "正在使用")
    places = [next(place for place, step in enumerate(steps) if one in step) for one in wanted]
    assert places == sorted(places), steps
    assert [(done, of) for step, done, of in told if "统计词语" in step] == [(0, 1), (1, 1)]
    assert judged == [("1", "2", "3", "4"), ("1", "2", "3")]  # the new one, then the one that served


def test_files_that_cannot_be_read_are_put_aside_with_a_note(office: Workspace) -> None:
    put(office.inbox, "坏 文件.txt", b"\x00\x01\xff")
    put(office.inbox, "旧/表格.xls", b"\xd0\xcf")
    put(office.inbox, "4.txt", FOURTH)
    for ours in ("README.md", ".hidden", "Thumbs.db", "~$4.docx"):
        put(office.inbox, ours, "不是动态")
    run = again(office)
    assert (run.state, run.ingested, len(run.failed)) == ("promoted", 1, 2)
    left = {p.relative_to(office.inbox).as_posix() for p in office.inbox.rglob("*") if p.is_file()}
    notes = {"failed/坏 文件.txt.原因.txt", "failed/旧/表格.xls.原因.txt"}
    assert notes | {"failed/坏 文件.txt", "failed/旧/表格.xls"} <= left
    assert {"坏 文件.txt", "旧/表格.xls"}.isdisjoint(left)
    assert {"4.txt", "README.md", ".hidden", "Thumbs.db", "~$4.docx"} <= left
    note = (office.failed / "坏 文件.txt.原因.txt").read_text("utf-8-sig")
    assert "二进制" in note
    assert "放回 data/inbox" in note
    put(office.inbox, "坏 文件.txt", b"\x00\x02\xff")
    assert len(again(office, 2).failed) == 1
    assert (office.failed / "坏 文件 (2).txt").read_bytes() == b"\x00\x02\xff"
    assert (office.failed / "坏 文件.txt").read_bytes() == b"\x00\x01\xff"
    assert again(office, 3).failed == ()


def test_the_same_inputs_make_no_new_version(office: Workspace) -> None:
    before = list_versions(office.models)
    for wish in ({}, {"if_changed": True}):
        run = again(office, **wish)
        assert (run.state, run.version) == ("unchanged", before[0])
    assert list_versions(office.models) == before


def test_a_worse_model_is_refused_kept_and_recorded(office: Workspace) -> None:
    before = current_version(office.models)
    for number, pick in ((1, "发展居家养老服务研究"), (2, "鲲鹏展翅研究"), (3, "沧海桑田研究")):
        trade = (TRADE, TRADE[::-1], TRADE[1:])[number - 1]
        put(office.inbox, f"{number}.txt", bulletin(number, (pick,), trade))
    run = again(office)
    assert (run.state, run.serving) == ("refused", before)
    assert current_version(office.models) == before
    assert run.version in list_versions(office.models)
    assert {"旧选题", "选题出处"} <= {check.name for check in run.checks if not check.passed}
    assert again(office, 2).state == "refused"
    skipped = again(office, 3, if_changed=True)
    assert (skipped.state, skipped.version) == ("unchanged", before)
    assert "不再重试" in skipped.note
    assert len(history.runs(office.models)) == 4
    assert report_on(office, "1", 3).model == before


def test_a_version_that_was_taken_back_does_not_return_by_itself(call: Call, office: Workspace) -> None:
    first = current_version(office.models)
    put(office.inbox, "4.txt", FOURTH)
    second = again(office).version
    assert call("--home", office.home, "models", "rollback").code == 0
    run = again(office, 2)
    assert (run.state, run.serving) == ("unchanged", first)
    assert "曾被退回" in run.note
    assert call("--home", office.home, "models", "promote", second).code == 0
    assert again(office, 3).version == second


def test_a_version_whose_promotion_was_cut_off_is_promoted_next(office: Workspace) -> None:
    before = {name: (office.models / name).read_bytes() for name in ("CURRENT", "SERVED", "floors.json")}
    put(office.inbox, "4.txt", FOURTH)
    made = again(office).version
    for name, data in before.items():
        (office.models / name).write_bytes(data)
    run = again(office, 2, if_changed=True)
    assert (run.state, run.version) == ("promoted", made)


# -- when ------------------------------------------------------------------------------------------


def test_not_due_does_and_records_nothing(office: Workspace) -> None:
    monday = parse_schedule("0 6 * * 1")
    put(office.inbox, "4.txt", FOURTH)
    assert retrain(office, NOON + timedelta(days=1), Wish(if_due=monday, zone=UTC)) is None
    assert keys(office) == {"1", "2", "3"}
    assert len(history.runs(office.models)) == 1
    run = retrain(office, NOON + timedelta(days=2), Wish(if_due=monday, zone=UTC))  # a Monday
    assert run
    assert run.state == "promoted"
    assert retrain(office, NOON + timedelta(days=3), Wish(if_due=monday, zone=UTC)) is None


def test_a_run_that_failed_is_recorded_and_tried_again(office: Workspace) -> None:
    put(office.lexicon, "synonyms.txt", "甲 乙\n")
    with pytest.raises(InputError):
        again(office, 7)
    last = history.runs(office.models)[-1]
    assert last["state"] == "failed"
    assert "synonyms.txt" in last["because"]
    (office.lexicon / "synonyms.txt").unlink()
    run = retrain(office, NOON + timedelta(days=7, hours=1), Wish(if_due=parse_schedule("7d")))
    assert run
    assert run.state == "unchanged"


# -- many runs -------------------------------------------------------------------------------------


def test_disk_use_is_bounded_and_the_history_complete(office: Workspace) -> None:
    sizes = []
    for number in range(KEEP + 6):
        put(office.home, "recommender.toml", f"[list]\nlength = {number + 1}\n")
        assert again(office, number + 1).state == "promoted"
        sizes.append(sum(p.stat().st_size for p in office.models.glob("*/*")))
    assert len(list_versions(office.models)) == KEEP + 2
    assert max(sizes[KEEP + 2 :]) <= 1.02 * sizes[KEEP + 1]
    assert len(history.runs(office.models)) == KEEP + 7
    assert history.runs(office.models)[-1]["pruned"]


def test_another_run_is_waited_for_or_nothing_is_done(call: Call, office: Workspace) -> None:
    put(office.inbox, "4.txt", FOURTH)
    with lock(office):
        ran = call("--home", office.home, "retrain")
        assert (ran.code, ran.out) == (6, "")
        started = time.monotonic()
        with pytest.raises(LockedError):
            retrain(office, NOON, Wish(wait=0.3))
        assert 0.3 <= time.monotonic() - started < 3
    assert keys(office) == {"1", "2", "3"}
    assert len(history.runs(office.models)) == 1


def started(*words: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "recommender", *map(str, words)],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_some_at_once_one_works_and_suggesting_goes_on(office: Workspace) -> None:
    """Six here; ``benchmarks/endurance.py`` starts twenty."""
    put(office.inbox, "4.txt", FOURTH)
    before = current_version(office.models)
    children = [started("--home", office.home, "retrain") for _ in range(6)]
    seen = set()
    while any(child.poll() is None for child in children):
        seen.add(report_on(office, "1", 3).model)
    codes = sorted(child.wait() for child in children)
    assert codes[0] == 0
    assert set(codes) <= {0, 6}
    assert 6 in codes
    assert seen <= {before, current_version(office.models)}
    states = [run["state"] for run in history.runs(office.models)]
    assert states.count("promoted") == 2
    assert len(states) == 1 + codes.count(0)
    assert serving_model(office.models)


# -- the command -----------------------------------------------------------------------------------


def test_what_the_command_says(call: Call, office: Workspace) -> None:
    home = office.home
    put(office.inbox, "4.txt", FOURTH)
    put(office.inbox, "坏.txt", b"\x00")
    ran = call("--home", home, "retrain")
    assert ran.code == 3
    assert "从 data/inbox 新读入 1 份。" in ran.out
    assert "通过检验，已启用。" in ran.out
    assert "[不合格]" not in ran.out
    assert "没有读入：" in ran.err
    assert "文件已移到" in ran.err
    ran = call("--home", home, "retrain")
    assert (ran.code, ran.err) == (0, "")
    assert "没有训练：资料、设置和词表都没有变" in ran.out
    ran = call("--home", home, "retrain", "--if-due", "0 6 * * 1")
    assert ran.code == 0
    assert call("--home", home, "retrain", "--if-due", "every day").code == 2
    ran = call("--home", home, "retrain", "--if-due", "7d", "--format", "json")
    assert (ran.code, ran.json) == (0, {"state": "not due"})


def test_a_refusal_says_what_to_do(call: Call, office: Workspace) -> None:
    home, before = office.home, current_version(office.models)
    office.corpus.unlink()
    shutil.rmtree(office.inbox)
    put(office.inbox, "1.txt", bulletin(1, ("推进贸易数字化研究",)))
    ran = call("--home", home, "retrain")
    assert ran.code == 4
    refused = [line for line in ran.out.splitlines() if line.startswith("[不合格] 资料")]
    assert refused
    assert f"{before} 照常使用" in ran.out
    version = list_versions(office.models)[-1]
    assert f"models diff {before} {version}" in ran.err
    assert f"models promote {version} --because 理由" in ran.err
    ran = call("--home", home, "models", "promote", version)
    assert (ran.code, "请加 --because" in ran.err) == (4, True)
    ran = call("--home", home, "models", "promote", version, "--because", "只留一期")
    assert ran.code == 0
    assert current_version(office.models) == version
    assert history.runs(office.models)[-1]["because"] == "只留一期"
    assert "只留一期" in (office.models / "retrain.log").read_text("utf-8")
    assert again(office, 9).state == "unchanged"


def test_a_workspace_without_anything_says_what_to_do(call: Call, tmp_path: Path) -> None:
    ran = call("--home", tmp_path, "retrain")
    assert ran.code == 3
    assert "还没有读入过动态" in ran.err


def test_the_interpreter_alone_can_run_it(office: Workspace) -> None:
    """As the schedulers' files call it: ``python -m recommender``."""
    done = subprocess.run(
        [sys.executable, "-m", "recommender", "--home", office.home, "models", "list"],
        capture_output=True,
        check=True,
    )
    assert current_version(office.models) in done.stdout.decode()
