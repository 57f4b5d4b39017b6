"""Write every screen in each language and palette: `python tests/e2e/screenshots.py OUT` (`make screenshots`).

The pictures come from two running nodes on which the demonstration's story was played, so that no screen is empty.
Each view is taken at 1280 x 720 as LANGUAGE/PALETTE/VIEW.png; floor, messages and map also at 3840 x 2160, as a wall
shows them. `--screens floor,map --languages en --palettes night` takes a part of them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from playwright.sync_api import sync_playwright  # noqa: E402 - after the path

from builders.console_people import SETTLED, Person, Program  # noqa: E402
from builders.console_views import LANGUAGES, PALETTES, View, every_view  # noqa: E402
from builders.consoles import launch, make_pair, running  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

    from builders.consoles import Pair

WALL: Final = {"width": 3840, "height": 2160}
ON_THE_WALL: Final = ("floor", "messages", "map")
DESK: Final = {"width": 1280, "height": 720}


def parsed(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Write a picture of every screen of the console.")
    parser.add_argument("out", type=Path, help="folder of the pictures")
    for name, every in (("languages", LANGUAGES), ("palettes", PALETTES)):
        parser.add_argument(f"--{name}", type=_list, default=list(every), help=f"default: {','.join(every)}")
    parser.add_argument("--screens", type=_list, default=[], help="ids of screens; default: all")
    parser.add_argument("--no-wall", action="store_true", help="leave out those at 3840 x 2160")
    return parser.parse_args(words)


def _list(text: str) -> list[str]:
    return [one for one in text.split(",") if one]


def played(program: Program) -> None:
    """Let some things stand that the story leaves out: a watch that is held, a log, an alarm, a check, a channel."""
    program.act("shift-take", reason="First watch of the exercise.")
    program.act("log", text="Watch taken over; both consoles rung and heard.")
    Program(program.home.parent / "ndmc", "ndmc-watch-1").stop()
    program.until("messages", lambda rows: any(one["form"] == "STOP" for one in rows))


def _palette(person: Person, palette: str) -> None:
    person.page.evaluate("palette => { document.documentElement.dataset.palette = palette; }", palette)


def _beside(person: Person, folder: Path, palettes: Iterable[str]) -> None:
    """Sign-in, STOP, the log and the locked console: they are no screens of the menu."""
    page = person.page
    shots: list[tuple[str, str]] = [("stop", "F8"), ("quick-log", "F2"), ("keys", "?")]
    for name, key in shots:
        page.keyboard.press(key)
        page.locator("dialog[open]").wait_for()
        for palette in palettes:
            _palette(person, palette)
            page.screenshot(path=folder / palette / f"{name}.png")
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="hidden")
    page.keyboard.press("F4")
    page.locator(".lock").wait_for()
    for palette in palettes:
        _palette(person, palette)
        page.screenshot(path=folder / palette / "locked.png")


def _wanted(views: Iterable[View], screens: list[str]) -> list[View]:
    return [view for view in views if not screens or view.screen in screens]


def take(browser: Browser, pair: Pair, asked: argparse.Namespace) -> int:
    """Take the pictures; return how many."""
    program = Program(pair.home("EUCOM"), "eucom-every-1")
    count = 0
    for language in asked.languages:
        person = Person(browser, pair.address("EUCOM"), "eucom-every-1", language=language, sign=False)
        page = person.page
        page.locator("main.sign-in form select").first.wait_for()
        for palette in asked.palettes:
            _palette(person, palette)
            (asked.out / language / palette).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=asked.out / language / palette / "sign-in.png")
        person.sign_in()
        for view in _wanted(every_view(person, program), asked.screens):
            person.look(view.screen, view.name, **view.query)
            for palette in asked.palettes:
                _palette(person, palette)
                page.screenshot(path=asked.out / language / palette / f"{view.label}.png")
                count += 1
        if not asked.no_wall:
            page.set_viewport_size(WALL)
            for screen in (one for one in ON_THE_WALL if not asked.screens or one in asked.screens):
                person.look(screen)
                for palette in asked.palettes:
                    _palette(person, palette)
                    page.wait_for_function(SETTLED)
                    page.screenshot(path=asked.out / language / palette / f"wall-{screen}.png")
                    count += 1
            page.set_viewport_size(DESK)
        if not asked.screens:
            _beside(person, asked.out / language, asked.palettes)
        person.watchful.check()
        person.context.close()
    return count


def main(words: list[str] | None = None) -> int:
    """Make the pair, play the story, take the pictures."""
    asked = parsed(words)
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        with ThreadPoolExecutor(1) as other:
            template = other.submit(make_pair, base / "played", whole=True).result()
        assets = os.environ.get("ARMSLENGTH_CONSOLE_ASSETS")
        with running(template, base / "homes", assets=assets) as pair, sync_playwright() as playwright:
            played(Program(pair.home("EUCOM"), "eucom-watch-1"))
            browser = launch(playwright)
            count = take(browser, pair, asked)
            browser.close()
    print(f"{count} pictures in {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
