"""Running numbers that people say aloud, for example CT-2022-0001: a prefix, the year in UTC, a number from 1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from armslength.desk.books import Books

DIGITS: int = 6
"""Wide enough for a batch of ten thousand notices a day for a quarter of a year; numbers sort as they are read."""


def next_number(books: Books, view: str, prefix: str) -> str:
    """Return the next number of a series: the keys of ``view`` that begin with the prefix and this year."""
    year = datetime.fromtimestamp(int(books.now) // 1_000_000, UTC).year
    start = f"{prefix}-{year:04}-"
    last = books.unit.scan(view, start.encode(), limit=1, reverse=True)
    number = int(last[0][0].decode().removeprefix(start)) if last else 0
    return f"{start}{number + 1:0{DIGITS}}"


def require_free(books: Books, view: str, number: str) -> None:
    """Refuse a number that another record took since this one was prepared.

    Raises:
        LocalError: NUMBER-TAKEN.
    """
    if books.unit.get(view, number.encode()) is not None:
        raise LocalError("NUMBER-TAKEN", got=number)


def require_next(books: Books, view: str, prefix: str, number: str) -> None:
    """Refuse a number that is not the next one of its series: taken since, or one that would use the series up.

    Raises:
        LocalError: NUMBER-TAKEN.
    """
    if number != next_number(books, view, prefix):
        raise LocalError("NUMBER-TAKEN", got=number)
