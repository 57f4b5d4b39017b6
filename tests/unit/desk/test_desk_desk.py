from __future__ import annotations

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.store_memory import MemoryStore
from armslength.core.errors import LocalError, PeerError
from armslength.core.precedence import Precedence
from armslength.desk import opening, outbox, views
from armslength.desk.writer import Writer
from armslength.journal.entry import parse_leaf
from armslength.line import session
from builders import two_nodes
from builders.desks import Wire, desk_of, simulated
from builders.two_nodes import PRINCIPAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.desk import Desk
    from armslength.desk.ports import Address
    from builders.two_nodes import Party, TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def observed(party: Party, line: bytes) -> session.Observed:
    with party.read() as books:
        return session.session_from_value(books.unit.get(views.SESSIONS, line)).observed


def test_the_answer_to_a_delivery_carries_the_receipt_made_after_the_commit(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)

    async def story() -> None:
        desk = desk_of(two.ndmc)
        answer = await desk.receive(two.line, two.eucom.seal(two.line, two.eucom.waiting(two.line)))
        assert two.ndmc.row(sent)[11] == "ACCEPTED"
        two.eucom.receive(two.line, answer)

    simulated(story)
    assert two.eucom.waiting(two.line) == []


def test_a_delivery_that_is_refused_as_a_whole_changes_nothing(two: TwoNodes) -> None:
    async def story() -> None:
        desk = desk_of(two.ndmc)
        for line, body in ((bytes(16), b""), (two.line, b"\xff")):
            with pytest.raises(PeerError):
                await desk.receive(line, body)

    with two.ndmc.read() as books:
        before = books.unit.frontier().size
    simulated(story)
    with two.ndmc.read() as books:
        assert books.unit.frontier().size == before


def test_a_node_restored_from_an_old_copy_notices_before_it_signs(two: TwoNodes) -> None:
    old = MemoryStore()
    with two.eucom.store.read() as unit, old.write() as copy:
        for index in range(unit.frontier().size):
            copy.append(unit.leaf(index), *(unit.content(index) or (b"", b"")))
    two.converse()
    two.cosign(two.eucom)
    with two.eucom.store.read() as unit:
        seen = unit.get(views.COSIGNED, two.line)
    with old.write() as copy:
        copy.put(views.COSIGNED, two.line, seen)

    async def story() -> str:
        with pytest.raises(LocalError) as caught:
            desk_of(two.eucom, store=old).start()
        return caught.value.code

    assert simulated(story) == "JOURNAL-ROLLED-BACK"


def test_a_journal_that_was_altered_is_noticed_before_it_signs(two: TwoNodes) -> None:
    two.converse()
    two.cosign(two.eucom)
    with two.eucom.store.write() as unit:
        row: Any = unit.get(views.COSIGNED, two.line)
        unit.put(views.COSIGNED, two.line, {**row, 2: sha256(b"another history").digest()})

    async def story() -> str:
        with pytest.raises(LocalError) as caught:
            desk_of(two.eucom).start()
        return caught.value.code

    assert simulated(story) == "JOURNAL-ALTERED"


def test_what_is_heard_and_what_fails_is_observed_once_an_outage(two: TwoNodes) -> None:
    wire = Wire()

    async def story() -> list[session.Observed]:
        ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
        wire.to.append(theirs)
        ours.start()
        await asyncio.sleep(2)
        seen = [observed(two.eucom, two.line)]
        wire.down = True
        await asyncio.sleep(60)
        seen.append(observed(two.eucom, two.line))
        with two.eucom.read() as books:
            before = books.unit.frontier().size
        await asyncio.sleep(600)
        with two.eucom.read() as books:
            kinds = [parse_leaf(books.unit.leaf(index)).kind for index in range(before, books.unit.frontier().size)]
        # LINE-LOST, once an outage: the clock passed, the alarm, its bell.
        assert kinds == ["deadline", "alarm", "alarm-notified"]
        wire.down = False
        await asyncio.sleep(5)
        seen.append(observed(two.eucom, two.line))
        await ours.close()
        return seen

    assert simulated(story) == [session.Observed.LIVE, session.Observed.DEGRADED, session.Observed.LIVE]


WRITE_S = 0.05
"""What a commit takes on a slow disk, in virtual time; longer than the way to the peer and back."""


def test_an_answer_is_taken_in_while_the_next_request_travels(two: TwoNodes) -> None:
    wire = Wire()
    sent = [two.eucom.send(two.line, "TEST", {100: "one two"}, Precedence.ROUTINE) for _ in range(40)]

    async def story() -> None:
        ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
        wire.to.append(theirs)

        async def slow(work: Callable[[], None]) -> None:
            await asyncio.sleep(WRITE_S)
            work()

        ours.writer = Writer(ours.store, slow)
        ours.start()
        await asyncio.sleep(4)
        await ours.close()

    simulated(story)
    assert two.eucom.waiting(two.line) == []
    entered = [two.ndmc.row(envelope_hash)[4] for envelope_hash in sent]
    assert entered == sorted(entered)
    assert wire.left_at[1] - wire.left_at[0] < WRITE_S


@dataclass
class Garbling(Wire):
    garbles: bool = False

    async def send(self, line_id: bytes, address: Address, transports: bytes) -> bytes:
        answer = await super().send(line_id, address, transports)
        return b"\xff" if self.garbles else answer


def test_an_answer_that_is_refused_sets_the_next_try(two: TwoNodes) -> None:
    wire = Garbling()

    async def story() -> None:
        ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
        wire.to.append(theirs)
        ours.start()
        await asyncio.sleep(3)
        wire.garbles = True
        two.eucom.send(two.line, "TEST", {100: "one two"}, Precedence.ROUTINE)
        await ours.act(lambda _books: None)
        await asyncio.sleep(0.1)
        assert two.eucom.waiting(two.line)
        wire.garbles = False
        await asyncio.sleep(outbox.RETRY_STEPS_S[0])
        await ours.close()

    simulated(story)
    assert two.eucom.waiting(two.line) == []


def test_a_new_manifest_holds_from_its_commit_on_even_when_nobody_waits(two: TwoNodes) -> None:
    async def story() -> None:
        begun, go = asyncio.Event(), asyncio.Event()

        async def slow(work: Callable[[], None]) -> None:
            begun.set()
            await go.wait()
            work()

        desk = desk_of(two.ndmc)
        two.eucom.next_manifest(time_zone="Europe/Kyiv")
        desk.writer = Writer(desk.store, slow)
        taking = asyncio.ensure_future(desk.receive(two.line, two.eucom.seal(two.line, two.eucom.notices(two.line, 1))))
        await begun.wait()
        assert desk.peer_of(two.line).sequence == 1
        taking.cancel()
        go.set()
        await asyncio.gather(taking, return_exceptions=True)
        await desk.writer.rest()
        assert desk.peer_of(two.line).sequence == 2

    simulated(story)


def test_a_storage_failure_stops_the_desk(two: TwoNodes) -> None:
    async def story() -> None:
        desk = desk_of(two.eucom)

        def fails(_books: Any) -> None:
            raise LocalError("STORE-FAILED")

        with pytest.raises(LocalError, match="STORE-FAILED"):
            await desk.write(fails)
        assert desk.stopping
        with pytest.raises(LocalError, match="STORE-FAILED"):
            await desk.receive(two.line, b"")

    simulated(story)


def test_a_refused_act_stops_nothing_and_sends_nothing(two: TwoNodes) -> None:
    wire = Wire()

    async def story() -> None:
        desk = desk_of(two.eucom, wire)

        def refuses(_books: Any) -> None:
            raise LocalError("DRAFT-UNKNOWN")

        with pytest.raises(LocalError, match="DRAFT-UNKNOWN"):
            await desk.act(refuses)
        assert not desk.stopping
        assert desk.idle()

    simulated(story)
    assert wire.left_at == []


async def opened_through(desk: Desk, party: Party, peer: str) -> bytes:
    """Propose the default charter and assent to it, as officers do while the node runs."""
    line = await desk.act(lambda books: opening.open_line(books, peer))
    with party.read() as books:
        prepared = opening.prepare_assent(books, line, party.officer(PRINCIPAL))
    signed = party.signed(prepared, "assent", PRINCIPAL)
    await desk.act(lambda books: opening.submit_assent(books, signed))
    return line.line


def test_a_line_opened_while_the_desk_runs_is_served_and_assents_travel() -> None:
    two = two_nodes.strangers()
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    out, back = Wire(), Wire()

    async def story() -> None:
        ours, theirs = desk_of(two.eucom, out), desk_of(two.ndmc, back)
        out.to.append(theirs)
        back.to.append(ours)
        ours.start()
        theirs.start()
        two.line = await opened_through(ours, two.eucom, "NDMC")
        await opened_through(theirs, two.ndmc, "EUCOM")
        await asyncio.sleep(30)
        for party in (two.eucom, two.ndmc):
            with party.read() as books:
                assert books.line(two.line).open
        for desk in (ours, theirs):
            await desk.close()

    simulated(story)


def test_new_keys_reach_the_peer_by_themselves(two: TwoNodes) -> None:
    wire = Wire()

    async def story() -> None:
        ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
        wire.to.append(theirs)
        ours.start()
        two.eucom.next_manifest(time_zone="Europe/Kyiv")
        await ours.act(lambda _books: None)
        await asyncio.sleep(60)
        await ours.close()

    simulated(story)
    with two.ndmc.read() as books:
        assert books.manifest("EUCOM").sequence == 2


def test_checkpoints_are_cosigned_after_traffic(two: TwoNodes) -> None:
    wire = Wire()
    two.eucom.send(two.line, "TEST", {100: "one two"}, Precedence.ROUTINE)

    async def story() -> None:
        ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
        wire.to.append(theirs)
        ours.start()
        await asyncio.sleep(10)
        await ours.close()

    simulated(story)
    with two.eucom.read() as books:
        assert views.row(books.unit, views.COSIGNED, two.line) is not None
        assert opening.own_assent(books, books.line(two.line)) is not None
