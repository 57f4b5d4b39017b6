"""Cases, the log, search and the brief over the API: each answer in its shape, and each role finds what it may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import TypeAdapter

from armslength.entrypoints.api import cases
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


async def enter(live: Live, kind: str, given: dict[str, Any]) -> None:
    prepared = await live.ask("watch-1", "POST", f"/v1/prepare/{kind}", given)
    await live.ask("watch-1", "POST", "/v1/submit", live.submission(prepared))


def shaped(live_answer: Any, shape: Any) -> Any:
    TypeAdapter(shape).validate_python(live_answer)
    return live_answer


def test_a_case_from_its_opening_to_the_card(home: Path) -> None:
    async def case(live: Live) -> None:
        opening = {"title": "Обстріл", "subject": "Запоріжжя", "reason": "several reports", "facility": ""}
        await enter(live, "case", opening)
        listed = shaped(await live.ask("watch-1", "GET", "/v1/cases"), list[cases.CaseListed])
        number = listed[0]["case"]
        for source, answer in (("A", "yes"), ("B", "no")):
            told = {"source": source, "question": "happened", "answer": [answer], "says": "as said"}
            await enter(live, "case-step", {"case": number, "step": "account", **told})
        await enter(live, "log", {"text": "the plant is quiet", "references": [number], "tags": ["plant"]})
        shown = shaped(await live.ask("watch-1", "GET", f"/v1/cases/{number}"), cases.CaseShown)
        assert [one["state"] for one in shown["disputes"]] == ["FOUND"]
        timeline = await live.ask("watch-1", "GET", f"/v1/case-timeline/{number}?limit=10")
        kinds = [one["kind"] for one in shaped(timeline, list[cases.TimelineRow])]
        assert sorted(kinds) == ["account", "account", "case", "log"]
        shaped(await live.ask("principal-1", "GET", f"/v1/cards/{number}"), cases.Card)
        brief = shaped(await live.ask("principal-1", "GET", "/v1/briefs?since=2020-01-01"), cases.Brief)
        assert brief["counts"]["log"] == 1
        assert "CASE-CONTRADICTION" in {one["kind"] for one in brief["alarms"]}

    run_live(home, case)


def test_each_finds_what_it_may_read(home: Path) -> None:
    async def case(live: Live) -> None:
        await enter(live, "case", {"title": "Запоріжжя", "reason": "several reports"})
        asked = f"/v1/search?q={quote('Zaporozhye')}"
        found = shaped(await live.ask("watch-1", "GET", asked), cases.Found)
        assert [(one["kind"], one["how"]) for one in found["hits"]] == [("case", "another spelling")]
        # Whoever sends roles along is not asked for them: they are the token's.
        hidden = shaped(await live.ask("linguist-1", "GET", f"{asked}&roles=auditor"), cases.Found)
        assert (hidden["found"], hidden["hits"]) == (0, [])
        shaped(await live.ask("watch-1", "GET", "/v1/log?kind=case&limit=1"), cases.LogPage)
        async with live.client("linguist-1") as client:
            refused = {(await client.get(path)).status_code for path in ("/v1/log", "/v1/cases", "/v1/briefs")}
        assert refused == {403}

    run_live(home, case)
