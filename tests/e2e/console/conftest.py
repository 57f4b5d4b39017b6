"""What the console's scenarios stand on: nodes as processes, one Chromium, and people with profiles of their own.

Each test leaves a Playwright trace of each profile in build/traces: NAME.zip of its first person, NAME.WHO.zip of the
others (`playwright show-trace FILE` plays one). ARMSLENGTH_CONSOLE_ASSETS=FOLDER serves another build of the console.
"""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect, sync_playwright

from builders.console_people import WITHIN_MS, Person, Program
from builders.consoles import Pair, launch, make_pair, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

TRACES: Final = Path(__file__).parents[3] / "build" / "traces"
ASSETS: Final = os.environ.get("ARMSLENGTH_CONSOLE_ASSETS")

expect.set_options(timeout=WITHIN_MS)


@dataclass
class Floor:
    """Two running nodes, and whoever works at them in one test."""

    browser: Browser
    pair: Pair
    name: str
    people: list[Person] = field(default_factory=list)

    def sit(self, party: str, post: str, **options: Any) -> Person:
        """Sit an officer down before his party's console."""
        officer = f"{party.lower()}-{post}"
        browser = options.pop("browser", self.browser)
        person = Person(browser, self.pair.address(party), officer, **options, trace=True)
        self.people.append(person)
        return person

    def program(self, party: str, post: str) -> Program:
        """Return an officer who works by a program."""
        return Program(self.pair.home(party), f"{party.lower()}-{post}")

    def leave(self) -> None:
        """Send everybody home: keep the traces, then judge what the pages did. A second call finds nobody."""
        TRACES.mkdir(parents=True, exist_ok=True)
        people, self.people = self.people, []
        for index, person in enumerate(people):
            who = f".{index + 1}-{person.officer}" if index else ""
            person.context.tracing.stop(path=TRACES / f"{self.name}{who}.zip")
            person.context.close()
        for person in people:
            person.watchful.check()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two pairs of homes to copy: with an open line, and with the demonstration's story played."""
    base = tmp_path_factory.mktemp("pairs")
    # A thread of its own: Playwright's loop runs in this one, and homes are made by loops of theirs.
    with ThreadPoolExecutor(1) as other:
        return {
            name: other.submit(make_pair, base / name, whole=name == "played").result() for name in ("open", "played")
        }


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playing: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests; people have profiles of their own in it."""
    launched = launch(playing)
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def shared_pair(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A pair with an open line for all tests of a file that need nothing of it for themselves."""
    with running(templates["open"], tmp_path_factory.mktemp("pair") / "homes", assets=ASSETS) as pair:
        yield pair


@pytest.fixture(scope="module")
def played_pair(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A pair with the whole story played."""
    with running(templates["played"], tmp_path_factory.mktemp("pair") / "homes", assets=ASSETS) as pair:
        yield pair


def _named(request: pytest.FixtureRequest) -> str:
    return re.sub(r"[^\w.-]+", "-", request.node.name).strip("-")


@pytest.fixture
def floor(browser: Browser, shared_pair: Pair, request: pytest.FixtureRequest) -> Iterator[Floor]:
    made = Floor(browser, shared_pair, _named(request))
    yield made
    made.leave()


@pytest.fixture
def played(browser: Browser, played_pair: Pair, request: pytest.FixtureRequest) -> Iterator[Floor]:
    made = Floor(browser, played_pair, _named(request))
    yield made
    made.leave()
