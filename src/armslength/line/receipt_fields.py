"""The fields of the receipts R0 to R4, for showing them: numbers, names and kinds of docs/spec/receipts.md.

What a receipt must carry is checked in receipts.py; this table only says how each field is read by a person.
"""

from __future__ import annotations

from typing import Final

from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import FormField


def _shown(number: int, name: str, kind: Kind, *, vocabulary: str | None = None, unit: str | None = None) -> FormField:
    return FormField(number=number, name=name, kind=kind, vocabulary=vocabulary, unit=unit, fact_key="receipt")


RECEIPT_FIELDS: Final = (
    _shown(21, "receipt-of", Kind.HASH),
    _shown(22, "receipt-of-number", Kind.COUNT),
    _shown(30, "language-read", Kind.WORD),
    _shown(31, "text-read", Kind.HASH),
    _shown(32, "place-read-back", Kind.PLACE),
    _shown(33, "distance", Kind.COUNT, unit="metres"),
    _shown(34, "doubt", Kind.FLAG),
    _shown(35, "time-read-back", Kind.INSTANT),
    _shown(36, "command", Kind.WORD),
    _shown(37, "passed-how", Kind.WORD),
    _shown(40, "answer-verb", Kind.CODE, vocabulary="VERB"),
    _shown(41, "reply-body", Kind.HASH),
    _shown(42, "receipt-answer-by", Kind.INSTANT),
)
"""Fields of R1 to R4. In an R0 the number 22 is the journal index: see `NODE_RECEIPT_FIELDS`."""

NODE_RECEIPT_FIELDS: Final = (
    _shown(21, "receipt-of", Kind.HASH),
    _shown(22, "journal-index", Kind.COUNT),
    _shown(24, "receipt-status", Kind.CODE, vocabulary="RECEIPT_STATUS"),
    _shown(27, "received-at", Kind.INSTANT),
)
"""Fields of R0 that a person reads; the checkpoint and its proof are the auditor's."""
