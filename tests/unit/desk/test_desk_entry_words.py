"""Entries in words: every kind has a word and a row of the table of reads, and a line that is never too long."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.core import cbor
from armslength.core.instants import Instant
from armslength.desk import entry_words, policy
from armslength.journal.entry import ENTRY_KINDS, Entry
from armslength.line import fields

T = 1_668_942_000_000_000


def said(kind: str, body: dict[int, Any]) -> entry_words.Said | None:
    entry = Entry(kind=kind, at=Instant(T), line=None, commitment=bytes(32))
    return entry_words.said(7, entry, {3: "EUCOM", 5: "eucom-watch-1", **body})


def test_every_kind_with_words_is_a_kind_and_is_read_by_somebody() -> None:
    for kind, (word, row) in entry_words.WORDS.items():
        assert kind in ENTRY_KINDS, kind
        assert policy.READS[row], word


def test_what_nobody_reads_has_no_words() -> None:
    assert said("genesis", {20: "EUCOM"}) is None
    assert said("case-step", {20: "CASE-2022-000001", 21: "compare"}) is None


@pytest.mark.parametrize(
    ("kind", "body", "title"),
    [
        ("log", {20: "a line", 21: (), 22: (("case", "CASE-2022-000001"),), 23: T - 60_000_000}, "a line"),
        ("message-out", {20: "CONCERN", 33: "UA-ZNPP", 30: "We ask."}, "CONCERN UA-ZNPP of EUCOM: We ask."),
        ("alarm", {20: "GAP", 25: ""}, "GAP: Numbers are missing in what the other side sent us."),
        ("shift", {20: "TAKE", 21: "HAND-OVER ...", 23: "day", 24: "nobody was there"}, "TAKE day: nobody was there"),
        ("receipt-in", {20: 4, 21: bytes(32), 40: "confirm"}, "R4 of EUCOM for 000000000000, confirm"),
        (
            "case",
            {20: "CASE-2022-000001", 21: "The plant", 24: "reports"},
            "CASE-2022-000001 opened: The plant. reports",
        ),
        ("line-check", {20: "eucom-ndmc", 21: "ANSWERED", 23: T, 26: "the text"}, "line check on eucom-ndmc: ANSWERED"),
        ("line-check", {20: "eucom-ndmc", 21: "CLOCK", 22: T}, "line check on eucom-ndmc: its time passed"),
        ("term", {20: ("a", ("b", {1: "c"})), 21: 7}, "a; b; c"),
    ],
)
def test_a_line_of_each(kind: str, body: dict[int, Any], title: str) -> None:
    found = said(kind, body)
    assert found is not None
    assert (found.title, found.officer, found.index) == (title, "eucom-watch-1", 7)


def test_a_draft_is_found_by_the_text_within_it() -> None:
    inner = cbor.encode({20: "CONCERN", 33: "UA-ZNPP", 30: "Холодна вода"})
    found = said("draft", {20: bytes(32), 21: inner, 22: bytes(32)})
    assert found is not None
    assert found.title == "draft of CONCERN UA-ZNPP of EUCOM: Холодна вода"
    assert "Холодна вода" in set(entry_words.texts({21: inner}))
    assert list(entry_words.texts({5: None, 21: b"\xff" * 64})) == [""]


def test_a_line_fits_and_says_when_it_happened_and_to_what_it_belongs() -> None:
    long = said("log", {20: "x" * 2_000, 21: (), 22: (("case", "CASE-2022-000001"),), 23: T - 60_000_000})
    assert long is not None
    assert len(long.title) == entry_words.TITLE_CHARS_MAX
    assert (long.happened_at, long.entered_at, long.cases) == (T - 60_000_000, T, ("CASE-2022-000001",))
    contact = said("contact", {20: "CT-2022-000001", 21: "cjcs-cgs", 24: T - 1, 32: "CASE-2022-000001", 35: "REACHED"})
    assert contact is not None
    assert (contact.channel, contact.cases, contact.happened_at) == ("cjcs-cgs", ("CASE-2022-000001",), T - 1)
    incoming = said("message-in", {20: "REPLY", fields.CASE_REFERENCE: "CASE-2022-000001"})
    assert incoming is not None
    assert incoming.cases == ()


@pytest.mark.parametrize(
    ("kind", "body", "reference"),
    [
        ("log", {20: "a line", 21: (), 22: (), 23: T}, "7"),
        ("receipt-in", {20: 1, 21: bytes(32)}, "00" * 32),
        ("case-step", {20: "CASE-2022-000001", 21: "close", 22: "done"}, "CASE-2022-000001"),
        ("drill", {20: "BEGIN", 21: "DR-2022-000001"}, "DR-2022-000001"),
        ("session", {20: "heard"}, ""),
    ],
)
def test_a_line_says_by_what_it_is_opened(kind: str, body: dict[int, Any], reference: str) -> None:
    found = said(kind, body)
    assert found is not None
    assert found.reference == reference


def test_a_message_is_opened_by_its_hash() -> None:
    entry = Entry(kind="message-in", at=Instant(T), line=None, commitment=bytes(32))
    found = entry_words.said(7, entry, {3: "NDMC", 20: "TEST"}, b"\x01" * 32)
    assert found is not None
    assert found.reference == "01" * 32


def test_a_line_of_the_log_says_its_tags_and_what_it_is_about() -> None:
    found = said("log", {20: "a line", 21: ("plant",), 22: (("case", "CASE-2022-000001"),), 23: T})
    assert found is not None
    assert (found.tags, found.about) == (("plant",), ("case CASE-2022-000001",))
