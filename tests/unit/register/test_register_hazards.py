"""Hazards are held against what is possible and against each other."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.register.facility_parts import Hazard
from armslength.register.hazards import check_hazards


def hazard(kind: str, value: str, unit: str, source: str = "A") -> Hazard:
    return Hazard(kind=kind, value=value, unit=unit, note="", source=source, as_of=None)


def test_accounts_that_differ_a_little_stand_side_by_side() -> None:
    check_hazards([hazard("ELECTRIC-POWER", "6000", "MW"), hazard("ELECTRIC-POWER", "5.7", "GW", "B")])
    check_hazards([hazard("STORED-WATER", "18.2", "km3"), hazard("WATER-HEAD", "16", "m"), hazard("FUEL", "8", "t")])


@pytest.mark.parametrize(
    ("hazards", "code"),
    [
        ([hazard("STORED-WATER", "18.2", "km3"), hazard("STORED-WATER", "18", "hm3", "B")], "QUANTITY-MAGNITUDE"),
        ([hazard("STORED-WATER", "18", "hm3"), hazard("STORED-WATER", "18.2", "km3", "B")], "QUANTITY-MAGNITUDE"),
        ([hazard("STORED-WATER", "18200", "km3")], "QUANTITY-BOUNDS"),
        ([hazard("ELECTRIC-POWER", "18", "km3")], "QUANTITY-UNIT"),
        ([hazard("FUEL", "18", "barrels")], "QUANTITY-UNIT"),
    ],
)
def test_what_is_out_of_scale_is_refused(hazards: list[Hazard], code: str) -> None:
    with pytest.raises(LocalError, match=code):
        check_hazards(hazards)
