"""Vectors of records and items: one that holds for each type that crosses the line, and one file for each refusal.

The area `cross` carries every type into another realm, onto another line and under another type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core import cbor, cose, record
from armslength.core.realm import Realm, domain
from armslength.line.braid import ZERO_HASH
from maker.cast import (
    CHARTER_BYTES,
    CHARTER_HASH,
    EUCOM,
    LINE,
    OTHER_LINE,
    PRINCIPAL,
    REAL_EUCOM,
    RELEASER,
    SECOND,
    START,
    WATCH,
    common,
    seed,
)
from maker.vector import OK, Vector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.record import Item, Verified

Body = dict[int, Any]

NOTE: Final = "armslength/EUCOM/EXERCISE/0000000000000000\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
"""Stands for a checkpoint note where its signature is not looked at."""


def line_test(number: int = 1, previous: bytes = ZERO_HASH) -> Verified:
    """Return a message of the form TEST."""
    body: Body = {**common(f"test-{number}", WATCH), 20: "TEST", 21: 1, 22: 0, 23: "en", 100: "Line check."}
    return EUCOM.item(
        "message", body, line=LINE, link=link(number, previous), acts=(("release", WATCH),), name=str(number)
    )


def link(number: int, previous: bytes = ZERO_HASH, accepted: tuple[int, bytes] = (0, ZERO_HASH)) -> Body:
    """Return a link map."""
    return {
        1: number,
        2: previous,
        3: accepted[0],
        4: accepted[1],
        5: START + number * SECOND,
        6: CHARTER_HASH,
    }


CONCERN_BODY: Final[Body] = {
    **common("concern", WATCH),
    20: "CONCERN",
    21: 1,
    22: 2,
    23: "en",
    25: START + 4 * 3600 * SECOND,
    32: "nuclear-safety",
    33: "UA-ZNPP",
    34: (475122000, 345858000, 10),
    37: "NO-ATTRIBUTION",
    100: ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT"),
    101: "SHELLING",
    102: (START - 20 * 3600 * SECOND, START - 3600 * SECOND),
    103: ("RELEASE-OF-RADIATION",),
    104: (("PHYSICAL-INTEGRITY", "COMPROMISED"), ("OFF-SITE-POWER", "HELD")),
    105: ("CEASE-FIRE-AT-PLACE", "EXAMINE-AND-ANSWER"),
    106: "INTERNATIONAL-MONITOR",
    107: "CONFIRMED-BY-MONITOR",
    108: ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
}
"""The concern of docs/spec/forms.md; constructed."""


def concern() -> Verified:
    """Return a CONCERN drafted by one officer and released by another."""
    acts = (("draft", WATCH), ("release", RELEASER))
    return EUCOM.item("message", CONCERN_BODY, line=LINE, link=link(1), acts=acts, name="concern")


def of_type(record_type: str, line: bytes = LINE, party: Any = EUCOM) -> Verified:  # noqa: ANN401 - a Party of the cast
    """Return a record of a wire type, as small as its type allows."""
    body, acts = BODIES[record_type]
    numbered = link(1) if record_type in {"message", "receipt"} else {}
    return party.item(record_type, body, line=line, link=numbered, acts=acts, name=f"type {record_type}")


_TARGET: Final = seed("a message of the peer")
BODIES: Final[dict[str, tuple[Body, tuple[tuple[str, str], ...]]]] = {
    "message": (
        {**common("type-message", WATCH), 20: "TEST", 21: 1, 22: 0, 23: "en", 100: "Line check."},
        (("release", WATCH),),
    ),
    "receipt": (
        {**common("type-receipt", WATCH), 20: 1, 21: _TARGET, 22: 1, 30: "en", 31: seed("text")},
        (("receipt", WATCH),),
    ),
    "node-receipt": (
        {**common("type-node-receipt"), 20: 0, 21: _TARGET, 22: 0, 23: NOTE, 24: "ACCEPTED", 25: 0, 26: (), 27: START},
        (),
    ),
    "hello": (
        {
            **common("type-hello"),
            20: CHARTER_HASH,
            21: 1,
            22: seed("manifest"),
            23: 0,
            24: ZERO_HASH,
            25: 0,
            26: ZERO_HASH,
            27: NOTE,
            28: (1,),
            29: "OPEN",
        },
        (),
    ),
    "cosign": ({**common("type-cosign"), 20: NOTE, 21: 0, 22: (), 23: None}, ()),
    "charter-assent": (
        {**common("type-assent", PRINCIPAL), 20: CHARTER_HASH, 21: CHARTER_BYTES, 22: 1},
        (("assent", PRINCIPAL),),
    ),
    "manifest-notice": ({**common("type-notice"), 20: EUCOM.signed_manifest()}, ()),
}
"""Type -> body and (act, post) pairs."""


def reading(item: bytes, **changes: str) -> dict[str, Any]:
    """Return the inputs of `verify-item` for NDMC, who reads what EUCOM sent."""
    values = {"realm": "EXERCISE", "author": "EUCOM", "reader": "NDMC", **changes}
    return {"values": values, "octets": {"line": LINE, "signer": EUCOM.public("sign").public, "item": item}}


def _case(name: str, expect: str, what: str, item: bytes, **changes: str) -> Vector:
    return Vector(name=f"record/{name}", expect=expect, what=what, run="verify-item", **reading(item, **changes))


def rebuilt(
    body: Mapping[int, CborValue],
    *,
    header: Mapping[Any, Any] | None = None,
    unprotected: Mapping[Any, Any] | None = None,
    aad: bytes = domain(Realm.EXERCISE, "record"),
    payload: bytes | None = None,
    crit: tuple[int, ...] = (-70001, -70002, -70003, -70004),
) -> bytes:
    """Return an item whose envelope differs in one named part and is signed as it stands."""
    good = EUCOM.item("hello", body, line=LINE, name="rebuilt")
    protected: dict[Any, Any] = {
        1: cose.ED25519,
        2: crit,
        4: EUCOM.public("sign").kid,
        -70001: 1,
        -70002: "EXERCISE",
        -70003: LINE,
        -70004: "hello",
        **(header or {}),
    }
    raw = cbor.encode({label: value for label, value in protected.items() if value is not None})
    message = cose.parse_sign1(good.item.envelope, size_max=2**16, understood=record.RECORD_LABELS)
    payload = payload if payload is not None else message.payload or b""
    signature = EUCOM.key("sign").sign(cose.sign1_tbs(raw, aad, payload))
    return _with(good.item, envelope=cose.encode_sign1(raw, payload, signature, unprotected))


def _with(item: Item, **parts: Any) -> bytes:  # noqa: ANN401 - parts of an item
    names = ("envelope", "body_seed", "body", "link_seed", "link", "acts")
    return cbor.encode(tuple(parts.get(name, getattr(item, name)) for name in names))


def _good() -> list[Vector]:
    found = []
    for record_type in BODIES:
        made = of_type(record_type)
        data = record.encode_item(made.item)
        found.append(
            Vector(
                name=f"record/good-{record_type}",
                expect=OK,
                what=f"A record of type {record_type} that holds.",
                run="verify-item",
                gives={"envelope-hash": made.envelope_hash.hex(), "body-hash": made.body_hash.hex()},
                # The seed of an empty link map salts nothing, so nothing binds it.
                bound="item" if made.item.link else "",
                **reading(data),
            )
        )
    more = {**BODIES["hello"][0], 60_000: "a later version's"}
    found.append(
        _case("good-unknown-field", OK, "A field that no page names is carried under the hash.", rebuilt(more))
    )
    return found


def _changed_items() -> list[Vector]:
    good = concern().item
    flipped = bytearray(good.envelope)
    flipped[-1] ^= 1
    body, acts = dict(good.body), good.acts
    return [
        _case(
            "signature",
            "RECORD-SIGNATURE",
            "The last bit of the signature is wrong.",
            _with(good, envelope=bytes(flipped)),
        ),
        _case(
            "hash-body", "RECORD-HASH", "A field of the body was changed.", _with(good, body={**body, 101: "DRONES"})
        ),
        _case(
            "hash-field-gone",
            "RECORD-HASH",
            "A field of the body was left out.",
            _with(good, body={n: v for n, v in body.items() if n != 37}),
        ),
        _case("hash-body-seed", "RECORD-HASH", "The seed of the body is another.", _with(good, body_seed=bytes(32))),
        _case("hash-link", "RECORD-HASH", "The number in the link was changed.", _with(good, link={**good.link, 1: 2})),
        _case("hash-link-seed", "RECORD-HASH", "The seed of the link is another.", _with(good, link_seed=bytes(32))),
        _case("hash-act-gone", "RECORD-HASH", "An attestation was left out.", _with(good, acts=acts[:1])),
        _case(
            "hash-acts-order", "RECORD-HASH", "The attestations stand in another order.", _with(good, acts=acts[::-1])
        ),
        _case(
            "item-five-parts",
            "ITEM-MALFORMED",
            "An item of five parts.",
            cbor.encode((good.envelope, bytes(32), {}, bytes(32), {})),
        ),
        _case("item-seed-short", "ITEM-MALFORMED", "A seed of 31 bytes.", _with(good, body_seed=bytes(31))),
        _case("item-field-negative", "ITEM-MALFORMED", "A field number below zero.", _with(good, link={-1: 0})),
        _case("item-field-large", "ITEM-MALFORMED", "A field number above 65,535.", _with(good, link={65_536: 0})),
        _case("item-field-text", "ITEM-MALFORMED", "A field named by a text.", _with(good, link={"number": 1})),
        _case("item-acts", "ITEM-MALFORMED", "Seventeen attestations.", _with(good, acts=(None,) * 17)),
        _case(
            "item-size",
            "ITEM-SIZE",
            "An item of more than 64 KiB whose parts are each smaller.",
            _with(good, body={**body, 30: "a" * 40_000, 31: "a" * 30_000}),
        ),
    ]


def _changed_envelopes() -> list[Vector]:
    body = BODIES["hello"][0]
    real = REAL_EUCOM.item("hello", body, line=LINE, name="real")
    return [
        _case(
            "realm",
            "RECORD-REALM",
            "The header says REAL and the reader is of EXERCISE.",
            record.encode_item(real.item),
        ),
        _case(
            "realm-unknown",
            "RECORD-REALM",
            "The header names a realm that does not exist.",
            rebuilt(body, header={-70002: "TRAINING"}),
        ),
        _case(
            "realm-relabelled",
            "RECORD-SIGNATURE",
            "Signed under the domain of REAL; the header says EXERCISE.",
            rebuilt(body, aad=domain(Realm.REAL, "record")),
        ),
        _case(
            "domain-purpose",
            "RECORD-SIGNATURE",
            "Signed under the domain of manifests.",
            rebuilt(body, aad=domain(Realm.EXERCISE, "manifest")),
        ),
        _case(
            "profile",
            "RECORD-PROFILE",
            "Profile version 2, which this reader does not know.",
            rebuilt(body, header={-70001: 2}),
        ),
        _case(
            "line",
            "RECORD-LINE",
            "The header names another line of the same parties.",
            rebuilt(body, header={-70003: OTHER_LINE}),
        ),
        _case("line-length", "RECORD-MALFORMED", "A line id of 15 bytes.", rebuilt(body, header={-70003: LINE[:15]})),
        _case("type-unknown", "RECORD-TYPE", "A type that no page names.", rebuilt(body, header={-70004: "order"})),
        _case(
            "type-private",
            "RECORD-TYPE",
            "A type that never crosses the line.",
            rebuilt(body, header={-70004: "draft"}),
        ),
        _case(
            "key", "RECORD-KEY", "The key id is not that of the pinned sign key.", rebuilt(body, header={4: bytes(16)})
        ),
        _case("key-length", "RECORD-MALFORMED", "A key id of 15 bytes.", rebuilt(body, header={4: bytes(15)})),
    ]


def _changed_headers() -> list[Vector]:
    body = BODIES["hello"][0]
    unsigned = cbor.encode((b"", {}, b"", bytes(64)))
    return [
        _case(
            "header-missing", "RECORD-MALFORMED", "A protected header without key id.", rebuilt(body, header={4: None})
        ),
        _case(
            "header-more",
            "RECORD-MALFORMED",
            "A protected header with a content type.",
            rebuilt(body, header={3: "text/plain"}),
        ),
        _case(
            "header-unprotected",
            "COSE-HEADER",
            "A label in the unprotected header, which must be empty.",
            rebuilt(body, unprotected={4: bytes(16)}),
        ),
        _case(
            "critical-unknown",
            "COSE-CRITICAL",
            "A critical label that the profile does not know.",
            rebuilt(body, header={-70005: 1}, crit=(-70001, -70002, -70003, -70004, -70005)),
        ),
        _case(
            "critical-absent",
            "COSE-HEADER",
            "A critical label that is not in the header.",
            rebuilt(body, crit=(-70001, -70002, -70003, -70004, -70005)),
        ),
        _case("algorithm", "COSE-ALGORITHM", "ES256, which no record is signed with.", rebuilt(body, header={1: -7})),
        _case(
            "algorithm-other",
            "RECORD-SIGNATURE",
            "ML-DSA-65 in the header over a signature by Ed25519.",
            rebuilt(body, header={1: -49}),
        ),
        _case(
            "not-sign1",
            "COSE-FORM",
            "The envelope is no COSE_Sign1.",
            cbor.encode((unsigned, bytes(32), {}, bytes(32), {}, ())),
        ),
        _case(
            "payload",
            "RECORD-HASH",
            "The payload is signed and holds two hashes only.",
            rebuilt(body, payload=cbor.encode((bytes(32), bytes(32)))),
        ),
        _case(
            "envelope-trailing",
            "CBOR-TRAILING",
            "One byte follows the envelope.",
            _with(
                EUCOM.item("hello", body, line=LINE).item,
                envelope=EUCOM.item("hello", body, line=LINE).item.envelope + b"\x00",
            ),
        ),
    ]


def _common_fields() -> list[Vector]:
    body = BODIES["hello"][0]
    return [
        _case(
            "author",
            "RECORD-AUTHOR",
            "The author is another party than the line's peer.",
            rebuilt({**body, 3: "OTHER"}),
        ),
        _case(
            "addressee", "RECORD-ADDRESSEE", "The reader is not among the addressees.", rebuilt({**body, 4: ("OTHER",)})
        ),
        _case("record-id", "RECORD-MALFORMED", "A record id of 15 bytes.", rebuilt({**body, 1: bytes(15)})),
        _case("stated-at", "RECORD-MALFORMED", "A stated time that is a text.", rebuilt({**body, 2: "11:00"})),
    ]


def _crossings() -> list[Vector]:
    """Every type in every wrong place: refused by the header, the domain, or the hash that binds type and line."""
    found = []
    for record_type in BODIES:
        other = "receipt" if record_type != "receipt" else "message"
        real, line = of_type(record_type, party=REAL_EUCOM), of_type(record_type, OTHER_LINE)
        cases = {
            "realm": ("RECORD-REALM", "signed in REAL, read in EXERCISE", record.encode_item(real.item)),
            "realm-relabelled": (
                "RECORD-SIGNATURE",
                "signed in REAL, its header rewritten",
                _relabelled(real, {-70002: "EXERCISE"}),
            ),
            "line": ("RECORD-LINE", "of another line of the same parties", record.encode_item(line.item)),
            "line-relabelled": (
                "RECORD-SIGNATURE",
                "of another line, its header rewritten",
                _relabelled(line, {-70003: LINE}),
            ),
            "type-relabelled": (
                "RECORD-SIGNATURE",
                f"its header rewritten to {other}",
                _relabelled(of_type(record_type), {-70004: other}),
            ),
            "type-signed": (
                "RECORD-HASH",
                f"signed as {other} over the body hash of {record_type}",
                _relabelled(of_type(record_type), {-70004: other}, sign=True),
            ),
        }
        for name, (code, what, data) in cases.items():
            found.append(
                Vector(
                    name=f"cross/{record_type}-{name}",
                    expect=code,
                    what=f"A record of type {record_type}, {what}.",
                    run="verify-item",
                    **reading(data),
                )
            )
    return found


def _relabelled(made: Verified, labels: Mapping[int, Any], *, sign: bool = False) -> bytes:
    """Return an item with its header rewritten; the signature is the old one unless it is signed again."""
    message = cose.parse_sign1(made.item.envelope, size_max=2**17, understood=record.RECORD_LABELS)
    raw = cbor.encode({**message.protected, 4: EUCOM.public("sign").kid, **labels})
    signature, payload = message.signature, message.payload or b""
    if sign:
        signature = EUCOM.key("sign").sign(cose.sign1_tbs(raw, domain(Realm.EXERCISE, "record"), payload))
    return _with(made.item, envelope=cose.encode_sign1(raw, payload, signature))


def _making() -> list[Vector]:
    """Making a record has one right answer when seeds and keys are given: Ed25519 draws nothing."""
    found = []
    for record_type in ("message", "hello"):
        made = of_type(record_type)
        item = made.item
        found.append(
            Vector(
                name=f"record/make-{record_type}",
                expect=OK,
                what=f"Made from these fields, seeds and key, a {record_type} is these bytes and no others.",
                run="make-item",
                values={"realm": "EXERCISE", "type": record_type},
                octets={
                    "line": LINE,
                    "sign-seed": EUCOM.seed("sign"),
                    "body-seed": item.body_seed,
                    "body": cbor.encode(item.body),
                    "link-seed": item.link_seed,
                    "link": cbor.encode(item.link),
                    "acts": cbor.encode(item.acts),
                },
                gives={"item": record.encode_item(item).hex(), "envelope-hash": made.envelope_hash.hex()},
            )
        )
    return found


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [
        *_good(),
        *_making(),
        *_changed_items(),
        *_changed_envelopes(),
        *_changed_headers(),
        *_common_fields(),
        *_crossings(),
    ]
