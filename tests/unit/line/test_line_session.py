from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.line import session
from armslength.line.session import (
    DECLARED_TRANSITIONS,
    OBSERVED_TRANSITIONS,
    Declared,
    Observed,
    Session,
    SessionEvent,
)

NOW = Instant(1_668_942_000_000_000)
DECLARING = {event for _, event in DECLARED_TRANSITIONS}
OBSERVING = {event for _, event in OBSERVED_TRANSITIONS}


def test_every_event_is_either_declared_or_observed() -> None:
    assert set(SessionEvent) == DECLARING | OBSERVING
    assert not DECLARING & OBSERVING


@pytest.mark.parametrize(("declared", "event"), list(product(Declared, sorted(DECLARING))))
def test_every_declared_pair_is_in_the_table_or_refused(declared: Declared, event: SessionEvent) -> None:
    state = Session(declared=declared, observed=Observed.CUT, unanswered=4)
    following = DECLARED_TRANSITIONS.get((declared, event))
    if following is None:
        with pytest.raises(LocalError, match="SESSION-TRANSITION"):
            session.step(state, event, NOW)
    else:
        after = session.step(state, event, NOW)
        assert after.declared is following
        # What is declared never overwrites what is observed (A3).
        assert (after.observed, after.unanswered, after.last_heard_at) == (Observed.CUT, 4, session.NEVER)
        assert after.declared_at == (NOW if following is not declared else session.NEVER)


@pytest.mark.parametrize(("observed", "event"), list(product(Observed, sorted(OBSERVING))))
def test_every_observed_pair_is_in_the_table_or_refused(observed: Observed, event: SessionEvent) -> None:
    state = Session(declared=Declared.SUSPENDED_BY_THEM, observed=observed)
    following = OBSERVED_TRANSITIONS.get((observed, event))
    if following is None:
        with pytest.raises(LocalError, match="SESSION-TRANSITION"):
            session.step(state, event, NOW)
    else:
        after = session.step(state, event, NOW)
        assert after.observed is following
        assert (after.declared, after.declared_at) == (Declared.SUSPENDED_BY_THEM, session.NEVER)
        assert after.observed_at == (NOW if following is not observed else session.NEVER)


def test_a_suspended_line_that_answers_is_still_suspended_and_live() -> None:
    # April 2017: the line was declared suspended, and the morning call took place.
    state = Session(declared=Declared.OPEN)
    for event in (SessionEvent.SUSPEND_BY_THEM, SessionEvent.UNANSWERED, SessionEvent.HEARD):
        state = session.step(state, event, NOW)
    assert (state.declared, state.observed) == (Declared.SUSPENDED_BY_THEM, Observed.LIVE)


@pytest.mark.parametrize("event", [e for e in SessionEvent if e is not SessionEvent.JUDGED_CUT])
@pytest.mark.parametrize("observed", [o for o in Observed if o is not Observed.CUT])
def test_only_a_persons_judgement_says_cut(observed: Observed, event: SessionEvent) -> None:
    try:
        after = session.step(Session(declared=Declared.OPEN, observed=observed), event, NOW)
    except LocalError:
        return
    assert after.observed is not Observed.CUT


@pytest.mark.parametrize("observed", Observed)
def test_one_sign_of_life_ends_any_silence(observed: Observed) -> None:
    after = session.step(Session(observed=observed, unanswered=9), SessionEvent.HEARD, NOW)
    assert (after.observed, after.unanswered, after.last_heard_at) == (Observed.LIVE, 0, NOW)


@pytest.mark.parametrize(
    ("declared", "may_send", "may_stop"),
    [
        (Declared.PROPOSED, False, False),
        (Declared.OPEN, True, True),
        (Declared.SUSPENDED_BY_US, False, True),
        (Declared.SUSPENDED_BY_THEM, False, True),
        (Declared.SUSPENDED_BY_BOTH, False, True),
        (Declared.CLOSED, False, False),
    ],
)
def test_stop_leaves_on_a_suspended_line_and_messages_on_an_open_one(
    declared: Declared, may_send: bool, may_stop: bool
) -> None:
    state = Session(declared=declared)
    assert (state.may_send, state.may_stop) == (may_send, may_stop)


@given(story=st.lists(st.sampled_from(SessionEvent), max_size=20))
def test_a_session_counts_silence_and_survives_its_view(story: list[SessionEvent]) -> None:
    state, silent = Session(), 0
    for event in story:
        try:
            state = session.step(state, event, NOW)
        except LocalError:
            continue
        silent = 0 if event is SessionEvent.HEARD else silent + (event is SessionEvent.UNANSWERED)
        assert state.unanswered == silent
        assert session.session_from_value(session.session_value(state)) == state
