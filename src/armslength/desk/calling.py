"""Calls at the desk: taken by whoever is on duty, verified by calling back, written up, agreed.

What an unverified caller asks for rings at our own posts and goes no further. A call to stop fire rings the operations
post at once, whoever makes it, with the word UNVERIFIED beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.channels import call_value
from armslength.channels.book import Side
from armslength.channels.call_types import Call, Direction, Effect, Event, EventKind, Identity, wrong
from armslength.channels.calls import PERSON_STEPS
from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, duration_text
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import alarms, booking, call_changes, call_index, numbering, policy, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.desk.service_read import when

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.call_changes import Change

PREFIX: Final = "CL"

CLOCK_SLACK_US: Final = 60 * SECOND_US
"""As a step's: the clock on the wall may be ahead by so much."""


# --- looking ----------------------------------------------------------------------------------------------------------


def call(books: Books, number: str) -> Call:
    """Return a call as its steps left it.

    Raises:
        LocalError: CALL-UNKNOWN.
    """
    return _held(books, number).call


def newest_calls(books: Books, limit: int, channel: str | None = None, *, live: bool = False) -> list[Call]:
    """Return the newest calls, the newest first; of one channel, or only those that are not over."""
    return [call(books, number) for number in call_index.newest(books, limit, channel, live=live)]


def _held(books: Books, number: str) -> Change:
    found = call_changes.held(books.unit, number.upper())
    if found is None:
        raise LocalError("CALL-UNKNOWN", asked=number)
    return found


def book_numbers(books: Books, channel_id: str) -> tuple[str, ...]:
    """Return the other side's numbers of a channel, as the book has them.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    channel = booking.channel(books, channel_id)
    return tuple(number.value for end, number in channel.numbers if end.side is not Side.OURS)


def is_book_number(books: Books, channel_id: str, telephone: str) -> bool:
    """Tell whether a number is one of the other side's in the book; blanks and signs between digits do not matter.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    known = {_dialled(one) for one in book_numbers(books, channel_id)}
    return bool(_dialled(telephone)) and _dialled(telephone) in known


def _dialled(telephone: str) -> str:
    return "".join(char for char in telephone.casefold() if char.isalnum() or char == "+")


# --- preparing --------------------------------------------------------------------------------------------------------


def next_number(books: Books) -> str:
    """Return the number of the next call."""
    return numbering.next_number(books, views.CALLS, PREFIX)


def prepare_call(books: Books, officer: str, begins: Call) -> Prepared:
    """Return the body of a call that was taken or placed.

    Raises:
        LocalError: CHANNEL-UNKNOWN, CALL-UNKNOWN, CALL-VALUE, CALL-STEP.
    """
    known = is_book_number(books, begins.channel, begins.telephone)
    body = {**books.common(officer), **call_value.call_fields(begins, on_book_number=known)}
    _check_call(books, body)
    return Prepared(type="call", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_step(books: Books, officer: str, number: str, event: Event) -> Prepared:
    """Return the body of a step of a call.

    Raises:
        LocalError: CALL-... codes: what the machine refuses is refused before anybody signs it.
    """
    fields = call_value.event_fields(_held(books, number).call.number, event)
    body = {**books.common(officer), **fields}
    _check_step(books, body)
    return Prepared(type="call-step", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


# --- submitting -------------------------------------------------------------------------------------------------------


def submit(books: Books, signed: Signed) -> int:
    """Enter a call or a step of one; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, NUMBER-TAKEN, CALL-... codes.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    act, roles = policy.LOCAL_ACTS[prepared.type]
    policy.require(acts[0], act, roles, str(prepared.body.get(5)))
    if prepared.type == "call":
        change = _check_call(books, prepared.body)
        numbering.require_next(books, views.CALLS, PREFIX, change.call.number)
    else:
        change = _check_step(books, prepared.body)
        _check_draft(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    ring(books, change)
    return index


def _check_call(books: Books, body: Mapping[int, CborValue]) -> Change:
    change = call_changes.begun(body, 0)
    begins = change.call
    if not begins.number.startswith(f"{PREFIX}-"):
        raise wrong("number", next_number(books), begins.number)
    if call_value.on_book_number(body) is not is_book_number(books, begins.channel, begins.telephone):
        raise wrong("number of the book", "what the channel book says", begins.telephone or "no number")
    if begins.began_at > books.now + CLOCK_SLACK_US:
        raise wrong("at", "a time that has come", when(begins.began_at))
    if begins.calls_back:
        _check_call_back(books, begins, change)
    return change


def _check_call_back(books: Books, begins: Call, change: Change) -> None:
    """Refuse a call-back that is none: one that comes in, on the number that the caller gave, or by another channel."""
    if begins.direction is not Direction.OUT or change.call.identity is not Identity.VERIFIED:
        known = ", ".join(book_numbers(books, begins.channel)) or "none is held: enter one, or pass a challenge"
        raise wrong("call-back", f"our call on a number of the book; {known}", begins.telephone or "no number")
    call_changes.called_back(books.unit, begins, books.now)


def _check_step(books: Books, body: Mapping[int, CborValue]) -> Change:
    change = call_changes.by_step(books.unit, body, books.now)
    event = call_value.event_from_fields(body)
    if event.kind not in PERSON_STEPS:
        raise LocalError("CALL-STEP", call=change.call.number, got=event.kind.value, expected=", ".join(PERSON_STEPS))
    if event.kind in {EventKind.VERIFIED, EventKind.DISOWNED} and event.reference:
        _check_reached(books, change.call, event)
    return change


def _check_draft(books: Books, body: Mapping[int, CborValue]) -> None:
    """Refuse a draft that is none; not before it is submitted, since draft and step are signed together."""
    draft = call_value.event_from_fields(body).draft
    if draft and views.row(books.unit, views.DRAFTS, draft) is None:
        raise LocalError("DRAFT-UNKNOWN", asked=draft.hex())


def _check_reached(books: Books, about: Call, event: Event) -> None:
    """Refuse a proof by a call-back that was not made for this call, or that reached nobody."""
    back = call(books, event.reference)
    if back.calls_back != about.number or back.outcome not in {"", "REACHED"}:
        raise LocalError(
            "CALL-STEP", call=about.number, expected="a call-back for it that reached them", got=back.number
        )


# --- ringing ----------------------------------------------------------------------------------------------------------

_ALARM_OF: Final[Mapping[Effect, str]] = {
    Effect.UNVERIFIED: "CALL-UNVERIFIED",
    Effect.CALL_BACK_OWED: "CALL-UNVERIFIED",
    Effect.RING_OPERATIONS: "CALL-BREAK-IN",
    Effect.READ_BACK_DOUBT: "READ-BACK-DOUBT",
}
_ORDER: Final = {effect: place for place, effect in enumerate(Effect)}


def ring(books: Books, change: Change) -> None:
    """Raise the alarms that a step obliges to, at our own posts."""
    for effect in change.effects:
        step = len(change.row[3]) * len(_ORDER) + _ORDER[effect]
        alarms.raise_alarm(
            books, _ALARM_OF[effect], NO_LINE, change.call.number.encode(), step, detail=_say(change.call, effect)
        )


def _say(about: Call, effect: Effect) -> str:
    who = ", ".join(about.theirs) or "nobody named"
    parts = [f"{about.number} on {about.channel}: {who}, {about.identity.value}"]
    if effect is Effect.RING_OPERATIONS:
        parts += [f"asks: {said.text}" for said in (about.last(EventKind.BREAK_IN),) if said is not None]
    if effect is Effect.CALL_BACK_OWED:
        parts.append("nobody called back on the number of the book")
    return "; ".join(parts)


def tick(books: Books, key: bytes) -> None:
    """Record that a call-back was not made in its time, and ring for it."""
    change, event = call_changes.tick(_held(books, key.decode()), books.now)
    books.note("call-step", "call-step", call_value.event_fields(change.call.number, event))
    ring(books, change)


# --- what becomes of it -----------------------------------------------------------------------------------------------


def counterfactual(about: Call) -> str:
    """Return what waiting for a certain person would have cost, or did cost; empty when nobody was waited for.

    In 2016 a caller held the line for 27 minutes until the officer came whom he knew, and the strikes went on.
    """
    if not about.waits:
        return ""
    wait = about.waits[0]
    if wait.until_at is None:
        return f"{wait.who} was asked for and has not come."
    waited = duration_text(wait.until_at - about.began_at)
    if about.rung_at is None:
        return f"{wait.who} came {waited} after the call began. Nobody else took it up before."
    rung = duration_text(about.rung_at - about.began_at)
    spared = duration_text(max(0, wait.until_at - about.rung_at))
    return (
        f"{wait.who} came {waited} after the call began. {about.rung} was rung after {rung}: {spared} were not waited."
    )


def contact_given(books: Books, about: Call) -> dict[str, object]:
    """Return what the contact of a call is prepared from, so that the count knows of it.

    A caller who was never verified is no certain use, and one whom the other side disowns was the wrong person.
    """
    verified = about.identity is Identity.VERIFIED
    theirs = booking.channel(books, about.channel).end(Side.THEIRS).party
    initiated = books.party if about.direction is Direction.OUT else theirs if verified else ""
    agreed = about.last(EventKind.AGREED)
    disowned = about.identity is Identity.DISOWNED
    return {
        "channel": about.channel,
        "purpose": "SERVICE" if about.calls_back else "SUBSTANTIVE",
        "initiated_by": initiated,
        "from": about.began_at,
        "until": about.began_at,
        "ours": list(about.ours),
        "theirs": [name if verified else f"{name} ({about.identity.value})" for name in about.theirs],
        "interpreter": about.interpreter,
        "subjects": [about.about] if about.about else [],
        "case": about.case,
        "agreed_text": "" if agreed is None else agreed.text,
        "outcome": "WRONG-PERSON" if disowned else about.outcome or "UNKNOWN",
        "proof": "ATTESTED",
        "certain": verified,
        "call": about.number,
    }


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {"call": submit, "call-step": submit}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ((views.CALLS, tick),)
"""View and what is done with a row of it that falls due."""
