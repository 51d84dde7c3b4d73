"""Building a background from collections of public text, and listing what one holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from recommender.disk import write_whole
from recommender.emphasis import background, history
from recommender.emphasis.build import build_background
from recommender.emphasis.count import Source, build_history
from recommender.emphasis.history import History
from recommender.emphasis.sources import has_titles, is_titles, read_rows
from recommender.errors import InputError, UsageError
from recommender.office.trends import TITLES, known_histories
from recommender.parallel import ALONE, Workers
from recommender.workspace import Workspace

_MIN_PERIODS = 5
_ENDINGS = {".jsonl", ".csv"}
# Names and labels of the collections that ship, by the beginning of their files' names; any other
# collection goes by its file's name.
_SHIPPED = {
    "provincial_reports": ("provincial", "省级政府工作报告"),
    "state_council_reports": ("national", "国务院政府工作报告"),
    "central_meetings": ("meetings", "国务院常务会议等"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What one collection of a background holds."""

    name: str
    label: str
    first: str
    last: str
    documents: int


def build(sources: Sequence[Path], out: Path, workers: Workers = ALONE) -> tuple[Path, ...]:
    """Count collections (files, or all those in folders) and write ``background.npz`` and
    ``history.npz`` into a folder.

    JSON lines hold documents, CSV with a ``title`` column research titles; the same files in any
    order give the same bytes.
    """
    files = sorted({file for source in sources for file in _files(source)})
    policies = [file for file in files if not is_titles(file)]
    titles = tuple(file for file in files if is_titles(file))
    if not policies:
        raise UsageError("没有政策文本。请至少给出一个 .jsonl（或 .jsonl.gz、.jsonl.xz）文件。")
    counted = [_source(file) for file in policies]
    if titles:
        rows = [row for file in titles for row in read_rows(file)]
        counted.append(Source(TITLES, "立项课题", rows, defining=False))
    packed = {
        background.DATA: background.pack(build_background(policies, list(titles), workers)),
        history.DATA: history.pack(_long_enough(build_history(counted, workers))),
    }
    for name, data in packed.items():
        write_whole(out / name, data)
    return tuple(out / name for name in packed)


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise InputError(f"{source}：找不到这个文件或文件夹。请检查路径。")
    found = [path for path in source.iterdir() if _ENDINGS & set(path.suffixes)]
    return [path for path in found if not is_titles(path) or has_titles(path)]


def _source(path: Path) -> Source:
    stem = path.name.split(".")[0]
    known = (names for prefix, names in _SHIPPED.items() if stem.startswith(prefix))
    name, label = next(known, (stem, stem))
    return Source(name, label, list(read_rows(path)))


def _long_enough(counted: History) -> History:
    """Without the collections of a few periods: they give terms, but have no course of their own."""
    kept = tuple(c for c in counted.collections if len(c.periods) >= _MIN_PERIODS)
    return replace(counted, collections=kept)


def listing(workspace: Workspace) -> tuple[Listed, ...]:
    """The collections of the background in use, the office's own first."""
    return tuple(
        Listed(c.name, c.label, c.periods[0], c.periods[-1], int(c.documents.sum()))
        for known in known_histories(workspace)
        for c in known.collections
    )
