"""Vectors of attestations: the three kinds with every algorithm, and one file for each ACT- code."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from armslength.core import cbor
from armslength.core.attestation import Kind, session_statement, statement
from armslength.core.instants import Instant
from armslength.core.keys import ESP256, PublicKey
from armslength.core.realm import Realm
from maker.cast import EUCOM, ORIGIN, PASSKEY, PASSKEY_ED, RELEASER, ROLES, RP_ID_HASH, SECOND, START, WATCH, seed
from maker.vector import OK, Vector

BODY_HASH: Final = seed("the body that is attested")
OTHER_HASH: Final = seed("another body")
SESSION: Final = "a session key of the browser"
NOT_AFTER: Final = Instant(START + 3600 * SECOND)
UP, UV = 0x01, 0x04


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """What an authenticator and a browser put into an assertion; a case changes one part."""

    post: str = PASSKEY
    origin: str = ORIGIN
    rp_id_hash: bytes = RP_ID_HASH
    flags: int = UP | UV
    client_type: str = "webauthn.get"

    def evidence(self, signed: bytes) -> tuple[bytes, bytes, bytes]:
        """Return authenticatorData, clientDataJSON and the signature."""
        challenge = urlsafe_b64encode(signed).rstrip(b"=").decode()
        client = json.dumps(
            {"type": self.client_type, "challenge": challenge, "origin": self.origin, "crossOrigin": False},
            separators=(",", ":"),
        ).encode()
        data = self.rp_id_hash + bytes([self.flags]) + (7).to_bytes(4, "big")
        message = data + sha256(client).digest()
        sign = EUCOM.sign_passkey if self.post == PASSKEY else EUCOM.key(self.post).sign
        return data, client, sign(message)


def _value(
    kind: Kind, evidence: tuple[Any, ...], post: str, act: str = "receipt", role: str | None = None
) -> tuple[Any, ...]:
    return (int(kind), act, role or ROLES[post][0], EUCOM.officer(post), EUCOM.public(post).kid, evidence)


def _passkey(assertion: Assertion = Assertion(), act: str = "receipt", body_hash: bytes = BODY_HASH) -> tuple[Any, ...]:
    role = ROLES[assertion.post][0]
    signed = statement(Realm.EXERCISE, act, role, EUCOM.officer(assertion.post), body_hash)
    return _value(Kind.WEBAUTHN, assertion.evidence(signed), assertion.post, act)


def _session(
    act: str = "receipt", not_after: Instant = NOT_AFTER, assertion: Assertion = Assertion()
) -> tuple[Any, ...]:
    from maker.cast import signing  # noqa: PLC0415 - one use

    key, officer = signing(SESSION), EUCOM.officer(assertion.post)
    delegation = assertion.evidence(session_statement(Realm.EXERCISE, officer, key.public, not_after))
    signed = statement(Realm.EXERCISE, act, ROLES[assertion.post][0], officer, BODY_HASH)
    return _value(Kind.SESSION_KEY, (key.public, int(not_after), delegation, key.sign(signed)), assertion.post, act)


def _raw(**parts: Any) -> tuple[Any, ...]:  # noqa: ANN401 - parts of the array
    names = ("kind", "act", "role", "officer", "key_id", "evidence")
    good: Any = EUCOM.act("release", RELEASER, BODY_HASH)
    return tuple(parts.get(name, value) for name, value in zip(names, good, strict=True))


def _case(
    name: str, expect: str, what: str, act: tuple[Any, ...], payload: bytes | None = None, **values: str
) -> Vector:
    return Vector(
        name=f"attestation/{name}",
        expect=expect,
        what=what,
        run="verify-act",
        values={"realm": "EXERCISE", **values},
        octets={
            "body-hash": BODY_HASH,
            "act": cbor.encode(act),
            "manifest-payload": EUCOM.manifest_payload if payload is None else payload,
        },
        gives={"officer": str(act[3])} if expect == OK else {},
        bound="act" if expect == OK else "",
    )


SESSION_VALUES: Final = {"stated-at": str(int(START)), "level-one-receipt": "yes"}


def _esp256_payload() -> bytes:
    """The roster with the passkey under its fully specified algorithm number."""
    from armslength.line.manifest import manifest_value  # noqa: PLC0415 - one use

    officers = dict(EUCOM.manifest.officers)
    listed = officers[EUCOM.officer(PASSKEY)]
    key = replace(listed.keys[0], key=PublicKey(ESP256, EUCOM.public(PASSKEY).public))
    officers[EUCOM.officer(PASSKEY)] = replace(listed, keys=(key,))
    return cbor.encode(manifest_value(replace(EUCOM.manifest, officers=officers)))


def _good() -> list[Vector]:
    esp256 = list(_passkey())
    esp256[4] = PublicKey(ESP256, EUCOM.public(PASSKEY).public).kid
    return [
        _case("good-kind-1", OK, "Kind 1: a raw Ed25519 key.", _raw()),
        _case("good-kind-2-es256", OK, "Kind 2: a passkey with ES256 (-7).", _passkey()),
        _case(
            "good-kind-2-esp256",
            OK,
            "Kind 2: the same passkey listed as ESP256 (-9).",
            tuple(esp256),
            _esp256_payload(),
        ),
        _case("good-kind-2-ed25519", OK, "Kind 2: a passkey with Ed25519.", _passkey(Assertion(post=PASSKEY_ED))),
        _case("good-kind-3", OK, "Kind 3: a session key delegated by an ES256 passkey.", _session(), **SESSION_VALUES),
        _case(
            "good-kind-3-ed25519",
            OK,
            "Kind 3: delegated by an Ed25519 passkey.",
            _session(assertion=Assertion(post=PASSKEY_ED)),
            **SESSION_VALUES,
        ),
    ]


def _refused() -> list[Vector]:
    release = EUCOM.officer(RELEASER)
    by_node = statement(Realm.EXERCISE, "release", "releasing-officer", release, BODY_HASH)
    node_key = EUCOM.public("sign").kid
    return [
        _case("malformed", "ACT-MALFORMED", "An array of five.", _raw()[:5]),
        _case("act-unknown", "ACT-MALFORMED", "An act that no page names.", _raw(act="order")),
        _case(
            "evidence-two", "ACT-MALFORMED", "Evidence of kind 1 with two parts.", _raw(evidence=(bytes(64), bytes(64)))
        ),
        _case("kind-unknown", "ACT-KIND", "Kind 4.", _raw(kind=4)),
        _case(
            "kind-other",
            "ACT-KIND",
            "Kind 1 by a key that the manifest lists as a passkey.",
            _value(
                Kind.RAW_KEY,
                (
                    EUCOM.key(PASSKEY_ED).sign(
                        statement(Realm.EXERCISE, "receipt", "watch-officer", EUCOM.officer(PASSKEY_ED), BODY_HASH)
                    ),
                ),
                PASSKEY_ED,
            ),
        ),
        _case(
            "officer-unknown",
            "ACT-OFFICER-UNKNOWN",
            "An officer whom the manifest does not list.",
            _raw(officer="eucom-nobody"),
        ),
        _case("key-unknown", "ACT-KEY-UNKNOWN", "A key of another officer.", _raw(key_id=EUCOM.public(WATCH).kid)),
        _case("role", "ACT-ROLE", "A role that the manifest does not give to the officer.", _raw(role="principal")),
        _case(
            "node-key",
            "ACT-NODE-KEY",
            "The node's sign key in an officer's name.",
            _raw(key_id=node_key, evidence=(EUCOM.key("sign").sign(by_node),)),
        ),
    ]


def _refused_signatures() -> list[Vector]:
    by_real = statement(Realm.REAL, "release", "releasing-officer", EUCOM.officer(RELEASER), BODY_HASH)
    other: Any = EUCOM.act("release", RELEASER, OTHER_HASH)
    tick: Any = EUCOM.act("legal-tick", RELEASER, BODY_HASH)
    return [
        _case("signature", "ACT-SIGNATURE", "Signed over another body.", _raw(evidence=other[5])),
        _case(
            "signature-act", "ACT-SIGNATURE", "The signature of a legal tick under a release.", _raw(evidence=tick[5])
        ),
        _case(
            "signature-realm",
            "ACT-SIGNATURE",
            "Signed in REAL, read in EXERCISE.",
            _raw(evidence=(EUCOM.key(RELEASER).sign(by_real),)),
        ),
        _case("signature-short", "ACT-SIGNATURE", "A signature of 63 bytes.", _raw(evidence=(bytes(63),))),
    ]


def _refused_passkeys() -> list[Vector]:
    return [
        _case(
            "passkey-challenge", "ACT-SIGNATURE", "The challenge is over another body.", _passkey(body_hash=OTHER_HASH)
        ),
        _case(
            "passkey-signature",
            "ACT-SIGNATURE",
            "An ES256 signature that is not ASN.1.",
            _value(Kind.WEBAUTHN, (*_passkey()[5][:2], bytes(64)), PASSKEY),
        ),
        _case(
            "passkey-origin",
            "ACT-ORIGIN",
            "An origin that the manifest does not list.",
            _passkey(Assertion(origin="https://console.eucom.example")),
        ),
        _case(
            "passkey-rp-id",
            "ACT-ORIGIN",
            "Another relying party under a listed origin.",
            _passkey(Assertion(rp_id_hash=bytes(32))),
        ),
        _case(
            "passkey-user-not-verified",
            "ACT-USER-NOT-VERIFIED",
            "User present, not verified: a machine may have touched it.",
            _passkey(Assertion(flags=UP)),
        ),
        _case(
            "passkey-user-not-present",
            "ACT-USER-NOT-VERIFIED",
            "The user-present flag is not set.",
            _passkey(Assertion(flags=UV)),
        ),
        _case(
            "passkey-type",
            "ACT-MALFORMED",
            "clientDataJSON of a registration.",
            _passkey(Assertion(client_type="webauthn.create")),
        ),
        _case(
            "passkey-json",
            "ACT-MALFORMED",
            "clientDataJSON that is no JSON.",
            _value(Kind.WEBAUTHN, (_passkey()[5][0], b"{", bytes(64)), PASSKEY),
        ),
        _case(
            "passkey-data-short",
            "ACT-MALFORMED",
            "authenticatorData of 36 bytes.",
            _value(Kind.WEBAUTHN, (bytes(36), *_passkey()[5][1:]), PASSKEY),
        ),
    ]


def _refused_sessions() -> list[Vector]:
    return [
        _case(
            "session-not-receipt",
            "ACT-SESSION-KEY",
            "A session key under a release.",
            _session("release"),
            **{"stated-at": str(int(START))},
        ),
        _case(
            "session-level",
            "ACT-SESSION-KEY",
            "A session key under a receipt that is not of level 1.",
            _session(),
            **{"stated-at": str(int(START))},
        ),
        _case(
            "session-late",
            "ACT-SESSION-KEY",
            "Stated after the key's last moment.",
            _session(),
            **{**SESSION_VALUES, "stated-at": str(NOT_AFTER + 1)},
        ),
        _case(
            "session-long",
            "ACT-SESSION-KEY",
            "Stated more than twelve hours before the key's last moment.",
            _session(not_after=Instant(START + 13 * 3600 * SECOND)),
            **SESSION_VALUES,
        ),
        _case(
            "session-undelegated",
            "ACT-SIGNATURE",
            "A session key that the passkey delegated for another time.",
            _redated(),
            **SESSION_VALUES,
        ),
    ]


def _redated() -> tuple[Any, ...]:
    made = list(_session())
    public, _, delegation, signature = made[5]
    made[5] = (public, int(NOT_AFTER) + 1, delegation, signature)
    return tuple(made)


def _needed() -> list[Vector]:
    draft, release = EUCOM.act("draft", WATCH, BODY_HASH), EUCOM.act("release", RELEASER, BODY_HASH)
    own_draft, own_release = EUCOM.act("draft", RELEASER, BODY_HASH), EUCOM.act("release", WATCH, BODY_HASH)

    def case(name: str, expect: str, what: str, acts: tuple[Any, ...], **values: str) -> Vector:
        return Vector(
            name=f"attestation/{name}",
            expect=expect,
            what=what,
            run="check-acts",
            values={"needed": "release", **values},
            octets={"acts": cbor.encode(acts)},
        )

    return [
        case(
            "good-two-persons",
            OK,
            "Drafted by one officer, released by another.",
            (draft, release),
            **{"two-persons": "yes"},
        ),
        case(
            "second-person",
            "ACT-SECOND-PERSON",
            "Drafted and released by the same officer.",
            (own_draft, release),
            **{"two-persons": "yes"},
        ),
        case(
            "second-person-no-draft",
            "ACT-SECOND-PERSON",
            "Released without any draft.",
            (release,),
            **{"two-persons": "yes"},
        ),
        case("missing", "ACT-MISSING", "A draft and no release.", (draft,)),
        case(
            "role-of-act",
            "ACT-ROLE",
            "The act is there, in a role that may not do it.",
            (own_release,),
            roles="releasing-officer principal",
        ),
    ]


def _making() -> list[Vector]:
    made = EUCOM.act("release", RELEASER, BODY_HASH)
    return [
        Vector(
            name="attestation/make",
            expect=OK,
            what="Made by this key over this body, the act is these bytes and no others.",
            run="make-act",
            values={
                "realm": "EXERCISE",
                "act-name": "release",
                "role": "releasing-officer",
                "officer": EUCOM.officer(RELEASER),
            },
            octets={"officer-seed": EUCOM.seed(RELEASER), "body-hash": BODY_HASH},
            gives={"act": cbor.encode(made).hex()},
        )
    ]


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [
        *_good(),
        *_refused(),
        *_refused_signatures(),
        *_refused_passkeys(),
        *_refused_sessions(),
        *_needed(),
        *_making(),
    ]
