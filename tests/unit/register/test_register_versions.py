"""What differs between two versions, which version held, and who depends on what was hit."""

from __future__ import annotations

from dataclasses import replace

from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.register import facility_parts as parts
from armslength.register.facilities import Dependency, Facility, Fact
from armslength.register.versions import affected_by, as_of, diff

JUNE = parse_rfc3339("2023-06-06T00:00:00Z")
BEFORE, AFTER = Instant(JUNE - 1), Instant(JUNE + 1)
DAM = Facility(
    facility_id="UA-KAKH",
    names=(("en", "Kakhovka dam"), ("uk", "Каховська ГЕС")),
    kind="DAM",
    place=Place(lat_e7=467786000, lon_e7=333697000, precision_m=12),
    site_radius_m=0,
    rings_m=(5000,),
)


def needing(facility_id: str, *on: str, kind: str = "COOLING-WATER") -> Facility:
    needs = tuple(Dependency(on=one, kind=kind, note="", source="x") for one in on)
    return replace(DAM, facility_id=facility_id, names=(("en", f"Site {facility_id}"),), dependencies=needs)


def test_a_version_holds_from_its_own_instant() -> None:
    gone = replace(
        DAM,
        applies_from_at=JUNE,
        life=(parts.Life(from_at=None, until_at=JUNE, source="press"),),
        special_sign="NOT-DISPLAYED",
    )
    assert as_of([DAM, gone], BEFORE) == DAM
    assert as_of([DAM, gone], JUNE) == gone
    assert as_of([gone, DAM], AFTER) == gone
    assert as_of([gone], BEFORE) is None
    assert as_of([], AFTER) is None


def test_of_two_versions_from_one_instant_the_correction_holds() -> None:
    corrected = replace(DAM, site_radius_m=700)
    assert as_of([DAM, corrected], AFTER) == corrected
    later = replace(DAM, applies_from_at=JUNE)
    # A correction of the earlier time leaves what holds since then alone.
    assert as_of([DAM, later, corrected], AFTER) == later
    assert as_of([DAM, later, corrected], BEFORE) == corrected


def test_the_differences_name_the_field_and_both_accounts() -> None:
    fact = Fact(text="gates open", value="3", unit="gates", source="press", as_of=JUNE)
    other = replace(
        DAM,
        names=(("en", "Kakhovka dam"),),
        place=Place(lat_e7=467829610, lon_e7=333618220, precision_m=1),
        rings_m=(5000, 10000),
        facts=(fact,),
        applies_from_at=JUNE,
    )
    changes = {change.field: change for change in diff(DAM, other)}
    assert set(changes) == {"names", "place", "rings_m", "facts", "applies_from_at"}
    assert (changes["names"].before, changes["names"].after) == ("uk, Каховська ГЕС", "")
    assert (changes["place"].before, changes["place"].after) == ("46.7786N 33.3697E", "46.782961N 33.361822E")
    assert (changes["rings_m"].before, changes["rings_m"].after) == ("5000", "5000, 10000")
    assert (
        changes["facts"].after == "text: gates open; value: 3; unit: gates; source: press; as of: 2023-06-06T00:00:00Z"
    )
    assert (changes["applies_from_at"].before, changes["applies_from_at"].after) == ("", "2023-06-06T00:00:00Z")
    assert diff(DAM, DAM) == ()


def test_another_order_of_names_is_a_difference() -> None:
    turned = replace(DAM, names=DAM.names[::-1])
    assert [change.field for change in diff(DAM, turned)] == ["names"]


def test_a_plant_is_affected_through_what_it_needs() -> None:
    pond = needing("POND", "KAKHOVKA DAM")  # by name, folded
    plant = needing("ZNPP", "POND", "LINE")
    line = replace(DAM, facility_id="LINE", names=(("en", "750 kV line"),), kind="POWER-LINE")
    register = [DAM, pond, plant, line, needing("ELSEWHERE", "nothing known")]
    found = affected_by(register, "UA-KAKH")
    assert [(one.facility_id, one.path) for one in found] == [
        ("POND", ("UA-KAKH", "POND")),
        ("ZNPP", ("UA-KAKH", "POND", "ZNPP")),
    ]
    assert found[1].kinds == ("COOLING-WATER", "COOLING-WATER")
    assert [one.facility_id for one in affected_by(register, "LINE")] == ["ZNPP"]
    assert affected_by(register, "ZNPP") == ()
    assert affected_by(register, "unknown") == ()


def test_a_circle_of_dependencies_ends() -> None:
    circle = [needing("A", "C"), needing("B", "A"), needing("C", "B", "C")]
    assert [one.facility_id for one in affected_by(circle, "A")] == ["B", "C"]


def test_a_chain_without_end_is_cut() -> None:
    chain = [needing(f"N{n}", f"N{n - 1}") for n in range(1, 30)]
    assert len(affected_by([replace(DAM, facility_id="N0"), *chain], "N0")) == 8
