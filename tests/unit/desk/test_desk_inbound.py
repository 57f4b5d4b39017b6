from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.limits import ITEM_BYTES_MAX
from armslength.core.precedence import Precedence
from armslength.core.realm import domain
from armslength.core.record import Item, item_value, parse_item
from armslength.desk import inbound, views
from armslength.desk.books import key_id_of
from armslength.desk.drafting import require_ready
from armslength.desk.inbound import CONFLICTS_KEPT_MAX
from armslength.line import braid, envelope, fields, manifest
from armslength.line.receipts import Level
from builders import two_nodes
from builders.hostile import VALUES, Hostile
from builders.two_nodes import PRINCIPAL, Party, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Callable

IMMEDIATE = Precedence.IMMEDIATE


def dump(party: Party) -> list[Any]:
    with party.store.read() as unit:
        return list(unit.dump_views())


def size(party: Party) -> int:
    with party.store.read() as unit:
        return unit.frontier().size


def codes(outcome: inbound.Outcome) -> list[str]:
    return [error.code for error in outcome.refused]


def alarm_kinds(party: Party) -> list[str]:
    with party.read() as books:
        return [row[1] for _, row in views.rows(books.unit, views.ALARMS)]


def direction(party: Party, line: bytes, way: bytes = views.IN) -> braid.Direction:
    with party.read() as books:
        return braid.direction_from_value(books.unit.get(views.DIRECTIONS, line + way))


def forged(two: TwoNodes) -> Hostile:
    return Hostile(two.eucom, two.line)


# --- R0 ---------------------------------------------------------------------------------------------------------------


def test_the_same_envelope_gets_the_same_r0_and_changes_nothing() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    items = two.eucom.waiting(two.line)
    first = two.ndmc.receive(two.line, two.eucom.seal(two.line, items))
    before, entries = dump(two.ndmc), size(two.ndmc)
    two.time.pass_s(3600)
    again = two.ndmc.receive(two.line, two.eucom.seal(two.line, items * 3))
    assert again.replies == first.replies * 3
    assert (again.accepted, again.refused) == (0, [])
    assert (dump(two.ndmc), size(two.ndmc)) == (before, entries)


def test_an_r0_names_the_entry_that_it_stands_for_and_a_checkpoint_that_covers_it() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line)
    outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, two.eucom.waiting(two.line)))
    body = outcome.replies[0].body
    with two.ndmc.read() as books:
        content = books.unit.content(body[22])  # type: ignore[arg-type]
    assert content is not None
    assert parse_item(content[1]).envelope_hash == sent == body[21]
    assert int(str(body[23]).splitlines()[1]) > int(str(body[22]))
    assert two.eucom.waiting(two.line) != []
    two.eucom.receive(two.line, two.ndmc.seal(two.line, outcome.replies))
    assert two.eucom.waiting(two.line) == []


def test_what_overtakes_is_receipted_as_ahead_and_becomes_accepted_when_the_gap_closes() -> None:
    two = two_nodes.opened()
    hashes = [two.eucom.send(two.line) for _ in range(3)]
    first, second, third = two.eucom.waiting(two.line)
    outcome = two.deliver(two.eucom, [third])
    assert [item.body[24] for item in outcome.replies] == ["AHEAD"]
    assert two.ndmc.row(hashes[2])[11] == "AHEAD"
    with two.ndmc.read() as books:
        assert views.rows(books.unit, views.GAPS)[0][1][1] == 1
    assert codes(two.deliver(two.eucom, [first, second])) == []
    assert [two.ndmc.row(one)[11] for one in hashes] == ["ACCEPTED"] * 3
    assert direction(two.ndmc, two.line) == braid.direction_from_value(
        braid.direction_value(direction(two.eucom, two.line, views.OUT))
    )
    with two.ndmc.read() as books:
        assert views.rows(books.unit, views.GAPS) == []


def test_a_bad_item_stops_none_of_those_beside_it() -> None:
    two = two_nodes.opened()
    for _ in range(2):
        two.eucom.send(two.line)
    first, second = two.eucom.waiting(two.line)
    broken = replace(first, body={**first.body, 20: "STOP"})
    outcome = two.deliver(two.eucom, [broken, second, first])
    assert codes(outcome) == ["RECORD-HASH"]
    assert outcome.accepted == 2


def test_what_is_refused_changes_nothing() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    item = two.eucom.waiting(two.line)[0]
    before, entries = dump(two.ndmc), size(two.ndmc)
    for at in range(0, len(item.envelope), 11):
        changed = bytearray(item.envelope)
        changed[at] ^= 1
        two.ndmc.receive(two.line, two.eucom.seal(two.line, [replace(item, envelope=bytes(changed))]))
    assert (dump(two.ndmc), size(two.ndmc)) == (before, entries)


def test_an_item_over_its_bound_is_refused_though_its_signature_holds() -> None:
    two = two_nodes.opened()
    hostile = forged(two)
    body = hostile.concern_body(IMMEDIATE, **{"200": "x" * ITEM_BYTES_MAX})
    assert codes(two.deliver(two.eucom, [hostile.message(body)])) == ["ITEM-SIZE"]


# --- nothing that a peer signs leaks an untyped error -----------------------------------------------------------------


def _message(two: TwoNodes, form: str | None = None) -> dict[int, Any]:
    body: dict[int, Any] = {**forged(two).concern_body(IMMEDIATE), fields.RELATION: ("relates", bytes(32))}
    body |= {fields.ANSWERS: bytes(32), fields.FREE_TEXT: "text", fields.CASE_REFERENCE: "C-1"}
    return body | ({fields.FORM_CODE: form} if form else {})


def _received(two: TwoNodes) -> bytes:
    sent = two.ndmc.send(two.line)
    two.flush()
    return sent


def _sent(two: TwoNodes) -> bytes:
    sent = two.ndmc.send(two.line)
    two.eucom.receive(two.line, two.ndmc.seal(two.line, two.ndmc.waiting(two.line)))
    return sent


def _stripped(items: list[Item]) -> dict[int, Any]:
    return dict(items[-1].body)


MAKERS: dict[str, Callable[[TwoNodes], tuple[dict[int, Any], Callable[[Any], Item]]]] = {
    "message": lambda two: (_message(two), forged(two).message),
    "message of an unknown form": lambda two: (_message(two, "ULTIMATUM"), forged(two).message),
    "R1": lambda two: (forged(two).receipt_body(_received(two), Level.READ), forged(two).receipt),
    "R2": lambda two: (forged(two).receipt_body(_received(two), Level.UNDERSTOOD), forged(two).receipt),
    "R4": lambda two: (forged(two).receipt_body(_received(two), Level.ANSWERED), forged(two).receipt),
    "R0": lambda two: (forged(two).node_receipt_body(_sent(two)), partial(forged(two).item, "node-receipt")),
    "hello": lambda two: (_stripped(two.eucom.hello(two.line)), partial(forged(two).item, "hello")),
    "offer": lambda two: (_stripped(two.eucom.hello(two.line, ask_cosign=True)), partial(forged(two).item, "cosign")),
    "assent": lambda two: (
        forged(two).assent_body(),
        lambda body: forged(two).item("charter-assent", body, signers=(("assent", PRINCIPAL),)),
    ),
    "manifest": lambda two: (
        _stripped(two.eucom.notices(two.line, 0)),
        partial(forged(two).item, "manifest-notice"),
    ),
}
READ_BY_NOBODY = frozenset(range(8, 20))


@pytest.mark.parametrize("kind", MAKERS)
def test_no_field_of_a_well_signed_record_leaks_an_untyped_error(kind: str) -> None:
    two = two_nodes.opened()
    body, make = MAKERS[kind](two)
    for number in (*body, 200):
        for name, value in VALUES.items():
            changed = {**body, number: value}
            with two.ndmc.store.write() as unit:
                found = []
                with suppress(_UndoneError), unit.savepoint():
                    transport = two.eucom.seal(two.line, [make(changed)])
                    found = codes(inbound.receive(two.ndmc._books(unit), two.line, transport))
                    _undo()
                assert "ITEM-UNHANDLED" not in found, (kind, number, name)


class _UndoneError(Exception):
    """The savepoint takes back what a case did."""


def _undo() -> None:
    raise _UndoneError


@pytest.mark.parametrize("kind", ["message", "R1", "assent"])
@pytest.mark.parametrize("part", range(6))
def test_no_part_of_an_act_or_a_link_leaks_an_untyped_error(kind: str, part: int) -> None:
    two = two_nodes.opened()
    body, make = MAKERS[kind](two)
    good = make(body)
    before = size(two.ndmc)
    for name, value in VALUES.items():
        act = list(good.acts[0])  # type: ignore[arg-type]
        act[part] = value
        hostile = Hostile(two.eucom, two.line)
        with_act = hostile.item(
            "receipt" if kind == "R1" else "charter-assent" if kind == "assent" else "message",
            body,
            link=good.link,
            acts=(tuple(act), *good.acts[1:]),
        )
        outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, [with_act]))
        assert codes(outcome), (kind, part, name)
        assert "ITEM-UNHANDLED" not in codes(outcome), (kind, part, name)
    assert size(two.ndmc) == before


@pytest.mark.parametrize("number", range(1, 8))
def test_no_field_of_a_link_leaks_an_untyped_error(number: int) -> None:
    two = two_nodes.opened()
    hostile = forged(two)
    body = hostile.concern_body(IMMEDIATE)
    for name, value in VALUES.items():
        item = hostile.message(body, {**hostile.link(), number: value})
        outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, [item]))
        if number == 7 and value is None:
            continue
        assert codes(outcome), (number, name)
        assert "ITEM-UNHANDLED" not in codes(outcome), (number, name)


# --- contradictions ---------------------------------------------------------------------------------------------------


def fork(two: TwoNodes, salt: str = "another account") -> Item:
    hostile = forged(two)
    body = hostile.concern_body(IMMEDIATE, **{"35": salt})
    link = {**hostile.link(), 1: 1, 2: braid.ZERO_HASH, 3: 0, 4: braid.ZERO_HASH}
    return hostile.message(body, link)


def test_a_fork_is_kept_once_as_evidence_and_freezes_the_line() -> None:
    two = two_nodes.opened()
    two.converse()
    lie = fork(two)
    for _ in range(3):
        assert codes(two.deliver(two.eucom, [lie])) == ["BRAID-FORK"]
    with two.ndmc.read() as books:
        kept = views.rows(books.unit, views.SUSPECTS, b"conflict")
        content = books.unit.content(kept[0][1][1])
        assert books.line(two.line).frozen == "BRAID-FORK"
    assert len(kept) == 1
    assert content is not None
    evidence = parse_item(content[1]).body
    assert parse_item(evidence[22]) == lie  # type: ignore[arg-type]
    assert alarm_kinds(two.ndmc).count("FORK") == 1


def test_a_liar_cannot_fill_the_journal_with_contradictions() -> None:
    two = two_nodes.opened()
    two.converse()
    for number in range(CONFLICTS_KEPT_MAX + 5):
        two.deliver(two.eucom, [fork(two, f"account {number}")])
    assert alarm_kinds(two.ndmc).count("FORK") == CONFLICTS_KEPT_MAX


def test_a_record_id_under_another_envelope_is_a_contradiction() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line)
    two.flush()
    hostile = forged(two)
    reused = hostile.concern_body(IMMEDIATE) | {1: two.eucom.body(sent)[1]}
    assert codes(two.deliver(two.eucom, [hostile.message(reused)])) == ["BRAID-RECORD-REUSED"]
    assert "FORK" in alarm_kinds(two.ndmc)


def test_a_peer_that_accepted_what_we_no_longer_have_shows_our_own_rollback() -> None:
    two = two_nodes.opened()
    hello = two.ndmc.hello(two.line)[0]
    body = {**hello.body, 25: 3, 26: bytes(32)}
    outcome = two.deliver(two.ndmc, [Hostile(two.ndmc, two.line).item("hello", body)])
    assert codes(outcome) == ["OWN-ROLLBACK"]
    assert "OWN-ROLLBACK" in alarm_kinds(two.eucom)
    assert outcome.hello is None
    # Until a person accepts the alarm nothing leaves on that line but STOP: a new message would fork our own chain.
    with two.eucom.read() as books:
        line = books.line(two.line)
        with pytest.raises(LocalError, match="OWN-ROLLBACK"):
            require_ready(books, line, "CONCERN")
        with pytest.raises(LocalError, match="OWN-ROLLBACK"):
            require_ready(books, line, "RECEIPT")
        require_ready(books, line, "STOP")


@pytest.mark.parametrize(("number", "hash_number", "code"), [(25, 26, "BRAID-FORK"), (23, 24, "BRAID-FORK")])
def test_a_hello_that_names_another_envelope_is_a_fork(number: int, hash_number: int, code: str) -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    two.ndmc.send(two.line)
    two.flush()
    hello = two.ndmc.hello(two.line)[0]
    body = {**hello.body, number: 1, hash_number: bytes([9]) * 32}
    assert codes(two.deliver(two.ndmc, [Hostile(two.ndmc, two.line).item("hello", body)])) == [code]


# --- manifests --------------------------------------------------------------------------------------------------------


def test_the_next_manifest_is_taken_over_the_line_and_an_old_one_again_changes_nothing() -> None:
    two = two_nodes.opened()
    two.eucom.next_manifest(time_zone="Europe/Kyiv")
    assert codes(two.deliver(two.eucom, two.eucom.notices(two.line, 1))) == []
    with two.ndmc.read() as books:
        assert (books.manifest("EUCOM").sequence, books.manifest("EUCOM").time_zone) == (2, "Europe/Kyiv")
    before = size(two.ndmc)
    assert codes(two.deliver(two.eucom, two.eucom.notices(two.line, 0))) == []
    assert size(two.ndmc) == before


@pytest.mark.parametrize("sequence", [1, 2])
def test_two_manifests_with_one_number_are_a_fork_and_are_kept(sequence: int) -> None:
    two = two_nodes.opened()
    two.eucom.next_manifest(time_zone="Europe/Kyiv")
    two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    with two.eucom.read() as books:
        ours = books.manifest()
    previous = None if sequence == 1 else manifest.manifest_hash(two.eucom.chain[0])
    other = replace(
        ours, sequence=sequence, previous=previous, time_zone="Europe/Minsk", issued_at=Instant(ours.issued_at)
    )
    data = manifest.sign_manifest(other, two.eucom.root.sign)
    with two.eucom.read() as books:
        item = books.make("manifest-notice", two.line, {**books.common(None, ("NDMC",)), 20: data}).item
    assert codes(two.deliver(two.eucom, [item])) == ["MANIFEST-FORK"]
    assert "FORK" in alarm_kinds(two.ndmc)


def test_a_manifest_of_another_root_is_refused() -> None:
    two = two_nodes.opened()
    impostor = Party(code="EUCOM", time=two.time, seed="impostor")
    impostor.found()
    with two.eucom.read() as books:
        body = {**books.common(None, ("NDMC",)), 20: impostor.chain[0]}
        item = books.make("manifest-notice", two.line, body).item
    assert codes(two.deliver(two.eucom, [item])) == ["MANIFEST-ROOT"]


# --- who and where ----------------------------------------------------------------------------------------------------


def test_a_message_before_both_assents_is_refused() -> None:
    two = two_nodes.strangers()
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    two.line = two.eucom.open_line("NDMC")
    two.ndmc.open_line("EUCOM")
    two.deliver(two.ndmc, two.ndmc.assent(two.line))
    two.eucom.send(two.line)
    assert codes(two.deliver(two.eucom, two.eucom.waiting(two.line))) == ["LINE-NOT-OPEN"]


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("in the name of another", {3: "OTHER"}, "RECORD-AUTHOR"),
        ("in our own name", {3: "NDMC"}, "RECORD-AUTHOR"),
        ("to another", {4: ("OTHER",)}, "RECORD-ADDRESSEE"),
        ("to nobody", {4: ()}, "RECORD-ADDRESSEE"),
        ("before there were lines", {2: 0}, "RECORD-MALFORMED"),
        ("with a record id of 15 bytes", {1: bytes(15)}, "RECORD-MALFORMED"),
        ("by an officer who signed nothing", {5: "eucom-watch-2"}, "ACT-MISSING"),
    ],
)
def test_a_record_of_somebody_else_is_refused(case: str, changes: dict[int, Any], code: str) -> None:
    two = two_nodes.opened()
    body = forged(two).concern_body(IMMEDIATE) | changes
    assert codes(two.deliver(two.eucom, [forged(two).message(body)])) == [code], case


def test_the_peers_earlier_key_still_counts_after_one_manifest_and_not_after_two() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    old = two.eucom.waiting(two.line)
    two.eucom.next_manifest()
    two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    assert codes(two.deliver(two.eucom, old)) == []


def test_an_item_that_is_no_item_is_refused_and_the_rest_taken() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    good = two.eucom.waiting(two.line)[0]
    with two.eucom.read() as books:
        theirs = books.manifest("NDMC")
        header = envelope.transport_header(two.eucom.realm, two.line, key_id_of(two.eucom.keys))
    plaintext = cbor.encode((7, item_value(good), {}))
    transport = two.eucom.keys.seal(plaintext, theirs.node_keys["seal"], header, domain(two.eucom.realm, "transport"))
    outcome = two.ndmc.receive(two.line, transport)
    assert codes(outcome) == ["ITEM-MALFORMED", "ITEM-MALFORMED"]
    assert outcome.accepted == 1
