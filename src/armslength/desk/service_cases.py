"""What the faces read and prepare of cases, the running log, search and the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.desk import briefs, cards, case_reading, casework, searching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared
    from armslength.desk.printing import Sheet

Json = dict[str, Any]

MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "case": casework.prepare_case,
    "case-step": casework.prepare_step,
    "log": casework.prepare_log,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "cases": case_reading.read_cases,
    "log": searching.read_log,
    "search": searching.search,
    "briefs": briefs.read_brief,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "cases": case_reading.read_case,
    "case-timeline": case_reading.read_timeline,
    "cards": cards.read_card,
}
"""Word of `Client.read` -> one thing by its name, with the query."""

SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {
    "brief": briefs.sheet,
    "card": cards.sheet,
}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
