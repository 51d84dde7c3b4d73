"""Puts this folder on the import path, so that tests share ``builders`` and ``offices``; the
command line as a fixture, and a workspace that has read the sample."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from offices import SAMPLE, Ran

from recommender.begin import init_workspace
from recommender.cli import main
from recommender.workspace import Workspace

if TYPE_CHECKING:
    from visits import Visit

    from recommender.web.guard import Guard

Call = Callable[..., Ran]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """``call("show", "8")``: a command as a user types it, in this process."""

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, *capsys.readouterr())

    return run


@dataclass(frozen=True)
class Trained:
    """A workspace after ``run data/sample``, and what that printed as JSON."""

    home: Path
    said: dict[str, Any]
    messages: str


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Made once for all tests, which must leave it as it is."""
    home = tmp_path_factory.mktemp("office")
    with (
        redirect_stdout(StringIO()) as out,
        redirect_stderr(StringIO()) as err,
        pytest.raises(SystemExit) as end,
    ):
        main(["--home", str(home), "run", str(SAMPLE), "--format", "json"])
    assert end.value.code == 0, err.getvalue()
    return Trained(home, json.loads(out.getvalue()), err.getvalue())


@pytest.fixture
def copied(trained: Trained, tmp_path: Path) -> Path:
    """A copy of the trained workspace, to be damaged."""
    return Path(shutil.copytree(trained.home, tmp_path / "office"))


# -- the editor's page ----------------------------------------------------------------------------

Open = Callable[..., "Guard"]


@pytest.fixture
def open_server() -> Iterator[Open]:
    """``open_server(home, options, now)``: the page's application over a workspace; ended after the test."""
    from visits import NOW, server_of

    from recommender.web.app import Options, create_app

    opened: list[Guard] = []

    def make(
        home: Path, options: Options | None = None, now: Callable[[], datetime] = lambda: NOW
    ) -> "Guard":
        opened.append(create_app(Workspace(home), now, options or Options()))
        return opened[-1]

    yield make
    for app in opened:
        server_of(app).jobs.close()


@pytest.fixture
def visit(copied: Path, open_server: Open) -> "Visit":
    """王老师 at the page of a workspace that has learned the sample."""
    from visits import Visit

    return Visit(open_server(copied))


@pytest.fixture
def empty(tmp_path: Path, open_server: Open) -> "Visit":
    """王老师 at the page of a new workspace."""
    from visits import Visit

    return Visit(open_server(init_workspace(tmp_path / "new").home))
