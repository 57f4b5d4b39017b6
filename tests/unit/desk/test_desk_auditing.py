"""The audit report: what each section says of a story, from the journal alone, the same bytes for two auditors."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, rfc3339
from armslength.core.precedence import Precedence
from armslength.desk import (
    auditing,
    clockwork,
    closed_reads,
    delegation,
    drafting,
    rebuilding,
    service_audit,
    views,
    watching,
)
from armslength.desk.audit_ledger import SECTIONS
from armslength.desk.audit_messages import median
from armslength.journal import tree
from armslength.journal.entry import parse_leaf
from armslength.line.receipts import Level
from builders import two_nodes
from builders.two_nodes import (
    CONCERN_VALUES,
    RELEASER,
    START,
    WATCH,
    WATCH_2,
    Party,
    TwoNodes,
)

if TYPE_CHECKING:
    from armslength.desk.prepared import Prepared


def report(party: Party, **query: object) -> dict[str, Any]:
    with party.read() as books:
        return auditing.read_report(books, query)


def rows(told: dict[str, Any], section: str) -> list[dict[str, Any]]:
    found = next(one for one in told["sections"] if one["section"] == section)
    return list(found["rows"])


def whats(told: dict[str, Any], section: str) -> list[str]:
    return [row["what"] for row in rows(told, section)]


def draft(two: TwoNodes) -> tuple[bytes, Prepared]:
    with two.eucom.write() as books:
        prepared = drafting.prepare_message(
            books, books.line(two.line), two.eucom.officer(WATCH), "CONCERN", Precedence.IMMEDIATE, CONCERN_VALUES
        )
        return drafting.submit_draft(books, two.eucom.signed(prepared, "draft", WATCH)), prepared


def by_voice(two: TwoNodes) -> bytes:
    """Release a concern on a word given by voice that covers the checks; return the delegation's record id."""
    key, prepared = draft(two)
    with two.eucom.write() as books:
        voice = delegation.prepare_voice(
            books, two.eucom.officer(WATCH), key, two.eucom.officer(RELEASER), called_back=True, covers_checks=True
        )
        delegation.submit_delegation(books, two.eucom.signed(voice, "delegate", WATCH))
    with two.eucom.write() as books:
        drafting.release_draft(books, key, two.eucom.act(prepared, "release", WATCH))
    return bytes(voice.body[1])  # type: ignore[arg-type]  # a record id


def countersign(two: TwoNodes, reference: bytes) -> None:
    with two.eucom.write() as books:
        prepared = delegation.prepare_countersignature(books, two.eucom.officer(RELEASER), reference)
        delegation.submit_delegation(books, two.eucom.signed(prepared, "countersign", RELEASER))


def tick(party: Party) -> None:
    with party.write() as books:
        clockwork.tick(books)


def told_story() -> TwoNodes:
    """A concern answered with every receipt; one by voice, late in everything; a change of roles; a closed read."""
    two = two_nodes.opened()
    two.converse()
    reference = by_voice(two)
    two.time.pass_s(3 * 3600)
    tick(two.eucom)
    countersign(two, reference)
    with two.eucom.write() as books:
        first = next(key for key, _ in views.rows(books.unit, views.ALARMS))
        accepted = watching.prepare_alarm_accepted(books, two.eucom.officer(WATCH_2), first)
        watching.submit_local(books, two.eucom.signed(accepted, "accept-alarm", WATCH_2))
    note_read(two.eucom, index="2")
    with two.eucom.read() as books:
        officers = dict(books.manifest().officers)
    del officers[two.eucom.officer(WATCH_2)]
    two.eucom.next_manifest(officers=officers)
    return two


def note_read(party: Party, operation: str = "entry", officer: str = "eucom-auditor-1", **asked: str) -> int | None:
    with party.write() as books:
        due = closed_reads.due(
            books, operation, asked, officer=officer, roles=frozenset({"auditor"}), face=closed_reads.API
        )
        return None if due is None else closed_reads.record(books, due)


@pytest.fixture(scope="module")
def story() -> TwoNodes:
    return told_story()


@pytest.fixture(scope="module")
def told(story: TwoNodes) -> dict[str, Any]:
    return report(story.eucom)


@pytest.mark.parametrize(
    ("section", "what"),
    [
        ("closed-reads", "CONTENTS"),
        ("officers", "LISTED"),
        ("officers", "REMOVED"),
        ("delegations", "GIVEN-BY-VOICE"),
        ("delegations", "USED"),
        ("delegations", "NOT-COUNTERSIGNED"),
        ("delegations", "COUNTERSIGNED-LATE"),
        ("overrides", "VOICE"),
        ("overrides", "SECOND-PERSON"),
        ("overrides", "LEGAL-CHECK"),
        ("alarms", "ACCEPTED"),
        ("missed", "THEIR-R0"),
        ("missed", "THEIR-R1"),
    ],
)
def test_each_section_tells_its_part_of_the_story(told: dict[str, Any], section: str, what: str) -> None:
    assert what in whats(told, section)


def test_each_row_names_its_entry_when_who_and_in_which_role(story: TwoNodes, told: dict[str, Any]) -> None:
    row = next(row for row in rows(told, "delegations") if row["what"] == "COUNTERSIGNED-LATE")
    with story.eucom.read() as books:
        entry = parse_leaf(books.unit.leaf(row["index"]))
    assert (entry.kind, row["at"]) == ("delegation", rfc3339(Instant(entry.at)))
    assert (row["officer"], row["role"]) == ("eucom-release-1", "releasing-officer")
    assert row["sentence"].endswith("too late.")


def test_counts_add_up_and_no_row_stands_twice(story: TwoNodes, told: dict[str, Any]) -> None:
    assert sum(one["count"] for one in told["counts"]) == told["entries"] == told["checkpoint"]["size"]
    assert [one["section"] for one in told["sections"]] == list(SECTIONS)
    for section in told["sections"]:
        keys = [(row["index"], row["what"], row["sentence"]) for row in section["rows"]]
        assert len(keys) == len(set(keys)) == section["count"] == sum(one["count"] for one in section["by_what"])
    kinds = {one["kind"]: one["count"] for one in told["counts"]}
    assert len(rows(told, "alarms")) == kinds["alarm"]
    assert len(rows(told, "closed-reads")) == kinds["closed-read"]
    assert len(told["messages"]) == kinds["message-out"] + kinds.get("message-in", 0)


def test_two_days_are_one_period(story: TwoNodes, told: dict[str, Any]) -> None:
    """Sections partition what they claim: every row falls into exactly one half of the period."""
    middle = rfc3339(Instant(START + 3600 * 1_000_000))
    size = told["checkpoint"]["size"]
    halves = [report(story.eucom, to=middle, as_of=size), report(story.eucom, **{"from": middle}, as_of=size)]
    for name in SECTIONS:
        assert sorted(map(str, rows(halves[0], name) + rows(halves[1], name))) == sorted(map(str, rows(told, name)))


def test_both_clocks_of_a_message(told: dict[str, Any]) -> None:
    first = told["messages"][0]
    receipts = {one["level"]: one for one in first["receipts"]}
    assert list(receipts) == ["R0", "R1", "R2", "R3", "R4"]
    assert receipts["R1"]["stated_after_s"] == 60
    assert (receipts["R1"]["officer"], receipts["R1"]["role"]) == ("ndmc-watch-1", "watch-officer")
    assert receipts["R1"]["after_s"] >= receipts["R1"]["stated_after_s"]
    assert receipts["R4"]["late"] is False
    second = {one["level"]: one["index"] for one in told["messages"][1]["receipts"]}
    assert second["R1"] is None
    row = next(one for one in told["times"] if (one["direction"], one["level"]) == ("out", "R1"))
    assert (row["messages"], row["given"], row["median_stated_s"]) == (2, 1, 60)


def test_the_other_side_sees_the_same_message_from_its_side(story: TwoNodes) -> None:
    theirs = report(story.ndmc)["messages"][0]
    assert (theirs["direction"], theirs["peer"], theirs["form"]) == ("in", "EUCOM", "CONCERN")
    assert [one["level"] for one in theirs["receipts"] if one["index"] is not None] == ["R0", "R1", "R2", "R3", "R4"]
    ours = report(story.eucom)["messages"][0]
    assert [one["stated_at"] for one in ours["receipts"]] == [one["stated_at"] for one in theirs["receipts"]]


def test_the_same_size_gives_the_same_bytes_and_names_its_root(story: TwoNodes, told: dict[str, Any]) -> None:
    size = told["checkpoint"]["size"]
    again = report(story.eucom, as_of=str(size))
    assert auditing.canonical(again) == auditing.canonical(told)
    assert told["sha256"] == sha256(auditing.canonical(told)).hexdigest()
    with story.eucom.read() as books:
        assert told["checkpoint"]["root"] == tree.root_at(size, books.unit.node).hex()
    fewer = report(story.eucom, as_of=size - 1)
    assert fewer["checkpoint"]["root"] != told["checkpoint"]["root"]
    assert "REMOVED" not in whats(fewer, "officers")


def test_a_rebuilt_node_reports_the_same(story: TwoNodes, told: dict[str, Any]) -> None:
    with story.eucom.write() as books:
        rebuilding.rebuild(books)
    assert report(story.eucom, as_of=told["checkpoint"]["size"]) == told


def test_a_period_that_is_over_reports_the_same_whatever_comes_later() -> None:
    two = two_nodes.opened()
    two.converse()
    until = rfc3339(two.time.at)
    two.time.pass_s(1)
    before = report(two.eucom, to=until)
    assert note_read(two.eucom, "audit-report", to=until) is not None
    two.converse()
    assert report(two.eucom, to=until) == before


def test_the_report_itself_changes_nothing(story: TwoNodes) -> None:
    with story.eucom.read() as books:
        before = books.unit.frontier(), [tuple(map(str, row)) for row in books.unit.dump_views()]
    report(story.eucom)
    with story.eucom.read() as books:
        assert (books.unit.frontier(), [tuple(map(str, row)) for row in books.unit.dump_views()]) == before


def test_destroyed_contents_are_counted_and_not_told() -> None:
    two = told_story()
    index = rows(report(two.eucom), "closed-reads")[0]["index"]
    with two.eucom.write() as books:
        books.unit.destroy(index)
    told = report(two.eucom)
    assert (told["destroyed"], rows(told, "closed-reads")) == (1, [])
    assert {one["kind"]: one["count"] for one in told["counts"]}["closed-read"] == 1


def test_the_shape_of_the_report(told: dict[str, Any]) -> None:
    assert set(told) == {
        "form", "party", "realm", "from", "to", "checkpoint", "destroyed", "entries", "counts", "sections", "alarms",
        "times", "messages", "sha256",
    }  # fmt: skip
    assert set(told["sections"][0]["rows"][0]) == {"index", "at", "what", "officer", "role", "sentence"}
    assert told["form"] == "armslength/audit-report/1"
    assert told["checkpoint"]["origin"].startswith("armslength/EUCOM/EXERCISE/")
    json.dumps(told, allow_nan=False)


def test_csv_and_sheet_carry_the_hash_and_every_row(story: TwoNodes, told: dict[str, Any]) -> None:
    text = auditing.report_csv(told)
    assert told["sha256"] in text
    assert text.count("\r\ndelegations,") == len(rows(told, "delegations"))
    with story.eucom.read() as books:
        made = service_audit.sheet(books, "", {})
        again = service_audit.sheet(books, "", {})
    assert made == again
    assert told["sha256"] in str(made.parts[0])


def test_a_name_that_begins_a_formula_is_no_formula_in_csv(told: dict[str, Any]) -> None:
    section = {**told["sections"][0], "rows": [{**told["sections"][0]["rows"][0], "sentence": "=1+1"}]}
    assert ",=1+1" not in auditing.report_csv({**told, "sections": [section]})


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"from": "yesterday"}, "AUDIT-PERIOD"),
        ({"from": "2022-11-21", "to": "2022-11-20"}, "AUDIT-PERIOD"),
        ({"to": "2022-13-40"}, "AUDIT-PERIOD"),
        ({"as_of": "0"}, "AUDIT-SIZE"),
        ({"as_of": "99999"}, "AUDIT-SIZE"),
        ({"as_of": "1x"}, "AUDIT-SIZE"),
    ],
)
def test_what_cannot_be_asked_for(story: TwoNodes, query: dict[str, str], code: str) -> None:
    with pytest.raises(LocalError) as caught:
        report(story.eucom, **query)
    assert caught.value.code == code


def test_a_day_means_to_its_end(story: TwoNodes, told: dict[str, Any]) -> None:
    day = report(story.eucom, **{"from": "2022-11-20", "to": "2022-11-20"})
    assert day["entries"] == told["entries"]
    assert report(story.eucom, **{"from": "2022-11-21"})["entries"] == 0


@pytest.mark.parametrize(("values", "expected"), [([], None), ([7], 7), ([3, 1], 2), ([1, 2], 1), ([9, 1, 5], 5)])
def test_median(values: list[int], expected: int | None) -> None:
    assert median(values) == expected


def test_receipts_that_we_owe_are_ours(story: TwoNodes) -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    two.flush()
    two.time.pass_s(3 * 3600)
    tick(two.ndmc)
    found = report(two.ndmc)
    assert "OUR-R1" in whats(found, "missed")
    assert not [one for one in whats(found, "missed") if one.startswith("THEIR")]
    assert Level.HELD.short not in str(rows(found, "missed")[0]["what"])
