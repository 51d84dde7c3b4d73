"""One module a page; this is all that can be asked for."""

from recommender.web.pages import (
    api,
    comparison,
    emphasis,
    export,
    issues,
    jobs,
    login,
    models,
)

ROUTERS = tuple(one.router for one in (login, issues, emphasis, comparison, models, export, jobs, api))
