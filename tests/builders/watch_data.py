"""What the tests of register and watch enter through the API: a facility, a file of reports, a window."""

from __future__ import annotations

import json
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builders.live_node import Live

DATA = files("armslength.entrypoints") / "demo_data"
FIRMS = "firms_znpp_2022-08.csv"
PLAN = {
    "lines": ["NDMC"],
    "zone": {"shape": "CIRCLE", "centre": "47.5700N 34.4000E", "radius_m": 1500},
    "works": ["REPAIR-OF-POWER-LINE"],
    "crews": ["Line crew"],
    "parties": ["NDMC"],
    "from": "2090-11-08T06:00:00Z",
    "until": "2090-11-08T16:00:00Z",
    "assure_by": "2090-11-07T18:00:00Z",
    "facility": "UA-ZNPP",
}


def document(name: str) -> Any:
    """Return a document of the demonstration."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def firms(**changes: Any) -> dict[str, Any]:
    """Return the import of the detections of August, as a face asks for it."""
    data = b64encode((DATA / FIRMS).read_bytes()).decode()
    return {"what": "reports", "reader": "firms", "name": FIRMS, "data": data, **changes}


async def signed(live: Live, post: str, what: str, body: Any) -> dict[str, Any]:
    """Prepare, sign and submit; return what became of it."""
    prepared = await live.ask(post, "POST", f"/v1/prepare/{what}", body)
    found = await live.ask(post, "POST", "/v1/submit", live.submission(prepared))
    return dict(found["results"][0])


async def import_firms(live: Live) -> dict[str, Any]:
    """Import the detections of August."""
    asked = await live.ask("watch-1", "POST", "/v1/prepare/import", firms())
    submission = live.submission(asked)["submissions"][0]
    return dict(await live.ask("watch-1", "POST", "/v1/imports", {**submission, "data": firms()["data"]}))


async def entered(live: Live) -> None:
    """Enter the plant, the detections of August, the reports of November and a window."""
    await signed(live, "watch-1", "facility", document("znpp.json"))
    await import_firms(live)
    for report in document("iaea_2022-11-20.json")["reports"]:
        await signed(live, "watch-1", "report", report)
    await signed(live, "watch-1", "window", PLAN)
