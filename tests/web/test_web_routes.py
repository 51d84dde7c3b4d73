"""What must hold for every address of the page, found from the application itself."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from conftest import Open, Trained
from fastapi import FastAPI
from fastapi.routing import APIRoute
from visits import Visit, server_of

from recommender.web.app import Options
from recommender.web.guard import HEADERS, Guard, Names
from recommender.web.pages import ROUTERS
from recommender.web.password import hash_password

ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
READ = sorted({route.path for route in ROUTES if "GET" in (route.methods or ())})
WRITE = sorted({route.path for route in ROUTES if "POST" in (route.methods or ())})
VALUES = {"key": "8", "number": "1", "form": "docx", "export": "20261122T120000Z-0a0a0a", "name": "style.css"}
TRAVERSALS = (
    *(
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e%2fpasswd",
        "..\\..\\secret",
        "/etc/passwd",
    ),
    *("....//....//secret", "secret\x00.docx", "file:///etc/passwd", "C:\\Windows\\win.ini", "~root", "CON"),
)


@pytest.fixture(scope="module")
def reader(trained: Trained) -> Iterator[Visit]:
    """Someone who only reads, at the workspace that all tests share."""
    from visits import NOW

    from recommender.web.app import create_app
    from recommender.workspace import Workspace

    visit = Visit(create_app(Workspace(trained.home), lambda: NOW, Options()))
    yield visit
    server_of(visit.app).jobs.close()


def filled(path: str, **values: str) -> str:
    """An address with its parts."""
    return re.sub(r"\{(\w+)\}", lambda part: {**VALUES, **values}[part[1]], path)


def app_of(guard: Guard) -> FastAPI:
    assert isinstance(guard.app, FastAPI)
    return guard.app


def test_these_are_all_addresses(visit: Visit) -> None:
    """What the tests below go through is what the application answers to."""
    served = app_of(visit.app).openapi()["paths"]
    assert {path for path, ways in served.items() if "get" in ways} == set(READ)
    assert {path for path, ways in served.items() if "post" in ways} == set(WRITE)
    assert {way for ways in served.values() for way in ways} == {"get", "post"}


# -- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", READ)
def test_every_page_is_bound_to_us(reader: Visit, path: str) -> None:
    answer = reader.get(filled(path))
    assert answer.status_code in (200, 303, 404, 422), answer.text[:500]
    assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "cache-control" in answer.headers
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


@pytest.mark.parametrize("path", WRITE)
def test_every_refusal_is_bound_to_us_too(reader: Visit, path: str) -> None:
    for answer in (
        reader.client.post(filled(path)),
        reader.client.post(filled(path), headers={"origin": "http://evil.example"}),
        reader.client.post(filled(path), headers={"host": "evil.example"}),
        reader.client.post(filled(path), content=b"x" * 300_000, headers={"content-length": "999999999"}),
        reader.client.request("PUT", filled(path)),
        reader.client.request("TRACE", filled(path)),
    ):
        assert answer.status_code in (403, 405, 413, 421), (answer.status_code, answer.text[:200])
        assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS


def test_pages_are_not_kept_by_the_browser_and_only_files_of_ours_are(reader: Visit) -> None:
    for path in READ:
        kept = reader.get(filled(path)).headers["cache-control"]
        assert ("max-age" in kept) == (path == "/static/{name}"), path


# -- tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WRITE)
def test_a_form_with_the_token_of_another_session_does_nothing(reader: Visit, path: str) -> None:
    other = Visit(reader.app, "李老师")
    assert reader.client.post(filled(path), data={"token": other.token()}).status_code == 403
    assert reader.client.post(filled(path), headers={"x-token": other.token()}).status_code == 403


@pytest.mark.parametrize("path", WRITE)
def test_a_token_in_the_address_is_none(reader: Visit, path: str) -> None:
    assert reader.client.post(f"{filled(path)}?token={reader.token()}").status_code == 403


def test_reading_changes_nothing(visit: Visit) -> None:
    """No address that is only opened writes, whatever it is asked: an image tag elsewhere could open it."""
    home = server_of(visit.app).workspace.home

    def written() -> dict[str, int]:
        files = (path for path in home.rglob("*") if path.is_file() and "sqlite" not in path.name)
        return {str(path): path.stat().st_mtime_ns for path in files if ".cache" not in path.parts}

    before = written()
    asked = "?step=remove&list=words&word=甲&action=accept&title=甲&field=title"
    for path, query in product(READ, ("", asked)):
        visit.get(filled(path) + query)
    assert written() == before
    assert not server_of(visit.app).workspace.choices.exists()
    assert visit.read("/issues/8/suggestions").count("已采纳") == 0


# -- paths ----------------------------------------------------------------------------------------


@pytest.fixture
def secret(copied: Path) -> str:
    """What stands in files beside and above the workspace, that no answer may hold."""
    said = "geheim-4711"
    for folder in (copied, copied.parent, copied / "reports", copied / "data"):
        for name in ("secret", "secret.docx", "passwd", "win.ini"):
            (folder / name).write_text(said, encoding="utf-8")
    return said


@pytest.mark.parametrize("part", TRAVERSALS)
def test_no_part_of_an_address_leads_to_a_file(visit: Visit, secret: str, part: str) -> None:
    from urllib.parse import quote

    for path in READ:
        for name in re.findall(r"\{(\w+)\}", path):
            for sent in (quote(part, safe=""), part.replace("\x00", "%00")):
                answer = visit.get(filled(path, **{name: sent}))
                assert answer.status_code in (200, 303, 400, 404, 422), (path, answer.status_code)
                assert secret not in answer.text
                assert "root:" not in answer.text
                assert "Traceback" not in answer.text


@pytest.mark.parametrize("part", TRAVERSALS)
def test_no_value_in_an_address_leads_to_a_file(visit: Visit, secret: str, part: str) -> None:
    for route in ROUTES:
        asked = {one.alias for one in route.dependant.query_params}
        for name in asked:
            answer = visit.client.request(
                "GET" if "GET" in (route.methods or ()) else "POST",
                filled(route.path),
                params={"list": "words", "word": "甲", "field": "title", name: part},
            )
            assert answer.status_code in (200, 303, 400, 403, 404, 422), (
                route.path,
                name,
                answer.status_code,
            )
            assert secret not in answer.text
            assert "root:" not in answer.text


@pytest.mark.parametrize("part", TRAVERSALS)
@pytest.mark.parametrize("path", WRITE)
def test_no_field_of_a_form_leads_to_a_file(visit: Visit, secret: str, path: str, part: str) -> None:
    home = server_of(visit.app).workspace.home
    before = {one for one in home.parent.rglob("*") if home not in one.parents}
    fields = (
        "next",
        "title",
        "wording",
        "version",
        "because",
        "list",
        "word",
        "preferred",
        "form",
        "editor",
        "mark",
    )
    answer = visit.send(filled(path), {"seen": "0", "action": "add", **dict.fromkeys(fields, part)})
    assert answer.status_code in (303, 400, 401, 404, 409, 422), answer.status_code
    assert secret not in answer.text
    assert answer.headers.get("location", "/").startswith("/")
    assert not answer.headers.get("location", "/").startswith(("//", "/\\"))
    assert {one for one in home.parent.rglob("*") if home not in one.parents} == before


# -- hosts and passwords --------------------------------------------------------------------------

PASSWORD = "correct horse 电池"


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def closed(copied: Path, open_server: Open, hashed: str) -> Visit:
    """A visitor who has not given the password yet."""
    return Visit(open_server(copied, Options(Names(frozenset({"127.0.0.1"}), numbers=True), hashed)), name="")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1/static/",
        "127.0.0.1/login?",
        "127.0.0.1:80/static/x",
        "127.0.0.1#",
        "a@127.0.0.1",
        "127.0.0.1:80:80",
    ],
)
def test_a_host_that_says_more_than_a_name_opens_no_page(closed: Visit, host: str) -> None:
    """An address that is put together with it would seem to be one that everybody may open."""
    assert closed.get("/issues/8", host=host).status_code == 421


@pytest.mark.parametrize("path", READ)
def test_without_the_password_no_address_tells_anything(closed: Visit, path: str) -> None:
    answer = closed.get(filled(path))
    if path in ("/login", "/static/{name}"):
        assert answer.status_code == 200
    elif path.startswith("/api/"):
        assert answer.status_code == 401
    else:
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_guessing_is_stopped_whatever_session_it_comes_with(closed: Visit) -> None:
    """Each try as a new browser, from one address; saying that it comes from elsewhere helps nothing."""
    tries = []
    for number in range(8):
        thief = Visit(closed.app, name="")
        thief.client.headers["x-forwarded-for"] = f"10.0.0.{number}"
        tries.append(thief.send("/login", {"password": f"wrong {number}"}, "/login").status_code)
    assert tries == [401] * 5 + [429] * 3


def test_guessing_from_many_addresses_is_stopped_too(closed: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.web.pages.login.is_password", lambda hashed, password: False)  # sooner
    tries = []
    for number in range(16):
        for guess in range(4):
            thief = Visit(closed.app, name="", address=f"10.0.{number}.1")
            tries.append(thief.send("/login", {"password": f"wrong {guess}"}, "/login").status_code)
    assert tries == [401] * 60 + [429] * 4
