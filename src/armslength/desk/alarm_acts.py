"""What officers do with an alarm besides accepting it: pass it on to whoever is to accept it, put it on the shelf.

Neither is an acceptance and neither tells the other side anything. A shelf needs a reason, an end and a second person,
is never for what rings like a FLASH, ends by itself and rings again (ISA-18.2, 11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels.texts import one_line
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import MINUTE_US, Instant, rfc3339
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import alarm_causes, alarm_state, alarms, policy, views
from armslength.desk.channel_book import enter_local
from armslength.desk.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.prepared import Signed

ASK, SHELVE, END = "ASK", "SHELVE", "END"
"""What a record `alarm-shelved` says: one officer asks, a second one puts it there, anybody of them takes it down."""

CODE: Final = "ALARM-VALUE"

MINUTES_MAX: Final = alarm_state.SHELF_US_MAX // MINUTE_US
"""What an officer may ask for: no longer than a watch."""


# --- passing on -------------------------------------------------------------------------------------------------------


def prepare_pass(books: Books, officer: str, identity: bytes, to: str, reason: str) -> Prepared:
    """Return the body by which an officer passes an alarm on to a role of the desk or to another officer.

    It stays as it is, and goes on ringing, until one of them accepts it.

    Raises:
        LocalError: ALARM-UNKNOWN, ALARM-SETTLED, ALARM-PASS, ALARM-VALUE.
    """
    body: dict[int, CborValue] = {**books.common(officer), 20: identity, 21: to, 22: reason}
    _checked_pass(books, body)
    return Prepared(type="alarm-passed", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_pass(books: Books, signed: Signed) -> int:
    """Enter that an alarm was passed on; return the journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, ALARM-... codes.
    """
    return enter_local(books, signed, _checked_pass)


def _checked_pass(books: Books, body: Mapping[int, CborValue]) -> None:
    read = FieldReader(body, CODE, LocalError)
    _open_alarm(books, read)
    to, officer = read.text(21), read.text(5)
    one_line(read.text(22), "reason", CODE)
    may = policy.LOCAL_ACTS["alarm-accepted"][1]
    known = books.roster().officers
    fits = [one for one in known.values() if one.roles & may and (one.officer == to or (to in one.roles and to in may))]
    if not [one for one in fits if one.officer != officer]:
        raise LocalError("ALARM-PASS", expected=f"another officer, or one of {', '.join(sorted(may))}", got=to)


# --- the shelf --------------------------------------------------------------------------------------------------------


def prepare_shelf(
    books: Books, officer: str, identity: bytes, step: str, *, minutes: int = 0, reason: str = ""
) -> Prepared:
    """Return the body of a step on the shelf: to ask, to sign as the second person, to take down.

    Args:
        books: the books.
        officer: who signs.
        identity: the alarm.
        step: ASK, SHELVE or END.
        minutes: how long, for ASK.
        reason: why, for ASK; whoever signs second signs the same reason and the same end.

    Raises:
        LocalError: ALARM-UNKNOWN, ALARM-SETTLED, ALARM-SHELF, ALARM-SHELF-NEVER, ALARM-SHELF-SECOND, ALARM-VALUE.
    """
    body: dict[int, CborValue] = {**books.common(officer), 20: identity, 21: step}
    if step == ASK:
        body |= {22: books.now + minutes * MINUTE_US, 23: reason}
    elif step == SHELVE:
        row = views.row(books.unit, views.ALARMS, identity)
        held = None if row is None else alarm_state.shelf(row)
        body |= {} if held is None else {22: held[1], 23: held[2]}
    _checked_shelf(books, body)
    return Prepared(type="alarm-shelved", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_shelf(books: Books, signed: Signed) -> int:
    """Enter a step on the shelf; return the journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, ALARM-... codes.
    """
    return enter_local(books, signed, _checked_shelf)


def _checked_shelf(books: Books, body: Mapping[int, CborValue]) -> None:
    read = FieldReader(body, CODE, LocalError)
    row = _open_alarm(books, read)
    step, held = read.text(21), alarm_state.shelf(row)
    lies = alarm_state.shelved_until(row, books.now)
    if step == END:
        if lies is None:
            raise LocalError("ALARM-SHELF", expected="an alarm on the shelf", got="one that rings")
        return
    if step not in {ASK, SHELVE}:
        read.refuse(field=21, expected="ASK, SHELVE or END", got=step)
    if alarm_causes.never_shelved(books.unit, row):
        raise LocalError("ALARM-SHELF-NEVER", kind=row[1])
    if lies is not None:
        raise LocalError("ALARM-SHELF", expected="an alarm that rings", got=f"one on the shelf until {rfc3339(lies)}")
    until, reason = read.instant(22), one_line(read.text(23), "reason", CODE)
    if not books.now < until <= Instant(books.now + alarm_state.SHELF_US_MAX):
        raise LocalError("ALARM-SHELF", expected="an end within twelve hours", got=rfc3339(until))
    if step == SHELVE:
        _check_second(books, read.text(5), (until, reason), held)


def _check_second(books: Books, officer: str, said: tuple[Instant, str], held: tuple[Any, ...] | None) -> None:
    if held is None or held[0] != alarm_state.ASKED or (held[1], held[2]) != said:
        raise LocalError("ALARM-SHELF", expected="what another officer asked for", got="something else")
    if held[3] == officer:
        raise LocalError("ALARM-SHELF-SECOND", officer=officer)
    full = [1 for _, row in alarm_state.unaccepted(books.unit) if alarm_state.shelved_until(row, books.now) is not None]
    if len(full) >= alarm_state.SHELVED_MAX:
        raise LocalError("ALARM-SHELF", expected=f"at most {alarm_state.SHELVED_MAX} on the shelf", got=len(full))


def _open_alarm(books: Books, read: FieldReader) -> views.Row:
    identity = read.octets(20, alarms.ALARM_ID_BYTES)
    row = views.row(books.unit, views.ALARMS, identity)
    if row is None:
        raise LocalError("ALARM-UNKNOWN", asked=identity)
    if row[8] is not None:
        raise LocalError("ALARM-SETTLED", accepted_by=row[9])
    return row


# --- a test of the bell -----------------------------------------------------------------------------------------------

TEST: Final = "ALARM-TEST"


def ring_test(books: Books, officer: str) -> bytes:
    """Raise a test of the bell, or find the one that nobody accepted yet; return its id."""
    for identity, row in alarm_state.unaccepted(books.unit):
        if row[1] == TEST:
            return identity
    reference = int(books.now).to_bytes(8, "big", signed=True)
    made = alarms.raise_alarm(books, TEST, NO_LINE, reference, detail=f"asked for by {officer}")
    return made if made is not None else alarms.alarm_id(TEST, NO_LINE, reference, 0)


# --- joins ------------------------------------------------------------------------------------------------------------


def _make_pass(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    identity = alarms.find_alarm(books, str(given["alarm"]))
    return prepare_pass(books, officer, identity, str(given["to"]), str(given["reason"]))


def _make_shelf(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    minutes = int(given.get("minutes") or 0)
    if not 0 <= minutes <= MINUTES_MAX:
        raise LocalError("ALARM-SHELF", expected=f"at most {MINUTES_MAX} minutes", got=minutes)
    identity = alarms.find_alarm(books, str(given["alarm"]))
    step, reason = str(given["step"]).upper(), str(given.get("reason") or "")
    return prepare_shelf(books, officer, identity, step, minutes=minutes, reason=reason)


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "alarm-passed": _make_pass,
    "alarm-shelved": _make_shelf,
}
"""Kind that an officer names -> what makes the body."""

SUBMITS: Final[dict[str, Callable[[Books, Signed], int]]] = {
    "alarm-passed": submit_pass,
    "alarm-shelved": submit_shelf,
}
"""Record type -> what enters it, for `Service.submit`."""
