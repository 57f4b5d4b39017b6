"""Views of changes of officers and their keys.

OFFICER_CHANGES: number -> {1: status, 2: the change's fields, 3: who proposed it, 4: when, 5: entry, 6: who decided,
7: when, 8: entry, 9: sequence of the manifest that holds it, 10: hash of the enrolment code, 11: until when the code
holds, 12: reason, 13: reason of the decision, 14: entry of a key offered with a code}. OFFICER_WAITING: number of an
approved change that no manifest holds yet -> {1: entry of its approval}. OFFICER_CREDENTIALS: officer, zero byte, key
id -> credential id. OFFICER_CODES: hash of an enrolment code -> number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.desk import officer_changes as changes
from armslength.desk import officer_keys, views
from armslength.desk.officer_changes import Status, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborKey, CborValue
    from armslength.desk.projection import Fact, Projector
    from armslength.line.manifest import Manifest


def _value(body: Mapping[int, CborValue]) -> dict[CborKey, CborValue]:
    return {number: body[number] for number in changes.VALUE if number in body}


def _change(fact: Fact) -> None:
    body = fact.body
    number = str(body[changes.NUMBER])
    step = body[changes.STEP]
    if step == Step.OFFER:
        _offer(fact, number)
        return
    row: dict[int, CborValue] = {
        1: (Status.CODE if step == Step.CODE else Status.PROPOSED).value,
        2: _value(body),
        3: body.get(5),
        4: fact.entry.at,
        5: fact.index,
        6: None,
        7: None,
        8: None,
        9: None,
        10: body.get(changes.CODE_HASH),
        11: body.get(changes.CODE_UNTIL),
        12: body.get(changes.REASON),
        13: None,
        14: None,
    }
    fact.unit.put(views.OFFICER_CHANGES, number.encode(), row)
    if step == Step.CODE:
        fact.unit.put(views.OFFICER_CODES, cast("bytes", body[changes.CODE_HASH]), number)
    else:
        _credential(fact)


def _offer(fact: Fact, number: str) -> None:
    row = views.row(fact.unit, views.OFFICER_CHANGES, number.encode())
    if row is None:
        return
    fact.unit.put(
        views.OFFICER_CHANGES,
        number.encode(),
        {**row, 1: Status.PROPOSED.value, 2: _value(fact.body), 14: fact.index},
    )
    # A code is good for one key.
    fact.unit.delete(views.OFFICER_CODES, row[10])
    _credential(fact)


def _credential(fact: Fact) -> None:
    key, credential = fact.body.get(changes.KEY), fact.body.get(changes.CREDENTIAL)
    if isinstance(key, tuple) and isinstance(credential, bytes):
        held = changes.key_from_value(key)
        officer = str(fact.body[changes.OFFICER]).encode()
        fact.unit.put(views.OFFICER_CREDENTIALS, officer + b"\x00" + held.key_id, credential)


def _approval(fact: Fact) -> None:
    body = fact.body
    number = str(body[changes.NUMBER])
    row = views.row(fact.unit, views.OFFICER_CHANGES, number.encode())
    if row is None:
        return
    approved = body[changes.STEP] == Step.APPROVE
    status = Status.APPROVED if approved else Status.REJECTED
    undone = cast("Mapping[int, Any]", row[2]).get(changes.UNDOES) if approved else None
    if undone is not None:
        _undo(fact, str(undone))
        status = Status.IN_FORCE
    decided = {1: status.value, 6: body.get(5), 7: fact.entry.at, 8: fact.index, 13: body.get(changes.REASON)}
    fact.unit.put(views.OFFICER_CHANGES, number.encode(), {**row, **decided})
    if row[10] is not None:
        fact.unit.delete(views.OFFICER_CODES, row[10])
    if status is Status.APPROVED:
        fact.unit.put(views.OFFICER_WAITING, number.encode(), {1: fact.index})


def _undo(fact: Fact, number: str) -> None:
    row = views.row(fact.unit, views.OFFICER_CHANGES, number.encode())
    if row is not None and row[1] == Status.APPROVED.value:
        fact.unit.put(views.OFFICER_CHANGES, number.encode(), {**row, 1: Status.REJECTED.value})
        fact.unit.delete(views.OFFICER_WAITING, number.encode())


def settle(fact: Fact, before: Manifest | None, after: Manifest) -> None:
    """Mark the approved changes that our new manifest holds, before it takes the place of the one before."""
    fact.unit.put(views.MANIFEST_ENTRIES, views.manifest_key(after.party, after.sequence), fact.index)
    pending = officer_keys.waiting(fact.unit) if before is not None else []
    if before is None or not pending:
        return
    held = changes.settled(before.officers, [change for _, change in pending], after.officers)
    for (number, _), holds in zip(pending, held, strict=True):
        if holds:
            row = views.row(fact.unit, views.OFFICER_CHANGES, number.encode()) or {}
            fact.unit.put(views.OFFICER_CHANGES, number.encode(), {**row, 1: Status.IN_FORCE.value, 9: after.sequence})
            fact.unit.delete(views.OFFICER_WAITING, number.encode())


PROJECTORS: Final[Mapping[str, Projector]] = {"officer-change": _change, "officer-approval": _approval}
