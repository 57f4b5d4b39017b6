"""The part of an audit report that is about the console: sign-ins, officers as they were changed, alarms passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from armslength.core.instants import Instant, rfc3339
from armslength.desk import audit_watch, officer_changes, sign_ins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.audit_ledger import Ledger, Seen

_SESSION: Final[Mapping[str, str]] = {
    "signed-in": "signed in",
    "locked": "had a session locked",
    "unlocked": "signed in again to a locked session",
    "signed-out": "signed out",
    "expired": "had a session end with its watch",
    "ended": "had a session ended by the node",
}

_CHANGE: Final[Mapping[str, str]] = {
    "PROPOSE": "proposed",
    "CODE": "made an enrolment code for",
    "OFFER": "A key was offered with a code for",
    "APPROVE": "approved",
    "REJECT": "refused",
}

_SHELF: Final[Mapping[str, str]] = {"ASK": "asked to shelve", "SHELVE": "signed as the second person to shelve"}


# --- sign-ins ---------------------------------------------------------------------------------------------------------


def _sign_in(ledger: Ledger, seen: Seen) -> None:
    body, outcome = seen.body, str(seen.body[20])
    post = f" at {body[24]}" if body[24] else ""
    method = f" by {body[22]}" if body[22] else ""
    officer = str(body[21] or "")
    if outcome == "refused":
        said = _refused(seen, method)
    else:
        because = f" ({body[27]})" if body[27] else ""
        did = _SESSION.get(outcome, sign_ins.OUTCOMES.get(outcome, outcome))
        said = f"{officer or 'Somebody'} {did}{method}{post}{because}."
    ledger.add("sign-ins", seen, outcome.upper(), said, officer=officer, role="")


def _refused(seen: Seen, method: str) -> str:
    body = seen.body
    tries = "1 attempt" if body[26] == 1 else f"{body[26]} attempts"
    named = ", ".join(f"{officer} {count}" for officer, count in body[29])
    since = f" since {rfc3339(Instant(body[28]))}" if body[28] is not None else ""
    return f"{tries} to sign in{method} refused{since}; in the name of {named or 'nobody who is an officer here'}."


# --- officers ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Changes:
    """Changes of officers by number: what each is, in words."""

    named: dict[str, str] = field(default_factory=dict)


def _officer_change(ledger: Ledger, seen: Seen) -> None:
    held: Changes = ledger.of(Changes)
    body, step = seen.body, str(seen.body[officer_changes.STEP])
    number = str(body[officer_changes.NUMBER])
    whom = body.get(officer_changes.OFFICER)
    roles = ", ".join(sorted(body.get(officer_changes.ROLES_FIELD) or ()))
    what = f"{body.get(officer_changes.WHAT)}{f' of {whom}' if whom else ''}{f' as {roles}' if roles else ''}"
    held.named[number] = what
    _say_change(ledger, seen, step, number, what)


def _officer_approval(ledger: Ledger, seen: Seen) -> None:
    held: Changes = ledger.of(Changes)
    number = str(seen.body[officer_changes.NUMBER])
    _say_change(ledger, seen, str(seen.body[officer_changes.STEP]), number, held.named.get(number, "a change"))


def _say_change(ledger: Ledger, seen: Seen, step: str, number: str, what: str) -> None:
    did = _CHANGE.get(step, step)
    reason = seen.body.get(officer_changes.REASON)
    why = f": {reason}" if reason else ""
    ledger.add("officers", seen, step, f"{seen.officer} {did} {what} ({number}){why}")


# --- alarms passed on and shelved -------------------------------------------------------------------------------------


def _passed(ledger: Ledger, seen: Seen) -> None:
    name = audit_watch.alarm_name(ledger, seen.body[20])
    why = f": {seen.body[22]}" if seen.body.get(22) else ""
    ledger.add("passed-alarms", seen, "PASSED", f"{seen.officer} passed {name} to {seen.body[21]}{why}")


def _shelved(ledger: Ledger, seen: Seen) -> None:
    body, step = seen.body, str(seen.body[21])
    name = audit_watch.alarm_name(ledger, body[20])
    until = f" until {rfc3339(Instant(body[22]))}" if type(body.get(22)) is int else ""
    why = f": {body[23]}" if body.get(23) else ""
    did = _SHELF.get(step)
    said = f"{seen.officer} took {name} off the shelf" if did is None else f"{seen.officer} {did} {name}{until}{why}"
    ledger.add("passed-alarms", seen, f"SHELF-{step}", said)


HANDLERS: Final[Mapping[str, Callable[[Ledger, Seen], None]]] = {
    sign_ins.KIND: _sign_in,
    "officer-change": _officer_change,
    "officer-approval": _officer_approval,
    "alarm-passed": _passed,
    "alarm-shelved": _shelved,
}
"""Kind of entry -> what it adds."""
