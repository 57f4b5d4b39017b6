"""What a commit changed, for whoever watches: kinds of entries, and the topics by which screens know what to ask again.

Nothing of an entry's content is here: a console asks for what its officer may read, and gets it through the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

JOURNAL: Final = "journal"
"""Every entry makes the journal grow."""

TOPICS: Final = frozenset(
    {
        "messages",
        "drafts",
        "alarms",
        "lines",
        "concerns",
        "reports",
        "facilities",
        "windows",
        "channels",
        "ladders",
        "contacts",
        "decisions",
        "checks",
        "calls",
        "cases",
        "log",
        "shifts",
        "drills",
        "codebook",
        "terms",
        "translations",
        "notices",
        JOURNAL,
        "officers",
        "delegations",
        "rules",
        "feeds",
        "imports",
        "sessions",
    }
)
"""What a screen can wait for; ``sessions`` is of signed-in officers and no entry's."""

TOPICS_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "alarm": frozenset({"alarms"}),
        "alarm-accepted": frozenset({"alarms"}),
        "alarm-ended": frozenset({"alarms"}),
        "alarm-notified": frozenset({"alarms"}),
        "alarm-passed": frozenset({"alarms"}),
        "alarm-shelved": frozenset({"alarms"}),
        "charter": frozenset({"lines"}),
        "charter-assent": frozenset({"lines"}),
        "check": frozenset({"drafts"}),
        "concern": frozenset({"concerns"}),
        "concern-step": frozenset({"concerns"}),
        "conflict": frozenset({"lines", "messages"}),
        "contact": frozenset({"contacts", "cases"}),
        "cosignature-in": frozenset({"lines"}),
        # A deadline may be one of anything that waits for somebody.
        "deadline": frozenset({"messages", "lines", "delegations", "windows"}),
        "decision": frozenset({"decisions", "ladders", "cases"}),
        "delegation": frozenset({"delegations", "drafts"}),
        "destroyed": frozenset({"messages", "drafts"}),
        "draft": frozenset({"drafts"}),
        "facility": frozenset({"facilities"}),
        "facility-batch": frozenset({"facilities", "imports"}),
        "feed": frozenset({"feeds"}),
        "feed-run": frozenset({"feeds", "alarms"}),
        "genesis": frozenset({"officers"}),
        "list": frozenset({"facilities", "windows"}),
        "import": frozenset({"imports"}),
        "manifest": frozenset({"officers", "lines"}),
        "message-in": frozenset({"messages", "lines", "windows", "cases"}),
        "message-out": frozenset({"messages", "drafts", "lines", "windows", "notices", "cases"}),
        "node-receipt-in": frozenset({"messages", "lines", "concerns"}),
        "node-receipt-out": frozenset({"messages"}),
        "outbox": frozenset({"messages", "lines"}),
        "peer-checkpoint": frozenset({"lines"}),
        "peer-pin": frozenset({"lines", "officers"}),
        "receipt-in": frozenset({"messages", "lines", "alarms", "notices", "windows"}),
        "receipt-out": frozenset({"messages", "lines", "alarms"}),
        "refused": frozenset({"lines"}),
        "report": frozenset({"reports"}),
        "report-batch": frozenset({"reports", "imports", "feeds"}),
        "rules": frozenset({"rules"}),
        "session": frozenset({"lines"}),
        "window": frozenset({"windows"}),
        "window-step": frozenset({"windows"}),
        "channel": frozenset({"channels"}),
        "channel-state": frozenset({"channels"}),
        "ladder": frozenset({"ladders"}),
        "rung": frozenset({"ladders"}),
        "check-plan": frozenset({"checks"}),
        # A check that was made takes its bell away.
        "line-check": frozenset({"checks", "channels", "alarms"}),
        "call": frozenset({"calls"}),
        "call-step": frozenset({"calls"}),
        "case": frozenset({"cases"}),
        "case-step": frozenset({"cases"}),
        "log": frozenset({"log"}),
        "roster": frozenset({"shifts"}),
        "shift": frozenset({"shifts"}),
        "drill": frozenset({"drills"}),
        "codebook": frozenset({"codebook"}),
        "codebook-sign": frozenset({"codebook"}),
        "translation": frozenset({"translations"}),
        "translation-read": frozenset({"translations", "alarms"}),
        "term": frozenset({"terms"}),
        "map-layer": frozenset({"facilities"}),
        "notice-batch": frozenset({"notices", "imports"}),
        "notice-step": frozenset({"notices", "drafts"}),
        "sign-in": frozenset({"sessions"}),
        "officer-change": frozenset({"officers"}),
        "officer-approval": frozenset({"officers"}),
        # The auditor's own: nobody else's screen shows who read what.
        "closed-read": frozenset({JOURNAL}),
        "watch-pass": frozenset({"reports", "concerns"}),
    }
)
"""Kind of entry -> topics; a test holds that every kind of the journal has its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one commit entered: kinds of entries, and how large the journal is with them."""

    kinds: frozenset[str]
    size: int


def topics_of(kinds: Iterable[str]) -> frozenset[str]:
    """Return the topics of some kinds of entries; every entry is the journal's too."""
    found = frozenset().union(*(TOPICS_OF.get(kind, frozenset()) for kind in kinds))
    return found | {JOURNAL} if kinds else found
