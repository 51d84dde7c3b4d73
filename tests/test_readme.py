"""What README says of the program is so: its two commands, every command named, every key fact."""

import re
from pathlib import Path

from recommender.commands.listed import LISTED
from recommender.recommend.features import FEATURES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_stands_in_readme_and_no_other() -> None:
    shown = set(re.findall(r"recommender (?:--home \S+ )?([a-z]+)", README))
    assert shown <= LISTED.keys()
    assert LISTED.keys() <= shown


def test_the_two_commands_are_one_line_each_and_ci_runs_them() -> None:
    first = [line for line in README.splitlines() if line.endswith("&& recommender run data/sample")]
    tests = [line for line in README.splitlines() if line.endswith("&& python -m pytest -n auto")]
    assert len(first) == len(tests) == 1
    runner = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in runner


def test_the_number_of_reasons_is_right() -> None:
    numerals = {11: "十一", 12: "十二", 13: "十三", 14: "十四", 15: "十五"}
    assert f"{numerals[len(FEATURES)]}项理由" in README


def test_every_room_is_on_the_map() -> None:
    rooms = {
        path.stem for path in (ROOT / "recommender").iterdir() if path.name not in ("__init__.py", "py.typed")
    }
    table = README[README.index("| room |") :]
    assert {room for room in rooms if not room.startswith("__")} <= set(re.findall(r"[a-z]+", table))


def test_no_registry_address_is_pinned() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[\w.]+", line) for line in lock.splitlines())
