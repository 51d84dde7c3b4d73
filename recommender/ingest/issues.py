"""One file as the issues in it: taken apart here, read in any process, which knows of no corpus."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from recommender import __version__, intake
from recommender.config import Limits
from recommender.errors import InputError
from recommender.ingest.outcome import Failure, failure, place_of, unforeseen
from recommender.intake.archive import Content, contents
from recommender.intake.files import fetch
from recommender.intake.read import issue_of, read_content
from recommender.records import Issue


@dataclass(frozen=True, slots=True)
class Read:
    """The issue of a file, or of one in an archive.

    issue: None where the corpus has what this reader makes of these bytes. source: where the file lies.
    """

    source: str
    digest: str
    form: str = ""
    issue: Issue | None = None


@lru_cache(maxsize=1)
def reader_name() -> str:
    """Names the code that reads, so that what it read need not be read again until it changes."""
    folder = Path(intake.__path__[0])
    parts = [part.read_bytes() for part in sorted(folder.rglob("*.py"))]
    return hashlib.sha256(b"\n".join([__version__.encode(), *parts])).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Unread:
    """The bytes of a file, or of one in an archive, on their way to whoever reads them: nobody there
    need see the file. name: as messages say it."""

    name: str
    source: str
    content: Content


def pieces(file: Path, limits: Limits, known: Collection[str]) -> Iterator[Unread | Read | Failure]:
    """What is in a file, at least one piece: bytes to be read, or what need not or cannot be read.

    known: digests of the bytes that need not be read again.
    """
    try:
        place = place_of(file)
        for content in contents(fetch(file, limits), limits):
            source = "/".join(filter(None, (place, content.inside)))
            if content.digest in known and not content.fault:
                yield Read(source, content.digest)
            else:
                name = f"{file}/{content.inside}" if content.inside else str(file)  # it may begin with "/"
                yield Unread(name, source, content)
    except InputError as error:
        yield failure(file, str(error))
    except Exception as error:
        yield failure(file, unforeseen(error, "其余文件不受影响"))


def read_piece(piece: Unread, limits: Limits) -> Read | Failure:
    """The issue in some bytes, or the reason why there is none."""
    try:
        reading = read_content(piece.content, limits)
        issue = issue_of(reading, limits)
    except InputError as error:
        return failure(piece.name, str(error))
    except Exception as error:
        return failure(piece.name, unforeseen(error, "其余文件不受影响"))
    return Read(piece.source, piece.content.digest, reading.form, issue)
