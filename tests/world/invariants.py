"""What must hold at every step, judged at every commit, on every frame that crosses the wire, and as time passes.

Nothing here is asked of a node: its journal is read after each commit, its frames are opened on the wire, its bells are
counted. Each violation has a name, so that a planted bug can be shown to be caught by the invariant meant for it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from armslength.adapters.store_memory import MemoryStore
from armslength.core.errors import ArmslengthError
from armslength.core.precedence import Precedence
from armslength.core.realm import domain
from armslength.core.record import item_from_value, verify_item
from armslength.desk import projection, views
from armslength.journal import checkpoint, compare, tree
from armslength.line import braid, envelope
from armslength.line.receipts import Level
from world import ledger as books
from world.parties import DEADLINES

if TYPE_CHECKING:
    from armslength.core.record import Verified
    from armslength.desk.ports import Store, Unit
    from armslength.journal.entry import Entry
    from world.ledger import Ledger
    from world.node import SimNode
    from world.world import World

FRAME_TYPES = frozenset({"message", "receipt", "node-receipt", "hello", "cosign", "charter-assent", "manifest-notice"})
ALARM_WITHIN_S = 5.0
"""A deadline is noted and rung within this time by a node that was up, with its clock undisturbed."""

AFTER_A_JUMP_S = 40.0
"""A clock that was set is noticed at the clockwork's next look, half a minute later at most."""


class Violation(AssertionError):
    """An invariant did not hold; named."""

    def __init__(self, name: str, **details: object) -> None:
        self.name = name
        super().__init__(f"{name} {details}")


class Invariants:
    """The watcher of one world.

    Args:
        world: knows the nodes; `violate` stops the run after the present step.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.lied: set[bytes] = set()
        """Envelope hashes that a lying peer made beside its own node."""

    # --- commits ------------------------------------------------------------------------------------------------------

    def committed(self, node: SimNode, store: Store, *, settled: bool = False) -> None:
        """Judge what a node's last commit added. ``settled``: it was committed before anybody watched."""
        with store.read() as unit:
            size = unit.frontier().size
            if size == len(node.ledger.leaves):
                return
            fresh = range(len(node.ledger.leaves), size)
            node.ledger.grow(unit.leaf_hashes(fresh.start, size))
            for index in fresh:
                entry, verified = books.replayed(unit, index)
                node.ledger.kinds.append(entry.kind)
                self._world.trace(node.name, entry.kind, verified.envelope_hash)
                self._entry(node, index, entry, verified, settled=settled)
            self._views(node, unit)

    def recovered(self, node: SimNode, store: Any) -> None:
        """Judge what a node holds after a crash: nothing of what it committed may be missing or other."""
        integrity = store.integrity()
        if integrity != "ok":
            self._world.violate("DATABASE-DAMAGED", node=node.name, said=integrity)
        with store.read() as unit:
            size = unit.frontier().size
            known = node.ledger.leaves
            if size < len(known) or list(unit.leaf_hashes(0, len(known))) != known:
                kept = _same(unit, known, size)
                self._world.violate("LOST-AFTER-CRASH", node=node.name, had=len(known), kept=kept)
                return
        self.committed(node, store)

    def _entry(self, node: SimNode, index: int, entry: Entry, verified: Verified, *, settled: bool) -> None:
        if verified.header.realm is not node.party.realm:
            self._world.violate("REALM-MIXED", node=node.name, kind=entry.kind)
        judge = getattr(self, "_" + entry.kind.replace("-", "_"), None)
        if judge is not None:
            judge(node, index, entry, verified, settled)

    def _message_out(self, node: SimNode, index: int, _entry: Entry, verified: Verified, _settled: bool) -> None:
        record, own = books.numbered(index, verified), node.ledger
        chain = own.out.line(record.line)
        before = chain.get(record.number - 1)
        if record.number != len(chain) + 1 or record.link.prev_hash != (before.envelope_hash if before else None):
            self._world.violate("SERIES-OUT", node=node.name, number=record.number, expected=len(chain) + 1)
        if any(record.record_id == other.record_id for other in chain.values()):
            self._world.violate("SENT-TWICE", node=node.name, number=record.number)
        self._check_peer_link(node, record, own.inn)
        own.out.add(record)
        self._opened(node, record, verified, ours=True)

    _receipt_out = _message_out

    def _message_in(self, node: SimNode, index: int, _entry: Entry, verified: Verified, _settled: bool) -> None:
        record, own = books.numbered(index, verified), node.ledger
        if record.number in own.inn.line(record.line) or record.envelope_hash in own.inn.by_hash:
            self._world.violate("DUPLICATE", node=node.name, number=record.number)
        self._check_peer_link(node, record, own.out)
        peer = self._world.peer_on(node, record.line)
        if record.envelope_hash not in peer.ledger.out.by_hash and record.envelope_hash not in self.lied:
            self._world.violate("NOT-JOURNALLED-AT-SENDER", node=node.name, number=record.number)
        own.inn.add(record)
        self._opened(node, record, verified, ours=False)
        self._world.arrived(node, record)

    _receipt_in = _message_in

    def _check_peer_link(self, node: SimNode, record: books.Numbered, others: books.Book) -> None:
        other = others.line(record.line).get(record.link.peer_number)
        held = other.envelope_hash if other is not None else None
        if record.link.peer_hash != held:
            self._world.violate("BRAID-BROKEN", node=node.name, number=record.number)

    def _opened(self, node: SimNode, record: books.Numbered, verified: Verified, *, ours: bool) -> None:
        body: Any = verified.item.body
        own = node.ledger
        if record.type == "receipt":
            target = own.owed.get(body[21])
            if target is not None:
                books.receipted(target, body)
            self._like_target(own, record, target, ours=ours)
            return
        since = self._world.loop.present
        own.owed[record.envelope_hash] = books.opens(record, ours=ours, deadlines=DEADLINES, since=since)
        relation = body.get(24)
        if relation is not None and relation[0] in {"recalls", "updates", "discontinues"} and relation[1] in own.owed:
            books.taken_back(own.owed[relation[1]])

    def _like_target(self, own: Ledger, record: books.Numbered, target: books.Owed | None, *, ours: bool) -> None:
        # A receipt travels and waits with the precedence of the message that it speaks of.
        precedence = target.message.precedence if target is not None else Precedence.PRIORITY
        due = {Level.HELD: record.released_at + DEADLINES[precedence][0] * 1_000_000}
        own.owed[record.envelope_hash] = books.Owed(message=record, ours=ours, due=due, since=self._world.loop.present)

    def _node_receipt_out(self, node: SimNode, _index: int, _entry: Entry, verified: Verified, _settled: bool) -> None:
        target = cast("bytes", verified.item.body[21])
        if target not in node.ledger.inn.by_hash:
            self._world.violate("R0-WITHOUT-ENTRY", node=node.name)
        if target in node.ledger.r0_given:
            self._world.violate("R0-TWICE", node=node.name)
        node.ledger.r0_given[target] = verified.envelope_hash
        node.ledger.owed[target].due.pop(Level.HELD, None)

    def _node_receipt_in(self, node: SimNode, _index: int, _entry: Entry, verified: Verified, _settled: bool) -> None:
        target = cast("bytes", verified.item.body[21])
        record = node.ledger.out.by_hash.get(target)
        if record is None or target in node.ledger.r0_held:
            self._world.violate("R0-OF-NOTHING", node=node.name)
            return
        peer = self._world.peer_on(node, record.line)
        if peer.ledger.r0_given.get(target) != verified.envelope_hash and target not in self.lied:
            self._world.violate("R0-NOT-JOURNALLED", node=node.name, at=peer.name)
        node.ledger.r0_held.add(target)
        node.ledger.owed[target].due.pop(Level.HELD, None)

    def _alarm(self, node: SimNode, _index: int, _entry: Entry, verified: Verified, _settled: bool) -> None:
        body: Any = verified.item.body
        cause, identity = (body[20], body[22], body[23], body[24]), body[21]
        if cause in node.ledger.causes or identity in node.ledger.raised_at:
            self._world.violate("ALARM-TWICE", node=node.name, kind=body[20], step=body[24])
        node.ledger.causes[cause] = identity
        node.ledger.raised_at[identity] = self._world.loop.present
        self._world.alarm_raised(node, identity)

    def _alarm_notified(self, node: SimNode, _index: int, _entry: Entry, verified: Verified, _settled: bool) -> None:
        identity = cast("bytes", verified.item.body[20])
        if identity not in node.rung:
            self._world.violate("MARKED-NOT-RUNG", node=node.name, alarm=identity.hex())
        node.ledger.marked.add(identity)

    def _deadline(self, node: SimNode, _index: int, entry: Entry, verified: Verified, _settled: bool) -> None:
        owed = node.ledger.owed.get(cast("bytes", verified.item.body[21]))
        if owed is not None:
            owed.noted_at.append(entry.at)

    def _cosignature_in(self, node: SimNode, _index: int, entry: Entry, verified: Verified, _settled: bool) -> None:
        seen = checkpoint.parse_checkpoint(checkpoint.parse_note(str(verified.item.body[23])).text)
        line = cast("bytes", entry.line)
        if seen.size > len(node.ledger.leaves) or seen.size <= node.ledger.sizes_cosigned.get(line, 0):
            self._world.violate("COSIGNED-BEYOND", node=node.name, size=seen.size)
        elif node.ledger.roots[seen.size] != seen.root:
            self._world.violate("COSIGNED-ANOTHER", node=node.name, size=seen.size)
        node.ledger.sizes_cosigned[line] = seen.size

    def _views(self, node: SimNode, unit: Unit) -> None:
        own = node.ledger
        for line in node.lines:
            rows = [cast("dict[int, bytes]", value)[1] for _, value in unit.scan(views.OUTBOX, line)]
            if set(rows) != own.waiting(line) or len(rows) != len(set(rows)):
                self._world.violate("OUTBOX", node=node.name, rows=len(rows), waiting=len(own.waiting(line)))
            for way, book in ((views.OUT, own.out), (views.IN, own.inn)):
                direction = braid.direction_from_value(unit.get(views.DIRECTIONS, line + way))
                self._direction(node, line, direction, book)

    def _direction(self, node: SimNode, line: bytes, direction: braid.Direction, book: books.Book) -> None:
        held = book.line(line)
        in_order = next(n for n in range(1, len(held) + 2) if n not in held) - 1
        if direction.number != in_order:
            self._world.violate("GAP-IN-SERIES", node=node.name, number=direction.number, expected=in_order)
        elif in_order and held[in_order].envelope_hash != direction.hash:
            self._world.violate("SERIES-HASH", node=node.name, number=in_order)
        if set(direction.ahead) != {number for number in held if number > in_order}:
            self._world.violate("AHEAD-LOST", node=node.name, ahead=sorted(direction.ahead))

    # --- the wire -----------------------------------------------------------------------------------------------------

    def on_the_wire(self, sender: SimNode, line: bytes, body: bytes) -> None:
        """Judge what a node hands to the network: each frame signed, and nothing in it ahead of its journal."""
        receiver = self._world.peer_on(sender, line)
        if sender.disk.unsynced():
            self._world.violate("NOT-DURABLE", node=sender.name)
        key = sender.party.keys.public("sign").verifier()
        for transport in envelope.split_transports(body):
            header, plaintext = receiver.party.keys.open(transport, domain(receiver.party.realm, "transport"))
            if header.get(-70002) != sender.party.realm.value or header.get(-70003) != line:
                self._world.violate("REALM-MIXED", node=sender.name)
            for value in envelope.parse_items(plaintext):
                try:
                    verified = verify_item(
                        item_from_value(value),
                        realm=sender.party.realm,
                        line=line,
                        key_of=lambda _key_id: key,
                        types=FRAME_TYPES,
                    )
                except ArmslengthError as error:
                    self._world.violate("UNSIGNED-FRAME", node=sender.name, code=error.code)
                    continue
                self._frame(sender, line, verified)

    def _frame(self, sender: SimNode, line: bytes, verified: Verified) -> None:
        own, body, kind = sender.ledger, cast("dict[int, Any]", verified.item.body), verified.header.type
        if kind in {"message", "receipt"} and verified.envelope_hash not in own.out.by_hash:
            self._world.violate("SENT-NOT-JOURNALLED", node=sender.name)
        elif kind == "node-receipt":
            self._r0_frame(sender, line, verified.envelope_hash, body)
        elif kind == "hello":
            for book, number, digest in ((own.out, body[23], body[24]), (own.inn, body[25], body[26])):
                held = book.line(line).get(number)
                if number and (held is None or held.envelope_hash != digest):
                    self._world.violate("HELLO-NOT-JOURNALLED", node=sender.name, number=number)
        elif kind == "cosign" and body.get(20) is not None:
            seen = checkpoint.parse_checkpoint(checkpoint.parse_note(body[20]).text)
            if seen.size > len(own.leaves) or own.roots[seen.size] != seen.root:
                self._world.violate("CHECKPOINT-BEYOND", node=sender.name, size=seen.size)

    def _r0_frame(self, sender: SimNode, line: bytes, envelope_hash: bytes, body: dict[int, Any]) -> None:
        own, target = sender.ledger, body[21]
        if target not in own.inn.by_hash or own.r0_given.get(target) != envelope_hash:
            self._world.violate("R0-NOT-JOURNALLED", node=sender.name)
            return
        seen = checkpoint.parse_checkpoint(checkpoint.parse_note(body[23]).text)
        index = own.inn.by_hash[target].index
        if not index == body[22] < seen.size <= len(own.leaves) or own.roots[seen.size] != seen.root:
            self._world.violate("R0-CHECKPOINT", node=sender.name)
        number = own.inn.by_hash[target].number
        if body[24] == "ACCEPTED" and any(n not in own.inn.line(line) for n in range(1, number)):
            self._world.violate("GAP-IN-SERIES", node=sender.name, number=number, where="R0")

    # --- time ---------------------------------------------------------------------------------------------------------

    def time_passed(self, node: SimNode) -> None:
        """Judge what should have happened by now at a node that is up: deadlines noted, alarms raised and rung."""
        now = self._world.loop.present
        within = AFTER_A_JUMP_S if now - node.clock.jumped_at < AFTER_A_JUMP_S else ALARM_WITHIN_S
        quiet_since = max(node.up_since, node.clock.jumped_at if within == AFTER_A_JUMP_S else 0.0)
        if not node.up or now - quiet_since < within:
            return
        for identity, at in node.ledger.raised_at.items():
            if now - at > within and identity not in node.rung:
                self._world.violate("ALARM-NOT-RUNG", node=node.name, alarm=identity.hex())
        until = node.clock.peek() - round(within * 1_000_000)
        for owed in node.ledger.owed.values():
            for level, due in owed.due.items():
                if due <= until and now - owed.since >= within:
                    self._overdue(node, owed, level, due)

    def _overdue(self, node: SimNode, owed: books.Owed, level: Level, due: int) -> None:
        message, causes = owed.message, node.ledger.causes
        if not any(at >= due for at in owed.noted_at):
            self._world.violate("DEADLINE-LOST", node=node.name, number=message.number, level=level.short)
        if level is Level.HELD and not owed.ours:
            return
        kind = "RECEIPT-OVERDUE" if owed.ours else "WE-OWE-RECEIPT"
        if (kind, message.line, message.envelope_hash, int(level)) in causes:
            return
        stuck = {ref for what, line, ref, _ in causes if what == "OUTBOX-STUCK" and line == message.line}
        if level is Level.HELD and stuck & (node.ledger.out.by_hash.keys()):
            return
        self._world.violate("DEADLINE-SILENT", node=node.name, number=message.number, level=level.short)

    # --- the end ------------------------------------------------------------------------------------------------------

    def everything_arrived(self, one: SimNode, other: SimNode, line: bytes) -> None:
        """Judge a healed line at its end: all that was released is receipted at the other end, in order, once."""
        for sender, receiver in ((one, other), (other, one)):
            waiting = sender.ledger.waiting(line)
            if waiting:
                self._world.violate("NOT-DELIVERED", node=sender.name, waiting=len(waiting))
            verdict = compare.compare(sender.ledger.out.chain(line), receiver.ledger.inn.chain(line))
            if not verdict.agree or verdict.first_difference is not None:
                self._world.violate("CHAINS-DIFFER", node=sender.name, first=verdict.first_difference)

    def rebuild_equals(self, node: SimNode, store: Store) -> None:
        """Judge that the views made again from the journal are the live ones, row by row."""
        with store.read() as unit:
            live = list(unit.dump_views())
            again = MemoryStore()
            with again.write() as target:
                replay(unit, target, node)
                made = list(target.dump_views())
        if made != live:
            differing = sorted({row.view for row in set_difference(live, made)})
            self._world.violate("VIEWS-DIFFER", node=node.name, views=differing)


def replay(unit: Unit, target: Unit, node: SimNode) -> None:
    """Make every view again in an empty unit, from a journal's entries and contents alone."""
    for index in range(unit.frontier().size):
        entry, verified = books.replayed(unit, index)
        projection.project(target, index, entry, verified, realm=node.party.realm, own=node.party.code)


def set_difference(one: list[Any], other: list[Any]) -> list[Any]:
    """Return the rows that only one of two dumps has."""
    return [row for row in one if row not in other] + [row for row in other if row not in one]


def digest_of(store: Store) -> bytes:
    """Return a digest of a journal and all its views: what a refused delivery must not change."""
    with store.read() as unit:
        rows = [repr((row.view, row.key, row.due, row.value)) for row in unit.dump_views()]
        return sha256("\n".join(rows).encode() + tree.root(unit.frontier())).digest()


def _same(unit: Unit, known: list[bytes], size: int) -> int:
    held = list(unit.leaf_hashes(0, min(size, len(known))))
    return next((at for at, (one, other) in enumerate(zip(known, held, strict=False)) if one != other), len(held))
