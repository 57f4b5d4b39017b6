"""Vectors of transports: sealed bytes with the key that opens them. HPKE draws randomness, so they were sealed once."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from armslength.adapters import keystore_sealing
from armslength.core import cbor, record
from armslength.core.cose_encrypt import HPKE_4_KE, HPKE_9_KE, SealingPrivateKey, open_encrypt, parse_encrypt
from armslength.core.keys import PublicKey
from armslength.core.realm import Realm, domain
from armslength.line import envelope
from maker.cast import EUCOM, LINE, NDMC, OTHER_LINE, REAL_NDMC, seed
from maker.records import concern, line_test
from maker.vector import DRAWN_ONCE, OK, Vector

if TYPE_CHECKING:
    from collections.abc import Mapping

EXERCISE = domain(Realm.EXERCISE, "transport")
REAL = domain(Realm.REAL, "transport")
SENDER = EUCOM.public("sign").kid
HEADER = envelope.transport_header(Realm.EXERCISE, LINE, SENDER)


def sealed(
    name: str,
    plaintext: bytes,
    *,
    header: Mapping[int, Any] | None = None,
    outer: bytes = EXERCISE,
    inner: bytes = EXERCISE,
    receiver_seed: bytes | None = None,
    alg: int = HPKE_9_KE,
) -> bytes:
    """Return a transport that was sealed once; it opens under the domains that it was sealed for."""
    key = SealingPrivateKey(alg, receiver_seed or NDMC.seed("seal"))
    protected = dict(HEADER if header is None else header)
    content_key, nonce = seed("content key", name), seed("nonce", name)[:12]

    def make() -> bytes:
        recipients = [(key.kid, alg, key.public)]
        return keystore_sealing.seal(
            plaintext,
            recipients,
            external_aad=outer,
            info_extra=inner,
            content_key=content_key,
            nonce=nonce,
            protected=protected,
        )

    def check(data: bytes) -> None:
        message = parse_encrypt(data, size_max=envelope.TRANSPORT_BYTES_MAX)
        if open_encrypt(message, key, outer, inner) != plaintext:
            raise SystemExit(name)

    material = cbor.encode((plaintext, outer, inner, key.public, protected, content_key))
    return DRAWN_ONCE.once("hpke", material, make, check)


def _items() -> bytes:
    return envelope.encode_items([concern().item])


def _case(name: str, expect: str, what: str, body: bytes, **changes: Any) -> Vector:  # noqa: ANN401 - values or bytes
    values = {"realm": "EXERCISE", "opening-alg": str(changes.pop("alg", HPKE_9_KE))}
    items = changes.pop("items", None)
    gives = {}
    if items is not None:
        joined = b"".join(record.encode_item(made.item) for made in items)
        gives = {"items": str(len(items)), "items-hash": sha256(joined).hexdigest()}
    octets = {
        "line": LINE,
        "sender-key-id": SENDER,
        "opening-seed": changes.pop("opening_seed", NDMC.seed("seal")),
        "body": body,
    }
    return Vector(
        name=f"transport/{name}",
        expect=expect,
        what=what,
        run="open-transport",
        values=values,
        octets={**octets, **changes},
        gives=gives,
        bound="body" if gives else "",
    )


def _good() -> list[Vector]:
    first, second = line_test(1), line_test(2, line_test(1).envelope_hash)
    two = envelope.encode_items([first.item, second.item])
    short = seed("a line for thin bearers")
    one = sealed("one", _items())
    return [
        _case("good-one-item", OK, "A concern, sealed with HPKE-9-KE (X-Wing).", one, items=[concern()]),
        _case("good-two-items", OK, "Two items in one transport.", sealed("two", two), items=[first, second]),
        _case(
            "good-sequence",
            OK,
            "A bearer's body of two transports.",
            one + sealed("two", two),
            items=[concern(), first, second],
        ),
        _case(
            "good-hpke-4",
            OK,
            "Sealed with HPKE-4-KE (X25519).",
            sealed("thin", _items(), receiver_seed=short, alg=HPKE_4_KE),
            alg=HPKE_4_KE,
            opening_seed=short,
            items=[concern()],
        ),
    ]


def _refused() -> list[Vector]:
    good = sealed("one", _items())
    changed = bytearray(good)
    changed[len(changed) // 3] ^= 1
    real = envelope.transport_header(Realm.REAL, LINE, SENDER)
    other_line = envelope.transport_header(Realm.EXERCISE, OTHER_LINE, SENDER)
    other_key = envelope.transport_header(Realm.EXERCISE, LINE, EUCOM.public("log").kid)
    many = cbor.encode((None,) * 65)
    return [
        _case("open-changed", "TRANSPORT-OPEN", "One bit of the ciphertext is wrong.", bytes(changed)),
        _case(
            "open-realm",
            "TRANSPORT-OPEN",
            "Sealed in REAL; both layers are bound to that domain.",
            sealed("real", _items(), outer=REAL, inner=REAL, header=real),
        ),
        _case(
            "open-realm-inner",
            "TRANSPORT-OPEN",
            "Only the recipient layer is bound to REAL.",
            sealed("real inner", _items(), inner=REAL),
        ),
        _case(
            "open-realm-outer",
            "TRANSPORT-OPEN",
            "Only the content layer is bound to REAL.",
            sealed("real outer", _items(), outer=REAL),
        ),
        _case(
            "receiver-other",
            "COSE-RECIPIENT",
            "Sealed to another node.",
            sealed("other", _items(), receiver_seed=REAL_NDMC.seed("seal")),
        ),
        _case(
            "realm",
            "TRANSPORT-REALM",
            "Opens here, and its header says REAL.",
            sealed("header real", _items(), header=real),
        ),
        _case("line", "TRANSPORT-LINE", "Its header names another line.", sealed("line", _items(), header=other_line)),
        _case(
            "key",
            "TRANSPORT-KEY",
            "The sender's key id is not that of the pinned peer.",
            sealed("key", _items(), header=other_key),
        ),
        _case(
            "profile", "RECORD-PROFILE", "Profile version 2.", sealed("profile", _items(), header={**HEADER, -70001: 2})
        ),
        _case("items-none", "TRANSPORT-MALFORMED", "An array of no items.", sealed("none", cbor.encode(()))),
        _case("items-65", "TRANSPORT-MALFORMED", "Sixty-five items.", sealed("many", many)),
        _case("items-not-array", "TRANSPORT-MALFORMED", "A map in place of the items.", sealed("map", cbor.encode({}))),
        _case("items-not-cbor", "CBOR-TRUNCATED", "Nothing was sealed.", sealed("empty", b"")),
        _case("transports-17", "TRANSPORT-MALFORMED", "Seventeen transports in one request.", good * 17),
        _case("not-encrypt", "COSE-FORM", "A COSE_Sign1 in place of the COSE_Encrypt.", concern().item.envelope),
        _case("cbor-trailing", "CBOR-LENGTH", "The transport was cut.", good[:-1]),
    ]


def _sealing() -> list[Vector]:
    """Sealing differs each time; the runner opens what a candidate sealed with the candidate's own `open-transport`."""
    key = PublicKey(HPKE_9_KE, SealingPrivateKey(HPKE_9_KE, NDMC.seed("seal")).public)
    return [
        Vector(
            name="transport/seal",
            expect=OK,
            what="Sealing to this key; the result must open, and differs each time.",
            run="seal",
            values={"realm": "EXERCISE", "receiver-alg": str(HPKE_9_KE), "opening-alg": str(HPKE_9_KE)},
            octets={
                "line": LINE,
                "sender-key-id": SENDER,
                "receiver": key.public,
                "opening-seed": NDMC.seed("seal"),
                "content-key": seed("content key", "seal"),
                "nonce": seed("nonce", "seal")[:12],
                "items": _items(),
            },
        )
    ]


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [*_good(), *_refused(), *_sealing()]
