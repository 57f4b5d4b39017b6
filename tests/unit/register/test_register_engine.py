"""The engine gives the answers of Karney's geodesic, in bulk and one at a time, whatever the kernel and the place."""

from __future__ import annotations

import csv
import gzip
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon as Area

from armslength.core.errors import LocalError
from armslength.register.engine import Engine
from armslength.register.kernel import INSIDE, POSSIBLY
from armslength.register.zones import Circle, Corridor, Polygon, Zone, ZoneSet
from builders.shared_data import shared_data
from builders.zone_oracle import F64, KARNEY, Shape, answers, circle_distances, joined, points_of, sides, star

KERNELS = ("numpy", "numba")
MILLIMETRE = 1e-3


# --- circles against Karney -------------------------------------------------------------------------------------------


def circles(where: str, rng: np.random.Generator, number: int) -> tuple[F64, F64, F64]:
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, number))), rng.uniform(-180, 180, number)
    radius = 10 ** rng.uniform(0, 5.69, number)
    if where == "poles":
        lat = rng.choice([-1, 1], number) * (90 - 10 ** rng.uniform(-6, 0.7, number))
        lat[:4], lat[4:8] = 90.0, -90.0
    if where == "antimeridian":
        lat, lon = rng.uniform(-5, 5, number), 180.0 + rng.normal(0, 1, number) * 10 ** rng.uniform(-6, 0, number)
        lon = np.mod(lon + 180.0, 360.0) - 180.0
        lon[:4], lon[4:8] = 180.0, -180.0
    if where == "one spot":
        lat, lon = 48 + rng.normal(0, 0.01, number), 35 + rng.normal(0, 0.01, number)
        radius = 10 ** rng.uniform(-3, 3, number)
        radius[:3] = 0.0
    return lat, lon, radius


def points_about(rng: np.random.Generator, lat: F64, lon: F64, radius: F64, number: int) -> tuple[F64, F64]:
    """A third on an edge within a hair, a third about it, a third anywhere; the first are centres themselves."""
    zone = rng.integers(0, len(lat), number)
    hair = 1 + rng.choice([-1, 1], number) * 10 ** rng.uniform(-12, 0, number)
    share = np.where(np.arange(number) % 3, hair, rng.uniform(0, 2, number))
    to_lon, to_lat, _ = KARNEY.fwd(lon[zone], lat[zone], rng.uniform(0, 360, number), radius[zone] * share)
    to_lat[:10], to_lon[:10] = lat[:10], lon[:10]
    return to_lat, to_lon


@pytest.mark.parametrize(
    ("where", "doubt_m"),
    [
        *(("anywhere", doubt) for doubt in (0.0, 300.0)),
        *(("poles", doubt) for doubt in (0.0, 300.0, 400_000.0)),
        *(("antimeridian", doubt) for doubt in (0.0, 300.0)),
        *(("one spot", doubt) for doubt in (0.0, 300.0)),
    ],
)
def test_circles_are_answered_as_karney_does(where: str, doubt_m: float) -> None:
    rng = np.random.default_rng(7)
    centre_lat, centre_lon, radius = circles(where, rng, 60)
    lat, lon = points_about(rng, centre_lat, centre_lon, radius, 200)
    doubt = rng.uniform(0, doubt_m, len(lat)) if doubt_m else np.zeros(len(lat))
    metres = circle_distances(lat, lon, centre_lat, centre_lon)
    wanted = answers(metres, doubt, radius)
    off = np.minimum(np.abs(metres + doubt[:, None] - radius), np.abs(metres - doubt[:, None] - radius))
    for kernel in KERNELS:
        for pad in (0.0, 300.0):
            engine = Engine(ZoneSet.circles(centre_lat, centre_lon, radius), kernel=kernel, uncertainty_m_max=pad)
            wrong = joined(engine, lat, lon, doubt) != wanted
            assert off[wrong].max(initial=0.0) < MILLIMETRE
    assert (wanted > 0).sum() > 50


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_edge_belongs_to_the_zone(kernel: str) -> None:
    # A whole number of metres along the equator and along a meridian, and nothing at all.
    east, _, _ = KARNEY.fwd(34.0, 0.0, 90.0, 5_000.0)
    metres = circle_distances(np.zeros(1), np.array([east]), np.zeros(1), np.array([34.0]))[0, 0]
    engine = Engine(ZoneSet.circles(np.array([0.0, 0.0]), np.array([34.0, east]), np.array([metres, 0.0])), kernel)
    assert [(hit.zone, hit.answer) for hit in engine.probe(0.0, float(east))] == [(0, INSIDE), (1, INSIDE)]


@settings(max_examples=40)
@given(
    st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 500_000), st.floats(0, 360), st.floats(0, 2),
    st.one_of(st.just(0.0), st.floats(0, 500_000)),
)  # fmt: skip
def test_one_point_and_one_circle_anywhere(
    lat: float, lon: float, radius: float, azimuth: float, share: float, doubt: float
) -> None:
    to_lon, to_lat, _ = KARNEY.fwd(lon, lat, azimuth, radius * share)
    metres = KARNEY.inv(lon, lat, to_lon, to_lat)[2]
    hits = Engine(ZoneSet.circles(np.array([lat]), np.array([lon]), np.array([radius])), "numpy").probe(
        to_lat, to_lon, doubt
    )
    answer = hits[0].answer if hits else 0
    near_edge = min(abs(metres + doubt - radius), abs(metres - doubt - radius)) < MILLIMETRE
    wanted = INSIDE if metres + doubt <= radius else POSSIBLY if metres - doubt <= radius else 0
    assert answer == wanted or near_edge
    if hits:
        assert math.isclose(hits[0].distance_m, metres, abs_tol=1e-5)


# --- corridors and polygons -------------------------------------------------------------------------------------------


def shape(rng: np.random.Generator, number: int, lat: float, lon: float) -> Shape:
    """A corridor, or a polygon with a hole, with and without a buffer."""
    size = 10 ** rng.uniform(2.5, 5.0)
    ring = star(rng, lat, lon, size, int(rng.integers(4, 24)))
    reach = [0.0, size / 5, 3.0, 10 ** rng.uniform(0, 4)][number % 4]
    if number % 3 == 0:
        line = Corridor(points=points_of(ring), half_width_m=reach + 1.0)
        return Shape(zone=line, borders=sides(ring)[:-1], about_lon=lon)
    middle = np.array(Area(ring).representative_point().coords[0])
    hole = middle + (ring - middle) * 0.03
    holes = [hole] if Area(ring).contains(Area(hole)) else []
    return Shape(
        zone=Polygon(rings=[points_of(part) for part in (ring, *holes)], buffer_m=reach),
        borders=np.concatenate([sides(part) for part in (ring, *holes)]),
        area=Area(ring, holes),
        about_lon=lon,
    )


def points_near(rng: np.random.Generator, shapes: list[Shape], each: int) -> tuple[F64, F64]:
    found = []
    for one in shapes:
        for turn in range(each):
            border = one.borders[rng.integers(len(one.borders))]
            share = rng.random()
            x, y = border[:2] + (border[2:] - border[:2]) * share
            hair = one.reach_m * (1 + rng.choice([-1, 1]) * 10 ** rng.uniform(-8, 0))
            away = hair if turn % 2 else rng.uniform(0, 2_000)
            to_lon, to_lat, _ = KARNEY.fwd(x, y, rng.uniform(0, 360), away)
            found.append((to_lat, to_lon))
    lat, lon = np.array(found).T
    return lat, lon


@pytest.mark.parametrize(("lat", "lon", "doubt_m"), [(50.0, 34.0, 0.0), (-40.0, 180.0, 1_000.0), (83.5, 20.0, 900.0)])
def test_shapes_are_answered_as_a_search_along_their_borders_does(lat: float, lon: float, doubt_m: float) -> None:
    hold_shapes(lat, lon, doubt_m, seed=11, each=2)


@pytest.mark.long
@pytest.mark.parametrize("doubt_m", [0.0, 50.0, 3_000.0])
@pytest.mark.parametrize(("lat", "lon"), [(50.0, 34.0), (-40.0, 180.0), (83.5, 20.0)])
def test_many_shapes_are_answered_as_a_search_along_their_borders_does(lat: float, lon: float, doubt_m: float) -> None:
    for seed in range(2):
        hold_shapes(lat, lon, doubt_m, seed=seed, each=6)


def hold_shapes(lat: float, lon: float, doubt_m: float, seed: int, each: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = [shape(rng, number, lat, lon) for number in range(8)]
    point_lat, point_lon = points_near(rng, shapes, each)
    doubt = rng.uniform(0, doubt_m, len(point_lat)) if doubt_m else np.zeros(len(point_lat))
    signed = np.array(
        [[one.signed_m(*at) for one in shapes] for at in zip(point_lat.tolist(), point_lon.tolist(), strict=True)]
    )
    reach = np.array([one.reach_m for one in shapes])
    wanted = answers(signed, doubt, reach)
    off = np.minimum(np.abs(signed + doubt[:, None] - reach), np.abs(signed - doubt[:, None] - reach))
    zones = ZoneSet.build([one.zone for one in shapes])
    for kernel in KERNELS:
        engine = Engine(zones, kernel=kernel, uncertainty_m_max=doubt_m / 2)
        wrong = joined(engine, point_lat, point_lon, doubt) != wanted
        assert off[wrong].max(initial=0.0) < MILLIMETRE
    for number, at in enumerate(zip(point_lat.tolist(), point_lon.tolist(), strict=True)):
        for hit in engine.probe(*at, float(doubt[number])):
            assert math.isclose(hit.distance_m, max(0.0, signed[number, hit.zone]), abs_tol=MILLIMETRE)


ANTARCTICA = [(-180.0, -90.0), (180.0, -90.0), (180.0, -80.0), (90.0, -70.0), (0.0, -75.0), (-90.0, -70.0), (-180, -80)]
AROUND = [(0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0)]
CUT_WEST = [(170.0, 10.0), (180.0, 10.0), (180.0, 20.0), (170.0, 20.0)]
CUT_EAST = [(-180.0, 10.0), (-170.0, 10.0), (-170.0, 20.0), (-180.0, 20.0)]
UNCUT = [(170.0, 10.0), (-170.0, 10.0), (-170.0, 20.0), (170.0, 20.0)]
BAND = [(-180.0, 60.0), (180.0, 60.0), (180.0, 90.0), (-180.0, 90.0)]


@pytest.mark.parametrize("doubt", [0.0, 5_000.0])
@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize(
    ("rings", "inside", "outside"),
    [
        ([ANTARCTICA], [(-90, 0), (-90, 137), (-89.9, 180), (-85, -180), (-85, 0.0)], [(-65, 0), (90, 0), (-70, 175)]),
        ([AROUND], [(90, 0), (90, -77), (81, -180), (81, 180), (85, -179.99), (81, -45)], [(79, 5), (-90, 0)]),
        ([AROUND[::-1]], [(90, 0), (81, 100), (81, -180)], [(79, 5), (-90, 0)]),
        ([CUT_WEST, CUT_EAST], [(15, 180), (15, -180), (15, 179.9999), (15, -179.9999)], [(15, 169), (25, 180)]),
        ([UNCUT], [(15, 180), (15, -180), (15, 175), (15, -175)], [(15, 169), (15, -169), (15, 0), (25, 180)]),
        ([BAND], [(75, 180), (75, -180), (90, 0), (60.1, 33)], [(59.9, 180), (59.9, 0)]),
    ],
)
def test_polygons_about_the_poles_and_the_antimeridian(
    kernel: str, rings: list[list[tuple[float, float]]], inside: list[tuple[float, float]],
    outside: list[tuple[float, float]], doubt: float,
) -> None:  # fmt: skip
    engine = Engine(ZoneSet.build([Polygon(rings=rings)]), kernel=kernel)
    for lat, lon in inside:
        # Where two halves of one zone meet there is no border, so that a doubt there is none.
        assert [hit[:3] for hit in engine.probe(lat, lon, doubt)] == [(0, INSIDE, 0.0)], (lat, lon)
    for lat, lon in outside:
        assert engine.probe(lat, lon, doubt) == [], (lat, lon)


@pytest.mark.parametrize("kernel", KERNELS)
def test_corners_and_borders_belong_to_a_polygon_and_not_the_inside_of_its_hole(kernel: str) -> None:
    square = [(34.0, 47.0), (34.2, 47.0), (34.2, 47.2), (34.0, 47.2)]
    hole = [(34.05, 47.05), (34.15, 47.05), (34.15, 47.15), (34.05, 47.15)]
    engine = Engine(ZoneSet.build([Polygon(rings=[square, hole])]), kernel=kernel)
    for lon, lat in [*square, *hole, (34.1, 47.0), (34.2, 47.1), (34.1, 47.2), (34.0, 47.1), (34.02, 47.02)]:
        assert len(engine.probe(lat, lon)) == 1, (lat, lon)
    assert engine.probe(47.1, 34.1) == []
    # In the hole and known within a kilometre: the border is 3.8 km away; within ten it may be on either side.
    assert engine.probe(47.1, 34.1, 1_000.0) == []
    assert engine.probe(47.1, 34.1, 10_000.0)[0].answer == POSSIBLY


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_polygon_answers_doubt_by_its_depth(kernel: str) -> None:
    square = Polygon(rings=[[(34.0, 47.0), (34.2, 47.0), (34.2, 47.2), (34.0, 47.2)]])
    buffered = Polygon(rings=square.rings, buffer_m=2_000.0)
    engine = Engine(ZoneSet.build([square, buffered]), kernel=kernel)
    # The middle is 7.6 km from the nearest border.
    assert [hit.answer for hit in engine.probe(47.1, 34.1, 7_500.0)] == [INSIDE, INSIDE]
    assert [hit.answer for hit in engine.probe(47.1, 34.1, 9_000.0)] == [POSSIBLY, INSIDE]
    assert [hit.answer for hit in engine.probe(47.1, 34.1, 9_700.0)] == [POSSIBLY, POSSIBLY]


# --- promises of the interface ----------------------------------------------------------------------------------------


def mixed() -> list[Zone]:
    return [
        Circle(lat_deg=47.5, lon_deg=34.6, radius_m=5_000.0),
        Corridor(points=[(34.0, 47.0), (35.0, 48.0)], half_width_m=1_000.0),
        Polygon(rings=[[(34.5, 47.4), (34.7, 47.4), (34.7, 47.6), (34.5, 47.6)]], buffer_m=500.0),
    ]


def test_both_kernels_give_the_same_blocks_of_answers() -> None:
    rng = np.random.default_rng(5)
    lat, lon = rng.normal(47.5, 0.3, 5_000), rng.normal(34.6, 0.3, 5_000)
    doubt = rng.choice([0.0, 30.0, 900.0, 4_000.0], 5_000)
    tables = [joined(Engine(ZoneSet.build(mixed()), kernel=kernel), lat, lon, doubt) for kernel in KERNELS]
    assert (tables[0] == tables[1]).all()
    assert {0, 1, 2} == set(np.unique(tables[0]).tolist())


@pytest.mark.parametrize("kernel", KERNELS)
def test_many_zones_at_one_place_all_answer_and_blocks_stay_bounded(kernel: str) -> None:
    number = 3_000
    engine = Engine(ZoneSet.circles(np.full(number, 47.5), np.full(number, 34.6), np.full(number, 900.0)), kernel)
    lat, lon = np.full(200, 47.501), np.full(200, 34.6)
    sizes = [len(block.zone) for block in engine.join(lat, lon)]
    assert sum(sizes) == 200 * number
    assert max(sizes) < 200 * number / 2


@pytest.mark.parametrize("kernel", KERNELS)
def test_counts_are_the_pairs_inside_by_group(kernel: str) -> None:
    rng = np.random.default_rng(6)
    lat, lon, group = rng.normal(47.5, 0.2, 900), rng.normal(34.6, 0.2, 900), rng.integers(0, 4, 900)
    engine = Engine(ZoneSet.build(mixed()), kernel)
    table = joined(engine, lat, lon)
    counts = engine.count(lat, lon, group, 4)
    assert counts.dtype == np.int64
    for number in range(4):
        assert counts[:, number].tolist() == (table[group == number] == INSIDE).sum(axis=0).tolist()


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_hit_says_distance_and_bearing_from_the_site_to_the_point(kernel: str) -> None:
    engine = Engine(ZoneSet.build(mixed()), kernel, uncertainty_m_max=100.0)
    hits = engine.probe(47.53, 34.6, 50.0)
    assert [(hit.zone, hit.answer) for hit in hits] == [(0, INSIDE), (2, INSIDE)]
    assert math.isclose(hits[0].distance_m, KARNEY.inv(34.6, 47.5, 34.6, 47.53)[2], abs_tol=1e-5)
    assert hits[0].bearing_deg == 0.0
    assert hits[1][2:] == (0.0, 0.0)
    north = engine.probe(47.602, 34.52)
    assert [hit.zone for hit in north] == [2]
    assert math.isclose(north[0].distance_m, KARNEY.inv(34.52, 47.6, 34.52, 47.602)[2], abs_tol=0.01)
    assert math.isclose(math.cos(math.radians(north[0].bearing_deg)), 1.0, abs_tol=1e-4)


@pytest.mark.parametrize("kernel", KERNELS)
def test_one_probe_is_the_join_of_one_point(kernel: str) -> None:
    rng = np.random.default_rng(9)
    lat, lon, radius = circles("poles", rng, 80)
    engine = Engine(ZoneSet.circles(lat, lon, radius), kernel, uncertainty_m_max=50.0)
    at_lat, at_lon = points_about(rng, lat, lon, radius, 60)
    table = joined(engine, at_lat, at_lon, 20.0)
    for number, at in enumerate(zip(at_lat.tolist(), at_lon.tolist(), strict=True)):
        hits = engine.probe(*at, 20.0)
        assert [(hit.zone, hit.answer) for hit in hits] == [(z, a) for z, a in enumerate(table[number].tolist()) if a]


def test_no_zones_and_no_points_give_no_pairs() -> None:
    none = np.empty(0)
    for kernel in KERNELS:
        empty = Engine(ZoneSet.circles(none, none, none), kernel)
        assert joined(empty, np.array([47.0]), np.array([34.0])).shape == (1, 0)
        assert empty.probe(47.0, 34.0) == []
        assert empty.probe(47.0, 34.0, 500.0) == []
        assert joined(Engine(ZoneSet.build(mixed()), kernel), none, none).shape == (0, 3)


@pytest.mark.parametrize(
    ("lat", "lon", "doubt"),
    [
        (90.1, 0.0, 0.0),
        (math.nan, 0.0, 0.0),
        (0.0, 180.5, 0.0),
        (0.0, math.inf, 0.0),
        (0.0, 0.0, -1.0),
        (0.0, 0.0, math.nan),
        (0.0, 0.0, 600_000.0),
    ],
)
def test_what_is_no_point_is_refused(lat: float, lon: float, doubt: float) -> None:
    engine = Engine(ZoneSet.build(mixed()), "numpy")
    with pytest.raises(LocalError) as caught:
        engine.probe(lat, lon, doubt)
    assert caught.value.code == "PLACE-RANGE"


def test_settings_that_cannot_be_are_refused() -> None:
    zones = ZoneSet.build(mixed())
    with pytest.raises(LocalError) as caught:
        Engine(zones, kernel="fortran")
    assert caught.value.code == "ZONE-KERNEL"
    with pytest.raises(LocalError):
        Engine(zones, uncertainty_m_max=-1.0)
    with pytest.raises(LocalError):
        Engine(zones).count(np.array([47.0]), np.array([34.0]), np.array([4]), 4)


def test_auto_takes_numba_where_it_is_installed_and_numpy_where_not(monkeypatch: pytest.MonkeyPatch) -> None:
    zones = ZoneSet.build(mixed())
    assert Engine(zones).kernel == "numba"
    monkeypatch.setattr("armslength.register.engine.find_spec", lambda _: None)
    assert Engine(zones).kernel == "numpy"
    with pytest.raises(LocalError) as caught:
        Engine(zones, kernel="numba")
    assert caught.value.code == "ZONE-KERNEL"


# --- the reference join -----------------------------------------------------------------------------------------------

RADII = (5_000.0, 10_000.0, 30_000.0)

SETS = {
    "firms_2022": ("firms_min", "firms_ua_2022.csv.gz", "LATITUDE", "LONGITUDE", "ACQ_DATE"),
    "viina_2022": ("viina_infra", "viina_infra_2022.csv.gz", "latitude", "longitude", "date"),
    "ucdp_2014_2019": ("ucdp_ged_ua", "ucdp_ged_ua_open.csv.gz", "latitude", "longitude", "date_start"),
}


def read(name: str) -> tuple[F64, F64, list[str]]:
    folder, file, lat, lon, date = SETS[name]
    with gzip.open(shared_data(folder) / file, "rt", encoding="utf-8", newline="") as text:
        rows = [(row[lat], row[lon], row[date]) for row in csv.DictReader(text) if row[lat][:1] not in ("", "#")]
    months = [date if "-" in date else f"{date[:4]}-{date[4:6]}" for _, _, date in rows]
    return np.array([float(r[0]) for r in rows]), np.array([float(r[1]) for r in rows]), [m[:7] for m in months]


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("name", SETS)
def test_it_reproduces_the_reference_join(name: str, kernel: str) -> None:
    folder = shared_data("reference_join")
    with (folder / "facilities.csv").open(encoding="utf-8") as text:
        facilities = [(row["facility_id"], float(row["lat"]), float(row["lon"])) for row in csv.DictReader(text)]
    with (folder / "counts_point.csv").open(encoding="utf-8") as text:
        wanted = {
            (row["facility_id"], row["month"]): (int(row["r5"]), int(row["r10"]), int(row["r30"]))
            for row in csv.DictReader(text)
            if row["dataset"] == name
        }
    lat, lon, month = read(name)
    months = sorted(set(month))
    place = {text: number for number, text in enumerate(months)}
    zones = ZoneSet.circles(
        np.repeat([f[1] for f in facilities], 3), np.repeat([f[2] for f in facilities], 3), np.tile(RADII, 75)
    )
    counts = Engine(zones, kernel).count(lat, lon, np.array([place[m] for m in month]), len(months))
    found = {
        (facility[0], text): tuple(counts[3 * number : 3 * number + 3, column].tolist())
        for number, facility in enumerate(facilities)
        for column, text in enumerate(months)
        if counts[3 * number + 2, column]
    }
    # Not one of the pairs within 50 m of a radius is judged otherwise, so that none needs to be left out.
    assert found == wanted
    assert len(wanted) > 300
