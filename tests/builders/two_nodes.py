"""Two parties, EUCOM and NDMC, each with a memory store, node keys and officers: the desk driven without any network.

Signatures are real (Ed25519, ML-DSA-44); sealing is the world's stand-in. What a bearer would carry is handed over as
bytes by `TwoNodes.deliver`, so that a test can drop, keep, repeat or alter it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.adapters.store_memory import MemoryStore
from armslength.core.attestation import Attestation, Kind, Officer, OfficerKey
from armslength.core.cose import ED25519, ML_DSA_44
from armslength.core.instants import Instant
from armslength.core.keys import PublicKey
from armslength.core.places import place_from_cbor
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm, domain
from armslength.core.record import parse_item
from armslength.desk import answering, drafting, inbound, opening, views
from armslength.desk.books import Books, key_id_of
from armslength.desk.prepared import Prepared, Signed, attest
from armslength.line import envelope, fields, forms, manifest
from armslength.line.form_values import word_count
from armslength.line.manifest import Bearer, Manifest
from armslength.line.receipts import Level
from world.keys import SeededKeys, SeededRng

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.record import Item
    from armslength.desk.ports import Store

START = Instant(1_668_942_000_000_000)
"""20 November 2022, 11:00 UTC."""

SECOND = 1_000_000
DAY = 86_400 * SECOND

WATCH, WATCH_2, LINGUIST, LEGAL, RELEASER, PRINCIPAL, CUSTODIAN = (
    "watch-1",
    "watch-2",
    "linguist-1",
    "legal-1",
    "release-1",
    "principal-1",
    "keys-1",
)
ROLE_OF = {
    WATCH: "watch-officer",
    WATCH_2: "watch-officer",
    LINGUIST: "linguist",
    LEGAL: "legal-adviser",
    RELEASER: "releasing-officer",
    PRINCIPAL: "principal",
    CUSTODIAN: "key-custodian",
}
"""Post -> role; an officer's id is the party code in small letters, a hyphen and the post."""

SENT_PLACE = (475122000, 345858000, 10)
CONCERN_VALUES: Mapping[int, CborValue] = {
    fields.REPLY_BY: START + 4 * 3600 * SECOND,
    fields.TOPIC: "nuclear-safety",
    fields.FACILITY_ID: "UA-ZNPP",
    fields.PLACE: SENT_PLACE,
    fields.ATTRIBUTION: "NO-ATTRIBUTION",
    100: ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT"),
    101: "SHELLING",
    102: (START - 20 * 3600 * SECOND, START - 3600 * SECOND),
    103: ("RELEASE-OF-RADIATION",),
    104: (("PHYSICAL-INTEGRITY", "COMPROMISED"), ("OFF-SITE-POWER", "HELD")),
    105: ("CEASE-FIRE-AT-PLACE", "EXAMINE-AND-ANSWER"),
    106: "INTERNATIONAL-MONITOR",
    107: "CONFIRMED-BY-MONITOR",
    108: ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
}
"""The concern of docs/spec/forms.md; constructed."""


@dataclass(slots=True)
class Time:
    """The clock that both nodes read."""

    at: Instant = START

    def now(self) -> Instant:
        """Return the present instant."""
        return self.at

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.at = Instant(self.at + round(seconds * SECOND))


class NodeKeys(SeededKeys):
    """The world's keys with a real ML-DSA-44 key, so that what is signed verifies without stand-ins."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self._post_quantum = SigningPrivateKey(ML_DSA_44, sha256(f"{seed}/witness-pq".encode()).digest())
        self._publics: dict[str, PublicKey] = {}

    def public(self, purpose: str) -> PublicKey:
        """Return the public key of a purpose."""
        if purpose not in self._publics:
            real = PublicKey(ML_DSA_44, self._post_quantum.public)
            self._publics[purpose] = real if purpose == "witness-pq" else super().public(purpose)
        return self._publics[purpose]

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Sign with the key of that purpose."""
        return self._post_quantum.sign(message) if purpose == "witness-pq" else super().sign(purpose, message)


@dataclass(kw_only=True)
class Party:
    """One party: its offline root, its officers with raw keys, its node.

    Args:
        code: party code.
        time: the clock.
        store: the node's store; in memory unless another is given.
        realm: EXERCISE unless a test crosses realms.
        seed: makes other keys for the same code (an impostor).
    """

    code: str
    time: Time
    store: Store = field(default_factory=MemoryStore)
    realm: Realm = Realm.EXERCISE
    seed: str = ""

    def __post_init__(self) -> None:
        name = f"{self.code}/{self.realm.value}/{self.seed}"
        self.keys = NodeKeys(name)
        self.rng = SeededRng(f"{name}/rng")
        self.root = _private(f"{name}/root")
        self.officer_keys = {self.officer(post): _private(f"{name}/{post}") for post in ROLE_OF}
        self.chain: list[bytes] = []

    def officer(self, post: str) -> str:
        """Return the officer id of a post."""
        return f"{self.code.lower()}-{post}"

    @cached_property
    def node_public(self) -> dict[str, PublicKey]:
        """The node's public keys, by purpose."""
        return {purpose: self.keys.public(purpose) for purpose in manifest.NODE_PURPOSES}

    def first_manifest(self) -> Manifest:
        """Return the party's first manifest, unsigned."""
        return Manifest(
            realm=self.realm,
            party=self.code,
            sequence=1,
            previous=None,
            root=PublicKey(ED25519, self.root.public),
            issued_at=self.time.now(),
            valid_until=Instant(self.time.now() + 365 * DAY),
            node_keys=self.node_public,
            officers={self.officer(post): self._listed(post) for post in ROLE_OF},
            bearers=(Bearer(kind="https", address=f"https://{self.code.lower()}.invalid:8443"),),
            time_zone="Europe/Berlin" if self.code == "EUCOM" else "Europe/Moscow",
            languages=("en", "ru") if self.code == "EUCOM" else ("ru", "en"),
            software=("armslength", "0.1.0"),
        )

    def _listed(self, post: str) -> Officer:
        officer = self.officer(post)
        key = OfficerKey(kind=Kind.RAW_KEY, key=PublicKey(ED25519, self.officer_keys[officer].public))
        return Officer(officer=officer, name=officer.title(), roles=frozenset({ROLE_OF[post]}), keys=(key,))

    @contextmanager
    def write(self) -> Iterator[Books]:
        """Open the books for one commit."""
        with self.store.write() as unit:
            yield self._books(unit)

    @contextmanager
    def read(self) -> Iterator[Books]:
        """Open the books for looking only."""
        with self.store.read() as unit:
            yield self._books(unit)

    def _books(self, unit: object) -> Books:
        return Books(
            unit=unit,  # type: ignore[arg-type]  # whichever store was given
            realm=self.realm,
            party=self.code,
            keys=self.keys,
            rng=self.rng,
            now=self.time.now(),
        )

    def found(self) -> None:
        """Write genesis and the first manifest."""
        data = manifest.sign_manifest(self.first_manifest(), self.root.sign)
        self.chain = [data]
        with self.write() as books:
            opening.found_node(books, data)

    def next_manifest(self, **changes: object) -> bytes:
        """Sign and enter the next manifest, with these fields changed; return its bytes."""
        with self.write() as books:
            ours = replace(
                books.manifest(),
                sequence=books.manifest().sequence + 1,
                previous=manifest.manifest_hash(self.chain[-1]),
                issued_at=self.time.now(),
                **changes,  # type: ignore[arg-type]  # named by the test
            )
            data = manifest.sign_manifest(ours, self.root.sign)
            opening.submit_manifest(books, data)
        self.chain.append(data)
        return data

    def introduction(self) -> bytes:
        """Return our introduction file."""
        return manifest.encode_introduction(self.chain)

    def fingerprint(self) -> bytes:
        """Return our 11-byte fingerprint."""
        return manifest.fingerprint(self.realm, self.code, PublicKey(ED25519, self.root.public))

    def act(self, prepared: Prepared, act: str, post: str, role: str | None = None) -> CborValue:
        """Return one officer's attestation over a prepared body."""
        officer, capacity = self.officer(post), role or ROLE_OF[post]
        private = self.officer_keys[officer]
        signature = private.sign(attest(self.realm, prepared, act, capacity, officer))
        key_id = PublicKey(ED25519, private.public).kid
        made = Attestation(
            kind=Kind.RAW_KEY, act=act, role=capacity, officer=officer, key_id=key_id, evidence=(signature,)
        )
        return made.value()

    def signed(self, prepared: Prepared, act: str, post: str) -> Signed:
        """Return a prepared body with one officer's act."""
        return Signed(prepared=prepared, acts=(self.act(prepared, act, post),))

    def pin(self, introduction: bytes) -> None:
        """Pin a peer after its fingerprint was compared."""
        with self.write() as books:
            prepared, _ = opening.prepare_pin(books, self.officer(CUSTODIAN), introduction, "in person")
            opening.submit_pin(books, self.signed(prepared, "introduce", CUSTODIAN))

    def open_line(self, peer: str, *, ordinal: int = 0) -> bytes:
        """Propose the default charter and assent to it; return the line id."""
        with self.write() as books:
            line = opening.open_line(books, peer, ordinal=ordinal)
            prepared = opening.prepare_assent(books, line, self.officer(PRINCIPAL))
            opening.submit_assent(books, self.signed(prepared, "assent", PRINCIPAL))
        return line.line

    def send(
        self,
        line: bytes,
        form: str = "CONCERN",
        values: Mapping[int, CborValue] = CONCERN_VALUES,
        precedence: Precedence = Precedence.IMMEDIATE,
    ) -> bytes:
        """Draft, check and release a message by as many persons as it needs; return its envelope hash."""
        if forms.form(form).two_persons_from is None:
            return self.send_alone(line, form, values, precedence)
        with self.write() as books:
            prepared = drafting.prepare_message(books, books.line(line), self.officer(WATCH), form, precedence, values)
            draft = drafting.submit_draft(books, self.signed(prepared, "draft", WATCH))
        self.check(draft, "legal", LEGAL, "legal-tick")
        if word_count(forms.form(form), values):
            self.check(draft, "linguist", LINGUIST, "linguist-check")
        with self.write() as books:
            return drafting.release_draft(books, draft, self.act(prepared, "release", RELEASER))

    def check(self, draft: bytes, kind: str, post: str, act: str) -> None:
        """Record the legal tick or the linguist's check of a draft."""
        with self.write() as books:
            law = ("AP-I-ARTICLE-56",) if kind == "legal" else ()
            prepared = drafting.prepare_check(books, draft, self.officer(post), kind, passed=True, law=law)
            drafting.submit_check(books, self.signed(prepared, act, post))

    def send_alone(self, line: bytes, form: str, values: Mapping[int, CborValue], precedence: Precedence) -> bytes:
        """Release a form that one person may send; return its envelope hash."""
        act = "stop" if form == "STOP" else "release"
        post = WATCH if ROLE_OF[WATCH] in forms.form(form).releasers else RELEASER
        with self.write() as books:
            prepared = drafting.prepare_message(books, books.line(line), self.officer(post), form, precedence, values)
            return drafting.send_alone(books, self.signed(prepared, act, post))

    def receipt(self, message: bytes, level: Level, post: str = WATCH, **parts: object) -> bytes:
        """Give R1 to R4 of a message received; return the receipt's envelope hash."""
        given: dict[str, object] = {**self._usual(message, level), **parts}
        with self.write() as books:
            prepared = answering.prepare_receipt(
                books,
                message,
                self.officer(post),
                level,
                **given,  # type: ignore[arg-type]  # the parts of a receipt, by name
            )
            return answering.submit_receipt(books, self.signed(prepared, "receipt", post))

    def _usual(self, message: bytes, level: Level) -> dict[str, object]:
        if level is Level.PASSED:
            return {"command": "Operational command of the sector", "how": "secure telephone"}
        if level is Level.ANSWERED:
            return {"verb": "being-examined", "answer_by": Instant(self.time.now() + 3600 * SECOND)}
        usual: dict[str, object] = {"language": "ru", "rendered": f"the text of {message.hex()} as it was read"}
        if level is Level.UNDERSTOOD and fields.PLACE in (body := self.body(message)):
            usual["place"] = place_from_cbor(body[fields.PLACE])
        return usual

    def row(self, envelope_hash: bytes) -> views.Row:
        """Return the view row of a numbered record."""
        with self.read() as books:
            found = views.row(books.unit, views.MESSAGES, envelope_hash)
        assert found is not None, "no such message"
        return found

    def body(self, envelope_hash: bytes) -> dict[int, CborValue]:
        """Return the body of a numbered record."""
        index = self.row(envelope_hash)[4]
        with self.read() as books:
            content = books.unit.content(index)
        assert content is not None, "content destroyed"
        return dict(parse_item(content[1]).body)

    def waiting(self, line: bytes) -> list[Item]:
        """Return the items of the outbox, in the order in which they leave."""
        with self.read() as books:
            contents = [books.unit.content(row[2]) for _, row in views.rows(books.unit, views.OUTBOX, line)]
        return [parse_item(content[1]) for content in contents if content is not None]

    def assent(self, line: bytes) -> list[Item]:
        """Return our assent, to be sent again."""
        with self.read() as books:
            found = opening.own_assent(books, books.line(line))
        return [found] if found is not None else []

    def hello(self, line: bytes, *, ask_cosign: bool = False) -> list[Item]:
        """Return our hello, with an offer of our newest checkpoint when asked."""
        with self.read() as books:
            return opening.hello(books, books.line(line), query=False, ask_cosign=ask_cosign)

    def notices(self, line: bytes, held: int) -> list[Item]:
        """Return notices of our manifests after the one that the peer holds."""
        with self.read() as books:
            return list(opening.manifest_notices(books, books.line(line), held))

    def seal(self, line: bytes, items: Sequence[Item]) -> bytes:
        """Return one transport for the peer of a line."""
        with self.read() as books:
            theirs = books.manifest(books.line(line).peer)
            header = envelope.transport_header(self.realm, line, key_id_of(self.keys))
        plaintext = envelope.encode_items(items)
        return self.keys.seal(plaintext, theirs.node_keys["seal"], header, domain(self.realm, "transport"))

    def receive(self, line: bytes, transports: bytes) -> inbound.Outcome:
        """Take a delivery, commit, and return the outcome with its replies."""
        with self.write() as books:
            return inbound.receive(books, line, transports)


@dataclass(kw_only=True)
class TwoNodes:
    """The two parties and their line. `opened` gives them introduced, with an open line."""

    eucom: Party
    ndmc: Party
    time: Time
    line: bytes = b""
    refused: list[str] = field(default_factory=list)

    def other(self, party: Party) -> Party:
        """Return the counterpart."""
        return self.ndmc if party is self.eucom else self.eucom

    def deliver(self, sender: Party, items: Sequence[Item], line: bytes | None = None) -> inbound.Outcome:
        """Hand items to the other node and its replies back, as one request of a bearer does."""
        line = line or self.line
        receiver = self.other(sender)
        outcome = receiver.receive(line, sender.seal(line, items))
        self.refused += [error.code for error in outcome.refused]
        if outcome.replies:
            answer = sender.receive(line, receiver.seal(line, outcome.replies))
            self.refused += [error.code for error in answer.refused]
        return outcome

    def flush(self) -> None:
        """Deliver whatever waits in either outbox, some milliseconds later."""
        for sender in (self.eucom, self.ndmc):
            items = sender.waiting(self.line)
            if items:
                self.time.pass_s(0.02)
                self.deliver(sender, items)

    def cosign(self, sender: Party) -> inbound.Outcome:
        """Offer the sender's checkpoint to the other node and take the cosignatures back."""
        self.time.pass_s(1)
        return self.deliver(sender, sender.hello(self.line, ask_cosign=True))

    def converse(self, sender: Party | None = None, **message: object) -> bytes:
        """Send a message and let the other side give R1 to R4, some minutes apart; return its envelope hash."""
        sender = sender or self.eucom
        sent = sender.send(self.line, **message)  # type: ignore[arg-type]  # form, values, precedence
        self.flush()
        for level in (Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED):
            self.time.pass_s(60)
            self.other(sender).receipt(sent, level)
            self.flush()
        return sent


def strangers(*, realm: Realm = Realm.EXERCISE) -> TwoNodes:
    """Return two founded nodes that do not know each other yet."""
    time = Time()
    two = TwoNodes(
        eucom=Party(code="EUCOM", time=time, realm=realm), ndmc=Party(code="NDMC", time=time, realm=realm), time=time
    )
    for party in (two.eucom, two.ndmc):
        party.found()
    return two


def opened(*, realm: Realm = Realm.EXERCISE) -> TwoNodes:
    """Return two nodes introduced to each other, with both assents on both sides."""
    two = strangers(realm=realm)
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    two.line = two.eucom.open_line("NDMC")
    two.ndmc.open_line("EUCOM")
    for party in (two.eucom, two.ndmc):
        two.time.pass_s(1)
        two.deliver(party, party.assent(two.line))
    return two


def conversed(*, realm: Realm = Realm.EXERCISE) -> TwoNodes:
    """Return two nodes after one CONCERN with R0 to R4, each journal cosigned by the other."""
    two = opened(realm=realm)
    two.converse()
    two.cosign(two.eucom)
    two.cosign(two.ndmc)
    return two


def _private(seed: str) -> SigningPrivateKey:
    return SigningPrivateKey(ED25519, sha256(seed.encode()).digest())
