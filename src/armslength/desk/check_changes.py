"""How records change where a channel's line checks stand: the desk asks before it signs, the views apply it after.

What is here reads and writes views alone, so that a rebuild gives the same rows to the byte.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import check_states, line_checks
from armslength.channels.check_states import EffectKind, Event, EventKind, Reason, Result, Standing, Streak, settled
from armslength.channels.check_value import plan_from_value, plan_value, standing_from_value, standing_value
from armslength.core.instants import Instant
from armslength.core.record import NO_LINE
from armslength.desk import alarm_state, alarms, views
from armslength.language import check_texts
from armslength.line import session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.check_states import Effect
    from armslength.channels.line_checks import CheckPlan, Planned
    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit

ASKED: Final = b"\x00"
"""Before a line's id: the check that our node asks on it now. No channel's id begins so."""

CLOCK: Final = "CLOCK"
"""In the place of a result: the clock moved, and the views work out by the plan what that means."""

_KEPT_TEXTS: Final = check_texts.POOL_SIZE
"""Numbers remembered with their times: with more of them every text would have been used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A plan with where it stands.

    Args:
        plan: the plan.
        entry: its entry.
        seed: bytes that choose its texts.
        line: our own line that the nodes check by themselves, else empty.
        state: where the checks stand.
        check_id: of the check that is due, by which an echo names it.
        number: of the text of the check that is due.
        recent: numbers of texts and the instants for which they were taken.
        officer: who set the plan.
    """

    plan: CheckPlan
    entry: int
    seed: bytes
    line: bytes
    state: Standing
    check_id: bytes = b""
    number: int | None = None
    recent: tuple[tuple[int, Instant], ...] = ()
    officer: str = ""

    def number_for(self, at: Instant) -> int | None:
        """Return the number of the text of a planned check: the one taken for it, or the one that would be."""
        if not self.plan.with_text:
            return None
        taken = next((number for number, when in self.recent if when == at), None)
        if taken is None and self.state.last is not None and at <= self.state.last:
            # Nobody read a text out then, or it was so long ago that its number is forgotten.
            return None
        return check_texts.choose(self.seed + at.to_bytes(8, "big"), self.recent, at) if taken is None else taken

    def taking(self, at: Instant) -> Held:
        """Return it with the text of a planned check taken."""
        number = self.number_for(at)
        if number is None or any(when == at for _, when in self.recent):
            return self
        return replace(self, recent=((number, at), *self.recent)[:_KEPT_TEXTS])


def held(unit: Unit, channel: str) -> Held | None:
    """Return a channel's plan with where it stands, None when it has none."""
    row = views.row(unit, views.CHECK_PLANS, channel.encode())
    return None if row is None else _held_of(row)


def every(unit: Unit) -> list[Held]:
    """Return every plan, by channel."""
    return [_held_of(row) for _, row in views.rows(unit, views.CHECK_PLANS)]


def _held_of(row: views.Row) -> Held:
    return Held(
        plan=plan_from_value(row[1]),
        entry=row[2],
        seed=row[3],
        line=row[4],
        state=standing_from_value(row[5]),
        check_id=row[6],
        number=row[7],
        recent=tuple((number, Instant(at)) for number, at in row[8]),
        officer=row[9],
    )


def put(unit: Unit, one: Held) -> None:
    """Put a plan into the views; due when its clock next has something to say."""
    row: dict[int, CborValue] = {
        1: cast("CborValue", plan_value(one.plan)),
        2: one.entry,
        3: one.seed,
        4: one.line,
        5: standing_value(one.state),
        6: one.check_id,
        7: one.number,
        8: one.recent,
        9: one.officer,
    }
    due = check_states.next_deadline(one.plan, one.state)
    unit.put(views.CHECK_PLANS, one.plan.channel.encode(), row, due=due)


# --- rows -------------------------------------------------------------------------------------------------------------


def check_key(channel: str, at: Instant, entry: int) -> bytes:
    """Return the key of one record of a check: they sort by the instant planned for, then as entered."""
    return channel.encode() + b"\x00" + at.to_bytes(8, "big") + entry.to_bytes(8, "big")


def check_row(
    planned: Planned | None,
    made_at: Instant,
    result: Result,
    entry: int,
    *,
    reason: str | None = None,
    officer: str | None = None,
    number: int | None = None,
    received: str | None = None,
    language: str | None = None,
    note: str | None = None,
    corrects: bool = False,
) -> dict[int, CborValue]:
    """Return a record of a check as its view has it."""
    row: dict[int, CborValue] = {
        1: None if planned is None else planned.at,
        2: made_at,
        3: result.value,
        4: reason,
        5: None if planned is None else planned.caller.value,
        6: officer,
        7: entry,
        8: number,
        9: received,
        10: language,
        11: note,
        12: corrects,
    }
    return row


# --- the clock --------------------------------------------------------------------------------------------------------


def set_plan(unit: Unit, body: Mapping[int, CborValue], entry: int, now: Instant) -> Held:
    """Return where a plan stands that was just set; streaks and texts of the one before it go on."""
    plan = plan_from_value(body[20])
    before = held(unit, plan.channel)
    streak = Streak() if before is None else before.state.streak
    return Held(
        plan=plan,
        entry=entry,
        seed=cast("bytes", body[1]),
        line=cast("bytes", body.get(22) or b""),
        state=check_states.begin(plan, streak, now),
        recent=() if before is None else before.recent,
        officer=str(body.get(5) or ""),
    )


def forget_due(unit: Unit, one: Held) -> None:
    """Take back what only the check that was due has: its reminder, and what our node asks of the peer."""
    if one.state.due is not None:
        alarm_state.drop(unit, due_alarm(one.plan.channel, one.state.due.at))
    if one.line:
        unit.delete(views.LINE_CHECKS, ASKED + one.line)


def due_alarm(channel: str, at: Instant) -> bytes:
    """Return the identity of the reminder of one check."""
    return alarms.alarm_id("CHECK-DUE", NO_LINE, channel.encode(), at)


def tick(unit: Unit, one: Held, now: Instant) -> tuple[Held, tuple[Effect, ...]]:
    """Return where a plan stands after the clock moved, and what that obliges to; writes nothing."""
    state, effects = check_states.step(one.plan, one.state, Event(kind=EventKind.TICK), now)
    effects = tuple(_judged(unit, one, effect) for effect in effects)
    after = replace(one, state=state)
    if one.state.due is not None and state.due != one.state.due:
        after = replace(after, check_id=b"", number=None)
    if state.due is not None and state.due != one.state.due:
        after = after.taking(state.due.at)
        after = replace(after, number=after.number_for(state.due.at))
    return after, effects


def _judged(unit: Unit, one: Held, effect: Effect) -> Effect:
    """Put the silence of our own line down to the path where the path is seen to fail, or to their node."""
    if effect.kind is not EffectKind.CLOSE or not one.line:
        return effect
    observed = session.session_from_value(unit.get(views.SESSIONS, one.line)).observed
    if observed is session.Observed.UNKNOWN:
        return effect
    return effect._replace(reason=Reason.PATH if observed is session.Observed.DEGRADED else Reason.THEIRS)


def apply_clock(unit: Unit, body: Mapping[int, CborValue], entry: int) -> None:
    """Apply an entry of the clock: close what was due, pass what an outage swallowed, open what is due now."""
    before = held(unit, cast("str", body[20]))
    if before is None:
        return
    now = Instant(cast("int", body[22]))
    after, effects = tick(unit, before, now)
    if after.state.due != before.state.due:
        forget_due(unit, before)
    _put_effects(unit, after, effects, entry, now)
    due = after.state.due
    if due is not None and due != before.state.due:
        after = replace(after, check_id=cast("bytes", body[31]))
        if after.line and after.number is not None:
            text = check_texts.text_of(after.number, after.plan.languages[0])
            asked: dict[int, CborValue] = {1: after.plan.channel, 2: after.check_id, 3: text, 4: due.at}
            unit.put(views.LINE_CHECKS, ASKED + after.line, asked)
    put(unit, after)


def _put_effects(unit: Unit, one: Held, effects: tuple[Effect, ...], entry: int, now: Instant) -> None:
    for effect in effects:
        if effect.kind not in {EffectKind.CLOSE, EffectKind.PASS} or effect.result is None:
            continue
        for check in effect.checks:
            reason = None if effect.reason is None else effect.reason.value
            row = check_row(check, now, effect.result, entry, reason=reason)
            unit.put(views.LINE_CHECKS, check_key(one.plan.channel, check.at, entry), row)


# --- results ----------------------------------------------------------------------------------------------------------


def event_of(body: Mapping[int, CborValue]) -> Event:
    """Return a record of a result as the machine takes it."""
    at = body.get(22)
    return Event(
        kind=EventKind.BESIDE if at is None else EventKind.RESULT,
        check=None if at is None else Instant(cast("int", at)),
        result=Result(str(body[21])),
        corrects=body.get(30) is True,
        made_at=Instant(cast("int", body[23])),
    )


def resulted(unit: Unit, before: Held, body: Mapping[int, CborValue], entry: int | None = None) -> Held:
    """Return where a plan stands after a record of a result; with ``entry`` its rows are written too."""
    event, channel = event_of(body), before.plan.channel
    now = Instant(cast("int", body[23]))
    state, effects = check_states.step(before.plan, before.state, event, now)
    after = replace(before, state=state)
    if event.check is not None and before.state.next is not None and event.check == before.state.next.at:
        after = after.taking(event.check)
    if before.state.due is not None and state.due is None:
        after = replace(after, check_id=b"", number=None)
        if entry is not None:
            forget_due(unit, before)
    if entry is not None:
        _put_effects(unit, after, effects, entry, now)
        _put_result(unit, channel, body, entry)
    if any(effect.kind is EffectKind.RECOUNT for effect in effects):
        after = replace(after, state=recounted(unit, after, event if entry is None else None))
    return after


def apply_result(unit: Unit, body: Mapping[int, CborValue], entry: int) -> None:
    """Apply a record of a result, of a person or of an echo."""
    before = held(unit, cast("str", body[20]))
    if before is None:
        _put_result(unit, cast("str", body[20]), body, entry)
        return
    put(unit, resulted(unit, before, body, entry))


def _put_result(unit: Unit, channel: str, body: Mapping[int, CborValue], entry: int) -> None:
    at, made_at = body.get(22), Instant(cast("int", body[23]))
    planned = None
    if at is not None:
        planned = line_checks.Planned(Instant(cast("int", at)), line_checks.Caller(str(body[25])))
    row = check_row(
        planned,
        made_at,
        Result(str(body[21])),
        entry,
        reason=cast("str | None", body.get(24)),
        officer=cast("str | None", body.get(5)),
        number=cast("int | None", body.get(28)),
        received=cast("str | None", body.get(26)),
        language=cast("str | None", body.get(27)),
        note=cast("str | None", body.get(29)),
        corrects=body.get(30) is True,
    )
    unit.put(views.LINE_CHECKS, check_key(channel, made_at if planned is None else planned.at, entry), row)


def recounted(unit: Unit, one: Held, more: Event | None) -> Standing:
    """Return where a plan stands with its streaks counted again from every record, and one more that is to come."""
    settled_at: dict[int, Result] = {}
    beside: list[tuple[int, Result]] = []
    for _, row in views.rows(unit, views.LINE_CHECKS, one.plan.channel.encode() + b"\x00"):
        _settle(settled_at, beside, row)
    if more is not None and more.check is not None and more.result is not None:
        settled_at[more.check] = settled(settled_at.get(more.check), more.result, corrects=more.corrects)
    streak, before = Streak(), None
    # What is planned goes before a call made at the same instant.
    order: list[tuple[int, int, Result]] = [(at, 0, result) for at, result in settled_at.items()]
    order += [(at, 1, result) for at, result in beside]
    for at, kind, result in sorted(order, key=lambda one: one[:2]):
        before = None if kind else streak
        streak = streak.beside(result) if kind else streak.after(result, Instant(at), one.plan.zone)
    last = max(settled_at, default=None)
    return replace(
        one.state,
        streak=streak,
        before=before,
        last=None if last is None else Instant(last),
        held=None if last is None else settled_at[last],
    )


def _settle(settled_at: dict[int, Result], beside: list[tuple[int, Result]], row: Mapping[int, Any]) -> None:
    result = Result(row[3])
    if row[1] is None:
        beside.append((row[2], result))
    else:
        settled_at[row[1]] = settled(settled_at.get(row[1]), result, corrects=row[12])
