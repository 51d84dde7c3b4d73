"""One file as the issues in it. Runs in any process: it knows of no corpus."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
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


def read_issues(file: Path, limits: Limits, known: Mapping[str, object]) -> list[Read | Failure]:
    """The issues in a file, each read or the reason why not.

    known: digests of the bytes that need not be read again.
    """
    try:
        data = fetch(file, limits)
        return [_read(file, content, limits, content.digest in known) for content in contents(data, limits)]
    except InputError as error:
        return [failure(file, str(error))]
    except Exception as error:
        return [failure(file, unforeseen(error, "其余文件不受影响"))]


def known_of(files: Iterable[Path], limits: Limits, known: Mapping[str, object]) -> dict[str, None]:
    """The digests of these files that are known: all that a process which reads them needs of ``known``,
    which may be long. What is wrong with a file its reader will say."""
    found: set[str] = set()
    for file in files if known else ():
        with suppress(Exception):
            found |= {content.digest for content in contents(fetch(file, limits), limits)}
    return dict.fromkeys(sorted(found & known.keys()))


def _read(file: Path, content: Content, limits: Limits, is_known: bool) -> Read | Failure:
    place = "/".join(filter(None, (place_of(file), content.inside)))
    if is_known and not content.fault:
        return Read(place, content.digest)
    name = file / content.inside if content.inside else file
    try:
        reading = read_content(content, limits)
        issue = issue_of(reading, limits)
    except InputError as error:
        return failure(name, str(error))
    except Exception as error:
        return failure(name, unforeseen(error, "其余文件不受影响"))
    return Read(place, content.digest, reading.form, issue)
