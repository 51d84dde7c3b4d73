"""Words that are kept, so that training again costs what is new: a file beside the corpus.

One row an issue: the SHA-256 of its texts and of what cuts them (segmenter, version, the office's
words), and its clauses as words, compressed. The file may be deleted at any time.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from recommender.features.segment import engine_name
from recommender.features.tokens import CutClause, cut_issue, words_to_keep_whole
from recommender.parallel import ALONE, Workers, mapped
from recommender.records import Issue, Lexicon

CutAll = Callable[[Sequence[Issue], Lexicon], list[tuple[CutClause, ...]]]

_SCHEMA = "CREATE TABLE IF NOT EXISTS words (digest TEXT PRIMARY KEY, cut BLOB NOT NULL) WITHOUT ROWID"
_QUICK = 1  # of zlib's levels: a third of the size in a tenth of the time that cutting takes


def cut_all(
    issues: Sequence[Issue], lexicon: Lexicon, workers: Workers = ALONE
) -> list[tuple[CutClause, ...]]:
    """The issues as words, each cut anew."""
    return mapped(partial(cut_issue, words=words_to_keep_whole(lexicon)), issues, workers)


def kept_in(path: Path, workers: Workers = ALONE) -> CutAll:
    """``cut_all`` that remembers the words in a file, and forgets issues that are gone.

    A file that cannot be read is made anew; one that cannot be written costs time, never the words.
    """

    def cut_or_recall(issues: Sequence[Issue], lexicon: Lexicon) -> list[tuple[CutClause, ...]]:
        digests = [text_digest(issue, lexicon) for issue in issues]
        known = _recall(path, digests)
        new = [place for place, digest in enumerate(digests) if digest not in known]
        cut = cut_all([issues[place] for place in new], lexicon, workers)
        fresh = {digests[place]: clauses for place, clauses in zip(new, cut, strict=True)}
        _keep(path, digests, fresh)
        words = known | fresh
        return [words[digest] for digest in digests]

    return cut_or_recall


def text_digest(issue: Issue, lexicon: Lexicon) -> str:
    """SHA-256 of the texts of an issue and of all that decides how they are cut."""
    texts = [[(c.heading, c.text) for c in document.clauses] for document in issue.documents]
    facts = (engine_name(), words_to_keep_whole(lexicon), texts)
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def _recall(path: Path, digests: Sequence[str]) -> dict[str, tuple[CutClause, ...]]:
    """The words that are kept of these texts; none from a file that is missing or damaged."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(path)) as store:
            query = "SELECT digest, cut FROM words WHERE digest IN (SELECT value FROM json_each(?))"
            rows = store.execute(query, (json.dumps(digests),))
            return {digest: _unpacked(cut) for digest, cut in rows}
    except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError):
        with suppress(OSError):
            path.unlink()
        return {}


def _keep(path: Path, digests: Sequence[str], fresh: dict[str, tuple[CutClause, ...]]) -> None:
    """Add the new words and drop those of other texts, all in one transaction or not at all."""
    rows = ((digest, _packed(clauses)) for digest, clauses in fresh.items())
    with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(path)) as store, store:
        store.execute(_SCHEMA)
        store.executemany("INSERT OR REPLACE INTO words VALUES (?, ?)", rows)
        store.execute(
            "DELETE FROM words WHERE digest NOT IN (SELECT value FROM json_each(?))", (json.dumps(digests),)
        )


def _packed(clauses: Sequence[CutClause]) -> bytes:
    rows = [(one.document, one.clause, one.heading, one.text) for one in clauses]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), _QUICK)


def _unpacked(cut: bytes) -> tuple[CutClause, ...]:
    """The clauses again; zlib finds changed bytes by their Adler-32."""
    return tuple(CutClause(*row) for row in json.loads(zlib.decompress(cut)))
