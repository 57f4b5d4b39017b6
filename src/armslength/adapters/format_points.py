"""Places and dates out of any table of facilities or reports, as arrays for the engine: for bulk work without a node.

A table is read by the names of its columns, in either case. Reports need a latitude, a longitude and a date; facilities
a latitude, a longitude and an id. Rows without them are refused with their numbers, and the rest is read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from armslength.adapters.format_rows import ROW_VALUE, Row, refused
from armslength.adapters.format_table import Layout, read_table
from armslength.adapters.format_unpack import open_file
from armslength.core.errors import LocalError
from armslength.register.importing import REFUSED_SHOWN_MAX, RefusedRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LATITUDES: Final = ("latitude", "lat", "y")
LONGITUDES: Final = ("longitude", "lon", "lng", "x")
DATES: Final = ("acq_date", "date", "date_start", "started_at", "from")
IDS: Final = ("facility_id", "id", "gppd_idnr", "gppd_row", "osm_id")
"""Names of columns, in the order in which they are looked for."""

_DATE: Final = re.compile(r"([0-9]{4})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])(?:[ T].*)?", re.DOTALL)
_DEGREES: Final = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,17})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Places of one file, row by row.

    Args:
        lat_deg: degrees north.
        lon_deg: degrees east.
        names: ids of facilities; of reports their month, ``2022-08``.
        refused: rows that hold no place, date or id, the first thousand.
        refused_count: all of them.
    """

    lat_deg: NDArray[np.float64]
    lon_deg: NDArray[np.float64]
    names: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    refused_count: int


def read_facility_points(path: Path) -> Points:
    """Return the facilities of a table with their ids.

    Raises:
        LocalError: FEED-HEADER without the columns, FACILITY-VALUE for an id given twice, and what the file raises.
    """
    found = _read(path, IDS, _id_of)
    if len(set(found.names)) != len(found.names):
        twice, _ = Counter(found.names).most_common(1)[0]
        raise LocalError("FACILITY-VALUE", field="facility id", expected="each once", got=twice)
    return found


def read_report_points(path: Path) -> Points:
    """Return the reports of a table with the month of their own date.

    Raises:
        LocalError: FEED-HEADER without the columns, and what the file raises.
    """
    return _read(path, DATES, _month_of)


def _read(path: Path, third: Sequence[str], name_of: Any) -> Points:  # noqa: ANN401 - one of the two readers of a cell
    with open_file(path) as file:
        table = read_table(file, Layout(lower=True))
        lat_name, lon_name = _column(table.header, LATITUDES), _column(table.header, LONGITUDES)
        name_name = _column(table.header, third)
        lats: list[float] = []
        lons: list[float] = []
        names: list[str] = []
        wrong: list[RefusedRow] = []
        count = 0
        for row in table.rows:
            one = row if isinstance(row, RefusedRow) else _point(row, lat_name, lon_name, name_name, name_of)
            if isinstance(one, RefusedRow):
                count += 1
                if len(wrong) < REFUSED_SHOWN_MAX:
                    wrong.append(one)
                continue
            lats.append(one[0])
            lons.append(one[1])
            names.append(one[2])
    return Points(
        lat_deg=np.array(lats, dtype=np.float64),
        lon_deg=np.array(lons, dtype=np.float64),
        names=tuple(names),
        refused=tuple(wrong),
        refused_count=count,
    )


def _column(header: Sequence[str], names: Sequence[str]) -> str:
    found = next((name for name in names if name in header), None)
    if found is None:
        raise LocalError("FEED-HEADER", expected=" or ".join(names), got=", ".join(header[:20]))
    return found


def _point(
    row: Row,
    lat_name: str,
    lon_name: str,
    name_name: str,
    name_of: Any,  # noqa: ANN401 - one of the two readers of a cell
) -> tuple[float, float, str] | RefusedRow:
    cells = row.cells
    lat, lon = _degrees(cells[lat_name], 90.0), _degrees(cells[lon_name], 180.0)
    if lat is None or lon is None:
        got = f"{cells[lat_name]} {cells[lon_name]}"
        return refused(row.number, ROW_VALUE, expected="degrees north and east", got=got)
    name = name_of(cells[name_name])
    if name is None:
        return refused(row.number, ROW_VALUE, expected=name_name, got=cells[name_name])
    return lat, lon, name


def _degrees(text: str, limit: float) -> float | None:
    stripped = text.strip()
    if not _DEGREES.fullmatch(stripped):
        return None
    value = float(stripped)
    return value if abs(value) <= limit else None


def _month_of(text: str) -> str | None:
    found = _DATE.fullmatch(text.strip())
    return None if found is None else f"{found[1]}-{found[2]}"


def _id_of(text: str) -> str | None:
    return text.strip() or None
