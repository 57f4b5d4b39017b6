from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core.errors import ArmslengthError, LocalError, PeerError
from armslength.core.instants import Instant
from armslength.core.realm import Realm
from armslength.desk import opening, views
from armslength.line import charter, manifest
from builders import two_nodes
from builders.two_nodes import CUSTODIAN, DAY, PRINCIPAL, WATCH, Party, TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.strangers()


def refusal(do: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(ArmslengthError) as caught:
        do(*arguments, **named)
    return caught.value.code


def test_a_node_is_founded_once(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        assert refusal(opening.found_node, books, two.eucom.chain[0]) == "NODE-ALREADY-INITIALISED"


@pytest.mark.parametrize(
    ("case", "introduction", "code"),
    [
        ("our own", "own", "PIN-SELF"),
        ("of the other realm", "real", "MANIFEST-REALM"),
        ("changed", "changed", "MANIFEST-"),
        ("expired", "expired", "MANIFEST-EXPIRED"),
        ("no introduction", "none", "CBOR-"),
    ],
)
def test_an_introduction_that_does_not_hold_is_refused(two: TwoNodes, case: str, introduction: str, code: str) -> None:
    data = {
        "own": two.eucom.introduction,
        "real": lambda: _founded(Party(code="NDMC", time=two.time, realm=Realm.REAL)).introduction(),
        "changed": lambda: two.ndmc.introduction()[:-1] + b"\x00",
        "expired": two.ndmc.introduction,
        "none": lambda: b"\xff",
    }[introduction]()
    if introduction == "expired":
        two.time.at = Instant(two.time.at + 366 * DAY)
    with two.eucom.read() as books:
        assert refusal(opening.prepare_pin, books, "o", data, "in person").startswith(code), case


def _founded(party: Party) -> Party:
    party.found()
    return party


def test_a_second_root_under_a_known_name_is_refused(two: TwoNodes) -> None:
    two.eucom.pin(two.ndmc.introduction())
    impostor = _founded(Party(code="NDMC", time=two.time, seed="impostor"))
    with two.eucom.read() as books:
        assert refusal(opening.prepare_pin, books, "o", impostor.introduction(), "by mail") == "PIN-CONFLICT"


@pytest.mark.parametrize(
    ("case", "post", "act", "change", "code"),
    [
        ("by the watch", WATCH, "introduce", {}, "ROLE-REFUSED"),
        ("another act", CUSTODIAN, "assent", {}, "ACT-WRONG"),
        ("another fingerprint than was read aloud", CUSTODIAN, "introduce", {23: bytes(11)}, "PIN-FINGERPRINT"),
        ("another name than the manifest's", CUSTODIAN, "introduce", {20: "OTHER"}, "PIN-FINGERPRINT"),
        ("no introduction", CUSTODIAN, "introduce", {21: None}, "PREPARED-MALFORMED"),
    ],
)
def test_a_pin_is_an_act_over_the_fingerprint_compared(
    two: TwoNodes, case: str, post: str, act: str, change: dict[int, Any], code: str
) -> None:
    with two.eucom.write() as books:
        officer = two.eucom.officer(post)
        prepared, theirs = opening.prepare_pin(books, officer, two.ndmc.introduction(), "in person")
        assert prepared.body[23] == manifest.manifest_fingerprint(theirs) == two.ndmc.fingerprint()
        signed = two.eucom.signed(replace(prepared, body={**prepared.body, **change}), act, post)
        assert refusal(opening.submit_pin, books, signed) == code, case


def test_both_sides_open_the_same_line_without_exchanging_a_draft(two: TwoNodes) -> None:
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    assert two.eucom.open_line("NDMC") == two.ndmc.open_line("EUCOM")


def test_the_same_proposal_again_changes_nothing_and_another_is_refused(two: TwoNodes) -> None:
    two.eucom.pin(two.ndmc.introduction())
    with two.eucom.write() as books:
        line = opening.open_line(books, "NDMC")
        before = books.unit.frontier().size
        assert opening.open_line(books, "NDMC").line == line.line
        assert books.unit.frontier().size == before
        other = charter.charter_bytes(replace(line.charter, version=2))
        assert refusal(opening.open_line, books, "NDMC", other) == "LINE-EXISTS"
        foreign = replace(line.charter, parties=(line.charter.parties[0], ("THIRD", bytes([255]) * 16)))
        assert refusal(opening.open_line, books, "NDMC", charter.charter_bytes(foreign)) == "CHARTER-FOREIGN"
        assert refusal(opening.open_line, books, "OTHER") == "PARTY-UNKNOWN"


@pytest.mark.parametrize(
    ("case", "post", "act", "change", "code"),
    [
        ("by the watch", WATCH, "assent", {}, "ROLE-REFUSED"),
        ("another act", PRINCIPAL, "record", {}, "ACT-WRONG"),
        ("to another charter", PRINCIPAL, "assent", {20: bytes(32)}, "CHARTER-CHANGED"),
    ],
)
def test_an_assent_is_the_principals_and_to_this_charter(
    two: TwoNodes, case: str, post: str, act: str, change: dict[int, Any], code: str
) -> None:
    two.eucom.pin(two.ndmc.introduction())
    with two.eucom.write() as books:
        line = opening.open_line(books, "NDMC")
        prepared = opening.prepare_assent(books, line, two.eucom.officer(post))
        signed = two.eucom.signed(replace(prepared, body={**prepared.body, **change}), act, post)
        assert refusal(opening.submit_assent, books, signed) == code, case
        assert opening.own_assent(books, line) is None


def test_a_hello_states_what_the_journal_holds() -> None:
    two = two_nodes.opened()
    two.converse()
    body = two.eucom.hello(two.line)[0].body
    out, received = two.ndmc.hello(two.line)[0].body[25], two.ndmc.hello(two.line)[0].body[23]
    assert (body[23], body[25]) == (out, received) == (1, 4)
    assert (body[24], body[26]) == (two.ndmc.hello(two.line)[0].body[26], two.ndmc.hello(two.line)[0].body[24])
    assert (body[28], body[29], body[30], body[31]) == ((1,), "OPEN", True, 1)


def test_our_next_manifest_must_follow_ours(two: TwoNodes) -> None:
    two.eucom.next_manifest()
    with two.eucom.write() as books:
        with pytest.raises(PeerError, match="MANIFEST-CHAIN"):
            opening.submit_manifest(books, two.eucom.chain[1])
        with pytest.raises(PeerError, match="MANIFEST-ROOT"):
            opening.submit_manifest(books, two.ndmc.chain[0])


def test_notices_are_of_what_the_peer_lacks() -> None:
    two = two_nodes.opened()
    two.eucom.next_manifest()
    two.eucom.next_manifest()
    assert [item.body[20] for item in two.eucom.notices(two.line, 1)] == two.eucom.chain[1:]
    assert two.eucom.notices(two.line, 3) == []


def test_an_assent_of_a_line_that_is_gone_is_refused() -> None:
    two = two_nodes.opened()
    with two.eucom.write() as books:
        line = books.line(two.line)
        books.unit.delete(views.LINES, two.line)
        with pytest.raises(LocalError, match="LINE-NOT-FOUND"):
            opening.prepare_assent(books, line, "o")
