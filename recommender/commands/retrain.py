"""The scheduled run."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.commands.app import Format, FormatOption, command
from recommender.commands.workers import BackendOption, JobsOption, SchedulerOption
from recommender.console import print_json, say, step_progress
from recommender.errors import GateError, InputError
from recommender.parallel import chosen

if TYPE_CHECKING:
    from recommender.lifecycle.history import Run


@command("retrain", 'recommender retrain --if-due "0 6 * * 1"')
def retrain(
    ctx: typer.Context,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help="资料、设置、词表和上次相同就不再训练。")
    ] = False,
    if_due: Annotated[
        str | None,
        typer.Option(metavar="时间", help="到了时间才运行：分 时 日 月 星期，或间隔（如 7d、12h）。"),
    ] = None,
    wait: Annotated[
        float, typer.Option(min=0, metavar="秒", help="有别的运行正在使用工作区时，最多等多久。")
    ] = 0.0,
    backend: BackendOption = None,
    scheduler: SchedulerOption = "",
    jobs: JobsOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.lifecycle.history import as_json
    from recommender.lifecycle.schedule import parse_schedule
    from recommender.office.retrain import Wish
    from recommender.office.retrain import retrain as work

    schedule = parse_schedule(if_due) if if_due is not None else None
    wish = Wish(wait, if_changed, schedule, workers=chosen(backend, scheduler, jobs))
    with step_progress() as tell:
        run = work(ctx.obj.workspace, datetime.now().astimezone(), wish, tell)
    if format is Format.json:
        print_json(as_json(run) if run else {"state": "not due"})
    elif run is None:
        typer.echo("还没有到时间，这次什么也没有做。")
    else:
        _print(run)
    if run:
        _end(run)


def _print(run: "Run") -> None:
    if run.ingested:
        typer.echo(f"从 data/inbox 新读入 {run.ingested} 份。")
    for check in run.checks:
        typer.echo(f"[{'通过' if check.passed else '不合格'}] {check.name}：{check.text}")
        if check.remedy:
            typer.echo(f"       办法：{check.remedy}")
    said = {
        "promoted": f"新模型 {run.version} 通过检验，已启用。",
        "unchanged": f"没有训练：{run.note}。正在使用 {run.version or '无'}。",
        "refused": f"新模型 {run.version} 没有通过检验，不启用；"
        + (f"{run.serving} 照常使用。" if run.serving else "现在没有可用的模型。"),
    }
    typer.echo(said[run.state])
    if run.note and run.state != "unchanged":
        typer.echo(f"注意：{run.note}。")
    if run.pruned:
        typer.echo(f"清理了 {len(run.pruned)} 个旧版本。")


def _end(run: "Run") -> None:
    """Name the files that failed; end with 4 for a refused version, else 3 for such files."""
    for failure in run.failed:
        say(f"没有读入：{failure}")
    if run.state == "refused":
        advice = (
            f"要看差别请运行 recommender models diff {run.serving} {run.version}；" if run.serving else ""
        )
        force = f"确认无误要启用，请运行 recommender models promote {run.version} --because 理由"
        raise GateError(f"新模型没有通过检验，没有启用。{advice}{force}。")
    if run.failed:
        raise typer.Exit(InputError.exit_code)
