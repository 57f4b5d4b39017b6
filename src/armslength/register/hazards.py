"""Hazard inventories held against what is possible and against each other, before they are entered.

In October 2022 a reservoir of 18.2 cubic kilometres was widely reported as one of 18 million cubic metres. Such an
amount is refused here with the explanation; what a source really said may be entered as a fact in its own words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from armslength.core.quantities import check_magnitude, quantity_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.core.quantities import Quantity
    from armslength.register.facility_parts import Hazard


def check_hazards(hazards: Iterable[Hazard]) -> None:
    """Check that each hazard is possible for its kind and in scale with the earlier ones of its kind.

    Raises:
        LocalError: QUANTITY-UNIT, QUANTITY-BOUNDS, QUANTITY-MAGNITUDE.
    """
    stated: dict[str, list[tuple[str, Quantity]]] = defaultdict(list)
    for hazard in hazards:
        quantity = quantity_of(hazard.value, hazard.unit)
        check_magnitude(hazard.kind, quantity, stated[hazard.kind])
        stated[hazard.kind].append((hazard.source, quantity))
