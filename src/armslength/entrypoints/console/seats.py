"""Who sits where: the sessions of a node, kept in memory and in its store, with the journal entries that tell of them.

Every change of who is in is durable before it is answered. When a person last used a session is not worth a write each
time: it is written once a minute, so that after a restart a session may lock up to a minute early and never late.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from armslength.core.errors import LocalError
from armslength.core.instants import MINUTE_US, Instant
from armslength.desk import sessions, sign_ins
from armslength.desk.officer_keys import blocked
from armslength.desk.outbox import sleep_until
from armslength.desk.sessions import Session as Held
from armslength.desk.signing_in import Limits, Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from armslength.core.attestation import Officer
    from armslength.desk.books import Books
    from armslength.node import Node

SWEEP_S: Final = 5.0
"""How often idle locks and ends are looked for; the lock itself holds at its second."""

SECRET: Final = "console-secret"  # noqa: S105 - the name of a setting
"""The store's setting from which decoys are made, so that a restart does not tell them from keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session that stands, with what the roster says of its officer now."""

    held: Held
    officer: str
    name: str
    roles: frozenset[str]
    locked: bool
    expires_at: Instant

    @property
    def id(self) -> str:
        """Names the session; it stays when the token changes."""
        return self.held.id.hex()


class Seats:
    """The sessions of one node; made by `seats_of`."""

    def __init__(self, node: Node) -> None:
        self._desk = node.desk
        self._service = node.service
        self.rng = node.desk.rng
        self.idle_s = node.settings.console_idle_s
        self.limits, self.spent, self.refused = Limits(), Spent(), sign_ins.Refused()
        self.challenge_secret = self.rng.bytes(32)
        stored = self._desk.read(lambda unit: sessions.from_value(unit.setting(sessions.SETTING)))
        self._by_hash = {one.token_hash: one for one in stored}
        self._written = {one.id: one.used_at for one in stored}
        self._lock = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def now(self) -> Instant:
        """Return the node's time."""
        return self._desk.clock.now()

    # --- looking ------------------------------------------------------------------------------------------------------

    def find(self, token: str) -> Session:
        """Return the session of a token.

        Raises:
            LocalError: SESSION-NONE, also for an officer who was removed; SESSION-EXPIRED.
        """
        held = self._by_hash.get(_hash_of(token))
        if held is None:
            raise LocalError("SESSION-NONE")
        return self.standing(held)

    def standing(self, held: Held) -> Session:
        """Return a session with what the roster says of its officer at this moment.

        Raises:
            LocalError: SESSION-NONE, SESSION-EXPIRED.
        """
        now = self.now()
        if sessions.is_expired(held, now):
            raise LocalError("SESSION-EXPIRED")
        known = self._service.look(lambda books: _officer(books, held))
        if known is None:
            raise LocalError("SESSION-NONE")
        return Session(
            held=held,
            officer=known.officer,
            name=known.name,
            roles=known.roles,
            locked=sessions.is_locked(held, now, self.idle_s),
            expires_at=held.expires_at,
        )

    def again(self, session: Session) -> Session:
        """Return what a session is by now, also when its token changed meanwhile.

        Raises:
            LocalError: SESSION-NONE, SESSION-EXPIRED.
        """
        for held in self._by_hash.values():
            if held.id == session.held.id:
                return self.standing(held)
        raise LocalError("SESSION-NONE")

    def sessions(self) -> tuple[Held, ...]:
        """Return every session held, oldest first."""
        return tuple(sorted(self._by_hash.values(), key=lambda one: one.signed_in_at))

    def use(self, session: Session) -> None:
        """Note that a person used an open session just now."""
        used = sessions.use(session.held, self.now(), self.idle_s)
        if session.held.token_hash in self._by_hash:
            self._by_hash[used.token_hash] = used

    # --- changing -----------------------------------------------------------------------------------------------------

    async def sign_in(self, officer: str, method: str, key_id: bytes, post: str, before: Session | None) -> str:
        """Begin a session and return its token; whatever session this browser had before ends."""
        token, now = self.rng.bytes(sessions.TOKEN_BYTES).hex(), self.now()
        new = Held(
            id=self.rng.bytes(sessions.ID_BYTES),
            token_hash=_hash_of(token),
            officer=officer,
            method=method,
            key_id=key_id,
            post=post,
            signed_in_at=now,
            used_at=now,
        )
        async with self._lock:
            gone = None if before is None else before.held.id
            kept, ended = sessions.admit((one for one in self._by_hash.values() if one.id != gone), new, now)

            def job(books: Books) -> None:
                if before is not None:
                    sign_ins.note_session(books, "ended", before.held, because="signed-in-again")
                for one in ended:
                    late = sessions.is_expired(one, now)
                    because = "" if late else "too-many"
                    sign_ins.note_session(books, "expired" if late else "ended", one, because=because)
                sign_ins.note_session(books, "signed-in", new)

            await self._write(kept, job)
        return token

    async def unlock(self, session: Session, method: str, key_id: bytes) -> str:
        """Open a session again under a new token, which is returned; its officer signed in anew."""
        token = self.rng.bytes(sessions.TOKEN_BYTES).hex()
        async with self._lock:
            held = self.again(session).held
            new = sessions.unlock(held, self.now(), _hash_of(token), method=method, key_id=key_id)
            await self._change(new, "unlocked")
        return token

    async def lock(self, session: Session) -> None:
        """Lock a session at its officer's wish; one that is locked stays so."""
        async with self._lock:
            found = self.again(session)
            if found.held.locked_at is None:
                await self._change(sessions.lock(found.held, self.now()), "locked", because="person")

    async def sign_out(self, session: Session) -> None:
        """End a session."""
        async with self._lock:
            found = self.again(session)
            rest = [one for one in self._by_hash.values() if one.id != found.held.id]
            await self._write(rest, lambda books: _noted(books, "signed-out", found.held))

    async def refuse(self, officer: str, method: str, address: str) -> None:
        """Count a refused attempt, and write it, or leave it to the next minute's entry."""
        now = self.now()
        self.limits.refused(officer, address, now)
        known = self._service.look(lambda books: officer in books.roster().officers)
        self.refused.add(officer if known else None, method, now)
        await self.write_refused()

    async def write_refused(self) -> None:
        """Write the entry of refused attempts that is due, if one is."""
        fields = self.refused.take(self.now())
        if fields is not None:
            await self._desk.write(lambda books: books.note(sign_ins.KIND, sign_ins.KIND, fields))

    async def sweep(self) -> None:
        """Note locks for want of use, end what is over, and write what waits."""
        async with self._lock:
            now = self.now()
            held_now = tuple(self._by_hash.values())
            gone = self._service.look(lambda books: {one.id for one in held_now if _officer(books, one) is None})
            kept: list[Held] = []
            told: list[tuple[str, Held, str, Instant | None]] = []
            for one in held_now:
                since = sessions.idle_since(one, now, self.idle_s)
                if one.id in gone:
                    told.append(("ended", one, "removed", None))
                elif sessions.is_expired(one, now):
                    told.append(("expired", one, "", None))
                elif since is not None:
                    kept.append(sessions.lock(one, since))
                    told.append(("locked", one, "idle", since))
                else:
                    kept.append(one)
            if told or any(one.used_at - self._written.get(one.id, one.used_at) >= MINUTE_US for one in kept):
                await self._write(kept, lambda books: _tell(books, told))
        await self.write_refused()

    def watch(self) -> None:
        """Begin to sweep, once, until the node stops."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        while not self._desk.stopping:
            await sleep_until(self._desk.stopped, SWEEP_S)
            if not self._desk.stopping:
                await self.sweep()

    async def _change(self, new: Held, outcome: str, *, because: str = "") -> None:
        kept = [new if one.id == new.id else one for one in self._by_hash.values()]
        await self._write(kept, lambda books: _noted(books, outcome, new, because))

    async def _write(self, kept: Sequence[Held], job: Callable[[Books], None]) -> None:
        """Make a change durable together with its entries, then let it count."""
        value = sessions.to_value(kept)

        def write(books: Books) -> None:
            job(books)
            books.unit.set_setting(sessions.SETTING, value)

        await self._desk.write(write)
        used = {one.id: one.used_at for one in self._by_hash.values()}
        # Whoever used a session while this was being written has used it.
        latest = [replace(one, used_at=max(one.used_at, used.get(one.id, one.used_at))) for one in kept]
        self._by_hash = {one.token_hash: one for one in latest}
        self._written = {one.id: one.used_at for one in kept}

    async def decoy_secret(self) -> bytes:
        """Return the secret of which decoys are made; drawn once in a node's life."""
        found = self._desk.read(lambda unit: unit.setting(SECRET))
        if isinstance(found, bytes):
            return found
        drawn = self.rng.bytes(32)

        def keep(books: Books) -> bytes:
            held = books.unit.setting(SECRET)
            if isinstance(held, bytes):
                return held
            books.unit.set_setting(SECRET, drawn)
            return drawn

        return await self._desk.write(keep)


def _hash_of(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _officer(books: Books, held: Held) -> Officer | None:
    """Return the officer of a session; None when he, or the key that opened it, may not be used here any more."""
    key_id = None if held.method == "certificate" else held.key_id
    return None if blocked(books, held.officer, key_id) else books.roster().officers[held.officer]


def _noted(books: Books, outcome: str, held: Held, because: str = "") -> None:
    sign_ins.note_session(books, outcome, held, because=because)


def _tell(books: Books, told: Sequence[tuple[str, Held, str, Instant | None]]) -> None:
    for outcome, held, because, since in told:
        sign_ins.note_session(books, outcome, held, because=because, since=since)


_SEATS: Final[WeakKeyDictionary[Node, Seats]] = WeakKeyDictionary()


def seats_of(node: Node) -> Seats:
    """Return the sessions of a node: one object a node, whichever face asks."""
    found = _SEATS.get(node)
    if found is None:
        found = _SEATS[node] = Seats(node)
    return found
