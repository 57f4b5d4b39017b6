"""The channel book at the desk of a party that never had a peer: entered, corrected, and how a channel stands."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.channels.book import Manner, Silence, State
from armslength.channels.book_state import Statement
from armslength.channels.book_value import channel_value
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.desk import booking, channel_book
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from builders.channel_books import document, founded, refusal, with_book
from builders.local_acts import record
from builders.two_nodes import LINGUIST, START, WATCH, Party

STATE: dict[str, Any] = {
    "channel": "eucom-ndmc",
    "manner": "OBSERVED",
    "state": "UNANSWERED",
    "since": "2022-11-20T09:00:00Z",
    "silence": "UNKNOWN",
    "evidence": ["calls at 09:00 and 10:00"],
    "reason": "nobody lifts the receiver",
}


def seen(party: Party) -> State | None:
    with party.read() as books:
        found = booking.standing(books, "eucom-ndmc").observed
    return None if found is None else found.state


def test_the_example_is_entered_whole_and_rebuilt_to_the_byte() -> None:
    party = with_book()
    with party.read() as books:
        assert [one.channel_id for one in booking.every_channel(books)] == [
            *("cjcs-cgs", "dcia", "eucom-ndmc", "nsa", "secdef-mod"),
        ]
        assert booking.channel(books, "EUCOM-NDMC").languages == ("ru",)
    with party.write() as books:
        rebuild(books)
    assert seen(party) is State.OPEN


@pytest.mark.parametrize("asked", ["nobody", "", "eucom ndmc", "\udcff", "линия"])
def test_a_channel_that_is_not_there_is_unknown(asked: str) -> None:
    with founded().read() as books, pytest.raises(LocalError, match="CHANNEL-UNKNOWN"):
        booking.channel(books, asked)


def test_a_correction_is_a_new_record_with_a_reason_and_the_old_one_is_kept() -> None:
    party = founded()
    record(party, "channel", {"document": document()})
    before = party.time.at
    party.time.pass_s(60)
    corrected = {"document": document(name="The line", time_zone="Europe/Moscow")}
    assert refusal(party, "channel", corrected) == "CHANNEL-VALUE"
    assert refusal(party, "channel", {**corrected, "reason": "the name was wrong"}) == ""
    with party.read() as books:
        assert booking.channel(books, "eucom-ndmc").name == "The line"
        assert channel_book.version(books, "eucom-ndmc", before).name.startswith("US European Command")
        assert [row[5] for row in channel_book.versions(books, "eucom-ndmc")] == ["", "the name was wrong"]
        with pytest.raises(LocalError, match="CHANNEL-UNKNOWN"):
            channel_book.version(books, "eucom-ndmc", parse_rfc3339("2022-11-19T00:00:00Z"))


def test_who_enters_what_is_judged_again_when_it_is_submitted() -> None:
    party = founded()
    assert refusal(party, "channel", {"document": document()}, LINGUIST) == "ROLE-REFUSED"
    with party.write() as books:
        value = {**channel_value(booking_channel(document())), 4: "HIGHEST"}
        body = {**books.common(party.officer(WATCH)), 20: value, 21: ""}
        prepared = Prepared(type="channel", line=b"", seed=b"\x01" * 32, body=body)  # type: ignore[arg-type]  # integer keys
        with pytest.raises(LocalError, match="CHANNEL-VALUE"):
            booking.SUBMITS["channel"](books, party.signed(prepared, "record", WATCH))


def booking_channel(given: dict[str, Any]) -> Any:
    from armslength.channels.book_documents import channel_from_document

    return channel_from_document(given)


def test_unanswered_becomes_cut_only_when_a_person_says_so() -> None:
    party = with_book()
    note = Statement(
        channel_id="eucom-ndmc",
        manner=Manner.OBSERVED,
        state=State.UNANSWERED,
        since_at=START,
        evidence=("two checks without an answer",),
        reason="noted by the node",
    )
    with party.write() as books:
        assert booking.observe(books, note) is not None
        assert booking.observe(books, note) is None
    with pytest.raises(LocalError, match="CHANNEL-STATE"):
        Statement(**{name: getattr(note, name) for name in Statement.__slots__} | {"state": State.CUT})
    assert seen(party) is State.UNANSWERED
    cut = {**STATE, "since": "2022-11-20T11:00:00Z", "state": "CUT", "silence": "POLITICAL"}
    assert refusal(party, "channel-state", cut) == ""
    assert seen(party) is State.CUT
    with party.write() as books:
        rebuild(books)
        found = channel_book.standing(books, "eucom-ndmc")
    assert (found.observed.officer, found.observed.silence) == ("eucom-watch-1", Silence.POLITICAL)  # type: ignore[union-attr]  # just seen


def test_suspended_and_yet_answered_is_shown_as_both() -> None:
    party = with_book()
    suspended = {**STATE, "manner": "DECLARED", "state": "SUSPENDED-BY-THEM", "by": "NDMC"}
    assert refusal(party, "channel-state", suspended) == ""
    assert refusal(party, "channel-state", {**STATE, "state": "OPEN", "reason": "the morning call took place"}) == ""
    with party.read() as books:
        found = booking.standing(books, "eucom-ndmc")
    assert found.apart
    assert [(one.by, one.state) for one in found.declared] == [
        ("EUCOM", State.OPEN),
        ("NDMC", State.SUSPENDED_BY_THEM),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "nowhere"}, "CHANNEL-UNKNOWN"),
        ({"state": "GONE"}, "CHANNEL-VALUE"),
        ({"since": "2022-11-21"}, "CHANNEL-STATE"),
        ({"by": "NDMC"}, "CHANNEL-STATE"),
        ({"evidence": []}, "CHANNEL-STATE"),
        ({"colour": "red"}, "CHANNEL-STATE"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(changes: dict[str, Any], code: str) -> None:
    assert refusal(with_book(), "channel-state", {**STATE, **changes}) == code
