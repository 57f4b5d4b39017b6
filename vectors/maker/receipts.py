"""Vectors of the receipts R0 to R4 and of messages against their forms: bodies alone, without signatures."""

from __future__ import annotations

from typing import Any

from armslength.core import cbor
from maker.cast import SECOND, START, common, seed
from maker.records import CONCERN_BODY, NOTE
from maker.vector import OK, Vector

TARGET = seed("a message")
READ = {20: 1, 21: TARGET, 22: 1, 30: "ru", 31: seed("the text as it was read")}
UNDERSTOOD = {**READ, 20: 2, 32: (475122000, 345858000, 10), 33: 0, 35: int(START)}
PASSED = {20: 3, 21: TARGET, 22: 1, 36: "Operational command of the sector", 37: "secure telephone"}
ANSWERED = {20: 4, 21: TARGET, 22: 1, 40: "reject"}
HELD = {20: 0, 21: TARGET, 22: 7, 23: NOTE, 24: "ACCEPTED", 25: 0, 26: (), 27: int(START)}


def _case(name: str, expect: str, what: str, body: dict[int, Any], run: str = "parse-receipt") -> Vector:
    gives = {}
    if expect == OK:
        gives = {"level": str(body[20])} if run == "parse-receipt" else {"index": str(body[22])}
    full = {**common("receipt", "watch-1" if run == "parse-receipt" else None), **body}
    return Vector(
        name=f"receipt/{name}", expect=expect, what=what, run=run, octets={"body": cbor.encode(full)}, gives=gives
    )


def _without(body: dict[int, Any], number: int) -> dict[int, Any]:
    return {key: value for key, value in body.items() if key != number}


def _of_nodes() -> list[Vector]:
    run = "parse-node-receipt"
    return [
        _case("good-r0", OK, "R0: the node holds it.", HELD, run),
        _case("good-r0-ahead", OK, "R0 of what overtook.", {**HELD, 24: "AHEAD"}, run),
        _case(
            "r0-level",
            "RECEIPT-LEVEL",
            "A node receipt that says R1: a node never says that a person read.",
            {**HELD, 20: 1},
            run,
        ),
        _case("r0-place", "RECEIPT-MALFORMED", "Neither ACCEPTED nor AHEAD.", {**HELD, 24: "READ"}, run),
        _case("r0-hash", "RECEIPT-MALFORMED", "An envelope hash of 31 bytes.", {**HELD, 21: bytes(31)}, run),
        _case("r0-path", "RECEIPT-MALFORMED", "A proof with a hash of 31 bytes.", {**HELD, 26: (bytes(31),)}, run),
        _case("r0-path-long", "RECEIPT-MALFORMED", "A proof of 65 hashes.", {**HELD, 26: (bytes(32),) * 65}, run),
        _case("r0-no-checkpoint", "RECEIPT-MALFORMED", "No checkpoint.", _without(HELD, 23), run),
    ]


def _of_officers() -> list[Vector]:
    doubt = {**UNDERSTOOD, 33: 501, 34: True}
    return [
        _case("good-r1", OK, "R1: an officer read it.", READ),
        _case("good-r2", OK, "R2: understood; the place was read back.", UNDERSTOOD),
        _case("good-r2-doubt", OK, "R2 with the place 501 m off: a doubt, and it says so.", doubt),
        _case("good-r3", OK, "R3: passed to a named command.", PASSED),
        _case("good-r4", OK, "R4: answered, with its verb.", ANSWERED),
        _case(
            "good-r4-later",
            OK,
            "R4: being examined, with the time of the answer.",
            {**ANSWERED, 40: "being-examined", 42: START + 3600 * SECOND},
        ),
        _case("level-five", "RECEIPT-LEVEL", "A level 5.", {**READ, 20: 5}),
        _case("level-zero", "RECEIPT-LEVEL", "R0 in a receipt of persons.", {**READ, 20: 0}),
        _case("level-true", "RECEIPT-MALFORMED", "The level is true, which is no number here.", {**READ, 20: True}),
        _case("r1-no-language", "RECEIPT-MALFORMED", "R1 without the language read.", _without(READ, 30)),
        _case("r2-no-text", "RECEIPT-MALFORMED", "R2 without the hash of the text read.", _without(UNDERSTOOD, 31)),
        _case("r3-no-command", "RECEIPT-MALFORMED", "R3 without a named command.", _without(PASSED, 36)),
        _case("number-missing", "RECEIPT-MALFORMED", "No number of the message.", _without(READ, 22)),
        _case("verb-unknown", "RECEIPT-VERB", "A verb that no page names.", {**ANSWERED, 40: "acknowledge"}),
        _case("verb-missing", "RECEIPT-VERB", "R4 without a verb.", _without(ANSWERED, 40)),
        _case(
            "verb-without-time", "RECEIPT-VERB", "Answer follows, without a time.", {**ANSWERED, 40: "answer-follows"}
        ),
        _case("read-back-no-doubt", "RECEIPT-READ-BACK", "501 m off, and no doubt is said.", {**UNDERSTOOD, 33: 501}),
        _case("read-back-needless-doubt", "RECEIPT-READ-BACK", "A doubt at 10 m.", {**UNDERSTOOD, 33: 10, 34: True}),
        _case("read-back-no-distance", "RECEIPT-READ-BACK", "A place without its distance.", _without(UNDERSTOOD, 33)),
        _case("place", "PEER-PLACE", "A place at latitude 91.", {**UNDERSTOOD, 32: (910000000, 0, 0)}),
    ]


def _form(
    name: str, expect: str, what: str, body: dict[int, Any], *, known: str = "yes", precedence: int = 2
) -> Vector:
    return Vector(
        name=f"form/{name}",
        expect=expect,
        what=what,
        run="check-form",
        values={"precedence": str(precedence)},
        octets={"body": cbor.encode(body)},
        gives={"known": known} if expect == OK else {},
    )


def _stop() -> dict[int, Any]:
    return {
        **common("stop", "watch-1"),
        20: "STOP",
        21: 1,
        22: 3,
        23: "en",
        34: CONCERN_BODY[34],
        100: "PROTECTED-SITE-UNDER-FIRE",
    }


def _window() -> dict[int, Any]:
    return {
        **common("window", "watch-1"),
        20: "WINDOW",
        21: 1,
        22: 1,
        23: "en",
        25: START + 3600 * SECOND,
        100: "EUCOM-W-2022-0001",
        101: ("CIRCLE", CONCERN_BODY[34], 1500),
        102: (START + 7200 * SECOND, START + 10_800 * SECOND),
        103: ("DEMINING", "REPAIR-OF-POWER-LINE"),
        104: ("Line crew 1",),
        105: ("NDMC", "IAEA"),
    }


def _list() -> dict[int, Any]:
    return {
        **common("list", "watch-1"),
        20: "LIST-EXCHANGE",
        21: 1,
        22: 0,
        23: "en",
        100: "REVEAL",
        101: 2023,
        102: 2,
        103: bytes(32),
        104: bytes(32),
        105: (
            ("UA-KHPP", "Каховська ГЕС", "uk", "DAM", None),
            ("UA-ZNPP", "Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT", CONCERN_BODY[34]),
        ),
    }


def _forms() -> list[Vector]:
    good, stop, window, listed = CONCERN_BODY, _stop(), _window(), _list()
    return [
        _form("good-concern", OK, "The concern of docs/spec/forms.md.", good),
        _form("good-window", OK, "A WINDOW on two parties.", window, precedence=1),
        _form(
            "parties-twice",
            "FORM-FIELD-MALFORMED",
            "A party asked twice for its assurance.",
            {**window, 105: ("NDMC", "NDMC")},
            precedence=1,
        ),
        _form("good-list", OK, "A LIST-EXCHANGE that reveals two sites.", listed, precedence=0),
        _form(
            "sites-twice",
            "FORM-FIELD-MALFORMED",
            "A site listed twice.",
            {**listed, 105: (listed[105][0], listed[105][0])},
            precedence=0,
        ),
        _form("good-stop", OK, "A STOP.", stop, precedence=3),
        _form(
            "good-unknown-field",
            OK,
            "A field that the form's version does not have is carried.",
            {**good, 199: "later"},
        ),
        _form(
            "good-unknown-version",
            OK,
            "A later version of the form: receipted with R0 and shown as numbered fields.",
            {**good, 21: 2},
            known="no",
        ),
        _form("good-unknown-form", OK, "A form that nobody here knows, likewise.", {**good, 20: "TRUCE"}, known="no"),
        _form("field-missing", "FORM-FIELD-MISSING", "A concern without a place.", _without(good, 34)),
        _form("field-kind", "FORM-FIELD-MALFORMED", "A place of two numbers.", {**good, 34: (475122000, 345858000)}),
        _form("field-codes-twice", "FORM-FIELD-MALFORMED", "One code twice.", {**good, 103: ("FLOODING", "FLOODING")}),
        _form("code-unknown", "FORM-CODE-UNKNOWN", "An activity that no vocabulary has.", {**good, 101: "SORCERY"}),
        _form("precedence", "FORM-PRECEDENCE", "A STOP that is not FLASH.", {**stop, 22: 0}, precedence=0),
        _form(
            "time-order",
            "FORM-TIME-ORDER",
            "Valid until before valid from.",
            {**good, 26: int(START), 27: START - SECOND},
        ),
    ]


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [*_of_nodes(), *_of_officers(), *_forms()]
