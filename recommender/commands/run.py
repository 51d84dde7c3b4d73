"""The main job, all steps at once."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from recommender.commands.app import Format, FormatOption, PathArguments, command
from recommender.commands.corpus import end_with_failures, name_duplicates, name_failures
from recommender.commands.desk import name_project_faults
from recommender.commands.workers import BackendOption, JobsOption, SchedulerOption
from recommender.console import file_progress, print_json, say, step_progress
from recommender.parallel import chosen
from recommender.report.contract import compare_contract, ingest_contract, suggest_contract
from recommender.workspace import lock


@command("run", "recommender run data/inbox")
def run(
    ctx: typer.Context,
    paths: PathArguments,
    issue: Annotated[
        str | None, typer.Option(metavar="期号", help="为这一期推荐，不写则为最新一期。")
    ] = None,
    backend: BackendOption = None,
    scheduler: SchedulerOption = "",
    jobs: JobsOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import library, reports
    from recommender.report.text import render_comparison, render_screen

    workers = chosen(backend, scheduler, jobs)
    with lock(ctx.obj.workspace):
        with file_progress() as progress:
            ingested = library.take_in(ctx.obj.workspace, paths, *progress, workers)
        name_duplicates(ingested)
        name_failures(ingested)
        name_project_faults(ctx.obj.workspace)
        with step_progress() as tell:
            done = reports.work(ctx.obj.workspace, datetime.now(UTC), issue, workers, tell)
    if format is Format.json:
        print_json(
            {
                "ingest": ingest_contract(ingested),
                "suggest": suggest_contract(done.report),
                "compare": compare_contract(done.comparison),
                "files": [str(path) for path in done.files],
            }
        )
    else:
        typer.echo(render_screen(done.report) + "\n" + render_comparison(done.comparison), nl=False)
        say("报告已写入：" + "、".join(str(path) for path in done.files))
    end_with_failures(ingested)
