"""Policy emphasis over time."""

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


@command(
    "trends",
    "词语或主题的政策关注度：逐期变化、趋势和突现，与历年政策文本对照。",
    "recommender trends 产教融合",
)
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
    as_of: Annotated[
        int | None,
        typer.Option(min=1900, metavar="年份", help="只看这一年及以前，不写则到最近。"),
    ] = None,
    top: Annotated[int, typer.Option(min=1, metavar="个数", help="列出多少个兴起的词语。")] = 50,
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
    if topics or not terms:
        series = histories.topic_histories(ctx.obj.workspace, by.value if by else None)
        if format is Format.json:
            print_json({"terms": [drawn.series_contract(one) for one in series]})
        else:
            typer.echo(drawn.render_series(series), nl=False)
        return
    found = histories.term_histories(ctx.obj.workspace, terms, source, by.value if by else None)
    if format is Format.json:
        print_json(drawn.histories_contract(found))
    else:
        typer.echo(drawn.render_histories(found), nl=False)
