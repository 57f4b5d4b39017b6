"""A ladder and a run up it as encodable values and back, and a ladder as people write it in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from armslength.channels.ladders import (
    CODE,
    HISTORY_MAX,
    LINKS_MAX,
    RUNGS_MAX,
    EventKind,
    Ladder,
    LastStep,
    Run,
    Rung,
    Status,
    StepKind,
    Taken,
    wrong,
)
from armslength.channels.plain import Plain
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader

if TYPE_CHECKING:
    from enum import StrEnum

    from armslength.core.cbor import CborValue

    _Member = TypeVar("_Member", bound=StrEnum)

NAMES: Final = frozenset({"subject", "rungs", "plan"})
"""Names of a ladder's document."""

_RUNG: Final = frozenset({"channel", "wait_s", "note"})
_LAST: Final = frozenset({"kind", "text", "wait_s"})


def ladder_from_document(given: object) -> Ladder:
    """Return the ladder that a document states.

    Raises:
        LocalError: LADDER-VALUE, and the codes of texts.
    """
    read = Plain(given, CODE, NAMES, "ladder")
    return Ladder(
        subject=read.text("subject"),
        rungs=tuple(
            Rung(channel=one.text("channel"), wait_s=one.number("wait_s"), note=one.text("note"))
            for one in read.rows("rungs", _RUNG)
        ),
        plan=tuple(
            LastStep(kind=member(StepKind, one.text("kind")), text=one.text("text"), wait_s=one.number("wait_s"))
            for one in read.rows("plan", _LAST)
        ),
    )


def ladder_value(ladder: Ladder) -> dict[int, CborValue]:
    """Return a ladder as an encodable value, fields 1 to 3."""
    return {
        1: ladder.subject,
        2: tuple((one.channel, one.wait_s, one.note) for one in ladder.rungs),
        3: tuple((one.kind.value, one.text, one.wait_s) for one in ladder.plan),
    }


def ladder_from_value(value: CborValue) -> Ladder:
    """Return a ladder from `ladder_value`'s result.

    Raises:
        LocalError: LADDER-VALUE, and the codes of texts.
    """
    read = FieldReader(value, CODE, LocalError)
    return Ladder(
        subject=read.text(1),
        rungs=tuple(
            Rung(channel=row.text(0), wait_s=row.integer(1), note=_maybe(row, 2)) for row in rows(read, 2, 3, RUNGS_MAX)
        ),
        plan=tuple(
            LastStep(kind=member(StepKind, row.text(0)), text=row.text(1), wait_s=row.integer(2))
            for row in rows(read, 3, 3, RUNGS_MAX)
        ),
    )


def run_value(run: Run) -> dict[int, CborValue]:
    """Return a run as an encodable value (views)."""
    ladder: dict[int, CborValue] = ladder_value(run.ladder)
    return {
        1: run.number,
        2: ladder,  # type: ignore[dict-item]  # a map with integer keys is a value of the encoding
        3: run.links,
        4: run.status.value,
        5: run.place,
        6: run.since_at,
        7: run.due_at,
        8: run.proposed,
        9: run.proposals,
        10: tuple((one.kind.value, one.at, one.officer, one.rung, one.note) for one in run.history),
    }


def run_from_value(value: CborValue) -> Run:
    """Return a run from `run_value`'s result.

    Raises:
        LocalError: LADDER-VALUE, and the codes of texts.
    """
    read = FieldReader(value, CODE, LocalError)
    return Run(
        number=read.text(1),
        ladder=ladder_from_value(read.value(2)),
        links=pairs(read, 3),
        status=member(Status, read.text(4)),
        place=read.integer(5),
        since_at=read.instant(6),
        due_at=read.instant(7) if read.has(7) else None,
        proposed=read.integer(8) if read.has(8) else None,
        proposals=read.integer(9),
        history=tuple(
            Taken(
                kind=member(EventKind, row.text(0)),
                at=row.instant(1),
                officer=_maybe(row, 2),
                rung=_maybe(row, 3),
                note=_maybe(row, 4),
            )
            for row in rows(read, 10, 5, HISTORY_MAX)
        ),
    )


def pairs(read: FieldReader, number: int) -> tuple[tuple[str, str], ...]:
    """Return an array of pairs of texts."""
    return tuple((row.text(0), row.text(1)) for row in rows(read, number, 2, LINKS_MAX))


def member(kind: type[_Member], code: str) -> _Member:
    """Return the member of a vocabulary that a code names.

    Raises:
        LocalError: LADDER-VALUE.
    """
    try:
        return kind(code)
    except ValueError:
        raise wrong(kind.__name__.lower(), ", ".join(kind), code) from None


def rows(read: FieldReader, number: int, width: int, longest: int) -> list[FieldReader]:
    """Return the cells of an array of arrays, by place.

    Raises:
        LocalError: LADDER-VALUE.
    """
    found = []
    for row in read.array(number, longest):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"arrays of {width}", got=type(row).__name__)
        found.append(FieldReader(dict(enumerate(row)), CODE, LocalError))
    return found


def _maybe(row: FieldReader, place: int) -> str:
    return row.text(place) if row.value(place) != "" else ""
