"""Two decades of public policy as counts: how many documents of a period mention a term, and how
many stress it. Shipped with the package; an office may build more and lay them beside ours."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import InputError, IntegrityError

DATA = "history.npz"
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = list[int]
_COMMON = 30


@dataclass(frozen=True, eq=False)
class Collection:
    """Counts of one kind of document.

    periods: ISO periods in order, ``2016`` or ``2016-03``. documents: (n_periods,), how many there
    are. mentions, stresses: (n_terms, n_periods), how many mention the term at all, and in a heading
    or the lead of a paragraph. occurrences: likewise, how often it stands in them all together.
    """

    name: str
    label: str
    periods: tuple[str, ...]
    documents: NDArray[np.int64]
    mentions: sp.csr_matrix
    stresses: sp.csr_matrix
    occurrences: sp.csr_matrix


@dataclass(frozen=True, eq=False)
class History:
    """Collections over one vocabulary: term → row.

    since: (n_terms,), the first year by whose text a phrase is a term, 0 for words.
    subject: (n_terms,), whether a term may name a subject; worn verbs and counts do not.
    """

    index: Mapping[str, int]
    since: NDArray[np.int16]
    subject: NDArray[np.bool_]
    collections: tuple[Collection, ...]

    def named(self, name: str) -> Collection:
        """The collection of a name; KeyError when there is none."""
        return {collection.name: collection for collection in self.collections}[name]

    @cached_property
    def common(self) -> frozenset[str]:
        """Words, and the phrases that occur often enough to tell the course of a wording by."""
        counts = np.zeros(len(self.index), dtype=np.int64)
        for collection in self.collections:
            counts += np.asarray(collection.occurrences.sum(axis=1)).ravel()
        often = ((self.since == 0) | (counts >= _COMMON)).tolist()
        return frozenset(term for term, row in self.index.items() if often[row])


def years_until(collection: Collection, year: int) -> dict[int, Columns]:
    """The columns of each year with documents that is not after the year, in order."""
    years: dict[int, Columns] = {}
    for column, period in enumerate(collection.periods):
        if collection.documents[column] and int(period[:4]) <= year:
            years.setdefault(int(period[:4]), []).append(column)
    return years


def totals(matrix: sp.csr_matrix, columns: Columns) -> Counts:
    """The sum of some columns of counts: (n_terms,)."""
    return np.asarray(matrix[:, columns].sum(axis=1), dtype=np.int64).ravel()


def total(collection: Collection, columns: Columns) -> int:
    """How many documents some periods have."""
    return int(collection.documents[columns].sum())


@dataclass(frozen=True, slots=True)
class Counted:
    """One document to count: its period, how often it mentions each term, and those it stresses."""

    period: str
    mentioned: Mapping[str, int]
    stressed: frozenset[str]


def tally(name: str, label: str, counted: Iterable[Counted], index: Mapping[str, int]) -> Collection:
    """Count documents by period; the order of the documents does not matter."""
    listed = list(counted)
    periods = sorted({document.period for document in listed})
    column = {period: i for i, period in enumerate(periods)}
    documents = np.bincount([column[d.period] for d in listed], minlength=len(periods))
    shape = (len(index), len(periods))

    def matrix(numbers_of: Callable[[Counted], Mapping[str, int]]) -> sp.csr_matrix:
        cells = [
            (n, index[t], column[d.period]) for d in listed for t, n in numbers_of(d).items() if t in index
        ]
        numbers, rows, columns = zip(*cells, strict=True) if cells else ((), (), ())
        return sp.csr_matrix((np.array(numbers, dtype=np.int32), (rows, columns)), shape=shape)

    return Collection(
        name,
        label,
        tuple(periods),
        documents,
        mentions=matrix(lambda document: dict.fromkeys(document.mentioned, 1)),
        stresses=matrix(lambda document: dict.fromkeys(document.stressed, 1)),
        occurrences=matrix(lambda document: document.mentioned),
    )


def pack(history: History) -> bytes:
    """As a compressed file of plain arrays."""
    terms = sorted(history.index, key=history.index.__getitem__)
    arrays: dict[str, NDArray[Any]] = {"terms": _bytes("\n".join(terms))}
    facts = [{"name": c.name, "label": c.label, "periods": c.periods} for c in history.collections]
    arrays["facts"] = _bytes(json.dumps(facts, ensure_ascii=False))
    arrays["since"] = history.since.astype(np.int16)
    arrays["subject"] = history.subject.astype(np.bool_)
    for c in history.collections:
        arrays[f"{c.name}.documents"] = c.documents.astype(np.int32)
        for kind, matrix in (("mentions", c.mentions), ("stresses", c.stresses)):
            arrays[f"{c.name}.{kind}.data"] = matrix.data.astype(np.uint16)
            arrays[f"{c.name}.{kind}.columns"] = matrix.indices.astype(np.uint16)
            arrays[f"{c.name}.{kind}.ends"] = matrix.indptr.astype(np.int32)
        # A term occurs in just the periods in which documents mention it.
        arrays[f"{c.name}.occurrences.data"] = c.occurrences.data.astype(np.uint32)
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def unpack(data: bytes) -> History:
    """Read what ``pack`` wrote. Raises IntegrityError when it is something else."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as stored:
            terms = stored["terms"].tobytes().decode().split("\n")
            facts = json.loads(stored["facts"].tobytes())
            arrays = {name: stored[name] for name in stored.files}
    except (KeyError, ValueError, OSError) as error:
        raise IntegrityError(f"参照语料读不出来（{error}）。请重新安装程序，或重新统计。") from error
    collections = tuple(_collection(fact, arrays, len(terms)) for fact in facts)
    index = {term: row for row, term in enumerate(terms)}
    return History(index, arrays["since"], arrays["subject"], collections)


def _collection(fact: dict[str, str], arrays: Mapping[str, NDArray[Any]], n_terms: int) -> Collection:
    name, periods = fact["name"], tuple(fact["periods"])

    def matrix(numbers: str, places: str) -> sp.csr_matrix:
        data = arrays[f"{name}.{numbers}.data"].astype(np.int32)
        columns, ends = (arrays[f"{name}.{places}.{part}"] for part in ("columns", "ends"))
        return sp.csr_matrix((data, columns, ends), shape=(n_terms, len(periods)))

    return Collection(
        name,
        fact["label"],
        periods,
        arrays[f"{name}.documents"].astype(np.int64),
        mentions=matrix("mentions", "mentions"),
        stresses=matrix("stresses", "stresses"),
        occurrences=matrix("occurrences", "mentions"),
    )


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


@lru_cache(maxsize=1)
def load_history() -> History:
    """The history shipped with the package."""
    return unpack(files("recommender.emphasis").joinpath(DATA).read_bytes())


def read_history(path: Path) -> History:
    """A history that an office built. Raises InputError when the file cannot be read."""
    try:
        return unpack(path.read_bytes())
    except (OSError, IntegrityError) as error:
        remedy = "请用 recommender background build 重新统计，或删去这个文件。"
        raise InputError(f"{path}：这份参照语料读不出来。{remedy}") from error
