"""The outbox: what was recorded goes out, and goes on going out until the peer's own receipt is in the journal.

A bearer's "OK" is a hint for the timing of the next try and nothing else: an outbox row is deleted by the projection
of the peer's signed R0. FLASH goes first and in a request of its own; the rest goes in order. Retry is in seconds,
capped, and starts anew at any sign of life.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import PeerError, Unavailable
from armslength.core.limits import ITEMS_PER_TRANSPORT_MAX
from armslength.core.realm import domain
from armslength.desk import line_echo, opening, views
from armslength.desk.ports import Address, Unit
from armslength.line import envelope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.core.record import Item
    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.desk.inbound import Hello
    from armslength.line.manifest import Manifest

RETRY_STEPS_S: Final = (0.25, 0.5, 1.0, 1.5)
"""First retries after a failure; the last step repeats. A peer that returns hears from us within two seconds."""

RETRY_SLOW_AFTER: Final = 600
"""After so many failures in a row (about a quarter of an hour) the step grows to the slow one."""

RETRY_SLOW_S: Final = 10.0
"""A peer that is down for long is still tried six times a minute; it also wakes us with its own hello."""

EXTRA_A_REQUEST: Final = 8
"""Unnumbered items in one request: hello, assent, cosignature, a few replies."""

NUMBERED_A_REQUEST: Final = ITEMS_PER_TRANSPORT_MAX - EXTRA_A_REQUEST
"""Messages and receipts in one request."""

PIECE_MIN: Final = 8
"""Up to so many messages leave together. Of more, half leaves: so the two nodes work at the same time and do not hand
one large piece to and fro."""

SCAN_ROWS: Final = 512
"""Rows looked at for one request: those under way are skipped, an outbox of thousands is not read whole."""

FLASH_RANK: Final = b"\x00"
"""The byte after the line id in the key of a FLASH row (views.outbox_key)."""

PLAINTEXT_BYTES_MAX: Final = 1_000_000
"""Bytes of items gathered for one request, so that a slow path carries it within its deadline."""

RESEND_AFTER_S: Final = 5.0
"""An item that was carried but not receipted goes out again after this time; the peer gives the same R0 again."""

HEARTBEAT_S: Final = 20.0
"""A hello leaves when nothing was exchanged for so long; two missed ones are a minute's silence."""

COSIGN_AFTER_S: Final = 1.0
"""How long after traffic our new checkpoint is offered for cosigning, so that a burst is cosigned once."""


def lapse() -> float:
    """Return the seconds that the running loop counts, for waiting only: a clock set back would make it wait."""
    return asyncio.get_running_loop().time()


@dataclass(slots=True, kw_only=True)
class Courier:
    """One line's sending state, in seconds of `lapse`; lost in a crash; nothing of it is needed after one."""

    line: bytes
    wake: asyncio.Event
    failures: int = 0
    retry_at: float = 0.0
    heard_at: float = 0.0
    hello_due: bool = True
    owes_manifest: bool = False
    checked: bytes = b""
    cosign_at: float | None = None
    extra: list[Item] = field(default_factory=list)
    carried: dict[bytes, float] = field(default_factory=dict)
    carried_flash: dict[bytes, float] = field(default_factory=dict)
    last_error: str = ""
    taking: asyncio.Task[None] | None = None
    flash: asyncio.Event = field(default_factory=asyncio.Event)

    def on_its_way(self, *, flash: bool) -> dict[bytes, float]:
        """Return what was carried and is not receipted, of one lane: envelope hash -> when it left."""
        return self.carried_flash if flash else self.carried

    def forget(self, receipted: Iterable[bytes]) -> None:
        """Drop what waits no longer: its receipt, and with it the end of its outbox row, is durable."""
        for envelope_hash in receipted:
            self.carried.pop(envelope_hash, None)
            self.carried_flash.pop(envelope_hash, None)

    def sign_of_life(self, now: float) -> None:
        """Anything heard from the peer ends the waiting."""
        self.heard_at = now
        if self.failures:
            self.failures = 0
            self.retry_at = now
            self.carried.clear()
            self.carried_flash.clear()
            self.wake.set()
            self.flash.set()

    def failed(self, now: float, error: str) -> None:
        """Set the time of the next try."""
        step = RETRY_STEPS_S[min(self.failures, len(RETRY_STEPS_S) - 1)]
        if self.failures >= RETRY_SLOW_AFTER:
            step = RETRY_SLOW_S
        self.failures += 1
        self.retry_at = now + step
        self.last_error = error
        self.hello_due = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one request carries: encoded items, their envelope hashes, each awaiting an R0, and whether more wait."""

    items: tuple[bytes, ...]
    hashes: tuple[bytes, ...]
    more: bool


def address_of(manifest: Manifest) -> Address | None:
    """Return the address of the first bearer that this node can use, or None."""
    for bearer in manifest.bearers:
        if bearer.kind == "https":
            return Address(kind=bearer.kind, address=bearer.address, pin=manifest.tls_pin)
    return None


def gather(unit: Unit, courier: Courier, now: float, *, flash: bool) -> Load:
    """Collect what should leave on a line now: FLASH alone in the flash lane, everything else in order in the other."""
    prefix = courier.line + FLASH_RANK if flash else courier.line
    due = _due(unit, courier, prefix, now, flash=flash)
    most = min(NUMBERED_A_REQUEST, max(PIECE_MIN, (len(due) + 1) // 2))
    items: list[bytes] = []
    hashes: list[bytes] = []
    size = 0
    for envelope_hash, index in due:
        content = unit.content(index)
        if content is None:
            courier.on_its_way(flash=flash).pop(envelope_hash, None)
            continue
        size += len(content[1])
        if items and (size > PLAINTEXT_BYTES_MAX or len(items) >= most):
            return Load(items=tuple(items), hashes=tuple(hashes), more=True)
        items.append(content[1])
        hashes.append(envelope_hash)
    return Load(items=tuple(items), hashes=tuple(hashes), more=False)


def _due(unit: Unit, courier: Courier, prefix: bytes, now: float, *, flash: bool) -> list[tuple[bytes, int]]:
    """Return envelope hash and entry index of what is not on its way, in order."""
    due = []
    for key, value in unit.scan(views.OUTBOX, prefix, limit=SCAN_ROWS):
        row = cast("Mapping[int, bytes | int]", value)
        envelope_hash = cast("bytes", row[1])
        carried = courier.on_its_way(flash=flash).get(envelope_hash)
        waiting = carried is not None and now < carried + RESEND_AFTER_S
        if not waiting and (flash or key[16:17] != FLASH_RANK):
            due.append((envelope_hash, cast("int", row[2])))
    return due


def seal(desk: Desk, line: bytes, items: Sequence[Item], peer: Manifest) -> bytes:
    """Return one transport for the peer."""
    return seal_encoded(desk, line, [item.encode() for item in items], peer)


def seal_encoded(desk: Desk, line: bytes, items: Sequence[bytes], peer: Manifest) -> bytes:
    """Return one transport for the peer, of items as the journal holds them."""
    return desk.keys.seal(
        envelope.join_items(items),
        peer.node_keys["seal"],
        envelope.transport_header(desk.realm, line, desk.sign_key_id),
        domain(desk.realm, "transport"),
    )


async def pump(desk: Desk, courier: Courier) -> None:
    """Serve one line for ever: wait until something is due, send it, take the answer."""
    while not desk.stopping:
        wait_s = rest_s(courier, lapse())
        if wait_s > 0:
            await sleep_until(courier.wake, wait_s)
            # A failing path is tried again at its time, not at every new message.
            if courier.retry_at > lapse():
                courier.wake.clear()
            continue
        if courier.failures and await deliver_once(desk, courier, flash=True) is False:
            continue
        await deliver_once(desk, courier)


async def flash_lane(desk: Desk, courier: Courier) -> None:
    """Serve a line's FLASH messages, so that no other request on its way delays them."""
    while not desk.stopping:
        await sleep_until(courier.flash, flash_rest_s(courier, lapse()))
        courier.flash.clear()
        if courier.failures == 0:
            await deliver_once(desk, courier, flash=True)


async def sleep_until(event: asyncio.Event, seconds: float | None) -> None:
    """Rest until the event is set or the time is over; None: there is no such time."""
    try:
        # Not wait_for, which would start a task: what wakes late leaves late.
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


def rest_s(courier: Courier, now: float) -> float:
    """Return how long the line's pump may rest, in seconds."""
    if courier.retry_at > now:
        return courier.retry_at - now
    if courier.failures or courier.hello_due or courier.extra or courier.wake.is_set():
        return 0.0
    rest = [courier.heard_at + HEARTBEAT_S]
    if courier.cosign_at is not None:
        rest.append(courier.cosign_at)
    if courier.carried:
        rest.append(min(courier.carried.values()) + RESEND_AFTER_S)
    return max(0.0, min(rest) - now)


def flash_rest_s(courier: Courier, now: float) -> float | None:
    """Return how long the FLASH lane may rest: until something carried is to go again; None when nothing is.

    While the path fails the pump carries FLASH too, first of all.
    """
    if courier.failures or not courier.carried_flash:
        return None
    return max(0.0, min(courier.carried_flash.values()) + RESEND_AFTER_S - now)


async def deliver_once(desk: Desk, courier: Courier, *, flash: bool = False) -> bool | None:
    """Send what is due on a line, once. True: carried; False: the path failed; None: there was nothing to send."""
    if not flash:
        courier.wake.clear()
    now = lapse()
    load = desk.read(lambda unit: gather(unit, courier, now, flash=flash))
    extra = [] if flash else _extra(desk, courier, now, quiet=not load.items)
    items = [*(item.encode() for item in extra), *load.items]
    peer = desk.peer_of(courier.line)
    address = address_of(peer)
    if not items or address is None:
        if not flash:
            courier.heard_at, courier.hello_due = now, False
        return None
    for envelope_hash in load.hashes:
        courier.on_its_way(flash=flash)[envelope_hash] = now
    try:
        answer = await desk.net.send(courier.line, address, seal_encoded(desk, courier.line, items, peer))
    except (PeerError, Unavailable) as error:
        # A peer whose own sealing key is none is as good as unreachable; it must not stop this node.
        for envelope_hash in load.hashes:
            courier.on_its_way(flash=flash).pop(envelope_hash, None)
        courier.failed(lapse(), error.code)
        await desk.path_failed(courier)
        return False
    if not answer:
        courier.sign_of_life(lapse())
    elif flash or courier.failures or not load.hashes:
        # What was said decides what happens next: a path that failed, a greeting, an urgent message.
        await desk.take_answer(courier, answer)
    else:
        await desk.take_answer_aside(courier, answer)
    if load.more:
        (courier.flash if flash else courier.wake).set()
    return True


def _extra(desk: Desk, courier: Courier, now: float, *, quiet: bool) -> list[Item]:
    """Return unnumbered items that are due: replies owed, the hello, an offer of our checkpoint."""
    items, courier.extra = courier.extra, []
    beat = quiet and now >= courier.heard_at + HEARTBEAT_S
    cosign = courier.cosign_at is not None and courier.cosign_at <= now
    asks = desk.read(lambda unit: line_echo.asked(unit, courier.line))
    check = asks is not None and asks.check_id != courier.checked
    if courier.hello_due or cosign or beat or check:
        first = courier.hello_due
        query = first or beat or check
        items.extend(
            desk.read(lambda unit: _greeting(desk, unit, courier.line, first=first, query=query, cosign=cosign))
        )
        courier.hello_due, courier.checked = False, b"" if asks is None else asks.check_id
        courier.cosign_at = None if cosign else courier.cosign_at
    return items[:EXTRA_A_REQUEST]


def _greeting(desk: Desk, unit: Unit, line_id: bytes, *, first: bool, query: bool, cosign: bool) -> list[Item]:
    books = desk.books(unit)
    line = books.line(line_id)
    made = opening.hello(books, line, query=query, ask_cosign=cosign and line.open)
    assent = opening.own_assent(books, line) if first else None
    return made if assent is None else [*made, assent]


def answer_to_hello(books: Books, line_id: bytes, hello: Hello | None) -> list[Item]:
    """Return what a hello of the peer asks for: our assent, manifests that it lacks, our hello."""
    if hello is None:
        return []
    line = books.line(line_id)
    items: list[Item] = []
    if not hello.holds_our_assent and (assent := opening.own_assent(books, line)) is not None:
        items.append(assent)
    if 0 < hello.holds_our_manifest < books.manifest().sequence:
        items.extend(opening.manifest_notices(books, line, hello.holds_our_manifest, in_turn=True))
    if hello.query:
        items.extend(opening.hello(books, line, query=False, echo=hello.asked))
    return items
