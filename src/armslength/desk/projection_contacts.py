"""Views of contacts, their count and decided non-use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import Instant
from armslength.desk import views
from armslength.desk.projection_cases import join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector

CORRECTED_BY: Final = 60
"""Where a contact's row says by which number it was corrected; no field of the record has this number."""


def _keep(fact: Fact, view: str) -> bytes:
    key = cast("bytes", fact.body[1])
    row: dict[int, Any] = {number: value for number, value in fact.body.items() if number >= 5}
    fact.unit.put(view, key, {**row, 0: fact.index})
    return key


def _contact(fact: Fact) -> None:
    key = _keep(fact, views.CONTACTS)
    number = str(fact.body.get(20) or "")
    fact.unit.put(views.CONTACT_NUMBERS, number.encode(), key)
    corrected = fact.unit.get(views.CONTACT_NUMBERS, str(fact.body.get(44) or "").encode())
    row = views.row(fact.unit, views.CONTACTS, corrected) if isinstance(corrected, bytes) else None
    if row is not None and isinstance(corrected, bytes):
        fact.unit.put(views.CONTACTS, corrected, {**row, CORRECTED_BY: number})
    join(fact.unit, str(fact.body.get(32) or ""), "contact", number, fact.index, Instant(fact.entry.at))


def _decision(fact: Fact) -> None:
    key = _keep(fact, views.DECISIONS)
    number = str(fact.body.get(26) or "")
    if number:
        fact.unit.put(views.CONTACT_NUMBERS, number.encode(), key)
        join(fact.unit, str(fact.body.get(29) or ""), "decision", number, fact.index, Instant(fact.entry.at))


PROJECTORS: Final[Mapping[str, Projector]] = {"contact": _contact, "decision": _decision}
