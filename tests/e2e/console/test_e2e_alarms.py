"""Alarms that cannot be missed, and what accepting, silencing and locking do not do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Floor

pytestmark = pytest.mark.browser

UNTOUCHED = """
let touched = false;
addEventListener("pointerdown", (event) => (touched ||= event.isTrusted), { capture: true });
const Real = AudioContext;
window.AudioContext = class extends Real {
  get state() {
    return touched ? super.state : "suspended";
  }
  resume() {
    return touched ? super.resume() : Promise.resolve();
  }
};
"""
"""A browser keeps quiet until a person touches the page; to it, each look that Playwright takes is such a touch."""

SILENCE_MAX_MS = 40_000
"""Half a minute, and the seconds of a loaded machine."""

IDLE_S = 4


def test_accepting_emits_no_receipt(floor: Floor) -> None:
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.program("NDMC", "watch-1")
    sent = theirs.stop()
    bar = watch.page.locator(".bar")
    expect(bar).to_have_attribute("data-top", "flash")
    expect(bar).to_contain_text("Accepting tells the other side nothing")
    entries = floor.program("EUCOM", "auditor-1")
    size = len(entries.get("entries"))
    bar.get_by_role("button", name="Accept", exact=False).first.click()
    expect(bar.locator('[data-kind="STOP-RECEIVED"]')).to_have_count(0)
    accepted = entries.until("entries", lambda all_: len(all_) > size)
    assert "receipt-out" not in {one["kind"] for one in accepted[size:]}
    # What the peer holds of us is the machine's R0 and no more, after another round trip over the same line.
    ours = floor.program("EUCOM", "watch-1")
    ours.test("after")
    theirs.until("messages", lambda all_: any(one["direction"] == "in" for one in all_))
    seen = next(one for one in theirs.get("messages") if one["id"] == sent["id"])
    assert set(seen["receipts"]) <= {"R0"}
    # Nor does opening it.
    watch.go("messages", f"in:{sent['number']}")
    expect(watch.page.get_by_text("Opening it is not R1")).to_be_visible()
    ours.test("after opening")
    theirs.until("messages", lambda all_: sum(one["direction"] == "in" for one in all_) >= 2)
    assert set(next(one for one in theirs.get("messages") if one["id"] == sent["id"])["receipts"]) <= {"R0"}


def test_silence_ends_and_is_not_acceptance(floor: Floor) -> None:
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.program("NDMC", "watch-1")
    theirs.stop()
    bar = watch.page.locator(".bar")
    expect(bar).to_have_attribute("data-ring", "flash")
    watch.page.keyboard.press("s")
    expect(bar).to_have_attribute("data-ring", "none")
    expect(bar).to_contain_text("Silence accepts nothing")
    expect(bar.locator(".top")).to_have_attribute("data-state", "unaccepted")
    ours = floor.program("EUCOM", "watch-1")
    assert any(one["kind"] == "STOP-RECEIVED" and not one["accepted_at"] for one in ours.get("alarms"))
    # A new alarm breaks it at once.
    theirs.stop()
    expect(bar).to_have_attribute("data-ring", "flash")
    watch.page.keyboard.press("s")
    expect(bar).to_have_attribute("data-ring", "none")
    # And time ends it.
    expect(bar).to_have_attribute("data-ring", "flash", timeout=SILENCE_MAX_MS)


def test_sound_not_armed_is_alarmed(floor: Floor) -> None:
    watch = floor.sit("EUCOM", "watch-1")
    floor.program("EUCOM", "watch-1").act("shift-take", reason="First watch of the exercise")
    watch.context.add_init_script(UNTOUCHED)
    page = watch.tab()
    group = page.get_by_role("group", name="Watch and sound")
    expect(group).to_contain_text("You have the watch")
    line = watch.alarm("SOUND-NOT-ARMED", page=page)
    expect(line).to_contain_text("SOUND NOT ARMED")
    expect(group).to_contain_text("Sound not armed")
    # The touch itself arms it, and the alarm is gone before the finger is up.
    line.get_by_role("button", name="Arm the sound").hover()
    page.mouse.down()
    page.mouse.up()
    expect(group).to_contain_text("Sound armed")
    expect(line).to_have_count(0)


def test_idle_lock_keeps_alarms_and_stop(floor: Floor) -> None:
    floor.pair.kill("EUCOM")
    path = floor.pair.home("EUCOM") / "settings.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "console_idle_s": IDLE_S}))
    floor.pair.start("EUCOM")
    watch, theirs = floor.sit("EUCOM", "watch-1"), floor.program("NDMC", "watch-1")
    locked = watch.page.get_by_role("heading", name="This console is locked")
    expect(locked).to_be_visible()
    expect(watch.page.locator("nav")).to_have_count(0)
    refused = watch.page.evaluate("() => fetch('/v1/messages').then((answer) => answer.status)")
    assert refused == 423
    sent = theirs.stop()
    bar = watch.page.locator(".bar")
    expect(bar).to_have_attribute("data-ring", "flash")
    expect(bar.locator(".top")).to_contain_text("STOP received")
    expect(watch.page.get_by_text("Unlock to accept")).to_be_visible()
    watch.page.keyboard.press("F8")
    watch.page.keyboard.type("47.5122 34.5858")
    watch.page.keyboard.press("Enter")
    watch.page.get_by_role("button", name="Sign and send STOP").click()
    expect(watch.page.get_by_text("STOP to NDMC released")).to_be_visible()
    watch.page.keyboard.press("Escape")
    theirs.until("messages", lambda all_: any(one["direction"] == "in" and one["form"] == "STOP" for one in all_))
    assert sent["number"]
    # The others are as they were; the officer opens it again with his key.
    watch.page.get_by_role("button", name="Unlock").click()
    watch.page.get_by_role("button", name="Open", exact=True).click()
    expect(watch.page.locator("nav")).to_be_visible()
