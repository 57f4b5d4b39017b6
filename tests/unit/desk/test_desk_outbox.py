from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import PeerError
from armslength.core.precedence import Precedence
from armslength.desk import outbox, views
from armslength.desk.outbox import (
    HEARTBEAT_S,
    NUMBERED_A_REQUEST,
    PIECE_MIN,
    RESEND_AFTER_S,
    RETRY_SLOW_AFTER,
    RETRY_SLOW_S,
    RETRY_STEPS_S,
    Courier,
)
from armslength.line.manifest import Bearer
from builders import two_nodes
from builders.desks import Wire, desk_of, simulated
from builders.two_nodes import CONCERN_VALUES, Party, TwoNodes

if TYPE_CHECKING:
    from armslength.desk.desk import Desk

FLASH, ROUTINE = Precedence.FLASH, Precedence.ROUTINE


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def courier(two: TwoNodes) -> Courier:
    return Courier(line=two.line, wake=asyncio.Event(), hello_due=False)


def sends(two: TwoNodes, count: int, precedence: Precedence = ROUTINE) -> list[bytes]:
    return [two.eucom.send(two.line, "TEST", {100: f"test {n}"}, precedence) for n in range(count)]


def pair(two: TwoNodes, wire: Wire) -> tuple[Desk, Desk]:
    """Return both desks; the wire carries from EUCOM, and NDMC answers only what it is asked."""
    ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
    wire.to.append(theirs)
    return ours, theirs


def waiting(party: Party) -> int:
    with party.read() as books:
        return len(books.unit.scan(views.OUTBOX))


# --- the courier's own times ------------------------------------------------------------------------------------------


def test_retries_are_in_seconds_and_capped_and_grow_slow_only_after_a_quarter_of_an_hour(two: TwoNodes) -> None:
    one, now, steps = courier(two), 0.0, []
    for _ in range(RETRY_SLOW_AFTER + 2):
        one.failed(now, "BEARER-DOWN")
        steps.append(one.retry_at - now)
        now = one.retry_at
    assert steps[:5] == pytest.approx([0.25, 0.5, 1.0, 1.5, 1.5])
    assert steps[RETRY_SLOW_AFTER - 1] == pytest.approx(RETRY_STEPS_S[-1])
    assert steps[RETRY_SLOW_AFTER:] == pytest.approx([RETRY_SLOW_S] * 2)
    assert sum(steps[:RETRY_SLOW_AFTER]) == pytest.approx(900, rel=0.01)
    assert one.hello_due


def test_a_sign_of_life_begins_anew_at_once(two: TwoNodes) -> None:
    one = courier(two)
    one.carried[b"x"], one.carried_flash[b"y"] = 1.0, 1.0
    for _ in range(7):
        one.failed(50.0, "BEARER-DOWN")
    one.sign_of_life(51.0)
    assert (one.failures, one.retry_at, one.carried, one.carried_flash) == (0, 51.0, {}, {})
    assert one.wake.is_set()
    assert one.flash.is_set()


@pytest.mark.parametrize(
    ("case", "changes", "rest"),
    [
        ("nothing to do until the heartbeat", {}, HEARTBEAT_S),
        ("a hello is due", {"hello_due": True}, 0),
        ("something was carried", {"carried": {b"x": 97.0}}, RESEND_AFTER_S - 3),
        ("a checkpoint is to be offered", {"cosign_at": 100.5}, 0.5),
        ("the path fails", {"failures": 2, "retry_at": 101.5}, 1.5),
        ("the path fails and its time has come", {"failures": 2, "retry_at": 99.0}, 0),
    ],
)
def test_a_courier_rests_until_the_next_thing_is_due(two: TwoNodes, case: str, changes: dict, rest: float) -> None:  # type: ignore[type-arg]
    one = courier(two)
    one.heard_at = 100.0
    for name, value in changes.items():
        setattr(one, name, value)
    assert outbox.rest_s(one, 100.0) == pytest.approx(rest), case


# --- what leaves ------------------------------------------------------------------------------------------------------


def test_flash_leaves_in_a_lane_of_its_own(two: TwoNodes) -> None:
    routine, flash = sends(two, 3), sends(two, 2, FLASH)
    with two.eucom.store.read() as unit:
        assert list(outbox.gather(unit, courier(two), 0.0, flash=True).hashes) == flash
        assert list(outbox.gather(unit, courier(two), 0.0, flash=False).hashes) == routine


def test_what_was_carried_waits_five_seconds_for_its_receipt(two: TwoNodes) -> None:
    sent = sends(two, 2)
    one = courier(two)
    one.carried[sent[0]] = 100.0
    with two.eucom.store.read() as unit:
        assert list(outbox.gather(unit, one, 100.0 + RESEND_AFTER_S - 0.001, flash=False).hashes) == sent[1:]
        assert list(outbox.gather(unit, one, 100.0 + RESEND_AFTER_S, flash=False).hashes) == sent


def test_a_request_is_bounded_and_says_that_more_wait(two: TwoNodes) -> None:
    sent = sends(two, 2 * NUMBERED_A_REQUEST + 3)
    with two.eucom.store.read() as unit:
        load = outbox.gather(unit, courier(two), 0.0, flash=False)
    assert (list(load.hashes), load.more) == (sent[:NUMBERED_A_REQUEST], True)


def test_of_many_that_wait_half_leaves_and_of_few_all(two: TwoNodes) -> None:
    sent = sends(two, PIECE_MIN)
    with two.eucom.store.read() as unit:
        load = outbox.gather(unit, courier(two), 0.0, flash=False)
    assert (list(load.hashes), load.more) == (sent, False)
    sent += sends(two, 3 * PIECE_MIN)
    one = courier(two)
    with two.eucom.store.read() as unit:
        load = outbox.gather(unit, one, 0.0, flash=False)
        assert (list(load.hashes), load.more) == (sent[: 2 * PIECE_MIN], True)
        one.carried.update(dict.fromkeys(load.hashes, 0.0))
        load = outbox.gather(unit, one, 0.0, flash=False)
        assert (list(load.hashes), load.more) == (sent[2 * PIECE_MIN : 3 * PIECE_MIN], True)


def test_a_destroyed_content_is_not_sent_and_stops_nothing(two: TwoNodes) -> None:
    first, second = sends(two, 2)
    with two.eucom.write() as books:
        row = views.row(books.unit, views.MESSAGES, first)
        assert row is not None
        books.unit.destroy(row[4])
    with two.eucom.store.read() as unit:
        assert list(outbox.gather(unit, courier(two), 0.0, flash=False).hashes) == [second]


def test_a_peer_without_a_bearer_that_we_can_use_is_not_sent_to(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        theirs = books.manifest("NDMC")
    assert outbox.address_of(theirs) is not None
    assert outbox.address_of(replace(theirs, bearers=(Bearer(kind="voice", address="+43 1 0000"),))) is None


# --- stories in virtual time ------------------------------------------------------------------------------------------


def test_what_waits_goes_out_in_order_and_is_forgotten_at_its_receipt(two: TwoNodes) -> None:
    sent = sends(two, 10)
    wire = Wire()

    async def story() -> None:
        ours, _ = pair(two, wire)
        ours.start()
        await asyncio.sleep(2)
        assert ours.idle()
        await ours.close()

    simulated(story)
    assert waiting(two.eucom) == 0
    assert [two.ndmc.row(one)[3] for one in sent] == list(range(1, 11))


def test_an_answer_without_receipt_is_no_proof_and_the_item_goes_again(two: TwoNodes) -> None:
    sends(two, 1)
    wire = Wire(silent=True)

    async def story() -> list[float]:
        ours, _ = pair(two, wire)
        ours.start()
        await asyncio.sleep(RESEND_AFTER_S + 1)
        assert waiting(two.eucom) == 1
        wire.silent = False
        await asyncio.sleep(RESEND_AFTER_S + 1)
        assert waiting(two.eucom) == 0
        await ours.close()
        return wire.left_at

    left = simulated(story)
    assert any(later - left[0] == pytest.approx(RESEND_AFTER_S, abs=0.2) for later in left)


def test_a_peer_that_returns_hears_from_us_within_two_seconds(two: TwoNodes) -> None:
    sends(two, 5)
    wire = Wire(down=True)

    async def story() -> int:
        ours, _ = pair(two, wire)
        ours.start()
        await asyncio.sleep(720)
        wire.down = False
        await asyncio.sleep(2.0)
        left = waiting(two.eucom)
        await ours.close()
        return left

    assert simulated(story) == 0


def test_a_flash_is_not_delayed_by_a_slow_request_before_it(two: TwoNodes) -> None:
    sends(two, 3)
    wire = Wire(delay_s=30)

    async def story() -> float:
        ours, _ = pair(two, wire)
        ours.start()
        await asyncio.sleep(1)
        wire.delay_s = 0.01
        begun = asyncio.get_running_loop().time()
        sent = two.eucom.send(two.line, values=CONCERN_VALUES, precedence=FLASH)
        await ours.act(lambda _books: None)
        while True:
            with two.ndmc.read() as books:
                if views.row(books.unit, views.MESSAGES, sent) is not None:
                    break
            await asyncio.sleep(0.01)
        await ours.close()
        return asyncio.get_running_loop().time() - begun

    assert simulated(story) < 1


def test_a_quiet_line_is_asked_for_a_sign_of_life_every_heartbeat(two: TwoNodes) -> None:
    wire = Wire()

    async def story() -> int:
        ours, _ = pair(two, wire)
        ours.start()
        await asyncio.sleep(5)
        before = len(wire.left_at)
        await asyncio.sleep(5 * HEARTBEAT_S)
        await ours.close()
        return len(wire.left_at) - before

    assert 4 <= simulated(story) <= 6


def test_a_peer_whose_sealing_key_is_none_stops_no_loop(two: TwoNodes, monkeypatch: pytest.MonkeyPatch) -> None:
    sends(two, 1)

    def refuse(*_arguments: object) -> bytes:
        raise PeerError("COSE-SEALING-KEY")

    async def story() -> None:
        ours, _ = pair(two, Wire())
        monkeypatch.setattr(two.eucom.keys, "seal", refuse)
        ours.start()
        await asyncio.sleep(5)
        assert not ours.stopping
        assert ours.couriers[two.line].failures > 1
        monkeypatch.undo()
        await asyncio.sleep(5)
        assert ours.idle()
        await ours.close()

    simulated(story)
