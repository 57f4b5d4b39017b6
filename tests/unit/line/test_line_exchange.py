from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.line import exchange
from armslength.line.charter import DEFAULT_DEADLINES
from armslength.line.exchange import (
    EXPECTED_LEVELS,
    EXPECTED_OF_UNKNOWN,
    TRANSITIONS,
    EffectKind,
    Event,
    EventKind,
    Exchange,
    Reached,
    Status,
)
from armslength.line.forms import FORMS
from armslength.line.receipts import HOLDING_VERBS, VERBS, Level, Proof

RELEASED = Instant(1_668_942_000_000_000)
SECOND = 1_000_000


def opened(
    form: str = "CONCERN", precedence: Precedence = Precedence.FLASH, reply_by: Instant | None = None
) -> Exchange:
    return exchange.open_exchange(
        envelope_hash=bytes(32),
        form=form,
        precedence=precedence,
        released_at=RELEASED,
        deadlines_s=DEFAULT_DEADLINES[precedence],
        reply_by=reply_by,
    )


def at(seconds: float) -> Instant:
    return Instant(RELEASED + round(seconds * SECOND))


def receipt(
    level: Level, by: str = "NDMC/watch-officer", verb: str | None = None, answer_by: int | None = None
) -> Event:
    reached = Reached(level=level, at=at(30), by=by, verb=verb)
    return Event(kind=EventKind.RECEIPT, reached=reached, answer_by=None if answer_by is None else Instant(answer_by))


def event(kind: EventKind) -> Event:
    return receipt(Level.READ) if kind is EventKind.RECEIPT else Event(kind=kind)


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "kind"), list(product(Status, EventKind)))
def test_every_pair_of_status_and_event_is_in_the_table_or_refused(status: Status, kind: EventKind) -> None:
    state = replace(opened(), status=status)
    following = TRANSITIONS[status].get(kind)
    if following is None:
        with pytest.raises(PeerError) as caught:
            exchange.step(state, event(kind), at(1))
        assert caught.value.code == "EXCHANGE-TRANSITION"
    else:
        assert exchange.step(state, event(kind), at(1)).state.status is following


def test_what_was_taken_back_stays_so_and_is_not_updated() -> None:
    for status in (Status.RECALLED, Status.DISCONTINUED):
        assert set(TRANSITIONS[status]) == {EventKind.RECEIPT, EventKind.TICK}
        assert set(TRANSITIONS[status].values()) == {status}


@pytest.mark.parametrize("status", Status)
def test_receipts_are_taken_in_every_status(status: Status) -> None:
    assert EventKind.RECEIPT in TRANSITIONS[status]
    assert EventKind.TICK in TRANSITIONS[status]


# --- receipts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", Level)
def test_a_level_reached_is_owed_no_more_and_implies_no_other(level: Level) -> None:
    state = exchange.step(opened(), receipt(level, verb="confirm" if level is Level.ANSWERED else None), at(5)).state
    assert [one for one in Level if state.has(one)] == [level]
    assert set(state.due) == set(Level) - {level}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_final_verb_answers_and_a_holding_one_moves_the_deadline(verb: str) -> None:
    promised = RELEASED + 9_000 * SECOND
    state = exchange.step(opened(), receipt(Level.ANSWERED, verb=verb, answer_by=promised), at(5)).state
    if verb in HOLDING_VERBS:
        assert (state.status, state.due[Level.ANSWERED]) == (Status.LIVE, promised)
        after = exchange.step(state, receipt(Level.ANSWERED, verb="comply"), at(6)).state
        assert (after.status, Level.ANSWERED in after.due) == (Status.ANSWERED, False)
    else:
        assert (state.status, Level.ANSWERED in state.due) == (Status.ANSWERED, False)


def test_the_same_receipt_again_changes_nothing() -> None:
    state = exchange.step(opened(), receipt(Level.READ), at(5)).state
    again = exchange.step(state, receipt(Level.READ), at(50))
    assert (again.state, again.effects) == (state, ())
    by_another = exchange.step(state, receipt(Level.READ, by="NDMC/principal"), at(50)).state
    assert len(by_another.reached) == 2


def test_a_receipt_without_a_level_is_refused() -> None:
    with pytest.raises(PeerError, match="EXCHANGE-TRANSITION"):
        exchange.step(opened(), Event(kind=EventKind.RECEIPT), at(1))


@pytest.mark.parametrize("kind", [EventKind.RECALL, EventKind.UPDATE, EventKind.DISCONTINUE])
def test_whoever_takes_back_is_still_owed_that_the_first_was_held_and_read(kind: EventKind) -> None:
    assert set(exchange.step(opened(), Event(kind=kind), at(1)).state.due) == {Level.HELD, Level.READ}


# --- deadlines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "precedence"), list(product((*FORMS, "RECEIPT", "ULTIMATUM"), Precedence)))
def test_each_form_waits_for_its_levels_until_the_charters_deadlines(form: str, precedence: Precedence) -> None:
    state = opened(form, precedence)
    expected = EXPECTED_LEVELS.get(form, EXPECTED_OF_UNKNOWN)
    assert state.due == {level: at(DEFAULT_DEADLINES[precedence][level]) for level in expected}
    assert Level.HELD in state.due


def test_the_messages_own_deadline_replaces_the_charters_for_the_answer() -> None:
    assert opened(reply_by=at(77)).due[Level.ANSWERED] == at(77)


def test_a_level_without_deadline_is_never_overdue() -> None:
    state = exchange.open_exchange(
        envelope_hash=bytes(32),
        form="CONCERN",
        precedence=Precedence.FLASH,
        released_at=RELEASED,
        deadlines_s=(10, None, None, None, None),
        reply_by=None,
    )
    assert set(state.due) == {Level.HELD}


@pytest.mark.parametrize(
    ("seconds", "late"),
    [(9.999_999, ()), (10, (0,)), (120, (0, 1)), (299, (0, 1)), (1_800, (0, 1, 2, 3, 4)), (10**6, (0, 1, 2, 3, 4))],
)
def test_a_tick_finds_what_is_late_once(seconds: float, late: tuple[int, ...]) -> None:
    step = exchange.step(opened(), Event(kind=EventKind.TICK), at(seconds))
    raised = [effect.level for effect in step.effects if effect.kind is EffectKind.RAISE_OVERDUE]
    assert tuple(raised) == late
    assert exchange.step(step.state, Event(kind=EventKind.TICK), at(seconds)).effects == ()
    remaining = [deadline for level, deadline in opened().due.items() if level not in late]
    assert exchange.next_deadline(step.state) == min(remaining, default=None)


@pytest.mark.parametrize(
    ("level", "proposal"),
    [
        (Level.HELD, EffectKind.TRY_NEXT_BEARER),
        (Level.READ, EffectKind.PROPOSE_QUERY_RECEIPT),
        (Level.UNDERSTOOD, EffectKind.PROPOSE_QUERY_RECEIPT),
        (Level.PASSED, EffectKind.PROPOSE_NEXT_RUNG),
        (Level.ANSWERED, EffectKind.PROPOSE_NEXT_RUNG),
    ],
)
def test_each_missed_deadline_rings_first_and_then_proposes(level: Level, proposal: EffectKind) -> None:
    effects = exchange.step(opened(), Event(kind=EventKind.TICK), at(10**6)).effects
    assert [effect.kind for effect in effects if effect.level is level] == [EffectKind.RAISE_OVERDUE, proposal]


def test_a_receipt_that_comes_late_ends_the_overdue_mark() -> None:
    late = exchange.step(opened(), Event(kind=EventKind.TICK), at(200)).state
    assert late.overdue == {Level.HELD, Level.READ}
    assert exchange.step(late, receipt(Level.READ), at(201)).state.overdue == {Level.HELD}


# --- any story --------------------------------------------------------------------------------------------------------

EVENTS = st.one_of(
    st.builds(
        receipt,
        st.sampled_from(Level),
        st.sampled_from(["NDMC", "NDMC/watch-officer", "NDMC/principal"]),
        st.none() | st.sampled_from(sorted(VERBS)),
        st.none() | st.integers(RELEASED, RELEASED + 10**11),
    ),
    st.builds(Event, kind=st.sampled_from([k for k in EventKind if k is not EventKind.RECEIPT])),
)


@given(story=st.lists(st.tuples(EVENTS, st.integers(0, 10**11)), max_size=12))
def test_no_story_loses_a_receipt_or_rings_twice(story: list[tuple[Event, int]]) -> None:
    state, rung, now = opened(), [], RELEASED
    for one, later in story:
        now = Instant(max(now, RELEASED + later))
        try:
            step = exchange.step(state, one, now)
        except PeerError:
            continue
        assert step.state.reached[: len(state.reached)] == state.reached
        assert step.state.overdue <= set(step.state.due) | state.overdue
        rung += [e.level for e in step.effects if e.kind is EffectKind.RAISE_OVERDUE]
        state = step.state
        assert exchange.exchange_from_value(exchange.exchange_value(state)) == state
    deadlines_moved = sum(one.reached is not None and one.answer_by is not None for one, _ in story)
    assert len(rung) <= len(Level) + deadlines_moved


def test_every_proof_class_survives_the_view() -> None:
    reached = tuple(
        Reached(level=Level.READ, at=at(1), by="NDMC", proof=proof, officer="x", doubt=True) for proof in Proof
    )
    state = replace(opened(), reached=reached, overdue=frozenset({Level.HELD}))
    assert exchange.exchange_from_value(exchange.exchange_value(state)) == state
    assert state.first(Level.READ) == reached[0]
    assert state.first(Level.PASSED) is None
