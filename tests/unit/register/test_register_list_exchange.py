"""The exchange of lists: nothing is shown before both are bound, and what is shown is what was bound."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.core.realm import Realm
from armslength.register import list_exchange as lists
from armslength.register.list_exchange import Commitment, Effect, Event, EventKind, Exchange, Site, Status

DUE = parse_rfc3339("2026-01-01T00:00:00Z")
NOW = parse_rfc3339("2025-12-20T00:00:00Z")
LINE, SALT = bytes(16), bytes(range(32))
SITES = (
    Site(facility_id="UA-ZNPP", name="Запорізька АЕС", language="uk", kind="NUCLEAR-POWER-PLANT", place=None),
    Site(
        facility_id="UA-KHPP",
        name="Каховська ГЕС",
        language="uk",
        kind="DAM",
        place=Place(lat_e7=467_800_000, lon_e7=333_700_000, precision_m=1_200),
    ),
)


def digest(party: str, sites: tuple[Site, ...] = SITES, **changes: object) -> bytes:
    given = {"realm": Realm.REAL, "line": LINE, "party": party, "year": 2026, "salt": SALT} | changes
    return lists.digest(sites=lists.canonical(sites), **given)  # type: ignore[arg-type]  # by name


def bound(party: str, count: int = 2, **changes: object) -> Commitment:
    return Commitment(digest=digest(party, **changes), count=count, reference=f"of {party}", at=NOW)


OURS, THEIRS = bound("EUCOM"), bound("NDMC")
PLANNED = lists.planned(2026, "EUCOM", "NDMC", DUE)
EVENTS = {
    kind: Event(kind=kind, commitment=OURS if kind.value.endswith("ours") else THEIRS)
    for kind in (EventKind.COMMIT_OURS, EventKind.COMMIT_THEIRS, EventKind.REVEAL_OURS, EventKind.REVEAL_THEIRS)
}


def after(*kinds: EventKind) -> Exchange:
    state = PLANNED
    for kind in kinds:
        state = lists.step(state, EVENTS[kind], NOW).state
    return state


@pytest.mark.parametrize("order", list(permutations(EVENTS)), ids=lambda order: " ".join(k.value for k in order))
def test_in_every_order_ours_is_shown_only_after_both_are_bound(order: tuple[EventKind, ...]) -> None:
    state = PLANNED
    for kind in order:
        both = state.ours is not None and state.theirs is not None
        if kind is EventKind.REVEAL_OURS and not both:
            with pytest.raises(LocalError, match="LIST-NOT-COMMITTED"):
                lists.step(state, EVENTS[kind], NOW)
            continue
        state = lists.step(state, EVENTS[kind], NOW).state
        assert lists.exchange_from_value(lists.exchange_value(state)) == state
    assert (state.status is Status.EXCHANGED) is (max(map(order.index, list(EVENTS)[:2])) < 2)


@pytest.mark.parametrize("kinds", [(), (EventKind.COMMIT_OURS,), (EventKind.COMMIT_THEIRS,)], ids=str)
def test_what_is_missing_is_named(kinds: tuple[EventKind, ...]) -> None:
    with pytest.raises(LocalError, match="LIST-NOT-COMMITTED") as caught:
        lists.step(after(*kinds), EVENTS[EventKind.REVEAL_OURS], NOW)
    assert ("theirs" in caught.value.details["missing"]) is (EventKind.COMMIT_THEIRS not in kinds)
    assert ("our" in caught.value.details["missing"]) is (EventKind.COMMIT_OURS not in kinds)


BOTH = (EventKind.COMMIT_OURS, EventKind.COMMIT_THEIRS)


@pytest.mark.parametrize(
    ("case", "shown", "says"),
    [
        ("another number", bound("NDMC", count=1), "2 sites committed, 1 shown"),
        ("another list", bound("NDMC", sites=SITES[:1]), "digest"),
        ("another salt", bound("NDMC", salt=bytes(32)), "digest"),
        ("our list as theirs", bound("EUCOM"), "digest"),
    ],
)
def test_a_reveal_that_is_not_what_was_committed_is_named(case: str, shown: Commitment, says: str) -> None:
    step = lists.step(after(*BOTH), Event(kind=EventKind.REVEAL_THEIRS, commitment=shown), NOW)
    assert (step.state.status, step.effects) == (Status.MISMATCH, (Effect.MISMATCH,)), case
    assert says in step.state.mismatch
    with pytest.raises(LocalError, match="LIST-TRANSITION"):
        lists.step(step.state, EVENTS[EventKind.REVEAL_OURS], NOW)


def test_our_own_list_cannot_change_after_its_commitment() -> None:
    changed = Event(kind=EventKind.REVEAL_OURS, commitment=bound("EUCOM", sites=SITES[:1], count=1))
    with pytest.raises(LocalError, match="LIST-DIFFERS"):
        lists.step(after(*BOTH), changed, NOW)


def test_a_reveal_before_its_time_is_kept_as_early_and_owes_nothing() -> None:
    step = lists.step(after(EventKind.COMMIT_THEIRS), EVENTS[EventKind.REVEAL_THEIRS], NOW)
    assert (step.state.early, step.effects) == (True, (Effect.EARLY,))
    assert step.state.status is Status.THEIRS_COMMITTED


def test_a_copied_commitment_is_noticed_and_opens_nothing() -> None:
    copied = replace(OURS, reference="a copy")
    step = lists.step(after(EventKind.COMMIT_OURS), Event(kind=EventKind.COMMIT_THEIRS, commitment=copied), NOW)
    assert step.effects == (Effect.COPIED, Effect.MAY_REVEAL)
    theirs = Event(kind=EventKind.REVEAL_THEIRS, commitment=bound("NDMC"))
    assert lists.step(step.state, theirs, NOW).state.status is Status.MISMATCH


@pytest.mark.parametrize(
    "changes",
    [{"realm": Realm.EXERCISE}, {"line": bytes([1]) * 16}, {"party": "NDMC"}, {"year": 2027}, {"salt": bytes(32)}],
    ids=str,
)
def test_a_digest_is_of_one_list_of_one_party_on_one_line_in_one_year(changes: dict[str, object]) -> None:
    assert digest(**({"party": "EUCOM"} | changes)) != digest("EUCOM")  # type: ignore[arg-type]  # by name
    assert digest("EUCOM", SITES[::-1]) == digest("EUCOM")


def test_the_date_is_an_alarm_a_week_before_and_on_the_day_and_the_next_year_follows() -> None:
    state, found = PLANNED, []
    while (due := lists.next_deadline(state)) is not None:
        step = lists.step(state, Event(kind=EventKind.TICK), due)
        state = step.state
        found += [(due, effect) for effect in step.effects]
    assert found == [(Instant(DUE - 7 * 86_400_000_000), Effect.COMMIT_OVERDUE), (DUE, Effect.LIST_OVERDUE)]
    assert lists.step(after(*EVENTS), Event(kind=EventKind.TICK), DUE).effects == ()
    assert lists.following_year(PLANNED).due_at == parse_rfc3339("2027-01-01T00:00:00Z")
    leap = lists.planned(2028, "EUCOM", "NDMC", parse_rfc3339("2028-02-29T12:00:00Z"))
    assert lists.following_year(leap).due_at == parse_rfc3339("2029-02-28T12:00:00Z")


@pytest.mark.parametrize("value", [None, {}, {1: 2026}, {1: 1, 2: ("A",)}], ids=str)
def test_a_value_that_is_none_of_ours_is_refused_with_a_code(value: object) -> None:
    with pytest.raises((ArmslengthError, ValueError)):
        lists.exchange_from_value(value)  # type: ignore[arg-type]  # on purpose
