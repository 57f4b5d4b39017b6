from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import delegation, drafting, policy, views
from armslength.desk.prepared import Prepared, Signed
from armslength.line import braid, fields, session
from armslength.line.receipts import Level
from armslength.line.session import SessionEvent
from builders import two_nodes
from builders.two_nodes import (
    CONCERN_VALUES,
    LEGAL,
    LINGUIST,
    PRINCIPAL,
    RELEASER,
    SENT_PLACE,
    WATCH,
    WATCH_2,
    Party,
    TwoNodes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue

IMMEDIATE, FLASH, ROUTINE = Precedence.IMMEDIATE, Precedence.FLASH, Precedence.ROUTINE
STOP: Mapping[int, Any] = {fields.PLACE: SENT_PLACE}


def drafted(
    party: Party,
    line: bytes,
    form: str = "CONCERN",
    values: Mapping[int, CborValue] = CONCERN_VALUES,
    precedence: Precedence = IMMEDIATE,
    post: str = WATCH,
) -> tuple[bytes, Prepared]:
    with party.write() as books:
        prepared = drafting.prepare_message(books, books.line(line), party.officer(post), form, precedence, values)
        return drafting.submit_draft(books, party.signed(prepared, "draft", post)), prepared


def release(party: Party, draft: tuple[bytes, Prepared], post: str = RELEASER, act: str = "release") -> bytes:
    with party.write() as books:
        return drafting.release_draft(books, draft[0], party.act(draft[1], act, post))


def refusal(do: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(LocalError) as caught:
        do(*arguments, **named)
    return caught.value.code


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


# --- steps to a release -----------------------------------------------------------------------------------------------


def test_a_concern_needs_the_legal_tick_and_a_second_person(two: TwoNodes) -> None:
    draft = drafted(two.eucom, two.line)
    assert refusal(release, two.eucom, draft) == "CHECK-MISSING"
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    sent = release(two.eucom, draft)
    assert release(two.eucom, draft) == sent
    two.flush()
    assert two.refused == []


def test_whoever_drafted_does_not_release(two: TwoNodes) -> None:
    draft = drafted(two.eucom, two.line, post=RELEASER)
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    assert refusal(release, two.eucom, draft, RELEASER) == "SECOND-PERSON-NEEDED"
    assert release(two.eucom, draft, PRINCIPAL)


@pytest.mark.parametrize("post", [WATCH_2, LINGUIST, LEGAL])
def test_a_role_that_may_not_release_is_refused(two: TwoNodes, post: str) -> None:
    draft = drafted(two.eucom, two.line)
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    assert refusal(release, two.eucom, draft, post) == "ROLE-REFUSED"


@pytest.mark.parametrize(
    ("case", "form", "values", "needed"),
    [
        ("free text", "CONCERN", {**CONCERN_VALUES, fields.FREE_TEXT: "Shells fall on the roof."}, True),
        ("no free text", "CONCERN", CONCERN_VALUES, False),
        ("text in a field of the form", "REPLY", {100: "comply", 105: "A column passed the dam."}, True),
        ("a reply of codes", "REPLY", {100: "comply"}, False),
    ],
)
def test_the_linguist_checks_whatever_text_there_is(case: str, form: str, values: dict[int, Any], needed: bool) -> None:
    two = two_nodes.opened()
    if form == "REPLY":
        asked = two.ndmc.send(two.line)
        two.flush()
        values = {**values, fields.ANSWERS: asked}
    draft = drafted(two.eucom, two.line, form, values)
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    if needed:
        assert refusal(release, two.eucom, draft) == "CHECK-MISSING", case
        two.eucom.check(draft[0], "linguist", LINGUIST, "linguist-check")
    assert release(two.eucom, draft), case


def test_a_check_that_returned_a_draft_stands_until_it_passes(two: TwoNodes) -> None:
    draft = drafted(two.eucom, two.line)
    with two.eucom.write() as books:
        officer = two.eucom.officer(LEGAL)
        returned = drafting.prepare_check(books, draft[0], officer, "legal", passed=False, notes="which article?")
        drafting.submit_check(books, two.eucom.signed(returned, "legal-tick", LEGAL))
    assert refusal(release, two.eucom, draft) == "CHECK-RETURNED"
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    assert release(two.eucom, draft)


@pytest.mark.parametrize(
    ("case", "kind", "post", "act", "code"),
    [
        ("the watch", "legal", WATCH_2, "legal-tick", "ROLE-REFUSED"),
        ("the linguist as lawyer", "legal", LINGUIST, "legal-tick", "ROLE-REFUSED"),
        ("the lawyer as linguist", "linguist", LEGAL, "linguist-check", "ROLE-REFUSED"),
        ("another act", "legal", LEGAL, "linguist-check", "ACT-WRONG"),
    ],
)
def test_a_check_by_the_wrong_person_is_refused(
    two: TwoNodes, case: str, kind: str, post: str, act: str, code: str
) -> None:
    draft = drafted(two.eucom, two.line)
    assert refusal(two.eucom.check, draft[0], kind, post, act) == code, case


def test_a_legal_tick_cites_the_law(two: TwoNodes) -> None:
    draft = drafted(two.eucom, two.line)
    with two.eucom.read() as books:
        officer = two.eucom.officer(LEGAL)
        assert refusal(drafting.prepare_check, books, draft[0], officer, "legal", passed=True) == "CHECK-LAW"
        assert refusal(drafting.prepare_check, books, draft[0], officer, "taste", passed=True) == "CHECK-KIND"
        assert refusal(drafting.prepare_check, books, bytes(32), officer, "legal", passed=True) == "DRAFT-UNKNOWN"


def test_whoever_drafted_does_not_check(two: TwoNodes) -> None:
    both = replace(two.eucom.first_manifest().officers["eucom-watch-1"], roles=frozenset({"watch-officer", "linguist"}))
    officers = {**two.eucom.first_manifest().officers, "eucom-watch-1": both}
    two.eucom.next_manifest(officers=officers)
    draft = drafted(two.eucom, two.line)
    with two.eucom.write() as books:
        prepared = drafting.prepare_check(books, draft[0], "eucom-watch-1", "linguist", passed=True)
        signed = Signed(prepared=prepared, acts=(two.eucom.act(prepared, "linguist-check", WATCH, "linguist"),))
        assert refusal(drafting.submit_check, books, signed) == "SECOND-PERSON-NEEDED"


# --- STOP and what one person sends -----------------------------------------------------------------------------------


@pytest.mark.parametrize("post", [WATCH, RELEASER, PRINCIPAL])
def test_stop_takes_one_person_and_one_act(two: TwoNodes, post: str) -> None:
    with two.eucom.write() as books:
        prepared = drafting.prepare_message(books, books.line(two.line), two.eucom.officer(post), "STOP", FLASH, STOP)
        sent = drafting.send_alone(books, two.eucom.signed(prepared, "stop", post))
        assert drafting.send_alone(books, two.eucom.signed(prepared, "stop", post)) == sent
    two.flush()
    assert two.refused == []
    assert two.ndmc.row(sent)[6] == "STOP"


@pytest.mark.parametrize(
    ("case", "form", "values", "act", "post", "code"),
    [
        ("a concern", "CONCERN", CONCERN_VALUES, "release", RELEASER, "SECOND-PERSON-NEEDED"),
        ("a stop signed as release", "STOP", STOP, "release", WATCH, "ACT-WRONG"),
        ("a stop by the linguist", "STOP", STOP, "stop", LINGUIST, "ROLE-REFUSED"),
        ("a test signed as stop", "TEST", {100: "one two"}, "stop", WATCH, "ACT-WRONG"),
    ],
)
def test_one_person_does_not_send_more_than_the_form_allows(
    two: TwoNodes, case: str, form: str, values: Any, act: str, post: str, code: str
) -> None:
    precedence = FLASH if form == "STOP" else IMMEDIATE
    with two.eucom.write() as books:
        prepared = drafting.prepare_message(
            books, books.line(two.line), two.eucom.officer(post), form, precedence, values
        )
        assert refusal(drafting.send_alone, books, two.eucom.signed(prepared, act, post)) == code, case


@pytest.mark.parametrize(
    ("form", "declared", "leaves"),
    [
        ("TEST", (SessionEvent.SUSPEND_BY_US,), False),
        ("TEST", (SessionEvent.SUSPEND_BY_THEM,), False),
        ("STOP", (SessionEvent.SUSPEND_BY_US, SessionEvent.SUSPEND_BY_THEM), True),
        ("SERVICE", (SessionEvent.SUSPEND_BY_US,), True),
        ("STOP", (SessionEvent.CLOSE,), False),
    ],
)
def test_stop_and_service_leave_on_a_suspended_line(
    two: TwoNodes, form: str, declared: tuple[SessionEvent, ...], leaves: bool
) -> None:
    for event in declared:
        with two.eucom.write() as books:
            books.note("session", "session", {20: event.value}, two.line)
    values: dict[str, Any] = {"TEST": {100: "one two"}, "STOP": STOP, "SERVICE": {100: "LINE-RESUMED"}}
    precedence = FLASH if form == "STOP" else ROUTINE
    if leaves:
        assert two.eucom.send_alone(two.line, form, values[form], precedence)
    else:
        assert refusal(two.eucom.send_alone, two.line, form, values[form], precedence) == "LINE-NOT-READY"


# --- taking back ------------------------------------------------------------------------------------------------------


def recall(two: TwoNodes, target: bytes, form: str, post: str, precedence: Precedence = FLASH) -> bytes:
    values: dict[int, Any] = {fields.RELATION: ("recalls", target)}
    with two.eucom.write() as books:
        prepared = drafting.prepare_message(
            books, books.line(two.line), two.eucom.officer(post), form, precedence, values
        )
        act = "stop" if form == "STOP" else "release"
        return drafting.send_alone(books, two.eucom.signed(prepared, act, post))


def delegated_flash(two: TwoNodes, *, covers_checks: bool = True) -> bytes:
    """Send a FLASH concern by one watch officer under a pre-approval."""
    with two.eucom.write() as books:
        prepared = delegation.prepare_preapproval(
            books,
            two.eucom.officer(PRINCIPAL),
            (two.eucom.officer(WATCH),),
            ("CONCERN",),
            facility=None,
            valid_s=3600,
            covers_checks=covers_checks,
        )
        delegation.submit_delegation(books, two.eucom.signed(prepared, "delegate", PRINCIPAL))
    draft = drafted(two.eucom, two.line, precedence=FLASH)
    if not covers_checks:
        two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    return release(two.eucom, draft, WATCH)


@pytest.mark.parametrize("post", [WATCH, WATCH_2, PRINCIPAL])
def test_a_stop_is_taken_back_by_one_person(two: TwoNodes, post: str) -> None:
    sent = two.eucom.send_alone(two.line, "STOP", STOP, FLASH)
    two.flush()
    assert recall(two, sent, "STOP", post)
    two.flush()
    assert two.refused == []


@pytest.mark.parametrize("later_s", [60, 7200])
def test_a_flash_that_one_person_sent_under_a_delegation_is_taken_back_by_that_person(
    two: TwoNodes, later_s: int
) -> None:
    sent = delegated_flash(two)
    two.flush()
    two.time.pass_s(later_s)
    recalled = recall(two, sent, "CONCERN", WATCH)
    two.flush()
    assert two.refused == []
    assert two.ndmc.row(recalled)[12] == ("recalls", sent)


def test_a_flash_that_two_persons_sent_is_not_taken_back_by_one(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, precedence=FLASH)
    assert refusal(recall, two, sent, "CONCERN", RELEASER) == "SECOND-PERSON-NEEDED"
    with two.eucom.read() as books:
        row = views.row(books.unit, views.MESSAGES, sent)
        assert row is not None
        taken = drafting.steps_taken(books, row)
    assert taken is not None
    assert (taken.persons, taken.legal_tick, taken.linguist_check) == (2, True, False)


def test_taking_back_needs_no_check_that_sending_did_without(two: TwoNodes) -> None:
    sent = delegated_flash(two, covers_checks=False)
    assert refusal(recall, two, sent, "CONCERN", WATCH) == "CHECK-MISSING"
    other = delegated_flash(two)
    assert recall(two, other, "CONCERN", WATCH)


def test_the_steps_of_a_destroyed_message_are_not_known_and_none_is_spared(two: TwoNodes) -> None:
    sent = delegated_flash(two)
    with two.eucom.write() as books:
        books.unit.destroy((views.row(books.unit, views.MESSAGES, sent) or {})[4])
    assert refusal(recall, two, sent, "CONCERN", WATCH) == "SECOND-PERSON-NEEDED"


@pytest.mark.parametrize(
    ("case", "values"),
    [
        ("a message of nobody", {fields.RELATION: ("recalls", bytes(32))}),
        ("the peer's message", "theirs"),
        ("our own receipt", "receipt"),
        ("a message of another line", "elsewhere"),
    ],
)
def test_a_relation_to_what_is_not_ours_on_this_line_is_refused(two: TwoNodes, case: str, values: Any) -> None:
    if values == "theirs":
        target = two.ndmc.send(two.line)
        two.flush()
    elif values == "receipt":
        message = two.ndmc.send(two.line)
        two.flush()
        target = two.eucom.receipt(message, Level.READ)
    elif values == "elsewhere":
        second = two.eucom.open_line("NDMC", ordinal=1)
        two.ndmc.open_line("EUCOM", ordinal=1)
        for party in (two.eucom, two.ndmc):
            two.deliver(party, party.assent(second), second)
        target = two.eucom.send(second)
    else:
        target = bytes(32)
    assert refusal(recall, two, target, "CONCERN", RELEASER) == "DRAFT-RELATION", case


# --- handling ---------------------------------------------------------------------------------------------------------


def prepared_with(two: TwoNodes, **given: Any) -> Prepared:
    with two.eucom.read() as books:
        return drafting.prepare_message(
            books, books.line(two.line), two.eucom.officer(WATCH), "CONCERN", IMMEDIATE, CONCERN_VALUES, **given
        )


def test_a_message_is_for_the_two_parties_unless_its_drafter_chooses(two: TwoNodes) -> None:
    body = prepared_with(two).body
    assert (body[fields.HANDLING], body[fields.RELEASABLE_TO]) == ("PARTIES-ONLY", ("EUCOM", "NDMC"))


@pytest.mark.parametrize("marking", [one for one in policy.HANDLING_MARKINGS if one != "OWN-PARTY"])
def test_a_draft_takes_any_marking_of_the_list_that_may_cross(two: TwoNodes, marking: str) -> None:
    assert prepared_with(two, handling=marking).body[fields.HANDLING] == marking


@pytest.mark.parametrize(
    ("case", "given", "code"),
    [
        ("a marking of no list", {"handling": "SECRET"}, "HANDLING-MARKING"),
        ("a marking of what stays at home", {"handling": "OWN-PARTY"}, "HANDLING-MARKING"),
        ("a third party for two parties only", {"releasable": ("IAEA",)}, "HANDLING-RELEASABLE"),
        ("too many parties", {"handling": "PUBLIC", "releasable": tuple(f"P{n}" for n in range(16))}, "HANDLING-REL"),
        ("a party that is none", {"handling": "PUBLIC", "releasable": ("iaea",)}, "PARTY-CODE"),
    ],
)
def test_a_marking_or_party_out_of_the_list_is_refused(two: TwoNodes, case: str, given: Any, code: str) -> None:
    assert refusal(prepared_with, two, **given).startswith(code), case


def test_a_mediator_may_be_named(two: TwoNodes) -> None:
    body = prepared_with(two, handling="PARTIES-AND-NAMED", releasable=("IAEA", "EUCOM")).body
    assert body[fields.RELEASABLE_TO] == ("EUCOM", "NDMC", "IAEA")


@pytest.mark.parametrize("number", [fields.HANDLING, fields.RELEASABLE_TO])
def test_a_signed_body_without_marking_is_refused_when_submitted(two: TwoNodes, number: int) -> None:
    good = prepared_with(two)
    bare = replace(good, body={n: v for n, v in good.body.items() if n != number})
    with two.eucom.write() as books:
        assert refusal(drafting.submit_draft, books, two.eucom.signed(bare, "draft", WATCH)).startswith("HANDLING-")


# --- the rest of a draft's life ---------------------------------------------------------------------------------------


def test_who_comes_second_to_a_release_is_told_who_was_first(two: TwoNodes) -> None:
    draft = drafted(two.eucom, two.line, "NOT-OURS", {100: "FIRE", fields.PLACE: SENT_PLACE})
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    sent = release(two.eucom, draft)
    assert release(two.eucom, draft) == sent
    with pytest.raises(LocalError) as caught:
        release(two.eucom, draft, PRINCIPAL)
    assert caught.value.code == "DRAFT-RELEASED"
    assert caught.value.details == {"by": two.eucom.officer(RELEASER), "number": 1}


def test_a_draft_submitted_twice_is_one_draft(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        officer = two.eucom.officer(WATCH)
        prepared = drafting.prepare_message(books, books.line(two.line), officer, "CONCERN", IMMEDIATE, CONCERN_VALUES)
        signed = two.eucom.signed(prepared, "draft", WATCH)
        first = drafting.submit_draft(books, signed)
        assert drafting.submit_draft(books, signed) == first
        assert len(views.rows(books.unit, views.DRAFTS)) == 1
        assert drafting.find_draft(books, first.hex()[:6])[0] == first
        assert refusal(drafting.find_draft, books, "zz") == "DRAFT-UNKNOWN"


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        ("to another party", {4: ("OTHER",), 7: ("EUCOM", "OTHER")}, "SUBMIT-FOREIGN"),
        ("in another party's name", {3: "NDMC"}, "SUBMIT-FOREIGN"),
        ("without time", {2: "now"}, "SUBMIT-FOREIGN"),
        ("with a short record id", {1: b"x"}, "PREPARED-MALFORMED"),
        ("without what the form requires", {101: None}, "DRAFT-FIELD"),
    ],
)
def test_a_body_that_was_changed_before_it_was_signed_is_refused(
    two: TwoNodes, case: str, change: dict[int, Any], code: str
) -> None:
    good = prepared_with(two)
    body = {n: v for n, v in {**good.body, **change}.items() if v is not None}
    with two.eucom.write() as books:
        signed = two.eucom.signed(replace(good, body=body), "draft", WATCH)
        assert refusal(drafting.submit_draft, books, signed).startswith(code), case


def test_a_body_that_was_changed_after_it_was_signed_is_refused(two: TwoNodes) -> None:
    good = prepared_with(two)
    signed = replace(
        two.eucom.signed(good, "draft", WATCH), prepared=replace(good, body={**good.body, 101: "SHELLING", 36: ("X",)})
    )
    with two.eucom.write() as books:
        assert refusal(drafting.submit_draft, books, signed) == "ACT-INVALID"


def test_a_topic_that_the_charter_excludes_is_refused(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        line = books.line(two.line)
        narrow = replace(line, charter=replace(line.charter, forms=("TEST",)))
        officer = two.eucom.officer(WATCH)
        code = refusal(drafting.prepare_message, books, narrow, officer, "CONCERN", IMMEDIATE, CONCERN_VALUES)
    assert code == "CHARTER-EXCLUDES"


def test_a_clock_that_is_set_back_does_not_back_date_our_own_chain(two: TwoNodes) -> None:
    two.eucom.send(two.line)
    two.time.at = Instant(two.time.at - 3600 * two_nodes.SECOND)
    two.eucom.send(two.line, values={**CONCERN_VALUES, 35: "C-2"})
    two.flush()
    assert two.refused == []
    with two.ndmc.read() as books:
        held = braid.direction_from_value(books.unit.get(views.DIRECTIONS, two.line + views.IN))
    assert held.number == 2


@pytest.mark.parametrize(("form", "precedence"), list(product(["CONCERN", "STOP"], [FLASH])))
def test_what_one_side_needs_to_send_the_other_side_accepts(two: TwoNodes, form: str, precedence: Precedence) -> None:
    values: Any = CONCERN_VALUES if form == "CONCERN" else STOP
    two.eucom.send(two.line, form, values, precedence)
    two.flush()
    assert two.refused == []
    with two.ndmc.read() as books:
        state = session.session_from_value(books.unit.get(views.SESSIONS, two.line))
    assert state.may_send
