"""A roster as the fields of its record, and as people write it in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.channels.plain import Plain
from armslength.channels.shifts import CODE, OFFICERS_MAX, WAKES_MAX, WATCHES_MAX, Roster, Wake, Watch, wrong
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

NAMES: Final = frozenset({"roster", "time_zone", "watches", "wake"})
"""Names of a roster's document."""

_WATCH: Final = frozenset({"name", "from", "until", "officers", "supervisor"})
_OFFICER: Final = frozenset({"officer", "role"})
_WAKE: Final = frozenset({"officer", "how", "deputy", "note"})


def roster_from_document(given: object) -> Roster:
    """Return the roster that a document states.

    Raises:
        LocalError: ROSTER-VALUE, and the codes of texts, times and time zones.
    """
    read = Plain(given, CODE, NAMES, "roster")
    return Roster(
        roster_id=read.text("roster"),
        time_zone=read.text("time_zone") or "UTC",
        watches=tuple(_watch(one) for one in read.rows("watches", _WATCH)),
        wakes=tuple(
            Wake(officer=one.text("officer"), how=one.text("how"), deputy=one.text("deputy"), note=one.text("note"))
            for one in read.rows("wake", _WAKE)
        ),
    )


def _watch(read: Plain) -> Watch:
    return Watch(
        name=read.text("name"),
        from_at=_at(read, "from"),
        until_at=_at(read, "until"),
        officers=tuple((one.text("officer"), one.text("role")) for one in read.rows("officers", _OFFICER)),
        supervisor=read.text("supervisor"),
    )


def _at(read: Plain, name: str) -> Instant:
    found = read.first(name)
    if found is None:
        raise wrong(name, "a time", "nothing")
    return found


def roster_value(roster: Roster) -> dict[int, CborValue]:
    """Return a roster as an encodable value, fields 1 to 4."""
    return {
        1: roster.roster_id,
        2: roster.time_zone,
        3: tuple((one.name, one.from_at, one.until_at, one.officers, one.supervisor) for one in roster.watches),
        4: tuple((one.officer, one.how, one.deputy, one.note) for one in roster.wakes),
    }


def roster_from_value(value: CborValue) -> Roster:
    """Return a roster from `roster_value`'s result.

    Raises:
        LocalError: ROSTER-VALUE, and the codes of texts and time zones.
    """
    read = FieldReader(value, CODE, LocalError)
    return Roster(
        roster_id=read.text(1),
        time_zone=read.text(2),
        watches=tuple(
            Watch(
                name=row.text(0),
                from_at=row.instant(1),
                until_at=row.instant(2),
                officers=pairs(row, 3, OFFICERS_MAX, CODE),
                supervisor=maybe(row, 4),
            )
            for row in rows(read, 3, 5, WATCHES_MAX, CODE)
        ),
        wakes=tuple(
            Wake(officer=row.text(0), how=row.text(1), deputy=maybe(row, 2), note=maybe(row, 3))
            for row in rows(read, 4, 4, WAKES_MAX, CODE)
        ),
    )


def pairs(read: FieldReader, number: int, longest: int, code: str) -> tuple[tuple[str, str], ...]:
    """Return an array of pairs of texts."""
    return tuple((row.text(0), row.text(1)) for row in rows(read, number, 2, longest, code))


def rows(read: FieldReader, number: int, width: int, longest: int, code: str) -> list[FieldReader]:
    """Return the cells of an array of arrays, by place.

    Raises:
        LocalError: the reader's code.
    """
    found = []
    for row in read.array(number, longest):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"arrays of {width}", got=type(row).__name__)
        found.append(FieldReader(dict(enumerate(row)), code, LocalError))
    return found


def maybe(row: FieldReader, place: int) -> str:
    """Return a text that may be empty."""
    return row.text(place) if row.value(place) != "" else ""
