"""Two real nodes with their consoles, and browsers before them: Debian's Chromium through Playwright.

A pair is made once (homes, introductions, an open line, the plant in the register) and copied for each test, since its
ports and origins are fixed in what was signed. The nodes are processes of their own, so that one can be killed.
"""

# ruff: noqa: TID251 - real processes run on the real clock

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from armslength import node as nodes
from armslength.entrypoints.demo import story
from armslength.entrypoints.demo.cast import PASSPHRASE, Player, make_homes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

CHROMIUM: Final = "/usr/bin/chromium"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
)
"""Root in a container has no sandbox; the others keep the browser from calling anybody. Sound as on a floor PC."""

OFFICERS: Final = (
    *nodes.DEFAULT_OFFICERS,
    ("every-1", tuple(sorted({role for _, roles in nodes.DEFAULT_OFFICERS for role in roles}))),
)
"""Those of `init`, and one with every role, for whoever has to look at each screen."""

START_S: Final = 60.0
VIEW: Final = {"width": 1280, "height": 720}


def no_words(_text: str) -> None:
    """The demonstration's story, told to nobody."""


async def _play(homes: Mapping[str, Path], *, whole: bool) -> None:
    players = {party: Player(nodes.open_node(home)) for party, home in homes.items()}
    eucom, ndmc = players["EUCOM"], players["NDMC"]
    try:
        await story.introduce(eucom, ndmc, no_words)
        await story.introduce(ndmc, eucom, no_words)
        for player in players.values():
            await player.node.start()
        for player in players.values():
            await player.until("both assents", lambda p=player: p.line()["declared"] == "OPEN")  # type: ignore[misc]
        if whole:
            concern = await story.watch(eucom, no_words)
            message = await story.convey(eucom, concern, no_words)
            shown = await story.receive(ndmc, no_words)
            reply = await story.answer(ndmc, shown, no_words)
            await story.close(eucom, message, reply, no_words)
        else:
            facility = json.loads(story.resource("znpp.json"))
            prepared = eucom.node.service.prepare_local(eucom.officer("watch-1"), "facility", facility)
            await eucom.submit(prepared)
    finally:
        for player in players.values():
            await player.node.stop()
            player.node.close()


def make_pair(base: Path, *, whole: bool = False) -> Path:
    """Make both homes below a folder: an open line and a plant, or with `whole` the demonstration's whole story."""
    base.mkdir(parents=True, exist_ok=True)
    asyncio.run(_play(make_homes(base, OFFICERS), whole=whole))
    return base


@dataclass
class Pair:
    """Two nodes of one folder, as processes.

    Args:
        base: the folder of both homes.
        assets: another build of the console than the package's, for whoever works on it.
    """

    base: Path
    assets: Path | None = None
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def home(self, party: str) -> Path:
        """The home of a party."""
        return self.base / party.lower()

    def start(self, *parties: str) -> None:
        """Start nodes and wait until their consoles are served."""
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        elsewhere = f"pages.read_pages.__defaults__ = (Path({str(self.assets)!r}),)" if self.assets else "pass"
        program = (
            "import sys; from pathlib import Path; from armslength.entrypoints.console import pages; "
            f"{elsewhere}; from armslength.entrypoints.cli.main import main; sys.exit(main())"
        )
        command = [sys.executable, "-c", program]
        for party in parties:
            (self.home(party) / "run.json").unlink(missing_ok=True)
            with (self.home(party) / "run.out").open("ab") as out:
                self._running[party] = subprocess.Popen(
                    [*command, "--home", str(self.home(party)), "run", "--json"],
                    stdout=out,
                    stderr=out,
                    env=environment,
                )
        for party in parties:
            self.address(party)

    def address(self, party: str) -> str:
        """Return the console's address of a running node."""
        path = self.home(party) / "run.json"
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if path.exists():
                return str(json.loads(path.read_text())["console"])
            if self._running[party].poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{party} does not run: {(self.home(party) / 'run.out').read_text()[-2000:]}")

    def pid(self, party: str) -> int:
        """The process of a node."""
        return self._running[party].pid

    def kill(self, party: str) -> None:
        """Kill -9."""
        self._running[party].send_signal(signal.SIGKILL)
        self._running.pop(party).wait()

    def pause(self, party: str) -> None:
        """Stop a node's process without ending it: as a machine that hangs."""
        self._running[party].send_signal(signal.SIGSTOP)

    def resume(self, party: str) -> None:
        """Let it go on."""
        self._running[party].send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Stop every node that still runs."""
        for process in self._running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()


@contextmanager
def running(template: Path, base: Path, *parties: str, assets: str | None = None) -> Iterator[Pair]:
    """Copy a pair, run it, and stop it afterwards."""
    shutil.copytree(template, base, symlinks=True)
    pair = Pair(base, Path(assets) if assets else None)
    try:
        pair.start(*(parties or ("EUCOM", "NDMC")))
        yield pair
    finally:
        pair.stop()


def launch(playwright: Playwright, *flags: str, env: Mapping[str, str] | None = None) -> Browser:
    """Start Debian's Chromium."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*FLAGS, *flags], headless=True, env=dict(env) if env else None
    )


def open_console(context: BrowserContext, address: str, *, language: str = "en", palette: str = "dusk") -> Page:
    """Open a console in a language and a palette."""
    page = context.new_page()
    page.goto(f"{address}/?lang={language}&palette={palette}")
    return page


def sign_in(page: Page, officer: str, *, passphrase: str = PASSPHRASE) -> None:
    """Sign in with the officer's key file, which a demonstration node offers by itself; in whatever language."""
    form = page.locator("main.sign-in form")
    form.locator("select").first.select_option(officer)
    form.locator("input[type=password]").fill(passphrase)
    form.locator("button[type=submit]").click()
    page.locator("nav").first.wait_for()


def signed_in(browser: Browser, address: str, officer: str, *, language: str = "en", palette: str = "dusk") -> Page:
    """A console of its own browser profile, signed in."""
    context = browser.new_context(viewport=VIEW)
    page = open_console(context, address, language=language, palette=palette)
    sign_in(page, officer)
    return page
