"""Who may do what: the table of acts, record types and roles (I4, least privilege).

One table, read by the desk when an act is submitted, by the API when a request comes in, and by the documentation. A
linguist sees text, not deliberation; an auditor reads all and changes nothing; an administrator has no contents and
no release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.attestation import Attestation

LOCAL_ACTS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "report": ("record", frozenset({"watch-officer", "linguist"})),
    "facility": ("record", frozenset({"watch-officer", "administrator"})),
    "concern-step": ("assess", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "decision": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "contact": ("record", frozenset({"watch-officer", "linguist", "releasing-officer", "principal"})),
    "delegation": ("delegate", frozenset({"releasing-officer", "principal", "watch-officer"})),
    "alarm-accepted": ("accept-alarm", frozenset({"watch-officer", "releasing-officer", "principal", "administrator"})),
    "peer-pin": ("introduce", frozenset({"key-custodian", "administrator"})),
    "charter": ("record", frozenset({"principal", "administrator"})),
    "charter-assent": ("assent", frozenset({"principal"})),
    "session": ("decide", frozenset({"watch-officer", "releasing-officer", "principal"})),
    "destroyed": ("decide", frozenset({"principal", "key-custodian"})),
}
"""Record type -> (act, roles)."""

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
    "lines": frozenset(
        {"watch-officer", "releasing-officer", "principal", "auditor", "administrator", "key-custodian", "spokesperson"}
    ),
    "count": frozenset({"watch-officer", "releasing-officer", "principal", "auditor", "spokesperson"}),
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
