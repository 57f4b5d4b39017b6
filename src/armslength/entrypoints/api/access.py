"""Who may call what: one row an operation, from the desk's table of roles (`desk.policy`), so that there is one truth.

A role that is let in here is judged again by the desk, act by act; what is refused here never reaches it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.desk import policy
from armslength.entrypoints.api import access_channels
from armslength.line.forms import FORMS
from armslength.line.receipts import LEVEL_ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.entrypoints.api.gate import Caller

Roles = frozenset[str]

EVERYBODY: Final[Roles] = policy.READS["health"]
"""Every officer of the party."""

_DRAFTERS: Final[Roles] = frozenset().union(*(form.drafters | form.releasers for form in FORMS.values()))
_RECEIPTS: Final[Roles] = frozenset().union(*LEVEL_ROLES.values())
_CHECKERS: Final[Roles] = frozenset().union(*(roles for _, roles in policy.CHECK_ACTS.values()))
_LOCAL: Final[Mapping[str, Roles]] = {kind: roles for kind, (_, roles) in policy.LOCAL_ACTS.items()}

_FILLED: Final[Roles] = frozenset().union(
    *(
        FORMS[code].drafters | FORMS[code].releasers
        for code in ("WINDOW", "WINDOW-STATUS", "SITE-NOTICE", "PHRASE", "CODEBOOK")
    )
)

_FACILITIES: Final[Roles] = policy.READS["concerns"] | _LOCAL["facility"] | {"linguist"}
"""Who enters facilities, and who has to know their names."""

_RELEASE: Final[Roles] = policy.READS["drafts"] - {"auditor"}
"""Who may read a draft may be delegated to release it; the auditor changes nothing."""

ACCESS: Final[Mapping[str, Roles]] = MappingProxyType(
    {
        "health": EVERYBODY,
        "doctor": EVERYBODY,
        "error": EVERYBODY,
        "forms": EVERYBODY,
        "vocabularies": EVERYBODY,
        "preview": _DRAFTERS,
        "lines": policy.READS["lines"],
        "line": policy.READS["lines"],
        "parties": policy.READS["lines"] - {"spokesperson"},
        "charter": policy.READS["lines"] - {"spokesperson"},
        "messages": policy.READS["messages"],
        "message": policy.READS["messages"],
        "drafts": policy.READS["drafts"],
        "draft": policy.READS["drafts"],
        "draft-texts": policy.READS["drafts"],
        "alarms": policy.READS["alarms"],
        "floor": policy.READS["floor"],
        "concerns": policy.READS["concerns"],
        "concern": policy.READS["concerns"],
        "concern-form": policy.READS["concerns"],
        "findings": policy.READS["concerns"],
        "reports": policy.READS["concerns"] | _LOCAL["report"],
        "report": policy.READS["concerns"] | _LOCAL["report"],
        "facilities": _FACILITIES,
        "map": _FACILITIES,
        "map-layers": _FACILITIES,
        "map-layer": _FACILITIES,
        "map-data": _LOCAL["map-layer"],
        "prepare-map-layer": _LOCAL["map-layer"],
        "map-reports": policy.READS["concerns"] | _LOCAL["report"],
        "facility": _FACILITIES,
        "facility-versions": _FACILITIES,
        "rules": policy.READS["concerns"],
        "rules-check": policy.READS["concerns"] - {"auditor"},
        "rules-what-if": policy.READS["concerns"] - {"auditor"},
        "imports": policy.READS["concerns"] | _LOCAL["import"],
        "feeds": policy.READS["concerns"] | _LOCAL["feed"],
        "dead-letters": policy.READS["concerns"] | _LOCAL["feed"],
        "windows": policy.READS["messages"],
        "window": policy.READS["messages"],
        "lists": policy.READS["messages"],
        "disclosures": policy.READS["messages"],
        "delegations": policy.READS["drafts"],
        "count": policy.READS["count"],
        "audit-report": policy.READS["audit"],
        "entries": policy.READS["journal"],
        # All contents are the auditor's alone; a custodian of keys sees that entries stand, not what they say.
        "entry": frozenset({"auditor"}),
        # Abuse case 59: nobody who works on messages carries a whole line away in one request.
        "export": frozenset({"auditor"}),
        # Whose contents they are is not known before they are read.
        "check-exports": frozenset({"auditor"}),
        "metrics": policy.READS["alarms"],
        "open-line": _LOCAL["charter"],
        "prepare-message": _DRAFTERS,
        "prepare-release": _RELEASE,
        "prepare-check": _CHECKERS,
        "prepare-receipt": _RECEIPTS,
        "prepare-assent": _LOCAL["charter-assent"],
        "prepare-pin": _LOCAL["peer-pin"],
        "prepare-report": _LOCAL["report"],
        "prepare-facility": _LOCAL["facility"],
        "prepare-concern-step": _LOCAL["concern-step"],
        "prepare-alarm-accepted": _LOCAL["alarm-accepted"],
        "prepare-alarm-passed": _LOCAL["alarm-passed"],
        "prepare-alarm-shelved": _LOCAL["alarm-shelved"],
        # Whoever has the watch tries the bell; it wakes people.
        "alarm-test": frozenset({"watch-officer"}),
        "prepare-decision": _LOCAL["decision"],
        "prepare-judgement": _LOCAL["session"],
        "prepare-delegation": _LOCAL["delegation"],
        "prepare-rules": _LOCAL["rules"],
        "prepare-feed": _LOCAL["feed"],
        "prepare-window": _LOCAL["window"],
        "prepare-window-step": _LOCAL["window-step"],
        "prepare-window-pillars": _LOCAL["facility"],
        "prepare-list": _LOCAL["list"],
        "prepare-filled": _FILLED,
        **access_channels.ROWS,
        "dry-run-import": _LOCAL["import"],
        "prepare-import": _LOCAL["import"],
        "import-file": _LOCAL["import"],
        "submit": _DRAFTERS | _RELEASE | _RECEIPTS | _CHECKERS | frozenset().union(*_LOCAL.values()),
    }
)
"""Operation -> roles that may call it; an operation without a row cannot be built."""


def require(caller: Caller, operation: str) -> None:
    """Refuse an officer whose roles do not allow an operation.

    Raises:
        LocalError: API-ROLE.
    """
    if not caller.roles & ACCESS[operation]:
        raise LocalError("API-ROLE", officer=caller.officer, expected=", ".join(sorted(ACCESS[operation])))
