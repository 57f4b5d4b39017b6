"""Amounts with units as people write them, read exactly, with every doubt said; and the trap of the factor of 1,000.

In October 2022 the Kakhovka reservoir was widely reported to hold 18 million cubic metres. It held 18.2 cubic
kilometres, a thousand times as much. So an amount is never a bare number here: it keeps the text it was read from, its
unit, and what could have been meant otherwise. A mW is a thousandth of a watt and never the output of a power station,
so "3,680 mW" is read as megawatts and says so; "1578,6" has a decimal comma and "3,680" may have one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

QUANTITY_CHARS_MAX: Final = 80
"""The longest amount of the known sources, with its unit in words, has 40 characters."""

DIGITS_MAX: Final = 24
"""Digits of one number: a nuclear inventory in becquerel has 20; more is an identifier."""

FACTOR_ALIKE_MAX: Final = Decimal(30)
"""Two accounts of one amount may differ by this factor at most; a million taken for a thousand million is 1,000."""


class Dimension(StrEnum):
    """What is measured; an amount of one is never read as another."""

    POWER = "POWER"
    VOLTAGE = "VOLTAGE"
    VOLUME = "VOLUME"
    ACTIVITY = "ACTIVITY"
    MASS = "MASS"
    LENGTH = "LENGTH"
    PEOPLE = "PEOPLE"


class Doubt(StrEnum):
    """What could have been meant otherwise."""

    CASE = "CASE"
    """The prefix stands in the other case: by the standard, mW is a thousandth of a watt."""
    COMMA = "COMMA"
    """A comma before three digits: taken for thousands, might be a decimal comma."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit: its symbol as it is written back, what it measures, and its worth in the dimension's base unit."""

    symbol: str
    dimension: Dimension
    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as it was read.

    Args:
        text: the text, unchanged.
        value: the number in `unit`, exact; None when the text states no amount ("yes").
        unit: symbol of the unit, empty when there is no amount.
        dimension: what is measured.
        doubts: what could have been meant otherwise, in the order of `Doubt`.
    """

    text: str
    value: Decimal | None
    unit: str
    dimension: Dimension
    doubts: tuple[Doubt, ...] = ()

    @property
    def base(self) -> Decimal | None:
        """The amount in W, V, m3, Bq, kg, m or persons; None without one."""
        return None if self.value is None else self.value * UNITS[self.unit].factor

    @property
    def value_text(self) -> str:
        """The number as decimal text without an exponent, empty without one."""
        return "" if self.value is None else _plain(self.value)

    def within(self, unit: str) -> Decimal:
        """Return the amount in another unit of its dimension, exactly.

        Raises:
            LocalError: QUANTITY-UNIT, another dimension, or no amount to convert.
        """
        known = UNITS.get(unit)
        if self.base is None or known is None or known.dimension is not self.dimension:
            raise LocalError("QUANTITY-UNIT", expected=f"a unit of {self.dimension}", got=unit)
        return self.base / known.factor


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- units ------------------------------------------------------------------------------------------------------------


def _units() -> dict[str, Unit]:
    rows: tuple[tuple[Dimension, str], ...] = (
        (Dimension.POWER, "W 1, kW 1e3, MW 1e6, GW 1e9, TW 1e12"),
        (Dimension.VOLTAGE, "V 1, kV 1e3"),
        (Dimension.VOLUME, "l 0.001, m3 1, hm3 1e6, km3 1e9"),
        (Dimension.ACTIVITY, "mBq 0.001, Bq 1, kBq 1e3, MBq 1e6, GBq 1e9, TBq 1e12, PBq 1e15, EBq 1e18, Ci 3.7e10"),
        (Dimension.MASS, "g 0.001, kg 1, t 1e3, kt 1e6"),
        (Dimension.LENGTH, "cm 0.01, m 1, km 1e3"),
        (Dimension.PEOPLE, "persons 1"),
    )
    return {
        symbol: Unit(symbol=symbol, dimension=dimension, factor=Decimal(factor))
        for dimension, row in rows
        for symbol, factor in (part.split() for part in row.split(", "))
    }


UNITS: Final[Mapping[str, Unit]] = MappingProxyType(_units())
"""Symbol -> unit. MVA is not among them: apparent power is no amount of MW, and Mm3 is a million of nobody's."""

_SPELT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("вт", "watt", "watts"), "W"),
        **dict.fromkeys(("квт", "kilowatt", "kilowatts"), "kW"),
        **dict.fromkeys(("мвт", "mwe", "megawatt", "megawatts"), "MW"),
        **dict.fromkeys(("гвт", "gwe", "gigawatt", "gigawatts"), "GW"),
        **dict.fromkeys(("кв",), "kV"),
        "в": "V",
        **dict.fromkeys(("л", "litre", "litres", "liter", "liters"), "l"),
        **dict.fromkeys(
            (
                *("м3", "cu m", "cum", "cubic metre", "cubic metres", "cubic meter", "cubic meters", "куб м"),
                *("кубометр", "кубометра", "кубометров", "кубометрів", "кубических метров", "кубічних метрів"),
            ),
            "m3",
        ),
        **dict.fromkeys(
            (
                *("км3", "cu km", "cubic kilometre", "cubic kilometres", "cubic kilometer", "cubic kilometers"),
                *("куб км", "кубических километров", "кубічних кілометрів"),
            ),
            "km3",
        ),
        "бк": "Bq",
        "becquerel": "Bq",
        "curie": "Ci",
        "ки": "Ci",
        **dict.fromkeys(("кг", "kilogram", "kilograms"), "kg"),
        **dict.fromkeys(("т", "tonne", "tonnes", "тонн", "тонна", "тонни", "тонны"), "t"),
        **dict.fromkeys(("м", "metre", "metres", "meter", "meters", "метр", "метров", "метрів"), "m"),
        **dict.fromkeys(("км", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
        "см": "cm",
        **dict.fromkeys(("people", "person", "осіб", "людей", "человек", "чел", "ос"), "persons"),
    }
)
"""Spelling, folded, to the symbol; letter case carries no meaning in any of these."""

_CASE_MATTERS: Final = frozenset("mм")
"""A small m says a thousandth, a large one a million; no other prefix of the units above has two readings."""

_MULTIPLIERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(("thousand", "тис", "тыс", "тисяч", "тысяч"), 3),
        **dict.fromkeys(("million", "millions", "mln", "mio", "млн", "мільйон", "мільйона", "мільйонів"), 6),
        **dict.fromkeys(("миллион", "миллиона", "миллионов"), 6),
        **dict.fromkeys(("billion", "billions", "bn", "bln", "млрд", "мільярд", "мільярда", "мільярдів"), 9),
        **dict.fromkeys(("миллиард", "миллиарда", "миллиардов"), 9),
    }
)
"""Word to its power of ten. English billions are 10^9; "більйон" and "биллион" (10^12) are left out, being mistaken."""

_FOLD: Final = str.maketrans({"³": "3", "^": None, "²": "2", ".": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_AMOUNT: Final = re.compile(r"([+-]?[0-9][0-9.,'’\u00a0\u202f\u2009 ]*)(.*)", re.DOTALL)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:([ ,.'])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LEADING_ZERO: Final = re.compile(r"0[,.]")


def read_quantity(text: str, dimension: Dimension, *, unit: str = "") -> Quantity:
    """Return the amount that a text states, exactly.

    Args:
        text: ``3,680 mW``, ``1578,6 MW``, ``0.06 МВт``, ``18 million m3``, ``18,2 км³``, ``20 000 осіб``.
        dimension: what must be measured.
        unit: the unit of a number without one, where its source states that elsewhere (a column's heading).

    Raises:
        LocalError: QUANTITY-FORMAT (no number that can be read), QUANTITY-UNIT (no unit, or one of something else).
    """
    if len(text) > QUANTITY_CHARS_MAX:
        raise LocalError("QUANTITY-FORMAT", expected=f"at most {QUANTITY_CHARS_MAX} characters", got=text)
    if not any(char.isdigit() for char in text):
        return Quantity(text=text, value=None, unit="", dimension=dimension)
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise LocalError("QUANTITY-FORMAT", expected="a number with its unit, such as 2000 MW", got=text)
    value, comma = _number(match[1].strip(), text)
    power, symbol, case = _unit(match[2], dimension, unit, text)
    doubts = tuple(doubt for doubt, met in ((Doubt.CASE, case), (Doubt.COMMA, comma)) if met)
    return Quantity(text=text, value=value.scaleb(power), unit=symbol, dimension=dimension, doubts=doubts)


def _number(text: str, whole: str) -> tuple[Decimal, bool]:
    """Return the number and whether its comma could have been meant otherwise."""
    sign, digits = ("-", text[1:]) if text[0] == "-" else ("", text.removeprefix("+"))
    blank = re.sub("[\u00a0\u202f\u2009]", " ", digits).replace("’", "'").rstrip(" .,")
    plain, doubtful = _ungrouped(blank)
    if not _PLAIN_NUMBER.fullmatch(plain) or sum(char.isdigit() for char in plain) > DIGITS_MAX:
        raise LocalError("QUANTITY-FORMAT", expected="digits such as 3680, 3 680, 3,680 or 1578,6", got=whole)
    return Decimal(sign + plain), doubtful


def _ungrouped(text: str) -> tuple[str, bool]:
    """Return a number with a decimal point and nothing else, and whether a comma in it has two readings."""
    last = max(text.rfind(","), text.rfind("."))
    whole, mark, fraction = (text[:last], text[last], text[last + 1 :]) if last >= 0 else (text, "", "")
    others = set(whole) - set("0123456789")
    if not mark:
        return (re.sub("[ ']", "", text) if _GROUPED.fullmatch(text) else text), False
    if others:
        if mark in others and others == {mark} and _GROUPED.fullmatch(text):
            return text.replace(mark, ""), False  # 1,234,567
        grouped = len(others) == 1 and mark not in others and _GROUPED.fullmatch(whole)
        return (f"{re.sub('[^0-9]', '', whole)}.{fraction}" if grouped else text), False  # 1 234,5 or 1,234.5
    if mark == "," and _GROUPED.fullmatch(text) and not _LEADING_ZERO.match(text):
        return whole + fraction, True  # 3,680
    return f"{whole}.{fraction}", False  # 1578,6 or 2.835


def _unit(text: str, dimension: Dimension, unstated: str, whole: str) -> tuple[int, str, bool]:
    """Return the power of ten of the words, the unit's symbol, and whether its letter case is in doubt."""
    words = text.translate(_FOLD).split()
    power = 0
    # "Thousand million" is said so where "billion" would be mistaken.
    for _ in range(2):
        if words and words[0].lower() in _MULTIPLIERS:
            power += _MULTIPLIERS[words.pop(0).lower()]
    spelt = " ".join(words) or unstated
    symbol = _symbol(spelt, dimension)
    if symbol is None or UNITS[symbol].dimension is not dimension:
        expected = ", ".join(unit.symbol for unit in UNITS.values() if unit.dimension is dimension)
        raise LocalError("QUANTITY-UNIT", expected=expected, got=whole)
    return power, symbol, _case_in_doubt(spelt, symbol)


def _symbol(spelt: str, dimension: Dimension) -> str | None:
    if spelt in UNITS:
        return spelt
    folded = spelt.lower()
    if folded in _SPELT:
        return _SPELT[folded]
    alike = [unit.symbol for unit in UNITS.values() if unit.dimension is dimension and unit.symbol.lower() == folded]
    # Two units that differ in case only (mBq, MBq) are told apart by it, so a third spelling names neither.
    return alike[0] if len(alike) == 1 else None


def _case_in_doubt(spelt: str, symbol: str) -> bool:
    return symbol[0] == "M" and spelt[0] in _CASE_MATTERS and len(spelt) <= 3


# --- the trap ---------------------------------------------------------------------------------------------------------

_BOUNDS: Final[Mapping[str, tuple[Dimension, str, str, str]]] = MappingProxyType(
    {
        # The largest dams hold some 180 km3 (Kariba) and a pond behind a mill weir a thousand cubic metres.
        "STORED-WATER": (Dimension.VOLUME, "1e3", "2.5e11", "1000 m3 to 250 km3, a reservoir behind a dam"),
        # The largest station of any kind has 22.5 GW (Three Gorges).
        "ELECTRIC-POWER": (Dimension.POWER, "1", "3e10", "1 W to 30 GW, a power station"),
        "THERMAL-POWER": (Dimension.POWER, "1", "1e11", "1 W to 100 GW, a power station"),
        # The highest head in use is below 1,900 m (Bieudron).
        "WATER-HEAD": (Dimension.LENGTH, "0.1", "2e3", "0.1 m to 2000 m, a dam"),
        # The core of one large reactor holds some 10^20 Bq at power.
        "RADIOACTIVE-INVENTORY": (Dimension.ACTIVITY, "1", "1e22", "1 Bq to 10^22 Bq, a nuclear site"),
    }
)

HAZARD_DIMENSIONS: Final[Mapping[str, Dimension]] = MappingProxyType({kind: row[0] for kind, row in _BOUNDS.items()})
"""Kind of hazard to what its amount must measure; a kind that is not here may measure anything."""


def check_magnitude(kind: str, quantity: Quantity, others: Iterable[tuple[str, Quantity]] = ()) -> Quantity:
    """Return an amount unchanged that is possible for its kind of hazard and agrees with what others state.

    Args:
        kind: a hazard kind of the register, such as ``STORED-WATER``.
        quantity: the amount.
        others: (source, amount) of the same hazard at the same facility.

    Raises:
        LocalError: QUANTITY-UNIT, another dimension; QUANTITY-BOUNDS, no facility holds that; QUANTITY-MAGNITUDE,
            another source states over thirty times as much or as little.
    """
    base = quantity.base
    if base is None:
        return quantity
    _check_bounds(kind, quantity, base)
    for source, other in others:
        there = other.base
        if there is None or other.dimension is not quantity.dimension or not there or not base:
            continue
        factor = max(base / there, there / base)
        if factor > FACTOR_ALIKE_MAX:
            raise LocalError(
                "QUANTITY-MAGNITUDE",
                expected=f"about {other.value_text} {other.unit}, as {source} states",
                got=quantity.text,
                factor=_factor_words(factor),
            )
    return quantity


def _check_bounds(kind: str, quantity: Quantity, base: Decimal) -> None:
    if kind not in _BOUNDS:
        return
    dimension, low, high, words = _BOUNDS[kind]
    if quantity.dimension is not dimension:
        raise LocalError("QUANTITY-UNIT", expected=f"a unit of {dimension}", got=quantity.text)
    # A plant that is shut down has 0 MW, and a drained reservoir 0 m3.
    if base and not Decimal(low) <= base <= Decimal(high):
        raise LocalError("QUANTITY-BOUNDS", expected=words, got=quantity.text)


def _factor_words(factor: Decimal) -> str:
    near = {3: "a million taken for a thousand million, or m3 for thousands of them", 6: "a unit mistaken for another"}
    power = round(factor.log10())
    about = f"about {factor.to_integral_value():,}"
    return f"{about}: {near[power]}" if power in near else about


def quantity_of(value: str, unit: str, text: str = "") -> Quantity:
    """Return the amount of a record: decimal text and the symbol of a unit.

    Raises:
        LocalError: QUANTITY-UNIT, a unit that is not known; QUANTITY-FORMAT.
    """
    known = UNITS.get(unit)
    if known is None:
        raise LocalError("QUANTITY-UNIT", expected=", ".join(UNITS), got=unit)
    if not re.fullmatch(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?", value):
        raise LocalError("QUANTITY-FORMAT", expected="decimal text", got=value)
    return Quantity(text=text or f"{value} {unit}", value=Decimal(value), unit=unit, dimension=known.dimension)
