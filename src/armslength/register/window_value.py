"""A window's state as an encodable value and back, for views and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from armslength.core.errors import LocalError, PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.places import area_from_cbor
from armslength.register.window_types import (
    EVIDENCE_MAX,
    HISTORY_MAX,
    NAMES_MAX,
    PARTIES_MAX,
    VIOLATIONS_MAX,
    Assurance,
    EventKind,
    Means,
    Plan,
    Said,
    Status,
    Taken,
    Violation,
    Window,
)

if TYPE_CHECKING:
    from enum import StrEnum

    from armslength.core.cbor import CborKey, CborValue

    _Member = TypeVar("_Member", bound=StrEnum)

_CODE = "WINDOW-VALUE"


def plan_value(plan: Plan) -> dict[int, CborValue]:
    """Return a plan as an encodable value, fields 1 to 11."""
    zone: Any = plan.zone.to_cbor()
    return {
        1: plan.window_id,
        2: plan.proposer,
        3: plan.facility_id or None,
        4: zone,
        5: plan.works,
        6: plan.crews,
        7: plan.observers,
        8: plan.parties,
        9: plan.from_at,
        10: plan.until_at,
        11: plan.assure_by,
    }


def plan_from_value(value: CborValue) -> Plan:
    """Return a plan from `plan_value`'s result.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    read = FieldReader(value, _CODE, LocalError)
    try:
        zone = area_from_cbor(read.value(4))
    except PeerError as error:
        raise LocalError(_CODE, field="zone", **error.details) from None
    return Plan(
        window_id=read.text(1),
        proposer=read.text(2),
        facility_id=read.text(3) if read.has(3) else "",
        zone=zone,
        works=read.texts(5, NAMES_MAX),
        crews=read.texts(6, NAMES_MAX),
        observers=read.texts(7, NAMES_MAX),
        parties=read.texts(8, PARTIES_MAX),
        from_at=read.instant(9),
        until_at=read.instant(10),
        assure_by=read.instant(11),
    )


def assurance_value(said: Assurance) -> tuple[CborValue, ...]:
    """Return an assurance as an array of eight."""
    return (
        *(said.party, said.said.value, said.means.value, said.commands),
        *(said.from_at, said.until_at, said.reference, said.at),
    )


def violation_value(violation: Violation) -> tuple[CborValue, ...]:
    """Return a violation as an array of five."""
    return (violation.at, violation.by or None, violation.what, violation.evidence, violation.reporter)


def window_value(state: Window) -> dict[int, CborValue]:
    """Return the state as an encodable value (views)."""
    return {
        1: plan_value(state.plan),  # type: ignore[dict-item]  # a map with integer keys is a value of the encoding
        2: state.status.value,
        3: state.changed_at,
        4: tuple(assurance_value(state.assurances[party]) for party in sorted(state.assurances)),
        5: tuple(violation_value(violation) for violation in state.violations),
        6: state.crews_out,
        7: state.told,
        8: state.ticked_at,
        9: state.outcome or None,
        10: state.pillars,
        12: state.followed or None,
        11: tuple((taken.kind.value, taken.at, taken.officer or None, taken.note or None) for taken in state.history),
    }


def window_from_value(value: CborValue) -> Window:
    """Return a state from `window_value`'s result.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    read = FieldReader(value, _CODE, LocalError)
    assurances = [_assurance(row) for row in rows(read, 4, 8, PARTIES_MAX)]
    told = rows(FieldReader({7: (read.value(7),)}, _CODE, LocalError), 7, 2, 1) if read.has(7) else []
    return Window(
        plan=plan_from_value(read.value(1)),
        status=member(Status, read.text(2)),
        changed_at=read.instant(3),
        assurances={one.party: one for one in assurances},
        violations=tuple(violation_of(row) for row in rows(read, 5, 5, VIOLATIONS_MAX)),
        crews_out=read.texts(6, NAMES_MAX),
        told=(told[0].text(0), told[0].instant(1)) if told else None,
        ticked_at=read.instant(8) if read.has(8) else None,
        followed=read.text(12) if read.has(12) else "",
        outcome=read.text(9) if read.has(9) else "",
        pillars=tuple((row.text(0), row.text(1)) for row in rows(read, 10, 2, NAMES_MAX)),
        history=tuple(
            Taken(
                kind=member(EventKind, row.text(0)),
                at=row.instant(1),
                officer=row.text(2) if row.has(2) else "",
                note=row.text(3) if row.has(3) else "",
            )
            for row in rows(read, 11, 4, HISTORY_MAX)
        ),
    )


def _assurance(row: FieldReader) -> Assurance:
    return Assurance(
        party=row.text(0),
        said=member(Said, row.text(1)),
        means=member(Means, row.text(2)),
        commands=row.texts(3, NAMES_MAX),
        from_at=row.instant(4),
        until_at=row.instant(5),
        reference=row.text(6),
        at=row.instant(7),
    )


def violation_of(row: FieldReader) -> Violation:
    """Return the violation of `violation_value`'s array."""
    return Violation(
        at=row.instant(0),
        by=row.text(1) if row.has(1) else "",
        what=row.text(2),
        evidence=row.texts(3, EVIDENCE_MAX),
        reporter=row.text(4),
    )


def member(kind: type[_Member], text: str) -> _Member:
    """Return the member of an enumeration with this value.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    try:
        return kind(text)
    except ValueError:
        raise LocalError(_CODE, expected=", ".join(kind), got=text) from None


def rows(read: FieldReader, number: int, width: int, longest: int) -> list[FieldReader]:
    """Return readers of a field's rows, each of so many cells.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    found = []
    for row in read.array(number, longest):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"rows of {width} values", got=type(row).__name__)
        cells: dict[CborKey, CborValue] = dict(enumerate(row))
        found.append(FieldReader(cells, _CODE, LocalError))
    return found
