"""The node dies, hangs, or the machine sleeps: every open tab says so within five seconds and comes back by itself."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from conftest import Floor

pytestmark = pytest.mark.browser

TOLD_WITHIN_MS = 5_000
BACK_WITHIN_MS = 30_000
"""Starting the process takes most of it; others share the machine."""

ASLEEP_S = 6.0
"""Longer than a console takes for a pause of its own computer."""

LOST = '.bar .line[data-kind="NODE-LOST"]'
ROWS = "main table tbody tr"


def numbers(page: Page) -> list[str]:
    """Return the numbers of the messages that a list shows."""
    return [text.strip() for text in page.locator("main tbody tr td:first-child").all_inner_texts()]


def test_node_lost_is_shown_in_every_tab(floor: Floor) -> None:
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.program("NDMC", "watch-1")
    watch.go("messages")
    tabs = [watch.page, watch.tab("messages"), watch.tab("floor"), watch.tab("alarms")]
    for tab in tabs:
        expect(tab.locator(".bar")).to_be_visible()
        # A page that is loaded again forgets this.
        tab.evaluate("() => { window.__same = true; }")
    before = theirs.test("before")["number"]
    for tab in tabs[:2]:
        expect(tab.locator("main").get_by_role("link", name=f"in {before}, TEST")).to_be_visible()

    floor.pair.kill("EUCOM")
    for tab in tabs:
        expect(tab.locator(LOST)).to_be_visible(timeout=TOLD_WITHIN_MS)
        expect(tab.locator(LOST)).to_contain_text("NODE LOST")
    missed = [theirs.test(f"while it was down {n}")["number"] for n in range(3)]

    floor.pair.start("EUCOM")
    late = theirs.test("right after")["number"]
    for tab in tabs:
        expect(tab.locator(LOST)).to_have_count(0, timeout=BACK_WITHIN_MS)
        assert tab.evaluate("() => window.__same") is True
    ours = floor.program("EUCOM", "watch-1")
    held = ours.until("messages", lambda all_: {one["number"] for one in all_} >= {*missed, late}, within_s=40)
    for tab in tabs[:2]:
        for number in (before, *missed, late):
            expect(tab.locator("main").get_by_role("link", name=f"in {number}, TEST")).to_be_visible()
        expect(tab.locator(ROWS)).to_have_count(len(held))


def test_nine_tabs(floor: Floor) -> None:
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.program("NDMC", "watch-1")
    tabs = [watch.page, *(watch.tab("messages" if n % 2 else "floor") for n in range(8))]
    for tab in tabs:
        expect(tab.get_by_role("region", name="Alarms now")).to_be_visible()
        expect(tab.locator(".bar .quiet, .bar .top").first).not_to_contain_text("Connecting")
    detail = theirs.stop()
    for tab in tabs:
        bar = tab.locator(".bar")
        expect(bar).to_have_attribute("data-top", "flash")
        expect(bar.locator(".top")).to_contain_text("STOP")
    assert detail["number"]


def test_sleep_and_resume(floor: Floor, browser: Browser) -> None:
    """The node hangs, the tab is frozen, the computer sleeps: each is told or made good, and nothing is missing."""
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.program("NDMC", "watch-1")
    page = watch.go("messages")
    expect(page.locator(".bar")).to_be_visible()
    page.evaluate("() => { window.__same = true; }")
    ours = floor.program("EUCOM", "watch-1")

    # The node's process stands still: its sockets stay open, and say nothing.
    floor.pair.pause("EUCOM")
    expect(page.locator(LOST)).to_be_visible(timeout=TOLD_WITHIN_MS)
    hung = theirs.test("while it hung")["number"]
    floor.pair.resume("EUCOM")
    expect(page.locator(LOST)).to_have_count(0, timeout=BACK_WITHIN_MS)
    expect(page.get_by_role("link", name=f"in {hung}, TEST")).to_be_visible(timeout=BACK_WITHIN_MS)

    # The browser freezes the tab, as it does with those that nobody looks at.
    session = watch.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    frozen = theirs.test("while the tab was frozen")["number"]
    ours.until("messages", lambda all_: any(one["number"] == frozen for one in all_))
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(page.get_by_role("link", name=f"in {frozen}, TEST")).to_be_visible()

    # The computer sleeps: every process of its pages stands still, and time goes on elsewhere.
    asked = browser.new_browser_cdp_session()
    everything = asked.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [one["id"] for one in everything if one["type"] == "renderer"]
    assert renderers
    try:
        for pid in renderers:
            os.kill(pid, signal.SIGSTOP)
        asleep = theirs.stop()["number"]
        ours.until("messages", lambda all_: any(one["number"] == asleep for one in all_))
        began = ours.get("floor")
        ours.until("floor", lambda found: _seconds(found["now"]) - _seconds(began["now"]) > ASLEEP_S)
    finally:
        for pid in renderers:
            os.kill(pid, signal.SIGCONT)
    expect(page.locator('.bar .top[data-kind="STOP-RECEIVED"]')).to_be_visible(timeout=TOLD_WITHIN_MS)
    expect(page.locator(LOST)).to_have_count(0)
    expect(page.get_by_role("link", name=f"in {asleep}, STOP")).to_be_visible()
    expect(page.locator(ROWS)).to_have_count(len(ours.get("messages")))
    assert page.evaluate("() => window.__same") is True


def _seconds(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()
