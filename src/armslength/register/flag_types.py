"""What the rules of the watch are told of a facility, and what they give: findings that say why and why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.core.places import Place


class Act(StrEnum):
    """What a finding does."""

    FLAG = "FLAG"
    """It raises a concern."""
    CORROBORATE = "CORROBORATE"
    """It adds to the concern that is open."""
    SUPPRESS = "SUPPRESS"
    """It raises nothing, and says what spoke against it; a person may flag it all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConcern:
    """The newest concern about a facility, whatever a person made of it: when flagged, when last corroborated."""

    flagged_at: Instant
    last_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarChange:
    """A pillar that a newer status report gives another status: from the register, since the last pass.

    Args:
        pillar: a code of PILLARS.
        before: its status before, ``NOT-KNOWN`` when there was none.
        after: its status now.
        source: who says so.
        report_id: the report or record that says so.
    """

    pillar: str
    before: str
    after: str
    source: str
    report_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the register and the list of concerns say of one facility when it is judged.

    Args:
        facility_id: the facility.
        name: as people call it.
        kind: a code of FACILITY_KINDS.
        concern: its newest concern, None without one.
        pillars: changes since the last pass.
        lines_left: off-site power lines that still feed it, by the newest report; None when nobody says.
        lines_before: the same by the report before that.
        lines_report_id: the report that says so.
        monitor_last_at: when an external monitor last reported, None where there is no monitor.
        register_last_at: when the register's record was last entered or reviewed, None when not asked.
        review_due_at: when the record is to be looked at again, None without a date or when not asked.
        place: where it is, None when its neighbours are not asked for.
    """

    facility_id: str
    name: str
    kind: str
    concern: OpenConcern | None = None
    pillars: tuple[PillarChange, ...] = ()
    lines_left: int | None = None
    lines_before: int | None = None
    lines_report_id: str = ""
    monitor_last_at: Instant | None = None
    register_last_at: Instant | None = None
    review_due_at: Instant | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """What one rule says of one day.

    Args:
        rule_id: the rule.
        holds: whether it fires; else `reason` says what was missing.
        reason: one sentence.
        evidence: report ids, the telling ones first.
        counter_evidence: sentences that speak against it or limit it.
        certainty: ``CERTAIN``, ``LIKELY`` or ``POSSIBLE``: that what is reported concerns this facility.
        silent_when_open: it adds nothing to a concern that is open.
    """

    rule_id: str
    holds: bool
    reason: str
    evidence: tuple[str, ...]
    counter_evidence: tuple[str, ...] = ()
    certainty: str = "POSSIBLE"
    silent_when_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the watch has to say of one facility, day and rule.

    Args:
        facility_id: the facility.
        day: UTC day of what is reported, in days since 1970.
        act: flag, corroborate or suppress.
        rule_id: the rule that says so.
        reason: why, in one sentence.
        evidence: report ids, the telling ones first.
        counter_evidence: sentences that speak against it.
        rank: 0 to 100, the highest is shown first.
        certainty: ``CERTAIN``, ``LIKELY`` or ``POSSIBLE``: that what is reported concerns this facility.
        told_with: the neighbour whose finding tells of it as well (`armslength.register.neighbours`), empty without.
    """

    facility_id: str
    day: int
    act: Act
    rule_id: str
    reason: str
    evidence: tuple[str, ...]
    counter_evidence: tuple[str, ...]
    rank: int
    certainty: str
    told_with: str = ""
