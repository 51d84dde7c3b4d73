"""Whether a suggestion is what the editors picked."""

from collections.abc import Sequence

from recommender.evaluation.explain import explain_rank
from recommender.fold import bare
from recommender.recommend.rank import dice
from recommender.records import Grade, PickMatch, Suggestion

NEAR, RELATED = 0.75, 0.5  # Dice of character bigrams, on wordings without 研究
GRADES: tuple[Grade, ...] = ("exact", "near", "related", "topic", "none")
HITS: frozenset[Grade] = frozenset({"exact", "near"})
_NO_SUCH = "候选里没有这样的说法"
LOOSE: frozenset[Grade] = HITS | {"related"}


def grade(title: str, pick: str) -> Grade:
    """How near a title is to a pick: exact, near, related or none.

    >>> titles = "产教联合体建设研究", "市域产教联合体建设研究", "联合体研究", "养老服务研究"
    >>> [grade(title, "产教联合体建设研究") for title in titles]
    ['exact', 'near', 'related', 'none']
    """
    one, other = core(title), core(pick)
    if one == other:
        return "exact"
    likeness = dice(one, other)
    if likeness >= NEAR:
        return "near"
    if likeness >= RELATED and (one in other or other in one):
        return "related"
    return "none"


def is_hit(title: str, pick: str) -> bool:
    """Whether a title is the pick, as strict measures count it."""
    return grade(title, pick) in HITS


def core(title: str) -> str:
    """A direction without 研究, width, space and punctuation."""
    return bare(title).removesuffix("研究")


def match_pick(pick: str, suggestions: Sequence[Suggestion], topic: str) -> PickMatch:
    """The best graded suggestion for a pick, the first of equals, with why it stands where it does.

    topic: the pick's own topic; a suggestion of that topic counts as "topic" when none is nearer.
    """
    best: tuple[int, Suggestion] | None = None
    for suggestion in suggestions:
        found = grade(suggestion.title, pick)
        if found == "none" and topic and suggestion.topic == topic:
            found = "topic"
        position = GRADES.index(found)
        if found != "none" and (best is None or position < best[0]):
            best = position, suggestion
    if best is None:
        return PickMatch(pick, None, None, "none", _NO_SUCH)
    found = GRADES[best[0]]
    why = explain_rank(best[1], suggestions[: best[1].rank - 1]) if found in LOOSE else _NO_SUCH
    return PickMatch(pick, best[1].rank, best[1].title, found, why)
