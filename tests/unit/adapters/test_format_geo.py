"""A geometry is a checked shape or a typed refusal; swapped axes are found by the region they should lie in."""

from __future__ import annotations

import math
from time import process_time
from typing import Any

import pytest

from armslength.adapters import format_geo
from armslength.adapters.format_geo import (
    REPAIRED,
    Geometry,
    LineString,
    MultiPolygon,
    Placemark,
    Point,
    Polygon,
    Region,
    read_geometry,
    read_kml,
    swap_suspicion,
)
from armslength.core.errors import LocalError
from builders.sheets import archive

UKRAINE = Region(south_deg=44, west_deg=22, north_deg=52.5, east_deg=40.3)
SQUARE = [[30, 50], [31, 50], [31, 51], [30, 51], [30, 50]]
HOLE = [[30.2, 50.2], [30.4, 50.2], [30.4, 50.4], [30.2, 50.2]]
BOW = [[30, 50], [31, 51], [31, 50], [30, 51], [30, 50]]
FLAT = [[30, 50], [31, 50], [32, 50], [30, 50]]


def geometry(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def ring(positions: list[list[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(lon), float(lat)) for lon, lat in positions)


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (geometry("Point", [34.5858, 47.5122]), Point(lat_deg=47.5122, lon_deg=34.5858)),
        (geometry("Point", [180, -90, 20.5]), Point(lat_deg=-90, lon_deg=180)),
        (geometry("LineString", [[30, 50], [31, 50]]), LineString(points=((30, 50), (31, 50)))),
        (geometry("Polygon", [SQUARE, HOLE]), Polygon(outer=ring(SQUARE), holes=(ring(HOLE),))),
        (geometry("MultiPolygon", [[SQUARE], [HOLE]]), None),
    ],
)
def test_a_geometry_becomes_plain_values(value: Any, shape: Any) -> None:
    expected = shape or MultiPolygon(polygons=(Polygon(outer=ring(SQUARE)), Polygon(outer=ring(HOLE))))
    assert read_geometry(value) == Geometry(shape=expected)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "GEOMETRY-KIND"),
        ([], "GEOMETRY-KIND"),
        ({}, "GEOMETRY-KIND"),
        ({"type": ["Point"]}, "GEOMETRY-KIND"),
        (geometry("GeometryCollection", []), "GEOMETRY-KIND"),
        (geometry("MultiPoint", [[1, 2]]), "GEOMETRY-KIND"),
        (geometry("Point", None), "GEOMETRY-FORM"),
        (geometry("Point", [1]), "GEOMETRY-FORM"),
        (geometry("Point", ["30", "50"]), "GEOMETRY-FORM"),
        (geometry("Point", [True, False]), "GEOMETRY-FORM"),
        (geometry("Point", [30, None]), "GEOMETRY-FORM"),
        (geometry("Point", [1, 2, 3, 4, 5]), "GEOMETRY-FORM"),
        (geometry("Point", [30, 91]), "GEOMETRY-RANGE"),
        (geometry("Point", [181, 50]), "GEOMETRY-RANGE"),
        (geometry("Point", [float("nan"), 50]), "GEOMETRY-RANGE"),
        (geometry("Point", [10**18, 50]), "GEOMETRY-RANGE"),
        (geometry("Point", [512345.0, 5654321.0]), "GEOMETRY-RANGE"),
        (geometry("LineString", [[30, 50]]), "GEOMETRY-FORM"),
        (geometry("LineString", [[30, 50], [30, 50]]), "GEOMETRY-FORM"),
        (geometry("LineString", "x"), "GEOMETRY-FORM"),
        (geometry("LineString", [[30, 50]] * 50_001), "GEOMETRY-SIZE"),
        (geometry("Polygon", []), "GEOMETRY-FORM"),
        (geometry("Polygon", {}), "GEOMETRY-FORM"),
        (geometry("Polygon", [[]]), "GEOMETRY-RING"),
        (geometry("Polygon", [SQUARE[:4]]), "GEOMETRY-RING"),
        (geometry("Polygon", [[[30, 50], [31, 50], [30, 50]]]), "GEOMETRY-RING"),
        (geometry("Polygon", [[]] * 50_001), "GEOMETRY-SIZE"),
        (geometry("Polygon", [SQUARE] * 20_001), "GEOMETRY-SIZE"),
        (geometry("Polygon", [BOW]), "GEOMETRY-CROSSES"),
        (geometry("Polygon", [FLAT]), "GEOMETRY-CROSSES"),
        (geometry("Polygon", [HOLE, SQUARE]), "GEOMETRY-CROSSES"),
        (geometry("MultiPolygon", []), "GEOMETRY-FORM"),
        (geometry("MultiPolygon", [[SQUARE]] * 1_001), "GEOMETRY-SIZE"),
        (geometry("MultiPolygon", [[SQUARE], [BOW]]), "GEOMETRY-CROSSES"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_geometry_that_is_not_right_is_refused(value: Any, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        read_geometry(value)
    assert caught.value.code == code


def test_an_outline_that_crosses_itself_is_repaired_when_asked_and_said_so() -> None:
    found = read_geometry(geometry("Polygon", [BOW]), repair=True)
    assert found.notes == (REPAIRED,)
    assert isinstance(found.shape, MultiPolygon)
    assert len(found.shape.polygons) == 2
    assert all(each.outer[0] == each.outer[-1] for each in found.shape.polygons)
    whole = read_geometry(geometry("Polygon", [SQUARE]), repair=True)
    assert (whole.notes, type(whole.shape)) == ((), Polygon)
    with pytest.raises(LocalError, match="GEOMETRY-CROSSES"):
        read_geometry(geometry("Polygon", [FLAT]), repair=True)


@pytest.mark.parametrize("points", [100, 250, 10_000])
def test_an_outline_made_to_cost_time_is_not_repaired(points: int) -> None:
    # A star, of which every edge crosses almost every other one.
    outline = [[30 + math.cos(3 * turn), 48 + math.sin(3 * turn)] for turn in range(points)]
    began = process_time()
    with pytest.raises(LocalError, match="GEOMETRY-CROSSES"):
        read_geometry(geometry("Polygon", [[*outline, outline[0]]]), repair=True)
    assert process_time() - began < 60  # without its bound it takes minutes


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        (47.5122, 34.5858, None),
        (34.5858, 47.5122, "the axes seem swapped"),
        (48.617886, 48.617886, "a copy of the other"),
        (0.0, 0.0, "a copy of the other"),
        (48.85, 2.35, "outside the region."),
    ],
)
def test_swapped_and_copied_axes_are_found_by_the_region(lat: float, lon: float, said: str | None) -> None:
    found = swap_suspicion(lat, lon, UKRAINE)
    assert (found is None) == (said is None)
    assert said is None or said in str(found)


def test_a_region_may_cross_the_antimeridian() -> None:
    fiji = Region(south_deg=-21, west_deg=177, north_deg=-12, east_deg=-178)
    assert [fiji.holds(-17, lon) for lon in (178, -179, 0)] == [True, True, False]


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>ЗАЕС</name><description>&lt;script&gt;alert(1)&lt;/script&gt;</description>
<ExtendedData><Data name="id"><value>7</value></Data><SchemaData><SimpleData name="kind">NPP</SimpleData></SchemaData>
</ExtendedData><Point><coordinates> 34.5858,47.5122,22 </coordinates></Point></Placemark>
<NetworkLink><Link><href>http://192.0.2.1/more.kml</href></Link></NetworkLink>
{more}</Folder></Document></kml>"""
RING = "<LinearRing><coordinates>{}</coordinates></LinearRing>"


def ring_text(positions: list[list[float]]) -> str:
    return RING.format(" ".join(f"{lon},{lat}" for lon, lat in positions))


def polygon_text(outer: list[list[float]], *holes: list[list[float]]) -> str:
    inner = "".join(f"<innerBoundaryIs>{ring_text(hole)}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{ring_text(outer)}</outerBoundaryIs>{inner}</Polygon>"


def kml(*shapes: str) -> bytes:
    return KML.format(more="".join(f"<Placemark>{shape}</Placemark>" for shape in shapes)).encode()


def test_places_of_a_map_are_read_and_its_links_are_not_followed() -> None:
    first, link = read_kml(kml())
    assert first == Placemark(
        number=1,
        name="ЗАЕС",
        properties={"description": "<script>alert(1)</script>", "id": "7", "kind": "NPP"},
        geometry=Geometry(shape=Point(lat_deg=47.5122, lon_deg=34.5858)),
    )
    assert not isinstance(link, Placemark)
    assert (link.row, link.code) == (2, "ROW-VALUE")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("<LineString><coordinates>30,50 31,50,7</coordinates></LineString>", LineString(points=((30, 50), (31, 50)))),
        (ring_text(SQUARE), Polygon(outer=ring(SQUARE))),
        (polygon_text(SQUARE, HOLE), Polygon(outer=ring(SQUARE), holes=(ring(HOLE),))),
        (f"<MultiGeometry>{polygon_text(SQUARE)}</MultiGeometry>", Polygon(outer=ring(SQUARE))),
        (
            f"<MultiGeometry>{polygon_text(SQUARE)}{polygon_text(HOLE)}</MultiGeometry>",
            MultiPolygon(polygons=(Polygon(outer=ring(SQUARE)), Polygon(outer=ring(HOLE)))),
        ),
    ],
)
def test_shapes_of_a_map_become_the_same_values(text: str, shape: Any) -> None:
    *_, last = read_kml(kml(text))
    assert isinstance(last, Placemark)
    assert last.geometry == Geometry(shape=shape)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "GEOMETRY-KIND"),
        ("<Model/>", "GEOMETRY-KIND"),
        ("<MultiGeometry><MultiGeometry/></MultiGeometry>", "GEOMETRY-KIND"),
        (f"<MultiGeometry><Point/>{polygon_text(SQUARE)}</MultiGeometry>", "GEOMETRY-KIND"),
        (f"<MultiGeometry>{polygon_text(SQUARE) * 1_001}</MultiGeometry>", "GEOMETRY-SIZE"),
        ("<Point/>", "GEOMETRY-FORM"),
        ("<Point><coordinates>30,50 31,50</coordinates></Point>", "GEOMETRY-FORM"),
        ("<Point><coordinates>30, 50</coordinates></Point>", "GEOMETRY-FORM"),
        ("<Point><coordinates>nan,50</coordinates></Point>", "GEOMETRY-FORM"),
        ("<Point><coordinates>1e1,50</coordinates></Point>", "GEOMETRY-FORM"),
        ("<Point><coordinates>٣٠,50</coordinates></Point>", "GEOMETRY-FORM"),
        ("<Point><coordinates>30,95</coordinates></Point>", "GEOMETRY-RANGE"),
        ("<Polygon/>", "GEOMETRY-FORM"),
        (polygon_text(SQUARE[:4]), "GEOMETRY-RING"),
        (polygon_text(BOW), "GEOMETRY-CROSSES"),
    ],
)
def test_a_place_that_is_not_right_is_refused_with_its_number(text: str, code: str) -> None:
    *_, last = read_kml(kml(text))
    assert not isinstance(last, Placemark)
    assert (last.row, last.code) == (3, code)


def test_a_repaired_place_says_so() -> None:
    *_, last = read_kml(kml(polygon_text(BOW)), repair=True)
    assert isinstance(last, Placemark)
    assert last.geometry.notes == (REPAIRED,)


@pytest.mark.parametrize("members", [{"doc.kml": kml(), "files/a.kml": b""}, {"sites.KML": kml(), "a.png": b""}])
def test_a_packed_map_is_read_by_its_main_document(members: dict[str, bytes]) -> None:
    assert len(list(read_kml(archive(members)))) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<gpx/>", "FILE-FORMAT"),
        (b"", "FILE-FORMAT"),
        (b'<!DOCTYPE kml [<!ENTITY a "b">]>' + kml(), "FILE-XML-ENTITY"),
        (archive({"a.kml": kml(), "b.kml": kml()}), "FILE-MEMBER"),
        (archive({"a.png": b""}), "FILE-MEMBER"),
        (archive({"doc.kml": b" " * (17 << 20)}), "FILE-TOO-LARGE"),
        (archive({"doc.kml": kml()})[:-30], "FILE-PACKED"),
    ],
)
def test_what_is_no_map_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        list(read_kml(data))
    assert caught.value.code == code


def test_the_number_of_places_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_geo, "PLACEMARKS_MAX", 1)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        read_kml(kml())
