"""The command: what it refuses, what it says on the console, and the file that starts it."""

import os
import shlex
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import Call
from typer.testing import CliRunner

from recommender.commands.app import app
from recommender.errors import UsageError
from recommender.web.password import hash_password, is_password, kept_password
from recommender.web.start_files import write_start_files
from recommender.workspace import init_workspace


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_says_where_and_ends_on_a_signal(tmp_path: Path) -> None:
    home, port = init_workspace(tmp_path / "new").home, free_port()
    command = (sys.executable, "-m", "recommender", "--home", str(home), "serve", "--no-browser")
    serving = subprocess.Popen(
        [*command, "--port", str(port)],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert serving.stderr
    said = serving.stderr.readline().decode()
    assert f"http://127.0.0.1:{port}/" in said
    until = time.monotonic() + 60
    status = 0
    while not status and time.monotonic() < until:
        try:
            status = urllib.request.urlopen(f"http://127.0.0.1:{port}/name", timeout=5).status
        except OSError:
            time.sleep(0.1)
    assert status == 200
    serving.send_signal(signal.SIGINT)
    assert "Traceback" not in serving.communicate(timeout=30)[1].decode()


def test_a_port_in_use_is_said(call: Call, tmp_path: Path) -> None:
    home = init_workspace(tmp_path / "new").home
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = call("--home", home, "serve", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "--port" in ran.err


def test_a_workspace_that_is_not_there_is_said(call: Call, tmp_path: Path) -> None:
    assert call("--home", tmp_path / "nope", "serve", "--no-browser").code == 2


def test_another_address_asks_for_a_password_and_keeps_only_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file = init_workspace(tmp_path / "new").home, tmp_path / "密码.txt"
    served: list[str] = []
    monkeypatch.setattr("uvicorn.run", lambda guard, **values: served.append(guard.app.state.server.password))
    words = ["--home", str(home), "serve", "--host", "0.0.0.0", "--no-browser", "--port", str(free_port())]
    first = CliRunner().invoke(
        app, [*words, "--password-file", str(file)], input="correct horse\ncorrect horse\n"
    )
    assert first.exit_code == 0, first.output
    assert "没有加密" in first.output
    kept = file.read_text(encoding="utf-8")
    assert "correct" not in kept
    assert kept.startswith("$argon2id$")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = CliRunner().invoke(app, [*words, "--password-file", str(file)])
    assert again.exit_code == 0, again.output  # not asked again
    asked = CliRunner().invoke(app, words, input="another horse\nanother horse\n")
    assert asked.exit_code == 0, asked.output
    assert is_password(served[0], "correct horse")
    assert served[0] == served[1]
    assert is_password(served[2], "another horse")


def test_without_an_answer_another_address_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.run", lambda guard, **values: pytest.fail("served without a password"))
    home = init_workspace(tmp_path / "new").home
    ran = CliRunner().invoke(
        app, ["--home", str(home), "serve", "--host", "0.0.0.0", "--no-browser"], input=""
    )
    assert ran.exit_code != 0


def test_a_password_in_plain_text_or_too_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password.txt"
    file.write_text("correct horse\n", encoding="utf-8")
    with pytest.raises(UsageError, match="明文"):
        kept_password(file, lambda: "")
    with pytest.raises(UsageError, match="太短"):
        hash_password("short")


# -- start files ----------------------------------------------------------------------------------


def test_the_windows_file_is_gbk_with_crlf_and_quotes_the_paths(tmp_path: Path) -> None:
    home, python = tmp_path / "科研 100%", Path("C:/Program Files/py/python.exe")
    (file,) = write_start_files(tmp_path, home, python, "win32")
    content = file.read_bytes()
    assert file.suffix == ".bat"
    assert b"\n" not in content.replace(b"\r\n", b"")
    text = content.decode("gbk")
    assert f'--home "{str(home).replace("%", "%%")}" serve' in text
    assert text.startswith("@echo off\r\n")


def test_the_unix_script_starts_the_page_of_its_workspace(tmp_path: Path) -> None:
    home = init_workspace(tmp_path / "科研 'a' $HOME").home
    script, entry = write_start_files(tmp_path / "desk", home, Path(sys.executable), "linux")
    assert script.stat().st_mode & stat.S_IXUSR
    subprocess.run(["sh", "-n", str(script)], check=True)
    words = shlex.split(script.read_text(encoding="utf-8").splitlines()[1])
    assert words == ["exec", sys.executable, "-m", "recommender", "--home", str(home), "serve"]
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert "Terminal=true" in lines


def test_the_command_writes_the_start_files(call: Call, tmp_path: Path) -> None:
    home = init_workspace(tmp_path / "new").home
    ran = call("--home", home, "serve", "--start-file", tmp_path / "desk")
    assert ran.code == 0
    written = [Path(line.removeprefix("已写好：")) for line in ran.out.splitlines()]
    assert written
    assert all(path.is_file() for path in written)
