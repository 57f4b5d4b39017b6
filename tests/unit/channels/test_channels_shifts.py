"""The roster: whose watch it is at an instant, when it changes, and that the newest roster holds for its whole time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.channels import shifts
from armslength.channels.shifts import Roster, Watch
from armslength.channels.shifts_value import roster_from_document, roster_from_value, roster_value
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import HOUR_US, Instant, parse_rfc3339

START = parse_rfc3339("2022-11-20T06:00:00Z")
DOCUMENT: dict[str, Any] = {
    "roster": "2022-11",
    "time_zone": "Europe/Berlin",
    "watches": [
        {
            "name": "day",
            "from": "2022-11-20T06:00:00Z",
            "until": "2022-11-20T18:00:00Z",
            "officers": [{"officer": "eucom-watch-1", "role": "watch-officer"}],
            "supervisor": "eucom-release-1",
        },
        {
            "name": "night",
            "from": "2022-11-20T18:00:00Z",
            "until": "2022-11-21T06:00:00Z",
            "officers": [{"officer": "eucom-watch-2", "role": "watch-officer"}],
        },
    ],
    "wake": [{"officer": "eucom-principal-1", "how": "telephone at the bed", "deputy": "eucom-release-1"}],
}


def at(hours: float) -> Instant:
    return Instant(START + round(hours * HOUR_US))


def one(name: str, begin: float, end: float, officer: str = "a") -> Watch:
    return Watch(name=name, from_at=at(begin), until_at=at(end), officers=((officer, "watch-officer"),))


def roster(*watches: Watch) -> Roster:
    return Roster(roster_id="r", time_zone="UTC", watches=watches)


def test_a_roster_goes_through_its_record() -> None:
    made = roster_from_document(DOCUMENT)
    assert roster_from_value(cbor.decode(cbor.encode(roster_value(made)))) == made  # type: ignore[arg-type]  # integer keys
    assert made.watches[0].people == {"eucom-watch-1", "eucom-release-1"}
    assert (made.from_at, made.until_at) == (at(0), at(24))


@pytest.mark.parametrize(("hours", "name"), [(0, "day"), (11.99, "day"), (12, "night"), (24, None), (-0.01, None)])
def test_a_watch_is_from_its_beginning_to_its_end(hours: float, name: str | None) -> None:
    found = shifts.on_watch(roster_from_document(DOCUMENT).watches, at(hours))
    assert [watch.name for watch in found] == ([] if name is None else [name])


def test_a_newer_roster_holds_for_all_of_its_time_and_the_older_one_around_it() -> None:
    older = roster(one("a", 0, 8), one("b", 8, 16), one("c", 16, 24))
    newer = roster(one("x", 8, 12), one("y", 12, 16))
    watches = shifts.watches_of([newer, older])
    assert [watch.name for watch in watches] == ["a", "x", "y", "c"]
    assert [change.at for change in shifts.changes(watches, at(0), at(24))] == [at(h) for h in (0, 8, 12, 16, 24)]


def test_what_begins_next_and_what_began_last() -> None:
    watches = roster(one("a", 0, 8), one("b", 8, 16)).watches
    assert shifts.next_beginning(watches, at(0)) == watches[1]
    assert shifts.next_beginning(watches, at(8)) is None
    assert shifts.last_beginning(watches, at(8)) == watches[1]
    assert shifts.last_beginning(watches, at(-1)) is None


def test_a_change_says_who_leaves_and_who_comes() -> None:
    (change,) = shifts.changes(roster_from_document(DOCUMENT).watches, at(11), at(13))
    assert ([watch.name for watch in change.leaving], [watch.name for watch in change.coming]) == (["day"], ["night"])


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("no watches", {"watches": []}, "ROSTER-VALUE"),
        ("a name nobody types", {"roster": "Nov 22"}, "ROSTER-VALUE"),
        ("no such zone", {"time_zone": "Mars/Olympus"}, "TIME-ZONE-UNKNOWN"),
        ("out of order", {"watches": DOCUMENT["watches"][::-1]}, "ROSTER-VALUE"),
        ("nobody on it", {"watches": [{**DOCUMENT["watches"][0], "officers": []}]}, "ROSTER-VALUE"),
        ("no beginning", {"watches": [{**DOCUMENT["watches"][0], "from": None}]}, "ROSTER-VALUE"),
        ("a watch of weeks", {"watches": [{**DOCUMENT["watches"][0], "until": "2022-12-20"}]}, "ROSTER-VALUE"),
        ("backwards", {"watches": [{**DOCUMENT["watches"][0], "until": "2022-11-20T05:00:00Z"}]}, "ROSTER-VALUE"),
        ("woken by no means", {"wake": [{"officer": "eucom-watch-1", "how": ""}]}, "ROSTER-VALUE"),
        ("an unknown name", {"colour": "red"}, "ROSTER-VALUE"),
    ],
)
def test_what_no_roster_can_be_is_refused(case: str, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError) as refused:
        roster_from_document({**DOCUMENT, **changes})
    assert refused.value.code == code, case


@pytest.mark.parametrize("field", range(1, 5))
@pytest.mark.parametrize("wrong", [None, 7, "", b"x", (1,), ((1,),), {1: 1}])
def test_each_field_of_a_record_is_judged(field: int, wrong: Any) -> None:
    with pytest.raises(ArmslengthError):
        roster_from_value({**roster_value(roster_from_document(DOCUMENT)), field: wrong})


@given(st.lists(st.integers(1, 12), min_size=1, max_size=8), st.integers(-12, 120))
@settings(max_examples=60)
def test_watches_without_gaps_have_exactly_one_at_every_instant(lengths: list[int], hour: int) -> None:
    ends = [sum(lengths[: place + 1]) for place in range(len(lengths))]
    made = roster(*(one("w", begin, end) for begin, end in zip([0, *ends], ends, strict=False)))
    found = shifts.on_watch(made.watches, at(hour))
    assert len(found) == (1 if 0 <= hour < ends[-1] else 0)
    assert made.covers(at(hour)) is (len(found) == 1)
