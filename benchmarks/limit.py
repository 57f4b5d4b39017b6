"""The limit: the cryptography and the durable commits of one message, with nothing else.

What is done for each message, in this order, by two processes joined by a pair of sockets:

* at A: parse what the officer signed, verify that signature, hash the fields, sign the record, seal nothing yet;
  append it to the journal under a content key of its own with one outbox row, and commit (disk sync 1);
* at A, a transport: seal all records of it with X-Wing and AES-256-GCM;
* at B, a transport: open it; a record: verify its signature, hash its fields again, verify the officer's signature,
  append it, sign a node receipt, append that; a transport: sign one checkpoint of the journal, commit (disk sync 2),
  seal the receipts;
* at A, a transport: open it, verify the checkpoint's signature; a receipt: verify its signature and hashes, append it,
  delete the outbox row; commit (disk sync 3).

It uses the product's records, sealing and store (one SQLite file a side, write-ahead log, synchronous=FULL), and has
no HTTP, TLS, charter, form rules, braid, deadlines, alarms, proofs or views but the one outbox row. Latency: one
message at a time at the rate of the line's own run. Rate: the same number of messages under way, half of them in each
of two transports, so that both processes work at once.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from statistics import median
from typing import TYPE_CHECKING, Any

from armslength.adapters import keystore_file
from armslength.adapters.rng_system import SystemRng
from armslength.adapters.store_sqlite import SqliteStore
from armslength.core import attestation, cose, record
from armslength.core.realm import Realm, domain
from armslength.core.record import encode_item, item_from_value
from armslength.desk.prepared import Prepared
from armslength.journal import checkpoint as checkpoints
from armslength.journal import entry as entries
from armslength.journal import tree
from armslength.line import envelope
from armslength.node import system_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from armslength.core.cbor import CborValue
    from armslength.core.keys import PublicKey
    from armslength.core.record import Fields, Item, Verified

Json = dict[str, Any]
Signed = tuple[Prepared, "tuple[CborValue, ...]"]

REALM = Realm.EXERCISE
OUTBOX = "outbox"
TYPES = frozenset({"message", "node-receipt"})
ORIGIN = "armslength/limit"
UNDER_WAY = 2
"""Transports under way at once: while one is at B, A works on the other."""


class Side:
    """One side: the node keys of a home, a store of its own, the other side's public keys.

    Args:
        home: whose node keys are used.
        file: the store's file.
        officer: the public key of A's officer.
        line: the line id that the officer signed.
    """

    def __init__(self, home: Path, file: Path, officer: PublicKey, line: bytes) -> None:
        rng = SystemRng()
        unlock = keystore_file.read_unlock_file(home / "node.unlock")
        self.keys = keystore_file.load(home / "node.keys", unlock, rng)
        self.store = SqliteStore(file, key=self.keys.storage_key, rng=rng, realm=REALM)
        self.rng = rng
        self.officer = officer.verifier()
        self.line = line
        sign = self.keys.public("sign")
        self.key_id = cose.key_id(sign.alg, sign.public)
        self.theirs: dict[str, PublicKey] = {}

    def publics(self) -> dict[str, PublicKey]:
        """Return what the other side must know."""
        return {purpose: self.keys.public(purpose) for purpose in ("sign", "seal", "log")}

    def make(self, kind: str, body: Fields, *, seed: bytes, acts: tuple[CborValue, ...]) -> Verified:
        """Build and sign one record."""
        return record.build_item(
            REALM,
            kind,
            self.line,
            key_id=self.key_id,
            body_seed=seed,
            body=body,
            link_seed=self.rng.bytes(32),
            link={1: 1, 2: bytes(32), 3: 0, 4: bytes(32), 5: system_now(), 6: bytes(32)},
            acts=acts,
            sign=lambda message: self.keys.sign("sign", message),
        )

    def verify(self, item: Item) -> Verified:
        """Verify one record of the other side."""
        key = self.theirs["sign"].verifier()
        return record.verify_item(item, realm=REALM, line=self.line, key_of=lambda _key_id: key, types=TYPES)

    def verify_act(self, acts: tuple[CborValue, ...], body_hash: bytes) -> None:
        """Verify the officer's signature over a body."""
        act = attestation.parse_attestation(acts[0])
        stated = attestation.statement(REALM, act.act, act.role, act.officer, body_hash)
        signature = act.evidence[0]
        cose.raw_verify(self.officer, signature if isinstance(signature, bytes) else b"", stated)

    def append(self, unit: Any, kind: str, verified: Verified) -> int:  # noqa: ANN401 - the store's unit
        """Append one record to the journal."""
        content, blind = encode_item(verified.item), self.rng.bytes(entries.BLIND_BYTES)
        commitment = entries.commitment(blind, content)
        entry = entries.Entry(kind=kind, at=system_now(), line=self.line, commitment=commitment)
        return int(unit.append(entries.encode_leaf(entry), blind, content))

    def seal(self, items: Sequence[Item]) -> bytes:
        """Seal records for the other side."""
        header = envelope.transport_header(REALM, self.line, self.key_id)
        plaintext = envelope.encode_items(items)
        return self.keys.seal(plaintext, self.theirs["seal"], header, domain(REALM, "transport"))

    def open(self, transport: bytes) -> list[Item]:
        """Open a transport of the other side."""
        _, plaintext = self.keys.open(transport, domain(REALM, "transport"))
        return [item_from_value(value) for value in envelope.parse_items(plaintext)]

    # --- the four steps -----------------------------------------------------------------------------------------------

    def release(self, batch: Sequence[Signed]) -> bytes:
        """At A: from what officers signed to a sealed transport."""
        made = []
        with self.store.write() as unit:
            for prepared, acts in batch:
                verified = self.make("message", prepared.body, seed=prepared.seed, acts=acts)
                self.verify_act(acts, verified.body_hash)
                index = self.append(unit, "message-out", verified)
                unit.put(OUTBOX, verified.envelope_hash, {1: verified.envelope_hash, 2: index})
                made.append(verified.item)
        return self.seal(made)

    def take(self, transport: bytes) -> bytes:
        """At B: from a transport to sealed receipts."""
        held = []
        with self.store.write() as unit:
            for item in self.open(transport):
                verified = self.verify(item)
                self.verify_act(item.acts, verified.body_hash)
                held.append((verified.envelope_hash, self.append(unit, "message-in", verified)))
            note = self.note(unit)
            answers = []
            for envelope_hash, index in held:
                body: dict[int, CborValue] = {
                    1: self.rng.bytes(16),
                    2: system_now(),
                    21: envelope_hash,
                    22: index,
                    23: note,
                }
                made = self.make("node-receipt", body, seed=self.rng.bytes(32), acts=())
                self.append(unit, "node-receipt-out", made)
                answers.append(made.item)
        return self.seal(answers)

    def note(self, unit: Any) -> str:  # noqa: ANN401 - the store's unit
        """Sign a checkpoint of the journal as it stands in this unit."""
        frontier = unit.frontier()
        checkpoint = checkpoints.Checkpoint(origin=ORIGIN, size=frontier.size, root=tree.root(frontier))
        key = self.keys.public("log").verifier()
        signature = self.keys.sign("log", checkpoints.checkpoint_tbs(checkpoint, key))
        line = checkpoints.log_signature(ORIGIN, key, signature)
        return checkpoints.assemble_note(checkpoints.checkpoint_body(checkpoint), (line,))

    def finish(self, transport: bytes) -> int:
        """At A: receipts into the journal, outbox rows out; return how many."""
        items = self.open(transport)
        note = checkpoints.parse_note(str(items[0].body[23]))
        checkpoints.verify_checkpoint(note, ORIGIN, self.theirs["log"].verifier())
        with self.store.write() as unit:
            for item in items:
                verified = self.verify(item)
                self.append(unit, "node-receipt-in", verified)
                envelope_hash = item.body[21]
                unit.delete(OUTBOX, envelope_hash if isinstance(envelope_hash, bytes) else b"")
        return len(items)


def _other_side(
    home: Path, file: Path, officer: PublicKey, line: bytes, theirs: dict[str, PublicKey], wire: Connection
) -> None:
    side = Side(home, file, officer, line)
    side.theirs = theirs
    wire.send(side.publics())
    while transport := wire.recv_bytes():
        wire.send_bytes(side.take(transport))
    side.store.close()


def measure(
    homes: tuple[Path, Path],
    signed: list[Signed],
    officer: PublicKey,
    *,
    rate: float,
    count: int,
    seconds: float,
    outstanding: int,
) -> Json:
    """Return `p50_ms` and `per_s` of the limit.

    Args:
        homes: two homes whose keys are used; the stores are new files in them.
        signed: messages and their attestations, made beforehand; at least ``count`` and some for the sustained part.
        officer: the officer's public key.
        rate: messages a second of the latency part.
        count: messages of it.
        seconds: length of the sustained part, unless the messages end before.
        outstanding: messages under way in it.
    """
    line = signed[0][0].line
    name = f"limit-{time.monotonic_ns()}.db"
    a = Side(homes[0], homes[0] / name, officer, line)
    spawn = multiprocessing.get_context("spawn")
    wire, their_end = spawn.Pipe()
    arguments = (homes[1], homes[1] / name, officer, line, a.publics(), their_end)
    process = spawn.Process(target=_other_side, args=arguments)
    process.start()
    try:
        a.theirs = wire.recv()
        delays = _latency(a, wire, signed[:count], rate)
        per_s = _sustained(a, wire, deque(signed[count:]), seconds, outstanding // UNDER_WAY)
        wire.send_bytes(b"")
    finally:
        process.join(10)
        if process.is_alive():
            process.kill()
        a.store.close()
    return {"p50_ms": round(median(delays) * 1e3, 2), "per_s": round(per_s, 1)}


def _latency(a: Side, wire: Connection, signed: list[Signed], rate: float) -> list[float]:
    delays = []
    began = time.perf_counter()
    for n, one in enumerate(signed):
        time.sleep(max(0.0, began + n / rate - time.perf_counter()))
        at = time.perf_counter()
        wire.send_bytes(a.release([one]))
        a.finish(wire.recv_bytes())
        delays.append(time.perf_counter() - at)
    return delays


def _sustained(a: Side, wire: Connection, signed: deque[Signed], seconds: float, batch: int) -> float:
    began = time.perf_counter()
    done, under_way = 0, 0
    while signed or under_way:
        over = time.perf_counter() - began >= seconds
        while under_way < UNDER_WAY and signed and not over:
            wire.send_bytes(a.release([signed.popleft() for _ in range(min(batch, len(signed)))]))
            under_way += 1
        if not under_way:
            break
        done += a.finish(wire.recv_bytes())
        under_way -= 1
    return done / (time.perf_counter() - began)
