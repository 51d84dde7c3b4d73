"""The workspace in one archive, and back."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from recommender.commands.app import Format, FormatOption, command
from recommender.console import print_json, say

FileArgument = Annotated[Path, typer.Argument(metavar="文件", help="备份文件，例如 备份.zip。")]


@command("backup", "recommender backup 备份.zip")
def backup(ctx: typer.Context, file: FileArgument, format: FormatOption = Format.text) -> None:
    from recommender.office.backup import backup as save

    saved = save(ctx.obj.workspace, file, datetime.now(UTC))
    if format is Format.json:
        print_json({"file": str(file), **asdict(saved)})
    else:
        typer.echo(f"已备份到 {file}：{saved.issues} 期动态，{len(saved.versions)} 个模型版本，检验无误。")
        typer.echo("data/inbox 里的原文件和 reports 里的报告不在其中，请另外保存。")
    for reason in saved.left_out:
        say(f"没有备份损坏的模型：{reason}")


@command("restore", "recommender restore 备份.zip")
def restore(ctx: typer.Context, file: FileArgument, format: FormatOption = Format.text) -> None:
    from recommender.office.backup import restore as bring_back

    workspace = ctx.obj.workspace
    saved = bring_back(workspace, file)
    if format is Format.json:
        print_json({"home": str(workspace.home), **asdict(saved)})
    else:
        typer.echo(f"已从 {file} 恢复：{saved.issues} 期动态，{len(saved.versions)} 个模型版本。")
        if workspace.replaced.exists():
            typer.echo(f"恢复以前的内容在 {workspace.replaced}，确认无误后可以删除。")
