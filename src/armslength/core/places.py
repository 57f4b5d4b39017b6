"""Places and areas on the WGS 84 ellipsoid: read, written, read back and measured.

A place on the wire is three integers: latitude, longitude (1e-7 degree, a centimetre) and the precision in metres. The
axis order is fixed, latitude first; the Military Grid (MGRS) is shown beside degrees, and swapped axes are pointed out
(abuse case 42). Distances are geodesics (Karney 2013, geographiclib), the same at the poles and across the antimeridian
as anywhere else; nothing here reckons on a flat map.
"""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from collections.abc import Callable

E7: Final = 10_000_000
"""Units of the wire in one degree."""

LAT_E7_MAX: Final = 90 * E7
"""The north pole; the south pole is its negative."""

LON_E7_MAX: Final = 180 * E7
"""The antimeridian, which both signs name."""

PRECISION_M_MAX: Final = 200_000
"""A place known worse than to 200 km (a degree, or a square of the grid, is 100) is no place."""

PRECISION_UNSTATED: Final = 0
"""Precision of a place whose source did not state it."""

PLACE_CHARS_MAX: Final = 64
"""The longest form, degrees with minutes and seconds, has some 40 characters; longer text meets no pattern."""

READ_BACK_WARN_M: Final = 500
"""Distance between sent and read-back place above which the officer is warned (B4)."""

VERTICES_MAX: Final = 200
"""Points of one polygon or route: what a person can check by voice in half an hour, and no coastline."""

RADIUS_M_MAX: Final = 1_000_000
"""Radius of a circle: larger ones are regions, and a region has a name."""

CORRIDOR_M_MAX: Final = 200_000
"""Width of a route's corridor: wider ones are areas."""

EXTENT_M_MAX: Final = 5_000_000
"""Between an area's first point and any other: below half the earth's girth "inside" has one meaning only."""

ROUTE_LENGTH_M_MAX: Final = 20_000_000
"""Length of a route: half the earth's girth, more than any flight or passage between two stops."""

_METRES_PER_DEGREE: Final = 111_320
"""Metres in a degree of the equator, the larger axis, rounded up: precision is never overstated."""

_GRID_STEP_M: Final = (100_000, 10_000, 1_000, 100, 10, 1)
"""Edge of a cell of the Military Grid by number of digits for each axis."""


# --- a place ----------------------------------------------------------------------------------------------------------


def _is_int(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _place_problem(lat_e7: object, lon_e7: object, precision_m: object) -> str | None:
    if not _is_int(lat_e7, -LAT_E7_MAX, LAT_E7_MAX):
        return "latitude -90 to 90 degrees"
    if not _is_int(lon_e7, -LON_E7_MAX, LON_E7_MAX):
        return "longitude -180 to 180 degrees"
    if not _is_int(precision_m, PRECISION_UNSTATED, PRECISION_M_MAX):
        return f"precision 0 to {PRECISION_M_MAX} m"
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One point on WGS 84.

    Args:
        lat_e7: latitude in 1e-7 degree, north positive.
        lon_e7: longitude in 1e-7 degree, east positive.
        precision_m: metres within which the place is known, 0 when its source does not say.

    Raises:
        LocalError: PLACE-RANGE.
    """

    lat_e7: int
    lon_e7: int
    precision_m: int

    def __post_init__(self) -> None:
        problem = _place_problem(self.lat_e7, self.lon_e7, self.precision_m)
        if problem is not None:
            raise LocalError("PLACE-RANGE", expected=problem)

    @property
    def lat_deg(self) -> float:
        """Latitude in degrees, for reckoning."""
        return self.lat_e7 / E7

    @property
    def lon_deg(self) -> float:
        """Longitude in degrees, for reckoning."""
        return self.lon_e7 / E7

    def to_cbor(self) -> tuple[int, int, int]:
        """Return the value of the wire: latitude, longitude, precision."""
        return (self.lat_e7, self.lon_e7, self.precision_m)


def place_from_cbor(value: object) -> Place:
    """Return the place of a decoded value of the wire.

    Raises:
        PeerError: PEER-PLACE.
    """
    if not isinstance(value, tuple) or len(value) != 3:
        raise PeerError("PEER-PLACE", expected="[latitude, longitude, precision]")
    lat_e7, lon_e7, precision_m = value
    problem = _place_problem(lat_e7, lon_e7, precision_m)
    if problem is not None:
        raise PeerError("PEER-PLACE", expected=problem)
    return Place(lat_e7=lat_e7, lon_e7=lon_e7, precision_m=precision_m)


# --- reading a place --------------------------------------------------------------------------------------------------

_NUMBER = r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
_DEGREES = re.compile(rf"{_NUMBER}°? ?([NS]?)(?:, ?| )?{_NUMBER}°? ?([EW]?)")
_ANGLE = r"([0-9]{1,3})° ?([0-9]{1,2})' ?(?:([0-9]{1,2}(?:\.[0-9]{1,9})?)(?:\"|''))? ?"
_SEXAGESIMAL = re.compile(rf"{_ANGLE}([NS]),? ?{_ANGLE}([EW])")
_GRID = re.compile(r"(?:[0-9]{1,2})?[A-HJ-NP-Z]{3}[0-9]{0,10}")
_AS_TYPED: Final = str.maketrans({"′": "'", "’": "'", "″": '"', "”": '"', "º": "°", "−": "-", "\u00a0": " "})


def parse_place(text: str) -> Place:
    """Return the place that a person typed or read aloud; its precision follows from the digits given.

    Takes ``47.5122 34.5858``, ``47.5122, 34.5858``, ``47.5122N 34.5858E``, ``47°30'43.9"N 34°35'08.9"E`` and MGRS
    ``36TXT1940363304`` with or without blanks, of which the cell's middle is meant. Latitude first, always.

    Raises:
        LocalError: PLACE-FORMAT, PLACE-RANGE, PLACE-GRID.
    """
    if len(text) > PLACE_CHARS_MAX:
        raise LocalError("PLACE-FORMAT", expected=f"at most {PLACE_CHARS_MAX} characters", got=text)
    plain = text.translate(_AS_TYPED)
    if not plain.replace("°", "").isascii():
        # A Cyrillic С says north and looks like the S of south.
        raise LocalError("PLACE-FORMAT", expected="Latin letters N, S, E, W and digits", got=text)
    typed = " ".join(plain.upper().split())
    for pattern, reader in _READERS:
        match = pattern.fullmatch(typed)
        if match is not None:
            return reader(match)
    grid = typed.replace(" ", "")
    if _GRID.fullmatch(grid):
        return _from_grid(grid)
    raise LocalError("PLACE-FORMAT", expected="47.5122 34.5858 or 36TXT1940363304", got=text)


def _from_degrees(match: re.Match[str]) -> Place:
    lat, north, lon, east = match.groups()
    if bool(north) != bool(east) or (north and (lat + lon).strip("0123456789.")):
        # A sign and a letter together say two things; one letter alone leaves the other axis to guessing.
        raise LocalError("PLACE-FORMAT", expected="both signs, or both letters N/S and E/W", got=match.string)
    if _is_ambiguous(match):
        raise LocalError(
            "PLACE-FORMAT", expected="two numbers of decimal degrees with a blank between", got=match.string
        )
    decimals = min(len(lat.partition(".")[2]), len(lon.partition(".")[2]))
    return _placed(
        Decimal(lat) * (-1 if north == "S" else 1),
        Decimal(lon) * (-1 if east == "W" else 1),
        Decimal(_METRES_PER_DEGREE) / 10**decimals,
    )


def _is_ambiguous(match: re.Match[str]) -> bool:
    """Tell whether two numbers could be meant as one, or be divided elsewhere."""
    between = match.string[match.end(1) : match.start(3)]
    after = match.string[match.end(3) :]
    if not between.strip("°"):
        return True  # "47.512234.5858", and "47°30" which is one angle.
    if ("°" in between) != ("°" in after):
        return True  # "47° 30", degrees and minutes of one angle.
    return between == "," and "." not in match.string  # "47,51", a decimal comma.


def _from_sexagesimal(match: re.Match[str]) -> Place:
    lat_d, lat_m, lat_s, north, lon_d, lon_m, lon_s, east = match.groups()
    if any(Decimal(part or 0) >= 60 for part in (lat_m, lat_s, lon_m, lon_s)):
        raise LocalError("PLACE-FORMAT", expected="minutes and seconds below 60", got=match.string)
    steps = [
        _METRES_PER_DEGREE / (Decimal(3600) * 10 ** len(s.partition(".")[2])) if s else None for s in (lat_s, lon_s)
    ]
    step = max(step if step is not None else Decimal(_METRES_PER_DEGREE) / 60 for step in steps)
    lat = Decimal(lat_d) + Decimal(lat_m) / 60 + Decimal(lat_s or 0) / 3600
    lon = Decimal(lon_d) + Decimal(lon_m) / 60 + Decimal(lon_s or 0) / 3600
    return _placed(-lat if north == "S" else lat, -lon if east == "W" else lon, step)


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Place]], ...]] = (
    (_DEGREES, _from_degrees),
    (_SEXAGESIMAL, _from_sexagesimal),
)


def _placed(lat: Decimal, lon: Decimal, step_m: Decimal) -> Place:
    # Range before rounding: 90.00000001 is a mistake and not the pole.
    if abs(lat) > 90:
        raise LocalError("PLACE-RANGE", expected="latitude -90 to 90 degrees", got=lat)
    if abs(lon) > 180:
        raise LocalError("PLACE-RANGE", expected="longitude -180 to 180 degrees", got=lon)
    return Place(lat_e7=_e7(lat), lon_e7=_e7(lon), precision_m=max(1, math.ceil(step_m)))


def _e7(degrees: Decimal) -> int:
    return int((degrees * E7).to_integral_value(ROUND_HALF_EVEN))


# --- the Military Grid ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _mgrs() -> tuple[Any, type[Exception]]:
    """Return the package's converter and its error class."""
    import mgrs  # noqa: PLC0415 - few commands show a grid, and loading it takes time

    # The package prints a warning for squares outside their latitude band; to us they name no place.
    warnings.filterwarnings("error", category=RuntimeWarning, message="Warning in ")
    return mgrs.MGRS(), mgrs.core.MGRSError


def _from_grid(grid: str) -> Place:
    digits = sum(c.isdigit() for c in grid.lstrip("0123456789"))
    if digits % 2:
        raise LocalError("PLACE-GRID", expected="as many digits for east as for north", got=grid)
    converter, mgrs_error = _mgrs()
    try:
        lat, lon = converter.toLatLon(grid)
    except (mgrs_error, RuntimeWarning):
        raise LocalError("PLACE-GRID", got=grid) from None
    return Place(lat_e7=round(lat * E7), lon_e7=round(lon * E7), precision_m=_GRID_STEP_M[digits // 2])


def mgrs_text(place: Place, digits: int = 5, *, spaced: bool = False) -> str:
    """Return the grid reference of the cell that holds a place, ``36TXT1940363304``; polar squares included.

    Digits are cut off, never rounded, as the grid's standard has it (NGA.STND.0037): the place lies in the cell named.

    Args:
        place: the place.
        digits: 0 to 5 for each axis: cells of 100 km, 10 km, 1 km, 100 m, 10 m, 1 m.
        spaced: with blanks for reading aloud, ``36T XT 19403 63304``.

    Raises:
        LocalError: PLACE-RANGE, digits outside 0 to 5.
    """
    if not _is_int(digits, 0, len(_GRID_STEP_M) - 1):
        raise LocalError("PLACE-RANGE", expected="0 to 5 digits", got=digits)
    text = str(_mgrs()[0].toMGRS(place.lat_deg, place.lon_deg, MGRSPrecision=digits))
    if not spaced:
        return text
    head = len(text) - 2 * digits
    parts = (text[: head - 2], text[head - 2 : head], text[head : head + digits], text[head + digits :])
    return " ".join(part for part in parts if part)


def degrees_text(place: Place) -> str:
    """Return ``47.5122N 34.5858E`` with as many decimals as the precision bears, seven when it is not stated."""
    decimals = 7
    if place.precision_m != PRECISION_UNSTATED:
        decimals = next(d for d in range(7) if place.precision_m * 10**d >= _METRES_PER_DEGREE)
    lat, lon = _rounded(place.lat_e7, decimals), _rounded(place.lon_e7, decimals)
    # The letter follows the rounded number: there is no zero west of Greenwich.
    return f"{abs(lat)}{'S' if lat < 0 else 'N'} {abs(lon)}{'W' if lon < 0 else 'E'}"


def _rounded(value_e7: int, decimals: int) -> Decimal:
    return (Decimal(value_e7) / E7).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


# --- measuring --------------------------------------------------------------------------------------------------------


def _inverse(a: Place, b: Place) -> dict[str, float]:
    from geographiclib.geodesic import Geodesic  # noqa: PLC0415 - as mgrs

    found: dict[str, float] = Geodesic.WGS84.Inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
    return found


def distance_m(a: Place, b: Place) -> float:
    """Return the metres of the shortest way on the ellipsoid between two places (Karney 2013)."""
    return _inverse(a, b)["s12"]


def bearing_deg(a: Place, b: Place) -> float:
    """Return the true bearing on which the shortest way leaves ``a`` for ``b``: 0 to below 360, 0 at the same place."""
    found = _inverse(a, b)
    bearing = found["azi1"] % 360.0
    # A tiny negative azimuth leaves the modulo as 360.0 itself.
    return 0.0 if found["s12"] == 0.0 or bearing >= 360.0 else bearing


_POINTS: Final = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE"),
    *("S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
)


def compass_point(bearing: float) -> str:
    """Return the nearest of sixteen compass points, ``NNE``, of a bearing in degrees."""
    return _POINTS[round((bearing % 360.0) / 22.5) % len(_POINTS)]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadBack:
    """How far a place read back lies from the one sent (B4): metres, and whether that is within the limit."""

    distance_m: int
    within: bool


def read_back(sent: Place, received: Place, warn_m: int = READ_BACK_WARN_M) -> ReadBack:
    """Compare a place that was sent with the one that the receiver read back.

    The distance is rounded up, so that what is shown as 500 m was not more.
    """
    metres = math.ceil(distance_m(sent, received))
    return ReadBack(distance_m=metres, within=metres <= warn_m)


_SWAP_RATIO: Final = 4
"""The swapped place must lie four times nearer: a guess that accuses half of all honest places helps nobody."""


def swap_suspicion(place: Place, near: Place) -> Place | None:
    """Return the place with its axes swapped when that lies far nearer to where the place should be, else None.

    Args:
        place: the place as it was given.
        near: where it is expected: its facility in the register, or the middle of the line's region.
    """
    if abs(place.lon_e7) > LAT_E7_MAX:
        return None
    given_m = distance_m(place, near)
    swapped = Place(lat_e7=place.lon_e7, lon_e7=place.lat_e7, precision_m=place.precision_m)
    if given_m <= READ_BACK_WARN_M or distance_m(swapped, near) * _SWAP_RATIO > given_m:
        return None
    return swapped


# --- areas ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """All places within a radius of a centre.

    Raises:
        LocalError: AREA-VALUE.
    """

    centre: Place
    radius_m: int

    def __post_init__(self) -> None:
        _require(_circle_problem(self.radius_m))

    def to_cbor(self) -> tuple[object, ...]:
        """Return ``["CIRCLE", centre, radius m]``."""
        return ("CIRCLE", self.centre.to_cbor(), self.radius_m)


@dataclass(frozen=True, kw_only=True, slots=True)
class Polygon:
    """The area inside geodesics from vertex to vertex, the last joined to the first, which is not repeated.

    Raises:
        LocalError: AREA-VALUE.
    """

    vertices: tuple[Place, ...]

    def __post_init__(self) -> None:
        _require(_polygon_problem(self.vertices))

    def to_cbor(self) -> tuple[object, ...]:
        """Return ``["POLYGON", [place, ...]]``."""
        return ("POLYGON", tuple(place.to_cbor() for place in self.vertices))


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """A way in order of travel, with the full width of its corridor in metres.

    Raises:
        LocalError: AREA-VALUE.
    """

    points: tuple[Place, ...]
    width_m: int

    def __post_init__(self) -> None:
        _require(_route_problem(self.points, self.width_m))

    def to_cbor(self) -> tuple[object, ...]:
        """Return ``["ROUTE", [place, ...], width m]``."""
        return ("ROUTE", tuple(place.to_cbor() for place in self.points), self.width_m)


Area: TypeAlias = Circle | Polygon | Route
"""The three forms of an area on the wire."""


def _require(problem: str | None) -> None:
    if problem is not None:
        raise LocalError("AREA-VALUE", expected=problem)


def _circle_problem(radius_m: object) -> str | None:
    return None if _is_int(radius_m, 1, RADIUS_M_MAX) else f"radius 1 to {RADIUS_M_MAX} m"


def _point(place: Place) -> tuple[int, int]:
    return (place.lat_e7, place.lon_e7)


def _polygon_problem(vertices: tuple[Place, ...]) -> str | None:
    if not 3 <= len(vertices) <= VERTICES_MAX:
        return f"3 to {VERTICES_MAX} vertices"
    if len({_point(place) for place in vertices}) != len(vertices):
        return "vertices that differ, the first not repeated at the end"
    if any(distance_m(vertices[0], place) > EXTENT_M_MAX for place in vertices):
        return f"vertices within {EXTENT_M_MAX // 1000} km of the first"
    return None


def _route_problem(points: tuple[Place, ...], width_m: object) -> str | None:
    if not 2 <= len(points) <= VERTICES_MAX:
        return f"2 to {VERTICES_MAX} points"
    legs = list(pairwise(points))
    if any(_point(a) == _point(b) for a, b in legs):
        return "each point different from the one before"
    if not _is_int(width_m, 1, CORRIDOR_M_MAX):
        return f"corridor width 1 to {CORRIDOR_M_MAX} m"
    if sum(distance_m(a, b) for a, b in legs) > ROUTE_LENGTH_M_MAX:
        return f"at most {ROUTE_LENGTH_M_MAX // 1000} km of way"
    return None


def area_from_cbor(value: object) -> Area:
    """Return the area of a decoded value of the wire.

    Raises:
        PeerError: PEER-PLACE.
    """
    match value:
        case ("CIRCLE", centre, radius_m) if type(value) is tuple:
            return _accepted(lambda: Circle(centre=place_from_cbor(centre), radius_m=_whole(radius_m)))
        case ("POLYGON", vertices) if type(value) is tuple:
            return _accepted(lambda: Polygon(vertices=_places(vertices)))
        case ("ROUTE", points, width_m) if type(value) is tuple:
            return _accepted(lambda: Route(points=_places(points), width_m=_whole(width_m)))
        case _:
            raise PeerError("PEER-PLACE", expected="CIRCLE, POLYGON or ROUTE with its values")


def _places(value: object) -> tuple[Place, ...]:
    # Their number before their content: the content costs a geodesic each.
    if type(value) is not tuple or len(value) > VERTICES_MAX:
        raise PeerError("PEER-PLACE", expected=f"at most {VERTICES_MAX} places")
    return tuple(place_from_cbor(item) for item in value)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise PeerError("PEER-PLACE", expected="whole metres", got=type(value).__name__)
    return value


def _accepted(make: Callable[[], Area]) -> Area:
    try:
        return make()
    except LocalError as error:
        # What would be our officer's mistake is the peer's when it comes from the wire.
        raise PeerError("PEER-PLACE", **error.details) from None
