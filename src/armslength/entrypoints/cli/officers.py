"""Which officer acts: the one named, or the first of this home whose roles allow it.

Roles are read from our own introduction file, which is our signed manifest. The node judges by the manifest in force;
this only picks whom to ask for a passphrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from armslength.line.manifest import Manifest

READ_AS: Final[Mapping[str, str]] = {
    "audit-report": "audit",
    "channel-holders": "channels",
    "check-calendar": "line-checks",
    "check-export": "line-checks",
    "check-next": "line-checks",
    "check-plans": "line-checks",
    "check-strip": "line-checks",
    "check-text": "line-checks",
    "concern-form": "concerns",
    "codes": "codebook",
    "contact-certificate": "contact-count",
    "ladder-runs": "decisions",
    "ladders": "decisions",
    "cards": "briefs",
    "case-timeline": "cases",
    "disclosures": "messages",
    "dead-letters": "concerns",
    "facilities": "concerns",
    "officer-changes": "officers",
    "facility-versions": "concerns",
    "feeds": "concerns",
    "findings": "concerns",
    "imports": "concerns",
    "lists": "messages",
    "notice-batches": "notices",
    "reports": "concerns",
    "drafting-checks": "drafts",
    "name-rules": "terms",
    "term-checks": "translations",
    "rules": "concerns",
    "drills": "shifts",
    "handover-form": "shifts",
    "rosters": "shifts",
    "watch-now": "shifts",
    "who": "shifts",
    "windows": "messages",
    "delegations": "drafts",
    "doctor": "health",
    "entries": "journal",
    "export": "journal",
}
"""What is read -> the row of the table of reads that says who may; the others have a row of their own name."""

LEAST_FIRST: Final = (
    "watch-officer",
    "linguist",
    "legal-adviser",
    "auditor",
    "administrator",
    "key-custodian",
    "spokesperson",
    "releasing-officer",
    "principal",
)
"""Whom a command takes when nobody is named: who is on duty before who decides."""

_AUDITORS_ALONE: Final = frozenset({"export", "entries"})


def own_manifest(home: Path) -> Manifest:
    """Return our newest manifest as our introduction file has it, verified.

    Raises:
        LocalError: NODE-NOT-INITIALISED, SETTINGS-MALFORMED; PeerError: MANIFEST-... for a file that was changed.
    """
    from armslength.core.realm import Realm
    from armslength.entrypoints.cli.home import settings_of
    from armslength.line.manifest import verify_introduction

    settings = settings_of(home)
    try:
        data = (home / f"{settings['party']}.intro").read_bytes()
    except OSError as error:
        raise LocalError("NODE-NOT-INITIALISED", missing=f"{settings['party']}.intro") from error
    manifests, _ = verify_introduction(data, Realm(settings["realm"]))
    return manifests[-1]


def choose(home: Path, roles: Iterable[str], asked: str | None) -> str:
    """Return the officer who acts.

    Args:
        home: the home.
        roles: any of these is enough.
        asked: the officer named on the command line, whole or without the party (``watch-1``).

    Raises:
        LocalError: OFFICER-UNKNOWN, ROLE-REFUSED, and those of `own_manifest`.
    """
    wanted = frozenset(roles)
    manifest = own_manifest(home)
    if asked is None:
        fitting = _by_rank(manifest, wanted)
        if not fitting:
            raise LocalError("ROLE-REFUSED", expected=", ".join(sorted(wanted)), got="no officer of this home")
        return next((one for one in fitting if _has_key(home, one)), fitting[0])
    named = next((name for name in (asked, f"{manifest.party.lower()}-{asked}") if name in manifest.officers), None)
    if named is None:
        raise LocalError("OFFICER-UNKNOWN", asked=asked, known=", ".join(sorted(manifest.officers)))
    return named


def _by_rank(manifest: Manifest, wanted: frozenset[str]) -> list[str]:
    fitting = [one for one in manifest.officers.values() if one.roles & wanted]
    ranked = sorted((min(map(_rank, one.roles & wanted)), one.officer) for one in fitting)
    return [officer for _, officer in ranked]


def _rank(role: str) -> int:
    return LEAST_FIRST.index(role) if role in LEAST_FIRST else len(LEAST_FIRST)


def _has_key(home: Path, officer: str) -> bool:
    return (home / "officers" / f"{officer}.key").exists()


def reader(home: Path, what: str) -> str:
    """Return the officer in whose name something is read from a running node: the first with the right and a token.

    Raises:
        LocalError: ROLE-REFUSED, and those of `own_manifest`.
    """
    from armslength.desk.policy import READS

    roles = frozenset({"auditor"}) if what in _AUDITORS_ALONE else READS[READ_AS.get(what, what)]
    for officer in _by_rank(own_manifest(home), roles):
        if (home / "officers" / f"{officer}.token").exists():
            return officer
    raise LocalError("ROLE-REFUSED", act=f"read {what}", expected=", ".join(sorted(roles)))
