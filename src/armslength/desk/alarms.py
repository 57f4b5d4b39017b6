"""Alarms: raised once per cause, notified at least once, accepted by a person - never "acknowledged".

An alarm has an identity made from its cause, so that a crash between raising and marking never raises it twice. It is
durable before anybody is notified, and marked only after (notify, then mark): a crash between the two rings again
rather than never.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.record import NO_LINE
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit

ALARM_ID_BYTES: Final = 8

ALARM_KINDS: Final[Mapping[str, str]] = {
    "STOP-RECEIVED": "STOP received. Ring the operations post now; then receipt it.",
    "FLASH-RECEIVED": "A FLASH message arrived. Read it and receipt it.",
    "MESSAGE-RECEIVED": "A message arrived. Read it and receipt it.",
    "ANSWER-RECEIVED": "The other side answered.",
    "RECEIPT-OVERDUE": (
        "A receipt that the other side owes us is overdue. Do not report the message as received. "
        "Call them by the next channel of the ladder."
    ),
    "WE-OWE-RECEIPT": "We owe the other side a receipt and its time has passed.",
    "GAP": "Numbers are missing in what the other side sent us.",
    "READ-BACK-DOUBT": "The place read back differs from the place sent. Call and read the place again.",
    "FORK": (
        "The other side's records contradict each other. Both are kept. "
        "Do not rely on that chain; decide with your auditor."
    ),
    "OWN-ROLLBACK": "The other side holds more of our journal than we do. Stop and restore before sending anything.",
    "DELEGATION-UNSIGNED": "A release by voice authority was not countersigned in time.",
    "OUTBOX-STUCK": "Messages wait and the other side cannot be reached. Not delivered yet: do not report as sent.",
    "CONCERN-FLAGGED": "A report near a protected place was flagged. A person must assess it.",
    "FEED-UNREACHABLE": "A feed cannot be read. Nothing new is known from it; that nothing is reported means nothing.",
    "FEED-LATE": "A feed has brought nothing new for too long. Do not take its silence for quiet.",
    "FEED-REFUSED": "Rows or files of a feed were refused. Look at its dead letters; what they say is not known here.",
    "WINDOW-CALL-BACK": "Crews are out and the window of silence no longer holds. Call them back now.",
    "WINDOW-NOT-GREEN": "A window of silence is not green, or no longer. No crew may be released.",
    "WINDOW-ASSURANCE": "An assurance that was asked for has not come in writing, or has run out.",
    "WINDOW-READY": "All assurances of a window are held in writing. A person may say GREEN.",
    "WINDOW-VIOLATED": "A violation of a window of silence was stated. Look at the evidence; resume or abort.",
    "WINDOW-ENDED": "The time of a window of silence has passed. Close it, or propose another time.",
    "LIST-READY": "Both sides have committed to their lists. Ours may be released.",
    "LIST-OVERDUE": "The yearly exchange of lists is late.",
    "LIST-DOUBT": "The other side's list is early, copied, or not the one it committed to. Keep both; people decide.",
    "CHECK-DUE": "A line check is due now. Make it, and record what came back.",
    "CHECK-MISSED": "A line check brought no answer in its time. Keep on; a person says what the silence is.",
    "CHECK-GARBLED": "A line check came back changed. Do not trust the path with text until it is found why.",
    "RUNG-PROPOSED": "Nobody answered in time. The next channel of the ladder is proposed; a person decides.",
    "CALL-UNVERIFIED": "A caller is not verified. Act on nothing he said; call back on the number of the book.",
    "CALL-BREAK-IN": "A caller asks to stop something now. Ring the operations post, then say who was rung.",
    "CASE-CONTRADICTION": "Two accounts of one case cannot both hold. Both are kept; look at them before you speak.",
    "TRANSLATION-CHANGED": "A later translation changes the meaning of one that was read. Read the new one now.",
    "SHIFT-OVERDUE": "The watch was due to be taken over and nobody has signed for it.",
    "DRILL-STOPPED": "A drill stands within half an hour of a change of the watch. Move it, or call it off.",
    "NOTICE-EXPIRES": "Notices run out soon, and parties still hold them. Renew or withdraw them.",
    "NOTICE-OWED": "A party holds an older version of a notice, or has not receipted it.",
    "LINE-LOST": "The path to the other side is down. Call by the next channel; look at the network.",
    "CLOCK-DRIFT": "The clocks do not agree, or ours was set. Trust no deadline and no time until a person looked.",
    "JOURNAL-FAILED": "The journal cannot be written. The node has stopped; look at the disk, start it again.",
    "SOUND-NOT-ARMED": "The watch is held and no console can ring. Arm the sound on the floor now.",
    "ALARM-TEST": "A test of the bell. Say whether you hear it, and accept it.",
    "VERSION": "The other side's software is too old or too new for this message.",
}
"""Kinds and the operator's sentence of each; an alarm of another kind cannot be raised."""


CONDITIONS: Final = frozenset({"CLOCK-DRIFT", "SOUND-NOT-ARMED"})
"""Kinds that last and end by themselves: one alarm from the beginning to the end of each time."""


def alarm_id(kind: str, line: bytes, reference: bytes, step: int) -> bytes:
    """Return the identity of the alarm for one cause: the same cause is the same alarm."""
    return sha256(cbor.encode((kind, line, reference, step))).digest()[:ALARM_ID_BYTES]


def raise_alarm(
    books: Books, kind: str, line: bytes = NO_LINE, reference: bytes = b"", step: int = 0, *, detail: str = ""
) -> bytes | None:
    """Raise an alarm unless the same cause already has one; return its id when it is new."""
    if kind not in ALARM_KINDS:
        raise LocalError("ALARM-UNKNOWN", kind=kind)
    identity = alarm_id(kind, line, reference, step)
    if books.unit.get(views.ALARMS, identity) is not None:
        return None
    fields: dict[int, CborValue] = {20: kind, 21: identity, 22: line, 23: reference, 24: step, 25: detail}
    books.enter("alarm", books.make("alarm", line, {**books.common(None), **fields}))
    return identity


def standing(books: Books, kind: str, line: bytes) -> bool:
    """Tell whether the alarm of a whole line was raised and no person has accepted it yet."""
    row = views.row(books.unit, views.ALARMS, alarm_id(kind, line, b"", 0))
    return row is not None and row[8] is None


def mark_notified(books: Books, identity: bytes, *, delivered: bool, steps: int | None = None) -> None:
    """Record that the notifier was asked, and what it answered; ``steps`` of ringing again are done with it."""
    again: dict[int, CborValue] = {} if steps is None else {22: steps}
    books.note("alarm-notified", "alarm-notified", {20: identity, 21: delivered, **again})


def begin(books: Books, kind: str, line: bytes = NO_LINE, *, detail: str = "") -> bytes | None:
    """Raise the alarm of something that lasts, unless it lasts already; return its id when it is new."""
    if kind not in CONDITIONS:
        raise LocalError("ALARM-UNKNOWN", kind=kind)
    if lasting(books.unit, kind, line) is not None:
        return None
    return raise_alarm(books, kind, line, int(books.now).to_bytes(8, "big", signed=True), detail=detail)


def end(books: Books, kind: str, line: bytes = NO_LINE) -> None:
    """Record that what an alarm was raised for is over; accepting it stays a person's act."""
    identity = lasting(books.unit, kind, line)
    if identity is not None:
        books.note("alarm-ended", "alarm-ended", {20: identity, 21: kind, 22: line}, line)


def lasting(unit: Unit, kind: str, line: bytes = NO_LINE) -> bytes | None:
    """Return the alarm of something that lasts now, None when it does not."""
    identity, lasts = _condition(unit, kind, line)
    return identity if lasts else None


def unheard(unit: Unit, kind: str, line: bytes = NO_LINE) -> bool:
    """Tell whether the last alarm of something that lasts, or lasted, was accepted by nobody yet."""
    identity, _ = _condition(unit, kind, line)
    row = None if identity is None else views.row(unit, views.ALARMS, identity)
    return row is not None and row[8] is None


def _condition(unit: Unit, kind: str, line: bytes) -> tuple[bytes | None, bool]:
    found = unit.get(views.CONDITIONS, kind.encode() + b"\x00" + line)
    return cast("tuple[bytes, bool]", found) if isinstance(found, tuple) else (None, False)


def find_alarm(books: Books, text: str) -> bytes:
    """Return the alarm that a person means by the start of its hexadecimal id.

    Raises:
        LocalError: ALARM-UNKNOWN.
    """
    if len(text) == 2 * ALARM_ID_BYTES and _is_hex(text) and books.unit.get(views.ALARMS, bytes.fromhex(text)):
        return bytes.fromhex(text)
    found = [key for key, _ in books.unit.scan(views.ALARMS) if key.hex().startswith(text.lower())]
    if len(found) != 1:
        raise LocalError("ALARM-UNKNOWN", asked=text, matches=len(found))
    return found[0]


def _is_hex(text: str) -> bool:
    return all(char in "0123456789abcdefABCDEF" for char in text)
