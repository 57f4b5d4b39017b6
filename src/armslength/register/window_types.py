"""What a window of silence is made of: its plan, what each party said, violations, and the steps there are.

The table of steps is in `armslength.register.windows`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.ids import party_code
from armslength.register.texts import matching, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.instants import Instant
    from armslength.core.places import Area

PARTIES_MAX: Final = 16
"""Parties asked for an assurance; with more, somebody coordinates who has a window of his own with them."""

NAMES_MAX: Final = 32
"""Crews or observers of one window, as many as its message can name."""

VIOLATIONS_MAX: Final = 1_000
"""Violations of one window: long before, a person has aborted it."""

HISTORY_MAX: Final = 1_000
"""Steps of one window."""

EVIDENCE_MAX: Final = 32
"""References of one violation."""

WINDOW_ID: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{0,14}[A-Z0-9]-W-[0-9]{4}-[0-9]{4,8}")
"""``IAEA-W-2025-0001``: party code of the proposer, year, running number of its node."""

CODE: Final = "WINDOW-VALUE"


class Status(StrEnum):
    """Where a window stands."""

    PROPOSED = "PROPOSED"
    """No party has said anything in writing yet."""
    ASSURING = "ASSURING"
    """Some party has; GREEN it is not."""
    GREEN = "GREEN"
    """All assurances are held, a person said so, and the time has not begun."""
    ACTIVE = "ACTIVE"
    """GREEN, and within its time."""
    TOLD_GREEN = "TOLD-GREEN"
    """At a party's node: the proposer says that it is green. Crews are the proposer's to release."""
    VIOLATED = "VIOLATED"
    """A violation was observed; a person resumes or aborts."""
    MISSED = "MISSED"
    """The time passed and it never was green."""
    ENDED = "ENDED"
    """The time passed; a person closes it."""
    ABORTED = "ABORTED"
    CLOSED = "CLOSED"


class EventKind(StrEnum):
    """What can happen to a window."""

    PROPOSE = "propose"
    RESCHEDULE = "reschedule"
    ASSURANCE = "assurance"
    GREEN = "green"
    TICK = "tick"
    VIOLATION = "violation"
    RESUME = "resume"
    CREWS_OUT = "crews-out"
    CREWS_BACK = "crews-back"
    ABORT = "abort"
    CLOSE = "close"
    TOLD = "told"


class Said(StrEnum):
    """What a party says of its assurance; the wire's ASSURANCE_STATE."""

    GIVEN = "GIVEN"
    NOT_GIVEN = "NOT-GIVEN"
    WITHDRAWN = "WITHDRAWN"


class Means(StrEnum):
    """How an assurance came; only what is in writing counts for GREEN."""

    MESSAGE = "MESSAGE"
    """A signed message of the line."""
    PAPER = "PAPER"
    """A letter, fax or note that an officer holds and has recorded."""
    VOICE = "VOICE"
    """A call."""


WRITTEN: Final = frozenset({Means.MESSAGE, Means.PAPER})
"""What F6 calls "in writing"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """What one party said last, in one statement.

    Args:
        party: party code.
        said: given, not given or withdrawn.
        means: how it came.
        commands: the commands that give, refuse or withdraw it.
        from_at: from when it holds.
        until_at: until when.
        reference: envelope hash in hexadecimal digits, or the id of the record that holds the paper or the call.
        at: when this node took it.

    Raises:
        LocalError: WINDOW-VALUE.
    """

    party: str
    said: Said
    means: Means
    commands: tuple[str, ...]
    from_at: Instant
    until_at: Instant
    reference: str
    at: Instant

    def __post_init__(self) -> None:
        party_code(self.party)
        one_line(self.reference, "reference", CODE)
        check_names(self.commands, "commands")
        if self.until_at <= self.from_at:
            raise wrong("time of the assurance", "an end after its beginning", self.until_at)

    def covers(self, from_at: Instant, until_at: Instant) -> bool:
        """Tell whether it was given in writing for the whole of a time."""
        stands = self.said is Said.GIVEN and self.means in WRITTEN
        return stands and self.from_at <= from_at and self.until_at >= until_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One violation observed.

    Args:
        at: when it was observed.
        by: party code of those held to have done it; empty, nobody is named.
        what: an activity code or a few words.
        evidence: references to records or files; without one it is kept and not counted.
        reporter: party code of who says so.

    Raises:
        LocalError: WINDOW-VALUE.
    """

    at: Instant
    by: str
    what: str
    evidence: tuple[str, ...]
    reporter: str

    def __post_init__(self) -> None:
        if self.by:
            party_code(self.by)
        party_code(self.reporter)
        one_line(self.what, "what was observed", CODE)
        for reference in self.evidence:
            one_line(reference, "evidence", CODE)
        if len(self.evidence) > EVIDENCE_MAX:
            raise wrong("evidence", f"at most {EVIDENCE_MAX} references", len(self.evidence))

    @property
    def counted(self) -> bool:
        """Whether it counts: a number without evidence behind it is propaganda (G7)."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is proposed; a change of anything but the time makes another window.

    Args:
        window_id: `WINDOW_ID`, beginning with the proposer's code.
        proposer: party code.
        facility_id: what the works serve, empty for none of the register.
        zone: where it is to be silent.
        works: codes of what is done.
        crews: who works.
        observers: who watches, mirrored on both sides.
        parties: who is asked for an assurance; all of them must give it.
        from_at: its beginning.
        until_at: its end.
        assure_by: by when assurances are asked for.

    Raises:
        LocalError: WINDOW-VALUE.
    """

    window_id: str
    proposer: str
    facility_id: str
    zone: Area
    works: tuple[str, ...]
    crews: tuple[str, ...]
    observers: tuple[str, ...]
    parties: tuple[str, ...]
    from_at: Instant
    until_at: Instant
    assure_by: Instant

    def __post_init__(self) -> None:
        matching(self.window_id, WINDOW_ID, "window id", CODE)
        if not self.window_id.startswith(f"{party_code(self.proposer)}-W-"):
            raise wrong("window id", f"an id of {self.proposer}", self.window_id)
        one_line(self.facility_id, "facility", CODE, optional=True)
        for names, what in ((self.works, "works"), (self.crews, "crews")):
            check_names(names, what)
        check_names(self.observers, "observers", least=0)
        if not 1 <= len(self.parties) <= PARTIES_MAX or len(set(self.parties)) != len(self.parties):
            raise wrong("parties", f"1 to {PARTIES_MAX} different parties", len(self.parties))
        for party in self.parties:
            party_code(party)
        _check_times(self.from_at, self.until_at, self.assure_by)

    @property
    def terms(self) -> tuple[object, ...]:
        """What assurances are given for beside the time: they fall when this changes."""
        return (self.proposer, self.zone, self.works, self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step of a window's history; officer empty for messages and for the clock."""

    kind: EventKind
    at: Instant
    officer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """State of one window.

    Args:
        plan: what was proposed, with the time in force.
        status: where it stands.
        changed_at: when it last changed.
        assurances: the last statement of each party, by code.
        violations: in the order in which they became known.
        crews_out: crews released and not back.
        told: (who and status code, instant) as the proposer or a party last stated it.
        followed: code of the party whose node this is where another one proposed the window; empty at the proposer's.
            Such a node hears no assurance but its own party's, and takes the status from the proposer.
        ticked_at: until when the clock's duties are done.
        outcome: what was said on closing or aborting.
        pillars: pillar and status as reported on closing.
        history: every step.
    """

    plan: Plan
    status: Status
    changed_at: Instant
    assurances: Mapping[str, Assurance]
    violations: tuple[Violation, ...] = ()
    crews_out: tuple[str, ...] = ()
    told: tuple[str, Instant] | None = None
    followed: str = ""
    ticked_at: Instant | None = None
    outcome: str = ""
    pillars: tuple[tuple[str, str], ...] = ()
    history: tuple[Taken, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Parties whose assurance in writing for the whole time is not held."""
        plan = self.plan
        return tuple(
            party
            for party in plan.parties
            if party not in self.assurances or not self.assurances[party].covers(plan.from_at, plan.until_at)
        )

    @property
    def owed(self) -> tuple[str, ...]:
        """Those of the missing whose assurance this node would hear: all at the proposer's, its own at a party's."""
        return tuple(party for party in self.missing if self.followed in {"", party})

    @property
    def counts(self) -> dict[str, int]:
        """Violations with evidence, by the party named; the empty code counts those of nobody named."""
        found: dict[str, int] = {}
        for violation in self.violations:
            if violation.counted:
                found[violation.by] = found.get(violation.by, 0) + 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; each kind reads its own values.

    Args:
        kind: what happens.
        officer: id of the officer; empty for messages and the clock.
        reason: a person's reason, or where a message comes from.
        plan: for propose and reschedule, the whole plan.
        assurance: for assurance.
        violation: for violation.
        crews: for crews-out and crews-back.
        told: for told, the status code stated.
        author: for told, who states it.
        followed: for propose, see `Window`.
        pillars: for close.
    """

    kind: EventKind
    officer: str = ""
    reason: str = ""
    plan: Plan | None = None
    assurance: Assurance | None = None
    violation: Violation | None = None
    crews: tuple[str, ...] = ()
    told: str = ""
    author: str = ""
    followed: str = ""
    pillars: tuple[tuple[str, str], ...] = ()


class Effect(StrEnum):
    """What the desk must do after a step, in order of obligation."""

    CALL_CREWS_BACK = "call-crews-back"
    """Crews are out and the window no longer holds: nothing comes before that."""
    NOT_GREEN = "not-green"
    """What was green is no longer; whoever was told so must be told."""
    COUNT_VIOLATION = "count-violation"
    """A violation with evidence was counted; a person decides to resume or abort."""
    KEEP_ALLEGATION = "keep-allegation"
    """A violation was stated without evidence."""
    ASSURANCE_OVERDUE = "assurance-overdue"
    """The time by which assurances were asked for has passed."""
    SLOT_AT_RISK = "slot-at-risk"
    """The window has begun and is not green: no crew may go."""
    ASSURANCE_EXPIRED = "assurance-expired"
    """An assurance that was given has run out, and the window is not green."""
    SLOT_MISSED = "slot-missed"
    """The time has passed without green."""
    PROPOSE_GREEN = "propose-green"
    """All assurances are held in writing; a person may say GREEN."""
    TIME_PASSED = "time-passed"
    """The window's time has passed; a person closes it."""
    REPORT_PILLARS = "report-pillars"
    """Pillars were reported on closing, for the facility's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step gives: the state afterwards and what must be done, in order."""

    state: Window
    effects: tuple[Effect, ...] = ()


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a window's value."""
    return LocalError(CODE, field=field, expected=expected, got=got)


def check_names(names: tuple[str, ...], what: str, *, least: int = 1) -> None:
    """Refuse too few, too many or unreadable names.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    if not least <= len(names) <= NAMES_MAX:
        raise wrong(what, f"{least} to {NAMES_MAX}", len(names))
    for name in names:
        one_line(name, what, CODE)


def _check_times(from_at: Instant, until_at: Instant, assure_by: Instant) -> None:
    if until_at <= from_at:
        raise wrong("time", "an end after its beginning", until_at)
    if assure_by > until_at:
        raise wrong("assurances by", "a time before the window's end", assure_by)
