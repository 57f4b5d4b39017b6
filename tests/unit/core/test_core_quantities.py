"""Amounts are read exactly with every doubt said, and the factor of a thousand is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.quantities import (
    UNITS,
    Dimension,
    Doubt,
    Unit,
    check_magnitude,
    quantity_of,
    read_quantity,
)

BOTH = (Doubt.CASE, Doubt.COMMA)

READ = [
    # H18: the texts of OpenStreetMap's plant:output:electricity.
    ("3,680 mW", "3680", "MW", BOTH),
    ("1578,6 MW", "1578.6", "MW", ()),
    ("2850 W", "2850", "W", ()),
    ("0.06 МВт", "0.06", "MW", ()),
    ("270 кВт", "270", "kW", ()),
    ("2135kW", "2135", "kW", ()),
    ("2.835 GW", "2.835", "GW", ()),
    ("30kw", "30", "kW", ()),
    ("13,5 MW", "13.5", "MW", ()),
    ("6MW", "6", "MW", ()),
    ("303 МВт", "303", "MW", ()),
    ("5 мВт", "5", "MW", (Doubt.CASE,)),
    ("1 234,5 kW", "1234.5", "kW", ()),
    ("1,234.5 MW", "1234.5", "MW", ()),
    ("1.234,5 MW", "1234.5", "MW", ()),
    ("1,234,567 W", "1234567", "W", ()),
    ("1.234.567 W", "1234567", "W", ()),
    ("0,680 MW", "0.68", "MW", ()),
    ("1\u202f200\u00a0MW", "1200", "MW", ()),
    ("2 thousand MW", "2000", "MW", ()),
]


@pytest.mark.parametrize(("text", "value", "unit", "doubts"), READ)
def test_h18_power_in_free_text(text: str, value: str, unit: str, doubts: tuple[Doubt, ...]) -> None:
    found = read_quantity(text, Dimension.POWER)
    assert (found.text, found.value_text, found.unit, found.doubts) == (text, value, unit, doubts)


@pytest.mark.parametrize("text", ["yes", "no", "", "мВт", "unknown"])
def test_h18_a_text_without_an_amount_is_kept_as_text(text: str) -> None:
    found = read_quantity(text, Dimension.POWER)
    assert (found.text, found.value, found.unit, found.base) == (text, None, "", None)


CUBIC_METRES = [
    ("18 million m3", 18_000_000),
    ("18 млн м³", 18_000_000),
    ("18.2 km3", 18_200_000_000),
    ("18,2 км³", 18_200_000_000),
    ("18,2 млрд куб. м", 18_200_000_000),
    ("18.2 billion cubic metres", 18_200_000_000),
    ("18 thousand million m^3", 18_000_000_000),
    ("18 200 000 000 м3", 18_200_000_000),
    ("455 hm3", 455_000_000),
]


@pytest.mark.parametrize(("text", "metres"), CUBIC_METRES)
def test_volumes(text: str, metres: int) -> None:
    assert read_quantity(text, Dimension.VOLUME).base == metres


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("20 000 осіб", Dimension.PEOPLE, 20_000),
        ("30 m", Dimension.LENGTH, 30),
        ("750 kV", Dimension.VOLTAGE, 750_000),
        ("5 Ci", Dimension.ACTIVITY, 185_000_000_000),
        ("3 MBq", Dimension.ACTIVITY, 3_000_000),
        ("3 mBq", Dimension.ACTIVITY, Decimal("0.003")),
        ("163 t", Dimension.MASS, 163_000),
    ],
)
def test_other_dimensions(text: str, dimension: Dimension, base: Decimal) -> None:
    assert read_quantity(text, dimension).base == base


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("135 MVA", "QUANTITY-UNIT"),
        ("5", "QUANTITY-UNIT"),
        ("5 km", "QUANTITY-UNIT"),
        ("18 Mm3", "QUANTITY-UNIT"),
        ("1e9 MW", "QUANTITY-UNIT"),
        ("1..5 MW", "QUANTITY-FORMAT"),
        ("1,23,456 MW", "QUANTITY-FORMAT"),
        ("12 34 MW", "QUANTITY-FORMAT"),
        ("٣ MW", "QUANTITY-FORMAT"),
        ("about 5 MW", "QUANTITY-FORMAT"),
        ("9" * 70 + " MW", "QUANTITY-FORMAT"),
        ("9" * 100, "QUANTITY-FORMAT"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_next_step(text: str, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        read_quantity(text, Dimension.POWER)
    assert refused.value.code == code
    assert refused.value.next_step


def test_a_column_may_state_the_unit_of_a_bare_number() -> None:
    assert read_quantity("2000", Dimension.POWER, unit="MW").base == 2_000_000_000


def test_a_unit_is_converted_exactly_and_only_within_its_dimension() -> None:
    assert read_quantity("2.835 GW", Dimension.POWER).within("MW") == 2835
    with pytest.raises(LocalError, match="QUANTITY-UNIT"):
        read_quantity("2.835 GW", Dimension.POWER).within("km3")
    with pytest.raises(LocalError, match="QUANTITY-UNIT"):
        read_quantity("yes", Dimension.POWER).within("MW")


def test_the_kakhovka_trap_is_refused_with_an_explanation() -> None:
    said = read_quantity("18 million m3", Dimension.VOLUME)
    known = read_quantity("18.2 km3", Dimension.VOLUME)
    with pytest.raises(LocalError) as refused:
        check_magnitude("STORED-WATER", said, [("the reservoir's page", known)])
    assert refused.value.code == "QUANTITY-MAGNITUDE"
    assert "18.2 km3" in refused.value.sentence
    assert "1,011" in refused.value.sentence
    assert "million taken for a thousand million" in refused.value.sentence
    assert "18 million m3 for 18.2 km3" in refused.value.next_step
    # The trap springs from either side, and accounts that merely differ pass.
    with pytest.raises(LocalError, match="QUANTITY-MAGNITUDE"):
        check_magnitude("STORED-WATER", known, [("the press", said)])
    check_magnitude("STORED-WATER", known, [("another", read_quantity("17 km3", Dimension.VOLUME))])


@pytest.mark.parametrize(
    ("kind", "value", "unit", "code"),
    [
        ("STORED-WATER", "18200", "km3", "QUANTITY-BOUNDS"),
        ("STORED-WATER", "18.2", "m3", "QUANTITY-BOUNDS"),
        ("STORED-WATER", "18.2", "MW", "QUANTITY-UNIT"),
        ("ELECTRIC-POWER", "6000", "GW", "QUANTITY-BOUNDS"),
        ("WATER-HEAD", "16", "km", "QUANTITY-BOUNDS"),
    ],
)
def test_what_no_facility_holds_is_refused(kind: str, value: str, unit: str, code: str) -> None:
    with pytest.raises(LocalError, match=code):
        check_magnitude(kind, quantity_of(value, unit))


def test_a_plant_that_is_shut_down_and_a_kind_without_bounds_pass() -> None:
    assert check_magnitude("ELECTRIC-POWER", quantity_of("0", "MW")).value == 0
    assert check_magnitude("CHEMICALS", quantity_of("8", "t")).value == 8
    assert check_magnitude("ELECTRIC-POWER", read_quantity("yes", Dimension.POWER)).value is None


@given(st.text(max_size=90), st.sampled_from(Dimension))
def test_any_text_is_read_or_refused_with_a_code(text: str, dimension: Dimension) -> None:
    try:
        found = read_quantity(text, dimension)
    except ArmslengthError:
        return
    assert found.text == text
    assert found.value is None or UNITS[found.unit].dimension is dimension


@given(st.decimals(min_value=0, max_value=10**12, places=6), st.sampled_from(list(UNITS.values())))
def test_what_is_written_is_read_back_exactly(value: Decimal, unit: Unit) -> None:
    symbol, dimension = unit.symbol, unit.dimension
    found = read_quantity(f"{value:f} {symbol}", dimension)
    assert (found.value, found.unit) == (value, symbol)
    assert quantity_of(found.value_text, symbol).base == found.base
