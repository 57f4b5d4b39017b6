"""What is flagged, what adds to it, what is held back, and the sentence that says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant
from armslength.register.flag_rules import instant_of, register_record
from armslength.register.flag_types import Act, Facts, Finding, OpenConcern, PillarChange
from armslength.register.flagging import (
    TEXTS_KEPT,
    History,
    advance,
    cap_and_rank,
    dependent_observations,
    judge,
)
from armslength.register.observations import Observation
from armslength.register.rules import DEFAULT_RULES, changed, read_rules

DAY = 19_227
PLANT = Facts(facility_id="F-ZNPP", name="Zaporizhzhia NPP", kind="NUCLEAR-POWER-PLANT")
THERMAL = Facts(facility_id="G-1", name="A plant", kind="THERMAL-POWER-PLANT")
TEXT = Observation(
    facility_id="F-ZNPP",
    report_id="V-1",
    kind="EVENT",
    what="SHELLING",
    from_at=Instant(DAY * DAY_US),
    until_at=Instant((DAY + 1) * DAY_US - 1),
    basis="NAME",
    answer="INSIDE",
    distance_m=55_100,
    bearing_deg=45,
    uncertainty_m=5_000,
    grade="C3",
    source_kind="TEXT",
    text_key="aaaa",
    located_by="SETTLEMENT",
)


def on_day(day: int, one: Observation, **changes: object) -> Observation:
    moved = replace(one, from_at=Instant(day * DAY_US), until_at=Instant((day + 1) * DAY_US - 1))
    return replace(moved, **changes)  # type: ignore[arg-type]


def heat(metres: list[int], day: int = DAY, first: int = 0) -> list[Observation]:
    spot = replace(TEXT, what="HOT-SPOT", basis="PLACE", source_kind="HOT-SPOT", text_key="", located_by="PIXEL")
    return [
        on_day(day, spot, report_id=f"H-{day}-{first + n}", distance_m=one, cell=None) for n, one in enumerate(metres)
    ]


def watched(days: int = 40, facts: Facts = PLANT) -> History:
    """A place that was watched for some days before DAY, without anything to see."""
    assert facts
    known = advance(History(), [], DEFAULT_RULES, instant_of(DAY - days))
    return advance(known, [], DEFAULT_RULES, instant_of(DAY - 1))


def found(
    seen: list[Observation], facts: Facts = PLANT, history: History | None = None, day: int = DAY
) -> tuple[Finding, ...]:
    return judge(history or watched(), seen, DEFAULT_RULES, instant_of(day), facts)


def the(seen: list[Observation], facts: Facts = PLANT, history: History | None = None, day: int = DAY) -> Finding:
    (one,) = found(seen, facts, history, day)
    return one


# --- texts ------------------------------------------------------------------------------------------------------------


def test_a_text_that_names_the_plant_is_flagged_wherever_it_was_placed() -> None:
    one = the([TEXT])
    assert (one.act, one.rule_id, one.evidence, one.certainty) == (Act.FLAG, "text-named", ("V-1",), "CERTAIN")
    assert one.rank == 80, "works with dangerous forces stand first"
    assert "55 km off; only its words tie it" in " ".join(one.counter_evidence)
    assert "Only one text says so." in one.counter_evidence


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "DENIAL"}, "a denial"),
        ({"what": "OTHER-ACTIVITY"}, "not among the activities"),
        ({"grade": "E3"}, "unreliable"),
        ({"grade": "C5"}, "improbable"),
        ({"answer": "POSSIBLY"}, "may mean another site"),
    ],
)
def test_what_keeps_a_text_from_counting_is_said(changes: dict[str, object], why: str) -> None:
    one = the([replace(TEXT, **changes)])  # type: ignore[arg-type]
    assert one.act is Act.SUPPRESS
    assert why in one.reason


def test_words_that_may_mean_another_site_count_where_the_report_is_placed_near() -> None:
    one = the([replace(TEXT, answer="POSSIBLY", distance_m=4_000)])
    assert (one.act, one.certainty) == (Act.FLAG, "POSSIBLE")


def test_a_denial_never_raises_and_is_shown_beside_what_it_denies() -> None:
    seen = [TEXT, replace(TEXT, report_id="V-2", kind="DENIAL", text_key="bbbb")]
    flagged, held = found(seen)
    assert (flagged.act, held.act) == (Act.FLAG, Act.SUPPRESS)
    assert "V-2" not in flagged.evidence
    assert any("denies" in said for said in flagged.counter_evidence)
    later = advance(watched(), seen, DEFAULT_RULES)
    (next_day,) = found([on_day(DAY + 2, TEXT, text_key="cccc")], history=later, day=DAY + 2)
    assert any("denies" in said for said in next_day.counter_evidence)


def test_an_alarm_is_context_and_raises_nothing() -> None:
    alarm = replace(TEXT, basis="PLACE", source_kind="ALARM", what="OTHER-ACTIVITY", distance_m=0)
    assert found([alarm]) == ()
    assert any("alarm" in said for said in the([TEXT, alarm]).counter_evidence)


def test_the_town_built_for_the_plant_counts_less_than_its_name() -> None:
    one = the([replace(TEXT, basis="SETTLEMENT", what="CUTTING-OF-POWER")])
    assert (one.act, one.rule_id, one.certainty) == (Act.FLAG, "text-settlement", "LIKELY")
    assert one.rank < the([TEXT]).rank


@pytest.mark.parametrize(
    ("changes", "act"),
    [
        ({"located_by": "SITE", "uncertainty_m": 500}, Act.FLAG),
        ({"located_by": "ADDRESS", "uncertainty_m": 2_000}, Act.FLAG),
        ({"located_by": "SITE", "uncertainty_m": 2_001}, Act.SUPPRESS),
        ({"located_by": "SETTLEMENT", "uncertainty_m": 0}, Act.SUPPRESS),
        ({"located_by": "UNSTATED", "uncertainty_m": 0}, Act.SUPPRESS),
        ({"located_by": "SITE", "uncertainty_m": 0, "distance_m": 5_001}, None),
        ({"located_by": "SITE", "uncertainty_m": 0, "answer": "OUTSIDE"}, None),
    ],
)
def test_a_text_placed_near_counts_when_its_place_is_known_well_enough(
    changes: dict[str, object], act: Act | None
) -> None:
    near = replace(TEXT, basis="PLACE", distance_m=4_905)
    acts = [one.act for one in found([replace(near, **changes)])]  # type: ignore[arg-type]
    assert acts == ([] if act is None else [act])


def test_the_same_text_goes_on_with_an_open_concern_and_opens_no_new_one() -> None:
    later = advance(watched(), [TEXT], DEFAULT_RULES)
    again = on_day(DAY + 9, TEXT, report_id="V-9")
    one = the([again], history=later, day=DAY + 9)
    assert (one.act, "9 days before" in one.reason) == (Act.SUPPRESS, True)
    at = instant_of(DAY + 5)
    opened = replace(PLANT, concern=OpenConcern(flagged_at=at, last_at=at))
    assert the([again], opened, later, DAY + 9).act is Act.CORROBORATE


# --- what is open goes on ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flagged", "last", "act"),
    [
        (1, 1, Act.CORROBORATE),
        (7, 7, Act.CORROBORATE),
        (8, 8, Act.FLAG),
        (21, 2, Act.CORROBORATE),
        (22, 2, Act.FLAG),
        (-7, -7, Act.CORROBORATE),
        (-8, -8, Act.FLAG),
    ],
)
def test_a_report_within_the_window_adds_to_what_is_open(flagged: int, last: int, act: Act) -> None:
    concern = OpenConcern(flagged_at=instant_of(DAY - flagged), last_at=instant_of(DAY - last))
    assert the([TEXT], replace(PLANT, concern=concern)).act is act


def test_one_batch_of_three_days_flags_once_and_adds_twice() -> None:
    days = [on_day(DAY + n, TEXT, report_id=f"V-{n}", text_key=f"key{n}") for n in range(3)]
    acts = [(one.day - DAY, one.act) for one in found(days, day=DAY + 2)]
    assert acts == [(0, Act.FLAG), (1, Act.CORROBORATE), (2, Act.CORROBORATE)]


def test_two_rules_of_one_day_flag_once() -> None:
    acts = [one.act for one in found([TEXT, replace(TEXT, basis="SETTLEMENT")])]
    assert acts == [Act.FLAG, Act.CORROBORATE]


# --- hot spots --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("near", "around", "facts", "act"),
    [
        ([500] * 3, 0, PLANT, Act.FLAG),
        ([500] * 2, 0, PLANT, None),
        ([1_900] * 4, 0, PLANT, Act.FLAG),
        ([1_900] * 3, 0, PLANT, Act.SUPPRESS),
        ([4_000] * 8, 0, PLANT, Act.FLAG),
        ([4_000] * 7, 0, PLANT, Act.SUPPRESS),
        ([4_000] * 8, 0, THERMAL, None),
        ([2_900] * 8, 0, THERMAL, Act.FLAG),
        ([2_900] * 8, 49, THERMAL, Act.FLAG),
        ([2_900] * 8, 50, THERMAL, Act.SUPPRESS),
        ([4_000] * 8, 49, PLANT, Act.SUPPRESS),
        ([4_000] * 9, 49, PLANT, Act.FLAG),
        ([500] * 3, 400, THERMAL, Act.FLAG),
        ([1_900] * 4, 400, THERMAL, Act.SUPPRESS),
    ],
)
def test_a_burst_is_held_against_its_surroundings(near: list[int], around: int, facts: Facts, act: Act | None) -> None:
    seen = heat(near) + heat([20_000] * around, first=100)
    acts = [one.act for one in found(seen, facts)]
    assert acts == ([] if act is None else [act])


def test_a_burst_says_its_counts_and_what_speaks_against_it() -> None:
    one = the(heat([500, 1_500, 3_000] * 4) + heat([20_000] * 30, first=100))
    assert one.evidence[0] == f"H-{DAY}-0", "the nearest first"
    assert "12 hot spots within 5 km, 8 of them within 2 km; 0 in the 28 days before" in one.reason
    assert "30 in the ring around" in one.reason
    assert any("no evidence of an attack" in said for said in one.counter_evidence)
    assert "No text tells of it." in one.counter_evidence


def test_a_place_that_often_burns_needs_more() -> None:
    known = watched()
    for day in range(DAY - 14, DAY):
        known = advance(known, heat([4_000] * 5, day), DEFAULT_RULES, instant_of(day))
    assert "70 in the 28 days before" in the(heat([4_000] * 7 + [1_500]), history=known).reason
    assert the(heat([4_000] * 12), history=known).act is Act.FLAG


def test_a_place_watched_for_a_few_days_needs_twice_as_many() -> None:
    young = watched(days=13)
    assert [one.act for one in found(heat([4_000] * 8), history=young)] == [Act.SUPPRESS]
    flagged = the(heat([4_000] * 16), history=young)
    assert any("watched for 13 days only" in said for said in flagged.counter_evidence)


def test_a_fire_that_goes_on_adds_to_the_open_concern_with_fewer() -> None:
    concern = OpenConcern(flagged_at=instant_of(DAY - 1), last_at=instant_of(DAY - 1))
    opened = replace(PLANT, concern=concern)
    known = advance(watched(), heat([500] * 30, DAY - 1), DEFAULT_RULES, instant_of(DAY - 1))
    assert the(heat([500] * 3), opened, known).act is Act.CORROBORATE
    assert found(heat([500] * 2), opened, known) == ()
    assert the(heat([3_000] * 3) + heat([20_000] * 60, first=9), opened, known).act is Act.SUPPRESS


def test_a_day_that_comes_in_parts_is_judged_whole() -> None:
    first, second = heat([1_500] * 2), heat([1_500] * 2, first=2)
    known = advance(watched(), first, DEFAULT_RULES, instant_of(DAY))
    assert found(first) == ()
    assert the(second, history=known).act is Act.FLAG


def test_one_detection_told_of_twice_counts_once() -> None:
    four = [replace(one, text_key=f"k{n}") for n, one in enumerate(heat([500] * 2))]
    again = [replace(one, report_id=f"{one.report_id}b") for one in four]
    assert found(four + again) == ()
    known = advance(watched(), four, DEFAULT_RULES, instant_of(DAY))
    assert found(again, history=known) == ()


# --- power, pillars, silence, dependencies ----------------------------------------------------------------------------


def test_a_loss_of_power_is_counted_and_stands_above_all() -> None:
    known = watched()
    for n, day in enumerate((DAY - 30, DAY - 10)):
        lost = on_day(day, TEXT, what="CUTTING-OF-POWER", text_key=f"lost{n}")
        known = advance(known, [lost], DEFAULT_RULES, instant_of(day))
    first, second = found([replace(TEXT, what="CUTTING-OF-POWER")], history=known)
    assert (first.rule_id, first.act, first.rank) == ("power-lost", Act.FLAG, 100)
    assert "in the 365 before: 2" in first.reason
    assert second.act is Act.CORROBORATE
    assert [one.rule_id for one in found([replace(TEXT, what="CUTTING-OF-POWER")], THERMAL)] == ["text-named"]


@pytest.mark.parametrize(
    ("before", "left", "fires"),
    [(2, 1, True), (1, 0, True), (None, 1, True), (4, 2, False), (1, 1, False), (0, 1, False), (3, None, False)],
)
def test_the_last_line_is_told_when_it_becomes_the_last(before: int | None, left: int | None, *, fires: bool) -> None:
    facts = replace(PLANT, lines_before=before, lines_left=left, lines_report_id="S-1")
    assert [(one.rule_id, one.evidence) for one in found([], facts)] == ([("power-lost", ("S-1",))] if fires else [])


@pytest.mark.parametrize(
    ("before", "after", "fires"),
    [
        ("HELD", "LOST", True),
        ("NOT-KNOWN", "COMPROMISED", True),
        ("LOST", "LOST", False),
        ("HELD", "ENDANGERED", False),
        ("LOST", "HELD", False),
    ],
)
def test_a_pillar_that_falls_is_told(before: str, after: str, *, fires: bool) -> None:
    change = PillarChange(pillar="OFF-SITE-POWER", before=before, after=after, source="IAEA", report_id="S-2")
    rules = [one.rule_id for one in found([], replace(PLANT, pillars=(change,)))]
    assert rules == (["pillar-changed"] if fires else [])


def test_silence_is_told_once_and_then_once_a_week() -> None:
    facts = replace(PLANT, monitor_last_at=instant_of(DAY))
    told = [n for n in range(20) if found([], facts, day=DAY + n)]
    assert told == [4, 11, 18]
    one = the([], facts, day=DAY + 4)
    assert one.evidence == (register_record("F-ZNPP"),)
    concern = OpenConcern(flagged_at=instant_of(DAY + 3), last_at=instant_of(DAY + 3))
    assert found([], replace(facts, concern=concern), day=DAY + 4) == (), "it adds nothing to what is open"


def test_a_strike_on_the_dam_reaches_the_plant_that_needs_its_water() -> None:
    at_dam = replace(TEXT, facility_id="F-KAKH")
    dam = Facts(facility_id="F-KAKH", name="Dam", kind="DAM")
    findings = found([at_dam], dam)
    needs = {"F-KAKH": (("F-ZNPP", "COOLING-WATER"), ("F-X", "SUPPLY"))}
    (one,) = dependent_observations(findings, [at_dam], needs, DEFAULT_RULES)
    assert (one.facility_id, one.basis) == ("F-ZNPP", "DEPENDENCY")
    told = the([one])
    assert (told.act, told.rule_id) == (Act.FLAG, "dependency")
    assert any("not about the facility" in said for said in told.counter_evidence)


def test_a_dam_that_is_told_with_its_power_plant_still_reaches_the_plant() -> None:
    dam = replace(flag("F-KAKH"), rule_id="text-named", act=Act.SUPPRESS)
    seen = [replace(TEXT, facility_id="F-KAKH")]
    needs = {"F-KAKH": (("F-ZNPP", "COOLING-WATER"),)}
    assert dependent_observations([dam], seen, needs, DEFAULT_RULES) == ()
    assert dependent_observations([replace(dam, told_with="F-HPP")], seen, needs, DEFAULT_RULES) != ()


def test_a_fire_near_the_dam_does_not_reach_the_plant() -> None:
    seen = [replace(one, facility_id="F-KAKH") for one in heat([500] * 9)]
    findings = found(seen, Facts(facility_id="F-KAKH", name="Dam", kind="DAM"))
    assert findings[0].act is Act.FLAG
    assert dependent_observations(findings, seen, {"F-KAKH": (("F-ZNPP", "COOLING-WATER"),)}, DEFAULT_RULES) == ()


# --- caps -------------------------------------------------------------------------------------------------------------


def flag(facility_id: str, rank: int = 40, act: Act = Act.FLAG) -> Finding:
    return Finding(
        facility_id=facility_id,
        day=DAY,
        act=act,
        rule_id="text-near",
        reason="so",
        evidence=("V-1",),
        counter_evidence=(),
        rank=rank,
        certainty="CERTAIN",
    )


def test_one_facility_is_flagged_once_a_day_whatever_came_before() -> None:
    shown = cap_and_rank([flag("A"), flag("A", 50)], {}, DEFAULT_RULES)
    assert [(one.rank, one.act) for one in shown] == [(50, Act.FLAG), (40, Act.SUPPRESS)]
    (again,) = cap_and_rank([flag("A")], {("A", DAY, "FLAG"): 1}, DEFAULT_RULES)
    assert again.counter_evidence[0].startswith("Held back")


def test_a_watch_holds_back_the_lowest_and_never_the_highest() -> None:
    shown = cap_and_rank([flag(f"F-{n}", n) for n in range(30)] + [flag("Z", 100)], {}, DEFAULT_RULES)
    flagged = [one for one in shown if one.act is Act.FLAG]
    assert len(flagged) == 20
    assert (shown[0].facility_id, min(one.rank for one in flagged)) == ("Z", 11)
    (late,) = cap_and_rank([flag("Z", 100)], {}, DEFAULT_RULES, flagged=20)
    assert late.act is Act.FLAG


def test_further_reports_of_a_day_are_not_shown_one_by_one() -> None:
    shown = cap_and_rank([flag("A", act=Act.CORROBORATE)] * 5, {}, DEFAULT_RULES)
    assert [one.act for one in shown].count(Act.CORROBORATE) == 3


def test_evidence_is_cut_to_the_telling_ones() -> None:
    (one,) = cap_and_rank(found(heat([500] * 200)), {}, DEFAULT_RULES)
    assert len(one.evidence) == DEFAULT_RULES.number("watch", "evidence_max")
    assert one.evidence[0] == f"H-{DAY}-0"


def test_a_rule_switched_off_says_nothing() -> None:
    off = read_rules("[rules.text-named]\non = false")
    assert judge(watched(), [TEXT], off, instant_of(DAY), PLANT) == ()


def test_an_activity_taken_out_of_a_rule_no_longer_counts() -> None:
    none = changed(DEFAULT_RULES, {"text-named.acts": ()})
    assert [one.act for one in judge(watched(), [TEXT], none, instant_of(DAY), PLANT)] == [Act.SUPPRESS]


# --- history ----------------------------------------------------------------------------------------------------------


def test_a_history_is_read_back_as_it_was() -> None:
    seen = [TEXT, replace(TEXT, kind="DENIAL", text_key="d"), replace(TEXT, what="CUTTING-OF-POWER", text_key="p")]
    keyed = [replace(one, text_key="hot") for one in heat([500])]
    known = advance(watched(), seen + keyed, DEFAULT_RULES)
    assert (known.power_losses, known.denials, dict(known.detections)) == ((DAY,), ((DAY, "V-1"),), {"hot": DAY})
    assert History.from_value(cbor.decode(cbor.encode(known.to_value()))) == known
    assert History.from_value(History().to_value()) == History()


def test_a_history_stays_bounded() -> None:
    known = watched()
    many = [replace(TEXT, text_key=f"{n:04}", report_id=f"V-{n}", kind="DENIAL") for n in range(2 * TEXTS_KEPT)]
    known = advance(known, many, DEFAULT_RULES)
    assert len(known.texts) == TEXTS_KEPT
    assert len(known.denials) <= 16
    assert advance(known, [], DEFAULT_RULES, instant_of(DAY + 60)).texts == {}
    assert advance(known, [], DEFAULT_RULES) == known


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_history_of_another_form_is_refused(number: int) -> None:
    value = watched().to_value()
    for wrong in (7, (7,), (("a", "b"),)):
        with pytest.raises(LocalError, match="WATCH-VALUE"):
            History.from_value({**value, number: wrong})  # type: ignore[dict-item]
