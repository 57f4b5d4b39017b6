"""What the faces read and prepare of the channel book and the ladders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels import book_documents, ladders_value
from armslength.channels.book import Manner, Medium, Silence, State
from armslength.channels.book_state import CODE, Statement
from armslength.channels.book_value import member
from armslength.channels.contacts import Outcome
from armslength.channels.ladders import Rung
from armslength.channels.plain import Plain
from armslength.core.errors import LocalError
from armslength.desk import cast, channel_book, laddering, service_read, views
from armslength.desk.contact_index import index_of
from armslength.desk.form_json import instant_of
from armslength.desk.printing import Fields, Heading, Paragraph, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.book import Account, AddressSheet, Channel, End, Holder
    from armslength.channels.ladders import Ladder, Run
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.contact_index import Held
    from armslength.desk.prepared import Prepared

Json = dict[str, Any]

when = service_read.when

RUNS_LISTED: Final = 200
"""Runs in one answer when nobody says how many."""

RUNS_MAX: Final = 1_000
"""Runs in one answer at most."""


# --- channels ---------------------------------------------------------------------------------------------------------


def read_channels(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return every channel in one line: how it stands, who holds its ends now, when it was last used."""
    del query
    return [_summary(books, one) for one in channel_book.every_channel(books)]


def _summary(books: Books, one: Channel) -> Json:
    found = channel_book.standing(books, one.channel_id)
    return {
        "channel": one.channel_id,
        "name": one.name,
        "medium": one.medium.value,
        "level": one.level.value,
        "languages": list(one.languages),
        "declared": [
            {"by": said.by, "state": said.state.value, "since": when(said.since_at)} for said in found.declared
        ],
        "observed": None if found.observed is None else found.observed.state.value,
        "observed_since": None if found.observed is None else when(found.observed.since_at),
        "apart": found.apart,
        "within_hours": one.within_hours(books.now),
        "last_contact": _last_contact(books, one.channel_id),
        "holders": [
            {"side": end.side.value, "party": end.party, "names": [one.name for one in end.holders_at(books.now)]}
            for end in one.ends
        ],
    }


def _last(books: Books, channel_id: str) -> Held | None:
    with books.kept.lock:
        return index_of(books).last(channel_id)


def _last_contact(books: Books, channel_id: str) -> Json | None:
    held = _last(books, channel_id)
    if held is None:
        return None
    one = held.contact
    return {
        "contact": one.number,
        "at": when(one.from_at),
        "until": when(one.until_at),
        "outcome": one.outcome.value,
        "proof": one.proof.value,
    }


def read_channel(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one channel whole, now or as the book had it at an instant, with its states and its versions.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    at = _at(query)
    row = channel_book.channel_row(books, name)
    channel_id = str(row[3][1])
    one = channel_book.channel(books, channel_id) if at is None else channel_book.version(books, channel_id, at)
    return {
        **_summary(books, one),
        "purpose": one.purpose,
        "exclusions": list(one.exclusions),
        "may_open": list(one.may_open),
        "approves": list(one.approves),
        "hours": [
            {
                "days": list(hours.days),
                "from": book_documents.clock_text(hours.from_min),
                "until": book_documents.clock_text(hours.until_min),
            }
            for hours in one.hours
        ],
        "time_zone": one.time_zone,
        "ends": [_end_json(end) for end in one.ends],
        "address_sheets": [_sheet_json(sheet) for sheet in one.address_sheets],
        "establishment": [account_json(account) for account in one.establishment],
        "facts": [account_json(account) for account in one.facts],
        "cost": one.cost,
        "signal_value": one.signal_value,
        "line": _line_json(books, one),
        "states": [_state_json(said) for said in channel_book.statements(books, channel_id)],
        "versions": [
            {"entry": held[1], "at": when(held[2]), "officer": held[4], "reason": held[5]}
            for held in channel_book.versions(books, channel_id)
        ],
    }


def _end_json(end: End) -> Json:
    return {
        "side": end.side.value,
        "party": end.party,
        "post": end.post,
        "holders": [_holder_json(one) for one in end.holders],
        "places": [account_json(one) for one in end.places],
        "numbers": [{"medium": one.medium.value, "value": one.value, "note": one.note} for one in end.numbers],
    }


def _holder_json(one: Holder) -> Json:
    return {
        "name": one.name,
        "own_name": one.own_name,
        "title": one.title,
        "from": when(one.from_at),
        "until": when(one.until_at),
        "source": one.source,
    }


def account_json(one: Account) -> Json:
    """Return what one source says, for which time."""
    return {"text": one.text, "from": when(one.earliest_at), "until": when(one.latest_at), "source": one.source}


def _sheet_json(one: AddressSheet) -> Json:
    return {
        "language": one.language,
        "opening": one.opening,
        "titles": one.titles,
        "closing": one.closing,
        "approved_by": one.approved_by,
        "approved_at": when(one.approved_at),
        "reference": one.reference,
        "approved": one.approved,
    }


def _state_json(one: Statement) -> Json:
    return {
        "manner": one.manner.value,
        "state": one.state.value,
        "since": when(one.since_at),
        "by": one.by,
        "silence": one.silence.value,
        "evidence": list(one.evidence),
        "reason": one.reason,
        "officer": one.officer or None,
        "entry": one.entry,
    }


def _line_json(books: Books, one: Channel) -> Json | None:
    """Return how our own line stands that carries a channel; none before it is opened."""
    if one.medium is not Medium.OUR_LINE:
        return None
    try:
        held = service_read.read_line(books, cast.find_line(books.unit, books.realm, one.line_peer))
    except LocalError:
        return None
    return {name: held[name] for name in ("line", "peer", "declared", "observed", "unanswered", "last_heard_at")}


def read_holders(books: Books, name: str, query: Mapping[str, Any]) -> list[Json]:
    """Return who held the ends of a channel at an instant, now when none is given.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    at = _at(query) or books.now
    return [
        {"side": end.side.value, "party": end.party, "post": end.post, **_holder_json(one)}
        for end in channel_book.channel(books, name).ends
        for one in end.holders_at(at)
    ]


def _at(query: Mapping[str, Any]) -> Instant | None:
    asked = query.get("at")
    return None if asked is None else instant_of(str(asked))


# --- ladders ----------------------------------------------------------------------------------------------------------


def read_ladders(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return every ladder, by subject."""
    del query
    return [
        {
            **_ladder_json(ladders_value.ladder_from_value(row[3])),
            "at": when(row[2]),
            "officer": row[4],
            "reason": row[5],
        }
        for row in laddering.every_ladder(books)
    ]


def read_ladder(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one ladder with what each of its channels says of cost and signal.

    Raises:
        LocalError: LADDER-UNKNOWN.
    """
    del query
    found = laddering.ladder(books, name)
    row = views.row(books.unit, views.LADDERS, found.subject.encode()) or {}
    shown = _ladder_json(found)
    for rung in shown["rungs"]:
        one = channel_book.channel(books, rung["channel"])
        rung |= {"name": one.name, "cost": one.cost, "signal_value": one.signal_value, "approves": list(one.approves)}
    return {**shown, **_set(row)}


def _set(row: views.Row) -> Json:
    return {"at": when(row.get(2)), "officer": row.get(4), "reason": row.get(5)}


def _ladder_json(one: Ladder) -> Json:
    return {
        "subject": one.subject,
        "rungs": [{"channel": rung.channel, "wait_s": rung.wait_s, "note": rung.note} for rung in one.rungs],
        "plan": [{"kind": step.kind.value, "text": step.text, "wait_s": step.wait_s} for step in one.plan],
    }


def read_runs(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return runs up ladders, the newest first: those that still wait for somebody, or with ``every`` all."""
    most = min(int(query.get("limit", RUNS_LISTED)), RUNS_MAX)
    every = str(query.get("every", "false")).lower() == "true"
    return [run_json(one) for one in laddering.runs(books, most, every=every)]


def read_run(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one run with its history, and what the rung that is proposed costs and says.

    Raises:
        LocalError: RUN-UNKNOWN.
    """
    del query
    one = laddering.run(books, name)
    following = None if one.proposed is None else one.ladder.at(one.proposed)
    says = channel_book.channel(books, following.channel) if isinstance(following, Rung) else None
    return {
        **run_json(one),
        "plan": [{"kind": step.kind.value, "text": step.text} for step in one.ladder.plan],
        "next_signal": None if says is None else says.signal_value,
        "next_cost": None if says is None else says.cost,
        "next_approves": [] if says is None else list(says.approves),
        "heard": _heard(books, one),
        "history": [
            {
                "step": taken.kind.value,
                "at": when(taken.at),
                "officer": taken.officer or None,
                "rung": taken.rung,
                "note": taken.note,
            }
            for taken in one.history
        ],
    }


def _heard(books: Books, one: Run) -> Json | None:
    """Return the contact that reached them on the rung since it is tried; a person says whether it is the answer."""
    held = _last(books, one.rung)
    if held is None or held.contact.outcome is not Outcome.REACHED or held.contact.from_at < one.since_at:
        return None
    return _last_contact(books, one.rung)


def run_json(one: Run) -> Json:
    """Return one run without its history."""
    return {
        "run": one.number,
        "subject": one.ladder.subject,
        "status": one.status.value,
        "rung": one.rung,
        "since": when(one.since_at),
        "due": when(one.due_at),
        "proposed": None if one.proposed is None else (one.next_rung or "NONE-LEFT"),
        "links": [list(pair) for pair in one.links],
    }


# --- preparing --------------------------------------------------------------------------------------------------------


def _channel(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    found = book_documents.channel_from_document(given["document"])
    return channel_book.prepare_channel(books, officer, found, str(given.get("reason") or ""))


_STATE: Final = frozenset({"channel", "manner", "state", "since", "by", "silence", "evidence", "reason"})


def _state(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    read = Plain(given, CODE, _STATE, "state")
    said = Statement(
        channel_id=channel_book.channel(books, read.text("channel")).channel_id,
        manner=member(Manner, read.text("manner")),
        state=member(State, read.text("state")),
        since_at=read.first("since") or books.now,
        by=read.text("by"),
        silence=member(Silence, read.text("silence") or Silence.UNKNOWN.value),
        evidence=read.texts("evidence"),
        reason=read.text("reason"),
        officer=officer,
    )
    return channel_book.prepare_state(books, officer, said)


def _ladder(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    found = ladders_value.ladder_from_document(given["document"])
    return laddering.prepare_ladder(books, officer, found, str(given["reason"]))


def _begin(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return laddering.prepare_begin(
        books,
        officer,
        str(given["subject"]),
        rung=str(given.get("rung") or ""),
        reason=str(given["reason"]),
        says=str(given["says"]),
        since_at=_instant(given, "since"),
        approved_by=str(given.get("approved_by") or ""),
        links=tuple((str(kind), str(reference)) for kind, reference in given.get("links") or ()),
    )


def _answer(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return laddering.prepare_answer(
        books,
        officer,
        str(given["run"]),
        str(given["answer"]).upper(),
        reason=str(given["reason"]),
        rung=str(given.get("rung") or ""),
        says=str(given.get("says") or ""),
        approved_by=str(given.get("approved_by") or ""),
        at=_instant(given, "until") or _instant(given, "since"),
        reference=str(given.get("reference") or ""),
    )


def _instant(given: Mapping[str, Any], name: str) -> Instant | None:
    value = given.get(name)
    return None if value is None else instant_of(str(value))


def records_of(document: Mapping[str, Any], reason: str) -> list[tuple[str, Json]]:
    """Return the records of a whole book: kind of `Service.prepare_local` and what is given to it, in their order.

    Args:
        document: ``channels``, ``states`` and ``ladders``, each a list.
        reason: why they are entered, kept with channels and ladders.

    Raises:
        LocalError: CHANNEL-VALUE.
    """
    read = Plain(document, "CHANNEL-VALUE", ("channels", "states", "ladders"), "book")
    return [
        *(("channel", {"document": one, "reason": reason}) for one in read.items("channels")),
        *(("channel-state", one) for one in read.items("states")),
        *(("ladder", {"document": one, "reason": reason}) for one in read.items("ladders")),
    ]


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "channel": _channel,
    "channel-state": _state,
    "ladder": _ladder,
    "rung-begin": _begin,
    "rung": _answer,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "channels": read_channels,
    "ladders": read_ladders,
    "ladder-runs": read_runs,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "channels": read_channel,
    "channel-holders": read_holders,
    "ladders": read_ladder,
    "ladder-runs": read_run,
}
"""Word of `Client.read` -> one thing by its name, with the query."""


# --- printed ----------------------------------------------------------------------------------------------------------


def _sheet(books: Books, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return a channel's page of the book, for the hour when no screen works."""
    one = read_channel(books, name, {})
    ends = tuple((f"{end['side']} {end['party']}", end["post"]) for end in one["ends"])
    numbers = tuple(
        (f"{end['party']} {number['medium']}", number["value"], number["note"])
        for end in one["ends"]
        for number in end["numbers"]
    )
    holders = tuple(
        (held["party"], held["name"], held["own_name"], held["title"]) for held in read_holders(books, name, {})
    )
    declared = ", ".join(f"{said['by']}: {said['state']}" for said in one["declared"]) or "nothing declared"
    return Sheet(
        title=f"Channel {one['channel']}",
        subtitle=one["name"],
        realm=books.realm,
        made_at=books.now,
        language=str(query.get("language") or "en"),
        parts=(
            Fields(
                pairs=(
                    ("Medium", one["medium"]),
                    ("Level", one["level"]),
                    ("Languages", ", ".join(one["languages"])),
                    ("Declared", declared),
                    ("Observed", one["observed"] or "nothing observed"),
                    *ends,
                    ("For", one["purpose"]),
                    ("Not for", "; ".join(one["exclusions"]) or "nothing is excluded"),
                    ("May open", "; ".join(one["may_open"]) or "not said"),
                    ("Approves", "; ".join(one["approves"]) or "nobody need be asked"),
                    ("Its use says", one["signal_value"] or "not said"),
                )
            ),
            Heading(text="Numbers"),
            Table(head=("End", "Number or address", "Note"), rows=numbers or (("none in the book", "", ""),)),
            Heading(text="Office-holders now"),
            Table(head=("Party", "Name", "Own script", "Title"), rows=holders or (("not known", "", "", ""),)),
            Heading(text="Form of address"),
            *(
                Paragraph(
                    text=f"{sheet['language']}: {sheet['opening']} {sheet['titles']}".strip(),
                    strong=not sheet["approved"],
                )
                for sheet in one["address_sheets"]
            ),
            Paragraph(text="What is printed in bold was not approved by the other side."),
        ),
    )


SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {"channel": _sheet}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
