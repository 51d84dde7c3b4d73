"""The command line: one thin function a command. Names, JSON and exit codes are a contract."""

import re
import sys
import traceback
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recommender import __version__
from recommender.console import (
    ChineseCommand,
    ChineseGroup,
    explain_usage,
    file_progress,
    prepare_streams,
    print_json,
    say,
)
from recommender.errors import InputError, RecommenderError, UsageError
from recommender.report.contract import (
    compare_contract,
    ingest_contract,
    issue_contract,
    suggest_contract,
)
from recommender.workspace import Workspace, init_workspace, lock

if TYPE_CHECKING:
    from recommender.ingest import Ingested

app = typer.Typer(
    cls=ChineseGroup,
    help="为政策动态推荐研究方向：读入各期动态，训练，给出有依据的推荐，并与编辑选题对照。",
    epilog="例：recommender run data/sample",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"


class Unit(StrEnum):
    """What a period of a history is."""

    issue = "issue"
    month = "month"
    quarter = "quarter"
    year = "year"


@dataclass(frozen=True)
class Session:
    """What the options before the command say."""

    workspace: Workspace
    debug: bool


FormatOption = Annotated[Format, typer.Option("--format", help="输出为文字（text）或 JSON（json）。")]
IssueArgument = Annotated[
    str, typer.Argument(metavar="期号或文件", help="期号（如 73、2023-05-10）或文件路径。")
]
PathArguments = Annotated[list[Path], typer.Argument(metavar="文件或文件夹", help="一个或多个文件、文件夹。")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"recommender {__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    home: Annotated[
        Path, typer.Option(envvar="RECOMMENDER_HOME", metavar="文件夹", help="工作区所在的文件夹。")
    ] = Path(),
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示程序内部的详细信息。")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """Hold what all commands share."""
    ctx.obj = Session(Workspace(home), debug)


def command(name: str, help: str, example: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command with Chinese help and an example."""
    return app.command(name, cls=ChineseCommand, help=help, epilog=f"例：{example}")


@command(
    "run", "一次做完：读入、训练、为最新一期推荐、与编辑选题对照、写出报告。", "recommender run data/inbox"
)
def run(
    ctx: typer.Context,
    paths: PathArguments,
    issue: Annotated[
        str | None, typer.Option(metavar="期号", help="为这一期推荐，不写则为最新一期。")
    ] = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk, library
    from recommender.report.text import render_comparison, render_screen

    with lock(ctx.obj.workspace):
        with file_progress() as progress:
            ingested = library.take_in(ctx.obj.workspace, paths, *progress)
        _name_failures(ingested)
        done = desk.work(ctx.obj.workspace, datetime.now(UTC), issue)
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
    _end_with_failures(ingested)


@command("init", "建立一个工作区：设置、词表和各个文件夹；已有的文件不会改动。", "recommender init 我的动态")
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


@command(
    "doctor", "检查工作区：程序、设置、词表、资料库、模型，并给出每个问题的解决办法。", "recommender doctor"
)
def doctor(ctx: typer.Context, format: FormatOption = Format.text) -> None:
    from recommender.office.health import examine

    findings = examine(ctx.obj.workspace)
    if format is Format.json:
        print_json({"findings": [asdict(finding) for finding in findings]})
    else:
        signs = {"ok": "正常", "warning": "注意", "fault": "故障"}
        for finding in findings:
            typer.echo(f"[{signs[finding.state]}] {finding.check}：{finding.text}")
            if finding.remedy:
                typer.echo(f"       办法：{finding.remedy}")
    raise typer.Exit(max(finding.exit_code for finding in findings))


@command("ingest", "把文件或文件夹读入资料库；同样的内容只存一份。", "recommender ingest data/inbox")
def ingest(ctx: typer.Context, paths: PathArguments, format: FormatOption = Format.text) -> None:
    from recommender.office import library

    with file_progress() as progress:
        ingested = library.ingest(ctx.obj.workspace, paths, *progress)
    if format is Format.json:
        print_json(ingest_contract(ingested))
    else:
        typer.echo(f"新读入 {ingested.added} 份，没有变化 {ingested.unchanged} 份。")
        typer.echo("期号：" + ("、".join(ingested.issues) or "无"))
    _name_failures(ingested)
    _end_with_failures(ingested)


@command("show", "显示一期动态读出来的结构：文件、条款、编辑选题。", "recommender show 73")
def show(ctx: typer.Context, issue: IssueArgument, format: FormatOption = Format.text) -> None:
    from recommender.office import library
    from recommender.report.outline import render_outline

    found = library.find_issue(ctx.obj.workspace, issue)
    if format is Format.json:
        print_json(issue_contract(found))
    else:
        typer.echo(render_outline(found), nl=False)


@command("train", "用资料库里的全部动态训练一个模型，并启用它。", "recommender train")
def train(ctx: typer.Context, format: FormatOption = Format.text) -> None:
    from recommender.office import desk

    version = desk.train_model(ctx.obj.workspace, datetime.now(UTC))
    if format is Format.json:
        print_json({"model": version})
    else:
        typer.echo(f"模型 {version} 已启用。")


@command("suggest", "为一期动态推荐研究方向，附理由和原文依据。", "recommender suggest 73 --top 10")
def suggest(
    ctx: typer.Context,
    issue: IssueArgument,
    top: Annotated[int | None, typer.Option(min=1, metavar="个数", help="推荐多少个，不写则按设置。")] = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk
    from recommender.report.text import render_screen

    report = desk.report_on(ctx.obj.workspace, issue, top)
    if format is Format.json:
        print_json(suggest_contract(report))
    else:
        typer.echo(render_screen(report), nl=False)


@command("compare", "对照推荐与编辑选题：每期都在不看本期选题的情况下推荐。", "recommender compare 73")
def compare(
    ctx: typer.Context,
    issues: Annotated[
        list[str] | None, typer.Argument(metavar="期号或文件", help="只对照这几期，不写则对照全部。")
    ] = None,
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk
    from recommender.report.text import render_comparison

    comparison = desk.compare(ctx.obj.workspace, issues or ())
    if format is Format.json:
        print_json(compare_contract(comparison))
    else:
        typer.echo(render_comparison(comparison), nl=False)


@command(
    "report",
    "把一期的推荐写成文件：md（说明全文）、txt（可直接粘贴的清单）。",
    "recommender report 73 --as md,txt",
)
def report(
    ctx: typer.Context,
    issue: IssueArgument,
    out: Annotated[
        Path | None, typer.Option(metavar="文件夹", help="写到哪里，不写则为工作区的 reports。")
    ] = None,
    forms: Annotated[str, typer.Option("--as", metavar="格式", help="要哪些格式，用逗号分开。")] = "md,txt",
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import desk
    from recommender.report.files import FORMS, write_report

    wanted = _wanted_forms(forms, FORMS)
    workspace = ctx.obj.workspace
    files = write_report(desk.report_on(workspace, issue), out or workspace.reports, wanted)
    if format is Format.json:
        print_json({"files": [str(path) for path in files]})
    else:
        typer.echo("\n".join(str(path) for path in files))


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
    from recommender.office import trends as histories
    from recommender.report import trends as drawn

    if emerging:
        year, risen = histories.emerging_terms(as_of, top)
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


background_app = typer.Typer(
    cls=ChineseGroup,
    help="参照语料：由公开政策文本统计的计数和词向量。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(background_app, name="background")


@background_app.command(
    "build",
    cls=ChineseCommand,
    help="统计政策文本（.jsonl）和立项课题（.csv），写出参照语料。",
    epilog="例：recommender background build 政策文件夹 --out 参照语料",
)
def background_build(
    sources: PathArguments,
    out: Annotated[Path, typer.Option(metavar="文件夹", help="写到哪里。")],
    format: FormatOption = Format.text,
) -> None:
    from recommender.office import background

    say("正在统计政策文本，上千份文件需要几分钟。")
    files = [str(path) for path in background.build(sources, out)]
    if format is Format.json:
        print_json({"files": files})
    else:
        typer.echo("\n".join(files))


@background_app.command(
    "list", cls=ChineseCommand, help="列出正在使用的参照语料。", epilog="例：recommender background list"
)
def background_list(format: FormatOption = Format.text) -> None:
    from recommender.office import background

    listed = background.listing()
    if format is Format.json:
        print_json({"collections": [asdict(one) for one in listed]})
    else:
        for one in listed:
            typer.echo(f"{one.name}　{one.label}：{one.first} 至 {one.last}，{one.documents} 份")


def _wanted_forms(text: str, known: Collection[str]) -> list[str]:
    """The forms named after --as, parted by commas of either width."""
    wanted = [form for form in re.split(r"[,，、\s]+", text.lower()) if form]
    unknown = [form for form in wanted if form not in known]
    if unknown or not wanted:
        said = f"没有 {'、'.join(unknown)} 这种格式" if unknown else "没有写格式"
        raise UsageError(f"--as：{said}。可以写的有：{'、'.join(known)}。")
    return wanted


def _name_failures(ingested: "Ingested") -> None:
    for failure in ingested.failed:
        say(f"没有读入：{failure.error}")


def _end_with_failures(ingested: "Ingested") -> None:
    """End with the exit code for input that could not be read; the rest is kept."""
    if ingested.failed:
        raise typer.Exit(InputError.exit_code)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end with the exit code of the contract."""
    prepare_streams()
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(_run(given))


_INTERRUPTED = 130  # what Typer makes of Ctrl-C


def _run(given: list[str]) -> int:
    try:
        code = app(args=given, prog_name="recommender", standalone_mode=False) or 0
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
        return int(code)
    except RecommenderError as error:
        say(f"错误：{error}")
        return error.exit_code
    except typer.TyperException as error:
        say(explain_usage(error))
        return UsageError.exit_code
    except (typer.Abort, KeyboardInterrupt):
        say("已中断。已经读入的内容不会丢失。")
        return RecommenderError.exit_code
    except Exception as error:  # the one place where an unforeseen error becomes a message
        advice = "请用 recommender --debug 加原来的命令重试，并把输出发给维护者"
        say(f"错误：程序出现意外（{type(error).__name__}：{error}）。{advice}。")
        if "--debug" in given:
            traceback.print_exc()
        return RecommenderError.exit_code
