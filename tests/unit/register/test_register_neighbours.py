"""Two sites side by side and one event: one concern that names both."""

from __future__ import annotations

from dataclasses import replace

from armslength.core.places import Place
from armslength.register.flag_types import Act, Facts, Finding
from armslength.register.neighbours import NAMED_MAX, told_together
from armslength.register.rules import DEFAULT_RULES, changed

DAY = 19_227
NUCLEAR = Facts(
    facility_id="F-ZNPP",
    name="Zaporizhzhia NPP",
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475122000, lon_e7=345858000, precision_m=0),
)
THERMAL = Facts(
    facility_id="G-TPP",
    name="Zaporizhzhia TPP",
    kind="THERMAL-POWER-PLANT",
    place=Place(lat_e7=475090000, lon_e7=346247000, precision_m=0),
)
FAR = replace(THERMAL, facility_id="G-FAR", place=Place(lat_e7=476000000, lon_e7=346247000, precision_m=0))
BOTH = (NUCLEAR, THERMAL, FAR)


def one(facts: Facts, evidence: str, act: Act = Act.FLAG, day: int = DAY, rank: int = 40) -> Finding:
    return Finding(
        facility_id=facts.facility_id,
        day=day,
        act=act,
        rule_id="hot-spot-burst",
        reason="So many hot spots.",
        evidence=tuple(evidence),
        counter_evidence=("No text tells of it.",),
        rank=rank + 20 * (facts is NUCLEAR),
        certainty="POSSIBLE",
    )


def acts(*found: Finding) -> list[tuple[str, Act]]:
    return [(each.facility_id, each.act) for each in told_together(found, BOTH, DEFAULT_RULES)]


def test_one_event_at_two_sites_is_one_concern_that_names_both() -> None:
    thermal, nuclear = told_together([one(THERMAL, "abcd"), one(NUCLEAR, "abcde")], BOTH, DEFAULT_RULES)
    assert (nuclear.act, thermal.act) == (Act.FLAG, Act.SUPPRESS)
    assert nuclear.reason == "So many hot spots. The same reports touch Zaporizhzhia TPP (G-TPP), 3.0 km off."
    assert nuclear.counter_evidence[-1] == "Which of the sites is meant the reports do not say."
    assert thermal.counter_evidence[0] == (
        "Told with Zaporizhzhia NPP (F-ZNPP), 3.0 km off: it rests on the same reports."
    )


def test_what_rests_on_other_reports_or_lies_farther_off_stays_two() -> None:
    assert acts(one(NUCLEAR, "abc"), one(THERMAL, "xyz")) == [("F-ZNPP", Act.FLAG), ("G-TPP", Act.FLAG)]
    assert acts(one(NUCLEAR, "abc"), one(THERMAL, "axyz")) == [("F-ZNPP", Act.FLAG), ("G-TPP", Act.FLAG)]
    assert acts(one(NUCLEAR, "abc"), one(FAR, "abc")) == [("F-ZNPP", Act.FLAG), ("G-FAR", Act.FLAG)]
    assert acts(one(NUCLEAR, "abc"), one(THERMAL, "abc", day=DAY + 1)) == [("F-ZNPP", Act.FLAG), ("G-TPP", Act.FLAG)]


def test_what_goes_on_with_an_open_concern_takes_the_neighbour_with_it_and_is_never_taken_away() -> None:
    goes_on = one(NUCLEAR, "abc", Act.CORROBORATE)
    assert acts(goes_on, one(THERMAL, "abc")) == [("F-ZNPP", Act.CORROBORATE), ("G-TPP", Act.SUPPRESS)]
    assert acts(one(NUCLEAR, "abc"), one(THERMAL, "abc", Act.CORROBORATE)) == [
        ("F-ZNPP", Act.FLAG),
        ("G-TPP", Act.CORROBORATE),
    ]


def test_what_would_have_added_to_a_finding_told_elsewhere_follows_it_or_is_one_itself() -> None:
    nuclear = [one(NUCLEAR, "abc"), one(NUCLEAR, "def", Act.CORROBORATE, DAY + 1)]
    thermal = [one(THERMAL, "abc"), one(THERMAL, "def", Act.CORROBORATE, DAY + 1)]
    assert [act for _, act in acts(*nuclear, *thermal)] == [Act.FLAG, Act.CORROBORATE, Act.SUPPRESS, Act.SUPPRESS]
    own = [one(THERMAL, "abc"), one(THERMAL, "xyz", Act.CORROBORATE, DAY + 1)]
    assert [act for _, act in acts(*nuclear, *own)] == [Act.FLAG, Act.CORROBORATE, Act.SUPPRESS, Act.FLAG]


def test_many_rows_of_one_site_are_one_concern_and_a_few_are_named() -> None:
    rows = [replace(THERMAL, facility_id=f"G-{number}", name=f"Row {number}") for number in range(6)]
    shown = told_together([one(row, "abc") for row in rows], rows, DEFAULT_RULES)
    flagged = [each for each in shown if each.act is Act.FLAG]
    assert [each.facility_id for each in flagged] == ["G-0"]
    assert flagged[0].reason.count(" km off") == NAMED_MAX
    assert flagged[0].reason.endswith("; and 2 more.")


def test_a_place_that_is_not_known_has_no_neighbours_and_the_rule_can_be_changed() -> None:
    found = [one(NUCLEAR, "abc"), one(THERMAL, "abc")]
    nowhere = (NUCLEAR, replace(THERMAL, place=None))
    assert told_together(found, nowhere, DEFAULT_RULES) == tuple(found)
    narrow = changed(DEFAULT_RULES, {"watch.together_m": 1000})
    assert told_together(found, BOTH, narrow) == tuple(found)


def test_what_raises_nothing_stays_as_it_is() -> None:
    quiet = one(THERMAL, "abc", Act.SUPPRESS)
    assert told_together([one(NUCLEAR, "abc"), quiet], BOTH, DEFAULT_RULES)[1] is quiet
