"""The word lists: merge synonyms, add a term or a stop word, and see what would change before it does."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.errors import UsageError
from recommender.lexicon import LISTS, List, Step, WordChange
from recommender.office.words import apply, preview, word_lists
from recommender.report.plain import printable
from recommender.web.server import AtServer, Sent
from recommender.web.view import go, page

router = APIRouter()
NAMES = {"synonyms": "同义词", "words": "专业词", "stopwords": "停用词"}
Asked = Literal["synonyms", "words", "stopwords"]


@router.get("/words")
def lists(request: Request, server: AtServer) -> Response:
    return page(request, "words.html", lexicon=word_lists(server.workspace), names=NAMES)


@router.get("/words/preview")
def try_change(
    request: Request,
    server: AtServer,
    list: Asked,
    word: str,
    step: Step = "add",
    preferred: str = "",
) -> Response:
    change = _change(list, step, word, preferred)
    return page(request, "preview.html", found=preview(server.workspace, change), change=change, names=NAMES)


@router.post("/words")
def make_change(server: AtServer, form: Sent) -> Response:
    which = next((one for one in LISTS if one == form.line("list", 20)), None)
    if which is None:
        raise UsageError("没有这样的词表。请刷新页面后再试。")
    step: Step = "remove" if form.line("step", 20) == "remove" else "add"
    apply(server.workspace, _change(which, step, form.line("word"), form.line("preferred")))
    return go("/words", "words")


def _change(which: List, step: Step, word: str, preferred: str) -> WordChange:
    """A change as it was asked for; what makes no sense is said by the office."""
    unified = printable(preferred).strip() if which == "synonyms" else ""
    return WordChange(which, step, printable(word).strip(), unified)
