"""Views of cases and of the running log.

`join` is for every projector whose record names a case: what is joined stands in `views.CASE_LINKS` twice, from the
case to the reference and back, so that both questions are one scan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.core.instants import Instant
from armslength.desk import case_changes, views
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit
    from armslength.desk.projection import Fact, Projector

CASE_PREFIX: Final = "CASE-"


def join(unit: Unit, case: str, kind: str, reference: str, entry: int, at: Instant) -> None:
    """Put what a record says belongs to a case among what the case joins; the case is compared at the next tick.

    Args:
        unit: the open writing unit.
        case: the number of the case; nothing happens when it is empty or no case has it.
        kind: contact, decision, call, message, concern, facility, statement or log.
        reference: its number, or its hash in hexadecimal digits.
        entry: index of the entry that says so.
        at: when that was entered.
    """
    state = unit.get(views.CASES, case.encode(errors="replace")) if case else None
    if state is not None and case_changes.link(unit, case, (kind, reference), entry, at):
        unit.put(views.CASES, case.encode(), state, due=at)


def message(fact: Fact, *, ours: bool) -> None:
    """Join a message to the case that it names, or to those of the message that it answers.

    A case reference is the author's own: what the other side calls a case joins nothing here.
    """
    body, reference = fact.verified.item.body, fact.verified.envelope_hash.hex()
    named = body.get(fields.CASE_REFERENCE)
    if ours and isinstance(named, str) and named.startswith(CASE_PREFIX):
        join(fact.unit, named, "message", reference, fact.index, Instant(fact.entry.at))
    answered = body.get(fields.ANSWERS)
    relation = body.get(fields.RELATION)
    if not isinstance(answered, bytes) and isinstance(relation, tuple):
        answered = relation[1]
    if isinstance(answered, bytes):
        for case in case_changes.cases_of(fact.unit, "message", answered.hex()):
            join(fact.unit, case, "message", reference, fact.index, Instant(fact.entry.at))


def _case(fact: Fact) -> None:
    at = Instant(fact.entry.at)
    case_changes.put(fact.unit, case_changes.by_record(fact.unit, fact.entry.kind, fact.body, at), fact.index, at)


def log_key(at: int, entry: int) -> bytes:
    """Return the key of a line of the log: lines sort by when it happened, then as entered."""
    return at.to_bytes(8, "big", signed=False) + entry.to_bytes(8, "big")


def _log(fact: Fact) -> None:
    body, at = fact.body, Instant(fact.entry.at)
    happened_at = cast("int", body[23])
    row: dict[int, CborValue] = {1: body.get(5), 2: body[20], 3: body[21], 4: body[22], 5: at, 6: fact.index}
    fact.unit.put(views.LOG, log_key(happened_at, fact.index), row)
    for kind, reference in cast("tuple[tuple[str, str], ...]", body[22]):
        if kind == "case":
            join(fact.unit, reference, "log", str(fact.index), fact.index, at)


PROJECTORS: Final[Mapping[str, Projector]] = {"case": _case, "case-step": _case, "log": _log}
