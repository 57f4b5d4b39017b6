"""Officers and their keys over time: two persons, blocked at once, the root's manifest, what peers judge by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.precedence import Precedence
from armslength.desk import drafting, officer_keys, officer_manifest, officering, outbox, service_officers
from armslength.desk.inbound import Hello
from armslength.desk.officer_changes import What
from armslength.desk.rebuilding import rebuild
from armslength.disclosure.verify import verify_export
from armslength.journal import entry as entries
from builders import local_acts, officer_desk, two_nodes
from builders.exports import exported
from builders.officer_desk import ADMIN, ADMIN_2, changed, decide, fresh_key, propose, root_signs, status
from builders.two_nodes import LEGAL, LINGUIST, PRINCIPAL, RELEASER, WATCH

if TYPE_CHECKING:
    from builders.two_nodes import Party, TwoNodes


def refused(error: ArmslengthError) -> str:
    """Return the code of a refusal, or of what it wraps."""
    return str(error.details.get("because")) if error.code == "ACT-INVALID" else str(error.code)


def key_of(party: Party, post: str) -> str:
    return officer_desk.officer_of(party, party.officer(post)).keys[0].key_id.hex()


def tell(two: TwoNodes, sender: Party, held: int) -> list[str]:
    """Let the peer say which manifest it holds, and hand over what it is sent for that; return what was refused."""
    hello = Hello(query=False, holds_our_assent=True, holds_our_manifest=held, accepted_from_us=0, versions=(1,))
    with sender.write() as books:
        items = outbox.answer_to_hello(books, two.line, hello)
    return [error.code for error in two.deliver(sender, items).refused] if items else ["nothing was sent"]


def only_one_administrator(party: Party) -> None:
    decide(party, propose(party, "ROLES", party.officer(ADMIN_2), roles=["watch-officer"]), PRINCIPAL, role="principal")


# --- two persons ------------------------------------------------------------------------------------------------------


def test_an_officer_joins_by_two_administrators_and_the_root() -> None:
    party = officer_desk.alone()
    private, public = fresh_key("joins")
    number = changed(party, "ADD-OFFICER", "eucom-watch-9", name="Cpt Nine", roles=["watch-officer"], public=public)
    assert status(party, number)[1] == "APPROVED"
    with party.read() as books:
        assert "eucom-watch-9" not in books.roster().officers, "nothing is added before the root signs"
    root_signs(party)
    party.officer_keys["eucom-watch-9"] = private
    assert status(party, number)[1] == "IN-FORCE"
    assert status(party, number)[9] == 3
    two_nodes.ROLE_OF["watch-9"] = "watch-officer"
    try:
        local_acts.record(party, "log", {"text": "on watch"}, "watch-9")
    finally:
        del two_nodes.ROLE_OF["watch-9"]


@pytest.mark.parametrize(
    ("case", "post", "role"),
    [
        ("who proposed it", ADMIN, "administrator"),
        ("whom it is about", ADMIN_2, "administrator"),
        ("a principal where another administrator could", PRINCIPAL, "principal"),
    ],
)
def test_only_a_second_administrator_approves(case: str, post: str, role: str) -> None:
    party = officer_desk.alone()
    concerned = party.officer(ADMIN_2 if case == "whom it is about" else WATCH)
    third = changed(party, "ROLES", party.officer(LEGAL), roles=["legal-adviser", "administrator"])
    root_signs(party)
    assert status(party, third)[1] == "IN-FORCE"
    number = propose(party, "REMOVE-OFFICER", concerned)
    with pytest.raises(LocalError, match="OFFICER-TWO-PERSONS"):
        decide(party, number, post, role=role)
    assert status(party, number)[1] == "PROPOSED"


def test_a_principal_stands_in_where_there_is_no_second_administrator() -> None:
    party = officer_desk.alone()
    only_one_administrator(party)
    number = propose(party, "ROLES", party.officer(LEGAL), roles=["legal-adviser", "administrator"])
    with pytest.raises(LocalError, match="OFFICER-TWO-PERSONS"):
        decide(party, number, ADMIN)
    decide(party, number, PRINCIPAL, role="principal")
    assert status(party, number)[1] == "APPROVED"


def test_recovery_needs_two_administrators_of_whom_neither_is_recovered() -> None:
    party = officer_desk.alone()
    _, public = fresh_key("recovered")
    with pytest.raises(LocalError, match="OFFICER-TWO-PERSONS"):
        propose(party, "RECOVER", party.officer(ADMIN), public=public)
    number = propose(party, "RECOVER", party.officer(WATCH), public=public)
    with pytest.raises(LocalError, match="OFFICER-TWO-PERSONS"):
        decide(party, number, ADMIN)
    before = key_of(party, WATCH)
    decide(party, number, ADMIN_2)
    with party.read() as books:
        assert officer_keys.blocked(books, party.officer(WATCH), bytes.fromhex(before))
    root_signs(party)
    held = officer_desk.officer_of(party, party.officer(WATCH))
    assert held.keys == (officer_desk.raw(public),)


@pytest.mark.parametrize(
    ("case", "what", "post", "given", "code"),
    [
        ("by nobody's leave", "REMOVE-OFFICER", WATCH, {}, "ROLE-REFUSED"),
        ("a role for himself", "ROLES", WATCH, {"roles": ["principal"]}, "ROLE-REFUSED"),
        ("his own recovery", "RECOVER", WATCH, {"public": fresh_key("r")[1]}, "OFFICER-TWO-PERSONS"),
    ],
)
def test_an_officer_proposes_nothing_but_his_own_keys(
    case: str, what: str, post: str, given: dict[str, Any], code: str
) -> None:
    party = officer_desk.alone()
    asked = {"what": what, "concerned": party.officer(WATCH), "reason": case, **given}
    with pytest.raises(LocalError, match=code):
        local_acts.record(party, "officer-change", asked, post)


def test_an_officers_own_key_needs_an_administrator_too() -> None:
    party = officer_desk.alone()
    _, public = fresh_key("second key")
    number = propose(party, "ADD-KEY", party.officer(WATCH), WATCH, public=public)
    decide(party, number, ADMIN)
    root_signs(party)
    assert [key.key.public.hex() for key in officer_desk.officer_of(party, party.officer(WATCH)).keys][1] == public


MALFORMED: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "nobody": ("REMOVE-OFFICER", "eucom-nobody", {}, "OFFICER-UNKNOWN"),
    "there already": ("ADD-OFFICER", "eucom-watch-1", {"name": "x", "roles": ["linguist"]}, "OFFICER-EXISTS"),
    "an id with a slash": ("ADD-OFFICER", "../x", {"name": "x", "roles": ["linguist"]}, "OFFICER-CHANGE"),
    "no name": ("ADD-OFFICER", "eucom-x", {"roles": ["linguist"]}, "OFFICER-CHANGE"),
    "a role that is none": ("ROLES", "eucom-watch-1", {"roles": ["general"]}, "OFFICER-CHANGE"),
    "no roles": ("ROLES", "eucom-watch-1", {"roles": []}, "OFFICER-CHANGE"),
    "a field too many": ("REMOVE-OFFICER", "eucom-watch-1", {"roles": ["linguist"]}, "OFFICER-CHANGE"),
    "another change": ("PROMOTE", "eucom-watch-1", {}, "OFFICER-CHANGE"),
    "a short key": ("ADD-KEY", "eucom-watch-1", {"public": "ab"}, "OFFICER-KEY-MALFORMED"),
    "a key of small order": ("ADD-KEY", "eucom-watch-1", {"public": "00" * 32}, "OFFICER-KEY-MALFORMED"),
    "a key that is not his": ("REMOVE-KEY", "eucom-watch-1", {"key_id": "00" * 16}, "OFFICER-KEY-UNKNOWN"),
    "nothing to undo": ("UNDO", "eucom-watch-1", {"undoes": "OC-2022-000001"}, "OFFICER-CHANGE-UNKNOWN"),
}


@pytest.mark.parametrize(("what", "concerned", "given", "code"), MALFORMED.values(), ids=list(MALFORMED))
def test_what_cannot_be_is_refused(what: str, concerned: str, given: dict[str, Any], code: str) -> None:
    party = officer_desk.alone()
    with pytest.raises(LocalError) as refusal:
        propose(party, what, concerned, **given)
    assert refusal.value.code == code


def test_a_key_serves_one_person_and_nobody_twice() -> None:
    party = officer_desk.alone()
    theirs = officer_desk.officer_of(party, party.officer(LEGAL)).keys[0].key.public.hex()
    with pytest.raises(LocalError, match="OFFICER-KEY-USED"):
        propose(party, "ADD-KEY", party.officer(WATCH), public=theirs)
    _, public = fresh_key("wanted twice")
    first = propose(party, "ADD-KEY", party.officer(WATCH), public=public)
    second = propose(party, "ADD-KEY", party.officer(RELEASER), public=public)
    decide(party, first)
    with pytest.raises(LocalError, match="OFFICER-KEY-USED"):
        decide(party, second)


def test_the_last_administrator_stays() -> None:
    party = officer_desk.alone()
    only_one_administrator(party)
    with pytest.raises(LocalError, match="OFFICER-LAST"):
        propose(party, "ROLES", party.officer(ADMIN), roles=["key-custodian"])


def test_an_approval_is_of_what_was_seen() -> None:
    party = officer_desk.alone()
    number = propose(party, "ROLES", party.officer(WATCH), roles=["linguist"])
    with party.write() as books:
        prepared = officering.prepare_approval(books, party.officer(ADMIN_2), number, approve=True, reason="seen")
        prepared.body[25] = ("principal",)  # type: ignore[index]  # what a program may send
        with officer_desk.acting_as(ADMIN_2, "administrator"):
            signed = party.signed(prepared, "countersign", ADMIN_2)
        with pytest.raises(LocalError, match="OFFICER-CHANGE-OTHER"):
            officering.submit_approval(books, signed)


def test_a_change_is_decided_once() -> None:
    party = officer_desk.alone()
    number = propose(party, "ROLES", party.officer(WATCH), roles=["linguist"])
    decide(party, number, approve=False)
    assert status(party, number)[1] == "REJECTED"
    for approve in (True, False):
        with pytest.raises(LocalError, match="OFFICER-CHANGE-DECIDED"):
            decide(party, number, approve=approve)


# --- blocked at once --------------------------------------------------------------------------------------------------


def test_who_is_removed_is_blocked_at_once_and_before_the_root_signs() -> None:
    party = officer_desk.alone()
    number = propose(party, "REMOVE-OFFICER", party.officer(WATCH))
    local_acts.record(party, "log", {"text": "still on watch"})
    decide(party, number)
    with pytest.raises(LocalError) as refusal:
        local_acts.record(party, "log", {"text": "not any more"})
    assert refused(refusal.value) == "ACT-OFFICER-UNKNOWN"
    with party.read() as books:
        assert officer_keys.blocked(books, party.officer(WATCH))
        shown = {one["officer"]: one for one in service_officers.read_officers(books, {})}
    assert shown[party.officer(WATCH)]["blocked"]
    assert not shown[party.officer(LEGAL)]["blocked"]


def test_a_removed_key_and_a_lost_role_are_blocked_at_once() -> None:
    party = officer_desk.alone()
    changed(party, "REMOVE-KEY", party.officer(WATCH), key_id=key_of(party, WATCH))
    with pytest.raises(LocalError) as refusal:
        local_acts.record(party, "log", {"text": "with a lost key"})
    assert refused(refusal.value) == "ACT-KEY-UNKNOWN"
    changed(party, "ROLES", party.officer(LINGUIST), roles=["auditor"])
    with pytest.raises(LocalError) as refusal:
        local_acts.record(party, "log", {"text": "as a linguist"}, LINGUIST)
    assert refused(refusal.value) == "ACT-ROLE"
    with party.read() as books:
        assert books.roster().officers[party.officer(LINGUIST)].roles == frozenset()


def test_an_approved_change_is_taken_back_by_two_persons() -> None:
    party = officer_desk.alone()
    number = changed(party, "REMOVE-OFFICER", party.officer(WATCH))
    undone = changed(party, "UNDO", party.officer(WATCH), undoes=number)
    assert (status(party, number)[1], status(party, undone)[1]) == ("REJECTED", "IN-FORCE")
    local_acts.record(party, "log", {"text": "back"})


def test_what_was_approved_after_the_request_stays_blocked_and_waits() -> None:
    party = officer_desk.alone()
    first = changed(party, "REMOVE-OFFICER", party.officer(LEGAL))
    with party.read() as books:
        request = officer_manifest.next_request(books)
    second = changed(party, "REMOVE-OFFICER", party.officer(WATCH))
    data = officer_manifest.sign_request(request, party.root.public, party.root.sign)
    with party.write() as books:
        officer_manifest.enter(books, data)
        assert officer_keys.blocked(books, party.officer(WATCH))
        with pytest.raises(LocalError, match="MANIFEST-ENTERED"):
            officer_manifest.enter(books, data)
    party.chain.append(data)
    assert (status(party, first)[1], status(party, second)[1]) == ("IN-FORCE", "APPROVED")
    root_signs(party)
    assert status(party, second)[1] == "IN-FORCE"


# --- the root ---------------------------------------------------------------------------------------------------------


def test_a_root_signs_nothing_of_another_root_and_nothing_that_does_not_follow() -> None:
    two = two_nodes.strangers()
    with two.eucom.read() as books:
        data = officer_manifest.next_request(books).encode()
    request = officer_manifest.read_request(data)
    assert request.renewal
    with pytest.raises(LocalError, match="MANIFEST-REQUEST"):
        officer_manifest.sign_request(request, two.ndmc.root.public, two.ndmc.root.sign)
    for broken in (b"", b"\x80", data[:-1], data + b"\x00", data.replace(b"request 1", b"request 2")):
        with pytest.raises(ArmslengthError):
            officer_manifest.read_request(broken)


def test_what_the_root_is_shown_names_every_change() -> None:
    party = officer_desk.alone()
    _, public = fresh_key("shown")
    changed(party, "ADD-OFFICER", "eucom-new", name="New", roles=["linguist"], public=public)
    changed(party, "REMOVE-OFFICER", party.officer(WATCH))
    changed(party, "ROLES", party.officer(LEGAL), roles=["legal-adviser", "auditor"])
    with party.read() as books:
        shown = service_officers.asked_manifest(
            books, relying_parties=((b"\x01" * 32, "https://floor.eucom.invalid"),), software=("armslength", "9")
        )
    said = dict(shown["differences"])
    assert said["eucom-new"].startswith("JOINS as linguist")
    assert said[party.officer(WATCH)] == "LEAVES"
    assert said[party.officer(LEGAL)] == "roles: legal-adviser -> auditor, legal-adviser"
    assert said["consoles"] == "https://floor.eucom.invalid"
    assert shown["due"]
    assert len(shown["changes"]) == 3


def test_a_renewal_is_due_a_month_before_the_end() -> None:
    party = officer_desk.alone()
    with party.read() as books:
        assert not service_officers.asked_manifest(books, relying_parties=(), software=("a", "1"))["due"]
    party.time.pass_s(336 * 86_400)
    with party.read() as books:
        assert service_officers.asked_manifest(books, relying_parties=(), software=("a", "1"))["due"]
    root_signs(party)
    with party.read() as books:
        assert not service_officers.asked_manifest(books, relying_parties=(), software=("a", "1"))["due"]


# --- the peer ---------------------------------------------------------------------------------------------------------


def test_what_a_removed_officer_did_before_holds_and_after_it_is_refused_at_both_ends() -> None:
    two = officer_desk.opened()
    sent = two.converse()
    changed(two.eucom, "REMOVE-OFFICER", two.eucom.officer(RELEASER))
    root_signs(two.eucom)
    assert tell(two, two.eucom, 2) == []
    with two.ndmc.read() as books:
        assert two.eucom.officer(RELEASER) not in books.roster("EUCOM").officers
    with pytest.raises(LocalError) as refusal:
        two.eucom.send(two.line)
    assert refused(refusal.value) == "ACT-OFFICER-UNKNOWN"
    for party in (two.eucom, two.ndmc):
        account = verify_export(exported(party, two.line))
        assert sent in {one.envelope_hash for one in account.messages}


def test_a_removed_officer_is_refused_by_the_peer_whatever_our_node_lets_through() -> None:
    two = officer_desk.opened()
    two.eucom.send(two.line)
    late = two.eucom.waiting(two.line)
    changed(two.eucom, "REMOVE-OFFICER", two.eucom.officer(RELEASER))
    root_signs(two.eucom)
    two.deliver(two.eucom, two.eucom.notices(two.line, 2))
    assert [error.code for error in two.deliver(two.eucom, late).refused] == ["ACT-OFFICER-UNKNOWN"]


def test_a_manifest_waits_until_the_peer_holds_what_was_released_before_it() -> None:
    two = officer_desk.opened()
    two.eucom.send(two.line)
    changed(two.eucom, "REMOVE-OFFICER", two.eucom.officer(RELEASER))
    root_signs(two.eucom)
    assert tell(two, two.eucom, 2) == ["nothing was sent"]
    two.flush()
    assert two.refused == []
    assert tell(two, two.eucom, 2) == []
    with two.ndmc.read() as books:
        assert books.manifest("EUCOM").sequence == 3


def test_a_draft_of_who_left_is_not_released_by_who_stayed() -> None:
    two = officer_desk.opened()
    party = two.eucom
    with party.write() as books:
        prepared = drafting.prepare_message(
            books,
            books.line(two.line),
            party.officer(WATCH),
            "CONCERN",
            Precedence.IMMEDIATE,
            two_nodes.CONCERN_VALUES,
        )
        draft = drafting.submit_draft(books, party.signed(prepared, "draft", WATCH))
    party.check(draft, "legal", LEGAL, "legal-tick")
    party.check(draft, "linguist", LINGUIST, "linguist-check")
    changed(party, "REMOVE-OFFICER", party.officer(WATCH))
    with party.write() as books, pytest.raises(LocalError) as refusal:
        drafting.release_draft(books, draft, party.act(prepared, "release", RELEASER))
    assert refusal.value.code == "DRAFTER-GONE"


# --- codes ------------------------------------------------------------------------------------------------------------


def coded(party: Party, what: What = What.ADD_KEY, post: str = WATCH) -> tuple[str, str]:
    with party.write() as books:
        prepared, code = officering.prepare_code(books, party.officer(ADMIN), what, party.officer(post), "joins")
        with officer_desk.acting_as(ADMIN, "administrator"):
            officering.submit_change(books, party.signed(prepared, "record", ADMIN))
    return str(prepared.body[21]), code


def offered(party: Party, code: str, seed: str) -> str:
    with party.write() as books:
        return officering.offer(books, code, officer_desk.raw(fresh_key(seed)[1]), None, "blue")


def test_a_code_is_good_for_one_key_of_one_officer_which_another_administrator_approves() -> None:
    party = officer_desk.alone()
    number, code = coded(party, What.RECOVER)
    assert offered(party, code.lower().replace("-", " "), "by code") == number
    with pytest.raises(LocalError, match="OFFICER-CODE"):
        offered(party, code, "by code again")
    with pytest.raises(LocalError, match="OFFICER-TWO-PERSONS"):
        decide(party, number, ADMIN)
    decide(party, number, ADMIN_2)
    root_signs(party)
    assert officer_desk.officer_of(party, party.officer(WATCH)).keys == (officer_desk.raw(fresh_key("by code")[1]),)


def test_a_code_ends_with_its_day_and_with_a_refusal() -> None:
    party = officer_desk.alone()
    number, code = coded(party)
    decide(party, number, approve=False)
    with pytest.raises(LocalError, match="OFFICER-CODE"):
        offered(party, code, "refused")
    _, code = coded(party)
    party.time.pass_s(86_401)
    with pytest.raises(LocalError, match="OFFICER-CODE"):
        offered(party, code, "late")
    with pytest.raises(LocalError, match="OFFICER-CODE"):
        offered(party, "A" * 24, "guessed")


def test_no_record_holds_the_code() -> None:
    party = officer_desk.alone()
    _, code = coded(party)
    letters = code.replace("-", "").encode()
    with party.read() as books:
        for index in range(books.unit.frontier().size):
            held = books.unit.content(index)
            assert held is None or (letters not in held[1] and code.encode() not in held[1])


# --- replay -----------------------------------------------------------------------------------------------------------


def test_views_made_again_from_the_journal_are_equal() -> None:
    two = officer_desk.opened()
    party = two.eucom
    _, code = coded(party)
    offered(party, code, "replayed")
    coded(party, post=LEGAL)
    changed(party, "REMOVE-OFFICER", party.officer(LINGUIST))
    undone = changed(party, "ROLES", party.officer(LEGAL), roles=["auditor"])
    changed(party, "UNDO", party.officer(LEGAL), undoes=undone)
    root_signs(party)
    changed(party, "REMOVE-OFFICER", party.officer(RELEASER))
    propose(party, "ADD-KEY", party.officer(WATCH), WATCH, public=fresh_key("open")[1])
    with party.write() as books:
        assert rebuild(books).entries == books.unit.frontier().size
        kinds = [entries.parse_leaf(books.unit.leaf(at)).kind for at in range(books.unit.frontier().size)]
    assert {"officer-change", "officer-approval"} <= set(kinds)


def test_changes_are_listed_with_what_became_of_them() -> None:
    party = officer_desk.alone()
    removed = changed(party, "REMOVE-OFFICER", party.officer(WATCH))
    number, _ = coded(party, post=LEGAL)
    with party.read() as books:
        rows = {one["change"]: one for one in service_officers.read_changes(books, {})}
        only = service_officers.read_changes(books, {"status": "approved"})
    assert rows[removed]["blocks_now"]
    assert rows[removed]["decided_by"] == party.officer(ADMIN_2)
    assert (rows[number]["status"], rows[number]["key_id"]) == ("CODE", None)
    assert [one["change"] for one in only] == [removed]
