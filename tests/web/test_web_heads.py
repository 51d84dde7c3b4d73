"""Who opens connections and says nothing, or says it a letter at a time, takes no place from others."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from conftest import Open, Trained
from editors import free_port

from recommender.web.app import Options
from recommender.web.heads import Heads


class Hasty(Heads):
    patience = 0.6


@pytest.fixture
def port(trained: Trained, open_server: Open) -> Iterator[int]:
    """A real server that has room for four connections."""
    import uvicorn

    found = free_port()
    settings = uvicorn.Config(
        open_server(trained.home, Options()),
        port=found,
        http=Hasty,
        log_level="critical",
        limit_concurrency=5,
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield found
    server.should_exit = True
    thread.join(10)


def line(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def ended(one: socket.socket, dribble: bytes) -> bool:
    """Whether the server closes a connection within some seconds, whatever little is sent on it."""
    until = time.monotonic() + 8
    one.settimeout(0.1)
    while time.monotonic() < until:
        try:
            if dribble:
                one.sendall(dribble)
            if not one.recv(1000):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def answer(port: int) -> bytes:
    with line(port) as one:
        one.sendall(b"GET /name HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return one.recv(4000)


@pytest.mark.parametrize("dribble", [b"", b"a"], ids=["silent", "a letter at a time"])
def test_a_head_that_does_not_come_is_given_up(port: int, dribble: bytes) -> None:
    with line(port) as one:
        if dribble:
            one.sendall(b"GET /name HTTP/1.1\r\nX-Slow: ")
        assert ended(one, dribble)


def test_the_head_of_a_second_request_is_not_waited_for_either(port: int) -> None:
    with line(port) as one:
        one.sendall(b"GET /api/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b" 200 " in one.recv(4000)
        one.sendall(b"GET /api/jobs HTTP/1.1\r\nX-Slow: ")
        assert ended(one, b"a")


def test_idle_connections_take_the_places_only_for_a_moment(port: int) -> None:
    idle = [line(port) for _ in range(6)]
    assert b" 503 " in answer(port)
    time.sleep(1.5)
    assert b" 200 " in answer(port)
    for one in idle:
        one.close()


def test_a_page_that_takes_longer_than_the_patience_is_answered(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(self: object) -> tuple[()]:
        time.sleep(1.2)
        return ()

    monkeypatch.setattr("recommender.web.jobs.Jobs.recent", slow)
    with line(port) as one:
        one.sendall(b"GET /api/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b" 200 " in one.recv(4000)
