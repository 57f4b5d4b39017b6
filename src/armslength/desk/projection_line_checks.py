"""Views of line checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.instants import Instant
from armslength.desk import check_changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector


def _plan(fact: Fact) -> None:
    made = check_changes.set_plan(fact.unit, fact.body, fact.index, Instant(fact.entry.at))
    before = check_changes.held(fact.unit, made.plan.channel)
    if before is not None:
        check_changes.forget_due(fact.unit, before)
    check_changes.put(fact.unit, made)


def _check(fact: Fact) -> None:
    if fact.body[21] == check_changes.CLOCK:
        check_changes.apply_clock(fact.unit, fact.body, fact.index)
    else:
        check_changes.apply_result(fact.unit, fact.body, fact.index)


PROJECTORS: Final[Mapping[str, Projector]] = {"check-plan": _plan, "line-check": _check}
