"""Every kind has rings, a limit for its sources, and the reason of both."""

from __future__ import annotations

from armslength.core.places import Place
from armslength.register.facilities import Facility
from armslength.register.site_kinds import KIND_RULES, KIND_WORDS, differ_limit_m, may_be_one
from armslength.register.vocabularies import FACILITY_KINDS


def site(kind: str, site_radius_m: int = 0) -> Facility:
    return Facility(
        facility_id="X",
        names=(("en", "Xanadu"),),
        kind=kind,
        place=Place(lat_e7=1, lon_e7=2, precision_m=0),
        site_radius_m=site_radius_m,
        rings_m=KIND_RULES[kind].rings_m,
    )


def test_every_kind_has_rings_and_a_limit_with_a_reason() -> None:
    assert set(KIND_RULES) == FACILITY_KINDS
    assert set(KIND_WORDS) <= FACILITY_KINDS
    for kind, rule in KIND_RULES.items():
        assert rule.rings_reason, kind
        assert rule.differ_reason, kind
        assert differ_limit_m(site(kind)) == rule.differ_m


def test_the_rings_and_limits_of_the_kinds_that_matter_most() -> None:
    assert KIND_RULES["NUCLEAR-POWER-PLANT"].rings_m == KIND_RULES["DAM"].rings_m == (5_000, 10_000, 30_000)
    assert KIND_RULES["SUBSTATION"].rings_m == (2_000, 5_000, 10_000)
    assert KIND_RULES["NUCLEAR-POWER-PLANT"].differ_m == KIND_RULES["DAM"].differ_m == 1_000
    assert KIND_RULES["THERMAL-POWER-PLANT"].differ_m == 1_500


def test_a_site_that_is_wider_than_its_kind_may_differ_by_its_own_radius() -> None:
    assert differ_limit_m(site("NUCLEAR-POWER-PLANT", 1_200)) == 1_200


def test_a_dam_and_its_plant_may_be_one_and_a_pumped_storage_is_another() -> None:
    assert may_be_one("DAM", "HYDRO-POWER-PLANT")
    assert may_be_one("POWER-PLANT", "NUCLEAR-POWER-PLANT")
    assert not may_be_one("HYDRO-POWER-PLANT", "PUMPED-STORAGE-PLANT")
    assert not may_be_one("POWER-PLANT", "SUBSTATION")
