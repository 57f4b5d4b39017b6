"""A site is what its facility says of itself, and holds when that version and the site itself do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.instants import Instant
from armslength.register.facilities import Dependency
from armslength.register.facility_parts import Component, Life
from armslength.register.site_names import SETTLEMENT, site_of
from builders.two_nodes import START
from builders.watching import SITE

TOWN = Component(component_id="T-1", name="Enerhodar", kind=SETTLEMENT, place=None, source="a gazetteer")
YARD = replace(TOWN, component_id="Y-1", name="Switchyard", kind="switchyard")
NEED = Dependency(on="F-2", kind="COOLING-WATER", note="", source="a map")


def span(begin: int | None, end: int | None) -> Life:
    instants = (None if at is None else Instant(START + at) for at in (begin, end))
    return Life(from_at=next(instants), until_at=next(instants), source="a register")


def test_a_site_has_what_the_watch_asks_for() -> None:
    made = site_of(replace(SITE, components=(TOWN, YARD), dependencies=(NEED,), life=(span(0, None),)))
    assert (made.facility_id, made.kind, made.names) == (SITE.facility_id, SITE.kind, SITE.names)
    assert (made.lat_e7, made.lon_e7, made.precision_m) == (SITE.place.lat_e7, SITE.place.lon_e7, 10)
    assert made.towns == ("Enerhodar",)
    assert made.needs == (("F-2", "COOLING-WATER"),)
    assert made.life == (span(0, None),)


@pytest.mark.parametrize(
    ("life", "at", "exists"),
    [
        ((), -1, True),
        ((span(0, 10),), -1, False),
        ((span(0, 10),), 0, True),
        ((span(0, 10),), 9, True),
        ((span(0, 10),), 10, False),
        ((span(None, 10),), -5, True),
        ((span(0, None),), 10**15, True),
        # Two sources that differ: it existed by either.
        ((span(0, 10), span(20, 30)), 25, True),
        ((span(0, 10), span(20, 30)), 15, False),
    ],
)
def test_a_site_exists_by_any_of_its_sources(life: tuple[Life, ...], at: int, exists: bool) -> None:
    facility = replace(SITE, life=life)
    assert site_of(facility).exists_at(Instant(START + at)) is exists
    assert facility.exists_at(Instant(START + at)) is exists


def test_a_version_holds_from_its_own_instant_until_the_next_one_s() -> None:
    made = site_of(replace(SITE, life=(span(2, None),)), from_at=START, until_at=Instant(START + 5))
    assert [made.holds_at(Instant(START + at)) for at in (-1, 0, 1, 2, 4, 5)] == [
        False,
        False,
        False,
        True,
        True,
        False,
    ]
