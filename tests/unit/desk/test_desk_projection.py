from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core import cose
from armslength.core.errors import LocalError
from armslength.core.limits import ITEM_BYTES_MAX
from armslength.core.precedence import Precedence
from armslength.core.record import RECORD_LABELS, Verified, body_hash, parse_header, parse_item
from armslength.desk import clockwork, delegation, projection, views
from armslength.journal.entry import ENTRY_KINDS, parse_leaf
from armslength.line import fields
from builders import two_nodes
from builders.two_nodes import CONCERN_VALUES, PRINCIPAL, SENT_PLACE, WATCH, Party, TwoNodes

if TYPE_CHECKING:
    from armslength.desk.ports import Unit


def dump(unit: Unit) -> list[Any]:
    return [(row.view, row.key, row.value, row.due) for row in unit.dump_views()]


def rebuilt(party: Party) -> tuple[list[Any], list[Any]]:
    """Return the live views, and those made again from the journal."""
    with party.store.write() as unit:
        live = dump(unit)
        unit.clear_views()
        for index in range(unit.frontier().size):
            entry, content = parse_leaf(unit.leaf(index)), unit.content(index)
            assert content is not None
            item = parse_item(content[1])
            header = parse_header(cose.parse_sign1(item.envelope, size_max=ITEM_BYTES_MAX, understood=RECORD_LABELS))
            digest = body_hash(header.realm, header.type, header.line, item.body_seed, item.body)
            verified = Verified(header=header, item=item, envelope_hash=item.envelope_hash, body_hash=digest)
            projection.project(unit, index, entry, verified, realm=party.realm, own=party.code)
        return live, dump(unit)


def eventful() -> TwoNodes:
    """A line with receipts, a gap, a recall, a delegation, a suspension, a fork and deadlines."""
    two = two_nodes.conversed()
    two.eucom.send(two.line, "STOP", {fields.PLACE: SENT_PLACE}, Precedence.FLASH)
    sent = two.eucom.send(two.line, values={**CONCERN_VALUES, 35: "C-2"})
    items = two.eucom.waiting(two.line)
    two.deliver(two.eucom, items[1:])
    with two.eucom.write() as books:
        prepared = delegation.prepare_preapproval(
            books, two.eucom.officer(PRINCIPAL), (two.eucom.officer(WATCH),), ("CONCERN",), facility=None, valid_s=60
        )
        delegation.submit_delegation(books, two.eucom.signed(prepared, "delegate", PRINCIPAL))
    two.time.pass_s(9_999)
    for party in (two.eucom, two.ndmc):
        with party.write() as books:
            clockwork.tick(books)
    two.flush()
    two.eucom.next_manifest(time_zone="Europe/Kyiv")
    two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    two.ndmc.send(two.line, "SERVICE", {100: "LINE-SUSPENDED"}, Precedence.ROUTINE)
    two.flush()
    assert sent
    return two


def test_a_rebuild_gives_the_same_rows_to_the_byte() -> None:
    two = eventful()
    for party in (two.eucom, two.ndmc):
        live, again = rebuilt(party)
        assert again == live
        assert len(live) > 30


@pytest.mark.parametrize("kind", sorted(ENTRY_KINDS))
def test_every_kind_of_entry_has_a_projector(kind: str) -> None:
    assert kind in projection._PROJECTORS


def test_an_entry_of_another_kind_is_refused() -> None:
    two = two_nodes.opened()
    with two.eucom.write() as books:
        made = books.make("decision", b"", books.common(None))
        other = parse_leaf(books.unit.leaf(0))
        object.__setattr__(other, "kind", "order")
        with pytest.raises(LocalError, match="JOURNAL-ENTRY-VALUE"):
            projection.project(books.unit, 0, other, made, realm=books.realm, own="EUCOM")


def test_what_was_refused_or_contradicted_is_listed_by_its_entry() -> None:
    two = two_nodes.opened()
    with two.eucom.write() as books:
        index = books.note("refused", "refused", {20: "RECORD-HASH"}, two.line)
        assert views.row(books.unit, views.SUSPECTS, b"refused" + index.to_bytes(8, "big")) is not None
        assert books.line(two.line).frozen is None
        books.note("conflict", "conflict", {20: "BRAID-FORK"}, two.line)
        assert books.line(two.line).frozen == "BRAID-FORK"
