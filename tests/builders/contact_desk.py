"""A desk of one party with a book of channels and no peer: contacts and decisions entered by its officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.desk import booking, contacting, service_book, service_contacts
from builders.two_nodes import RELEASER, START, WATCH, Party, Time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.instants import Instant
    from armslength.desk.books import Books

Json = dict[str, Any]

ACTS = {"channel": ("record", WATCH), "contact": ("record", WATCH), "decision": ("decide", RELEASER)}
MAKERS = {**service_book.MAKERS, **service_contacts.MAKERS}
SUBMITS = {**booking.SUBMITS, **contacting.SUBMITS}


def alone(code: str = "US", at: Instant = START) -> Party:
    """Return a founded party that never had a peer."""
    party = Party(code=code, time=Time(at=at))
    party.found()
    return party


def enter_in(books: Books, party: Party, kind: str, given: Json) -> int:
    """Prepare, sign and submit one record in an open unit; return its journal index."""
    act, post = ACTS[kind]
    prepared = MAKERS[kind](books, party.officer(post), given)
    return SUBMITS[kind](books, party.signed(prepared, act, post))


def enter(party: Party, kind: str, given: Json) -> int:
    """Enter one record; return its journal index."""
    with party.write() as books:
        return enter_in(books, party, kind, given)


def enter_all(party: Party, kind: str, many: Sequence[Json]) -> None:
    """Enter records in one writing unit."""
    with party.write() as books:
        for given in many:
            enter_in(books, party, kind, given)


def refused(party: Party, kind: str, given: Json) -> str:
    """Return the code of what refuses a record, empty when it is entered."""
    try:
        enter(party, kind, given)
    except LocalError as error:
        return error.code
    return ""


def channel(channel_id: str = "eucom-ndmc", **more: Any) -> Json:
    """Return what is given for a channel."""
    document = {
        "channel": channel_id,
        "name": f"Channel {channel_id} (constructed)",
        "medium": "TELEPHONE",
        "level": "STAFF",
        "ends": [
            {"side": "OURS", "party": "EUCOM", "post": "duty post"},
            {"side": "THEIRS", "party": "RU", "post": "duty post"},
        ],
        "purpose": "to prevent a miscalculation",
        "languages": ["ru"],
        **more,
    }
    return {"document": document, "reason": "entered for a test"}


def contact(start: str = "2022-11-18T10:00:00Z", **more: Any) -> Json:
    """Return what is given for a contact."""
    return {"channel": "eucom-ndmc", "from": start, "outcome": "REACHED", "initiated_by": "US", **more}


def count(party: Party, as_of: str = "2022-11-28", **query: Any) -> Json:
    """Return a count as the API gives it."""
    with party.read() as books:
        return service_contacts.read_count(books, {"as_of": as_of, **query})


__all__ = ["Json", "alone", "channel", "contact", "count", "enter", "enter_all", "enter_in", "refused"]
