"""Files into the corpus, and what was read from them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from recommender.commands.app import Format, FormatOption, IssueArgument, PathArguments, command
from recommender.commands.workers import BackendOption, JobsOption, SchedulerOption
from recommender.console import file_progress, print_json, say
from recommender.errors import InputError
from recommender.parallel import chosen
from recommender.report.contract import ingest_contract, issue_contract

if TYPE_CHECKING:
    from recommender.ingest import Ingested

NAMED = 20  # issues that are named one by one


@command("ingest", "recommender ingest data/inbox")
def ingest(
    ctx: typer.Context,
    paths: PathArguments,
    backend: BackendOption = None,
    scheduler: SchedulerOption = "",
    jobs: JobsOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import library

    workers = chosen(backend, scheduler, jobs)
    with file_progress() as progress:
        ingested = library.ingest(ctx.obj.workspace, paths, *progress, workers)
    if format is Format.json:
        print_json(ingest_contract(ingested))
    else:
        typer.echo(f"新读入 {ingested.added} 份，没有变化 {ingested.unchanged} 份。")
        typer.echo(f"期号：{named(ingested.issues)}")
    name_duplicates(ingested)
    name_failures(ingested)
    end_with_failures(ingested)


@command("show", "recommender show 73")
def show(ctx: typer.Context, issue: IssueArgument, format: FormatOption = Format.text) -> None:
    from recommender.office import library
    from recommender.report.outline import render_outline
    from recommender.script import as_printed

    found = library.find_issue(ctx.obj.workspace, issue)
    if format is Format.json:
        print_json(issue_contract(found))
    else:
        typer.echo(render_outline(as_printed(found)), nl=False)


def named(issues: Sequence[str]) -> str:
    """The issues by name, of many the first ones and how many they are."""
    names = "、".join(issues[:NAMED]) or "无"
    more = f"……共 {len(issues)} 期，--format json 列出全部" if len(issues) > NAMED else ""
    return names + more


def name_duplicates(ingested: "Ingested") -> None:
    for one in ingested.duplicates:
        say(f"{one.path}：与 {one.kept} 的内容相同或几乎相同，只保留后者（{one.key}）。")


def name_failures(ingested: "Ingested") -> None:
    for failure in ingested.failed:
        say(f"没有读入：{failure.error}")


def end_with_failures(ingested: "Ingested") -> None:
    """End with the exit code for input that could not be read; the rest is kept."""
    if ingested.failed:
        raise typer.Exit(InputError.exit_code)
