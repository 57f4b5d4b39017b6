"""Accounts of a case: who says what of when. They stand side by side with their sources and are never merged.

A question has a kind, so that two answers can be held against each other without reading words. Words themselves are
never compared: what software cannot tell from two sentences a person says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.folding import fold
from armslength.core.ids import party_code
from armslength.core.instants import Instant, rfc3339
from armslength.core.places import Place, degrees_text, distance_m, place_from_cbor
from armslength.core.text import check_structured, check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue

CODE: Final = "CASE-VALUE"

LINE_BYTES_MAX: Final = 1_024
"""A source or what a question is about: two lines on the screen."""

SAYS_BYTES_MAX: Final = 8_192
"""The words of one account: a page; what is longer is quoted in part and named by its reference."""

TOPICS_MAX: Final = 64
"""Topics of one read-out; the longest published ones have about ten."""

COUNT_MAX: Final = 10**9
"""More than anybody counts in an account of one matter."""


class Kind(StrEnum):
    """How two answers to a question are held against each other."""

    YES_NO = "yes or no"
    PARTY = "a party's code"
    NUMBER = "a number"
    TIME = "a time from and until"
    PLACE = "a place with its precision"
    TOPICS = "the topics named"
    WORDS = "words only"


QUESTIONS: Final[Mapping[str, tuple[Kind, str]]] = MappingProxyType(
    {
        "initiated-by": (Kind.PARTY, "Who began it?"),
        "by-whom": (Kind.PARTY, "Whose act was it?"),
        "ours": (Kind.YES_NO, "Does the source own it as its own?"),
        "used": (Kind.YES_NO, "Was the channel used?"),
        "happened": (Kind.YES_NO, "Did it happen?"),
        "count": (Kind.NUMBER, "How many?"),
        "time": (Kind.TIME, "When was it?"),
        "place": (Kind.PLACE, "Where was it?"),
        "read-out": (Kind.TOPICS, "Which topics does the read-out name?"),
        "law": (Kind.WORDS, "What does the source hold to be the law?"),
        "said": (Kind.WORDS, "What does the source say?"),
    }
)
"""Code of a question -> how its answers are compared, and the question. Codes are stable."""

Answer: TypeAlias = "bool | str | int | tuple[Instant, Instant] | Place | tuple[str, ...] | None"
"""By the kind of the question; None for words only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account.

    Args:
        number: its number in the case, from 1; 0 before it has one.
        source: who says so.
        question: a code of `QUESTIONS`.
        about: what the question is about, for example the number of a contact; empty for the matter itself.
        answer: by the kind of the question.
        says: the source's words, or a faithful summary marked as one.
        reference: where the account stands: a contact, a statement, a page of the press.
        said_at: when it was said; None when not known.
        officer: who entered it.
        entered_at: when; None before it is entered.

    Raises:
        LocalError: CASE-VALUE, TEXT-... codes.
    """

    number: int
    source: str
    question: str
    about: str
    answer: Answer
    says: str
    reference: str = ""
    said_at: Instant | None = None
    officer: str = ""
    entered_at: Instant | None = None

    def __post_init__(self) -> None:
        if self.question not in QUESTIONS:
            raise LocalError(CODE, field="question", expected=", ".join(QUESTIONS), got=self.question)
        if not self.source.strip() or not self.says.strip():
            raise LocalError(CODE, field="source and words", expected="who says it, and what", got="nothing")
        for text in (self.source, self.about, self.reference):
            check_structured(text, bytes_max=LINE_BYTES_MAX)
        check_text(self.says, bytes_max=SAYS_BYTES_MAX)

    @property
    def kind(self) -> Kind:
        """How it is compared."""
        return QUESTIONS[self.question][0]

    @property
    def subject(self) -> tuple[str, str]:
        """What it answers: accounts of the same subject stand side by side."""
        return self.question, fold(self.about)


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a value that a case cannot hold."""
    return LocalError(CODE, field=field, expected=expected, got=got)


# --- answers ----------------------------------------------------------------------------------------------------------


def answer_text(answer: Answer) -> str:
    """Return an answer in words; empty for none."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Place):
        return f"{degrees_text(answer)}, within {answer.precision_m} m"
    if isinstance(answer, tuple):
        if answer and isinstance(answer[0], int):
            first, last = rfc3339(Instant(answer[0])), rfc3339(Instant(int(answer[-1])))
            return first if first == last else f"{first} to {last}"
        return ", ".join(str(one) for one in answer)
    return str(answer)


def answer_value(answer: Answer) -> CborValue:
    """Return an answer as a record has it."""
    return answer.to_cbor() if isinstance(answer, Place) else answer


def answer_from_value(question: str, value: CborValue) -> Answer:
    """Return an answer out of a record.

    Raises:
        LocalError: CASE-VALUE.
    """
    if question not in QUESTIONS:
        raise wrong("question", ", ".join(QUESTIONS), question)
    return _READ[QUESTIONS[question][0]](FieldReader({0: value}, CODE, LocalError))


def _yes_no(row: FieldReader) -> bool:
    value = row.value(0)
    if not isinstance(value, bool):
        raise wrong("answer", "yes or no", value)
    return value


def _no_answer(row: FieldReader) -> None:
    if row.value(0) is not None:
        raise wrong("answer", "words only", row.value(0))


def _interval(given: tuple[CborValue, ...]) -> tuple[Instant, Instant]:
    ends = FieldReader(dict(enumerate(given)), CODE, LocalError)
    first, last = ends.instant(0), ends.instant(1)
    if last < first:
        raise wrong("answer", "an end after the beginning", rfc3339(last))
    return first, last


def _topics(given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if not one.strip():
            raise wrong("answer", "topics that are named", "nothing")
        check_structured(one, bytes_max=LINE_BYTES_MAX)
    return given


_READ: Final[Mapping[Kind, Callable[[FieldReader], Answer]]] = MappingProxyType(
    {
        Kind.YES_NO: _yes_no,
        Kind.PARTY: lambda row: party_code(row.text(0)),
        Kind.NUMBER: lambda row: row.integer(0, 0, COUNT_MAX),
        Kind.TIME: lambda row: _interval(row.array(0, 2)),
        Kind.PLACE: lambda row: place_from_cbor(row.value(0)),
        Kind.TOPICS: lambda row: _topics(row.texts(0, TOPICS_MAX)),
        Kind.WORDS: _no_answer,
    }
)


# --- comparing --------------------------------------------------------------------------------------------------------


def differs(first: Account, second: Account) -> str:
    """Return in what two accounts of one subject cannot both hold; empty when they can, or nobody can tell.

    Read-outs may both be true and yet differ; they are flagged, since each is what that side wants to be known.
    """
    if first.subject != second.subject:
        return ""
    ours, theirs = first.answer, second.answer
    if isinstance(ours, Place) and isinstance(theirs, Place):
        return _apart(ours, theirs)
    if first.kind is Kind.TIME:
        return _not_at_once(ours, theirs)
    if first.kind is Kind.TOPICS:
        return _only_in(first, second)
    return "" if ours == theirs else f"{answer_text(ours)} / {answer_text(theirs)}"


def _apart(ours: Place, theirs: Place) -> str:
    far, allowed = distance_m(ours, theirs), ours.precision_m + theirs.precision_m
    return f"{far:.0f} m apart, where {allowed} m would be explained by how well each is known" if far > allowed else ""


def _not_at_once(ours: Answer, theirs: Answer) -> str:
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple):
        return ""
    later, earlier = max(_instant(ours[0]), _instant(theirs[0])), min(_instant(ours[1]), _instant(theirs[1]))
    return "" if later <= earlier else f"{answer_text(ours)} / {answer_text(theirs)}"


def _instant(value: object) -> int:
    # The type of an answer is that of its question, which a reader has checked; this only says so to the type checker.
    return value if isinstance(value, int) else 0


def _only_in(first: Account, second: Account) -> str:
    ours, theirs = (_folded(one.answer) for one in (first, second))
    parts = [
        f"only {one.source}: {', '.join(words[key] for key in words if key not in other)}"
        for one, words, other in ((first, ours, theirs), (second, theirs, ours))
        if words.keys() - other.keys()
    ]
    return "; ".join(parts)


def _folded(answer: Answer) -> dict[str, str]:
    return {fold(str(one)): str(one) for one in answer} if isinstance(answer, tuple) else {}


# --- values -----------------------------------------------------------------------------------------------------------


def account_value(account: Account) -> CborValue:
    """Return an account as records and views have it."""
    return (
        *(account.number, account.source, account.question, account.about, answer_value(account.answer)),
        *(account.says, account.reference, account.said_at, account.officer, account.entered_at),
    )


def account_from_value(value: CborValue) -> Account:
    """Return an account.

    Raises:
        LocalError: CASE-VALUE.
    """
    cells = FieldReader(dict(enumerate(value)) if isinstance(value, tuple) else {}, CODE, LocalError)
    question = cells.text(2)
    return Account(
        number=cells.integer(0),
        source=cells.text(1),
        question=question,
        about=optional_text(cells, 3),
        answer=answer_from_value(question, cells.value(4)),
        says=cells.text(5),
        reference=optional_text(cells, 6),
        said_at=cells.instant(7) if cells.has(7) else None,
        officer=optional_text(cells, 8),
        entered_at=cells.instant(9) if cells.has(9) else None,
    )


def optional_text(cells: FieldReader, number: int) -> str:
    """Return a text that may be missing or empty."""
    return cells.text(number) if cells.value(number) not in {None, ""} else ""
