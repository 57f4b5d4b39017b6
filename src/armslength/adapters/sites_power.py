"""Power plants as their registers write them: fuels to kinds, capacities to hazards with the doubt said."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.quantities import Dimension, Doubt, check_magnitude, read_quantity
from armslength.register.facilities import Facility
from armslength.register.facility_parts import Hazard, Position
from armslength.register.site_kinds import KIND_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.core.quantities import Quantity

_THERMAL: Final = (
    *("coal", "hard coal", "lignite", "gas", "natural gas", "oil", "petcoke", "cogeneration"),
    *("biomass", "biogas", "waste", "diesel", "mazut", "wood", "peat"),
)

FUEL_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nuclear": "NUCLEAR-POWER-PLANT",
        "hydro": "HYDRO-POWER-PLANT",
        "solar": "SOLAR-POWER-PLANT",
        "wind": "WIND-POWER-PLANT",
        **dict.fromkeys(_THERMAL, "THERMAL-POWER-PLANT"),
        **dict.fromkeys(("geothermal", "storage", "other", "wave and tidal", ""), "POWER-PLANT"),
    }
)
"""Fuel in lower case to the kind of facility."""

_PUMPED: Final = re.compile(r"pumped|(?<![^\W_])г[аa]ес|(?<![^\W_])г[аa]эс|storage hydro", re.IGNORECASE)


def plant_kind(fuel: str, name: str) -> str:
    """Return the kind of a power plant; a name that says pumped storage tells it from the dam beside it.

    Args:
        fuel: the register's word; of several divided by semicolons the first counts.
        name: its name.

    Raises:
        LocalError: SITES-ROW, a fuel that is not known: it might be a kind of danger.
    """
    word = fuel.partition(";")[0].strip().lower()
    kind = FUEL_KINDS.get(word)
    if kind is None:
        raise LocalError("SITES-ROW", expected="a fuel such as Hydro or Nuclear", got=fuel)
    return "PUMPED-STORAGE-PLANT" if kind == "HYDRO-POWER-PLANT" and _PUMPED.search(name) else kind


def power_site(
    *,
    facility_id: str,
    names: Sequence[tuple[str, str]],
    kind: str,
    place: Place,
    source: str,
    hazards: tuple[Hazard, ...] = (),
) -> Facility:
    """Return a plant with one source's point and the rings of its kind."""
    return Facility(
        facility_id=facility_id,
        names=tuple(names),
        kind=kind,
        place=place,
        site_radius_m=0,
        rings_m=KIND_RULES[kind].rings_m,
        positions=(Position(place=place, source=source, as_of=None),),
        hazards=hazards,
        record_source=source,
    )


def capacity(text: str, source: str, as_of: Instant | None = None, *, unit: str = "") -> tuple[Hazard | None, Quantity]:
    """Return a plant's electric power as a hazard, with what was read; None where the text states no amount.

    The hazard's note keeps the text wherever it could have been meant otherwise.

    Raises:
        LocalError: QUANTITY-FORMAT, QUANTITY-UNIT, QUANTITY-BOUNDS.
    """
    quantity = check_magnitude("ELECTRIC-POWER", read_quantity(text, Dimension.POWER, unit=unit))
    if quantity.value is None:
        return None, quantity
    return (
        Hazard(
            kind="ELECTRIC-POWER",
            value=quantity.value_text,
            unit=quantity.unit,
            note=doubts_said(quantity),
            source=source,
            as_of=as_of,
        ),
        quantity,
    )


def stated_power(text: str, source: str) -> tuple[Hazard, ...]:
    """Return the hazards of a column of megawatts: none for an empty cell, one for a number.

    Raises:
        LocalError: SITES-ROW, a text that is no number; QUANTITY-FORMAT, QUANTITY-UNIT, QUANTITY-BOUNDS.
    """
    if not text:
        return ()
    hazard, _ = capacity(text, source, unit="MW")
    if hazard is None:
        raise LocalError("SITES-ROW", expected="a capacity in MW", got=text)
    return (hazard,)


def doubts_said(quantity: Quantity) -> str:
    """Return what could have been meant otherwise, in words; empty without a doubt."""
    said = []
    if Doubt.CASE in quantity.doubts:
        said.append(f"the prefix is written small, which by the standard is a thousandth; {quantity.unit} is taken")
    if Doubt.COMMA in quantity.doubts:
        said.append("the comma is taken for thousands and may be a decimal comma")
    return f'read from "{quantity.text}": {"; ".join(said)}' if said else ""
