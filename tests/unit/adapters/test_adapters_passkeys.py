"""Registration of a passkey with a software authenticator: what holds, and every part that may be wrong."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.passkeys import RESPONSE_CHARS_MAX, Passkeys
from armslength.core import cbor
from armslength.core.attestation import Kind
from armslength.core.errors import LocalError
from armslength.core.keys import EDDSA, ES256
from armslength.desk import officer_enrolment, officer_keys, officering
from armslength.desk.officer_changes import What
from armslength.desk.officer_enrolment import Console
from builders import officer_desk
from builders.acts import PRESENT, VERIFIED, Passkey
from builders.officer_desk import ADMIN, ADMIN_2, decide, propose, root_signs, status
from builders.passkey_registration import ATTESTED, cose_key, credential_id, register
from builders.two_nodes import WATCH

if TYPE_CHECKING:
    from builders.two_nodes import Party

CONSOLE = Console(name="localhost", origin="http://localhost:7480")
KEYS = {"ES256": Passkey(alg=ES256, seed="desk"), "EdDSA": Passkey(alg=EDDSA, seed="desk")}
P256 = KEYS["ES256"]


@pytest.fixture(scope="module")
def party() -> Party:
    """A party whose officers are only looked at; what is entered stays for the other tests."""
    return officer_desk.alone()


def begun(party: Party, code: str | None = None) -> dict[str, Any]:
    with party.read() as books:
        return officer_enrolment.begin(books, Passkeys(), CONSOLE, party.officer(WATCH), code)


def finished(party: Party, given: dict[str, Any]) -> Any:
    with party.read() as books:
        return officer_enrolment.finish(books, Passkeys(), CONSOLE, party.officer(WATCH), given)


def test_the_browser_is_asked_for_a_verified_user_and_no_attestation(party: Party) -> None:
    options = begun(party)["options"]
    assert options["rp"] == {"id": "localhost", "name": "EUCOM EXERCISE"}
    assert [one["alg"] for one in options["pubKeyCredParams"]] == [-8, -7]
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "preferred"
    assert options["user"]["name"] == party.officer(WATCH)
    assert party.officer(WATCH).encode() not in b64decode(options["user"]["id"] + "==", altchars=b"-_")


@pytest.mark.parametrize("name", list(KEYS))
def test_a_passkey_is_registered_signed_for_approved_and_listed(name: str) -> None:
    party, passkey = officer_desk.alone(), KEYS[name]
    asked = begun(party)
    given = {"ticket": asked["ticket"], "credential": register(passkey, asked["options"], CONSOLE.origin)}
    prepared = finished(party, {**given, "label": "blue"})
    with party.write() as books:
        officering.submit_change(books, party.signed(prepared, "record", WATCH))
    number = str(prepared.body[21])
    assert status(party, number)[1] == "PROPOSED"
    with party.read() as books:
        assert officer_keys.credential_ids(books, party.officer(WATCH)) == {}, "not before it counts"
        assert officer_keys.every_credential(books, party.officer(WATCH)) == [credential_id(passkey)]
    decide(party, number, ADMIN)
    root_signs(party)
    with party.read() as books:
        held = books.manifest().officers[party.officer(WATCH)].keys[1]
        assert (held.kind, held.key) == (Kind.WEBAUTHN, passkey.public)
        assert officer_keys.credential_ids(books, party.officer(WATCH)) == {held.key_id: credential_id(passkey)}
    excluded = begun(party)["options"]["excludeCredentials"]
    assert len(excluded) == 1
    with pytest.raises(LocalError, match="OFFICER-KEY-USED"):
        finished(party, given)
    decide(party, propose(party, "REMOVE-KEY", party.officer(WATCH), key_id=held.key_id.hex()), ADMIN_2)
    with party.read() as books:
        assert officer_keys.credential_ids(books, party.officer(WATCH)) == {}


WRONG: dict[str, dict[str, Any]] = {
    "another challenge": {"challenge": bytes(32)},
    "another console's name": {"rp_id": "elsewhere.invalid"},
    "no user verified": {"flags": PRESENT | ATTESTED},
    "no user present": {"flags": VERIFIED | ATTESTED},
    "no key in it": {"flags": PRESENT | VERIFIED},
    "an assertion": {"kind": "webauthn.get"},
    "a key of another algorithm": {"key": cbor.encode({1: 3, 3: -257, -1: bytes(256), -2: b"\x01\x00\x01"})},
    "a key of another curve": {"key": cbor.encode({1: 2, 3: -7, -1: 2, -2: bytes(32), -3: bytes(32)})},
    "a key that says another algorithm": {"key": cbor.encode({1: 1, 3: -7, -1: 6, -2: bytes(32)})},
    "a key without its curve": {"key": cbor.encode({1: 2, 3: -7, -2: bytes(32)})},
    "no key at all": {"key": b""},
    "rubbish for a key": {"key": b"\xff\xff\xff"},
    "a key cut short": {"key": cose_key(P256)[:-1]},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=list(WRONG))
def test_a_registration_with_a_wrong_part_is_refused(party: Party, changes: dict[str, Any]) -> None:
    asked = begun(party)
    made = register(P256, asked["options"], CONSOLE.origin, **changes)
    with pytest.raises(LocalError, match="OFFICER-REGISTRATION"):
        finished(party, {"ticket": asked["ticket"], "credential": made})


@pytest.mark.parametrize("origin", ["https://localhost:7480", "http://localhost:7481", "http://evil.invalid", "null"])
def test_another_origin_is_refused(party: Party, origin: str) -> None:
    asked = begun(party)
    with pytest.raises(LocalError, match="OFFICER-REGISTRATION"):
        finished(party, {"ticket": asked["ticket"], "credential": register(P256, asked["options"], origin)})


RUBBISH: list[Any] = [
    None,
    {},
    [],
    "x",
    {"id": "x", "rawId": "x", "type": "public-key", "response": {}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "AA"}},
    {"padding": "x" * RESPONSE_CHARS_MAX},
]


@pytest.mark.parametrize("rubbish", RUBBISH, ids=[json.dumps(one)[:30] for one in RUBBISH])
def test_rubbish_is_refused_with_one_code(party: Party, rubbish: Any) -> None:
    with pytest.raises(LocalError, match="OFFICER-REGISTRATION"):
        finished(party, {"ticket": begun(party)["ticket"], "credential": rubbish})


def test_a_point_that_is_not_on_the_curve_is_refused(party: Party) -> None:
    asked = begun(party)
    off = cbor.encode({1: 2, 3: -7, -1: 1, -2: b"\x01" * 32, -3: b"\x01" * 32})
    made = register(P256, asked["options"], CONSOLE.origin, key=off)
    with pytest.raises(LocalError, match="OFFICER-REGISTRATION"):
        finished(party, {"ticket": asked["ticket"], "credential": made})


# --- tickets ----------------------------------------------------------------------------------------------------------


def test_a_ticket_is_ours_this_officers_and_of_these_five_minutes() -> None:
    party = officer_desk.alone()
    asked = begun(party)
    made = register(P256, asked["options"], CONSOLE.origin)
    good = asked["ticket"]
    for ticket in ("", "AAAA", "not base64!", good[:-4], good[:40] + "A" + good[41:], "A" * 2_000):
        with pytest.raises(LocalError, match="OFFICER-TICKET"):
            finished(party, {"ticket": ticket, "credential": made})
    given = {"ticket": good, "credential": made}
    with party.read() as books, pytest.raises(LocalError, match="OFFICER-TICKET"):
        officer_enrolment.finish(books, Passkeys(), CONSOLE, party.officer(ADMIN), given)
    party.time.pass_s(301)
    with pytest.raises(LocalError, match="OFFICER-TICKET"):
        finished(party, {"ticket": good, "credential": made})


def test_a_node_without_a_fixed_console_registers_no_passkeys(party: Party) -> None:
    with party.read() as books, pytest.raises(LocalError, match="OFFICER-NO-PASSKEYS"):
        officer_enrolment.begin(books, Passkeys(), Console(name="localhost", origin=""), party.officer(WATCH))


def test_an_officer_without_any_key_registers_one_with_a_code() -> None:
    party = officer_desk.alone()
    with party.write() as books:
        prepared, code = officering.prepare_code(
            books, party.officer(ADMIN), What.RECOVER, party.officer(WATCH), "lost his key"
        )
        with officer_desk.acting_as(ADMIN, "administrator"):
            officering.submit_change(books, party.signed(prepared, "record", ADMIN))
    asked = begun(party, code)
    given = {"ticket": asked["ticket"], "credential": register(P256, asked["options"], CONSOLE.origin)}
    with pytest.raises(LocalError, match="OFFICER-TICKET"):
        finished(party, given)
    with party.write() as books:
        with pytest.raises(LocalError, match="OFFICER-TICKET"):
            officer_enrolment.finish_with_code(books, Passkeys(), CONSOLE, "A" * 24, given)
        done = officer_enrolment.finish_with_code(books, Passkeys(), CONSOLE, code, given)
        with pytest.raises(LocalError, match="OFFICER-CODE"):
            officer_enrolment.finish_with_code(books, Passkeys(), CONSOLE, code, given)
    assert done["officer"] == party.officer(WATCH)
    decide(party, done["change"], ADMIN_2)
    root_signs(party)
    with party.read() as books:
        assert [key.key for key in books.manifest().officers[party.officer(WATCH)].keys] == [P256.public]
