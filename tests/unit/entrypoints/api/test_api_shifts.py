"""The shift over the API: a roster entered, the watch handed over and taken, a drill planned, by who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.core.instants import HOUR_US, Instant, rfc3339
from armslength.entrypoints.api import shifts as api
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def moment(live: Live, hours: int) -> str:
    """Return an instant so many hours from the node's own time."""
    return rfc3339(Instant(live.node.desk.clock.now() + hours * HOUR_US))


def roster(live: Live) -> dict[str, Any]:
    officers = [{"officer": "eucom-watch-1", "role": "watch-officer"}]
    return {
        "roster": "now",
        "watches": [{"name": "long", "from": moment(live, -4), "until": moment(live, 20), "officers": officers}],
        "wake": [{"officer": "eucom-release-1", "how": "telephone"}],
    }


def test_the_watch_is_handed_over_and_taken(home: Path) -> None:
    async def case(live: Live) -> None:
        async def enter(post: str, kind: str, body: dict[str, Any]) -> None:
            prepared = await live.ask(post, "POST", f"/v1/prepare/{kind}", body)
            await live.ask(post, "POST", "/v1/submit", live.submission(prepared))

        await enter("watch-1", "roster", {"document": roster(live)})
        await enter("watch-1", "shift-handover", {"notes": "quiet", "keys": ["safe 2"]})
        waiting = await live.ask("watch-1", "GET", "/v1/shifts/waiting")
        TypeAdapter(api.ShiftKnown).validate_python(waiting)
        await enter("release-1", "shift-take", {"form": waiting["code"]})
        times = {"from": moment(live, 1), "until": moment(live, 2)}
        drill = {"title": "Reachability", "script": "say", "reason": "monthly", **times}
        await enter("watch-1", "drill-plan", drill)
        (planned,) = await live.ask("watch-1", "GET", "/v1/drills")
        await enter("watch-1", "drill", {"drill": planned["drill"], "step": "CALL-OFF", "reason": "rain"})
        for path, shape in (
            ("watch-now", api.WatchNow),
            ("who", api.Who),
            ("rosters", list[api.RosterSummary]),
            ("rosters/now", api.RosterKnown),
            ("shifts?limit=5", list[api.ShiftSummary]),
            ("handover-form", api.FormNow),
            ("drills", list[api.DrillSummary]),
            (f"drills/{planned['drill']}", api.DrillKnown),
        ):
            TypeAdapter(shape).validate_python(await live.ask("watch-1", "GET", f"/v1/{path}"))
        now = await live.ask("watch-1", "GET", "/v1/watch-now")
        assert (now["officer"], now["handed_over"]) == ("eucom-release-1", None)

    run_live(home, case)


def test_who_has_no_contents_reads_no_form(home: Path) -> None:
    async def case(live: Live) -> None:
        async with live.client("linguist-1") as client:
            assert (await client.get("/v1/handover-form")).status_code == 403
            assert (await client.get("/v1/shifts/waiting")).status_code == 403
            assert (await client.get("/v1/watch-now")).status_code == 200
            assert (await client.post("/v1/prepare/shift-take", json={})).status_code == 403
        async with live.client("watch-1") as client:
            assert (await client.get("/v1/drills/DR-2022-000001")).status_code == 404
            wrong = await client.post("/v1/prepare/roster", json={"document": {**roster(live), "colour": "red"}})
            assert wrong.status_code == 422

    run_live(home, case)
