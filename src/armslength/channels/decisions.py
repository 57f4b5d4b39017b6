"""Decisions: what was decided, out of which options, why, and on what information at that minute (G2).

That a channel was considered and not used is a decision too (E2): it is what a later "not used" rests on. Fields 20 to
25 are those of the first decisions; what came later stands from 26 on, and a record without it is read as before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.channels.contacts import CHANNEL, LINE_CHARS_MAX, NAME_CHARS_MAX, NAMES_MAX
from armslength.channels.counting import ProofClass
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.text import check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

NUMBER: Final = re.compile(r"D-[0-9]{4}-[0-9]{6}")
NOT_USED: Final = "do not use the channel"
"""The option that is chosen when a channel was considered and not used, unless other words were."""

_CODE: Final = "DECISION-VALUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    Args:
        what: what was to be decided.
        options: what could be done.
        chosen: the one that was chosen.
        reason: why.
        information: what was known at that minute.
        at: when it was entered.
        number: D-YYYY-NNNNNN; empty for a record of before there were numbers.
        channel: id of the channel that it is about; empty for none.
        concern: id of its concern; empty for none.
        case: number of its case; empty for none.
        not_used: whether a channel was considered and not used.
        taken_from: earliest instant at which it was taken; None when that is when it was entered.
        taken_until: latest; equal to `taken_from` when the time is known.
        decided_by: who took it, when that is not the officer who enters it.
        proof: how it is known; our own officer's record is ATTESTED.
        sources: who reported it, where, when; what is REPORTED needs one.
        evidence: what it rested on, by number or hash: reports, contacts, concerns.
        subject: what it was about, in words.

    Raises:
        LocalError: DECISION-VALUE, TEXT-...
    """

    what: str
    options: tuple[str, ...]
    chosen: str
    reason: str
    information: str
    at: Instant
    number: str = ""
    channel: str = ""
    concern: str = ""
    case: str = ""
    not_used: bool = False
    taken_from: Instant | None = None
    taken_until: Instant | None = None
    decided_by: str = ""
    proof: ProofClass = ProofClass.ATTESTED
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    subject: str = ""

    def __post_init__(self) -> None:
        _check_texts(self)
        _check_links(self)
        _check_claim(self)

    @property
    def began_at(self) -> Instant:
        """Earliest instant at which it can have been taken."""
        return self.at if self.taken_from is None else self.taken_from

    @property
    def ended_at(self) -> Instant:
        """Latest instant at which it can have been taken."""
        return self.at if self.taken_until is None else self.taken_until


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error for a field that cannot be so."""
    return LocalError(_CODE, field=field, expected=expected, got=got)


def _check_texts(one: Decision) -> None:
    for field in ("what", "chosen", "reason", "information", "decided_by", "subject"):
        check_text(getattr(one, field), bytes_max=TEXT_BYTES_MAX)
    for field in ("options", "sources", "evidence"):
        items: tuple[str, ...] = getattr(one, field)
        if len(items) > NAMES_MAX or any(not item.strip() or len(item) > LINE_CHARS_MAX for item in items):
            raise wrong(field, f"at most {NAMES_MAX}, each of 1 to {LINE_CHARS_MAX} characters", len(items))
        for item in items:
            check_text(item, bytes_max=TEXT_BYTES_MAX)


def _check_links(one: Decision) -> None:
    for field, pattern, value in (("number", NUMBER, one.number), ("channel", CHANNEL, one.channel)):
        if value and not pattern.fullmatch(value):
            raise wrong(field, pattern.pattern, value)
    for field, value in (("concern", one.concern), ("case", one.case), ("decided_by", one.decided_by)):
        if len(value) > NAME_CHARS_MAX:
            raise wrong(field, f"at most {NAME_CHARS_MAX} characters", len(value))
    if (one.taken_from is None) != (one.taken_until is None):
        raise wrong("taken", "from and until, or neither", "one of them")
    if one.taken_from is not None and one.taken_until is not None and one.taken_until < one.taken_from:
        raise wrong("taken_until", "an end not before its beginning", one.taken_until)


def _check_claim(one: Decision) -> None:
    if one.not_used and not one.channel:
        raise wrong("channel", "the channel that was not used", "none")
    if one.proof is ProofClass.SIGNED:
        raise wrong("proof", "ATTESTED or REPORTED: the peer signs none of our decisions", one.proof.value)
    if one.proof is ProofClass.REPORTED and not one.sources:
        raise wrong("sources", "at least one source of what is REPORTED", "none")


def check_whole(one: Decision) -> None:
    """Refuse a new decision that does not say what a later reader asks: the options, the one chosen, why, known what.

    Raises:
        LocalError: DECISION-VALUE.
    """
    for field in ("number", "what", "chosen", "reason", "information"):
        if not str(getattr(one, field)).strip():
            raise wrong(field, "a text", "nothing")
    if one.chosen not in one.options:
        raise wrong("chosen", "one of the options", one.chosen)


# --- the record -------------------------------------------------------------------------------------------------------

FIELD_NAMES: Final[Mapping[int, str]] = {
    20: "what",
    21: "options",
    22: "chosen",
    23: "reason",
    24: "information",
    25: "at",
    26: "number",
    27: "channel",
    28: "concern",
    29: "case",
    30: "not_used",
    31: "taken_from",
    32: "taken_until",
    33: "decided_by",
    34: "proof",
    35: "sources",
    36: "evidence",
    37: "subject",
}
"""Fields of a record `decision`, by number; from 26 on, what is empty is left out."""

_FIRST_NEW: Final = 26


def decision_body(one: Decision) -> dict[int, CborValue]:
    """Return the fields of a decision's record, from 20 on."""
    body: dict[int, CborValue] = {}
    for number, name in FIELD_NAMES.items():
        value = getattr(one, name)
        if number < _FIRST_NEW or value not in {None, "", (), False}:
            body[number] = value.value if isinstance(value, ProofClass) else value
    return body


def decision_from_body(body: Mapping[int, CborValue]) -> Decision:
    """Return the decision of a record's body, an old one as well.

    Raises:
        LocalError: DECISION-VALUE, TEXT-...
    """
    unknown = sorted(number for number in body if number >= min(FIELD_NAMES) and number not in FIELD_NAMES)
    if unknown:
        raise wrong("fields", f"20 to {max(FIELD_NAMES)}", unknown[0])
    read = FieldReader(body, _CODE, LocalError)
    return Decision(
        what=_text(read, 20),
        options=_texts(read, 21),
        chosen=_text(read, 22),
        reason=_text(read, 23),
        information=_text(read, 24),
        at=read.instant(25),
        number=_text(read, 26),
        channel=_text(read, 27),
        concern=_text(read, 28),
        case=_text(read, 29),
        not_used=read.flag(30),
        taken_from=read.instant(31) if read.has(31) else None,
        taken_until=read.instant(32) if read.has(32) else None,
        decided_by=_text(read, 33),
        proof=proof_of(_text(read, 34)) if read.has(34) else ProofClass.ATTESTED,
        sources=_texts(read, 35),
        evidence=_texts(read, 36),
        subject=_text(read, 37),
    )


def _text(read: FieldReader, number: int) -> str:
    # The first decisions wrote an empty text where nothing was said.
    return read.text(number) if read.value(number) not in {None, ""} else ""


def _texts(read: FieldReader, number: int) -> tuple[str, ...]:
    return read.texts(number, NAMES_MAX) if read.has(number) else ()


def proof_of(text: str) -> ProofClass:
    """Return the proof class that a text names.

    Raises:
        LocalError: DECISION-VALUE.
    """
    try:
        return ProofClass(text)
    except ValueError:
        raise wrong("proof", ", ".join(ProofClass), text) from None
