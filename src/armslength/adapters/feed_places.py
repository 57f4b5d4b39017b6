"""How far a place is known when a source gives only the middle of something: a city, a district, an oblast.

A centroid is exact to the metre and says nothing: all that was reported from a city of 700,000 lies on one point. So
what is named gives the uncertainty, from the middle to its furthest part.

Extents of the first-level units are those of Natural Earth's outlines (public domain), rounded up to 5 km. Which
cities are large is after GeoNames (geonames.org, CC BY 4.0), their reach measured on the map and rounded up.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.adapters.feed_reading import place_at, wrong
from armslength.core.places import distance_m
from armslength.register.admin_names import AdminUnit, unit_of
from armslength.register.geodesy import near_inverse
from armslength.register.reports import UNCERTAINTY_M_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.places import Place

SETTLEMENT_M: Final = 3_000
"""From the middle of a village or small town to its edge, with what is reported as "near" it."""

DISTRICT_M: Final = 40_000
"""From the middle of a raion to its furthest part, as they were before and after the reform of 2020."""

COUNTRY_M: Final = UNCERTAINTY_M_MAX
"""The most that a report may state; who names a country only has named no place."""

VERTICES_MAX: Final = 20_000
"""Corners of one area: the outline of an oblast has 3,000, a warning's polygon some tens."""

UNSTATED_M: Final = 50_000
"""Coordinates of which nobody says what they are: they may be a street or the middle of an oblast."""

_BY_FEATURE: Final[Mapping[str, int]] = MappingProxyType(
    {"PPLC": 25_000, "PPLA": 10_000, "PPLA2": 5_000, "PPLA3": 4_000}
)
"""GeoNames feature codes of settlements that are capitals of a country, an oblast, a raion, a hromada."""

_CITIES_KM: Final = """
703448 25 Kyiv; 706483 18 Kharkiv; 698740 16 Odesa; 709930 15 Dnipro; 709717 15 Donetsk; 702550 13 Lviv;
687700 13 Zaporizhzhia; 703845 30 Kryvyi Rih; 694423 12 Sevastopol; 700569 12 Mykolaiv; 689558 10 Vinnytsia;
702658 10 Luhansk; 702320 10 Makiivka; 693805 10 Simferopol; 706448 9 Kherson; 710735 8 Chernihiv; 696643 8 Poltava;
706369 8 Khmelnytskyi; 710791 8 Cherkasy; 710719 8 Chernivtsi; 686967 8 Zhytomyr; 692194 8 Sumy; 695594 7 Rivne;
707753 12 Horlivka; 707471 7 Ivano-Frankivsk; 701822 10 Mariupol; 709932 10 Kamianske; 691650 7 Ternopil;
704147 9 Kremenchuk; 705812 8 Kropyvnytskyi; 702569 7 Lutsk; 712165 7 Bila Tserkva; 706524 15 Kerch; 701404 6 Melitopol;
704508 8 Kramatorsk; 690548 6 Uzhhorod; 711390 5 Brovary; 688105 8 Yevpatoriia; 712451 8 Berdiansk; 713716 5 Alchevsk;
700051 6 Nikopol; 693468 5 Sloviansk; 697889 6 Pavlohrad
"""

_UNITS_KM: Final = """
UA-05 48.91 28.69 120; UA-07 51.18 24.85 100; UA-09 48.97 39.01 140; UA-12 48.30 34.84 160; UA-14 48.05 37.67 140;
UA-18 50.63 28.47 130; UA-21 48.40 23.27 110; UA-23 47.27 35.69 120; UA-26 48.69 24.61 115; UA-30 50.42 30.53 50;
UA-32 50.28 30.44 150; UA-35 48.47 32.08 175; UA-40 44.59 33.63 30; UA-43 45.33 34.37 180; UA-46 49.71 23.91 120;
UA-48 47.45 31.78 140; UA-51 46.73 29.86 200; UA-53 49.73 33.77 140; UA-56 51.04 26.37 135; UA-59 51.10 34.10 150;
UA-61 49.40 25.65 115; UA-63 49.61 36.49 130; UA-65 46.67 33.60 165; UA-68 49.50 26.93 125; UA-71 49.26 31.37 140;
UA-74 51.35 32.00 150; UA-77 48.27 25.98 115
"""


class Extent(NamedTuple):
    """The middle of an area, and metres to its furthest part."""

    middle: Place
    reach_m: int


def _cities() -> dict[str, int]:
    rows = (row.split(None, 2) for row in _CITIES_KM.strip().split(";"))
    return {geoname: int(km) * 1000 for geoname, km, _ in rows}


def _units() -> dict[str, Extent]:
    rows = (row.split() for row in _UNITS_KM.strip().split(";"))
    return {iso: Extent(place_at(float(lat), float(lon)), int(km) * 1000) for iso, lat, lon, km in rows}


_CITIES: Final[Mapping[str, int]] = MappingProxyType(_cities())
_UNITS: Final[Mapping[str, Extent]] = MappingProxyType(_units())


def settlement_reach_m(geoname: str, feature: str = "") -> int:
    """Return metres from the middle of a settlement to its edge.

    Args:
        geoname: its number in GeoNames, empty when not known.
        feature: its feature code in GeoNames, empty when not known.
    """
    return max(_CITIES.get(geoname, SETTLEMENT_M), _BY_FEATURE.get(feature, SETTLEMENT_M))


def unit_extent(unit: AdminUnit) -> Extent:
    """Return where a first-level unit lies."""
    return _UNITS[unit.iso]


def region_code(name: str) -> str:
    """Return the ISO 3166-2 code of a first-level unit's name in any spelling, empty for any other name."""
    unit = unit_of(name)
    return "" if unit is None else unit.iso


def unit_reach_m(unit: AdminUnit | None, place: Place) -> int:
    """Return metres from a place in a first-level unit to the unit's furthest part; a unit unknown has no bounds."""
    if unit is None:
        return COUNTRY_M
    extent = _UNITS[unit.iso]
    return min(COUNTRY_M, extent.reach_m + math.ceil(distance_m(extent.middle, place)))


def area_extent(corners: Sequence[tuple[float, float]]) -> Extent:
    """Return the middle of an area's box and metres to its furthest corner.

    Args:
        corners: latitude and longitude in degrees; of two neighbours across the antimeridian either sign is right.

    Raises:
        LocalError: ROW-VALUE, no corner, too many, or an area that is wider than any report may be uncertain.
    """
    if not 1 <= len(corners) <= VERTICES_MAX:
        raise wrong("area", f"1 to {VERTICES_MAX} corners", len(corners))
    first = corners[0][1]
    # Longitudes on the first one's side of the antimeridian, so that a box across it is not a box around the globe.
    lons = [first + (lon - first + 540.0) % 360.0 - 180.0 for _, lon in corners]
    lats = [lat for lat, _ in corners]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    lon = (lon + 540.0) % 360.0 - 180.0
    reach = max(near_inverse(lat, lon, one, other)[0] for one, other in corners)
    return Extent(place_at(lat, lon), known_within(reach))


def known_within(metres: float) -> int:
    """Return whole metres of uncertainty, rounded up.

    Raises:
        LocalError: ROW-VALUE, no number, or more than a report may state.
    """
    if not 0 <= metres <= UNCERTAINTY_M_MAX:
        raise wrong("uncertainty", f"0 to {UNCERTAINTY_M_MAX} m", metres)
    return math.ceil(round(metres, 6))
