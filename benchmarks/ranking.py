"""What each group of features adds, and how much hangs on each weight: ``python benchmarks/ranking.py``.

Leave-one-issue-out over the real bulletins, where they are, and over the invented sample: without a
group of features, with each weight halved and doubled, with the stated weights in place of the
learned ones, with the clauses of each document shuffled, and read from PDFs in other layouts (where
LibreOffice is installed). Few labels: read the last lines.

The last but one is what a ranker could reach that knew the picks beforehand: the best found among some
thousand weightings of the same features, for all issues at once.
"""

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from layouts import LAYOUTS, SOFFICE, lines_of, reread
from numpy.typing import NDArray

from recommender.config import Settings
from recommender.evaluation.backtest import compare
from recommender.evaluation.match import is_hit
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.lifecycle.train import Lessons, fit_model
from recommender.model import Model
from recommender.recommend.judge import Judged, judge_issue, priors
from recommender.recommend.suggest import in_list
from recommender.recommend.wording import house_title
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
PRINTED = ("plain", "two columns", "everything")
DRAWS = 1000  # of weights in hindsight


def main() -> None:
    for name, folder in (("真实动态", SHARED / "seeds"), ("示例", ROOT / "data" / "sample")):
        files = sorted(folder.glob("*.txt"))
        if files:
            report(name, files)
        else:
            print(f"{name}：{folder} 里没有文件，略过。")


def report(name: str, files: Sequence[Path]) -> None:
    """One table for one set of issues."""
    issues = [parse_text(read_one(path)[0].text) for path in files]
    model = fit_model(Lessons(issues, Settings(), Lexicon()))
    plain = compare(issues, model, Settings())
    print(f"\n{name}：{len(plain.issues)} 期，{plain.labels} 条选题")
    print(f"{'':<24}{'recall@3':>10}{'recall@10':>10}{'mrr':>8}{'ndcg@10':>9}　各选题的位次")
    show("全部", plain)
    for label, weights in variants():
        show(label, compare(issues, model, Settings(weights=weights)))
    for seed in range(3):
        show(f"条款打乱 {seed}", relearned([shuffled(issue, random.Random(seed)) for issue in issues]))
    for layout in PRINTED if SOFFICE else ():
        show(f"PDF {layout}", relearned(reread(lines_of(files), LAYOUTS[layout])))
    best = hindsight(issues, model)
    print("知道选题以后从一千组权重里挑最好的：前 10 位 {:.3f}，前 3 位 {:.3f}".format(*best))
    assert plain.lift
    print("高出随机排列（前 10 位命中率，95% 区间）：{:.3f}（{:.3f} 至 {:.3f}）".format(*plain.lift))


def relearned(issues: Sequence[Issue]) -> Comparison:
    """The comparison with a model of its own."""
    return compare(issues, fit_model(Lessons(issues, Settings(), Lexicon())), Settings())


def hindsight(issues: Sequence[Issue], model: Model) -> tuple[float, float]:
    """Shares of picks in ten and in three, each by the weights best for it among those drawn around the
    stated ones and among any: learning from few picks will hardly pass it, though a search may find more."""
    judged = [(issue, judge_issue(issue, model, Settings())) for issue in issues if issue.picks]
    wanted = [(found, hits_of(issue, found)) for issue, found in judged]
    count = sum(len(picks) for _, picks in wanted)
    stated, draw = np.array(list(priors().values())), np.random.default_rng(0)
    best = [0, 0]
    for number in range(DRAWS):
        near = stated * np.exp(draw.normal(0, 1, len(stated)))
        weights = near if number % 2 else draw.dirichlet(np.full(len(stated), 0.5))
        found = [hits_in(one, picks, weights) for one, picks in wanted]
        best = [max(known, sum(row)) for known, row in zip(best, zip(*found, strict=True), strict=True)]
    return best[0] / count, best[1] / count


def hits_of(issue: Issue, judged: Judged) -> list[set[int]]:
    """For each pick the candidates that would hit it."""
    titles = [house_title(subject.candidate.core) for subject in judged.subjects]
    return [{i for i, title in enumerate(titles) if is_hit(title, pick.title)} for pick in issue.picks]


def hits_in(judged: Judged, picks: Sequence[set[int]], weights: NDArray[np.float64]) -> tuple[int, int]:
    """Picks among the first ten and among the first three by these weights."""
    first = in_list(judged, weights, Settings().variety, 10)
    return sum(bool(pick & set(first)) for pick in picks), sum(bool(pick & set(first[:3])) for pick in picks)


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
