"""The watch as a whole, beside the bare engine: from a feed or a file to what is durable in a real node's store.

The node is a home on this machine's disk, opened in this process as the product opens it: SQLite with write-ahead log
and synchronous=FULL, an officer's real signature. Each function returns its row of the printout; seconds on the wall.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from base64 import b64decode, b64encode
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pair
from watch_peers import world
from watch_peers.contract import MissingError

from armslength.core.instants import Instant
from armslength.core.places import E7, PRECISION_UNSTATED, Place
from armslength.desk import batches, views, watching
from armslength.desk.prepared import Signed, attest, decode_prepared
from armslength.desk.service import act_value
from armslength.node import Settings, init_home, load_officer, open_node, system_now
from armslength.register.facilities import Facility
from armslength.register.facility_body import facility_body
from armslength.register.reports import Grade, Reliability, Report, ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.node import Node

Json = dict[str, Any]

DATA = Path(__file__).parents[2] / "shared" / "data"
WORLD = DATA / "facilities_gppd" / "gppd_v1_3_world_min.csv.gz"
UKRAINE = DATA / "facilities_gppd" / "gppd_v1_3_ukraine.csv"
FIRMS = DATA / "firms_min" / "firms_ua_2022.csv.gz"

OFFICER = "eucom-watch-1"


@contextmanager
def _node() -> Iterator[Node]:
    """A new node in a temporary folder, open."""
    with tempfile.TemporaryDirectory(prefix="armslength-watch-") as folder:
        home = Path(folder) / "EUCOM"
        settings = Settings(party="EUCOM", realm="EXERCISE", languages=("en",), demonstration=True)
        init_home(home, settings, passphrase_for=lambda _whose: pair.PASSPHRASE)
        node = open_node(home)
        try:
            yield node
        finally:
            node.close()


def _given(what: str, reader: str, file: Path) -> Json:
    if not file.exists():
        raise MissingError(f"{file.name} is not there: the benchmark reads the shared data beside the repository")
    return {"what": what, "reader": reader, "name": file.name, "data": b64encode(file.read_bytes()).decode()}


def _import(node: Node, what: str, reader: str, file: Path) -> Json:
    """Import a file as an officer does: dry run, signature, submission; return its counts and seconds."""
    key = load_officer(node.home.path, OFFICER, pair.PASSPHRASE)
    imports = node.service.imports
    began = time.perf_counter()
    given = _given(what, reader, file)
    shown = imports.prepare(OFFICER, given)
    read = time.perf_counter()
    signature = key.sign(bytes.fromhex(shown["statement"]))
    act = act_value(shown["act"], shown["role"], OFFICER, key.public.kid, signature)
    signed = Signed(prepared=decode_prepared(b64decode(shown["prepared"])), acts=(act,))
    done = asyncio.run(imports.submit(signed, b64decode(given["data"])))
    ended = time.perf_counter()
    counts = {name: shown["import"][name] for name in ("rows_read", "accepted", "refused")}
    return {
        "s": round(ended - began, 2),
        "dry_run_s": round(read - began, 2),
        **counts,
        "durable": done["rows"],
        "batches": done["batches"],
    }


def _concerns(node: Node) -> int:
    return node.service.look(lambda books: len(books.unit.scan(views.CONCERNS)))


def facilities() -> Json:
    """Return the seconds of importing the world's power plants, 34,936 rows, from the file to durable facilities."""
    with _node() as node:
        return _import(node, "facilities", "gppd", WORLD)


def firms_year() -> Json:
    """Return the seconds of a year of FIRMS, 133,979 rows, from the file to durable reports and concerns."""
    with _node() as node:
        _import(node, "facilities", "gppd", UKRAINE)
        row = _import(node, "reports", "firms", FIRMS)
        concerns = _concerns(node)
        return {**row, "concerns": concerns} if concerns else {**row, "failed": "it gave no concern"}


def one_report(zones: int, reports: int) -> Json:
    """Return p50 and p99 in ms of one report against that many zones, from its values to a durable concern.

    Each zone is a facility of the register, entered in batches as an import enters them, and the index is ready. Each
    report is measured alone: checked, signed by the officer, entered, held against every zone and name, judged by the
    rules, and its concern noted, in one durable transaction. Each is a strike on another one of the facilities, on a
    day of its own, so that no cap of the rules holds its concern back.
    """
    circles = world.make_zones(zones)
    with _node() as node:
        began = time.perf_counter()
        for start in range(0, zones, batches.BATCH_ROWS_MAX):
            _register(node, circles, start, min(start + batches.BATCH_ROWS_MAX, zones))
        entered = time.perf_counter()
        node.desk.ready()
        built = time.perf_counter() - entered
        taken = asyncio.run(_reports(node, circles, reports))
        concerns = _concerns(node)
    p50, p99 = np.percentile(taken[WARM_REPORTS:], (50, 99))
    if concerns < reports + WARM_REPORTS:
        return {"failed": f"{reports + WARM_REPORTS} reports gave {concerns} concerns"}
    return {
        "p50": round(float(p50), 2),
        "p99": round(float(p99), 2),
        "n": reports,
        "zones": zones,
        "concerns": concerns,
        "entered_s": round(entered - began, 1),
        "index_s": round(built, 1),
    }


WARM_REPORTS = 5
FIRST_DAY_US = 1_640_995_200_000_000
"""1 January 2022; one report a day follows."""
DAY_US = 86_400_000_000


def _register(node: Node, circles: world.Zones, start: int, stop: int) -> None:
    """Enter some of the zones as facilities, in one batch of one transaction."""
    bodies = [facility_body(_facility(n, circles)) for n in range(start, stop)]
    with node.store.write() as unit:
        books = node.desk.books(unit)
        for batch in batches.batches(bodies):
            books.note("facility-batch", "facility-batch", batch.fields(bytes(16), "benchmark"))


def _facility(number: int, circles: world.Zones) -> Facility:
    lat, lon = round(float(circles.lat[number]) * E7), round(float(circles.lon[number]) * E7)
    return Facility(
        facility_id=f"Z-{number}",
        names=(("en", f"Zone{number} substation"),),
        kind="SUBSTATION",
        place=Place(lat_e7=lat, lon_e7=lon, precision_m=10),
        site_radius_m=0,
        rings_m=(5_000, 10_000, 30_000),
        record_source="benchmark",
    )


async def _reports(node: Node, circles: world.Zones, count: int) -> list[float]:
    key = load_officer(node.home.path, OFFICER, pair.PASSPHRASE)
    taken = []
    for n in range(count + WARM_REPORTS):
        began = time.perf_counter()
        at = Instant(FIRST_DAY_US + n * DAY_US)
        report = Report(
            report_id=f"strike-{n}",
            kind=ReportKind.EVENT,
            from_at=at,
            until_at=at,
            place=Place(
                lat_e7=round(circles.lat[n] * E7), lon_e7=round(circles.lon[n] * E7), precision_m=PRECISION_UNSTATED
            ),
            uncertainty_m=100,
            what="SHELLING",
            who_says="benchmark",
            source="benchmark",
            received_at=system_now(),
            text=f"Shelling reported, number {n}.",
            language="en",
            grade=Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=3),
            located_by="MEASURED",
        )
        prepared = node.service.look(lambda books, report=report: watching.prepare_report(books, OFFICER, report))
        signature = key.sign(attest(node.realm, prepared, "record", "watch-officer", OFFICER))
        act = act_value("record", "watch-officer", OFFICER, key.public.kid, signature)
        signed = Signed(prepared=prepared, acts=(act,))
        await node.desk.act(lambda books, signed=signed: watching.submit_local(books, signed))
        taken.append((time.perf_counter() - began) * 1e3)
    return taken
