"""What the watch remembers of a facility is bounded, comes back as it was, and caps are kept by what came in last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.desk import views, watch_state
from armslength.register.default_rules import DEFAULT_RULES_TOML
from armslength.register.flag_types import Act, Finding
from armslength.register.observations import day_of
from armslength.register.rules import DEFAULT_RULES
from armslength.register.vocabularies import HOT_SPOT
from builders.two_nodes import START
from builders.watching import SITE, TODAY, Post, strike

FOUND = Finding(
    facility_id="F-1",
    day=TODAY,
    act=Act.FLAG,
    rule_id="text-near",
    reason="Why.",
    evidence=("r-1",),
    counter_evidence=(),
    rank=50,
    certainty="LIKELY",
)


def after(*found: Finding) -> watch_state.FacilityState:
    return watch_state.advanced(watch_state.FacilityState(), (), found, DEFAULT_RULES, START)


def test_a_flag_begins_and_an_addition_goes_on() -> None:
    state = after(FOUND, replace(FOUND, act=Act.CORROBORATE, day=TODAY + 2))
    assert state.flagged_at == Instant((TODAY + 1) * DAY_US - 1)
    assert state.last_at == Instant((TODAY + 3) * DAY_US - 1)
    assert dict(state.counts) == {(TODAY, "FLAG"): 1, (TODAY + 2, "CORROBORATE"): 1}


def test_what_was_held_back_is_counted_for_nothing() -> None:
    assert after(replace(FOUND, act=Act.SUPPRESS)) == replace(after(), history=after().history)


def test_counts_are_bounded_and_the_newest_stay_whatever_day_they_are_of() -> None:
    wrong = replace(FOUND, day=50_000)
    many = [replace(FOUND, day=TODAY - 100 + n) for n in range(watch_state.COUNTS_KEPT)]
    state = after(wrong, *many)
    assert len(state.counts) == watch_state.COUNTS_KEPT
    assert (TODAY - 100, "FLAG") in state.counts
    assert (50_000, "FLAG") not in state.counts


def test_a_count_that_grows_is_new_again() -> None:
    many = [replace(FOUND, day=TODAY - 100 + n) for n in range(watch_state.COUNTS_KEPT)]
    state = after(*many, replace(FOUND, day=TODAY - 100), replace(FOUND, day=TODAY))
    assert state.counts[TODAY - 100, "FLAG"] == 2
    assert (TODAY - 99, "FLAG") not in state.counts


def test_a_state_comes_back_as_it_was_kept() -> None:
    post = Post(SITE)
    state = replace(after(replace(FOUND, day=TODAY + 3), FOUND), concern_id="C-2022-0001")
    post.write(lambda books: watch_state.put_facility(books.unit, "F-1", state))
    assert post.look(lambda books: watch_state.facility(books.unit, "F-1")) == state
    assert post.look(lambda books: watch_state.newest_concern(books.unit, "F-1")) == "C-2022-0001"
    assert post.look(lambda books: watch_state.newest_concern(books.unit, "F-2")) is None


@pytest.mark.parametrize(
    ("day", "watch"),
    [
        (TODAY, START // (8 * 3_600_000_000)),
        (TODAY - watch_state.RING_DAYS, START // (8 * 3_600_000_000)),
        (TODAY + 90, START // (8 * 3_600_000_000)),
        (TODAY - watch_state.RING_DAYS - 1, (TODAY - watch_state.RING_DAYS - 1) * 3),
    ],
)
def test_what_is_old_counts_to_a_watch_of_its_own_day(day: int, watch: int) -> None:
    assert watch_state.watch_of(day, START) == watch


def test_concerns_are_numbered_by_year_and_never_again() -> None:
    post = Post(SITE)
    for number in ("C-2022-0007", "C-2022-0003", "C-2023-0001"):
        post.write(lambda books, number=number: watch_state.count_concern(books.unit, number))
    assert post.look(lambda books: watch_state.next_concern_id(books.unit, START)) == "C-2022-0008"
    later = Instant(START + 60 * DAY_US)
    assert post.look(lambda books: watch_state.next_concern_id(books.unit, later)) == "C-2023-0002"


def test_the_rules_in_force_are_those_entered_last() -> None:
    post = Post(SITE)
    assert post.look(lambda books: watch_state.rules(books.unit)) is DEFAULT_RULES
    text = DEFAULT_RULES_TOML.replace('name = "default"', 'name = "ours"', 1)
    post.write(lambda books: books.note("rules", "rules", {20: text, 21: "a test"}))
    assert post.look(lambda books: watch_state.rules(books.unit)).name == "ours"


def test_reports_from_long_before_a_concern_are_no_part_of_it() -> None:
    post = Post(SITE)
    post.report(strike("a"))
    state = post.look(lambda books: watch_state.facility(books.unit, "F-1"))
    watched = post.look(lambda books: books.watch.get(books))

    def concern_for(day: int) -> object:
        seen = watched.observe([strike("b", day=day)])["F-1"]
        return post.look(lambda books: watch_state.facts_of(books, "F-1", state, seen, ()).concern)

    assert concern_for(3) is not None
    assert concern_for(-7) is not None
    assert concern_for(-8) is None


def test_names_of_what_is_needed_are_found_in_any_case() -> None:
    post = Post(SITE)
    post.write(lambda books: books.unit.put(views.NEEDS, "підстанція довге".encode() + b"\x00F-2\x00X", ("F-2", "X")))
    assert post.look(lambda books: watch_state.needs_of(books.unit, SITE)) == [("F-2", "X")]
    # Who is in no register is told of nothing, and so is the site itself.
    assert post.look(lambda books: watch_state.needed_by(books.unit, "F-9", START)) == []


@pytest.mark.parametrize(
    ("days", "until"),
    [((), 0), ((0,), 0), ((-7,), 0), ((-8,), -8), ((-400, -390), -390), ((-400, 0), 0), ((90,), 0), ((-400, 90), -400)],
)
def test_a_place_was_watched_until_now_or_until_the_end_of_an_old_file(days: tuple[int, ...], until: int) -> None:
    post = Post(SITE)
    watched = post.look(lambda books: books.watch.get(books))
    seen = [one for day in days for one in watched.observe([strike(f"r{day}", day=day)])["F-1"]]
    assert day_of(watch_state.watched_until(seen, START)) == TODAY + until


def test_a_text_of_something_far_off_touches_nothing() -> None:
    post = Post(replace(SITE, rings_m=(30_000,)))
    watched = post.look(lambda books: books.watch.get(books))
    far, named = strike("far", north_m=20_000), strike("named", north_m=20_000, text="Dovhe substation was hit.")
    assert not watch_state.touches(watched.observe([far])["F-1"])
    assert watch_state.touches(watched.observe([named])["F-1"])
    assert watch_state.touches(watched.observe([replace(far, what=HOT_SPOT)])["F-1"])
    assert watch_state.touches(watched.observe([strike("near", north_m=4_000)])["F-1"])
    assert watch_state.touches(())
