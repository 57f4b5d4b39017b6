"""The part of an audit report that is about the watch: alarms, other deadlines, overrides, and what was read in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from armslength.core.instants import SECOND_US, Instant, duration_text, rfc3339
from armslength.desk.alarms import ALARM_KINDS
from armslength.desk.audit_ledger import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.audit_ledger import Ledger, Seen

ASSESS_WITHIN_S: Final = 30 * 60
"""Half an hour: by minute 35 of an urgent concern something is decided of it (domain.md 8b), so somebody has assessed
it before."""

LATE_ALARMS: Final[Mapping[str, str]] = {
    "CHECK-MISSED": "A line check was missed",
    "LIST-OVERDUE": "The yearly exchange of lists was late",
    "WINDOW-ASSURANCE": "An assurance of a window of silence was missing",
    "WINDOW-ENDED": "The time of a window of silence passed before it was closed",
    "NOTICE-OWED": "A party did not receipt a notice, or held an older version",
    "RUNG-PROPOSED": "Nobody answered in time, and the next rung was proposed",
}
"""Alarms that say by themselves that a deadline passed, where no entry of its own says so -> in words."""


# --- alarms -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Raised:
    """One alarm: its entry, when somebody was rung, when and by whom it was accepted."""

    seen: Seen
    rung_at: int | None = None
    accepted: Seen | None = None
    ended_at: int | None = None


@dataclass(slots=True)
class Alarms:
    """Alarms by id."""

    raised: dict[bytes, Raised] = field(default_factory=dict)


def _alarm(ledger: Ledger, seen: Seen) -> None:
    held: Alarms = ledger.of(Alarms)
    held.raised[seen.body[21]] = Raised(seen)
    late = LATE_ALARMS.get(str(seen.body[20]))
    if late is not None:
        detail = f": {seen.body[25]}" if seen.body[25] else ""
        ledger.add("missed", seen, str(seen.body[20]), f"{late}{detail}.")


def _notified(ledger: Ledger, seen: Seen) -> None:
    held: Alarms = ledger.of(Alarms)
    one = held.raised.get(seen.body[20])
    if one is not None and one.rung_at is None and seen.body.get(21) is True:
        one.rung_at = seen.at


def _ended(ledger: Ledger, seen: Seen) -> None:
    held: Alarms = ledger.of(Alarms)
    one = held.raised.get(seen.body[20])
    if one is not None and one.ended_at is None:
        one.ended_at = seen.at


def _accepted(ledger: Ledger, seen: Seen) -> None:
    held: Alarms = ledger.of(Alarms)
    one = held.raised.get(seen.body[20])
    if one is not None and one.accepted is None:
        one.accepted = seen


def alarm_name(ledger: Ledger, identity: bytes) -> str:
    """Return an alarm as people call it."""
    held: Alarms = ledger.of(Alarms)
    one = held.raised.get(identity)
    if one is None:
        return f"alarm {identity.hex()}"
    detail = f" ({one.seen.body[25]})" if one.seen.body[25] else ""
    return f"{one.seen.body[20]} of entry {one.seen.index}{detail}"


def _alarm_row(one: Raised) -> Row:
    kind, detail = str(one.seen.body[20]), str(one.seen.body[25])
    what = detail or ALARM_KINDS.get(kind, kind)
    rung = "" if one.rung_at is None else f" Rung after {_lasted(one.rung_at - one.seen.at)}."
    if one.accepted is None:
        ended = "" if one.ended_at is None else f" Its cause ended after {_lasted(one.ended_at - one.seen.at)}."
        said = f"{kind}: {what.rstrip('.')}.{rung}{ended} Nobody has accepted it."
        return Row(index=one.seen.index, at=one.seen.at, what="UNACCEPTED", officer="", role="", sentence=said)
    after = _lasted(one.accepted.at - one.seen.at)
    said = f"{kind}: {what.rstrip('.')}.{rung} {one.accepted.officer} accepted it after {after}."
    return Row(
        index=one.seen.index,
        at=one.seen.at,
        what="ACCEPTED",
        officer=one.accepted.officer,
        role=one.accepted.role,
        sentence=said,
    )


def _lasted(microseconds: int) -> str:
    return duration_text(microseconds) if microseconds >= SECOND_US else "less than a second"


def waits(ledger: Ledger) -> tuple[list[int], int]:
    """Return the seconds that each alarm of the period waited to be accepted, and how many still wait."""
    held: Alarms = ledger.of(Alarms)
    own = [one for one in held.raised.values() if ledger.within(one.seen.at)]
    waited = [(one.accepted.at - one.seen.at) // SECOND_US for one in own if one.accepted is not None]
    return waited, len(own) - len(waited)


# --- deadlines beside those of messages -------------------------------------------------------------------------------


@dataclass(slots=True)
class Concerns:
    """Concerns by id: the entry that flagged each, and when a person first assessed it."""

    flagged: dict[str, Seen] = field(default_factory=dict)
    assessed: dict[str, Seen] = field(default_factory=dict)


def _concern(ledger: Ledger, seen: Seen) -> None:
    held: Concerns = ledger.of(Concerns)
    held.flagged.setdefault(str(seen.body[20]), seen)


def _concern_step(ledger: Ledger, seen: Seen) -> None:
    held: Concerns = ledger.of(Concerns)
    if seen.item.acts:
        held.assessed.setdefault(str(seen.body[20]), seen)


def _concern_rows(ledger: Ledger) -> list[Row]:
    held: Concerns = ledger.of(Concerns)
    found = []
    for name, flagged in held.flagged.items():
        due = flagged.at + ASSESS_WITHIN_S * SECOND_US
        assessed = held.assessed.get(name)
        if not ledger.within(due) or due > ledger.last_at or (assessed is not None and assessed.at <= due):
            continue
        said = "nobody has" if assessed is None else f"{assessed.officer} did after {_lasted(assessed.at - flagged.at)}"
        found.append(
            Row(
                index=flagged.index,
                at=due,
                what="CONCERN-UNASSESSED",
                officer="" if assessed is None else assessed.officer,
                role="" if assessed is None else assessed.role,
                sentence=f"{name} was to be assessed within {_lasted(ASSESS_WITHIN_S * SECOND_US)}; {said}.",
            )
        )
    return found


def _deadline(ledger: Ledger, seen: Seen) -> None:
    if seen.body[20] == "gap":
        ledger.add("missed", seen, "GAP", "Numbers were missing in what the other side sent, and did not come in time.")


def _line_check(ledger: Ledger, seen: Seen) -> None:
    if seen.body[21] in {"NO-ANSWER", "NOT-MADE"}:
        done = "was not answered" if seen.body[21] == "NO-ANSWER" else "was not made"
        ledger.add("missed", seen, str(seen.body[21]), f"A line check on {seen.body[20]} {done}.")


def _shift(ledger: Ledger, seen: Seen) -> None:
    kind, watch = seen.body[20], seen.body[23] or "the watch"
    if kind == "OVERDUE":
        begins = rfc3339(Instant(seen.body[27]))
        ledger.add("missed", seen, "SHIFT", f"Nobody had signed for {watch}, which began at {begins}.")
    elif kind == "TAKE" and seen.body.get(26) is None and seen.body.get(24):
        said = f"{seen.officer} took {watch} without a hand-over: {seen.body[24]}"
        ledger.add("overrides", seen, "NO-HAND-OVER", said)


# --- overrides --------------------------------------------------------------------------------------------------------


def _drill(ledger: Ledger, seen: Seen) -> None:
    if seen.body[20] == "CALL-OFF":
        said = f"{seen.officer} called off drill {seen.body[21]}: {seen.body[27]}"
        ledger.add("overrides", seen, "DRILL-CALLED-OFF", said)
    elif seen.body[20] == "STOP":
        ledger.add("overrides", seen, "DRILL-STOPPED", f"The node stopped drill {seen.body[21]}: {seen.body[27]}.")


def _rung(ledger: Ledger, seen: Seen) -> None:
    kind = str(seen.body[20])
    if kind in {"WAIT", "SKIP", "STOP"}:
        why = f": {seen.body[24]}" if seen.body.get(24) else ""
        said = f"{seen.officer} answered {kind} to the rung that {seen.body[21]} proposed{why}"
        ledger.add("overrides", seen, f"RUNG-{kind}", said)


def _window_step(ledger: Ledger, seen: Seen) -> None:
    if seen.body[21] == "resume":
        why = f": {seen.body[22]}" if seen.body.get(22) else ""
        said = f"{seen.officer} resumed window {seen.body[20]} after a violation was stated{why}"
        ledger.add("overrides", seen, "WINDOW-RESUMED", said)


# --- what was read in -------------------------------------------------------------------------------------------------


def _import(ledger: Ledger, seen: Seen) -> None:
    body = seen.body
    said = f"{seen.officer} entered {body[25]} of {body[24]} rows of {body[22]} as {body[20]}, {body[26]} refused."
    ledger.add("imports", seen, "ENTERED", said)
    if body[26]:
        refused = f"{seen.officer} entered {body[22]} although {body[26]} of its {body[24]} rows were refused."
        ledger.add("overrides", seen, "IMPORT-REFUSED-ROWS", refused)


@dataclass(slots=True)
class Feeds:
    """Whether each feed was on when it was last set up."""

    on: dict[str, bool] = field(default_factory=dict)


def _feed(ledger: Ledger, seen: Seen) -> None:
    held: Feeds = ledger.of(Feeds)
    name, on = str(seen.body[20]), seen.body[26] is True
    before = held.on.get(name)
    held.on[name] = on
    if before is None:
        what, did = "SET-UP", "set up"
    elif before is on:
        what, did = "CHANGED", "changed"
    else:
        what, did = ("SWITCHED-ON", "switched on") if on else ("SWITCHED-OFF", "switched off")
    ledger.add("feeds", seen, what, f"{seen.officer} {did} the feed {name} ({seen.body[21]}, {'on' if on else 'off'}).")


def _feed_run(ledger: Ledger, seen: Seen) -> None:
    for number, what, word in ((24, "TROUBLE", "has a trouble"), (25, "TROUBLE-ENDED", "is over a trouble")):
        for trouble in seen.body.get(number) or ():
            detail = f": {seen.body[26]}" if seen.body.get(26) else ""
            ledger.add("feeds", seen, what, f"The feed {seen.body[20]} {word}, {trouble}{detail}.")


def _rules(ledger: Ledger, seen: Seen) -> None:
    why = f": {seen.body[21]}" if seen.body.get(21) else ""
    ledger.add("rules", seen, "IN-FORCE", f"{seen.officer} put rules of the watch in force{why}")


def finish(ledger: Ledger) -> None:
    """Add what is known only at the end: how long each alarm waited, and concerns that nobody assessed in time."""
    held: Alarms = ledger.of(Alarms)
    ledger.rows["alarms"] += [_alarm_row(one) for one in held.raised.values() if ledger.within(one.seen.at)]
    ledger.rows["missed"] += _concern_rows(ledger)


HANDLERS: Final[Mapping[str, Callable[[Ledger, Seen], None]]] = {
    "alarm": _alarm,
    "alarm-notified": _notified,
    "alarm-accepted": _accepted,
    "alarm-ended": _ended,
    "concern": _concern,
    "concern-step": _concern_step,
    "deadline": _deadline,
    "line-check": _line_check,
    "shift": _shift,
    "drill": _drill,
    "rung": _rung,
    "window-step": _window_step,
    "import": _import,
    "feed": _feed,
    "feed-run": _feed_run,
    "rules": _rules,
}
"""Kind of entry -> what it adds."""
