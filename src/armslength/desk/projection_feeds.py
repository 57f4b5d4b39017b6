"""Views of feeds: what officers set up, what was read of it, and the rows that were refused.

A feed's row: 1 record id, 2 entry, 3 officer, 4 at, 5 reader, 6 where, 7 every, 8 late after, 9 rows an hour, 10 on,
11 options, 12 after reading, 13 when something new last came, 14 troubles [[kind, since]], 15 files, 16 rows read,
17 rows entered, 18 rows refused, 19 last file at, 20 last file's name, 21 rows entered by minute of the last hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.record import NO_LINE
from armslength.desk import alarm_state, alarms, feeds, views
from armslength.desk.feed_steps import Trouble

if TYPE_CHECKING:
    from armslength.desk.projection import Fact, Projector

DEAD_LETTERS_MAX: Final = 1_000
"""Dead letters kept of one feed in the view; the older ones stay in the journal, and all are counted."""


def _feed(fact: Fact) -> None:
    body = fact.body
    name = str(body[20])
    before = views.row(fact.unit, views.FEEDS, name.encode())
    row: dict[int, Any] = {
        1: body[1],
        2: fact.index,
        3: body.get(5),
        4: fact.entry.at,
        **{number - 16: body[number] for number in range(21, 29)},
        13: fact.entry.at,
        14: (),
        15: 0,
        16: 0,
        17: 0,
        18: 0,
        19: None,
        20: None,
        21: (),
    }
    if before is not None:
        row.update({number: before[number] for number in range(14, 22)})
        if before[10] is True:
            row[13] = before[13]
        if body[26] is False:
            _end(fact, name, row, tuple(kind for kind, _ in row[14]))
    fact.unit.put(views.FEEDS, name.encode(), row)
    fact.unit.put(views.FEED_RECORDS, cast("bytes", body[1]), name)


def batch_entered(fact: Fact) -> None:
    """Count the rows of a batch that a feed brought; a batch of an import is none of ours."""
    name = fact.unit.get(views.FEED_RECORDS, cast("bytes", fact.body[20]))
    row = views.row(fact.unit, views.FEEDS, name.encode()) if isinstance(name, str) else None
    if row is None:
        return
    rows = cast("int", fact.body[22])
    row[13], row[17] = fact.entry.at, row[17] + rows
    row[21] = feeds.counted_minutes(row, fact.entry.at, rows)
    fact.unit.put(views.FEEDS, str(name).encode(), row)


def _feed_run(fact: Fact) -> None:
    body = fact.body
    name = str(body[20])
    row = views.row(fact.unit, views.FEEDS, name.encode())
    if row is None:
        return
    if body[22] is not None:
        _file(fact, name, row)
    _end(fact, name, row, cast("tuple[str, ...]", body[25]))
    standing = {kind for kind, _ in row[14]}
    raised = [(kind, fact.entry.at) for kind in cast("tuple[str, ...]", body[24]) if kind not in standing]
    row[14] = (*row[14], *raised)
    fact.unit.put(views.FEEDS, name.encode(), row)


def _file(fact: Fact, name: str, row: views.Row) -> None:
    file, digest, mark, read, _accepted, refused = cast("tuple[Any, ...]", fact.body[22])
    row[15], row[16], row[18] = row[15] + 1, row[16] + read, row[18] + refused
    row[19], row[20] = fact.entry.at, file
    prefix = name.encode() + b"\x00"
    fact.unit.put(views.FEED_FILES, prefix + file.encode(), {1: fact.index, 2: fact.entry.at, 3: digest, 4: mark})
    letters = cast("tuple[tuple[int, str, str], ...]", fact.body[23])
    for number, (at_row, code, reason) in enumerate(letters):
        key = prefix + fact.index.to_bytes(8, "big") + number.to_bytes(4, "big")
        fact.unit.put(views.DEAD_LETTERS, key, {1: file, 2: at_row, 3: code, 4: reason, 5: fact.entry.at})
    if letters:
        keys = [key for key, _ in fact.unit.scan(views.DEAD_LETTERS, prefix)]
        for key in keys[: max(0, len(keys) - DEAD_LETTERS_MAX)]:
            fact.unit.delete(views.DEAD_LETTERS, key)


def _end(fact: Fact, name: str, row: views.Row, ended: tuple[str, ...]) -> None:
    """End troubles, and say so at their alarms; accepting one stays a person's act."""
    for kind, since in row[14]:
        if kind not in ended:
            continue
        what = feeds.alarm_kind(Trouble(kind))
        identity = alarms.alarm_id(what, NO_LINE, feeds.alarm_reference(name, since), 0)
        alarm = views.row(fact.unit, views.ALARMS, identity)
        if alarm is not None:
            alarm_state.put(fact.unit, identity, {**alarm, 11: fact.entry.at})
    row[14] = tuple(pair for pair in row[14] if pair[0] not in ended)


PROJECTORS: Final[dict[str, Projector]] = {"feed": _feed, "feed-run": _feed_run}
