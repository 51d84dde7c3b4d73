"""Is the workspace sound? Each check says what it found and, where needed, the remedy."""

import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

from filelock import FileLock, Timeout

from recommender import __version__
from recommender.choices.corrections import Correction
from recommender.choices.store import open_choices
from recommender.database import check as check_pages
from recommender.disk import unwritable
from recommender.errors import InputError, RecommenderError
from recommender.features.segment import engine_name
from recommender.intake.projects import read_projects
from recommender.office.desk import load_model, portrait_of, read_settings
from recommender.office.errata import has_choices, lost_corrections
from recommender.office.finding import Finding
from recommender.office.library import has_shelf, open_shelf
from recommender.office.upkeep import check_remains, check_runs, check_space, check_versions
from recommender.report.fonts import remedy, system_font
from recommender.schemas import CHOICES, CORPUS
from recommender.wordlists import read_lexicon
from recommender.workspace import Workspace

_SHOWN = 3  # fields named in a line


def examine(workspace: Workspace) -> tuple[Finding, ...]:
    """Run every check; none changes the workspace."""
    return tuple(_examined(name, check, workspace) for name, check in CHECKS.items())


def _examined(name: str, check: Callable[[Workspace], Finding], workspace: Workspace) -> Finding:
    try:
        return check(workspace)
    except RecommenderError as error:
        text, _, remedy = str(error).partition("。")
        if isinstance(error, InputError) and name in _NOT_YET:
            return Finding(name, "warning", text, remedy)
        return Finding(name, "fault", text, remedy, error.exit_code)


def _program(workspace: Workspace) -> Finding:
    packages = "、".join(f"{name} {_version(name)}" for name in ("scikit-learn", "numpy", "typer"))
    text = f"recommender {__version__}，Python {platform.python_version()}，{engine_name()}，{packages}"
    if engine_name().startswith("rjieba"):
        return Finding("程序", "ok", text)
    return Finding(
        "程序", "warning", text, "没有 rjieba，分词较慢但结果相同；有网络时可运行 pip install rjieba。"
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "未安装"


def _console(workspace: Workspace) -> Finding:
    encoding = (sys.stdout.encoding or "").lower()
    try:
        "研究方向".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return Finding(
            "终端", "warning", f"终端编码是 {encoding}，中文会显示成问号", "请把终端编码设为 UTF-8。"
        )
    return Finding("终端", "ok", f"终端编码 {encoding}")


def _folder(workspace: Workspace) -> Finding:
    if not workspace.home.is_dir():
        return Finding(
            "文件夹", "fault", f"{workspace.home} 不是文件夹", "请运行 recommender init 建立工作区。", 2
        )
    for place in (workspace.home, workspace.corpus.parent, workspace.models, workspace.reports):
        if place.exists() and not (place.is_dir() and os.access(place, os.W_OK)):
            remedy = "请移走占位的文件或检查权限，也可以用 --home 换一个文件夹。"
            return Finding("文件夹", "fault", f"{place} 不是能写入的文件夹", remedy, 2)
    return Finding("文件夹", "ok", f"{workspace.home.resolve()} 可以写入")


def _settings(workspace: Workspace) -> Finding:
    settings = read_settings(workspace)
    if not workspace.settings.exists():
        return Finding(
            "设置", "warning", "没有 recommender.toml，使用默认设置", "运行 recommender init . 可以生成一份。"
        )
    if not settings.college.disciplines and not settings.departments:
        return Finding(
            "设置",
            "warning",
            "没有写明学校的学科专业，只能从校名推测",
            "请在 recommender.toml 的 disciplines 里写上，推荐会更贴合。",
        )
    return Finding(
        "设置", "ok", f"学科专业 {len(settings.college.disciplines)} 个，系部 {len(settings.departments)} 个"
    )


def _lexicon(workspace: Workspace) -> Finding:
    lexicon = read_lexicon(workspace)
    sizes = len(lexicon.words), len(lexicon.stopwords), len(lexicon.synonyms)
    return Finding("词表", "ok", "专业词 {} 个，停用词 {} 个，同义词 {} 个".format(*sizes))


def _projects(workspace: Workspace) -> Finding:
    listed = read_projects(workspace.projects)
    if listed.faults:
        more = f"（共 {len(listed.faults)} 行有误）" if len(listed.faults) > 1 else ""
        text, _, remedy = listed.faults[0].partition("。")
        return Finding("立项课题", "warning", text + more, remedy)
    return Finding(
        "立项课题", "ok", f"{len(listed.projects)} 项" if listed.projects else "没有填写，可以不填"
    )


def _corpus(workspace: Workspace) -> Finding:
    with open_shelf(workspace) as corpus:
        issues = corpus.issues()
    check_pages(workspace.corpus, CORPUS)
    picks = sum(len(issue.picks) for issue in issues)
    undated = sum(issue.date is None for issue in issues)
    note = f"，其中 {undated} 期没有日期" if undated else ""
    return Finding("资料库", "ok", f"{len(issues)} 期{note}，编辑选题 {picks} 条，内容完好")


def _choices(workspace: Workspace) -> Finding:
    if not has_choices(workspace):
        return Finding("编辑选择", "ok", "还没有人在网页上选过、改过")
    with open_choices(workspace.choices, reading=True) as choices:
        events, corrections = choices.events(), choices.corrections()
    check_pages(workspace.choices, CHOICES)
    users = len({event.user for event in events})
    text = f"{len(events)} 次选择，{users} 人，更正 {len(corrections)} 处，内容完好"
    lost = _lost(workspace, corrections)
    if lost:
        keys = "、".join(dict.fromkeys(one.issue for one in lost))
        remedy = "这几期的文件换过，找不到原来的文字，或已不在资料库里；请在网页上看一看是否还要更正。"
        return Finding("编辑选择", "warning", f"{text}；第 {keys} 期有 {len(lost)} 处更正用不上了", remedy)
    return Finding("编辑选择", "ok", text)


def _lost(workspace: Workspace, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    if not has_shelf(workspace):
        return ()
    with open_shelf(workspace) as corpus:
        return lost_corrections(corpus, corrections)


def _model(workspace: Workspace) -> Finding:
    name, model = load_model(workspace)
    missing = _stored_keys(workspace) - set(model.issues)
    if missing:
        return Finding(
            "模型",
            "warning",
            f"{name} 完好，但有 {len(missing)} 期是训练以后读入的",
            "请运行 recommender train。",
        )
    return Finding("模型", "ok", f"{name} 完好，{len(model.labels)} 个主题，学自 {len(model.issues)} 期")


def _profile(workspace: Workspace) -> Finding:
    try:
        portrait = portrait_of(workspace)
    except RecommenderError:  # settings, corpus and model have checks of their own
        return Finding("学校画像", "ok", "读入动态并训练以后才能查看")
    names = [field.name for field in portrait.fields]
    shown = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
    text = f"学科专业 {len(names)} 个（{shown}），学自以往选题 {portrait.picks} 条"
    unknown = "、".join(field.name for field in portrait.fields if not field.nearest)
    if unknown:
        text, remedy = f"{text}；不认识“{unknown}”", "换成常用的说法会更准。"
        return Finding("学校画像", "warning", text, remedy)
    return Finding("学校画像", "ok", text)


def _stored_keys(workspace: Workspace) -> set[str]:
    """Keys of the corpus; none where it cannot be read, which is for its own check to say."""
    try:
        with open_shelf(workspace) as corpus:
            return set(corpus.keys())
    except RecommenderError:
        return set()


def _lock(workspace: Workspace) -> Finding:
    if not workspace.lock_file.exists():
        return Finding("占用", "ok", "没有别的运行占用工作区")
    guard = FileLock(workspace.lock_file)
    try:
        guard.acquire(blocking=False)
    except Timeout:
        return Finding("占用", "warning", "另一次运行正在使用工作区", "请等它结束。")
    except OSError as error:
        raise unwritable(workspace.lock_file, error) from error
    guard.release()
    return Finding("占用", "ok", "没有别的运行占用工作区")


def _font(workspace: Workspace) -> Finding:
    found = system_font()
    if found is None:
        return Finding("中文字体", "warning", "没有找到中文字体，报告里的图画不出来", remedy())
    return Finding("中文字体", "ok", f"图用 {found.family} 绘制")


CHECKS: dict[str, Callable[[Workspace], Finding]] = {
    "程序": _program,
    "终端": _console,
    "中文字体": _font,
    "文件夹": _folder,
    "磁盘": check_space,
    "残留": check_remains,
    "设置": _settings,
    "词表": _lexicon,
    "立项课题": _projects,
    "资料库": _corpus,
    "编辑选择": _choices,
    "模型": _model,
    "学校画像": _profile,
    "备用版本": check_versions,
    "定期运行": check_runs,
    "占用": _lock,
}
_NOT_YET = ("资料库", "模型")  # may still be missing in a new workspace
