"""Fuels become kinds, pumped storage is told from the dam, and outputs keep their doubts."""

from __future__ import annotations

import pytest

from armslength.adapters.sites_power import capacity, plant_kind
from armslength.core.errors import LocalError


@pytest.mark.parametrize(
    ("fuel", "name", "kind"),
    [
        ("Nuclear", "x", "NUCLEAR-POWER-PLANT"),
        ("Hydro", "Dniester", "HYDRO-POWER-PLANT"),
        ("Hydro", "Dniester (pumped storage)", "PUMPED-STORAGE-PLANT"),
        ("hydro", "Дністровська ГАЕС", "PUMPED-STORAGE-PLANT"),
        ("coal;gas", "x", "THERMAL-POWER-PLANT"),
        ("Wave and Tidal", "x", "POWER-PLANT"),
        ("", "x", "POWER-PLANT"),
    ],
)
def test_kinds(fuel: str, name: str, kind: str) -> None:
    assert plant_kind(fuel, name) == kind


def test_an_unknown_fuel_is_refused_since_it_may_be_a_danger() -> None:
    with pytest.raises(LocalError, match="Plutonium"):
        plant_kind("Plutonium", "x")


def test_an_output_with_its_doubt_said() -> None:
    hazard, _ = capacity("3,680 mW", "map")
    assert hazard is not None
    assert (hazard.value, hazard.unit) == ("3680", "MW")
    assert 'read from "3,680 mW"' in hazard.note
    assert "thousandth" in hazard.note
    assert "decimal comma" in hazard.note
    plain, _ = capacity("2.835 GW", "map")
    assert plain is not None
    assert plain.note == ""
    assert capacity("yes", "map")[0] is None
    with pytest.raises(LocalError, match="QUANTITY-BOUNDS"):
        capacity("6000 GW", "map")
