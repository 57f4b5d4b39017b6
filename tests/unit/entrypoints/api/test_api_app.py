"""The application as a whole: its description, its refusals, and that what it answers has the shape it documents."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pydantic import TypeAdapter

from armslength.entrypoints.api.app import OPERATIONS
from armslength.entrypoints.api.problems import EVERYWHERE, MEDIA_TYPE
from builders.live_node import living, run_live
from tidy.api_doc import OPENAPI_FILE, description, openapi_document
from tidy.house import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

CLIENT_PATHS = {
    "line": "/v1/lines/ndmc",
    "message": "/v1/messages/in:1?line=NDMC&locale=ru",
    "entry": "/v1/entries/0",
    "error": "/v1/errors/pin-self",
    "alarms": "/v1/alarms?every=true",
    "entries": "/v1/entries?start=1&limit=3",
    "count": "/v1/count?as_of=2030-01-01T00:00:00Z&initiated_by=EUCOM",
    "export": "/v1/export?line=NDMC&include_private=true",
    "findings": "/v1/findings?facility=UA-ZNPP",
    "code": "/v1/codes/010",
    "charter": "/v1/charters/ndmc",
}
NEED_DATA = {"draft", "map-layer", "facility", "facility-versions", "report", "concern", "concern-form", "window"}
"""Held to their shapes where something is entered first (test_api_reads_watch.py)."""
NEED_DATA |= {"call", "call-script", "sheets"}
"""The same in test_api_calls.py."""
NEED_DATA |= {"draft-texts"}
"""The same in test_api_composing.py."""
NEED_DATA |= {"channel", "channel-holders", "ladder", "ladder-run", "roster", "shift", "drill"}
"""The same in test_api_book.py and test_api_shifts.py."""
NEED_DATA |= {"contact", "decision", "check-plan", "check-strip", "check-text", "check-export"}
"""The same in test_api_contacts.py and test_api_line_checks.py."""
NEED_DATA |= {"case", "case-timeline", "card", "search", "notice", "notice-batch"}
"""The same in test_api_cases.py and test_api_notices.py."""
NEED_DATA |= {"translation", "concept-terms", "term-checks", "drafting-checks"}
"""The same in test_api_translations.py."""


def test_the_committed_description_is_the_applications() -> None:
    assert (ROOT / OPENAPI_FILE).read_text(encoding="utf-8") == openapi_document()


def test_every_operation_documents_every_refusal_and_its_roles() -> None:
    for path, methods in description()["paths"].items():
        for method, said in methods.items():
            assert set(said["responses"]) == {"200", *map(str, EVERYWHERE)}, (method, path)
            for status in EVERYWHERE:
                assert list(said["responses"][str(status)]["content"]) == [MEDIA_TYPE]
            assert said["x-roles"]
            assert said["summary"].endswith((".", ":")) or said["description"]


def test_nothing_is_open_but_the_description() -> None:
    assert description()["security"] == [{"officer-token": []}]
    assert not any("security" in said for methods in description()["paths"].values() for said in methods.values())


def _closed(schema: Any) -> bool:
    if isinstance(schema, dict):
        is_object = schema.get("type") == "object" and "properties" in schema
        return (not is_object or schema.get("additionalProperties") is False) and all(map(_closed, schema.values()))
    return all(map(_closed, schema)) if isinstance(schema, list) else True


def test_every_shape_is_closed() -> None:
    schemas = description()["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not _closed(schema)] == []


@pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS if one.method == "GET" and one.name not in NEED_DATA],
    ids=lambda one: one.name,
)
def test_what_is_answered_has_the_documented_shape(home: Path, operation: Any) -> None:
    async def case(live: Live) -> None:
        async with live.client("every-1") as client:
            answer = await client.get(CLIENT_PATHS.get(operation.name, operation.path))
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        if operation.answer is str:
            assert "armslength_journal_size" in answer.text
        else:
            assert answer.headers["content-type"] == "application/json"
            TypeAdapter(operation.answer).validate_python(answer.json(), by_alias=True)

    run_live(home, case)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "API-PATH"),
        ("GET", "/", 404, "API-PATH"),
        ("GET", "/v1/lines/", 404, "API-PATH"),
        ("GET", "/v1/lines/nobody", 404, "LINE-NOT-FOUND"),
        ("GET", "/v1/messages/99", 404, "MESSAGE-UNKNOWN"),
        ("GET", "/v1/messages/in:1?locale=xx", 404, "LOCALE-UNKNOWN"),
        ("GET", "/v1/drafts/00", 404, "DRAFT-UNKNOWN"),
        ("GET", "/v1/entries/999999", 404, "ENTRY-UNKNOWN"),
        ("GET", "/v1/entries/01", 422, "API-REQUEST"),
        ("GET", "/v1/errors/NO-SUCH", 404, "ERROR-UNKNOWN"),
        ("GET", "/v1/count?as_of=yesterday", 409, "TIME-FORMAT"),
        ("GET", "/v1/alarms?every=yes", 422, "API-REQUEST"),
        ("POST", "/v1/health", 405, "API-METHOD"),
        ("DELETE", "/v1/lines", 405, "API-METHOD"),
        ("OPTIONS", "/v1/lines", 405, "API-METHOD"),
        ("HEAD", "/v1/health", 405, None),
    ],
)
def test_refusals_are_problem_details(home: Path, method: str, path: str, status: int, code: str | None) -> None:
    async def case(live: Live) -> None:
        async with live.client("every-1") as client:
            answer = await client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE)
        if code is not None:
            assert answer.json()["code"] == code
        if path == "/v1/lines" and status == 405:
            assert answer.headers["allow"] == "GET, POST"

    run_live(home, case)


def test_a_shape_with_many_faults_is_told_in_few_words_and_gives_nothing_back(home: Path) -> None:
    async def case(live: Live) -> None:
        secret = "not-to-be-repeated"
        async with live.client("every-1") as client:
            answer = await client.post("/v1/prepare/decision", json={f"{n}": secret for n in range(5_000)})
        assert (answer.status_code, len(answer.json()["details"]) <= 16) == (422, True)
        assert secret not in answer.text

    run_live(home, case)


def test_the_node_serves_it_on_this_machine_and_stops_it(home: Path) -> None:
    async def case() -> None:
        async with living(home) as live:
            host, port = await live.node.serve_api(live.app)
            assert host == "127.0.0.1"
            async with httpx2.AsyncClient(base_url=f"http://{host}:{port}", headers=live.headers("watch-1")) as client:
                assert (await client.get("/v1/health")).json()["party"] == "EUCOM"
        with pytest.raises(httpx2.ConnectError):
            async with httpx2.AsyncClient() as client:
                await client.get(f"http://{host}:{port}/v1/health")

    asyncio.run(case())
