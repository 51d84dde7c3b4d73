"""The editors' month: train, suggest, compare, report."""

import re
from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from recommender.commands.app import Format, FormatOption, OptionalIssue, command
from recommender.commands.workers import BackendOption, JobsOption, SchedulerOption
from recommender.console import print_json, say, step_progress
from recommender.errors import UsageError
from recommender.parallel import chosen
from recommender.report.contract import compare_contract, suggest_contract
from recommender.workspace import Workspace


@command("train", "recommender train")
def train(
    ctx: typer.Context,
    backend: BackendOption = None,
    scheduler: SchedulerOption = "",
    jobs: JobsOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk

    workers = chosen(backend, scheduler, jobs)
    with step_progress() as tell:
        version = desk.train_model(ctx.obj.workspace, datetime.now(UTC), workers, tell)
    if format is Format.json:
        print_json({"model": version})
    else:
        typer.echo(f"模型 {version} 已启用。")


@command("suggest", "recommender suggest 73 --top 10")
def suggest(
    ctx: typer.Context,
    issue: OptionalIssue = None,
    top: Annotated[int | None, typer.Option(min=1, metavar="个数", help="推荐多少个，不写则按设置。")] = None,
    explain_profile: Annotated[
        bool, typer.Option("--explain-profile", help="不推荐，只说明按什么样的学校画像推荐；可以不写期号。")
    ] = False,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk

    if explain_profile:
        _explain_profile(ctx.obj.workspace, issue, format)
        return
    if issue is None:
        raise UsageError("没有写期号或文件。请写上要推荐的一期，例如 recommender suggest 73。")
    report = (desk.list_for if format is Format.json else desk.report_on)(ctx.obj.workspace, issue, top)
    name_project_faults(ctx.obj.workspace)
    if format is Format.json:
        print_json(suggest_contract(report))
    else:
        from recommender.report.text import render_screen

        typer.echo(render_screen(report), nl=False)


def _explain_profile(workspace: Workspace, issue: str | None, format: Format) -> None:
    from recommender.office import desk
    from recommender.report.portrait import render_portrait

    portrait = desk.portrait_of(workspace, issue)
    if format is Format.json:
        print_json({"profile": asdict(portrait)})
    else:
        typer.echo(render_portrait(portrait), nl=False)


@command("compare", "recommender compare 73")
def compare(
    ctx: typer.Context,
    issues: Annotated[
        list[str] | None, typer.Argument(metavar="期号或文件", help="只对照这几期，不写则对照全部。")
    ] = None,
    rolling: Annotated[
        bool, typer.Option("--rolling", help="每期只用更早的各期重新训练，再推荐；较慢。")
    ] = False,
    backend: BackendOption = None,
    scheduler: SchedulerOption = "",
    jobs: JobsOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk
    from recommender.report.text import render_comparison

    if rolling and issues:
        raise UsageError("--rolling 对照全部各期，不能再写期号。请去掉其中一个。")
    workers = chosen(backend, scheduler, jobs)
    if rolling:
        comparison = desk.roll(ctx.obj.workspace, lambda key: say(f"正在对照第 {key} 期"), workers)
    else:
        comparison = desk.compare(ctx.obj.workspace, issues or (), workers)
    name_project_faults(ctx.obj.workspace)
    if format is Format.json:
        print_json(compare_contract(comparison))
    else:
        typer.echo(render_comparison(comparison), nl=False)


@command("report", "recommender report 73 --as docx,html")
def report(
    ctx: typer.Context,
    issue: Annotated[
        str | None, typer.Argument(metavar="期号或文件", help="期号（如 73）或文件路径；写总览时不用写。")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="文件夹", help="写到哪里，不写则为工作区的 reports。")
    ] = None,
    forms: Annotated[
        str, typer.Option("--as", metavar="格式", help="要哪些格式，用逗号分开。")
    ] = "html,docx,xlsx,md,txt",
    year: Annotated[int | None, typer.Option(min=1900, metavar="年份", help="写这一年各期的总览。")] = None,
    every: Annotated[bool, typer.Option("--all", help="写全部各期的总览。")] = False,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import reports
    from recommender.report.files import FORMS, write_overview, write_report
    from recommender.report.tools import tools_of

    if sum((issue is not None, year is not None, every)) != 1:
        raise UsageError("report：请写一个期号，或 --year 年份，或 --all，三者选一。")
    wanted = _wanted_forms(forms, FORMS)
    workspace = ctx.obj.workspace
    place, tools, today = out or workspace.reports, tools_of(workspace), date.today().isoformat()
    if issue is not None:
        files = write_report(reports.full_report(workspace, issue, today), place, wanted, tools)
    else:
        files = write_overview(reports.overview(workspace, today, year), place, wanted, tools)
    name_project_faults(workspace)
    if format is Format.json:
        print_json({"files": [str(path) for path in files]})
    else:
        typer.echo("\n".join(str(path) for path in files))


def name_project_faults(workspace: Workspace) -> None:
    """Say which rows of the funded projects were left out; the work goes on without them."""
    from recommender.office import desk

    for fault in desk.project_faults(workspace):
        say(fault)


def _wanted_forms(text: str, known: Collection[str]) -> list[str]:
    """The forms named after --as, parted by commas of either width."""
    wanted = [form for form in re.split(r"[,，、\s]+", text.lower()) if form]
    unknown = [form for form in wanted if form not in known]
    if unknown or not wanted:
        said = f"没有 {'、'.join(unknown)} 这种格式" if unknown else "没有写格式"
        raise UsageError(f"--as：{said}。可以写的有：{'、'.join(known)}。")
    return wanted
