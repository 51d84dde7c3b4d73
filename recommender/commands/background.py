"""The public policy texts laid beside a corpus, as counts."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from recommender.commands.app import Format, FormatOption, PathArguments, group, subcommand
from recommender.commands.workers import BackendOption, JobsOption, SchedulerOption
from recommender.console import print_json, say
from recommender.parallel import chosen

background_group = group("background")


@subcommand(
    background_group,
    "build",
    "统计政策文本（.jsonl）和立项课题（.csv），写出参照语料。",
    "recommender background build 政策文件夹",
)
def background_build(
    ctx: typer.Context,
    sources: PathArguments,
    out: Annotated[
        Path | None,
        typer.Option(metavar="文件夹", help="写到哪里，不写则为工作区的 data/background，trends 会用到。"),
    ] = None,
    backend: BackendOption = None,
    scheduler: SchedulerOption = "",
    jobs: JobsOption = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import background

    workers = chosen(backend, scheduler, jobs)
    say("正在统计政策文本，上千份文件需要几分钟。")
    place = out or ctx.obj.workspace.background
    files = [str(path) for path in background.build(sources, place, workers)]
    if format is Format.json:
        print_json({"files": files})
    else:
        typer.echo("\n".join(files))


@subcommand(background_group, "list", "列出正在使用的参照语料。", "recommender background list")
def background_list(ctx: typer.Context, format: FormatOption = Format.text) -> None:
    from recommender.office import background

    listed = background.listing(ctx.obj.workspace)
    if format is Format.json:
        print_json({"collections": [asdict(one) for one in listed]})
    else:
        for one in listed:
            typer.echo(f"{one.name}　{one.label}：{one.first} 至 {one.last}，{one.documents} 份")
