"""A channel: what it must have, who holds its ends when, and when it is manned on whose clock."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.channels.book import Account, Channel, Hours
from armslength.channels.book_documents import channel_from_document
from armslength.channels.book_value import channel_from_value, channel_value
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_rfc3339
from builders.channel_books import book, document

HALF = {"language": "ru", "opening": "a", "approved_by": "b"}
WEEK = [1, 2, 3, 4, 5]


def made(**changes: object) -> Channel:
    return channel_from_document(document(**changes))


@pytest.mark.parametrize("name", ["eucom-ndmc", "secdef-mod", "cjcs-cgs", "nsa", "dcia"])
def test_every_channel_of_the_example_goes_through_its_record(name: str) -> None:
    one = channel_from_document(document(name))
    again = cbor.decode(cbor.encode(channel_value(one)))  # type: ignore[arg-type]  # a map with integer keys
    assert channel_from_value(again) == one
    assert one.channel_id == name


def test_the_example_says_how_the_line_came_to_be_in_accounts_side_by_side() -> None:
    one = made()
    begun = [(found.earliest_at, found.latest_at) for found in one.establishment[:2]]
    assert begun == [
        (parse_rfc3339("2022-02-01T00:00:00Z"), Instant(parse_rfc3339("2022-03-01T00:00:00Z") - 1)),
        (parse_rfc3339("2022-03-01T00:00:00Z"), Instant(parse_rfc3339("2022-03-02T00:00:00Z") - 1)),
    ]
    assert [place.text.split(",")[0] for place in one.ends[0].places] == ["Stuttgart", "Wiesbaden"]
    assert one.languages == ("ru",)
    assert not any(sheet.approved for sheet in one.address_sheets)
    assert len(book()["channels"]) == 5


@pytest.mark.parametrize(
    ("at", "ours"),
    [
        ("2022-06-30T23:59:59Z", ["Tod D. Wolters"]),
        ("2022-07-01T00:00:00Z", ["Christopher G. Cavoli"]),
        ("2019-05-01T00:00:00Z", []),
    ],
)
def test_who_held_an_office_is_asked_for_an_instant(at: str, ours: list[str]) -> None:
    assert [one.name for one in made().ends[0].holders_at(parse_rfc3339(at))] == ours


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("a name nobody can type", {"channel": "EUCOM NDMC"}, "CHANNEL-VALUE"),
        ("no name", {"name": " "}, "CHANNEL-VALUE"),
        ("another medium", {"medium": "PIGEON"}, "CHANNEL-VALUE"),
        ("another level", {"level": "HIGH"}, "CHANNEL-VALUE"),
        ("one end only", {"ends": document()["ends"][:1]}, "CHANNEL-VALUE"),
        ("no ends", {"ends": []}, "CHANNEL-VALUE"),
        ("a relay without who relays", {"medium": "RELAY"}, "CHANNEL-VALUE"),
        ("our line without its peer", {"medium": "OUR-LINE"}, "CHANNEL-VALUE"),
        ("a telephone with a peer", {"line_peer": "NDMC"}, "CHANNEL-VALUE"),
        ("no language", {"languages": []}, "CHANNEL-VALUE"),
        ("a language twice", {"languages": ["ru", "ru"]}, "CHANNEL-VALUE"),
        ("no such language", {"languages": ["russian!"]}, "CHANNEL-VALUE"),
        ("a zone of no clock", {"time_zone": "Europe/Atlantis"}, "TIME-ZONE-UNKNOWN"),
        ("an unknown name", {"colour": "red"}, "CHANNEL-VALUE"),
        ("a list that is none", {"exclusions": "negotiation"}, "CHANNEL-VALUE"),
        ("hours of no day", {"hours": [{"days": [], "from": "09:00", "until": "17:00"}]}, "CHANNEL-VALUE"),
        ("an eighth day", {"hours": [{"days": [8], "from": "09:00", "until": "17:00"}]}, "CHANNEL-VALUE"),
        ("a 25th hour", {"hours": [{"days": [1], "from": "09:00", "until": "25:00"}]}, "CHANNEL-VALUE"),
        ("a clock of no form", {"hours": [{"days": [1], "from": "9", "until": "17:00"}]}, "CHANNEL-VALUE"),
        (
            "half an approval",
            {"address_sheets": [{"language": "ru", "opening": "a", "approved_by": "b"}]},
            "CHANNEL-VALUE",
        ),
        ("a date that is not", {"establishment": [{"text": "a", "source": "b", "when": "2022-02-30"}]}, "TIME-FORMAT"),
        ("no source", {"facts": [{"text": "a"}]}, "CHANNEL-VALUE"),
        ("backwards", {"facts": [{"text": "a", "source": "b", "from": "2022", "until": "2021"}]}, "CHANNEL-VALUE"),
        ("two times", {"facts": [{"text": "a", "source": "b", "from": "2022", "when": "2021"}]}, "CHANNEL-VALUE"),
        ("hidden letters", {"name": "EUCOM\u202eNDMC"}, "TEXT-BIDI"),
    ],
)
def test_what_no_channel_can_be_is_refused(case: str, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError) as refused:
        made(**changes)
    assert refused.value.code == code, case


@pytest.mark.parametrize(
    ("at", "manned"),
    [
        ("2022-03-25T08:00:00Z", True),  # 09:00 in Berlin, winter
        ("2022-03-25T07:59:00Z", False),
        ("2022-03-28T07:00:00Z", True),  # 09:00 in Berlin, summer time began on the 27th
        ("2022-03-28T15:00:00Z", False),
        ("2022-03-26T10:00:00Z", False),  # Saturday
    ],
)
def test_hours_hold_on_the_wall_clock_of_their_zone(at: str, manned: bool) -> None:
    one = made(hours=[{"days": WEEK, "from": "09:00", "until": "17:00"}], time_zone="Europe/Berlin")
    assert one.within_hours(parse_rfc3339(at)) is manned


def test_a_channel_without_hours_is_manned_round_the_clock() -> None:
    assert made().within_hours(parse_rfc3339("2022-12-25T03:00:00Z"))


@given(
    days=st.sets(st.integers(1, 7), min_size=1),
    begin=st.integers(0, 1439),
    end=st.integers(0, 1440),
    weekday=st.integers(1, 7),
    minute=st.integers(0, 1439),
)
@settings(max_examples=100)
def test_hours_are_the_minutes_from_their_beginning_to_their_end(
    days: set[int], begin: int, end: int, weekday: int, minute: int
) -> None:
    hours = Hours(days=tuple(sorted(days)), from_min=begin, until_min=end)
    length = (end - begin) if begin < end else end - begin + 1440
    now = (weekday - 1) * 1440 + minute
    begun = [(day - 1) * 1440 + begin for day in days]
    assert hours.hold(weekday, minute) == any((now - start) % (7 * 1440) < length for start in begun)


def test_an_account_needs_its_source() -> None:
    with pytest.raises(LocalError, match="CHANNEL-VALUE"):
        Account(text="Set up in February.", source="")


@given(
    st.dictionaries(
        st.integers(1, 18),
        st.one_of(
            st.none(), st.integers(), st.text(max_size=5), st.binary(max_size=3), st.just(((1, 2),)), st.just(())
        ),
        max_size=18,
    )
)
@settings(max_examples=100)
def test_whatever_comes_in_as_a_channel_gets_a_typed_error(value: dict[int, Any]) -> None:
    with pytest.raises(ArmslengthError):
        channel_from_value(value)


@pytest.mark.parametrize("field", range(1, 19))
@pytest.mark.parametrize("wrong", [None, 7, "", b"x", (1,), ((1,),), {1: 1}])
def test_each_field_of_a_record_is_judged(field: int, wrong: Any) -> None:
    value: dict[int, Any] = {**channel_value(made()), field: wrong}
    if wrong == "" and field in {16, 17, 18}:
        assert channel_from_value(value)
        return
    with pytest.raises(ArmslengthError):
        channel_from_value(value)
