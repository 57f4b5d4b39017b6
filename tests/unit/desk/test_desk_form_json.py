from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.precedence import Precedence
from armslength.desk.form_json import instant_of, names_from_values, plain, precedence_of, values_from_names
from armslength.line.forms import FORMS, fields_of

AT = 1_668_942_000_000_000


@pytest.mark.parametrize("precedence", Precedence)
def test_a_precedence_is_named_or_abbreviated(precedence: Precedence) -> None:
    for text in (precedence.name, precedence.name.lower(), precedence.prosign):
        assert precedence_of(text) is precedence
    with pytest.raises(LocalError, match="DRAFT-PRECEDENCE"):
        precedence_of("URGENT")


@pytest.mark.parametrize("text", ["2022-11-20T11:00:00Z", "201100ZNOV22"])
def test_a_time_is_typed_as_rfc_3339_or_as_a_date_time_group(text: str) -> None:
    assert instant_of(text) == AT


@pytest.mark.parametrize(
    ("form", "name", "typed", "number", "wire", "shown"),
    [
        ("CONCERN", "activity", "SHELLING", 101, "SHELLING", "SHELLING"),
        ("CONCERN", "hazards", ["FIRE"], 103, ("FIRE",), ["FIRE"]),
        (
            "CONCERN",
            "activity-window",
            ["2022-11-20T11:00:00Z", "2022-11-20T12:00:00Z"],
            102,
            (AT, AT + 3_600_000_000),
            ["2022-11-20T11:00:00Z", "2022-11-20T12:00:00Z"],
        ),
        ("CONCERN", "reply-by", "2022-11-20T11:00:00Z", 25, AT, "2022-11-20T11:00:00Z"),
        ("CONCERN", "precedence", "FLASH", 22, 3, "FLASH"),
        ("CONCERN", "relation", ["recalls", "00" * 32], 24, ("recalls", bytes(32)), ["recalls", "00" * 32]),
        ("REPLY", "answers", "ab" * 32, 29, b"\xab" * 32, "ab" * 32),
        ("CONCERN", "pillars", [["OFF-SITE-POWER", "HELD"]], 104, (("OFF-SITE-POWER", "HELD"),), None),
    ],
)
def test_a_field_goes_in_by_name_and_comes_out_by_name(
    form: str, name: str, typed: Any, number: int, wire: Any, shown: Any
) -> None:
    assert values_from_names(form, {name: typed}) == {number: wire}
    assert names_from_values(form, {number: wire})[name] == (typed if shown is None else shown)


@pytest.mark.parametrize("typed", ["47.5122,34.5858", "47.5122000N 34.5858000E", "36TXT 1952 6341"])
def test_a_place_is_typed_in_degrees_or_mgrs_and_shown_in_both(typed: str) -> None:
    try:
        values = values_from_names("CONCERN", {"place": typed})
    except ArmslengthError:
        pytest.fail(f"not read: {typed}")
    shown = names_from_values("CONCERN", values)["place"]
    assert set(shown) == {"degrees", "mgrs", "precision_m"}
    assert shown["mgrs"].startswith("36T")


def test_areas_of_each_shape_are_read() -> None:
    points = ["47.5,34.5", "47.6,34.6", "47.7,34.5"]
    for given_area in (["CIRCLE", "47.5,34.5", 500], ["POLYGON", points], ["ROUTE", points, 200]):
        [area] = values_from_names("CONCERN", {"area": given_area}).values()
        assert area[0] == given_area[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("no-such-field", "x", "DRAFT-FIELD-UNKNOWN"),
        ("relation", "recalls", "DRAFT-FIELD-MALFORMED"),
        ("relation", ["recalls", "zz"], "DRAFT-FIELD-MALFORMED"),
        ("activity-window", ["2022-11-20T11:00:00Z"], "DRAFT-FIELD-MALFORMED"),
        ("area", ["CIRCLE"], "DRAFT-FIELD-MALFORMED"),
        ("area", None, "DRAFT-FIELD-MALFORMED"),
        ("facility", ["name"], "DRAFT-FIELD-MALFORMED"),
        ("reply-by", "tomorrow", "TIME-"),
        ("place", "nowhere", "PLACE-"),
    ],
)
def test_what_was_typed_wrongly_is_refused_by_its_field(name: str, typed: Any, code: str) -> None:
    with pytest.raises(ArmslengthError) as caught:
        values_from_names("CONCERN", {name: typed})
    assert caught.value.code.startswith(code)


WIRE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.integers(0, 9), inner, max_size=3),
    max_leaves=6,
)


@given(form=st.sampled_from([*FORMS, "ULTIMATUM"]), data=st.data())
def test_whatever_a_peer_put_into_a_field_can_be_shown(form: str, data: Any) -> None:
    numbers = [*(fields_of(FORMS[form]) if form in FORMS else ()), 99, 250]
    values = {number: data.draw(WIRE) for number in data.draw(st.lists(st.sampled_from(numbers), max_size=5))}
    shown = names_from_values(form, values)
    assert len(shown) == len(values)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(b"\x01", "01"), ((1, b"\x02"), [1, "02"]), ({1: b"\x03"}, {"1": "03"}), (None, None), (True, True), ("x", "x")],
)
def test_any_value_becomes_plain_json(value: Any, shown: Any) -> None:
    assert plain(value) == shown
