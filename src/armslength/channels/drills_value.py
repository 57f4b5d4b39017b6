"""A drill as an encodable value and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from armslength.channels.drills import (
    CODE,
    HISTORY_MAX,
    SUPERVISORS_MAX,
    Drill,
    EventKind,
    Plan,
    Status,
    Taken,
    wrong,
)
from armslength.channels.shifts_value import maybe, pairs, rows
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader

if TYPE_CHECKING:
    from enum import StrEnum

    from armslength.core.cbor import CborValue

    _Member = TypeVar("_Member", bound=StrEnum)


def plan_value(plan: Plan) -> dict[int, CborValue]:
    """Return a plan as the fields 21 to 26 of its record."""
    return {
        21: plan.number,
        22: plan.title,
        23: plan.from_at,
        24: plan.until_at,
        25: plan.script,
        26: plan.supervisors,
    }


def plan_from_value(read: FieldReader) -> Plan:
    """Return a plan from the fields of its record.

    Raises:
        LocalError: DRILL-VALUE, and the codes of texts.
    """
    return Plan(
        number=read.text(21),
        title=read.text(22),
        from_at=read.instant(23),
        until_at=read.instant(24),
        script=read.text(25),
        supervisors=pairs(read, 26, SUPERVISORS_MAX, CODE),
    )


def drill_value(drill: Drill) -> dict[int, CborValue]:
    """Return a drill as an encodable value (views)."""
    return {
        1: drill.status.value,
        2: drill.begun_at,
        3: tuple((one.kind.value, one.at, one.officer, one.note) for one in drill.history),
        **plan_value(drill.plan),
    }


def drill_from_value(value: CborValue) -> Drill:
    """Return a drill from `drill_value`'s result.

    Raises:
        LocalError: DRILL-VALUE, and the codes of texts.
    """
    read = FieldReader(value, CODE, LocalError)
    return Drill(
        plan=plan_from_value(read),
        status=member(Status, read.text(1)),
        begun_at=read.instant(2) if read.has(2) else None,
        history=tuple(
            Taken(kind=member(EventKind, row.text(0)), at=row.instant(1), officer=maybe(row, 2), note=row.text(3))
            for row in rows(read, 3, 4, HISTORY_MAX, CODE)
        ),
    )


def member(kind: type[_Member], code: str) -> _Member:
    """Return the member of a vocabulary that a code names.

    Raises:
        LocalError: DRILL-VALUE.
    """
    try:
        return kind(code)
    except ValueError:
        raise wrong(kind.__name__.lower(), ", ".join(kind), code) from None
