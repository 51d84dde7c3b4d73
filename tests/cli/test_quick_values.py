"""Values taken without Pydantic are those that Typer would make of them."""

from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.core import TyperGroup

from recommender.cli import app

GROUP = typer.main.get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = GROUP.commands
CONTEXT: Any = typer.Context(GROUP)
WORDS = st.sampled_from(
    [
        *("", "0", "1", "64", "65", "007", "+5", " 5", "5 ", "1_0", "１２", "٣", "1e3", "9" * 30),
        *("json", "JSON", "text", "loky", ".", "a/b", "甲 乙", "\udce9", "\x00"),
    ]
)


def said(converter: Any, value: str, parameter: Any) -> Any:
    """What a converter makes of a value, with its type, or how it refuses it."""
    try:
        made = converter.coerce(value, param=parameter, ctx=CONTEXT)
        return type(made), made
    except typer.TyperException as error:
        return type(error), error.format_message()


@pytest.mark.parametrize(
    ("command", "option"),
    [
        *(("suggest", "top"), ("suggest", "issue"), ("suggest", "format"), ("ingest", "jobs")),
        *(("init", "folder"), ("train", "backend"), ("train", "jobs"), ("report", "out")),
        *(("trends", "by"), ("retrain", "wait")),
    ],
)
@settings(deadline=None)
@given(value=st.one_of(WORDS, st.text(max_size=8), st.integers(-99, 99).map(str)))
def test_a_quick_value_is_typers(command: str, option: str, value: str) -> None:
    parameters: list[Any] = COMMANDS[command].get_params(CONTEXT)
    parameter = next(one for one in parameters if one.name == option)
    typers = type(parameter).get_runtime_param(parameter)
    assert said(parameter.get_runtime_param(), value, parameter) == said(typers, value, parameter)
