"""What the watch saw is packed and read back as it was; bytes that are no such thing are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, HOUR_US, INSTANT_MAX, INSTANT_MIN, Instant
from armslength.register.observations import (
    ANSWERS,
    BASES,
    KINDS,
    SOURCE_KINDS,
    Observation,
    observations_from_value,
    observations_value,
)

_ID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,20}", fullmatch=True)
_AT = st.integers(INSTANT_MIN, INSTANT_MAX - 40 * DAY_US)
OBSERVATIONS = st.builds(
    lambda from_at, lasting, **rest: Observation(from_at=Instant(from_at), until_at=Instant(from_at + lasting), **rest),
    from_at=_AT,
    lasting=st.integers(0, 40 * DAY_US),
    facility_id=_ID,
    report_id=_ID,
    kind=st.sampled_from(KINDS),
    what=st.sampled_from(["SHELLING", "HOT-SPOT", "OTHER-ACTIVITY"]),
    basis=st.sampled_from(BASES),
    answer=st.sampled_from(ANSWERS),
    distance_m=st.integers(0, 20_100_000),
    bearing_deg=st.integers(0, 359),
    uncertainty_m=st.integers(0, 500_000),
    grade=st.sampled_from(["B2", "E5", "F6"]),
    source_kind=st.sampled_from(SOURCE_KINDS),
    cell=st.none() | st.integers(0, (1 << 31) - 1),
    text_key=st.sampled_from(["", "0123456789abcdef"]),
    located_by=st.sampled_from(["UNSTATED", "SITE"]),
)


@given(st.lists(OBSERVATIONS, max_size=20))
def test_what_is_packed_is_read_back(seen: list[Observation]) -> None:
    value = cbor.decode(cbor.encode(observations_value(seen)))
    assert observations_from_value(value) == tuple(seen)


def one(**changes: object) -> Observation:
    fields: dict[str, object] = {
        "facility_id": "F-ZNPP",
        "report_id": "R-1",
        "kind": "EVENT",
        "what": "SHELLING",
        "from_at": Instant(INSTANT_MIN),
        "until_at": Instant(INSTANT_MIN),
        "basis": "NAME",
        "answer": "INSIDE",
        "distance_m": 0,
        "bearing_deg": 0,
        "uncertainty_m": 0,
        "grade": "C3",
        "source_kind": "TEXT",
    }
    return Observation(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [{"kind": "RUMOUR"}, {"distance_m": -1}, {"cell": 1 << 40}, {"text_key": "two\nlines"}, {"answer": "PERHAPS"}],
)
def test_what_the_packed_form_has_no_room_for_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(LocalError, match="WATCH-VALUE"):
        observations_value([one(**changes)])


@given(st.binary(max_size=200))
def test_any_bytes_give_observations_or_a_typed_error(rows: bytes) -> None:
    try:
        observations_from_value({1: "a\nb\nc", 2: rows, 3: 3})
    except LocalError as refused:
        assert refused.code == "WATCH-VALUE"  # noqa: PT017 - most bytes are refused, some are observations


def test_a_changed_table_is_refused() -> None:
    value = observations_value([one()])
    for changed in ({**value, 3: 2}, {**value, 1: "a"}, {1: value[1]}, {**value, 2: b"x"}):
        with pytest.raises(LocalError, match="WATCH-VALUE"):
            observations_from_value(changed)


def test_the_day_is_the_utc_day_of_the_middle_of_what_is_reported() -> None:
    assert one(from_at=Instant(19_227 * DAY_US), until_at=Instant(19_228 * DAY_US - 1)).day == 19_227
    # A local date in Kyiv begins at 21:00 or 22:00 UTC of the day before.
    evening = 19_227 * DAY_US - 3 * HOUR_US
    assert one(from_at=Instant(evening), until_at=Instant(evening + DAY_US - 1)).day == 19_227
