"""A movement that was notified: who goes where, when, with what, until when the notice holds.

A notice is not a permission and not a precondition of protection; removing it changes nothing of what is protected, and
the duty to verify targets stays with the parties. Movements are kept as they were notified, for the notices that carry
them over a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US
from armslength.register.texts import RECORD_ID, matching, one_line

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.core.places import Place

STOPS_MAX: Final = 100
"""Waypoints of one route: what a person can check on a map in a sitting."""

HEADCOUNT_MAX: Final = 100_000
"""Persons of one movement: the largest evacuations by convoy had tens of thousands."""

NOTICE_HOURS: Final = 48
"""Hours ahead that a movement is notified by the rules in use (OCHA, Yemen)."""

NOTICE_HOURS_EMERGENCY: Final = 24
"""Hours ahead in an emergency that is flagged as one."""

_CODE: Final = "MOVEMENT-VALUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One notified movement.

    Args:
        reference: the submitter's number of the notice.
        organisation: who moves.
        contact: whom to call, at any hour.
        function: what the movement is for.
        name: what it is called.
        stops: the route's waypoints in order, with a name each (empty where none is given).
        starts_at: when it begins.
        ends_at: when it ends.
        vehicles: vehicles, plates and markings as written.
        headcount: persons, None where not stated.
        cargo: class of cargo.
        valid_until: when the notice expires.
        emergency: whether it was flagged as one.
        recipients: parties that it is for, as written.
        supersedes: reference of the notice that it replaces, empty without one.
        source: the form it came from.
    """

    reference: str
    organisation: str
    contact: str
    function: str
    name: str
    stops: tuple[tuple[str, Place], ...]
    starts_at: Instant
    ends_at: Instant
    vehicles: str
    headcount: int | None
    cargo: str
    valid_until: Instant
    emergency: bool
    recipients: tuple[str, ...]
    supersedes: str
    source: str

    def __post_init__(self) -> None:
        matching(self.reference, RECORD_ID, "reference", _CODE)
        for name in ("organisation", "contact", "function", "name", "source"):
            one_line(getattr(self, name), name, _CODE)
        for name in ("vehicles", "cargo"):
            one_line(getattr(self, name), name, _CODE, optional=True)
        for recipient in self.recipients:
            one_line(recipient, "recipient", _CODE)
        if self.supersedes:
            matching(self.supersedes, RECORD_ID, "supersedes", _CODE)
        if not 2 <= len(self.stops) <= STOPS_MAX:
            raise LocalError(_CODE, field="route", expected=f"2 to {STOPS_MAX} waypoints", got=len(self.stops))
        if self.ends_at <= self.starts_at:
            raise LocalError(_CODE, field="window", expected="an end after its beginning", got=self.ends_at)
        if self.headcount is not None and not 0 <= self.headcount <= HEADCOUNT_MAX:
            raise LocalError(_CODE, field="headcount", expected=f"0 to {HEADCOUNT_MAX}", got=self.headcount)

    def short_notice(self, received_at: Instant) -> str:
        """Return what is said of a notice that came late, empty when it came in time."""
        hours = NOTICE_HOURS_EMERGENCY if self.emergency else NOTICE_HOURS
        ahead = (self.starts_at - received_at) // HOUR_US
        if ahead >= hours:
            return ""
        kind = "an emergency" if self.emergency else "a movement"
        return f"{self.reference} begins {max(ahead, 0)} h after it was notified; {kind} is notified {hours} h ahead."
