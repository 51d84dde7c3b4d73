"""What editors picked, among the first ten of each tool: extractors of key phrases against our suggestions.

    python benchmarks/hits.py

Over the real bulletins, where they are, and over the invented sample. An extractor is given the whole
text of an issue without the list of picks, and what "collection" it counts are the other issues. Ours is
made without sight of the issue's picks (leave one issue out). Strict: the pick but for its form, or
nearly; loose: one of the two contains the other. Milliseconds an issue, of the processor, with
everything loaded. Few picks: a difference of one or two means nothing.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from child import ROOT, SHARED, table
from extractors import Extract, methods
from noun_runs import Piece

from recommender.config import Settings
from recommender.evaluation.match import HITS, LOOSE, grade
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.lifecycle.train import Lessons, fit_model
from recommender.recommend.suggest import suggest
from recommender.recommend.wording import house_title
from recommender.records import Issue, Lexicon

First = Callable[[Issue], Sequence[str]]
TOP = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Picks found in the first ten, strictly and loosely; milliseconds an issue."""

    strict: int
    loose: int
    milliseconds: float


def main() -> None:
    for name, folder in (("real bulletins", SHARED / "seeds"), ("invented sample", ROOT / "data" / "sample")):
        issues = read_issues(folder)
        if any(issue.picks for issue in issues):
            report(name, issues)
        else:
            print(f"{name}: {folder} holds no picks, left out")


def read_issues(folder: Path) -> list[Issue]:
    return [parse_text(read_one(path)[0].text) for path in sorted(folder.glob("*.txt"))]


def report(name: str, issues: Sequence[Issue]) -> None:
    """One table for one set of issues."""
    judged = [issue for issue in issues if issue.picks]
    picks = sum(len(issue.picks) for issue in judged)
    print(f"{name}: {len(judged)} issues, {picks} picks\n")
    rows = []
    for label, first in ways(issues):
        print(f"{name}, {label}", file=sys.stderr, flush=True)
        found = score(judged, first)
        rows.append((label, found.strict, found.loose, f"{found.milliseconds:.0f}"))
    print(table(("first ten", f"strict, of {picks}", f"loose, of {picks}", "ms an issue"), rows) + "\n")


def ways(issues: Sequence[Issue]) -> Iterator[tuple[str, First]]:
    """Our suggestions, then each extractor that is installed: a name, and what it puts first."""
    model = fit_model(Lessons(issues, Settings(), Lexicon()))
    yield "suggest", lambda issue: [one.title for one in suggest(issue, model, Settings(), TOP)]
    pieces = {issue.key: as_piece(issue) for issue in issues}
    for label, (library, ready) in methods(list(pieces.values()), TOP).items():
        if not library or find_spec(library):
            yield label, _of_pieces(ready(), pieces)


def _of_pieces(extract: Extract, pieces: Mapping[str, Piece]) -> First:
    return lambda issue: extract(pieces[issue.key])


def as_piece(issue: Issue) -> Piece:
    """The text of an issue's documents, headed by its title; the list of picks is no document."""
    texts = [
        "\n".join([document.title, *(f"{clause.heading}。{clause.text}" for clause in document.clauses)])
        for document in issue.documents
    ]
    return Piece(issue.title, "\n".join(texts))


def score(issues: Sequence[Issue], first: First) -> Score:
    """Picks that the first ten titles say, and how long these take; what is loaded once is not timed."""
    first(issues[0])
    began = time.process_time()
    titles = [[house_title(phrase) for phrase in list(dict.fromkeys(first(issue)))[:TOP]] for issue in issues]
    milliseconds = 1000 * (time.process_time() - began) / len(issues)
    best = [
        {grade(title, pick.title) for title in said}
        for issue, said in zip(issues, titles, strict=True)
        for pick in issue.picks
    ]
    return Score(sum(bool(g & HITS) for g in best), sum(bool(g & LOOSE) for g in best), milliseconds)


if __name__ == "__main__":
    main()
