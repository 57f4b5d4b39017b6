"""The map over the API: every answer has its documented shape."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from armslength.entrypoints.api import maps
from builders.live_node import run_live
from builders.watch_data import entered

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

SHAPES = {operation.name: operation.answer for operation in maps.OPERATIONS}


def test_the_register_and_the_reports_are_read_in_their_shape(home: Path) -> None:
    async def case(live: Live) -> None:
        await entered(live)
        register = await live.ask("watch-1", "GET", "/v1/map?locale=uk")
        TypeAdapter(SHAPES["map"]).validate_python(register)
        assert "UA-ZNPP" in register["columns"]["id"]
        held = await live.ask("watch-1", "GET", f"/v1/map?locale=uk&known={register['version']}")
        assert held == {"version": register["version"], "columns": None}
        path = "/v1/map/reports?since=2022-11-19T00:00:00Z&until=2022-11-21T00:00:00Z"
        reports = await live.ask("watch-1", "GET", path)
        TypeAdapter(SHAPES["map-reports"]).validate_python(reports)
        assert "IAEA-2022-11-20" in reports["id"]

    run_live(home, case)


LINE = {"type": "LineString", "coordinates": [[30, 50], [31, 51]]}
FILE = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "a"}, "geometry": LINE}]}
WORDS = "Lines of the ministry as of 2014; this desk takes no position."


def _given(file: object = FILE, kind: str = "borders") -> dict[str, str]:
    return {"file": "borders.geojson", "kind": kind, "data": b64encode(json.dumps(file).encode()).decode()}


async def _put(live: Live, name: str, **changed: object) -> dict[str, Any]:
    taken = await live.ask("principal-1", "POST", "/v1/map-data", _given())
    TypeAdapter(maps.LayerTaken).validate_python(taken)
    asked = {"name": name, "kind": "borders", "disclaimer": WORDS, "sha256": taken["sha256"], "features": 1}
    prepared = await live.ask("principal-1", "POST", "/v1/prepare/map-layer", {**asked, **changed})
    await live.ask("principal-1", "POST", "/v1/submit", live.submission(prepared))
    return dict(taken)


def test_a_layer_stands_on_maps_once_it_was_signed_for_it(home: Path) -> None:
    async def case(live: Live) -> None:
        assert await live.ask("watch-1", "GET", "/v1/map-layers") == []
        taken = await _put(live, "borders-2014")
        (one,) = await live.ask("watch-1", "GET", "/v1/map-layers")
        TypeAdapter(maps.Layer).validate_python(one)
        assert (one["name"], one["disclaimer"], one["officer"]) == (
            "borders-2014",
            WORDS,
            live.officer("principal-1"),
        )
        assert one["sha256"] == taken["sha256"]
        found = await live.ask("watch-1", "GET", "/v1/map-layers/borders-2014")
        assert found["features"][0]["geometry"] == LINE
        removed = await live.ask(
            "principal-1", "POST", "/v1/prepare/map-layer", {"name": "borders-2014", "removed": True}
        )
        await live.ask("principal-1", "POST", "/v1/submit", live.submission(removed))
        assert await live.ask("watch-1", "GET", "/v1/map-layers") == []

    run_live(home, case)


@pytest.mark.parametrize(
    ("post", "method", "path", "body", "code"),
    [
        ("watch-1", "POST", "/v1/map-data", _given(), "API-ROLE"),
        ("watch-1", "POST", "/v1/prepare/map-layer", {"name": "a", "removed": True}, "API-ROLE"),
        ("principal-1", "POST", "/v1/prepare/map-layer", {"name": "a", "removed": True}, "MAP-LAYER-UNKNOWN"),
        ("principal-1", "POST", "/v1/prepare/map-layer", {"name": "a"}, "MAP-LAYER-VALUE"),
        (
            "principal-1",
            "POST",
            "/v1/prepare/map-layer",
            {"name": "a", "kind": "water", "disclaimer": "ours", "sha256": "0" * 64},
            "MAP-LAYER-DATA",
        ),
        ("watch-1", "GET", "/v1/map-layers/none", None, "MAP-LAYER-UNKNOWN"),
        ("principal-1", "POST", "/v1/map-data", _given(kind="places"), "MAP-LAYER-EMPTY"),
    ],
)
def test_what_cannot_stand_on_a_map_is_refused(
    home: Path, post: str, method: str, path: str, body: object, code: str
) -> None:
    async def case(live: Live) -> None:
        async with live.client(post) as client:
            answer = await client.request(method, path, json=body)
        assert answer.json()["code"] == code

    run_live(home, case)


def test_a_layer_needs_a_disclaimer(home: Path) -> None:
    async def case(live: Live) -> None:
        with pytest.raises(AssertionError, match="MAP-LAYER-VALUE"):
            await _put(live, "borders-2014", disclaimer=" ")

    run_live(home, case)


def test_data_that_no_layer_names_goes_when_the_next_file_comes(home: Path) -> None:
    async def case(live: Live) -> None:
        first = await live.ask("principal-1", "POST", "/v1/map-data", _given())
        other = {**FILE, "features": FILE["features"] * 2}
        second = await live.ask("principal-1", "POST", "/v1/map-data", _given(other))

        def held(digest: str) -> object:
            return live.node.desk.read(lambda unit: unit.setting(f"map-data:{digest}"))

        assert (held(first["sha256"]), held(second["sha256"])) == (0, 1)

    run_live(home, case)
