"""What every command shares: the application, its options, and how a command joins it."""

from collections.abc import Callable, Iterator, MutableMapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from recommender import __version__
from recommender.commands.listed import LISTED
from recommender.commands.quick import quickened
from recommender.console import ChineseCommand, ChineseGroup

if TYPE_CHECKING:  # the help of the program needs no workspace
    from recommender.workspace import Workspace


class OnDemand(MutableMapping[str, Any]):
    """The commands of the program in the order of its help, each made when it is looked up: its
    module is imported only then."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            import_module(f"recommender.commands.{LISTED[name].module}")
            self._made[name] = _made(name)
        return self._made[name]

    def __setitem__(self, name: str, made: Any) -> None:
        self._made[name] = made

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(LISTED)

    def __len__(self) -> int:
        return len(LISTED)


class Command(ChineseCommand):
    """A command that takes its values the quick way."""

    def get_params(self, ctx: Any) -> list[Any]:
        return quickened(super().get_params(ctx))


class Group(ChineseGroup):
    """A group that takes its values the quick way."""

    def get_params(self, ctx: Any) -> list[Any]:
        return quickened(super().get_params(ctx))


class Program(Group):
    """The program itself: its help is written from the list of commands alone."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = OnDemand()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in LISTED.items()])


app = typer.Typer(
    cls=Program,
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


class Session(NamedTuple):
    """What the options before the command say."""

    workspace: "Workspace"
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
    from recommender.workspace import Workspace

    ctx.obj = Session(Workspace(home), debug)
    if ctx.obj.workspace.restored.is_dir():  # a restore was killed after it had verified everything
        from recommender.office.backup import finish_restore

        finish_restore(ctx.obj.workspace)


def _made(name: str) -> Any:
    """A registered command or group as Typer runs it."""
    ways: Any = {"pretty_exceptions_short": True, "rich_markup_mode": None}
    for info in app.registered_commands:
        if info.name == name:
            return typer.main.get_command_from_info(info, **ways)
    found = next(info for info in app.registered_groups if info.name == name)
    return typer.main.get_group_from_info(found, suggest_commands=True, **ways)


Registered = Callable[[Callable[..., None]], Callable[..., None]]


def command(name: str, example: str) -> Registered:
    """Register a command of the program, whose help stands in the list of all, with an example."""
    return app.command(name, cls=Command, help=LISTED[name].help, epilog=f"例：{example}")


def group(name: str) -> typer.Typer:
    """Register a group of commands, whose help stands in the list of all."""
    made = typer.Typer(cls=Group, help=LISTED[name].help, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(made, name=name)
    return made


def subcommand(under: typer.Typer, name: str, help: str, example: str) -> Registered:
    """Register a command of a group, with Chinese help and an example."""
    return under.command(name, cls=Command, help=help, epilog=f"例：{example}")
