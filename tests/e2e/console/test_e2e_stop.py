"""S5: STOP from any screen, by anyone on watch, before the next bomb: the key, the place, Enter."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from builders.console_people import Person
    from conftest import Floor

pytestmark = pytest.mark.browser

PLACE = "36TXT 19403 63288"
"""A grid reference as it is read from a map: longer than degrees, so the bound holds for either."""

STROKE_S = 0.2
"""A key at 60 words a minute; somebody who is frightened is slower, and has thirteen seconds in hand."""

WITHIN_S = 15.0
ACTIONS_MAX = 3
SENT = re.compile(r"STOP to NDMC released, number (\d+)")


def stop(person: Person, *, locked: bool = False) -> tuple[int, int, float]:
    """Send a STOP by keyboard; return its number, how many actions it took, and the seconds at the given pace."""
    page = person.page
    begun = time.monotonic()
    page.keyboard.press("F8")
    field = page.get_by_label("What or where")
    expect(field).to_be_focused()
    page.keyboard.type(PLACE)
    page.keyboard.press("Enter")
    actions, strokes = 3, 2 + len(PLACE)
    if locked:
        # Locking forgot the key: its passphrase is asked once more, and nothing else.
        secret = page.get_by_label("Passphrase of the key file")
        expect(secret).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("demonstration")
        page.keyboard.press("Enter")
        actions, strokes = actions + 2, strokes + len("demonstration") + 1
    said = page.get_by_text(SENT)
    expect(said).to_be_visible()
    machine_s = time.monotonic() - begun
    found = SENT.search(said.inner_text())
    assert found is not None
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    return int(found[1]), actions, machine_s + strokes * STROKE_S


def test_s5_stop_from_any_screen(floor: Floor) -> None:
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.sit("NDMC", "watch-1")
    told = floor.program("NDMC", "watch-1")
    screens = watch.menu()
    assert len(screens) > 3
    took = {}
    for screen in screens:
        watch.go(screen)
        number, actions, seconds = stop(watch)
        took[screen] = seconds
        assert (actions <= ACTIONS_MAX, seconds <= WITHIN_S) == (True, True), (screen, actions, seconds)
        held = told.until("messages", lambda all_, n=number: any(one["number"] == n for one in all_))
        one = next(one for one in held if one["direction"] == "in" and one["number"] == number)
        assert (one["form"], one["precedence"]) == ("STOP", "FLASH"), screen
        bar = theirs.page.locator(".bar")
        expect(bar).to_have_attribute("data-top", "flash")
        expect(bar.get_by_text(f"{number - 1} other" if number > 1 else "STOP").first).to_be_visible()
    print("s5", {screen: round(seconds, 1) for screen, seconds in took.items()})
    expect(theirs.page.locator('.bar .top[data-kind="STOP-RECEIVED"]')).to_contain_text("STOP received")
    expect(theirs.page.locator(".bar")).to_have_attribute("data-ring", "flash")

    watch.page.keyboard.press("F4")
    expect(watch.page.get_by_role("heading", name="This console is locked")).to_be_visible()
    number, _, seconds = stop(watch, locked=True)
    assert seconds <= WITHIN_S
    told.until("messages", lambda all_: any(one["number"] == number and one["form"] == "STOP" for one in all_))
    expect(watch.page.get_by_role("heading", name="This console is locked")).to_be_visible()
