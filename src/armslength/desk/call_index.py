"""Which calls there are, kept ready for readers: number, channel, and whether it is over, out of the entries alone."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from armslength.channels.call_types import EventKind
from armslength.desk.kept import entries_since

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit

_KINDS: Final = frozenset({"call", "call-step"})


class CallIndex:
    """The calls up to an entry, in their order."""

    def __init__(self) -> None:
        self.seen = 0
        self.channels: dict[str, str] = {}
        self.over: set[str] = set()

    def follow(self, unit: Unit) -> None:
        """Take in what was entered since."""
        for index, entry, item in entries_since(unit, self.seen, _KINDS):
            self.seen = index + 1
            if item is None:
                continue
            number, second = str(item.body.get(20)), str(item.body.get(21))
            if entry.kind == "call":
                self.channels[number] = second
            elif second == EventKind.ENDED:
                self.over.add(number)
        self.seen = unit.frontier().size


def newest(books: Books, limit: int, channel: str | None = None, *, live: bool = False) -> list[str]:
    """Return the numbers of the newest calls, the newest first; only for readers.

    Args:
        books: of a reading unit.
        limit: at most so many.
        channel: of this channel only.
        live: only those that are not over.
    """
    with books.kept.lock:
        index = books.kept.of(CallIndex)
        index.follow(books.unit)
        fitting = (
            number
            for number, of in reversed(index.channels.items())
            if channel in {None, of} and not (live and number in index.over)
        )
        return list(islice(fitting, limit))
