from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.precedence import Precedence
from armslength.desk import alarm_acts, alarm_state, alarms, clockwork, views
from armslength.desk.projection_lines import GAP_ALARM_AFTER_S
from armslength.line import fields
from armslength.line.receipts import Level
from builders import two_nodes
from builders.desks import Bell, desk_of, simulated
from builders.two_nodes import CONCERN_VALUES, SECOND, Party, TwoNodes

if TYPE_CHECKING:
    from armslength.core.instants import Instant

FLASH, IMMEDIATE = Precedence.FLASH, Precedence.IMMEDIATE
NO_REPLY_BY = {n: v for n, v in CONCERN_VALUES.items() if n != fields.REPLY_BY} | {
    fields.REPLY_BY: two_nodes.START + 1800 * SECOND
}


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def tick(party: Party) -> int:
    with party.write() as books:
        return clockwork.tick(books)


def alarmed(party: Party) -> list[str]:
    with party.read() as books:
        rows = [row for _, row in views.rows(books.unit, views.ALARMS)]
    return sorted(row[1] for row in rows if not row[1].endswith("-RECEIVED"))


def due(party: Party) -> Instant | None:
    with party.store.read() as unit:
        return clockwork.next_due(unit)


# --- what is late -----------------------------------------------------------------------------------------------------


def test_each_level_alarms_the_sender_once_and_the_receiver_who_owes_it(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=FLASH, values=NO_REPLY_BY)
    two.flush()
    expected = {119: 0, 121: 1, 301: 2, 601: 3, 1801: 4}
    passed = 0
    for at, count in expected.items():
        two.time.pass_s(at - passed)
        passed = at
        for party, kind in ((two.eucom, "RECEIPT-OVERDUE"), (two.ndmc, "WE-OWE-RECEIPT")):
            tick(party)
            tick(party)
            assert alarmed(party) == [kind] * count, at


def test_a_flash_that_is_not_held_alarms_by_itself_and_the_rest_once_an_outage(two: TwoNodes) -> None:
    for number in range(5):
        two.eucom.send(two.line, values={**CONCERN_VALUES, 35: f"C-{number}"})
    for number in range(2):
        two.eucom.send(two.line, precedence=FLASH, values={**CONCERN_VALUES, 35: f"F-{number}"})
    two.time.pass_s(60)
    tick(two.eucom)
    assert alarmed(two.eucom) == ["OUTBOX-STUCK", "RECEIPT-OVERDUE", "RECEIPT-OVERDUE"]


def test_a_gap_alarms_after_its_time_and_once(two: TwoNodes) -> None:
    for number in range(3):
        two.eucom.send(two.line, values={**CONCERN_VALUES, 35: f"C-{number}"})
    first, _, third = two.eucom.waiting(two.line)
    two.deliver(two.eucom, [third])
    two.time.pass_s(GAP_ALARM_AFTER_S - 1)
    tick(two.ndmc)
    assert alarmed(two.ndmc) == []
    two.time.pass_s(1)
    tick(two.ndmc)
    tick(two.ndmc)
    assert alarmed(two.ndmc) == ["GAP"]
    two.deliver(two.eucom, [first])
    two.time.pass_s(GAP_ALARM_AFTER_S)
    tick(two.ndmc)
    assert alarmed(two.ndmc) == ["GAP", "GAP"]


def test_a_gap_that_closes_in_time_alarms_nobody(two: TwoNodes) -> None:
    for number in range(2):
        two.eucom.send(two.line, values={**CONCERN_VALUES, 35: f"C-{number}"})
    first, second = two.eucom.waiting(two.line)
    two.deliver(two.eucom, [second])
    two.deliver(two.eucom, [first])
    two.time.pass_s(60)
    tick(two.ndmc)
    assert alarmed(two.ndmc) == []


def test_more_deadlines_than_one_tick_takes_are_taken_by_the_next(two: TwoNodes) -> None:
    for number in range(clockwork.DUE_A_TICK + 3):
        two.eucom.send(two.line, "TEST", {100: f"test {number}"}, Precedence.ROUTINE)
    two.time.pass_s(601)
    assert [tick(two.eucom), tick(two.eucom), tick(two.eucom)] == [clockwork.DUE_A_TICK, 3, 0]


# --- what survives ----------------------------------------------------------------------------------------------------


def test_deadlines_survive_a_restart(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=FLASH, values=NO_REPLY_BY)
    expected = due(two.eucom)
    bell = Bell()

    async def story() -> list[str]:
        # A new desk over the same store: nothing was kept in memory.
        desk = desk_of(two.eucom, bell=bell)
        assert desk.read(clockwork.next_due) == expected
        desk.start()
        await asyncio.sleep(200)
        await desk.close()
        return [alarm["kind"] for alarm in bell.rung]

    assert simulated(story) == ["RECEIPT-OVERDUE", "RECEIPT-OVERDUE"]


def test_a_clock_that_is_set_back_rings_nothing_twice(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=FLASH, values=NO_REPLY_BY)
    two.time.pass_s(130)
    tick(two.eucom)
    two.time.pass_s(-3600)
    tick(two.eucom)
    two.time.pass_s(3600)
    tick(two.eucom)
    assert alarmed(two.eucom) == ["RECEIPT-OVERDUE", "RECEIPT-OVERDUE"]


# --- bells ------------------------------------------------------------------------------------------------------------


class Recorder(Bell):
    def __init__(self, party: Party) -> None:
        super().__init__()
        self.party = party
        self.marked_before: list[Any] = []

    async def notify(self, alarm: Any) -> bool:
        with self.party.read() as books:
            self.marked_before.append(views.row(books.unit, views.ALARMS, bytes.fromhex(alarm["id"]))[7])  # type: ignore[index]
        return await super().notify(alarm)


def test_a_bell_is_rung_before_it_is_marked_and_once(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=FLASH)
    two.flush()
    bell = Recorder(two.ndmc)

    async def story() -> None:
        desk = desk_of(two.ndmc, bell=bell)
        for identity, row in desk.read(clockwork.waiting_to_ring):
            await clockwork.ring(desk, identity, row)  # type: ignore[arg-type]
        assert desk.read(clockwork.waiting_to_ring) == []

    simulated(story)
    assert [alarm["kind"] for alarm in bell.rung] == ["FLASH-RECEIVED"]
    assert bell.marked_before == [None]
    assert bell.rung[0]["realm"] == "EXERCISE"


def test_a_crash_between_ringing_and_marking_rings_again_rather_than_never(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=FLASH)
    two.flush()

    class Crash(Bell):
        async def notify(self, alarm: Any) -> bool:
            await super().notify(alarm)
            raise asyncio.CancelledError

    first, second = Crash(), Bell()

    async def story() -> None:
        desk = desk_of(two.ndmc, bell=first)
        [(identity, row)] = desk.read(clockwork.waiting_to_ring)
        with pytest.raises(asyncio.CancelledError):
            await clockwork.ring(desk, identity, row)  # type: ignore[arg-type]
        restarted = desk_of(two.ndmc, bell=second)
        restarted.start()
        await asyncio.sleep(1)
        await restarted.close()

    simulated(story)
    assert [len(first.rung), len(second.rung)] == [1, 1]


@pytest.mark.parametrize(
    ("answers", "asked", "rung"),
    [
        ((True,), 1, True),
        ((False, True), 2, True),
        ((False, False, False, False), 4, False),
        ((None,), 1, False),
    ],
    ids=["works", "works again", "fails for good", "no hook"],
)
def test_a_hook_that_fails_is_asked_again_before_the_alarm_is_marked(
    two: TwoNodes, answers: tuple[bool | None, ...], asked: int, rung: bool
) -> None:
    two.eucom.send(two.line, precedence=FLASH)
    two.flush()

    class Failing(Bell):
        async def notify(self, alarm: Any) -> bool | None:  # type: ignore[override]
            await super().notify(alarm)
            return answers[len(self.rung) - 1]

    bell = Failing()

    async def story() -> None:
        desk = desk_of(two.ndmc, bell=bell)
        [(identity, row)] = desk.read(clockwork.waiting_to_ring)
        await clockwork.ring(desk, identity, row)  # type: ignore[arg-type]
        after = desk.read(lambda unit: views.row(unit, views.ALARMS, identity))
        assert after is not None
        assert after[10] is rung

    simulated(story)
    assert len(bell.rung) == asked


def test_alarms_ring_whatever_the_clock_says(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=FLASH)
    two.flush()
    bell = Bell()

    async def story() -> None:
        desk = desk_of(two.ndmc, bell=bell)
        desk.clock.offset = -10 * two_nodes.DAY  # type: ignore[attr-defined]
        desk.start()
        await asyncio.sleep(1)
        await desk.close()

    simulated(story)
    assert [alarm["kind"] for alarm in bell.rung] == ["FLASH-RECEIVED"]


def test_a_receipt_in_time_ends_the_deadline(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, precedence=FLASH, values=NO_REPLY_BY)
    two.flush()
    two.ndmc.receipt(sent, Level.READ)
    two.flush()
    two.time.pass_s(200)
    tick(two.eucom)
    assert alarmed(two.eucom) == []


# --- ringing again ----------------------------------------------------------------------------------------------------


def flash(two: TwoNodes, count: int = 1) -> None:
    for number in range(count):
        two.eucom.send(two.line, precedence=FLASH, values={**NO_REPLY_BY, 35: f"F-{number}"})
    two.flush()


# A desk's clock begins two seconds before the message that `flash` sends.
def heard(two: TwoNodes, seconds: float, *, bell: Bell, accept_after: float | None = None) -> list[tuple[int, str]]:
    """Run the receiver's desk for a while; return when the bell rang for a FLASH, and for which step."""
    times: list[tuple[int, str]] = []

    async def story() -> None:
        desk = desk_of(two.ndmc, bell=bell)
        began = asyncio.get_running_loop().time()
        ring = bell.notify

        async def noted(alarm: Any) -> bool:
            if alarm["kind"] == "FLASH-RECEIVED":
                times.append((round(asyncio.get_running_loop().time() - began), alarm.get("again", "0")))
            return await ring(alarm)

        bell.notify = noted  # type: ignore[method-assign]  # times of this life
        desk.start()
        await asyncio.sleep(accept_after if accept_after is not None else seconds)
        if accept_after is not None:
            row = next(key for key, _ in desk.read(lambda unit: views.rows(unit, views.ALARMS)))
            await desk.write(lambda books: books.note("alarm-accepted", "alarm-accepted", {20: row, 5: "ndmc-watch-1"}))
            await asyncio.sleep(seconds - accept_after)
        await desk.close()

    simulated(story)
    return times


def test_a_flash_that_nobody_accepts_rings_again_after_two_five_and_ten_minutes_and_no_more(two: TwoNodes) -> None:
    flash(two)
    assert heard(two, 1_300, bell=Bell()) == [(0, "0"), (122, "1"), (302, "2"), (602, "3")]


def test_accepting_it_ends_the_ringing(two: TwoNodes) -> None:
    flash(two)
    assert heard(two, 1_300, bell=Bell(), accept_after=200) == [(0, "0"), (122, "1")]


def test_a_step_that_rang_does_not_ring_again_after_a_restart(two: TwoNodes) -> None:
    flash(two)
    assert heard(two, 200, bell=Bell()) == [(0, "0"), (122, "1")]
    with two.ndmc.read() as books:
        steps = [row.get(14) for _, row in views.rows(books.unit, views.ALARMS)]
    assert steps[0] == 1
    assert heard(two, 700, bell=Bell()) == [(302, "2"), (602, "3")]


def test_a_flood_of_one_kind_rings_again_as_one(two: TwoNodes) -> None:
    flash(two, 7)
    bell = Bell()
    times = heard(two, 130, bell=bell)
    assert times == [*[(0, "0")] * 7, (122, "1")]
    assert bell.rung[-1]["waiting"] == "7"


def test_a_message_that_is_no_flash_rings_once(two: TwoNodes) -> None:
    two.eucom.send(two.line, values=NO_REPLY_BY)
    two.flush()
    bell = Bell()
    heard(two, 700, bell=bell)
    assert [one["kind"] for one in bell.rung].count("MESSAGE-RECEIVED") == 1


def test_an_alarm_that_was_passed_on_rings_at_once_and_says_to_whom(two: TwoNodes) -> None:
    flash(two)
    bell = Bell()
    with two.ndmc.write() as books:
        [(identity, _)] = alarm_state.unaccepted(books.unit)
        alarms.mark_notified(books, identity, delivered=True)
        prepared = alarm_acts.prepare_pass(books, two.ndmc.officer("watch-1"), identity, "principal", "his to decide")
        alarm_acts.submit_pass(books, two.ndmc.signed(prepared, "record", "watch-1"))
    heard(two, 10, bell=bell)
    assert [(one["kind"], one["passed-to"]) for one in bell.rung] == [("FLASH-RECEIVED", "principal")]
