"""The command: only this computer unless told otherwise, and then never without a password."""

import socket
from pathlib import Path
from typing import Any

import pytest
from conftest import Call
from editors import free_port

from recommender.web.password import is_password
from recommender.workspace import init_workspace


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What uvicorn was told, which does not run."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr("uvicorn.run", lambda app, **options: told.append({"app": app, **options}))
    return told


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "office").home


def hash_of(told: dict[str, Any]) -> str:
    return str(told["app"].app.state.server.password)


def test_it_answers_this_computer_alone(call: Call, home: Path, begun: list[dict[str, Any]]) -> None:
    done = call("--home", home, "serve", "--no-browser", "--port", str(free_port()))
    assert done.code == 0, done.err
    (told,) = begun
    assert told["host"] == "127.0.0.1"
    assert hash_of(told) == ""
    assert not told["proxy_headers"]  # nobody may say that he comes from elsewhere
    assert not told["server_header"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_on_a_network_it_does_not_start_without_a_password(
    call: Call, home: Path, begun: list[dict[str, Any]], host: str
) -> None:
    done = call("--home", home, "serve", "--no-browser", "--host", host, "--port", str(free_port()))
    assert done.code != 0
    assert begun == []


def test_a_short_password_is_refused(
    call: Call, home: Path, begun: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "1234567")
    done = call("--home", home, "serve", "--no-browser", "--host", "0.0.0.0", "--port", str(free_port()))
    assert (done.code, begun) == (2, [])
    assert "密码太短" in done.err


def test_with_a_password_it_says_that_others_can_come(
    call: Call, home: Path, begun: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "correct horse")
    file = tmp_path / "password"
    words = (
        "serve",
        "--no-browser",
        "--host",
        "0.0.0.0",
        "--port",
        str(free_port()),
        "--password-file",
        file,
    )
    done = call("--home", home, *words)
    assert done.code == 0, done.err
    assert "局域网里的其他电脑也能打开" in done.err
    assert "没有加密" in done.err
    kept = file.read_text(encoding="utf-8").strip()
    assert "correct horse" not in kept
    assert is_password(kept, "correct horse")
    assert file.stat().st_mode & 0o077 == 0
    assert hash_of(begun[0]) == kept


def test_a_password_in_plain_text_is_refused(
    call: Call, home: Path, begun: list[dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text("correct horse\n", encoding="utf-8")
    done = call("--home", home, "serve", "--no-browser", "--password-file", file, "--port", str(free_port()))
    assert (done.code, begun) == (2, [])
    assert "不能明文" in done.err


def test_a_port_that_is_taken_is_said(call: Call, home: Path, begun: list[dict[str, Any]]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = call("--home", home, "serve", "--no-browser", "--port", str(other.getsockname()[1]))
    assert (done.code, begun) == (2, [])
    assert "已经打开" in done.err
