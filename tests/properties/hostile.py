"""Hostile deliveries by the ten thousand, from a seed: meaningless bytes, and lies under valid seals and signatures.

`Hostile` holds an honest node with an open line and some history, and makes cases of one kind at a time. Each case is
bytes for one delivery; what is valid by accident is told apart by the caller.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from armslength.core import cbor, record
from armslength.core.cbor import Tagged
from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm, domain
from armslength.desk import answering, drafting, opening, views
from armslength.desk.books import key_id_of
from armslength.desk.prepared import Prepared
from armslength.line import braid, envelope
from armslength.line.receipts import Level
from builders.two_nodes import CONCERN_VALUES, SENT_PLACE, WATCH, Time, TwoNodes
from world.parties import SimParty
from world.rng import Random

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.core.cbor import CborValue
    from armslength.core.record import Item
    from builders.two_nodes import Party

RECORDS = ("message", "concern", "receipt", "node-receipt", "hello", "cosign", "charter-assent", "manifest-notice")
STRANGE_TYPES = ("draft", "alarm", "genesis", "", "Message", "message\x00", "peer-pin", "decision", "x" * 300)


class Hostile:
    """A node under attack and the peer that attacks it, with valid keys. Use inside `stand_in_signatures()`."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        time = Time()
        self.two = TwoNodes(eucom=SimParty(code="EUCOM", time=time), ndmc=SimParty(code="NDMC", time=time), time=time)
        for party in (self.two.eucom, self.two.ndmc):
            party.found()
        self.two.eucom.pin(self.two.ndmc.introduction())
        self.two.ndmc.pin(self.two.eucom.introduction())
        self.line = self.two.line = self.two.eucom.open_line("NDMC")
        self.two.ndmc.open_line("EUCOM")
        for party in (self.two.eucom, self.two.ndmc):
            time.pass_s(1)
            self.two.deliver(party, party.assent(self.line))
        self.two.converse()
        stop = {100: "PROTECTED-SITE-UNDER-FIRE", 34: SENT_PLACE}
        self.two.ndmc.send(self.line, "STOP", stop, Precedence.FLASH)
        self.two.cosign(self.two.eucom)
        self.two.flush()
        self.two.ndmc.send(self.line, "TEST", {100: "waits"}, Precedence.ROUTINE)
        assert self.two.refused == []
        self.attacker: Party = self.two.eucom
        self.victim: Party = self.two.ndmc
        self._bases = {name: self._base(name) for name in RECORDS}
        self.seen = [self._sealed((item,)) for item in self._history()]

    # --- what is honest -----------------------------------------------------------------------------------------------

    def _history(self) -> list[Item]:
        with self.attacker.read() as books:
            rows = views.rows(books.unit, views.MESSAGES)
            contents = [books.unit.content(row[4]) for _, row in rows if row[2] == views.OUT]
        return [record.parse_item(content[1]) for content in contents if content is not None]

    def _link(self) -> dict[int, CborValue]:
        with self.victim.read() as books:
            held = braid.direction_from_value(books.unit.get(views.DIRECTIONS, self.line + views.IN))
            accepted = views.hash_at(books.unit, self.line, views.OUT, held.accepted_number)
            charter = books.line(self.line).charter_hash
        at = Instant(max(int(self.two.time.now()), held.released_at))
        return {
            1: held.number + 1,
            2: held.hash,
            3: held.accepted_number,
            4: accepted or braid.ZERO_HASH,
            5: at,
            6: charter,
        }

    def _base(self, name: str) -> Prepared:
        """Return the body of an honest record of the attacker, by kind."""
        if name in {"manifest-notice", "node-receipt", "hello", "cosign"}:
            return Prepared(type=name, line=self.line, seed=self.rng.randbytes(32), body=self._node_body(name))
        with self.attacker.read() as books:
            line = books.line(self.line)
            officer = self.attacker.officer(WATCH)
            if name == "message":
                return drafting.prepare_message(books, line, officer, "TEST", Precedence.PRIORITY, {100: "text"})
            if name == "concern":
                return drafting.prepare_message(books, line, officer, "CONCERN", Precedence.IMMEDIATE, CONCERN_VALUES)
            if name == "receipt":
                stop = next(key for key, row in views.rows(books.unit, views.MESSAGES) if row[6] == "STOP")
                return answering.prepare_receipt(books, stop, officer, Level.READ, language="en", rendered="as read")
            return opening.prepare_assent(books, line, self.attacker.officer("principal-1"))

    def _node_body(self, name: str) -> dict[int, CborValue]:
        if name == "manifest-notice":
            with self.attacker.read() as books:
                return {**books.common(None, ("NDMC",)), 20: self.attacker.chain[-1]}
        if name == "node-receipt":
            held = self.attacker.receive(self.line, self.victim.seal(self.line, self.victim.waiting(self.line)))
            return dict(held.replies[0].body)
        items = self.attacker.hello(self.line, ask_cosign=True)
        return dict(items[0 if name == "hello" else 1].body)

    def sign(
        self,
        prepared: Prepared,
        *,
        link: dict[int, CborValue] | None = None,
        acts: tuple[CborValue, ...] | None = None,
        realm: Realm = Realm.EXERCISE,
        at: bytes | None = None,
        kind: str | None = None,
        by: Party | None = None,
    ) -> Item:
        """Return a record signed by the attacker's node, with the acts that its honest form would have."""
        signer = by or self.attacker
        numbered = prepared.type in {"message", "receipt"}
        made = record.build_item(
            realm,
            prepared.type if kind is None else kind,
            self.line if at is None else at,
            key_id=key_id_of(signer.keys),
            body_seed=prepared.seed,
            body=prepared.body,
            link_seed=self.rng.randbytes(32),
            link=link if link is not None else (self._link() if numbered else {}),
            acts=self.acts(prepared) if acts is None else acts,
            sign=lambda message: signer.keys.sign("sign", message),
        )
        return made.item

    def acts(self, prepared: Prepared) -> tuple[CborValue, ...]:
        """Return the attestations that the attacker's own officers would make."""
        act = self.attacker.act
        if prepared.type == "message" and prepared.body.get(20) == "CONCERN":
            return (act(prepared, "draft", "watch-1"), act(prepared, "release", "release-1"))
        if prepared.type in {"message", "receipt"}:
            return (act(prepared, "release" if prepared.type == "message" else "receipt", WATCH),)
        return (act(prepared, "assent", "principal-1"),) if prepared.type == "charter-assent" else ()

    def _sealed(self, items: tuple[Item, ...], **named: Any) -> bytes:
        return self.seal(envelope.encode_items(items), **named)

    def seal(
        self, plaintext: bytes, *, realm: Realm = Realm.EXERCISE, header: dict[int, CborValue] | None = None
    ) -> bytes:
        """Return a transport that the victim can open."""
        clear = header or envelope.transport_header(realm, self.line, key_id_of(self.attacker.keys))
        return self.attacker.keys.seal(plaintext, self.victim.keys.public("seal"), clear, domain(realm, "transport"))

    # --- strange values -----------------------------------------------------------------------------------------------

    def value(self, depth: int = 0) -> CborValue:  # noqa: PLR0911 - one for each type
        """Return some value of the subset, seldom a sensible one."""
        rng = self.rng
        kind = rng.randrange(9 if depth < 3 else 6)
        if kind == 0:
            return rng.choice(EXTREMES)
        if kind == 1:
            return rng.randbytes(rng.choice((0, 1, 15, 16, 31, 32, 33, 64, 300)))
        if kind == 2:
            return rng.choice(TEXTS)
        if kind in {3, 4}:
            return rng.choice((None, True, False))
        if kind == 5:
            return rng.randrange(-300, 3000)
        if kind == 6:
            return tuple(self.value(depth + 1) for _ in range(rng.randrange(4)))
        if kind == 7:
            return {self._key(): self.value(depth + 1) for _ in range(rng.randrange(4))}
        return Tagged(rng.choice((16, 18, 96, 98)), self.value(depth + 1))

    def _key(self) -> int | str | bytes:
        return self.rng.choice((0, 1, 20, -1, 2**64 - 1, "", "key", b"", b"\xff", self.rng.randrange(200)))

    def twisted(self, value: CborValue, depth: int = 0) -> CborValue:  # noqa: PLR0911 - one for each type
        """Return a value with one thing in it changed."""
        rng = self.rng
        if depth and rng.random() < 0.4:
            return self.value()
        if isinstance(value, Tagged):
            return Tagged(value.tag, self.twisted(value.value, depth + 1))
        if isinstance(value, tuple) and value:
            at = rng.randrange(len(value))
            if rng.random() < 0.15:
                return value[:at] + value[at + 1 :]
            return (*value[:at], self.twisted(value[at], depth + 1), *value[at + 1 :])
        if isinstance(value, dict) and value:
            at_key = rng.choice(list(value))
            if rng.random() < 0.2:
                return {key: held for key, held in value.items() if key != at_key}
            if rng.random() < 0.15:
                return {**value, self._key(): self.value()}
            return {**value, at_key: self.twisted(value[at_key], depth + 1)}
        if isinstance(value, bytes) and value and rng.random() < 0.7:
            at = rng.randrange(len(value))
            return value[:at] + bytes([value[at] ^ (1 << rng.randrange(8))]) + value[at + 1 :]
        if isinstance(value, int) and not isinstance(value, bool) and rng.random() < 0.5:
            return value + rng.choice((-1, 1, 2**32))
        return self.value()

    # --- the cases ----------------------------------------------------------------------------------------------------

    def bytes_of_nothing(self) -> bytes:
        rng = self.rng
        return rng.choice(
            (
                lambda: rng.randbytes(rng.randrange(1, 300)),
                lambda: (
                    rng.choice((b"\x81", b"\xa1\x01", b"\xd2", b"\x9f", b"\xbf", b"\x82\x00")) * rng.randrange(1, 4_000)
                ),
                lambda: bytes((rng.choice((0x9A, 0xBA, 0x5A, 0x7A, 0x9B, 0x5B)),)) + rng.randbytes(9),
                lambda: cbor.encode(self.value()),
                lambda: b"\x80" * rng.randrange(1, 60),
                lambda: bytes.fromhex("c4821a3b9ac9ff01"),
            )
        )()

    def spoilt_transport(self) -> bytes:
        rng, body = self.rng, self.rng.choice(self.seen)
        at = rng.randrange(len(body))
        kind = rng.randrange(5)
        if kind == 0:
            return body[:at] + bytes([body[at] ^ (1 << rng.randrange(8))]) + body[at + 1 :]
        if kind == 1:
            return body[:at] or b"\x80"
        if kind == 2:
            return body + rng.randbytes(rng.randrange(1, 40))
        if kind == 3:
            other = rng.choice(self.seen)
            return body[:at] + other[min(at, len(other) - 1) :][::-1]
        return body[: at // 2] + body[at:]

    def twisted_transport(self) -> bytes:
        return _encoded(self.twisted(cbor.decode(self.rng.choice(self.seen))))

    def plaintext_of_nothing(self) -> bytes:
        return self.seal(self.bytes_of_nothing())

    def twisted_item(self) -> bytes:
        plain = cbor.decode(envelope.encode_items((self.rng.choice(self._items()),)))
        return self.seal(_encoded(self.twisted(plain)))

    def _items(self) -> tuple[Item, ...]:
        if not hasattr(self, "_kept"):
            self._kept = tuple(self.sign(base) for base in self._bases.values())
        return self._kept

    def twisted_body(self) -> bytes:
        base = self._bases[self.rng.choice(RECORDS)]
        return self._signed_or(replace(base, body=self._fields(base.body)))

    def twisted_link(self) -> bytes:
        base = self._bases[self.rng.choice(("message", "receipt"))]
        return self._signed_or(base, link=self._fields(self._link()))

    def twisted_acts(self) -> bytes:
        base = self._bases[self.rng.choice(("message", "concern", "receipt", "charter-assent"))]
        acts = self.twisted(self.acts(base))
        return self._signed_or(base, acts=acts if isinstance(acts, tuple) else (acts,))

    def wrong_signer(self) -> bytes:
        base = self._bases[self.rng.choice(RECORDS)]
        if self.rng.random() < 0.5:
            return self._signed_or(base, by=self.victim)
        item = self.sign(base)
        at = self.rng.randrange(1, 60)
        flipped = item.envelope[:-at] + bytes([item.envelope[-at] ^ 1]) + (item.envelope[-at + 1 :] if at > 1 else b"")
        return self._sealed((replace(item, envelope=flipped),))

    def wrong_place(self) -> bytes:
        """Made for another realm, line, party or profile, or a record that is no peer's to send."""
        rng, base = self.rng, self._bases[self.rng.choice(RECORDS)]
        kind = rng.randrange(6)
        if kind == 0:
            return self._signed_or(base, realm=Realm.REAL)
        if kind == 1:
            return self._signed_or(base, at=rng.choice((b"", bytes(16), rng.randbytes(16))))
        if kind == 2:
            return self._signed_or(base, kind=rng.choice(STRANGE_TYPES))
        if kind == 3:
            return self._sealed((self.sign(base),), realm=Realm.REAL)
        if kind == 4:
            other = rng.choice(("NDMC", "OCHA", "", 7))
            return self._signed_or(
                replace(base, body={**base.body, rng.choice((3, 4)): rng.choice(((other,), other, ()))})
            )
        header = envelope.transport_header(Realm.EXERCISE, self.line, key_id_of(self.attacker.keys))
        return self._sealed((self.sign(base),), header={**header, rng.choice(list(header)): self.value()})

    def too_much(self) -> bytes:
        rng, items = self.rng, self._items()
        kind = rng.randrange(6)
        if kind == 0:
            return self.seal(b"\x98\x41" + b"\x80" * 65)
        if kind == 1:
            return self.seal(cbor.encode((record.item_value(replace(items[0], body={100: "x" * 70_000})),)))
        if kind == 2:
            return b"\x80" * 17
        if kind == 3:
            return self.seal(b"\x81" * rng.randrange(17, 3_000) + b"\x80")
        if kind == 4:
            deep: CborValue = ()
            for _ in range(rng.randrange(8, 14)):
                deep = (deep,)
            return self._signed_or(replace(self._bases["message"], body={**self._bases["message"].body, 100: deep}))
        many = dict.fromkeys(range(rng.choice((129, 600))), 0)
        return self.seal(cbor.encode((record.item_value(replace(items[0], body=many)),)))

    def replayed(self) -> bytes:
        return self.rng.choice(self.seen)

    def forked(self) -> bytes:
        """Another record under a number that is taken, or after another history."""
        link = self._link()
        number = int(str(link[1]))
        twist = self.rng.choice(
            (
                {1: self.rng.randrange(1, number)},
                {2: self.rng.randbytes(32)},
                {5: Instant(int(str(link[5])) - 10**12)},
                {3: 0, 4: braid.ZERO_HASH},
                {3: 10**6},
                {1: number + braid.AHEAD_MAX + 5},
                {6: bytes(32)},
            )
        )
        return self._signed_or(self._bases[self.rng.choice(("message", "receipt"))], link={**link, **twist})

    def _fields(self, fields: Any) -> dict[int, CborValue]:
        twisted = self.twisted(dict(fields))
        assert isinstance(twisted, dict)
        return {key: value for key, value in twisted.items() if type(key) is int and 0 <= key < 65_536}

    def _signed_or(self, prepared: Prepared, **named: Any) -> bytes:
        """Return the record sealed; one that our own encoder refuses to write is replaced by rubbish."""
        try:
            return self._sealed((self.sign(prepared, **named),))
        except ArmslengthError:
            return self.bytes_of_nothing()


def _encoded(value: CborValue) -> bytes:
    try:
        return cbor.encode(value)
    except ArmslengthError:
        return b"\xff"


KINDS: tuple[Callable[[Hostile], bytes], ...] = (
    Hostile.bytes_of_nothing,
    Hostile.spoilt_transport,
    Hostile.twisted_transport,
    Hostile.plaintext_of_nothing,
    Hostile.twisted_item,
    Hostile.twisted_body,
    Hostile.twisted_link,
    Hostile.twisted_acts,
    Hostile.wrong_signer,
    Hostile.wrong_place,
    Hostile.too_much,
    Hostile.replayed,
    Hostile.forked,
)

EXTREMES = (0, 1, -1, 3, 23, 24, 255, 2**31, 2**40, 2**53, 2**63 - 1, 2**63, 2**64 - 1, -(2**63), -(2**64))
TEXTS = (
    "",
    "TEST",
    "CONCERN",
    "UNKNOWN-FORM",
    "EUCOM",
    "NDMC",
    "eucom-watch-1",
    "a\x00b",
    "\u202estrike NOT\u202c",
    "a" + "\u0301" * 200,
    "Зaпopoжьe",
    "x" * 5_000,
    "{{7*7}}",
    "<script>",
    "\ufeff",
    "1e309",
)
