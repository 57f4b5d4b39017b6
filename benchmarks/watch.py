"""The speed of the watch: points against protection zones, ours beside five others and beside what is possible at all.

Prints one JSON object. Everything is measured in one run, on the same circles and points (watch_peers/world.py), one
process an engine and one thread each, round by round in turn, and the answers are compared.

`zones`, by number of circles. `engines`: `points_per_cpu_s` of the best round (own process, or the server's that serves
it), pairs out as arrays; `rounds`: each; `one_us`: one point asked alone, on the wall; `build_cpu_s`, `index_mib`,
`join_mib`: memory on top while it joins; `karney`: pairs false, missed or told twice beyond 1 mm, on points of which
half lie 2 mm to 20 m from an edge and many at the poles and on the antimeridian; `agrees`: its pairs of the timed
points are exactly ours. Slow engines get fewer points, `points` says how many. `limit`: what is left when the hits are
known (watch_peers/limit.py). `ratios`: points per CPU second, ours over theirs.

`polygons`: the same with 20,000 polygons beside shapely's.

`one_report_1e6_zones_ms`, `facilities_35000_s`, `firms_year_s`: the whole way, through a real node's store
(watch_desk.py). `missing`: what is not installed here, and how to install it; its aims are then in `unjudged`. `short`
names each aim that was missed; exit 1 if there is one. `further_short`: the same for aims beyond those promised.

Needs requirements/bench.txt, and PostgreSQL with PostGIS from Debian. `--quick` takes a minute and shows that
everything runs; its figures mean little.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import watch_desk
from watch_peers import karney, world
from watch_peers.contract import MissingError
from watch_peers.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

OURS = ("own_numba", "own_numpy", "own_polygons")
INEXACT = ("sedonadb_geography",)
SIZES = (1_000, 100_000, 1_000_000)
MAIN = 100_000
"""The number of zones at which the aims are set."""
MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Share:
    """How much of the work an engine gets, so that a round takes about a second of CPU.

    Args:
        points: timed points at each of the sizes.
        hard: points compared with Karney at each.
        probes: points asked alone at each.
    """

    points: tuple[int, int, int]
    hard: tuple[int, int, int] = (20_000, 20_000, 20_000)
    probes: int = 2_000


SHARES = {
    "own_numba": Share(points=(MILLION, MILLION, MILLION), probes=10_000),
    "limit": Share(points=(MILLION, MILLION, MILLION), hard=(0, 0, 0), probes=0),
    "own_numpy": Share(points=(MILLION, MILLION, 200_000), probes=5_000),
    "shapely_strtree": Share(points=(MILLION, 400_000, 50_000), probes=5_000),
    "duckdb": Share(points=(MILLION, MILLION, 100_000), probes=500),
    "sedonadb": Share(points=(MILLION, 500_000, 100_000), probes=50),
    "sedonadb_geography": Share(points=(200_000, 100_000, 20_000), probes=20),
    "postgis_tuned": Share(points=(100_000, 20_000, 2_000), hard=(20_000, 20_000, 4_000), probes=1_000),
    "postgis_dwithin": Share(points=(50_000, 10_000, 1_000), hard=(20_000, 10_000, 1_000), probes=1_000),
}
"""The engines in the order of their turns; the limit beside ours, since their ratio is the closest aim."""


POLYGON_SHARES = {
    "own_polygons": Share(points=(MILLION, MILLION, MILLION), hard=(0, 0, 0)),
    "shapely_polygons": Share(points=(MILLION, 300_000, MILLION), hard=(0, 0, 0)),
}
"""The same with polygons of 50 to 500 vertices around the same centres; held against each other, not against Karney."""
POLYGONS = 20_000


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Rounds at each of the sizes, and by what the numbers of points are divided."""

    rounds: tuple[int, int, int] = (3, 5, 2)
    divide: int = 1
    zones: tuple[int, ...] = SIZES


QUICK = Shape(rounds=(1, 1, 1), divide=10, zones=(1_000, 100_000))

INSTALL = "; everything: pip install --require-hashes -r requirements/bench.txt"


class Size:
    """All engines at one number of zones.

    Args:
        count: the zones, one of the sizes or any other.
        shape: how much is done.
        missing: filled with the engines that cannot be measured and why.
        shares: the engines and how much each gets.
    """

    def __init__(self, count: int, shape: Shape, missing: dict[str, str], shares: dict[str, Share] = SHARES) -> None:
        self.shape, self.missing, self.shares = shape, missing, shares
        self._column = min(range(len(SIZES)), key=lambda one: abs(np.log(count / SIZES[one])))
        self.zones = world.make_zones(count)
        self.points = world.make_points(self.zones, MILLION // shape.divide)
        self.hard = world.make_hard_points(self.zones, 20_000 // shape.divide)
        self.workers: dict[str, Worker] = {}
        self.found: dict[str, Json] = {}

    def measure(self) -> Json:
        """Build, compare, measure by turns; return the row of the printout."""
        circles = self.shares is SHARES
        reference = karney.Reference(self.zones, self.hard) if circles else None
        with tempfile.TemporaryDirectory(prefix="armslength-watch-") as folder, ExitStack() as stack:
            self._save(folder)
            for name in self.shares:
                if name not in self.missing:
                    self._try(name, lambda name=name: self._start(name, folder, stack))
            for name in list(self.workers):
                self._try(name, lambda name=name: self._compare(name, reference))
            for _ in range(self.shape.rounds[self._column]):
                for name in list(self.workers):
                    self._try(name, lambda name=name: self._round(name))
            for name in list(self.workers):
                self._try(name, lambda name=name: self._probe(name))
            self._agree()
        return {
            "pairs_per_point": self._pairs_per_point(),
            "reference": reference.about() if reference else None,
            "engines": self.found,
            "ratios": ratios(self.found),
        }

    def _save(self, folder: str) -> None:
        np.savez(
            f"{folder}/world.npz",
            zone_lat=self.zones.lat,
            zone_lon=self.zones.lon,
            radius_m=self.zones.radius_m,
            lat=self.points.lat,
            lon=self.points.lon,
            hard_lat=self.hard.lat,
            hard_lon=self.hard.lon,
        )

    def _try(self, name: str, work: Callable[[], None]) -> None:
        """Do one thing with one engine; an engine that cannot is named and left out, with what it gave so far."""
        try:
            work()
        except MissingError as reason:
            self.missing[name] = f"{reason}{INSTALL if 'pip install' in str(reason) else ''}"
            self.workers.pop(name, None)
            self.found.pop(name, None)

    def _points(self, name: str) -> int:
        return max(100, self.shares[name].points[self._column] // self.shape.divide)

    def _start(self, name: str, folder: str, stack: ExitStack) -> None:
        worker = Worker(name, folder)
        stack.callback(worker.stop)
        self.workers[name] = worker
        built = worker.ask("build")
        self.found[name] = {"points": self._points(name)}
        if name != "limit":
            self.found[name] |= built

    def _compare(self, name: str, reference: karney.Reference | None) -> None:
        hard = self.shares[name].hard[self._column] // self.shape.divide
        if hard and reference:
            self.found[name]["karney"] = reference.judge(*self.workers[name].ask("hard", hard), hard)
        self.found[name]["pairs"], self.found[name]["digest"] = self.workers[name].ask("digest", self._points(name))

    def _round(self, name: str) -> None:
        row, count = self.found[name], self._points(name)
        done = self.workers[name].ask("round", count)
        row.setdefault("rounds", []).append(round(count / done["cpu_s"]))
        row["points_per_cpu_s"] = max(row["rounds"])
        row["join_mib"] = max(done["join_mib"], row.get("join_mib", 0.0))

    def _probe(self, name: str) -> None:
        probes = self.shares[name].probes // min(self.shape.divide, 5)
        if probes:
            self.found[name]["one_us"] = self.workers[name].ask("probe", probes)

    def _pairs_per_point(self) -> float | None:
        rows = [row for name, row in self.found.items() if name in OURS]
        return round(rows[0]["pairs"] / rows[0]["points"], 3) if rows else None

    def _agree(self) -> None:
        """Hold the pairs of the timed points against ours, on as many points as the other had."""
        ours = next((name for name in OURS if name in self.workers), None)
        mine: dict[int, tuple[int, int]] = {}
        for row in self.found.values():
            points, theirs = row["points"], (row["pairs"], row.pop("digest"))
            if ours is not None and points not in mine:
                mine[points] = tuple(self.workers[ours].ask("digest", points))
            row["agrees"] = mine[points] == theirs if ours is not None else None


def ratios(found: dict[str, Json]) -> Json:
    """Return points per CPU second of ours over each other's."""
    speed = {name: row["points_per_cpu_s"] for name, row in found.items() if "points_per_cpu_s" in row}
    return {
        ours: {other: round(speed[ours] / speed[other], 3) for other in speed if other not in OURS}
        for ours in OURS
        if ours in speed
    }


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A ratio that is to be reached."""

    zones: int
    ours: str
    other: str
    least: float

    def judge(self, result: Json) -> str | None:
        """Return what to say when it was missed, None when it was reached.

        Raises:
            KeyError: it was not measured.
        """
        value = result["zones"][str(self.zones)]["ratios"][self.ours][self.other]
        return f"{self}: {value}" if value < self.least else None

    def __str__(self) -> str:
        return f"{self.ours} over {self.other} at {self.zones} zones, aim {self.least}"


AIMS = (
    Aim(zones=MAIN, ours="own_numba", other="shapely_strtree", least=10),
    Aim(zones=MAIN, ours="own_numba", other="sedonadb", least=15),
    Aim(zones=MAIN, ours="own_numba", other="postgis_dwithin", least=800),
    Aim(zones=MAIN, ours="own_numba", other="limit", least=0.25),
    Aim(zones=MAIN, ours="own_numpy", other="shapely_strtree", least=3),
)
FURTHER = (
    Aim(zones=MAIN, ours="own_numba", other="duckdb", least=4),
    Aim(zones=MAIN, ours="own_numba", other="postgis_tuned", least=150),
    Aim(zones=1_000, ours="own_numba", other="limit", least=0.5),
    Aim(zones=MILLION, ours="own_numba", other="limit", least=0.12),
)
ONE_OF_STRTREE, ONE_OF_POSTGIS = 1 / 5, 1 / 50
"""One point alone at 10^5 zones: p50 as a part of theirs."""

POLYGONS_LEAST = 4.0
ONE_REPORT_P50_MS, FACILITIES_S, FIRMS_YEAR_S = 20.0, 10.0, 30.0


def judge_aims(aims: tuple[Aim, ...], result: Json) -> tuple[list[str], list[str]]:
    """Return which aims were missed and which could not be judged."""
    missed, unjudged = [], []
    for aim in aims:
        try:
            said = aim.judge(result)
        except KeyError:
            unjudged.append(str(aim))
        else:
            missed += [said] if said else []
    return missed, unjudged


def judge_answers(result: Json) -> list[str]:
    """Name each comparison in which ours, or an exact engine that should agree, was wrong."""
    missed = []
    for size, row in [*result["zones"].items(), ("polygons", result.get("polygons", {"engines": {}}))]:
        for name, found in row["engines"].items():
            karney_row = found.get("karney", {})
            wrong = [what for what in ("false", "missed", "twice") if karney_row.get(what)]
            if name in OURS and wrong:
                missed.append(f"{name}, {size}: {karney_row}")
            if name not in INEXACT and found["agrees"] is False:
                missed.append(f"{name}, {size}: its pairs are not ours")
    return missed


def judge_polygons(result: Json) -> list[str]:
    """Name the aim for polygons when it was missed."""
    value = result.get("polygons", {}).get("ratios", {}).get("own_polygons", {}).get("shapely_polygons")
    if value is None or value >= POLYGONS_LEAST:
        return []
    return [f"own_polygons over shapely_polygons, aim {POLYGONS_LEAST}: {value}"]


def judge_one(result: Json) -> list[str]:
    """Name each aim for one point alone that was missed."""
    engines = result["zones"].get(str(MAIN), {}).get("engines", {})
    missed = []
    for other, part in (("shapely_strtree", ONE_OF_STRTREE), ("postgis_dwithin", ONE_OF_POSTGIS)):
        both = [engines.get(name, {}).get("one_us", {}).get("p50") for name in ("own_numba", other)]
        if None not in both and both[0] > part * both[1]:
            missed.append(f"one point p50 {both[0]} us, {other} {both[1]} us, aim {part:.2f} of it")
    return missed


def judge_desk(result: Json) -> tuple[list[str], list[str]]:
    """Return the aims of the whole way that were missed, and those not judged."""
    aims = (
        ("one_report_1e6_zones_ms", "p50", ONE_REPORT_P50_MS),
        ("facilities_35000_s", "s", FACILITIES_S),
        ("firms_year_s", "s", FIRMS_YEAR_S),
    )
    missed, unjudged = [], []
    for row, name, most in aims:
        value = result[row].get(name)
        if "failed" in result[row]:
            missed.append(f"{row}: {result[row]['failed']}")
        elif value is None:
            unjudged.append(f"{row}: {result[row].get('because', 'not measured')}")
        elif value > most:
            missed.append(f"{row} {value}, aim {most}")
    return missed, unjudged


def desk_rows(*, quick: bool) -> Json:
    """Return the rows of the whole way; a failure of one is its row."""
    work = {
        "one_report_1e6_zones_ms": lambda: watch_desk.one_report(MAIN if quick else MILLION, 20 if quick else 200),
        "facilities_35000_s": watch_desk.facilities,
        "firms_year_s": watch_desk.firms_year,
    }
    rows: Json = {}
    for name, one in work.items():
        try:
            rows[name] = one()
        except MissingError as reason:
            rows[name] = {"because": str(reason)}
        except Exception as error:  # noqa: BLE001 - the rest of the run is still told
            rows[name] = {"failed": repr(error)}
    return rows


def measure(shape: Shape, *, quick: bool, engines: bool, desk: bool) -> Json:
    """Measure everything; return what is printed."""
    began, load = time.monotonic(), os.getloadavg()[0]
    missing: dict[str, str] = {}
    rows = {}
    for count in shape.zones if engines else ():
        _tell(f"{count} zones")
        rows[str(count)] = Size(count, shape, missing).measure()
    result: Json = {"zones": rows}
    if engines:
        _tell("polygons")
        result["polygons"] = Size(POLYGONS // shape.divide, shape, missing, POLYGON_SHARES).measure()
    if desk:
        _tell("the whole way")
        result |= desk_rows(quick=quick)
    result["missing"] = missing
    result["machine"] = {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "seconds": round(time.monotonic() - began, 1),
        "quick": quick,
    }
    result["notes"] = {
        "best": "speeds are of the best round, since another program can only slow a round down",
        "postgis": "only its server's process is counted: neither the client nor loading the points beforehand",
        "sedonadb": "it indexes one side anew in each statement; sedonadb_geography reckons on a sphere",
        "exact": "all others but sedonadb_geography are made exact by the chord on the ellipsoid",
    }
    answers, (missed, unjudged) = judge_answers(result), judge_aims(AIMS, result)
    result["short"], result["unjudged"] = missed + answers, unjudged
    result["short"] += [f"{name}: {why}" for name, why in missing.items() if name in OURS]
    if desk:
        late, unknown = judge_desk(result)
        result["short"] += late
        result["unjudged"] += unknown
    further, _ = judge_aims(FURTHER, result)
    result["further_short"] = further + judge_one(result) + judge_polygons(result)
    return result


def _tell(text: str) -> None:
    print(f"{Path(__file__).name}: {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Measure everything in one run and print one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a minute instead of ten; figures mean little")
    parser.add_argument("--zones", metavar="N,N", help="numbers of zones, for example 1000,100000")
    parser.add_argument("--only", choices=("engines", "desk"), help="leave out the other half")
    options = parser.parse_args()
    shape = QUICK if options.quick else Shape()
    if options.zones:
        zones = tuple(int(float(one)) for one in options.zones.split(","))
        shape = Shape(rounds=shape.rounds, divide=shape.divide, zones=zones)
    result = measure(shape, quick=options.quick, engines=options.only != "desk", desk=options.only != "engines")
    print(json.dumps(result))
    return 1 if result["short"] else 0


if __name__ == "__main__":
    sys.exit(main())
