"""Where checks stand: opened and closed by the clock, counted once, streaks of answers and of silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.channels import check_states
from armslength.channels.calendars import DayRule, Days
from armslength.channels.check_states import (
    PASSED_MAX,
    EffectKind,
    Event,
    EventKind,
    Reason,
    Result,
    Standing,
    Status,
    Streak,
    in_time,
    rings,
    settled,
    step,
)
from armslength.channels.check_value import plan_from_value, plan_value, standing_from_value, standing_value
from armslength.channels.line_checks import CheckPlan, planned
from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, HOUR_US, MINUTE_US, Instant, parse_rfc3339

BEGIN = parse_rfc3339("2023-03-20T00:00:00Z")
TICK = Event(kind=EventKind.TICK)


def plan(**changes: object) -> CheckPlan:
    given_ = {"channel": "red", "times": (540, 1020), "zone": "Europe/Kyiv", "from_at": BEGIN} | changes
    return CheckPlan(**given_)  # type: ignore[arg-type]  # named by the test


def result(at: int, what: Result, *, corrects: bool = False) -> Event:
    return Event(kind=EventKind.RESULT, check=Instant(at), result=what, corrects=corrects)


def opened(one: CheckPlan) -> Standing:
    state = check_states.begin(one, Streak(), BEGIN)
    assert state.next is not None
    return step(one, state, TICK, state.next.at).state


def test_a_check_opens_at_its_time_and_closes_when_its_time_is_over() -> None:
    one = plan()
    state = opened(one)
    assert state.status is Status.DUE
    assert state.due is not None
    over = check_states.next_deadline(one, state)
    assert over == state.due.at + 75 * MINUTE_US
    after = step(one, state, TICK, Instant(over))
    assert [(effect.kind, effect.result, effect.reason) for effect in after.effects] == [
        (EffectKind.CLOSE, Result.NOT_MADE, Reason.UNKNOWN)
    ]
    assert (after.state.status, after.state.streak.missed, after.state.streak.unanswered) == (Status.WAITING, 1, 0)


def test_of_our_own_line_the_node_knows_that_it_called() -> None:
    one = plan(line_peer="NDMC")
    state = opened(one)
    over = check_states.next_deadline(one, state)
    assert over is not None
    after = step(one, state, TICK, over).state
    assert (after.streak.unanswered, after.streak.counts[list(Result).index(Result.NO_ANSWER)]) == (1, 1)


def test_what_an_outage_swallowed_is_recorded_and_not_called_in_a_burst() -> None:
    one = plan()
    state = check_states.begin(one, Streak(), BEGIN)
    found = step(one, state, TICK, Instant(BEGIN + 10 * DAY_US))
    (passed,) = found.effects
    assert (passed.kind, passed.result, passed.reason) == (EffectKind.PASS, Result.NOT_MADE, Reason.OWN_FAULT)
    assert passed.checks == tuple(planned(one, BEGIN, Instant(BEGIN + 10 * DAY_US)))
    assert found.state.streak.missed == len(passed.checks)


def test_a_long_outage_is_taken_in_pieces() -> None:
    one = plan(times=(), every_min=5)
    state = check_states.begin(one, Streak(), BEGIN)
    found = step(one, state, TICK, Instant(BEGIN + 2 * DAY_US))
    assert len(found.effects[0].checks) == PASSED_MAX
    deadline = check_states.next_deadline(one, found.state)
    assert deadline is not None
    assert deadline < BEGIN + 2 * DAY_US


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3 * DAY_US, 6 * DAY_US), min_size=1, max_size=25), st.booleans())
def test_each_planned_check_comes_once_however_the_clock_jumps(jumps: list[int], every_day: bool) -> None:
    one = plan(days=Days(rule=DayRule.EVERY_DAY if every_day else DayRule.BOTH))
    state = check_states.begin(one, Streak(), BEGIN)
    now, latest = int(BEGIN), int(BEGIN)
    came: list[int] = []
    for jump in jumps:
        now = max(now + jump, int(BEGIN))
        latest = max(latest, now)
        while (due := check_states.next_deadline(one, state)) is not None and due <= now:
            before = state
            found = step(one, state, TICK, Instant(now))
            state = found.state
            assert state != before, "a tick that changes nothing would loop"
            for effect in found.effects:
                if effect.kind in {EffectKind.PASS, EffectKind.CLOSE}:
                    came += [check.at for check in effect.checks]
                if effect.kind is EffectKind.OPEN:
                    # Never before its time, and never when its time is over.
                    assert effect.checks[0].at <= now < effect.checks[0].at + 75 * MINUTE_US
    expected = [check.at for check in planned(one, Instant(BEGIN - 1), Instant(latest))]
    still = [] if state.due is None else [state.due.at]
    assert came + still == expected
    assert sum(state.streak.counts) == len(came)


def test_a_silence_grows_and_one_sign_of_life_ends_it() -> None:
    zone = "Asia/Seoul"
    first = parse_rfc3339("2023-04-07T00:00:00Z")
    streak = Streak()
    for hours in (0, 8, 72):
        streak = streak.after(Result.NO_ANSWER, Instant(first + hours * HOUR_US), zone)
    assert (streak.unanswered, streak.unanswered_days, streak.unanswered_since) == (3, 2, first)
    for sign in (Result.ANSWERED, Result.NO_MESSAGE, Result.LATE, Result.GARBLED):
        after = streak.after(sign, Instant(first + 80 * HOUR_US), zone)
        assert (after.unanswered, after.unanswered_since, after.unanswered_longest) == (0, None, 3)
        assert after.answered == (0 if sign is Result.GARBLED else 1)


def test_a_check_that_we_did_not_make_says_nothing_of_them() -> None:
    streak = Streak().after(Result.ANSWERED, BEGIN, "UTC").after(Result.NOT_MADE, BEGIN, "UTC")
    assert (streak.answered, streak.unanswered, streak.missed) == (1, 0, 1)


def test_a_call_beside_the_plan_ends_a_silence_and_adds_to_none() -> None:
    silent = Streak().after(Result.NO_ANSWER, BEGIN, "UTC")
    assert silent.beside(Result.NO_ANSWER).unanswered == 1
    spoken = silent.beside(Result.ANSWERED)
    assert (spoken.unanswered, spoken.answered, spoken.attempts, sum(spoken.counts)) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("held", "new", "corrects", "expected"),
    [
        (None, Result.NO_ANSWER, False, Result.NO_ANSWER),
        (Result.NOT_MADE, Result.NO_ANSWER, False, Result.NO_ANSWER),
        (Result.NO_ANSWER, Result.LATE, False, Result.LATE),
        (Result.ANSWERED, Result.NO_ANSWER, False, Result.ANSWERED),
        (Result.ANSWERED, Result.NO_ANSWER, True, Result.NO_ANSWER),
        (Result.NO_ANSWER, Result.NOT_MADE, False, Result.NO_ANSWER),
    ],
)
def test_of_several_calls_the_first_answer_stands(
    held: Result | None, new: Result, corrects: bool, expected: Result
) -> None:
    assert settled(held, new, corrects=corrects) is expected


def test_a_second_call_of_the_last_check_is_no_second_check() -> None:
    one = plan()
    state = opened(one)
    assert state.due is not None
    at = state.due.at
    silent = step(one, state, result(at, Result.NO_ANSWER), at).state
    assert silent.streak.unanswered == 1
    again = step(one, silent, result(at, Result.ANSWERED), at).state
    assert (again.streak.unanswered, again.streak.answered, sum(again.streak.counts)) == (0, 1, 1)


def test_a_call_made_early_is_the_check_that_then_does_not_open() -> None:
    one = plan()
    state = check_states.begin(one, Streak(), BEGIN)
    assert state.next is not None
    at = state.next.at
    early = step(one, state, result(at, Result.ANSWERED), Instant(at - MINUTE_US)).state
    assert (early.status, early.last) == (Status.WAITING, at)
    assert step(one, early, TICK, at).effects == ()


def test_an_older_check_is_counted_again_from_every_record() -> None:
    one = plan()
    state = replace(opened(one), last=Instant(BEGIN + DAY_US))
    found = step(one, state, result(BEGIN + HOUR_US, Result.ANSWERED), BEGIN)
    assert [effect.kind for effect in found.effects] == [EffectKind.RECOUNT]


def test_a_plan_that_has_ended_has_no_clock_and_can_still_be_corrected() -> None:
    one = plan(until_at=Instant(BEGIN + 12 * HOUR_US))
    ended = Standing(status=Status.ENDED)
    with pytest.raises(LocalError) as refused:
        step(one, ended, TICK, BEGIN)
    assert refused.value.code == "CHECK-TRANSITION"
    assert step(one, ended, result(BEGIN, Result.ANSWERED), BEGIN).effects[0].kind is EffectKind.RECOUNT


def test_a_result_event_without_a_result_is_refused() -> None:
    with pytest.raises(LocalError):
        step(plan(), Standing(status=Status.WAITING), Event(kind=EventKind.BESIDE), BEGIN)


def test_people_are_rung_at_the_first_miss_and_then_rarely() -> None:
    streak, rung = Streak(), []
    for number in range(1, 121):
        after = streak.after(Result.NO_ANSWER, Instant(BEGIN + number * HOUR_US), "UTC")
        if rings(streak, after) is not None:
            rung.append(number)
        streak = after
    assert rung == [1, 3, 10, 30, 100]
    many = Streak(missed=45, missed_since=BEGIN)
    assert rings(Streak(), many) == 30
    assert rings(Streak(), Streak(missed=1, missed_since=BEGIN), least=2) is None


def test_an_answer_after_its_time_is_late() -> None:
    one = plan()
    late = Instant(BEGIN + 15 * MINUTE_US + 1)
    assert in_time(one, BEGIN, late, Result.NO_MESSAGE) is Result.LATE
    assert in_time(one, BEGIN, Instant(late - 1), Result.ANSWERED) is Result.ANSWERED
    assert in_time(one, BEGIN, late, Result.NO_ANSWER) is Result.NO_ANSWER


def test_plans_and_standings_go_through_their_bytes() -> None:
    one = plan(languages=("en", "ru"), until_at=Instant(BEGIN + 400 * DAY_US))
    assert plan_from_value(cbor.decode(cbor.encode(plan_value(one)))) == one
    state = opened(one)
    assert state.due is not None
    counted = step(one, state, result(state.due.at, Result.NO_ANSWER), state.due.at).state
    for held in (state, counted, check_states.begin(one, Streak(), BEGIN)):
        assert standing_from_value(cbor.decode(cbor.encode(standing_value(held)))) == held


ODD = st.one_of(st.none(), st.integers(), st.text(), st.just((1, "x")), st.binary())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(range(1, 21))), ODD)
def test_a_plan_from_outside_is_one_or_is_refused(number: int, value: object) -> None:
    code = ""
    try:
        plan_from_value({**plan_value(plan()), number: value})  # type: ignore[dict-item]  # what a stranger may send
    except LocalError as error:
        code = error.code
    assert code in {"", "CHECK-PLAN-VALUE", "TIME-ZONE-UNKNOWN"} or code.startswith("TEXT-")
