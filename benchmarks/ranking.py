"""What each group of features adds, and how much hangs on each weight: ``python benchmarks/ranking.py``.

Leave-one-issue-out over the real bulletins, where they are, and over the invented sample: without a
group of features, with each weight halved and doubled, with the stated weights in place of the
learned ones, with the clauses of each document shuffled. Few labels: read the last line.
"""

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from recommender.config import Settings
from recommender.evaluation.backtest import compare
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.lifecycle.train import Lessons, fit_model
from recommender.recommend.judge import priors
from recommender.records import Comparison, Issue, Lexicon

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("RECOMMENDER_SHARED", ROOT.parent / "shared"))
GROUPS = {
    "专业与习惯": ("fit", "habit", "context"),
    "措辞": ("wording",),
    "本期突出": ("distinct", "emphasis"),
    "政策走势": ("rising", "bursting"),
    "发文": ("authority", "home"),
    "可研究性": ("researchable",),
    "不重复": ("novelty",),
    "来源": ("kind",),
}


def main() -> None:
    for name, folder in (("真实动态", SHARED / "seeds"), ("示例", ROOT / "data" / "sample")):
        files = sorted(folder.glob("*.txt"))
        if files:
            report(name, [parse_text(read_one(path)[0].text) for path in files])
        else:
            print(f"{name}：{folder} 里没有文件，略过。")


def report(name: str, issues: Sequence[Issue]) -> None:
    """One table for one set of issues."""
    model = fit_model(Lessons(issues, Settings(), Lexicon()))
    plain = compare(issues, model, Settings())
    print(f"\n{name}：{len(plain.issues)} 期，{plain.labels} 条选题")
    print(f"{'':<24}{'recall@3':>10}{'recall@10':>10}{'mrr':>8}{'ndcg@10':>9}　各选题的位次")
    show("全部", plain)
    for label, weights in variants():
        show(label, compare(issues, model, Settings(weights=weights)))
    for seed in range(3):
        mixed = [shuffled(issue, random.Random(seed)) for issue in issues]
        show(f"条款打乱 {seed}", compare(mixed, fit_model(Lessons(mixed, Settings(), Lexicon())), Settings()))
    assert plain.lift
    print("高出随机排列（前 10 位命中率，95% 区间）：{:.3f}（{:.3f} 至 {:.3f}）".format(*plain.lift))


def variants() -> Iterator[tuple[str, dict[str, float]]]:
    """Settings to compare, each with the weights that differ."""
    yield "只用既定权重（不学）", priors()
    for label, names in GROUPS.items():
        yield f"去掉 {label}", dict.fromkeys(names, 0.0)
    for name, weight in priors().items():
        yield f"{name} 减半", {name: weight / 2}
        yield f"{name} 加倍", {name: weight * 2}


def shuffled(issue: Issue, draw: random.Random) -> Issue:
    """The issue with the clauses of each document in another order."""
    documents = (
        replace(document, clauses=tuple(draw.sample(document.clauses, len(document.clauses))))
        for document in issue.documents
    )
    return replace(issue, documents=tuple(documents))


def show(label: str, found: Comparison) -> None:
    """One row."""
    metrics = found.metrics
    ranks = [
        f"{match.rank}" if match.grade in ("exact", "near") else "—"
        for _, matches in found.issues
        for match in matches
    ]
    wide = label + "　" * max(0, 12 - len(label))
    print(
        f"{wide}{metrics['recall@3']:>10.3f}{metrics['recall@10']:>10.3f}{metrics['mrr']:>8.3f}"
        f"{metrics['ndcg@10']:>9.3f}　{' '.join(ranks)}"
    )


if __name__ == "__main__":
    main()
