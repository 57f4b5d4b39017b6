"""Vectors of manifests, introductions and charters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from armslength.core import cbor, cose
from armslength.core.instants import Instant
from armslength.core.keys import PublicKey
from armslength.core.realm import Realm, domain
from armslength.line import charter, manifest
from maker.cast import CHARTER_BYTES, DAY, EUCOM, LINE, NDMC, REAL_EUCOM, START, WATCH, seed
from maker.vector import OK, Vector


def _manifest(name: str, expect: str, what: str, data: bytes, previous: bytes | None = None) -> Vector:
    octets = {"manifest": data} if previous is None else {"previous": previous, "manifest": data}
    gives = {}
    if expect == OK:
        gives = {
            "manifest-hash": manifest.manifest_hash(data).hex(),
            "fingerprint": manifest.manifest_fingerprint(EUCOM.manifest).hex(),
        }
    return Vector(
        name=f"manifest/{name}",
        expect=expect,
        what=what,
        run="verify-manifest",
        values={"realm": "EXERCISE"},
        octets=octets,
        gives=gives,
        bound="manifest" if expect == OK else "",
    )


def signed(payload: dict[int, Any], header: dict[Any, Any] | None = None, purpose: str = "manifest") -> bytes:
    """Return a manifest with any payload and header, signed by EUCOM's root as it stands."""
    protected = {1: cose.ED25519, 2: (-70001, -70002, -70004), 4: EUCOM.public("root").kid}
    protected |= {-70001: 1, -70002: "EXERCISE", -70004: "manifest", **(header or {})}
    raw, data = cbor.encode(protected), cbor.encode(payload)
    signature = EUCOM.key("root").sign(cose.sign1_tbs(raw, domain(Realm.EXERCISE, purpose), data))
    return cose.encode_sign1(raw, data, signature)


def _payload(**changes: Any) -> dict[int, Any]:  # noqa: ANN401 - field -> value
    return {**manifest.manifest_value(EUCOM.manifest), **{int(name[1:]): value for name, value in changes.items()}}


def _with_key(purpose: str, key: PublicKey) -> tuple[Any, ...]:
    keys: Any = manifest.manifest_value(EUCOM.manifest)[7]
    return tuple((name, key.alg, key.public) if name == purpose else (name, *rest) for name, *rest in keys)


def _chain() -> list[Vector]:
    first = EUCOM.signed_manifest()
    later = {"sequence": 2, "previous": manifest.manifest_hash(first), "issued_at": Instant(START + DAY)}
    second = EUCOM.signed_manifest(**later)
    third = EUCOM.signed_manifest(**{**later, "sequence": 3})
    early = EUCOM.signed_manifest(**{**later, "issued_at": Instant(START - DAY)})
    elsewhere = EUCOM.signed_manifest(**{**later, "previous": seed("another first")})
    renamed = EUCOM.signed_manifest(**{**later, "party": "EUCOM-2"})
    rerooted = manifest.sign_manifest(
        replace(EUCOM.manifest, root=NDMC.public("root"), **later),
        NDMC.key("root").sign,  # type: ignore[arg-type]
    )
    return [
        _manifest("good-first", OK, "The first manifest of a party.", first),
        _manifest("good-next", OK, "The second names the first.", second, first),
        _manifest("chain-starts-later", "MANIFEST-CHAIN", "The second without the first.", second),
        _manifest("chain-skips", "MANIFEST-CHAIN", "Number 3 after number 1.", third, first),
        _manifest("chain-fork", "MANIFEST-CHAIN", "A second that names another first.", elsewhere, first),
        _manifest("chain-issued-before", "MANIFEST-CHAIN", "Issued before the one before it.", early, first),
        _manifest("root-party", "MANIFEST-ROOT", "The second has another party code.", renamed, first),
        _manifest("root-changed", "MANIFEST-ROOT", "The second has another root and is signed by it.", rerooted, first),
    ]


def _manifests() -> list[Vector]:
    first = EUCOM.signed_manifest()
    keys = manifest.manifest_value(EUCOM.manifest)[7]
    flipped = bytearray(first)
    flipped[-1] ^= 1
    reused = {**EUCOM.manifest.node_keys, "log": EUCOM.public("sign")}
    return [
        _manifest("good-unknown-field", OK, "A field of a later version is carried.", signed(_payload(_90="later"))),
        _manifest("signature", "MANIFEST-SIGNATURE", "The last bit of the signature is wrong.", bytes(flipped)),
        _manifest(
            "signature-domain",
            "MANIFEST-SIGNATURE",
            "Signed under the domain of records.",
            signed(_payload(), purpose="record"),
        ),
        _manifest("realm", "MANIFEST-REALM", "The manifest of the real party.", REAL_EUCOM.signed_manifest()),
        _manifest("root-key-id", "MANIFEST-ROOT", "The key id is not the root's.", signed(_payload(), {4: bytes(16)})),
        _manifest("profile", "RECORD-PROFILE", "Profile version 2.", signed(_payload(), {-70001: 2})),
        _manifest("type", "MANIFEST-MALFORMED", "The type is message.", signed(_payload(), {-70004: "message"})),
        _manifest(
            "key-twice",
            "MANIFEST-KEY-REUSED",
            "One key signs records and checkpoints.",
            EUCOM.signed_manifest(node_keys=reused),
        ),
        _manifest(
            "key-of-officer",
            "MANIFEST-KEY-REUSED",
            "An officer's key is the node's.",
            EUCOM.signed_manifest(node_keys={**EUCOM.manifest.node_keys, "sign": EUCOM.public(WATCH)}),
        ),
        _manifest(
            "key-length",
            "MANIFEST-MALFORMED",
            "An Ed25519 key of 31 bytes.",
            signed(_payload(_4=(cose.ED25519, bytes(31)))),
        ),
        _manifest("purpose-missing", "MANIFEST-MALFORMED", "No witness key.", signed(_payload(_7=keys[:-1]))),
    ]


def _manifest_shapes() -> list[Vector]:
    officers: Any = manifest.manifest_value(EUCOM.manifest)[8]
    return [
        _manifest(
            "key-algorithm",
            "MANIFEST-MALFORMED",
            "A sealing key under the purpose log.",
            signed(_payload(_7=_with_key("log", EUCOM.public("seal")))),
        ),
        _manifest(
            "key-small-order",
            "MANIFEST-MALFORMED",
            "A sign key of small order, under which anything verifies.",
            signed(_payload(_7=_with_key("sign", PublicKey(cose.ED25519, bytes([1]) + bytes(31))))),
        ),
        _manifest(
            "bearer-kind",
            "MANIFEST-MALFORMED",
            "A bearer that no page names.",
            signed(_payload(_9=(("pigeon", "loft 3", b""),))),
        ),
        _manifest(
            "role-unknown",
            "MANIFEST-MALFORMED",
            "A role that no page names.",
            signed(_payload(_8=((*officers[0][:2], ("king",), officers[0][3]),))),
        ),
        _manifest(
            "officer-twice",
            "MANIFEST-MALFORMED",
            "One officer listed twice.",
            signed(_payload(_8=(officers[0], officers[0]))),
        ),
        _manifest(
            "session-key-listed",
            "MANIFEST-MALFORMED",
            "A key of kind 3 is never listed.",
            signed(_payload(_8=((*officers[0][:3], ((3, *officers[0][3][0][1:]),)),))),
        ),
        _manifest(
            "validity-long",
            "MANIFEST-MALFORMED",
            "Valid for 401 days.",
            EUCOM.signed_manifest(valid_until=Instant(START + 401 * DAY)),
        ),
        _manifest(
            "validity-none",
            "MANIFEST-MALFORMED",
            "Valid until the moment of issue.",
            EUCOM.signed_manifest(valid_until=START),
        ),
        _manifest(
            "party-long", "MANIFEST-MALFORMED", "A party code of 17 characters.", EUCOM.signed_manifest(party="A" * 17)
        ),
    ]


def _introductions() -> list[Vector]:
    first = EUCOM.signed_manifest()
    second = EUCOM.signed_manifest(sequence=2, previous=manifest.manifest_hash(first), issued_at=Instant(START + DAY))

    def case(name: str, expect: str, what: str, data: bytes) -> Vector:
        gives = {"fingerprint": manifest.manifest_fingerprint(EUCOM.manifest).hex()} if expect == OK else {}
        return Vector(
            name=f"manifest/{name}",
            expect=expect,
            what=what,
            run="verify-introduction",
            values={"realm": "EXERCISE"},
            octets={"introduction": data},
            gives=gives,
        )

    return [
        case("good-introduction", OK, "An introduction file: the chain in its order.", cbor.encode((first, second))),
        case("introduction-order", "MANIFEST-CHAIN", "The chain the wrong way round.", cbor.encode((second, first))),
        case("introduction-empty", "MANIFEST-MALFORMED", "No manifest at all.", cbor.encode(())),
    ]


def _charter(name: str, expect: str, what: str, data: bytes) -> Vector:
    gives = {}
    if expect == OK:
        gives = {"charter-hash": charter.charter_hash(Realm.EXERCISE, data).hex(), "line": LINE.hex()}
    return Vector(
        name=f"charter/{name}",
        expect=expect,
        what=what,
        run="parse-charter",
        values={"realm": "EXERCISE"},
        octets={"charter": data},
        gives=gives,
    )


def _charters() -> list[Vector]:
    good: Any = cbor.decode(CHARTER_BYTES)

    def changed(**changes: Any) -> bytes:  # noqa: ANN401 - field -> value
        return cbor.encode({**good, **{int(name[1:]): value for name, value in changes.items()}})

    real = charter.default_charter(Realm.REAL, ("EUCOM", bytes(16)), ("NDMC", b"\x01" * 16))
    without = {number: value for number, value in good.items() if number != 6}
    first, second = good[3]
    return [
        _charter("good-default", OK, "The default charter of the two parties.", CHARTER_BYTES),
        _charter(
            "good-full",
            OK,
            "Protection profile full, no deadline for R3.",
            changed(_22="full", _11=dict.fromkeys(range(4), (10, 20, 30, None, 50))),
        ),
        _charter("mode", "CHARTER-MODE", "Mode deniable is reserved.", changed(_15="deniable")),
        _charter("parties-order", "CHARTER-PARTIES", "The parties in the wrong order.", changed(_3=(second, first))),
        _charter("parties-one", "CHARTER-PARTIES", "One party.", changed(_3=(first,))),
        _charter(
            "parties-same-code",
            "CHARTER-PARTIES",
            "Two parties of one code.",
            changed(_3=(first, (first[0], second[1]))),
        ),
        _charter("realm", "RECORD-REALM", "The charter of a real line.", charter.charter_bytes(real)),
        _charter("profile", "RECORD-PROFILE", "Profile version 2.", changed(_1=2)),
        _charter("field-missing", "CHARTER-MALFORMED", "No purpose.", cbor.encode(without)),
        _charter(
            "deadline-zero",
            "CHARTER-MALFORMED",
            "A deadline of 0 seconds.",
            changed(_11=dict.fromkeys(range(4), (0, 1, 1, 1, 1))),
        ),
        _charter(
            "deadline-missing",
            "CHARTER-MALFORMED",
            "No deadlines for FLASH.",
            changed(_11=dict.fromkeys(range(3), (1, 1, 1, 1, 1))),
        ),
        _charter("stop-waits", "CHARTER-MALFORMED", "STOP would wait for a second person.", changed(_13={"STOP": 0})),
        _charter(
            "test-plan", "CHARTER-MALFORMED", "A test at minute 1,440 of the day.", changed(_12=((1_440, "both"),))
        ),
        _charter("protection", "CHARTER-MALFORMED", "A protection profile that no page names.", changed(_22="light")),
        _charter("not-a-map", "CHARTER-MALFORMED", "An array.", cbor.encode(())),
        Vector(
            name="charter/make-default",
            expect=OK,
            what="The default charter is a function of parties, realm and ordinal, whichever party stands first.",
            run="default-charter",
            values={"realm": "EXERCISE", "party-1": "NDMC", "party-2": "EUCOM", "ordinal": "0"},
            octets={"root-key-id-1": NDMC.manifest.root_key_id, "root-key-id-2": EUCOM.manifest.root_key_id},
            gives={"charter": CHARTER_BYTES.hex()},
        ),
    ]


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [*_chain(), *_manifests(), *_manifest_shapes(), *_introductions(), *_charters()]
