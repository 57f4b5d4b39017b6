"""Who may call what of channels, calls, cases, shifts, language and notices: rows of `access.ACCESS`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.desk import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

Roles = frozenset[str]

_LOCAL: Final[Mapping[str, Roles]] = {kind: roles for kind, (_, roles) in policy.LOCAL_ACTS.items()}
_READS: Final[Mapping[str, Roles]] = policy.READS

_BATCH: Final[Roles] = frozenset().union(
    _LOCAL["notice-batch"], _LOCAL["notice-step"], *(roles for _, roles in policy.CHECK_ACTS.values())
)
"""Whoever drafts, checks or releases a batch of notices."""

ROWS: Final[Mapping[str, Roles]] = MappingProxyType(
    {
        # The channel book and the ladders.
        "channels": _READS["channels"],
        # Numbers, judgements of silence, and what a use is meant to say are not for whoever speaks in public.
        "channel": _READS["channels"] - {"spokesperson"},
        "channel-holders": _READS["channels"],
        "ladders": _READS["decisions"],
        "ladder": _READS["decisions"],
        "ladder-runs": _READS["decisions"],
        "ladder-run": _READS["decisions"],
        "prepare-channel": _LOCAL["channel"],
        "prepare-channel-state": _LOCAL["channel-state"],
        "prepare-ladder": _LOCAL["ladder"],
        "prepare-rung-begin": _LOCAL["rung"],
        "prepare-rung": _LOCAL["rung"],
        # Contacts, their count and decided non-use.
        "contacts": _READS["contacts"],
        "contact": _READS["contacts"],
        "contact-count": _READS["contact-count"],
        "contact-certificate": _READS["contact-count"],
        "decisions": _READS["decisions"],
        "decision": _READS["decisions"],
        "prepare-contact": _LOCAL["contact"],
        # Line checks.
        "check-plans": _READS["line-checks"],
        "check-plan": _READS["line-checks"],
        "line-checks": _READS["line-checks"],
        "check-strip": _READS["line-checks"],
        "check-text": _READS["line-checks"],
        "check-next": _READS["line-checks"],
        "check-calendar": _READS["line-checks"],
        "check-export": _READS["line-checks"],
        "prepare-check-plan": _LOCAL["check-plan"],
        "prepare-line-check": _LOCAL["line-check"],
        # Calls and their sheets.
        "calls": _READS["calls"],
        "call": _READS["calls"],
        "call-script": _READS["calls"] & _READS["sheets"],
        "prepare-call": _LOCAL["call"],
        "prepare-call-step": _LOCAL["call-step"],
        "sheets": _READS["sheets"],
        # Cases, the running log, search and the brief.
        "cases": _READS["cases"],
        "case": _READS["cases"],
        "case-timeline": _READS["cases"],
        "log": _READS["log"],
        "search": _READS["search"],
        "briefs": _READS["briefs"],
        "card": _READS["briefs"],
        "prepare-case": _LOCAL["case"],
        "prepare-case-step": _LOCAL["case-step"],
        "prepare-log": _LOCAL["log"],
        # The shift: roster, hand-over, drills.
        "watch-now": _READS["shifts"],
        "who": _READS["shifts"],
        "rosters": _READS["shifts"],
        "roster": _READS["shifts"],
        "shifts": _READS["shifts"],
        # The form tells of messages and concerns: who has no contents elsewhere has none here.
        "shift": _LOCAL["shift"] | {"auditor"},
        "handover-form": _LOCAL["shift"] | {"auditor"},
        "drills": _READS["shifts"],
        "drill": _READS["shifts"],
        "prepare-roster": _LOCAL["roster"],
        "prepare-shift-handover": _LOCAL["shift"],
        "prepare-shift-take": _LOCAL["shift"],
        "prepare-drill-plan": _LOCAL["drill"],
        "prepare-drill": _LOCAL["drill"],
        # The codebook.
        "codebook": _READS["codebook"],
        "codes": _READS["codebook"],
        "code": _READS["codebook"],
        "prepare-codebook": _LOCAL["codebook"],
        "prepare-codebook-sign": _LOCAL["codebook-sign"],
        # Translations, terms and drafting checks.
        "translations": _READS["translations"],
        "translation": _READS["translations"],
        "terms": _READS["terms"],
        "concept-terms": _READS["terms"],
        "term-checks": _READS["translations"],
        "check-terms": _READS["terms"] - {"auditor"},
        "name-rules": _READS["terms"],
        "drafting-checks": _READS["drafts"],
        "check-drafting": _READS["drafts"] - {"auditor"},
        "prepare-translation": _LOCAL["translation"],
        "prepare-translation-read": _LOCAL["translation-read"],
        "prepare-term": _LOCAL["term"],
        "dry-run-terms": _LOCAL["term"],
        "machine-draft": _LOCAL["translation"],
        # Notices in bulk.
        "notices": _READS["notices"],
        "notice": _READS["notices"],
        "notice-batches": _READS["notices"],
        "notice-batch": _READS["notices"],
        "dry-run-notices": _LOCAL["notice-batch"],
        "prepare-notice-batch": _LOCAL["notice-batch"],
        "enter-notice-batch": _LOCAL["notice-batch"],
        "prepare-notices": _BATCH,
        "submit-notices": _BATCH,
        "prepare-notice-withdraw": _LOCAL["notice-step"] - {"watch-officer"},
        "prepare-notice-receipt": _LOCAL["notice-step"],
        "prepare-notice-sheet": _LOCAL["notice-step"] - {"watch-officer"},
        # Officers, their keys, our next manifest.
        "officers": _READS["officers"],
        "officer-changes": _READS["officers"],
        "prepare-officer-change": _LOCAL["officer-change"],
        "prepare-officer-approval": _LOCAL["officer-approval"],
        "prepare-officer-code": frozenset({"administrator"}),
        "officer-key-begin": _LOCAL["officer-change"],
        "officer-key-finish": _LOCAL["officer-change"],
        "officer-manifest": _READS["officer-manifest"],
        "enter-officer-manifest": _READS["officer-manifest"] - {"auditor"},
    }
)
"""Operation -> roles that may call it."""
