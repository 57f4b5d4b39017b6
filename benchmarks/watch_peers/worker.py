"""A process for each engine: started once for a size, told to work by turns with the others, measured inside.

What one engine imports, allocates or keeps warm is then no part of another's figures, and what else the machine does
falls on all of them.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from watch_peers import world
from watch_peers.contract import MissingError, Peer, digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Json = dict[str, Any]

ENGINES = {
    "own_numba": ("watch_peers.own", "Numba"),
    "own_numpy": ("watch_peers.own", "Numpy"),
    "limit": ("watch_peers.limit", "Limit"),
    "shapely_strtree": ("watch_peers.strtree", "StrTree"),
    "duckdb": ("watch_peers.duck", "Duck"),
    "sedonadb": ("watch_peers.sedona", "Boxes"),
    "sedonadb_geography": ("watch_peers.sedona", "Sphere"),
    "postgis_dwithin": ("watch_peers.postgis", "DWithin"),
    "postgis_tuned": ("watch_peers.postgis", "Tuned"),
    "own_polygons": ("watch_peers.polygons", "Own"),
    "shapely_polygons": ("watch_peers.polygons", "Shapely"),
}
"""Module and class of each engine."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")
REPEAT_S = 0.3
"""A round repeats short work until this much CPU is spent, and tells the best."""
WARM_ZONES, WARM_POINTS = 50, 200
STOP_WITHIN_S = 40.0


def _memory_mib(name: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def _settle_memory() -> None:
    """Give back what is free and forget the peak so far."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


class Bench:
    """What the process does with its engine."""

    def __init__(self, engine: str, zones: world.Zones, points: world.Points, hard: world.Points) -> None:
        module, name = ENGINES[engine]
        self.peer: Peer = getattr(importlib.import_module(module), name)()
        self.zones, self.points, self.hard_points = zones, points, hard
        self._prepared = 0

    def build(self) -> Json:
        """Compile and load whatever is lazy on a tiny case, then build for real."""
        began = self.peer.cpu_s()
        few = slice(0, WARM_ZONES)
        self.peer.build(world.Zones(self.zones.lat[few], self.zones.lon[few], self.zones.radius_m[few]))
        warm = self.points.first(WARM_POINTS)
        self.peer.prepare(warm)
        for _ in self.peer.blocks(warm):
            pass
        if type(self.peer).probe is not Peer.probe:
            self.peer.probe(float(warm.lat[0]), float(warm.lon[0]))
        warm_s = self.peer.cpu_s() - began
        _settle_memory()
        rss, began = _memory_mib("VmRSS"), self.peer.cpu_s()
        self.peer.build(self.zones)
        spent, peak = self.peer.cpu_s() - began, _memory_mib("VmHWM")
        _settle_memory()
        grown = self.peer.index_mib()
        return {
            "first_use_cpu_s": round(warm_s, 2),
            "build_cpu_s": round(spent, 3),
            "index_mib": round(_memory_mib("VmRSS") - rss if grown is None else grown, 1),
            "build_peak_mib": round(peak - rss, 1) if grown is None else None,
        }

    def hard(self, count: int) -> tuple[world.Indexes, world.Indexes]:
        """Return the pairs of the first hard points."""
        points = self.hard_points.first(count)
        self.peer.prepare(points)
        self._prepared = 0
        parts = list(self.peer.blocks(points))
        empty = np.zeros(0, np.int64)
        point = np.concatenate([empty, *(part[0].astype(np.int64) for part in parts)])
        return point, np.concatenate([empty, *(part[1].astype(np.int64) for part in parts)])

    def digest(self, count: int) -> tuple[int, int]:
        """Return how many pairs the first points have, and their digest."""
        self._prepare(count)
        pairs = total = 0
        for point, zone in self.peer.blocks(self.points.first(count)):
            pairs, total = pairs + len(point), total + digest(point, zone)
        return pairs, total % 2**64

    def _prepare(self, count: int) -> None:
        if self._prepared != count:
            self.peer.prepare(self.points.first(count))
            self._prepared = count

    def round(self, count: int) -> Json:
        """Join the first points; return the CPU seconds of the best of some repeats, and the memory it took."""
        self._prepare(count)
        points = self.points.first(count)
        _settle_memory()
        rss, spent, best = _memory_mib("VmRSS"), 0.0, float("inf")
        while spent < REPEAT_S:
            began = self.peer.cpu_s()
            for _ in self.peer.blocks(points):
                pass
            one = max(self.peer.cpu_s() - began, 1e-9)
            best, spent = min(best, one), spent + one
        peak = self.peer.peak_mib()
        return {"cpu_s": best, "join_mib": round(_memory_mib("VmHWM") - rss if peak is None else peak, 1)}

    def probe(self, count: int) -> Json:
        """Ask for points one by one; return microseconds on the wall."""
        lat, lon = self.points.lat[:count].tolist(), self.points.lon[:count].tolist()
        taken = []
        for one in range(count):
            began = time.perf_counter()
            self.peer.probe(lat[one], lon[one])
            taken.append((time.perf_counter() - began) * 1e6)
        p50, p99 = np.percentile(taken, (50, 99))
        return {"p50": round(float(p50), 1), "p99": round(float(p99), 1), "n": count}


def _serve(connection: Connection, engine: str, folder: str) -> None:
    bench: Bench | None = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a server is stopped even then
    try:
        arrays = np.load(f"{folder}/world.npz")
        zones = world.Zones(arrays["zone_lat"], arrays["zone_lon"], arrays["radius_m"])
        points = world.Points(arrays["lat"], arrays["lon"])
        bench = Bench(engine, zones, points, world.Points(arrays["hard_lat"], arrays["hard_lon"]))
        connection.send(("ok", None))
        while (order := connection.recv()) is not None:
            name, arguments = order
            work: Callable[..., Any] = getattr(bench, name)
            connection.send(("ok", work(*arguments)))
    except MissingError as error:
        connection.send(("missing", str(error)))
    except Exception:  # noqa: BLE001 - told to the process that asked
        connection.send(("failed", traceback.format_exc()))
    finally:
        if bench is not None:
            bench.peer.close()
        connection.close()


class Worker:
    """The other end: an engine's process.

    Raises:
        MissingError: the engine is not installed, or failed.
    """

    def __init__(self, engine: str, folder: str) -> None:
        for name in ONE_THREAD:
            os.environ[name] = "1"
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, engine, folder))
        self._process.start()
        theirs.close()
        self._answer()

    def _answer(self) -> Any:  # noqa: ANN401 - what the engine's process found
        try:
            kind, value = self._connection.recv()
        except EOFError:
            kind, value = "failed", "its process ended"
        if kind != "ok":
            self.stop()
            raise MissingError(value if kind == "missing" else f"it failed: {value[-700:]}")
        return value

    def ask(self, name: str, *arguments: int) -> Any:  # noqa: ANN401 - what the engine's process found
        """Have it do one thing and return what it found."""
        self._connection.send((name, arguments))
        return self._answer()

    def stop(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._connection.send(None)
        self._process.join(STOP_WITHIN_S)
        if self._process.is_alive():
            self._process.terminate()
        self._connection.close()
