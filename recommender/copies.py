"""Whether two issues are one bulletin twice: as .docx and as .pdf, or reprinted with corrections.

Comparing each issue with all others takes the square of their number; so each has a sketch, some numbers
of which two copies share one at least, and only those that do are compared.
"""

from recommender.fold import bare
from recommender.records import Issue

_SHINGLE = 5  # characters
_ALIKE = 0.8  # of the shingles; a corrected reprint keeps nine in ten
_SAME_NUMBER = 0.5  # where both print the same serial number: a scan misreads one character in thirty
_SHORTEST = 200  # characters; likeness of shorter texts is chance
_BANDS, _ROWS = 24, 4  # of 8,000 pairs with 0.8 of the shingles in common, all shared a band
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)  # odd, of xxHash
_FORMS = ("docx", "doc", "html", "mht", "text", "pdf", "scan")  # best first


def is_better(one: str, other: str) -> bool:
    """Whether a form of file keeps more of the text than another; unknown forms stand with plain text.

    >>> is_better("docx", "pdf"), is_better("pdf", "docx"), is_better("text", "")
    (True, False, False)
    """
    return _place(one) < _place(other)


def _place(form: str) -> int:
    return _FORMS.index(form if form in _FORMS else "text")


def sketch(issue: Issue) -> tuple[int, ...]:
    """Numbers of 64 bits of which two issues that are copies share one; none for a short text.

    Min-hashes of one permutation in as many bins (Li, Owen, Zhang 2012), taken together in bands
    (Indyk, Motwani 1998): a pair of likeness s is found with 1 − (1 − s⁴)²⁴, which is 0.999997 for 0.8
    and 0.04 for 0.2.
    """
    text = _text(issue)
    return _bands(text) if len(text) >= _SHORTEST else ()


def _bands(text: str) -> tuple[int, ...]:
    import numpy as np  # a fifth of a second that reading the corpus does not need

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    last = len(codes) - _SHINGLE + 1
    hashes = np.zeros(last, np.uint64)
    for place in range(_SHINGLE):
        hashes = (hashes ^ codes[place : place + last]) * np.uint64(_MIX[0])
        hashes ^= hashes >> np.uint64(29)
    least = np.full(_BANDS * _ROWS, np.iinfo(np.uint64).max, np.uint64)
    bins = np.uint64(len(least))
    np.minimum.at(least, (hashes % bins).astype(np.intp), hashes // bins)
    mixed = (least.reshape(_BANDS, _ROWS) * np.array(_MIX, np.uint64)).sum(axis=1, dtype=np.uint64)
    numbered = (mixed ^ np.arange(_BANDS, dtype=np.uint64)) * np.uint64(_MIX[1])
    return tuple(map(int, numbered.view(np.int64)))


def is_copy(one: Issue, other: Issue) -> bool:
    """Whether two issues of one series say nearly the same.

    Numbers and dates that are printed in both must agree. Likeness is Jaccard's, of the sets of five
    characters in a row (Broder 1997).
    """
    if not _agree(one, other):
        return False
    texts = _text(one), _text(other)
    if min(map(len, texts)) < _SHORTEST:
        return False
    needed = _SAME_NUMBER if one.serial is not None and one.serial == other.serial else _ALIKE
    return likeness(*texts) >= needed


def _agree(one: Issue, other: Issue) -> bool:
    numbers = ((one.serial, other.serial), (one.number, other.number))
    if any(a is not None and b is not None and a != b for a, b in numbers):
        return False
    dates = one.date or "", other.date or ""
    return dates[0].startswith(dates[1]) or dates[1].startswith(dates[0])


def likeness(one: str, other: str) -> float:
    """Jaccard's coefficient of the shingles of two texts, 0 … 1; 0 where a text is too short for one.

    >>> likeness("推进贸易数字化", "推进贸易数字化"), likeness("推进贸易数字化", "优化跨境结算服务")
    (1.0, 0.0)
    """
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def _shingles(text: str) -> set[str]:
    return {text[place : place + _SHINGLE] for place in range(len(text) - _SHINGLE + 1)}


def _text(issue: Issue) -> str:
    return bare(
        "".join(
            document.title + "".join(clause.heading + clause.text for clause in document.clauses)
            for document in issue.documents
        )
    )
