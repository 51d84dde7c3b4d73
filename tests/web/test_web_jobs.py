"""Long work goes on outside the request, one piece at a time, under the lock of the command line."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Call
from offices import bulletin, put, put_three
from visits import NOW, Visit, server_of

from recommender.begin import init_workspace
from recommender.errors import LockedError
from recommender.web.jobs import Job, Jobs
from recommender.workspace import Workspace, lock

_PATIENCE = 120.0  # seconds, on a busy machine


def ended(jobs: Jobs, number: int) -> Job:
    until = time.monotonic() + _PATIENCE
    while jobs.get(number).state == "running" and time.monotonic() < until:
        time.sleep(0.05)
    return jobs.get(number)


def upload(visit: Visit, *files: Path) -> str:
    sent = [("files", (file.name, file.read_bytes())) for file in files]
    answer = visit.client.post("/issues/upload", data={"token": visit.token()}, files=sent)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_what_is_uploaded_is_read_with_progress_and_shown(empty: Visit, tmp_path: Path) -> None:
    place = upload(empty, *sorted(put_three(tmp_path / "sent").iterdir()))
    jobs = server_of(empty.app).jobs
    done = ended(jobs, int(place.rpartition("/")[2]))
    assert (done.state, done.result["added"], done.by) == ("done", 3, "王老师")
    assert "新读入 3 份" in empty.read(place)
    assert empty.get(f"/api{place}").json()["result"]["issues"] == ["1", "2", "3"]
    assert [one["key"] for one in empty.get("/api/issues").json()] == ["1", "2", "3"]
    assert "总第3期" in empty.read("/")


def test_a_file_that_cannot_be_read_is_named_and_the_rest_kept(empty: Visit, tmp_path: Path) -> None:
    good = put(tmp_path, "1.txt", bulletin(1))
    bad = put(tmp_path, "2.docx", b"no word file")
    place = upload(empty, good, bad)
    done = ended(server_of(empty.app).jobs, int(place.rpartition("/")[2]))
    assert (done.state, done.result["added"], len(done.result["failed"])) == ("done", 1, 1)
    text = empty.read(place)
    assert "已完成</strong>，有 1 个文件没有读入" in text
    assert "<b><bdi>2.docx</bdi></b>" in text
    assert str(tmp_path) not in text  # where on the machine it lies is nobody's business


def test_the_same_name_with_other_content_is_kept_too(empty: Visit, tmp_path: Path) -> None:
    for folder, serial in (("a", 1), ("b", 2)):
        place = upload(empty, put(tmp_path / folder, "same.txt", bulletin(serial)))
        ended(server_of(empty.app).jobs, int(place.rpartition("/")[2]))
    inbox = server_of(empty.app).workspace.inbox
    assert sorted(path.name for path in inbox.iterdir()) == ["same (2).txt", "same.txt"]


def test_another_run_that_holds_the_lock_is_said(empty: Visit, tmp_path: Path) -> None:
    workspace = server_of(empty.app).workspace
    with lock(workspace):
        place = upload(empty, put(tmp_path, "1.txt", bulletin(1)))
        done = ended(server_of(empty.app).jobs, int(place.rpartition("/")[2]))
    assert done.state == "failed"
    text = empty.read(place)
    assert "另一次运行正在使用这个工作区" in text
    assert '<a href="/">回到各期动态</a>' in text
    assert "还在收件箱里" in text


def test_a_second_job_waits_its_turn_and_a_cancelled_one_frees_the_lock(empty: Visit, tmp_path: Path) -> None:
    server = server_of(empty.app)
    files = [put(tmp_path, f"{n}.txt", bulletin(n % 12 + 1, title=f"动态{n}")) for n in range(1, 41)]
    first = server.jobs.start(Job(0, "ingest", "读入动态", "", "甲", NOW), [str(file) for file in files])
    with pytest.raises(LockedError, match="读入动态"):
        server.jobs.start(Job(0, "retrain", "重新训练", "", "乙", NOW), ())
    assert upload(empty, files[0]) == "/?said=waiting"
    assert empty.send(f"/jobs/{first.number}/cancel", {}).status_code == 303
    assert server.jobs.get(first.number).state == "cancelled"
    assert "已取消" in empty.read(f"/jobs/{first.number}")
    with lock(server.workspace, wait=10):
        pass


def test_retraining_is_recorded_and_can_be_taken_back(copied: Path, visit: Visit, call: Call) -> None:
    server = server_of(visit.app)
    put(server.workspace.inbox, "9.txt", bulletin(9, ("推进贸易数字化研究",)))
    answer = visit.send("/models/retrain", {})
    done = ended(server.jobs, int(answer.headers["location"].rpartition("/")[2]))
    assert done.state == "done", done.error
    assert done.result["ingested"] == 1
    assert done.result["state"] in ("promoted", "refused")
    assert done.result["version"] in visit.read("/models")
    assert "多学了 1 期" in visit.read(
        f"/models/diff?new={done.result['version']}&old=" + first_version(copied)
    )
    if done.result["state"] == "promoted":
        assert visit.send("/models/rollback", {}).status_code == 303
        assert call("--home", copied, "models", "show").out.startswith(first_version(copied))


def first_version(home: Path) -> str:
    return min(path.name for path in (home / "models").iterdir() if path.is_dir())


def test_the_comparison_is_made_once_and_kept(visit: Visit) -> None:
    answer = visit.send("/comparison", {})
    done = ended(server_of(visit.app).jobs, int(answer.headers["location"].rpartition("/")[2]))
    assert done.state == "done", done.error
    text = visit.read("/comparison")
    assert "前10位命中率" in text
    assert "在上次对照以后有变化" not in text
    fields = {
        "field": "pick",
        "document": "-1",
        "clause": "0",
        "before": "",
        "after": "补上的选题研究",
        "seen": "0",
    }
    assert visit.send("/issues/8/mend", fields).status_code == 303
    assert "在上次对照以后有变化" in visit.read("/comparison")


def test_an_export_holds_the_editors_list(visit: Visit) -> None:
    visit.choose("8", action="add", title="自拟的题目研究")
    first = exported(visit, form=["txt", "md"], editor="王老师")
    assert visit.read(f"{first}/txt").splitlines()[2:] == ["1. 自拟的题目研究"]
    said = visit.read(f"{first}/md")
    assert "方向由 王老师 选定" in said
    assert "来源：编辑自拟" in said
    other = Visit(visit.app, "李老师")
    other.choose("8", action="add", title="李老师的题目研究")
    second = exported(other, form="txt", editor="李老师")
    again = exported(visit, form="txt", editor="")
    assert visit.read(f"{first}/txt").splitlines()[2:] == ["1. 自拟的题目研究"]
    assert visit.read(f"{second}/txt").splitlines()[2:] == ["1. 李老师的题目研究"]
    assert "题目研究" not in visit.read(f"{again}/txt")
    assert visit.get(f"{second}/txt").headers["content-disposition"].endswith(quote("8-李老师.txt"))
    page = visit.read("/issues/8/export")
    assert [page.count(f'href="{place}/') for place in (first, second, again)] == [2, 1, 1]


def exported(visit: Visit, **fields: Any) -> str:
    """The address below which the files of an export are."""
    answer = visit.send("/issues/8/export", fields)
    place = answer.headers["location"]
    done = ended(server_of(visit.app).jobs, int(place.rpartition("/")[2]))
    assert done.state == "done", done.error
    address = f"/issues/8/exports/{done.result['export']}"
    assert f'href="{address}/' in visit.read(place)
    return address


def test_an_export_of_nothing_is_refused(visit: Visit) -> None:
    assert visit.send("/issues/8/export", {"form": "exe"}).status_code == 400


def test_a_job_that_dies_says_so(tmp_path: Path) -> None:
    jobs = Jobs(Workspace(init_workspace(tmp_path / "new").home))
    started = jobs.start(Job(0, "no such kind", "甲", "", "乙", NOW - timedelta(1)), ())
    done = ended(jobs, started.number)
    assert done.state == "failed"
    assert done.error
