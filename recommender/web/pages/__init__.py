"""One module a page; this is all that can be asked for."""

from recommender.web.pages import (
    api,
    comparison,
    corrections,
    emphasis,
    export,
    issues,
    jobs,
    login,
    models,
    suggestions,
    words,
)

_PAGES = (login, issues, corrections, suggestions, emphasis, words, comparison, models, export, jobs, api)
ROUTERS = tuple(one.router for one in _PAGES)
