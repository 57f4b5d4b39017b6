"""What the faces read and prepare of calls and their sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels.call_types import Call, Direction, Event, EventKind, wrong
from armslength.channels.calls import PERSON_STEPS, agrees
from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.core.places import parse_place, read_back
from armslength.desk import booking, call_sheet, calling, views
from armslength.desk.form_json import instant_of, place_json
from armslength.desk.service_read import exchange_of, when
from armslength.line.receipts import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.call_types import Taken
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.call_sheet import Words
    from armslength.desk.prepared import Prepared
    from armslength.desk.printing import Sheet

Json = dict[str, Any]

LISTED: Final = 50
"""Calls listed when nobody says how many."""

LISTED_MAX: Final = 200
"""Each is folded from its steps; a longer list is asked for by parts."""


# --- reading ----------------------------------------------------------------------------------------------------------


def read_calls(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return the newest calls, the newest first.

    Args:
        books: where they stand.
        query: ``channel``, ``live`` (true: those that are not over), ``limit``.
    """
    limit = min(int(str(query.get("limit") or LISTED)), LISTED_MAX)
    channel, live = query.get("channel"), str(query.get("live") or "") == "true"
    # Of a channel misspelt "no calls" would be believed.
    asked = None if channel is None else booking.channel(books, str(channel)).channel_id
    return [call_summary(one) for one in calling.newest_calls(books, limit, asked, live=live)]


def read_call(books: Books, number: str, query: Mapping[str, Any]) -> Json:
    """Return one call: whose voice it was, its timeline, what is owed, and the contact that it makes.

    Raises:
        LocalError: CALL-UNKNOWN.
    """
    del query
    call = calling.call(books, number)
    contact = calling.contact_given(books, call)
    return {
        **call_summary(call),
        "telephone": call.telephone,
        "interpreter": call.interpreter,
        "recording": call.recording,
        "verified_by": None if call.verified_by is None else call.verified_by.value,
        "verified_at": when(call.verified_at),
        "call_backs": [{"call": one.call, "at": when(one.at)} for one in call.call_backs],
        "call_back_due_at": when(call.call_back_due_at),
        "call_back_missed": call.call_back_missed,
        "waits": [{"who": one.who, "from": when(one.from_at), "until": when(one.until_at)} for one in call.waits],
        "broke_in_at": when(call.broke_in_at),
        "rung_at": when(call.rung_at),
        "rung": call.rung,
        "counterfactual": calling.counterfactual(call),
        "agreed": _agreed_json(books, call),
        "line_peer": booking.channel(books, call.channel).line_peer or None,
        "timeline": [_taken_json(call, one) for one in call.steps],
        "contact": {**contact, "from": rfc3339(call.began_at), "until": rfc3339(call.began_at)},
    }


def call_summary(call: Call) -> Json:
    """Return one call in a line."""
    return {
        "call": call.number,
        "channel": call.channel,
        "direction": call.direction.value,
        "began_at": when(call.began_at),
        "ended_at": when(call.ended_at),
        "duration_s": None if call.ended_at is None else (call.ended_at - call.began_at) // 1_000_000,
        "status": call.status.value,
        "outcome": call.outcome or None,
        "identity": call.identity.value,
        "officer": call.officer,
        "ours": list(call.ours),
        "theirs": list(call.theirs),
        "calls_back": call.calls_back or None,
        "case": call.case or None,
        "about": call.about,
    }


def _taken_json(call: Call, taken: Taken) -> Json:
    event = taken.event
    found: Json = {
        "at": when(event.at),
        "after_s": (event.at - call.began_at) // 1_000_000,
        "step": event.kind.value,
        "officer": event.officer or None,
        "entered_at": when(taken.at),
    }
    for name in ("text", "side", "item", "by", "reference", "language"):
        if getattr(event, name):
            found[name] = getattr(event, name)
    if event.names:
        found["names"] = list(event.names)
    if event.important:
        found["important"] = True
    if event.kind is EventKind.READ_BACK:
        found |= _read_back_json(event)
    return found


def _read_back_json(event: Event) -> Json:
    if event.sent is None or event.heard is None:
        return {"sent": event.figures[0], "heard": event.figures[1], "agrees": agrees(event)}
    compared = read_back(event.sent, event.heard)
    sent, heard = (place_json(one.to_cbor())["degrees"] for one in (event.sent, event.heard))
    return {"sent": sent, "heard": heard, "distance_m": compared.distance_m, "agrees": compared.within}


def _agreed_json(books: Books, call: Call) -> Json | None:
    """Return the agreed text: SIGNED once the peer confirmed its record by an R4, ATTESTED by our officer till then."""
    event = call.last(EventKind.AGREED)
    if event is None:
        return None
    draft = views.row(books.unit, views.DRAFTS, event.draft) if event.draft else None
    message = None if draft is None else draft[7]
    exchange = exchange_of(books.unit, message) if isinstance(message, bytes) else None
    answered = None if exchange is None else exchange.first(Level.ANSWERED)
    return {
        "text": event.text,
        "language": event.language,
        "at": when(event.at),
        "draft": event.draft.hex() or None,
        "message": message.hex() if isinstance(message, bytes) else None,
        "answer": None if answered is None else answered.verb,
        "proof": "SIGNED" if answered is not None and answered.verb == "confirm" else "ATTESTED",
    }


# --- preparing --------------------------------------------------------------------------------------------------------


def _call(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    direction = str(given["direction"]).upper()
    if direction not in set(Direction):
        raise wrong("direction", "IN or OUT", direction)
    channel = str(given["channel"]).lower()
    book = calling.book_numbers(books, channel) if direction == Direction.OUT else ()
    calls_back = str(given.get("calls_back") or "").upper()
    case = str(given.get("case") or "").upper()
    if calls_back and not case:
        # What is found out about a call belongs where the call belongs.
        case = calling.call(books, calls_back).case
    return calling.prepare_call(
        books,
        officer,
        Call(
            number=calling.next_number(books),
            channel=channel,
            direction=Direction(direction),
            began_at=_at(books, given),
            officer=officer,
            ours=_texts(given.get("ours")) or (officer,),
            theirs=_texts(given.get("theirs")),
            interpreter=str(given.get("interpreter") or ""),
            # Who dials and says nothing else dials the number of the book.
            telephone=str(given.get("telephone") or next(iter(book), "")),
            calls_back=calls_back,
            case=case,
            about=str(given.get("about") or ""),
            recording=str(given.get("recording") or "UNKNOWN").upper(),
        ),
    )


def _step(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    kind = str(given["step"]).lower()
    if kind not in PERSON_STEPS:
        raise LocalError("CALL-STEP", got=kind, expected=", ".join(sorted(PERSON_STEPS)))
    sent, heard = given.get("sent"), given.get("heard")
    places = [None if one is None else parse_place(str(one)) for one in (given.get("place"), given.get("heard_place"))]
    event = Event(
        kind=EventKind(kind),
        at=_at(books, given),
        officer=officer,
        text=str(given.get("text") or ""),
        side=str(given.get("side") or "").upper(),
        names=_texts(given.get("names")),
        item=str(given.get("item") or ""),
        by=str(given.get("by") or ""),
        reference=str(given.get("reference") or "").upper(),
        language=str(given.get("language") or ""),
        sent=places[0],
        heard=places[1],
        figures=(str(sent), str(heard)) if sent is not None and heard is not None else ("", ""),
        important=given.get("important") is True,
        draft=bytes.fromhex(str(given.get("draft") or "")),
    )
    return calling.prepare_step(books, officer, str(given["call"]), event)


def _at(books: Books, given: Mapping[str, Any]) -> Instant:
    text = given.get("at")
    return books.now if text is None else instant_of(str(text))


def _texts(given: Any) -> tuple[str, ...]:  # noqa: ANN401 - what a face was given
    if given is None:
        return ()
    if isinstance(given, str) or not isinstance(given, list | tuple):
        raise LocalError("PREPARED-MALFORMED", part="a list of texts")
    return tuple(str(one) for one in given)


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {"call": _call, "call-step": _step}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {"calls": read_calls}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {"calls": read_call}
"""Word of `Client.read` -> one thing by its name, with the query."""

SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""

SHEETS_WORDED: Final[dict[str, Callable[[Books, Words, str, Mapping[str, Any]], Sheet]]] = {
    "call": call_sheet.call_sheet
}
"""The same for sheets that are worded in the counterpart's language too."""
