"""Which acts of persons a record that crosses must carry: one rule for whoever receives it and whoever audits it later.

A receiver asks the roster in force now, an auditor the one in force at the record's place in the journal, never
today's (docs/spec/manifest.md 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.attestation import Attestation, parse_attestation, verify_attestation
from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.line.receipts import LEVEL_ROLES, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.attestation import Roster
    from armslength.core.realm import Realm
    from armslength.core.record import Verified

_ANY: Final[frozenset[str]] = frozenset()
_SENDING: Final = frozenset({"draft", "release", "stop"})
LINK_DELEGATION: Final = 7
"""Link field: the kind of delegation under which one person released."""

DELEGATIONS: Final = ("pre-approved", "voice")
"""Kinds of delegation, as field 7 of the link names them."""

ASSENT: Final = ("assent", frozenset({"principal"}))
INTRODUCE: Final = ("introduce", frozenset({"key-custodian", "administrator"}))

Needed = tuple[str, frozenset[str]]
"""An act that must be there, and the roles of which its officer acted in one; none named = any role."""


def of_message(form: str) -> Needed:
    """Return the act that releases a message."""
    return ("stop", _ANY) if form == "STOP" else ("release", _ANY)


def of_receipt(level: Level) -> Needed:
    """Return the act that gives a receipt."""
    return ("receipt", LEVEL_ROLES[level])


def delegated(verified: Verified) -> bool:
    """Return whether a message was released under a delegation.

    Raises:
        PeerError: BRAID-MALFORMED, a kind that does not exist.
    """
    value = verified.item.link.get(LINK_DELEGATION)
    if value is not None and value not in DELEGATIONS:
        raise PeerError("BRAID-MALFORMED", field=LINK_DELEGATION, got=value)
    return value is not None


def persons_of(acts: Sequence[Attestation]) -> int:
    """Return how many officers it took to send a message; taking it back takes no more (line.relations)."""
    return len({act.officer for act in acts if act.act in _SENDING})


def verify_acts(
    verified: Verified, *, realm: Realm, roster: Roster, needed: Needed | None, two_persons: bool = False
) -> tuple[Attestation, ...]:
    """Verify every attestation of a record, and that the one needed is there.

    Args:
        verified: the record.
        realm: the reader's.
        roster: the author's, see above.
        needed: the act that must be present; None for records of a node's own.
        two_persons: a ``draft`` by another officer with another key must stand beside it.

    Raises:
        PeerError: ACT-... codes.
    """
    found = tuple(parse_attestation(value) for value in verified.item.acts)
    stated = verified.item.body.get(2)
    level_one = verified.header.type == "receipt" and verified.item.body.get(20) == Level.READ
    for attestation in found:
        verify_attestation(
            attestation,
            realm=realm,
            roster=roster,
            body_hash=verified.body_hash,
            stated_at=Instant(stated) if type(stated) is int else None,
            level_one_receipt=level_one,
        )
    if needed is not None:
        check_needed(found, needed, two_persons=two_persons)
    officer = verified.item.body.get(5)
    if officer is not None and needed is not None and officer not in {attestation.officer for attestation in found}:
        raise PeerError("ACT-MISSING", officer=officer)
    return found


def check_needed(found: Sequence[Attestation], needed: Needed, *, two_persons: bool) -> None:
    """Check that the act needed is among those found, by different persons where two are needed.

    Raises:
        PeerError: ACT-MISSING, ACT-ROLE, ACT-SECOND-PERSON.
    """
    act, roles = needed
    of_act = [attestation for attestation in found if attestation.act == act]
    if not of_act:
        raise PeerError("ACT-MISSING", act=act)
    if roles and not any(attestation.role in roles for attestation in of_act):
        raise PeerError("ACT-ROLE", act=act, expected=", ".join(sorted(roles)))
    drafters = [attestation for attestation in found if attestation.act == "draft"]
    if two_persons and not any(d.officer != r.officer and d.key_id != r.key_id for d in drafters for r in of_act):
        raise PeerError("ACT-SECOND-PERSON")
