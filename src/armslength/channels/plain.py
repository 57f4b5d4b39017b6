"""Reading what people and programs write in JSON: texts, lists, dates, with one typed error for whatever is wrong.

A date stands for all of its day, a month for all of the month: who knows only "February 2022" must be able to say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, Instant, instant, parse_dtg, parse_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS_MAX: Final = 1024
"""Rows of one list in a document: a roster of a year at three watches a day."""

_CALENDAR = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Plain:
    """Typed access to one JSON object.

    Args:
        given: the object.
        code: the error code that anything missing, unknown or ill-typed raises.
        known: the names that it may have.
        what: what it is, for the error.
    """

    __slots__ = ("_code", "_given", "_what")

    def __init__(self, given: object, code: str, known: Iterable[str], what: str) -> None:
        self._code = code
        self._what = what
        if not isinstance(given, Mapping):
            raise LocalError(code, field=what, expected="an object", got=type(given).__name__)
        self._given: Mapping[Any, Any] = given
        unknown = [str(name) for name in given if name not in set(known)]
        if unknown:
            self.refuse(unknown[0], f"one of {', '.join(sorted(known))}", "another name")

    def refuse(self, name: str, expected: str, got: object) -> NoReturn:
        """Raise this reader's error."""
        raise LocalError(self._code, field=f"{self._what}: {name}", expected=expected, got=got)

    def has(self, name: str) -> bool:
        """Tell whether something was given."""
        return self._given.get(name) is not None

    def text(self, name: str) -> str:
        """Return a text; empty when nothing was given."""
        value = self._given.get(name)
        if value is not None and not isinstance(value, str):
            self.refuse(name, "a text", type(value).__name__)
        return value or ""

    def number(self, name: str, default: int | None = None) -> int:
        """Return an integer."""
        value = self._given.get(name, default)
        if type(value) is not int:
            self.refuse(name, "a whole number", value)
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; false when nothing was given."""
        value = self._given.get(name, False)
        if type(value) is not bool:
            self.refuse(name, "true or false", value)
        return value

    def items(self, name: str) -> list[Any]:
        """Return a list; empty when nothing was given."""
        value = self._given.get(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple) or len(value) > ROWS_MAX:
            self.refuse(name, f"a list of at most {ROWS_MAX}", type(value).__name__)
        return list(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.items(name)
        if not all(isinstance(one, str) for one in values):
            self.refuse(name, "a list of texts", "something else")
        return tuple(values)

    def rows(self, name: str, known: Iterable[str]) -> list[Plain]:
        """Return a list of objects."""
        return [Plain(one, self._code, known, name) for one in self.items(name)]

    def first(self, name: str) -> Instant | None:
        """Return the first instant of a time or date; None when nothing was given."""
        found = self._span(name)
        return None if found is None else found[0]

    def last(self, name: str) -> Instant | None:
        """Return the last instant of a time or date; None when nothing was given."""
        found = self._span(name)
        return None if found is None else found[1]

    def after(self, name: str) -> Instant | None:
        """Return the first instant after a date, or an instant itself; None when nothing was given."""
        found = self._span(name)
        if found is None:
            return None
        return found[0] if found[0] == found[1] else instant(found[1] + 1)

    def _span(self, name: str) -> tuple[Instant, Instant] | None:
        text = self.text(name)
        return span_of(text) if text else None


def span_of(text: str) -> tuple[Instant, Instant]:
    """Return the first and the last instant of a time: RFC 3339, a date-time group, a day, a month or a year (UTC).

    Raises:
        LocalError: TIME-... codes.
    """
    match = _CALENDAR.fullmatch(text)
    if match is None:
        at = parse_rfc3339(text) if "-" in text else parse_dtg(text)
        return at, at
    year, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        begins = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
        ends = _following(begins, month, day)
    except (ValueError, OverflowError):
        raise LocalError("TIME-FORMAT", expected="a day, month or year that exists", got=text) from None
    return _instant(begins), instant(_instant(ends) - 1)


def _following(begins: datetime, month: int | None, day: int | None) -> datetime:
    if day is not None:
        return datetime.fromordinal(begins.toordinal() + 1).replace(tzinfo=UTC)
    if month is not None and month < 12:
        return begins.replace(month=month + 1)
    return begins.replace(year=begins.year + 1, month=1)


def _instant(moment: datetime) -> Instant:
    return instant(int(moment.timestamp()) * SECOND_US)
