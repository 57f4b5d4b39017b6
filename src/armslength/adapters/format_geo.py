"""Geometry from outside, GeoJSON and KML or KMZ, as plain values in WGS 84 degrees; every outline is checked.

Both formats write longitude first and so do the values here, except that a point names its axes. Coordinates that were
swapped or copied are numbers like any others: only a region tells them (`swap_suspicion`). A map is data; its pictures,
styles, links to other maps and markup in descriptions are not followed, fetched or run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from armslength.adapters.format_rows import ROW_VALUE, refusal, refused
from armslength.adapters.format_unpack import Archive, OpenFile, open_bytes
from armslength.adapters.format_xml import XML_BYTES_MAX, Element, parse_xml
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from armslength.adapters.format_json import Json
    from armslength.register.importing import RefusedRow

GEOMETRY_POINTS_MAX: Final = 50_000
"""Points of one geometry: a country's border at 100 m has 30,000, the largest site of the real files 230."""

REPAIR_POINTS_MAX: Final = 500
"""Points of an outline that is repaired: finding where it crosses itself may take the square of them."""

REPAIR_CROSSINGS_MAX: Final = 64
"""Crossings of an outline that is repaired: a slip of the hand makes one or two; 15,000 of them take minutes."""

POLYGONS_MAX: Final = 1_000
"""Polygons of one geometry: an archipelago."""

PLACEMARKS_MAX: Final = 20_000
"""Places of one map."""

REPAIRED: Final = "repaired"
"""Note of a geometry whose outline crossed itself; what was made of it may differ from what was meant."""

Position: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, in this order."""

Ring: TypeAlias = tuple[Position, ...]
"""Four or more positions, the last is the first again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One place in degrees."""

    lat_deg: float
    lon_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineString:
    """A line through two or more positions."""

    points: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """An area: its outer ring and the rings of its holes."""

    outer: Ring
    holes: tuple[Ring, ...] = ()

    @property
    def rings(self) -> tuple[Ring, ...]:
        """All rings, the outer one first."""
        return (self.outer, *self.holes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiPolygon:
    """Several areas that are one thing."""

    polygons: tuple[Polygon, ...]


Shape: TypeAlias = Point | LineString | Polygon | MultiPolygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """A shape that was checked, with what was done to it.

    Args:
        shape: the shape.
        notes: words on what a person should look at; `REPAIRED` is the only one yet.
    """

    shape: Shape
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placemark:
    """One place of a map.

    Args:
        number: its place in the document, the first is 1; links to other maps are counted too.
        name: its name, empty when it has none.
        properties: description and extended data by name, as text.
        geometry: its geometry.
    """

    number: int
    name: str
    properties: Mapping[str, str]
    geometry: Geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where places should be: degrees; west is greater than east where the region crosses the antimeridian."""

    south_deg: float
    west_deg: float
    north_deg: float
    east_deg: float

    def holds(self, lat_deg: float, lon_deg: float) -> bool:
        """Tell whether a place lies in the region."""
        if not self.south_deg <= lat_deg <= self.north_deg:
            return False
        if self.west_deg > self.east_deg:
            return lon_deg >= self.west_deg or lon_deg <= self.east_deg
        return self.west_deg <= lon_deg <= self.east_deg


def swap_suspicion(lat_deg: float, lon_deg: float, region: Region) -> str | None:
    """Return what seems wrong with a place's axes as a sentence for a person, None when nothing does.

    Swapped Ukrainian coordinates are lawful ones in Iran, and one axis copied to the other is a lawful place too, so a
    place is judged by the region in which it should lie.
    """
    if lat_deg == lon_deg:
        return f"Latitude and longitude are both {lat_deg}: one axis seems to be a copy of the other."
    if region.holds(lat_deg, lon_deg):
        return None
    if region.holds(lon_deg, lat_deg):
        return f"{lat_deg}, {lon_deg} lies outside the region and {lon_deg}, {lat_deg} inside: the axes seem swapped."
    return f"{lat_deg}, {lon_deg} lies outside the region."


# --- GeoJSON ----------------------------------------------------------------------------------------------------------


def read_geometry(value: Json, *, repair: bool = False) -> Geometry:
    """Return a GeoJSON geometry (RFC 7946, 3.1) as a checked shape.

    Args:
        value: the geometry object as JSON gave it.
        repair: whether an outline that crosses itself is put right, with a note, instead of refused.

    Raises:
        LocalError: GEOMETRY-CROSSES, GEOMETRY-FORM, GEOMETRY-KIND, GEOMETRY-RANGE, GEOMETRY-RING, GEOMETRY-SIZE.
    """
    kind = value.get("type") if isinstance(value, dict) else None
    reader = _KINDS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        got = kind if isinstance(kind, str) else "no geometry"
        raise LocalError("GEOMETRY-KIND", expected=", ".join(_KINDS), got=got)
    return reader(value.get("coordinates"), repair)


def _point(value: Json, _repair: bool) -> Geometry:  # noqa: FBT001 - one signature for all kinds
    lon_deg, lat_deg = _position(value)
    return Geometry(shape=Point(lat_deg=lat_deg, lon_deg=lon_deg))


def _line(value: Json, _repair: bool) -> Geometry:  # noqa: FBT001 - as above
    points = _positions(value)
    if len(set(points)) < 2:
        raise LocalError("GEOMETRY-FORM", expected="a line of two points or more", got=len(set(points)))
    return Geometry(shape=LineString(points=points))


def _polygon(value: Json, repair: bool) -> Geometry:  # noqa: FBT001 - as above
    return _checked([_rings(value)], several=False, repair=repair)


def _multi_polygon(value: Json, repair: bool) -> Geometry:  # noqa: FBT001 - as above
    if not isinstance(value, list) or not value:
        raise LocalError("GEOMETRY-FORM", expected="a list of polygons")
    if len(value) > POLYGONS_MAX:
        raise LocalError("GEOMETRY-SIZE", expected=f"at most {POLYGONS_MAX} polygons", got=len(value))
    return _checked([_rings(each) for each in value], several=True, repair=repair)


_KINDS: Final[Mapping[str, Callable[[Json, bool], Geometry]]] = {
    "Point": _point,
    "LineString": _line,
    "Polygon": _polygon,
    "MultiPolygon": _multi_polygon,
}


def _rings(value: Json) -> list[Ring]:
    if not isinstance(value, list) or not value:
        raise LocalError("GEOMETRY-FORM", expected="a list of rings")
    if len(value) > GEOMETRY_POINTS_MAX:
        raise LocalError("GEOMETRY-SIZE", expected=f"at most {GEOMETRY_POINTS_MAX} rings", got=len(value))
    return [_ring(_positions(each)) for each in value]


def _ring(points: tuple[Position, ...]) -> Ring:
    if len(points) < 4 or points[0] != points[-1]:
        got = f"{len(points)} points, {'closed' if points[:1] == points[-1:] else 'not closed'}"
        raise LocalError("GEOMETRY-RING", expected="at least 4 points, the last as the first", got=got)
    return points


def _positions(value: Json) -> tuple[Position, ...]:
    if not isinstance(value, list):
        raise LocalError("GEOMETRY-FORM", expected="a list of positions")
    if len(value) > GEOMETRY_POINTS_MAX:
        raise LocalError("GEOMETRY-SIZE", expected=f"at most {GEOMETRY_POINTS_MAX} points", got=len(value))
    return tuple(map(_position, value))


def _position(value: Json) -> Position:
    if not isinstance(value, list) or not 2 <= len(value) <= 4 or not all(map(_is_number, value)):
        raise LocalError("GEOMETRY-FORM", expected="a position of longitude, latitude and perhaps height")
    return position(value[0], value[1])


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def position(lon_deg: float, lat_deg: float) -> Position:
    """Return a position whose degrees are of this earth; heights are left aside by those who read them.

    Raises:
        LocalError: GEOMETRY-RANGE.
    """
    # A NaN compares false, so it is refused with the rest.
    if not (-180 <= lon_deg <= 180 and -90 <= lat_deg <= 90):
        raise LocalError("GEOMETRY-RANGE", expected="longitude -180 to 180, latitude -90 to 90", got=(lon_deg, lat_deg))
    return float(lon_deg), float(lat_deg)


# --- outlines ---------------------------------------------------------------------------------------------------------


def _checked(rings: list[list[Ring]], *, several: bool, repair: bool) -> Geometry:
    """Return polygons whose outlines do not cross; each is judged alone, since parts that touch harm nobody."""
    points = sum(len(ring) for polygon in rings for ring in polygon)
    if points > GEOMETRY_POINTS_MAX:
        raise LocalError("GEOMETRY-SIZE", expected=f"at most {GEOMETRY_POINTS_MAX} points", got=points)
    found: list[Polygon] = []
    notes: tuple[str, ...] = ()
    for outer, *holes in rings:
        polygon = Polygon(outer=outer, holes=tuple(holes))
        problem = _problem(polygon)
        if problem is None:
            found.append(polygon)
        elif repair:
            found += _repaired(polygon, problem)
            notes = (REPAIRED,)
        else:
            raise LocalError("GEOMETRY-CROSSES", got=problem)
    shape = MultiPolygon(polygons=tuple(found)) if several or len(found) > 1 else found[0]
    return Geometry(shape=shape, notes=notes)


def _planar(polygon: Polygon) -> Any:  # noqa: ANN401 - the package has no types of its own
    # Loaded only where an outline is read, so that other commands start without it.
    import shapely  # noqa: PLC0415

    return shapely.Polygon(polygon.outer, polygon.holes)


def _problem(polygon: Polygon) -> str | None:
    """Return why the outline's inside is not certain, None when it is."""
    from shapely.validation import explain_validity  # noqa: PLC0415 - as above

    planar = _planar(polygon)
    return None if planar.is_valid else explain_validity(planar)


def _repaired(polygon: Polygon, problem: str) -> list[Polygon]:
    import shapely  # noqa: PLC0415 - as above

    if sum(map(len, polygon.rings)) > REPAIR_POINTS_MAX or _crossings(polygon) > REPAIR_CROSSINGS_MAX:
        expected = f"at most {REPAIR_POINTS_MAX} points and {REPAIR_CROSSINGS_MAX} crossings to repair"
        raise LocalError("GEOMETRY-CROSSES", expected=expected, got=problem)
    made = shapely.make_valid(_planar(polygon))
    parts = [part for part in shapely.get_parts(made) if part.geom_type in {"Polygon", "MultiPolygon"}]
    polygons = [each for part in parts for each in shapely.get_parts(part) if each.area > 0]
    if not polygons:
        raise LocalError("GEOMETRY-CROSSES", expected="an outline with something inside", got=problem)
    return [Polygon(outer=_of(each.exterior), holes=tuple(_of(hole) for hole in each.interiors)) for each in polygons]


def _crossings(polygon: Polygon) -> int:
    import shapely  # noqa: PLC0415 - as above

    edges = shapely.linestrings([edge for ring in polygon.rings for edge in pairwise(ring)])
    pairs = shapely.STRtree(edges).query(edges, predicate="crosses")
    return int(pairs.shape[1]) // 2


def _of(ring: Any) -> Ring:  # noqa: ANN401 - as above
    return tuple((float(lon), float(lat)) for lon, lat in ring.coords)


# --- KML --------------------------------------------------------------------------------------------------------------

_COORDINATES: Final = re.compile(
    r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?),([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)(?:,[+-]?[0-9.eE+-]{1,30})?"
)
_COORDINATES_CHARS_MAX: Final = 80 * GEOMETRY_POINTS_MAX  # characters of one list: a position with height has 50


def read_kml(file: OpenFile | bytes, *, repair: bool = False) -> Iterator[Placemark | RefusedRow]:
    """Return the places of a KML or KMZ file in the document's order.

    Args:
        file: an opened file, or its bytes.
        repair: as for `read_geometry`.

    Raises:
        LocalError: FILE-FORMAT, FILE-MEMBER, FILE-PACKED, FILE-TOO-LARGE, FILE-XML-ENTITY and what the file raises.
    """
    opened = open_bytes(file, "file", unpack=False) if isinstance(file, bytes) else file
    data = opened.whole()
    if data.startswith(b"PK"):
        data = _main_document(Archive(data, opened.name))
    root = parse_xml(data, opened.name)
    if root.name != "kml":
        raise LocalError("FILE-FORMAT", file=opened.name, expected="KML", got=root.name)
    found = [element for element in root.every() if element.name in {"Placemark", "NetworkLink"}]
    if len(found) > PLACEMARKS_MAX:
        raise LocalError("FILE-TOO-LARGE", file=opened.name, expected=f"at most {PLACEMARKS_MAX} places")
    return (_placemark(number, element, repair=repair) for number, element in enumerate(found, start=1))


def _main_document(archive: Archive) -> bytes:
    """Return the document of a KMZ file: doc.kml, or the only one (KML 2.2, annex C)."""
    documents = [name for name in archive.names if name.lower().endswith(".kml")]
    main = "doc.kml" if "doc.kml" in documents or len(documents) != 1 else documents[0]
    held = bytearray()
    for chunk in archive.chunks(main):
        held += chunk
        if len(held) > XML_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=archive.name, expected=f"at most {XML_BYTES_MAX} bytes")
    return bytes(held)


def _placemark(number: int, element: Element, *, repair: bool) -> Placemark | RefusedRow:
    if element.name == "NetworkLink":
        return refused(number, ROW_VALUE, expected="a place", got="a link to another map, which is not followed")
    try:
        geometry = _kml_geometry(element, repair=repair)
    except LocalError as error:
        return refusal(number, error)
    return Placemark(number=number, name=element.value("name"), properties=_properties(element), geometry=geometry)


def _properties(element: Element) -> dict[str, str]:
    found = {"description": element.value("description")} if element.value("description") else {}
    for extended in element.all("ExtendedData"):
        for each in extended.every():
            if each.name == "Data":
                found[each.attributes.get("name", "")] = each.value("value")
            elif each.name == "SimpleData":
                found[each.attributes.get("name", "")] = each.text
    return found


def _kml_geometry(element: Element, *, repair: bool) -> Geometry:
    shapes = [child for child in element.children if child.name in _KML_KINDS]
    if len(shapes) == 1 and shapes[0].name == "MultiGeometry":
        shapes = [child for child in shapes[0].children if child.name in {*_KML_KINDS, "Model"}]
    if len(shapes) > 1 and all(shape.name == "Polygon" for shape in shapes):
        if len(shapes) > POLYGONS_MAX:
            raise LocalError("GEOMETRY-SIZE", expected=f"at most {POLYGONS_MAX} polygons", got=len(shapes))
        return _checked([_kml_rings(shape) for shape in shapes], several=True, repair=repair)
    if len(shapes) != 1 or shapes[0].name in {"MultiGeometry", "Model", "Track", "MultiTrack"}:
        got = " and ".join(sorted({shape.name for shape in shapes})) or "none"
        raise LocalError("GEOMETRY-KIND", expected="one point, line or polygon, or several polygons", got=got)
    return _kml_single(shapes[0], repair=repair)


_KML_KINDS: Final = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track"})


def _kml_single(shape: Element, *, repair: bool) -> Geometry:
    if shape.name == "Polygon":
        return _checked([_kml_rings(shape)], several=False, repair=repair)
    points = _coordinates(shape)
    if shape.name == "LinearRing":
        return _checked([[_ring(points)]], several=False, repair=repair)
    if shape.name == "LineString":
        return _line([list(point) for point in points], _repair=False)
    if len(points) != 1:
        raise LocalError("GEOMETRY-FORM", expected="one position", got=len(points))
    return Geometry(shape=Point(lat_deg=points[0][1], lon_deg=points[0][0]))


def _kml_rings(polygon: Element) -> list[Ring]:
    outer = [ring for boundary in polygon.all("outerBoundaryIs") for ring in boundary.all("LinearRing")]
    inner = [ring for boundary in polygon.all("innerBoundaryIs") for ring in boundary.all("LinearRing")]
    if len(outer) != 1:
        raise LocalError("GEOMETRY-FORM", expected="one outer boundary", got=len(outer))
    return [_ring(_coordinates(ring)) for ring in (*outer, *inner)]


def _coordinates(element: Element) -> tuple[Position, ...]:
    text = element.value("coordinates")
    if len(text) > _COORDINATES_CHARS_MAX:
        raise LocalError("GEOMETRY-SIZE", expected=f"at most {GEOMETRY_POINTS_MAX} points")
    tuples: Sequence[str] = text.split()
    if len(tuples) > GEOMETRY_POINTS_MAX:
        raise LocalError("GEOMETRY-SIZE", expected=f"at most {GEOMETRY_POINTS_MAX} points", got=len(tuples))
    return tuple(map(_coordinate, tuples))


def _coordinate(text: str) -> Position:
    match = _COORDINATES.fullmatch(text)
    if match is None:
        raise LocalError("GEOMETRY-FORM", expected="longitude,latitude or longitude,latitude,height", got=text)
    lon_deg, lat_deg = float(match[1]), float(match[2])
    return position(lon_deg, lat_deg)
