"""Places: read as typed, shown as read, measured on the ellipsoid, refused with a typed error."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from armslength.core.errors import LocalError, PeerError
from armslength.core.places import (
    E7,
    EXTENT_M_MAX,
    LAT_E7_MAX,
    LON_E7_MAX,
    PRECISION_M_MAX,
    RADIUS_M_MAX,
    VERTICES_MAX,
    Circle,
    Place,
    Polygon,
    ReadBack,
    Route,
    area_from_cbor,
    bearing_deg,
    compass_point,
    degrees_text,
    distance_m,
    mgrs_text,
    parse_place,
    place_from_cbor,
    read_back,
    swap_suspicion,
)


def at(lat: float, lon: float, precision_m: int = 1) -> Place:
    return Place(lat_e7=round(lat * E7), lon_e7=round(lon * E7), precision_m=precision_m)


PLANT = at(47.5122, 34.5858)
PLACES = st.builds(
    Place,
    lat_e7=st.integers(-LAT_E7_MAX, LAT_E7_MAX),
    lon_e7=st.integers(-LON_E7_MAX, LON_E7_MAX),
    precision_m=st.integers(1, PRECISION_M_MAX),
)


# --- value and wire ---


@given(place=PLACES)
def test_a_place_survives_the_wire(place: Place) -> None:
    assert place_from_cbor(place.to_cbor()) == place


@pytest.mark.parametrize(
    ("lat_e7", "lon_e7", "precision_m"),
    [
        (LAT_E7_MAX + 1, 0, 1),
        (-LAT_E7_MAX - 1, 0, 1),
        (0, LON_E7_MAX + 1, 1),
        (0, -LON_E7_MAX - 1, 1),
        (0, 0, -1),
        (0, 0, PRECISION_M_MAX + 1),
        (47.5, 34, 1),
        (True, 0, 1),
        ("1", 0, 1),
        (None, None, None),
    ],
)
def test_a_place_off_the_earth_is_refused_by_who_gave_it(lat_e7: Any, lon_e7: Any, precision_m: Any) -> None:
    with pytest.raises(LocalError, match="PLACE-RANGE"):
        Place(lat_e7=lat_e7, lon_e7=lon_e7, precision_m=precision_m)
    with pytest.raises(PeerError, match="PEER-PLACE"):
        place_from_cbor((lat_e7, lon_e7, precision_m))


@pytest.mark.parametrize("value", [None, 1, "x", b"abc", (), (1, 2), (1, 2, 3, 4), [1, 2, 3], {0: 1}])
def test_a_value_of_another_shape_is_refused(value: object) -> None:
    with pytest.raises(PeerError, match="PEER-PLACE"):
        place_from_cbor(value)


@pytest.mark.parametrize("place", [(LAT_E7_MAX, 0, 0), (-LAT_E7_MAX, LON_E7_MAX, 0), (0, -LON_E7_MAX, PRECISION_M_MAX)])
def test_the_edges_of_the_earth_are_places(place: tuple[int, int, int]) -> None:
    assert place_from_cbor(place).to_cbor() == place


# --- reading ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("47.5122 34.5858", (475122000, 345858000, 12)),
        ("47.5122,34.5858", (475122000, 345858000, 12)),
        ("  47.5122,  34.5858 ", (475122000, 345858000, 12)),
        ("47.5122N 34.5858E", (475122000, 345858000, 12)),
        ("47.5122n34.5858e", (475122000, 345858000, 12)),
        ("47.5122 N, 34.5858 E", (475122000, 345858000, 12)),
        ("47.5122° N 34.5858° E", (475122000, 345858000, 12)),
        ("47.5122° 34.5858°", (475122000, 345858000, 12)),
        ("47.5122S 34.5858W", (-475122000, -345858000, 12)),
        ("-47.5122 -34.5858", (-475122000, -345858000, 12)),
        ("−47.5122 +34.5858", (-475122000, 345858000, 12)),
        ("47.50 34.5858", (475000000, 345858000, 1114)),
        ("47 34", (470000000, 340000000, 111_320)),
        ("47.51220 34.58580", (475122000, 345858000, 2)),
        ("47.5122000 34.5858000", (475122000, 345858000, 1)),
        ("47.51220004999 34.58580000001", (475122000, 345858000, 1)),
        ("90 0", (900000000, 0, 111_320)),
        ("-90.0 180.0", (-900000000, 1800000000, 11_132)),
        ("47°30'43.9\"N 34°35'08.9\"E", (475121944, 345858056, 4)),
        ("47°30′43.9″N, 34°35′08.9″E", (475121944, 345858056, 4)),
        ("47°30'44\"S 34°35'09\"W", (-475122222, -345858333, 31)),
        ("47°30'N 34°35'E", (475000000, 345833333, 1856)),
    ],
)
def test_a_place_is_read_as_typed(text: str, expected: tuple[int, int, int]) -> None:
    assert parse_place(text).to_cbor() == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PLACE-FORMAT"),
        ("47.5122", "PLACE-FORMAT"),
        ("47.5122N 34.5858", "PLACE-FORMAT"),
        ("47.5122 34.5858E", "PLACE-FORMAT"),
        ("-47.5122N 34.5858E", "PLACE-FORMAT"),
        ("34.5858E 47.5122N", "PLACE-FORMAT"),
        ("47.5122С 34.5858E", "PLACE-FORMAT"),  # a Cyrillic С: north in Russian, looks like south
        ("47,5122 34,5858", "PLACE-FORMAT"),
        ("47,51", "PLACE-FORMAT"),
        ("47.512234.5858", "PLACE-FORMAT"),
        ("47°30", "PLACE-FORMAT"),
        ("47° 30", "PLACE-FORMAT"),
        ("47°60'00\"N 34°35'08\"E", "PLACE-FORMAT"),
        ("47°30'60\"N 34°35'08\"E", "PLACE-FORMAT"),
        ("1e3 34", "PLACE-FORMAT"),
        ("nan inf", "PLACE-FORMAT"),
        ("４７.5 34.5", "PLACE-FORMAT"),
        ("47.5122 34.5858\0", "PLACE-FORMAT"),
        pytest.param("47.5122 34.5858" + "0" * 10**6, "PLACE-FORMAT", id="huge"),
        ("90.00000001 0", "PLACE-RANGE"),
        ("147.5122 34.5858", "PLACE-RANGE"),
        ("47.5122 180.0000001", "PLACE-RANGE"),
        ("36TXT194036330", "PLACE-GRID"),
        ("36ZXT1940363304", "PLACE-GRID"),
        ("61TXT1940363304", "PLACE-GRID"),
        ("36TAA1940363304", "PLACE-GRID"),
        ("TXT1940363304", "PLACE-GRID"),
        ("1CAA0000000000", "PLACE-GRID"),  # the square lies outside its latitude band
        ("36TIT1940363304", "PLACE-FORMAT"),
        ("36ТXT1940363304", "PLACE-FORMAT"),  # a Cyrillic Т
        ("36TXT194036330499", "PLACE-FORMAT"),
    ],
)
def test_a_place_that_cannot_be_read_is_refused(text: str, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        parse_place(text)
    assert caught.value.code == code


@given(text=st.text(alphabet="0123456789.,-+ °'\"NSEWTXZAB", max_size=30))
@example(text="ZAA")
@example(text="0AAA")
def test_any_text_gives_a_place_or_a_typed_error(text: str) -> None:
    with suppress(LocalError):
        assert place_from_cbor(parse_place(text).to_cbor())


@given(place=PLACES)
def test_degrees_are_read_back_within_their_precision(place: Place) -> None:
    again = parse_place(degrees_text(place))
    assert again.precision_m <= place.precision_m
    assert distance_m(place, again) <= place.precision_m
    assert degrees_text(again) == degrees_text(place)


def test_degrees_bear_as_many_decimals_as_the_precision() -> None:
    assert degrees_text(at(47.5122, 34.5858, 12)) == "47.5122N 34.5858E"
    assert degrees_text(at(-47.5122, -34.5858, 1200)) == "47.51S 34.59W"
    assert degrees_text(at(47.5122, 34.5858, 0)) == "47.5122000N 34.5858000E"


# --- the Military Grid, against an independent projection ---


def _krueger(lat_deg: float, lon_deg: float, zone: int) -> tuple[float, float]:
    """UTM easting and northing by the series of Krueger (1912) to n^3, written for this test alone."""
    f = 1 / 298.257223563
    n = f / (2 - f)
    radius = 6378137 / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16, 13 * n**2 / 48 - 3 * n**3 / 5, 61 * n**3 / 240)
    phi, lam = math.radians(lat_deg), math.radians(lon_deg - (6 * zone - 183))
    c = 2 * math.sqrt(n) / (1 + n)
    t = math.sinh(math.atanh(math.sin(phi)) - c * math.atanh(c * math.sin(phi)))
    xi, eta = math.atan2(t, math.cos(lam)), math.atanh(math.sin(lam) / math.hypot(1, t))
    east, north = eta, xi
    for k, a in enumerate(alpha, start=1):
        east += a * math.cos(2 * k * xi) * math.sinh(2 * k * eta)
        north += a * math.sin(2 * k * xi) * math.cosh(2 * k * eta)
    return 500_000 + 0.9996 * radius * east, (0 if lat_deg >= 0 else 10_000_000) + 0.9996 * radius * north


def test_the_plant_stands_in_its_square() -> None:
    assert mgrs_text(PLANT) == "36TXT1940363304"
    assert mgrs_text(PLANT, spaced=True) == "36T XT 19403 63304"
    east, north = _krueger(47.5122, 34.5858, 36)
    assert (math.floor(east) % 100_000, math.floor(north) % 100_000) == (19403, 63304)


def test_the_grid_reference_of_the_reference_pages_is_the_same_plant() -> None:
    assert read_back(PLANT, parse_place("36TXT1940363270")).distance_m == 34


@given(lat=st.floats(-79.9, 83.9), lon=st.floats(-180, 179.99))
def test_grid_digits_agree_with_an_independent_projection(lat: float, lon: float) -> None:
    place = at(lat, lon)
    text = mgrs_text(place)
    east, north = _krueger(place.lat_deg, place.lon_deg, int(text[:2]))
    for digits, metres in ((text[5:10], east), (text[10:], north)):
        # A metre either way: a place on a cell's edge may fall to both sides in two ways of reckoning.
        off = (int(digits) + 0.5 - metres + 50_000) % 100_000 - 50_000
        assert abs(off) <= 0.6


@given(place=PLACES)
@example(place=at(90, 0))
@example(place=at(-90, 0))
@example(place=at(84, 0))
@example(place=at(84.0001, 179.9999))
@example(place=at(-80.0001, -180))
@example(place=at(0, 180))
@example(place=at(0, -180))
@example(place=at(60, 5))  # south-west Norway's wide zone
@example(place=at(76, 20))  # Svalbard's zones
def test_a_place_lies_in_the_cell_it_is_named_by_also_at_the_poles(place: Place) -> None:
    again = parse_place(mgrs_text(place))
    assert again.precision_m == 1
    assert distance_m(place, again) < 1.5


@pytest.mark.parametrize(
    ("text", "precision_m"),
    [("36TXT", 100_000), ("36TXT16", 10_000), ("36TXT1963", 1_000), ("36TXT194633", 100), ("36TXT19406330", 10)],
)
def test_fewer_digits_name_the_middle_of_a_larger_cell(text: str, precision_m: int) -> None:
    place = parse_place(text)
    assert place.precision_m == precision_m
    assert distance_m(place, PLANT) <= precision_m * 0.7072 * 1.001
    assert mgrs_text(PLANT, digits=(len(text) - 5) // 2) == text


@pytest.mark.parametrize("text", ["36TXT1940363304", "36txt1940363304", "36T XT 19403 63304", "36 TXT 1940363304"])
def test_blanks_and_case_of_a_grid_reference_do_not_matter(text: str) -> None:
    assert parse_place(text).to_cbor() == (475122022, 345858060, 1)


def test_polar_squares_are_spaced_and_read_back() -> None:
    assert mgrs_text(at(-90, 0), spaced=True) == "B AN 00000 00000"
    assert distance_m(parse_place("B AN 00000 00000"), at(-90, 0)) < 1


@pytest.mark.parametrize("digits", [-1, 6, True, 2.0])
def test_digits_of_the_grid_are_bounded(digits: Any) -> None:
    with pytest.raises(LocalError, match="PLACE-RANGE"):
        mgrs_text(PLANT, digits=digits)


# --- measuring ---


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        (at(0, 0), at(0, 1), 111_319.491),  # a degree of the equator: pi * 6378137 / 180
        (at(0, 0), at(90, 0), 10_001_965.729),  # the quarter meridian of WGS 84
        (at(90, 0), at(-90, 0), 20_003_931.459),  # pole to pole
        (at(0, 179.5), at(0, -179.5), 111_319.491),  # across the antimeridian
        (at(0, 180), at(0, -180), 0),  # both signs name it
        (at(90, 0), at(90, 120), 0),  # every longitude meets at the pole
        (at(40.6, -73.8), at(51.6, -0.5), 5_551_759.400),  # the worked example of geographiclib's documentation
    ],
)
def test_distance(a: Place, b: Place, metres: float) -> None:
    assert distance_m(a, b) == pytest.approx(metres, abs=0.001)


@given(a=PLACES, b=PLACES)
def test_distance_is_the_same_both_ways(a: Place, b: Place) -> None:
    assert distance_m(a, b) == pytest.approx(distance_m(b, a), abs=1e-5)
    assert 0 <= bearing_deg(a, b) < 360


@pytest.mark.parametrize(
    ("a", "b", "bearing", "point"),
    [
        (at(0, 0), at(1, 0), 0, "N"),
        (at(0, 0), at(0, 1), 90, "E"),
        (at(1, 0), at(0, 0), 180, "S"),
        (at(0, 0), at(0, -1), 270, "W"),
        (at(0, 179.9), at(0, -179.9), 90, "E"),
        (PLANT, PLANT, 0, "N"),
    ],
)
def test_bearing(a: Place, b: Place, bearing: float, point: str) -> None:
    assert bearing_deg(a, b) == pytest.approx(bearing)
    assert compass_point(bearing_deg(a, b)) == point


@pytest.mark.parametrize(
    ("bearing", "point"),
    [
        (0, "N"),
        (11.2, "N"),
        (11.3, "NNE"),
        (45, "NE"),
        (202.5, "SSW"),
        (348.7, "NNW"),
        (348.8, "N"),
        (360, "N"),
        (-90, "W"),
    ],
)
def test_compass_point(bearing: float, point: str) -> None:
    assert compass_point(bearing) == point


def test_read_back_warns_above_the_limit() -> None:
    assert read_back(PLANT, PLANT) == ReadBack(distance_m=0, within=True)
    near, far = at(47.5166, 34.5858), at(47.5168, 34.5858)
    assert read_back(PLANT, near) == ReadBack(distance_m=490, within=True)
    assert read_back(PLANT, far) == ReadBack(distance_m=512, within=False)
    assert read_back(PLANT, far, warn_m=512).within


@given(a=PLACES, b=PLACES)
def test_read_back_never_shows_less_than_the_distance(a: Place, b: Place) -> None:
    shown = read_back(a, b)
    assert shown.distance_m >= distance_m(a, b)
    assert shown.within == (shown.distance_m <= 500)


def _swapped(place: Place) -> Place:
    return Place(lat_e7=place.lon_e7, lon_e7=place.lat_e7, precision_m=place.precision_m)


def test_swapped_axes_are_pointed_out() -> None:
    given_place = at(34.5858, 47.5122)
    assert swap_suspicion(given_place, PLANT) == PLANT
    assert swap_suspicion(PLANT, PLANT) is None
    assert swap_suspicion(at(47.6, 34.7), PLANT) is None
    assert swap_suspicion(at(10, 120), PLANT) is None


@given(place=PLACES.filter(lambda p: abs(p.lon_e7) <= LAT_E7_MAX and distance_m(p, _swapped(p)) > 500))
def test_every_swap_that_moves_a_place_is_pointed_out(place: Place) -> None:
    assert swap_suspicion(_swapped(place), place) == place


# --- areas ---

TRIANGLE = (at(47, 34), at(47, 35), at(48, 34))


@pytest.mark.parametrize(
    ("area", "value"),
    [
        (Circle(centre=PLANT, radius_m=5000), ("CIRCLE", (475122000, 345858000, 1), 5000)),
        (
            Polygon(vertices=TRIANGLE),
            ("POLYGON", ((470000000, 340000000, 1), (470000000, 350000000, 1), (480000000, 340000000, 1))),
        ),
        (
            Route(points=TRIANGLE[:2], width_m=2000),
            ("ROUTE", ((470000000, 340000000, 1), (470000000, 350000000, 1)), 2000),
        ),
        (
            Polygon(vertices=(at(1, 179), at(-1, 179), at(-1, -179), at(1, -179))),
            ("POLYGON", tuple(at(lat, lon).to_cbor() for lat, lon in ((1, 179), (-1, 179), (-1, -179), (1, -179)))),
        ),
    ],
)
def test_an_area_survives_the_wire(area: Circle | Polygon | Route, value: object) -> None:
    assert area.to_cbor() == value
    assert area_from_cbor(value) == area


RING = tuple(at(47 + i / 1000, 34) for i in range(VERTICES_MAX + 1))


@pytest.mark.parametrize(
    "value",
    [
        None,
        (),
        ("CIRCLE",),
        ["CIRCLE", PLANT.to_cbor(), 5],
        ("SQUARE", PLANT.to_cbor(), 5),
        (b"CIRCLE", PLANT.to_cbor(), 5),
        ("CIRCLE", PLANT.to_cbor(), 0),
        ("CIRCLE", PLANT.to_cbor(), RADIUS_M_MAX + 1),
        ("CIRCLE", PLANT.to_cbor(), True),
        ("CIRCLE", PLANT.to_cbor(), "5"),
        ("CIRCLE", (LAT_E7_MAX + 1, 0, 1), 5),
        ("CIRCLE", PLANT.to_cbor(), 5, 6),
        ("POLYGON", None),
        ("POLYGON", ()),
        ("POLYGON", "abc"),
        ("POLYGON", (PLANT.to_cbor(),)),
        ("POLYGON", tuple(p.to_cbor() for p in TRIANGLE[:2])),
        ("POLYGON", tuple(p.to_cbor() for p in (*TRIANGLE, TRIANGLE[0]))),
        ("POLYGON", ((470000000, 340000000, 1), (470000000, 340000000, 2), (480000000, 340000000, 1))),
        ("POLYGON", (at(0, 0).to_cbor(), at(0, 90).to_cbor(), at(1, 0).to_cbor())),
        ("POLYGON", tuple(p.to_cbor() for p in RING)),
        ("ROUTE", tuple(p.to_cbor() for p in TRIANGLE)),
        ("ROUTE", (PLANT.to_cbor(),), 5),
        ("ROUTE", (PLANT.to_cbor(), PLANT.to_cbor()), 5),
        ("ROUTE", tuple(p.to_cbor() for p in TRIANGLE), 0),
        ("ROUTE", tuple(p.to_cbor() for p in RING), 5),
        ("ROUTE", tuple(at(0, lon).to_cbor() for lon in (0, 100, -160, -60)), 5),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_area_outside_its_bounds_is_the_peers_error(value: object) -> None:
    with pytest.raises(PeerError, match="PEER-PLACE"):
        area_from_cbor(value)


def test_an_area_outside_its_bounds_is_our_officers_error_here() -> None:
    with pytest.raises(LocalError, match="AREA-VALUE"):
        Circle(centre=PLANT, radius_m=0)
    with pytest.raises(LocalError, match="AREA-VALUE"):
        Polygon(vertices=TRIANGLE[:2])
    with pytest.raises(LocalError, match="AREA-VALUE"):
        Route(points=TRIANGLE, width_m=0)


def test_the_largest_areas_are_taken() -> None:
    assert len(Polygon(vertices=RING[:-1]).vertices) == VERTICES_MAX
    assert len(Route(points=RING[:-1], width_m=1).points) == VERTICES_MAX
    edge = at(0, (EXTENT_M_MAX - 1) / 111_319.4908)
    assert Polygon(vertices=(at(0, 0), edge, at(1, 0))).vertices[1] == edge
