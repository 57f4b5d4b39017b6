"""Cases as the faces read them: accounts side by side, what cannot both hold, and everything joined, by time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import cases
from armslength.channels.cases import account_reference
from armslength.channels.cases_accounts import QUESTIONS, answer_text
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.desk import case_changes, case_parts, casework, entry_words, views
from armslength.desk.service_read import exchange_of, when

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.cases import Case
    from armslength.channels.cases_accounts import Account
    from armslength.desk.books import Books
    from armslength.desk.case_changes import Link

Json = dict[str, Any]

LIST_MAX: Final = 200
"""Cases in one answer."""

TIMELINE_MAX: Final = 1_000
"""Steps of a timeline in one answer, the newest; a person reads it from the end."""


def read_cases(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return cases, the newest first; closed ones when all are asked for."""
    every, limit = str(query.get("every") or "").lower() == "true", page_of(query, LIST_MAX)
    found: list[Json] = []
    for _, value in books.unit.scan(views.CASES, reverse=True):
        state = cases.case_from_value(value)
        if every or state.status is cases.Status.OPEN:
            found.append(_summary(books, state))
            if len(found) >= limit:
                break
    return found


def page_of(query: Mapping[str, Any], most: int, usual: int = 50) -> int:
    """Return how many rows are asked for, at most ``most``.

    Raises:
        LocalError: OPTION-VALUE.
    """
    asked = str(query.get("limit") or usual)
    if not asked.isdecimal() or not asked.isascii():
        raise LocalError("OPTION-VALUE", option="limit", expected="a number", got=asked)
    return max(1, min(int(asked), most))


def _summary(books: Books, state: Case) -> Json:
    standing = [one for one in case_changes.links(books.unit, state.number) if one.left_at is None]
    pairs = {one.pair for one in casework.found_in(books, state)} | {one.pair for one in state.contradictions}
    assessed = {one.pair for one in state.contradictions if one.assessment}
    return {
        "case": state.number,
        "title": state.title,
        "subject": state.subject,
        "facility": state.facility,
        "status": state.status.value,
        "opened_at": when(state.opened_at),
        "changed_at": when(max([state.changed_at, *(one.at for one in standing)])),
        "joined": len(standing),
        "accounts": len(state.accounts),
        "contradictions": len(pairs),
        "unassessed": len(pairs - assessed),
    }


def read_case(books: Books, number: str, _query: Mapping[str, Any] | None = None) -> Json:
    """Return one case: accounts by question, side by side, contradictions, what it joins and what left it.

    Raises:
        LocalError: CASE-UNKNOWN.
    """
    state = casework.case(books, number)
    found = case_changes.links(books.unit, state.number)
    return {
        **_summary(books, state),
        "questions": _questions(state),
        "disputes": contradictions_json(books, state),
        "joins": [part(books, one) for one in found if one.left_at is None],
        "left": [
            {"kind": one.kind, "reference": one.reference, "at": when(one.left_at), "because": one.left_because}
            for one in found
            if one.left_at is not None
        ],
        "history": [
            {"step": one.kind.value, "at": when(one.at), "officer": one.officer, "reason": one.reason}
            for one in state.history
        ],
    }


def _questions(state: Case) -> list[Json]:
    groups: dict[tuple[str, str], list[Account]] = {}
    for one in state.accounts:
        groups.setdefault(one.subject, []).append(one)
    return [
        {
            "question": group[0].question,
            "asks": QUESTIONS[group[0].question][1],
            "about": group[0].about,
            "accounts": [account_json(one) for one in group],
        }
        for group in groups.values()
    ]


def account_json(one: Account) -> Json:
    """Return one account."""
    return {
        "account": one.number,
        "source": one.source,
        "answer": answer_text(one.answer),
        "says": one.says,
        "reference": one.reference,
        "said_at": when(one.said_at),
        "officer": one.officer,
        "entered_at": when(one.entered_at),
    }


def contradictions_json(books: Books, state: Case) -> list[Json]:
    """Return what cannot both hold: stated by a person, or found and not yet looked at; both sides stay."""
    stated = {one.pair: one for one in state.contradictions}
    found = [
        {
            "first": one.first,
            "second": one.second,
            "what": one.what,
            "state": "ASSESSED" if one.assessment else "STATED",
            "officer": one.officer,
            "at": when(one.at),
            "assessment": one.assessment,
            "assessed_by": one.assessed_by,
        }
        for one in state.contradictions
    ]
    found += [
        {
            "first": one.first,
            "second": one.second,
            "what": one.sentence,
            "state": "FOUND",
            "officer": "",
            "at": None,
            "assessment": "",
            "assessed_by": "",
        }
        for one in casework.found_in(books, state)
        if one.pair not in stated
    ]
    return found


# --- timeline ---------------------------------------------------------------------------------------------------------


def read_timeline(books: Books, number: str, query: Mapping[str, Any] | None = None) -> list[Json]:
    """Return everything that a case joins, its accounts and its steps, by time, with channel, proof class and level.

    Raises:
        LocalError: CASE-UNKNOWN.
    """
    state = casework.case(books, number)
    found = [
        part(books, one)
        for one in case_changes.links(books.unit, state.number)
        if one.left_at is None and one.kind != "facility"
    ]
    found += [_told(one) for one in state.accounts]
    found += [
        _row("case", state.number, taken.at, f"{taken.kind.value}: {taken.reason}", officer=taken.officer)
        for taken in state.history
        if taken.kind.value in _STEPS_TOLD
    ]
    return sorted(found, key=lambda one: str(one["at"]))[-page_of(query or {}, TIMELINE_MAX, TIMELINE_MAX) :]


_STEPS_TOLD: Final = frozenset({"open", "contradiction", "assess", "close", "reopen"})


def _told(one: Account) -> Json:
    about = f" ({one.about})" if one.about else ""
    answer = f"{answer_text(one.answer)}: " if one.answer is not None else ""
    title = f"{one.source}: {QUESTIONS[one.question][1]}{about} {answer}{one.says}"
    return _row(
        "account",
        account_reference(one),
        one.said_at or one.entered_at or 0,
        title,
        officer=one.officer,
        proof="REPORTED",
    )


def _row(kind: str, reference: str, at: int, title: str, **more: Any) -> Json:  # noqa: ANN401 - values of JSON
    usual = {
        "until": None,
        "channel": "",
        "level_of_channel": "",
        "proof": "",
        "level": None,
        "officer": "",
        "entry": None,
    }
    return {"at": when(at), "kind": kind, "reference": reference, "title": title, **usual, **more}


def part(books: Books, link: Link) -> Json:
    """Return one thing that a case joins, as one line."""
    teller = _TELLERS.get(link.kind)
    found = teller(books, link) if teller is not None else None
    return found if found is not None else _by_entry(books, link)


def _by_entry(books: Books, link: Link) -> Json:
    """Say what the entry that joined it says: for kinds of other parts of the desk."""
    body = case_parts.body_of(books, link.entry)
    title = link.reference if body is None else body[1].get(22 if body[0] == "case-step" else 20)
    text = title if isinstance(title, str) else link.reference
    return _row(link.kind, link.reference, link.at, text, entry=link.entry)


def _contact(books: Books, link: Link) -> Json | None:
    one = case_parts.contact_of(books, link.reference)
    if one is None:
        return None
    corrected = " CORRECTED BY A LATER RECORD." if case_parts.is_corrected(books, link.reference) else ""
    began = f"begun by {one.initiated_by}" if one.initiated_by else "not known who began it"
    subjects = ", ".join(one.subjects)
    text = "; ".join(part for part in (f"{one.outcome.value}, {began}", subjects, one.notes) if part)
    return _row(
        "contact",
        one.number,
        one.from_at,
        text + corrected,
        until=when(one.until_at) if one.until_at != one.from_at else None,
        channel=one.channel,
        level_of_channel=_rung(books, one.channel),
        proof=one.proof.value,
        level=None if one.level is None else f"R{one.level}",
        entry=case_parts.entry_of(books, views.CONTACTS, one.number),
    )


def _rung(books: Books, channel: str) -> str:
    row = views.row(books.unit, views.CHANNELS, channel.encode())
    if row is None:
        return ""
    from armslength.channels.book_value import channel_from_value  # noqa: PLC0415 - only where a book is kept

    return channel_from_value(row[3]).level.value


def _decision(books: Books, link: Link) -> Json | None:
    one = case_parts.decision_of(books, link.reference)
    if one is None:
        return None
    word = "CHANNEL NOT USED" if one.not_used else "decided"
    return _row(
        "decision",
        link.reference,
        one.began_at,
        f"{word}: {one.what}: {one.chosen}, because {one.reason}",
        until=when(one.ended_at) if one.ended_at != one.began_at else None,
        channel=one.channel,
        level_of_channel=_rung(books, one.channel) if one.channel else "",
        proof=one.proof.value,
        officer=one.decided_by,
        entry=case_parts.entry_of(books, views.DECISIONS, link.reference),
    )


def _message(books: Books, link: Link) -> Json | None:
    envelope_hash = bytes.fromhex(link.reference)
    row, state = views.row(books.unit, views.MESSAGES, envelope_hash), exchange_of(books.unit, envelope_hash)
    if row is None:
        return None
    body = case_parts.body_of(books, int(row[4]))
    peer = books.line(row[1]).peer
    title = f"{row[6]}, content destroyed" if body is None else entry_words.message_title(body[1])
    reached = max((one.level for one in state.reached), default=None) if state is not None else None
    return _row(
        "message",
        link.reference,
        row[9],
        title,
        channel=f"our line with {peer}",
        level_of_channel="desk",
        proof="SIGNED",
        level=None if reached is None else reached.short,
        officer=str(row.get(17) or ""),
        entry=int(row[4]),
    )


def _concern(books: Books, link: Link) -> Json | None:
    from armslength.register.concerns import concern_from_value  # noqa: PLC0415 - only for a case that joins one

    value = books.unit.get(views.CONCERNS, link.reference.encode())
    if value is None:
        return None
    one = concern_from_value(value)
    text = f"{one.status.value} at {one.facility_id}: {one.history[0].reason if one.history else ''}"
    return _row("concern", link.reference, one.flagged_at, text, entry=link.entry)


def _log(books: Books, link: Link) -> Json | None:
    body = case_parts.body_of(books, int(link.reference))
    if body is None or body[0] != "log":
        return None
    text, at = str(body[1][20]), Instant(cast("int", body[1][23]))
    return _row("log", link.reference, at, text, officer=str(body[1].get(5) or ""), entry=int(link.reference))


_TELLERS: Final[Mapping[str, Callable[[Books, Link], Json | None]]] = {
    "contact": _contact,
    "decision": _decision,
    "message": _message,
    "concern": _concern,
    "log": _log,
}
