"""The floor: what a watch must see in one look - lines, what is owed, who can release, what rings, what is due next.

Everything is read from the views as they stand, by their own indexes, so that a look costs the same on a node with ten
thousand open deadlines. What waits and what is open is remembered from one look to the next (`Kept`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import Instant, rfc3339
from armslength.desk import alarm_state, booking, check_changes, duty, owed, shift_changes, shift_work, views
from armslength.desk.kept import entries_since
from armslength.desk.service_line_checks import standing_json
from armslength.desk.service_read import read_lines, when
from armslength.line import exchange, session
from armslength.line.receipts import Level
from armslength.register import concerns

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView

Json = dict[str, Any]

OWED_SHOWN: Final = 40
"""Receipts owed on one floor: the latest and those that fall due first. The hand-over form has the rest."""

LATE_LOOKED_AT: Final = 30
"""Newest records of each direction of a line in which a receipt that is late is looked for."""

CHECKS_SHOWN: Final = 40
LINES_SHOWN: Final = 50

_ENDED: Final = frozenset({concerns.Status.CLOSED, concerns.Status.DISMISSED})
_UNASSESSED: Final = frozenset({concerns.Status.FLAGGED, concerns.Status.CORROBORATED})
_KINDS: Final = frozenset({"draft", "concern", "concern-step"})

SCREENS: Final = {
    views.EXCHANGES: "messages",
    views.GAPS: "messages",
    views.DELEGATIONS: "release",
    views.WINDOWS: "windows",
    views.LISTS: "register",
    views.RUNGS: "channels",
    views.CHECK_PLANS: "checks",
    views.CALLS: "calls",
    views.SHIFTS: "handover",
    views.DRILLS: "handover",
    views.NOTICES: "notices",
}
"""View whose row falls due -> the screen that shows it."""


class Waiting:
    """Drafts that wait and concerns that are open, by name; the rows say which of them still are."""

    def __init__(self) -> None:
        self.size: int | None = None
        self.drafts: set[bytes] = set()
        self.concerns: set[str] = set()

    def update(self, books: Books) -> None:
        """Bring the names up to the journal's end; call it under the lock of `Kept`."""
        unit = books.unit
        if self.size is None:
            self.drafts = {key for key, _ in unit.scan(views.DRAFTS)}
            self.concerns = {key.decode() for key, _ in unit.scan(views.CONCERNS)}
        else:
            for _, entry, item in entries_since(unit, self.size, _KINDS):
                if item is not None and entry.kind == "draft":
                    self.drafts.add(cast("bytes", item.body[20]))
                elif item is not None:
                    self.concerns.add(str(item.body[20]))
        self.size = unit.frontier().size

    def open_drafts(self, books: Books) -> int:
        """Return how many drafts are neither released nor gone."""
        for key in list(self.drafts):
            row = views.row(books.unit, views.DRAFTS, key)
            if row is None or row[5] == "RELEASED":
                self.drafts.discard(key)
        return len(self.drafts)

    def open_concerns(self, books: Books) -> tuple[int, int]:
        """Return how many concerns are open, and how many of them nobody assessed."""
        unassessed = 0
        for name in list(self.concerns):
            value = books.unit.get(views.CONCERNS, name.encode())
            status = None if value is None else concerns.concern_from_value(value).status
            if status is None or status in _ENDED:
                self.concerns.discard(name)
            elif status in _UNASSESSED:
                unassessed += 1
        return len(self.concerns), unassessed


def read_floor(books: Books) -> Json:
    """Return the floor of this moment; ask it of a reading unit."""
    receipts = _owed(books)
    plans = check_changes.every(books.unit)
    with books.kept.lock:
        waiting = books.kept.of(Waiting)
        waiting.update(books)
        drafts, (opened, unassessed) = waiting.open_drafts(books), waiting.open_concerns(books)
    return {
        "now": rfc3339(books.now),
        "party": books.party,
        "realm": books.realm.value,
        "lines": _lines(books, receipts, plans),
        "owed": receipts,
        "releasers": _releasers(books),
        "concerns": {"open": opened, "unassessed": unassessed},
        "next_deadline": _next(books),
        "drafts_waiting": drafts,
        "watch": _watch(books),
        "alarms": _alarms(books),
        "checks": _checks(plans),
        "health": _health(books),
    }


# --- what is owed -----------------------------------------------------------------------------------------------------


def _owed(books: Books) -> list[Json]:
    found: dict[tuple[str, str], Json] = {}
    for key in _owing(books):
        row = views.row(books.unit, views.MESSAGES, key)
        if row is None or row[5] != "message":
            continue
        for one in owed.of_message(books, key, row):
            found[one["message"], one["receipt"]] = {
                "who": "us" if one["owed_by"] == books.party else "them",
                "party": one["owed_by"],
                "line": row[1].hex(),
                "what": f"{one['receipt']} of {one['form']} {one['number']}",
                "message": one["message"],
                "number": one["number"],
                "precedence": one["precedence"],
                "level": one["receipt"],
                "due_at": one["until"],
                "late": one["overdue"],
            }
    return sorted(found.values(), key=lambda one: str(one["due_at"]))[:OWED_SHOWN]


def _owing(books: Books) -> list[bytes]:
    """Return messages of which a receipt is late, newest first, then those of which one falls due first."""
    unit = books.unit
    late = []
    for line in _known_lines(books):
        for way in (views.OUT, views.IN):
            for _, found in unit.scan(views.NUMBERS, line.line + way, limit=LATE_LOOKED_AT, reverse=True):
                value = unit.get(views.EXCHANGES, cast("bytes", found))
                if value is not None and exchange.exchange_from_value(cast("dict[int, CborValue]", value)).overdue:
                    late.append(cast("bytes", found))
    soon = [key for key, _ in unit.due(views.EXCHANGES, owed.FAR, OWED_SHOWN)]
    return list(dict.fromkeys([*late[:OWED_SHOWN], *soon]))


def _known_lines(books: Books) -> list[LineView]:
    return [books.line(key) for key, _ in books.unit.scan(views.LINES, limit=LINES_SHOWN)]


# --- lines and their checks -------------------------------------------------------------------------------------------


def _lines(books: Books, receipts: list[Json], plans: list[check_changes.Held]) -> list[Json]:
    by_peer = {one.plan.line_peer: one for one in plans if one.plan.line_peer}
    for channel in booking.every_channel(books):
        plan = next((one for one in plans if one.plan.channel == channel.channel_id), None)
        if channel.line_peer and plan is not None:
            by_peer.setdefault(channel.line_peer, plan)
    found = []
    for seen in read_lines(books)[:LINES_SHOWN]:
        plan = by_peer.get(seen["peer"])
        owing = [one for one in receipts if one["line"] == seen["line"]]
        found.append(
            {
                "line": seen["line"],
                "peer": seen["peer"],
                "declared": seen["declared"],
                "observed": seen["observed"],
                "judged": "cut" if seen["observed"] == session.Observed.CUT.value else None,
                "paths": [
                    {"kind": bearer.kind, "state": seen["observed"]} for bearer in books.manifest(seen["peer"]).bearers
                ],
                "waiting": seen["waiting"],
                "missing": len(seen["missing"]),
                "frozen": seen["frozen"],
                "last_heard_at": seen["last_heard_at"],
                **_check_of(books, plan),
                "owed_by_them": [one for one in owing if one["who"] == "them"],
                "owed_by_us": [one for one in owing if one["who"] == "us"],
            }
        )
    return found


def _check_of(books: Books, one: check_changes.Held | None) -> Json:
    if one is None:
        return {"next_check_at": None, "last_check": None, "streak": None}
    last = books.unit.scan(views.LINE_CHECKS, one.plan.channel.encode() + b"\x00", limit=1, reverse=True)
    row = cast("dict[int, Any]", last[0][1]) if last else None
    told = standing_json(books, one)
    return {
        "next_check_at": when((one.state.due or one.state.next or (None,))[0]),
        "last_check": None if row is None else {"at": when(row[2] or row[1]), "outcome": row[3]},
        "streak": {name: told[name] for name in ("state", "answered", "unanswered", "missed", "unanswered_since")},
    }


def _checks(plans: list[check_changes.Held]) -> list[Json]:
    found = []
    for one in plans:
        planned = one.state.due or one.state.next
        if planned is not None:
            state = "due" if one.state.due is not None else "planned"
            found.append(
                {
                    "plan": one.plan.channel,
                    "channel": one.plan.channel,
                    "due_at": when(planned.at),
                    "state": state,
                    "caller": planned.caller.value,
                }
            )
    return sorted(found, key=lambda each: str(each["due_at"]))[:CHECKS_SHOWN]


# --- people -----------------------------------------------------------------------------------------------------------


def _releasers(books: Books) -> list[Json]:
    told = duty.who(books)
    known = books.roster().officers
    found = [{**one, "on_watch": True, "how": "on the watch"} for one in told["release_now"]]
    for given in told["delegations"]:
        how = f"delegated for {', '.join(given['forms'])} until {given['until']}"
        found += [
            {
                "officer": name,
                "name": known[name].name,
                "roles": sorted(known[name].roles),
                "on_watch": False,
                "how": how,
            }
            for name in given["officers"]
            if name in known
        ]
    found += [
        {"officer": one["officer"], "name": one["name"], "roles": one["roles"], "on_watch": False, "how": one["how"]}
        for one in told["release_when_woken"]
    ]
    named = {one["officer"] for one in found}
    found += [
        {
            "officer": one.officer,
            "name": one.name,
            "roles": sorted(one.roles & duty.RELEASERS),
            "on_watch": False,
            "how": "not on the roster: call",
        }
        for one in known.values()
        if one.roles & duty.RELEASERS and one.officer not in named
    ]
    return found


def _watch(books: Books) -> Json:
    held = shift_work.now_on_watch(books)
    change = views.row(books.unit, views.SHIFTS, shift_changes.CHANGE)
    return {
        "holder": None if held is None else held[3],
        "watch": None if held is None else held[4],
        "since": None if held is None else when(held[2]),
        "handed_over": held is not None and held[5] is not None,
        "due_at": None if change is None else when(change[2]),
    }


# --- what rings, and what is due next ---------------------------------------------------------------------------------


def _alarms(books: Books) -> Json:
    rows = alarm_state.unaccepted(books.unit)
    flash = sum(1 for _, row in rows if alarm_state.bell(row[1]) == alarm_state.FLASH)
    shelved = sum(1 for _, row in rows if alarm_state.shelved_until(row, books.now) is not None)
    return {"unaccepted": len(rows), "flash": flash, "shelved": shelved}


def _next(books: Books) -> Json | None:
    soonest: tuple[Instant, str] | None = None
    for view in (views.EXCHANGES, *owed.CLOCKED):
        at = books.unit.next_due(view)
        if at is not None and (soonest is None or at < soonest[0]):
            soonest = at, view
    if soonest is None:
        return None
    at, view = soonest
    key, value = books.unit.due(view, at, 1)[0]
    what = owed.CLOCKED.get(view, "receipt owed")
    name = (
        key.hex() if view == views.EXCHANGES else key.decode() if key.isascii() and key.decode().isprintable() else None
    )
    if view == views.EXCHANGES:
        state = exchange.exchange_from_value(cast("dict[int, CborValue]", value))
        levels = [level.short for level, due in state.due.items() if due == at and isinstance(level, Level)]
        what = f"{' and '.join(levels)} owed"
    return {"at": when(at), "what": what, "opens": {"screen": SCREENS.get(view, "floor"), "name": name}}


def _health(books: Books) -> Json:
    feeds = views.rows(books.unit, views.FEEDS)
    troubled = sorted(key.decode() for key, row in feeds if row[14])
    clock = [key for key, value in books.unit.scan(views.CONDITIONS, b"CLOCK-DRIFT\x00") if cast("Any", value)[1]]
    newest = alarm_state.last_rung(books.unit)
    return {
        "clock": "doubtful" if clock else "holds",
        "journal": {"size": books.unit.frontier().size, "state": "holds"},
        "feeds": {"feeds": len(feeds), "troubled": troubled},
        "notify": newest,
    }
