"""Keywords of abstracts: ours against what else a user would pick, on the authors' own keywords.

    python benchmarks/keyphrases.py [--quick] [--fit]

The 1,000 abstracts of keywords/csl_dev.jsonl (``--quick``: every tenth), title and abstract given to
every method, five phrases taken, exact match after NFKC, lower case and white space. F1 is the mean over
texts, and so are precision and recall. ``half``: the abstracts that our weights were not fitted on (by a
hash of the text). ``domain``: the 169 of our fields. ``3-8``: texts with three to eight keywords, since
longer lists in this collection are machine-made. Our background and every method's word list are as
shipped; the rows marked "+ collection" also count words in all the abstracts, without their keywords.
``--fit`` shows the weights that each half of the abstracts gives, and how they do on the other half.
Milliseconds are of the processor. Tools that are not installed are named and left out.
"""

import hashlib
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from importlib.util import find_spec
from typing import Any

import numpy as np
from child import SHARED, table
from extractors import Extract, methods
from noun_runs import Piece, whole
from sklearn.linear_model import LogisticRegression

from recommender.emphasis.background import load_background
from recommender.features.keyphrases import Traits, score_phrases

TOP = 5
QUICK = 10


@dataclass(frozen=True, slots=True)
class Abstract(Piece):
    """half: 1 for those that the weights were not fitted on."""

    keywords: frozenset[str]
    half: int
    domain: bool

    @property
    def usual(self) -> bool:
        return 3 <= len(self.keywords) <= 8


PARTS: dict[str, Callable[[Abstract], bool]] = {
    "all": lambda a: True,
    "half": lambda a: a.half == 1,
    "domain": lambda a: a.domain,
    "3-8": lambda a: a.usual,
}


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def read_abstracts() -> list[Abstract]:
    lines = (SHARED / "keywords" / "csl_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [_abstract(json.loads(line)) for line in lines]


def _abstract(row: dict[str, Any]) -> Abstract:
    title, text = row["title"], row["abstract"]
    keywords = frozenset(filter(None, map(plain, row["keywords"])))
    half = hashlib.sha256((title + text).encode()).digest()[0] % 2
    return Abstract(title, text, keywords, half, row["domain"])


def judge(found: Sequence[str], keywords: frozenset[str]) -> tuple[float, float, float]:
    """F1, precision and recall of the first five, each in [0, 1]."""
    first = list(dict.fromkeys(map(plain, found)))[:TOP]
    hits = len(set(first) & keywords)
    return (
        2 * hits / (len(first) + len(keywords)),
        hits / len(first) if first else 0.0,
        hits / len(keywords),
    )


def measure(name: str, extract: Extract, abstracts: Sequence[Abstract]) -> tuple[str, ...]:
    """One row of the table."""
    extract(abstracts[0])  # loading is not timed
    print(name, file=sys.stderr, flush=True)
    start = time.process_time()
    found = [extract(abstract) for abstract in abstracts]
    milliseconds = 1000 * (time.process_time() - start) / len(abstracts)
    scores = np.array([judge(f, a.keywords) for f, a in zip(found, abstracts, strict=True)])
    cells = [scores[[part(a) for a in abstracts], 0].mean() for part in PARTS.values()]
    return name, *(f"{value:.3f}" for value in (*cells, *scores[:, 1:].mean(axis=0))), f"{milliseconds:.1f}"


def fit(abstracts: Sequence[Abstract]) -> tuple[str, ...]:
    """The weights that each half gives, shown, and a row of how they do on the half they have not seen."""
    rarity = load_background().idf
    scored = [score_phrases(a.text, a.title, rarity) for a in abstracts]
    tables = [np.array([astuple(p.traits) for p in phrases]) for phrases in scored]
    weights = {}
    for half in (0, 1):
        chosen = [i for i, a in enumerate(abstracts) if a.half == half and a.usual]
        rows = np.vstack([tables[i] for i in chosen])
        hits = [plain(p.text) in abstracts[i].keywords for i in chosen for p in scored[i]]
        spread = rows.std(axis=0)
        weights[half] = LogisticRegression(C=0.1, max_iter=300).fit(rows / spread, hits).coef_[0] / spread
    halves = [(f.name, *(f"{weights[h][i]:.2f}" for h in (0, 1))) for i, f in enumerate(fields(Traits))]
    print(table(("trait", "weight by one half", "by the other"), halves) + "\n")
    first = {
        id(a): [phrases[i].text for i in np.argsort(-(traits @ weights[1 - a.half]), kind="stable")[:TOP]]
        for a, phrases, traits in zip(abstracts, scored, tables, strict=True)
    }
    return measure("each half by the other's", lambda a: first[id(a)], abstracts)


def main() -> None:
    abstracts = read_abstracts()[:: QUICK if "--quick" in sys.argv else 1]
    sizes = ", ".join(f"{name} {sum(map(part, abstracts)):,}" for name, part in PARTS.items())
    present = np.mean([sum(k in plain(whole(a)) for k in a.keywords) / len(a.keywords) for a in abstracts])
    print(f"Abstracts: {sizes}. Of the keywords {present:.1%} stand in title or abstract.\n")
    ready = methods(abstracts, TOP)
    missing = [name for name, (library, _) in ready.items() if library and find_spec(library) is None]
    if "--fit" in sys.argv:
        rows = [fit(abstracts)]
    else:
        rows = [measure(name, ready[name][1](), abstracts) for name in ready if name not in missing]
        rows += [(f"{name}: not installed, left out", *[""] * (len(PARTS) + 3)) for name in missing]
    print(table(("", *(f"F1 {part}" for part in PARTS), "P", "R", "ms a text"), rows))


if __name__ == "__main__":
    main()
