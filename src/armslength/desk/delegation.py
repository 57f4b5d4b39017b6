"""Delegations: pre-approved forms per subject and hours, and recorded voice authority that must be countersigned.

A delegation is a dated, signed record of whoever delegates. A voice authority is recorded by the watch (who, when,
that the call-back passed) for one draft; the officer who gave it countersigns within a set time, and an unsigned one
alarms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.record import SEED_BYTES
from armslength.desk import policy, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line import fields

if TYPE_CHECKING:
    from armslength.core.attestation import Attestation
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books

PRE_APPROVED: Final = "pre-approved"
VOICE: Final = "voice"
COUNTERSIGN: Final = "countersign"

COUNTERSIGN_WITHIN_S: Final = 2 * 3600
"""Two hours: long enough to reach a desk, short enough that the same watch still sees it done."""

DELEGATION_SPAN_S_MAX: Final = 31 * 86_400
"""A delegation lasts a month at the longest, so that nobody releases on a forgotten one."""

_GIVERS: Final = frozenset({"releasing-officer", "principal"})
_DAY_MINUTES: Final = 1_440


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What lets one person release: its kind, the record that says so, and whether it covers the checks."""

    kind: str
    reference: bytes
    covers_checks: bool


def prepare_preapproval(
    books: Books,
    officer: str,
    delegates: tuple[str, ...],
    form_codes: tuple[str, ...],
    *,
    facility: str | None,
    valid_s: int,
    minutes: tuple[int, int] = (0, _DAY_MINUTES),
    covers_checks: bool = False,
) -> Prepared:
    """Return the body of a pre-approval: these officers may release these forms alone, on this subject, in these hours.

    Args:
        minutes: from (inclusive) and to (exclusive) minute of the UTC day; a span over midnight has from > to.

    Raises:
        LocalError: DELEGATION-SPAN.
    """
    if not 0 < valid_s <= DELEGATION_SPAN_S_MAX or not all(0 <= minute <= _DAY_MINUTES for minute in minutes):
        raise LocalError("DELEGATION-SPAN", limit_s=DELEGATION_SPAN_S_MAX, got=valid_s)
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: PRE_APPROVED,
        21: delegates,
        22: form_codes,
        23: facility,
        24: books.now,
        25: books.now + valid_s * 1_000_000,
        26: minutes,
        27: covers_checks,
    }
    return Prepared(type="delegation", line=b"", seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_voice(
    books: Books, officer: str, draft: bytes, given_by: str, *, called_back: bool, covers_checks: bool = False
) -> Prepared:
    """Return the body of a recorded voice authority for one draft.

    Raises:
        LocalError: VOICE-NOT-CALLED-BACK, ROLE-REFUSED, DRAFT-UNKNOWN.
    """
    if not called_back:
        raise LocalError("VOICE-NOT-CALLED-BACK", given_by=given_by)
    _check_giver(books, given_by, officer)
    if books.unit.get(views.DRAFTS, draft) is None:
        raise LocalError("DRAFT-UNKNOWN", asked=draft)
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: VOICE,
        21: (officer,),
        24: books.now,
        25: books.now + COUNTERSIGN_WITHIN_S * 1_000_000,
        27: covers_checks,
        28: draft,
        29: given_by,
        30: True,
    }
    return Prepared(type="delegation", line=b"", seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_countersignature(books: Books, officer: str, delegation: bytes) -> Prepared:
    """Return the body of a countersignature under a voice authority (named by its record id)."""
    body: dict[int, CborValue] = {**books.common(officer), 20: COUNTERSIGN, 31: delegation}
    return Prepared(type="delegation", line=b"", seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_delegation(books: Books, signed: Signed) -> int:
    """Enter a delegation, a voice authority or a countersignature; return the journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, DELEGATION-UNKNOWN, DELEGATION-SPAN, VOICE-NOT-CALLED-BACK.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    kind, officer = prepared.body.get(20), str(prepared.body.get(5))
    if kind == PRE_APPROVED:
        policy.require(acts[0], "delegate", _GIVERS, officer)
        _check_preapproval(prepared)
    elif kind == VOICE:
        policy.require(acts[0], "delegate", frozenset({"watch-officer"}), officer)
        _check_voice(books, prepared, officer)
    elif kind == COUNTERSIGN:
        policy.require(acts[0], "countersign", _GIVERS, officer)
        _check_countersigner(books, prepared, officer)
    else:
        raise LocalError("DELEGATION-UNKNOWN", got=kind)
    record = books.make("delegation", b"", prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("delegation", record)


def _check_preapproval(prepared: Prepared) -> None:
    read = FieldReader(prepared.body, "PREPARED-MALFORMED", LocalError)
    read.texts(21)
    read.texts(22)
    if read.has(23):
        read.text(23)
    read.flag(27)
    _check_span(read, DELEGATION_SPAN_S_MAX)
    minutes = read.array(26, 2)
    if len(minutes) != 2 or not all(type(minute) is int and 0 <= minute <= _DAY_MINUTES for minute in minutes):
        read.refuse(field=26, expected="two minutes of the day")


def _check_voice(books: Books, prepared: Prepared, officer: str) -> None:
    read = FieldReader(prepared.body, "PREPARED-MALFORMED", LocalError)
    given_by = read.text(29)
    if not read.flag(30):
        raise LocalError("VOICE-NOT-CALLED-BACK", given_by=given_by)
    _check_giver(books, given_by, officer)
    if books.unit.get(views.DRAFTS, read.octets(28, 32)) is None:
        raise LocalError("DRAFT-UNKNOWN", asked=read.value(28))
    read.flag(27)
    if read.texts(21) != (officer,):
        read.refuse(field=21, expected=officer)
    _check_span(read, COUNTERSIGN_WITHIN_S)


def _check_giver(books: Books, given_by: str, officer: str) -> None:
    giver = books.roster().officers.get(given_by)
    if giver is None or not giver.roles & _GIVERS or given_by == officer:
        raise LocalError("ROLE-REFUSED", act="voice authority", officer=given_by)


def _check_span(read: FieldReader, longest_s: int) -> None:
    start, end = read.instant(24), read.instant(25)
    if not 0 < end - start <= longest_s * 1_000_000:
        raise LocalError("DELEGATION-SPAN", limit_s=longest_s)


def _check_countersigner(books: Books, prepared: Prepared, officer: str) -> None:
    reference = prepared.body.get(31)
    row = views.row(books.unit, views.DELEGATIONS, reference) if isinstance(reference, bytes) else None
    if row is None or row[20] != VOICE:
        raise LocalError("DELEGATION-UNKNOWN", asked=reference or "nothing")
    if row[29] != officer:
        raise LocalError("ROLE-REFUSED", act="countersign", expected=row[29], got=officer)


def authority_for(books: Books, prepared: Prepared, draft: bytes, released: Attestation) -> Authority | None:
    """Return the delegation under which this officer may release this draft alone, or None."""
    for key, row in views.rows(books.unit, views.DELEGATIONS):
        if released.officer not in row.get(21, ()) or not row[24] <= books.now < row[25]:
            continue
        giver = books.roster().officers.get(str(row[29] if row[20] == VOICE else row.get(5)))
        if giver is None or not giver.roles & _GIVERS:
            # An authority ends with the officer who gave it.
            continue
        if row[20] == VOICE and row[28] == draft:
            return Authority(kind=VOICE, reference=key, covers_checks=row[27])
        if row[20] == PRE_APPROVED and _covers(books, row, prepared):
            return Authority(kind=PRE_APPROVED, reference=key, covers_checks=row[27])
    return None


def _covers(books: Books, row: views.Row, prepared: Prepared) -> bool:
    if prepared.body.get(fields.FORM_CODE) not in row[22]:
        return False
    if row[23] is not None and prepared.body.get(fields.FACILITY_ID) != row[23]:
        return False
    minute = int(books.now) // 60_000_000 % _DAY_MINUTES
    start, end = cast("tuple[int, int]", row[26])
    return start <= minute < end if start <= end else minute >= start or minute < end
