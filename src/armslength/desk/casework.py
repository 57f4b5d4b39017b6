"""Cases and the running log at the desk: opened, joined, told of, held against each other, assessed, closed.

Whatever was recorded elsewhere joins a case by its own record; the clockwork then holds it against what is there. What
a person joins or tells is held against it at once. A pair that cannot both hold rings once; both sides stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels import cases
from armslength.channels.cases_accounts import QUESTIONS, Account, Kind, account_value, wrong
from armslength.channels.cases_contradictions import contradictions
from armslength.channels.plain import span_of
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.ids import party_code
from armslength.core.places import parse_place
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_structured, check_text
from armslength.desk import alarms, case_changes, case_parts, policy, views
from armslength.desk.form_json import instant_of
from armslength.desk.numbering import next_number, require_next
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.desk.service_read import when

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.channels.cases_accounts import Answer
    from armslength.channels.cases_contradictions import Found
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books

Json = Any

LOG_BYTES_MAX: Final = 2_048
"""One line of the log; what is longer is a record of its own."""

TAGS_MAX: Final = 16
"""Words to find a line by; whoever needs more writes them into the line."""

TAG_BYTES_MAX: Final = 64
"""One word, in whatever script."""

REFERENCES_MAX: Final = 32
"""References of one line, or of a case that is opened: what is more is joined one by one, with a reason."""


def case(books: Books, number: str) -> cases.Case:
    """Return a case.

    Raises:
        LocalError: CASE-UNKNOWN.
    """
    found = case_changes.held(books.unit, number.upper())
    if found is None:
        raise LocalError("CASE-UNKNOWN", asked=number)
    return found


# --- preparing --------------------------------------------------------------------------------------------------------


def prepare_case(books: Books, officer: str, given: Mapping[str, Json]) -> Prepared:
    """Return the body of a new case.

    Args:
        given: title, reason; subject, facility, references.

    Raises:
        LocalError: CASE-... codes.
    """
    references = tuple(case_parts.reference_of(books, str(one)) for one in given.get("references") or ())
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: next_number(books, views.CASES, "CASE"),
        21: str(given["title"]),
        22: str(given.get("subject") or ""),
        23: str(given.get("facility") or ""),
        24: str(given["reason"]),
        25: references,
    }
    _check(books, "case", body)
    return Prepared(type="case", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_step(books: Books, officer: str, given: Mapping[str, Json]) -> Prepared:
    """Return the body of a person's step on a case.

    Args:
        given: case, step, reason; for join and leave reference; for account source, question, answer (a list of
            texts), says, about, reference, said_at; for contradiction and assess first and second.

    Raises:
        LocalError: CASE-... codes.
    """
    held, kind = case(books, str(given["case"])), cases.event_kind(str(given["step"]))
    body: dict[int, CborValue] = {**books.common(officer), 20: held.number, 21: kind.value}
    reason = str(given.get("reason") or "")
    if kind in {cases.EventKind.JOIN, cases.EventKind.LEAVE}:
        body[23] = case_parts.reference_of(books, str(given["reference"]), known=kind is cases.EventKind.JOIN)
    elif kind is cases.EventKind.ACCOUNT:
        account = account_from_json(given)
        body[24] = account_value(account)
        reason = reason or f"{account.source}: {QUESTIONS[account.question][1]}"
    elif given.get("first") or given.get("second"):
        body[25] = pair = _pair(str(given.get("first")), str(given.get("second")))
        if kind is cases.EventKind.CONTRADICTION and not reason:
            # Accepted from a suggestion: what was found stands for the reason.
            reason = next((one.sentence for one in found_in(books, held) if one.pair == pair), "")
    body[22] = reason
    _check(books, "case-step", body)
    return Prepared(type="case-step", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _pair(first: str, second: str) -> tuple[str, str]:
    named = [f"{cases.ACCOUNT_WORD}{one}" if one.isdecimal() else one.strip() for one in (first, second)]
    return cases.in_order(named[0], named[1])


def account_from_json(given: Mapping[str, Json]) -> Account:
    """Return an account from plain values; the answer is a list of texts, whatever its kind.

    Raises:
        LocalError: CASE-VALUE, PLACE-..., TIME-... codes.
    """
    question = str(given.get("question") or "said")
    if question not in QUESTIONS:
        raise wrong("question", ", ".join(QUESTIONS), question)
    said_at = given.get("said_at")
    return Account(
        number=0,
        source=str(given["source"]),
        question=question,
        about=str(given.get("about") or ""),
        answer=_answer(QUESTIONS[question][0], [str(one) for one in given.get("answer") or ()]),
        says=str(given["says"]),
        reference=str(given.get("reference") or ""),
        said_at=instant_of(str(said_at)) if said_at else None,
    )


def _answer(kind: Kind, given: Sequence[str]) -> Answer:
    if kind is Kind.WORDS or not given:
        if kind is not Kind.WORDS or given:
            raise wrong("answer", kind.value, ", ".join(given) or "nothing")
        return None
    if kind is Kind.TOPICS:
        return tuple(given)
    if kind is Kind.TIME:
        return span_of(given[0])[0], span_of(given[-1])[1]
    if len(given) != 1:
        raise wrong("answer", kind.value, ", ".join(given))
    return _ONE[kind](given[0])


def _yes_no(text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise wrong("answer", "yes or no", text)
    return text.lower() == "yes"


def _number(text: str) -> int:
    if not text.isdecimal() or not text.isascii():
        raise wrong("answer", "a number", text)
    return int(text)


_ONE: Final[Mapping[Kind, Callable[[str], Answer]]] = {
    Kind.YES_NO: _yes_no,
    Kind.PARTY: lambda text: party_code(text.upper()),
    Kind.NUMBER: _number,
    Kind.PLACE: parse_place,
}


def prepare_log(books: Books, officer: str, given: Mapping[str, Json]) -> Prepared:
    """Return the body of a line of the log.

    Args:
        given: text; tags, references, at (when it happened; now when it does not say).

    Raises:
        LocalError: LOG-VALUE, CASE-REFERENCE, TEXT-... codes.
    """
    at = given.get("at")
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: str(given["text"]),
        21: tuple(str(one) for one in given.get("tags") or ()),
        22: tuple(case_parts.reference_of(books, str(one)) for one in given.get("references") or ()),
        23: instant_of(str(at)) if at else books.now,
    }
    _check_log(books, body)
    return Prepared(type="log", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


# --- checking ---------------------------------------------------------------------------------------------------------


def _check(books: Books, kind: str, body: Mapping[int, CborValue]) -> case_changes.Change:
    """Return the case that a record would leave.

    Raises:
        LocalError: CASE-... codes.
    """
    if kind == "case-step" and cases.event_kind(str(body.get(21))) not in cases.PERSON_STEPS:
        raise LocalError("CASE-TRANSITION", state="any", event=body.get(21))
    try:
        change = case_changes.by_record(books.unit, kind, body, books.now)
    except LocalError:
        raise
    except ArmslengthError as error:
        raise wrong("record", "fields of a case", error.code) from error
    if kind == "case":
        require_next(books, views.CASES, "CASE", change.state.number)
    for one in change.joins:
        case_parts.require_known(books, *one)
    return change


def _check_log(books: Books, body: Mapping[int, CborValue]) -> None:
    row = FieldReader(body, "LOG-VALUE", LocalError)
    check_text(row.text(20), bytes_max=LOG_BYTES_MAX)
    for tag in row.texts(21, TAGS_MAX):
        check_structured(tag, bytes_max=TAG_BYTES_MAX)
    for one in row.array(22, REFERENCES_MAX):
        pair = FieldReader(dict(enumerate(one)) if isinstance(one, tuple) else {}, "LOG-VALUE", LocalError)
        case_parts.require_known(books, pair.text(0), pair.text(1))
    if row.instant(23) > books.now:
        raise LocalError("LOG-VALUE", field="at", expected="a time that has passed", got=when(row.instant(23)))


# --- submitting -------------------------------------------------------------------------------------------------------


def submit(books: Books, signed: Signed) -> int:
    """Enter a case, a step on one or a line of the log; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CASE-..., LOG-VALUE, NUMBER-TAKEN.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS[prepared.type], str(prepared.body.get(5)))
    change = None
    if prepared.type == "log":
        _check_log(books, prepared.body)
    else:
        change = _check(books, prepared.type, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    if change is not None and change.effects:
        compare(books, change.state.number)
    return index


# --- comparing --------------------------------------------------------------------------------------------------------


def found_in(books: Books, state: cases.Case) -> tuple[Found, ...]:
    """Return what of a case cannot both hold."""
    spoken, unused = case_parts.claims(books, state.number)
    return contradictions(state.accounts, spoken, unused)


def compare(books: Books, number: str) -> None:
    """Ring for every pair of a case that cannot both hold; the same pair rings once, ever."""
    for one in found_in(books, case(books, number)):
        reference = "\x00".join((number, *one.pair)).encode()
        alarms.raise_alarm(
            books,
            "CASE-CONTRADICTION",
            NO_LINE,
            reference,
            detail=f"{number}: {' and '.join(one.pair)}. {one.sentence}",
        )


def tick(books: Books, key: bytes) -> None:
    """Hold against each other what records have joined to a case since it was last looked at."""
    number = key.decode()
    books.note("case-step", "case-step", {20: number, 21: cases.EventKind.COMPARE.value})
    compare(books, number)


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {"case": submit, "case-step": submit, "log": submit}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ((views.CASES, tick),)
"""View and what is done with a row of it that falls due."""
