"""A site's geometry from a map: its outline or course for the register, and the one point that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from armslength.adapters.format_geo import Geometry, LineString, MultiPolygon, Point, Polygon
from armslength.core.places import E7, Place
from armslength.register.facility_parts import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.adapters.format_geo import Position
    from armslength.core.instants import Instant
    from armslength.register.facility_parts import Vertex


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Where a mapped site is.

    Args:
        place: its point, the middle of an outline, or a point of the site where the middle lies outside.
        shape: its outline or course, None for a point.
    """

    place: Place
    shape: Shape | None


def outline_of(geometry: Geometry, source: str, as_of: Instant | None, *, precision_m: int = 0) -> Outline:
    """Return the point and the outline of a checked geometry.

    Args:
        geometry: what the map reader gave.
        source: who drew it.
        as_of: the instant for which it is drawn.
        precision_m: metres within which a mapped point is known, 0 where the map does not say.

    Raises:
        LocalError: FACILITY-VALUE, more vertices than a site has.
    """
    found = geometry.shape
    if isinstance(found, Point):
        return Outline(place=_place(found.lon_deg, found.lat_deg, precision_m), shape=None)
    if isinstance(found, LineString):
        shape = Shape(kind="LINE", parts=((_vertices(found.points),),), source=source, as_of=as_of)
    else:
        polygons = found.polygons if isinstance(found, MultiPolygon) else (found,)
        parts = tuple(tuple(_vertices(ring[:-1]) for ring in polygon.rings) for polygon in polygons)
        shape = Shape(kind="POLYGON", parts=parts, source=source, as_of=as_of)
    lon_deg, lat_deg = _middle(found)
    return Outline(place=_place(lon_deg, lat_deg, precision_m), shape=shape)


def _place(lon_deg: float, lat_deg: float, precision_m: int) -> Place:
    return Place(lat_e7=round(lat_deg * E7), lon_e7=round(lon_deg * E7), precision_m=precision_m)


def _vertices(points: Sequence[Position]) -> tuple[Vertex, ...]:
    return tuple((round(lat_deg * E7), round(lon_deg * E7)) for lon_deg, lat_deg in points)


def _middle(shape: LineString | Polygon | MultiPolygon) -> tuple[float, float]:
    """Return longitude and latitude of the centroid when it lies within, else of a point that does."""
    import shapely  # noqa: PLC0415 - loaded only where a map is read

    planar: Any
    if isinstance(shape, LineString):
        line = shapely.LineString(shape.points)
        point = line.interpolate(0.5, normalized=True)
        return point.x, point.y
    if isinstance(shape, MultiPolygon):
        # Parts that share an edge are no valid multipolygon, and their union is one.
        planar = shapely.union_all([shapely.Polygon(one.outer, one.holes) for one in shape.polygons])
    else:
        planar = shapely.Polygon(shape.outer, shape.holes)
    middle = planar.centroid
    if not planar.covers(middle):
        middle = planar.representative_point()
    return middle.x, middle.y
