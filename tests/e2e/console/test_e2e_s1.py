"""S1, the shelling of 19 and 20 November 2022: from the report to the answered concern and the count, by officers at
their consoles and by nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from builders import console_story as story
from builders.console_words import like, word

if TYPE_CHECKING:
    from conftest import Floor

pytestmark = pytest.mark.browser

BOTH_CLOCKS = re.compile(r"\d\d:\d\d(:\d\d)?Z.*\d\d:\d\d.*(Moscow|Berlin)")


def test_s1_from_report_to_answered_concern_and_count(floor: Floor) -> None:
    watch = floor.sit("EUCOM", "watch-1")
    story.enter_report(watch)
    concern = story.pursue(watch)
    draft = story.draft_concern(watch, concern)
    story.check_language(floor.sit("EUCOM", "linguist-1"), draft)
    story.tick_law(floor.sit("EUCOM", "legal-1"), draft)

    theirs = floor.sit("NDMC", "watch-1")
    number = story.send(floor.sit("EUCOM", "release-1"), draft)

    # It rings at the other side; nothing was told by that.
    bar = theirs.page.locator(".bar")
    expect(theirs.alarm("MESSAGE-RECEIVED")).to_be_visible()
    expect(bar).not_to_have_attribute("data-ring", "none")
    theirs.alarm("MESSAGE-RECEIVED").locator("a.button").click()
    page = theirs.page
    expect(page.get_by_text(word("messages-opened-is-not-read"))).to_be_visible()
    story.receipts(theirs)
    reply = story.draft_reply(theirs)
    story.check_language(floor.sit("NDMC", "linguist-1"), reply)
    story.tick_law(floor.sit("NDMC", "legal-1"), reply, needed=False)
    answered = story.send(floor.sit("NDMC", "release-1"), reply)

    # EUCOM sees how far it came, by both clocks and each word's proof; and reads the reply.
    page = watch.go("messages", f"out:{number}")
    told = page.get_by_role("region", name=word("messages-their-receipts"), exact=True)
    for level in ("R0", "R1", "R2", "R3", "R4"):
        row = told.get_by_role("listitem").filter(has_text=re.compile(rf"\b{level}\b"))
        expect(row).to_contain_text(BOTH_CLOCKS)
        expect(row).to_contain_text(word("proof-SIGNED"))
    expect(told).to_contain_text(story.COMMAND)
    expect(told).to_contain_text(like("messages-read-back"))
    expect(told).to_contain_text(word("verb-not-ours"))
    page = watch.go("messages", f"in:{answered}")
    expect(page.locator("main")).to_contain_text("по станции не стреляли")
    page.locator("main").get_by_role("button", name=word("messages-say-R1")).click()
    expect(page.get_by_text(word("messages-opened-is-not-read"))).to_have_count(0)

    page = watch.go("contacts", tab="count")
    expect(page.locator("main .number")).to_have_text("1")
