"""SedonaDB: boxes joined with the chord in SQL (exact), and its geography's ST_DWithin (on a sphere)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from watch_peers.contract import MissingError, Peer
from watch_peers.world import A_M, E2, Points, boxes, chord2, ecef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Zones

PLACED = f"""
with a as (select id, ST_Point(lon, lat) as g, radians(lat) as phi, radians(lon) as lam from points),
     b as (select *, {A_M} / sqrt(1 - {E2} * sin(phi) * sin(phi)) as n from a),
     p as (select id, g, n * cos(phi) * cos(lam) as x, n * cos(phi) * sin(lam) as y, n * {1 - E2} * sin(phi) as z
           from b)
"""  # noqa: S608 - of constants
BOXES = f"""{PLACED}
select p.id as point, q.id as zone from p join zones q on ST_Intersects(q.g, p.g)
where (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) + (p.z - q.z) * (p.z - q.z) <= q.c2
"""  # noqa: S608 - of constants
SPHERE = """
select p.id as point, q.id as zone from (select id, ST_GeogPoint(lon, lat) as g from points) p
join zones q on ST_DWithin(q.g, p.g, q.r)
"""


class Boxes(Peer):
    """Spatial join of boxes and points, then the chord."""

    join_text: ClassVar[str] = BOXES

    def __init__(self) -> None:
        # It tells at once that it found no GDAL, which nothing here needs.
        warnings.filterwarnings("ignore", message="Failed to configure GDAL")
        try:
            import pyarrow as pa
            import sedonadb
        except ImportError as error:
            raise MissingError(f"{error.name} is not installed: pip install sedonadb pyarrow") from None
        self._arrow: Any = pa
        self._base: Any = sedonadb.connect()
        self._base.sql("set datafusion.execution.target_partitions = 1").execute()

    def build(self, zones: Zones) -> None:
        """Make a table of boxes; the index is made within each join."""
        found = boxes(zones)
        x, y, z = ecef(zones.lat, zones.lon)[:, found.zone]
        columns = {"id": found.zone, "s": found.south, "n": found.north, "w": found.west, "e": found.east}
        self._view("raw", columns | {"x": x, "y": y, "z": z, "c2": chord2(zones.radius_m)[found.zone]})
        self._keep("select id, x, y, z, c2, ST_MakeEnvelope(w, s, e, n) as g from raw")

    def _view(self, name: str, columns: dict[str, Any]) -> None:
        self._base.create_data_frame(self._arrow.table(columns)).to_view(name, overwrite=True)

    def _keep(self, text: str) -> None:
        self._base.sql(text).to_memtable().to_view("zones", overwrite=True)

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Join in one statement."""
        self._view("points", {"id": np.arange(len(points)), "lat": points.lat, "lon": points.lon})
        for batch in self._arrow.RecordBatchReader.from_stream(self._base.sql(self.join_text)):
            yield batch.column(0).to_numpy(), batch.column(1).to_numpy()

    def probe(self, lat: float, lon: float) -> int:
        """Ask for one point, a join like any other."""
        return sum(len(point) for point, _ in self.blocks(Points(np.array([lat]), np.array([lon]))))


class Sphere(Boxes):
    """Its own way to ask: ST_DWithin of geographies."""

    exact = False
    join_text = SPHERE

    def build(self, zones: Zones) -> None:
        """Make a table of geographies."""
        self._view("raw", {"id": np.arange(len(zones)), "lat": zones.lat, "lon": zones.lon, "r": zones.radius_m})
        self._keep("select id, r, ST_GeogPoint(lon, lat) as g from raw")
