"""What every command shares: the application, its options, and how a command joins it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recommender import __version__
from recommender.console import ChineseCommand, ChineseGroup
from recommender.workspace import Workspace

app = typer.Typer(
    cls=ChineseGroup,
    help="为政策动态推荐研究方向：读入各期动态，训练，给出有依据的推荐，并与编辑选题对照。",
    epilog="例：recommender run data/sample",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"


@dataclass(frozen=True)
class Session:
    """What the options before the command say."""

    workspace: Workspace
    debug: bool


FormatOption = Annotated[Format, typer.Option("--format", help="输出为文字（text）或 JSON（json）。")]
IssueArgument = Annotated[
    str, typer.Argument(metavar="期号或文件", help="期号（如 73、2023-05-10）或文件路径。")
]
OptionalIssue = Annotated[
    str | None, typer.Argument(metavar="期号或文件", help="期号（如 73、2023-05-10）或文件路径。")
]
PathArguments = Annotated[list[Path], typer.Argument(metavar="文件或文件夹", help="一个或多个文件、文件夹。")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"recommender {__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    home: Annotated[
        Path, typer.Option(envvar="RECOMMENDER_HOME", metavar="文件夹", help="工作区所在的文件夹。")
    ] = Path(),
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示程序内部的详细信息。")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """Hold what all commands share."""
    ctx.obj = Session(Workspace(home), debug)
    if ctx.obj.workspace.restored.is_dir():  # a restore was killed after it had verified everything
        from recommender.office.backup import finish_restore

        finish_restore(ctx.obj.workspace)


def command(
    name: str, help: str, example: str, under: typer.Typer = app
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command, of the application or of a group, with Chinese help and an example."""
    return under.command(name, cls=ChineseCommand, help=help, epilog=f"例：{example}")


def group(name: str, help: str) -> typer.Typer:
    """Register a group of commands."""
    made = typer.Typer(cls=ChineseGroup, help=help, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(made, name=name)
    return made
