"""Two decades of public policy as counts: how many documents of a period mention a term, and how
many stress it. Shipped with the package; an office may build more and lay them beside ours."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from recommender.emphasis.sparse import Sparse
from recommender.errors import InputError, IntegrityError

DATA = "history.npz"
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = list[int]
Kind = Literal["mentions", "stresses", "occurrences"]
_COMMON = 30


@dataclass(frozen=True, eq=False)
class Collection:
    """Counts of one kind of document.

    periods: ISO periods in order, ``2016`` or ``2016-03``. documents: (n_periods,), how many there
    are. counts: the three below by name; those of a stored history are unpacked when asked for.
    """

    name: str
    label: str
    periods: tuple[str, ...]
    documents: NDArray[np.int64]
    counts: Callable[[Kind], Sparse]

    @property
    def mentions(self) -> Sparse:
        """How many documents of a period mention a term at all: (n_terms, n_periods)."""
        return self.counts("mentions")

    @property
    def stresses(self) -> Sparse:
        """How many mention it in a heading or the lead of a paragraph: (n_terms, n_periods)."""
        return self.counts("stresses")

    @property
    def occurrences(self) -> Sparse:
        """How often it stands in them all together: (n_terms, n_periods)."""
        return self.counts("occurrences")


@dataclass(frozen=True, eq=False)
class History:
    """Collections over one vocabulary: term → row.

    since: (n_terms,), the first year by whose text a phrase is a term, 0 for words.
    subject: (n_terms,), whether a term may name a subject; worn verbs and counts do not.
    common: (n_terms,), see ``is_common``.
    """

    index: Mapping[str, int]
    since: NDArray[np.int16]
    subject: NDArray[np.bool_]
    collections: tuple[Collection, ...]
    common: NDArray[np.bool_]

    def named(self, name: str) -> Collection:
        """The collection of a name; KeyError when there is none."""
        return {collection.name: collection for collection in self.collections}[name]

    def is_common(self, term: str) -> bool:
        """Whether it is a word, or a phrase that occurs often enough to tell the course of a wording by."""
        row = self.index.get(term)
        return row is not None and bool(self.common[row])


def years_until(collection: Collection, year: int) -> dict[int, Columns]:
    """The columns of each year with documents that is not after the year, in order."""
    years: dict[int, Columns] = {}
    for column, period in enumerate(collection.periods):
        if collection.documents[column] and int(period[:4]) <= year:
            years.setdefault(int(period[:4]), []).append(column)
    return years


def common_among(since: NDArray[np.int16], collections: Iterable[Collection]) -> Flags:
    """Which terms are common, as ``History.is_common`` says: (n_terms,)."""
    counts = np.zeros(len(since), dtype=np.int64)
    for collection in collections:
        counts += totals(collection.occurrences, list(range(len(collection.periods))))
    common: Flags = (since == 0) | (counts >= _COMMON)
    return common


def totals(counts: Sparse, columns: Columns) -> Counts:
    """The sum of some columns of counts: (n_terms,)."""
    return counts.sums(columns).astype(np.int64)


def total(collection: Collection, columns: Columns) -> int:
    """How many documents some periods have."""
    return int(collection.documents[columns].sum())


def pack(history: History) -> bytes:
    """As a compressed file of plain arrays."""
    terms = sorted(history.index, key=history.index.__getitem__)
    arrays: dict[str, NDArray[Any]] = {"terms": _bytes("\n".join(terms))}
    facts = [{"name": c.name, "label": c.label, "periods": c.periods} for c in history.collections]
    arrays["facts"] = _bytes(json.dumps(facts, ensure_ascii=False))
    arrays["since"] = history.since.astype(np.int16)
    arrays["subject"] = history.subject.astype(np.bool_)
    arrays["common"] = history.common.astype(np.bool_)
    for c in history.collections:
        arrays[f"{c.name}.documents"] = c.documents.astype(np.int32)
        for kind, counts in (("mentions", c.mentions), ("stresses", c.stresses)):
            arrays[f"{c.name}.{kind}.data"] = counts.data.astype(np.uint16)
            arrays[f"{c.name}.{kind}.columns"] = counts.columns.astype(np.uint16)
            arrays[f"{c.name}.{kind}.ends"] = counts.ends.astype(np.int32)
        # A term occurs in just the periods in which documents mention it.
        arrays[f"{c.name}.occurrences.data"] = c.occurrences.data.astype(np.uint32)
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def unpack(data: bytes) -> History:
    """Read what ``pack`` wrote; counts are unpacked when asked for. Raises IntegrityError, then or now,
    when it is something else."""
    with _told():
        stored = np.load(BytesIO(data), allow_pickle=False)
        terms = stored["terms"].tobytes().decode().split("\n")
        facts = json.loads(stored["facts"].tobytes())
        collections = tuple(_collection(fact, stored) for fact in facts)
        index = dict(zip(terms, range(len(terms)), strict=True))
        return History(index, stored["since"], stored["subject"], collections, stored["common"])


def _collection(fact: dict[str, Any], stored: Mapping[str, NDArray[Any]]) -> Collection:
    name, periods = fact["name"], tuple(fact["periods"])
    documents = stored[f"{name}.documents"].astype(np.int64)
    counts = cache(partial(_counts, stored, name, len(periods)))
    return Collection(name, fact["label"], periods, documents, counts)


def _counts(stored: Mapping[str, NDArray[Any]], name: str, n_periods: int, kind: Kind) -> Sparse:
    places = "mentions" if kind == "occurrences" else kind
    with _told():
        data = stored[f"{name}.{kind}.data"].astype(np.int64)
        return Sparse(data, stored[f"{name}.{places}.columns"], stored[f"{name}.{places}.ends"], n_periods)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (KeyError, ValueError, OSError, EOFError, BadZipFile, zlib.error) as error:
        raise IntegrityError(f"参照语料读不出来（{error}）。请重新安装程序，或重新统计。") from error


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


@lru_cache(maxsize=1)
def load_history() -> History:
    """The history shipped with the package."""
    return unpack(files("recommender.emphasis").joinpath(DATA).read_bytes())


def read_history(path: Path) -> History:
    """A history that an office built. Raises InputError when the file cannot be read."""
    try:
        history = unpack(path.read_bytes())
        for collection in history.collections:
            _ = collection.mentions, collection.stresses, collection.occurrences
        return history
    except (OSError, IntegrityError) as error:
        remedy = "请用 recommender background build 重新统计，或删去这个文件。"
        raise InputError(f"{path}：这份参照语料读不出来。{remedy}") from error
