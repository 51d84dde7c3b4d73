"""What comes out of a file, and what a file is refused for."""

from dataclasses import dataclass, replace

from recommender.config import Limits
from recommender.errors import InputError


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, one paragraph a line, table rows as cells between tabs.

    form: how the file was written (docx, doc, pdf, scan, html, mht, text), whatever its name.
    warnings: what the office should know of this reading. printed: the text in the traditional
    characters in which it was printed; "" where it was in simplified ones.
    """

    text: str
    form: str
    warnings: tuple[str, ...] = ()
    printed: str = ""

    def warned(self, *warnings: str) -> "Reading":
        return replace(self, warnings=(*self.warnings, *warnings))


class Unreadable(InputError):
    """A file that is not read, and why; the message names no path, the caller knows it."""


def over(what: str, limit: str, name: str) -> Unreadable:
    """The refusal of a file that exceeds a limit.

    what: the thing counted; limit: its bound with the unit; name: the key under [limits].
    """
    advice = f"请确认它是一期动态；确实需要时，在 recommender.toml 的 [limits] 里调大 {name}"
    return Unreadable(f"{what}超过上限 {limit}。{advice}。")


def within_chars(text: str, limits: Limits) -> str:
    """The text itself; Unreadable when it is longer than the limit."""
    if len(text) > limits.chars:
        raise over("字数", f"{limits.chars:,} 字", "chars")
    return text


def notes_left_out(count: int) -> tuple[str, ...]:
    """The warning that foot- and endnotes stay outside the body, but not unsaid."""
    return (f"有 {count} 条脚注或尾注，没有读入正文。",) if count else ()
