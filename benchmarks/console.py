"""The console before a person: first paint, a FLASH on the screen, fifty consoles on one node, the map, the scripts.

Two real nodes of this machine with an open line, started as `armslength run` starts them, and Debian's Chromium without
a graphics card before the one that receives. A FLASH is a STOP that the other side's officer releases by a program; it
is timed from the instant that stands in the record (before the sender's commit, so that nothing is left out) until the
alarm stands in the page. Then the same while fifty consoles are open and ten messages a second arrive. Last, the map:
the register of 35,000 power plants (WRI, CC BY 4.0) and 10,000 detections from orbit (NASA FIRMS) are imported and the
map is panned over Europe and over the whole world. Needs ../shared/data for the map and prints what it left out.

    python benchmarks/console.py [--only paint,flash,consoles,map,scripts]   prints JSON; `short` names the aims missed

Aims: first paint on loopback <= 1 s; FLASH p99 <= 300 ms, also with fifty consoles and ten messages a second; map >= 30
frames/s; scripts <= 150 kB packed for the floor and the largest other screen, <= 300 kB for the floor and the map.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64decode
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from armslength import node as nodes
from armslength.core.instants import parse_rfc3339
from armslength.entrypoints.cli.client import connect
from armslength.entrypoints.console import pages
from armslength.entrypoints.demo import story
from armslength.entrypoints.demo.cast import PASSPHRASE, Player, make_homes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page, Response
    from websockets.asyncio.client import ClientConnection

    from armslength.entrypoints.cli.client import Client

Json = dict[str, Any]

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage", "--disable-gpu")
SHARED = Path(__file__).parents[2] / "shared" / "data"
PAINT_MS_MAX = 1_000.0
FLASH_MS_MAX = 300.0
FRAMES_MIN = 30.0
SCRIPTS_KB_MAX = 150.0
SCRIPTS_MAP_KB_MAX = 300.0
START_S = 60.0
PLACE = "47.5122N 34.5858E"
DETECTIONS = 10_000
REPORTED = "days=365&until=2021-12-31"
"""The year of the detections, as the address of the map has it."""
VIEWS = (("europe", "at=48.5,31.5,5"), ("world", "at=25,20,2.4"))
"""Where the map is panned: latitude, longitude, zoom."""

ROLES = ("release", "principal", "auditor", "custodian", "legal")
"""Whose consoles stand beside the one that is timed."""

APPEARED = """() => new Promise((done) => {
  const bar = document.querySelector("section.bar");
  const look = () => bar.querySelector('.line.top[data-kind="STOP-RECEIVED"][data-state="unaccepted"]');
  if (look()) return done(Date.now());
  const seen = new MutationObserver(() => { if (look()) { seen.disconnect(); done(Date.now()); } });
  seen.observe(bar, { childList: true, subtree: true, attributes: true });
})"""
GONE = """() => !document.querySelector('section.bar .line.top[data-kind="STOP-RECEIVED"][data-state="unaccepted"]')"""


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(values: list[float]) -> Json:
    return {
        "n": len(values),
        "p50_ms": round(percentile(values, 0.5), 1),
        "p99_ms": round(percentile(values, 0.99), 1),
        "max_ms": round(max(values), 1),
    }


# --- the nodes --------------------------------------------------------------------------------------------------------


async def _introduce(homes: Mapping[str, Path]) -> None:
    players = {party: Player(nodes.open_node(home)) for party, home in homes.items()}
    ours, theirs = players.values()
    try:
        for one, other in ((ours, theirs), (theirs, ours)):
            await story.introduce(one, other, lambda _text: None)
        for player in players.values():
            await player.node.start()
        for player in players.values():
            await player.until("both assents", lambda p=player: p.line()["declared"] == "OPEN")  # type: ignore[misc]
    finally:
        for player in players.values():
            await player.node.stop()
            player.node.close()


@contextmanager
def running(homes: Mapping[str, Path], assets: Path = pages.ASSETS) -> Iterator[dict[str, str]]:
    """Run the nodes, with a build of the console; yield the consoles' addresses by party."""
    program = (
        "import sys; from pathlib import Path; from armslength.entrypoints.console import pages; "
        f"pages.read_pages.__defaults__ = (Path({str(assets)!r}),); "
        "from armslength.entrypoints.cli.main import main; sys.exit(main())"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, "--home", str(home), "run", "--json"],
            stdout=subprocess.DEVNULL,
        )
        for home in homes.values()
    ]
    try:
        found = {}
        for party, home in homes.items():
            until = time.monotonic() + START_S
            while not (home / "run.json").exists():
                if time.monotonic() > until:
                    raise RuntimeError(f"{party} does not start")
                time.sleep(0.05)
            found[party] = json.loads((home / "run.json").read_text())["console"]
        yield found
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(30)


class Officer:
    """An officer's own program at a running node: prepare, sign, submit."""

    def __init__(self, home: Path, officer: str) -> None:
        self.officer = officer
        self.client: Client = connect(home)
        self.key = nodes.load_officer(home, officer, PASSPHRASE)

    def act(self, kind: str, **arguments: object) -> Json:
        """Prepare, sign and submit one act."""
        asked = self.client.prepare(kind, self.officer, arguments)
        act = {
            "act": asked["act"],
            "role": asked["role"],
            "officer": self.officer,
            "key_id": self.key.public.kid.hex(),
            "signature": self.key.sign(bytes.fromhex(asked["statement"])).hex(),
        }
        result: Json = self.client.submit(self.officer, [{"prepared": asked["prepared"], "acts": [act]}])[0]
        return {**result, "body": b64decode(asked["prepared"])}

    def flash(self) -> Json:
        """Release a STOP."""
        return self.act("message", form="STOP", precedence="FLASH", values={"place": PLACE}, alone=True)

    def accept_stops(self) -> None:
        """Accept every STOP that rings."""
        for alarm in self.client.read("alarms"):
            if alarm["kind"] == "STOP-RECEIVED" and alarm["accepted_at"] is None:
                self.act("alarm-accepted", alarm=alarm["id"])

    def released_at_ms(self, number: int) -> float:
        """Return when a message of ours was released, by its record."""
        message = self.client.read("messages", f"out:{number}")
        return parse_rfc3339(message["released_at"]) / 1_000


# --- the browser ------------------------------------------------------------------------------------------------------


def sign_in(page: Page, address: str, officer: str) -> None:
    page.goto(f"{address}/?lang=en")
    form = page.locator("main.sign-in form")
    form.locator("select").first.select_option(officer)
    form.locator("input[type=password]").fill(PASSPHRASE)
    form.locator("button[type=submit]").click()
    page.locator("nav").first.wait_for()


def paints(page: Page, address: str, times: int) -> Json:
    first = []
    for _ in range(times):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        first.append(float(page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")))
    return spread(first)


def flashes(page: Page, theirs: Officer, ours: Officer, count: int) -> list[float]:
    """Time STOPs one after the other, each accepted before the next; milliseconds from the record's instant."""
    found = []
    for _ in range(count):
        waiting = page.evaluate_handle(f"() => ({{ seen: ({APPEARED})() }})")
        sent = theirs.flash()
        seen = float(page.evaluate("(waiting) => waiting.seen", waiting))
        found.append(seen - theirs.released_at_ms(int(sent["number"])))
        ours.accept_stops()
        page.wait_for_function(GONE)
    return found


class Consoles:
    """Further open consoles: each one a WebSocket that speaks as a tab does, in a thread of their own."""

    def __init__(self, address: str, cookies: list[str], count: int) -> None:
        self.address, self.cookies, self.count = address, cookies, count
        self.events = 0
        self.live = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        until = time.monotonic() + START_S
        while self.live < self.count:
            if time.monotonic() > until:
                raise RuntimeError(f"{self.live} of {self.count} consoles are live")
            time.sleep(0.05)
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join(20)

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(number) for number in range(self.count)))

    async def _one(self, number: int) -> None:
        from websockets.asyncio.client import connect as dial

        address = f"{self.address.replace('http', 'ws', 1)}/live"
        headers = {"Cookie": self.cookies[number % len(self.cookies)]}
        async with dial(address, origin=self.address, additional_headers=headers) as socket:  # type: ignore[arg-type]
            await socket.send(
                json.dumps({"t": "hello", "epoch": None, "seq": None, "console": f"c{number}", "post": ""})
            )
            beats = asyncio.create_task(self._beat(socket))
            async for frame in socket:
                kind = json.loads(frame)["t"]
                self.events += kind == "event"
                self.live += kind == "state"
                if self._stop.is_set():
                    break
            beats.cancel()

    async def _beat(self, socket: ClientConnection) -> None:
        while not self._stop.is_set():
            await asyncio.sleep(1)
            await socket.send('{"t":"beat"}')
        await socket.close()


class Traffic:
    """Messages from the other side at a steady rate, in a thread."""

    def __init__(self, officer: Officer, per_s: float) -> None:
        self.officer, self.per_s = officer, per_s
        self.sent = 0
        self.seconds = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._send, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join(30)

    def _send(self) -> None:
        began = time.monotonic()
        while not self._stop.is_set():
            self.officer.act("message", form="TEST", values={"test-text": "benchmark " * 6}, alone=True)
            self.sent += 1
            self.seconds = time.monotonic() - began
            self._stop.wait(max(0.0, began + self.sent / self.per_s - time.monotonic()))


def cookies_of(browser: Browser, address: str, officers: list[str]) -> list[str]:
    found = []
    for officer in officers:
        context = browser.new_context()
        sign_in(context.new_page(), address, officer)
        found += [f"{one['name']}={one['value']}" for one in context.cookies()]
        context.close()
    return found


# --- scripts and map --------------------------------------------------------------------------------------------------


def scripts(browser: Browser, address: str) -> Json:
    """Bytes of scripts as they travel, packed: until the floor stands, with the largest screen, with the map, of all.

    The largest other screen is taken from the build, since which one it is changes; `all_kb` is every script there is,
    of every screen, which nobody's browser loads at once. Words are no scripts: they come as text.
    """
    sizes: dict[str, float] = {}
    page = browser.new_context().new_page()

    def count(response: Response) -> None:
        if response.url.endswith(".js"):
            sizes[response.url.rpartition("/")[2]] = float(response.headers.get("content-length", 0)) / 1_000

    page.on("response", count)
    sign_in(page, address, "eucom-watch-1")
    page.locator("h1").first.wait_for()
    page.wait_for_load_state("networkidle")
    first, loaded = sum(sizes.values()), set(sizes)
    every = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) / 1_000 for path in pages.ASSETS.rglob("*.js")}
    page.goto(f"{address}/#/map")
    page.locator('[role="application"]').wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    maps = set(sizes) - loaded
    largest = max(size for name, size in every.items() if name not in loaded | maps)
    page.context.close()
    return {
        "floor_kb": round(first, 1),
        "floor_and_largest_screen_kb": round(first + largest, 1),
        "floor_and_map_kb": round(sum(sizes.values()), 1),
        "all_kb": round(sum(every.values()), 1),
        "files": len(every),
    }


def detections(folder: Path) -> Path | None:
    """Write the newest 10,000 detections of a year from orbit to a file; None where there are none."""
    found = SHARED / "firms_full" / "MODIS-2021.csv.gz"
    if not found.exists():
        return None
    head, *lines = gzip.decompress(found.read_bytes()).decode().splitlines()
    some = folder / "detections.csv"
    some.write_text("\n".join([head, *lines[-DETECTIONS:]]) + "\n", encoding="utf-8")
    return some


def load_map(home: Path) -> Json:
    """Import the register and the detections into a node that does not run yet; seconds of each import."""
    plants = SHARED / "facilities_gppd" / "gppd_v1_3_world_min.csv.gz"
    fires = detections(home.parent)
    if not plants.exists() or fires is None:
        return {"left_out": "../shared/data is not there"}
    command = [sys.executable, "-m", "armslength.entrypoints.cli.main", "--home", str(home)]
    environment = {**os.environ, "ARMSLENGTH_PASSPHRASE": PASSPHRASE}
    done: Json = {}
    for what, reader, path in (("facility", "gppd", plants), ("report", "firms", fires)):
        began = time.monotonic()
        asked = [what, "import", str(path), "--as", reader, "--officer", "eucom-watch-1", "--yes", "--json"]
        answer = subprocess.run([*command, *asked], env=environment, check=False, capture_output=True, text=True)
        if answer.returncode != 0:
            raise RuntimeError(f"{what} import: {answer.stdout[-500:]}{answer.stderr[-500:]}")
        done[f"{what}_import_s"] = round(time.monotonic() - began, 1)
    return done


def frames(page: Page, address: str) -> Json:
    """Pan the map over Europe and over the whole world, and say what it holds and how it went."""
    found: Json = {}
    for name, where in VIEWS:
        page.goto("about:blank")
        page.goto(f"{address}/#/map?{where}&{REPORTED}")
        box = page.locator('[role="application"]')
        box.wait_for(timeout=60_000)
        page.wait_for_function(
            """() => { const map = document.querySelector('[role="application"]'); const holds = map?.mapHolds?.();
            return holds && holds.facilities > 1000 && holds.reports > 1000; }""",
            timeout=60_000,
        )
        page.wait_for_timeout(3_000)
        found |= page.evaluate("""() => document.querySelector('[role="application"]').mapHolds()""")
        found[name] = pan(page)
    found["frames_per_s"] = min(found[name]["frames_per_s"] for name, _ in VIEWS)
    found["window"] = page.viewport_size
    return found


def pan(page: Page) -> Json:
    place = page.locator('[role="application"]').bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    program = (Path(__file__).parent / "console_map_pan.js").read_text(encoding="utf-8")
    found: Json = page.evaluate(program, [x, y, min(place["height"], place["width"]) / 3, 8])
    page.mouse.up()
    return {name: round(float(value), 1) for name, value in found.items()}


# --- all of it --------------------------------------------------------------------------------------------------------


def measure(base: Path, wanted: set[str], args: argparse.Namespace) -> Json:
    from playwright.sync_api import sync_playwright

    found: Json = {}
    homes = make_homes(base)
    asyncio.run(_introduce(homes))
    if "map" in wanted:
        found["map"] = load_map(homes["EUCOM"])
    with running(homes, args.assets) as addresses, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), headless=True)
        address = addresses["EUCOM"]
        page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        if "paint" in wanted:
            found["paint_sign_in"] = paints(page, address, 20)
        if "scripts" in wanted:
            found["scripts"] = scripts(browser, address)
        sign_in(page, address, "eucom-watch-1")
        if "paint" in wanted:
            found["paint_floor"] = paints(page, address, 20)
        if "flash" in wanted or "consoles" in wanted:
            page.goto(f"{address}/#/floor")
            page.locator("section.bar").wait_for()
            ours = Officer(homes["EUCOM"], "eucom-watch-1")
            theirs, others = Officer(homes["NDMC"], "ndmc-watch-1"), Officer(homes["NDMC"], "ndmc-watch-2")
            flashes(page, theirs, ours, 3)
            if "flash" in wanted:
                found["flash"] = spread(flashes(page, theirs, ours, args.flashes))
            if "consoles" in wanted:
                officers = [
                    "eucom-watch-2",
                    "eucom-release-1",
                    "eucom-principal-1",
                    "eucom-auditor-1",
                    "eucom-custodian-1",
                ]
                cookies = cookies_of(browser, address, officers)
                with Consoles(address, cookies, args.consoles - 1) as open_ones, Traffic(others, args.per_s) as traffic:
                    times = flashes(page, theirs, ours, args.flashes)
                found["flash_50_consoles"] = {
                    **spread(times),
                    "consoles": args.consoles,
                    "messages_per_s": round((traffic.sent + len(times)) / traffic.seconds, 1),
                    "events_to_consoles": open_ones.events,
                }
        if "map" in wanted and "left_out" not in found["map"]:
            found["map"] |= frames(page, address)
        browser.close()
    return found


def short(found: Json) -> list[str]:
    """Name the aims that were not met."""
    aims = [
        ("first paint", found.get("paint_floor", {}).get("p99_ms", 0) <= PAINT_MS_MAX),
        ("first paint of the sign-in", found.get("paint_sign_in", {}).get("p99_ms", 0) <= PAINT_MS_MAX),
        ("FLASH", found.get("flash", {}).get("p99_ms", 0) <= FLASH_MS_MAX),
        ("FLASH with fifty consoles", found.get("flash_50_consoles", {}).get("p99_ms", 0) <= FLASH_MS_MAX),
        ("ten messages a second", found.get("flash_50_consoles", {}).get("messages_per_s", 10) >= 10),
        ("map", found.get("map", {}).get("frames_per_s", FRAMES_MIN) >= FRAMES_MIN),
        ("map left out", "left_out" not in found.get("map", {})),
    ]
    if "scripts" in found:
        packed = found["scripts"]
        aims += [
            ("scripts", packed["floor_and_largest_screen_kb"] <= SCRIPTS_KB_MAX),
            ("scripts with the map", packed["floor_and_map_kb"] <= SCRIPTS_MAP_KB_MAX),
        ]
    return [name for name, met in aims if not met]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="paint,flash,consoles,map,scripts")
    parser.add_argument("--flashes", type=int, default=100, help="STOPs timed in each part")
    parser.add_argument("--consoles", type=int, default=50)
    parser.add_argument("--per-s", type=float, default=10.0, help="messages a second beside the STOPs")
    parser.add_argument("--assets", type=Path, default=pages.ASSETS, help="another build of the console")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="armslength-console-") as folder:
        found = measure(Path(folder), set(args.only.split(",")), args)
    missed = short(found)
    build = sha256((args.assets / "index.html").read_bytes()).hexdigest()[:16]
    print(json.dumps({**found, "build": build, "short": missed}, indent=2))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
