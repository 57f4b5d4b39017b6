"""Views of alarms: raised, rung, passed on, shelved, accepted, ended (rows: alarm_state)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.desk import alarm_state, alarms, views

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.desk.projection import Fact, Projector


def _raised(fact: Fact) -> None:
    body, identity = fact.body, cast("bytes", fact.body[21])
    row: dict[int, CborValue] = {
        1: body[20],
        2: body[22],
        3: body[23],
        4: body[24],
        5: body[25],
        6: fact.entry.at,
        7: None,
        8: None,
        9: None,
    }
    alarm_state.put(fact.unit, identity, row)
    if body[20] in alarms.CONDITIONS:
        fact.unit.put(views.CONDITIONS, _condition(str(body[20]), body[22]), (identity, True))


def _condition(kind: str, line: CborValue) -> bytes:
    return kind.encode() + b"\x00" + cast("bytes", line)


def _row(fact: Fact) -> tuple[bytes, views.Row | None]:
    key = cast("bytes", fact.body[20])
    return key, views.row(fact.unit, views.ALARMS, key)


def _notified(fact: Fact) -> None:
    key, row = _row(fact)
    if row is None:
        return
    row[7], row[10] = fact.entry.at, fact.body.get(21) is True or row.get(10) is True
    if fact.body.get(22) is not None:
        row[14] = fact.body[22]
    if row.get(15) is not None and row[15] <= fact.entry.at:
        row[15] = None
    alarm_state.put(fact.unit, key, row)


def _accepted(fact: Fact) -> None:
    key, row = _row(fact)
    if row is not None:
        row[8], row[9] = fact.entry.at, fact.body.get(5)
        alarm_state.put(fact.unit, key, row)


def _ended(fact: Fact) -> None:
    key, row = _row(fact)
    fact.unit.put(views.CONDITIONS, _condition(str(fact.body[21]), fact.body[22]), (key, False))
    if row is not None:
        alarm_state.put(fact.unit, key, {**row, 11: fact.entry.at})


def _passed(fact: Fact) -> None:
    key, row = _row(fact)
    if row is None:
        return
    row[12] = (fact.body[21], fact.body.get(5), fact.entry.at, fact.body[22])
    # Whoever is to take it must hear of it: the hook is asked again, and a shelf would keep it from him.
    row[15] = fact.entry.at
    held = alarm_state.shelf(row)
    if held is not None:
        row[13] = (alarm_state.ENDED, *held[1:])
    alarm_state.put(fact.unit, key, row)


def _shelved(fact: Fact) -> None:
    key, row = _row(fact)
    if row is None:
        return
    step, officer, at = fact.body[21], fact.body.get(5), fact.entry.at
    held = alarm_state.shelf(row)
    if step == "ASK":
        row[13] = (alarm_state.ASKED, fact.body[22], fact.body[23], officer, at, None, None)
    elif held is not None and step == "SHELVE":
        row[13], row[15] = (alarm_state.SHELVED, *held[1:5], officer, at), held[1]
    elif held is not None:
        row[13], row[15] = (alarm_state.ENDED, *held[1:]), at
    alarm_state.put(fact.unit, key, row)


PROJECTORS: Final[dict[str, Projector]] = {
    "alarm": _raised,
    "alarm-notified": _notified,
    "alarm-accepted": _accepted,
    "alarm-ended": _ended,
    "alarm-passed": _passed,
    "alarm-shelved": _shelved,
}
