"""What a form brought, as values that were checked; every form brings the token of its session."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from recommender.errors import UsageError
from recommender.report.plain import printable
from recommender.web.sessions import Sessions

TOKEN = "token"
MOST_FILES = 20
_MOST_FIELDS = 200
_LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form whose token was right."""

    fields: FormData

    def line(self, name: str, most: int = 200) -> str:
        """One line of text, its spaces tidied, "" where it is missing; UsageError when it is too long."""
        return " ".join(self.text(name, most).split())

    def needed(self, name: str, called: str, most: int = 200) -> str:
        """``line``, which must say something; called: the field as the page names it."""
        found = self.line(name, most)
        if not found:
            raise UsageError(f"没有填写“{called}”。请填好再提交。")
        return found

    def text(self, name: str, most: int = 4000) -> str:
        """Text of any lines; UsageError when it is too long."""
        found: Any = self.fields.get(name, "")
        said = (
            printable(found).replace("\r\n", "\n").replace("\r", "\n").strip()
            if isinstance(found, str)
            else ""
        )
        if len(said) > most:
            raise UsageError(f"填写的文字太长：最多 {most} 个字，现在有 {len(said)} 个。请缩短后再提交。")
        return said

    def number(self, name: str, called: str) -> int:
        """A whole number, not negative; UsageError for anything else."""
        found = self.line(name, 12)
        if not (found.isascii() and found.isdigit()):
            raise UsageError(f"“{called}”应当是一个整数。请改正后再提交。")
        return int(found)

    def lines(self, name: str, most: int = 200) -> tuple[str, ...]:
        """Every field of this name, as ``line``; the empty ones too."""
        found = (one for one in self.fields.getlist(name) if isinstance(one, str))
        return tuple(" ".join(printable(one).split())[:most] for one in found)

    def files(self, name: str) -> tuple[UploadFile, ...]:
        """The files that were sent; an empty field is none."""
        found = (one for one in self.fields.getlist(name) if isinstance(one, UploadFile))
        return tuple(one for one in found if one.filename)


async def read_form(request: Request, sessions: Sessions, session: str) -> Form:
    """The form of a request; HTTPException 403 without the right token.

    A script may send the token as a header. Errors of too long or too slow a body as in ``guard``.
    """
    fields = await request.form(max_files=MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LONGEST)
    given: Any = request.headers.get("x-token") or fields.get(TOKEN, "")
    if not isinstance(given, str) or not sessions.is_token(session, given):
        said = "页面已经过期（程序重新启动过，或换过浏览器），这次没有保存。请返回上一页刷新，再提交一次。"
        raise HTTPException(403, said)
    return Form(fields)
