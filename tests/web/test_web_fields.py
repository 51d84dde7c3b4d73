"""Script in every field that anybody can fill stays text, on every page that shows it again."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Open
from offices import bulletin
from visits import Visit, server_of

from recommender.cli import main
from recommender.office import library
from recommender.web.uploads import own_name
from recommender.workspace import Workspace

SCRIPT = "<script>x()</script>"
BREAKS = f"\"'><img src=x onerror=x()>{SCRIPT}"  # out of a quoted value, out of a text
SHORT = "'\"><svg onload=x()>"  # where twenty letters are all there is
KEY = "8"
PAGES = (
    *("/", f"/issues/{KEY}", f"/issues/{KEY}/suggestions", f"/issues/{KEY}/side", f"/issues/{KEY}/export"),
    *("/words", "/models", "/models/diff", "/models/version", "/comparison", "/emphasis", "/name"),
    *("/api/issues", "/api/jobs", "/choices.csv", "/choices.json"),
)


class _Tags(HTMLParser):
    """The elements and attributes of a page, as a browser reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("img", "iframe", "object", "embed", "base", "style") or (
            tag == "script" and "src" not in values
        ):
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.bad.append(f"{tag} {name}")
            if name in ("href", "src", "action") and not re.match(r"[/#]|$", value or ""):
                self.bad.append(f"{tag} {name}={value}")


def harm(visit: Visit, path: str) -> list[str]:
    """What a page holds that could run, or lead away."""
    answer = visit.get(path)
    assert answer.status_code < 500, (path, answer.text[:300])
    if not answer.headers["content-type"].startswith("text/html"):
        return [] if answer.headers["x-content-type-options"] == "nosniff" else [path]
    tags = _Tags()
    tags.feed(answer.text)
    return [f"{path}: {one}" for one in tags.bad]


def harms(visit: Visit, *more: str) -> list[str]:
    return [found for path in (*PAGES, *more) for found in harm(visit, path)]


def test_the_check_finds_harm() -> None:
    tags = _Tags()
    tags.feed(f'<a href="javascript:x()">a</a><p onclick="x()">{BREAKS}</p>')
    assert [one.split("=")[0] for one in tags.bad] == [
        "a href",
        "p onclick",
        "img",
        "img src",
        "img onerror",
        "script",
    ]


def test_a_name(visit: Visit) -> None:
    visit.send("/name", {"name": SHORT})
    visit.choose(KEY, action="add", title="甲研究")
    assert harms(visit) == []
    assert "&lt;svg onload=x()&gt;" in visit.read("/")


def test_a_name_in_the_cookie_itself(visit: Visit) -> None:
    from urllib.parse import quote

    visit.client.cookies.set("recommender_editor", quote(SHORT), domain="127.0.0.1", path="/")
    assert harms(visit) == []


@pytest.mark.parametrize("field", ["title", "wording", "reason"])
def test_what_an_editor_writes_on_a_list(visit: Visit, field: str) -> None:
    page = f"/issues/{KEY}/suggestions"
    suggested = re.findall(r'<bdi class="title">(.*?)</bdi>', visit.read(page))[0]
    fields = {
        "title": {"action": "add", "title": BREAKS},
        "wording": {"action": "accept", "title": suggested, "wording": BREAKS},
        "reason": {"action": "reject", "title": suggested, "reason": BREAKS},
    }[field]
    stale = visit.seen(page)
    assert visit.choose(KEY, **fields).status_code == 303
    assert "&lt;script&gt;" in visit.read(page)
    assert harms(visit) == []
    late = visit.send(f"/issues/{KEY}/choices", {"seen": stale, **fields}, page)  # shown again as a conflict
    assert late.status_code == 409
    tags = _Tags()
    tags.feed(late.text)
    assert tags.bad == []


MENDED = {
    "title": ("-1", "0", "field=title"),
    "a document's title": ("0", "0", "field=title&document=0"),
    "heading": ("0", "1", "field=heading&document=0&clause=1"),
    "pick": ("-1", "0", "field=pick&clause=0"),
}


@pytest.mark.parametrize("what", MENDED)
def test_what_an_editor_mends(visit: Visit, what: str) -> None:
    document, clause, query = MENDED[what]
    page = f"/issues/{KEY}/mend?{query}"
    found = re.search(r'name="before" value="([^"]*)"', visit.read(page))
    assert found
    field = query.split("&")[0].removeprefix("field=")
    sent = {"field": field, "document": document, "clause": clause, "before": found[1], "after": BREAKS}
    answer = visit.send(f"/issues/{KEY}/mend", {"seen": visit.seen(page), **sent}, page)
    assert answer.status_code == 303, answer.text[-500:]
    assert "&lt;script&gt;" in visit.read(f"/issues/{KEY}")
    assert harms(visit, page) == []


@pytest.mark.parametrize("date", [BREAKS, "2024-01-01" + SCRIPT])
def test_a_date_is_a_date_or_nothing(visit: Visit, date: str) -> None:
    page = f"/issues/{KEY}/mend?field=date"
    sent = {"field": "date", "document": "-1", "clause": "0", "before": "2025-09-24", "after": date}
    answer = visit.send(f"/issues/{KEY}/mend", {"seen": visit.seen(page), **sent}, page)
    assert answer.status_code == 400
    assert SCRIPT not in answer.text


@pytest.mark.parametrize("which", ["words", "stopwords", "synonyms"])
def test_a_word_of_the_lists(visit: Visit, which: str) -> None:
    sent = {"list": which, "step": "add", "word": "<script>x()</script>", "preferred": SHORT}
    preview = visit.client.get("/words/preview", params=sent)
    tags = _Tags()
    tags.feed(preview.text)
    assert tags.bad == []
    visit.send("/words", sent)
    assert harms(visit) == []


@pytest.mark.parametrize("sent", [BREAKS, SHORT, "javascript:x()", "</title><script>x()</script>"])
def test_what_is_searched_asked_or_named_in_an_address(visit: Visit, sent: str) -> None:
    """Given back on the page, or in the words of a refusal."""
    from urllib.parse import quote

    part = quote(sent, safe="")
    paths = (
        *(f"/emphasis?q={part[:60]}", f"/emphasis?q={quote(sent[:36])}&source={part}", f"/issues/{part}"),
        *(
            f"/issues/{part}/suggestions",
            f"/issues/{KEY}/exports/{part}/{part}",
            f"/models/version?name={part}",
        ),
        *(f"/models/diff?old={part}&new={part}", f"/name?next={part}", f"/?said={part}", f"/{part}"),
        *(f"/issues/{KEY}/mend?field={part}", f"/words/preview?list={part}&word={part}", f"/jobs/{part}"),
    )
    assert [found for path in paths for found in harm(visit, path)] == []


@pytest.mark.parametrize(
    "path", ["/words", "/models/promote", f"/issues/{KEY}/choices", f"/issues/{KEY}/export"]
)
def test_what_a_refused_form_gives_back(visit: Visit, path: str) -> None:
    fields = (
        "action",
        "title",
        "wording",
        "reason",
        "version",
        "because",
        "list",
        "word",
        "preferred",
        "form",
    )
    answer = visit.send(path, {"seen": "0", **dict.fromkeys(fields, BREAKS)})
    assert answer.status_code >= 400
    tags = _Tags()
    tags.feed(answer.text)
    assert tags.bad == []


def test_the_name_of_an_uploaded_file(empty: Visit) -> None:
    """Kept under a name of ours, shown in the refusal and in the progress."""
    for name in (f"{BREAKS}.exe", f"{BREAKS}.txt"):
        files = {"files": (name, io.BytesIO("无".encode()))}
        answer = empty.client.post("/issues/upload", data={"token": empty.token()}, files=files)
        assert answer.status_code in (303, 400)
        tags = _Tags()
        tags.feed(answer.text)
        assert tags.bad == []
        if location := answer.headers.get("location"):
            assert harm(empty, location) == []
    assert not set("<>\"'&") & set(own_name(f"{BREAKS}.txt"))
    assert [found for path in ("/", "/api/jobs") for found in harm(empty, path)] == []


def test_the_text_of_a_bulletin(tmp_path: Path, open_server: Open) -> None:
    """A bulletin whose title, headings, clauses and picks are hostile, read in and trained on."""
    trade = (f"推进{SCRIPT}贸易数字化。支持外贸企业{BREAKS}，降低成本。", f"{BREAKS}发展跨境电商。培养人才。")
    inbox = tmp_path / "in"
    inbox.mkdir()
    for serial in (1, 2, 3):
        text = bulletin(serial, (f"推进{SCRIPT}贸易数字化研究", f"{BREAKS}研究"), trade, f"示例{SCRIPT}动态")
        (inbox / f"{serial}.txt").write_text(text, encoding="utf-8")
    home = tmp_path / "office"
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), "run", str(inbox)])
    assert ended.value.code == 0
    with library.open_shelf(Workspace(home)) as corpus:
        keys = corpus.keys()
    visit = Visit(open_server(home))
    paths = [f"/issues/{key}{page}" for key in keys for page in ("", "/suggestions", "/side", "/export")]
    shown = [visit.read(path) for path in paths]
    assert any("&lt;script&gt;" in text for text in shown)
    everywhere = (
        *paths,
        "/",
        "/emphasis",
        "/emphasis?q=贸易数字化",
        "/models",
        "/models/version",
        "/comparison",
    )
    assert [found for path in everywhere for found in harm(visit, path)] == []
    assert server_of(visit.app).workspace.home == home
