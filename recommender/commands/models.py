"""The versions of the model."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from recommender.commands.app import Format, FormatOption, group, subcommand
from recommender.console import print_json
from recommender.errors import IntegrityError

models_group = group("models")

VersionArgument = Annotated[
    str | None, typer.Argument(metavar="版本", help="版本的名称，不写则为正在使用的版本。")
]


@subcommand(models_group, "list", "列出各个版本，新的在前。", "recommender models list")
def models_list(ctx: typer.Context, format: FormatOption = Format.text) -> None:
    from recommender.office import versions
    from recommender.report.versions import version_line

    found = versions.listing(ctx.obj.workspace)
    if format is Format.json:
        print_json({"versions": [asdict(one) for one in found]})
        return
    for one in found:
        typer.echo(version_line(one.version, one.state, one.facts))
    if not found:
        typer.echo("还没有训练过模型。请先运行 recommender train。")


@subcommand(
    models_group, "show", "查看一个版本：学自哪些期，有哪些主题，检验结果如何。", "recommender models show"
)
def models_show(
    ctx: typer.Context, version: VersionArgument = None, format: FormatOption = Format.text
) -> None:
    from recommender.office import versions
    from recommender.report.versions import render_version

    found = versions.show(ctx.obj.workspace, version)
    if format is Format.json:
        print_json(asdict(found))
    else:
        typer.echo(render_version(found.version, found.state, found.facts), nl=False)


@subcommand(
    models_group,
    "diff",
    "用文字说明两个版本的差别：主题、词语、设置，以及最新一期的推荐会怎样变、为什么。",
    "recommender models diff",
)
def models_diff(
    ctx: typer.Context,
    old: Annotated[
        str | None, typer.Argument(metavar="旧版本", help="不写则为正在使用的版本之前的一个。")
    ] = None,
    new: Annotated[str | None, typer.Argument(metavar="新版本", help="不写则为正在使用的版本。")] = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import versions
    from recommender.report.versions import render_diff

    before, after, found = versions.diff(ctx.obj.workspace, old, new)
    if format is Format.json:
        print_json({"old": before, "new": after, **asdict(found)})
    else:
        typer.echo(render_diff(before, after, found), nl=False)


@subcommand(
    models_group,
    "promote",
    "启用一个版本；没有通过检验的版本要写明理由，理由会记录下来。",
    "recommender models promote 20260214T163720Z-9bfad",
)
def models_promote(
    ctx: typer.Context,
    version: Annotated[str, typer.Argument(metavar="版本", help="版本的名称，见 recommender models list。")],
    because: Annotated[
        str, typer.Option(metavar="理由", help="为什么启用；写了理由，质量底线从它重新记起。")
    ] = "",
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import versions

    versions.promote(ctx.obj.workspace, version, because.strip(), datetime.now().astimezone())
    if format is Format.json:
        print_json({"serving": version})
    else:
        typer.echo(f"已启用 {version}。")


@subcommand(models_group, "rollback", "退回上一个用过的完好版本。", "recommender models rollback")
def models_rollback(ctx: typer.Context, format: FormatOption = Format.text) -> None:
    from recommender.office import versions

    withdrawn, serving = versions.roll_back(ctx.obj.workspace, datetime.now().astimezone())
    if format is Format.json:
        print_json({"serving": serving, "withdrawn": withdrawn})
    else:
        taken = f"{withdrawn} 不会再自动启用。" if withdrawn else ""
        typer.echo(f"已退回 {serving}。{taken}")


@subcommand(models_group, "verify", "逐个字节检查各个版本是否完好。", "recommender models verify")
def models_verify(ctx: typer.Context, format: FormatOption = Format.text) -> None:
    from recommender.office import versions

    found = versions.listing(ctx.obj.workspace)
    damaged = [one for one in found if one.state == "damaged"]
    if format is Format.json:
        print_json({"versions": [{"version": one.version, "fault": one.fault} for one in found]})
    else:
        for one in found:
            typer.echo(f"{one.version}　{one.fault or '完好'}")
        typer.echo(f"共 {len(found)} 个版本，{len(damaged)} 个已损坏。")
    if damaged:
        raise typer.Exit(IntegrityError.exit_code)


@subcommand(
    models_group,
    "prune",
    "清理旧版本：保留正在使用的、上一个用过的，以及其余最新的几个。",
    "recommender models prune --keep 8",
)
def models_prune(
    ctx: typer.Context,
    keep: Annotated[int, typer.Option(min=0, metavar="个数", help="其余的版本保留几个。")] = 8,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import versions

    gone = versions.prune_versions(ctx.obj.workspace, keep)
    if format is Format.json:
        print_json({"removed": list(gone)})
    else:
        typer.echo("\n".join(f"已删除 {version}" for version in gone) or "没有可以清理的版本。")
