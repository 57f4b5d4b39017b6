"""The count: how often a channel was used, by a written rule, as of the end of a day, with the list behind the number.

"Used once" is a counted claim (G4). It means matters opened, in one direction, with tests, service traffic, answers and
exercises left out. What is not known is never rounded to a yes or a no: a use whose time, subject or initiator is in
doubt counts as possible, and the certain number stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import DAY_US, Instant, rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.core.cbor import CborKey, CborValue

CALL_FORM: Final = "CALL-RECORD"
"""The form of a recorded call."""

EXERCISE_WORD: Final = "exercise-in-real"
"""How a charter's rule says, among the excluded forms, that exercises held over a REAL line are not counted."""

_CODE: Final = "COUNT-RULE"


class Unit(StrEnum):
    """What one is; spelt as in the charter."""

    EXCHANGE = "exchange"
    """A matter opened; what answers it, adds to it or corrects it is the same matter."""
    MESSAGE = "message"
    """Every message, answers included unless their forms are excluded."""
    CALL = "call"
    """Every recorded call."""
    OCCASION = "occasion"
    """A day on which the two sides spoke over a channel; how often they spoke on that day does not matter."""


class Direction(StrEnum):
    """Which way; spelt as in the charter."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    BOTH = "both"


class ProofClass(StrEnum):
    """How a use is known; what is REPORTED may be counted, and is never published as proved."""

    SIGNED = "SIGNED"
    ATTESTED = "ATTESTED"
    REPORTED = "REPORTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """The written rule.

    Args:
        unit: what one is.
        direction: which way counts.
        excluded_forms: codes of forms that are no use: tests, service traffic, queries, answers.
        exclude_exercise: whether exercises held over the line are left out.
        exclude_failed: whether attempts by which nobody was reached are left out; a line's charter does not ask it,
            since a message that waits was not answered and yet was sent.
    """

    unit: Unit = Unit.EXCHANGE
    direction: Direction = Direction.OUTGOING
    excluded_forms: frozenset[str] = frozenset(
        {
            *("TEST", "SERVICE", "QUERY-RECEIPT", "REPLY", "NOT-OURS"),
            *("ASSURANCE", "WINDOW-STATUS", "SITE-NOTICE", "LIST-EXCHANGE"),
            *("ACTIVITY-NOTICE", "LAUNCH-NOTICE", "MOVE-NOTICE", "DAILY-PLAN", "SUSPEND", "RESUME"),
            *("PRESENCE-QUERY", "PRESENCE", "CODEBOOK"),
        }
    )
    exclude_exercise: bool = True
    exclude_failed: bool = False

    @property
    def text(self) -> str:
        """The rule in one sentence, the same for the same rule."""
        what = {
            Unit.EXCHANGE: "matters opened, each once; what answers, adds to or corrects one is no further use",
            Unit.MESSAGE: "messages",
            Unit.CALL: "recorded calls",
            Unit.OCCASION: "occasions: days on which the two sides spoke over a channel, each once",
        }[self.unit]
        way = {
            Direction.OUTGOING: "outgoing",
            Direction.INCOMING: "incoming",
            Direction.BOTH: "in both directions",
        }[self.direction]
        forms = ", ".join(sorted(self.excluded_forms)) or "none"
        drills = "exercises are not counted" if self.exclude_exercise else "exercises are counted"
        failed = "; attempts by which nobody was reached are not counted" if self.exclude_failed else ""
        return f"Counted are {what}; {way}; forms not counted: {forms}; {drills}{failed}."


CONTACT_RULE: Final = CountingRule(direction=Direction.BOTH, exclude_failed=True)
"""The rule for contacts by whatever channel; who began is a question of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One message or call that may count.

    Args:
        message_number: its number in its direction; None for what has none, such as a call.
        form: its form code.
        direction: OUTGOING or INCOMING as seen from the counting party; None when not known.
        initiated_by: code of the party that began it; empty when not known.
        opened_from: earliest instant at which it was made.
        opened_until: latest instant; equal to `opened_from` when the time is known.
        certain: whether it is certain that it was made.
        exercise: whether it was part of an exercise held over a REAL line.
        subject: facility id or subject; empty when not known.
        answers_or_relates: whether it answers, adds to or corrects an earlier one.
        proof: how it is known.
        reference: where it stands: envelope hash, or number of the record.
        channel: the channel it went over; messages are numbered on theirs.
        subjects: keys of further subjects (see `subject_key`).
        subjects_open: whether it may have been about more than is known.
        initiator_names: further codes by which the party that began it is known at this channel.
        spoken: whether it was said and not written.
        failed: how the attempt failed; empty when somebody was reached or that is not known.
        doubt: why it is not certain that something was said; empty for no doubt.
        corrected_by: what it was corrected by; empty for nothing.
        tells_of: reference of the message that it tells of; empty for none.
        call: number of its call; empty for none.

    Raises:
        LocalError: COUNT-USE.
    """

    message_number: int | None
    form: str
    direction: Direction | None
    initiated_by: str
    opened_from: Instant
    opened_until: Instant
    certain: bool
    exercise: bool
    subject: str
    answers_or_relates: bool
    proof: ProofClass
    reference: str = ""
    channel: str = ""
    subjects: frozenset[str] = frozenset()
    subjects_open: bool = False
    initiator_names: frozenset[str] = frozenset()
    spoken: bool = False
    failed: str = ""
    doubt: str = ""
    corrected_by: str = ""
    tells_of: str = ""
    call: str = ""

    def __post_init__(self) -> None:
        if self.direction is Direction.BOTH:
            raise LocalError("COUNT-USE", field="direction", expected="outgoing or incoming", got="both")
        if self.opened_until < self.opened_from:
            raise LocalError("COUNT-USE", field="opened", expected="an end not before its beginning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number with everything behind it.

    Args:
        certain: uses that count for certain.
        possible: further uses that may count.
        listed: both, by time.
        doubts: why each of them is only possible, in the same order; empty for a certain one.
        excluded: what was left out, by time, each with the reason.
        rule_text: the rule and the question in words.
        as_of: the instant at which the day asked for ends.
    """

    certain: int
    possible: int
    listed: tuple[Use, ...]
    doubts: tuple[str, ...]
    excluded: tuple[tuple[Use, str], ...]
    rule_text: str
    as_of: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked, with whole days as instants: `first` is in, `end` is the first instant that is out."""

    rule: CountingRule
    first: Instant | None
    end: Instant
    subject: str | None
    initiated_by: str | None


def end_of_day(at: Instant) -> Instant:
    """Return the first instant after the UTC day that holds ``at``."""
    return Instant((at // DAY_US + 1) * DAY_US)


def start_of_day(at: Instant) -> Instant:
    """Return the first instant of the UTC day that holds ``at``."""
    return Instant(at // DAY_US * DAY_US)


def subject_key(text: str) -> str:
    """Return a subject as it is compared: small letters, hyphens and blanks alike."""
    return " ".join(text.casefold().replace("-", " ").split())


def count(
    uses: Iterable[Use],
    rule: CountingRule,
    as_of: Instant,
    *,
    since: Instant | None = None,
    subject: str | None = None,
    initiated_by: str | None = None,
    in_order: bool = False,
) -> Count:
    """Count uses by a rule; the same uses in any order give the same count.

    Args:
        uses: everything that was recorded, tests and failed ones too.
        rule: the written rule.
        as_of: any instant of the last UTC day that counts.
        since: any instant of the first UTC day that counts; None, from the beginning.
        subject: facility id or subject asked for; None, any.
        initiated_by: code of the party that must have begun it; None, anybody.
        in_order: whether the uses stand in the order of `order_key` already.
    """
    question = _Question(
        rule=rule,
        first=None if since is None else start_of_day(since),
        end=end_of_day(as_of),
        subject=subject,
        initiated_by=initiated_by,
    )
    ordered = list(uses) if in_order else sorted(uses, key=order_key)
    told_before = _Told(ordered)
    judged: list[tuple[Use, str]] = []
    excluded: list[tuple[Use, str]] = []
    for use in ordered:
        against = told_before.already(use) or _against(use, question)
        if against is None:
            judged.append((use, _doubt(use, question)))
        else:
            excluded.append((use, against))
    judged = _calls(judged, excluded)
    if rule.unit is Unit.OCCASION:
        judged = _occasions(judged, excluded)
    certain = sum(not doubt for _, doubt in judged)
    return Count(
        certain=certain,
        possible=len(judged) - certain,
        listed=tuple(use for use, _ in judged),
        doubts=tuple(doubt for _, doubt in judged),
        excluded=tuple(excluded),
        rule_text=_question_text(question),
        as_of=question.end,
    )


def order_key(use: Use) -> tuple[object, ...]:
    """Return what uses are put in order by; everything that can differ takes part, so that no input order shows."""
    return (
        use.opened_from,
        use.opened_until,
        use.direction.value if use.direction is not None else "",
        *_proof_order(use),
        -1 if use.message_number is None else use.message_number,
        use.form,
        use.initiated_by,
        use.subject,
        use.exercise,
        use.answers_or_relates,
        use.reference,
        use.channel,
    )


_PROOFS: Final = {proof: place for place, proof in enumerate(ProofClass)}


def _proof_order(use: Use) -> tuple[int, bool, int]:
    return (_PROOFS[use.proof], not use.certain, use.opened_until - use.opened_from)


_Number: TypeAlias = tuple[str, "Direction | None", bool, int]


def _number(use: Use) -> _Number | None:
    """Return what names a message on its channel; exercises have a number series of their own (K1)."""
    number = use.message_number
    return None if number is None else (use.channel, use.direction, use.exercise, number)


class _Told:
    """What was told more than once: a message in two lists, a message and the note of it."""

    def __init__(self, ordered: list[Use]) -> None:
        self._best: dict[_Number, Use] = {}
        self._messages: set[str] = set()
        for use in ordered:
            number = _number(use)
            if number is not None:
                self._messages.add(use.reference)
                if number not in self._best or _proof_order(use) < _proof_order(self._best[number]):
                    self._best[number] = use

    def already(self, use: Use) -> str | None:
        """Return why a use is no further one, None when it stands for itself."""
        if use.corrected_by:
            return f"corrected by {use.corrected_by}"
        if use.tells_of and use.tells_of in self._messages:
            return "tells of a message that stands in the list itself"
        number = _number(use)
        if number is None or self._best.get(number) is use:
            return None
        return "the same message stands in the list with a proof as good or better"


def _against(use: Use, question: _Question) -> str | None:
    """Return why a use does not count, None when it may."""
    if use.opened_from >= question.end:
        return "after the day as of which it is counted"
    if question.first is not None and use.opened_until < question.first:
        return "before the first day asked for"
    return _against_rule(use, question.rule) or _against_question(use, question)


def _against_rule(use: Use, rule: CountingRule) -> str | None:
    found = None
    if use.exercise and rule.exclude_exercise:
        found = "an exercise"
    elif use.form in rule.excluded_forms:
        found = f"the form {use.form} is not counted"
    elif use.failed and rule.exclude_failed:
        found = f"nobody was reached: {use.failed}"
    elif rule.unit is Unit.EXCHANGE and use.answers_or_relates:
        found = "answers or relates to an earlier one and opens nothing"
    elif rule.direction is not Direction.BOTH and use.direction not in {None, rule.direction}:
        found = "incoming" if use.direction is Direction.INCOMING else "outgoing"
    return found or _against_unit(use, rule.unit)


def _against_unit(use: Use, unit: Unit) -> str | None:
    if unit is Unit.CALL and use.form != CALL_FORM:
        return "not a recorded call"
    if unit is Unit.MESSAGE and use.spoken:
        return "spoken, and no message"
    return None


def _against_question(use: Use, question: _Question) -> str | None:
    asked = question.initiated_by
    if asked is not None and use.initiated_by and not _began(use, asked) and not _stranger(use):
        return f"initiated by {use.initiated_by}"
    subject = question.subject
    if subject is not None and not _about(use, subject) and (use.subject or use.subjects) and not use.subjects_open:
        return "another subject"
    return None


def _began(use: Use, asked: str) -> bool:
    return asked == use.initiated_by or asked in use.initiator_names


def _stranger(use: Use) -> bool:
    """Tell whether the party that began it stands at no end of the channel: nobody knows whose side that is."""
    return bool(use.initiated_by) and use.direction is None


def _about(use: Use, subject: str) -> bool:
    key = subject_key(subject)
    return key in use.subjects or (bool(use.subject) and subject_key(use.subject) == key)


def _doubt(use: Use, question: _Question) -> str:
    """Return why a use is only possible, empty for a certain one."""
    parts = [use.doubt] if use.doubt else []
    if not use.certain:
        parts.append("it is not certain that it took place")
    if use.opened_until >= question.end or (question.first is not None and use.opened_from < question.first):
        parts.append("it is not known whether it was within the days asked for")
    if question.rule.direction is not Direction.BOTH and use.direction is None:
        parts.append("it is not known who began it")
    asked = question.initiated_by
    if asked is not None and not use.initiated_by:
        parts.append(f"it is not known whether {asked} began it")
    elif asked is not None and not _began(use, asked):
        parts.append(f"{use.initiated_by} began it, which stands at no end of this channel in the book")
    if question.subject is not None and not _about(use, question.subject):
        parts.append(f"it is not known whether it was about {question.subject}")
    return "; ".join(dict.fromkeys(parts))


def _calls(judged: list[tuple[Use, str]], excluded: list[tuple[Use, str]]) -> list[tuple[Use, str]]:
    """Keep one record of each call, a certain one before a possible one; those that do not count stand for nothing."""
    first: dict[str, Use] = {}
    for use, _ in sorted(judged, key=lambda one: bool(one[1])):
        if use.call and use.message_number is None:
            first.setdefault(use.call, use)
    kept = []
    for use, doubt in judged:
        best = first.get(use.call, use) if use.message_number is None else use
        if best is use:
            kept.append((use, doubt))
        else:
            excluded.append((use, f"the same call as {best.reference}"))
    excluded.sort(key=lambda one: order_key(one[0]))
    return kept


def _occasions(judged: list[tuple[Use, str]], excluded: list[tuple[Use, str]]) -> list[tuple[Use, str]]:
    """Keep one use of each day and channel, a certain one before a possible one; what spans days stands for itself."""
    first: dict[tuple[str, int], Use] = {}
    for use, _ in sorted(judged, key=lambda one: bool(one[1])):
        if _one_day(use):
            first.setdefault((use.channel, use.opened_from // DAY_US), use)
    kept = []
    for use, doubt in judged:
        best = first.get((use.channel, use.opened_from // DAY_US), use) if _one_day(use) else use
        if best is use:
            kept.append((use, doubt))
        else:
            excluded.append((use, f"the same occasion as {best.reference or 'another of that day'}"))
    excluded.sort(key=lambda one: order_key(one[0]))
    return kept


def _one_day(use: Use) -> bool:
    return use.opened_from // DAY_US == use.opened_until // DAY_US


def _question_text(question: _Question) -> str:
    parts = [question.rule.text, f"As of the end of {rfc3339(Instant(question.end - 1))[:10]}, UTC."]
    if question.first is not None:
        parts.append(f"Since {rfc3339(question.first)[:10]}.")
    if question.subject is not None:
        parts.append(f"Subject: {question.subject}.")
    if question.initiated_by is not None:
        parts.append(f"Initiated by {question.initiated_by}.")
    return " ".join(parts)


# --- the rule in a charter --------------------------------------------------------------------------------------------


def rule_value(rule: CountingRule) -> dict[str, CborValue]:
    """Return the rule as a charter's field 17 holds it."""
    excluded = (*sorted(rule.excluded_forms), *((EXERCISE_WORD,) if rule.exclude_exercise else ()))
    return {"unit": rule.unit.value, "direction": rule.direction.value, "excluded": excluded}


def rule_from_value(value: Mapping[str, CborValue]) -> CountingRule:
    """Return the rule of a charter's field 17.

    Raises:
        LocalError: COUNT-RULE, a word that this program does not know: it must not count by half a rule.
    """
    fields: dict[CborKey, CborValue] = dict(value.items())
    read = FieldReader(fields, _CODE, LocalError)
    unknown = sorted(str(key) for key in value if key not in {"unit", "direction", "excluded"})
    if unknown:
        read.refuse(expected="unit, direction, excluded", got=unknown[0])
    excluded = frozenset(read.texts("excluded"))
    return CountingRule(
        unit=_member(Unit, read.text("unit")),
        direction=_member(Direction, read.text("direction")),
        excluded_forms=excluded - {EXERCISE_WORD},
        exclude_exercise=EXERCISE_WORD in excluded,
    )


_Member = TypeVar("_Member", bound=StrEnum)


def _member(kind: type[_Member], text: str) -> _Member:
    try:
        return kind(text)
    except ValueError:
        raise LocalError(_CODE, expected=", ".join(kind), got=text) from None
