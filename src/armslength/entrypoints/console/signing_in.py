"""Signing in at the console: a challenge, its answer, and the session that comes of it. Everything below /sign-in/.

The answer is a signature by a key of the manifest in force, or a client certificate that TLS has verified; there are no
passwords here. Whatever is wrong with an answer, the refusal is the same, and a name that no officer has is asked for
keys like any other. A session is never continued from before: each sign-in and each unlocking gives a new token.
"""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from armslength import __version__
from armslength.core.attestation import Kind, sign_in_statement, verify_sign_in
from armslength.core.certificates import read_certificate
from armslength.core.cose import raw_verify
from armslength.core.errors import ArmslengthError, LocalError, shown
from armslength.core.instants import rfc3339
from armslength.desk.officer_keys import blocked, credential_ids
from armslength.desk.signing_in import SALT_BYTES, check_nonce, decoy, make_nonce
from armslength.entrypoints.api.asked import json_bytes
from armslength.entrypoints.api.gate import Caller, Gate
from armslength.entrypoints.api.problems import DETAILS_MAX
from armslength.entrypoints.console import certificates, enrolling
from armslength.entrypoints.console.gate import check_page, cookie_header, hosts_of, token_of
from armslength.entrypoints.console.seats import Session, seats_of
from armslength.entrypoints.console.sign_in_shapes import Begin, Enrol, Enrolled, Finish

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.entrypoints.api.gate import AsgiApp, AsgiReceive, AsgiSend, Message, Scope
    from armslength.entrypoints.console.seats import Seats
    from armslength.node import Node

Json = dict[str, Any]
ShapeT = TypeVar("ShapeT", bound=BaseModel)

BODY_BYTES_MAX: Final = 32 * 1024
"""An assertion with all its parts at their bounds, in base64."""

KINDS: Final[Mapping[str, Kind]] = {"file-key": Kind.RAW_KEY, "passkey": Kind.WEBAUTHN}
"""Method -> the kind of keys that it takes."""

KEY_ID_BYTES: Final = 16
CREDENTIAL_ID_BYTES: Final = 32
"""As most authenticators make them; a decoy must not stand out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One request, past the gate."""

    node: Node
    seats: Seats
    scope: Scope
    headers: dict[bytes, bytes]
    body: bytes

    def read(self, shape: type[ShapeT]) -> ShapeT:
        """Read the body.

        Raises:
            LocalError: API-REQUEST.
        """
        try:
            return shape.model_validate_json(self.body)
        except ValidationError as error:
            # Where and what is wrong, never what was given: it may be a secret in the wrong field.
            faults = error.errors(include_input=False, include_url=False, include_context=False)[:DETAILS_MAX]
            said = {shown(".".join(str(part) for part in one["loc"])) or "body": shown(one["msg"]) for one in faults}
            raise LocalError("API-REQUEST", **said) from None

    def session(self) -> Session:
        """Return whose session it is.

        Raises:
            LocalError: SESSION-NONE, SESSION-EXPIRED.
        """
        return self.seats.find(token_of(self.node, self.headers))

    def session_before(self) -> Session | None:
        """Return the session that this browser had, if it stands."""
        try:
            return self.session()
        except LocalError:
            return None


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer; ``token`` sets the cookie, an empty one takes it away."""

    value: Json
    token: str | None = None


class SignInGate(Gate):
    """The gate before the sign-in: our own page, a small body, and no session needed."""

    body_bytes_max = BODY_BYTES_MAX

    def admit(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller | None:
        """Check that our own page asks; who may go on is judged by each operation.

        Raises:
            LocalError: API-HOST, CONSOLE-ORIGIN.
        """
        check_page(self.node, scope, headers)
        return None


def sign_in_routes(node: Node) -> AsgiApp:
    """Return the application of everything below /sign-in/."""

    async def app(scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        seats = seats_of(node)
        seats.watch()
        message = await receive()
        asked = _Asked(
            node=node, seats=seats, scope=scope, headers=dict(scope["headers"]), body=message.get("body", b"")
        )
        said = await _does(scope)(asked)
        await _answer(send, node.console_origin, said)

    return SignInGate(app, node=node, hosts=hosts_of(node))


def _does(scope: Scope) -> Callable[[_Asked], Awaitable[_Said]]:
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    found = OPERATIONS.get((method, scope["path"]))
    if found is None:
        raise LocalError("API-METHOD" if any(path == scope["path"] for _, path in OPERATIONS) else "API-PATH")
    return found


async def _answer(send: AsgiSend, origin: str, said: _Said) -> None:
    body = json_bytes(said.value)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if said.token is not None:
        headers.append((b"set-cookie", cookie_header(origin, said.token)))
    start: Message = {"type": "http.response.start", "status": 200, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body})


# --- what may be asked ------------------------------------------------------------------------------------------------


async def about(asked: _Asked) -> _Said:
    """Say whose console this is, and which ways to sign in it has; open to whoever reaches it."""
    node = asked.node
    settings = node.settings
    roster = node.service.look(lambda books: books.roster())
    officers = [{"officer": one.officer, "roles": sorted(one.roles)} for one in roster.officers.values()]
    return _Said(
        {
            "party": settings.party,
            "realm": settings.realm,
            "demonstration": settings.demonstration,
            "languages": list(settings.languages),
            "origin": node.console_origin,
            "passkeys": any(origin == node.console_origin for _, origin in roster.relying_parties),
            "certificate": _certificate(asked) is not None,
            "now": rfc3339(asked.seats.now()),
            "version": __version__,
            "software": "armslength",
            "idle_s": asked.seats.idle_s,
            # A demonstration says who there is to be; elsewhere that is for those who are signed in.
            "officers": sorted(officers, key=lambda one: str(one["officer"])) if settings.demonstration else [],
        }
    )


async def begin(asked: _Asked) -> _Said:
    """Give a challenge for one officer and one method; it costs the node nothing, and tells of no officer whether."""
    wanted = asked.read(Begin)
    seats = asked.seats
    nonce = make_nonce(seats.challenge_secret, seats.now(), seats.rng.bytes(SALT_BYTES), wanted.officer, wanted.method)
    secret = await seats.decoy_secret()
    statement = sign_in_statement(asked.node.realm, asked.node.console_origin, wanted.officer, nonce)
    kind, keys = KINDS.get(wanted.method), []
    if kind is not None:
        keys = asked.node.service.look(lambda books: _keys(books, wanted.officer, kind)) or [_decoy(secret, wanted)]
    return _Said({"nonce": nonce.hex(), "statement": statement.hex(), "keys": keys})


async def finish(asked: _Asked) -> _Said:
    """Answer a challenge; a session begins, and whatever session this browser had ends."""
    given = asked.read(Finish)
    key_id = await _proven(asked, given)
    before = asked.session_before()
    token = await asked.seats.sign_in(given.officer, given.method, key_id, given.post, before)
    return _Said(_session_json(asked, asked.seats.find(token)), token)


async def session(asked: _Asked) -> _Said:
    """Say who is signed in here."""
    return _Said(_session_json(asked, asked.session()))


async def use(asked: _Asked) -> _Said:
    """Say that a person used the page just now; a locked session stays locked."""
    found = asked.session()
    if found.locked:
        raise LocalError("SESSION-LOCKED")
    asked.seats.use(found)
    return _Said(_session_json(asked, asked.session()))


async def lock(asked: _Asked) -> _Said:
    """Lock the session; a locked one stays so."""
    await asked.seats.lock(asked.session())
    return _Said(_session_json(asked, asked.session()))


async def unlock(asked: _Asked) -> _Said:
    """Answer a challenge as the officer of the session; it opens again, under a new token."""
    found, given = asked.session(), asked.read(Finish)
    key_id = await _proven(asked, given, only=found.officer)
    token = await asked.seats.unlock(found, given.method, key_id)
    return _Said(_session_json(asked, asked.seats.find(token)), token)


async def out(asked: _Asked) -> _Said:
    """Sign out; who is not signed in is signed out."""
    found = asked.session_before()
    if found is not None:
        await asked.seats.sign_out(found)
    return _Said({"signed_out": True}, "")


async def enrol_begin(asked: _Asked) -> _Said:
    """Begin the registration of a passkey by an officer who holds an enrolment code."""
    return _Said(enrolling.begin(asked.node, asked.read(Enrol).model_dump()))


async def enrol_finish(asked: _Asked) -> _Said:
    """Enter the passkey that was registered with a code, for an administrator to approve."""
    return _Said(await enrolling.finish(asked.node, asked.read(Enrolled).model_dump()))


OPERATIONS: Final[Mapping[tuple[str, str], Callable[[_Asked], Awaitable[_Said]]]] = {
    ("GET", "/sign-in/about"): about,
    ("POST", "/sign-in/begin"): begin,
    ("POST", "/sign-in/finish"): finish,
    ("GET", "/sign-in/session"): session,
    ("POST", "/sign-in/use"): use,
    ("POST", "/sign-in/lock"): lock,
    ("POST", "/sign-in/unlock"): unlock,
    ("POST", "/sign-in/out"): out,
    ("POST", "/sign-in/enrol/begin"): enrol_begin,
    ("POST", "/sign-in/enrol/finish"): enrol_finish,
}
"""Method and path -> what does it; who may is in `console.access`."""


# --- who it is --------------------------------------------------------------------------------------------------------


async def _proven(asked: _Asked, given: Finish, *, only: str | None = None) -> bytes:
    """Return the id of the key, or of the certificate, by which an officer proved who it is.

    Raises:
        LocalError: SIGN-IN-REFUSED, whatever was wrong; SIGN-IN-LATER.
    """
    seats = asked.seats
    address = str((asked.scope.get("client") or ("",))[0])
    seats.limits.check(given.officer, address, seats.now())
    try:
        nonce = bytes.fromhex(given.nonce)
        check_nonce(seats.challenge_secret, seats.now(), nonce, given.officer, given.method)
        if only is not None and given.officer != only:
            raise LocalError("SIGN-IN-REFUSED")
        key_id = _by_certificate(asked, given) if given.method == "certificate" else _by_key(asked, given, nonce)
        seats.spent.spend(nonce, seats.now())
    except ArmslengthError as error:
        if error.code == "CERTIFICATES-FILE":
            asked.node.log_fault("sign-in-certificates", error)
        await seats.refuse(given.officer, given.method, address)
        raise LocalError("SIGN-IN-REFUSED") from None
    return key_id


def _by_key(asked: _Asked, given: Finish, nonce: bytes) -> bytes:
    node, evidence = asked.node, _evidence(given)
    key_id = bytes.fromhex(given.key_id or "")
    try:
        verify_sign_in(
            kind=KINDS[given.method],
            officer=given.officer,
            key_id=key_id,
            evidence=evidence,
            realm=node.realm,
            roster=node.service.look(lambda books: books.roster()),
            origin=node.console_origin,
            nonce=nonce,
        )
    except ArmslengthError as error:
        if error.code != "ACT-SIGNATURE":
            _take_as_long(node, nonce)
        raise
    return key_id


def _evidence(given: Finish) -> tuple[CborValue, ...]:
    """Return the evidence of the method; nothing else may come with it."""
    if given.method == "file-key" and given.assertion is None and given.signature is not None:
        return (bytes.fromhex(given.signature),)
    if given.method == "passkey" and given.signature is None and given.assertion is not None:
        parts = (given.assertion.authenticator_data, given.assertion.client_data, given.assertion.signature)
        return tuple(b64decode(part) for part in parts)
    raise LocalError("SIGN-IN-REFUSED")


def _take_as_long(node: Node, message: bytes) -> None:
    """Verify a signature that does not hold: a name that no officer has must not be refused sooner."""
    key = node.keys.public("sign")
    try:
        raw_verify(key.verifier(), bytes(64), message)
    except ArmslengthError:
        return


def _by_certificate(asked: _Asked, given: Finish) -> bytes:
    data = _certificate(asked)
    if data is None or given.key_id or given.signature or given.assertion:
        raise LocalError("SIGN-IN-REFUSED")
    found = read_certificate(data)
    claimed = certificates.officer_of(asked.node.home.path, found)
    known = asked.node.service.look(lambda books: not blocked(books, given.officer))
    if claimed != given.officer or not known:
        raise LocalError("SIGN-IN-REFUSED")
    return found.fingerprint


def _certificate(asked: _Asked) -> bytes | None:
    """Return the certificate (DER) that TLS verified on this connection, if the browser had one."""
    found = asked.scope.get("state", {}).get("client_certificate")
    return found if isinstance(found, bytes) and found else None


# --- what is shown ----------------------------------------------------------------------------------------------------


def _session_json(asked: _Asked, found: Session) -> Json:
    settings, held = asked.node.settings, found.held
    return {
        "session": found.id,
        "officer": found.officer,
        "name": found.name,
        "roles": sorted(found.roles),
        "party": settings.party,
        "realm": settings.realm,
        "demonstration": settings.demonstration,
        "method": held.method,
        "signed_in_at": rfc3339(held.signed_in_at),
        "expires_at": rfc3339(found.expires_at),
        "idle_s": asked.seats.idle_s,
        "locked": found.locked,
        "keys": asked.node.service.look(lambda books: _keys(books, found.officer, None)),
        "languages": list(settings.languages),
        "time_zone": settings.time_zone,
        "post": held.post,
    }


def _keys(books: Books, officer: str, kind: Kind | None) -> list[Json]:
    """Return the keys of an officer that sign: all of them, or those of one kind."""
    known = books.roster().officers.get(officer)
    credentials = credential_ids(books, officer)
    rows = []
    for key in () if known is None else known.keys:
        if kind in {None, key.kind}:
            row: Json = {"kind": int(key.kind), "key_id": key.key_id.hex()}
            if key.key_id in credentials:
                row["credential_id"] = _base64url(credentials[key.key_id])
            rows.append(row)
    return rows


def _decoy(secret: bytes, wanted: Begin) -> Json:
    """Return a key that nobody has, the same one whenever this name is tried."""
    row: Json = {"kind": int(KINDS[wanted.method])}
    row["key_id"] = decoy(secret, wanted.officer, wanted.method, KEY_ID_BYTES).hex()
    if wanted.method == "passkey":
        row["credential_id"] = _base64url(decoy(secret, wanted.officer, "credential", CREDENTIAL_ID_BYTES))
    return row


def _base64url(data: bytes) -> str:
    """Return bytes as WebAuthn's JSON has them."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()
