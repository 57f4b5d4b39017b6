from __future__ import annotations

from armslength.desk import alarms, service_alarms, service_read, views
from armslength.entrypoints.api.answers import Alarm
from builders import two_nodes


def test_what_rings_is_shown_the_most_urgent_first_with_how_many_more_and_lists_go_by_time() -> None:
    party = two_nodes.opened().eucom
    for kind in ("GAP", "FLASH-RECEIVED", "CHECK-DUE"):
        with party.write() as books:
            alarms.raise_alarm(books, kind, reference=b"x", detail=kind.lower())
        party.time.pass_s(1)
    with party.read() as books:
        found, more = service_alarms.read_ringing(books, 2)
        listed = service_alarms.read_alarms(books)
        health = service_read.read_health(books)
    assert ([one["kind"] for one in found], more) == (["FLASH-RECEIVED", "GAP"], 1)
    assert [one["kind"] for one in listed] == ["GAP", "FLASH-RECEIVED", "CHECK-DUE"]
    assert health["alarms_unaccepted"] == 3
    for one in listed:
        Alarm.model_validate(one)
        assert (one["state"], one["silenced_until"], one["shelf"]) == ("unaccepted", None, None)


def test_an_alarm_that_is_over_before_anybody_accepted_it_stays_unaccepted_and_says_so() -> None:
    party = two_nodes.opened().eucom
    with party.write() as books:
        identity = alarms.begin(books, "CLOCK-DRIFT", detail="ahead")
        assert identity is not None
        alarms.end(books, "CLOCK-DRIFT")
        row = views.row(books.unit, views.ALARMS, identity)
        assert row is not None
        shown = service_alarms.alarm_json(books, identity, row)
    assert (shown["state"], shown["cause_met"], shown["ended_at"] is not None) == ("unaccepted", True, True)
