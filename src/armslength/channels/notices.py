"""A humanitarian notice: what was notified in which version, and how far each party was told of which version.

A notice is no permission and no precondition of protection. A changed notice is a new version that every party is told
anew; what a party said of an older version says nothing of the newer one. No party learns who else was notified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels.texts import lines_of, matching, one_line
from armslength.core.errors import LocalError
from armslength.core.folding import fold
from armslength.core.ids import party_code
from armslength.core.instants import HOUR_US

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

RECIPIENTS_MAX: Final = 32
"""Parties of one notice: a conflict has a few, and a longer list is a broadcast."""

VERSIONS_MAX: Final = 999
"""Versions of one notice: a movement that changed a thousand times is another movement."""

LEAD_HOURS: Final[Mapping[str, int]] = MappingProxyType({"EMERGENCY": 24, "URGENT": 24, "ROUTINE": 48})
"""Hours ahead that a notice is made by the rules in use (OCHA, Yemen); an emergency is flagged as one."""

EXPIRES_AHEAD_S: Final = 24 * 3600
"""Seconds before its end at which a notice is said to run out: a working day to renew it."""

_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_CODE: Final = "NOTICE-VALUE"


class Kind(StrEnum):
    """What is notified."""

    SITE = "SITE"
    MOVEMENT = "MOVEMENT"


class Urgency(StrEnum):
    """How a notice is flagged, in the coordinators' words; what goes over a line takes its precedence from it."""

    EMERGENCY = "EMERGENCY"
    URGENT = "URGENT"
    ROUTINE = "ROUTINE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One version of a notice, as its submitter wrote it.

    Args:
        reference: the submitter's own number of it.
        kind: a site or a movement.
        organisation: who submits it and answers for what it says.
        contact: whom to call, at any hour.
        name: what it is called, in one language.
        urgency: how it is flagged.
        from_at: when it begins.
        until_at: when it ends.
        valid_until: when the notice itself lapses.
        recipients: codes of the parties that it is for; they are told one by one and never of each other.
        supersedes: reference of a notice that it replaces, empty without one.
        values: fields of the form that carries it, by number; its own number and version are added when it has them.
        place: where it is, latitude and longitude in 1e-7 degree: what finds the same notice made twice.
        form: code of the form that carries it.

    Raises:
        LocalError: NOTICE-VALUE, and what a text or a party code raises.
    """

    reference: str
    kind: Kind
    organisation: str
    contact: str
    name: str
    urgency: Urgency
    from_at: Instant
    until_at: Instant
    valid_until: Instant
    recipients: tuple[str, ...]
    values: Mapping[int, CborValue]
    place: tuple[int, int]
    form: str
    supersedes: str = ""

    def __post_init__(self) -> None:
        matching(self.reference, _REFERENCE, "reference", _CODE)
        for name in ("organisation", "contact", "name"):
            one_line(getattr(self, name), name, _CODE)
        if self.supersedes:
            matching(self.supersedes, _REFERENCE, "supersedes", _CODE)
        lines_of(self.recipients, RECIPIENTS_MAX, "recipients", _CODE)
        for party in self.recipients:
            party_code(party)
        if not self.recipients or len(set(self.recipients)) != len(self.recipients):
            raise LocalError(_CODE, field="recipients", expected="at least one party, each once")
        if not self.from_at < self.until_at <= self.valid_until:
            raise LocalError(_CODE, field="times", expected="a beginning, then an end, then a validity not before it")

    @property
    def key(self) -> str:
        """What names a notice across files: who submits it and his number of it."""
        return f"{fold(self.organisation)}\x1f{self.reference}"

    @property
    def place_key(self) -> str:
        """What two notices of one thing share: kind, a cell of some hundred metres, and of a movement the hour."""
        lat, lon = (round(degrees / 10_000) for degrees in self.place)
        # From one depot a dozen convoys leave in a day.
        return f"{self.kind} {self.from_at // HOUR_US if self.kind is Kind.MOVEMENT else 0} {lat} {lon}"

    def late(self, received_at: Instant) -> str:
        """Return what is said of a notice that came late, empty when it came in time."""
        hours = LEAD_HOURS[self.urgency]
        ahead = (self.from_at - received_at) // HOUR_US
        if self.kind is Kind.SITE or ahead >= hours:
            return ""
        return f"begins {max(ahead, 0)} h after it was notified; {hours} h ahead is the rule for {self.urgency.lower()}"


def notice_value(notice: Notice) -> dict[int, CborValue]:
    """Return a notice as the fields of a row of a batch."""
    return {
        40: notice.reference,
        41: notice.kind.value,
        42: notice.organisation,
        43: notice.contact,
        44: notice.name,
        45: notice.urgency.value,
        46: notice.from_at,
        47: notice.until_at,
        48: notice.valid_until,
        49: notice.recipients,
        50: notice.supersedes,
        51: cast("CborValue", dict(notice.values)),
        52: notice.place,
        53: notice.form,
    }


def notice_from_value(row: Mapping[int, Any]) -> Notice:
    """Return the notice of a row.

    Raises:
        LocalError: NOTICE-VALUE.
    """
    try:
        return Notice(
            reference=row[40],
            kind=Kind(row[41]),
            organisation=row[42],
            contact=row[43],
            name=row[44],
            urgency=Urgency(row[45]),
            from_at=row[46],
            until_at=row[47],
            valid_until=row[48],
            recipients=row[49],
            supersedes=row[50],
            values=row[51],
            place=row[52],
            form=row[53],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LocalError(_CODE, field="row", expected="a notice", got=type(error).__name__) from error


# --- how far one party was told ---------------------------------------------------------------------------------------


class Status(StrEnum):
    """Where one party stands with one notice."""

    OWED = "OWED"
    """It has not been told of the current version."""
    DRAFTED = "DRAFTED"
    """The message or sheet stands ready and waits for its release."""
    SENT = "SENT"
    """Released or handed over; nothing says yet that it arrived."""
    RECEIPTED = "RECEIPTED"
    """It said of the current version how far it has it."""


class EventKind(StrEnum):
    """What moves it."""

    DRAFT = "DRAFT"
    RELEASE = "RELEASE"
    RECEIPT = "RECEIPT"
    CHANGE = "CHANGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened between us and the party.

    Args:
        kind: what.
        version: the version that it is about.
        message: envelope hash of what was released; empty for a sheet.
        level: of a receipt, 0 to 4.
        proof: of a receipt: SIGNED or ATTESTED.
    """

    kind: EventKind
    version: int
    message: bytes = b""
    level: int = 0
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One party's state.

    Args:
        status: where it stands with the current version.
        version: the current version.
        sent_version: the newest version released to it, 0 before any.
        first_message: envelope hash of the first message of this notice to it: later ones update that one.
        last_message: of the newest.
        held_version: the newest version that it said it has, 0 before any.
        level: how far, of the current version; -1 when it said nothing of it.
        proof: how that is known.
        since: when the status began.
    """

    status: Status
    version: int
    since: Instant
    sent_version: int = 0
    first_message: bytes = b""
    last_message: bytes = b""
    held_version: int = 0
    level: int = -1
    proof: str = ""

    @property
    def owed(self) -> bool:
        """Whether anybody must still do something: tell the party, or have it say that an officer read it."""
        return self.status is not Status.RECEIPTED or self.level < 1


TRANSITIONS: Final[frozenset[tuple[Status, EventKind]]] = frozenset(
    {
        (Status.OWED, EventKind.DRAFT),
        (Status.DRAFTED, EventKind.DRAFT),
        (Status.DRAFTED, EventKind.RELEASE),
        (Status.SENT, EventKind.RECEIPT),
        (Status.RECEIPTED, EventKind.RECEIPT),
        # What a party says of an older version is kept, and moves nothing of the newer one.
        (Status.OWED, EventKind.RECEIPT),
        (Status.DRAFTED, EventKind.RECEIPT),
        *((status, EventKind.CHANGE) for status in Status),
    }
)


def first_told(now: Instant) -> Told:
    """Return the state of a party that a notice is for."""
    return Told(status=Status.OWED, version=1, since=now)


def step(state: Told, event: Event, now: Instant) -> Told:
    """Return the party's state after an event.

    Raises:
        LocalError: NOTICE-TRANSITION.
    """
    if (state.status, event.kind) not in TRANSITIONS:
        raise LocalError("NOTICE-TRANSITION", event=event.kind.value, state=state.status.value)
    match event.kind:
        case EventKind.CHANGE:
            return replace(state, status=Status.OWED, version=event.version, level=-1, proof="", since=now)
        case EventKind.DRAFT:
            _current(state, event)
            return replace(state, status=Status.DRAFTED, since=now)
        case EventKind.RELEASE:
            _current(state, event)
            return replace(
                state,
                status=Status.SENT,
                sent_version=event.version,
                first_message=state.first_message or event.message,
                last_message=event.message or state.last_message,
                since=now,
            )
        case EventKind.RECEIPT:
            return _receipted(state, event, now)


def _current(state: Told, event: Event) -> None:
    if event.version != state.version:
        raise LocalError("NOTICE-TRANSITION", event=event.kind.value, expected=state.version, got=event.version)


def _receipted(state: Told, event: Event, now: Instant) -> Told:
    if not 0 < event.version <= state.sent_version:
        raise LocalError("NOTICE-TRANSITION", event=event.kind.value, expected="a version it was sent")
    held = max(state.held_version, event.version)
    if event.version != state.version or event.level <= state.level:
        return replace(state, held_version=held)
    return replace(state, status=Status.RECEIPTED, held_version=held, level=event.level, proof=event.proof, since=now)


def told_value(state: Told) -> dict[int, CborValue]:
    """Return the state as a row of a view."""
    return {
        1: state.status.value,
        2: state.version,
        3: state.since,
        4: state.sent_version,
        5: state.first_message,
        6: state.last_message,
        7: state.held_version,
        8: state.level,
        9: state.proof,
    }


def told_from_value(row: Mapping[int, Any]) -> Told:
    """Return the state of a row of a view."""
    return Told(
        status=Status(row[1]),
        version=row[2],
        since=row[3],
        sent_version=row[4],
        first_message=row[5],
        last_message=row[6],
        held_version=row[7],
        level=row[8],
        proof=row[9],
    )


# --- notices made twice -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """Notices that may be of one thing: what stands at one place on one day, and what has one name on one day."""

    _by_place: dict[str, str] = field(default_factory=dict)
    _by_name: dict[str, str] = field(default_factory=dict)

    def of(self, notice: Notice, name_key: str) -> str:
        """Return the reference of an earlier notice that this one may repeat, empty without one, and remember it.

        Args:
            notice: the notice.
            name_key: its name folded across scripts.
        """
        day = notice.from_at // (24 * HOUR_US)
        named = f"{notice.kind} {day} {name_key}"
        earlier = self._by_place.get(notice.place_key) or self._by_name.get(named)
        self._by_place.setdefault(notice.place_key, notice.reference)
        self._by_name.setdefault(named, notice.reference)
        return earlier or ""
