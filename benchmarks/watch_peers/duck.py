"""DuckDB without extensions: the circles' cells in a table, a hash join by cell, then the chord in SQL."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from watch_peers.contract import MissingError, Peer
from watch_peers.world import A_M, E2, boxes, chord2, ecef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Points, Zones

CELL_DEG = 0.25
"""A side of a cell; of 0.0625, 0.125, 0.25 and 0.5 degrees the fastest at 10^5 circles."""

_COLUMNS = f"greatest(1, floor(cos(radians((row + 0.5) * {CELL_DEG} - 90)) * {360 / CELL_DEG}))"
_ROW = f"least({round(180 / CELL_DEG) - 1}, floor(({{0}} + 90) / {CELL_DEG}))::bigint"
_COLUMN = "least(columns - 1, floor(({0} + 180) / 360 * columns))::bigint"

BUILD = f"""
create table cells as
with rows as (select *, unnest(generate_series({_ROW.format("greatest(s, -90)")}, {_ROW.format("least(n, 90)")})) as row
              from boxes),
     sized as (select *, {_COLUMNS} as columns from rows),
     each as (select *, unnest(generate_series({_COLUMN.format("w")}, {_COLUMN.format("e")})) as col from sized)
select row * 1048576 + col as cell, id, any_value(x) as x, any_value(y) as y, any_value(z) as z, any_value(c2) as c2
from each group by cell, id order by cell
"""  # noqa: S608 - of constants
JOIN = f"""
with a as (select id, lat, lon, {_ROW.format("lat")} as row, radians(lat) as phi, radians(lon) as lam from {{points}}),
     b as (select *, {_COLUMNS} as columns, {A_M} / sqrt(1 - {E2} * sin(phi) * sin(phi)) as n from a),
     p as (select id, row * 1048576 + {_COLUMN.format("lon")} as cell, n * cos(phi) * cos(lam) as x,
                  n * cos(phi) * sin(lam) as y, n * {1 - E2} * sin(phi) as z from b)
select p.id as point, cells.id as zone from p join cells using (cell)
where (p.x - cells.x) * (p.x - cells.x) + (p.y - cells.y) * (p.y - cells.y) + (p.z - cells.z) * (p.z - cells.z) <= c2
"""  # noqa: S608 - of constants


class Duck(Peer):
    """An embedded column store that joins by hash."""

    def __init__(self) -> None:
        try:
            import duckdb
        except ImportError:
            raise MissingError("duckdb is not installed: pip install duckdb") from None
        self._duckdb: Any = duckdb
        self._base: Any = None

    def build(self, zones: Zones) -> None:
        """Make the table of cells, sorted by cell."""
        self._base = self._duckdb.connect(":memory:")
        self._base.execute("set threads = 1")
        found = boxes(zones)
        x, y, z = ecef(zones.lat, zones.lon)[:, found.zone]
        columns = {"id": found.zone.astype(np.int32), "s": found.south, "n": found.north, "w": found.west}
        columns |= {"e": found.east, "x": x, "y": y, "z": z, "c2": chord2(zones.radius_m)[found.zone]}
        self._base.register("boxes", columns)
        self._base.execute(BUILD)
        self._base.unregister("boxes")

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Join in one statement."""
        self._base.register("points", {"id": np.arange(len(points)), "lat": points.lat, "lon": points.lon})
        found = self._base.execute(JOIN.format(points="points")).fetchnumpy()
        self._base.unregister("points")
        yield np.asarray(found["point"]), np.asarray(found["zone"])

    def probe(self, lat: float, lon: float) -> int:
        """Ask for one point: its cell is reckoned here, so that the statement reads one cell only."""
        row = min(round(180 / CELL_DEG) - 1, math.floor((lat + 90) / CELL_DEG))
        columns = max(1, math.floor(math.cos(math.radians((row + 0.5) * CELL_DEG - 90)) * 360 / CELL_DEG))
        cell = row * 1048576 + min(columns - 1, math.floor((lon + 180) / 360 * columns))
        x, y, z = ecef(lat, lon).tolist()
        text = "select count(*) from cells where cell = ? and (x-?)*(x-?) + (y-?)*(y-?) + (z-?)*(z-?) <= c2"
        return int(self._base.execute(text, [cell, x, x, y, y, z, z]).fetchone()[0])

    def close(self) -> None:
        """Close the database."""
        if self._base is not None:
            self._base.close()
