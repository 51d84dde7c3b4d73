"""The JSON that other programs read: the shapes of the command contract, in one place."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from recommender.records import Comparison, Issue
from recommender.script import as_printed

if TYPE_CHECKING:  # what is only named need not be loaded: ``show`` stays quick
    from recommender.ingest import Ingested
    from recommender.report.build import Report

_FACTS = ("key", "kind", "title", "number", "serial", "date", "institution")


def issue_contract(issue: Issue) -> dict[str, Any]:
    """``show``: the parsed issue; picks as normalised titles, their printed forms beside them."""
    printed = as_printed(issue)
    facts = asdict(printed)
    del facts["printed"]
    return {
        **facts,
        "picks": [pick.title for pick in issue.picks],
        "picks_printed": [pick.printed for pick in printed.picks],
        "repairs": dict(issue.repairs),
    }


def ingest_contract(ingested: "Ingested") -> dict[str, Any]:
    """``ingest``: how many files were added and unchanged, what failed, the keys of the
    issues, and where there are any, which files say nearly the same as one that is kept."""
    contract = {
        "added": ingested.added,
        "unchanged": ingested.unchanged,
        "failed": [asdict(failure) for failure in ingested.failed],
        "issues": list(ingested.issues),
    }
    copies = [asdict(duplicate) for duplicate in ingested.duplicates]
    return contract | ({"duplicates": copies} if copies else {})


def suggest_contract(report: "Report") -> dict[str, Any]:
    """``suggest``: the issue, the model's version and the suggestions in order."""
    return {
        "issue": {name: getattr(report.issue, name) for name in _FACTS},
        "model": report.model,
        "suggestions": [asdict(suggestion) for suggestion in report.suggestions],
    }


def compare_contract(comparison: Comparison) -> dict[str, Any]:
    """``compare``: each issue's picks with rank, match and grade; measures; number of labels."""
    return {
        "issues": [
            {"key": key, "picks": [asdict(match) for match in matches]} for key, matches in comparison.issues
        ],
        "metrics": comparison.metrics,
        "baselines": comparison.baselines,
        "labels": comparison.labels,
        "loose": comparison.loose,
        "intervals": {name: list(ends) for name, ends in comparison.intervals.items()},
        "lift": list(comparison.lift) if comparison.lift else None,
        "reach": [asdict(one) for one in comparison.reach],
    }
