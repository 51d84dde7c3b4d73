"""Why a pick is not higher, said in words."""

from recommender.evaluation.explain import explain_rank
from recommender.records import Evidence, Reason, Source, Suggestion

ONE, OTHER = Evidence("关于甲的意见", "一、", "甲。"), Evidence("关于乙的意见", "二、", "乙。")


def suggested(rank: int, source: Source, evidence: tuple[Evidence, ...], **shares: float) -> Suggestion:
    reasons = tuple(Reason(name, share, share, name) for name, share in shares.items())
    return Suggestion(rank, "冷链物流研究", sum(shares.values()), "", source, reasons, evidence)


ABOVE = (suggested(1, "title", (ONE,), fit=1.0, habit=0.9, wording=0.5),)


def test_the_clearest_gaps_are_named_most_first() -> None:
    low = suggested(2, "heading", (ONE,), fit=0.2, habit=0.5, wording=0.45)
    assert explain_rank(low, ABOVE) == "仅见于一份文件的一个条款，专业契合、选题习惯不如前面各条"


def test_the_first_needs_no_excuse() -> None:
    assert explain_rank(ABOVE[0], ()) == "是一份文件的主题"


def test_a_small_gap_is_said_to_be_small() -> None:
    near = suggested(2, "heading", (ONE, OTHER), fit=0.95, habit=0.9, wording=0.5)
    assert explain_rank(near, ABOVE).startswith("见于 2 份文件的 2 个条款，与前面各条相差很小")
