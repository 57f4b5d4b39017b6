"""A console over a desk in memory: what its sessions ask of a node, and a browser that keeps a cookie."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import httpx2

from armslength.adapters.format_fluent import load_renderer
from armslength.adapters.readers import FileReaders
from armslength.core.attestation import Officer
from armslength.core.cose import ED25519
from armslength.core.instants import Instant
from armslength.core.keys import PublicKey
from armslength.desk.desk import Desk
from armslength.desk.service import Service
from armslength.desk.sign_ins import read_sign_ins
from armslength.entrypoints.api.app import build_app
from armslength.entrypoints.console.gate import ConsoleGate, cookie_name
from armslength.entrypoints.console.signing_in import sign_in_routes
from armslength.line.manifest import ROLES
from armslength.node import Home, Settings
from builders.desks import Bell, Wire
from builders.passkeys import Authenticator
from builders.two_nodes import DAY, LEGAL, LINGUIST, RELEASER, START, WATCH, Party, TwoNodes, opened, strangers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from armslength.entrypoints.api.gate import AsgiApp, AsgiReceive, AsgiSend, Scope
    from armslength.node import Node

ORIGIN = "http://localhost:7480"

PASSKEYS = {
    WATCH: Authenticator(alg="ES256", seed="watch"),
    RELEASER: Authenticator(alg="Ed25519", seed="release"),
    LEGAL: Authenticator(alg="ES256", seed="legal"),
    LINGUIST: Authenticator(alg="Ed25519", seed="linguist"),
}
"""Post -> passkey that its officer has beside the key file."""


def passkey_of(post: str) -> Authenticator:
    """Return the passkey of a post, or the one of a post that a test made."""
    return PASSKEYS.get(post) or Authenticator(alg="Ed25519", seed=post)


class DeskNode:
    """Quacks as a node towards the console."""

    def __init__(self, party: Party, home: Path, **settings: Any) -> None:
        self.party = party
        self.realm, self.keys = party.realm, party.keys
        self.desk = Desk(
            realm=party.realm,
            store=party.store,
            keys=party.keys,
            clock=party.time,
            rng=party.rng,
            net=Wire(),
            notifier=Bell(),
        )
        self.service = Service(self.desk, load_renderer, FileReaders())
        given = {"party": party.code, "realm": party.realm.value, "console_port": 7480, **settings}
        self.settings = Settings(**given)
        self.home = Home(home)
        self.console_origin = self.settings.console_origin()
        self.faults: list[str] = []

    def officer_of(self, _token: str) -> str | None:
        """Return no officer: no token of the API opens the console."""
        return None

    def log_fault(self, event: str, error: Exception) -> None:
        """Remember a fault."""
        self.faults.append(f"{event}: {error!r}")

    @property
    def as_node(self) -> Node:
        """Itself, as what it quacks as."""
        return cast("Node", self)


def with_passkeys(party: Party, passkeys: Mapping[str, Authenticator] = PASSKEYS) -> None:
    """Let the party's manifest list the passkeys, and the console where they sign."""
    with party.read() as books:
        officers = dict(books.manifest().officers)
    for post, one in passkeys.items():
        listed = officers[party.officer(post)]
        officers[listed.officer] = replace(listed, keys=(*listed.keys, one.officer_key))
    parties = tuple({one.relying_party: None for one in passkeys.values()})
    party.next_manifest(officers=officers, relying_parties=parties)


def without(party: Party, post: str) -> None:
    """Remove an officer."""
    with party.read() as books:
        officers = {name: one for name, one in books.manifest().officers.items() if name != party.officer(post)}
    party.next_manifest(officers=officers)


@dataclass
class Browser:
    """A browser on one page of the console, at one floor machine."""

    node: DeskNode
    app: AsgiApp
    address: str = "10.0.0.7"
    origin: str | None = ORIGIN
    cookie: str = ""
    state: dict[str, Any] = field(default_factory=dict)

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """Ask as a page does; a cookie that comes back is kept."""
        app: Any = _with_state(self.app, self.state)
        transport = httpx2.ASGITransport(app=app, client=(self.address, 1))
        sent = dict(headers)
        if self.origin is not None and method != "GET":
            sent.setdefault("origin", self.origin)
        if self.cookie:
            sent.setdefault("cookie", f"{cookie_name(self.node.console_origin)}={self.cookie}")
        base = self.node.console_origin
        async with httpx2.AsyncClient(transport=transport, base_url=base, cookies=None) as client:
            answer = await client.request(method, path, json=body, headers=sent)
        given = answer.headers.get("set-cookie")
        if given is not None:
            self.cookie = given.partition("=")[2].partition(";")[0]
        return answer

    async def begin(self, post: str, method: str = "file-key") -> dict[str, Any]:
        """Ask for a challenge."""
        asked = {"officer": self.node.party.officer(post), "method": method}
        answer = await self.ask("POST", "/sign-in/begin", asked)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def answer_to(self, asked: Mapping[str, Any], post: str, method: str = "file-key") -> dict[str, Any]:
        """Return the right answer to a challenge."""
        officer = self.node.party.officer(post)
        found = {"officer": officer, "method": method, "nonce": asked["nonce"], "post": "desk 3"}
        said = bytes.fromhex(asked["statement"])
        if method == "file-key":
            key = self.node.party.officer_keys[officer]
            found |= {"key_id": key_id_of(key.public), "signature": key.sign(said).hex()}
        if method == "passkey":
            found |= {"key_id": passkey_of(post).key_id, "assertion": passkey_of(post).assertion(said)}
        return found

    async def sign_in(self, post: str = WATCH, method: str = "file-key") -> dict[str, Any]:
        """Sign in; return the session."""
        given = self.answer_to(await self.begin(post, method), post, method)
        answer = await self.ask("POST", "/sign-in/finish", given)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def key_id_of(public: bytes) -> str:
    """Return the id of an officer's file key."""
    return PublicKey(ED25519, public).kid.hex()


def _with_state(app: AsgiApp, state: dict[str, Any]) -> AsgiApp:
    async def stated(scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        scope["state"] = dict(state)
        await app(scope, receive, send)

    return stated


def console_app(node: DeskNode) -> AsgiApp:
    """Return sign-in and API of a console, without its pages."""
    api, signing = build_app(node.as_node, gate=ConsoleGate), sign_in_routes(node.as_node)

    async def app(scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        await (signing if scope["path"].startswith("/sign-in/") else api)(scope, receive, send)

    return app


@dataclass
class ConsoleDesk:
    """A console of EUCOM, with what a test changes of it."""

    node: DeskNode
    app: AsgiApp
    two: TwoNodes

    def browser(self, **changes: Any) -> Browser:
        """Return a browser that nobody has signed in with."""
        return Browser(self.node, self.app, **changes)

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.two.time.pass_s(seconds)

    def restarted(self) -> ConsoleDesk:
        """Return the same store under a new process."""
        node = DeskNode(self.node.party, self.node.home.path)
        return ConsoleDesk(node, console_app(node), self.two)

    def told(self) -> list[dict[str, Any]]:
        """Return what the journal says of who sat at the console."""
        with self.node.party.read() as books:
            return read_sign_ins(books, START, Instant(START + 30 * DAY))


def console_desk(home: Path, *, line: bool = False, **settings: Any) -> ConsoleDesk:
    """Return a console over a desk in memory; ``line`` opens one to NDMC."""
    two = opened() if line else strangers()
    with_passkeys(two.eucom)
    if line:
        two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    node = DeskNode(two.eucom, home, **settings)
    return ConsoleDesk(node, console_app(node), two)


def with_every_role(party: Party) -> dict[str, str]:
    """Give every role an officer of its own with a passkey; return role -> post."""
    with party.read() as books:
        officers = dict(books.manifest().officers)
    posts = {}
    for role in sorted(ROLES):
        post = f"{role}-9"
        officer = party.officer(post)
        keys = (passkey_of(post).officer_key,)
        officers[officer] = Officer(officer=officer, name=post, roles=frozenset({role}), keys=keys)
        posts[role] = post
    party.next_manifest(officers=officers, relying_parties=(PASSKEYS[WATCH].relying_party,))
    return posts


def run(desk: ConsoleDesk, story: Callable[[], Awaitable[None]]) -> None:
    """Run a story; no fault of ours may have happened in it."""

    async def main() -> None:
        await story()
        await desk.node.desk.close()

    asyncio.run(main())
    assert desk.node.faults == []
