"""The comparison over all issues: made outside the request, since it takes seconds, and kept."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from recommender.disk import write_whole
from recommender.office.desk import compare
from recommender.records import Comparison
from recommender.web.shelf import stamp_of
from recommender.workspace import Workspace

_COMPARISONS = TypeAdapter(Comparison)


@dataclass(frozen=True, slots=True)
class Kept:
    """A comparison that was made before. is_current: nothing it rests on has changed since."""

    comparison: Comparison
    is_current: bool


def compare_and_keep(workspace: Workspace) -> dict[str, Any]:
    """Compare all issues that have picks; how many picks of how many issues."""
    stamp = stamp_of(workspace)
    made = compare(workspace)
    kept = {"stamp": stamp, "comparison": _COMPARISONS.dump_python(made, mode="json")}
    write_whole(comparison_file(workspace), json.dumps(kept, ensure_ascii=False).encode())
    return {"labels": made.labels, "issues": len(made.issues)}


def comparison_file(workspace: Workspace) -> Path:
    """Where the comparison is kept."""
    return workspace.cache / "comparison.json"


def kept_comparison(workspace: Workspace) -> Kept | None:
    """The comparison that was kept; None where there is none that can be read."""
    try:
        kept = json.loads(comparison_file(workspace).read_bytes())
        stamp = tuple(tuple(pair) for pair in kept["stamp"])
        return Kept(_COMPARISONS.validate_python(kept["comparison"]), stamp == stamp_of(workspace))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it may be made again at any time
