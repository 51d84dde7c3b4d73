"""Why a pick is not higher in the list, as an editor would want to read it."""

from collections.abc import Sequence

from recommender.recommend.features import FEATURES
from recommender.records import Suggestion

_CLEAR = 0.1  # a contribution this far below that of the directions above is worth a word
_MOST = 2


def explain_rank(suggestion: Suggestion, above: Sequence[Suggestion]) -> str:
    """Where the evidence stands, and what the directions above have more of.

    above: those ranked before it; the features are compared with their mean contributions.
    """
    return "，".join(filter(None, (_standing(suggestion), _behind(suggestion, above))))


def _standing(suggestion: Suggestion) -> str:
    """How many documents and clauses say it."""
    documents = {evidence.document for evidence in suggestion.evidence}
    if suggestion.source == "title":
        return "是一份文件的主题"
    if len(suggestion.evidence) == 1:
        return "仅见于一份文件的一个条款"
    return f"见于 {len(documents)} 份文件的 {len(suggestion.evidence)} 个条款"


def _behind(suggestion: Suggestion, above: Sequence[Suggestion]) -> str:
    """The features in which it is clearly behind, most first; "" at the head of the list."""
    if not above:
        return ""
    own = _contributions(suggestion)
    others = [_contributions(one) for one in above]
    gaps = {name: sum(one[name] for one in others) / len(others) - own[name] for name in own}
    clear = sorted((name for name in gaps if gaps[name] >= _CLEAR), key=lambda name: (-gaps[name], name))
    if not clear:
        return "与前面各条相差很小，或因相近的方向已列出而靠后"
    return f"{'、'.join(FEATURES[name].label for name in clear[:_MOST])}不如前面各条"


def _contributions(suggestion: Suggestion) -> dict[str, float]:
    return {reason.feature: reason.contribution for reason in suggestion.reasons}
