"""Windows of silence at the desk: recorded, assured, green, crews out and back, violated, aborted, closed.

A window lists its parties and its lines. What a party says on its line reaches nobody on another but through a person
of the proposer, who states the status. An assurance by message comes from the message itself and is never typed in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import alarms, policy, register_cache, views, watching, window_changes
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line import fields
from armslength.line.form_values import takes_back
from armslength.register import windows
from armslength.register.facility_parts import PillarReport
from armslength.register.window_types import Effect, Event, EventKind, Means, Plan, Status, wrong
from armslength.register.window_value import plan_from_value, plan_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.register.window_types import Assurance, Violation, Window

LINES_MAX: Final = 16
"""Lines of one window: as many as parties that can be asked."""

STEPS: Final[Mapping[EventKind, frozenset[str]]] = {
    EventKind.ASSURANCE: frozenset({"watch-officer", "releasing-officer", "principal"}),
    EventKind.RESCHEDULE: frozenset({"watch-officer", "releasing-officer", "principal"}),
    EventKind.GREEN: frozenset({"releasing-officer", "principal"}),
    EventKind.VIOLATION: frozenset({"watch-officer", "releasing-officer", "principal"}),
    EventKind.RESUME: frozenset({"releasing-officer", "principal"}),
    EventKind.CREWS_OUT: frozenset({"releasing-officer", "principal"}),
    EventKind.CREWS_BACK: frozenset({"watch-officer", "releasing-officer", "principal"}),
    EventKind.ABORT: frozenset({"watch-officer", "releasing-officer", "principal"}),
    EventKind.CLOSE: frozenset({"watch-officer", "releasing-officer", "principal"}),
}
"""Steps that officers record, and their roles: what sends people into a zone takes more than what calls them out."""

_ALARM_OF: Final[Mapping[Effect, str]] = {
    Effect.CALL_CREWS_BACK: "WINDOW-CALL-BACK",
    Effect.NOT_GREEN: "WINDOW-NOT-GREEN",
    Effect.COUNT_VIOLATION: "WINDOW-VIOLATED",
    Effect.KEEP_ALLEGATION: "WINDOW-VIOLATED",
    Effect.ASSURANCE_OVERDUE: "WINDOW-ASSURANCE",
    Effect.ASSURANCE_EXPIRED: "WINDOW-ASSURANCE",
    Effect.SLOT_AT_RISK: "WINDOW-NOT-GREEN",
    Effect.SLOT_MISSED: "WINDOW-ENDED",
    Effect.PROPOSE_GREEN: "WINDOW-READY",
    Effect.TIME_PASSED: "WINDOW-ENDED",
}


# --- looking ----------------------------------------------------------------------------------------------------------


def window(books: Books, name: str) -> window_changes.Change:
    """Return a window with its lines.

    Raises:
        LocalError: WINDOW-UNKNOWN.
    """
    found = window_changes.held(books.unit, name.upper())
    if found is None:
        raise LocalError("WINDOW-UNKNOWN", asked=name)
    return found


def every_window(books: Books) -> list[window_changes.Change]:
    """Return every window, by id."""
    return [window(books, key.decode()) for key, _ in books.unit.scan(views.WINDOWS)]


# --- recording --------------------------------------------------------------------------------------------------------


def prepare_window(
    books: Books,
    officer: str,
    *,
    lines: Sequence[bytes],
    zone: Any,  # noqa: ANN401 - a Circle, Polygon or Route
    works: tuple[str, ...],
    crews: tuple[str, ...],
    parties: tuple[str, ...],
    from_at: Instant,
    until_at: Instant,
    assure_by: Instant,
    observers: tuple[str, ...] = (),
    facility_id: str = "",
) -> Prepared:
    """Return the body of a new window of ours; its WINDOW messages are drafted from it, one a line.

    Args:
        lines: the lines that it stands on; a party without one is asked by other means.
        zone: where it is to be silent.
        works: codes of WORKS.
        crews: who works.
        parties: who is asked for an assurance.
        from_at: its beginning.
        until_at: its end.
        assure_by: by when assurances are asked for.
        observers: who watches.
        facility_id: what the works serve.

    Raises:
        LocalError: WINDOW-VALUE, LINE-UNKNOWN.
    """
    year = datetime.fromtimestamp(int(books.now) // 1_000_000, UTC).year
    prefix = f"{books.party}-W-{year:04}-"
    taken = [int(key.decode().removeprefix(prefix)) for key, _ in books.unit.scan(views.WINDOWS, prefix.encode())]
    plan = Plan(
        window_id=windows.window_id(books.party, year, max(taken, default=0) + 1),
        proposer=books.party,
        facility_id=facility_id,
        zone=zone,
        works=works,
        crews=crews,
        observers=observers,
        parties=parties,
        from_at=from_at,
        until_at=until_at,
        assure_by=assure_by,
    )
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: cast("CborValue", plan_value(plan)),
        21: tuple(lines),
    }
    _check(books, body)
    return Prepared(type="window", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_step(
    books: Books,
    officer: str,
    name: str,
    step: str,
    reason: str,
    *,
    assurance: Assurance | None = None,
    violation: Violation | None = None,
    crews: tuple[str, ...] = (),
    times: tuple[Instant, Instant, Instant] | None = None,
    pillars: tuple[tuple[str, str], ...] = (),
) -> Prepared:
    """Return the body of a person's step on a window.

    Args:
        name: the window's id.
        step: a kind of `STEPS`.
        reason: why.
        assurance: as it came on paper or by voice.
        violation: what was observed, with evidence.
        crews: who goes out or is back; nobody named means all.
        times: from, until and assurances by, of another time.
        pillars: pillar and status, on closing.

    Raises:
        LocalError: WINDOW-... codes: what the machine refuses is refused before anybody signs it.
    """
    held = window(books, name).state
    body: dict[int, CborValue] = {**books.common(officer), 20: held.plan.window_id, 21: step, 22: reason}
    if assurance is not None:
        body[24] = (
            *(assurance.party, assurance.said.value, assurance.means.value, assurance.commands),
            *(assurance.from_at, assurance.until_at, assurance.reference),
        )
    if violation is not None:
        body[25] = (violation.at, violation.by or None, violation.what, violation.evidence, violation.reporter)
    if step in {EventKind.CREWS_OUT, EventKind.CREWS_BACK}:
        body[26] = crews or (held.plan.crews if step == EventKind.CREWS_OUT else held.crews_out)
    if times is not None:
        body[27] = times
    if pillars:
        body[28] = pillars
    _check(books, body)
    return Prepared(type="window-step", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_pillars(books: Books, officer: str, name: str) -> Prepared:
    """Return the facility's record with the pillars that were reported when its window was closed.

    Raises:
        LocalError: WINDOW-UNKNOWN; WINDOW-VALUE, it serves no facility of the register, or nothing was reported.
    """
    held = window(books, name).state
    plan = held.plan
    facility = register_cache.Cache(books).facility(plan.facility_id) if plan.facility_id else None
    if facility is None:
        raise wrong("facility", "a facility of the register", plan.facility_id or "none")
    if not held.pillars:
        raise wrong("pillars", "pillars reported on closing", "none")
    reports = tuple(
        PillarReport(
            pillar=pillar,
            status=status,
            note=f"{plan.window_id}: {held.outcome}",
            source=books.party,
            as_of=held.changed_at,
        )
        for pillar, status in held.pillars
    )
    told = replace(facility, pillars=(*facility.pillars, *reports), applies_from_at=held.changed_at)
    return watching.prepare_facility(books, officer, told)


def submit(books: Books, signed: Signed) -> int:
    """Enter a window or a step of a person on one; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, WINDOW-... codes.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    act, roles = policy.LOCAL_ACTS[prepared.type]
    if prepared.type == "window-step":
        roles = STEPS.get(_kind(prepared.body), frozenset())
    policy.require(acts[0], act, roles, str(prepared.body.get(5)))
    change = _check(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    ring(books, change)
    return index


def _kind(body: Mapping[int, CborValue]) -> EventKind:
    """Return the step of a record.

    Raises:
        LocalError: WINDOW-TRANSITION, no step that officers record.
    """
    found = next((kind for kind in STEPS if kind == body.get(21)), None)
    if found is None:
        raise LocalError("WINDOW-TRANSITION", event=body.get(21), expected=", ".join(STEPS))
    return found


def _check(books: Books, body: Mapping[int, CborValue]) -> window_changes.Change:
    """Return the window that a record would leave.

    Raises:
        LocalError: WINDOW-... codes.
    """
    if isinstance(body.get(20), dict):
        _check_new(books, body)
    else:
        kind = _kind(body)
        needed = _NEEDED.get(kind)
        if needed is not None and needed not in body:
            raise wrong(kind.value, f"field {needed}", "nothing")
    try:
        change = window_changes.by_record(books.unit, body, books.now)
    except (KeyError, TypeError, ValueError) as error:
        raise wrong("record", "fields of a window", type(error).__name__) from error
    given = body.get(24)
    if isinstance(given, tuple) and len(given) > _MEANS_AT and given[_MEANS_AT] == Means.MESSAGE:
        raise wrong("means", "PAPER or VOICE, a message speaks for itself", "MESSAGE")
    return change


_MEANS_AT: Final = 2
_NEEDED: Final[Mapping[EventKind, int]] = {
    EventKind.ASSURANCE: 24,
    EventKind.VIOLATION: 25,
    EventKind.CREWS_OUT: 26,
    EventKind.CREWS_BACK: 26,
    EventKind.RESCHEDULE: 27,
}


def _check_new(books: Books, body: Mapping[int, CborValue]) -> None:
    lines = body.get(21)
    if not isinstance(lines, tuple) or len(lines) > LINES_MAX or not all(isinstance(one, bytes) for one in lines):
        raise wrong("lines", f"at most {LINES_MAX} lines", type(lines).__name__)
    for line in lines:
        books.line(cast("bytes", line))
    if plan_from_value(body[20]).proposer != books.party:
        raise wrong("proposer", books.party, "another party")


# --- ringing ----------------------------------------------------------------------------------------------------------


def ring(books: Books, change: window_changes.Change | None) -> None:
    """Raise the alarms that a change of a window obliges to."""
    if change is None:
        return
    state = change.state
    for effect in change.effects:
        kind = _ALARM_OF.get(effect)
        if kind is not None:
            # A window may lose its green more than once: each step is a cause of its own.
            alarms.raise_alarm(
                books, kind, NO_LINE, change.key, len(state.history) * _EFFECTS_MAX + _ORDER[effect], detail=_say(state)
            )


_ORDER: Final = {effect: place for place, effect in enumerate(Effect)}
_EFFECTS_MAX: Final = 32
"""Numbers set aside for the effects of one step, so that no two steps share an alarm; there are eleven kinds."""


def _say(state: Window) -> str:
    missing = ", ".join(state.owed)
    counted = sum(state.counts.values())
    parts = [f"{state.plan.window_id} {state.status.value}"]
    parts += [f"missing: {missing}"] if missing else []
    parts += [f"crews out: {', '.join(state.crews_out)}"] if state.crews_out else []
    parts += [f"violations counted: {counted}"] if counted else []
    return "; ".join(parts)


def tick(books: Books, key: bytes) -> None:
    """Record that the clock passed a window's deadline, and ring for what follows."""
    before = window(books, key.decode())
    change = window_changes.stepped(before, Event(kind=EventKind.TICK), books.now)
    books.note("deadline", "deadline", {20: "window", 21: key, 22: books.now})
    ring(books, change)


# --- messages ---------------------------------------------------------------------------------------------------------


def window_values(books: Books, name: str, line: LineView) -> dict[int, CborValue]:
    """Return the fields of the WINDOW of a line: the proposal, or the other time when one was sent already.

    Raises:
        LocalError: WINDOW-UNKNOWN.
    """
    held = window(books, name)
    plan = held.state.plan
    zone: Any = plan.zone.to_cbor()
    values: dict[int, CborValue] = {
        fields.REPLY_BY: plan.assure_by,
        100: plan.window_id,
        101: zone,
        102: (plan.from_at, plan.until_at),
        103: plan.works,
        104: plan.crews,
        105: plan.parties,
    }
    if plan.facility_id:
        values[fields.FACILITY_ID] = plan.facility_id
    if plan.observers:
        values[106] = plan.observers
    first = dict(held.messages).get(line.line)
    if first is not None:
        values[fields.RELATION] = ("updates", first)
    return values


def status_values(books: Books, name: str, reason: str) -> dict[int, CborValue]:
    """Return the fields of a WINDOW-STATUS that states how a window stands here.

    Args:
        name: the window's id.
        reason: a code of WINDOW_REASON.

    Raises:
        LocalError: WINDOW-UNKNOWN.
    """
    state = window(books, name).state
    values: dict[int, CborValue] = {
        100: state.plan.window_id,
        101: _STATED.get(state.status, "NOT-GREEN"),
        102: reason,
    }
    counted = [violation for violation in state.violations if violation.counted]
    if counted:
        values[108] = len(counted)
    if state.status is Status.VIOLATED and counted:
        values[103], values[107] = counted[-1].at, counted[-1].evidence
    if state.missing and state.status in {Status.PROPOSED, Status.ASSURING, Status.MISSED}:
        values[109] = state.missing
    if state.pillars:
        values[110] = state.pillars
    return values


_STATED: Final[Mapping[Status, str]] = {
    Status.GREEN: "GREEN",
    Status.ACTIVE: "GREEN",
    Status.VIOLATED: "VIOLATED",
    Status.ABORTED: "ABORTED",
    Status.CLOSED: "CLOSED",
}


def assurance_values(
    books: Books, name: str, line: LineView, said: str, commands: tuple[str, ...], times: tuple[Instant, Instant] | None
) -> dict[int, CborValue]:
    """Return the fields of our ASSURANCE for a window that the peer of a line proposed.

    Args:
        name: the window's id.
        line: the line on which it was proposed.
        said: a code of ASSURANCE_STATE.
        commands: the commands that give, refuse or withdraw it.
        times: from and until; the window's own without them.

    Raises:
        LocalError: WINDOW-UNKNOWN.
    """
    held = window(books, name)
    plan = held.state.plan
    proposal = dict(held.messages).get(line.line)
    if proposal is None:
        raise LocalError("WINDOW-UNKNOWN", asked=name, line=line.peer)
    return {
        fields.ANSWERS: proposal,
        100: plan.window_id,
        101: said,
        102: commands,
        103: times if times is not None else (plan.from_at, plan.until_at),
    }


def check_draft(books: Books, line: LineView, body: Mapping[int, CborValue]) -> None:
    """Refuse a message of ours that says of a window what our own books do not.

    Raises:
        LocalError: WINDOW-DIFFERS, WINDOW-NOT-GREEN, WINDOW-UNKNOWN, WINDOW-VALUE.
    """
    form = body.get(fields.FORM_CODE)
    if form not in window_changes.FORMS or takes_back(body):
        return
    held = window_changes.held(books.unit, str(body.get(100)))
    if form == "WINDOW":
        plan = window_changes.plan_of(_spoken(books, line, body))
        if held is not None and held.state.plan != plan:
            raise LocalError("WINDOW-DIFFERS", window=plan.window_id)
        return
    if held is None or line.line not in held.lines:
        raise LocalError("WINDOW-UNKNOWN", asked=body.get(100), line=line.peer)
    if form == "ASSURANCE" and (
        books.party not in held.state.plan.parties or body.get(fields.ANSWERS) != dict(held.messages).get(line.line)
    ):
        raise LocalError("WINDOW-DIFFERS", window=held.state.plan.window_id, expected="an answer of a party asked")
    if form == "WINDOW-STATUS":
        _check_status(books, held.state, body)


def _spoken(books: Books, line: LineView, body: Mapping[int, CborValue]) -> window_changes.Spoken:
    return window_changes.Spoken(
        line=line.line,
        author=books.party,
        receiver=line.peer,
        own=books.party,
        envelope_hash=b"",
        at=books.now,
        body=body,
    )


def _check_status(books: Books, state: Window, body: Mapping[int, CborValue]) -> None:
    stated, plan = body.get(101), state.plan
    counted = sum(state.counts.values())
    if stated == "GREEN" and (state.status not in window_changes.GREEN_STATUSES or plan.proposer != books.party):
        # Only the proposer sees every assurance; a party knows of its own.
        raise LocalError("WINDOW-NOT-GREEN", window=plan.window_id, missing=", ".join(state.missing) or "none")
    if stated in {"ABORTED", "CLOSED"} and state.status.value != stated:
        raise LocalError("WINDOW-DIFFERS", window=plan.window_id, expected=state.status.value, got=stated)
    if body.get(108, counted) != counted:
        raise LocalError("WINDOW-DIFFERS", window=plan.window_id, expected=f"{counted} violations with evidence")
