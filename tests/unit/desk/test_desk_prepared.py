from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.limits import ITEM_BYTES_MAX
from armslength.core.realm import Realm
from armslength.desk import watching
from armslength.desk.prepared import Prepared, attest, check_own_acts, decode_prepared
from builders import two_nodes
from builders.two_nodes import WATCH, WATCH_2, Party

GOOD = Prepared(type="decision", line=b"", seed=bytes(32), body={1: bytes(16), 20: "wait", 21: ("wait", "send")})


def test_what_is_prepared_survives_the_way_to_the_officer_and_back() -> None:
    assert decode_prepared(GOOD.encode()) == GOOD


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("no encoding", b"\xff"),
        ("nothing", b""),
        ("an array of three", cbor.encode(("decision", b"", bytes(32)))),
        ("a type that is a number", cbor.encode((1, b"", bytes(32), {}))),
        ("a line of 3 bytes", cbor.encode(("decision", b"abc", bytes(32), {}))),
        ("a seed of 31 bytes", cbor.encode(("decision", b"", bytes(31), {}))),
        ("a body that is an array", cbor.encode(("decision", b"", bytes(32), ()))),
        ("a field that is text", cbor.encode(("decision", b"", bytes(32), {"20": 1}))),
        ("too long", cbor.encode(("decision", b"", bytes(32), {30: "x" * ITEM_BYTES_MAX}))),
    ],
)
def test_what_comes_back_in_another_shape_is_refused(case: str, data: bytes) -> None:
    with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
        decode_prepared(data)
    assert case


def test_the_statement_is_bound_to_realm_act_role_officer_and_body() -> None:
    said = attest(Realm.EXERCISE, GOOD, "decide", "principal", "eucom-principal-1")
    others = {
        attest(Realm.REAL, GOOD, "decide", "principal", "eucom-principal-1"),
        attest(Realm.EXERCISE, GOOD, "record", "principal", "eucom-principal-1"),
        attest(Realm.EXERCISE, GOOD, "decide", "watch-officer", "eucom-principal-1"),
        attest(Realm.EXERCISE, GOOD, "decide", "principal", "eucom-principal-2"),
        attest(Realm.EXERCISE, replace(GOOD, seed=bytes([1]) * 32), "decide", "principal", "eucom-principal-1"),
        attest(Realm.EXERCISE, replace(GOOD, type="contact"), "decide", "principal", "eucom-principal-1"),
    }
    assert len(others) == 6
    assert said not in others


@pytest.fixture
def party() -> Party:
    return two_nodes.opened().eucom


def decision(party: Party) -> Prepared:
    with party.read() as books:
        return watching.prepare_decision(
            books, party.officer(WATCH), "what", options=("a", "b"), chosen="a", reason="r", information="i"
        )


def test_the_acts_of_our_own_officers_are_verified(party: Party) -> None:
    good = decision(party)
    with party.read() as books:
        found = check_own_acts(books, good, (party.act(good, "decide", WATCH),))
    assert [act.officer for act in found] == [party.officer(WATCH)]


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("nobody signed", "ACT-INVALID"),
        ("another body was signed", "ACT-INVALID"),
        ("a role that the officer does not have", "ACT-INVALID"),
        ("an act that is no array", "ACT-INVALID"),
        ("another party's body", "SUBMIT-FOREIGN"),
        ("a time that is none", "SUBMIT-FOREIGN"),
        ("a record id of 3 bytes", "PREPARED-MALFORMED"),
    ],
)
def test_acts_that_do_not_hold_are_refused(party: Party, case: str, code: str) -> None:
    good = decision(party)
    changed = {
        "another party's body": {3: "NDMC"},
        "a time that is none": {2: "now"},
        "a record id of 3 bytes": {1: b"abc"},
    }.get(case, {})
    body: dict[int, Any] = {**good.body, **changed}
    given = replace(good, body=body)
    acts: Any = {
        "nobody signed": (),
        "another body was signed": (party.act(replace(good, seed=bytes(32)), "decide", WATCH),),
        "a role that the officer does not have": (party.act(good, "decide", WATCH_2, "principal"),),
        "an act that is no array": (7,),
    }.get(case, (party.act(given, "decide", WATCH),))
    with party.read() as books, pytest.raises(LocalError) as caught:
        check_own_acts(books, given, acts)
    assert caught.value.code == code, case
