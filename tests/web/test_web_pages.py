"""Every page shows what it is for, in a new workspace and in one that has learned."""

from pathlib import Path

import pytest
from conftest import Open, Trained
from offices import bulletin, put
from visits import NOW, Visit, server_of

from recommender.office.library import ingest

PAGES = {
    "/": "总第8期",
    "/issues/8": "读出的文件和条款",
    "/issues/8/suggestions": "我的清单",
    "/issues/8/side": "印出的编辑选题",
    "/issues/8/export": "Word 文档",
    "/issues/8/mend?field=heading&document=0&clause=1": "应当是",
    "/emphasis": "主题",
    "/emphasis?q=产教融合": "每一点背后的条款",
    "/words": "合并同义词",
    "/words/preview?list=stopwords&word=发展": "含有各词语的条款数",
    "/comparison": "对照全部各期",
    "/models": "正在使用",
    "/models/version": "学自",
    "/name": "您的名字",
}


@pytest.fixture(scope="module")
def reader(trained: Trained) -> Visit:
    """Someone who only reads, at the workspace that all tests share."""
    from recommender.web.app import Options, create_app
    from recommender.workspace import Workspace

    return Visit(create_app(Workspace(trained.home), lambda: NOW, Options()))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_what_it_is_for(reader: Visit, path: str) -> None:
    text = reader.read(path)
    assert PAGES[path] in text
    assert "<script>" not in text  # scripts are files of ours; nothing stands in the page
    assert " style=" not in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "还没有读入过动态"),
        ("/models", "还没有训练过模型"),
        ("/emphasis", "词语"),
        ("/comparison", "还没有模型"),
        ("/models", '请先到<a href="/">各期动态</a>放入几期'),
    ],
)
def test_a_new_workspace_says_what_to_do_first(empty: Visit, path: str, said: str) -> None:
    assert said in empty.read(path)


def test_the_reasons_are_bars_and_the_evidence_stands_in_its_clause(reader: Visit) -> None:
    text = reader.read("/issues/8/suggestions")
    assert text.count('class="reason-bar') >= 10
    assert "<mark>" in text
    assert 'class="clause"' in text


def test_every_point_of_a_series_leads_to_its_clauses(reader: Visit) -> None:
    import re

    text = reader.read("/emphasis?q=产教融合")
    links = set(re.findall(r'<a href="#(p\d+)"', text))
    assert links
    assert links <= set(re.findall(r'<details class="point" id="(p\d+)"', text))
    assert text.count("<mark>产教融合</mark>") >= len(links)


def test_a_term_nobody_knows_is_said_with_the_nearest(reader: Visit) -> None:
    assert "没有出现" in reader.read("/emphasis?q=产教融贯")


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/issues/999",
        "/issues/999/suggestions",
        "/jobs/7",
        "/issues/8/exports/20261122T120000Z-0a0a0a/docx",
        "/static/../app.py",
    ],
)
def test_what_is_not_there_is_said_in_chinese(reader: Visit, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "没有完成" in answer.text
    assert "Traceback" not in answer.text


def test_who_has_no_name_is_asked_once_and_led_back(trained: Trained, open_server: Open) -> None:
    stranger = Visit(open_server(trained.home), name="")
    answer = stranger.get("/models")
    assert answer.headers["location"] == "/name?next=%2Fmodels"
    assert (
        stranger.send("/name", {"name": "李 <b>", "next": "/models"}).headers["location"]
        == "/models?said=named"
    )
    assert "李 &lt;b&gt;" in stranger.read("/models")


def test_pages_need_no_scikit_learn(trained: Trained) -> None:
    """In a process of its own: nothing else has imported it."""
    import subprocess
    import sys

    script = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from fastapi.testclient import TestClient
from recommender.web.app import Options, create_app
from recommender.workspace import Workspace
home = Workspace(Path({str(trained.home)!r}))
app = create_app(home, lambda: datetime(2026, 11, 22, tzinfo=UTC), Options())
client = TestClient(app, base_url="http://127.0.0.1", cookies={{"recommender_editor": "a"}})
for path in ("/", "/issues/8", "/issues/8/suggestions", "/models", "/emphasis?q=产教融合", "/words"):
    assert client.get(path).status_code == 200, path
assert "sklearn" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("path", ["suggestions", "side", "export"])
def test_before_the_first_training_an_issue_says_where_to_train(
    empty: Visit, tmp_path: Path, path: str
) -> None:
    ingest(server_of(empty.app).workspace, [put(tmp_path, "1.txt", bulletin(1))])
    text = empty.read(f"/issues/1/{path}")
    assert "还没有模型，暂时不能推荐" in text
    assert '<a href="/models">' in text


def test_a_chart_says_how_high_its_highest_column_is(reader: Visit) -> None:
    import re

    pattern = r'<text class="scale" [^>]*>([\d.]+)</text>(.*?)</svg>'
    charts = re.findall(pattern, reader.read("/emphasis?q=产教融合"), re.DOTALL)
    assert charts
    for scale, chart in charts:
        assert float(scale) == max(0.1, *map(float, re.findall(r"关注度 ([\d.]+)", chart)))


def test_a_version_says_when_it_was_trained(reader: Visit) -> None:
    import re

    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d 训练", reader.read("/models"))
