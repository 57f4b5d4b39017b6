"""The daily tick of the watch: facilities of which nothing new was said for too long are judged once a day.

Reports are judged when they come; that none come is noticed by nobody but the clock. Asked are facilities with an
external monitor or a review date only. The day that was last judged is a view, made by the entry of its deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import Instant
from armslength.desk import views, watch_pass, watch_state
from armslength.register.observations import day_of

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.register.rules import Rules

ASKED_MAX: Final = 1_000
"""Facilities judged on one day for the age of what is known, those first of which nothing was said for longest."""

_RULE: Final = "report-age"


def tick(books: Books, key: bytes) -> None:
    """Note that the day was judged, and judge it."""
    books.note("deadline", "deadline", {20: "watch-day", 21: key, 22: books.now})
    rules = watch_state.rules(books.unit)
    asked = silent(books, rules)
    if asked:
        watch_pass.run_pass(books, None, (), None, asked=asked)


def silent(books: Books, rules: Rules) -> tuple[str, ...]:
    """Return the facilities of which something is overdue: a monitor's word, a newer record, a review."""
    if not rules.on(_RULE):
        return ()
    today = day_of(books.now)
    found = []
    for key, row in views.rows(books.unit, views.WATCH_AGES):
        overdue = max(
            _over(row[1], today, rules.number(_RULE, "monitor_days")),
            _over(row[2], today, rules.number(_RULE, "register_days")),
            _over(row[3], today, 0),
        )
        if overdue > 0:
            found.append((-overdue, key.decode()))
    return tuple(facility_id for _, facility_id in sorted(found)[:ASKED_MAX])


def _over(last_at: Any, today: int, allowed: int) -> int:  # noqa: ANN401 - an instant or None
    return 0 if last_at is None else today - day_of(Instant(last_at)) - allowed
