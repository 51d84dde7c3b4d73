"""Which versions may go, by one rule: kept are the serving version, the last good one before it,
and the newest ``KEEP`` of all others; every other version is removed."""

from pathlib import Path

from recommender.lifecycle.registry import list_versions, remove
from recommender.lifecycle.serving import previous, serving_name

KEEP = 8


def expendable(models: Path, keep: int = KEEP) -> tuple[str, ...]:
    """The versions the rule gives up, oldest first.

    None when nothing serves: which version is good is then for a person to say.
    """
    serving = serving_name(models)
    if serving is None:
        return ()
    others = [one for one in list_versions(models) if one not in (serving, previous(models))]
    return tuple(others[: max(0, len(others) - keep)])


def prune(models: Path, keep: int = KEEP) -> tuple[str, ...]:
    """Remove the expendable versions; their names. UsageError when one cannot be removed."""
    gone = expendable(models, keep)
    for version in gone:
        remove(models, version)
    return gone
