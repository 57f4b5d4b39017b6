"""What the faces read and prepare of the shift: roster, hand-over, drills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels.shifts_value import roster_from_document, roster_from_value
from armslength.core.errors import LocalError
from armslength.core.instants import local_text, rfc3339
from armslength.core.record import parse_item
from armslength.desk import drilling, duty, handover, service_read, shift_changes, shift_work, views
from armslength.desk.form_json import instant_of
from armslength.desk.printing import Blanks, Boxes, Fields, Heading, Paragraph, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.drills import Drill
    from armslength.channels.shifts import Roster
    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared
    from armslength.desk.printing import Part

Json = dict[str, Any]

when = service_read.when

LISTED: Final = 50
"""Hand-overs, rosters or drills in one answer when nobody says how many."""

LISTED_MAX: Final = 500
"""The same at most."""


def _limit(query: Mapping[str, Any]) -> int:
    return min(int(query.get("limit") or LISTED), LISTED_MAX)


# --- who --------------------------------------------------------------------------------------------------------------


def read_watch(books: Books, query: Mapping[str, Any]) -> Json:
    """Return who has the watch now, by signature and by roster, and when it changes."""
    del query
    return duty.watch_now(books)


def read_who(books: Books, query: Mapping[str, Any]) -> Json:
    """Return who can release now, and who can be woken and how."""
    del query
    return duty.who(books)


# --- rosters ----------------------------------------------------------------------------------------------------------


def read_rosters(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return the rosters, the newest first, without their watches."""
    found = books.unit.scan(views.ROSTERS, shift_changes.SPAN, reverse=True, limit=_limit(query))
    return [_span_json(dict(row)) for _, row in found]  # type: ignore[arg-type]  # rows of this view are maps


def _span_json(row: views.Row) -> Json:
    return {
        "entry": row[6],
        "roster": row[3],
        "from": when(row[1]),
        "until": when(row[2]),
        "officer": row[5],
        "at": when(row[4]),
        "reason": row[7],
    }


def read_roster(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return a roster by its entry or its name (its newest record) with watches on its wall clock.

    Raises:
        LocalError: ROSTER-VALUE, there is none of that name.
    """
    del query
    for _, value in books.unit.scan(views.ROSTERS, shift_changes.SPAN, reverse=True):
        row: Any = value
        if name in {str(row[6]), row[3]}:
            held = books.unit.get(views.ROSTERS, shift_changes.key(shift_changes.VALUE, row[6]))
            return {**_span_json(row), **_roster_json(roster_from_value(held))}
    raise LocalError("ROSTER-VALUE", field="roster", expected="a roster's name or entry", got=name)


def _roster_json(one: Roster) -> Json:
    return {
        "time_zone": one.time_zone,
        "watches": [
            {
                **duty.watch_json(watch),
                "from_local": local_text(watch.from_at, one.time_zone),
                "until_local": local_text(watch.until_at, one.time_zone),
            }
            for watch in one.watches
        ],
        "wake": [
            {"officer": wake.officer, "how": wake.how, "deputy": wake.deputy or None, "note": wake.note}
            for wake in one.wakes
        ],
    }


# --- hand-over --------------------------------------------------------------------------------------------------------


def read_shifts(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return hand-overs and takings over, the newest first."""
    found = books.unit.scan(views.SHIFTS, shift_changes.SHIFT, reverse=True, limit=_limit(query))
    return [_shift_json(dict(row)) for _, row in found]  # type: ignore[arg-type]  # rows of this view are maps


def _shift_json(row: views.Row) -> Json:
    return {
        "entry": row[1],
        "step": row[5],
        "at": when(row[2]),
        "officer": row[3],
        "watch": row[4],
        "form": row[6].hex(),
        "code": handover.code_of(row[6]),
        "took": row[7],
        "reason": row[8] or "",
    }


def read_shift(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one hand-over or taking over with the text of its form; ``waiting`` is the one to be taken.

    Raises:
        LocalError: SHIFT-VALUE, there is none.
    """
    del query
    waiting = shift_work.pending_form(books) if name == "waiting" else None
    row = waiting or shift_work.shift_row(books, int(name) if name.isdecimal() and len(name) < _DIGITS else -1)
    if row is None:
        raise LocalError("SHIFT-VALUE", field="entry", expected="the entry of a hand-over", got=name)
    content = books.unit.content(int(row[1]))
    text = None if content is None else parse_item(content[1]).body.get(21)
    return {**_shift_json(row), "text": text}


_DIGITS: Final = 16


def read_form(books: Books, query: Mapping[str, Any]) -> Json:
    """Return the form as it would be handed over at this minute; nothing is handed over by this."""
    made = handover.form(books, shift_work.watch_name(books), str(query.get("notes") or ""), ())
    return {
        "at": rfc3339(books.now),
        "text": made.text,
        "parts": [{"title": part.title, "lines": list(part.lines), "more": part.more} for part in made.parts],
    }


# --- drills -----------------------------------------------------------------------------------------------------------


def read_drills(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return drills, the newest first."""
    return [_drill_json(one) for one in drilling.every_drill(books, _limit(query))]


def read_drill(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one drill with its script and history.

    Raises:
        LocalError: DRILL-UNKNOWN.
    """
    del query
    one = drilling.drill(books, name)
    return {
        **_drill_json(one),
        "script": one.plan.script,
        "script_hash": drilling.script_hash(one.plan).hex(),
        "history": [
            {"step": taken.kind.value, "at": when(taken.at), "officer": taken.officer or None, "note": taken.note}
            for taken in one.history
        ],
    }


def _drill_json(one: Drill) -> Json:
    return {
        "drill": one.plan.number,
        "title": one.plan.title,
        "status": one.status.value,
        "from": when(one.plan.from_at),
        "until": when(one.plan.until_at),
        "begun": when(one.begun_at),
        "supervisors": [list(pair) for pair in one.plan.supervisors],
    }


# --- preparing --------------------------------------------------------------------------------------------------------


def _roster(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    found = roster_from_document(given["document"])
    return shift_work.prepare_roster(books, officer, found, str(given.get("reason") or ""))


def _handover(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    keys = tuple(str(one) for one in given.get("keys") or ())
    return shift_work.prepare_handover(books, officer, str(given.get("notes") or ""), keys)


def _take(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return shift_work.prepare_take(books, officer, str(given.get("form") or ""), str(given.get("reason") or ""))


def _plan(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return drilling.prepare_plan(
        books,
        officer,
        title=str(given["title"]),
        script=str(given["script"]),
        from_at=instant_of(str(given["from"])),
        until_at=instant_of(str(given["until"])),
        reason=str(given["reason"]),
        supervisors=[(str(watch), str(who)) for watch, who in given.get("supervisors") or ()],
    )


def _step(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return drilling.prepare_step(books, officer, str(given["drill"]), str(given["step"]).upper(), str(given["reason"]))


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "roster": _roster,
    "shift-handover": _handover,
    "shift-take": _take,
    "drill-plan": _plan,
    "drill": _step,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "watch-now": read_watch,
    "who": read_who,
    "rosters": read_rosters,
    "shifts": read_shifts,
    "handover-form": read_form,
    "drills": read_drills,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "rosters": read_roster,
    "shifts": read_shift,
    "drills": read_drill,
}
"""Word of `Client.read` -> one thing by its name, with the query."""


# --- printed ----------------------------------------------------------------------------------------------------------


def _sheet(books: Books, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return the hand-over sheet: of a hand-over that was signed, or without a name as things stand now."""
    if name:
        one = read_shift(books, name, {})
        lines = str(one["text"] or "the text was destroyed").splitlines()
        parts: tuple[Part, ...] = tuple(
            Paragraph(text=line, strong=not line.startswith("-")) for line in lines if line.strip()
        )
        signed = (("Signed by", one["officer"]), ("at", one["at"]), ("Characters to type", one["code"]))
    else:
        form = read_form(books, {})
        parts = tuple(
            part
            for told in form["parts"]
            for part in (
                Heading(text=told["title"]),
                Boxes(labels=tuple(told["lines"])) if told["lines"] else Paragraph(text="none"),
                *((Paragraph(text=f"and {told['more']} more; look at the screen"),) if told["more"] else ()),
            )
        )
        signed = (("Signed by", ""), ("at", ""), ("Characters to type", ""))
    told = duty.who(books)
    wake = tuple((one["officer"], one["how"], one["deputy"] or "-") for one in told["wake"])
    releasing = ", ".join(one["officer"] for one in told["release_now"]) or "nobody on the watch"
    return Sheet(
        title="Hand-over of the watch",
        subtitle=f"{books.party}, {rfc3339(books.now)}",
        realm=books.realm,
        made_at=books.now,
        language=str(query.get("language") or "en"),
        parts=(
            *parts,
            Heading(text="Who can be woken"),
            Table(head=("Officer", "How", "Deputy"), rows=wake or (("nobody is named", "", ""),)),
            Fields(pairs=(("Can release now", releasing), *signed)),
            Blanks(label="Taken over by", count=1),
        ),
    )


SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {"handover": _sheet}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
