"""A call's values: who spoke, whose voice it was, what was said and when; what stands in one step of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.channels.texts import LINE_BYTES_MAX, lines_of, matching, one_line, one_of
from armslength.core.errors import LocalError
from armslength.core.text import check_text

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.core.places import Place

CODE: Final = "CALL-VALUE"

NUMBER: Final = re.compile(r"CL-[0-9]{4}-[0-9]{6}")
"""A call as people say it, for example CL-2008-000001."""

CHANNEL: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

CALL_BACK_DUE_S: Final = 300
"""A call-back on a number of the book takes a minute; after five nobody is making it."""

CLOCK_SLACK_S: Final = 60
"""The clock on the wall may be ahead of the node's by so much; a later time was mistyped."""

STEPS_MAX: Final = 500
"""Steps of one call: one every ten seconds for over an hour; who writes more writes a transcript."""

NAMES_MAX: Final = 32
"""People of one side of a call."""

TEXT_BYTES_MAX: Final = 48 * 1024
"""A transcript of an hour's call in Cyrillic fits; a record has at most 64 KiB."""


CALL_TEXTS_BYTES_MAX: Final = 512 * 1024
"""Texts of all steps of one call: two transcripts, two gists, and notes; it is read whole whenever it is shown."""


class Direction(StrEnum):
    """Who rang whom."""

    IN = "IN"
    OUT = "OUT"


class Status(StrEnum):
    """Whether they still speak."""

    LIVE = "LIVE"
    ENDED = "ENDED"


class Identity(StrEnum):
    """Whether the other voice is known to be who it says (I7)."""

    UNVERIFIED = "UNVERIFIED"
    VERIFIED = "VERIFIED"
    DISOWNED = "DISOWNED"


class Means(StrEnum):
    """By what a voice was verified."""

    BOOK_NUMBER = "BOOK-NUMBER"
    CALL_BACK = "CALL-BACK"
    CHALLENGE = "CHALLENGE"


class EventKind(StrEnum):
    """What may happen in a call and after it."""

    JOINED = "joined"
    VERIFIED = "verified"
    DISOWNED = "disowned"
    SAID = "said"
    ASKED = "asked"
    DENIAL = "denial"
    READ_BACK = "read-back"
    TICKED = "ticked"
    RECORDING = "recording"
    WAIT = "wait"
    WAIT_OVER = "wait-over"
    BREAK_IN = "break-in"
    RUNG = "rung"
    PASSED_ON = "passed-on"
    NOTE = "note"
    ENDED = "ended"
    TRANSCRIPT = "transcript"
    GIST = "gist"
    AGREED = "agreed"
    CALLED_BACK = "called-back"
    TICK = "tick"


class Effect(StrEnum):
    """What a step obliges the desk to, at our own posts; nothing of it leaves the house."""

    UNVERIFIED = "unverified"
    CALL_BACK_OWED = "call-back-owed"
    RING_OPERATIONS = "ring-operations"
    READ_BACK_DOUBT = "read-back-doubt"


OUTCOMES: Final = (*("REACHED", "NO-ANSWER", "REFUSED", "BUSY", "CUT-OFF", "WRONG-PERSON", "LEFT-WORD", "UNKNOWN"),)
"""How an attempt ended, as contacts have it."""

SIDES: Final = ("OURS", "THEIRS", "INTERPRETER")
SPEAKERS: Final = ("OURS", "THEIRS")
RECORDINGS: Final = ("BY-US", "BY-THEM", "BY-BOTH", "NOBODY", "UNKNOWN")
"""Who records a call; the charter says who may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step.

    Args:
        kind: which.
        at: when it happened, by the officer's clock.
        officer: who recorded it; empty for what the node records.
        text: what was said, verbatim or noted; what the transcript or gist says.
        side: OURS, THEIRS or INTERPRETER.
        names: who joined, who is waited for, who was rung, to whom it was passed.
        item: number of the script's line that was ticked, the recording flag, the outcome.
        by: how a voice was verified; who made a transcript or gist.
        reference: the call that called back.
        language: of a denial, transcript, gist or agreed text.
        sent: the place as it was sent.
        heard: the place as it was read back.
        figures: a number as it was sent and as it was read back.
        important: whether what is asked for would move somebody.
        draft: the draft of the CALL-RECORD that proposes the agreed text, empty without one.
    """

    kind: EventKind
    at: Instant
    officer: str = ""
    text: str = ""
    side: str = ""
    names: tuple[str, ...] = ()
    item: str = ""
    by: str = ""
    reference: str = ""
    language: str = ""
    sent: Place | None = None
    heard: Place | None = None
    figures: tuple[str, str] = ("", "")
    important: bool = False
    draft: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step as it stands in the journal: what happened, and when it was entered."""

    event: Event
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long somebody was waited for by name."""

    who: str
    from_at: Instant
    until_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack:
    """A call that was made to find out who had called."""

    call: str
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call.

    Args:
        number: CL-YYYY-NNNNNN.
        channel: id of a channel of the book.
        direction: IN or OUT.
        began_at: when it was taken or placed.
        officer: who took or placed it.
        ours: who speaks for us.
        theirs: who they say they are.
        interpreter: who interprets.
        telephone: the number called, or the one that was shown.
        calls_back: number of the call that this one finds out about; empty for none.
        case: number of its case; empty for none.
        about: what it is about: a message, a concern, a subject in words.
        recording: one of `RECORDINGS`.
    """

    number: str
    channel: str
    direction: Direction
    began_at: Instant
    officer: str = ""
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    interpreter: str = ""
    telephone: str = ""
    calls_back: str = ""
    case: str = ""
    about: str = ""
    recording: str = "UNKNOWN"
    identity: Identity = Identity.UNVERIFIED
    verified_by: Means | None = None
    verified_at: Instant | None = None
    status: Status = Status.LIVE
    ended_at: Instant | None = None
    outcome: str = ""
    waits: tuple[Wait, ...] = ()
    broke_in_at: Instant | None = None
    rung_at: Instant | None = None
    rung: str = ""
    call_backs: tuple[CalledBack, ...] = ()
    call_back_due_at: Instant | None = None
    call_back_missed: bool = False
    steps: tuple[Taken, ...] = ()

    def __post_init__(self) -> None:
        matching(self.number, NUMBER, "number", CODE)
        matching(self.channel, CHANNEL, "channel", CODE)
        one_of(self.recording, RECORDINGS, "recording", CODE)
        if self.calls_back:
            matching(self.calls_back, NUMBER, "calls back", CODE)
        for names in (self.ours, self.theirs):
            lines_of(names, NAMES_MAX, "people", CODE)
        for name in ("interpreter", "telephone", "case", "about", "officer"):
            one_line(getattr(self, name), name, CODE, optional=True)

    def last(self, kind: EventKind) -> Event | None:
        """Return the newest step of a kind."""
        return next((one.event for one in reversed(self.steps) if one.event.kind is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step leaves, and what it obliges the desk to."""

    call: Call
    effects: tuple[Effect, ...] = ()


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a field of a call."""
    return LocalError(CODE, field=field, expected=expected, got=got)


# --- what a step must hold --------------------------------------------------------------------------------------------

_E = EventKind
_WITH_TEXT: Final = frozenset(
    {_E.SAID, _E.ASKED, _E.DENIAL, _E.NOTE, _E.TRANSCRIPT, _E.GIST, _E.AGREED, _E.BREAK_IN, _E.PASSED_ON, _E.DISOWNED}
)
_WITH_NAMES: Final = frozenset({_E.JOINED, _E.WAIT, _E.RUNG, _E.PASSED_ON})
_WITH_LANGUAGE: Final = frozenset({_E.DENIAL, _E.TRANSCRIPT, _E.GIST, _E.AGREED})


def check_event(event: Event) -> None:
    """Refuse a step without what makes it one: a denial without its very words, a break-in without what is asked.

    Raises:
        LocalError: CALL-VALUE, and TEXT-... codes.
    """
    if event.kind in _WITH_TEXT and not event.text.strip():
        raise wrong("text", "what was said or done, in words", "nothing")
    check_text(event.text, bytes_max=TEXT_BYTES_MAX)
    lines_of(event.names, NAMES_MAX, "names", CODE)
    if event.kind in _WITH_NAMES and not event.names:
        raise wrong("names", "who", "nobody")
    if event.kind in _WITH_LANGUAGE or event.language:
        matching(event.language, LANGUAGE, "language", CODE)
    for name in ("item", "by", "reference"):
        one_line(getattr(event, name), name, CODE, optional=True)
    _check_kind(event)


def _check_kind(event: Event) -> None:
    match event.kind:
        case EventKind.JOINED:
            one_of(event.side, SIDES, "side", CODE)
        case EventKind.SAID:
            one_of(event.side, SPEAKERS, "side", CODE)
        case EventKind.VERIFIED:
            _check_proof(event)
        case EventKind.CALLED_BACK:
            matching(event.reference, NUMBER, "call", CODE)
        case EventKind.RECORDING:
            one_of(event.item, RECORDINGS, "recording", CODE)
        case EventKind.ENDED:
            one_of(event.item, OUTCOMES, "outcome", CODE)
        case EventKind.TICKED:
            one_line(event.item, "item", CODE)
        case EventKind.READ_BACK:
            _check_read_back(event)
        case EventKind.TRANSCRIPT | EventKind.GIST:
            one_line(event.by, "by", CODE)
        case _:
            pass


def _check_proof(event: Event) -> None:
    one_of(event.by, Means, "by", CODE)
    if event.by == Means.CALL_BACK:
        matching(event.reference, NUMBER, "call-back", CODE)
    elif not event.text.strip():
        raise wrong("text", "what was asked, and that the answer was right", "nothing")


def _check_read_back(event: Event) -> None:
    places = event.sent is not None and event.heard is not None
    for one in event.figures:
        one_line(one, "figures", CODE, optional=True)
    if places is all(event.figures) or len("".join(event.figures).encode()) > LINE_BYTES_MAX:
        raise wrong("read-back", "a place or a number, as sent and as read back", "neither, or both")
