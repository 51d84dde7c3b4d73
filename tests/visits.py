"""A browser without a window: it keeps cookies and sends forms with the token of the page it is on."""

import re
from datetime import UTC, datetime
from typing import Any

import hypothesis  # noqa: F401  # before trio, which the client loads: the other way round it warns
from fastapi.testclient import TestClient
from httpx2 import Response

from recommender.web.guard import Guard
from recommender.web.server import Server

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOME = "http://127.0.0.1:8765"
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
_SEEN = re.compile(r'name="seen" value="(\d+)"')


class Visit:
    """Someone at the page, under a name ("" for one who has not given it)."""

    def __init__(self, app: Guard, name: str = "王老师", address: str = "testclient") -> None:
        self.app = app
        self.client = TestClient(
            app, base_url=HOME, follow_redirects=False, client=(address, 50000), raise_server_exceptions=False
        )
        if name:
            assert self.send("/name", {"name": name}, page="/name").status_code == 303

    def get(self, path: str, **headers: str) -> Response:
        found: Response = self.client.get(path, headers=headers)
        return found

    def read(self, path: str) -> str:
        """A page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def token(self, page: str = "/name") -> str:
        """The token in the forms of a page, as the browser is shown it."""
        found = _TOKEN.search(self.read(page))
        assert found, page
        return found[1]

    def send(self, path: str, fields: dict[str, Any], page: str = "/name", **more: Any) -> Response:
        """Send a form with the token of a page."""
        answer: Response = self.client.post(path, data={"token": self.token(page), **fields}, **more)
        return answer

    def seen(self, page: str) -> str:
        """The revision in the forms of a page."""
        found = _SEEN.search(self.read(page))
        assert found, page
        return found[1]

    def choose(self, key: str, **fields: Any) -> Response:
        """A step on the own list of an issue, from its page as it is now."""
        page = f"/issues/{key}/suggestions"
        return self.send(f"/issues/{key}/choices", {"seen": self.seen(page), **fields}, page)


def server_of(app: Guard) -> Server:
    found: Server = app.app.state.server  # type: ignore[attr-defined]
    return found
