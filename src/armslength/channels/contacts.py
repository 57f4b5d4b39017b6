"""Contacts: every attempt to speak to the other side, by whatever channel, failed ones too (E2, G3).

A contact says how it is known. SIGNED needs something signed by the peer, ATTESTED an own record of our officer,
REPORTED a source. What is not known stays open: a time is an interval, an initiator or subject is left out, and a
record out of the press never claims to tell everything. A correction is a new contact that names the one it corrects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from armslength.channels.counting import ProofClass
from armslength.channels.texts import lines_of
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.ids import party_code
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN, Instant, rfc3339
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.text import check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue

NUMBER: Final = re.compile(r"CT-[0-9]{4}-[0-9]{6}")
CHANNEL: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")

NAME_CHARS_MAX: Final = 128
"""A person, a facility or a case fits one line of a sheet."""
LINE_CHARS_MAX: Final = 500
"""A subject or a source is a line, not an article."""
NAMES_MAX: Final = 32
"""People, subjects or links of one contact; who lists more writes minutes, which go into the notes."""
NOTES_CHARS_MAX: Final = 16_000
"""Own notes of a call of an hour; agreed texts are shorter."""
LEVEL_MAX: Final = 4
"""Receipt levels are R0 to R4."""

_CODE: Final = "CONTACT-VALUE"


class Purpose(StrEnum):
    """What a contact was for; only the first counts as a use."""

    SUBSTANTIVE = "SUBSTANTIVE"
    TEST = "TEST"
    SERVICE = "SERVICE"
    EXERCISE = "EXERCISE"


class Outcome(StrEnum):
    """How an attempt ended."""

    REACHED = "REACHED"
    NO_ANSWER = "NO-ANSWER"
    REFUSED = "REFUSED"
    BUSY = "BUSY"
    CUT_OFF = "CUT-OFF"
    WRONG_PERSON = "WRONG-PERSON"
    LEFT_WORD = "LEFT-WORD"
    UNKNOWN = "UNKNOWN"


FAILED: Final = frozenset({Outcome.NO_ANSWER, Outcome.REFUSED, Outcome.BUSY, Outcome.WRONG_PERSON})
"""Attempts by which nobody was spoken to."""
DOUBTFUL: Final = frozenset({Outcome.CUT_OFF, Outcome.LEFT_WORD, Outcome.UNKNOWN})
"""Outcomes after which it is not known whether what was to be said was heard."""


class Completeness(StrEnum):
    """What the record is drawn from; PRESS never claims to hold everything that was said."""

    OWN_RECORD = "OWN-RECORD"
    PRESS = "PRESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact, attempted or made.

    Args:
        number: CT-YYYY-NNNNNN.
        channel: id of a channel of the book.
        purpose: what it was for.
        initiated_by: code of the party that began it; empty when not known.
        from_at: earliest instant at which it began.
        until_at: latest; equal to `from_at` when the time is known.
        ours: who spoke for us.
        theirs: who spoke for them.
        interpreter: who interpreted; empty for nobody or not known.
        subjects: what it was about, in words.
        facilities: ids of the register.
        concerns: ids of concerns.
        case: number of its case; empty for none.
        notes: our own notes.
        agreed_text: the text that both sides agreed to have said; empty for none.
        outcome: how it ended.
        level: receipt level reached, 0 to 4; None when not known.
        proof: how it is known.
        completeness: what the record is drawn from.
        certain: whether it is certain that it took place.
        answers: number of the contact that it answers; empty for none.
        sources: who reported it, where, when.
        call: number of its call; empty for none.
        message: envelope hash of a message or receipt that proves it; None for none.
        corrects: number of the contact that it corrects; empty for none.
        because: why it was corrected.
        unknown: what the record does not hold, in words.

    Raises:
        LocalError: CONTACT-VALUE, PARTY-CODE, TEXT-...; CONTACT-PROOF, the proof class claims more than the record
            bears out.
    """

    number: str
    channel: str
    outcome: Outcome
    from_at: Instant
    until_at: Instant
    purpose: Purpose = Purpose.SUBSTANTIVE
    initiated_by: str = ""
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    interpreter: str = ""
    subjects: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    case: str = ""
    notes: str = ""
    agreed_text: str = ""
    level: int | None = None
    proof: ProofClass = ProofClass.ATTESTED
    completeness: Completeness = Completeness.OWN_RECORD
    certain: bool = True
    answers: str = ""
    sources: tuple[str, ...] = ()
    call: str = ""
    message: bytes | None = None
    corrects: str = ""
    because: str = ""
    unknown: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_names(self)
        _check_texts(self)
        _check_times(self)
        _check_proof(self)

    @property
    def subjects_open(self) -> bool:
        """Whether it may have been about more than it says: the press does not print the minutes."""
        return self.completeness is Completeness.PRESS


# --- checks -----------------------------------------------------------------------------------------------------------


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error for a field that cannot be so."""
    return LocalError(_CODE, field=field, expected=expected, got=got)


def _check_names(one: Contact) -> None:
    for field, pattern, value, needed in (
        ("number", NUMBER, one.number, True),
        ("channel", CHANNEL, one.channel, True),
        ("answers", NUMBER, one.answers, False),
        ("corrects", NUMBER, one.corrects, False),
    ):
        if (value or needed) and not pattern.fullmatch(value):
            raise wrong(field, pattern.pattern, value)
    if one.initiated_by:
        party_code(one.initiated_by)
    if one.number in {one.answers, one.corrects}:
        raise wrong("corrects" if one.corrects == one.number else "answers", "another contact", one.number)
    if bool(one.corrects) != bool(one.because):
        raise wrong("because", "the contact corrected and why, together", one.because or one.corrects)


def _check_texts(one: Contact) -> None:
    for field, items, longest in (
        ("ours", one.ours, NAME_CHARS_MAX),
        ("theirs", one.theirs, NAME_CHARS_MAX),
        ("facilities", one.facilities, NAME_CHARS_MAX),
        ("concerns", one.concerns, NAME_CHARS_MAX),
        ("subjects", one.subjects, LINE_CHARS_MAX),
        ("sources", one.sources, LINE_CHARS_MAX),
        ("unknown", one.unknown, LINE_CHARS_MAX),
    ):
        lines_of(items, NAMES_MAX, field, _CODE)
        if any(len(item) > longest for item in items):
            raise wrong(field, f"at most {longest} characters each", max(map(len, items)))
    for field, text, longest in (
        ("interpreter", one.interpreter, NAME_CHARS_MAX),
        ("case", one.case, NAME_CHARS_MAX),
        ("call", one.call, NAME_CHARS_MAX),
        ("because", one.because, LINE_CHARS_MAX),
        ("notes", one.notes, NOTES_CHARS_MAX),
        ("agreed_text", one.agreed_text, NOTES_CHARS_MAX),
    ):
        if len(text) > longest:
            raise wrong(field, f"at most {longest} characters", len(text))
        check_text(text, bytes_max=TEXT_BYTES_MAX)
    if one.agreed_text and one.outcome in FAILED:
        raise wrong("agreed_text", "none, nobody was spoken to", one.outcome.value)


def _check_times(one: Contact) -> None:
    for field, at in (("from", one.from_at), ("until", one.until_at)):
        if not INSTANT_MIN <= at <= INSTANT_MAX:
            raise wrong(field, "an instant from 1990 to 2119", at)
    if one.until_at < one.from_at:
        raise wrong("until", "an end not before its beginning", rfc3339(one.until_at))
    if one.level is not None and (type(one.level) is not int or not 0 <= one.level <= LEVEL_MAX):
        raise wrong("level", f"0 to {LEVEL_MAX}", one.level)
    if one.level is not None and one.outcome in FAILED:
        raise wrong("level", "none, nobody was spoken to", one.level)


def _check_proof(one: Contact) -> None:
    needs: dict[ProofClass, tuple[bool, str]] = {
        ProofClass.SIGNED: (one.message is not None, "the hash of a message or receipt that the peer signed"),
        ProofClass.ATTESTED: (one.completeness is Completeness.OWN_RECORD, "our own officer's record"),
        ProofClass.REPORTED: (bool(one.sources), "at least one source"),
    }
    holds, expected = needs[one.proof]
    if not holds:
        raise LocalError("CONTACT-PROOF", proof=one.proof.value, expected=expected)
    if one.completeness is Completeness.PRESS and not one.sources:
        raise LocalError("CONTACT-PROOF", completeness=one.completeness.value, expected="at least one source")


# --- the record -------------------------------------------------------------------------------------------------------

FIELD_NAMES: Final[Mapping[int, str]] = {
    20: "number",
    21: "channel",
    22: "purpose",
    23: "initiated_by",
    24: "from",
    25: "until",
    26: "ours",
    27: "theirs",
    28: "interpreter",
    29: "subjects",
    30: "facilities",
    31: "concerns",
    32: "case",
    33: "notes",
    34: "agreed_text",
    35: "outcome",
    36: "level",
    37: "proof",
    38: "completeness",
    39: "certain",
    40: "answers",
    41: "sources",
    42: "call",
    43: "message",
    44: "corrects",
    45: "because",
    46: "unknown",
}
"""Fields of a record `contact`, by number; what is empty is left out."""

_NUMBER_OF: Final = {name: number for number, name in FIELD_NAMES.items()}
_LISTS: Final = ("ours", "theirs", "subjects", "facilities", "concerns", "sources", "unknown")
_TEXTS: Final = (
    *("initiated_by", "interpreter", "case", "notes", "agreed_text", "answers", "call", "corrects", "because"),
)


def contact_body(one: Contact) -> dict[int, CborValue]:
    """Return the fields of a contact's record, from 20 on."""
    values: dict[str, CborValue] = {
        "number": one.number,
        "channel": one.channel,
        "purpose": one.purpose.value,
        "from": one.from_at,
        "until": one.until_at,
        "outcome": one.outcome.value,
        "level": one.level,
        "proof": one.proof.value,
        "completeness": one.completeness.value,
        "certain": one.certain,
        "message": one.message,
        **{name: getattr(one, name) or None for name in (*_LISTS, *_TEXTS)},
    }
    return {number: values[name] for number, name in FIELD_NAMES.items() if values[name] is not None}


def contact_from_body(body: Mapping[int, CborValue]) -> Contact:
    """Return the contact of a record's body.

    Raises:
        LocalError: CONTACT-VALUE, CONTACT-PROOF.
    """
    unknown = sorted(number for number in body if number >= min(FIELD_NAMES) and number not in FIELD_NAMES)
    if unknown:
        raise wrong("fields", f"20 to {max(FIELD_NAMES)}", unknown[0])
    read = FieldReader(body, _CODE, LocalError)
    message = _NUMBER_OF["message"]
    return Contact(
        number=read.text(20, NAME_CHARS_MAX),
        channel=read.text(21, NAME_CHARS_MAX),
        purpose=member(Purpose, read.text(22, NAME_CHARS_MAX), "purpose"),
        from_at=read.instant(24),
        until_at=read.instant(25),
        outcome=member(Outcome, read.text(35, NAME_CHARS_MAX), "outcome"),
        level=read.integer(36, 0, LEVEL_MAX) if read.has(36) else None,
        proof=member(ProofClass, read.text(37, NAME_CHARS_MAX), "proof"),
        completeness=member(Completeness, read.text(38, NAME_CHARS_MAX), "completeness"),
        certain=read.flag(39, default=True),
        message=read.octets(message, 32) if read.has(message) else None,
        **{name: read.texts(_NUMBER_OF[name], NAMES_MAX) if read.has(_NUMBER_OF[name]) else () for name in _LISTS},  # type: ignore[arg-type]  # texts of these very fields
        **{name: _text(read, name) for name in _TEXTS},  # type: ignore[arg-type]  # as above
    )


def _text(read: FieldReader, name: str) -> str:
    number = _NUMBER_OF[name]
    return read.text(number, NOTES_CHARS_MAX) if read.has(number) else ""


_Member = TypeVar("_Member", bound=StrEnum)


def member(kind: type[_Member], text: str, field: str) -> _Member:
    """Return the member that a text names.

    Raises:
        LocalError: CONTACT-VALUE.
    """
    try:
        return kind(text)
    except ValueError:
        raise wrong(field, ", ".join(kind), text) from None
