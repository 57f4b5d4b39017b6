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
    """

    unit: Unit = Unit.EXCHANGE
    direction: Direction = Direction.OUTGOING
    excluded_forms: frozenset[str] = frozenset(
        {
            *("TEST", "SERVICE", "QUERY-RECEIPT", "REPLY", "NOT-OURS"),
            *("ASSURANCE", "WINDOW-STATUS", "SITE-NOTICE", "LIST-EXCHANGE"),
        }
    )
    exclude_exercise: bool = True

    @property
    def text(self) -> str:
        """The rule in one sentence, the same for the same rule."""
        what = {
            Unit.EXCHANGE: "matters opened, each once; what answers, adds to or corrects one is no further use",
            Unit.MESSAGE: "messages",
            Unit.CALL: "recorded calls",
        }[self.unit]
        way = {
            Direction.OUTGOING: "outgoing",
            Direction.INCOMING: "incoming",
            Direction.BOTH: "in both directions",
        }[self.direction]
        forms = ", ".join(sorted(self.excluded_forms)) or "none"
        drills = "exercises are not counted" if self.exclude_exercise else "exercises are counted"
        return f"Counted are {what}; {way}; forms not counted: {forms}; {drills}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One message or call that may count.

    Args:
        message_number: its number in its direction; None for what has none, such as a call.
        form: its form code.
        direction: OUTGOING or INCOMING as seen from the counting party.
        initiated_by: code of the party that began it; empty when not known.
        opened_from: earliest instant at which it was made.
        opened_until: latest instant; equal to `opened_from` when the time is known.
        certain: whether it is certain that it was made.
        exercise: whether it was part of an exercise held over a REAL line.
        subject: facility id or subject; empty when not known.
        answers_or_relates: whether it answers, adds to or corrects an earlier one.
        proof: how it is known.
        reference: where it stands: envelope hash or id of the record.

    Raises:
        LocalError: COUNT-USE.
    """

    message_number: int | None
    form: str
    direction: Direction
    initiated_by: str
    opened_from: Instant
    opened_until: Instant
    certain: bool
    exercise: bool
    subject: str
    answers_or_relates: bool
    proof: ProofClass
    reference: str = ""

    def __post_init__(self) -> None:
        if self.direction is Direction.BOTH:
            raise LocalError("COUNT-USE", field="direction", expected="outgoing or incoming", got=self.direction.value)
        if self.opened_until < self.opened_from:
            raise LocalError("COUNT-USE", field="opened", expected="an end not before its beginning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number with everything behind it.

    Args:
        certain: uses that count for certain.
        possible: further uses that may count.
        listed: both, by time.
        excluded: what was left out, by time, each with the reason.
        rule_text: the rule and the question in words.
        as_of: the instant at which the day asked for ends.
    """

    certain: int
    possible: int
    listed: tuple[Use, ...]
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


class _Verdict(StrEnum):
    CERTAIN = "certain"
    POSSIBLE = "possible"


def end_of_day(at: Instant) -> Instant:
    """Return the first instant after the UTC day that holds ``at``."""
    return Instant((at // DAY_US + 1) * DAY_US)


def start_of_day(at: Instant) -> Instant:
    """Return the first instant of the UTC day that holds ``at``."""
    return Instant(at // DAY_US * DAY_US)


def count(
    uses: Iterable[Use],
    rule: CountingRule,
    as_of: Instant,
    *,
    since: Instant | None = None,
    subject: str | None = None,
    initiated_by: str | None = None,
) -> Count:
    """Count uses by a rule; the same uses in any order give the same count.

    Args:
        uses: everything that was recorded, tests and failed ones too.
        rule: the written rule.
        as_of: any instant of the last UTC day that counts.
        since: any instant of the first UTC day that counts; None, from the beginning.
        subject: facility id or subject asked for; None, any.
        initiated_by: code of the party that must have begun it; None, anybody.
    """
    question = _Question(
        rule=rule,
        first=None if since is None else start_of_day(since),
        end=end_of_day(as_of),
        subject=subject,
        initiated_by=initiated_by,
    )
    listed: list[Use] = []
    possible = 0
    excluded: list[tuple[Use, str]] = []
    ordered = sorted(uses, key=_order)
    best = _best_by_number(ordered)
    for use in ordered:
        verdict = _repeated(use, best) or _judged(use, question)
        if not isinstance(verdict, _Verdict):
            excluded.append((use, verdict))
            continue
        listed.append(use)
        possible += verdict is _Verdict.POSSIBLE
    return Count(
        certain=len(listed) - possible,
        possible=possible,
        listed=tuple(listed),
        excluded=tuple(excluded),
        rule_text=_question_text(question),
        as_of=question.end,
    )


def _order(use: Use) -> tuple[object, ...]:
    # Everything that can differ takes part, so that the order of the input never shows in the result.
    return (
        use.opened_from,
        use.opened_until,
        use.direction.value,
        *_proof_order(use),
        -1 if use.message_number is None else use.message_number,
        use.form,
        use.initiated_by,
        use.subject,
        use.exercise,
        use.answers_or_relates,
        use.reference,
    )


def _proof_order(use: Use) -> tuple[int, bool, int]:
    return (tuple(ProofClass).index(use.proof), not use.certain, use.opened_until - use.opened_from)


_Number: TypeAlias = tuple[Direction, bool, int]


def _number(use: Use) -> _Number | None:
    """Return what names a message on its channel; exercises have a number series of their own (K1)."""
    return None if use.message_number is None else (use.direction, use.exercise, use.message_number)


def _best_by_number(ordered: list[Use]) -> dict[_Number, Use]:
    """Return for each message number the telling of it with the best proof."""
    best: dict[_Number, Use] = {}
    for use in ordered:
        number = _number(use)
        if number is not None and (number not in best or _proof_order(use) < _proof_order(best[number])):
            best[number] = use
    return best


def _repeated(use: Use, best: dict[_Number, Use]) -> str | None:
    """A message that came by two bearers, or stands in two lists, is one message."""
    number = _number(use)
    if number is None or best.get(number) is use:
        return None
    return "the same message stands in the list with a proof as good or better"


def _judged(use: Use, question: _Question) -> _Verdict | str:
    rule = question.rule
    against = (
        _when(use.exercise and rule.exclude_exercise, "an exercise")
        or _when(use.form in rule.excluded_forms, f"the form {use.form} is not counted")
        or _when(rule.unit is Unit.CALL and use.form != CALL_FORM, "not a recorded call")
        or _when(
            rule.unit is Unit.EXCHANGE and use.answers_or_relates,
            "answers or relates to an earlier one and opens nothing",
        )
        or _when(rule.direction not in {Direction.BOTH, use.direction}, f"{use.direction.value}")
        or _when(_other(use.subject, question.subject), "another subject")
        or _when(_other(use.initiated_by, question.initiated_by), f"initiated by {use.initiated_by}")
        or _when(use.opened_from >= question.end, "after the day as of which it is counted")
        or _when(question.first is not None and use.opened_until < question.first, "before the first day asked for")
    )
    if against is not None:
        return against
    doubt = (
        not use.certain
        or use.opened_until >= question.end
        or (question.first is not None and use.opened_from < question.first)
        or (question.subject is not None and not use.subject)
        or (question.initiated_by is not None and not use.initiated_by)
    )
    return _Verdict.POSSIBLE if doubt else _Verdict.CERTAIN


def _when(holds: bool, reason: str) -> str | None:  # noqa: FBT001 - a finding and its words
    return reason if holds else None


def _other(stated: str, asked: str | None) -> bool:
    return asked is not None and bool(stated) and stated != asked


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
