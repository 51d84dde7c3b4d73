"""The JSON addresses against their own description: schemathesis makes requests from it, sound and
broken ones, and holds every answer to the types and codes that are stated."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import schemathesis
from conftest import Trained
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from visits import HOME, NOW, Visit, server_of

from recommender.web.app import Options, create_app
from recommender.web.guard import HEADERS
from recommender.web.jobs import Job
from recommender.workspace import Workspace

ADDRESSES = ("/api/issues", "/api/jobs", "/api/jobs/{number}")


@pytest.fixture(scope="module")
def caller(trained: Trained) -> Iterator[Visit]:
    """Someone at a server that has done some work and failed at some."""
    visit = Visit(create_app(Workspace(trained.home), lambda: NOW, Options()))
    jobs = server_of(visit.app).jobs
    jobs._jobs[1] = Job(1, "report", "导出", "8", "王", NOW, "done", "已完成", 2, 2, "", {"forms": ["docx"]})
    jobs._jobs[2] = Job(2, "ingest", "读入", "", "王", NOW, "failed", "没有完成", 0, 0, "读不了")
    yield visit
    jobs.close()


def description_of(visit: Visit) -> dict[str, Any]:
    assert isinstance(visit.app.app, FastAPI)
    return visit.app.app.openapi()


@pytest.mark.parametrize(
    ("address", "mode"),
    [*product(ADDRESSES, (GenerationMode.POSITIVE,)), ("/api/jobs/{number}", GenerationMode.NEGATIVE)],
)
def test_the_json_addresses_do_what_they_say(caller: Visit, address: str, mode: GenerationMode) -> None:
    operation = schemathesis.openapi.from_dict(description_of(caller))[address]["GET"]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def hold(case: Any) -> None:
        asked = case.as_transport_kwargs(base_url=HOME)
        answer = caller.client.request(**{name: value for name, value in asked.items() if value})
        case.validate_response(answer)
        assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS

    hold()


def test_every_json_address_is_described(caller: Visit) -> None:
    told = description_of(caller)["paths"]
    assert tuple(sorted(path for path in told if path.startswith("/api/"))) == ADDRESSES
    for path in ADDRESSES:
        answer = told[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer != {}, path
