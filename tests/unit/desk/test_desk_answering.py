from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.places import Place, place_from_cbor
from armslength.desk import answering
from armslength.line.receipts import Level
from builders import two_nodes
from builders.two_nodes import LINGUIST, SENT_PLACE, WATCH, TwoNodes

HERE = place_from_cbor(SENT_PLACE)


@pytest.fixture
def two() -> TwoNodes:
    made = two_nodes.opened()
    made.eucom.send(made.line)
    made.flush()
    return made


def received(two: TwoNodes) -> bytes:
    with two.ndmc.read() as books:
        return answering.find_message(books, two.line, "in:1")[0]


def prepare(two: TwoNodes, level: Level, **given: Any) -> Any:
    message = received(two)
    with two.ndmc.read() as books:
        return answering.prepare_receipt(books, message, two.ndmc.officer(WATCH), level, **given)


def refusal(do: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(LocalError) as caught:
        do(*arguments, **named)
    return caught.value.code


@pytest.mark.parametrize("name", ["1", "in:1", "hash", "HASH"])
def test_a_message_is_found_by_number_or_hash(two: TwoNodes, name: str) -> None:
    wanted = received(two)
    asked = wanted.hex()[:8] if name == "hash" else wanted.hex()[:8].upper() if name == "HASH" else name
    with two.ndmc.read() as books:
        assert answering.find_message(books, two.line, asked)[0] == wanted


@pytest.mark.parametrize("name", ["2", "out:1", "in:9", "zz", "", "abc", "down:1"])
def test_a_name_of_no_message_is_refused(two: TwoNodes, name: str) -> None:
    with two.ndmc.read() as books:
        assert refusal(answering.find_message, books, two.line, name) == "MESSAGE-UNKNOWN"


def test_a_receipt_carries_the_hash_of_the_text_that_was_read(two: TwoNodes) -> None:
    body = prepare(two, Level.READ, language="ru", rendered="Обстрел").body
    assert body[31] == sha256("Обстрел".encode()).digest()
    assert (body[21], body[22], body[30]) == (received(two), 1, "ru")


@pytest.mark.parametrize(
    ("case", "place", "distance_m", "doubt"),
    [
        ("the same place", HERE, 0, None),
        ("within half a kilometre", replace(HERE, lat_e7=HERE.lat_e7 + 40_000), 445, None),
        ("a kilometre away", replace(HERE, lat_e7=HERE.lat_e7 + 90_000), 1001, True),
        ("the digits swapped", Place(lat_e7=345_858_000, lon_e7=475_122_000, precision_m=10), 1_768_000, True),
    ],
)
def test_a_place_read_back_from_elsewhere_is_a_doubt(
    two: TwoNodes, case: str, place: Place, distance_m: int, doubt: bool | None
) -> None:
    body = prepare(two, Level.UNDERSTOOD, language="ru", rendered="x", place=place).body
    assert body[33] == pytest.approx(distance_m, rel=0.1, abs=2), case
    assert body.get(34) is doubt, case


@pytest.mark.parametrize(
    ("case", "level", "given"),
    [
        ("R1 without a text", Level.READ, {"language": "ru"}),
        ("R1 without a language", Level.READ, {"rendered": "x"}),
        ("R2 without the place", Level.UNDERSTOOD, {"language": "ru", "rendered": "x"}),
        ("R3 to nobody", Level.PASSED, {"how": "telephone"}),
        ("R4 without verb", Level.ANSWERED, {}),
        ("R4 with another verb", Level.ANSWERED, {"verb": "acknowledge"}),
        ("R4 that promises no time", Level.ANSWERED, {"verb": "being-examined"}),
    ],
)
def test_a_receipt_says_what_its_level_means_or_is_not_given(
    two: TwoNodes, case: str, level: Level, given: dict[str, Any]
) -> None:
    assert refusal(prepare, two, level, **given) == "RECEIPT-INCOMPLETE", case


def test_we_do_not_receipt_our_own_message_nor_a_receipt(two: TwoNodes) -> None:
    given = two.ndmc.receipt(received(two), Level.READ)
    two.flush()
    with two.ndmc.read() as books:
        own = refusal(answering.prepare_receipt, books, given, "o", Level.READ, language="ru", rendered="x")
        nobody = refusal(answering.prepare_receipt, books, bytes(32), "o", Level.READ, language="ru", rendered="x")
    with two.eucom.read() as books:
        of_receipt = refusal(answering.prepare_receipt, books, given, "o", Level.READ, language="ru", rendered="x")
    assert {own, nobody, of_receipt} == {"MESSAGE-UNKNOWN"}


def test_the_same_receipt_submitted_again_is_the_same_one(two: TwoNodes) -> None:
    prepared = prepare(two, Level.READ, language="ru", rendered="x")
    signed = two.ndmc.signed(prepared, "receipt", WATCH)
    with two.ndmc.write() as books:
        assert answering.submit_receipt(books, signed) == answering.submit_receipt(books, signed)


def test_that_it_was_read_is_said_once_though_two_officers_say_so(two: TwoNodes) -> None:
    first, second = (prepare(two, Level.READ, language="ru", rendered="x") for _ in range(2))
    told = prepare(two, Level.PASSED, command="Sector", how="telephone")
    with two.ndmc.write() as books:
        answering.submit_receipt(books, two.ndmc.signed(first, "receipt", WATCH))
        again = two.ndmc.signed(second, "receipt", WATCH)
        assert refusal(answering.submit_receipt, books, again) == "RECEIPT-GIVEN"
        # Another command may be told after the first.
        more = replace(told, body={**told.body, 1: bytes(16), 36: "Brigade"})
        for one in (told, more):
            answering.submit_receipt(books, two.ndmc.signed(one, "receipt", WATCH))


@pytest.mark.parametrize(
    ("case", "level", "post", "act", "change", "code"),
    [
        ("a linguist passes nothing on", Level.PASSED, LINGUIST, "receipt", {5: "ndmc-linguist-1"}, "ROLE-REFUSED"),
        ("signed as another act", Level.READ, WATCH, "record", {}, "ACT-WRONG"),
        ("for another officer", Level.READ, WATCH, "receipt", {5: "ndmc-watch-2"}, "ACT-WRONG"),
        ("under another number", Level.READ, WATCH, "receipt", {22: 2}, "MESSAGE-UNKNOWN"),
        ("of level 0", Level.READ, WATCH, "receipt", {20: 0}, "RECEIPT-INCOMPLETE"),
    ],
)
def test_a_receipt_that_was_changed_or_signed_wrongly_is_refused(
    two: TwoNodes, case: str, level: Level, post: str, act: str, change: dict[int, Any], code: str
) -> None:
    given: dict[str, Any] = {"language": "ru", "rendered": "x"} if level is Level.READ else {"command": "Sector"}
    prepared = prepare(two, level, **given)
    signed = two.ndmc.signed(replace(prepared, body={**prepared.body, **change}), act, post)
    with two.ndmc.write() as books:
        assert refusal(answering.submit_receipt, books, signed) == code, case


def test_a_destroyed_message_is_neither_read_nor_receipted(two: TwoNodes) -> None:
    message = received(two)
    with two.ndmc.write() as books:
        _, row = answering.find_message(books, two.line, "in:1")
        books.unit.destroy(row[4])
        assert refusal(answering.message_body, books, row) == "CONTENT-DESTROYED"
        assert (
            refusal(answering.prepare_receipt, books, message, "o", Level.READ, language="ru", rendered="x")
            == "CONTENT-DESTROYED"
        )
