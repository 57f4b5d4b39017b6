"""Sessions of officers at the console: how long one lives, when it locks, how many there are. Values in, values out.

A session says whose hands are probably on the keys, never what a person did: every act is signed with the officer's own
key. The token is 32 random bytes that the browser holds; only its hash is kept here, and nothing that is in the store
opens a session. Whether the officer still stands in the roster is asked anew by whoever uses a session.

A session locks after `IDLE_S` without use, and stays locked until the officer signs in again: time that passes never
unlocks it. A locked session may see alarms and send a STOP (`entrypoints.console.gate`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US, SECOND_US, Instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from armslength.core.cbor import CborValue

SESSION_US: Final = 12 * HOUR_US
"""One watch: whoever takes the next one signs in, also at the same machine."""

IDLE_S: Final = 300
"""Seconds without use after which a session locks: floor machines are shared, and people get up in a hurry."""

SESSIONS_EACH_MAX: Final = 16
"""Sessions of one officer: every screen of a floor once; the oldest ends when there is one more."""

SESSIONS_MAX: Final = 512
"""Sessions of a node: as many as officers in a manifest."""

TOKEN_BYTES: Final = 32
"""Of a session's token, drawn from the system's generator."""

TOKEN_HASH_BYTES: Final = 32
ID_BYTES: Final = 8
POST_CHARS_MAX: Final = 64
"""The name that people gave to a floor machine."""

SETTING: Final = "console-sessions"
"""The store's setting that holds the sessions, sealed as all settings are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser of one officer.

    Args:
        id: names the session in the journal; a new token leaves it as it is.
        token_hash: SHA-256 of the token.
        officer: who signed in.
        method: ``file-key``, ``passkey`` or ``certificate``.
        key_id: the key that signed, or the SHA-256 of the certificate.
        post: the name of the floor machine, as its people gave it; may be empty.
        signed_in_at: when.
        used_at: last use by a person.
        locked_at: since when it is locked; None while it is open (but see `is_locked`).
    """

    id: bytes
    token_hash: bytes
    officer: str
    method: str
    key_id: bytes
    post: str
    signed_in_at: Instant
    used_at: Instant
    locked_at: Instant | None = None

    @property
    def expires_at(self) -> Instant:
        """When it ends whatever happens."""
        return Instant(self.signed_in_at + SESSION_US)

    def value(self) -> tuple[CborValue, ...]:
        """Return the encodable row."""
        return (
            self.id,
            self.token_hash,
            self.officer,
            self.method,
            self.key_id,
            self.post,
            self.signed_in_at,
            self.used_at,
            self.locked_at,
        )


def is_expired(session: Session, now: Instant) -> bool:
    """Tell whether a session's time is over; one of the future is none either, the clock was set back."""
    return not session.signed_in_at - HOUR_US <= now < session.expires_at


def is_locked(session: Session, now: Instant, idle_s: int) -> bool:
    """Tell whether a session is locked, by a person or for want of use."""
    return session.locked_at is not None or now - session.used_at >= idle_s * SECOND_US


def idle_since(session: Session, now: Instant, idle_s: int) -> Instant | None:
    """Return when a session locked by itself; None when it is open, or its lock is noted already."""
    if session.locked_at is not None or not is_locked(session, now, idle_s):
        return None
    return Instant(session.used_at + idle_s * SECOND_US)


def use(session: Session, now: Instant, idle_s: int) -> Session:
    """Return a session that a person just used; a locked one stays as it is."""
    return session if is_locked(session, now, idle_s) else replace(session, used_at=Instant(max(now, session.used_at)))


def lock(session: Session, at: Instant) -> Session:
    """Return a session locked from an instant on, or from the earlier one."""
    return session if session.locked_at is not None else replace(session, locked_at=at)


def unlock(session: Session, now: Instant, token_hash: bytes, *, method: str, key_id: bytes) -> Session:
    """Return a session opened again under a new token: whoever had the old one is out. Its end stays where it was."""
    return replace(session, used_at=now, locked_at=None, token_hash=token_hash, method=method, key_id=key_id)


def admit(held: Iterable[Session], new: Session, now: Instant) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """Return the sessions with a new one among them, and those that had to end for it: expired, or the oldest.

    Nobody is refused for having too many: the machine on which an officer forgot a session may be far away.
    """
    living = sorted((one for one in held if not is_expired(one, now)), key=lambda one: one.signed_in_at)
    own = [one for one in living if one.officer == new.officer]
    ended = {one.id for one in own[: max(0, len(own) + 1 - SESSIONS_EACH_MAX)]}
    rest = [one for one in living if one.id not in ended]
    ended |= {one.id for one in rest[: max(0, len(rest) + 1 - SESSIONS_MAX)]}
    return (*(one for one in living if one.id not in ended), new), tuple(one for one in living if one.id in ended)


def to_value(held: Iterable[Session]) -> tuple[CborValue, ...]:
    """Return sessions as one value of the store."""
    return tuple(one.value() for one in held)


def from_value(value: CborValue | None) -> tuple[Session, ...]:
    """Read the sessions that the store keeps.

    Raises:
        LocalError: STORE-DAMAGED, the value is none that `to_value` made.
    """
    if value is None:
        return ()
    rows = cast("Sequence[Any]", value) if isinstance(value, tuple) else (None,)
    return tuple(_session(row) for row in rows)


def _session(row: Any) -> Session:  # noqa: ANN401 - one row of a decoded value
    if not isinstance(row, tuple) or len(row) != len(_KINDS):
        raise LocalError("STORE-DAMAGED", setting=SETTING)
    if not all(isinstance(part, kind) for part, kind in zip(row, _KINDS, strict=True)):
        raise LocalError("STORE-DAMAGED", setting=SETTING)
    ident, token_hash, officer, method, key_id, post, signed_in_at, used_at, locked_at = row
    return Session(
        id=ident,
        token_hash=token_hash,
        officer=officer,
        method=method,
        key_id=key_id,
        post=post,
        signed_in_at=Instant(signed_in_at),
        used_at=Instant(used_at),
        locked_at=None if locked_at is None else Instant(locked_at),
    )


_KINDS: Final = (bytes, bytes, str, str, bytes, str, int, int, int | None)
