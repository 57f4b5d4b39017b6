"""What follows from a facility's kind: the rings that are watched, how far its sources may differ, what it is one of.

The rings are where a watch begins and not where harm ends; a person changes them facility by facility. The limits say
when two sources can no longer mean the same point of one site: the length of the site itself, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.register.facilities import Facility


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What holds for one kind unless its record says otherwise.

    Args:
        rings_m: watch rings in metres from the edge of the site.
        rings_reason: why these.
        differ_m: metres that two sources may put the facility apart before a person must look.
        differ_reason: why so many.
        family: kinds of one family may be one facility to two sources (a dam and its power plant).
    """

    rings_m: tuple[int, ...]
    rings_reason: str
    differ_m: int
    differ_reason: str
    family: str


_RELEASE: Final = (5_000, 10_000, 30_000)
_GRID: Final = (2_000, 5_000, 10_000)
_NEAR: Final = (1_000, 2_000, 5_000)
_LINE: Final = (1_000, 5_000)


def _rule(rings_m: tuple[int, ...], why: str, differ_m: int, because: str, family: str) -> KindRule:
    return KindRule(rings_m=rings_m, rings_reason=why, differ_m=differ_m, differ_reason=because, family=family)


_FALLOUT = "5 km is the site's own emergency zone, 10 km field artillery near it, 30 km heavy artillery and protection"
_FLOOD = "as a nuclear plant: dangerous forces, and gates and lines that fail kilometres away"
_OUTAGE = "one hit cuts a region off; the switchyards and lines that feed it begin within 10 km"
_PEOPLE = "people on the spot; what falls beyond 5 km is another place's report"

KIND_RULES: Final[Mapping[str, KindRule]] = MappingProxyType(
    {
        "NUCLEAR-POWER-PLANT": _rule(_RELEASE, _FALLOUT, 1_000, "a site with six units is 2 km across", "NUCLEAR"),
        "NUCLEAR-INSTALLATION": _rule(_RELEASE, _FALLOUT, 1_000, "as a plant", "NUCLEAR"),
        "DAM": _rule(_RELEASE, _FLOOD, 1_000, "crest and power house lie within a kilometre", "HYDRO"),
        "HYDRO-POWER-PLANT": _rule(_RELEASE, _FLOOD, 1_000, "as its dam", "HYDRO"),
        "DYKE": _rule(_RELEASE, _FLOOD, 3_000, "a dyke is long, and any point of it may stand for it", "DYKE"),
        "RESERVOIR": _rule(_RELEASE, _FLOOD, 20_000, "a lake's middle is where its author put it", "RESERVOIR"),
        "PUMPED-STORAGE-PLANT": _rule(_RELEASE, _FLOOD, 2_000, "upper basin and power house lie apart", "PUMPED"),
        "THERMAL-POWER-PLANT": _rule(_GRID, _OUTAGE, 1_500, "boilers, stacks and coal yard make 1.5 km", "THERMAL"),
        "POWER-PLANT": _rule(_GRID, _OUTAGE, 1_500, "as a thermal plant, the largest of them", "POWER"),
        "SUBSTATION": _rule(_GRID, _OUTAGE, 700, "the largest yards are 700 m long", "SUBSTATION"),
        "POWER-LINE": _rule(_LINE, "a line is repaired in days; its ends are watched", 5_000, "any tower", "LINE"),
        "PIPELINE": _rule(_LINE, "as a power line", 5_000, "any point of it may stand for it", "PIPELINE"),
        "WIND-POWER-PLANT": _rule(_NEAR, "small and spread", 5_000, "turbines stand kilometres apart", "WIND"),
        "SOLAR-POWER-PLANT": _rule(_NEAR, "small, no dangerous forces", 3_000, "fields of panels lie apart", "SOLAR"),
        "REFINERY": _rule(_GRID, "fire and fumes reach the next town", 1_500, "a site is 2 km across", "REFINERY"),
        "CHEMICAL-PLANT": _rule(_RELEASE, "a cloud of chlorine or ammonia", 1_500, "as a refinery", "CHEMICAL"),
        "FUEL-STORE": _rule(_GRID, "fire", 700, "a tank farm is smaller than a refinery", "FUEL"),
        "PUMPING-STATION": _rule(_NEAR, _PEOPLE, 500, "one building", "PUMPING"),
        "WATER-WORKS": _rule(_NEAR, _PEOPLE, 700, "basins beside a building", "WATER"),
        "HOSPITAL": _rule(_NEAR, _PEOPLE, 300, "one block of a town, and the next block is another", "HOSPITAL"),
        "PORT": _rule(_GRID, "ships and stores along a shore", 3_000, "quays are kilometres long", "PORT"),
        "SETTLEMENT": _rule(_NEAR, _PEOPLE, 5_000, "a town's middle is where its author put it", "SETTLEMENT"),
        "BORDER-STRIP": _rule(_LINE, "measured from a line", 50_000, "a point stands for a line", "BORDER"),
        "TERRITORY": _rule(_LINE, "measured from an outline", 50_000, "a point stands for an area", "TERRITORY"),
        "OTHER-FACILITY": _rule(_GRID, "nothing is known of it", 1_000, "nothing is known of it", "OTHER"),
    }
)
"""Kind of facility to what holds for it; every kind of the vocabulary has a row (a test holds that)."""

KIND_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NUCLEAR-POWER-PLANT": "NPP",
        "HYDRO-POWER-PLANT": "HPP",
        "DAM": "dam",
        "PUMPED-STORAGE-PLANT": "PSP",
        "THERMAL-POWER-PLANT": "TPP",
        "SOLAR-POWER-PLANT": "solar park",
        "WIND-POWER-PLANT": "wind park",
        "POWER-PLANT": "power plant",
        "SUBSTATION": "substation",
        "HOSPITAL": "hospital",
        "PORT": "port",
    }
)
"""Kind to the English word that makes the name of a town the name of a facility in it."""

_POWER: Final = frozenset({"NUCLEAR", "HYDRO", "PUMPED", "THERMAL", "WIND", "SOLAR", "POWER"})


def may_be_one(kind: str, other: str) -> bool:
    """Tell whether two sources can mean one facility by these kinds: one family, or a power plant of unstated kind."""
    one, two = KIND_RULES[kind].family, KIND_RULES[other].family
    return one == two or ("POWER" in {one, two} and {one, two} <= _POWER)


def differ_limit_m(facility: Facility) -> int:
    """Return the metres that the sources of a facility may differ by: its kind's, or its own radius if that is more."""
    return max(KIND_RULES[facility.kind].differ_m, facility.site_radius_m)
