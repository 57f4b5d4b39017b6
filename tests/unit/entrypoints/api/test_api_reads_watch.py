"""Register and watch, read: every answer has its documented shape and is what the desk's reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from armslength.desk import service_watch
from armslength.entrypoints.api.app import OPERATIONS
from builders.live_node import run_live
from builders.watch_data import entered

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

SHAPES = {operation.name: operation.answer for operation in OPERATIONS}
NOVEMBER = "since=2022-11-19T00:00:00Z&until=2022-11-21T00:00:00Z"


def test_everything_that_was_entered_is_read_in_its_shape(home: Path) -> None:
    async def case(live: Live) -> None:
        await entered(live)
        concern = (await live.ask("watch-1", "GET", "/v1/concerns"))[0]["id"]
        window = (await live.ask("watch-1", "GET", "/v1/windows"))[0]["window"]
        paths = {
            "facilities": "/v1/facilities",
            "facility": "/v1/facilities/UA-ZNPP?at=2090-01-01T00:00:00Z",
            "facility-versions": "/v1/facilities/UA-ZNPP/versions",
            "reports": f"/v1/reports?{NOVEMBER}&limit=2",
            "report": "/v1/reports/IAEA-2022-11-20",
            "concerns": "/v1/concerns",
            "concern": f"/v1/concerns/{concern.lower()}",
            "concern-form": f"/v1/concerns/{concern}/form",
            "findings": "/v1/findings?facility=UA-ZNPP",
            "rules": "/v1/rules",
            "imports": "/v1/imports",
            "windows": "/v1/windows",
            "window": f"/v1/windows/{window}",
        }
        for name, path in paths.items():
            found = await live.ask("watch-1", "GET", path)
            assert found, name
            TypeAdapter(SHAPES[name]).validate_python(found, by_alias=True)
        look = live.node.service.look
        assert await live.ask("watch-1", "GET", "/v1/concerns") == look(service_watch.concerns_json)
        cited = await live.ask("watch-1", "GET", "/v1/reports/IAEA-2022-11-20")
        assert [one["id"] for one in cited["concerns"]] == [concern]
        assert len(await live.ask("watch-1", "GET", f"/v1/reports?{NOVEMBER}&limit=2")) == 2

    run_live(home, case)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/facilities/NONE", 404, "FACILITY-UNKNOWN"),
        ("/v1/facilities/NONE/versions", 404, "FACILITY-UNKNOWN"),
        ("/v1/facilities/NONE?at=once", 409, "TIME-FORMAT"),
        ("/v1/reports/NONE", 404, "REPORT-UNKNOWN"),
        ("/v1/reports?limit=-1", 422, "API-REQUEST"),
        ("/v1/concerns/C-1", 404, "CONCERN-UNKNOWN"),
        ("/v1/concerns/C-1/form", 404, "CONCERN-UNKNOWN"),
        ("/v1/windows/NONE", 404, "WINDOW-UNKNOWN"),
        ("/v1/findings", 422, "API-REQUEST"),
    ],
)
def test_what_is_not_there_is_a_problem(home: Path, path: str, status: int, code: str) -> None:
    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    run_live(home, case)
