"""The table that shows receipts knows every field that a receipt of this program carries."""

from __future__ import annotations

from armslength.core.instants import parse_rfc3339
from armslength.core.places import Place
from armslength.line.receipt_fields import NODE_RECEIPT_FIELDS, RECEIPT_FIELDS
from armslength.line.receipts import Level, NodeReceipt, Receipt

AT = parse_rfc3339("2022-11-20T09:15:00Z")
LEVEL = 20
AUDITORS_OWN = {23, 25, 26}
"""Checkpoint and consistency proof of an R0 are checked by the node and shown by the auditor's commands."""


def test_every_field_of_an_officers_receipt_is_shown() -> None:
    receipt = Receipt(
        level=Level.ANSWERED,
        envelope_hash=bytes(32),
        number=7,
        language="ru",
        rendered_hash=bytes(32),
        place=Place(lat_e7=0, lon_e7=0, precision_m=1),
        distance_m=501,
        doubt=True,
        read_back_at=AT,
        command="NDMC ground",
        how="telephone",
        verb="answer-follows",
        reply_body_hash=bytes(32),
        answer_by=AT,
    )
    assert set(receipt.fields()) - {LEVEL} == {field.number for field in RECEIPT_FIELDS}


def test_a_nodes_receipt_shows_what_a_person_reads() -> None:
    receipt = NodeReceipt(
        envelope_hash=bytes(32), index=1, checkpoint="x", place="ACCEPTED", since=0, path=(), received_at=AT
    )
    assert set(receipt.fields()) - {LEVEL} - AUDITORS_OWN == {field.number for field in NODE_RECEIPT_FIELDS}
