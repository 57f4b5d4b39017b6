"""Calls and sheets over the API: taken, stepped, shown in their shape, printed for those who may read them."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.desk import service_sheets
from armslength.entrypoints.api import calls
from builders import channel_books
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

TAKEN = {"channel": "eucom-ndmc", "direction": "IN", "theirs": ["a voice"]}
FIRST = "/v1/calls/CL-"


async def enter(live: Live, kind: str, given: dict[str, Any]) -> None:
    prepared = await live.ask("watch-1", "POST", f"/v1/prepare/{kind}", given)
    await live.ask("watch-1", "POST", "/v1/submit", live.submission(prepared))


async def with_channel(live: Live) -> None:
    await enter(live, "channel", {"document": channel_books.document(), "reason": "entered for a test"})


def test_a_call_is_taken_stepped_and_shown_in_its_shape(home: Path) -> None:
    async def case(live: Live) -> None:
        await with_channel(live)
        await enter(live, "call", TAKEN)
        (listed,) = await live.ask("watch-1", "GET", "/v1/calls?live=true")
        TypeAdapter(calls.CallSummary).validate_python(listed)
        number = listed["call"]
        for step in (
            {"step": "asked", "text": "Move.", "important": True},
            {"step": "wait", "names": ["Colonel N"]},
            {"step": "read-back", "place": "47.5122N 34.5858E", "heard_place": "47.5922N 34.5858E"},
            {"step": "read-back", "sent": "12", "heard": "12"},
            {"step": "verified", "by": "CHALLENGE", "text": "challenge 4"},
            {"step": "ended", "item": "REACHED"},
            {"step": "agreed", "text": "Both hold the flight.", "language": "en"},
        ):
            await enter(live, "call-step", {"call": number, **step})
        found = await live.ask("watch-1", "GET", f"/v1/calls/{number}")
        TypeAdapter(calls.Call).validate_python(found)
        assert (found["identity"], found["agreed"]["proof"], len(found["timeline"])) == ("VERIFIED", "ATTESTED", 7)

    run_live(home, case)


def test_the_script_of_a_call_is_read_line_by_line(home: Path) -> None:
    async def case(live: Live) -> None:
        await with_channel(live)
        found = await live.ask("watch-1", "GET", "/v1/call-scripts/eucom-ndmc?language=en&theirs=ru")
        TypeAdapter(calls.CallScript).validate_python(found)
        greeting = next(one for one in found["lines"] if one["step"] == "Greeting")
        assert greeting["theirs"].startswith("Здравствуйте")
        assert greeting["sound"].startswith("Zdravstvuyte")
        assert found["read_backs"] == []

    run_live(home, case)


def test_a_sheet_is_a_pdf_for_those_who_may_read_what_stands_on_it(home: Path) -> None:
    async def case(live: Live) -> None:
        await with_channel(live)
        found = await live.ask("linguist-1", "GET", "/v1/sheets/call?of=eucom-ndmc&language=ru&theirs=uk")
        TypeAdapter(calls.SheetPrinted).validate_python(found)
        assert b64decode(found["pdf"]).startswith(b"%PDF-")
        assert found["title"] == "Лист разговора"

    run_live(home, case)


REFUSED: tuple[tuple[str, str, str, dict[str, object] | None, int, str], ...] = (
    ("spokesperson-1", "GET", "/v1/calls", None, 403, "API-ROLE"),
    ("legal-1", "POST", "/v1/prepare/call", TAKEN, 403, "API-ROLE"),
    ("watch-1", "POST", "/v1/prepare/call", TAKEN, 404, "CHANNEL-UNKNOWN"),
    ("watch-1", "POST", "/v1/prepare/call", {**TAKEN, "direction": "UP"}, 422, "API-REQUEST"),
    ("watch-1", "GET", "/v1/calls/CL-2022-000001", None, 404, "CALL-UNKNOWN"),
    ("watch-1", "GET", "/v1/sheets/poem", None, 404, "SHEET-UNKNOWN"),
    ("watch-1", "GET", "/v1/sheets/call?of=nobody", None, 404, "CHANNEL-UNKNOWN"),
    ("spokesperson-1", "GET", "/v1/sheets/call?of=nobody", None, 403, "API-ROLE"),
    *(
        ("linguist-1", "GET", f"/v1/sheets/{kind}", None, 403, "API-ROLE")
        for kind in service_sheets.SHEETS
        if "linguist" not in service_sheets.roles(kind)
    ),
)
"""Who, what, and the status and code that refuse it."""


def test_who_may_not_and_what_is_not_there_is_refused(home: Path) -> None:
    async def case(live: Live) -> None:
        for post, method, path, body, status, code in REFUSED:
            async with live.client(post) as client:
                answer = await client.request(method, path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (status, code), path

    run_live(home, case)
