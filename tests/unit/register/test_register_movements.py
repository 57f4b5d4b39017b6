"""A notified movement has a route, a window and a contact, and a late notice is said to be one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US, Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.register.movements import Movement

START = parse_rfc3339("2022-11-20T06:00:00Z")
A, B = (
    Place(lat_e7=478400000, lon_e7=351400000, precision_m=100),
    Place(lat_e7=475100000, lon_e7=346500000, precision_m=100),
)
CONVOY = Movement(
    reference="M-1",
    organisation="Relief",
    contact="+380 0000",
    function="evacuation",
    name="convoy 1",
    stops=(("start", A), ("", B)),
    starts_at=START,
    ends_at=Instant(START + 8 * HOUR_US),
    vehicles="3 buses",
    headcount=120,
    cargo="",
    valid_until=Instant(START + 8 * HOUR_US),
    emergency=False,
    recipients=("both parties",),
    supersedes="",
    source="form M-1",
)


@pytest.mark.parametrize(
    ("emergency", "hours", "late"), [(False, 48, False), (False, 47, True), (True, 24, False), (True, 3, True)]
)
def test_a_notice_in_time_and_a_late_one(emergency: bool, hours: int, late: bool) -> None:
    said = replace(CONVOY, emergency=emergency).short_notice(Instant(START - hours * HOUR_US))
    assert bool(said) is late
    if late:
        assert f"begins {hours} h after" in said


@pytest.mark.parametrize(
    "change",
    [
        {"stops": (("start", A),)},
        {"ends_at": START},
        {"headcount": -1},
        {"reference": "a b"},
        {"contact": ""},
        {"recipients": ("",)},
        {"supersedes": "../x"},
    ],
)
def test_a_movement_that_cannot_be_carried_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="MOVEMENT-VALUE"):
        replace(CONVOY, **change)
