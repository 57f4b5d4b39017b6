"""What an alarm's row says, and when its bell is due: read and written by the projection, the bells and the screens.

A row of ALARMS: {1: kind, 2: line, 3: reference, 4: step, 5: detail, 6: raised at, 7: last rung at, 8: accepted at,
9: accepted by, 10: a hook rang, 11: ended at, 12: (to, by, at, reason) of the last passing on, 13: (state, until,
reason, asked by, asked at, signed by, signed at) of its shelf, 14: steps of ringing again that are done, 15: instant of
a ring that is owed besides}. Numbers from 10 on stand only where there is something to say. ALARMS_OPEN lists what
nobody accepted, the most urgent and newest last, so that nobody reads years of alarms to find these.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import HOUR_US, MINUTE_US, Instant
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.ports import Unit

FLASH, ALARM, WARNING, CAUTION = "flash", "alarm", "warning", "caution"
"""Bells, the most urgent first (IEC 62923: emergency, alarm, warning, caution)."""

_RANKS: Final[Mapping[str, int]] = {FLASH: 3, ALARM: 2, WARNING: 1, CAUTION: 0}

BELLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "STOP-RECEIVED": FLASH,
        "FLASH-RECEIVED": FLASH,
        "WINDOW-CALL-BACK": FLASH,
        "CALL-BREAK-IN": FLASH,
        "JOURNAL-FAILED": FLASH,
        "OWN-ROLLBACK": ALARM,
        "FORK": ALARM,
        "RECEIPT-OVERDUE": ALARM,
        "WE-OWE-RECEIPT": ALARM,
        "OUTBOX-STUCK": ALARM,
        "LINE-LOST": ALARM,
        "SOUND-NOT-ARMED": ALARM,
        "CLOCK-DRIFT": ALARM,
        "READ-BACK-DOUBT": ALARM,
        "CONCERN-FLAGGED": ALARM,
        "WINDOW-VIOLATED": ALARM,
        "WINDOW-NOT-GREEN": ALARM,
        "TRANSLATION-CHANGED": ALARM,
        "SHIFT-OVERDUE": ALARM,
        "CALL-UNVERIFIED": ALARM,
        "MESSAGE-RECEIVED": WARNING,
        "ANSWER-RECEIVED": WARNING,
        "GAP": WARNING,
        "DELEGATION-UNSIGNED": WARNING,
        "FEED-UNREACHABLE": WARNING,
        "FEED-LATE": WARNING,
        "WINDOW-ASSURANCE": WARNING,
        "WINDOW-ENDED": WARNING,
        "CHECK-MISSED": WARNING,
        "CHECK-GARBLED": WARNING,
        "RUNG-PROPOSED": WARNING,
        "CASE-CONTRADICTION": WARNING,
        "DRILL-STOPPED": WARNING,
        "LIST-OVERDUE": WARNING,
        "LIST-DOUBT": WARNING,
        "NOTICE-EXPIRES": WARNING,
        "NOTICE-OWED": WARNING,
        "VERSION": WARNING,
        "ALARM-TEST": WARNING,
        "FEED-REFUSED": CAUTION,
        "WINDOW-READY": CAUTION,
        "LIST-READY": CAUTION,
        "CHECK-DUE": CAUTION,
    }
)
"""Kind of alarm -> how it rings on a floor; a test holds that every kind has its bell."""

RING_AGAIN_AT_US: Final = (2 * MINUTE_US, 5 * MINUTE_US, 10 * MINUTE_US)
"""While nobody accepts what lives depend on, the hook is asked again so long after the alarm was raised."""

SHELF_US_MAX: Final = 12 * HOUR_US
"""A shelf ends with the watch at the latest: whoever comes hears the alarm himself (ISA-18.2, 11)."""

SHELVED_MAX: Final = 8
"""Alarms on the shelf at once: more would be a floor that has switched its bell off."""

OPEN_LOOKED_AT: Final = 1_000
"""Unaccepted alarms that are counted one by one; a screen says "1000 or more"."""

ASKED, SHELVED, ENDED = "ASKED", "SHELVED", "ENDED"
"""States of a shelf: one person asked, a second one signed, it was taken down."""


def bell(kind: str) -> str:
    """Return how a kind rings; what a newer version knows and this one does not rings like an alarm."""
    return BELLS.get(kind, ALARM)


def open_key(identity: bytes, row: views.Row) -> bytes:
    """Return the key in ALARMS_OPEN: what is more urgent, then newer, sorts later."""
    return bytes((_RANKS[bell(row[1])],)) + max(0, int(row[6])).to_bytes(8, "big") + identity


def put(unit: Unit, identity: bytes, row: views.Row) -> None:
    """Store an alarm with the time of its next ring, and keep the list of those that nobody accepted."""
    unit.put(views.ALARMS, identity, row, due=next_ring(row))
    if row[8] is None:
        unit.put(views.ALARMS_OPEN, open_key(identity, row), identity)
    else:
        unit.delete(views.ALARMS_OPEN, open_key(identity, row))


def drop(unit: Unit, identity: bytes) -> None:
    """Remove an alarm whose cause was met before anybody had to hear of it."""
    row = views.row(unit, views.ALARMS, identity)
    if row is not None:
        unit.delete(views.ALARMS, identity)
        unit.delete(views.ALARMS_OPEN, open_key(identity, row))


def unaccepted(unit: Unit, limit: int | None = OPEN_LOOKED_AT) -> list[tuple[bytes, views.Row]]:
    """Return what nobody accepted, the most urgent and newest first."""
    found = []
    for _, identity in unit.scan(views.ALARMS_OPEN, reverse=True, limit=limit):
        row = views.row(unit, views.ALARMS, cast("bytes", identity))
        if row is not None:
            found.append((cast("bytes", identity), row))
    return found


def next_ring(row: views.Row) -> Instant | None:
    """Return when the bell is due: once always, later only while nobody accepted and the cause lasts."""
    if row[7] is None:
        return Instant(row[6])
    if row[8] is not None or row.get(11) is not None:
        return None
    done = row.get(14, 0)
    again = row[6] + RING_AGAIN_AT_US[done] if bell(row[1]) == FLASH and done < len(RING_AGAIN_AT_US) else None
    wanted = [at for at in (again, row.get(15)) if at is not None]
    return Instant(min(wanted)) if wanted else None


def steps_passed(row: views.Row, now: Instant) -> int:
    """Return how many steps of ringing again have come by an instant; a node that was down makes up for one ring."""
    return sum(1 for after in RING_AGAIN_AT_US if row[6] + after <= now)


def shelf(row: views.Row) -> tuple[Any, ...] | None:
    """Return the shelf of an alarm: state, until, reason, asked by, asked at, signed by, signed at."""
    return cast("tuple[Any, ...] | None", row.get(13))


def shelved_until(row: views.Row, now: Instant) -> Instant | None:
    """Return until when an alarm is on the shelf, None when it is not: it comes off by itself."""
    held = shelf(row)
    if held is None or held[0] != SHELVED or held[1] <= now or row[8] is not None:
        return None
    return Instant(held[1])


def last_rung(unit: Unit) -> str:
    """Return what came of asking the hook for the most urgent alarm that nobody accepted."""
    for _, row in unaccepted(unit, 1):
        return "rung" if row.get(10) is True else "nobody was rung" if row[7] is not None else "ringing"
    return "nothing to ring"
