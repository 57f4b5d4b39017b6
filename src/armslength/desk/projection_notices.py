"""Views of notices in bulk: the batches, the notices in their versions, and how far each party was told of which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import notices
from armslength.channels.notices import Event, EventKind
from armslength.core.instants import HOUR_US, Instant
from armslength.desk import batches, views
from armslength.desk.notice_rows import due_key, party_key, version_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.ports import Unit
    from armslength.desk.projection import Fact, Projector

ROW_NUMBER, ROW_VERSION = 54, 55
"""Fields that a row of a batch has beside those of the notice."""


def _batch(fact: Fact) -> None:
    body = cast("dict[int, Any]", fact.body)
    row = {
        1: fact.index,
        2: fact.entry.at,
        3: body[5],
        4: body[21],
        5: body[22],
        6: body[24],
        7: body[25],
        8: 0,
        9: body[27],
        10: 0,
        11: body[29],
        12: body[1],
    }
    fact.unit.put(views.NOTICE_BATCHES, body[20].encode(), row)


def _rows(fact: Fact) -> None:
    body = cast("dict[int, Any]", fact.body)
    batch: bytes = body[20]
    row = views.row(fact.unit, views.NOTICE_BATCHES, batch)
    if row is None:
        return
    rows = batches.batch_rows(fact.body)
    for place, one in enumerate(rows):
        _notice(fact, batch.decode(), place, one)
    fact.unit.put(views.NOTICE_BATCHES, batch, {**row, 8: row[8] + len(rows), 10: row[10] + 1})


def _notice(fact: Fact, batch: str, place: int, row: dict[int, Any]) -> None:
    unit, at = fact.unit, Instant(fact.entry.at)
    notice = notices.notice_from_value(row)
    number, version = str(row[ROW_NUMBER]), int(row[ROW_VERSION])
    before = views.row(unit, views.NOTICES, number.encode())
    due = due_key(notice.valid_until, batch)
    gone, told_off = _no_longer_for(unit, number, before, notice.recipients)
    _move_due(unit, None if before is None else before[19], due)
    summary: dict[int, Any] = {
        1: batch,
        2: fact.index,
        3: place,
        4: version,
        5: notice.kind.value,
        6: notice.reference,
        7: notice.name,
        8: notice.organisation,
        9: notice.urgency.value,
        10: notice.from_at,
        11: notice.until_at,
        12: notice.valid_until,
        13: notice.recipients,
        14: False,
        15: at,
        17: notice.form,
        18: gone,
        19: due,
        20: notice.key,
    }
    unit.put(views.NOTICES, number.encode(), summary)
    unit.put(views.NOTICE_VERSIONS, version_key(number, version), {1: fact.index, 2: place, 3: at, 4: False, 5: batch})
    unit.put(views.NOTICE_BATCH_ROWS, batch.encode() + b"\x00" + number.encode(), version)
    if before is None:
        unit.put(views.NOTICE_REFERENCES, notice.key.encode(), number)
        if unit.get(views.NOTICE_PLACES, notice.place_key.encode()) is None:
            unit.put(views.NOTICE_PLACES, notice.place_key.encode(), number)
    _change(unit, number, version, (*notice.recipients, *(party for party in gone if party not in told_off)), at)


def _no_longer_for(
    unit: Unit, number: str, before: views.Row | None, recipients: tuple[str, ...]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the parties that a notice is no longer for, and those of them that were told so before.

    A party that was never told of the notice learns nothing of it now either.
    """
    was: tuple[str, ...] = () if before is None else (*before[13], *before[18])
    left = sorted({party for party in was if party not in recipients})
    gone = tuple(party for party in left if not _forgotten(unit, party, number))
    return gone, frozenset() if before is None else _told_off(unit, number, before, gone)


def _forgotten(unit: Unit, party: str, number: str) -> bool:
    """Drop the state of a party that was told of no version; nobody takes back what was never told."""
    state = _told(unit, party, number)
    if state is not None and state.sent_version > 0:
        return False
    unit.delete(views.NOTICE_PARTIES, party_key(party, number))
    unit.delete(views.NOTICE_OWED, party_key(party, number))
    return True


def _told_off(unit: Unit, number: str, row: views.Row, parties: tuple[str, ...]) -> frozenset[str]:
    """Return the parties that were told already that the notice is not for them, or is taken back."""
    ended = (party for party in parties if row[14] or party in row[18])
    states = ((party, _told(unit, party, number)) for party in ended)
    return frozenset(party for party, state in states if state is not None and state.status in _SAID)


_SAID: Final = frozenset({notices.Status.SENT, notices.Status.RECEIPTED})


def _change(unit: Unit, number: str, version: int, parties: tuple[str, ...], at: Instant) -> None:
    for party in parties:
        row = views.row(unit, views.NOTICE_PARTIES, party_key(party, number))
        if row is None:
            state = notices.first_told(at) if version == 1 else notices.Told(status=OWED, version=version, since=at)
        else:
            state = notices.step(notices.told_from_value(row), Event(kind=EventKind.CHANGE, version=version), at)
        _put(unit, party, number, state)


OWED: Final = notices.Status.OWED


def _put(unit: Unit, party: str, number: str, state: notices.Told, draft: bytes | None = None) -> None:
    key = party_key(party, number)
    unit.put(views.NOTICE_PARTIES, key, {**notices.told_value(state), 10: draft or b""})
    if state.owed:
        unit.put(views.NOTICE_OWED, key, state.version)
    else:
        unit.delete(views.NOTICE_OWED, key)


def _move_due(unit: Unit, old: bytes | None, new: bytes | None) -> None:
    if old == new:
        return
    if old is not None:
        row = views.row(unit, views.NOTICE_DUES, old)
        if row is not None and row[1] > 1:
            unit.put(views.NOTICE_DUES, old, {**row, 1: row[1] - 1}, due=_due(old, said=bool(row[2])))
        else:
            unit.delete(views.NOTICE_DUES, old)
    if new is not None:
        row = views.row(unit, views.NOTICE_DUES, new) or {1: 0, 2: False}
        unit.put(views.NOTICE_DUES, new, {**row, 1: row[1] + 1}, due=_due(new, said=bool(row[2])))


def _due(key: bytes, *, said: bool) -> Instant:
    lapses = int.from_bytes(key[:8], "big") * HOUR_US
    return Instant(lapses if said else lapses - notices.EXPIRES_AHEAD_S * 1_000_000)


# --- steps ------------------------------------------------------------------------------------------------------------


def _drafted(fact: Fact) -> None:
    for number, party, version, draft in cast("tuple[Any, ...]", fact.body[32]):
        _step_one(fact, party, number, Event(kind=EventKind.DRAFT, version=version), draft)
        fact.unit.put(views.NOTICE_LINKS, b"d" + draft, (number, party, version))


def _handed(fact: Fact) -> None:
    party = str(fact.body[32])
    for number, version in cast("tuple[Any, ...]", fact.body[33]):
        state = _told(fact.unit, party, number)
        if state is not None and state.status is OWED:
            _step_one(fact, party, number, Event(kind=EventKind.DRAFT, version=version))
        _step_one(fact, party, number, Event(kind=EventKind.RELEASE, version=version))


def _receipt(fact: Fact) -> None:
    body = cast("dict[int, Any]", fact.body)
    event = Event(kind=EventKind.RECEIPT, version=body[33], level=body[34], proof="ATTESTED")
    _step_one(fact, body[32], body[31], event)


def _withdraw(fact: Fact) -> None:
    number, unit, at = str(fact.body[31]), fact.unit, Instant(fact.entry.at)
    row = views.row(unit, views.NOTICES, number.encode())
    if row is None or row[14]:
        return
    version = row[4] + 1
    _move_due(unit, row[19], None)
    unit.put(views.NOTICES, number.encode(), {**row, 4: version, 14: True, 15: at, 19: None})
    unit.put(views.NOTICE_VERSIONS, version_key(number, version), {1: fact.index, 2: 0, 3: at, 4: True, 5: row[1]})
    told = tuple(party for party in (*row[13], *row[18]) if not _forgotten(unit, party, number))
    told_off = _told_off(unit, number, row, told)
    _change(unit, number, version, tuple(party for party in told if party not in told_off), at)


def _expiring(fact: Fact) -> None:
    key = cast("bytes", fact.body[31])
    row = views.row(fact.unit, views.NOTICE_DUES, key)
    if row is None:
        return
    if row[2]:
        fact.unit.delete(views.NOTICE_DUES, key)
    else:
        fact.unit.put(views.NOTICE_DUES, key, {**row, 2: True}, due=_due(key, said=True))


def _told(unit: Unit, party: str, number: str) -> notices.Told | None:
    row = views.row(unit, views.NOTICE_PARTIES, party_key(party, number))
    return None if row is None else notices.told_from_value(row)


def _step_one(fact: Fact, party: str, number: str, event: Event, draft: bytes | None = None) -> None:
    state = _told(fact.unit, party, number)
    if state is None or (state.status, event.kind) not in notices.TRANSITIONS:
        return
    _put(fact.unit, party, number, notices.step(state, event, Instant(fact.entry.at)), draft)


# --- what the line did with the messages ------------------------------------------------------------------------------


def released(fact: Fact) -> None:
    """Mark the notice whose message just went out; most messages are none."""
    link = fact.unit.get(views.NOTICE_LINKS, b"d" + fact.verified.body_hash)
    if not isinstance(link, tuple):
        return
    number, party, version = cast("tuple[str, str, int]", link)
    message = fact.verified.envelope_hash
    _step_one(fact, party, number, Event(kind=EventKind.RELEASE, version=version, message=message))
    row, state = views.row(fact.unit, views.NOTICES, number.encode()), _told(fact.unit, party, number)
    if row is not None and state is not None and (row[14] or party in row[18]):
        # What was taken back is not updated: if the notice comes again, it is told as a new one.
        _put(fact.unit, party, number, replace(state, first_message=b""))
    fact.unit.put(views.NOTICE_LINKS, b"m" + message, (number, party, version))


def receipted(fact: Fact, message: bytes | None, level: int) -> None:
    """Mark the notice whose message the party receipted."""
    link = None if message is None else fact.unit.get(views.NOTICE_LINKS, b"m" + message)
    if not isinstance(link, tuple):
        return
    number, party, version = cast("tuple[str, str, int]", link)
    _step_one(fact, party, number, Event(kind=EventKind.RECEIPT, version=version, level=level, proof="SIGNED"))


_STEPS: Final[Mapping[str, Callable[[Fact], None]]] = {
    "rows": _rows,
    "drafted": _drafted,
    "sheet": _handed,
    "receipt": _receipt,
    "withdraw": _withdraw,
    "expiring": _expiring,
}


def _step(fact: Fact) -> None:
    _STEPS[str(fact.body[30])](fact)


PROJECTORS: Final[Mapping[str, Projector]] = {"notice-batch": _batch, "notice-step": _step}
