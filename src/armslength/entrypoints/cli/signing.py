"""What you sign is what you see: prepared bytes are read here, their hash reckoned here, their text made here.

The node may show whatever it likes; the officer's signature goes over the body hash of the very bytes that were shown.
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.desk import policy
from armslength.desk.prepared import Prepared, attest, decode_prepared
from armslength.entrypoints.cli import officers, terminal
from armslength.entrypoints.cli.client import connect
from armslength.entrypoints.cli.home import home_of, settings_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from armslength.entrypoints.cli.client import Client
    from armslength.node import Signing

Json = Any

ACT_OF: Final[Mapping[str, frozenset[str]]] = {
    **{kind: frozenset({act}) for kind, (act, _) in policy.LOCAL_ACTS.items()},
    "message": frozenset({"draft", "release", "stop"}),
    "check": frozenset({"legal-tick", "linguist-check"}),
    "receipt": frozenset({"receipt"}),
    "peer-pin": frozenset({"introduce"}),
    "charter-assent": frozenset({"assent"}),
    "delegation": frozenset({"delegate", "countersign"}),
}
"""Record type -> the acts that an officer may make over it; a node that asks for another is refused."""


@dataclass(slots=True)
class Acting:
    """A command at work: the home, the way to its node, and the keys opened so far."""

    args: Namespace
    home: Path
    realm: Realm
    party: str
    client: Client
    _keys: dict[str, Signing] = field(default_factory=dict)
    _warned: bool = False

    def officer(self, roles: Iterable[str]) -> str:
        """Return who acts: --officer, else the first whose role fits."""
        return officers.choose(self.home, roles, getattr(self.args, "officer", None))

    def prepare(self, kind: str, officer: str, **arguments: Json) -> Json:
        """Ask the node for a body to sign."""
        return self.client.prepare(kind, officer, arguments)

    def sign(self, asked: Json, officer: str) -> Json:
        """Return one submission: the prepared bytes and the officer's act over their hash.

        Raises:
            LocalError: SIGN-MISMATCH, and the keystore's codes.
        """
        prepared = read_prepared(asked)
        act, role = str(asked["act"]), str(asked["role"])
        if act not in ACT_OF.get(prepared.type, ()) or prepared.body.get(3) != self.party:
            raise LocalError("SIGN-MISMATCH", type=prepared.type, act=act, party=prepared.body.get(3))
        if act not in {"release", "countersign"} and prepared.body.get(5) != officer:
            raise LocalError("SIGN-MISMATCH", expected=officer, got=prepared.body.get(5))
        statement = attest(self.realm, prepared, act, role, officer)
        if not hmac.compare_digest(statement.hex(), str(asked["statement"])):
            raise LocalError("SIGN-MISMATCH", expected=statement, got=asked["statement"])
        key = self._key(officer)
        return {
            "prepared": asked["prepared"],
            "acts": [
                {
                    "act": act,
                    "role": role,
                    "officer": officer,
                    "key_id": key.public.kid.hex(),
                    "signature": key.sign(statement).hex(),
                }
            ],
        }

    def _key(self, officer: str) -> Signing:
        if officer not in self._keys:
            from armslength.node import load_officer

            self._keys[officer] = load_officer(self.home, officer, terminal.passphrase(self.args, officer))
        return self._keys[officer]

    def submit(self, officer: str, *submissions: Json) -> list[Json]:
        """Submit what was signed, all or none; say so when no node runs that could carry it."""
        results = self.client.submit(officer, submissions)
        if not self.client.running and not self._warned and any("delivery" in one for one in results):
            self._warned = True
            terminal.warn("THE NODE DOES NOT RUN: nothing leaves until it is started (armslength run).")
        return results

    def sign_local(self, kind: str, roles: Iterable[str], arguments: Mapping[str, Json]) -> Json:
        """Prepare, show, sign and submit a record that stays at home; return what the node answered."""
        officer = self.officer(roles)
        asked = self.client.prepare(kind, officer, arguments)
        if not getattr(self.args, "json", False):
            show_body(self.realm, asked)
        return self.submit(officer, self.sign(asked, officer))[0]


class acting:  # noqa: N801 - reads as a word: with acting(args) as desk
    """A context in which a command acts: opens the way to the node, closes it afterwards."""

    def __init__(self, args: Namespace) -> None:
        self._args = args
        self._client: Client | None = None

    def __enter__(self) -> Acting:
        home = home_of(self._args)
        settings = settings_of(home)
        self._client = connect(home)
        return Acting(self._args, home, Realm(settings["realm"]), settings["party"], self._client)

    def __exit__(self, *_exception: object) -> None:
        if self._client is not None:
            self._client.close()


def read_prepared(asked: Json) -> Prepared:
    """Return the prepared body that a node asks us to sign.

    Raises:
        LocalError: PREPARED-MALFORMED.
    """
    try:
        return decode_prepared(b64decode(str(asked["prepared"]), validate=True))
    except (Base64Error, KeyError, TypeError) as error:
        raise LocalError("PREPARED-MALFORMED", part="base64") from error


def show_message(desk: Acting, asked: Json, *, locale: str | None = None) -> str:
    """Return the text of a message to be signed, made here from its bytes, and print it unless JSON is wanted."""
    text = message_text(desk, read_prepared(asked), locale)
    if not getattr(desk.args, "json", False):
        terminal.say(text)
    return text


def message_text(desk: Acting, prepared: Prepared, locale: str | None = None) -> str:
    """Return a message body as text in our language (or another), rendered in this process."""
    from armslength.core.instants import Instant
    from armslength.language.shapes import Header
    from armslength.line import fields
    from armslength.node import load_renderer

    body = dict(prepared.body)
    own = officers.own_manifest(desk.home)
    addressees = tuple(str(one) for one in body.get(4, ()))  # type: ignore[union-attr]  # a tuple by the form
    header = Header(
        realm=desk.realm,
        author=str(body.get(3)),
        addressees=addressees,
        number=None,
        stated_at=Instant(int(str(body.get(2)))),
        officer=None if body.get(5) is None else str(body[5]),
        handling=None if body.get(6) is None else str(body[6]),
    )
    zones = ((own.party, own.time_zone), *((party, _zone(desk, party)) for party in addressees))
    language = locale or own.languages[0]
    renderer = load_renderer(desk.home / "languages")
    return renderer.render(str(body.get(fields.FORM_CODE)), body, header, language, zones).text


def _zone(desk: Acting, party: str) -> str:
    lines: Sequence[Json] = desk.client.read("lines")
    return next((str(one["peer_time_zone"]) for one in lines if one["peer"] == party), "UTC")


def require_shown(asked: Json, field_number: int) -> str:
    """Return the text that a receipt is about, once its hash in the prepared body fits.

    Raises:
        LocalError: SIGN-MISMATCH.
    """
    text = str(asked.get("text", ""))
    expected = read_prepared(asked).body.get(field_number)
    if isinstance(expected, bytes) and not hmac.compare_digest(expected, sha256(text.encode()).digest()):
        raise LocalError("SIGN-MISMATCH", expected=expected, got=sha256(text.encode()).digest())
    return text


def show_body(realm: Realm, asked: Json) -> None:
    """Print the fields of a local record that is to be signed, from its bytes."""
    from armslength.entrypoints.cli.labels import body_rows

    prepared = read_prepared(asked)
    terminal.heading(realm.value, f"{prepared.type}, to be signed by {asked['officer']} as {asked['role']}")
    rows = body_rows(prepared.type, prepared.body)
    if rows:
        terminal.pairs(rows)
    terminal.say()
