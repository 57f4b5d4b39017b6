"""The shift: roster, hand-over, drills: what officers record and what the clock does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import shifts
from armslength.channels.shifts_value import roster_from_value, roster_value
from armslength.channels.texts import lines_of
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import MINUTE_US, Instant, rfc3339
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_text
from armslength.desk import alarms, channel_book, drilling, handover, shift_changes, views
from armslength.desk.prepared import Prepared, Signed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.shifts import Roster
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books

HAND_OVER, TAKE, OVERDUE = "HAND-OVER", "TAKE", "OVERDUE"
"""What a record `shift` says; OVERDUE is the node's."""

FORM_AGE_US_MAX: Final = 30 * MINUTE_US
"""A form older than half an hour no longer says how things stand; it is made anew before it is signed."""

NOTES_BYTES_MAX: Final = 4 * 1024
"""What who leaves adds to the form, a page of it."""

KEYS_MAX: Final = 32
"""Things handed over by hand."""

CODE: Final = "SHIFT-VALUE"


# --- looking ----------------------------------------------------------------------------------------------------------


def now_on_watch(books: Books) -> views.Row | None:
    """Return who has the watch by signature, None before anybody took it (see projection_shifts)."""
    return views.row(books.unit, views.SHIFTS, shift_changes.NOW)


def scheduled(books: Books) -> list[shifts.Watch]:
    """Return the watches that the roster has for now, the one that began last first."""
    return shifts.on_watch(shift_changes.watches(books.unit, books.now, books.now), books.now)


def watch_name(books: Books) -> str:
    """Return the name of the watch that ends: the one that was taken, else the one that the roster has."""
    row = now_on_watch(books)
    if row is not None and row[4]:
        return str(row[4])
    found = scheduled(books)
    return found[-1].name if found else ""


# --- rosters ----------------------------------------------------------------------------------------------------------


def prepare_roster(books: Books, officer: str, given: Roster, reason: str) -> Prepared:
    """Return the body of a roster; for the time that it covers it takes the place of the one before.

    Raises:
        LocalError: ROSTER-VALUE, an officer whom our manifest does not have.
    """
    value = cast("CborValue", roster_value(given))
    body: dict[int, CborValue] = {**books.common(officer), 20: value, 21: reason}
    _checked_roster(books, body)
    return Prepared(type="roster", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_roster(books: Books, signed: Signed) -> int:
    """Enter a roster, and ring for drills that now stand near a change of the watch; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, ROSTER-VALUE.
    """
    index = channel_book.enter_local(books, signed, _checked_roster)
    drilling.ring_for_roster(books, index)
    return index


def _checked_roster(books: Books, body: Mapping[int, CborValue]) -> Roster:
    read = FieldReader(body, shifts.CODE, LocalError)
    if read.value(21) != "":
        check_text(read.text(21), bytes_max=NOTES_BYTES_MAX)
    found = roster_from_value(read.value(20))
    known = books.roster().officers
    for watch in found.watches:
        for officer, role in watch.officers:
            if officer not in known or role not in known[officer].roles:
                raise shifts.wrong("officers", "officers of our manifest in their roles", f"{officer} as {role}")
        if watch.supervisor and watch.supervisor not in known:
            raise shifts.wrong("supervisor", "an officer of our manifest", watch.supervisor)
    return found


# --- handing over and taking over -------------------------------------------------------------------------------------


def prepare_handover(books: Books, officer: str, notes: str, keys: tuple[str, ...]) -> Prepared:
    """Return the body by which an officer hands over: the form of this minute, whole, and its hash.

    Raises:
        LocalError: SHIFT-NOT-YOURS, another has the watch; SHIFT-VALUE.
    """
    watch = watch_name(books)
    lines_of(keys, KEYS_MAX, "keys", CODE)
    if any(len(one) > handover.LINE_CHARS for one in keys):
        raise LocalError(CODE, field="keys", expected=f"at most {handover.LINE_CHARS} characters each")
    check_text(notes, bytes_max=NOTES_BYTES_MAX)
    text = handover.form(books, watch, notes, keys).text
    return _prepared(books, officer, {20: HAND_OVER, 21: text, 22: handover.form_hash(text), 23: watch})


def prepare_take(books: Books, officer: str, code: str, reason: str) -> Prepared:
    """Return the body by which an officer takes the watch.

    Args:
        code: the first characters of the form's hash, as they stand at its foot; empty where nobody handed over.
        reason: why it is taken without a hand-over; needed then.

    Raises:
        LocalError: SHIFT-FORM, the characters are not the form's; SHIFT-SAME; SHIFT-VALUE.
    """
    pending = pending_form(books)
    begins = shift_changes.beginning_for(books.unit, books.now, officer)
    watch = "" if begins is None else begins.name
    if pending is None:
        text = handover.form(books, watch, reason, ()).text
        return _prepared(books, officer, {20: TAKE, 21: text, 22: handover.form_hash(text), 23: watch, 24: reason})
    digest = cast("bytes", pending[6])
    if len(code) < handover.CODE_CHARS or not digest.hex().startswith(code.lower()):
        raise LocalError("SHIFT-FORM", expected="the characters at the foot of the form", got=code or "nothing")
    return _prepared(books, officer, {20: TAKE, 22: digest, 23: watch, 24: reason, 26: pending[1]})


def pending_form(books: Books) -> views.Row | None:
    """Return the hand-over that waits for somebody to take the watch, None when none does."""
    held = now_on_watch(books)
    return None if held is None or held[5] is None else shift_row(books, held[5])


def shift_row(books: Books, entry: int) -> views.Row | None:
    """Return a hand-over or a taking over by its entry, None when there is none."""
    return views.row(books.unit, views.SHIFTS, shift_changes.key(shift_changes.SHIFT, entry)) if entry >= 0 else None


def _prepared(books: Books, officer: str, fields: dict[int, CborValue]) -> Prepared:
    body: dict[int, CborValue] = {**books.common(officer), **fields}
    _checked_shift(books, body)
    return Prepared(type="shift", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_shift(books: Books, signed: Signed) -> int:
    """Enter a hand-over or a taking over; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, SHIFT-... codes.
    """
    return channel_book.enter_local(books, signed, _checked_shift)


def _checked_shift(books: Books, body: Mapping[int, CborValue]) -> None:
    read = FieldReader(body, CODE, LocalError)
    kind, officer = read.text(20), read.text(5)
    if kind not in {HAND_OVER, TAKE}:
        read.refuse(field=20, expected=f"{HAND_OVER} or {TAKE}", got=kind)
    if read.value(23) != "":
        read.text(23)
    digest = read.octets(22, 32)
    pending, held = pending_form(books), now_on_watch(books)
    if kind == HAND_OVER:
        if held is not None and held[3] != officer:
            raise LocalError("SHIFT-NOT-YOURS", expected=held[3], got=officer)
        _check_text(books, read, digest)
        return
    if held is not None and held[3] == officer and not _stays(books, officer, held):
        raise LocalError("SHIFT-SAME", officer=officer)
    if pending is None:
        if held is not None or read.value(24) != "":
            # Somebody has the watch and did not hand it over: who takes it says why.
            check_text(read.text(24), bytes_max=NOTES_BYTES_MAX)
        _check_text(books, read, digest)
    elif read.value(26) != pending[1] or digest != pending[6]:
        raise LocalError("SHIFT-FORM", expected=handover.code_of(pending[6]), got=handover.code_of(digest))


def _stays(books: Books, officer: str, held: views.Row) -> bool:
    """Tell whether who has the watch signs for another one that begins: two watches in a row are one man's too."""
    begins = shift_changes.beginning_for(books.unit, books.now, officer)
    return begins is not None and held[2] < begins.from_at - shift_changes.EARLY_US


def _check_text(books: Books, read: FieldReader, digest: bytes) -> None:
    text = read.text(21, handover.FORM_BYTES_MAX)
    if handover.form_hash(text) != digest:
        raise LocalError(
            "SHIFT-FORM", expected=handover.code_of(handover.form_hash(text)), got=handover.code_of(digest)
        )
    made_at = read.instant(2)
    if not 0 <= books.now - made_at <= FORM_AGE_US_MAX:
        raise LocalError("SHIFT-FORM-OLD", made=rfc3339(made_at), now=rfc3339(books.now))


# --- the clock --------------------------------------------------------------------------------------------------------


def tick_change(books: Books, _key: bytes) -> None:
    """Ring when the watch was to change and nobody has signed for it."""
    row = views.row(books.unit, views.SHIFTS, shift_changes.CHANGE)
    if row is None or row[2] is None:
        return
    begins = Instant(row[2])
    held = now_on_watch(books)
    books.note("shift", "shift", {20: OVERDUE, 23: row[3], 27: begins})
    who = "nobody has signed before" if held is None else f"{held[3]} has the watch by the last signature"
    detail = f"{row[3]} since {rfc3339(begins)}; {who}"
    alarms.raise_alarm(books, "SHIFT-OVERDUE", reference=shift_changes.CHANGE, step=int(begins), detail=detail)


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {
    "roster": submit_roster,
    "shift": submit_shift,
    "drill": drilling.submit_drill,
}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], Any]], ...]] = (
    (views.SHIFTS, tick_change),
    (views.DRILLS, drilling.tick),
)
"""View and what is done with a row of it that falls due."""
