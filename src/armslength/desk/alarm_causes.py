"""Whether the cause of an alarm is met, and which screen shows it: read from the views, never clicked.

An alarm is *answered* when a person accepted it and what it was raised for is done: the receipt was given, the concern
assessed, the line heard again. One whose cause is met before anybody accepted it stays until somebody does.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels.drills import Status as DrillStatus
from armslength.core.instants import SECOND_US, Instant
from armslength.core.precedence import Precedence
from armslength.desk import alarm_state, views
from armslength.line import braid, exchange, session
from armslength.line.receipts import Level
from armslength.register import concerns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit

    Met = Callable[["Unit", "views.Row"], bool]

LOST_AFTER_US: Final = 180 * SECOND_US
"""A path that is down so long is more than a peer that starts its node again."""

MESSAGE_KINDS: Final = frozenset(
    {"STOP-RECEIVED", "FLASH-RECEIVED", "MESSAGE-RECEIVED", "RECEIPT-OVERDUE", "WE-OWE-RECEIPT", "OUTBOX-STUCK"}
)
"""Kinds whose reference is the envelope hash of a message."""


def lost_at(state: session.Session) -> Instant | None:
    """Return when a line whose path fails counts as lost; None while it is heard, or persons are what is awaited."""
    if state.observed is not session.Observed.DEGRADED or not state.may_stop:
        return None
    return Instant(state.observed_at + LOST_AFTER_US)


def _has(unit: Unit, reference: bytes, level: Level) -> bool:
    value = unit.get(views.EXCHANGES, reference)
    return value is not None and exchange.exchange_from_value(cast("dict[int, CborValue]", value)).has(level)


def _numbers_came(unit: Unit, row: views.Row) -> bool:
    first = int.from_bytes(row[3], "big")
    value = unit.get(views.DIRECTIONS, row[2] + views.IN)
    return value is not None and braid.direction_from_value(value).number >= first


def _countersigned(unit: Unit, row: views.Row) -> bool:
    found = views.row(unit, views.DELEGATIONS, row[3])
    return found is not None and found.get(32) is not None


def _assessed(unit: Unit, row: views.Row) -> bool:
    value = unit.get(views.CONCERNS, row[3].decode().partition(":")[0].encode())
    if value is None:
        return False
    state = concerns.concern_from_value(value)
    since = [one for one in state.history if one.at >= row[6] and one.officer]
    return bool(since) or state.status not in {concerns.Status.FLAGGED, concerns.Status.CORROBORATED}


def _heard(unit: Unit, row: views.Row) -> bool:
    value = unit.get(views.SESSIONS, row[2])
    return value is not None and bool(session.session_from_value(value).last_heard_at > row[6])


def _taken(unit: Unit, row: views.Row) -> bool:
    held = views.row(unit, views.SHIFTS, b"now")
    return held is not None and bool(held[2] > row[6])


def _drill_over(unit: Unit, row: views.Row) -> bool:
    found = views.row(unit, views.DRILLS, row[3])
    return found is not None and found[1] not in {DrillStatus.STOPPED.value, DrillStatus.PLANNED.value}


def _ended(_unit: Unit, row: views.Row) -> bool:
    return row.get(11) is not None


def _accepted(_unit: Unit, row: views.Row) -> bool:
    return row[8] is not None


def _by_nothing(_unit: Unit, _row: views.Row) -> bool:
    return False


_MET: Final[Mapping[str, Met]] = MappingProxyType(
    {
        # STOP asks for more than reading: the command was told (R3), or there is an answer.
        "STOP-RECEIVED": lambda unit, row: _has(unit, row[3], Level.PASSED) or _has(unit, row[3], Level.ANSWERED),
        "FLASH-RECEIVED": lambda unit, row: _has(unit, row[3], Level.READ),
        "MESSAGE-RECEIVED": lambda unit, row: _has(unit, row[3], Level.READ),
        "RECEIPT-OVERDUE": lambda unit, row: _has(unit, row[3], Level(row[4])),
        "WE-OWE-RECEIPT": lambda unit, row: _has(unit, row[3], Level(row[4])),
        "OUTBOX-STUCK": lambda unit, row: _has(unit, row[3], Level.HELD),
        "GAP": _numbers_came,
        "DELEGATION-UNSIGNED": _countersigned,
        "CONCERN-FLAGGED": _assessed,
        "LINE-LOST": _heard,
        "SHIFT-OVERDUE": _taken,
        "DRILL-STOPPED": _drill_over,
        "FEED-UNREACHABLE": _ended,
        "FEED-LATE": _ended,
        "FEED-REFUSED": _ended,
        "CLOCK-DRIFT": _ended,
        "SOUND-NOT-ARMED": _ended,
        # To hear of it, or to have read it, is all that these ask.
        "ANSWER-RECEIVED": _accepted,
        "TRANSLATION-CHANGED": _accepted,
        "ALARM-TEST": _accepted,
        "WINDOW-READY": _accepted,
        "LIST-READY": _accepted,
    }
)
"""Kind -> whether its cause is met."""

NOT_SEEN: Final = frozenset(
    {
        "READ-BACK-DOUBT",
        "FORK",
        "OWN-ROLLBACK",
        "JOURNAL-FAILED",
        "WINDOW-CALL-BACK",
        "WINDOW-NOT-GREEN",
        "WINDOW-ASSURANCE",
        "WINDOW-VIOLATED",
        "WINDOW-ENDED",
        "LIST-OVERDUE",
        "LIST-DOUBT",
        "CHECK-DUE",
        "CHECK-MISSED",
        "CHECK-GARBLED",
        "RUNG-PROPOSED",
        "CALL-UNVERIFIED",
        "CALL-BREAK-IN",
        "CASE-CONTRADICTION",
        "NOTICE-EXPIRES",
        "NOTICE-OWED",
        "VERSION",
    }
)
"""Kinds of which this node cannot tell whether people did what was asked; they stay accepted."""


def met(unit: Unit, row: views.Row) -> bool:
    """Tell whether what an alarm was raised for is done, as far as the views say."""
    return row.get(11) is not None or _MET.get(row[1], _by_nothing)(unit, row)


def precedence(unit: Unit, row: views.Row) -> Precedence | None:
    """Return the precedence of the message that an alarm is about, None when it is about none."""
    found = views.row(unit, views.MESSAGES, row[3]) if row[1] in MESSAGE_KINDS else None
    return None if found is None else Precedence(found[7])


def never_shelved(unit: Unit, row: views.Row) -> bool:
    """Tell whether an alarm may never be put on the shelf: STOP, FLASH, and whatever rings like them."""
    return alarm_state.bell(row[1]) == alarm_state.FLASH or precedence(unit, row) is Precedence.FLASH


_SCREENS: Final[tuple[tuple[str, str], ...]] = (
    ("WINDOW-", "windows"),
    ("FEED-", "register"),
    ("LIST-", "register"),
    ("CHECK-", "checks"),
    ("CALL-", "calls"),
    ("NOTICE-", "notices"),
    ("CONCERN-", "concerns"),
    ("RUNG-", "channels"),
    ("CASE-", "cases"),
    ("SHIFT-", "handover"),
    ("DRILL-", "handover"),
    ("TRANSLATION-", "translations"),
    ("DELEGATION-", "release"),
    ("LINE-", "floor"),
    ("CLOCK-", "admin"),
    ("JOURNAL-", "journal"),
    ("OWN-", "journal"),
    ("FORK", "journal"),
    ("GAP", "messages"),
    ("SOUND-", "alarms"),
    ("ALARM-", "alarms"),
)
"""Start of a kind -> screen that shows its cause; the rest is about messages."""


def opens(row: views.Row) -> dict[str, Any]:
    """Return the screen that shows an alarm's cause, and by which name it opens it there, None for the screen alone."""
    screen = next((screen for start, screen in _SCREENS if row[1].startswith(start)), "messages")
    if row[1] in MESSAGE_KINDS:
        return {"screen": screen, "name": row[3].hex()}
    if screen in {"windows", "concerns", "calls", "channels"}:
        return {"screen": screen, "name": _text(row[3].partition(b":")[0])}
    if screen == "cases":
        return {"screen": screen, "name": _text(row[3].partition(b"\x00")[0])}
    return {"screen": screen, "name": row[2].hex() if screen == "floor" and row[2] else None}


def _text(key: bytes) -> str | None:
    return key.decode("ascii") if key.isascii() else None
