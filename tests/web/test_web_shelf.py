"""What pages read is kept while nothing it rests on changes, and never longer."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Open
from fastapi.testclient import TestClient
from visits import Visit, server_of

from recommender.evaluation import uptake
from recommender.office.choices import choices_revision
from recommender.web import app
from recommender.web import shelf as module
from recommender.web.shelf import Shelf
from recommender.workspace import Workspace

PAGE = "/issues/8/suggestions"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Workspace(tmp_path))


def test_a_value_is_made_once_for_a_state(shelf: Shelf) -> None:
    counted = iter(range(10))
    made = [shelf.once("name", lambda: next(counted), state) for state in (1, 1, 2, 2, 1)]
    assert made == [0, 0, 1, 1, 2]


def test_nothing_is_a_value_too(shelf: Shelf) -> None:
    asked: list[int] = []
    for _ in range(2):
        assert shelf.once("name", lambda: asked.append(1)) is None
    assert asked == [1]


def test_a_file_that_changes_ends_every_value(shelf: Shelf) -> None:
    counted = iter(range(10))
    assert [shelf.once("name", lambda: next(counted)) for _ in range(2)] == [0, 0]
    shelf.workspace.settings.write_text("# anders", "utf-8")
    assert [shelf.once("name", lambda: next(counted)) for _ in range(2)] == [1, 1]


def test_what_failed_is_made_again_and_leaves_nothing(shelf: Shelf) -> None:
    def fail() -> None:
        raise ValueError

    for number in range(5):
        with pytest.raises(ValueError):
            shelf.once(number, fail)
    assert shelf.once(0, lambda: "made") == "made"
    assert not shelf._making


class Raced(dict[object, Any]):
    """What is kept, where whatever is looked for without the guard is put out by another right after."""

    guard: Any

    def __contains__(self, name: object) -> bool:
        found = super().__contains__(name)
        if not self.guard.locked():
            self.pop(name, None)
        return found


def test_who_waited_for_a_value_that_is_put_out_again_is_answered(shelf: Shelf) -> None:
    shelf._stamp = module._files(shelf.workspace)
    shelf._kept = kept = Raced()
    kept.guard = shelf._guard
    begun, waited = threading.Event(), threading.Event()
    answers: list[str] = []

    def slowly() -> str:
        begun.set()
        assert waited.wait(30)
        return "made"

    def ask() -> None:
        answers.append(shelf.once("name", slowly))

    first, second = threading.Thread(target=ask), threading.Thread(target=ask)
    first.start()
    assert begun.wait(30)
    second.start()
    second.join(0.2)  # it stands in the queue by now
    waited.set()
    first.join(30)
    second.join(30)
    assert answers == ["made", "made"]


# -- the comparison page --------------------------------------------------------------------------


@pytest.fixture
def grounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The issues that were read to see choices against, one after another."""
    read: list[str] = []
    kinds_in = uptake.kinds_in

    def noted(issue: Any, *rest: Any) -> Any:
        read.append(issue.key)
        return kinds_in(issue, *rest)

    monkeypatch.setattr(uptake, "kinds_in", noted)
    yield read


def test_what_was_learned_follows_each_choice_and_reads_an_issue_once(
    visit: Visit, grounds: list[str]
) -> None:
    titles = re.findall(r'<bdi class="title">(.*?)</bdi>', visit.read(PAGE))[:5]
    said = []
    for title in titles:
        visit.choose("8", action="accept", title=title)
        said.append(visit.read("/comparison"))
    assert ["只判断过" in text for text in said] == [True] * 4 + [False]
    assert "采纳率 100%（5 条中 5 条）" in said[-1]
    assert grounds == ["8"]
    visit.choose("8", action="undo")
    assert "只判断过 4 条" in visit.read("/comparison")


def test_a_setting_that_changes_is_read_by_the_comparison_page(visit: Visit, grounds: list[str]) -> None:
    title = re.findall(r'<bdi class="title">(.*?)</bdi>', visit.read(PAGE))[0]
    visit.choose("8", action="accept", title=title)
    visit.read("/comparison")
    workspace = server_of(visit.app).workspace
    text = workspace.settings.read_text("utf-8") if workspace.settings.exists() else ""
    workspace.settings.write_text(f"{text}\n# {'更改' * 20}\n", "utf-8")
    visit.read("/comparison")
    assert grounds == ["8", "8"]


def test_the_revision_of_all_choices_moves_with_each(visit: Visit) -> None:
    workspace = server_of(visit.app).workspace
    before = choices_revision(workspace)
    visit.choose("8", action="add", title="自拟题目研究")
    assert choices_revision(workspace) > before


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when the server loads what takes long."""
    event = threading.Event()
    monkeypatch.setattr(app, "load_ahead", event.set)
    return event


def test_what_takes_long_to_load_is_loaded_ahead_of_the_first_who_needs_it(
    tmp_path: Path, open_server: Open, monkeypatch: pytest.MonkeyPatch, loaded: threading.Event
) -> None:
    monkeypatch.setattr(app, "_AHEAD", 0.01)
    with TestClient(open_server(tmp_path)):
        assert loaded.wait(30)


def test_a_server_that_ends_at_once_loads_nothing_more(
    tmp_path: Path, open_server: Open, monkeypatch: pytest.MonkeyPatch, loaded: threading.Event
) -> None:
    monkeypatch.setattr(app, "_AHEAD", 0.5)
    with TestClient(open_server(tmp_path)):
        pass
    assert not loaded.wait(1)
