"""Drills at the desk: planned and begun clear of every change of the watch, stopped when the roster changes (K2)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.channels import drills
from armslength.channels.drills import CLEAR_US, EventKind, Status
from armslength.channels.drills_value import drill_from_value, plan_value
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, rfc3339
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import alarms, channel_book, numbering, shift_changes, views
from armslength.desk.prepared import Prepared, Signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.channels.drills import Drill, Plan
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books

PREFIX: Final = "DR"
"""Drills are numbered DR-2022-000001."""


def drill(books: Books, number: str) -> Drill:
    """Return a drill.

    Raises:
        LocalError: DRILL-UNKNOWN.
    """
    found = shift_changes.drill(books.unit, number.upper())
    if found is None:
        raise LocalError("DRILL-UNKNOWN", asked=number)
    return found


def every_drill(books: Books, most: int) -> list[Drill]:
    """Return drills, the newest first, at most so many."""
    return [drill_from_value(value) for _, value in books.unit.scan(views.DRILLS, reverse=True, limit=most)]


def prepare_plan(
    books: Books,
    officer: str,
    *,
    title: str,
    script: str,
    from_at: Instant,
    until_at: Instant,
    reason: str,
    supervisors: Sequence[tuple[str, str]] = (),
) -> Prepared:
    """Return the body of a drill's plan.

    Args:
        title: what it is called.
        script: what is played, to the letter.
        from_at: when it is to begin.
        until_at: when it is to end.
        reason: what it is for.
        supervisors: pairs of watch and officer, needed near a change of the watch.

    Raises:
        LocalError: DRILL-VALUE, DRILL-ROSTER, DRILL-SHIFT.
    """
    plan = drills.Plan(
        number=numbering.next_number(books, views.DRILLS, PREFIX),
        title=title,
        script=script,
        from_at=from_at,
        until_at=until_at,
        supervisors=tuple(supervisors),
    )
    return _prepared(books, officer, {20: EventKind.PLAN.value, 27: reason, **plan_value(plan)})


def prepare_step(books: Books, officer: str, number: str, step: str, reason: str) -> Prepared:
    """Return the body of a person's step on a drill: BEGIN, END or CALL-OFF; a beginning names the script's hash.

    Raises:
        LocalError: DRILL-UNKNOWN, DRILL-VALUE, DRILL-TRANSITION, DRILL-ROSTER, DRILL-SHIFT.
    """
    state = drill(books, number)
    script = {28: script_hash(state.plan)} if step == EventKind.BEGIN else {}
    return _prepared(books, officer, {20: step, 21: state.plan.number, 27: reason, **script})


def script_hash(plan: Plan) -> bytes:
    """Return the hash of a drill's script: what is begun is what was planned."""
    return sha256(plan.script.encode()).digest()


def _prepared(books: Books, officer: str, fields: Mapping[int, CborValue]) -> Prepared:
    body: dict[int, CborValue] = {**books.common(officer), **fields}
    _checked(books, body)
    return Prepared(type="drill", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_drill(books: Books, signed: Signed) -> int:
    """Enter a drill's plan or a person's step on it; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, DRILL-... codes, NUMBER-TAKEN.
    """
    return channel_book.enter_local(books, signed, _checked)


def _checked(books: Books, body: Mapping[int, CborValue]) -> Drill:
    if body.get(20) == EventKind.STOP:
        raise drills.wrong("step", "a person's step", EventKind.STOP.value)
    after = shift_changes.by_record(books.unit, body, books.now)
    plan = after.plan
    if body[20] == EventKind.PLAN:
        if plan.number != numbering.next_number(books, views.DRILLS, PREFIX):
            raise LocalError("NUMBER-TAKEN", got=plan.number)
        _require_clear(books, plan.from_at, plan)
    if body[20] == EventKind.BEGIN:
        if body.get(28) != script_hash(plan):
            raise drills.wrong("script", "the script that was planned", "another")
        if not plan.from_at - CLEAR_US <= books.now < plan.until_at:
            raise drills.wrong("time", f"{rfc3339(plan.from_at)} to {rfc3339(plan.until_at)}", rfc3339(books.now))
        _require_clear(books, books.now, plan)
    return after


def _require_clear(books: Books, from_at: Instant, plan: Plan) -> None:
    first, last = Instant(from_at - CLEAR_US), Instant(plan.until_at + CLEAR_US)
    rosters = shift_changes.rosters(books.unit, first, last)
    for at in (from_at, Instant(plan.until_at - 1)):
        if not any(roster.covers(at) for roster in rosters):
            raise LocalError("DRILL-ROSTER", expected=f"a roster for {rfc3339(at)}")
    watches = shift_changes.watches(books.unit, first, last)
    found = drills.clash(from_at, plan.until_at, watches, plan.supervisors)
    if found is not None:
        sides = ", ".join(watch.name for watch in (*found.leaving, *found.coming))
        raise LocalError("DRILL-SHIFT", change=rfc3339(found.at), watches=sides, named=len(plan.supervisors))


# --- the roster and the clock -----------------------------------------------------------------------------------------


def ring_for_roster(books: Books, entry: int) -> None:
    """Ring for planned drills that a new roster has put near a change of the watch; running ones the clock stops."""
    for state in shift_changes.live_drills(books.unit):
        plan = state.plan
        watches = shift_changes.watches(books.unit, plan.from_at, plan.until_at)
        found = drills.clash(plan.from_at, plan.until_at, watches, plan.supervisors)
        if state.status is Status.PLANNED and found is not None:
            detail = f"{plan.number} is planned near the change of the watch at {rfc3339(found.at)}"
            alarms.raise_alarm(books, "DRILL-STOPPED", reference=plan.number.encode(), step=entry, detail=detail)


def tick(books: Books, key: bytes) -> None:
    """Stop a running drill that has come near a change of the watch, and ring; people call it off or begin it anew."""
    state = shift_changes.drill(books.unit, key.decode())
    if state is None or state.status is not Status.RUNNING:
        return
    reason = "a change of the watch is within half an hour, and no supervisor of both watches is named"
    books.note("drill", "drill", {20: EventKind.STOP.value, 21: state.plan.number, 27: reason})
    detail = f"{state.plan.number} was stopped: {reason}"
    alarms.raise_alarm(books, "DRILL-STOPPED", reference=key, step=len(state.history), detail=detail)
