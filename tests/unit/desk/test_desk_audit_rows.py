"""Every kind of row of the audit report once, from the entry that says so."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.core.attestation import Attestation, Kind
from armslength.core.instants import Instant
from armslength.core.realm import Realm
from armslength.core.record import Item
from armslength.desk import audit_people, audit_watch, auditing
from armslength.desk.audit_ledger import Ledger, Seen, kind_and_at
from armslength.journal.entry import ENTRY_KINDS, LINE_ID_BYTES_MAX, Entry, encode_leaf

AT = 1_668_942_000_000_000
ALARM = b"\x01" * 8
MINUTE = 60_000_000


def seen(index: int, kind: str, body: dict[int, Any], role: str = "", at: int = AT) -> Seen:
    acts: tuple[Any, ...] = ()
    if role:
        act = Attestation(
            kind=Kind.RAW_KEY, act="decide", role=role, officer=body[5], key_id=bytes(16), evidence=(bytes(64),)
        )
        acts = (act.value(),)
    whole = {3: "EUCOM", **body}
    item = Item(envelope=b"", body_seed=bytes(32), body=whole, link_seed=bytes(32), link={}, acts=acts)
    return Seen(index=index, kind=kind, at=at, leaf=b"", item=item)


def told(*entries: Seen) -> Ledger:
    ledger = Ledger(realm=Realm.EXERCISE, own="EUCOM", since=Instant(AT - MINUTE), until=Instant(AT + 10**13))
    for one in entries:
        ledger.last_at = max(ledger.last_at, one.at)
        for handler in auditing.HANDLERS[one.kind]:
            handler(ledger, one)
    audit_people.finish(ledger)
    audit_watch.finish(ledger)
    return ledger


RAISED = {20: "FLASH-RECEIVED", 21: ALARM, 22: b"", 23: b"", 24: 0, 25: "CONCERN 1"}
SESSION = {
    21: "eucom-watch-1",
    22: "passkey",
    23: bytes(16),
    24: "desk 3",
    25: bytes(8),
    26: 1,
    27: "",
    28: None,
    29: (),
}
IMPORT = {5: "eucom-watch-1", 20: "reports", 22: "firms.csv", 24: 10, 25: 8, 26: 2}
FEED = {5: "eucom-watch-1", 20: "firms", 21: "firms-csv", 26: True}
CHANGE = {5: "eucom-admin-1", 21: "OC-2022-000001", 22: "ADD-OFFICER", 23: "eucom-watch-9", 25: ("watch-officer",)}

CASES: list[tuple[str, str, str, dict[int, Any], str]] = [
    (
        "closed-read",
        "closed-reads",
        "CASE",
        {20: "a-1", 21: ("auditor",), 22: "case", 23: "CASE-2022-000001", 24: "case", 25: "API"},
        "a-1 read CASE-2022-000001",
    ),
    (
        "closed-read",
        "closed-reads",
        "EXPORT",
        {20: "", 21: (), 22: "export", 23: "the line with NDMC", 24: "export", 25: "x"},
        "Somebody at the node's own machine",
    ),
    ("sign-in", "sign-ins", "SIGNED-IN", {20: "signed-in", **SESSION}, "eucom-watch-1 signed in by passkey at desk 3."),
    (
        "sign-in",
        "sign-ins",
        "LOCKED",
        {20: "locked", **SESSION, 27: "idle"},
        "had a session locked by passkey at desk 3 (idle).",
    ),
    (
        "sign-in",
        "sign-ins",
        "REFUSED",
        {20: "refused", **SESSION, 21: None, 26: 7, 28: AT, 29: (("eucom-watch-1", 3),)},
        "7 attempts to sign in by passkey refused since 2022-11-20T11:00:00",
    ),
    (
        "officer-change",
        "officers",
        "PROPOSE",
        {20: "PROPOSE", **CHANGE, 29: "joins"},
        "eucom-admin-1 proposed ADD-OFFICER of eucom-watch-9 as watch-officer (OC-2022-000001): joins",
    ),
    (
        "officer-approval",
        "officers",
        "APPROVE",
        {20: "APPROVE", **CHANGE},
        "eucom-admin-1 approved a change (OC-2022-000001)",
    ),
    (
        "alarm-passed",
        "passed-alarms",
        "PASSED",
        {5: "eucom-watch-1", 20: ALARM, 21: "releasing-officer", 22: "his line"},
        "passed FLASH-RECEIVED of entry 1 (CONCERN 1) to releasing-officer: his line",
    ),
    (
        "alarm-shelved",
        "passed-alarms",
        "SHELF-ASK",
        {5: "eucom-watch-1", 20: ALARM, 21: "ASK", 22: AT, 23: "known"},
        "asked to shelve FLASH-RECEIVED of entry 1 (CONCERN 1) until 2022-11-20T11:00:00",
    ),
    (
        "alarm-shelved",
        "passed-alarms",
        "SHELF-END",
        {5: "eucom-watch-1", 20: ALARM, 21: "END"},
        "took FLASH-RECEIVED of entry 1 (CONCERN 1) off the shelf",
    ),
    (
        "alarm-accepted",
        "alarms",
        "ACCEPTED",
        {5: "eucom-watch-2", 20: ALARM},
        "eucom-watch-2 accepted it after less than a second.",
    ),
    (
        "alarm-ended",
        "alarms",
        "UNACCEPTED",
        {20: ALARM, 21: "FLASH-RECEIVED", 22: b""},
        "Its cause ended after less than a second. Nobody has accepted it.",
    ),
    (
        "alarm-notified",
        "alarms",
        "UNACCEPTED",
        {20: ALARM, 21: True},
        "Rung after less than a second. Nobody has accepted it.",
    ),
    ("deadline", "missed", "GAP", {20: "gap", 21: b"", 22: AT}, "Numbers were missing"),
    (
        "line-check",
        "missed",
        "NO-ANSWER",
        {5: "eucom-watch-1", 20: "MIL-HOTLINE", 21: "NO-ANSWER"},
        "A line check on MIL-HOTLINE was not answered.",
    ),
    (
        "shift",
        "missed",
        "SHIFT",
        {20: "OVERDUE", 23: "night", 27: AT},
        "Nobody had signed for night, which began at 2022-11-20T11:00:00",
    ),
    (
        "shift",
        "overrides",
        "NO-HAND-OVER",
        {5: "eucom-watch-2", 20: "TAKE", 23: "night", 24: "he fell ill"},
        "eucom-watch-2 took night without a hand-over: he fell ill",
    ),
    (
        "drill",
        "overrides",
        "DRILL-CALLED-OFF",
        {5: "eucom-watch-1", 20: "CALL-OFF", 21: "DR-2022-000001", 27: "real call"},
        "called off drill DR-2022-000001: real call",
    ),
    (
        "drill",
        "overrides",
        "DRILL-STOPPED",
        {20: "STOP", 21: "DR-2022-000001", 27: "a change"},
        "The node stopped drill DR-2022-000001: a change.",
    ),
    (
        "rung",
        "overrides",
        "RUNG-SKIP",
        {5: "eucom-watch-1", 20: "SKIP", 21: "P-2022-000001", 24: "too loud"},
        "answered SKIP to the rung that P-2022-000001 proposed: too loud",
    ),
    (
        "window-step",
        "overrides",
        "WINDOW-RESUMED",
        {5: "eucom-watch-1", 20: "W-1", 21: "resume", 22: "stray round"},
        "resumed window W-1 after a violation was stated: stray round",
    ),
    ("import", "imports", "ENTERED", IMPORT, "entered 8 of 10 rows of firms.csv as reports, 2 refused."),
    ("import", "overrides", "IMPORT-REFUSED-ROWS", IMPORT, "entered firms.csv although 2 of its 10 rows were refused."),
    ("feed", "feeds", "SET-UP", FEED, "set up the feed firms (firms-csv, on)."),
    (
        "feed-run",
        "feeds",
        "TROUBLE",
        {20: "firms", 24: ("LATE",), 25: (), 26: "no file"},
        "The feed firms has a trouble, LATE: no file.",
    ),
    (
        "feed-run",
        "feeds",
        "TROUBLE-ENDED",
        {20: "firms", 24: (), 25: ("LATE",), 26: ""},
        "The feed firms is over a trouble, LATE.",
    ),
    (
        "rules",
        "rules",
        "IN-FORCE",
        {5: "eucom-release-1", 20: "...", 21: "fewer rings"},
        "put rules of the watch in force: fewer rings",
    ),
]


@pytest.mark.parametrize(("kind", "section", "what", "body", "phrase"), CASES)
def test_each_kind_of_row(kind: str, section: str, what: str, body: dict[int, Any], phrase: str) -> None:
    before = () if not kind.startswith("alarm-") else (seen(1, "alarm", RAISED),)
    found = told(*before, seen(2, kind, body, "watch-officer" if 5 in body else ""))
    row = next(row for row in found.rows[section] if row.what == what)
    assert phrase in row.sentence
    assert row.role == ("watch-officer" if 5 in body else ", ".join(body.get(21, ())) if kind == "closed-read" else "")


@pytest.mark.parametrize("kind", ["CHECK-MISSED", "LIST-OVERDUE", "NOTICE-OWED", "RUNG-PROPOSED", "WINDOW-ENDED"])
def test_alarms_that_say_that_a_deadline_passed(kind: str) -> None:
    assert [row.what for row in told(seen(1, "alarm", {**RAISED, 20: kind})).rows["missed"]] == [kind]


def test_a_feed_that_was_switched() -> None:
    off, on = {**FEED, 26: False}, FEED
    entries = [seen(n, "feed", body, "watch-officer") for n, body in enumerate((on, on, off, on))]
    assert [row.what for row in told(*entries).rows["feeds"]] == ["SET-UP", "CHANGED", "SWITCHED-OFF", "SWITCHED-ON"]


@pytest.mark.parametrize(("after_min", "late"), [(29, False), (31, True), (None, True)])
def test_a_concern_that_nobody_assessed_in_time(after_min: int | None, late: bool) -> None:
    flagged = seen(1, "concern", {20: "C-2022-000001"})
    by_rule = seen(2, "concern-step", {20: "C-2022-000001", 21: "corroborate"})
    entries = [flagged, by_rule]
    if after_min is not None:
        step = {5: "eucom-watch-1", 20: "C-2022-000001", 21: "pursue"}
        entries.append(seen(3, "concern-step", step, "watch-officer", AT + after_min * MINUTE))
    found = told(*entries, seen(4, "deadline", {20: "watch-day", 21: b"", 22: AT}, at=AT + 60 * MINUTE))
    assert [row.what for row in found.rows["missed"]] == (["CONCERN-UNASSESSED"] if late else [])


def test_every_handler_is_of_a_kind_that_there_is() -> None:
    assert set(auditing.HANDLERS) <= set(ENTRY_KINDS)


@pytest.mark.parametrize("at", [0, 23, 2**32, AT, 2**63 - 1])
@pytest.mark.parametrize("kind", sorted(ENTRY_KINDS))
def test_a_leaf_is_read_from_its_places_as_it_is_parsed(kind: str, at: int) -> None:
    for line in (None, bytes(16), bytes(LINE_ID_BYTES_MAX)):
        leaf = encode_leaf(Entry(kind=kind, at=at, line=line, commitment=bytes(32)))
        assert kind_and_at(leaf) == (kind, at)
