from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.desk import alarm_acts, alarm_state, alarms, rebuilding, service_alarms, views, watching
from armslength.desk.alarm_acts import ASK, END, SHELVE
from builders import two_nodes
from builders.two_nodes import RELEASER, WATCH, Party, TwoNodes

if TYPE_CHECKING:
    from armslength.desk.prepared import Prepared

HOUR = 60


@pytest.fixture
def party() -> Party:
    return two_nodes.opened().eucom


def raised(party: Party, kind: str = "GAP", **given: Any) -> bytes:
    with party.write() as books:
        identity = alarms.raise_alarm(books, kind, **given)
        assert identity is not None
        alarms.mark_notified(books, identity, delivered=True)
    return identity


def passed(party: Party, identity: bytes, to: str, by: str = WATCH, reason: str = "he is nearer") -> None:
    with party.write() as books:
        prepared = alarm_acts.prepare_pass(books, party.officer(by), identity, to, reason)
        alarm_acts.submit_pass(books, party.signed(prepared, "record", by))


def shelf(party: Party, identity: bytes, step: str, by: str = WATCH, **given: Any) -> None:
    with party.write() as books:
        prepared = alarm_acts.prepare_shelf(books, party.officer(by), identity, step, **given)
        alarm_acts.submit_shelf(books, party.signed(prepared, "decide", by))


def shelved(party: Party, identity: bytes, minutes: int = HOUR) -> None:
    shelf(party, identity, ASK, minutes=minutes, reason="the feed is being mended")
    shelf(party, identity, SHELVE, RELEASER)


def accepted(party: Party, identity: bytes, by: str = WATCH) -> None:
    with party.write() as books:
        prepared = watching.prepare_alarm_accepted(books, party.officer(by), identity)
        watching.submit_local(books, party.signed(prepared, "accept-alarm", by))


def shown(party: Party, identity: bytes) -> dict[str, Any]:
    with party.read() as books:
        row = views.row(books.unit, views.ALARMS, identity)
        assert row is not None
        return service_alarms.alarm_json(books, identity, row)


def rung_next(party: Party, identity: bytes) -> int | None:
    with party.read() as books:
        row = views.row(books.unit, views.ALARMS, identity)
        assert row is not None
        return alarm_state.next_ring(row)


# --- passing on -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["releasing-officer", "eucom-release-1"])
def test_an_alarm_that_is_passed_on_stays_unaccepted_and_rings_until_it_is_accepted(party: Party, to: str) -> None:
    identity = raised(party)
    passed(party, identity, to)
    told = shown(party, identity)
    assert (told["state"], told["passed_to"], told["passed_by"]) == ("unaccepted", to, "eucom-watch-1")
    assert rung_next(party, identity) == party.time.now()
    accepted(party, identity, RELEASER)
    assert shown(party, identity)["accepted_by"] == "eucom-release-1"
    assert rung_next(party, identity) is None


@pytest.mark.parametrize("to", ["eucom-watch-1", "nobody", "linguist", "eucom-linguist-1", "operations room"])
def test_nothing_is_passed_to_oneself_to_nobody_or_to_who_cannot_accept_it(party: Party, to: str) -> None:
    with pytest.raises(LocalError, match="ALARM-PASS"):
        passed(party, raised(party), to)


def test_what_was_accepted_is_not_passed_on(party: Party) -> None:
    identity = raised(party)
    accepted(party, identity)
    with pytest.raises(LocalError, match="ALARM-SETTLED"):
        passed(party, identity, "releasing-officer")


def test_an_alarm_is_accepted_once_though_two_officers_press_at_once(party: Party) -> None:
    identity = raised(party)
    with party.write() as books:
        ready = [watching.prepare_alarm_accepted(books, party.officer(by), identity) for by in (WATCH, RELEASER)]
    accepted(party, identity)
    with pytest.raises(LocalError, match="ALARM-SETTLED"), party.write() as books:
        watching.submit_local(books, party.signed(ready[1], "accept-alarm", RELEASER))
    assert shown(party, identity)["accepted_by"] == "eucom-watch-1"


# --- the shelf --------------------------------------------------------------------------------------------------------


def test_a_shelf_needs_two_ends_by_itself_and_rings_again(party: Party) -> None:
    identity = raised(party)
    shelf(party, identity, ASK, minutes=HOUR, reason="the feed is being mended")
    assert shown(party, identity)["shelved_until"] is None
    shelf(party, identity, SHELVE, RELEASER)
    told = shown(party, identity)
    assert (told["state"], told["shelf"]["state"], told["shelf"]["signed_by"]) == (
        "unaccepted",
        "SHELVED",
        "eucom-release-1",
    )
    party.time.pass_s(3600)
    told = shown(party, identity)
    assert (told["shelved_until"], told["shelf"]["state"]) == (None, "ENDED")
    assert rung_next(party, identity) == party.time.now()


def test_a_shelf_is_taken_down_before_its_time_and_rings_at_once(party: Party) -> None:
    identity = raised(party)
    shelved(party, identity)
    party.time.pass_s(10)
    shelf(party, identity, END)
    assert shown(party, identity)["shelved_until"] is None
    assert rung_next(party, identity) == party.time.now()


def test_passing_on_takes_an_alarm_from_the_shelf(party: Party) -> None:
    identity = raised(party)
    shelved(party, identity)
    passed(party, identity, "releasing-officer")
    assert shown(party, identity)["shelved_until"] is None


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "longer than a watch": (ASK, {"minutes": 12 * 60 + 1, "reason": "noise"}, "ALARM-SHELF"),
    "no time at all": (ASK, {"minutes": 0, "reason": "noise"}, "ALARM-SHELF"),
    "without a reason": (ASK, {"minutes": 10, "reason": ""}, "ALARM-VALUE"),
    "nobody asked": (SHELVE, {}, "ALARM-VALUE"),
    "not on it": (END, {}, "ALARM-SHELF"),
    "no step": ("FORGET", {}, "ALARM-VALUE"),
}


@pytest.mark.parametrize(("step", "given", "code"), REFUSED.values(), ids=REFUSED)
def test_what_a_shelf_is_refused_for(party: Party, step: str, given: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError, match=code):
        shelf(party, raised(party), step, **given)


def test_who_asked_is_not_the_second_person(party: Party) -> None:
    identity = raised(party)
    shelf(party, identity, ASK, minutes=HOUR, reason="noise")
    with pytest.raises(LocalError, match="ALARM-SHELF-SECOND"):
        shelf(party, identity, SHELVE, WATCH)


def test_the_second_person_signs_what_was_asked_for_and_nothing_longer(party: Party) -> None:
    identity = raised(party)
    shelf(party, identity, ASK, minutes=HOUR, reason="noise")
    with party.write() as books:
        prepared = alarm_acts.prepare_shelf(books, party.officer(RELEASER), identity, SHELVE)
    longer: Prepared = type(prepared)(
        type=prepared.type, line=prepared.line, seed=prepared.seed, body={**prepared.body, 22: books.now + 10**10}
    )
    with party.write() as books, pytest.raises(LocalError, match="ALARM-SHELF"):
        alarm_acts.submit_shelf(books, party.signed(longer, "decide", RELEASER))


@pytest.mark.parametrize("kind", [kind for kind, bell in alarm_state.BELLS.items() if bell == alarm_state.FLASH])
def test_what_rings_like_a_flash_is_never_shelved(party: Party, kind: str) -> None:
    with pytest.raises(LocalError, match="ALARM-SHELF-NEVER"):
        shelf(party, raised(party, kind), ASK, minutes=HOUR, reason="noise")


def test_what_is_about_a_flash_is_never_shelved_either() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line, precedence=Precedence.FLASH)
    identity = raised(two.eucom, "RECEIPT-OVERDUE", line=two.line, reference=sent, step=1)
    assert shown(two.eucom, identity)["may_shelve"] is False
    with pytest.raises(LocalError, match="ALARM-SHELF-NEVER"):
        shelf(two.eucom, identity, ASK, minutes=HOUR, reason="noise")


def test_a_floor_cannot_switch_its_bell_off_by_shelving_one_alarm_after_another(party: Party) -> None:
    for step in range(alarm_state.SHELVED_MAX):
        shelved(party, raised(party, step=step))
    last = raised(party, step=99)
    shelf(party, last, ASK, minutes=HOUR, reason="noise")
    with pytest.raises(LocalError, match="ALARM-SHELF"):
        shelf(party, last, SHELVE, RELEASER)


# --- a test, and what all of it leaves behind -------------------------------------------------------------------------


def test_a_test_of_the_bell_is_one_alarm_until_somebody_accepts_it(party: Party) -> None:
    with party.write() as books:
        first = alarm_acts.ring_test(books, "eucom-watch-1")
        assert alarm_acts.ring_test(books, "eucom-watch-1") == first
    accepted(party, first)
    assert shown(party, first)["state"] == "answered"
    party.time.pass_s(1)
    with party.write() as books:
        assert alarm_acts.ring_test(books, "eucom-watch-1") != first


def lived(two: TwoNodes) -> None:
    """Do with alarms at the other side whatever can be done with them."""
    ours = two.ndmc
    two.eucom.send(two.line, precedence=Precedence.FLASH)
    two.eucom.send(two.line, "TEST", {100: "x"}, Precedence.ROUTINE)
    two.flush()
    with ours.read() as books:
        [(flash, _)] = [one for one in alarm_state.unaccepted(books.unit) if one[1][1] == "FLASH-RECEIVED"]
    passed(ours, flash, "releasing-officer")
    for step in range(2):
        shelved(ours, raised(ours, step=step))
    with ours.read() as books:
        every = [identity for identity, _ in alarm_state.unaccepted(books.unit)]
    for identity in every:
        accepted(ours, identity)
    with ours.write() as books:
        alarms.begin(books, "CLOCK-DRIFT", detail="for a while")
        alarms.end(books, "CLOCK-DRIFT")


def test_nothing_that_is_done_with_an_alarm_sends_a_receipt_or_anything_else() -> None:
    two = two_nodes.opened()
    lived(two)
    assert two.ndmc.waiting(two.line) == []
    with two.eucom.read() as books:
        kinds = {str(row[1]) for _, row in views.rows(books.unit, views.ALARMS)}
        messages = [row[5] for _, row in views.rows(books.unit, views.MESSAGES)]
    assert kinds == set()
    assert "receipt" not in messages


def test_the_views_of_alarms_are_made_again_from_the_journal() -> None:
    two = two_nodes.opened()
    lived(two)
    with two.ndmc.write() as books:
        assert rebuilding.rebuild(books).entries == books.unit.frontier().size
