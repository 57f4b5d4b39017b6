"""Changes of officers and their keys at the desk: proposed by one person, approved by another, signed by the root.

The rule of two persons stands here and not on a screen: who approves is neither who proposed nor the officer whom it
is about. A key registered with an enrolment code was asked for by the administrator who made the code.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import HOUR_US
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_structured
from armslength.desk import numbering, officer_keys, policy, views
from armslength.desk import officer_changes as changes
from armslength.desk.officer_changes import Change, Status, Step, What
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line.manifest import OFFICER_KEYS_MAX, OFFICERS_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.attestation import Officer, OfficerKey
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books

PREFIX: Final = "OC"
"""Changes are numbered OC-2026-000001."""

ADMINISTRATOR: Final = "administrator"

CODE_BYTES: Final = 15
"""120 bits, 24 characters to type: nobody finds one by trying, so trying is not counted."""

CODE_SPAN_US: Final = 24 * HOUR_US
"""A code is used on the day on which it was handed over."""

OPEN_MAX: Final = 200
"""Changes that wait at one time; a hundred officers who join on one day are approved in two halves."""

_OWN: Final = frozenset({What.ADD_KEY, What.REMOVE_KEY})
"""What an officer may propose for himself."""

_CODED: Final = frozenset({What.ADD_KEY, What.RECOVER})
"""What a code can be for: a key that the officer brings later."""


# --- proposing --------------------------------------------------------------------------------------------------------


def prepare_change(books: Books, officer: str, change: Change, reason: str) -> Prepared:
    """Return the body of a proposal.

    Args:
        officer: who proposes.
        change: what is proposed.
        reason: why; it is kept.

    Raises:
        LocalError: OFFICER-... codes.
    """
    body = {**_begin(books, officer, Step.PROPOSE), **change.value(), changes.REASON: reason}
    return _prepared(books, "officer-change", body, _check_change)


def prepare_code(books: Books, officer: str, what: What, concerned: str, reason: str) -> tuple[Prepared, str]:
    """Return the body by which an administrator lets an officer register a key with a code, and the code.

    The code is in no record: its hash is. It is handed over in person, once, and holds for a day.

    Raises:
        LocalError: OFFICER-... codes.
    """
    code = b32encode(books.rng.bytes(CODE_BYTES)).decode()
    body: dict[int, CborValue] = {
        **_begin(books, officer, Step.CODE),
        changes.WHAT: what.value,
        changes.OFFICER: concerned,
        changes.REASON: reason,
        changes.CODE_HASH: code_hash(code),
        changes.CODE_UNTIL: books.now + CODE_SPAN_US,
    }
    return _prepared(books, "officer-change", body, _check_change), "-".join(
        code[at : at + 4] for at in range(0, len(code), 4)
    )


def code_hash(code: str) -> bytes:
    """Return the hash by which a code is known: of its letters and digits, however they were grouped."""
    return sha256(b"enrolment code " + "".join(code.upper().split()).replace("-", "").encode()).digest()


def _begin(books: Books, officer: str, step: Step) -> dict[int, CborValue]:
    number = numbering.next_number(books, views.OFFICER_CHANGES, PREFIX)
    return {**books.common(officer), changes.STEP: step.value, changes.NUMBER: number}


def _prepared(
    books: Books, kind: str, body: dict[int, CborValue], check: Callable[[Books, Mapping[int, CborValue]], object]
) -> Prepared:
    check(books, body)
    return Prepared(type=kind, line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_change(books: Books, signed: Signed) -> int:
    """Enter a proposal, or an administrator's leave to register a key with a code; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, NUMBER-TAKEN, OFFICER-... codes.
    """
    return _enter(books, signed, _check_change)


def submit_approval(books: Books, signed: Signed) -> int:
    """Enter the approval or the refusal of a change; what it takes away is blocked here from this entry on.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, OFFICER-... codes.
    """
    return _enter(books, signed, _check_approval)


def _enter(books: Books, signed: Signed, check: Callable[[Books, Mapping[int, CborValue]], object]) -> int:
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    act, _ = policy.LOCAL_ACTS[prepared.type]
    policy.require(acts[0], act, ROLES[prepared.type](prepared.body), str(prepared.body.get(5)))
    check(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter(prepared.type, record)


def _change_roles(body: Mapping[int, CborValue]) -> frozenset[str]:
    """Return who may propose: an administrator; of his own keys, every officer."""
    own = body.get(changes.STEP) == Step.PROPOSE and body.get(5) == body.get(changes.OFFICER)
    return policy.LOCAL_ACTS["officer-change"][1] if own and body.get(changes.WHAT) in _OWN else _ADMINISTRATORS


def _approval_roles(_body: Mapping[int, CborValue]) -> frozenset[str]:
    return policy.LOCAL_ACTS["officer-approval"][1]


_ADMINISTRATORS: Final = frozenset({ADMINISTRATOR})

SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {
    "officer-change": submit_change,
    "officer-approval": submit_approval,
}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {
    "officer-change": _change_roles,
    "officer-approval": _approval_roles,
}
"""Record type -> roles for that very body."""


# --- what may be proposed ---------------------------------------------------------------------------------------------


def planned(books: Books) -> dict[str, Officer]:
    """Return our officers as the next manifest will list them: those in force, with what was approved."""
    pending = [change for _, change in officer_keys.waiting(books.unit)]
    return changes.applied(books.manifest().officers, pending)


def _check_change(books: Books, body: Mapping[int, CborValue]) -> None:
    read = FieldReader(dict(body), changes.CODE, LocalError)
    step = read.text(changes.STEP, 16)
    _check_reason(read)
    numbering.require_next(books, views.OFFICER_CHANGES, PREFIX, read.text(changes.NUMBER, 32))
    if sum(row[1] in _OPEN for _, row in views.rows(books.unit, views.OFFICER_CHANGES)) >= OPEN_MAX:
        raise LocalError("OFFICER-CHANGES-OPEN", limit=OPEN_MAX)
    if step == Step.CODE:
        _check_code(books, read)
    elif step == Step.PROPOSE and not read.has(changes.CODE_HASH):
        change = changes.change_from_value(body)
        if change.what is What.RECOVER and change.officer == body.get(5):
            raise LocalError("OFFICER-TWO-PERSONS", officer=change.officer, because="nobody recovers himself")
        check_fits(books, change)
    else:
        raise LocalError(changes.CODE, field="step", got=step)


_OPEN: Final = frozenset({Status.CODE.value, Status.PROPOSED.value, Status.APPROVED.value})


def _check_reason(read: FieldReader) -> None:
    reason = read.text(changes.REASON, changes.REASON_CHARS_MAX)
    if not reason.strip():
        raise LocalError(changes.CODE, field="reason", expected="why")
    check_structured(reason)


def _check_code(books: Books, read: FieldReader) -> None:
    what, officer = read.text(changes.WHAT, 16), read.text(changes.OFFICER, 64)
    if what not in _CODED:
        raise LocalError(changes.CODE, field="what", expected=", ".join(sorted(_CODED)), got=what)
    if officer not in planned(books):
        raise LocalError("OFFICER-UNKNOWN", asked=officer, known=", ".join(sorted(planned(books))))
    if what == What.RECOVER and officer == read.value(5):
        raise LocalError("OFFICER-TWO-PERSONS", officer=officer, because="nobody recovers himself")
    read.octets(changes.CODE_HASH, 32)
    if not books.now < read.instant(changes.CODE_UNTIL) <= books.now + CODE_SPAN_US:
        raise LocalError(changes.CODE, field="until", expected="within a day")


def check_fits(books: Books, change: Change) -> None:
    """Refuse a change that does not fit the officers as they will be after what was approved.

    Raises:
        LocalError: OFFICER-UNKNOWN, OFFICER-EXISTS, OFFICER-KEY-USED, OFFICER-KEY-UNKNOWN, OFFICER-LIMIT,
            OFFICER-LAST, OFFICER-CHANGE-UNKNOWN.
    """
    if change.what is What.UNDO:
        row = views.row(books.unit, views.OFFICER_CHANGES, str(change.undoes).encode())
        if row is None or row[1] != Status.APPROVED or row[2][changes.OFFICER] != change.officer:
            raise LocalError("OFFICER-CHANGE-UNKNOWN", asked=change.undoes, expected="one that waits for the root")
        return
    before = planned(books)
    one = before.get(change.officer)
    if change.what is What.ADD_OFFICER:
        if one is not None:
            raise LocalError("OFFICER-EXISTS", officer=change.officer)
        if len(before) >= OFFICERS_MAX:
            raise LocalError("OFFICER-LIMIT", limit=OFFICERS_MAX)
    elif one is None:
        raise LocalError("OFFICER-UNKNOWN", asked=change.officer, known=", ".join(sorted(before)))
    if change.key is not None:
        _check_free(books, before, change.key, change)
    if change.what is What.REMOVE_KEY and one is not None and all(key.key_id != change.key_id for key in one.keys):
        raise LocalError("OFFICER-KEY-UNKNOWN", officer=change.officer)
    after = changes.applied(before, [change])
    if _administrators(before) and not _administrators(after):
        raise LocalError("OFFICER-LAST", officer=change.officer, role=ADMINISTRATOR)


def _administrators(officers: Mapping[str, Officer]) -> list[str]:
    """Return the administrators who have a key to act with."""
    return [one.officer for one in officers.values() if ADMINISTRATOR in one.roles and one.keys]


def _check_free(books: Books, officers: Mapping[str, Officer], key: OfficerKey, change: Change) -> None:
    public = key.key.public
    used = {held.public for held in books.manifest().node_keys.values()}
    used |= {held.key.public for one in officers.values() for held in one.keys}
    if public in used:
        raise LocalError("OFFICER-KEY-USED", officer=change.officer)
    held_keys = 0 if change.what is not What.ADD_KEY else len(officers[change.officer].keys)
    if held_keys >= OFFICER_KEYS_MAX:
        raise LocalError("OFFICER-LIMIT", limit=OFFICER_KEYS_MAX)


# --- with a code ------------------------------------------------------------------------------------------------------


def code_row(books: Books, code: str) -> tuple[str, views.Row]:
    """Return the number and the row of the change for which an enrolment code was made.

    Raises:
        LocalError: OFFICER-CODE for one that is unknown, used or over; which of them is not said.
    """
    number = books.unit.get(views.OFFICER_CODES, code_hash(code))
    row = views.row(books.unit, views.OFFICER_CHANGES, number.encode()) if isinstance(number, str) else None
    if row is None or row[1] != Status.CODE or not books.now <= row[11]:
        raise LocalError("OFFICER-CODE")
    return str(number), row


def coded_officer(books: Books, code: str) -> str:
    """Return whose key may be registered with a code.

    Raises:
        LocalError: OFFICER-CODE.
    """
    return str(code_row(books, code)[1][2][changes.OFFICER])


def offer(books: Books, code: str, key: OfficerKey, credential_id: bytes | None, label: str) -> str:
    """Enter a key that an officer registered with a code; it waits for approval. Return the change's number.

    Raises:
        LocalError: OFFICER-CODE, OFFICER-CHANGE, OFFICER-KEY-USED, OFFICER-LIMIT, OFFICER-UNKNOWN.
    """
    number, row = code_row(books, code)
    held = row[2]
    change = Change(
        what=What(held[changes.WHAT]),
        officer=held[changes.OFFICER],
        key=key,
        credential_id=credential_id,
        label=label,
    )
    fields = change.value()
    check_fits(books, changes.change_from_value(fields))
    books.note("officer-change", "officer-change", {changes.STEP: Step.OFFER.value, changes.NUMBER: number, **fields})
    return number


# --- approving --------------------------------------------------------------------------------------------------------


def change_row(books: Books, number: str) -> views.Row:
    """Return the row of a change.

    Raises:
        LocalError: OFFICER-CHANGE-UNKNOWN.
    """
    row = views.row(books.unit, views.OFFICER_CHANGES, number.upper().encode()) if number.isascii() else None
    if row is None:
        raise LocalError("OFFICER-CHANGE-UNKNOWN", asked=number)
    return row


def prepare_approval(books: Books, officer: str, number: str, *, approve: bool, reason: str) -> Prepared:
    """Return the body by which a second person approves a change, or refuses it; it repeats what it approves.

    Raises:
        LocalError: OFFICER-... codes.
    """
    row = change_row(books, number)
    body: dict[int, CborValue] = {
        **books.common(officer),
        changes.STEP: (Step.APPROVE if approve else Step.REJECT).value,
        changes.NUMBER: number.upper(),
        **row[2],
        changes.REASON: reason,
    }
    return _prepared(books, "officer-approval", body, _check_approval)


def _check_approval(books: Books, body: Mapping[int, CborValue]) -> None:
    read = FieldReader(dict(body), changes.CODE, LocalError)
    step, number = read.text(changes.STEP, 16), read.text(changes.NUMBER, 32)
    _check_reason(read)
    row = change_row(books, number)
    seen = {field: body[field] for field in changes.VALUE if field in body}
    if seen != dict(row[2]):
        raise LocalError("OFFICER-CHANGE-OTHER", number=number)
    officer = read.text(5, 64)
    if step == Step.REJECT:
        if row[1] not in {Status.CODE, Status.PROPOSED}:
            raise LocalError("OFFICER-CHANGE-DECIDED", number=number, status=row[1])
        return
    if step != Step.APPROVE:
        raise LocalError(changes.CODE, field="step", got=step)
    if row[1] != Status.PROPOSED:
        raise LocalError("OFFICER-CHANGE-DECIDED", number=number, status=row[1])
    _require_second(books, officer, row)
    check_fits(books, changes.change_from_value(row[2]))


def _require_second(books: Books, officer: str, row: Mapping[int, Any]) -> None:
    """Refuse an approval by anybody but a second administrator; a principal stands in only where there is none.

    A party with one administrator could otherwise never name another. Who proposed and whom it is about count as no
    second person, and who is blocked as nobody.
    """
    concerned = {str(row[3]), str(row[2][changes.OFFICER])}
    if officer in concerned:
        raise LocalError("OFFICER-TWO-PERSONS", officer=officer, because="who proposed it, or whom it is about")
    standing = books.roster().officers
    if str(row[3]) not in standing:
        raise LocalError("OFFICER-TWO-PERSONS", officer=row[3], because="who proposed it may not act any more")
    seconds = set(_administrators(standing)) - concerned
    if officer in seconds:
        return
    if seconds or officer not in standing or "principal" not in standing[officer].roles:
        raise LocalError("OFFICER-TWO-PERSONS", officer=officer, expected=", ".join(sorted(seconds)) or "a principal")
