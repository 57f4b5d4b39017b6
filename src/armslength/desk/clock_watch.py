"""The clock of this node against two sources: the time that peers state, and the seconds that this machine counts.

Every deadline and every time in the journal is this clock's. A peer may lie about its own, so its word rings a bell and
does nothing else; a clock that was set shows in this machine's own count, which nobody sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.instants import SECOND_US, Instant
from armslength.core.record import NO_LINE
from armslength.desk import alarms
from armslength.desk.outbox import lapse, sleep_until

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.desk.desk import Desk
    from armslength.desk.ports import Unit

KIND: Final = "CLOCK-DRIFT"

JUMP_US: Final = 2 * SECOND_US
"""A clock that is slewed moves by far less between two looks; more is a clock that was set, or a machine that slept."""

LOOK_EVERY_S: Final = 5.0

STEADY_US: Final = 600 * SECOND_US
"""After ten minutes without another jump the clock is taken for steady again."""


def heard(books: Books, line: LineView, stated: Instant) -> None:
    """Hold a time that a peer's node states in its hello, made when it was sent, against our clock.

    The charter's tolerance decides; it ends at half of it, so that a clock at the border does not ring for ever.
    """
    apart, tolerance = books.now - stated, line.charter.clock_tolerance_s * SECOND_US
    if abs(apart) > tolerance and not alarms.unheard(books.unit, KIND, line.line):
        # A peer that says now this and now that rings once until somebody accepts it.
        way = "ahead of" if apart > 0 else "behind"
        alarms.begin(books, KIND, line.line, detail=f"ours is {abs(apart) // SECOND_US} s {way} what {line.peer} says")
    elif abs(apart) * 2 <= tolerance:
        alarms.end(books, KIND, line.line)


async def run(desk: Desk) -> None:
    """Hold the clock against the loop's own count for ever."""
    wall, counted = desk.clock.now(), lapse()
    steady_since = counted
    while not desk.stopping:
        await sleep_until(desk.stopped, LOOK_EVERY_S)
        now, seconds = desk.clock.now(), lapse()
        jumped = (now - wall) - round((seconds - counted) * SECOND_US)
        wall, counted = now, seconds
        if abs(jumped) > JUMP_US:
            steady_since = seconds
            await desk.write(lambda books, by=jumped: _jumped(books, by))  # type: ignore[misc]  # bound at once
        elif (seconds - steady_since) * SECOND_US >= STEADY_US and desk.read(_lasts):
            await desk.write(lambda books: alarms.end(books, KIND))


def _jumped(books: Books, by_us: int) -> None:
    way = "forward" if by_us > 0 else "back"
    alarms.begin(
        books, KIND, NO_LINE, detail=f"our clock was set {way} by {abs(by_us) // SECOND_US} s, or the node slept"
    )


def _lasts(unit: Unit) -> bool:
    return alarms.lasting(unit, KIND) is not None
