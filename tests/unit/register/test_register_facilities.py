"""A facility keeps every account with its source, and comes back from its record as it went in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.register.facilities import (
    ACCOUNTS_MAX,
    NAMES_MAX,
    RING_M_MAX,
    RINGS_MAX,
    SITE_RADIUS_M_MAX,
    Dependency,
    Facility,
    Fact,
    Holding,
    ProtectedStatus,
    with_fact,
)
from armslength.register.facility_body import facility_body, parse_facility

AS_OF = parse_rfc3339("2022-11-20T00:00:00Z")

PLANT = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "Zaporizhzhia Nuclear Power Plant"), ("uk", "Запорізька АЕС"), ("uk", "ЗАЕС")),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475122000, lon_e7=345858000, precision_m=12),
    site_radius_m=1000,
    rings_m=(5000, 10000, 30000),
    operator_de_jure=(
        Holding(who="Energoatom", since=None, source="Ukraine"),
        Holding(who="a company of Rosatom", since=AS_OF, source="decree, rejected by Ukraine"),
    ),
    controlling_force_de_facto=(Holding(who="Russian forces", since=AS_OF, source="Ukraine to the IAEA"),),
    protected_status=(
        ProtectedStatus(basis="AP-I-ARTICLE-56", party="", note=""),
        ProtectedStatus(basis="AP-I-ARTICLE-56", party="EUCOM", note="not a party"),
    ),
    dependencies=(Dependency(on="Kakhovka reservoir", kind="COOLING-WATER", note="", source="press"),),
    facts=(Fact(text="reactors", value="6", unit="units", source="IAEA", as_of=AS_OF),),
)


def test_a_facility_comes_back_from_the_bytes_of_its_record() -> None:
    body = cbor.decode(cbor.encode({1: b"\x00" * 16, **facility_body(PLANT)}))
    assert parse_facility(body) == PLANT  # type: ignore[arg-type]


def test_a_facility_is_private_until_somebody_releases_it() -> None:
    assert PLANT.disclosure == "private"
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        replace(PLANT, disclosure="public")


def test_two_accounts_stay_two_accounts() -> None:
    first = Fact(text="shells", value="12", unit="hits", source="Ukraine", as_of=AS_OF)
    second = replace(first, value="20", source="Russian Federation")
    both = with_fact(with_fact(PLANT, first), second)
    assert both.facts == (*PLANT.facts, first, second)
    assert with_fact(both, first) is both
    assert [holding.who for holding in PLANT.operator_de_jure] == ["Energoatom", "a company of Rosatom"]


@pytest.mark.parametrize(
    ("language", "name"),
    [("uk", "Запорізька АЕС"), ("en", "Zaporizhzhia Nuclear Power Plant"), ("ru", "Zaporizhzhia Nuclear Power Plant")],
)
def test_the_first_name_in_a_language_is_the_one_shown(language: str, name: str) -> None:
    assert PLANT.name(language) == name


FACT = PLANT.facts[0]

WRONG: list[dict[str, Any]] = [
    {"facility_id": ""},
    {"facility_id": "UA ZNPP"},
    {"kind": "FORTRESS"},
    {"special_sign": "YES"},
    {"names": ()},
    {"names": (("en", "x"),) * (NAMES_MAX + 1)},
    {"names": (("english", "x"),)},
    {"names": (("en", " "),)},
    {"site_radius_m": -1},
    {"site_radius_m": SITE_RADIUS_M_MAX + 1},
    {"rings_m": ()},
    {"rings_m": (0,)},
    {"rings_m": (5000, 5000)},
    {"rings_m": (10000, 5000)},
    {"rings_m": (RING_M_MAX + 1,)},
    {"rings_m": tuple(range(1, RINGS_MAX + 2))},
    {"facts": (FACT,) * (ACCOUNTS_MAX + 1)},
]


@pytest.mark.parametrize("change", WRONG, ids=lambda change: str(change)[:40])
def test_a_facility_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        replace(PLANT, **change)


@pytest.mark.parametrize(
    ("value", "unit"), [("18.2", ""), ("", "km3"), ("18,2", "km3"), ("1e9", "m3"), ("about 6", "t")]
)
def test_a_number_without_its_unit_is_refused(value: str, unit: str) -> None:
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        replace(FACT, value=value, unit=unit)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Holding(who="", since=None, source="x"),
        lambda: Holding(who="x", since=None, source=""),
        lambda: ProtectedStatus(basis="HEARSAY", party="", note=""),
        lambda: Dependency(on="x", kind="MAGIC", note="", source="x"),
        lambda: Dependency(on="x", kind="SUPPLY", note="", source=""),
        lambda: replace(FACT, text=""),
        lambda: replace(FACT, source=""),
    ],
)
def test_an_account_without_its_source_or_with_an_unknown_code_is_refused(make: Any) -> None:
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        make()


BODY_WRONG: list[tuple[int, Any]] = [
    *((number, None) for number in range(20, 33)),
    (20, 7),
    (21, "names"),
    (21, (("en",),)),
    (21, ("en",)),
    (23, (475122000, 345858000)),
    (23, (9_475_122_000, 345858000, 12)),
    (24, "1000"),
    (25, (True,)),
    (26, (("x", "yesterday", "x"),)),
    (28, (("AP-I-ARTICLE-56", 1, None),)),
    (31, (("x", None, None, "x", 1),)),
    (31, (("x", None, None, "x"),)),
]


@pytest.mark.parametrize(("number", "value"), BODY_WRONG)
def test_a_body_with_a_wrong_or_missing_field_is_refused(number: int, value: Any) -> None:
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        parse_facility({**facility_body(PLANT), number: value})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=6) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)


@given(number=st.integers(20, 32), value=VALUES)
def test_whatever_stands_in_a_field_the_answer_is_a_facility_or_a_typed_error(number: int, value: Any) -> None:
    try:
        parsed = parse_facility({**facility_body(PLANT), number: value})
    except ArmslengthError:
        return
    assert parse_facility(facility_body(parsed)) == parsed


def test_the_date_of_a_holding_may_be_unknown_and_never_becomes_one() -> None:
    body = facility_body(PLANT)
    assert parse_facility(body).operator_de_jure[0].since is None
    assert parse_facility(body).operator_de_jure[1].since == Instant(AS_OF)
