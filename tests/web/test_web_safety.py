"""Nobody else's page, name, file or patience gets anything done here."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import Open, Trained
from visits import NOW, Visit, server_of

from recommender.web.app import Options
from recommender.web.forms import MOST_FILES
from recommender.web.guard import Bounds, Names
from recommender.web.password import hash_password
from recommender.web.sessions import SESSION

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


# -- headers, names, tokens -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/nope", "/static/style.css", "/api/issues", "/name"])
def test_every_answer_holds_the_browser_to_us(visit: Visit, path: str) -> None:
    headers = visit.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_an_unforeseen_error_shows_no_trace(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.web.pages.models.versions.listing", lambda workspace: 1 / 0)
    answer = visit.get("/models")
    assert answer.status_code == 500
    assert "程序出现意外" in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "192.168.1.9", ""]
)
def test_another_host_name_is_refused(visit: Visit, host: str) -> None:
    assert visit.get("/", host=host).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:8765"])
def test_our_own_names_are_answered(visit: Visit, host: str) -> None:
    assert visit.get("/name", host=host).status_code == 200


def test_there_are_no_pages_for_developers(visit: Visit) -> None:
    assert {visit.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}


FORMS = (
    *("/name", "/logout", "/login", "/issues/upload", "/issues/inbox", "/issues/8/choices", "/issues/8/mend"),
    *("/issues/8/unmend", "/issues/8/export", "/words", "/comparison", "/models/retrain", "/models/rollback"),
    *("/models/promote", "/jobs/1/cancel"),
)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", [None, "", "0" * 64, "文"])
def test_a_form_without_the_token_of_the_session_does_nothing(
    visit: Visit, path: str, token: str | None
) -> None:
    answer = visit.client.post(path, data={} if token is None else {"token": token})
    assert answer.status_code == 403
    assert "过期" in answer.text


def test_every_form_of_the_application_is_in_that_test(visit: Visit) -> None:
    app = visit.app.app
    schema = app.openapi()  # type: ignore[attr-defined]
    posts = {path for path, ways in schema["paths"].items() if "post" in ways}
    assert posts == {path.replace("/8/", "/{key}/").replace("/1/", "/{number}/") for path in FORMS}


def test_the_token_of_another_session_is_none(visit: Visit) -> None:
    other = Visit(visit.app, "李老师")
    answer = visit.client.post("/models/rollback", data={"token": other.token()})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9000"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_page_is_refused_even_with_the_token(visit: Visit, headers: dict[str, str]) -> None:
    answer = visit.client.post("/name", data={"token": visit.token(), "name": "甲"}, headers=headers)
    assert answer.status_code == 403


def test_cookies_are_kept_from_scripts_and_other_sites(trained: Trained, open_server: Open) -> None:
    stranger = Visit(open_server(trained.home), name="")
    set_first = stranger.get("/name").headers["set-cookie"]
    set_name = stranger.send("/name", {"name": "王"}).headers["set-cookie"]
    for said in (set_first, set_name):
        assert "HttpOnly" in said
        assert "SameSite=strict" in said


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_form_leads_nowhere_else(visit: Visit, next: str) -> None:
    assert visit.send("/name", {"name": "王", "next": next}).headers["location"] == "/?said=named"


# -- what is typed stays text ---------------------------------------------------------------------


def test_hostile_text_stays_text_on_every_page(visit: Visit) -> None:
    visit.choose("8", action="add", title=HOSTILE)
    visit.send(
        "/issues/8/mend", {"seen": "0", "field": "pick", "document": "-1", "clause": "0", "after": HOSTILE}
    )
    visit.send("/name", {"name": "<b>&"})
    paths = (
        "/issues/8/suggestions",
        "/issues/8",
        "/issues/8/side",
        f"/emphasis?q={HOSTILE[:36]}",
        "/issues/8/export",
    )
    for path in paths:
        text = visit.read(path)
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert "<b>&" not in text, path
    assert "&lt;script&gt;" in visit.read("/issues/8")


# -- files ----------------------------------------------------------------------------------------

BULLETIN = "某动态\n第1期（总第1期）\n一、教育部《关于甲的意见》\n（一）推进甲事。具体做法。\n".encode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/cron.txt", "cron.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("a\x00b.txt", "a_b.txt"),
        ("<img src=x>.txt", "img_src_x.txt"),
        (".hidden.txt", "hidden.txt"),
        ("-rf.txt", "-rf.txt"),
        ("长" * 300 + ".txt", "长" * 60 + ".txt"),
    ],
)
def test_a_name_that_was_sent_leads_to_no_path(empty: Visit, sent: str, kept: str) -> None:
    from recommender.web.uploads import own_name

    assert own_name(sent) == kept
    home = server_of(empty.app).workspace.home
    before = {path for path in home.parent.rglob("*") if home not in path.parents}
    answer = empty.client.post(
        "/issues/upload", data={"token": empty.token()}, files={"files": (sent, BULLETIN)}
    )
    assert answer.status_code in (303, 400), answer.text
    assert {path for path in home.parent.rglob("*") if home not in path.parents} == before
    inbox = server_of(empty.app).workspace.inbox
    assert all(path.parent == inbox for path in inbox.rglob("*") if path.is_file())


def test_a_kind_that_cannot_be_read_is_refused(empty: Visit) -> None:
    answer = empty.client.post(
        "/issues/upload", data={"token": empty.token()}, files={"files": ("evil.exe", b"MZ")}
    )
    assert answer.status_code == 400
    assert list(server_of(empty.app).workspace.inbox.iterdir()) == []


def test_too_many_files_are_refused(empty: Visit) -> None:
    files = [("files", (f"{n}.txt", BULLETIN)) for n in range(MOST_FILES + 1)]
    answer = empty.client.post("/issues/upload", data={"token": empty.token()}, files=files)
    assert answer.status_code == 400
    assert list(server_of(empty.app).workspace.inbox.iterdir()) == []


def test_a_file_over_the_limit_of_the_intake_is_refused(empty: Visit) -> None:
    workspace = server_of(empty.app).workspace
    workspace.settings.write_text("[limits]\nfile_mb = 1\n", encoding="utf-8")
    answer = empty.client.post(
        "/issues/upload", data={"token": empty.token()}, files={"files": ("a.txt", b"x" * (1024 * 1024 + 1))}
    )
    assert answer.status_code == 400
    assert "1 MB" in answer.text
    assert list(workspace.inbox.iterdir()) == []


@pytest.mark.parametrize("path", ["/issues/upload", "/name"])
def test_too_long_a_body_is_refused_whether_or_not_its_length_is_told(
    trained: Trained, open_server: Open, path: str
) -> None:
    small = Visit(open_server(trained.home, Options(bounds=Bounds(form=20_000, upload=30_000))))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    told = small.client.post(path, content=b"a=" + b"x" * 40_000, headers=kind)
    streamed = small.client.post(path, content=(b"x" * 1000 for _ in range(40)), headers=kind)
    assert (told.status_code, streamed.status_code) == (413, 413)


def test_a_form_with_very_many_fields_is_refused(visit: Visit) -> None:
    fields = {f"f{n}": "x" for n in range(1000)}
    assert visit.client.post("/name", data={"token": visit.token(), **fields}).status_code == 400


# -- slow ones, against the real server -----------------------------------------------------------


@pytest.fixture
def running(trained: Trained, open_server: Open) -> Iterator[int]:
    """The port of a real server whose patience is short."""
    import uvicorn

    app = open_server(trained.home, Options(bounds=Bounds(pause=0.5, slowest=1000)))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("pause", [2.0, 0.1], ids=["stalled", "a byte at a time"])
def test_a_slow_body_is_given_up(running: int, pause: float) -> None:
    head = (
        f"POST /issues/upload HTTP/1.1\r\nHost: 127.0.0.1:{running}\r\nCookie: recommender_editor=a\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x\r\n"
    )
    with socket.create_connection(("127.0.0.1", running), timeout=10) as line:
        line.sendall(head.encode())
        answer, began = b"", time.monotonic()
        line.settimeout(pause)
        while not answer and time.monotonic() - began < 8:
            try:
                line.sendall(b"a")
                answer = line.recv(4000)
            except TimeoutError:
                continue
    assert b" 408 " in answer.split(b"\r\n")[0]


# -- the password ---------------------------------------------------------------------------------

PASSWORD = "correct horse 电池"


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_password(PASSWORD)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def closed(copied: Path, open_server: Open, hashed: str, clock: Clock) -> Visit:
    """A visitor who has not given the password yet."""
    names = Names(frozenset({"127.0.0.1"}), numbers=True)
    return Visit(open_server(copied, Options(names, hashed), clock), name="")


def sign_in(visit: Visit, password: str = PASSWORD) -> int:
    return visit.send("/login", {"password": password}, page="/login").status_code


@pytest.mark.parametrize(
    "path", ["/", "/name", "/issues/8", "/models", "/jobs/1", "/issues/8/exports/a/docx"]
)
def test_without_the_password_every_page_asks_for_it(closed: Visit, path: str) -> None:
    answer = closed.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_without_the_password_nothing_is_told_or_done(closed: Visit) -> None:
    assert closed.get("/api/issues").status_code == 401
    token = closed.token("/login")
    posts = [path for path in FORMS if path != "/login"]
    assert {closed.client.post(path, data={"token": token}).status_code for path in posts} == {401}


def test_the_password_lets_in_and_leaving_shuts_out(closed: Visit) -> None:
    assert sign_in(closed) == 303
    closed.send("/name", {"name": "王"})
    assert closed.get("/").status_code == 200
    closed.send("/logout", {})
    assert closed.get("/").headers["location"] == "/login"


def test_a_login_ends_by_itself(closed: Visit, clock: Clock) -> None:
    sign_in(closed)
    clock.now = NOW + timedelta(hours=13)
    assert closed.get("/").headers["location"] == "/login"


def test_the_session_is_new_after_login(closed: Visit) -> None:
    """Who planted the old one (fixation) has nothing of it."""
    closed.get("/login")
    planted = closed.client.cookies[SESSION]
    sign_in(closed)
    assert closed.client.cookies[SESSION] != planted
    thief = Visit(closed.app, name="")
    thief.client.cookies.set(SESSION, planted)
    assert thief.get("/").headers["location"] == "/login"


def test_a_made_up_session_is_replaced(closed: Visit) -> None:
    closed.client.cookies.set(SESSION, "chosen-by-me")
    closed.get("/login")
    assert closed.client.cookies.get(SESSION, domain="127.0.0.1") != "chosen-by-me"


def test_guessing_is_stopped_for_a_quarter_of_an_hour(closed: Visit, clock: Clock) -> None:
    assert [sign_in(closed, f"wrong {n}") for n in range(6)] == [401] * 5 + [429]
    assert sign_in(closed) == 429  # even the right one
    other = Visit(closed.app, name="", address="10.0.0.2")
    assert sign_in(other) == 303  # nobody else is shut out
    clock.now = NOW + timedelta(minutes=16)
    assert sign_in(closed) == 303


def test_on_a_network_numbers_are_names_but_foreign_names_are_not(closed: Visit) -> None:
    assert closed.get("/login", host="192.168.1.9:8765").status_code == 200
    assert closed.get("/login", host="evil.example").status_code == 421
