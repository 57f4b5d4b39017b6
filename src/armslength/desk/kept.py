"""What readers keep ready from one look to the next: made from the journal's entries, and only ever added to.

A list of ten thousand contacts is not decoded for every question. What is kept here is read from committed entries
alone, so only readers use it: what a writing unit would see may yet be undone.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.record import parse_item
from armslength.journal import entry as entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.core.record import Item
    from armslength.desk.ports import Unit
    from armslength.journal.entry import Entry

T = TypeVar("T")


class Kept:
    """One object of each kind, and the lock under which they are brought up to date and asked."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._held: dict[type, object] = {}

    def of(self, kind: type[T]) -> T:
        """Return the one object of a kind, made without arguments when it is first asked for."""
        with self.lock:
            return cast("T", self._held.setdefault(kind, kind()))


def entries_since(unit: Unit, seen: int, kinds: frozenset[str]) -> Iterator[tuple[int, Entry, Item | None]]:
    """Yield the entries of some kinds from an index on, with what they hold; None for a content that was destroyed.

    Raises:
        LocalError: STORE-DAMAGED.
    """
    for index in range(seen, unit.frontier().size):
        found = entries.parse_leaf(unit.leaf(index))
        if found.kind not in kinds:
            continue
        content = unit.content(index)
        try:
            yield index, found, None if content is None else parse_item(content[1])
        except ArmslengthError as error:
            raise LocalError("STORE-DAMAGED", because=error.code) from error
