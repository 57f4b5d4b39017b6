"""Numbers that people name in their records: one that has the form of ours must be one that this node holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.desk.books import Books

_KINDS: Final = (
    (re.compile(r"CT-[0-9]{4}-[0-9]{6}"), views.CONTACT_NUMBERS, "CONTACT-UNKNOWN"),
    (re.compile(r"D-[0-9]{4}-[0-9]{6}"), views.CONTACT_NUMBERS, "DECISION-UNKNOWN"),
    (re.compile(r"CL-[0-9]{4}-[0-9]{6}"), views.CALLS, "CALL-UNKNOWN"),
    (re.compile(r"CASE-[0-9]{4}-[0-9]{6}"), views.CASES, "CASE-UNKNOWN"),
)


def require_held(books: Books, names: Iterable[object]) -> None:
    """Refuse a number of a contact, decision, call or case that this node does not hold; other words may be anything.

    Raises:
        LocalError: CONTACT-UNKNOWN, DECISION-UNKNOWN, CALL-UNKNOWN, CASE-UNKNOWN.
    """
    for name in names:
        text = str(name).strip().upper()
        for form, view, code in _KINDS:
            if form.fullmatch(text) and books.unit.get(view, text.encode()) is None:
                raise LocalError(code, asked=text)
