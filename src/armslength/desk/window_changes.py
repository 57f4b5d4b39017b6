"""What a message or a record does to a window of silence: read once, used live and by the projection alike.

A message of the line that fits no window moves none; it is kept, shown and receipted like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import Instant
from armslength.core.places import area_from_cbor
from armslength.desk import views
from armslength.line import fields, forms
from armslength.line.form_values import takes_back
from armslength.register import windows
from armslength.register.window_types import Assurance, Event, EventKind, Means, Plan, Said, Status, Violation, Window
from armslength.register.window_value import (
    member,
    plan_from_value,
    violation_of,
    window_from_value,
    window_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit
    from armslength.register.window_types import Effect

    Body = Mapping[int, Any]

FORMS: Final = frozenset({"WINDOW", "ASSURANCE", "WINDOW-STATUS"})
"""Forms that speak of windows."""

RECALLED: Final = "RECALLED"
"""What is told of a window whose proposal was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A message as a window sees it.

    Args:
        line: the line's id.
        author: party code of its author.
        receiver: party code of its addressee.
        own: party code of the node that looks.
        envelope_hash: its name.
        at: when this node entered it.
        body: its fields.
    """

    line: bytes
    author: str
    receiver: str
    own: str
    envelope_hash: bytes
    at: Instant
    body: Body

    @property
    def form(self) -> str:
        """Its form's code."""
        return str(self.body.get(fields.FORM_CODE))

    @property
    def known(self) -> bool:
        """Whether it is of a form of windows in the version that this node knows."""
        return self.form in FORMS and forms.known(self.form, self.body.get(fields.FORM_VERSION))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A window afterwards: its state, its lines, the WINDOW message of each line, and what must follow."""

    state: Window
    lines: tuple[bytes, ...]
    messages: tuple[tuple[bytes, bytes], ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def key(self) -> bytes:
        """The key of the window's row."""
        return self.state.plan.window_id.encode()

    def put(self, unit: Unit) -> None:
        """Store the window, due at its next deadline."""
        row: dict[int, CborValue] = {
            1: cast("CborValue", window_value(self.state)),
            2: self.lines,
            3: self.messages,
        }
        unit.put(views.WINDOWS, self.key, row, due=windows.next_deadline(self.state))


def held(unit: Unit, window_id: str) -> Change | None:
    """Return a window as it is held, None when there is none."""
    row = views.row(unit, views.WINDOWS, window_id.encode())
    if row is None:
        return None
    return Change(state=window_from_value(row[1]), lines=row[2], messages=row[3])


def stepped(before: Change, event: Event, at: Instant) -> Change:
    """Return a window after one event.

    Raises:
        LocalError: WINDOW-... codes.
    """
    found = windows.step(before.state, event, at)
    effects = (*before.effects, *found.effects)
    return replace(before, state=found.state, effects=effects)


# --- messages ---------------------------------------------------------------------------------------------------------


def by_message(unit: Unit, spoken: Spoken) -> Change | None:
    """Return the window that a message changes as it is afterwards, None when it changes none."""
    if not spoken.known:
        return None
    try:
        if takes_back(spoken.body):
            return _taken_back(unit, spoken)
        return _MESSAGES[spoken.form](unit, spoken)
    except ArmslengthError:
        # Valid as a message, and still of no window here, or out of its time: people read it, no window moves.
        return None


def plan_of(spoken: Spoken) -> Plan:
    """Return the plan that a WINDOW states; its author is the proposer.

    Raises:
        LocalError: WINDOW-VALUE.
        PeerError: PEER-PLACE.
    """
    body = spoken.body
    from_at, until_at = body[102]
    return Plan(
        window_id=body[100],
        proposer=spoken.author,
        facility_id=body.get(fields.FACILITY_ID) or "",
        zone=area_from_cbor(body[101]),
        works=body[103],
        crews=body[104],
        observers=body.get(106) or (),
        parties=body[105],
        from_at=from_at,
        until_at=until_at,
        assure_by=Instant(min(body[fields.REPLY_BY], until_at)),
    )


def _window(unit: Unit, spoken: Spoken) -> Change | None:
    plan = plan_of(spoken)
    before = held(unit, plan.window_id)
    if before is None:
        reason = f"WINDOW of {spoken.author}"
        followed = "" if spoken.own == spoken.author else spoken.own
        event = Event(kind=EventKind.PROPOSE, plan=plan, reason=reason, followed=followed)
        proposed = windows.step(None, event, spoken.at)
        before = Change(state=proposed.state, lines=(), effects=proposed.effects)
    elif before.state.plan != plan:
        if before.state.plan.proposer != spoken.author:
            return None
        if (spoken.body.get(fields.RELATION) or (None,))[0] != "updates":
            return None
        event = Event(kind=EventKind.RESCHEDULE, plan=plan, reason=f"WINDOW of {spoken.author}")
        before = stepped(before, event, spoken.at)
    known = dict(before.messages)
    known.setdefault(spoken.line, spoken.envelope_hash)
    return Change(
        state=before.state,
        lines=tuple(dict.fromkeys((*before.lines, spoken.line))),
        messages=tuple(sorted(known.items())),
        effects=before.effects,
    )


def _spoken_of(unit: Unit, spoken: Spoken) -> Change | None:
    before = held(unit, str(spoken.body.get(100)))
    return before if before is not None and spoken.line in before.lines else None


def _assurance(unit: Unit, spoken: Spoken) -> Change | None:
    before = _spoken_of(unit, spoken)
    if before is None or not _answers(unit, spoken):
        return None
    from_at, until_at = spoken.body[103]
    said = Assurance(
        party=spoken.author,
        said=member(Said, spoken.body[101]),
        means=Means.MESSAGE,
        commands=spoken.body[102],
        from_at=from_at,
        until_at=until_at,
        reference=spoken.envelope_hash.hex(),
        at=spoken.at,
    )
    return stepped(before, Event(kind=EventKind.ASSURANCE, assurance=said), spoken.at)


def _answers(unit: Unit, spoken: Spoken) -> bool:
    """Tell whether the message answers a WINDOW of the window that it names."""
    answered = spoken.body.get(fields.ANSWERS)
    row = views.row(unit, views.WINDOW_MESSAGES, answered) if isinstance(answered, bytes) else None
    return row is not None and row[2] == "WINDOW" and row[1] == spoken.body[100]


def _status(unit: Unit, spoken: Spoken) -> Change | None:
    before = _spoken_of(unit, spoken)
    if before is None:
        return None
    told = Event(kind=EventKind.TOLD, told=spoken.body[101], author=spoken.author)
    after = stepped(before, told, spoken.at)
    if spoken.body[101] != "VIOLATED" or spoken.author in {before.state.plan.proposer, spoken.own}:
        return after
    # What another party says it observed is its account: kept without counting, until a person here has evidence.
    blamed = spoken.receiver if spoken.body.get(fields.ATTRIBUTION) == "ATTRIBUTED-TO-RECEIVER" else ""
    violation = Violation(
        at=spoken.body.get(103) or spoken.at,
        by=blamed,
        what=f"{spoken.body.get(104) or 'violation'}, message {spoken.envelope_hash.hex()[:8]}",
        evidence=(),
        reporter=spoken.author,
    )
    try:
        return stepped(after, Event(kind=EventKind.VIOLATION, violation=violation), spoken.at)
    except ArmslengthError:
        return after


def _taken_back(unit: Unit, spoken: Spoken) -> Change | None:
    target = spoken.body[fields.RELATION][1]
    row = views.row(unit, views.WINDOW_MESSAGES, target)
    before = held(unit, row[1]) if row is not None else None
    if row is None or before is None or spoken.line not in before.lines:
        return None
    if row[2] == "WINDOW":
        return stepped(before, Event(kind=EventKind.TOLD, told=RECALLED, author=spoken.author), spoken.at)
    given = before.state.assurances.get(spoken.author)
    if row[2] != "ASSURANCE" or given is None or given.reference != target.hex():
        return None
    withdrawn = replace(given, said=Said.WITHDRAWN, reference=spoken.envelope_hash.hex(), at=spoken.at)
    return stepped(before, Event(kind=EventKind.ASSURANCE, assurance=withdrawn), spoken.at)


_MESSAGES: Final = {"WINDOW": _window, "ASSURANCE": _assurance, "WINDOW-STATUS": _status}


# --- records ----------------------------------------------------------------------------------------------------------


def by_record(unit: Unit, body: Body, at: Instant) -> Change:
    """Return the window that a record `window` or `window-step` of our officers leaves.

    Raises:
        LocalError: WINDOW-... codes.
    """
    officer = str(body.get(5) or "")
    if isinstance(body.get(20), dict):
        plan = plan_from_value(body[20])
        found = held(unit, plan.window_id)
        state = None if found is None else found.state
        event = Event(kind=EventKind.PROPOSE, plan=plan, officer=officer, reason=str(body.get(22) or ""))
        step = windows.step(state, event, at)
        return Change(state=step.state, lines=tuple(body[21]), effects=step.effects)
    before = held(unit, str(body[20]))
    if before is None:
        raise LocalError("WINDOW-UNKNOWN", asked=body[20])
    return stepped(before, event_of(before.state, body, at), at)


def event_of(state: Window, body: Body, at: Instant) -> Event:
    """Return the event of a record `window-step`.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    kind = member(EventKind, str(body.get(21)))
    crews = tuple(str(crew) for crew in body.get(26) or ())
    return Event(
        kind=kind,
        officer=str(body.get(5) or ""),
        reason=str(body.get(22) or ""),
        assurance=_recorded_assurance(body[24], at) if kind is EventKind.ASSURANCE else None,
        violation=violation_of(_row(body[25])) if kind is EventKind.VIOLATION else None,
        plan=_at_other_time(state.plan, _row(body[27])) if kind is EventKind.RESCHEDULE else None,
        crews=crews,
        pillars=tuple((str(pillar), str(status)) for pillar, status in body.get(28) or ()),
    )


def _row(value: CborValue) -> FieldReader:
    cells = dict(enumerate(value)) if isinstance(value, tuple) else {}
    return FieldReader(cells, "WINDOW-VALUE", LocalError)


def _recorded_assurance(value: CborValue, at: Instant) -> Assurance:
    row = _row(value)
    return Assurance(
        party=row.text(0),
        said=member(Said, row.text(1)),
        means=member(Means, row.text(2)),
        commands=row.texts(3),
        from_at=row.instant(4),
        until_at=row.instant(5),
        reference=row.text(6),
        at=at,
    )


def _at_other_time(plan: Plan, row: FieldReader) -> Plan:
    return replace(plan, from_at=row.instant(0), until_at=row.instant(1), assure_by=row.instant(2))


GREEN_STATUSES: Final = frozenset({Status.GREEN, Status.ACTIVE})
"""Where a window stands when it may be called green."""
