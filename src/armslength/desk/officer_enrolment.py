"""Registering a passkey: by an officer who is signed in, or by one who holds an enrolment code.

The node keeps nothing between the two halves: what the browser hands back carries the node's own signature over the
officer, the code and the time. What is handed in twice proposes the same key
twice, and the second time is refused.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from armslength.core import cbor, cose
from armslength.core.attestation import Kind, OfficerKey
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import MINUTE_US
from armslength.core.realm import domain
from armslength.desk import officer_keys, officering
from armslength.desk.officer_changes import Change, What

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.keys import PublicKey
    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared

Json = dict[str, Any]

TICKET_US: Final = 5 * MINUTE_US
"""From the first touch to the last digit of the key's number."""

TICKET_CHARS_MAX: Final = 1_024
"""A ticket has some three hundred characters."""

NONCE_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The name under which browsers know this console, and its origin."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of an authenticator."""

    rp_id: str
    rp_name: str
    officer: str
    name: str
    user_handle: bytes
    challenge: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A passkey whose registration holds."""

    key: PublicKey
    credential_id: bytes


class Registrar(Protocol):
    """What speaks WebAuthn."""

    def options(self, wanted: Wanted, excluded: Sequence[bytes]) -> Json:
        """Return the creation options for the browser."""
        ...

    def verify(self, wanted: Wanted, origin: str, response: Mapping[str, Any]) -> Registered:
        """Return the passkey of a registration that holds.

        Raises:
            LocalError: OFFICER-REGISTRATION.
        """
        ...


def begin(books: Books, registrar: Registrar, console: Console, officer: str, code: str | None = None) -> Json:
    """Return ``options`` for the browser's `navigator.credentials.create`, and the ``ticket`` to hand back.

    Args:
        books: the books.
        registrar: speaks WebAuthn.
        console: the console in which the passkey will be used.
        officer: whose key it will be; not looked at where a code says it.
        code: the enrolment code, when he is not signed in.

    Raises:
        LocalError: OFFICER-NO-PASSKEYS, OFFICER-CODE, OFFICER-UNKNOWN.
    """
    if not console.origin:
        raise LocalError("OFFICER-NO-PASSKEYS")
    holder, coded = (officer, b"") if code is None else (officering.coded_officer(books, code), _hash(code))
    claim = cbor.encode((holder, coded, books.now, books.rng.bytes(NONCE_BYTES)))
    signature = books.keys.sign("sign", _tbs(books, claim))
    ticket = b64encode(cbor.encode((claim, signature))).decode()
    excluded = officer_keys.every_credential(books, holder)
    return {"options": registrar.options(_wanted(books, console, holder, claim), excluded), "ticket": ticket}


def finish(
    books: Books,
    registrar: Registrar,
    console: Console,
    officer: str,
    given: Mapping[str, Any],
) -> Prepared:
    """Return the proposal of a registered passkey, to be signed by the officer's existing key.

    Raises:
        LocalError: OFFICER-TICKET, OFFICER-REGISTRATION, OFFICER-... codes.
    """
    claim, holder, coded = _ticket(books, given)
    if holder != officer or coded:
        raise LocalError("OFFICER-TICKET")
    found = registrar.verify(_wanted(books, console, holder, claim), console.origin, _response(given))
    change = Change(
        what=What.ADD_KEY,
        officer=officer,
        key=OfficerKey(kind=Kind.WEBAUTHN, key=found.key),
        credential_id=found.credential_id,
        label=str(given.get("label") or ""),
    )
    return officering.prepare_change(books, officer, change, str(given.get("reason") or "a passkey of his own"))


def finish_with_code(books: Books, registrar: Registrar, console: Console, code: str, given: Mapping[str, Any]) -> Json:
    """Enter a passkey that was registered with a code; return the change's number, which an administrator approves.

    Raises:
        LocalError: OFFICER-CODE, OFFICER-TICKET, OFFICER-REGISTRATION, OFFICER-... codes.
    """
    claim, holder, coded = _ticket(books, given)
    if coded != _hash(code) or holder != officering.coded_officer(books, code):
        raise LocalError("OFFICER-TICKET")
    found = registrar.verify(_wanted(books, console, holder, claim), console.origin, _response(given))
    key = OfficerKey(kind=Kind.WEBAUTHN, key=found.key)
    number = officering.offer(books, code, key, found.credential_id, str(given.get("label") or ""))
    return {"change": number, "officer": holder, "key_id": key.key_id.hex()}


def _hash(code: str) -> bytes:
    return officering.code_hash(code)


def _response(given: Mapping[str, Any]) -> Mapping[str, Any]:
    response = given.get("credential")
    if not isinstance(response, dict):
        raise LocalError("OFFICER-REGISTRATION", expected="credential")
    return response


def _wanted(books: Books, console: Console, officer: str, claim: bytes) -> Wanted:
    known = officering.planned(books).get(officer)
    if known is None:
        raise LocalError("OFFICER-UNKNOWN", asked=officer)
    return Wanted(
        rp_id=console.name,
        rp_name=f"{books.party} {books.realm.value}",
        officer=officer,
        name=known.name,
        # The same officer's keys replace each other on an authenticator; the handle says nothing of who he is.
        user_handle=sha256(cbor.encode((domain(books.realm, "user-handle"), books.party, officer))).digest(),
        challenge=sha256(_tbs(books, claim)).digest(),
    )


def _tbs(books: Books, claim: bytes) -> bytes:
    """Return what the node signs of a ticket; no record and no checkpoint begins like that."""
    return cbor.encode((domain(books.realm, "enrolment"), claim))


def _ticket(books: Books, given: Mapping[str, Any]) -> tuple[bytes, str, bytes]:
    """Return the claim of a ticket of ours that is not over, its officer, and the hash of its code."""
    ticket = str(given.get("ticket") or "")
    if len(ticket) > TICKET_CHARS_MAX:
        raise LocalError("OFFICER-TICKET")
    try:
        value = cbor.decode(b64decode(ticket, validate=True))
        claim, signature = value if isinstance(value, tuple) and len(value) == 2 else (None, None)
        if not isinstance(claim, bytes) or not isinstance(signature, bytes):
            raise LocalError("OFFICER-TICKET")
        cose.raw_verify(books.keys.public("sign").verifier(), signature, _tbs(books, claim))
        # Only this node makes such a claim, so its shape is known once its signature holds.
        officer, coded, made_at, _ = cast("tuple[str, bytes, int, bytes]", cbor.decode(claim))
    except (ArmslengthError, Base64Error, ValueError) as error:
        raise LocalError("OFFICER-TICKET") from error
    if not made_at <= books.now <= made_at + TICKET_US:
        raise LocalError("OFFICER-TICKET", because="its five minutes are over")
    return claim, officer, coded
