"""A staged translation: at sight, rough, official - each with its linguist, its time and its doubts (C2).

In June 1967 a text was read at sight six minutes after it came, was rough after 31 and official after 129. Whoever
read an early stage acted on it, so a later one that changes the meaning goes back to each of them: the machine
remembers who read which stage and who still has to read the newer one. The original stays authoritative throughout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from armslength.core.errors import LocalError
from armslength.core.instants import MINUTE_US, Instant
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.text import check_structured, check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_Member = TypeVar("_Member", bound=StrEnum)

VERSIONS_MAX: Final = 64
"""Versions of one translation: three stages with twenty corrections each; more is an endless quarrel."""

DOUBTS_MAX: Final = 40
"""Doubts of one version: a text in which every line is doubtful is returned, not translated."""

READINGS_MAX: Final = 512
"""Readings of one translation: every officer of a large watch reads every version."""

NOTE_BYTES_MAX: Final = 2_000
"""UTF-8 bytes of a note on a doubt, and of what was changed: some sentences."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LANGUAGE_CHARS_MAX: Final = 35
"""As RFC 5646, 4.4.1 recommends for a language tag."""

MACHINE_MARK: Final = "MACHINE DRAFT, NOT FOR RELEASE"
"""First and last line of whatever a program translated."""


class Subject(StrEnum):
    """What is translated."""

    MESSAGE = "MESSAGE"
    DRAFT = "DRAFT"
    CALL = "CALL"
    CONTACT = "CONTACT"


class Stage(StrEnum):
    """A stage, in the order in which they come."""

    SIGHT = "SIGHT"
    ROUGH = "ROUGH"
    OFFICIAL = "OFFICIAL"

    @property
    def rank(self) -> int:
        """Its place in the order, from 0."""
        return tuple(Stage).index(self)


TARGET_MIN: Final[Mapping[Stage, int]] = {Stage.SIGHT: 8, Stage.ROUGH: 35, Stage.OFFICIAL: 130}
"""Minutes after receipt until which each stage is expected (domain.md 8b, after the benchmark of 1967)."""


class EventKind(StrEnum):
    """What may happen to a translation."""

    ADD = "ADD"
    """A linguist adds a stage, or corrects the newest one."""
    READ = "READ"
    """An officer read a version, and says so."""
    BACK = "BACK"
    """Another linguist translated it back and compares."""


class Effect(StrEnum):
    """What must follow."""

    ALERT_READERS = "ALERT-READERS"
    """Everybody who read an earlier version must be told that the meaning changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Words of a translation of which the linguist is not sure, and why."""

    quote: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a translation.

    Args:
        number: from 1, in the order in which they were recorded.
        stage: its stage; two versions of one stage are a text and its correction.
        text: the translation.
        linguist: who signed it.
        at: when it was recorded.
        doubts: of what the linguist is not sure.
        changes: whether it changes the meaning against the version before, as the linguist says; None for the first.
        changed: what it changes.
        machine: how the machine draft from which it began was made; empty when a person began it.
    """

    number: int
    stage: Stage
    text: str
    linguist: str
    at: Instant
    doubts: tuple[Doubt, ...] = ()
    changes: bool | None = None
    changed: str = ""
    machine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An officer read a version: an act of his own, never the mere opening."""

    officer: str
    number: int
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A back-translation by a second linguist, and whether the meaning held.

    Args:
        text: the text translated back.
        linguist: who did it; nobody who had a hand in the text before.
        at: when.
        agrees: whether it says what was meant.
        note: what differs.
    """

    text: str
    linguist: str
    at: Instant
    agrees: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One text in one language with all that was done to it.

    Args:
        subject: what is translated.
        reference: hash or number of it.
        language: into which language.
        source: language of the original.
        received_at: from when the minutes run.
        versions: in order.
        readings: in order.
        owed: officer -> the first version that he has yet to read because it changed the meaning.
        backs: back-translations.
    """

    subject: Subject
    reference: str
    language: str
    source: str
    received_at: Instant
    versions: tuple[Version, ...] = ()
    readings: tuple[Reading, ...] = ()
    owed: Mapping[str, int] = field(default_factory=dict)
    backs: tuple[Back, ...] = ()

    @property
    def newest(self) -> Version | None:
        """The version that stands."""
        return self.versions[-1] if self.versions else None

    def first_of(self, stage: Stage) -> Version | None:
        """Return the first version of a stage, by which its minutes are told."""
        return next((one for one in self.versions if one.stage is stage), None)

    def minutes(self, at: Instant) -> int:
        """Return minutes from receipt to an instant as the clocks of both show them: 07:59 to 08:05 is 6."""
        return max(0, at // MINUTE_US - self.received_at // MINUTE_US)

    @property
    def linguists(self) -> frozenset[str]:
        """Who signed a version."""
        return frozenset(one.linguist for one in self.versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens to a translation; ``expected`` is the number that the version is to have."""

    kind: EventKind
    officer: str
    expected: int = 0
    stage: Stage = Stage.SIGHT
    text: str = ""
    doubts: tuple[Doubt, ...] = ()
    changes: bool | None = None
    changed: str = ""
    machine: str = ""
    agrees: bool = False
    others: frozenset[str] = frozenset()
    """Who else had a hand in the text that is translated back: its drafter, and whoever checked it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A translation afterwards, and what must follow."""

    state: Translation
    effects: tuple[Effect, ...] = ()


def step(state: Translation, event: Event, now: Instant) -> Step:
    """Return a translation after an event.

    Raises:
        LocalError: TRANSLATION-VALUE, TRANSLATION-ORDER, TRANSLATION-MOVED, TRANSLATION-MEANING, TRANSLATION-MACHINE,
            TRANSLATION-SECOND-LINGUIST, TEXT-... codes.
    """
    return _STEPS[event.kind](state, event, now)


def next_deadline(_state: Translation) -> Instant | None:
    """Return None: a linguist is not hurried by a bell; the minutes stand beside each stage."""
    return None


# --- a version --------------------------------------------------------------------------------------------------------


def _add(state: Translation, event: Event, now: Instant) -> Step:
    before = state.newest
    number = len(state.versions) + 1
    if event.expected != number:
        raise LocalError("TRANSLATION-MOVED", expected=event.expected, got=number)
    if number > VERSIONS_MAX:
        raise LocalError("TRANSLATION-VALUE", field="versions", expected=f"at most {VERSIONS_MAX}")
    if before is not None and event.stage.rank < before.stage.rank:
        raise LocalError("TRANSLATION-ORDER", expected=f"{before.stage.value} or later", got=event.stage.value)
    _check_words(event)
    _check_meaning(before, event)
    version = Version(
        number=number,
        stage=event.stage,
        text=event.text,
        linguist=event.officer,
        at=now,
        doubts=event.doubts,
        changes=event.changes,
        changed=event.changed,
        machine=event.machine,
    )
    after = replace(state, versions=(*state.versions, version))
    if not event.changes:
        return Step(state=after)
    readers = {one.officer for one in state.readings} - {event.officer}
    # Who still owes an older one owes the newer one from now on: reading it is reading what stands.
    after = replace(after, owed={**state.owed, **dict.fromkeys(sorted(readers), number)})
    return Step(state=after, effects=(Effect.ALERT_READERS,) if readers else ())


def _check_words(event: Event) -> None:
    if not event.text.strip():
        raise LocalError("TRANSLATION-VALUE", field="text", expected="a text", got="nothing")
    check_text(event.text, bytes_max=TEXT_BYTES_MAX)
    check_text(event.changed, bytes_max=NOTE_BYTES_MAX)
    check_structured(event.machine)
    refuse_machine_text(event.text)
    if len(event.doubts) > DOUBTS_MAX:
        raise LocalError("TRANSLATION-VALUE", field="doubts", expected=f"at most {DOUBTS_MAX}", got=len(event.doubts))
    for doubt in event.doubts:
        check_text(doubt.note, bytes_max=NOTE_BYTES_MAX)
        if not doubt.note.strip() or not doubt.quote.strip() or doubt.quote not in event.text:
            raise LocalError("TRANSLATION-VALUE", field="doubt", expected="words of the translation", got=doubt.quote)


def refuse_machine_text(text: str) -> None:
    """Refuse a text that still carries the mark of a machine draft: a person has not made it his own.

    Raises:
        LocalError: TRANSLATION-MACHINE.
    """
    if MACHINE_MARK in text:
        raise LocalError("TRANSLATION-MACHINE", got=MACHINE_MARK)


def _check_meaning(before: Version | None, event: Event) -> None:
    if before is None:
        if event.changes is not None or event.changed:
            raise LocalError("TRANSLATION-MEANING", expected="nothing: there is no version before this one")
        return
    if event.changes is None:
        raise LocalError("TRANSLATION-MEANING", expected=f"yes or no, against version {before.number}")
    if event.changes is not bool(event.changed.strip()):
        expected = "what it changes" if event.changes else "nothing said of what it changes"
        raise LocalError("TRANSLATION-MEANING", expected=expected)


# --- reading and translating back -------------------------------------------------------------------------------------


def _read(state: Translation, event: Event, now: Instant) -> Step:
    if not 1 <= event.expected <= len(state.versions):
        raise LocalError("TRANSLATION-VALUE", field="version", expected=f"1 to {len(state.versions)}")
    if len(state.readings) >= READINGS_MAX:
        raise LocalError("TRANSLATION-VALUE", field="readings", expected=f"at most {READINGS_MAX}")
    reading = Reading(officer=event.officer, number=event.expected, at=now)
    owed = dict(state.owed)
    if owed.get(event.officer, VERSIONS_MAX + 1) <= event.expected:
        del owed[event.officer]
    # Whoever reads an old version while a newer one changed the meaning has read what no longer stands.
    later = [one.number for one in state.versions if one.changes and one.number > event.expected]
    if later:
        owed[event.officer] = later[-1]
    return Step(state=replace(state, readings=(*state.readings, reading), owed=owed))


def _back(state: Translation, event: Event, now: Instant) -> Step:
    check_text(event.text, bytes_max=TEXT_BYTES_MAX)
    check_text(event.changed, bytes_max=NOTE_BYTES_MAX)
    refuse_machine_text(event.text)
    if not event.text.strip() or (not event.agrees and not event.changed.strip()):
        raise LocalError("TRANSLATION-VALUE", field="back-translation", expected="its text, and what differs")
    if event.officer in state.linguists | event.others:
        raise LocalError("TRANSLATION-SECOND-LINGUIST", got=event.officer)
    if len(state.backs) >= VERSIONS_MAX:
        raise LocalError("TRANSLATION-VALUE", field="back-translations", expected=f"at most {VERSIONS_MAX}")
    made = Back(text=event.text, linguist=event.officer, at=now, agrees=event.agrees, note=event.changed)
    return Step(state=replace(state, backs=(*state.backs, made)))


_STEPS: Final = {EventKind.ADD: _add, EventKind.READ: _read, EventKind.BACK: _back}


# --- values -----------------------------------------------------------------------------------------------------------


def check_language(tag: str) -> str:
    """Return a language tag unchanged.

    Raises:
        LocalError: TRANSLATION-VALUE.
    """
    if len(tag) > LANGUAGE_CHARS_MAX or not _LANGUAGE.fullmatch(tag):
        raise LocalError("TRANSLATION-VALUE", field="language", expected="a tag such as en, ru or uk", got=tag)
    return tag


def member(kind: type[_Member], text: object) -> _Member:
    """Return the member of a closed list.

    Raises:
        LocalError: TRANSLATION-VALUE.
    """
    found = next((one for one in kind if one.value == text), None)
    if found is None:
        expected = ", ".join(one.value for one in kind)
        raise LocalError("TRANSLATION-VALUE", field=kind.__name__.lower(), expected=expected, got=text)
    return found
