"""Facilities out of the journal: the register as it is now or was at an instant, row by row.

A cache lives as long as one look at the books; nothing in it outlives the unit that it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.record import parse_item
from armslength.desk import batches, views
from armslength.register import facility_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.register.facilities import Facility

Body = dict[int, Any]

_KEPT_MAX: Final = 32
"""Batches kept at a time, 12 MB: facilities are asked for in the order in which they were entered, or nearly so."""

_FIELD_FIRST: Final = 20
"""Fields below are the record's own, of a facility entered by hand."""


class Cache:
    """Looks up facilities.

    Args:
        books: of the unit that is read.
    """

    def __init__(self, books: Books) -> None:
        self._unit = books.unit
        self._batches: dict[int, Mapping[int, CborValue]] = {}

    def body(self, facility_id: str, at: Instant | None = None) -> Body | None:
        """Return the body fields of a facility, as of an instant when one is given; None for an unknown one."""
        found = self._newest(facility_id) if at is None else self._as_of(facility_id, at)
        return None if found is None else self._body(*found)

    def body_before(self, facility_id: str, entry: int) -> Body | None:
        """Return the body fields of what was entered last of a facility before an entry of the journal."""
        held = [
            (row[1], row.get(3) or 0, row.get(3))
            for _, row in views.rows(self._unit, views.FACILITY_VERSIONS, _prefix(facility_id))
            if row[1] < entry
        ]
        if not held:
            return None
        index, _, number = max(held, key=lambda one: one[:2])
        return self._body(index, number)

    def facility_before(self, facility_id: str, entry: int) -> Facility | None:
        """Return what was entered last of a facility before an entry of the journal."""
        body = self.body_before(facility_id, entry)
        return None if body is None else facility_body.parse_facility(body)

    def facility(self, facility_id: str, at: Instant | None = None) -> Facility | None:
        """Return a facility, as of an instant when one is given."""
        body = self.body(facility_id, at)
        return None if body is None else facility_body.parse_facility(body)

    def versions(self, facility_id: str) -> list[Facility]:
        """Return every version of a facility, in the order in which they apply and were entered."""
        found = []
        for _, row in views.rows(self._unit, views.FACILITY_VERSIONS, _prefix(facility_id)):
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
        row = views.row(self._unit, views.FACILITIES, _key(facility_id))
        return None if row is None else (row[1], row.get(3))

    def _as_of(self, facility_id: str, at: Instant) -> tuple[int, int | None] | None:
        found = None
        for key, row in views.rows(self._unit, views.FACILITY_VERSIONS, _prefix(facility_id)):
            if views.applies_from(key) <= at:
                found = (row[1], row.get(3))
        return found

    def _body(self, index: int, number: int | None) -> Body | None:
        if number is not None:
            batch = self._batch(index)
            return None if batch is None else batches.batch_row(batch, number)
        held = self._unit.content(index)
        if held is None:
            return None
        body = cast("Body", dict(parse_item(held[1]).body))
        return {field: value for field, value in body.items() if field >= _FIELD_FIRST}

    def _batch(self, index: int) -> Mapping[int, CborValue] | None:
        if index not in self._batches:
            held = self._unit.content(index)
            if held is None:
                return None
            if len(self._batches) >= _KEPT_MAX:
                del self._batches[next(iter(self._batches))]
            self._batches[index] = parse_item(held[1]).body
        return self._batches[index]


def _key(facility_id: str) -> bytes:
    # What a person typed may hold what UTF-8 cannot say, or end a key; it names no facility then.
    return facility_id.replace("\x00", "?").encode(errors="replace")


def _prefix(facility_id: str) -> bytes:
    return _key(facility_id) + b"\x00"
