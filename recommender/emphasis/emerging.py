"""What emerges: terms ranked by how new and strong their emphasis is, as of a year.

A score is a weighted sum of four ingredients, each made of counts that a reader can check:

rise     z of the share of documents that mention the term, against the three years before or five
         years ago, whichever is larger: a congress or a plan returns every five years and is not new
stress   the rise, as a difference of shares, in headings and the leads of paragraphs
volume   the rise of how often it is said, as a difference of square roots
takeoff  ln of how often a term with as many research titles so far became a hot topic

Only terms that may name a subject are ranked, and fragments are folded into the fullest term that
carries them. Nothing dated after the year is read. ``benchmarks/emerging.py`` measures what each
ingredient adds.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from recommender.emphasis.evidence import Evidence, gather
from recommender.emphasis.folding import fold_fragments
from recommender.emphasis.history import Floats, History

_SPREAD = 15.0  # documents a share is judged by: half a year's, as provinces copy one another
_FLOOR = 1e-3  # added to its variance, lest a single mention of a new term count for everything
_ANSCOMBE = 3 / 8  # makes the spread of a square root of a count alike for small and large ones
# Sessions are new each year and name no subject.
_NUMERAL = "[一二三四五六七八九十]"
_SESSION = re.compile(rf"^第|第{_NUMERAL}|{_NUMERAL}届|次会议|全会|^{_NUMERAL}中$")


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of an ingredient adds to the score: rounded, as the optimum on 2006–2012 is flat."""

    rise: float = 0.45
    stress: float = 5.0
    volume: float = 0.2
    takeoff: float = 0.6


@dataclass(frozen=True, slots=True)
class Emerging:
    """A term with the numbers behind its rank.

    share, before: of documents that mention it, in the last year and the three before, in [0, 1];
    stressed, stressed_before: likewise in headings and leads. titles: research titles with it in the
    last three years of titles; takeoff: how often such terms became hot, in (0, 1), None without
    titles. folded: the fragments it stands for.
    """

    term: str
    score: float
    share: float
    before: float
    stressed: float
    stressed_before: float
    titles: int
    takeoff: float | None
    folded: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The numbers in one line."""
        mentioned = f"提到 {self.before:.0%} → {self.share:.0%}"
        said = f"{mentioned}，突出 {self.stressed_before:.0%} → {self.stressed:.0%}"
        return said if self.takeoff is None else f"{said}，近三年立项课题 {self.titles} 项"


def rank_emerging(  # noqa: PLR0913, the last three are for measuring
    history: History,
    as_of: str,
    count: int = 50,
    *,
    collection: str = "provincial",
    titles_until: str | None = None,
    weights: Weights | None = None,
    fold: bool = True,
) -> list[Emerging]:
    """Terms by new and rising emphasis in documents dated up to a year, best first.

    as_of: ``2016``. titles_until: the last year of titles that is read, by default as_of; who
    predicts the titles of a year stops one before. Empty when fewer than two years have documents.
    Raises ValueError when a year is not one, KeyError when there is no such collection.
    """
    evidence = gather(history, _year(as_of), _year(titles_until or as_of), collection)
    if evidence is None:
        return []
    terms = sorted(history.index, key=history.index.__getitem__)
    scores = score(ingredients(evidence), weights or Weights())
    rows = [int(row) for row in np.flatnonzero(evidence.present) if not _SESSION.search(terms[row])]
    used = np.stack([evidence.said, evidence.titles])
    into = fold_fragments({terms[row]: row for row in rows}, used) if fold else {}
    best: dict[int, float] = {}
    folded: dict[int, list[str]] = {}
    for row in rows:
        head = into.get(row, row)
        best[head] = max(best.get(head, -np.inf), float(scores[row]))
        if head != row:
            folded.setdefault(head, []).append(terms[row])
    first = sorted(best, key=lambda row: (-best[row], -evidence.share[row], terms[row]))[:count]
    return [_describe(terms[row], row, best[row], evidence, tuple(folded.get(row, ()))) for row in first]


def ingredients(evidence: Evidence) -> Mapping[str, Floats]:
    """Each ingredient of the score by name, (n_terms,) each."""
    mean = (evidence.share + evidence.usual) / 2
    spread = np.sqrt(mean * (1 - mean) / _SPREAD + _FLOOR)
    takeoff = np.zeros(len(mean)) if evidence.takeoff is None else np.log(evidence.takeoff)
    return {
        "rise": (evidence.share - evidence.usual) / spread,
        "stress": evidence.stressed - evidence.stressed_before,
        "volume": np.sqrt(evidence.said + _ANSCOMBE) - np.sqrt(evidence.said_before + _ANSCOMBE),
        "takeoff": takeoff,
    }


def score(parts: Mapping[str, Floats], weights: Weights) -> Floats:
    """The weighted sum, (n_terms,)."""
    values = asdict(weights)
    total: Floats = np.sum([values[name] * part for name, part in parts.items()], axis=0)
    return total


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text):
        raise ValueError(f"{text!r} 不是年份，请写成四位数字，例如 2016。")
    return int(text)


def _describe(term: str, row: int, best: float, evidence: Evidence, folded: tuple[str, ...]) -> Emerging:
    return Emerging(
        term=term,
        score=best,
        share=float(evidence.share[row]),
        before=float(evidence.before[row]),
        stressed=float(evidence.stressed[row]),
        stressed_before=float(evidence.stressed_before[row]),
        titles=int(evidence.titles[row]),
        takeoff=None if evidence.takeoff is None else float(evidence.takeoff[row]),
        folded=folded,
    )
