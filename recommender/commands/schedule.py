"""Files for the system's scheduler; nothing is installed."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.commands.app import Format, FormatOption, group, subcommand
from recommender.console import print_json
from recommender.workspace import Workspace

if TYPE_CHECKING:
    from recommender.office.schedule import Plan

schedule_group = group("schedule")

AtOption = Annotated[
    str, typer.Option(metavar="时间", help="什么时候运行：分 时 日 月 星期，例如每周一 6:00。")
]
OutOption = Annotated[
    Path | None, typer.Option(metavar="文件夹", help="把文件写到这里，不写则显示在屏幕上。")
]
_EVERY_MONDAY = "0 6 * * 1"


@subcommand(schedule_group, "cron", "Linux、macOS 的 crontab 行。", "recommender schedule cron")
def schedule_cron(
    ctx: typer.Context,
    at: AtOption = _EVERY_MONDAY,
    out: OutOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import schedule

    _give(schedule.cron(*_place(ctx.obj.workspace), at), out, format)


@subcommand(schedule_group, "systemd", "Linux 的 systemd 定时单元。", "recommender schedule systemd")
def schedule_systemd(
    ctx: typer.Context,
    at: AtOption = _EVERY_MONDAY,
    out: OutOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import schedule

    _give(schedule.systemd(*_place(ctx.obj.workspace), at), out, format)


@subcommand(
    schedule_group,
    "windows",
    "Windows 计划任务（XML）和可以双击的批处理文件（.bat）。",
    "recommender schedule windows --out 计划任务",
)
def schedule_windows(
    ctx: typer.Context,
    at: AtOption = _EVERY_MONDAY,
    out: OutOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import schedule

    _give(schedule.windows(*_place(ctx.obj.workspace), at, date.today()), out, format)


def _place(workspace: Workspace) -> tuple[str, str]:
    """The interpreter that runs this, and the workspace, as a scheduler must know them."""
    return sys.executable, str(workspace.home.resolve())


def _give(plan: "Plan", out: Path | None, format: Format) -> None:
    """Print or write the files, with the commands that install them."""
    from recommender.office import schedule

    written = schedule.write(plan, out) if out else ()
    if format is Format.json:
        texts = {file.name: file.text for file in plan.files}
        print_json({"files": texts, "written": [str(path) for path in written], "steps": list(plan.steps)})
        return
    for path in written:
        typer.echo(f"已写好 {path}")
    for file in () if written else plan.files:
        typer.echo(f"---- {file.name} ----\n{file.text}")
    typer.echo("安装办法（本命令什么也没有安装）：")
    for number, step in enumerate(plan.steps, 1):
        typer.echo(f"{number}. {step}")
