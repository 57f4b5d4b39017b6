"""The shift: the form is signed by who leaves, its hash by who comes, and a change that nobody signs for rings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import clockwork, duty, handover, shift_work
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from builders.channel_books import refusal
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import LINGUIST, RELEASER, START, WATCH, WATCH_2
from builders.watches import ROSTER, WATCHES, on_watch

if TYPE_CHECKING:
    from builders.two_nodes import Party

HOUR = 3_600_000_000


@pytest.fixture
def party() -> Party:
    return on_watch()


def until(party: Party, text: str) -> None:
    """Let time pass to an instant; the clock is asked on the way whenever something is due."""
    at = parse_rfc3339(text)
    while True:
        with party.read() as books:
            due = clockwork.next_due(books.unit)
        if due is None or due > at:
            break
        party.time.at = Instant(max(party.time.at, due))
        with party.write() as books:
            clockwork.tick(books)
    party.time.at = at


def code(party: Party) -> str:
    with party.read() as books:
        pending = shift_work.pending_form(books)
    return "" if pending is None else handover.code_of(pending[6])


def now(party: Party) -> dict[str, Any]:
    with party.read() as books:
        return duty.watch_now(books)


def changed(party: Party) -> None:
    """Hand over at 17:50 and take at 18:05."""
    record(party, "shift-take", {"reason": "first of this node"})
    until(party, "2022-11-20T17:50:00Z")
    record(party, "shift-handover", {"notes": "quiet", "keys": ["safe 2"]})
    until(party, "2022-11-20T18:05:00Z")
    record(party, "shift-take", {"form": code(party)}, WATCH_2)


def test_a_watch_is_handed_over_by_the_form_and_taken_by_its_hash(party: Party) -> None:
    assert now(party)["officer"] is None
    changed(party)
    found = now(party)
    assert (found["officer"], found["watch"], found["handed_over"]) == ("eucom-watch-2", "night", None)
    assert alarms_of(party, "SHIFT-") == []
    with party.write() as books:
        rebuild(books)


def test_until_it_is_taken_who_handed_over_has_the_watch(party: Party) -> None:
    record(party, "shift-take", {"reason": "first"})
    record(party, "shift-handover", {})
    assert (now(party)["officer"], now(party)["handed_over"] is None) == ("eucom-watch-1", False)
    assert refusal(party, "shift-take", {"form": code(party)}) == "SHIFT-SAME"


@pytest.mark.parametrize("form", ["", "00000000", "abc"])
def test_nobody_takes_what_he_has_not_read(party: Party, form: str) -> None:
    record(party, "shift-handover", {})
    assert refusal(party, "shift-take", {"form": form}, WATCH_2) == "SHIFT-FORM"
    assert refusal(party, "shift-take", {"form": code(party).upper()}, WATCH_2) == ""


def test_only_who_has_the_watch_hands_it_over_and_who_comes_without_says_why(party: Party) -> None:
    record(party, "shift-take", {"reason": "first"})
    assert refusal(party, "shift-handover", {}, WATCH_2) == "SHIFT-NOT-YOURS"
    assert refusal(party, "shift-take", {}, WATCH_2) == "SHIFT-VALUE"
    assert refusal(party, "shift-take", {"reason": "he was taken ill"}, WATCH_2) == ""
    assert refusal(party, "shift-take", {"reason": "I want it"}, LINGUIST) == "ROLE-REFUSED"


def test_a_change_that_nobody_signs_for_rings_once_after_a_quarter_of_an_hour(party: Party) -> None:
    until(party, "2022-11-20T18:14:59Z")
    assert alarms_of(party, "SHIFT-") == []
    assert not now(party)["overdue"]
    until(party, "2022-11-20T18:15:00Z")
    assert now(party)["overdue"]
    until(party, "2022-11-21T05:00:00Z")
    assert [detail for _, _, detail in alarms_of(party, "SHIFT-")] == [
        "night since 2022-11-20T18:00:00Z; nobody has signed before"
    ]
    record(party, "shift-take", {"reason": "late"}, WATCH_2)
    until(party, "2022-11-21T06:15:00Z")
    assert len(alarms_of(party, "SHIFT-")) == 2
    with party.write() as books:
        rebuild(books)


def test_who_comes_within_the_hour_before_has_signed_for_the_change(party: Party) -> None:
    record(party, "shift-take", {"reason": "first"})
    until(party, "2022-11-20T17:01:00Z")
    record(party, "shift-handover", {})
    record(party, "shift-take", {"form": code(party)}, WATCH_2)
    until(party, "2022-11-21T05:30:00Z")
    assert (alarms_of(party, "SHIFT-"), now(party)["watch"]) == ([], "night")


def test_who_stays_signs_for_the_next_watch_too(party: Party) -> None:
    record(party, "shift-take", {"reason": "first"})
    until(party, "2022-11-20T18:10:00Z")
    assert refusal(party, "shift-take", {"reason": "nobody came"}) == ""
    assert (alarms_of(party, "SHIFT-"), now(party)["watch"]) == ([], "night")
    assert refusal(party, "shift-take", {"reason": "again"}) == "SHIFT-SAME"


def test_a_clock_that_jumps_rings_once_for_all_that_passed(party: Party) -> None:
    for hours in (-3, 40, -20, 30, 8, 50):
        party.time.at = Instant(START + hours * HOUR)
        with party.write() as books:
            clockwork.tick(books)
            clockwork.tick(books)
    assert len(alarms_of(party, "SHIFT-OVERDUE")) == 1


def test_a_roster_that_comes_late_rings_for_nothing_long_past(party: Party) -> None:
    party.time.at = Instant(START + 14 * HOUR)
    record(party, "roster", {"document": {**ROSTER, "roster": "again"}, "reason": "corrected"})
    with party.write() as books:
        clockwork.tick(books)
    assert alarms_of(party, "SHIFT-") == []


def test_the_form_tells_what_is_open(party: Party) -> None:
    begin = {"subject": "critical-infrastructure", "says": "a staff matter", "reason": "shelling"}
    record(party, "rung-begin", begin)
    until(party, "2022-11-20T13:00:00Z")
    record(party, "shift-handover", {"notes": "первая строка\nsecond line", "keys": ["safe 2", "red telephone"]})
    with party.read() as books:
        (row,) = [shift_work.pending_form(books)]
    from armslength.desk.service_shifts import read_shift

    with party.read() as books:
        found = read_shift(books, "waiting", {})
    assert row is not None
    text = found["text"]
    assert text.startswith("HAND-OVER EUCOM EXERCISE 2022-11-20T13:00:00Z watch day\n")
    assert "- 2022-11-20T13:00Z RUNG-PROPOSED: P-2022-000001, no answer on eucom-ndmc" in text
    assert "- P-2022-000001 critical-infrastructure: PROPOSED on eucom-ndmc; proposed: cjcs-cgs" in text
    assert "- channel eucom-ndmc: declared EUCOM OPEN; observed OPEN" in text
    assert "DRAFTS IN THE QUEUE\n- none\n" in text
    assert "change of the watch" in text
    assert text.rstrip().endswith("NOTES\n- первая строка\n- second line")
    assert handover.form_hash(text).hex() == found["form"]


def test_a_form_of_any_length_fits_a_record() -> None:
    lines = tuple("щ" * 300 for _ in range(60))
    part = handover._part("Alarms", lines, 40)
    assert (len(part.lines), part.more, len(part.lines[0])) == (40, 20, handover.LINE_CHARS)
    full = handover.Form(heading="h", parts=tuple(handover._part(str(place), lines, 5) for place in range(8)))
    assert len(full.text.encode()) + 4 * 1024 + 32 * 2 * handover.LINE_CHARS < handover.FORM_BYTES_MAX


@pytest.mark.parametrize(
    ("given", "code_"),
    [
        ({"notes": "a" * 5_000}, "TEXT-SIZE"),
        ({"keys": ["k"] * 33}, "SHIFT-VALUE"),
        ({"keys": ["k" * 161]}, "SHIFT-VALUE"),
        ({"keys": ["a\nb"]}, "TEXT-CONTROL"),
    ],
)
def test_what_no_form_takes_is_refused(party: Party, given: dict[str, Any], code_: str) -> None:
    assert refusal(party, "shift-handover", given) == code_


def test_a_form_is_signed_while_it_is_fresh_and_as_it_was_made(party: Party) -> None:
    with party.read() as books:
        made = shift_work.prepare_handover(books, party.officer(WATCH), "", ())
    changed_text = Prepared(type="shift", line=b"", seed=made.seed, body={**made.body, 21: "all is well"})
    with party.write() as books, pytest.raises(LocalError, match="SHIFT-FORM:"):
        _submit(party, books, changed_text)
    party.time.pass_s(1_801)
    with party.write() as books, pytest.raises(LocalError, match="SHIFT-FORM-OLD"):
        _submit(party, books, made)


def _submit(party: Party, books: Any, prepared: Prepared) -> None:
    try:
        shift_work.submit_shift(books, party.signed(prepared, "record", WATCH))
    except LocalError as error:
        raise LocalError(error.code, **error.details) from None


@pytest.mark.parametrize("field", [20, 21, 22, 23])
@pytest.mark.parametrize("wrong", [None, 7, b"x", (1,), {1: 1}])
def test_a_body_from_outside_is_judged_field_by_field(party: Party, field: int, wrong: Any) -> None:
    with party.write() as books:
        made = shift_work.prepare_handover(books, party.officer(WATCH), "", ())
        bad = Prepared(type="shift", line=b"", seed=made.seed, body={**made.body, field: wrong})
        with pytest.raises(LocalError):
            shift_work.submit_shift(books, party.signed(bad, "record", WATCH))


@pytest.mark.parametrize(
    ("changes", "code_"),
    [
        ({"officers": [{"officer": "eucom-nobody", "role": "watch-officer"}]}, "ROSTER-VALUE"),
        ({"officers": [{"officer": "eucom-watch-1", "role": "principal"}]}, "ROSTER-VALUE"),
        ({"supervisor": "eucom-nobody"}, "ROSTER-VALUE"),
    ],
)
def test_a_roster_names_officers_of_our_manifest(party: Party, changes: dict[str, Any], code_: str) -> None:
    document = {**ROSTER, "watches": [{**WATCHES[0], **changes}]}
    assert refusal(party, "roster", {"document": document}) == code_


def test_who_can_release_now_and_who_can_be_woken(party: Party) -> None:
    with party.read() as books:
        found = duty.who(books)
    assert [one["officer"] for one in found["release_now"]] == ["eucom-release-1"]
    assert [(one["officer"], one["how"]) for one in found["release_when_woken"]] == [
        ("eucom-principal-1", "telephone at the bed")
    ]
    assert [one["officer"] for one in found["wake"]] == ["eucom-principal-1", "eucom-linguist-1"]
    until(party, "2022-11-20T19:00:00Z")
    with party.read() as books:
        assert [one["officer"] for one in duty.who(books)["release_now"]] == ["eucom-principal-1"]
    until(party, "2022-11-21T19:00:00Z")
    with party.read() as books:
        found = duty.who(books)
    assert (found["release_now"], found["wake"]) == ([], [])


def test_a_pre_approval_is_told_while_it_holds(party: Party) -> None:
    given = {"kind": "pre-approved", "officers": ["eucom-watch-1"], "forms": ["TEST"], "valid_s": 3_600}
    record(party, "delegation", given, RELEASER)
    with party.read() as books:
        assert [one["officers"] for one in duty.delegated(books)] == [["eucom-watch-1"]]
    party.time.pass_s(3_600)
    with party.read() as books:
        assert duty.delegated(books) == []
