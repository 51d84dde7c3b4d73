"""The plain frozen values that travel through the program, and how they are written as JSON.

Dates are ISO 8601 strings of the precision that was printed: ``2023-05-10``, ``2023-05`` or
``2023``. They sort as text, and nothing is invented where only a year was given.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["policy", "commentary", "news", "experience"]
Level = Literal["central", "ministry", "province", "city", "institution", "media", ""]
Kind = Literal["bulletin", "policy"]
Source = Literal["heading", "title", "phrase", "own"]  # "own": an editor's, not suggested
Grade = Literal["exact", "near", "related", "topic", "none"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered item of a document, or an unnumbered paragraph (empty label, depth 0).

    label: in the form of GB/T 9704 (``一、`` ``（一）`` ``1.`` ``（1）`` ``一是`` ``第一条``).
    heading: its first sentence where that reads as a heading, without the full stop; else "".
    text: what follows the heading, paragraphs separated by a line break.
    depth: 1 for the outermost numbering of the document, 2 for the next …
    """

    label: str
    heading: str
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class Document:
    """One policy, commentary, news item or experience report in an issue.

    title: as printed at its head; name: the document's own name, without issuer and 《》.
    tables: rows set aside from the text, cells separated by tabs.
    """

    label: str
    title: str
    name: str
    issuers: tuple[str, ...] = ()
    level: Level = ""
    date: str | None = None
    number: str | None = None
    role: Role = "policy"
    clauses: tuple[Clause, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A direction the editors printed: as printed, and with its typing errors put right."""

    printed: str
    title: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of a bulletin, or a policy that stands alone.

    asides: lines that are neither clause nor pick (head, 导读, 目录, colophon); none is dropped.
    repairs: (name of the repair, how often it was made).
    """

    key: str
    kind: Kind
    title: str
    number: int | None = None
    serial: int | None = None
    date: str | None = None
    institution: str = ""
    documents: tuple[Document, ...] = ()
    picks: tuple[Pick, ...] = ()
    asides: tuple[str, ...] = ()
    repairs: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """What is known of an issue without reading it. digest: SHA-256 of its content, the key left out;
    has_picks: whether the editors printed any."""

    key: str
    digest: str
    date: str | None
    serial: int | None
    has_picks: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The office's own words: kept whole when segmenting, left out of the counts, or unified.

    synonyms: (variant, preferred form) pairs.
    """

    words: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that supports a direction, verbatim from a clause of the issue."""

    document: str
    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible direction. ``core`` is the wording without 研究; positions index the issue.

    places: (document index, clause index) pairs, the first one being where it was found; a clause
    index of -1 means the document's title.
    """

    core: str
    source: Source
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's share in a score: contribution = weight × value, with a sentence on it."""

    feature: str
    value: float
    contribution: float
    text: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the college that was funded; department "" where the list does not say."""

    title: str
    year: int
    department: str = ""


@dataclass(frozen=True, slots=True)
class SimilarProject:
    """A funded project of the college that a direction resembles; similarity in 0 … 1."""

    title: str
    year: int
    department: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A recommended direction; ``score`` is the sum of the contributions of its reasons.

    narrower: titles an investigator could apply with; departments: those it suits, best first;
    projects: what the college has funded that is like it, most similar first.
    """

    rank: int
    title: str
    score: float
    topic: str
    source: Source
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]
    narrower: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    projects: tuple[SimilarProject, ...] = ()


@dataclass(frozen=True, slots=True)
class PickMatch:
    """How a pick fared: the rank and title of the best matching suggestion, and the grade.

    why: where the evidence of that suggestion stands, and why it is not higher, as a sentence.
    """

    pick: str
    rank: int | None
    matched: str | None
    grade: Grade
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of an issue's picks are among its candidates at all, and how many those are."""

    issue: str
    reached: int
    picks: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Suggestions against picks, over issues that have picks.

    issues: (key, matches); metrics and baselines map ``recall@3`` … to values in [0, 1]; loose are the
    metrics when related wordings count too. intervals: 95 % of the mean over issues, low and high;
    lift: mean, low and high of recall@10 less that of random order in the same candidates.
    """

    issues: tuple[tuple[str, tuple[PickMatch, ...]], ...]
    metrics: dict[str, float]
    baselines: dict[str, dict[str, float]]
    labels: int
    loose: dict[str, float] = field(default_factory=dict)
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    lift: tuple[float, float, float] | None = None
    reach: tuple[Reach, ...] = ()


def issue_from_json(data: dict[str, Any]) -> Issue:
    """Rebuild an issue from ``dataclasses.asdict`` of it, as the corpus stores it."""
    documents = tuple(
        Document(
            **{
                **document,
                "issuers": tuple(document["issuers"]),
                "clauses": tuple(Clause(**clause) for clause in document["clauses"]),
                "tables": tuple(document["tables"]),
            }
        )
        for document in data["documents"]
    )
    return Issue(
        **{
            **data,
            "documents": documents,
            "picks": tuple(Pick(**pick) for pick in data["picks"]),
            "asides": tuple(data["asides"]),
            "repairs": tuple((name, count) for name, count in data["repairs"]),
            "warnings": tuple(data["warnings"]),
        }
    )
