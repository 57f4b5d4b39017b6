"""Contacts and decisions at the desk: what is entered, what is refused, what is counted, and what a rebuild keeps."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from armslength.core.errors import LocalError, VerificationError
from armslength.core.realm import Realm
from armslength.desk import contact_counts, contacting, service_contacts, views
from armslength.desk.contact_index import ContactIndex, index_of
from armslength.desk.rebuilding import rebuild
from builders import two_nodes
from builders.contact_desk import MAKERS, alone, channel, contact, count, enter, enter_all, refused
from builders.two_nodes import RELEASER, WATCH, Party

PRESS = {"proof": "REPORTED", "completeness": "PRESS", "sources": ["a newspaper of 28 November 2022"]}
DECISION = {
    "what": "whether to use the line",
    "options": ["use it", "do not use the channel"],
    "chosen": "do not use the channel",
    "reason": "the missile was not theirs",
    "information": "the first report of radar",
}


@pytest.fixture
def party() -> Party:
    found = alone()
    enter(found, "channel", channel())
    enter(found, "channel", channel("cjcs-cgs"))
    return found


def listed(party: Party, **query: Any) -> list[str]:
    with party.read() as books:
        return [one["number"] for one in service_contacts.read_contacts(books, query)]


# --- entering ---------------------------------------------------------------------------------------------------------


def test_a_contact_is_entered_numbered_and_shown_as_it_was_given(party: Party) -> None:
    given = contact(
        theirs=["duty officer"], subjects=["halt to strikes"], notes="He took it down.", level=1, facilities=["UA-ZNPP"]
    )
    entry = enter(party, "contact", given)
    with party.read() as books:
        shown = service_contacts.read_contact(books, "ct-2022-000001", {})
    assert {name: shown[name] for name in given} == given
    assert (shown["number"], shown["entry"], shown["proof"]) == ("CT-2022-000001", entry, "ATTESTED")
    assert shown["officer"] == party.officer(WATCH)
    enter(party, "contact", contact())
    assert listed(party) == ["CT-2022-000002", "CT-2022-000001"]


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        ("a channel nobody knows", {"channel": "red-telephone"}, "CHANNEL-UNKNOWN"),
        ("tomorrow", {"from": "2022-11-21T12:00:00Z"}, "CONTACT-VALUE"),
        ("an end before its beginning", {"until": "2022-11-17T12:00:00Z"}, "CONTACT-VALUE"),
        ("an outcome of no table", {"outcome": "MAYBE"}, "CONTACT-VALUE"),
        ("a field of no contact", {"mood": "good"}, "CONTACT-VALUE"),
        ("a list that is a text", {"subjects": "one"}, "CONTACT-VALUE"),
        ("spoken text of a call nobody took", {"outcome": "BUSY", "agreed_text": "x"}, "CONTACT-VALUE"),
        ("a receipt of a call nobody took", {"outcome": "REFUSED", "level": 2}, "CONTACT-VALUE"),
        ("a level of text", {"level": "2"}, "CONTACT-VALUE"),
        ("signed by nothing", {"proof": "SIGNED"}, "CONTACT-PROOF"),
        ("reported by nobody", {"proof": "REPORTED"}, "CONTACT-PROOF"),
        ("attested out of the press", {**PRESS, "proof": "ATTESTED"}, "CONTACT-PROOF"),
        ("a message nobody holds", {"proof": "SIGNED", "message": "ab" * 32}, "CONTACT-LINK"),
        ("an answer to nothing", {"answers": "CT-2022-000009"}, "CONTACT-LINK"),
        ("a concern nobody flagged", {"concerns": ["C-2022-0001"]}, "CONTACT-LINK"),
        ("a case that is not there", {"case": "CASE-2022-000001"}, "CONTACT-LINK"),
        ("a correction without a reason", {"corrects": "CT-2022-000001"}, "CONTACT-VALUE"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_before_anybody_signs(
    party: Party, case: str, change: dict[str, Any], code: str
) -> None:
    assert refused(party, "contact", contact(**change)) == code, case
    assert listed(party) == []


def test_what_comes_back_signed_is_checked_again(party: Party) -> None:
    with party.read() as books:
        prepared = MAKERS["contact"](books, party.officer(WATCH), contact())
    for change, code in (
        ({21: "red-telephone"}, "CHANNEL-UNKNOWN"),
        ({35: 7}, "CONTACT-VALUE"),
        ({24: "now"}, "CONTACT-VALUE"),
        ({37: "SIGNED"}, "CONTACT-PROOF"),
        ({99: "more"}, "CONTACT-VALUE"),
        ({20: "CT-1"}, "CONTACT-VALUE"),
        ({20: "CT-2022-999999"}, "NUMBER-TAKEN"),
    ):
        forged = replace(prepared, body={**prepared.body, **change})
        with party.write() as books, pytest.raises(LocalError) as refusal:
            contacting.submit(books, party.signed(forged, "record", WATCH))
        assert refusal.value.code == code, change
    with party.write() as books, pytest.raises(LocalError, match="ROLE-REFUSED"):
        contacting.submit(books, party.signed(prepared, "record", two_nodes.CUSTODIAN))
    with party.write() as books:
        contacting.submit(books, party.signed(prepared, "record", WATCH))
    with party.write() as books, pytest.raises(LocalError, match="NUMBER-TAKEN"):
        contacting.submit(books, party.signed(prepared, "record", WATCH))


def test_a_correction_is_a_new_contact_and_is_counted_once(party: Party) -> None:
    enter(party, "contact", contact())
    enter(party, "contact", contact(corrects="CT-2022-000001", because="it was their call", initiated_by="RU"))
    assert refused(party, "contact", contact(corrects="CT-2022-000001", because="again")) == "CONTACT-CORRECTED"
    assert listed(party) == ["CT-2022-000002", "CT-2022-000001"]
    found = count(party, channel="eucom-ndmc")
    assert (found["certain"], [one["number"] for one in found["contacts"]]) == (1, ["CT-2022-000002"])
    assert found["excluded"] == [{"reason": "corrected by CT-2022-000002", "number": 1}]
    assert count(party, channel="eucom-ndmc", initiated_by="US")["count"] == 0


def test_a_list_is_filtered_and_paged_the_newest_first(party: Party) -> None:
    enter_all(
        party,
        "contact",
        [
            contact("2022-11-16T10:00:00Z", notes="about the dam"),
            contact("2022-11-15T10:00:00Z", channel="cjcs-cgs", outcome="NO-ANSWER"),
            contact("2022-11-17T10:00:00Z", subjects=["Halt to strikes"]),
        ],
    )
    first, second, third = "CT-2022-000001", "CT-2022-000002", "CT-2022-000003"
    assert listed(party) == [third, first, second]
    assert listed(party, limit="1", offset="1") == [first]
    assert listed(party, channel="cjcs-cgs") == [second]
    assert listed(party, since="2022-11-16", until="2022-11-16") == [first]
    assert listed(party, subject="halt-to-strikes") == [third]
    assert listed(party, find="DAM about") == [first]
    with pytest.raises(LocalError, match="OPTION-VALUE"):
        listed(party, limit="many")
    with party.read() as books, pytest.raises(LocalError, match="CONTACT-UNKNOWN"):
        service_contacts.read_contact(books, "CT-2022-000009", {})


# --- counting ---------------------------------------------------------------------------------------------------------


def test_what_is_not_known_is_possible_and_said(party: Party) -> None:
    enter(
        party, "contact", contact("2022-03-01T00:00:00Z", until="2022-11-19T00:00:00Z", unknown=["the date"], **PRESS)
    )
    assert (count(party, channel="eucom-ndmc")["certain"], count(party)["certain"]) == (1, 1)
    asked = count(party, channel="eucom-ndmc", subject="halt to strikes")
    assert (asked["certain"], asked["possible"], asked["completeness"]["answer"]) == (0, 1, "UNKNOWN")
    assert asked["contacts"][0]["because"] == "it is not known whether it was about halt to strikes"
    assert "From the press" in asked["completeness"]["text"]
    early = count(party, as_of="2022-06-01", channel="eucom-ndmc")
    assert (early["certain"], early["possible"]) == (0, 1)
    assert count(party, as_of="2022-02-01", channel="eucom-ndmc")["completeness"]["answer"] == "NOTHING-RECORDED"
    for name in ("US", "EUCOM"):
        assert count(party, channel="eucom-ndmc", initiated_by=name)["certain"] == 1
    assert count(party, channel="eucom-ndmc", initiated_by="RU")["certain"] == 0


def test_units_directions_and_outcomes(party: Party) -> None:
    enter_all(
        party,
        "contact",
        [
            contact("2022-11-15T10:00:00Z"),
            contact("2022-11-15T11:00:00Z", answers="CT-2022-000001", initiated_by="RU"),
            contact("2022-11-15T12:00:00Z", outcome="CUT-OFF", initiated_by=""),
            contact("2022-11-16T12:00:00Z", outcome="NO-ANSWER"),
        ],
    )
    for query, numbers in (
        ({}, (1, 1)),
        ({"unit": "occasion"}, (1, 0)),
        ({"unit": "call"}, (2, 1)),
        ({"unit": "message"}, (0, 0)),
        ({"direction": "incoming"}, (0, 1)),
        ({"unit": "call", "direction": "incoming"}, (1, 1)),
    ):
        found = count(party, channel="eucom-ndmc", **query)
        assert (found["certain"], found["possible"]) == numbers, query
    reasons = {one["reason"]: one["number"] for one in count(party, channel="eucom-ndmc")["excluded"]}
    assert reasons["nobody was reached: NO-ANSWER"] == 1
    with pytest.raises(LocalError, match="OPTION-VALUE"):
        count(party, unit="dozen")
    with pytest.raises(LocalError, match="CHANNEL-UNKNOWN"):
        count(party, channel="red-telephone")


def test_a_certificate_counts_again_and_a_changed_one_does_not(party: Party) -> None:
    enter(party, "contact", contact())
    enter(party, "contact", contact("2022-11-19T10:00:00Z", outcome="UNKNOWN"))
    query = {"channel": "eucom-ndmc", "as_of": "2022-11-28"}
    with party.read() as books:
        given = service_contacts.read_certificate(books, query)
    assert (given["certain"], given["possible"], len(given["listed"])) == (1, 1, 2)
    enter(party, "contact", contact("2022-11-19T12:00:00Z"))
    enter(party, "contact", contact(corrects="CT-2022-000001", because="another time"))
    with party.read() as books:
        contact_counts.check_certificate(books, given)
        assert service_contacts.read_certificate(books, query)["certain"] == 2
    for part, change in _CHANGES:
        changed = deepcopy(given)
        change(changed)
        with party.read() as books, pytest.raises(VerificationError, match="COUNT-CERTIFICATE"):
            contact_counts.check_certificate(books, changed)
        assert changed != given, part


def _less(document: dict[str, Any]) -> None:
    document["listed"].pop()
    document["possible"] -= 1


_CHANGES: Any = [
    ("a row left out", _less),
    ("the number", lambda one: one.update(certain=2)),
    ("a leaf", lambda one: one["listed"][0].update(leaf_hash="00" * 32)),
    ("a certainty", lambda one: (one["listed"][1].update(certain=True), one.update(certain=2, possible=0))),
    ("the root", lambda one: one.update(journal_root="00" * 32)),
    ("the size", lambda one: one.update(journal_size=10**6)),
    ("the rule's words", lambda one: one["rule"].update(text="Counted are successes.")),
    ("the day", lambda one: one.update(as_of="2022-13-01")),
    ("no certificate", lambda one: one.update(certificate="thanks")),
    ("a row of text", lambda one: one["listed"].append("CT-2022-000009")),
]


def test_messages_of_our_line_are_uses_of_its_channel_and_a_note_of_one_is_none() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line)
    two.flush()
    line = {
        "medium": "OUR-LINE",
        "line_peer": "NDMC",
        "ends": [
            {"side": "OURS", "party": "EUCOM", "post": "post"},
            {"side": "THEIRS", "party": "NDMC", "post": "post"},
        ],
    }
    enter(two.eucom, "channel", channel(**line))
    assert count(two.eucom, channel="eucom-ndmc")["certain"] == 1
    note = contact("2022-11-20T11:00:00Z", initiated_by="EUCOM", proof="SIGNED", message=sent.hex())
    enter(two.eucom, "contact", note)
    found = count(two.eucom, channel="eucom-ndmc")
    assert (found["certain"], found["contacts"][0]["reference"]) == (1, sent.hex())
    assert count(two.eucom)["certain"] == 1
    with two.eucom.read() as books:
        contact_counts.check_certificate(books, service_contacts.read_certificate(books, {"as_of": "2022-11-28"}))


def test_an_unreceipted_message_of_ours_proves_nothing_about_the_peer() -> None:
    two = two_nodes.opened()
    enter(two.eucom, "channel", channel())
    sent = two.eucom.send(two.line)
    note = contact("2022-11-20T11:00:00Z", proof="SIGNED", message=sent.hex())
    assert refused(two.eucom, "contact", note) == "CONTACT-PROOF"
    two.flush()
    assert refused(two.eucom, "contact", note) == ""


# --- decisions --------------------------------------------------------------------------------------------------------


def test_considered_and_not_used_is_a_decision_with_its_channel(party: Party) -> None:
    given = {
        **DECISION,
        "channel": "eucom-ndmc",
        "not_used": True,
        "evidence": ["R-1"],
        "taken_from": "2022-11-15T20:00:00Z",
    }
    enter(party, "decision", given)
    enter(party, "decision", DECISION)
    with party.read() as books:
        shown = service_contacts.read_decision(books, "d-2022-000001", {})
        every = service_contacts.read_decisions(books, {})
        unused = service_contacts.read_decisions(books, {"not_used": "true", "channel": "eucom-ndmc", "find": "RADAR"})
    assert (shown["from"], shown["until"]) == ("2022-11-15T20:00:00Z", "2022-11-15T20:00:00Z")
    assert (shown["decided_by"], shown["chosen"]) == (party.officer(RELEASER), "do not use the channel")
    assert [one["number"] for one in every] == ["D-2022-000002", "D-2022-000001"]
    assert unused == [shown]
    with party.read() as books, pytest.raises(LocalError, match="DECISION-UNKNOWN"):
        service_contacts.read_decision(books, "D-2022-000009", {})


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        ("none of the options", {"chosen": "pray"}, "DECISION-VALUE"),
        ("no reason", {"reason": " "}, "DECISION-VALUE"),
        ("not used, but what", {"not_used": True}, "DECISION-VALUE"),
        ("reported by nobody", {"proof": "REPORTED"}, "DECISION-VALUE"),
        ("signed by the peer", {"proof": "SIGNED"}, "DECISION-VALUE"),
        ("tomorrow", {"taken_from": "2022-11-21T12:00:00Z"}, "DECISION-VALUE"),
        ("a channel nobody knows", {"channel": "red-telephone"}, "CHANNEL-UNKNOWN"),
        ("a concern nobody flagged", {"concern": "C-2022-0001"}, "CONTACT-LINK"),
    ],
)
def test_a_decision_that_says_half_is_refused(party: Party, case: str, change: dict[str, Any], code: str) -> None:
    assert refused(party, "decision", {**DECISION, **change}) == code, case


# --- views, sheets ----------------------------------------------------------------------------------------------------


def test_a_rebuild_gives_the_same_rows(party: Party) -> None:
    enter(party, "contact", contact())
    enter(party, "contact", contact(corrects="CT-2022-000001", because="another time"))
    enter(party, "decision", DECISION)
    with party.read() as books:
        before = [list(books.unit.scan(view)) for view in _VIEWS]
    with party.write() as books:
        rebuild(books)
        assert [list(books.unit.scan(view)) for view in _VIEWS] == before


_VIEWS = (views.CONTACTS, views.DECISIONS, views.CONTACT_NUMBERS)


def test_what_is_kept_follows_the_journal_and_the_book(party: Party) -> None:
    index = ContactIndex()
    enter(party, "contact", contact())
    with party.read() as books:
        assert [use.form for use in index.update(books).uses(books, "eucom-ndmc")] == ["CALL-RECORD"]
    enter(party, "contact", contact("2022-11-17T10:00:00Z"))
    enter(party, "channel", {**channel(medium="FAX"), "reason": "it is a fax"})
    with party.read() as books:
        uses = index.update(books).uses(books, "eucom-ndmc")
        assert [(use.reference, use.form) for use in uses] == [
            ("CT-2022-000002", "WRITTEN"),
            ("CT-2022-000001", "WRITTEN"),
        ]
        held = index.last("eucom-ndmc")
        assert held is not None
        assert held.contact.number == "CT-2022-000001"
        assert index_of(books).channels() == {"eucom-ndmc"}


def test_ledger_and_count_are_sheets_that_say_what_is_proved(party: Party) -> None:
    enter(party, "contact", contact())
    with party.read() as books:
        for kind, query in (("contact-ledger", {}), ("count", {"as_of": "2022-11-28"})):
            sheet = service_contacts.SHEETS[kind](books, "eucom-ndmc", query)
            assert sheet.realm is Realm.EXERCISE
            assert "never published as proved" in repr(sheet.parts)
            assert "CT-2022-000001" in repr(sheet.parts)
