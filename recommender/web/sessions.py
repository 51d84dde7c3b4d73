"""Who is at the other end: a session in a cookie, its token for forms, and the name an editor gave."""

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

SESSION, NAME = "recommender_session", "recommender_editor"
LONGEST_NAME = 20  # characters
_YEAR = 365 * 24 * 3600
_SIGNED_IN = 12 * 3600.0  # seconds a login lasts


@dataclass(frozen=True, slots=True)
class Visitor:
    """session: random, kept by the browser. token: what its forms must bring. name: "" until given.

    is_new: the browser does not have the session yet.
    """

    session: str
    token: str
    name: str
    is_new: bool


@dataclass
class Sessions:
    """Sessions need no store: a token is the session under a key that dies with the server. Only those
    that have given the password are remembered, with the moment (of a clock of seconds) they end."""

    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _signed_in: dict[str, float] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def visitor(self, request: Request) -> Visitor:
        """Who makes a request, by its cookies."""
        session = request.cookies.get(SESSION, "")
        is_new = not _is_ours(session)
        session = new_session() if is_new else session
        return Visitor(session, self.token(session), _name(request), is_new)

    def token(self, session: str) -> str:
        """What a form of this session must bring."""
        return hmac.new(self._key, session.encode(), hashlib.sha256).hexdigest()

    def is_token(self, session: str, token: str) -> bool:
        return hmac.compare_digest(self.token(session).encode(), token.encode())

    def sign_in(self, old: str, now: float) -> str:
        """A fresh session that has given the password; the old one, which others may know, has not."""
        session = new_session()
        with self._guard:
            self._signed_in = {one: end for one, end in self._signed_in.items() if end > now and one != old}
            self._signed_in[session] = now + _SIGNED_IN
        return session

    def sign_out(self, session: str) -> None:
        with self._guard:
            self._signed_in.pop(session, None)

    def is_signed_in(self, session: str, now: float) -> bool:
        return self._signed_in.get(session, now) > now


def new_session() -> str:
    """A name for a session that nobody can guess."""
    return secrets.token_urlsafe(32)


def _is_ours(session: str) -> bool:
    return len(session) == 43 and all(char.isascii() and (char.isalnum() or char in "-_") for char in session)


def _name(request: Request) -> str:
    return clean_name(unquote(request.cookies.get(NAME, "")))


def clean_name(text: str) -> str:
    """A name as it is recorded: one line, no control characters, at most twenty characters.

    >>> clean_name("  王\\n老师 ")
    '王 老师'
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST_NAME]


def is_encrypted(request: Request) -> bool:
    """Whether a request came over TLS, as the server itself saw it: no proxy stands before it."""
    return bool(request.scope["scheme"] == "https")


def keep_session(request: Request, response: Response, session: str) -> None:
    """Give the browser its session; it forgets it when it is closed."""
    secure = is_encrypted(request)
    response.set_cookie(SESSION, session, path="/", secure=secure, httponly=True, samesite="strict")


def keep_name(request: Request, response: Response, name: str) -> None:
    """Have the browser remember the editor's name for a year."""
    secure, value = is_encrypted(request), quote(name)
    response.set_cookie(NAME, value, max_age=_YEAR, path="/", secure=secure, httponly=True, samesite="strict")
