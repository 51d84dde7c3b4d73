"""Two decades of public policy as counts: how many documents of a period mention a term, and how
many stress it. Shipped with the package; an office may build more and lay them beside ours."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import InputError, IntegrityError

DATA = "history.npz"


@dataclass(frozen=True, eq=False)
class Collection:
    """Counts of one kind of document.

    periods: ISO periods in order, ``2016`` or ``2016-03``. documents: (n_periods,), how many there
    are. mentions, stresses: (n_terms, n_periods), how many mention the term at all, and in a heading
    or the lead of a paragraph.
    """

    name: str
    label: str
    periods: tuple[str, ...]
    documents: NDArray[np.int64]
    mentions: sp.csr_matrix
    stresses: sp.csr_matrix


@dataclass(frozen=True, eq=False)
class History:
    """Collections over one vocabulary: term → row.

    freedom: (n_terms,), how freely a term's neighbours vary, in nats; a word of its own has FREE.
    """

    index: Mapping[str, int]
    freedom: NDArray[np.float32]
    collections: tuple[Collection, ...]

    def named(self, name: str) -> Collection:
        """The collection of a name; KeyError when there is none."""
        return {collection.name: collection for collection in self.collections}[name]


@dataclass(frozen=True, slots=True)
class Counted:
    """One document to count: its period, the terms it mentions and those it stresses."""

    period: str
    mentioned: frozenset[str]
    stressed: frozenset[str]


def tally(name: str, label: str, counted: Iterable[Counted], index: Mapping[str, int]) -> Collection:
    """Count documents by period; the order of the documents does not matter."""
    listed = list(counted)
    periods = sorted({document.period for document in listed})
    column = {period: i for i, period in enumerate(periods)}
    documents = np.bincount([column[d.period] for d in listed], minlength=len(periods))
    shape = (len(index), len(periods))

    def matrix(terms_of: str) -> sp.csr_matrix:
        places = [(index[t], column[d.period]) for d in listed for t in getattr(d, terms_of) if t in index]
        rows, columns = zip(*places, strict=True) if places else ((), ())
        ones = np.ones(len(places), dtype=np.int32)
        return sp.csr_matrix((ones, (rows, columns)), shape=shape)

    return Collection(name, label, tuple(periods), documents, matrix("mentioned"), matrix("stressed"))


def pack(history: History) -> bytes:
    """As a compressed file of plain arrays."""
    terms = sorted(history.index, key=history.index.__getitem__)
    arrays: dict[str, NDArray[Any]] = {"terms": _bytes("\n".join(terms))}
    facts = [{"name": c.name, "label": c.label, "periods": c.periods} for c in history.collections]
    arrays["facts"] = _bytes(json.dumps(facts, ensure_ascii=False))
    arrays["freedom"] = history.freedom.astype(np.float16)
    for c in history.collections:
        arrays[f"{c.name}.documents"] = c.documents.astype(np.int32)
        for kind, matrix in (("mentions", c.mentions), ("stresses", c.stresses)):
            arrays[f"{c.name}.{kind}.data"] = matrix.data.astype(np.uint16)
            arrays[f"{c.name}.{kind}.columns"] = matrix.indices.astype(np.uint16)
            arrays[f"{c.name}.{kind}.ends"] = matrix.indptr.astype(np.int32)
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
    return History(index, arrays["freedom"].astype(np.float32), collections)


def _collection(fact: dict[str, str], arrays: Mapping[str, NDArray[Any]], n_terms: int) -> Collection:
    name, periods = fact["name"], tuple(fact["periods"])

    def matrix(kind: str) -> sp.csr_matrix:
        data, columns, ends = (arrays[f"{name}.{kind}.{part}"] for part in ("data", "columns", "ends"))
        return sp.csr_matrix((data.astype(np.int32), columns, ends), shape=(n_terms, len(periods)))

    documents = arrays[f"{name}.documents"].astype(np.int64)
    return Collection(name, fact["label"], periods, documents, matrix("mentions"), matrix("stresses"))


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
