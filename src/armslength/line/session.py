"""The state of a line: what the parties declared, and what is observed, kept apart (A2, A3).

In April 2017 a line was declared suspended and the morning call took place all the same: neither state may overwrite
the other. Silence is counted; that a line is CUT is said by a person and by nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import Instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue


NEVER: Final = Instant(0)
"""Before anything happened."""


class Declared(StrEnum):
    """What the parties have said."""

    PROPOSED = "PROPOSED"
    OPEN = "OPEN"
    SUSPENDED_BY_US = "SUSPENDED-BY-US"
    SUSPENDED_BY_THEM = "SUSPENDED-BY-THEM"
    SUSPENDED_BY_BOTH = "SUSPENDED-BY-BOTH"
    CLOSED = "CLOSED"


class Observed(StrEnum):
    """What is seen; CUT only by a person's judgement."""

    UNKNOWN = "UNKNOWN"
    LIVE = "LIVE"
    DEGRADED = "DEGRADED"
    UNANSWERED = "UNANSWERED"
    CUT = "CUT"


class SessionEvent(StrEnum):
    """What changes a session."""

    BOTH_ASSENTED = "both-assented"
    SUSPEND_BY_US = "suspend-by-us"
    RESUME_BY_US = "resume-by-us"
    SUSPEND_BY_THEM = "suspend-by-them"
    RESUME_BY_THEM = "resume-by-them"
    CLOSE = "close"
    HEARD = "heard"
    PATH_FAILED = "path-failed"
    UNANSWERED = "unanswered"
    JUDGED_CUT = "judged-cut"
    JUDGED_TECHNICAL = "judged-technical"


_D = Declared
DECLARED_TRANSITIONS: Final[Mapping[tuple[Declared, SessionEvent], Declared]] = {
    (_D.PROPOSED, SessionEvent.BOTH_ASSENTED): _D.OPEN,
    (_D.OPEN, SessionEvent.BOTH_ASSENTED): _D.OPEN,
    (_D.OPEN, SessionEvent.SUSPEND_BY_US): _D.SUSPENDED_BY_US,
    (_D.OPEN, SessionEvent.SUSPEND_BY_THEM): _D.SUSPENDED_BY_THEM,
    (_D.SUSPENDED_BY_US, SessionEvent.RESUME_BY_US): _D.OPEN,
    (_D.SUSPENDED_BY_THEM, SessionEvent.RESUME_BY_THEM): _D.OPEN,
    (_D.SUSPENDED_BY_US, SessionEvent.SUSPEND_BY_THEM): _D.SUSPENDED_BY_BOTH,
    (_D.SUSPENDED_BY_THEM, SessionEvent.SUSPEND_BY_US): _D.SUSPENDED_BY_BOTH,
    (_D.SUSPENDED_BY_BOTH, SessionEvent.RESUME_BY_US): _D.SUSPENDED_BY_THEM,
    (_D.SUSPENDED_BY_BOTH, SessionEvent.RESUME_BY_THEM): _D.SUSPENDED_BY_US,
    (_D.OPEN, SessionEvent.CLOSE): _D.CLOSED,
    (_D.PROPOSED, SessionEvent.CLOSE): _D.CLOSED,
    (_D.SUSPENDED_BY_US, SessionEvent.CLOSE): _D.CLOSED,
    (_D.SUSPENDED_BY_THEM, SessionEvent.CLOSE): _D.CLOSED,
    (_D.SUSPENDED_BY_BOTH, SessionEvent.CLOSE): _D.CLOSED,
}
"""What is declared changes by what people say; whatever is not here is refused."""

_O = Observed
OBSERVED_TRANSITIONS: Final[Mapping[tuple[Observed, SessionEvent], Observed]] = {
    **{(state, SessionEvent.HEARD): _O.LIVE for state in Observed},
    **{(state, SessionEvent.PATH_FAILED): _O.DEGRADED for state in (_O.UNKNOWN, _O.LIVE, _O.DEGRADED)},
    (_O.UNANSWERED, SessionEvent.PATH_FAILED): _O.UNANSWERED,
    (_O.CUT, SessionEvent.PATH_FAILED): _O.CUT,
    **{(state, SessionEvent.UNANSWERED): _O.UNANSWERED for state in (_O.UNKNOWN, _O.LIVE, _O.DEGRADED, _O.UNANSWERED)},
    (_O.CUT, SessionEvent.UNANSWERED): _O.CUT,
    (_O.UNANSWERED, SessionEvent.JUDGED_CUT): _O.CUT,
    (_O.UNANSWERED, SessionEvent.JUDGED_TECHNICAL): _O.DEGRADED,
    (_O.DEGRADED, SessionEvent.JUDGED_TECHNICAL): _O.DEGRADED,
    (_O.CUT, SessionEvent.JUDGED_TECHNICAL): _O.DEGRADED,
}
"""What is observed; only UNANSWERED can be judged CUT, and one sign of life ends either."""

_DECLARING: Final = frozenset(event for _, event in DECLARED_TRANSITIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """State of one line; ``unanswered`` counts attempts since the last sign of life."""

    declared: Declared = Declared.PROPOSED
    observed: Observed = Observed.UNKNOWN
    unanswered: int = 0
    declared_at: Instant = NEVER
    observed_at: Instant = NEVER
    last_heard_at: Instant = NEVER

    @property
    def may_send(self) -> bool:
        """Messages leave only on an open line; receipts and STOP leave on a suspended one too."""
        return self.declared is Declared.OPEN

    @property
    def may_stop(self) -> bool:
        """STOP, receipts and SERVICE leave in any declared state but PROPOSED and CLOSED."""
        return self.declared not in {Declared.PROPOSED, Declared.CLOSED}


def step(state: Session, event: SessionEvent, now: Instant) -> Session:
    """Apply one event.

    Raises:
        LocalError: SESSION-TRANSITION.
    """
    if event in _DECLARING:
        declared = DECLARED_TRANSITIONS.get((state.declared, event))
        if declared is None:
            raise LocalError("SESSION-TRANSITION", state=state.declared.value, event=event.value)
        return replace(
            state, declared=declared, declared_at=now if declared is not state.declared else state.declared_at
        )
    observed = OBSERVED_TRANSITIONS.get((state.observed, event))
    if observed is None:
        raise LocalError("SESSION-TRANSITION", state=state.observed.value, event=event.value)
    heard = event is SessionEvent.HEARD
    return replace(
        state,
        observed=observed,
        observed_at=now if observed is not state.observed else state.observed_at,
        unanswered=0 if heard else state.unanswered + (event is SessionEvent.UNANSWERED),
        last_heard_at=now if heard else state.last_heard_at,
    )


def session_value(state: Session) -> tuple[CborValue, ...]:
    """Return the state as an encodable value (views)."""
    return (
        state.declared.value,
        state.observed.value,
        state.unanswered,
        state.declared_at,
        state.observed_at,
        state.last_heard_at,
    )


def session_from_value(value: CborValue) -> Session:
    """Return a state from `session_value`'s result, as our own views hold it."""
    row: tuple[Any, ...] = value if isinstance(value, tuple) else ()
    declared, observed, unanswered, declared_at, observed_at, heard = row
    return Session(
        declared=Declared(declared),
        observed=Observed(observed),
        unanswered=unanswered,
        declared_at=declared_at,
        observed_at=observed_at,
        last_heard_at=heard,
    )
