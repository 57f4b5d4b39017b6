"""Feeds as officers set them up: a signed record says what is read, from where, how often, and how much of it.

A ``feed`` record's body: 20 name, 21 reader, 22 where (a folder, or an address), 23 seconds from one reading to the
next, 24 seconds without anything new after which it is late, 25 rows an hour at most, 26 on, 27 options
[[name, value]], 28 what becomes of a file that was read (LEAVE or MOVE). The newest record of a name is in force.

A ``feed-run`` note of the node: 20 name, 21 feed record, 22 file [name, SHA-256 or null, mark, rows read, accepted,
refused] or null, 23 dead letters [[row, code, reason]], 24 troubles raised, 25 troubles ended, 26 detail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from armslength.core.errors import LocalError
from armslength.core.instants import MINUTE_US, Instant
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_structured
from armslength.desk import policy, views
from armslength.desk.feed_steps import Feed, Status, Trouble
from armslength.desk.prepared import Prepared, check_own_acts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit
    from armslength.desk.prepared import Signed

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
"""A feed's name: short, in small letters, to be typed and read aloud."""

READER: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")

WHERE_BYTES_MAX: Final = 1_024
"""Bytes of a folder's path or of an address."""

EVERY_S: Final = (10, 7 * 86_400)
"""Seconds from one reading to the next: no source is asked more often, and a weekly one is the rarest."""

LATE_S: Final = (60, 400 * 86_400)
"""Seconds after which a feed may be late: yearly files come within 400 days."""

ROWS_PER_HOUR: Final = (1, 10_000_000)
"""Rows entered in an hour: a year of hot spots of a country has 134,000."""

OPTIONS_MAX: Final = 16
"""Options of one feed: a reader knows five."""

OPTION_BYTES_MAX: Final = 20_000
"""Bytes of one option: a mapping file has some 2,000."""

LEAVE, MOVE = "LEAVE", "MOVE"

LOOPBACKS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that may be asked without TLS: they are this machine."""

RATE_MINUTES: Final = 60
"""Minutes over which rows are counted against the bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A feed as its record in force has it."""

    name: str
    record: bytes
    reader: str
    where: str
    every_s: int
    late_after_s: int
    rows_per_hour_max: int
    on: bool
    options: tuple[tuple[str, str], ...]
    after: str


def prepare_feed(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    """Return the body of a feed for the officer's signature; what is not given stays as the record in force has it.

    Args:
        books: of a reading unit.
        officer: who signs.
        given: name, reader, where, every_s, late_after_s, rows_per_hour_max, on, options, move.

    Raises:
        LocalError: FEED-VALUE.
    """
    name = str(given["name"])
    row = views.row(books.unit, views.FEEDS, name.encode()) if NAME.fullmatch(name) else None
    before = {26: True, 27: (), 28: LEAVE} if row is None else {number: row[number - 16] for number in range(21, 29)}
    options = given.get("options")
    stated: dict[int, Any] = {
        20: name,
        21: given.get("reader"),
        22: given.get("where"),
        23: given.get("every_s"),
        24: given.get("late_after_s"),
        25: given.get("rows_per_hour_max"),
        26: given.get("on"),
        27: None if options is None else tuple(sorted((str(k), str(v)) for k, v in dict(options).items())),
        28: None if given.get("move") is None else MOVE if given["move"] is True else LEAVE,
    }
    fields = {**before, **{number: value for number, value in stated.items() if value is not None}}
    body: dict[int, CborValue] = {**books.common(officer), **fields}
    check_feed(body)
    return Prepared(type="feed", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def check_feed(body: Mapping[int, CborValue]) -> None:
    """Refuse a feed's body that is not of the form above.

    Raises:
        LocalError: FEED-VALUE, or what `check_structured` raises.
    """
    _matching(body.get(20), NAME, "name")
    _matching(body.get(21), READER, "reader")
    check_where(body.get(22))
    every = _within(body.get(23), EVERY_S, "every_s")
    late = _within(body.get(24), LATE_S, "late_after_s")
    if late < every:
        raise LocalError("FEED-VALUE", field="late_after_s", expected=f"at least {every}", got=late)
    _within(body.get(25), ROWS_PER_HOUR, "rows_per_hour_max")
    if not isinstance(body.get(26), bool):
        raise LocalError("FEED-VALUE", field="on", expected="true or false", got=body.get(26))
    if body.get(28) not in {LEAVE, MOVE}:
        raise LocalError("FEED-VALUE", field="after", expected=f"{LEAVE} or {MOVE}", got=body.get(28))
    _check_options(body.get(27))


def check_where(where: object) -> None:
    """Refuse what is neither the full path of a folder nor an address that may be asked.

    Raises:
        LocalError: FEED-VALUE.
    """
    if not isinstance(where, str) or not 0 < len(where.encode()) <= WHERE_BYTES_MAX:
        raise LocalError("FEED-VALUE", field="where", expected=f"1 to {WHERE_BYTES_MAX} bytes", got=where)
    check_structured(where, bytes_max=WHERE_BYTES_MAX)
    if where.startswith("/"):
        if ".." in where.split("/"):
            raise LocalError("FEED-VALUE", field="where", expected="a folder by its full path", got=where)
        return
    try:
        parts = urlsplit(where)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise LocalError("FEED-VALUE", field="where", expected="an address", got=where) from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACKS)
    if not safe or not host or parts.username is not None or parts.fragment or " " in where:
        raise LocalError("FEED-VALUE", field="where", expected="a folder's full path, or https://...", got=where)


def _check_options(options: object) -> None:
    paired = isinstance(options, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in options
    )
    pairs = cast("tuple[tuple[str, str], ...]", options) if paired else ()
    if not paired or len(pairs) > OPTIONS_MAX or any(len(value.encode()) > OPTION_BYTES_MAX for _, value in pairs):
        raise LocalError("FEED-VALUE", field="options", expected=f"at most {OPTIONS_MAX} short texts")


def _matching(value: object, pattern: re.Pattern[str], field: str) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise LocalError("FEED-VALUE", field=field, expected=f"the form {pattern.pattern}", got=value)


def _within(value: object, bounds: tuple[int, int], field: str) -> int:
    if type(value) is not int or not bounds[0] <= value <= bounds[1]:
        raise LocalError("FEED-VALUE", field=field, expected=f"{bounds[0]} to {bounds[1]}", got=value)
    return value


def submit_feed(books: Books, signed: Signed) -> int:
    """Enter a feed that an officer signed; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, FEED-VALUE.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["feed"], str(prepared.body.get(5)))
    check_feed(prepared.body)
    return books.enter("feed", books.make("feed", NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts))


def plan(unit: Unit, name: str) -> Plan | None:
    """Return a feed by its name, as its record in force has it."""
    row = views.row(unit, views.FEEDS, name.encode())
    return None if row is None else plan_of(name, row)


def plan_of(name: str, row: views.Row) -> Plan:
    """Return a feed from its row."""
    return Plan(
        name=name,
        record=row[1],
        reader=row[5],
        where=row[6],
        every_s=row[7],
        late_after_s=row[8],
        rows_per_hour_max=row[9],
        on=row[10],
        options=tuple((str(key), str(value)) for key, value in row[11]),
        after=row[12],
    )


def feed_of(row: views.Row, now: Instant) -> Feed:
    """Return a feed as the machine begins with it after a start: it is asked at once."""
    return Feed(
        status=Status.IDLE if row[10] else Status.OFF,
        every_s=row[7],
        late_after_s=row[8],
        next_at=now,
        new_at=Instant(row[13]),
        troubles=troubles_of(row),
    )


def troubles_of(row: views.Row) -> tuple[tuple[Trouble, Instant], ...]:
    """Return the troubles that stand, by a feed's row."""
    return tuple((Trouble(str(kind)), Instant(since)) for kind, since in row[14])


def allowed(row: views.Row, now: Instant) -> tuple[int, Instant]:
    """Return how many rows may be entered now, and when more may be."""
    minute = int(now) // MINUTE_US
    counted = [(at, rows) for at, rows in row[21] if at > minute - RATE_MINUTES]
    left = max(0, row[9] - sum(rows for _, rows in counted))
    first = min((at for at, _ in counted), default=minute)
    return left, Instant((first + RATE_MINUTES) * MINUTE_US)


def counted_minutes(row: views.Row, at: int, rows: int) -> tuple[tuple[int, int], ...]:
    """Return the rows entered by minute of the last hour, with some more (projection only)."""
    minute = at // MINUTE_US
    kept = {int(one): int(count) for one, count in row[21] if one > minute - RATE_MINUTES}
    kept[minute] = kept.get(minute, 0) + rows
    return tuple(sorted(kept.items()))


def alarm_reference(name: str, since: int) -> bytes:
    """Return the reference of the alarm about a trouble: each time that it begins is an alarm of its own."""
    return f"{name}:{since}".encode()


def alarm_kind(trouble: Trouble) -> str:
    """Return the kind of the alarm about a trouble."""
    return f"FEED-{trouble.value}"


def read_feeds(books: Books) -> list[dict[str, Any]]:
    """Return every feed with what became of it, as plain values, by name."""
    from armslength.desk.service_read import when  # noqa: PLC0415 - the faces' module reads this one's rows

    return [
        {
            "name": key.decode(),
            "reader": row[5],
            "where": row[6],
            "every_s": row[7],
            "late_after_s": row[8],
            "rows_per_hour_max": row[9],
            "on": row[10],
            "move": row[12] == MOVE,
            "options": dict(row[11]),
            "officer": row[3],
            "set_at": when(row[4]),
            "new_at": when(row[13]) if row[17] else None,
            "troubles": [{"trouble": kind, "since": when(since)} for kind, since in row[14]],
            "files": row[15],
            "rows_read": row[16],
            "rows_entered": row[17],
            "rows_refused": row[18],
            "last_file": row[20],
            "last_file_at": when(row[19]),
        }
        for key, row in views.rows(books.unit, views.FEEDS)
    ]


def read_dead_letters(books: Books, name: str | None = None, limit: int = 200) -> list[dict[str, Any]]:
    """Return refused rows of one feed or of all, the newest first.

    Raises:
        LocalError: FEED-UNNAMED.
    """
    from armslength.desk.service_read import when  # noqa: PLC0415 - see above

    if name is not None and books.unit.get(views.FEEDS, name.encode()) is None:
        raise LocalError("FEED-UNNAMED", asked=name)
    prefix = b"" if name is None else name.encode() + b"\x00"
    found = [
        {
            "feed": key.split(b"\x00", 1)[0].decode(),
            "file": row[1],
            "row": row[2],
            "code": row[3],
            "reason": row[4],
            "at": when(row[5]),
            "entry": int.from_bytes(key.split(b"\x00", 1)[1][:8], "big"),
        }
        for key, row in views.rows(books.unit, views.DEAD_LETTERS, prefix)
    ]
    return sorted(found, key=lambda one: (-one["entry"], one["feed"], one["row"]))[:limit]
