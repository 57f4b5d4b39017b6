"""The part of an audit report that is about people: reads of closed records, sign-ins, officers, delegations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from armslength.core.instants import Instant, rfc3339
from armslength.desk import cast as who
from armslength.desk import closed_reads, delegation
from armslength.desk.audit_ledger import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.attestation import Officer
    from armslength.desk.audit_ledger import Ledger, Seen


# --- closed records ---------------------------------------------------------------------------------------------------


def _closed_read(ledger: Ledger, seen: Seen) -> None:
    note = closed_reads.note_of(seen.body)
    reader = note.officer or "Somebody at the node's own machine, without signing in,"
    ledger.add(
        "closed-reads",
        seen,
        note.why.upper(),
        f"{reader} read {note.subject}: {closed_reads.WHY[note.why]} ({note.operation}, by {note.face}).",
        officer=note.officer,
        role=", ".join(note.roles),
    )


# --- officers ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Listed:
    """The officers of our manifest in force."""

    officers: Mapping[str, Officer] = field(default_factory=dict)
    sequence: int = 0


def _manifest(ledger: Ledger, seen: Seen) -> None:
    if seen.body[3] != ledger.own:
        return
    listed: Listed = ledger.of(Listed)
    found = who.parsed_manifest(seen.body[20], ledger.realm)
    before, after = listed.officers, found.officers
    first = listed.sequence == 0
    listed.officers, listed.sequence = after, found.sequence
    for officer in sorted({*before, *after}):
        for what, sentence in _changes(before.get(officer), after.get(officer), first=first):
            said = f"{officer} {sentence}, by manifest {found.sequence} under the party's root key."
            ledger.add("officers", seen, what, said, officer=officer, role="")


def _changes(before: Officer | None, after: Officer | None, *, first: bool) -> list[tuple[str, str]]:
    if before is None and after is not None:
        roles = ", ".join(sorted(after.roles))
        return [("LISTED" if first else "ADDED", f"{'stands' if first else 'was added'} as {roles}")]
    if before is not None and after is None:
        return [("REMOVED", f"was removed; until then {', '.join(sorted(before.roles))}")]
    found: list[tuple[str, str]] = []
    if before is not None and after is not None:
        if before.roles != after.roles:
            was, now = (", ".join(sorted(one.roles)) or "none" for one in (before, after))
            found.append(("ROLES", f"has other roles: {now}, before {was}"))
        if before.keys != after.keys:
            found.append(("KEYS", f"has other keys: {len(after.keys)} now, {len(before.keys)} before"))
    return found


# --- delegations ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Delegations:
    """Delegations by record id: the entry that gave it, until when, kind, whose, and when it was countersigned."""

    given: dict[bytes, tuple[Seen, str]] = field(default_factory=dict)
    countersigned: dict[bytes, int] = field(default_factory=dict)


def _delegation(ledger: Ledger, seen: Seen) -> None:
    held: Delegations = ledger.of(Delegations)
    body, kind = seen.body, seen.body[20]
    if kind == delegation.COUNTERSIGN:
        _countersigned(ledger, held, seen)
        return
    until = rfc3339(Instant(body[25]))
    checks = " It covers the checks too." if body.get(27) is True else ""
    if kind == delegation.VOICE:
        said = (
            f"{seen.officer} recorded that {body[29]} gave authority by voice for one draft, called back; "
            f"to be countersigned by {until}.{checks}"
        )
    else:
        about = f" about {body[23]}" if body.get(23) else ""
        whom, what = ", ".join(body[21]), ", ".join(body[22])
        said = f"{seen.officer} let {whom} release {what}{about} alone until {until}.{checks}"
    held.given[body[1]] = (seen, str(kind))
    ledger.add("delegations", seen, "GIVEN-BY-VOICE" if kind == delegation.VOICE else "GIVEN", said)


def _countersigned(ledger: Ledger, held: Delegations, seen: Seen) -> None:
    reference = seen.body[31]
    given = held.given.get(reference)
    held.countersigned[reference] = seen.at
    late = given is not None and seen.at > given[0].body[25]
    word = f"entry {given[0].index}" if given is not None else "a delegation of before"
    said = f"{seen.officer} countersigned the authority given by voice of {word}{', too late' if late else ''}."
    ledger.add("delegations", seen, "COUNTERSIGNED-LATE" if late else "COUNTERSIGNED", said)


def _deadline(ledger: Ledger, seen: Seen) -> None:
    held: Delegations = ledger.of(Delegations)
    if seen.body[20] != "delegation" or seen.body[21] in held.countersigned:
        return
    given = held.given.get(seen.body[21])
    by = f" by {given[0].body[29]}" if given is not None else ""
    said = f"An authority given by voice{by} was not countersigned in its time."
    ledger.add("delegations", seen, "NOT-COUNTERSIGNED", said, officer="", role="")


def finish(ledger: Ledger) -> None:
    """Add the pre-approvals that ran out in the period, each under the entry that gave it."""
    held: Delegations = ledger.of(Delegations)
    for seen, kind in held.given.values():
        until = seen.body[25]
        if kind != delegation.VOICE and until <= ledger.last_at and ledger.within(until):
            said = f"The pre-approval of entry {seen.index} by {seen.officer} ran out."
            row = Row(index=seen.index, at=until, what="EXPIRED", officer="", role="", sentence=said)
            ledger.rows["delegations"].append(row)


HANDLERS: Final[Mapping[str, Callable[[Ledger, Seen], None]]] = {
    closed_reads.KIND: _closed_read,
    "manifest": _manifest,
    "delegation": _delegation,
    "deadline": _deadline,
}
"""Kind of entry -> what it adds."""
