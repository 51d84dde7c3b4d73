"""The password of a page that others on the network can reach: kept as an Argon2 hash, guessed slowly."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from recommender.disk import write_whole
from recommender.errors import UsageError, cause_of

SHORTEST = 8
_TRIES, _TRIES_OF_ALL = 5, 60  # in the span below, from one address and from all
_SPAN = 15 * 60.0


def hash_password(password: str) -> str:
    """The Argon2id hash (RFC 9106) of a password; UsageError for one that is too short."""
    from argon2 import PasswordHasher

    if len(password) < SHORTEST:
        raise UsageError(f"密码太短：至少要 {SHORTEST} 个字符。请换一个再试。")
    return PasswordHasher().hash(password)


def is_password(hashed: str, password: str) -> bool:
    """Whether this is the password that was hashed."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(hashed, password)
    except VerifyMismatchError:
        return False


def kept_password(file: Path, ask: Callable[[], str]) -> str:
    """The hash in a file; a missing file is made, with what ``ask`` answers, readable by its owner alone."""
    try:
        found = file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        hashed = hash_password(ask())
        write_whole(file, f"{hashed}\n".encode())
        file.chmod(0o600)
        return hashed
    except (OSError, UnicodeDecodeError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "不是文字"
        raise UsageError(f"{file}：密码文件读不出来（{why}）。请检查路径和权限。") from error
    if not found.startswith("$argon2"):
        remedy = "请删除它，再运行一次，程序会问密码，并只存下密码的散列值"
        raise UsageError(f"{file}：这不是本程序写的密码文件（密码不能明文存放）。{remedy}。")
    return found


@dataclass
class Tries:
    """Passwords given in the last quarter of an hour, by the address they came from; a right one clears
    its address. ``one`` is held while a password is checked: each check takes 64 MB."""

    one: threading.Lock = field(default_factory=threading.Lock)
    _given: dict[str, list[float]] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, address: str, now: float) -> bool:
        """Whether an address may give a password at this second; if so, this counts as one given."""
        with self._guard:
            recent = {a: [at for at in times if at > now - _SPAN] for a, times in self._given.items()}
            self._given = {a: times for a, times in recent.items() if times}
            own = self._given.get(address, [])
            if len(own) >= _TRIES or sum(map(len, self._given.values())) >= _TRIES_OF_ALL:
                return False
            self._given[address] = [*own, now]
            return True

    def clear(self, address: str) -> None:
        with self._guard:
            self._given.pop(address, None)
