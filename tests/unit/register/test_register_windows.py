"""A window of silence: green only with every assurance in writing, crews only inside it, violations with evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant
from armslength.core.places import Circle, Place
from armslength.register import windows
from armslength.register.window_types import (
    Assurance,
    Effect,
    Event,
    EventKind,
    Means,
    Plan,
    Said,
    Status,
    Violation,
    Window,
)
from armslength.register.window_value import plan_from_value, plan_value, window_from_value, window_value

HOUR = 3600 * 1_000_000
START = Instant(1_760_158_800_000_000)
END = Instant(START + 48 * HOUR)
BEFORE = Instant(START - 24 * HOUR)
INSIDE = Instant(START + HOUR)
PLAN = Plan(
    window_id="IAEA-W-2025-0001",
    proposer="IAEA",
    facility_id="UA-ZNPP",
    zone=Circle(centre=Place(lat_e7=475_600_000, lon_e7=344_500_000, precision_m=100), radius_m=1500),
    works=("REPAIR-OF-POWER-LINE",),
    crews=("Crew 1", "Crew 2"),
    observers=(),
    parties=("NORTH", "SOUTH"),
    from_at=START,
    until_at=END,
    assure_by=Instant(START - HOUR),
)


def given_by(party: str, **changes: Any) -> Assurance:
    made = Assurance(
        party=party,
        said=Said.GIVEN,
        means=Means.MESSAGE,
        commands=("Operational command",),
        from_at=START,
        until_at=END,
        reference=f"message of {party}",
        at=BEFORE,
    )
    return replace(made, **changes)


def seen(evidence: tuple[str, ...] = ("R-1",), by: str = "", at: Instant = INSIDE) -> Violation:
    return Violation(at=at, by=by, what="SHELLING", evidence=evidence, reporter="IAEA")


def person(kind: EventKind, **more: Any) -> Event:
    return Event(kind=kind, officer="iaea-release-1", reason="as decided", **more)


def proposed(**more: Any) -> Window:
    return windows.step(None, Event(kind=EventKind.PROPOSE, plan=PLAN, **more), BEFORE).state


def assured(*assurances: Assurance, state: Window | None = None) -> Window:
    state = state or proposed()
    for one in assurances:
        state = windows.step(state, Event(kind=EventKind.ASSURANCE, assurance=one), BEFORE).state
    return state


def green() -> Window:
    return windows.step(assured(given_by("NORTH"), given_by("SOUTH")), person(EventKind.GREEN), BEFORE).state


def active() -> Window:
    return windows.step(green(), Event(kind=EventKind.TICK), START).state


def out() -> Window:
    return windows.step(active(), person(EventKind.CREWS_OUT, crews=("Crew 1",)), INSIDE).state


@pytest.mark.parametrize(
    ("case", "second"),
    [
        ("nothing", None),
        ("by voice only", given_by("SOUTH", means=Means.VOICE)),
        ("refused", given_by("SOUTH", said=Said.NOT_GIVEN)),
        ("withdrawn", given_by("SOUTH", said=Said.WITHDRAWN)),
        ("begins an hour late", given_by("SOUTH", from_at=Instant(START + HOUR))),
        ("ends a microsecond early", given_by("SOUTH", until_at=Instant(END - 1))),
    ],
)
def test_one_assurance_of_two_is_not_green(case: str, second: Assurance | None) -> None:
    state = assured(given_by("NORTH"), *([second] if second else []))
    assert state.missing == ("SOUTH",), case
    with pytest.raises(LocalError, match="WINDOW-NOT-GREEN") as caught:
        windows.step(state, person(EventKind.GREEN), BEFORE)
    assert caught.value.details["missing"] == "SOUTH"
    with pytest.raises(LocalError, match="WINDOW-NOT-GREEN"):
        windows.step(state, person(EventKind.CREWS_OUT, crews=("Crew 1",)), INSIDE)


@pytest.mark.parametrize("means", [Means.MESSAGE, Means.PAPER])
def test_both_in_writing_may_be_called_green_by_a_person_and_by_nobody_else(means: Means) -> None:
    state = assured(given_by("NORTH"))
    step = windows.step(state, Event(kind=EventKind.ASSURANCE, assurance=given_by("SOUTH", means=means)), BEFORE)
    assert step.effects == (Effect.PROPOSE_GREEN,)
    assert step.state.status is Status.ASSURING
    with pytest.raises(LocalError, match="WINDOW-PERSON"):
        windows.step(step.state, Event(kind=EventKind.GREEN), BEFORE)
    assert windows.step(step.state, person(EventKind.GREEN), BEFORE).state.status is Status.GREEN
    assert windows.step(step.state, person(EventKind.GREEN), INSIDE).state.status is Status.ACTIVE
    with pytest.raises(LocalError, match="WINDOW-TIME"):
        windows.step(step.state, person(EventKind.GREEN), END)


def test_crews_go_only_inside_green_and_inside_the_time() -> None:
    with pytest.raises(LocalError, match="WINDOW-TIME"):
        windows.step(green(), person(EventKind.CREWS_OUT, crews=("Crew 1",)), BEFORE)
    assert out().crews_out == ("Crew 1",)
    with pytest.raises(LocalError, match="WINDOW-TIME"):
        windows.step(active(), person(EventKind.CREWS_OUT, crews=("Crew 1",)), END)
    with pytest.raises(LocalError, match="WINDOW-VALUE"):
        windows.step(active(), person(EventKind.CREWS_OUT, crews=("Another crew",)), INSIDE)
    with pytest.raises(LocalError, match="WINDOW-CREWS-OUT"):
        windows.step(out(), person(EventKind.CLOSE), INSIDE)


@pytest.mark.parametrize("said", [Said.NOT_GIVEN, Said.WITHDRAWN])
def test_an_assurance_taken_away_calls_the_crews_back(said: Said) -> None:
    taken = given_by("SOUTH", said=said, reference="another message")
    step = windows.step(out(), Event(kind=EventKind.ASSURANCE, assurance=taken), INSIDE)
    assert step.state.status is Status.ASSURING
    assert step.effects == (Effect.CALL_CREWS_BACK, Effect.NOT_GREEN)
    spoken = given_by("SOUTH", said=said, means=Means.VOICE, reference="a call")
    assert windows.step(out(), Event(kind=EventKind.ASSURANCE, assurance=spoken), INSIDE).effects == step.effects


def test_a_call_does_not_weaken_what_was_written() -> None:
    spoken = given_by("SOUTH", means=Means.VOICE, reference="a call")
    assert windows.step(green(), Event(kind=EventKind.ASSURANCE, assurance=spoken), BEFORE).state.missing == ()


def test_a_call_and_the_letter_behind_it_are_two_statements_under_one_reference() -> None:
    called = given_by("SOUTH", means=Means.VOICE, reference="17/2025")
    state = assured(given_by("NORTH"), called)
    assert state.missing == ("SOUTH",)
    written = given_by("SOUTH", means=Means.PAPER, reference="17/2025")
    assert assured(written, state=state).missing == ()
    # The same letter once more changes nothing; one that ends earlier is another statement.
    once = assured(written, state=state)
    assert assured(replace(written, at=START), state=once) is once
    assert assured(replace(written, until_at=Instant(END - 1)), state=once).missing == ("SOUTH",)


def test_violations_are_counted_by_party_and_only_with_evidence() -> None:
    state = out()
    for violation in (seen(by="NORTH"), seen(("R-2", "R-3"), by="NORTH"), seen(("R-4",)), seen(())):
        step = windows.step(state, Event(kind=EventKind.VIOLATION, violation=violation), INSIDE)
        state = step.state
    assert step.effects == (Effect.KEEP_ALLEGATION,)
    assert (state.counts, len(state.violations)) == ({"NORTH": 2, "": 1}, 4)
    assert state.status is Status.VIOLATED
    first = windows.step(out(), Event(kind=EventKind.VIOLATION, violation=seen()), INSIDE)
    assert first.effects == (Effect.CALL_CREWS_BACK, Effect.NOT_GREEN, Effect.COUNT_VIOLATION)
    assert (
        windows.step(out(), Event(kind=EventKind.VIOLATION, violation=seen(())), INSIDE).state.status is Status.ACTIVE
    )
    with pytest.raises(LocalError, match="WINDOW-TIME"):
        windows.step(out(), Event(kind=EventKind.VIOLATION, violation=seen(at=END)), INSIDE)
    with pytest.raises(LocalError, match="WINDOW-NOT-GREEN"):
        windows.step(state, person(EventKind.CREWS_OUT, crews=("Crew 2",)), INSIDE)


def test_an_abort_ends_it_and_late_evidence_is_still_counted() -> None:
    step = windows.step(out(), person(EventKind.ABORT), INSIDE)
    assert step.effects == (Effect.CALL_CREWS_BACK, Effect.NOT_GREEN)
    later = windows.step(step.state, Event(kind=EventKind.VIOLATION, violation=seen()), END).state
    assert (later.status, later.counts) == (Status.ABORTED, {"": 1})
    back = windows.step(later, person(EventKind.CREWS_BACK, crews=("Crew 1",)), END).state
    with pytest.raises(LocalError, match="WINDOW-VALUE"):
        windows.step(back, person(EventKind.CLOSE, pillars=(("OFF-SITE-POWER", "HELD"),)), END)
    assert windows.step(back, person(EventKind.CLOSE), END).state.status is Status.CLOSED


def test_closing_reports_the_pillars() -> None:
    step = windows.step(active(), person(EventKind.CLOSE, pillars=(("OFF-SITE-POWER", "HELD"),)), INSIDE)
    assert step.effects == (Effect.REPORT_PILLARS,)
    assert step.state.pillars == (("OFF-SITE-POWER", "HELD"),)


def ticks(state: Window) -> list[tuple[Instant, Effect]]:
    """Serve every deadline when it falls due, to the end."""
    found = []
    for _ in range(16):
        due = windows.next_deadline(state)
        if due is None:
            return found
        step = windows.step(state, Event(kind=EventKind.TICK), due)
        state = step.state
        found += [(due, effect) for effect in step.effects]
    raise AssertionError("the clock of a window never rests")


def test_a_slot_without_the_second_assurance_is_missed() -> None:
    assert ticks(assured(given_by("NORTH"))) == [
        (PLAN.assure_by, Effect.ASSURANCE_OVERDUE),
        (START, Effect.SLOT_AT_RISK),
        (END, Effect.SLOT_MISSED),
    ]
    assert ticks(green()) == [(END, Effect.TIME_PASSED)]
    early = assured(given_by("NORTH", from_at=BEFORE, until_at=Instant(START - 2 * HOUR)))
    assert (Instant(START - 2 * HOUR), Effect.ASSURANCE_EXPIRED) in ticks(early)
    assert ticks(out())[-1] == (END, Effect.TIME_PASSED)
    assert (END, Effect.CALL_CREWS_BACK) in ticks(out())


def test_another_time_keeps_the_assurances_that_cover_it_and_asks_for_green_anew() -> None:
    later = replace(PLAN, from_at=INSIDE, until_at=Instant(END + HOUR))
    state = assured(given_by("NORTH", until_at=Instant(END + HOUR)), given_by("SOUTH"))
    moved = windows.step(state, person(EventKind.RESCHEDULE, plan=later), BEFORE).state
    assert moved.missing == ("SOUTH",)
    shorter = replace(PLAN, until_at=Instant(END - HOUR))
    step = windows.step(green(), person(EventKind.RESCHEDULE, plan=shorter), BEFORE)
    assert (step.state.status, step.effects) == (Status.ASSURING, (Effect.NOT_GREEN, Effect.PROPOSE_GREEN))
    for changes in ({"parties": ("NORTH",)}, {"works": ("DEMINING",)}, {"zone": replace(PLAN.zone, radius_m=9)}):
        with pytest.raises(LocalError, match="WINDOW-VALUE"):
            windows.step(state, person(EventKind.RESCHEDULE, plan=replace(PLAN, **changes)), BEFORE)


def test_a_party_s_node_takes_the_status_from_the_proposer_and_from_nobody_else() -> None:
    state = assured(given_by("NORTH"), state=proposed(followed="NORTH"))
    assert (state.missing, state.owed) == (("SOUTH",), ())
    assert ticks(state) == []
    with pytest.raises(LocalError, match="WINDOW-NOT-GREEN"):
        windows.step(state, person(EventKind.GREEN), BEFORE)
    told = Event(kind=EventKind.TOLD, told="GREEN", author="IAEA")
    followed = windows.step(state, told, BEFORE)
    assert followed.state.status is Status.TOLD_GREEN
    with pytest.raises(LocalError, match="WINDOW-NOT-GREEN"):
        windows.step(followed.state, person(EventKind.CREWS_OUT, crews=("Crew 1",)), INSIDE)
    assert windows.step(state, replace(told, author="SOUTH"), BEFORE).state.status is Status.ASSURING
    violated = windows.step(followed.state, replace(told, told="VIOLATED"), INSIDE)
    assert (violated.state.status, violated.effects) == (Status.VIOLATED, (Effect.NOT_GREEN,))


def test_the_proposer_s_own_node_never_turns_green_by_what_it_is_told() -> None:
    told = Event(kind=EventKind.TOLD, told="GREEN", author="IAEA")
    assert windows.step(proposed(), told, BEFORE).state.status is Status.PROPOSED


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("another's id", {"window_id": "NORTH-W-2025-0001"}),
        ("no id", {"window_id": "1"}),
        ("no crew", {"crews": ()}),
        ("no party", {"parties": ()}),
        ("a party twice", {"parties": ("NORTH", "NORTH")}),
        ("an end before its beginning", {"until_at": START}),
        ("assurances after the end", {"assure_by": Instant(END + 1)}),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(case: str, changes: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="WINDOW-VALUE"):
        replace(PLAN, **changes)
    assert case


_INSTANTS = st.integers(START - 3 * HOUR, END + 3 * HOUR).map(Instant)
_EVENTS = st.one_of(
    st.builds(
        lambda party, said, means, end: Event(
            kind=EventKind.ASSURANCE,
            assurance=given_by(party, said=said, means=means, until_at=end, reference=f"{party} {said} {end}"),
        ),
        st.sampled_from(["NORTH", "SOUTH"]),
        st.sampled_from(Said),
        st.sampled_from(Means),
        st.sampled_from([END, Instant(END - 1)]),
    ),
    st.sampled_from(
        [
            *(person(kind) for kind in (EventKind.GREEN, EventKind.RESUME, EventKind.ABORT, EventKind.CLOSE)),
            person(EventKind.CREWS_OUT, crews=("Crew 1",)),
            person(EventKind.CREWS_BACK, crews=("Crew 1",)),
            Event(kind=EventKind.TICK),
            Event(kind=EventKind.VIOLATION, violation=seen()),
            Event(kind=EventKind.TOLD, told="GREEN", author="IAEA"),
        ]
    ),
)


@given(st.lists(st.tuples(_EVENTS, _INSTANTS), max_size=12))
def test_whatever_happens_crews_go_only_into_a_window_that_is_green_and_has_begun(
    story: list[tuple[Event, Instant]],
) -> None:
    state = proposed()
    for event, now in sorted(story, key=lambda one: one[1]):
        try:
            after = windows.step(state, event, now).state
        except ArmslengthError:
            continue
        if set(after.crews_out) - set(state.crews_out):
            assert state.status is Status.ACTIVE
            assert state.missing == ()
            assert START <= now < END
        if after.status in {Status.GREEN, Status.ACTIVE}:
            assert after.missing == ()
        assert window_from_value(window_value(after)) == after
        state = after


def test_a_plan_survives_its_value() -> None:
    assert plan_from_value(plan_value(PLAN)) == PLAN
