"""Bugs planted into the product for the length of a test, to show that the world would see them.

Each is a few lines that somebody could have written; none is in the product.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from armslength.adapters.store_sqlite import SqliteStore
from armslength.core import cose
from armslength.core.errors import PeerError
from armslength.core.record import Item, parse_item
from armslength.desk import alarms, clockwork, inbound, outbox, projection_lines, views
from armslength.desk.desk import Desk
from armslength.line import braid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.core.instants import Instant
    from armslength.desk.books import Books


@contextmanager
def receipt_before_commit() -> Iterator[None]:
    """The answer is made inside the transaction, and leaves although the commit is still to come."""
    take = Desk.receive

    async def receive(self: Desk, line_id: bytes, body: bytes) -> bytes:
        made: list[bytes] = []

        def job(books: Books) -> None:
            outcome = inbound.receive(books, line_id, body)
            peer = books.manifest(books.line(line_id).peer)
            if outcome.replies:
                made.append(outbox.seal(self, line_id, outcome.replies, peer))
            raise PeerError("RECORD-LINE")

        with suppress(PeerError):
            await self.write(job)
        # "The commit may as well be done later."
        later = asyncio.get_running_loop().create_task(_later(partial(take, self, line_id, body)))
        self._tasks[later] = None
        return made[0] if made else b""

    with patch.object(Desk, "receive", receive):
        yield


async def _later(work: Any) -> None:
    await asyncio.sleep(0.2)
    with suppress(PeerError):
        await work()


@contextmanager
def send_before_commit() -> Iterator[None]:
    """A message leaves the moment it is made; the commit follows."""
    act = Desk.act

    async def hasty(self: Desk, job: Any) -> Any:
        made: list[tuple[bytes, Item]] = []

        def trial(books: Books) -> None:
            job(books)
            for line in [key for key, _ in books.unit.scan(views.LINES)]:
                rows = books.unit.scan(views.OUTBOX, line)
                made.extend((line, parse_item(books.unit.content(row[2])[1])) for _, row in rows)  # type: ignore[index,call-overload]
            raise PeerError("RECORD-LINE")

        with suppress(PeerError):
            await self.write(trial)
        for line, item in made:
            peer = self.peer_of(line)
            address = outbox.address_of(peer)
            assert address is not None
            body = outbox.seal(self, line, (item,), peer)
            self._tasks[asyncio.ensure_future(_hint(partial(self.net.send, line, address, body)))] = None
        await asyncio.sleep(0.01)
        return await act(self, job)

    with patch.object(Desk, "act", hasty):
        yield


async def _hint(work: Any) -> None:
    with suppress(Exception):
        await work()


@contextmanager
def synchronous_normal() -> Iterator[None]:
    """Commits are not synced."""
    make = SqliteStore.__init__
    with patch.object(SqliteStore, "__init__", _partialmethod(make, planted_synchronous="NORMAL")):
        yield


def _partialmethod(method: Any, **named: Any) -> Any:
    def call(self: Any, *args: Any, **kwargs: Any) -> None:
        method(self, *args, **{**kwargs, **named})

    return call


@contextmanager
def timer_in_memory() -> Iterator[None]:
    """Deadlines are kept by the process that saw the message, and by no other."""

    async def forgetful(desk: Desk) -> None:
        old = desk.read(lambda unit: frozenset(key for key, _ in unit.scan(views.EXCHANGES)))
        while not desk.stopping:
            await asyncio.sleep(1.0)
            await desk.write(lambda books: clockwork.tick(replace(books, unit=_Forgetful(books.unit, old))))

    with patch.object(clockwork, "run", forgetful):
        yield


class _Forgetful:
    def __init__(self, unit: Any, old: frozenset[bytes]) -> None:
        self._unit = unit
        self._old = old

    def due(self, view: str, until: Instant, limit: int) -> list[tuple[bytes, Any]]:
        return [(key, value) for key, value in self._unit.due(view, until, limit) if key not in self._old]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)


@contextmanager
def double_escalation() -> Iterator[None]:
    """An alarm is named after the time of its raising, so the same cause rings anew."""

    def raise_alarm(
        books: Books, kind: str, line: bytes = b"", reference: bytes = b"", step: int = 0, *, detail: str = ""
    ) -> bytes:
        identity = alarms.alarm_id(f"{kind}{books.now}", line, reference, step)
        fields = {20: kind, 21: identity, 22: line, 23: reference, 24: step, 25: detail}
        books.enter("alarm", books.make("alarm", line, {**books.common(None), **fields}))
        return identity

    with patch.object(alarms, "raise_alarm", raise_alarm):
        yield


@contextmanager
def mark_before_notify() -> Iterator[None]:
    """An alarm is marked as rung, and then rung."""

    async def ring(desk: Desk, identity: bytes, row: Any) -> None:
        await desk.write(lambda books: alarms.mark_notified(books, identity, delivered=True))
        await desk.notifier.notify({"id": identity.hex(), "kind": row[1], "sentence": "", "detail": "", "realm": ""})

    with patch.object(clockwork, "ring", ring):
        yield


@contextmanager
def one_bell_at_a_time() -> Iterator[None]:
    """A bell waits until the one before it was answered."""
    ring, turns = clockwork.ring, asyncio.Lock()

    async def in_turn(desk: Desk, identity: bytes, row: Any) -> None:
        async with turns:
            await ring(desk, identity, row)

    with patch.object(clockwork, "ring", in_turn):
        yield


@contextmanager
def bells_by_the_clock() -> Iterator[None]:
    """An alarm is rung when the clock says that it was raised already."""

    async def run_bells(desk: Desk) -> None:
        while not desk.stopping:
            for identity, value in desk.read(lambda unit: unit.due(views.ALARMS, desk.clock.now(), 64)):
                await clockwork.ring(desk, identity, value)  # type: ignore[arg-type]  # a row
            await outbox.sleep_until(desk.bell_wake, 1.0)
            desk.bell_wake.clear()

    with patch.object(clockwork, "run_bells", run_bells):
        yield


@contextmanager
def no_gap_check() -> Iterator[None]:
    """What overtook is taken as being in order."""
    judge = braid.judge

    def lenient(direction: braid.Direction, link: braid.Link, envelope_hash: bytes, **named: Any) -> braid.Judgement:
        if link.number > direction.number + 1:
            direction = replace(direction, number=link.number - 1, hash=link.previous, released_at=0)
        elif link.number < direction.number and named["hash_at"](link.number) is None:
            return braid.Judgement(place=braid.Place.IN_ORDER, direction=direction, now_in_order=(link.number,))
        return judge(direction, link, envelope_hash, **named)

    with patch.object(braid, "judge", lenient):
        yield


@contextmanager
def unsigned_control_frame() -> Iterator[None]:
    """A hello needs no signature, "as it only carries numbers"."""
    seal = outbox.seal

    def careless(desk: Desk, line: bytes, items: Any, peer: Any) -> bytes:
        return seal(desk, line, [_bare(item) for item in items], peer)

    with patch.object(outbox, "seal", careless):
        yield


def _bare(item: Item) -> Item:
    if 25 not in item.body or 32 not in item.body:
        return item
    message = cose.parse_sign1(item.envelope, size_max=65_536, understood=frozenset({-70001, -70002, -70003, -70004}))
    return replace(item, envelope=item.envelope.replace(message.signature, bytes(len(message.signature))))


@contextmanager
def bearer_ok_is_proof() -> Iterator[None]:
    """An outbox row is deleted when the bearer says OK."""
    deliver = outbox.deliver_once

    async def trusting(desk: Desk, courier: Any, *, flash: bool = False) -> bool | None:
        load = desk.read(lambda unit: outbox.gather(unit, courier, outbox.lapse(), flash=flash))
        done = await deliver(desk, courier, flash=flash)
        if done and load.hashes:
            await desk.write(lambda books: _delete(books, courier.line, load.hashes))
        return done

    with patch.object(outbox, "deliver_once", trusting):
        yield


def _delete(books: Books, line: bytes, hashes: tuple[bytes, ...]) -> None:
    for key, row in views.rows(books.unit, views.OUTBOX, line):
        if row[1] in hashes:
            books.unit.delete(views.OUTBOX, key)
    books.note("outbox", "outbox", {20: "delivered"}, line)


@contextmanager
def fork_accepted() -> Iterator[None]:
    """An envelope with a number that is taken replaces the first one."""
    judge = braid.judge

    def lenient(direction: braid.Direction, link: braid.Link, envelope_hash: bytes, **named: Any) -> braid.Judgement:
        if link.number <= direction.number and named["hash_at"](link.number) != envelope_hash:
            return braid.Judgement(place=braid.Place.IN_ORDER, direction=direction, now_in_order=(link.number,))
        return judge(direction, link, envelope_hash, **named)

    with patch.object(braid, "judge", lenient):
        yield


@contextmanager
def view_from_the_clock() -> Iterator[None]:
    """A view takes its time from the clock and not from the entry, so that a rebuild gives another one."""
    reach = projection_lines.step_exchange
    count = iter(range(10**9))

    def restless(fact: Any, envelope_hash: bytes | None, event: Any) -> None:
        if event.reached is not None:
            event = replace(
                event, reached=replace(event.reached, at=type(event.reached.at)(event.reached.at + next(count)))
            )
        reach(fact, envelope_hash, event)

    with patch.object(projection_lines, "step_exchange", restless):
        yield


@contextmanager
def no_repeat() -> Iterator[None]:
    """A repeated envelope gets no R0 again."""
    with patch.object(inbound, "_repeat", lambda *_: None):
        yield


@contextmanager
def flash_forgotten() -> Iterator[None]:
    """The FLASH lane waits for an officer's act, although a FLASH is left over from before a restart."""
    start = Desk.start

    def start_forgetful(self: Desk) -> None:
        start(self)
        for courier in self.couriers.values():
            courier.flash.clear()

    with patch.object(Desk, "start", start_forgetful):
        yield


@contextmanager
def waits_by_the_wall_clock() -> Iterator[None]:
    """Retries wait by a clock that people set; the scene names the clock."""
    with patch.object(outbox, "lapse", lambda: asyncio.get_running_loop().wall() / 1_000_000):  # type: ignore[attr-defined]
        yield


@contextmanager
def one_table_of_what_is_carried() -> Iterator[None]:
    """The pump wakes for a FLASH that was carried long ago and that it does not carry itself: it never rests again."""
    with patch.object(outbox.Courier, "on_its_way", lambda self, **_lane: self.carried):
        yield
