"""Line checks over the API: planned, recorded and read by who may, each answer in its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.entrypoints.api import line_checks as api
from builders.line_checking import channel
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

PLAN = {
    "channel": "red",
    "reason": "as agreed",
    "times": ["00:00", "09:00", "17:00"],
    "rule": "WORKING-DAYS-OF-BOTH",
    "on": ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"],
    "ours": {"weekdays": ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"], "holidays": [["2030-05-01", "off"]]},
    "theirs": {"weekdays": ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]},
}


def test_a_plan_is_set_a_call_recorded_and_every_answer_has_its_shape(home: Path) -> None:
    async def case(live: Live) -> None:
        async def enter(post: str, kind: str, body: dict[str, Any]) -> None:
            prepared = await live.ask(post, "POST", f"/v1/prepare/{kind}", body)
            await live.ask(post, "POST", "/v1/submit", live.submission(prepared))

        async def got(path: str, shape: Any, post: str = "watch-1") -> Any:
            found = await live.ask(post, "GET", path)
            TypeAdapter(shape).validate_python(found)
            return found

        await enter("watch-1", "channel", {"document": channel("red", time_zone="UTC")})
        await enter("watch-1", "check-plan", PLAN)
        await enter("linguist-1", "line-check", {"channel": "red", "result": "NO-ANSWER", "reason": "WEATHER"})
        (plan,) = await got("/v1/check-plans", list[api.Plan])
        assert plan["channel"] == "red"
        assert (await got("/v1/check-plans/red", api.PlanDetail))["ours"]["holidays"] == [["2030-05-01", "off"]]
        (check,) = await got("/v1/line-checks?channel=red&limit=5", list[api.Check], "linguist-1")
        assert (check["result"], check["reason"]) == ("NO-ANSWER", "WEATHER")
        assert len((await got("/v1/check-strip/red?days=3", api.Strip))["days"]) == 3
        assert len((await got("/v1/check-text/red", api.CheckText))["texts"]) == 2
        assert len(await got("/v1/check-next?days=2", list[api.NextCheck])) == 6
        assert (await got("/v1/check-calendar?days=2&channel=red", api.CheckCalendar))["events"] == 6
        assert (await got("/v1/check-export/red", api.CheckExport))["rows"] == 1

    run_live(home, case)
