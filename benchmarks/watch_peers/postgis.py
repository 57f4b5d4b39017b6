"""PostGIS of Debian: ST_DWithin of geographies, and a tuned form with boxes and the chord in SQL.

The points lie in the server beforehand, the pairs leave it as a binary copy, and only the CPU of the server's process
is counted: all three favour it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from watch_peers.contract import Peer
from watch_peers.server import Server
from watch_peers.world import A_M, E2, Points, boxes, chord2, ecef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Zones

_HEAD = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_TAIL = struct.pack("!h", -1)
_PAIR = np.dtype([("n", ">i2"), ("l1", ">i4"), ("point", ">i4"), ("l2", ">i4"), ("zone", ">i4")])

DWITHIN = "_ST_Expand(q.g, q.r) && p.g and ST_DWithin(q.g, p.g, q.r)"
CHORD = """q.g && p.b
and (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) + (p.z - q.z) * (p.z - q.z) <= q.c2"""
PLACED = f"""
select id, ST_SetSRID(ST_Point(lon, lat), 4326)::geography as g, ST_Point(lon, lat) as b,
       n * cos(phi) * cos(lam) as x, n * cos(phi) * sin(lam) as y, n * {1 - E2} * sin(phi) as z
from (select *, {A_M} / sqrt(1 - {E2} * sin(phi) * sin(phi)) as n
      from (select *, radians(lat) as phi, radians(lon) as lam from {{points}}) a) b
"""  # noqa: S608 - of constants


class DWithin(Peer):
    """Its own way to ask: exact, by the index on the expanded circle."""

    where: ClassVar[str] = DWITHIN

    def __init__(self) -> None:
        self._server = Server()

    def _run(self, text: str, values: tuple[Any, ...] | None = None) -> Any:  # noqa: ANN401 - a cursor of a package that may be missing
        return self._server.connection.execute(text, values)

    def _fill(self, table: str, columns: dict[str, Any]) -> None:
        """Make a table of an integer id and doubles."""
        kinds = ", ".join(f"{name} {'int' if name == 'id' else 'float8'}" for name in columns)
        self._run(f"drop table if exists {table}")
        self._run(f"create unlogged table {table} ({kinds})")
        parts: list[tuple[str, str]] = [("count", ">i2")]
        for name in columns:
            parts += [(f"{name}_", ">i4"), (name, ">i4" if name == "id" else ">f8")]
        rows = np.empty(len(columns["id"]), np.dtype(parts))
        rows["count"] = len(columns)
        for name, values in columns.items():
            rows[f"{name}_"], rows[name] = (4 if name == "id" else 8), values
        with self._server.connection.cursor().copy(f"copy {table} from stdin (format binary)") as copy:
            copy.write(_HEAD + rows.tobytes() + _TAIL)

    def build(self, zones: Zones) -> None:
        """Load the circles and index them."""
        columns = {"id": np.arange(len(zones)), "lat": zones.lat, "lon": zones.lon, "r": zones.radius_m}
        self._fill("raw", columns)
        self._run("drop table if exists zones")
        made = "select id, r, ST_SetSRID(ST_Point(lon, lat), 4326)::geography as g from raw"
        self._run(f"create unlogged table zones as {made}")
        self._run("create index on zones using gist (_ST_Expand(g, r))")
        self._finish()

    def _finish(self) -> None:
        self._run("drop table raw")
        self._run("vacuum analyze zones")

    def prepare(self, points: Points) -> None:
        """Load the points."""
        self._fill("raw_points", {"id": np.arange(len(points)), "lat": points.lat, "lon": points.lon})
        self._run("drop table if exists points")
        self._run(f"create unlogged table points as {PLACED.format(points='raw_points')}")
        self._run("vacuum analyze points")

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:  # noqa: ARG002 - they are there
        """Join and copy the pairs out."""
        text = f"copy (select p.id, q.id from points p join zones q on {self.where}) to stdout (format binary)"  # noqa: S608 - constants
        with self._server.connection.cursor().copy(text) as copy:
            found = b"".join(bytes(part) for part in copy)
        pairs = np.frombuffer(found[len(_HEAD) : -len(_TAIL)], _PAIR)
        yield pairs["point"].astype(np.int64), pairs["zone"].astype(np.int64)

    def probe(self, lat: float, lon: float) -> int:
        """Ask for one point with a prepared statement."""
        one = PLACED.format(points="(select 0 as id, %s::float8 as lat, %s::float8 as lon) one")
        text = f"select q.id from zones q, ({one} offset 0) p where {self.where}"  # noqa: S608 - constants
        rows = self._server.connection.execute(text, (lat, lon), prepare=True, binary=True).fetchall()
        return len(rows)

    def cpu_s(self) -> float:
        """Return the CPU of the server's process."""
        return self._server.cpu_s()

    def index_mib(self) -> float:
        """Return the size of the table and its index."""
        return float(self._run("select pg_total_relation_size('zones')").fetchone()[0]) / 2**20

    def peak_mib(self) -> float:
        """Return the peak of the server's process."""
        return self._server.peak_mib()

    def close(self) -> None:
        """Stop the server."""
        self._server.stop()


class Tuned(DWithin):
    """What a specialist would write: boxes in a GiST, the chord in SQL."""

    where = CHORD

    def build(self, zones: Zones) -> None:
        """Load the boxes and index them."""
        found = boxes(zones)
        x, y, z = ecef(zones.lat, zones.lon)[:, found.zone]
        columns = {"id": found.zone, "s": found.south, "n": found.north, "w": found.west, "e": found.east}
        self._fill("raw", columns | {"x": x, "y": y, "z": z, "c2": chord2(zones.radius_m)[found.zone]})
        self._run("drop table if exists zones")
        self._run("create unlogged table zones as select id, ST_MakeEnvelope(w, s, e, n) as g, x, y, z, c2 from raw")
        self._run("create index on zones using gist (g)")
        self._finish()
