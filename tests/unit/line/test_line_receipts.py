from __future__ import annotations

from typing import Any

import pytest

from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.core.limits import NOTE_CHARS_MAX, PROOF_NODES_MAX
from armslength.core.places import READ_BACK_WARN_M, Place
from armslength.line import receipts
from armslength.line.manifest import ROLES
from armslength.line.receipt_fields import RECEIPT_FIELDS
from armslength.line.receipts import HOLDING_VERBS, LEVEL_ROLES, VERBS, Level, NodeReceipt, Receipt

HASH = bytes(range(32))
AT = Instant(1_668_942_000_000_000)
PLACE = Place(lat_e7=475_122_000, lon_e7=345_858_000, precision_m=10)

R0 = NodeReceipt(
    envelope_hash=HASH, index=7, checkpoint="note", place="ACCEPTED", since=3, path=(HASH,), received_at=AT
)
GOOD = {
    "R1": Receipt(level=Level.READ, envelope_hash=HASH, number=4, language="ru", rendered_hash=HASH),
    "R2": Receipt(
        level=Level.UNDERSTOOD,
        envelope_hash=HASH,
        number=4,
        language="ru",
        rendered_hash=HASH,
        place=PLACE,
        distance_m=12,
        read_back_at=AT,
    ),
    "R2 of a message without a place": Receipt(
        level=Level.UNDERSTOOD, envelope_hash=HASH, number=4, language="ru", rendered_hash=HASH, read_back_at=AT
    ),
    "R2 with a doubt": Receipt(
        level=Level.UNDERSTOOD,
        envelope_hash=HASH,
        number=4,
        language="ru",
        rendered_hash=HASH,
        place=PLACE,
        distance_m=READ_BACK_WARN_M + 1,
        doubt=True,
    ),
    "R3": Receipt(level=Level.PASSED, envelope_hash=HASH, number=4, command="Sector command", how="telephone"),
    **{
        f"R4 {verb}": Receipt(
            level=Level.ANSWERED,
            envelope_hash=HASH,
            number=4,
            verb=verb,
            reply_body_hash=HASH,
            answer_by=AT if verb in HOLDING_VERBS else None,
        )
        for verb in sorted(VERBS)
    },
}


def refusal(body: Any, parse: Any = receipts.parse_receipt) -> str:
    with pytest.raises(PeerError) as caught:
        parse(body)
    return caught.value.code


@pytest.mark.parametrize("case", GOOD)
def test_a_receipt_survives_its_fields(case: str) -> None:
    assert receipts.parse_receipt(GOOD[case].fields()) == GOOD[case]


def test_an_r0_survives_its_fields() -> None:
    assert receipts.parse_node_receipt(R0.fields()) == R0


def test_the_numbers_are_those_of_the_specification() -> None:
    assert set(R0.fields()) == {20, 21, 22, 23, 24, 25, 26, 27}
    shown = {field.number for field in RECEIPT_FIELDS}
    assert all(set(one.fields()) - {20} <= shown for one in GOOD.values())


@pytest.mark.parametrize(
    ("case", "level", "changes", "code"),
    [
        ("R0 given by an officer", "R1", {20: 0}, "RECEIPT-LEVEL"),
        ("level 5", "R1", {20: 5}, "RECEIPT-LEVEL"),
        ("a level that is true", "R1", {20: True}, "RECEIPT-MALFORMED"),
        ("no envelope", "R1", {21: None}, "RECEIPT-MALFORMED"),
        ("a hash of 31 bytes", "R1", {21: bytes(31)}, "RECEIPT-MALFORMED"),
        ("number 0", "R1", {22: 0}, "RECEIPT-MALFORMED"),
        ("R1 without the language read", "R1", {30: None}, "RECEIPT-MALFORMED"),
        ("R1 without the text read", "R1", {31: None}, "RECEIPT-MALFORMED"),
        ("R2 without the language read", "R2", {30: None}, "RECEIPT-MALFORMED"),
        ("R2 without the text read", "R2", {31: None}, "RECEIPT-MALFORMED"),
        ("R2 with a place and no distance", "R2", {33: None}, "RECEIPT-READ-BACK"),
        ("R2 far away without doubt", "R2", {33: READ_BACK_WARN_M + 1}, "RECEIPT-READ-BACK"),
        ("R2 near with doubt", "R2", {34: True}, "RECEIPT-READ-BACK"),
        ("a distance below zero", "R2", {33: -1}, "RECEIPT-MALFORMED"),
        ("a place that is none", "R2", {32: (1, 2)}, "PEER-PLACE"),
        ("a doubt that is a number", "R2", {34: 1}, "RECEIPT-MALFORMED"),
        ("a time that is none", "R2", {35: -1}, "RECEIPT-MALFORMED"),
        ("R3 without the command", "R3", {36: None}, "RECEIPT-MALFORMED"),
        ("R3 to a command without name", "R3", {36: ""}, "RECEIPT-MALFORMED"),
        ("R4 without verb", "R4 comply", {40: None}, "RECEIPT-VERB"),
        ("R4 with another verb", "R4 comply", {40: "acknowledge"}, "RECEIPT-VERB"),
        ("R4 that promises without a time", "R4 answer-follows", {42: None}, "RECEIPT-VERB"),
        ("R4 with a reply hash of 3 bytes", "R4 comply", {41: b"abc"}, "RECEIPT-MALFORMED"),
    ],
)
def test_a_receipt_that_says_too_little_for_its_level_is_refused(
    case: str, level: str, changes: dict[int, Any], code: str
) -> None:
    assert refusal({**GOOD[level].fields(), **changes}) == code, case


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("another level", {20: 1}, "RECEIPT-LEVEL"),
        ("no hash", {21: None}, "RECEIPT-MALFORMED"),
        ("a negative index", {22: -1}, "RECEIPT-MALFORMED"),
        ("no checkpoint", {23: None}, "RECEIPT-MALFORMED"),
        ("a checkpoint without end", {23: "x" * (NOTE_CHARS_MAX + 1)}, "RECEIPT-MALFORMED"),
        ("a place in order that is none", {24: "READ"}, "RECEIPT-MALFORMED"),
        ("a negative size", {25: -1}, "RECEIPT-MALFORMED"),
        ("a proof without end", {26: (HASH,) * (PROOF_NODES_MAX + 1)}, "RECEIPT-MALFORMED"),
        ("a proof of short hashes", {26: (bytes(31),)}, "RECEIPT-MALFORMED"),
        ("a proof of numbers", {26: (1,)}, "RECEIPT-MALFORMED"),
        ("no time", {27: None}, "RECEIPT-MALFORMED"),
    ],
)
def test_an_r0_of_another_shape_is_refused(case: str, changes: dict[int, Any], code: str) -> None:
    assert refusal({**R0.fields(), **changes}, receipts.parse_node_receipt) == code, case


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.HELD])
def test_each_level_is_signed_by_officers_of_the_watch_and_never_by_those_who_have_no_contents(level: Level) -> None:
    roles = LEVEL_ROLES[level]
    assert {"watch-officer", "principal"} <= roles <= ROLES
    assert not roles & {"administrator", "auditor", "spokesperson", "key-custodian", "legal-adviser"}


def test_a_linguist_reads_and_understands_and_decides_nothing() -> None:
    assert [level.short for level, roles in LEVEL_ROLES.items() if "linguist" in roles] == ["R1", "R2"]
