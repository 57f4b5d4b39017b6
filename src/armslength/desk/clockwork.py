"""The clockwork: deadlines that survive restarts, and bells that are rung before they are marked as rung.

Every deadline is an absolute instant in a view made from the journal; nothing waits in memory. A tick records what is
late (entry and alarm, one transaction); the bells ring for what is recorded, and then record that they rang: a crash
rings twice rather than never.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import shown
from armslength.core.instants import Instant, rfc3339
from armslength.core.precedence import Precedence
from armslength.core.record import NO_LINE
from armslength.desk import (
    alarm_state,
    alarms,
    booking,
    calling,
    casework,
    checking_lines,
    contacting,
    listing,
    notifying,
    phrasing,
    shift_work,
    translating,
    views,
    watch_days,
    windowing,
)
from armslength.desk.outbox import sleep_until
from armslength.line import exchange
from armslength.line.exchange import EffectKind, Event, EventKind, Exchange
from armslength.line.receipts import Level
from armslength.line.session import SessionEvent, session_from_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.desk.ports import Unit

DUE_A_TICK: Final = 64
"""Deadlines taken in one transaction; the next tick follows at once when there are more."""

ALARMS_AT_ONCE: Final = 1_024
"""Alarms looked at together; the hook itself bounds how many it serves side by side."""

ANY_TIME: Final = Instant(2**63 - 1)
"""The last instant that a store can hold."""

RING_AGAIN_AFTER_S: Final = (2.0, 10.0, 30.0)
"""A hook that failed is asked again while somebody may still come; then the screen says that nobody was rung."""

IDLE_S: Final = 30.0
"""The clockwork looks at least so often, should the clock have been set."""


_TICKS: Final = (
    (views.WINDOWS, windowing.tick),
    (views.LISTS, listing.tick),
    (views.WATCH_DAY, watch_days.tick),
    *booking.TICKS,
    *contacting.TICKS,
    *checking_lines.TICKS,
    *calling.TICKS,
    *casework.TICKS,
    *shift_work.TICKS,
    *phrasing.TICKS,
    *translating.TICKS,
    *notifying.TICKS,
)
"""Views whose rows fall due, and what is done with one."""

_CLOCKED: Final = (views.EXCHANGES, views.GAPS, views.DELEGATIONS, views.SESSIONS, *(view for view, _ in _TICKS))
"""Every view whose rows fall due."""


def next_due(unit: Unit) -> Instant | None:
    """Return the earliest instant at which something is due, None when nothing is."""
    found = [unit.next_due(view) for view in _CLOCKED]
    return min((at for at in found if at is not None), default=None)


def tick(books: Books) -> int:
    """Record everything that is late now; return how many deadlines were taken."""
    taken = 0
    for key, value in books.unit.due(views.EXCHANGES, books.now, DUE_A_TICK):
        _exchange_late(books, key, exchange.exchange_from_value(cast("dict[int, CborValue]", value)))
        taken += 1
    for key, value in books.unit.due(views.GAPS, books.now, DUE_A_TICK):
        row = cast("dict[int, int]", value)
        numbers = f"{row[1]} to {row[2]}" if row[1] != row[2] else str(row[1])
        books.note("deadline", "deadline", {20: "gap", 21: key, 22: books.now}, key)
        alarms.raise_alarm(books, "GAP", key, row[1].to_bytes(8, "big"), detail=f"missing {numbers}")
        taken += 1
    for key, value in books.unit.due(views.DELEGATIONS, books.now, DUE_A_TICK):
        delegation = cast("dict[int, CborValue]", value)
        books.note("deadline", "deadline", {20: "delegation", 21: key, 22: books.now})
        if delegation.get(32) is None:
            alarms.raise_alarm(
                books, "DELEGATION-UNSIGNED", reference=key, detail=f"given by {shown(delegation.get(29))}"
            )
        taken += 1
    for key, _ in books.unit.due(views.SESSIONS, books.now, DUE_A_TICK):
        _line_lost(books, key)
        taken += 1
    for view, tick_one in _TICKS:
        for key, _ in books.unit.due(view, books.now, DUE_A_TICK):
            tick_one(books, key)
            taken += 1
    return taken


def _line_lost(books: Books, line: bytes) -> None:
    """Ring for a path that is down, unless the messages that wait for it rang already: one outage, one bell."""
    state = session_from_value(books.unit.get(views.SESSIONS, line))
    books.note("deadline", "deadline", {20: "line", 21: line, 22: books.now}, line)
    first = books.unit.scan(views.OUTBOX, line, limit=1)
    reference = cast("dict[int, bytes]", first[0][1])[1] if first else b""
    stuck = alarms.alarm_id("OUTBOX-STUCK", line, reference, 0)
    if reference and books.unit.get(views.ALARMS, stuck) is not None:
        return
    since = int(state.observed_at).to_bytes(8, "big", signed=True)
    detail = f"{books.line(line).peer} since {rfc3339(state.observed_at)}"
    alarms.raise_alarm(books, "LINE-LOST", line, since, detail=detail)


def _exchange_late(books: Books, key: bytes, state: Exchange) -> None:
    row = views.row(books.unit, views.MESSAGES, key)
    line = row[1] if row is not None else NO_LINE
    effects = exchange.step(state, Event(kind=EventKind.TICK), books.now).effects
    books.note("deadline", "deadline", {20: "exchange", 21: key, 22: books.now}, line)
    if row is None:
        return
    for effect in effects:
        if effect.kind is EffectKind.RAISE_OVERDUE:
            _raise_overdue(books, key, row, state, effect.level)


def _raise_overdue(books: Books, key: bytes, row: views.Row, state: Exchange, level: Level) -> None:
    peer = books.line(row[1]).peer
    label = f"{level.short} of {row[6]} {row[3]}"
    if row[2] == views.IN:
        if level is not Level.HELD:
            alarms.raise_alarm(books, "WE-OWE-RECEIPT", row[1], key, int(level), detail=f"{label} from {peer}")
        return
    if level is Level.HELD and state.precedence < Precedence.FLASH:
        # One alarm an outage, not one a message: it is named by the first message that waits.
        first = books.unit.scan(views.OUTBOX, row[1], limit=1)
        reference = cast("dict[int, bytes]", first[0][1])[1] if first else key
        alarms.raise_alarm(books, "OUTBOX-STUCK", row[1], reference, detail=f"to {peer}, since {label}")
        return
    if level is not Level.HELD and notifying.owed(books, key):
        return
    if level is Level.READ:
        # Their node may well answer: it is the persons who are silent, and that is a state of the line (A2).
        books.note("session", "session", {20: SessionEvent.UNANSWERED.value, 21: label}, row[1])
    alarms.raise_alarm(books, "RECEIPT-OVERDUE", row[1], key, int(level), detail=f"{label} to {peer}")


def waiting_to_ring(unit: Unit) -> list[tuple[bytes, CborValue]]:
    """Return the alarms that nobody was notified of yet, whatever the clock says now: it may have been set back."""
    return [(key, row) for key, row in _clocked_alarms(unit) if cast("views.Row", row)[7] is None]


def _clocked_alarms(unit: Unit) -> list[tuple[bytes, CborValue]]:
    return unit.due(views.ALARMS, ANY_TIME, ALARMS_AT_ONCE)


def waiting_to_ring_again(unit: Unit, now: Instant) -> list[list[tuple[bytes, views.Row]]]:
    """Return the alarms whose next step has come, those of one kind and line together: a flood is one more ring."""
    found: dict[tuple[str, bytes], list[tuple[bytes, views.Row]]] = {}
    for identity, value in _clocked_alarms(unit):
        row = cast("views.Row", value)
        at = alarm_state.next_ring(row)
        if row[7] is not None and at is not None and at <= now:
            found.setdefault((row[1], row[2]), []).append((identity, row))
    return list(found.values())


def next_ring(unit: Unit, now: Instant) -> float:
    """Return how many seconds the bells may rest, at most `IDLE_S`."""
    rings = [alarm_state.next_ring(cast("views.Row", row)) for _, row in _clocked_alarms(unit)]
    return min([IDLE_S, *((at - now) / 1_000_000 for at in rings if at is not None and at > now)])


async def ring(desk: Desk, identity: bytes, row: Mapping[int, CborValue]) -> None:
    """Notify of one alarm, again after a while when the hook fails, then mark it: as rung, or as rung to nobody."""
    shown_alarm = _shown(desk, identity, row)
    delivered = await desk.notifier.notify(shown_alarm)
    for pause_s in RING_AGAIN_AFTER_S:
        # Nothing is marked while it is tried again, so that a restart in between rings it anew.
        if delivered is not False or desk.stopping or _accepted(desk, identity):
            break
        await sleep_until(desk.stopped, pause_s)
        delivered = await desk.notifier.notify(shown_alarm)
    await desk.write(lambda books: alarms.mark_notified(books, identity, delivered=delivered is True))


def _shown(desk: Desk, identity: bytes, row: Mapping[int, CborValue]) -> dict[str, str]:
    kind = str(row[1])
    return {
        "id": identity.hex(),
        "kind": kind,
        "bell": alarm_state.bell(kind),
        "sentence": alarms.ALARM_KINDS.get(kind, kind),
        "detail": str(row[5]),
        "realm": desk.realm.value,
    }


async def ring_again(desk: Desk, group: list[tuple[bytes, views.Row]]) -> None:
    """Ask the hook once more for alarms of one kind and line that nobody accepted, then mark each of them.

    A step that passed while the node was down is made up for by one ring. A hook that fails is not tried anew: the
    next step is.
    """
    identity, row = group[-1]
    passed = row.get(12)
    told = {**_shown(desk, identity, row), "again": str(1 + max(one.get(14, 0) for _, one in group))}
    told |= {"waiting": str(len(group))} if len(group) > 1 else {}
    told |= {"passed-to": str(passed[0])} if passed else {}
    delivered = await desk.notifier.notify(told)

    def mark(books: Books) -> None:
        for key, one in group:
            alarms.mark_notified(
                books, key, delivered=delivered is True, steps=alarm_state.steps_passed(one, books.now)
            )

    await desk.write(mark)


def _accepted(desk: Desk, identity: bytes) -> bool:
    row = desk.read(lambda unit: views.row(unit, views.ALARMS, identity))
    return row is None or row[8] is not None


async def run_bells(desk: Desk) -> None:
    """Ring for ever, each alarm by itself: a hook that hangs holds up no other bell and no deadline."""
    ringing: set[bytes] = set()

    async def ring_one(identity: bytes, row: Mapping[int, CborValue]) -> None:
        try:
            await ring(desk, identity, row)
        finally:
            ringing.discard(identity)

    async def ring_group(group: list[tuple[bytes, views.Row]]) -> None:
        try:
            await ring_again(desk, group)
        finally:
            ringing.difference_update(key for key, _ in group)

    try:
        async with asyncio.TaskGroup() as bells:
            while not desk.stopping:
                now = desk.clock.now()
                for every in desk.read(partial(waiting_to_ring_again, now=now)):
                    group = [one for one in every if one[0] not in ringing]
                    if group:
                        ringing.update(key for key, _ in group)
                        bells.create_task(ring_group(group))
                for identity, value in desk.read(waiting_to_ring):
                    if identity not in ringing:
                        ringing.add(identity)
                        bells.create_task(ring_one(identity, cast("dict[int, CborValue]", value)))
                await sleep_until(desk.bell_wake, desk.read(partial(next_ring, now=now)))
                desk.bell_wake.clear()
    except BaseExceptionGroup as failed:
        # The first failure ends the loop under its own name, as it ends every other loop.
        raise failed.exceptions[0] from failed


async def run(desk: Desk) -> None:
    """Serve the deadlines for ever."""
    while not desk.stopping:
        now = desk.clock.now()
        due = desk.read(next_due)
        if due is None or due > now:
            rest = IDLE_S if due is None else min(IDLE_S, (due - now) / 1_000_000)
            await sleep_until(desk.clock_wake, rest)
            desk.clock_wake.clear()
            continue
        await desk.write(tick)
