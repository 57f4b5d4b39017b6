"""A call's machine: who it is stays open until proved, nothing is done for a voice, the minutes are counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels import call_value, calls
from armslength.channels.call_types import (
    CALL_BACK_DUE_S,
    CALL_TEXTS_BYTES_MAX,
    STEPS_MAX,
    Call,
    Direction,
    Effect,
    Event,
    EventKind,
    Identity,
    Means,
    Status,
)
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import MINUTE_US, SECOND_US, Instant
from armslength.core.places import Place, parse_place

if TYPE_CHECKING:
    from armslength.channels.call_types import Step

BEGAN = Instant(1_227_888_000_000_000)
E = EventKind
SENT = parse_place("47.5122N 34.5858E")
TEN_KM_OFF = Place(lat_e7=SENT.lat_e7 + 900_000, lon_e7=SENT.lon_e7, precision_m=10)


def call(direction: Direction = Direction.IN, *, book: bool = False, **more: Any) -> Call:
    made = Call(number="CL-2008-000001", channel="mea-fo", direction=direction, began_at=BEGAN, **more)
    return calls.begun(made, on_book_number=book)


def event(kind: EventKind, after_s: int = 60, **more: Any) -> Event:
    return Event(kind=kind, at=Instant(BEGAN + after_s * SECOND_US), **more)


def take(state: Call, *events: Event) -> Call:
    for one in events:
        state = taken(state, one).call
    return state


def taken(state: Call, one: Event) -> Step:
    return calls.step(state, one, one.at)


ASKED = event(E.ASKED, text="Put the air force on alert.", important=True)
CALL_BACK = event(E.CALLED_BACK, 90, reference="CL-2008-000002")
VERIFIED = event(E.VERIFIED, 120, by="CALL-BACK", reference="CL-2008-000002")
DISOWNED = event(E.DISOWNED, 120, text="The minister called nobody.", reference="CL-2008-000002")
ENDED = event(E.ENDED, 180, item="REACHED")
PASSED = event(E.PASSED_ON, 130, text="what he asks", names=("the principal",))
SAID_LATE = event(E.SAID, 170, text="x", side="OURS")
GIST = event(E.GIST, 600, text="He asked for an alert.", by="linguist-1", language="en")


@pytest.mark.parametrize(
    ("direction", "book", "identity"),
    [
        (Direction.IN, False, Identity.UNVERIFIED),
        (Direction.IN, True, Identity.UNVERIFIED),
        (Direction.OUT, False, Identity.UNVERIFIED),
        (Direction.OUT, True, Identity.VERIFIED),
    ],
)
def test_only_a_call_of_ours_on_the_number_of_the_book_needs_no_proof(
    direction: Direction, *, book: bool, identity: Identity
) -> None:
    assert call(direction, book=book).identity is identity


def test_what_an_unverified_voice_asks_rings_here_owes_a_call_back_and_goes_no_further() -> None:
    step = taken(call(), ASKED)
    assert step.effects == (Effect.UNVERIFIED,)
    assert calls.next_deadline(step.call) == ASKED.at + CALL_BACK_DUE_S * SECOND_US
    with pytest.raises(LocalError, match="CALL-UNVERIFIED"):
        taken(step.call, PASSED)
    assert taken(take(step.call, CALL_BACK, VERIFIED), PASSED).call.steps[-1].event == PASSED


def test_what_they_deny_to_have_said_is_never_passed_on() -> None:
    state = take(call(), ASKED, ENDED, CALL_BACK, DISOWNED)
    assert (state.identity, state.verified_by) == (Identity.DISOWNED, None)
    for one in (PASSED, event(E.AGREED, 700, text="agreed", language="en")):
        with pytest.raises(LocalError, match="CALL-UNVERIFIED"):
            taken(state, one)
    with pytest.raises(LocalError, match="CALL-STEP"):
        taken(state, VERIFIED)


def test_a_call_back_that_is_not_made_rings_once_and_one_that_is_made_does_not() -> None:
    owed = take(call(), ASKED)
    due = calls.next_deadline(owed)
    assert due is not None
    early = calls.step(owed, event(E.TICK), Instant(due - 1))
    assert (early.effects, early.call) == ((), owed)
    late = calls.step(owed, event(E.TICK), due)
    assert late.effects == (Effect.CALL_BACK_OWED,)
    assert (late.call.call_back_missed, calls.next_deadline(late.call)) == (True, None)
    assert calls.next_deadline(take(owed, CALL_BACK)) is None


def test_a_stop_rings_our_own_post_whoever_says_it_and_the_clock_says_how_soon() -> None:
    broke = event(E.BREAK_IN, 30, text="Stop, you are hitting our people at the airfield.")
    step = taken(call(), broke)
    assert step.effects == (Effect.RING_OPERATIONS,)
    state = take(step.call, event(E.RUNG, 100, names=("battle director",)), event(E.RUNG, 200, names=("another",)))
    assert (state.rung, state.rung_at) == ("battle director", BEGAN + 100 * SECOND_US)
    assert calls.next_deadline(state) is not None


def test_somebody_rung_without_a_break_in_is_a_mistake() -> None:
    with pytest.raises(LocalError, match="CALL-STEP"):
        taken(call(), event(E.RUNG, names=("battle director",)))


@pytest.mark.parametrize(
    ("case", "parts", "effects"),
    [
        ("the same place", {"sent": SENT, "heard": SENT}, ()),
        ("ten kilometres off", {"sent": SENT, "heard": TEN_KM_OFF}, (Effect.READ_BACK_DOUBT,)),
        ("the same number in groups", {"figures": ("4 7 12", "4712")}, ()),
        ("two digits exchanged", {"figures": ("4712", "4172")}, (Effect.READ_BACK_DOUBT,)),
    ],
)
def test_what_is_read_back_is_compared(case: str, parts: dict[str, Any], effects: tuple[Effect, ...]) -> None:
    assert taken(call(), event(E.READ_BACK, **parts)).effects == effects, case


def test_the_minutes_that_somebody_waits_are_counted_also_when_the_call_ends_first() -> None:
    waits = event(E.WAIT, 30, names=("Colonel N",))
    state = take(call(), waits, event(E.WAIT_OVER, 27 * 60))
    assert state.waits[0].until_at == BEGAN + 27 * MINUTE_US
    with pytest.raises(LocalError, match="CALL-STEP"):
        taken(take(call(), waits), waits)
    assert take(call(), waits, ENDED).waits[0].until_at == ENDED.at


@pytest.mark.parametrize(
    ("case", "before", "one", "code"),
    [
        ("a gist of a call that goes on", (), GIST, "CALL-OPEN"),
        ("a second end", (ENDED,), ENDED, "CALL-STEP"),
        ("a word after the end", (ENDED,), event(E.SAID, 300, text="x", side="OURS"), "CALL-STEP"),
        ("a time before it began", (), event(E.SAID, -1, text="x", side="OURS"), "CALL-STEP"),
        ("an end before what was said", (SAID_LATE,), event(E.ENDED, 160, item="REACHED"), "CALL-STEP"),
        ("an end that is none", (), event(E.ENDED, item="HAPPY"), "CALL-VALUE"),
        ("no end of a wait", (), event(E.WAIT_OVER), "CALL-STEP"),
        ("a denial without its words", (), event(E.DENIAL, language="ru"), "CALL-VALUE"),
        ("a denial in no language", (), event(E.DENIAL, text="не наши"), "CALL-VALUE"),
        ("a challenge of which nothing is said", (), event(E.VERIFIED, by="CHALLENGE"), "CALL-VALUE"),
        ("a call-back without its call", (), event(E.VERIFIED, by="CALL-BACK"), "CALL-VALUE"),
        ("a number of the book for one who called", (), event(E.VERIFIED, by="BOOK-NUMBER", text="x"), "CALL-VALUE"),
        ("read back of nothing", (), event(E.READ_BACK), "CALL-VALUE"),
        ("read back of both", (), event(E.READ_BACK, sent=SENT, heard=SENT, figures=("1", "1")), "CALL-VALUE"),
        ("nobody joined", (), event(E.JOINED, side="OURS"), "CALL-VALUE"),
        ("joined no side", (), event(E.JOINED, names=("x",)), "CALL-VALUE"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_table_is_refused(case: str, before: tuple[Event, ...], one: Event, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        taken(take(call(), *before), one)
    assert refused.value.code == code, case


def test_a_call_is_bounded_in_steps_and_text() -> None:
    note = event(E.NOTE, text="x")
    full = replace(call(), steps=(calls.Taken(event=note, at=BEGAN),) * STEPS_MAX)
    heavy = replace(call(), steps=(calls.Taken(event=replace(note, text="x" * CALL_TEXTS_BYTES_MAX), at=BEGAN),))
    for state in (full, heavy):
        with pytest.raises(LocalError, match="CALL-STEP"):
            taken(state, note)
        # What the node itself finds out is entered all the same.
        assert taken(state, CALL_BACK).call.call_backs


def test_people_join_on_their_side() -> None:
    state = take(
        call(theirs=("a voice",)),
        event(E.JOINED, side="THEIRS", names=("a general",)),
        event(E.JOINED, side="OURS", names=("the duty officer",)),
        event(E.JOINED, side="INTERPRETER", names=("a linguist",)),
        event(E.RECORDING, item="NOBODY"),
    )
    assert (state.ours, state.theirs, state.interpreter) == (
        ("the duty officer",),
        ("a voice", "a general"),
        "a linguist",
    )
    assert (state.recording, state.status, state.verified_by) == ("NOBODY", Status.LIVE, None)


EVENTS = (ASKED, CALL_BACK, VERIFIED, DISOWNED, ENDED, PASSED, GIST, event(E.BREAK_IN, text="stop"))


@given(st.lists(st.sampled_from(EVENTS), max_size=12))
def test_in_no_order_is_anything_passed_on_for_a_voice_that_is_not_verified(events: list[Event]) -> None:
    state = call()
    now = Instant(BEGAN + 3600 * SECOND_US)
    for one in events:
        known = state.identity
        try:
            state = calls.step(state, one, now).call
        except LocalError:
            continue
        if one.kind in {E.PASSED_ON, E.AGREED}:
            assert known is Identity.VERIFIED
        assert state.status is Status.LIVE or state.ended_at is not None
        assert (state.identity is Identity.VERIFIED) is (state.verified_by is not None)


# --- as values of the encoding ----------------------------------------------------------------------------------------

WHOLE = Call(
    number="CL-2008-000003",
    channel="mea-fo",
    direction=Direction.OUT,
    began_at=BEGAN,
    officer="pk-watch-1",
    ours=("pk-watch-1",),
    theirs=("the minister's office",),
    interpreter="a linguist",
    telephone="+91 11 0000 0000",
    calls_back="CL-2008-000001",
    case="CASE-2008-000001",
    about="was it he",
    recording="BY-US",
)


@pytest.mark.parametrize("whole", [WHOLE, call()])
def test_a_call_comes_back_out_of_its_record_as_it_went_in(whole: Call) -> None:
    fields = call_value.call_fields(whole, on_book_number=True)
    if whole.officer:
        fields[5] = whole.officer
    body = cbor.decode(cbor.encode(fields), size_max=65_536)
    assert isinstance(body, dict)
    found = {key: value for key, value in body.items() if isinstance(key, int)}
    assert call_value.call_from_fields(found) == whole
    assert call_value.on_book_number(found)


@pytest.mark.parametrize(
    "one",
    [
        *EVENTS,
        event(E.READ_BACK, sent=SENT, heard=TEN_KM_OFF),
        event(E.READ_BACK, figures=("1", "2")),
        event(E.AGREED, text="agreed", language="en", draft=bytes(32)),
        event(E.JOINED, side="OURS", names=("x", "y")),
    ],
)
def test_a_step_comes_back_out_of_its_record_as_it_went_in(one: Event) -> None:
    body = cbor.decode(cbor.encode(call_value.event_fields("CL-2008-000001", one)), size_max=65_536)
    assert isinstance(body, dict)
    assert call_value.event_from_fields({key: v for key, v in body.items() if isinstance(key, int)}) == one


VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**60), st.text(max_size=8), st.binary(max_size=33))


@given(st.dictionaries(st.integers(20, 34), st.one_of(VALUES, st.lists(VALUES, max_size=3).map(tuple)), max_size=15))
def test_records_of_hostile_contents_give_typed_errors(fields: dict[int, Any]) -> None:
    whole = {**call_value.event_fields("CL-2008-000001", VERIFIED), **fields}
    begun = {**call_value.call_fields(WHOLE, on_book_number=True), **fields}
    for read, body in ((call_value.event_from_fields, whole), (call_value.call_from_fields, begun)):
        try:
            read(body)
        except ArmslengthError:
            continue


def test_every_means_and_kind_is_of_the_tables() -> None:
    assert {kind for _, kind in calls.TRANSITIONS} == set(E)
    assert set(Means) == {"BOOK-NUMBER", "CALL-BACK", "CHALLENGE"}
