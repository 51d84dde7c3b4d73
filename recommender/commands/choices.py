"""What the editors chose on the page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.commands.app import Format, FormatOption, command
from recommender.console import print_json
from recommender.errors import UsageError

if TYPE_CHECKING:
    from recommender.choices.listing import Chosen


@command("choices", "recommender choices --out 选择.csv")
def choices(
    ctx: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="期号", help="只看这一期，不写则为全部。")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="文件", help="写成 .csv（表格软件可以打开）或 .json 文件。")
    ] = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.evaluation.agreement import agreement
    from recommender.office import choices as office
    from recommender.office.learned import ground_of, learned
    from recommender.office.library import stored_issues
    from recommender.report.choices import choices_contract, learned_contract, render_choices

    workspace = ctx.obj.workspace
    chosen = office.chosen(workspace, issue)
    if out is not None:
        _write(out, chosen)
        if format is Format.json:
            print_json({"file": str(out), "choices": len(chosen)})
        else:
            typer.echo(f"{out}：{len(chosen)} 条")
        return
    ground = ground_of(workspace, stored_issues(workspace))
    found = learned(office.lists_of(workspace), ground)
    agreed = agreement(office.lists_of(workspace, issue))
    if format is Format.json:
        print_json({"choices": choices_contract(chosen)} | learned_contract(found, agreed))
    else:
        said = (*(found.sentences if found else ()), *agreed.sentences)
        typer.echo(render_choices(chosen, said), nl=False)


def _write(path: Path, chosen: "Sequence[Chosen]") -> None:
    from recommender.disk import write_whole
    from recommender.report.choices import choices_csv, choices_json

    forms = {".csv": choices_csv, ".json": choices_json}
    form = forms.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"--out {path}：不知道写成什么格式。请写以 {'、'.join(forms)} 结尾的文件名。")
    write_whole(path, form(chosen))
