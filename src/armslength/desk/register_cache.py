"""Facilities out of the journal: the register as it is now or was at an instant, each batch decoded once.

A cache lives as long as one look at the books; nothing in it outlives the unit that it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.record import parse_item
from armslength.desk import batches, views
from armslength.register import facility_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.register.facilities import Facility

Body = dict[int, Any]

_KEPT_MAX: Final = 32
"""Decoded batches kept at a time: forty thousand facilities."""

_FIELD_FIRST: Final = 20
"""Fields below are the record's own, of a facility entered by hand."""


class Cache:
    """Looks up facilities.

    Args:
        books: of the unit that is read.
    """

    def __init__(self, books: Books) -> None:
        self._unit = books.unit
        self._rows: dict[int, tuple[Body, ...]] = {}

    def body(self, facility_id: str, at: Instant | None = None) -> Body | None:
        """Return the body fields of a facility, as of an instant when one is given; None for an unknown one."""
        found = self._newest(facility_id) if at is None else self._as_of(facility_id, at)
        return None if found is None else self._body(*found)

    def entered_by(self, facility_id: str) -> int | None:
        """Return the journal index of a facility's newest version."""
        found = self._newest(facility_id)
        return None if found is None else found[0]

    def facility(self, facility_id: str, at: Instant | None = None) -> Facility | None:
        """Return a facility, as of an instant when one is given."""
        body = self.body(facility_id, at)
        return None if body is None else facility_body.parse_facility(body)

    def versions(self, facility_id: str) -> list[Facility]:
        """Return every version of a facility, in the order in which they apply and were entered."""
        found = []
        for _, row in views.rows(self._unit, views.FACILITY_VERSIONS, facility_id.encode() + b"\x00"):
            body = self._body(row[1], row.get(3))
            if body is not None:
                found.append(facility_body.parse_facility(body))
        return found

    def facilities(self) -> Iterator[Facility]:
        """Yield every facility by its newest version, in the order of the journal's entries."""
        rows = sorted((row[1], row.get(3) or 0, row.get(3)) for _, row in views.rows(self._unit, views.FACILITIES))
        for index, _, number in rows:
            body = self._body(index, number)
            if body is not None:
                yield facility_body.parse_facility(body)

    def _newest(self, facility_id: str) -> tuple[int, int | None] | None:
        row = views.row(self._unit, views.FACILITIES, facility_id.encode())
        return None if row is None else (row[1], row.get(3))

    def _as_of(self, facility_id: str, at: Instant) -> tuple[int, int | None] | None:
        found = None
        for key, row in views.rows(self._unit, views.FACILITY_VERSIONS, facility_id.encode() + b"\x00"):
            if views.applies_from(key) <= at:
                found = (row[1], row.get(3))
        return found

    def _body(self, index: int, number: int | None) -> Body | None:
        if number is not None:
            rows = self._batch(index)
            return rows[number] if rows is not None and number < len(rows) else None
        held = self._unit.content(index)
        if held is None:
            return None
        body = cast("Body", dict(parse_item(held[1]).body))
        return {field: value for field, value in body.items() if field >= _FIELD_FIRST}

    def _batch(self, index: int) -> tuple[Body, ...] | None:
        if index not in self._rows:
            held = self._unit.content(index)
            if held is None:
                return None
            if len(self._rows) >= _KEPT_MAX:
                self._rows.clear()
            self._rows[index] = batches.batch_rows(parse_item(held[1]).body)
        return self._rows[index]
