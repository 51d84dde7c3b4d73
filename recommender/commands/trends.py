"""Policy emphasis over time."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from recommender.commands.app import Format, FormatOption, command
from recommender.console import print_json


class Unit(StrEnum):
    """What a period of a history is."""

    issue = "issue"
    month = "month"
    quarter = "quarter"
    year = "year"


@command("trends", "recommender trends 产教融合")
def trends(
    ctx: typer.Context,
    terms: Annotated[
        list[str] | None, typer.Argument(metavar="词语", help="一个或多个词语，不写则列出各主题。")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="来源", help="own 本库，其余见 recommender background list。"),
    ] = None,
    by: Annotated[
        Unit | None,
        typer.Option(metavar="单位", help="issue 期，month 月，quarter 季，year 年；不写则自动。"),
    ] = None,
    topics: Annotated[bool, typer.Option("--topics", help="列出模型中的各个主题。")] = False,
    emerging: Annotated[bool, typer.Option("--emerging", help="列出新近兴起的词语。")] = False,
    distinctive: Annotated[
        str | None, typer.Option("--distinctive", metavar="期号或文件", help="列出这一期特别突出的词语。")
    ] = None,
    as_of: Annotated[
        int | None,
        typer.Option(min=1900, metavar="年份", help="只看这一年及以前，不写则到最近。"),
    ] = None,
    top: Annotated[int, typer.Option(min=1, metavar="个数", help="列出多少个兴起或突出的词语。")] = 50,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import emerging as newest
    from recommender.office import trends as histories
    from recommender.report import trends as drawn

    if emerging:
        year, risen = newest.emerging_terms(ctx.obj.workspace, as_of, top, source)
        if format is Format.json:
            print_json(drawn.emerging_contract(year, risen))
        else:
            typer.echo(drawn.render_emerging(year, risen), nl=False)
        return
    if distinctive:
        _print_distinctive(ctx, distinctive, top, format)
        return
    if topics or not terms:
        _print_topics(ctx, by, format)
        return
    found = histories.term_histories(
        ctx.obj.workspace, terms, date.today().isoformat(), source, by.value if by else None
    )
    if format is Format.json:
        print_json(drawn.histories_contract(found))
    else:
        typer.echo(drawn.render_histories(found), nl=False)


def _print_topics(ctx: typer.Context, by: Unit | None, format: Format) -> None:
    from recommender.office.topics import topic_histories
    from recommender.report.topics import render_topics, topics_contract

    found = topic_histories(ctx.obj.workspace, by.value if by else None)
    if format is Format.json:
        print_json(topics_contract(found))
    else:
        typer.echo(render_topics(found), nl=False)


def _print_distinctive(ctx: typer.Context, name: str, count: int, format: Format) -> None:
    from recommender.office.distinctive import distinctive_words
    from recommender.report.distinctive import render_stressed, stressed_contract

    issue, words = distinctive_words(ctx.obj.workspace, name, count)
    if format is Format.json:
        print_json(stressed_contract(issue, words))
    else:
        typer.echo(render_stressed(issue, words), nl=False)
