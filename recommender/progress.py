"""How far long work is: whoever does it tells each step as it begins, whoever asked shows it or not."""

from typing import Protocol


class Tell(Protocol):
    """Is told a step in words, and how many of its parts are done; ``of`` 0: not known."""

    def __call__(self, step: str, done: int = 0, of: int = 0, /) -> None: ...


def say_nothing(step: str, done: int = 0, of: int = 0, /) -> None:
    """For who does not want to know how far the work is."""
