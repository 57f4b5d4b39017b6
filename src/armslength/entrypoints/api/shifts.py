"""The API of the shift: roster, hand-over, drills."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import service_shifts
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import IndexQuery, NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import Line, Name, OptionalLine, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.books import Books


# --- what comes in ----------------------------------------------------------------------------------------------------


class WatchOfficer(Shape):
    """An officer on a watch, in a role that our manifest gives him."""

    officer: Name
    role: Name


class RosterWatch(Shape):
    """One watch; the first officer has it."""

    name: Name
    from_: Name = Field(alias="from")
    until: Name
    officers: Annotated[list[WatchOfficer], Field(min_length=1, max_length=16)]
    supervisor: Name | None = None


class RosterWake(Shape):
    """Somebody who can be woken, how, and by whose place when that fails."""

    officer: Name
    how: Line
    deputy: OptionalLine | None = None
    note: OptionalLine | None = None


class RosterDocument(Shape):
    """A whole roster."""

    roster: Name
    time_zone: Name | None = None
    watches: Annotated[list[RosterWatch], Field(min_length=1, max_length=400)]
    wake: Annotated[list[RosterWake], Field(max_length=64)] | None = None


class RosterSet(Shape):
    """A roster to be entered; for the time that it covers it takes the place of the one before."""

    document: RosterDocument
    reason: OptionalLine | None = None


class HandOver(Shape):
    """What who leaves adds to the form."""

    notes: Annotated[str, Field(max_length=4096)] | None = None
    keys: Annotated[list[Line], Field(max_length=32)] | None = None


class TakeOver(Shape):
    """The first characters of the form's hash, or why the watch is taken without a hand-over."""

    form: Name | None = None
    reason: OptionalLine | None = None


class DrillPlan(Shape):
    """A drill to be planned; its script cannot be changed afterwards."""

    title: Line
    script: Text
    from_: Name = Field(alias="from")
    until: Name
    reason: Line
    supervisors: (
        Annotated[
            list[Annotated[list[Name], Field(min_length=2, max_length=2)]],
            Field(max_length=32, description="Pairs of watch and officer."),
        ]
        | None
    ) = None


class DrillStep(Shape):
    """A person's step on a drill: BEGIN, END or CALL-OFF."""

    drill: Name
    step: Name
    reason: Line


# --- what goes out ----------------------------------------------------------------------------------------------------


class OfficerKnown(Answer):
    """An officer on a watch."""

    officer: str
    role: str


class WatchKnown(Answer):
    """One watch of the roster."""

    watch: str
    from_: str | None = Field(alias="from")
    until: str | None
    officers: list[OfficerKnown]
    supervisor: str | None


class WatchShown(WatchKnown):
    """One watch, also on the roster's wall clock."""

    from_local: str
    until_local: str


class WatchNow(Answer):
    """Who has the watch by signature and by roster; ``handed_over`` is the entry that waits to be taken."""

    officer: str | None
    watch: str | None
    since: str | None
    handed_over: int | None
    overdue: bool
    scheduled: list[WatchKnown]
    next: WatchKnown | None


class CanRelease(Answer):
    """Who can release now, on the watch."""

    officer: str
    name: str
    roles: list[str]


class CanBeWoken(Answer):
    """Who can be woken, and how."""

    officer: str
    name: str | None
    roles: list[str]
    how: str
    deputy: str | None
    note: str


class PreApproved(Answer):
    """A pre-approval that holds at this minute."""

    delegation: str
    officers: list[str]
    forms: list[str]
    facility: str | None
    until: str | None
    by: str | None


class Who(Answer):
    """Who can release now, and who can be woken."""

    release_now: list[CanRelease]
    delegations: list[PreApproved]
    release_when_woken: list[CanBeWoken]
    wake: list[CanBeWoken]


class RosterSummary(Answer):
    """A roster without its watches."""

    entry: int
    roster: str
    from_: str | None = Field(alias="from")
    until: str | None
    officer: str | None
    at: str | None
    reason: str


class WakeKnown(Answer):
    """Who can be woken by a roster."""

    officer: str
    how: str
    deputy: str | None
    note: str


class RosterKnown(RosterSummary):
    """A roster."""

    time_zone: str
    watches: list[WatchShown]
    wake: list[WakeKnown]


class ShiftSummary(Answer):
    """A hand-over or a taking over; ``code`` is what who comes types."""

    entry: int
    step: str
    at: str | None
    officer: str | None
    watch: str
    form: str
    code: str
    took: int | None
    reason: str


class ShiftKnown(ShiftSummary):
    """A hand-over with the text of its form; a taking over of one has none of its own."""

    text: str | None


class FormPart(Answer):
    """A part of the form."""

    title: str
    lines: list[str]
    more: int


class FormNow(Answer):
    """The form as it would be handed over now."""

    at: str
    text: str
    parts: list[FormPart]


class DrillSummary(Answer):
    """A drill."""

    drill: str
    title: str
    status: str
    from_: str | None = Field(alias="from")
    until: str | None
    begun: str | None
    supervisors: list[list[str]]


class DrillTaken(Answer):
    """One step of a drill; no officer means the node."""

    step: str
    at: str | None
    officer: str | None
    note: str


class DrillKnown(DrillSummary):
    """A drill with its script and history."""

    script: str
    script_hash: str
    history: list[DrillTaken]


# --- operations -------------------------------------------------------------------------------------------------------


async def _look(request: Request, reader: Callable[[Books], Any]) -> Response:
    return as_json(await asyncio.to_thread(node_of(request).service.look, reader))


async def watch_now(request: Request) -> Response:
    """Return who has the watch now, by signature and by roster, and when it changes."""
    return await _look(request, lambda books: service_shifts.read_watch(books, {}))


async def who(request: Request) -> Response:
    """Return who can release now, and who can be woken and how."""
    return await _look(request, lambda books: service_shifts.read_who(books, {}))


async def rosters(request: Request, limit: IndexQuery = "50") -> Response:
    """Return rosters, the newest first, at most 500."""
    return await _look(request, lambda books: service_shifts.read_rosters(books, {"limit": limit}))


async def roster(request: Request, roster: PathName) -> Response:
    """Return one roster by its name or entry."""
    return await _look(request, lambda books: service_shifts.read_roster(books, roster, {}))


async def shifts(request: Request, limit: IndexQuery = "50") -> Response:
    """Return hand-overs and takings over, the newest first, at most 500."""
    return await _look(request, lambda books: service_shifts.read_shifts(books, {"limit": limit}))


async def shift(request: Request, entry: PathName) -> Response:
    """Return one hand-over with its form; ``waiting`` is the one that is to be taken."""
    return await _look(request, lambda books: service_shifts.read_shift(books, entry, {}))


async def handover_form(request: Request, notes: NameQuery = None) -> Response:
    """Return the form as it would be handed over now; nothing is handed over by this."""
    return await _look(request, lambda books: service_shifts.read_form(books, {"notes": notes}))


async def drills(request: Request, limit: IndexQuery = "50") -> Response:
    """Return drills, the newest first, at most 500."""
    return await _look(request, lambda books: service_shifts.read_drills(books, {"limit": limit}))


async def drill(request: Request, drill: PathName) -> Response:
    """Return one drill with its script and history."""
    return await _look(request, lambda books: service_shifts.read_drill(books, drill, {}))


def _prepare(request: Request, kind: str, body: Shape) -> Response:
    given = body.model_dump(by_alias=True, exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


async def prepare_roster(request: Request, body: RosterSet) -> Response:
    """Prepare a roster."""
    return _prepare(request, "roster", body)


async def prepare_handover(request: Request, body: HandOver) -> Response:
    """Prepare a hand-over: the form of this minute, to be signed by who leaves."""
    return _prepare(request, "shift-handover", body)


async def prepare_take(request: Request, body: TakeOver) -> Response:
    """Prepare a taking over: the form's hash, to be signed by who comes."""
    return _prepare(request, "shift-take", body)


async def prepare_drill_plan(request: Request, body: DrillPlan) -> Response:
    """Prepare a drill's plan."""
    return _prepare(request, "drill-plan", body)


async def prepare_drill(request: Request, body: DrillStep) -> Response:
    """Prepare a person's step on a drill."""
    return _prepare(request, "drill", body)


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/watch-now", "watch-now", watch_now, WatchNow),
    Operation("GET", "/v1/who", "who", who, Who),
    Operation("GET", "/v1/rosters", "rosters", rosters, list[RosterSummary]),
    Operation("GET", "/v1/rosters/{roster}", "roster", roster, RosterKnown),
    Operation("GET", "/v1/shifts", "shifts", shifts, list[ShiftSummary]),
    Operation("GET", "/v1/shifts/{entry}", "shift", shift, ShiftKnown),
    Operation("GET", "/v1/handover-form", "handover-form", handover_form, FormNow),
    Operation("GET", "/v1/drills", "drills", drills, list[DrillSummary]),
    Operation("GET", "/v1/drills/{drill}", "drill", drill, DrillKnown),
    Operation("POST", "/v1/prepare/roster", "prepare-roster", prepare_roster, answers.Prepared),
    Operation("POST", "/v1/prepare/shift-handover", "prepare-shift-handover", prepare_handover, answers.Prepared),
    Operation("POST", "/v1/prepare/shift-take", "prepare-shift-take", prepare_take, answers.Prepared),
    Operation("POST", "/v1/prepare/drill-plan", "prepare-drill-plan", prepare_drill_plan, answers.Prepared),
    Operation("POST", "/v1/prepare/drill", "prepare-drill", prepare_drill, answers.Prepared),
)
"""Its operations."""
