"""Who sat at the console: entries of kind `sign-in`, which the node writes by itself, and what is read of them.

Each entry is a record of type ``sign-in`` of our node, without any officer's signature, and never leaves the node. Its
body, beside the common fields 1 to 4:

| no | field | value |
| --- | --- | --- |
| 20 | outcome | one of `OUTCOMES` |
| 21 | officer | officer id; null where refused attempts named several, or nobody of the roster |
| 22 | method | ``file-key``, ``passkey``, ``certificate``; null where refused attempts differ |
| 23 | key | id of the key that signed (16 bytes), or SHA-256 of the certificate (32 bytes); null if refused |
| 24 | post | name of the floor machine as its people gave it; may be empty |
| 25 | session | 8 bytes that name the session in all its entries; null if refused |
| 26 | count | attempts that the entry tells of: 1, or more of refused ones |
| 27 | because | ``locked``: ``person``, ``idle``; ``ended``: ``too-many``, ``removed``, ``signed-in-again``; else "" |
| 28 | since | instant of the first refused attempt, or when an idle session locked; else null |
| 29 | officers | of refused attempts: array of ``[officer, attempts]``, officers of the roster only, most first |

Refused attempts are gathered, at most one entry a minute: a flood of them must not fill the journal. What was typed in
the place of an officer's name is not written down unless it is an officer's name: it may be a passphrase.

The view `SIGN_INS` (``sign-ins``): entry index, 8 bytes -> {1: at, 20..29 as above}; `read_sign_ins` gives plain rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import MINUTE_US, Instant, rfc3339
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.projection import Fact, Projector
    from armslength.desk.sessions import Session

KIND: Final = "sign-in"
"""Kind of the entry and type of the record."""

SIGN_INS: Final = "sign-ins"
"""entry index -> {1: at, 20: outcome, ... 29: officers}; see above."""

OUTCOMES: Final[Mapping[str, str]] = {
    "signed-in": "An officer signed in.",
    "refused": "Attempts to sign in were refused.",
    "locked": "A session was locked, by its officer or for want of use.",
    "unlocked": "The officer of a locked session signed in again.",
    "signed-out": "An officer signed out.",
    "expired": "A session ended with its watch.",
    "ended": "A session was ended by the node: too many, its officer removed, or signed in again in its place.",
}
"""The closed set of outcomes, each with its sentence."""

EVERY_US: Final = MINUTE_US
"""Between two entries that tell of refused attempts."""

OFFICERS_MAX: Final = 32
"""Officers told of in one entry of refused attempts; the rest are in the count."""

_FIRST, _LAST = 20, 29


def note_session(
    books: Books, outcome: str, session: Session, *, because: str = "", since: Instant | None = None
) -> int:
    """Write what happened to a session; return the entry's index."""
    return books.note(
        KIND,
        KIND,
        {
            20: outcome,
            21: session.officer,
            22: session.method,
            23: session.key_id,
            24: session.post,
            25: session.id,
            26: 1,
            27: because,
            28: since,
            29: (),
        },
    )


@dataclass(slots=True)
class Refused:
    """Refused attempts that are not written yet."""

    since: Instant | None = None
    count: int = 0
    officers: Counter[str] = field(default_factory=Counter)
    methods: set[str] = field(default_factory=set)
    written_at: Instant | None = None

    def add(self, officer: str | None, method: str, now: Instant) -> None:
        """Count an attempt; ``officer`` only if the roster has one of that name."""
        self.since = now if self.since is None else self.since
        self.count += 1
        self.methods.add(method)
        if officer is not None:
            self.officers[officer] += 1

    def due_in(self, now: Instant) -> float | None:
        """Return the seconds until the next entry may be written; None when there is nothing to write."""
        if not self.count:
            return None
        # A clock set back must not silence the entries until it has caught up.
        wait = 0 if self.written_at is None or now < self.written_at else self.written_at + EVERY_US - now
        return max(0, wait) / 1_000_000

    def take(self, now: Instant) -> Mapping[int, CborValue] | None:
        """Return the fields of the entry that is due, and begin anew; None when none is."""
        if self.due_in(now) != 0:
            return None
        named = self.officers.most_common(OFFICERS_MAX)
        fields: dict[int, CborValue] = {
            20: "refused",
            21: named[0][0] if len(named) == 1 and named[0][1] == self.count else None,
            22: next(iter(self.methods)) if len(self.methods) == 1 else None,
            23: None,
            24: "",
            25: None,
            26: self.count,
            27: "",
            28: self.since,
            29: tuple(named),
        }
        self.since, self.count, self.written_at = None, 0, now
        self.officers, self.methods = Counter(), set()
        return fields


def _sign_in(fact: Fact) -> None:
    row = {number: fact.body.get(number) for number in range(_FIRST, _LAST + 1)}
    fact.unit.put(SIGN_INS, fact.index.to_bytes(8, "big"), {1: fact.entry.at, **row})


PROJECTORS: Final[dict[str, Projector]] = {KIND: _sign_in}


def read_sign_ins(books: Books, since: Instant, until: Instant) -> list[dict[str, Any]]:
    """Return what happened at the console from an instant until before another, oldest first, as plain values."""
    found = []
    for key, row in views.rows(books.unit, SIGN_INS):
        if since <= row[1] < until:
            found.append(_plain(int.from_bytes(key, "big"), row))
    return found


def _plain(index: int, row: Mapping[int, Any]) -> dict[str, Any]:
    return {
        "index": index,
        "at": rfc3339(Instant(row[1])),
        "outcome": row[20],
        "officer": row[21],
        "method": row[22],
        "key": None if row[23] is None else row[23].hex(),
        "post": row[24],
        "session": None if row[25] is None else row[25].hex(),
        "count": row[26],
        "because": row[27],
        "since": None if row[28] is None else rfc3339(Instant(row[28])),
        "officers": [{"officer": officer, "count": count} for officer, count in row[29]],
    }
