"""The floor and alarms over the API: shown, tried, passed on, shelved by two and accepted, by who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.entrypoints.api import answers
from armslength.entrypoints.api.floor import Floor
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def test_an_alarm_is_tried_passed_on_shelved_by_two_and_accepted(home: Path) -> None:
    async def case(live: Live) -> None:
        async def enter(post: str, kind: str, body: dict[str, Any]) -> None:
            prepared = await live.ask(post, "POST", f"/v1/prepare/{kind}", body)
            await live.ask(post, "POST", "/v1/submit", live.submission(prepared))

        async def alarm() -> dict[str, Any]:
            found = await live.ask("watch-1", "GET", "/v1/alarms?every=true")
            TypeAdapter(list[answers.Alarm]).validate_python(found)
            return next(one for one in found if one["id"] == name)  # type: ignore[no-any-return]  # plain JSON

        name = (await live.ask("watch-1", "POST", "/v1/alarm-test", {}))["alarm"]
        assert (await live.ask("watch-1", "POST", "/v1/alarm-test", {}))["alarm"] == name
        await enter("watch-1", "alarm-passed", {"alarm": name, "to": "principal", "reason": "his to hear"})
        assert (await alarm())["passed_to"] == "principal"
        await enter("watch-1", "alarm-shelved", {"alarm": name, "step": "ask", "minutes": 10, "reason": "a test"})
        await enter("release-1", "alarm-shelved", {"alarm": name, "step": "shelve"})
        shown = await alarm()
        assert shown["shelf"]["state"] == "SHELVED"
        assert shown["shelved_until"] is not None
        floor = await live.ask("linguist-1", "GET", "/v1/floor")
        TypeAdapter(Floor).validate_python(floor)
        assert floor["alarms"]["shelved"] == 1
        await enter("watch-1", "alarm-shelved", {"alarm": name, "step": "end"})
        await enter("principal-1", "alarm-accepted", {"alarm": name})
        assert (await alarm())["state"] == "answered"
        for post, method, path in (("spokesperson-1", "GET", "/v1/floor"), ("release-1", "POST", "/v1/alarm-test")):
            async with live.client(post) as client:
                assert (await client.request(method, path)).json()["code"] == "API-ROLE"

    run_live(home, case)
