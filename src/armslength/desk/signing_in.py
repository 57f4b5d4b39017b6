"""Signing in: challenges that cost the node nothing until they are answered, and limits on those answered wrongly.

A challenge is not kept: it carries its own time and a MAC of this process, for one officer and one method, so that
whoever asks for a million of them uses up nothing that another officer needs. What is kept is only which challenges
let somebody in, each for the minute in which it could be used again. A restart makes every open challenge void.

Wrong answers are limited by who is named from where, by where they come from, and altogether. Nothing can be guessed
here, since every method is a signature; the limits keep the noise out of the journal and the processor free.
"""

from __future__ import annotations

import hmac
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import MINUTE_US, SECOND_US, Instant

METHODS: Final = ("file-key", "passkey", "certificate")
"""Ways to sign in: a key file, a passkey, a client certificate (which signs in and signs nothing)."""

CHALLENGE_US: Final = MINUTE_US
"""Long enough to type a passphrase and touch a key; whoever needs longer begins again without noticing."""

SALT_BYTES: Final = 16
NONCE_BYTES: Final = 8 + SALT_BYTES + 32
"""Time, salt, MAC."""

BUCKETS_MAX: Final = 4_096
"""Names and addresses remembered; the one longest unheard of is forgotten first."""


def make_nonce(secret: bytes, now: Instant, salt: bytes, officer: str, method: str) -> bytes:
    """Return a challenge for one officer and one method."""
    head = now.to_bytes(8, "big") + salt
    return head + _mac(secret, head, officer, method)


def check_nonce(secret: bytes, now: Instant, nonce: bytes, officer: str, method: str) -> None:
    """Check that a challenge is ours, of this process and of this minute, and for this officer and method.

    Raises:
        LocalError: SIGN-IN-REFUSED.
    """
    if len(nonce) != NONCE_BYTES:
        raise LocalError("SIGN-IN-REFUSED")
    head = nonce[: 8 + SALT_BYTES]
    made_at = int.from_bytes(head[:8], "big")
    ours = hmac.compare_digest(nonce[len(head) :], _mac(secret, head, officer, method))
    if not ours or not made_at <= now < made_at + CHALLENGE_US:
        raise LocalError("SIGN-IN-REFUSED")


def _mac(secret: bytes, head: bytes, officer: str, method: str) -> bytes:
    return hmac.new(secret, cbor.encode((head, officer, method)), sha256).digest()


def decoy(secret: bytes, officer: str, what: str, size: int) -> bytes:
    """Return bytes that stand where a key of an officer would: always the same ones, and nobody's."""
    seed = cbor.encode(("decoy", officer, what))
    return b"".join(hmac.new(secret, seed + bytes((part,)), sha256).digest() for part in range(1 + size // 32))[:size]


class Spent:
    """Challenges that were answered rightly; each lets in once."""

    def __init__(self) -> None:
        self._until: OrderedDict[bytes, Instant] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are remembered: as many as there were right answers in a minute."""
        return len(self._until)

    def spend(self, nonce: bytes, now: Instant) -> None:
        """Use a challenge.

        Raises:
            LocalError: SIGN-IN-REFUSED, it was used before.
        """
        for old, until in list(self._until.items()):
            if until > now:
                break
            del self._until[old]
        if nonce in self._until:
            raise LocalError("SIGN-IN-REFUSED")
        self._until[nonce] = Instant(now + CHALLENGE_US)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and one more each so many seconds."""

    burst: int
    every_s: int


PER_OFFICER: Final = Limit(10, 6)
"""Wrong answers for one officer from one address: nobody elsewhere can use up what an officer has here."""

PER_ADDRESS: Final = Limit(30, 2)
"""Wrong answers from one machine, whoever is named."""

ALTOGETHER: Final = Limit(240, 1)
"""Wrong answers on the node: eight machines that do nothing else."""


class Limits:
    """Buckets of refused attempts; an attempt that succeeds takes nothing out."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[str, ...], tuple[float, Instant]] = OrderedDict()

    def check(self, officer: str, address: str, now: Instant) -> None:
        """Check that one more attempt may be judged.

        Raises:
            LocalError: SIGN-IN-LATER.
        """
        for key, limit in _keys(officer, address):
            if self._left(key, limit, now) < 1:
                raise LocalError("SIGN-IN-LATER")

    def refused(self, officer: str, address: str, now: Instant) -> None:
        """Count a refused attempt."""
        for key, limit in _keys(officer, address):
            self._buckets[key] = (self._left(key, limit, now) - 1, now)
            self._buckets.move_to_end(key)
        while len(self._buckets) > BUCKETS_MAX:
            self._buckets.popitem(last=False)

    def _left(self, key: tuple[str, ...], limit: Limit, now: Instant) -> float:
        left, at = self._buckets.get(key, (float(limit.burst), now))
        return min(float(limit.burst), left + max(0, now - at) / (limit.every_s * SECOND_US))


def _keys(officer: str, address: str) -> tuple[tuple[tuple[str, ...], Limit], ...]:
    return ((officer, address), PER_OFFICER), ((address,), PER_ADDRESS), ((), ALTOGETHER)
