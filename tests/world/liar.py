"""A peer that lies: it holds the valid keys of a party and its officers, and says what its node never said.

Each lie is one that the other node can see through by itself; whatever it let in would be found by the invariants,
since nothing of it is in the honest node's journal. Lies that contradict what was accepted must be kept as evidence,
and must ring.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from armslength.core import cbor, record
from armslength.core.errors import Unavailable
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm, domain
from armslength.desk import drafting, opening, views
from armslength.desk.books import key_id_of
from armslength.desk.checkpoints import origin
from armslength.journal import checkpoint as checkpoints
from armslength.line import braid, envelope
from builders.two_nodes import WATCH
from world.clock import DAY
from world.net import deliver, spoiled
from world.node import NodeDown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.record import Item
    from armslength.desk.books import Books
    from world.node import SimNode
    from world.world import World


class Liar:
    """Whoever holds a party's keys beside the party's own node."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.told: dict[str, int] = {}

    async def lie(self, count: int) -> None:
        """Tell some lies, at random times, each through whichever party."""
        for _ in range(count):
            await asyncio.sleep(self._world.rng.uniform(1, 15))
            liar = self._world.nodes[self._world.rng.choice(sorted(self._world.nodes))]
            victim = self._world.nodes[self._world.rng.choice(sorted(liar.peers))]
            await self.tell(self._world.rng.choice(LIES), liar, victim)

    async def tell(self, name: str, liar: SimNode, victim: SimNode) -> bool:
        """Tell one lie; False when there was nothing to lie about, or nobody to hear it."""
        line = liar.peers[victim.name]
        try:
            made: list[tuple[bytes, bytes]] = getattr(self, name)(liar, victim, line)
        except NodeDown:
            return False
        self._world.trace("lie", name, liar.name, victim.name, len(made))
        for at, body in made:
            self.told[name] = self.told.get(name, 0) + 1
            try:
                await deliver(victim, at, body)
            except Unavailable:
                continue
        return bool(made)

    # --- the lies -----------------------------------------------------------------------------------------------------

    def replay(self, _liar: SimNode, victim: SimNode, _line: bytes) -> list[tuple[bytes, bytes]]:
        """What crossed once, again, and on whatever line."""
        tape = self._world.net.tape
        if not tape:
            return []
        _, line, body = self._world.rng.choice(tape)
        return [(line, body), (self._world.rng.choice(victim.lines), body)]

    def fork(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """Another message under a number that the victim has accepted."""
        held = victim.ledger.inn.line(line)
        if not held:
            return []
        number = self._world.rng.choice(sorted(held))
        return self._message(liar, victim, line, lambda link: {**link, 1: number})

    def backdated(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """The next message, released a day before the last one."""
        if not victim.ledger.inn.line(line):
            return []
        return self._message(liar, victim, line, lambda link: {**link, 5: int(link[5]) - DAY})  # type: ignore[call-overload]

    def wrong_predecessor(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """The next message, after another history."""
        return self._message(liar, victim, line, lambda link: {**link, 2: bytes(31) + b"\x01"})

    def unheard(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """The next message, claiming to have accepted what the victim never sent."""
        return self._message(liar, victim, line, lambda link: {**link, 3: int(link[3]) + 7, 4: bytes(32)})  # type: ignore[call-overload]

    def wrong_line(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """A message made for a line that does not exist."""
        item = self._next(liar, victim, line, lambda link: link, at=bytes(16))
        return [(line, self._sealed(liar, victim, line, (item,)))]

    def wrong_realm(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """A message made in the other realm, in a transport of this one and of its own."""
        item = self._next(liar, victim, line, lambda link: link, realm=Realm.REAL)
        return [
            (line, self._sealed(liar, victim, line, (item,))),
            (line, self._sealed(liar, victim, line, (item,), realm=Realm.REAL)),
        ]

    def wrong_signature(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """The next message signed by a key that the victim does not know, and with a signature that does not hold."""
        item = self._next(liar, victim, line, lambda link: link)
        spoilt = record.Item(
            envelope=item.envelope[:-1] + bytes([item.envelope[-1] ^ 1]),
            body_seed=item.body_seed,
            body=item.body,
            link_seed=item.link_seed,
            link=item.link,
            acts=item.acts,
        )
        return [(line, self._sealed(liar, victim, line, (spoilt,)))]

    def swapped_receipt(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """An R0 and an R1 of an envelope that the victim never sent, and an R0 with another journal's checkpoint."""
        out = victim.ledger.out.line(line)
        known = out[max(out)].envelope_hash if out else bytes(32)

        def make(books: Books) -> list[Item]:
            common = books.common(None, (victim.name,))
            common |= {20: 0, 22: 10**6, 24: "ACCEPTED", 25: 0, 26: (), 27: books.now}
            note = _note(books, liar, len(liar.ledger.leaves), bytes(32))
            return [
                books.make("node-receipt", line, {**common, 21: bytes(32), 23: note}).item,
                books.make("node-receipt", line, {**common, 21: known, 23: note}).item,
            ]

        stated: dict[int, CborValue] = {20: 1, 21: known, 22: 999, 30: "en", 31: bytes(32)}
        made = self._next(liar, victim, line, lambda link: link, kind="receipt", body=stated)
        return [(line, self._sealed(liar, victim, line, (*liar.look(make), made)))]

    def rolled_back(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """An offer of the journal as it was before what the victim cosigned, and of another one of the same size."""
        row = victim.look(lambda books: views.row(books.unit, views.WITNESS, line))
        if row is None or row[1] < 2:
            return []

        def make(books: Books) -> list[Item]:
            common = {**books.common(None, (victim.name,)), 21: row[1], 22: (), 23: None}
            return [
                books.make("cosign", line, {**common, 20: _note(books, liar, row[1], bytes(32))}).item,
                books.make("cosign", line, {**common, 20: _note(books, liar, row[1] + 5, bytes(32))}).item,
            ]

        return [(line, self._sealed(liar, victim, line, liar.look(make)))]

    def boast(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """A hello that claims numbers and hashes which never were."""

        def make(books: Books) -> list[Item]:
            true = opening.hello(books, books.line(line), query=False)[0]
            return [books.make("hello", line, {**true.body, 23: 10**6, 24: bytes(32), 25: 0, 26: braid.ZERO_HASH}).item]

        return [(line, self._sealed(liar, victim, line, liar.look(make)))]

    def rubbish(self, liar: SimNode, victim: SimNode, line: bytes) -> list[tuple[bytes, bytes]]:
        """Bytes that mean nothing, outside and inside a transport."""
        rng = self._world.rng
        tape = [body for _, _, body in self._world.net.tape if body]
        found = [(line, rng.randbytes(rng.randrange(1, 400))), (line, b"\x81" * 5_000), (bytes(16), b"\x80")]
        if tape:
            found.append((line, spoiled(rng.choice(tape), rng)))
        inside: tuple[CborValue, ...] = (rng.choice((None, 7, b"", "text", (), {})), (b"", b"", {}, b"", {}, ()))
        found.append((line, self._seal_bytes(liar, victim, line, cbor.encode(inside))))
        return found

    # --- how they are made --------------------------------------------------------------------------------------------

    def _message(
        self, liar: SimNode, victim: SimNode, line: bytes, twist: Callable[[dict[int, CborValue]], dict[int, CborValue]]
    ) -> list[tuple[bytes, bytes]]:
        item = self._next(liar, victim, line, twist)
        return [(line, self._sealed(liar, victim, line, (item,)))]

    def _next(
        self,
        liar: SimNode,
        victim: SimNode,
        line: bytes,
        twist: Callable[[dict[int, CborValue]], dict[int, CborValue]],
        *,
        realm: Realm = Realm.EXERCISE,
        at: bytes | None = None,
        kind: str = "message",
        body: Mapping[int, CborValue] | None = None,
    ) -> Item:
        """Return the record that the victim would accept next, with its link twisted."""
        direction = victim.look(
            lambda books: braid.direction_from_value(books.unit.get(views.DIRECTIONS, line + views.IN))
        )
        link = {
            1: direction.number + 1,
            2: direction.hash,
            3: direction.accepted_number,
            4: self._hash_of(victim, line, direction.accepted_number),
            5: Instant(max(direction.released_at, liar.clock.peek())),
            6: liar.look(lambda books: books.line(line).charter_hash),
        }

        def make(books: Books) -> Item:
            values: dict[int, CborValue] = {100: f"A lie. {self._world.loop.present}"}
            prepared = drafting.prepare_message(
                books, books.line(line), liar.party.officer(WATCH), "TEST", Precedence.PRIORITY, values
            )
            common = books.common(liar.party.officer(WATCH), (victim.name,))
            content = prepared.body if body is None else {**common, **body}
            prepared = type(prepared)(type=kind, line=line, seed=prepared.seed, body=content)
            act = liar.party.act(prepared, "release" if kind == "message" else "receipt", WATCH)
            return record.build_item(
                realm,
                kind,
                line if at is None else at,
                key_id=key_id_of(liar.party.keys),
                body_seed=prepared.seed,
                body=content,
                link_seed=books.rng.bytes(32),
                link=twist(link),
                acts=(act,),
                sign=lambda message: liar.party.keys.sign("sign", message),
            ).item

        made: Item = liar.look(make)
        return made

    def _hash_of(self, victim: SimNode, line: bytes, number: int) -> bytes:
        held = victim.ledger.out.line(line).get(number)
        return held.envelope_hash if held is not None else braid.ZERO_HASH

    def _sealed(
        self, liar: SimNode, victim: SimNode, line: bytes, items: Sequence[Item], *, realm: Realm = Realm.EXERCISE
    ) -> bytes:
        return self._seal_bytes(liar, victim, line, envelope.encode_items(items), realm=realm)

    def _seal_bytes(
        self, liar: SimNode, victim: SimNode, line: bytes, plaintext: bytes, *, realm: Realm = Realm.EXERCISE
    ) -> bytes:
        header = envelope.transport_header(realm, line, key_id_of(liar.party.keys))
        return liar.party.keys.seal(plaintext, victim.party.keys.public("seal"), header, domain(realm, "transport"))


def _note(books: Books, liar: SimNode, size: int, root: bytes) -> str:
    """Return a checkpoint of the liar's journal as it never was, well signed."""
    seen = checkpoints.Checkpoint(origin=origin(books.manifest()), size=size, root=root)
    key = liar.party.keys.public("log").verifier()
    signature = liar.party.keys.sign("log", checkpoints.checkpoint_tbs(seen, key))
    signed = checkpoints.log_signature(seen.origin, key, signature)
    return checkpoints.assemble_note(checkpoints.checkpoint_body(seen), (signed,))


LIES = (
    "replay",
    "fork",
    "backdated",
    "wrong_predecessor",
    "unheard",
    "wrong_line",
    "wrong_realm",
    "wrong_signature",
    "swapped_receipt",
    "rolled_back",
    "boast",
    "rubbish",
)
