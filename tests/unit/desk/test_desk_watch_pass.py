"""A pass of the watch raises each thing once, in its time, within its caps, and a rebuild remembers the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.desk import report_lookup, views, watch_pass, watch_state
from armslength.desk.rebuilding import rebuild
from armslength.register import baselines, concerns, facility_body, flagging
from armslength.register.facilities import Dependency
from armslength.register.facility_parts import Life, PillarReport
from armslength.register.flag_types import Act, Finding
from armslength.register.reports import ReportKind
from armslength.register.rules import DEFAULT_RULES
from armslength.register.vocabularies import HOT_SPOT
from builders.two_nodes import START
from builders.watching import SITE, STRIKE, TODAY, Post, site, strike

PLANT = site("F-PLANT", kind="NUCLEAR-POWER-PLANT", north_m=60_000, names=(("en", "Dovhe nuclear power plant"),))


def needing(on: str, kind: str = "COOLING-WATER") -> Any:
    return replace(PLANT, dependencies=(Dependency(on=on, kind=kind, note="", source="a map"),))


def hot(report_id: str, *, day: int = 0, north_m: float = 0.0) -> Any:
    return strike(report_id, day=day, north_m=north_m, what=HOT_SPOT, text="Hot spot.", uncertainty_m=375)


def finding(facility_id: str = "F-1", day: int = TODAY, act: Act = Act.FLAG, **changed: Any) -> Finding:
    told: dict[str, Any] = {
        "facility_id": facility_id,
        "day": day,
        "act": act,
        "rule_id": "text-near",
        "reason": f"Something of day {day}.",
        "evidence": ("r-1",),
        "counter_evidence": (),
        "rank": 50,
        "certainty": "LIKELY",
    }
    return Finding(**{**told, **changed})


def passes(post: Post) -> list[Any]:
    """Return the passes that judged sites, and not those that looked for campaigns."""
    return [body for body in post.bodies("watch-pass") if 29 not in body]


# --- one concern that grows -------------------------------------------------------------------------------------------


def test_a_strike_near_a_site_is_one_concern_that_cites_it_and_the_next_days_add_to_it() -> None:
    post = Post(SITE)
    post.report(strike("a"))
    post.report(strike("b", day=1))
    post.report(strike("c", day=3))
    (one,) = post.concerns()
    assert (one.facility_id, one.status, one.evidence) == ("F-1", concerns.Status.CORROBORATED, ("a", "b", "c"))
    assert one.history[0].reason.startswith("[text-near] ")


def test_a_pass_and_what_is_remembered_rebuild_to_the_same() -> None:
    post = Post(SITE, needing("Dovhe substation"))
    post.report(strike("a", text="Shelling of Dovhe substation."), hot("h-1"), hot("h-2", north_m=900))
    post.report(strike("b", day=2))
    post.assess("C-2022-0001", "dismiss")
    post.report(strike("c", day=4))
    before = post.scan(views.WATCHED)
    assert [key for key, _ in before] == [b"F-1", b"F-PLANT"]
    post.write(rebuild)
    assert post.scan(views.WATCHED) == before


def test_a_pass_says_by_which_rules_register_and_engine_it_judged() -> None:
    post = Post(SITE)
    entry = post.report(strike("a"))
    (body,) = passes(post)
    assert (body[20], body[21], body[26]) == (entry, DEFAULT_RULES.version, START)
    assert post.look(lambda books: books.unit.get(views.WATCH, views.REGISTER_VERSION)) == body[22]
    assert body[23]


def test_what_touches_no_site_leaves_no_trace_but_its_report() -> None:
    post = Post(SITE)
    post.report(strike("a", north_m=400_000))
    assert post.concerns() == []
    assert passes(post) == []


# --- how surely -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("north_m", "uncertainty_m", "certainty"),
    [(4_000, 500, "CERTAIN"), (4_900, 500, "POSSIBLE"), (4_700, 1_900, "POSSIBLE"), (5_400, 500, None)],
)
def test_a_doubt_that_reaches_over_the_ring_is_said(north_m: int, uncertainty_m: int, certainty: str | None) -> None:
    post = Post(SITE)
    post.report(strike("a", north_m=north_m, uncertainty_m=uncertainty_m))
    found = [row for _, row in post.scan(views.CONCERN_DETAILS)]
    assert [row[2] for row in found] == ([] if certainty is None else [certainty])


def test_the_same_text_again_opens_no_second_concern() -> None:
    post = Post(SITE)
    post.report(strike("a", text="Shelling of Dovhe substation."))
    post.report(strike("b", day=25, text="Shelling of Dovhe substation.", north_m=20_000))
    assert [one.evidence for one in post.concerns()] == [("a",)]
    (last,) = [body for body in passes(post) if body[25] and body[25][0][2] == "SUPPRESS"]
    assert "same text came 25 days before" in last[25][0][4]


def test_what_happened_after_a_site_ended_is_not_held_against_it() -> None:
    ended = replace(SITE, life=(Life(from_at=None, until_at=Instant(START + DAY_US), source="a register"),))
    post = Post(ended)
    post.report(strike("before"), strike("after", day=1), strike("named", day=2, text="Shelling of Dovhe substation."))
    assert [one.evidence for one in post.concerns()] == [("before",)]


# --- caps -------------------------------------------------------------------------------------------------------------


def test_a_facility_has_a_few_additions_a_day_and_no_more() -> None:
    post = Post(SITE)
    for number in range(8):
        post.report(strike(f"r-{number}"))
    cap = DEFAULT_RULES.number("watch", "corroborations_per_day")
    assert [len(one.evidence) for one in post.concerns()] == [1 + cap]
    held = [value for body in passes(post) for value in body[25] if value[2] == "SUPPRESS"]
    assert len(held) == 7 - cap
    assert all("Held back" in value[6][0] for value in held)


def test_a_watch_has_its_cap_and_what_is_never_held_back_passes_it() -> None:
    cap = DEFAULT_RULES.number("watch", "flags_per_watch")
    offices = [site(f"F-{n:02}", north_m=10_500 * n, kind="HOSPITAL") for n in range(1, cap + 4)]
    plant = replace(PLANT, place=site("F-X", north_m=-30_000).place)
    post = Post(*offices, plant)
    post.report(*(strike(f"r-{n:02}", north_m=10_500 * n) for n in range(1, cap + 4)))
    assert len(post.concerns()) == cap
    post.report(strike("late", north_m=10_500, day=-1), strike("plant", text="Shelling of Dovhe nuclear power plant."))
    raised = [one.facility_id for one in post.concerns()]
    assert raised.count("F-PLANT") == 1
    assert len(raised) == cap + 1


def test_old_days_of_a_file_do_not_share_one_cap() -> None:
    cap = DEFAULT_RULES.number("watch", "flags_per_watch")
    offices = [site(f"F-{n:02}", north_m=10_500 * n, kind="HOSPITAL") for n in range(1, 6)]
    post = Post(*offices)
    days = [-400 + 25 * n for n in range(6)]
    post.report(*(strike(f"r-{d}-{n}", north_m=10_500 * n, day=d) for d in days for n in range(1, 6)))
    assert len(post.concerns()) == 30 > cap
    assert post.rung() == []


# --- one after the other ----------------------------------------------------------------------------------------------


def test_a_lower_rank_of_an_earlier_day_comes_first_and_the_higher_adds_to_it() -> None:
    post = Post(SITE)
    near, named = strike("near"), strike("named", day=2, text="Shelling of Dovhe substation.", north_m=20_000)
    post.report(named, near)
    (one,) = post.concerns()
    assert one.evidence == ("near", "named")


def test_two_bursts_of_one_file_are_two_concerns_each_with_its_own_reports() -> None:
    post = Post(SITE)
    post.report(strike("x", day=-100), strike("x2", day=-98), strike("y", day=-40), strike("y2", day=-39))
    assert [one.evidence for one in post.concerns()] == [("x", "x2"), ("y", "y2")]


def capped(found: list[Finding], shown: list[Finding], counts: dict[Any, int] | None = None) -> list[tuple[str, int]]:
    kept = watch_pass._without_orphans(shown, found, counts or {}, DEFAULT_RULES)
    return [(one.act.value, one.day - TODAY) for one in sorted(kept, key=lambda one: one.day)]


def test_what_would_add_to_a_concern_that_was_held_back_is_held_back_too() -> None:
    flag, more = finding(), finding(day=TODAY + 1, act=Act.CORROBORATE)
    held = replace(flag, act=Act.SUPPRESS)
    assert capped([flag, more], [held, more]) == [("SUPPRESS", 0), ("SUPPRESS", 1)]
    assert capped([flag, more], [flag, more]) == [("FLAG", 0), ("CORROBORATE", 1)]
    # The day has its concern from an earlier batch, and this one was one too many for the day only.
    assert capped([flag, more], [held, more], {("F-1", TODAY, "FLAG"): 1}) == [("SUPPRESS", 0), ("CORROBORATE", 1)]


def test_what_is_never_held_back_flags_in_the_place_of_what_was() -> None:
    flag, more = finding(), finding(day=TODAY + 1, act=Act.CORROBORATE, rank=80)
    last = finding(day=TODAY + 2, act=Act.CORROBORATE)
    held = replace(flag, act=Act.SUPPRESS)
    assert capped([flag, more, last], [held, more, last]) == [("SUPPRESS", 0), ("FLAG", 1), ("CORROBORATE", 2)]


def test_an_addition_to_what_was_open_before_is_none_of_this() -> None:
    more = finding(act=Act.CORROBORATE)
    flag = finding("F-2")
    held = replace(flag, act=Act.SUPPRESS)
    assert ("CORROBORATE", 0) in capped([flag, more], [held, more])


# --- who needs it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["F-1", "Dovhe substation", "DOVHE SUBSTATION", "підстанція Довге"])
def test_a_strike_named_at_what_a_plant_needs_is_a_concern_of_the_plant(on: str) -> None:
    post = Post(SITE, needing(on))
    post.report(strike("a", text="Shelling of Dovhe substation."))
    assert {one.facility_id: one.evidence for one in post.concerns()} == {"F-1": ("a",), "F-PLANT": ("a",)}
    rules = {key.decode(): row[5] for key, row in post.scan(views.CONCERN_DETAILS)}
    assert ("dependency",) in rules.values()


def test_what_a_plant_no_longer_needs_does_not_reach_it() -> None:
    post = Post(SITE, needing("F-1"))
    post.add(PLANT)
    post.report(strike("a", text="Shelling of Dovhe substation."))
    assert [one.facility_id for one in post.concerns()] == ["F-1"]


def test_a_plant_that_had_closed_needs_nothing() -> None:
    closed = replace(needing("F-1"), life=(Life(from_at=None, until_at=Instant(START - DAY_US), source="a register"),))
    post = Post(SITE, closed)
    post.report(strike("a", text="Shelling of Dovhe substation."))
    assert [one.facility_id for one in post.concerns()] == ["F-1"]


def test_needing_one_thing_for_two_reasons_is_told_once_and_both_are_kept() -> None:
    kinds = ("COOLING-WATER", "OFF-SITE-POWER")
    both = tuple(Dependency(on="F-1", kind=kind, note="", source="a map") for kind in kinds)
    post = Post(SITE, replace(PLANT, dependencies=both))
    needs = post.look(lambda books: watch_state.needed_by(books.unit, "F-1", START))
    assert needs == [("F-PLANT", "COOLING-WATER"), ("F-PLANT", "OFF-SITE-POWER")]
    post.report(strike("a", text="Shelling of Dovhe substation."))
    (_, further) = [body for body in passes(post) if body[25]]
    assert len(further[25]) == 1


def test_a_site_that_is_said_to_need_itself_is_not_told_of_itself() -> None:
    own = replace(SITE, dependencies=(Dependency(on="F-1", kind="OFF-SITE-POWER", note="", source="a map"),))
    post = Post(own)
    post.report(strike("a", text="Shelling of Dovhe substation."))
    assert len(passes(post)) == 1


# --- pillars ----------------------------------------------------------------------------------------------------------


def pillared(status: str, day: int, facility: Any = PLANT) -> Any:
    at = Instant(START + day * DAY_US)
    stated = PillarReport(pillar="OFF-SITE-POWER", status=status, note="", source="IAEA", as_of=at)
    return replace(facility, pillars=(*facility.pillars, stated))


def test_a_pillar_that_a_newer_record_calls_lost_is_a_concern_and_the_same_again_is_none() -> None:
    held = pillared("HELD", -9)
    lost = pillared("LOST", 0, held)
    post = Post()
    for facility in (held, lost, replace(lost, special_sign="DISPLAYED")):
        post.batch("facility-batch", [facility])
    (one,) = post.concerns()
    assert one.evidence[0].startswith("entry-")
    assert "OFF-SITE-POWER is LOST by IAEA, HELD before" in one.history[0].reason
    post.write(rebuild)


def test_a_pillar_change_is_judged_without_making_the_register_ready() -> None:
    post = Post()
    post.batch("facility-batch", [pillared("LOST", 0)])
    assert len(post.concerns()) == 1
    assert post.index._base is None


def test_only_what_is_stated_otherwise_is_a_change() -> None:
    before = pillared("HELD", -9)
    changes = watch_pass.pillar_changes(before, pillared("LOST", 0, before), "entry-7")
    assert [(one.before, one.after, one.report_id) for one in changes] == [("HELD", "LOST", "entry-7")]
    assert watch_pass.pillar_changes(None, before, "entry-7")[0].before == "NOT-KNOWN"
    # A record that adds an older account changes nothing.
    assert watch_pass.pillar_changes(before, pillared("LOST", -20, before), "entry-7") == ()


# --- what people made of it -------------------------------------------------------------------------------------------


def test_what_a_person_laid_aside_keeps_what_still_comes_in_and_rings_once_a_day() -> None:
    post = Post(SITE)
    post.report(strike("a"))
    post.assess("C-2022-0001", "dismiss")
    post.report(strike("b"))
    post.report(strike("c"))
    (one,) = post.concerns()
    assert (one.status, one.evidence) == (concerns.Status.DISMISSED, ("a", "b", "c"))
    assert len(post.rung()) == 2
    assert "laid it aside" in post.rung()[1] or "laid it aside" in post.rung()[0]


def test_what_happened_after_a_person_laid_it_aside_is_a_new_concern() -> None:
    post = Post(SITE)
    post.report(strike("a"))
    post.assess("C-2022-0001", "dismiss")
    post.party.time.pass_s(2 * 86_400)
    post.report(strike("b", day=2))
    assert [one.evidence for one in post.concerns()] == [("a",), ("b",)]


def test_an_old_file_is_read_and_rings_nobody() -> None:
    post = Post(SITE)
    post.report(strike("a", day=-60))
    assert len(post.concerns()) == 1
    post.assess("C-2022-0001", "dismiss")
    post.report(strike("b", day=-60))
    assert post.concerns()[0].evidence == ("a", "b")
    assert post.rung() == []


def test_a_year_that_is_read_long_afterwards_is_judged_by_its_own_past() -> None:
    post = Post(SITE)
    for day in range(-500, -400):
        post.report(*(hot(f"h-{day}-{n}", day=day, north_m=40 * n) for n in range(2)))
    before = post.look(lambda books: watch_state.facility(books.unit, "F-1")).history
    assert len(before.baseline.days) == 100
    assert before.baseline.since_day == TODAY - 500
    # A furnace: seen at one place on more days than a rule asks for, over a season.
    post.report(*(hot(f"x-{n}", day=-399, north_m=40 * n) for n in range(12)))
    assert post.concerns() == []


def test_an_old_file_after_a_new_one_takes_nothing_from_what_is_known_of_today() -> None:
    post = Post(SITE)
    post.report(*(hot(f"new-{n}", day=-n, north_m=100) for n in range(150)))
    post.report(*(hot(f"old-{n}", day=-1_000 - n, north_m=100) for n in range(150)))
    past = post.look(lambda books: watch_state.facility(books.unit, "F-1")).history.baseline
    assert TODAY in past.days
    assert TODAY - 1_000 in past.days
    assert len(past.days) <= 2 * baselines.DAYS_KEPT
    post.report(hot("now"))
    post.write(rebuild)


def test_a_text_repeated_in_the_next_part_of_an_old_file_is_known_again() -> None:
    post = Post(SITE)
    said = "Shelling of Dovhe substation."
    post.report(strike("a", day=-500, text=said))
    post.report(strike("b", day=-478, text=said, north_m=20_000))
    assert [one.evidence for one in post.concerns()] == [("a",)]


def test_a_concern_that_is_full_goes_on_without_more_evidence() -> None:
    post = Post(SITE)
    post.report(strike("a"))
    (one,) = post.concerns()
    full = replace(one, evidence=tuple(f"e-{n}" for n in range(concerns.EVIDENCE_MAX - 1)))
    assert watch_pass._with_room(full, ("e-1", "new-1", "new-2")) == ("e-1", "new-1")
    no_more = replace(full, evidence=(*full.evidence, "last"))
    assert watch_pass._with_room(no_more, ("new-1",)) == ("e-0",)


def test_numbers_of_concerns_go_on_past_four_digits() -> None:
    post = Post(SITE)
    post.write(lambda books: watch_state.count_concern(books.unit, "C-2022-9999"))
    ids = []
    for day in (0, 30):
        post.report(strike(f"a-{day}", day=day))
        ids = sorted(one.concern_id for one in post.concerns())
    assert ids == ["C-2022-10000", "C-2022-10001"]


# --- what is cited ----------------------------------------------------------------------------------------------------


def test_what_a_concern_cites_stands_by_itself_and_is_found_by_its_id() -> None:
    post = Post(SITE)
    entry = post.report(strike("a"), strike("far", north_m=300_000))
    singly = post.bodies("report")
    assert [(body[20], body[44]) for body in singly] == [("a", entry)]
    report, index = post.look(lambda books: report_lookup.find(books, "a"))
    assert report == replace(strike("a"))
    assert index != entry
    assert post.look(lambda books: report_lookup.find(books, "far"))[1] == entry


def test_a_report_entered_by_hand_is_cited_as_it_stands() -> None:
    post = Post(SITE)
    index = post.by_hand(replace(STRIKE, report_id=None, located_by="UNSTATED"))
    (one,) = post.concerns()
    assert len(post.bodies("report")) == 1
    assert post.look(lambda books: report_lookup.find(books, one.evidence[0]))[1] == index


@pytest.mark.parametrize("what", [HOT_SPOT, "SHELLING", "AIR-ALERT"])
@pytest.mark.parametrize("kind", list(ReportKind))
def test_what_lies_too_far_for_any_rule_is_remembered_and_need_not_be_judged(what: str, kind: ReportKind) -> None:
    post = Post(replace(SITE, kind="NUCLEAR-POWER-PLANT", rings_m=(5_000, 30_000)))
    far = [strike(f"r-{n}", what=what, kind=kind, north_m=9_000 + 10 * n, text=f"Heard {n}.") for n in range(60)]
    seen = post.look(lambda books: books.watch.get(books)).observe(far)["F-1"]
    facts = post.look(lambda books: watch_state.facts_of(books, "F-1", watch_state.FacilityState(), seen, ()))
    assert flagging.judge(flagging.History(), seen, DEFAULT_RULES, START, facts) == ()
    post.report(*far)
    state = post.look(lambda books: watch_state.facility(books.unit, "F-1"))
    # Hot spots far off are the surroundings that nearer ones are held against; a text far off leaves nothing.
    assert state.history.baseline.since_day == (TODAY if what == HOT_SPOT else None)
    assert post.concerns() == []
    post.write(rebuild)


# --- bounds -----------------------------------------------------------------------------------------------------------


def test_a_date_wrong_by_a_century_lifts_no_cap() -> None:
    post = Post(SITE)
    post.report(strike("wrong", day=30_000))
    for number in range(8):
        post.report(strike(f"r-{number}"))
    cap = DEFAULT_RULES.number("watch", "corroborations_per_day")
    assert sorted(len(one.evidence) for one in post.concerns()) == [1, 1 + cap]


def test_a_burst_of_one_day_and_long_ids_stay_below_an_entry_s_limit() -> None:
    post = Post(SITE)
    many = [strike(f"{n:064}", text=f"Shelling of Dovhe substation {n}.", north_m=n % 4_000) for n in range(1_400)]
    post.report(*many)
    (one,) = post.concerns()
    assert one.facility_id == "F-1"
    post.write(rebuild)


def test_a_body_of_another_facility_is_not_needed_to_judge() -> None:
    """A name and a place are views; the journal is not read for them."""
    post = Post(SITE)
    facts = post.look(lambda books: watch_state.facts_of(books, "F-1", watch_state.FacilityState(), (), ()))
    assert (facts.name, facts.kind, facts.place) == ("Dovhe substation", "SUBSTATION", SITE.place)
    gone = post.look(lambda books: watch_state.facts_of(books, "F-9", watch_state.FacilityState(), (), ()))
    assert (gone.name, gone.kind, gone.place) == ("F-9", "OTHER-FACILITY", None)
    assert facility_body.facility_body(SITE)[20] == "F-1"
