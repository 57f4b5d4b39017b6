"""Who may do what: the table of acts, record types and roles (I4, least privilege).

One table, read by the desk when an act is submitted, by the API when a request comes in, and by the documentation. A
linguist sees text, not deliberation; an auditor reads all and changes nothing; an administrator has no contents and
no release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.ids import party_code
from armslength.line import fields
from armslength.line.acts import ASSENT, INTRODUCE
from armslength.line.manifest import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.attestation import Attestation
    from armslength.core.cbor import CborValue

OWN_PARTY: Final = "OWN-PARTY"
"""Handling marking of a record that stays at home."""

PARTIES_ONLY: Final = "PARTIES-ONLY"
"""Handling marking of a record that crosses, unless its drafter chose another."""

LOCAL_ACTS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "report": ("record", frozenset({"watch-officer", "linguist"})),
    "facility": ("record", frozenset({"watch-officer", "administrator"})),
    "rules": ("decide", frozenset({"releasing-officer", "principal"})),
    "import": ("record", frozenset({"watch-officer", "administrator"})),
    "feed": ("record", frozenset({"watch-officer", "administrator"})),
    "map-layer": ("record", frozenset({"principal", "administrator"})),
    "concern-step": ("assess", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "decision": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "contact": ("record", frozenset({"watch-officer", "linguist", "releasing-officer", "principal"})),
    "delegation": ("delegate", frozenset({"releasing-officer", "principal", "watch-officer"})),
    "window": ("record", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "window-step": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "list": ("record", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "channel": ("record", frozenset({"watch-officer", "releasing-officer", "principal", "administrator"})),
    "channel-state": ("record", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "ladder": ("decide", frozenset({"releasing-officer", "principal"})),
    "rung": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "check-plan": ("record", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "line-check": ("record", frozenset({"watch-officer", "linguist", "releasing-officer", "principal"})),
    "call": ("record", frozenset({"watch-officer", "linguist", "releasing-officer", "principal"})),
    "call-step": ("record", frozenset({"watch-officer", "linguist", "releasing-officer", "principal"})),
    "case": ("record", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "case-step": ("assess", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "log": ("record", frozenset({"watch-officer", "linguist", "releasing-officer", "principal"})),
    "roster": ("record", frozenset({"watch-officer", "releasing-officer", "principal", "administrator"})),
    "shift": ("record", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "drill": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "codebook": ("record", frozenset({"linguist"})),
    "codebook-sign": ("record", frozenset({"linguist"})),
    "translation": ("record", frozenset({"linguist"})),
    "translation-read": (
        "record",
        frozenset({"watch-officer", "releasing-officer", "principal", "legal-adviser", "linguist"}),
    ),
    "term": ("record", frozenset({"linguist"})),
    "notice-batch": ("record", frozenset({"watch-officer"})),
    "notice-step": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "alarm-accepted": ("accept-alarm", frozenset({"watch-officer", "releasing-officer", "principal", "administrator"})),
    # Of his own keys; whoever changes nothing at all gets a key by the code of an administrator.
    "officer-change": ("record", ROLES - {"auditor", "spokesperson"}),
    "officer-approval": ("countersign", frozenset({"administrator", "principal"})),
    "alarm-passed": ("record", frozenset({"watch-officer", "releasing-officer", "principal", "administrator"})),
    "alarm-shelved": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "peer-pin": INTRODUCE,
    "charter": ("record", frozenset({"principal", "administrator"})),
    "charter-assent": ASSENT,
    "session": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "destroyed": ("decide", frozenset({"principal", "key-custodian"})),
}
"""Record type -> (act, roles)."""

HANDLING_MARKINGS: Final[Mapping[str, str]] = {
    OWN_PARTY: "Stays with the party that made it: whatever has no addressee, and nothing that crosses a line.",
    PARTIES_ONLY: "For the two parties of the line; what a charter keeps confidential unless somebody says otherwise.",
    "PARTIES-AND-NAMED": "For the parties named as well: a mediator, a monitor, the operator of a plant.",
    "COMMAND-ONLY": "For the command that the message names, and whoever must pass it there.",
    "PUBLIC": "Either party may publish it; nothing in it needs another decision.",
}
"""The party's list of handling markings (field 6) and what each is for; drafts choose from it."""

RELEASABLE_MAX: Final = 16
"""Parties that one record may be passed to; a longer list is no list but everybody."""

CHECK_ACTS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "legal": ("legal-tick", frozenset({"legal-adviser"})),
    "linguist": ("linguist-check", frozenset({"linguist"})),
}
"""Kind of check -> (act, roles)."""

READS: Final[Mapping[str, frozenset[str]]] = {
    "health": frozenset(
        {
            "watch-officer",
            "linguist",
            "legal-adviser",
            "releasing-officer",
            "principal",
            "spokesperson",
            "auditor",
            "key-custodian",
            "administrator",
        }
    ),
    "messages": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "drafts": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "concerns": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "alarms": frozenset({"watch-officer", "releasing-officer", "principal", "auditor", "administrator"}),
    # What the floor shows names messages and deadlines, and no deliberation.
    "floor": frozenset(
        {
            "watch-officer",
            "linguist",
            "legal-adviser",
            "releasing-officer",
            "principal",
            "auditor",
            "administrator",
        }
    ),
    "lines": frozenset(
        {"watch-officer", "releasing-officer", "principal", "auditor", "administrator", "key-custodian", "spokesperson"}
    ),
    "count": frozenset({"watch-officer", "releasing-officer", "principal", "auditor", "spokesperson"}),
    "channels": frozenset(
        {
            "watch-officer",
            "linguist",
            "legal-adviser",
            "releasing-officer",
            "principal",
            "auditor",
            "administrator",
            "spokesperson",
        }
    ),
    "contacts": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "decisions": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "contact-count": frozenset({"watch-officer", "releasing-officer", "principal", "auditor", "spokesperson"}),
    "line-checks": frozenset(
        {"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}
    ),
    "calls": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "cases": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "log": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    # Each finds what it may read, and no more: a linguist finds texts and no deliberation.
    "search": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "briefs": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "shifts": frozenset({"watch-officer", "linguist", "releasing-officer", "principal", "auditor", "administrator"}),
    "codebook": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "translations": frozenset(
        {"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}
    ),
    "terms": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "notices": frozenset({"watch-officer", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "sheets": frozenset({"watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"}),
    "officers": frozenset({"principal", "auditor", "key-custodian", "administrator"}),
    # The auditor reads all and changes nothing (I4); the principal answers for the party and must see what was done.
    "audit": frozenset({"auditor", "principal"}),
    "officer-manifest": frozenset({"auditor", "key-custodian", "administrator"}),
    "journal": frozenset({"auditor", "key-custodian"}),
}
"""What may be read by whom; the spokesperson sees counts and lines, no contents."""


def require(attestation: Attestation, act: str, roles: frozenset[str], officer: str | None = None) -> None:
    """Refuse an act by the wrong role, of the wrong kind, or by another officer than the record names.

    Raises:
        LocalError: ROLE-REFUSED, ACT-WRONG.
    """
    if attestation.act != act:
        raise LocalError("ACT-WRONG", expected=act, got=attestation.act)
    if roles and attestation.role not in roles:
        raise LocalError("ROLE-REFUSED", act=act, expected=", ".join(sorted(roles)), got=attestation.role)
    if officer is not None and attestation.officer != officer:
        raise LocalError("ACT-WRONG", expected=officer, got=attestation.officer)


def handling(own: str, addressees: tuple[str, ...]) -> dict[int, CborValue]:
    """Return handling marking and releasability of a new record, as they are unless its drafter chooses."""
    return {
        fields.HANDLING: PARTIES_ONLY if addressees else OWN_PARTY,
        fields.RELEASABLE_TO: (own, *addressees),
    }


def check_handling(own: str, body: Mapping[int, CborValue]) -> None:
    """Refuse a record of ours whose marking is not on the list, or that names too few or too many parties.

    Raises:
        LocalError: HANDLING-MARKING, HANDLING-RELEASABLE.
    """
    marking, releasable, addressees = (body.get(n) for n in (fields.HANDLING, fields.RELEASABLE_TO, 4))
    crosses = bool(addressees)
    if not isinstance(marking, str) or marking not in HANDLING_MARKINGS or crosses is (marking == OWN_PARTY):
        allowed = [one for one in HANDLING_MARKINGS if crosses is (one != OWN_PARTY)]
        raise LocalError("HANDLING-MARKING", expected=", ".join(allowed), got=marking or "none")
    between = (own, *(addressees if isinstance(addressees, tuple) else ()))
    if not isinstance(releasable, tuple) or not set(between) <= {one for one in releasable if isinstance(one, str)}:
        raise LocalError("HANDLING-RELEASABLE", expected=f"at least {', '.join(map(str, between))}")
    if len(releasable) > RELEASABLE_MAX or (len(releasable) > len(between) and marking in {OWN_PARTY, PARTIES_ONLY}):
        raise LocalError("HANDLING-RELEASABLE", marking=marking, got=len(releasable))
    for party in releasable:
        party_code(str(party))
