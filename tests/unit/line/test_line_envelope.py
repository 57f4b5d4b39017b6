from __future__ import annotations

from typing import Any

import pytest

from armslength.core import cbor
from armslength.core.errors import PeerError
from armslength.core.limits import ITEM_BYTES_MAX, ITEMS_PER_TRANSPORT_MAX, TRANSPORT_BYTES_MAX
from armslength.core.realm import Realm
from armslength.core.record import Item, item_value
from armslength.line import envelope

LINE, KEY = bytes(range(16)), bytes([7]) * 16
HEADER = envelope.transport_header(Realm.EXERCISE, LINE, KEY)


def item(body: dict[int, Any] | None = None) -> Item:
    return Item(envelope=b"an envelope", body_seed=bytes(32), body=body or {}, link_seed=bytes(32), link={}, acts=(1,))


def check(header: dict[int, Any]) -> None:
    envelope.check_transport_header(header, realm=Realm.EXERCISE, line=LINE, sender_key_ids=frozenset({KEY}))


def test_the_header_that_we_write_is_the_one_that_is_accepted() -> None:
    check(HEADER)


@pytest.mark.parametrize(
    ("case", "label", "value", "code"),
    [
        ("a later profile", -70001, 2, "RECORD-PROFILE"),
        ("no profile", -70001, None, "RECORD-PROFILE"),
        ("the other realm", -70002, "REAL", "TRANSPORT-REALM"),
        ("a realm that is a map", -70002, {}, "TRANSPORT-REALM"),
        ("another line", -70003, bytes(16), "TRANSPORT-LINE"),
        ("no line", -70003, None, "TRANSPORT-LINE"),
        ("another sender", 4, bytes(16), "TRANSPORT-KEY"),
        ("no sender", 4, None, "TRANSPORT-KEY"),
        ("a sender that is a map", 4, {1: 2}, "TRANSPORT-KEY"),
        ("a sender that is an array", 4, (KEY,), "TRANSPORT-KEY"),
    ],
)
def test_a_transport_for_elsewhere_is_refused(case: str, label: int, value: Any, code: str) -> None:
    with pytest.raises(PeerError) as caught:
        check({**HEADER, label: value})
    assert caught.value.code == code, case


def test_items_survive_a_transport() -> None:
    items = [item({1: n}) for n in range(ITEMS_PER_TRANSPORT_MAX)]
    assert [envelope.check_item(value) for value in envelope.parse_items(envelope.encode_items(items))] == items


@pytest.mark.parametrize("count", [0, 1, 23, 24, 255, 256, 65_536])
def test_items_joined_are_the_array_of_them(count: int) -> None:
    assert envelope.join_items([b"\x07"] * count) == cbor.encode((7,) * count)


@pytest.mark.parametrize(
    ("case", "plaintext", "code"),
    [
        ("no items", cbor.encode(()), "TRANSPORT-MALFORMED"),
        ("one item too many", cbor.encode((1,) * (ITEMS_PER_TRANSPORT_MAX + 1)), "TRANSPORT-MALFORMED"),
        ("a map", cbor.encode({1: 1}), "TRANSPORT-MALFORMED"),
        ("bytes after the items", cbor.encode((1,)) + b"\x00", "CBOR-TRAILING"),
        ("no encoding", b"\xff", "CBOR-"),
        ("too large", bytes(TRANSPORT_BYTES_MAX + 1), "TRANSPORT-SIZE"),
    ],
)
def test_a_plaintext_of_another_shape_is_refused(case: str, plaintext: bytes, code: str) -> None:
    with pytest.raises(PeerError) as caught:
        envelope.parse_items(plaintext)
    assert caught.value.code.startswith(code), case


def test_a_bad_item_is_found_apart_from_those_beside_it() -> None:
    values = envelope.parse_items(cbor.encode((item_value(item()), 7, item_value(item({1: 2})))))
    assert envelope.check_item(values[0]) == item()
    with pytest.raises(PeerError, match="ITEM-MALFORMED"):
        envelope.check_item(values[1])
    assert envelope.check_item(values[2]) == item({1: 2})


def test_an_item_is_bound_by_its_own_encoding() -> None:
    rest = len(cbor.encode(item_value(item({30: "x" * 60_000})))) - 60_000
    fits = item({30: "x" * (ITEM_BYTES_MAX - rest)})
    assert envelope.check_item(item_value(fits)) == fits  # type: ignore[arg-type]
    with pytest.raises(PeerError, match="ITEM-SIZE"):
        envelope.check_item(item_value(item({30: "x" * (ITEM_BYTES_MAX - rest + 1)})))  # type: ignore[arg-type]


def test_a_request_is_split_into_the_transports_as_they_were_sent() -> None:
    transports = [cbor.encode(("one", n)) for n in range(envelope.TRANSPORTS_MAX)]
    assert list(envelope.split_transports(b"".join(transports))) == transports
    assert envelope.split_transports(b"") == ()


@pytest.mark.parametrize(
    ("case", "body", "code"),
    [
        ("one transport too many", cbor.encode(1) * (envelope.TRANSPORTS_MAX + 1), "TRANSPORT-MALFORMED"),
        ("too large", bytes(TRANSPORT_BYTES_MAX + 1), "TRANSPORT-SIZE"),
        ("cut off", cbor.encode("a transport")[:-1], "CBOR-"),
    ],
)
def test_a_request_of_another_shape_is_refused(case: str, body: bytes, code: str) -> None:
    with pytest.raises(PeerError) as caught:
        envelope.split_transports(body)
    assert caught.value.code.startswith(code), case
