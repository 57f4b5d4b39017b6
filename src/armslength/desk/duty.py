"""Who has the watch, who can release now, and who can be woken, and how: asked in the minute in which it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels import shifts
from armslength.core.instants import DAY_US, MINUTE_US
from armslength.desk import delegation, shift_changes, shift_work, views
from armslength.desk.service_read import when
from armslength.desk.shift_changes import EARLY_US, GRACE_US

if TYPE_CHECKING:
    from armslength.desk.books import Books

Json = dict[str, Any]

RELEASERS: Final = frozenset({"releasing-officer", "principal"})
"""Roles that release messages of every form."""


def watch_now(books: Books) -> Json:
    """Return who has the watch by signature and by roster, what waits to be taken, and when it changes next."""
    held = shift_work.now_on_watch(books)
    watches = shift_changes.watches(books.unit, books.now, books.now)
    begun, following = shifts.last_beginning(watches, books.now), shifts.next_beginning(watches, books.now)
    signed_at = 0 if held is None else held[2]
    return {
        "officer": None if held is None else held[3],
        "watch": None if held is None else held[4],
        "since": None if held is None else when(held[2]),
        "handed_over": None if held is None else held[5],
        "overdue": begun is not None and books.now >= begun.from_at + GRACE_US and signed_at < begun.from_at - EARLY_US,
        "scheduled": [watch_json(one) for one in shift_work.scheduled(books)],
        "next": None if following is None else watch_json(following),
    }


def watch_json(one: shifts.Watch) -> Json:
    """Return one watch of a roster."""
    return {
        "watch": one.name,
        "from": when(one.from_at),
        "until": when(one.until_at),
        "officers": [{"officer": officer, "role": role} for officer, role in one.officers],
        "supervisor": one.supervisor or None,
    }


def who(books: Books) -> Json:
    """Return who can release now: on the watch, by a delegation, or woken; and everybody who can be woken."""
    on_watch = frozenset().union(*(watch.people for watch in shift_work.scheduled(books)))
    held = shift_work.now_on_watch(books)
    present = on_watch | (frozenset() if held is None else {str(held[3])})
    known = books.roster().officers
    wake = wakeable(books)
    return {
        "release_now": [
            {"officer": name, "name": known[name].name, "roles": sorted(known[name].roles & RELEASERS)}
            for name in sorted(present & known.keys())
            if known[name].roles & RELEASERS
        ],
        "delegations": delegated(books),
        "release_when_woken": [one for one in wake if RELEASERS & set(one["roles"])],
        "wake": wake,
    }


def wakeable(books: Books) -> list[Json]:
    """Return who can be woken by the rosters of now, the newest roster's word first; each officer once."""
    known = books.roster().officers
    found: dict[str, Json] = {}
    for roster in shift_changes.rosters(books.unit, books.now, books.now):
        if not roster.covers(books.now):
            continue
        for one in roster.wakes:
            listed = known.get(one.officer)
            told = {
                "officer": one.officer,
                "name": None if listed is None else listed.name,
                "roles": [] if listed is None else sorted(listed.roles),
                "how": one.how,
                "deputy": one.deputy or None,
                "note": one.note,
            }
            found.setdefault(one.officer, told)
    return list(found.values())


def delegated(books: Books) -> list[Json]:
    """Return the pre-approvals that hold at this minute."""
    minute = int(books.now) % DAY_US // MINUTE_US
    found = []
    for key, row in views.rows(books.unit, views.DELEGATIONS):
        if row[20] != delegation.PRE_APPROVED or not row[24] <= books.now < row[25]:
            continue
        start, end = row[26]
        if start <= minute < end if start <= end else minute >= start or minute < end:
            found.append(
                {
                    "delegation": key.hex(),
                    "officers": list(row[21]),
                    "forms": list(row[22]),
                    "facility": row[23],
                    "until": when(row[25]),
                    "by": row.get(5),
                }
            )
    return found
