"""What the faces read and prepare of contacts, their count and decided non-use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from armslength.channels import contacts, count_certificates, counting, decisions
from armslength.channels.contacts import Completeness, Contact, Outcome, Purpose
from armslength.channels.counting import CONTACT_RULE, CountingRule, Direction, ProofClass, Unit
from armslength.channels.decisions import Decision
from armslength.core.errors import LocalError
from armslength.desk import booking, contact_counts, contact_sheets, contacting, service_read
from armslength.desk.contact_counts import Counted, Question, day_of, day_text
from armslength.desk.contact_index import index_of
from armslength.desk.form_json import instant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.counting import Use
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.contact_index import ContactIndex, Held, HeldDecision
    from armslength.desk.prepared import Prepared
    from armslength.desk.printing import Sheet

Json = dict[str, Any]

PAGE: Final = 100
PAGE_MAX: Final = 1_000
"""Contacts in one answer: when nobody says how many, and at most."""

when = service_read.when


# --- reading contacts -------------------------------------------------------------------------------------------------


def read_contacts(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return contacts, the newest first.

    Args:
        books: of a reading unit.
        query: channel (several with commas), since, until (days or times), subject, case, find; limit, offset.

    Raises:
        LocalError: CHANNEL-UNKNOWN, TIME-..., OPTION-VALUE.
    """
    channels = _channels(books, query)
    since, until = (day_of(str(query[name])) if query.get(name) else None for name in ("since", "until"))
    limit, offset = _page(query)
    with books.kept.lock:
        index = index_of(books)
        found = index.newest_first(
            frozenset(channels) or None,
            None if since is None else since,
            None if until is None else counting.end_of_day(until),
        )
        for name, fits in _FILTERS.items():
            if query.get(name):
                asked = str(query[name])
                found = [one for one in found if fits(one, asked)]
        return [contact_json(index, one) for one in found[offset : offset + limit]]


def _page(query: Mapping[str, Any]) -> tuple[int, int]:
    found = []
    for name, usual, most in (("limit", PAGE, PAGE_MAX), ("offset", 0, None)):
        text = str(query.get(name) or usual)
        if not text.isdecimal() or len(text) > len(str(2**53)):
            raise LocalError("OPTION-VALUE", option=name, expected="a whole number", got=text)
        found.append(int(text) if most is None else min(int(text), most))
    return found[0], found[1]


def _about(one: Held, asked: str) -> bool:
    key = counting.subject_key(asked)
    stated = (*one.contact.subjects, *one.contact.facilities, *one.contact.concerns)
    return any(key == counting.subject_key(text) for text in stated)


_FILTERS: Final[Mapping[str, Callable[[Held, str], bool]]] = {
    "subject": _about,
    "case": lambda one, asked: one.contact.case == asked.upper(),
    "find": lambda one, asked: all(word in one.words for word in asked.casefold().split()),
}


def _names(given: Any) -> tuple[str, ...]:  # noqa: ANN401 - what a face was given
    """Return channel ids, one or several with commas."""
    texts = given if isinstance(given, list | tuple) else str(given or "").split(",")
    return tuple(dict.fromkeys(str(one).strip().lower() for one in texts if str(one).strip()))


def _channels(books: Books, query: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the channels asked for, each of the book: of one misspelt "none" would be believed."""
    found = _names(query.get("channel"))
    for one in found:
        booking.channel(books, one)
    return found


def contact_json(index: ContactIndex, held: Held) -> Json:
    """Return one contact, with what corrected it and where it stands in the journal."""
    one = held.contact
    return {
        "number": one.number,
        "channel": one.channel,
        "purpose": one.purpose.value,
        "initiated_by": one.initiated_by,
        "from": held.times[0],
        "until": held.times[1],
        "ours": list(one.ours),
        "theirs": list(one.theirs),
        "interpreter": one.interpreter,
        "subjects": list(one.subjects),
        "facilities": list(one.facilities),
        "concerns": list(one.concerns),
        "case": one.case,
        "notes": one.notes,
        "agreed_text": one.agreed_text,
        "outcome": one.outcome.value,
        "level": one.level,
        "proof": one.proof.value,
        "completeness": one.completeness.value,
        "certain": one.certain,
        "answers": one.answers,
        "sources": list(one.sources),
        "call": one.call,
        "message": None if one.message is None else one.message.hex(),
        "corrects": one.corrects,
        "because": one.because,
        "corrected_by": index.corrected.get(one.number, ""),
        "unknown": list(one.unknown),
        "officer": held.officer,
        "entered_at": when(held.at),
        "entry": held.entry,
        "leaf_hash": held.leaf_hash.hex(),
    }


def read_contact(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one contact by its number.

    Raises:
        LocalError: CONTACT-UNKNOWN.
    """
    del query
    with books.kept.lock:
        index = index_of(books)
        held = index.contacts.get(name.upper())
        if held is None:
            raise LocalError("CONTACT-UNKNOWN", asked=name)
        return contact_json(index, held)


# --- reading the count ------------------------------------------------------------------------------------------------


def question_of(books: Books, query: Mapping[str, Any]) -> Question:
    """Return the question of a query: channel, since, as_of, subject, initiated_by, unit, direction, size.

    Raises:
        LocalError: TIME-..., OPTION-VALUE.
    """
    size = query.get("size")
    if size is not None and not str(size).isdecimal():
        raise LocalError("OPTION-VALUE", option="size", expected="a whole number", got=size)
    return Question(
        channels=_names(query.get("channel")),
        as_of=counting.start_of_day(day_of(str(query["as_of"])) if query.get("as_of") else books.now),
        since=counting.start_of_day(day_of(str(query["since"]))) if query.get("since") else None,
        subject=str(query.get("subject") or ""),
        initiated_by=str(query.get("initiated_by") or "").upper(),
        rule=CountingRule(
            unit=_option(Unit, query.get("unit"), CONTACT_RULE.unit, "unit"),
            direction=_option(Direction, query.get("direction"), CONTACT_RULE.direction, "direction"),
            excluded_forms=CONTACT_RULE.excluded_forms,
            exclude_exercise=True,
            exclude_failed=True,
        ),
        size=None if size is None else int(str(size)),
    )


def _option(kind: Any, given: Any, usual: Any, name: str) -> Any:  # noqa: ANN401 - a member of the enumeration given
    if not given:
        return usual
    found = next((one for one in kind if one.value == str(given).lower()), None)
    if found is None:
        raise LocalError("OPTION-VALUE", option=name, expected=", ".join(kind), got=given)
    return found


def read_count(books: Books, query: Mapping[str, Any]) -> Json:
    """Return how often channels were used, by the rule, with the list behind the number and what is not known.

    Raises:
        LocalError: CHANNEL-UNKNOWN, TIME-..., OPTION-VALUE.
    """
    return _kept(books, "count", query, lambda question: count_json(contact_counts.counted(books, question)))


def _kept(books: Books, what: str, query: Mapping[str, Any], make: Callable[[Question], Json]) -> Json:
    """Return an answer as it was made for this state of the journal, made now when it was not asked before."""
    question = question_of(books, query)
    with books.kept.lock:
        index = index_of(books)
        found = index.answers.get((what, question))
        if found is None:
            found = make(question)
            index.keep_answer((what, question), found)
    answer: Json = found
    return answer


def count_json(found: Counted) -> Json:
    """Return a count as plain values."""
    question, count = found.question, found.count
    reasons = Counter(reason for _, reason in count.excluded)
    named = question.channels[0] if len(question.channels) == 1 else list(question.channels) or None
    return {
        "channel": named,
        "since": None if question.since is None else day_text(question.since),
        "as_of": day_text(question.as_of),
        "subject": question.subject or None,
        "initiated_by": question.initiated_by or None,
        "certain": count.certain,
        "possible": count.possible,
        "count": count.certain,
        "rule": {**count_certificates.rule_document(question.rule), "question": count.rule_text},
        "contacts": [_use_json(found, use, doubt) for use, doubt in zip(count.listed, count.doubts, strict=True)],
        "completeness": completeness_json(found),
        "excluded": [{"reason": reason, "number": number} for reason, number in sorted(reasons.items())],
    }


def _use_json(found: Counted, use: Use, doubt: str) -> Json:
    """Return one use: when, who began, how it is known; who spoke and of what stands in the contact."""
    held = found.held.get(use.reference)
    entry, leaf = found.entries[use.reference]
    start, end = (when(use.opened_from), when(use.opened_until)) if held is None else held.times
    return {
        "number": use.reference if use.message_number is None else f"message {use.message_number}",
        "channel": use.channel,
        "from": start,
        "until": end,
        "initiated_by": use.initiated_by,
        "proof": use.proof.value,
        "completeness": (Completeness.OWN_RECORD if held is None else held.contact.completeness).value,
        "counts": "POSSIBLY" if doubt else "CERTAINLY",
        "because": doubt,
        "reference": use.reference,
        "entry": entry,
        "leaf_hash": leaf.hex(),
    }


def completeness_json(found: Counted) -> Json:
    """Return what the records behind a number are drawn from, and what they do not hold."""
    count = found.count
    answer = "KNOWN"
    if count.possible:
        answer = "AT-LEAST" if count.certain else "UNKNOWN"
    elif not count.certain:
        answer = "NOTHING-RECORDED"
    records = [one.value for one in found.completeness]
    return {
        "answer": answer,
        "records": records,
        "unknown": list(found.unknown),
        "line_checks_not_counted": found.line_checks,
        "text": _says(found, answer, records),
    }


_ANSWERS: Final[Mapping[str, str]] = {
    "KNOWN": "Every use in the records is certain.",
    "AT-LEAST": "At least the certain number; more is possible, and not known.",
    "UNKNOWN": "Unknown: the records hold none for certain and cannot rule it out.",
    "NOTHING-RECORDED": "No use is recorded here.",
}


def _says(found: Counted, answer: str, records: list[str]) -> str:
    parts = [_ANSWERS[answer]]
    if Completeness.PRESS.value in records:
        parts.append("From the press: what was said, and what was not reported, is not in the record.")
    if found.stranger:
        parts.append(found.stranger)
    if found.unknown:
        parts.append(f"Not in the record: {'; '.join(found.unknown)}.")
    if found.line_checks:
        one = found.line_checks == 1
        parts.append(f"{found.line_checks} line check{' is' if one else 's are'} not counted.")
    return " ".join(parts)


def read_certificate(books: Books, query: Mapping[str, Any]) -> Json:
    """Return the certificate of a count.

    Raises:
        LocalError: CHANNEL-UNKNOWN, TIME-..., OPTION-VALUE; VerificationError: COUNT-CERTIFICATE.
    """
    return _kept(
        books,
        "certificate",
        query,
        lambda question: count_certificates.document(contact_counts.certificate(books, question)),
    )


# --- reading decisions ------------------------------------------------------------------------------------------------


def read_decisions(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return decisions, the last entered first.

    Args:
        books: of a reading unit.
        query: channel, case, not_used ("true"), find; limit, offset.
    """
    limit, offset = _page(query)
    channels = _channels(books, query)
    words = str(query.get("find") or "").casefold().split()
    with books.kept.lock:
        found = [
            one
            for one in reversed(index_of(books).decisions)
            if (not channels or one.decision.channel in channels)
            and (not query.get("case") or one.decision.case == str(query["case"]).upper())
            and (str(query.get("not_used") or "") != "true" or one.decision.not_used)
            and all(word in _decision_words(one.decision) for word in words)
        ]
    return [decision_json(one) for one in found[offset : offset + limit]]


def _decision_words(one: Decision) -> str:
    parts = (one.number, one.what, *one.options, one.reason, one.information, one.decided_by, one.subject, one.concern)
    return "\n".join(parts).casefold()


def decision_json(held: HeldDecision) -> Json:
    """Return one decision."""
    one = held.decision
    return {
        "number": one.number,
        "what": one.what,
        "options": list(one.options),
        "chosen": one.chosen,
        "reason": one.reason,
        "information": one.information,
        "evidence": list(one.evidence),
        "channel": one.channel,
        "subject": one.subject,
        "concern": one.concern,
        "case": one.case,
        "not_used": one.not_used,
        "from": when(one.began_at),
        "until": when(one.ended_at),
        "decided_by": one.decided_by or held.officer,
        "proof": one.proof.value,
        "sources": list(one.sources),
        "officer": held.officer,
        "entered_at": when(held.at),
        "entry": held.entry,
        "leaf_hash": held.leaf_hash.hex(),
    }


def read_decision(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one decision by its number, or by the start of its record id when it has none.

    Raises:
        LocalError: DECISION-UNKNOWN.
    """
    del query
    with books.kept.lock:
        found = [
            one
            for one in index_of(books).decisions
            if one.decision.number == name.upper() or one.record_id.hex().startswith(name.lower())
        ]
    if len(found) != 1:
        raise LocalError("DECISION-UNKNOWN", asked=name, matches=len(found))
    return decision_json(found[0])


# --- preparing --------------------------------------------------------------------------------------------------------


def _contact(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return contacting.prepare_contact(books, officer, contact_of(books, given))


def contact_of(books: Books, given: Mapping[str, Any]) -> Contact:
    """Return a contact from plain values; it gets the next number.

    Raises:
        LocalError: CONTACT-VALUE, CONTACT-PROOF, TIME-...
    """
    unknown = sorted(set(given) - _GIVEN)
    if unknown:
        raise contacts.wrong("fields", ", ".join(sorted(_GIVEN)), unknown[0])
    from_at = instant_of(str(given["from"]))
    message = given.get("message")
    return Contact(
        number=contacting.next_contact(books),
        channel=str(given["channel"]).lower(),
        outcome=contacts.member(Outcome, str(given["outcome"]).upper(), "outcome"),
        from_at=from_at,
        until_at=instant_of(str(given["until"])) if given.get("until") else from_at,
        purpose=contacts.member(Purpose, str(given.get("purpose") or "SUBSTANTIVE").upper(), "purpose"),
        initiated_by=str(given.get("initiated_by") or "").upper(),
        level=_level(given.get("level")),
        proof=contacts.member(ProofClass, str(given.get("proof") or "ATTESTED").upper(), "proof"),
        completeness=contacts.member(
            Completeness, str(given.get("completeness") or "OWN-RECORD").upper(), "completeness"
        ),
        certain=given.get("certain") is not False,
        message=None if message is None else bytes.fromhex(str(message)),
        **_more(given),
    )


def _more(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: str(given.get(name) or "").upper() for name in ("case", "answers", "call", "corrects")},
        **{name: str(given.get(name) or "") for name in ("interpreter", "notes", "agreed_text", "because")},
        **{name: _texts(given.get(name), name) for name in _LISTS},
    }


_LISTS: Final = ("ours", "theirs", "subjects", "facilities", "concerns", "sources", "unknown")
_GIVEN: Final = frozenset(contacts.FIELD_NAMES.values()) - {"number"}


def _level(given: Any) -> int | None:  # noqa: ANN401 - what a face was given
    if given is None:
        return None
    if type(given) is not int:
        raise contacts.wrong("level", "a whole number, 0 to 4", given)
    return given


def _texts(given: Any, field: str) -> tuple[str, ...]:  # noqa: ANN401 - what a face was given
    if given is None:
        return ()
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise contacts.wrong(field, "a list of texts", type(given).__name__)
    return tuple(given)


def _decision(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return contacting.prepare_decision(books, officer, decision_of(books, given))


def decision_of(books: Books, given: Mapping[str, Any]) -> Decision:
    """Return a decision from plain values; it gets the next number.

    Raises:
        LocalError: DECISION-VALUE, TIME-...
    """
    from_at: Instant | None = instant_of(str(given["taken_from"])) if given.get("taken_from") else None
    return Decision(
        what=str(given["what"]),
        options=_texts(given["options"], "options"),
        chosen=str(given["chosen"]),
        reason=str(given["reason"]),
        information=str(given["information"]),
        at=books.now,
        number=contacting.next_decision(books),
        channel=str(given.get("channel") or "").lower(),
        concern=str(given.get("concern") or "").upper(),
        case=str(given.get("case") or "").upper(),
        not_used=given.get("not_used") is True,
        taken_from=from_at,
        taken_until=instant_of(str(given["taken_until"])) if given.get("taken_until") else from_at,
        decided_by=str(given.get("decided_by") or ""),
        proof=decisions.proof_of(str(given.get("proof") or "ATTESTED").upper()),
        sources=_texts(given.get("sources"), "sources"),
        evidence=_texts(given.get("evidence"), "evidence"),
        subject=str(given.get("subject") or ""),
    )


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "contact": _contact,
    "decision": _decision,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "contacts": read_contacts,
    "contact-count": read_count,
    "contact-certificate": read_certificate,
    "decisions": read_decisions,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "contacts": read_contact,
    "decisions": read_decision,
}
"""Word of `Client.read` -> one thing by its name, with the query."""


def _ledger_sheet(books: Books, name: str, query: Mapping[str, Any]) -> Sheet:
    asked = {**query, "channel": name or query.get("channel") or "", "limit": contact_sheets.ROWS_MAX}
    return contact_sheets.ledger(books, name, read_contacts(books, asked))


def _count_sheet(books: Books, name: str, query: Mapping[str, Any]) -> Sheet:
    asked = {**query, "channel": name or query.get("channel") or ""}
    return contact_sheets.count(books, read_count(books, asked), read_certificate(books, asked))


SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {
    "contact-ledger": _ledger_sheet,
    "count": _count_sheet,
}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
