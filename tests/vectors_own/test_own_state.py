"""Refusals that need a node with a history, which no single vector can carry: a peer that lies, against our inbound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import PeerError
from armslength.core.precedence import Precedence
from armslength.core.record import Item, build_item
from armslength.desk.books import key_id_of
from armslength.line import charter, fields, manifest
from builders import two_nodes
from builders.two_nodes import CONCERN_VALUES, START, WATCH

if TYPE_CHECKING:
    from builders.two_nodes import Party, TwoNodes


def altered(party: Party, item: Item, *, body: Any = None, link: Any = None, record_type: str = "message") -> Item:
    """The same record with fields changed and signed anew by the party's node."""
    header_line = party_line(party)
    return build_item(
        party.realm,
        record_type,
        header_line,
        key_id=key_id_of(party.keys),
        body_seed=item.body_seed,
        body={**item.body, **(body or {})},
        link_seed=item.link_seed,
        link={**item.link, **(link or {})},
        acts=item.acts,
        sign=lambda message: party.keys.sign("sign", message),
    ).item


def party_line(party: Party) -> bytes:
    with party.read() as books:
        (line,) = [key for key, _ in books.unit.scan("lines", b"")]
    return bytes(line)


def refused(two: TwoNodes, *items: Item) -> list[str]:
    """What NDMC says to these items of EUCOM."""
    return [error.code for error in two.ndmc.receive(two.line, two.eucom.seal(two.line, items)).refused]


def of_test(two: TwoNodes) -> Item:
    two.eucom.send(two.line, "TEST", {100: "Line check."}, Precedence.ROUTINE)
    return two.eucom.waiting(two.line)[-1]


def test_a_line_that_nobody_opened_is_not_known() -> None:
    two = two_nodes.opened()
    with pytest.raises(PeerError, match="LINE-UNKNOWN"):
        two.ndmc.receive(bytes(16), b"")


def test_nothing_numbered_is_taken_before_both_assents() -> None:
    two = two_nodes.strangers()
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    two.line = two.eucom.open_line("NDMC")
    two.ndmc.open_line("EUCOM")
    # EUCOM holds both assents, NDMC only its own: the message overtook the assent.
    two.deliver(two.ndmc, two.ndmc.assent(two.line))
    assert refused(two, of_test(two)) == ["LINE-NOT-OPEN"]


def test_a_record_under_another_charter_is_refused() -> None:
    two = two_nodes.opened()
    changed = altered(two.eucom, of_test(two), link={6: bytes(32)})
    assert refused(two, changed) == ["CHARTER-VERSION"]


def test_a_form_that_the_charter_does_not_carry_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charter, "CHARTER_FORMS", ("CONCERN", "REPLY"))
    two = two_nodes.opened()
    monkeypatch.undo()
    two.eucom.send(two.line)
    concern = two.eucom.waiting(two.line)[-1]
    as_test = {**dict.fromkeys(CONCERN_VALUES), 20: "TEST", 22: 0, 100: "Line check."}
    body = {number: value for number, value in {**concern.body, **as_test}.items() if value is not None}
    changed = altered(two.eucom, replace(concern, body=body))
    assert refused(two, changed) == ["CHARTER-FORM"]


def test_a_record_id_used_twice_is_refused() -> None:
    two = two_nodes.opened()
    first = of_test(two)
    assert refused(two, first) == []
    again = altered(two.eucom, first, link={1: 2, 2: first.envelope_hash})
    assert refused(two, again) == ["BRAID-RECORD-REUSED"]


def test_a_receipt_of_what_was_never_sent_is_refused() -> None:
    two = two_nodes.opened()
    receipt = altered(
        two.eucom,
        of_test(two),
        body={20: 1, 21: bytes(32), 22: 1, 30: "en", 31: bytes(32), 5: two.eucom.officer(WATCH), 2: int(START)},
        record_type="receipt",
    )
    assert refused(two, receipt) == ["RECEIPT-UNKNOWN-ENVELOPE"]


def test_a_peer_that_accepted_more_than_we_sent_is_evidence_of_our_own_rollback() -> None:
    two = two_nodes.opened()
    (hello,) = two.eucom.hello(two.line)
    changed = altered(two.eucom, hello, body={25: 9, 26: bytes(range(32))}, record_type="hello")
    assert refused(two, changed) == ["OWN-ROLLBACK"]


def test_a_relation_that_the_table_does_not_have_is_refused() -> None:
    two = two_nodes.opened()
    first = of_test(two)
    assert refused(two, first) == []
    second = of_test(two)
    changed = altered(two.eucom, second, body={fields.RELATION: ("updates", first.envelope_hash)})
    # The acts are over another body by now, so the officer's signature is what is refused: nobody can relate for them.
    assert refused(two, changed) == ["ACT-SIGNATURE"]


def test_two_manifests_of_one_number_are_a_fork() -> None:
    two = two_nodes.opened()
    two.time.pass_s(1)
    two.eucom.next_manifest(time_zone="Europe/Paris")
    assert refused(two, *two.eucom.notices(two.line, 1)) == []
    first = manifest.verify_manifest(two.eucom.chain[0], realm=two.eucom.realm, previous=None)
    other = replace(first, sequence=2, previous=manifest.manifest_hash(two.eucom.chain[0]), time_zone="Europe/Rome")
    notice = altered(
        two.eucom,
        two.eucom.notices(two.line, 1)[0],
        body={20: manifest.sign_manifest(other, two.eucom.root.sign)},
        record_type="manifest-notice",
    )
    assert refused(two, notice) == ["MANIFEST-FORK"]


def test_an_introduction_that_has_expired_is_refused() -> None:
    two = two_nodes.strangers()
    two.time.pass_s(366 * 86_400)
    with pytest.raises(PeerError, match="MANIFEST-EXPIRED"):
        two.eucom.pin(two.ndmc.introduction())
