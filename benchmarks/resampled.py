"""Issues of any number, made by resampling the clauses of real documents: same words, other company.

With the clauses of the provincial reports an issue has some 6,300 characters, 19 KB.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

from recommender.corpus import open_corpus
from recommender.ingest import ingest_paths
from recommender.records import Clause, Document, Issue, Pick

DOCUMENTS, CLAUSES = 2, 5  # of an issue


@dataclass(frozen=True)
class Pool:
    """What issues are made of."""

    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]


def read_pool(paths: Sequence[Path], most: int = 200) -> Pool:
    """The clauses of the first documents of some bulletins and collections, and documents to hold them."""
    with tempfile.TemporaryDirectory() as folder, open_corpus(Path(folder, "corpus.sqlite")) as corpus:
        ingest_paths(corpus, paths)
        issues = tuple(islice(corpus.stream(), most))
    documents = tuple(document for issue in issues for document in issue.documents)
    return Pool(documents, tuple(clause for document in documents for clause in document.clauses))


def resampled(pool: Pool, picks: bool = False, first: int = 0) -> Iterator[Issue]:
    """Issue after issue, always the same ones; with a pick each where the clauses have a heading."""
    for number in count(first):
        chance = random.Random(number)
        documents = tuple(
            replace(chance.choice(pool.documents), clauses=tuple(chance.choices(pool.clauses, k=CLAUSES)))
            for _ in range(DOCUMENTS)
        )
        headed = [clause.heading for one in documents for clause in one.clauses if clause.heading]
        chosen = tuple(Pick(f"{one}研究", f"{one}研究") for one in headed[:1]) if picks else ()
        date = f"{1980 + number // 372 % 45}-{number // 31 % 12 + 1:02}-{number % 31 % 28 + 1:02}"
        yield Issue(
            f"{number}", "bulletin", "示例动态", date=date, institution="示例职业学院",
            documents=documents, picks=chosen,
        )  # fmt: skip


def as_row(issue: Issue) -> dict[str, str]:
    """An issue as one document of a collection, its clauses numbered anew."""
    clauses = (clause for document in issue.documents for clause in document.clauses)
    said = (f"{clause.heading}。{clause.text}" if clause.heading else clause.text for clause in clauses)
    lines = (f"（{place}）{text}".replace("\n", "") for place, text in enumerate(said, 1))
    return {"title": f"关于示例工作的意见之{issue.key}", "date": issue.date or "", "text": "\n".join(lines)}
