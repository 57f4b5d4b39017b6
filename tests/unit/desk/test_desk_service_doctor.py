"""The fault screen: what holds asks for nothing, what does not says what to do."""

from __future__ import annotations

from armslength.desk import alarms
from armslength.desk.service_doctor import finding, read_doctor
from builders.two_nodes import DAY, Party, Time


def party(time: Time) -> Party:
    found = Party(code="EUCOM", time=time)
    found.found()
    return found


def failing(one: Party) -> set[str]:
    with one.read() as books:
        rows = read_doctor(books)
    assert all(bool(row["next_step"]) is not row["holds"] for row in rows)
    return {row["check"] for row in rows if not row["holds"]}


def test_a_node_without_a_line_says_so() -> None:
    assert failing(party(Time())) == {"line"}


def test_a_line_that_nobody_assented_to_and_nobody_heard() -> None:
    time = Time()
    ours, theirs = party(time), Party(code="NDMC", time=time)
    theirs.found()
    ours.pin(theirs.introduction())
    ours.open_line("NDMC")
    assert failing(ours) == {"NDMC: charter", "NDMC: path"}


def test_a_manifest_about_to_end_and_an_alarm_that_nobody_accepted() -> None:
    time = Time()
    ours = party(time)
    with ours.write() as books:
        alarms.raise_alarm(books, "OUTBOX-STUCK")
    time.pass_s(340 * DAY / 1_000_000)
    assert failing(ours) == {"line", "keys", "alarms"}


def test_a_finding_that_holds_asks_for_nothing() -> None:
    assert finding("a", "b", "do this", holds=True)["next_step"] == ""
