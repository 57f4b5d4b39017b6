"""Rows are gathered or refused with their number, and a coordinate is worth what its digits say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_geo import Region
from armslength.adapters.sites_reading import UKRAINE, Gathering, Ids, id_of, language_of, place_of
from armslength.core.errors import ArmslengthError, LocalError
from armslength.register.importing import REFUSED_SHOWN_MAX, RefusedRow


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        ("47.5119", "34.5863", (475119000, 345863000, 12)),
        ("47.508000", "34.627000", (475080000, 346270000, 112)),
        ("45.28", "33.6011", (452800000, 336011000, 12)),
        ("-33.9", "18", (-339000000, 180000000, 11132)),
        ("-0.5", "0.25", (-5000000, 2500000, 1114)),
        ("47.12345678951", "34.1", (471234568, 341000000, 1)),
    ],
)
def test_a_place_and_its_precision(lat: str, lon: str, expected: tuple[int, int, int]) -> None:
    assert place_of(lat, lon).to_cbor() == expected


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("", "1"),
        ("47,5", "34"),
        ("91", "0"),
        ("0", "181"),
        ("0", "0"),
        ("46.8712", "46.8712"),
        ("1e2", "3"),
        ("٣", "1"),
    ],
)
def test_what_is_no_place_is_refused(lat: str, lon: str) -> None:
    with pytest.raises(LocalError, match="SITES-PLACE"):
        place_of(lat, lon)


def test_swapped_axes_are_found_by_the_region_only() -> None:
    assert place_of("35.1", "47.2").lat_e7 == 351000000
    with pytest.raises(LocalError, match="axes seem swapped"):
        place_of("35.1", "47.2", UKRAINE)
    with pytest.raises(LocalError, match="outside the region"):
        place_of("10.5", "11.5", UKRAINE)
    fiji = Region(south_deg=-21, north_deg=-12, west_deg=177, east_deg=-178)
    assert place_of("-16.5", "-179.5", fiji).lon_e7 == -1795000000


@given(st.text(alphabet="0123456789.-+e ,", max_size=20), st.text(alphabet="0123456789.-", max_size=20))
def test_any_two_cells_are_a_place_or_a_typed_error(lat: str, lon: str) -> None:
    try:
        place_of(lat, lon)
    except ArmslengthError:
        return


@pytest.mark.parametrize(
    ("name", "language"), [("Kyiv HPP", "en"), ("Київська ГЕС", "uk"), ("СЭС Родниковое", "ru"), ("ГЕС", "uk")]
)
def test_the_language_of_a_name_by_its_letters(name: str, language: str) -> None:
    assert language_of(name) == language


def test_an_id_is_made_readable_and_given_once() -> None:
    assert id_of("OSM", "way", "1/2 3") == "OSM-way-1-2-3"
    assert len(id_of("x" * 200)) == 64
    with pytest.raises(LocalError, match="SITES-ROW"):
        id_of("", "///")
    ids = Ids()
    assert ids.once("A") == "A"
    with pytest.raises(LocalError, match="a second time"):
        ids.once("A")


def test_refused_rows_are_counted_past_those_that_are_shown() -> None:
    gathering: Gathering[int] = Gathering(source="x")
    for number in range(REFUSED_SHOWN_MAX + 5):
        gathering.refuse(RefusedRow(row=number, code="SITES-ROW", reason="x"))
    run = gathering.run(b"")
    assert (len(run.refused), run.refused_count) == (REFUSED_SHOWN_MAX, REFUSED_SHOWN_MAX + 5)
