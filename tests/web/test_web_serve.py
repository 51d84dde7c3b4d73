"""The command: only this computer unless told otherwise, and then never without a password."""

import re
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from conftest import Call, Open, Trained
from editors import free_port
from systems import program
from visits import Visit

from recommender.begin import init_workspace
from recommender.web.app import Options
from recommender.web.password import hash_password, is_password


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


# -- encryption -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this computer, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")
    names = ("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate))
    subprocess.run([program("openssl"), *new, *names], check=True, capture_output=True, timeout=60)
    return certificate, key


def test_with_a_certificate_all_is_encrypted_and_cookies_stay_so(home: Path, pair: tuple[Path, Path]) -> None:
    port, (certificate, key) = free_port(), pair
    words = (
        "serve",
        "--no-browser",
        "--port",
        str(port),
        "--certificate",
        str(certificate),
        "--key",
        str(key),
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "recommender", "--home", str(home), *words], stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr
        assert f"https://127.0.0.1:{port}/" in server.stderr.readline()
        with httpx2.Client(verify=ssl.create_default_context(cafile=certificate), timeout=60) as client:
            answer = retried(client, f"https://127.0.0.1:{port}/name")
            token = re.findall(r'name="token" value="([0-9a-f]+)"', answer.text)[0]
            named = client.post(answer.url, data={"token": token, "name": "王老师", "next": "/"})
            cookies = [*answer.headers.get_list("set-cookie"), *named.headers.get_list("set-cookie")]
            assert len(cookies) == 2
            assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
            assert "没有加密" not in client.get(f"https://127.0.0.1:{port}/").text
        with pytest.raises(httpx2.TransportError):
            httpx2.get(f"http://127.0.0.1:{port}/name", timeout=10)
    finally:
        server.terminate()
        server.communicate(timeout=60)


def retried(client: httpx2.Client, address: str) -> httpx2.Response:
    """The answer of a server that is about to listen."""
    for _ in range(600):
        try:
            return client.get(address)
        except httpx2.ConnectError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--certificate", "CERTIFICATE"), "同时写"),
        (("--key", "KEY"), "同时写"),
        (("--certificate", "没有.pem", "--key", "KEY"), "没有这个文件"),
        (("--certificate", "CERTIFICATE", "--key", "CERTIFICATE"), "不能用"),
        (("--certificate", "KEY", "--key", "KEY"), "不能用"),
    ],
)
def test_a_certificate_that_cannot_serve_is_refused(
    call: Call,
    home: Path,
    begun: list[dict[str, Any]],
    pair: tuple[Path, Path],
    given: tuple[str, ...],
    said: str,
) -> None:
    files = {"CERTIFICATE": str(pair[0]), "KEY": str(pair[1])}
    done = call("--home", home, "serve", "--no-browser", *(files.get(word, word) for word in given))
    assert (done.code, begun) == (2, [])
    assert said in done.err


def test_a_key_with_a_password_is_refused_without_asking(
    call: Call, home: Path, begun: list[dict[str, Any]], pair: tuple[Path, Path], tmp_path: Path
) -> None:
    locked = tmp_path / "locked.pem"
    command = ("rsa", "-aes128", "-passout", "pass:geheim", "-in", str(pair[1]), "-out", str(locked))
    subprocess.run([program("openssl"), *command], check=True, capture_output=True, timeout=60)
    done = call("--home", home, "serve", "--no-browser", "--certificate", pair[0], "--key", locked)
    assert (done.code, begun) == (2, [])
    assert "没有口令" in done.err


def test_a_page_that_is_not_encrypted_says_so_where_others_can_come(
    trained: Trained, open_server: Open
) -> None:
    shared = Visit(open_server(trained.home, Options(password=hash_password("correct horse"))), name="")
    assert "没有加密" in shared.read("/login")
    alone = Visit(open_server(trained.home))
    assert "没有加密" not in alone.read("/")
