"""What was confirmed to a browser survives the killing of the server (benchmarks/web_crash.py: 100 times)."""

import sys
from pathlib import Path

import pytest
from editors import Served, kill_while_writing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and kills by signal")


def test_nothing_confirmed_is_lost_when_the_server_is_killed(copied: Path) -> None:
    said: list[str] = []
    served = Served(copied)
    try:
        wrong = kill_while_writing(served, "8", kills=4, seed=4, tell=said.append)
    finally:
        served.kill()
    assert wrong == []
    confirmed = int(said[-1].split(": ")[1].split()[0])
    assert confirmed >= 4, said
