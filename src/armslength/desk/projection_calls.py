"""Views of calls and their sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.instants import Instant
from armslength.desk import call_changes, projection_cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector


def _call(fact: Fact) -> None:
    at = Instant(fact.entry.at)
    change = call_changes.begun(fact.body, fact.index)
    change.put(fact.unit)
    first = call_changes.called_back(fact.unit, change.call, at)
    if first is not None:
        first.put(fact.unit)
    projection_cases.join(fact.unit, change.call.case, "call", change.call.number, fact.index, at)


def _step(fact: Fact) -> None:
    call_changes.by_step(fact.unit, fact.body, Instant(fact.entry.at)).put(fact.unit)


PROJECTORS: Final[Mapping[str, Projector]] = {"call": _call, "call-step": _step}
