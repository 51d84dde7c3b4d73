"""The workspace itself: make one, check one."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from recommender.begin import init_workspace
from recommender.commands.app import Format, FormatOption, command
from recommender.console import print_json


@command("init", "recommender init 我的动态")
def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="工作区放在哪里。")],
    format: FormatOption = Format.text,
) -> None:
    workspace = init_workspace(folder)
    if format is Format.json:
        print_json({"home": str(workspace.home)})
    else:
        typer.echo(f"工作区已建好：{workspace.home.resolve()}")
        typer.echo(f"下一步：填写 {workspace.settings.name} 里的学校和学科专业，把动态放进 data/inbox，")
        typer.echo("再在这个文件夹里运行 recommender run data/inbox")


@command("doctor", "recommender doctor")
def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="先清理中断的运行留下的东西，不会动到资料和模型。")
    ] = False,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import upkeep
    from recommender.office.health import examine

    done = upkeep.repair(ctx.obj.workspace) if repair else ()
    findings = examine(ctx.obj.workspace)
    if format is Format.json:
        print_json({"findings": [asdict(one) for one in findings]} | ({"repaired": done} if repair else {}))
    else:
        if repair:
            typer.echo("\n".join(done) or "没有需要清理的东西。")
        signs = {"ok": "正常", "warning": "注意", "fault": "故障"}
        for finding in findings:
            typer.echo(f"[{signs[finding.state]}] {finding.check}：{finding.text}")
            if finding.remedy:
                typer.echo(f"       办法：{finding.remedy}")
    raise typer.Exit(max(finding.exit_code for finding in findings))
