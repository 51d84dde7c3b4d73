"""What stands before every page: who may be called, how much may be sent and how slowly, and the
headers that hold a browser to this server alone."""

import asyncio
import ipaddress
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

# Nothing but our own files, no frame around us, forms only to ourselves.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with that a browser sends "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a request may demand.

    form, upload: bytes of a body. pause: seconds between two pieces of it. slowest: bytes a second that
    a body must come at, after its first ``pause`` seconds.
    """

    form: int = 256 * 1024
    upload: int = 256 * 1024 * 1024
    pause: float = 15.0
    slowest: int = 4096


@dataclass(frozen=True, slots=True)
class Names:
    """The names this server answers to. numbers: any address too, which no foreign page can rebind."""

    known: frozenset[str]
    numbers: bool = False

    def answers(self, host: str) -> bool:
        """Whether a Host header names this server, with whatever port.

        >>> Names(frozenset({"localhost"})).answers("localhost:80")
        True
        >>> Names(frozenset({"localhost"})).answers("evil.example")
        False
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.known or self.numbers and _is_number(name)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """The outermost layer (ASGI). app: what it stands before. uploads: the paths where files may be sent."""

    def __init__(self, app: Asgi, names: Names, bounds: Bounds, uploads: frozenset[str]) -> None:
        self.app = app
        self._names = names
        self._bounds = bounds
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refusal(scope["method"], Headers(scope=scope))
        if refused:
            status, text = refused
            await PlainTextResponse(text, status)(scope, receive, send)
            return
        most = self._bounds.upload if scope["path"] in self._uploads else self._bounds.form
        await self.app(scope, _Body(receive, most, self._bounds, Headers(scope=scope)).receive, send)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """(status, what to do) for a request that no page of ours made."""
        host = headers.get("host", "")
        if not self._names.answers(host):
            return 421, "这个地址不是本程序的地址。请用启动时显示的地址打开。"
        if method in _READING:
            return None
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != host
        if foreign or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "这个请求来自别的网页，没有执行。请在本程序自己的页面里操作。"
        return None


class _Body:
    """The body of a request, given up when it is too long or comes too slowly."""

    def __init__(self, receive: Receive, most: int, bounds: Bounds, headers: Headers) -> None:
        self._receive = receive
        self._most = most
        self._bounds = bounds
        self._declared = headers.get("content-length", "0")
        self._size = 0
        self._waited = 0.0
        self._done = False

    async def receive(self) -> Message:
        if self._done:  # what comes now is only whether the browser is still there
            return await self._receive()
        if self._declared.isdigit() and int(self._declared) > self._most:
            raise too_large(self._most)
        began = time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), self._bounds.pause)
        except TimeoutError:
            raise _too_slow() from None
        self._waited += time.monotonic() - began
        self._count(message)
        return message

    def _count(self, message: Message) -> None:
        self._size += len(message.get("body", b""))
        self._done = message["type"] != "http.request" or not message.get("more_body", False)
        if self._size > self._most:
            raise too_large(self._most)
        if self._waited > self._bounds.pause + self._size / self._bounds.slowest:
            raise _too_slow()


def too_large(most: int) -> HTTPException:
    """The refusal of a body over ``most`` bytes."""
    size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} KB"
    said = f"发送的内容超过了上限（{size}），没有保存。请分几次发送，或减少文字。"
    return HTTPException(413, said, {"Connection": "close"})


def _too_slow() -> HTTPException:
    said = "发送得太慢，已经停止，什么也没有保存。请检查网络后再试。"
    return HTTPException(408, said, {"Connection": "close"})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
