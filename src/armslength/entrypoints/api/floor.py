"""The API of the floor and of alarms beyond their acceptance: passed on, shelved, tried."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import Any, Final, Literal

from fastapi import Request, Response

from armslength.desk import alarm_acts, service_floor
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer, Opens
from armslength.entrypoints.api.asked import as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import Count, Line, Name, OptionalLine, Shape

# --- what comes in ----------------------------------------------------------------------------------------------------


class NothingGiven(Shape):
    """Nothing is said beside whose session or token it is."""


class AlarmPassed(Shape):
    """An alarm that is passed on to a role of the desk or to another officer, who has yet to accept it."""

    alarm: Name
    to: Name
    reason: Line


class AlarmShelved(Shape):
    """A step on the shelf: ``ask`` with minutes and reason, ``shelve`` as the second person, ``end``."""

    alarm: Name
    step: Literal["ask", "shelve", "end"]
    minutes: Count | None = None
    reason: OptionalLine | None = None


# --- what goes out ----------------------------------------------------------------------------------------------------


class Owed(Answer):
    """A receipt that is owed, by us or by them."""

    who: str
    party: str
    line: str
    what: str
    message: str
    number: str
    precedence: str
    level: str
    due_at: str | None
    late: bool


class FloorPath(Answer):
    """One way to the other side."""

    kind: str
    state: str


class FloorCheck(Answer):
    """The last line check."""

    at: str | None
    outcome: str


class FloorStreak(Answer):
    """Checks in a row."""

    state: str
    answered: int
    unanswered: int
    missed: int
    unanswered_since: str | None


class FloorLine(Answer):
    """One line."""

    line: str
    peer: str
    declared: str
    observed: str
    judged: str | None
    paths: list[FloorPath]
    waiting: int
    missing: int
    frozen: str | None
    last_heard_at: str | None
    next_check_at: str | None
    last_check: FloorCheck | None
    streak: FloorStreak | None
    owed_by_them: list[Owed]
    owed_by_us: list[Owed]


class Releaser(Answer):
    """Somebody who can release, and how he is reached or why he may."""

    officer: str
    name: str | None
    roles: list[str]
    on_watch: bool
    how: str


class FloorConcerns(Answer):
    """Concerns that are open."""

    open: int
    unassessed: int


class FloorNext(Answer):
    """What falls due next."""

    at: str | None
    what: str
    opens: Opens


class FloorWatch(Answer):
    """Who has the watch."""

    holder: str | None
    watch: str | None
    since: str | None
    handed_over: bool
    due_at: str | None


class FloorAlarms(Answer):
    """What nobody accepted; counts end at 1,000."""

    unaccepted: int
    flash: int
    shelved: int


class FloorPlan(Answer):
    """A line check that is planned or due."""

    plan: str
    channel: str
    due_at: str | None
    state: str
    caller: str


class FloorJournal(Answer):
    """The journal."""

    size: int
    state: str


class FloorFeeds(Answer):
    """The feeds."""

    feeds: int
    troubled: list[str]


class FloorHealth(Answer):
    """The node itself."""

    clock: str
    journal: FloorJournal
    feeds: FloorFeeds
    notify: str


class Floor(Answer):
    """The floor in one look."""

    now: str
    party: str
    realm: str
    lines: list[FloorLine]
    owed: list[Owed]
    releasers: list[Releaser]
    concerns: FloorConcerns
    next_deadline: FloorNext | None
    drafts_waiting: int
    watch: FloorWatch
    alarms: FloorAlarms
    checks: list[FloorPlan]
    health: FloorHealth


class TestRung(Answer):
    """The alarm by which the test rings; accepting it says that it was heard."""

    alarm: str


# --- operations -------------------------------------------------------------------------------------------------------


async def floor(request: Request) -> Response:
    """Return the floor of this moment: lines, what is owed, who can release, what rings and what is due next."""
    return as_json(await asyncio.to_thread(node_of(request).service.look, service_floor.read_floor))


async def alarm_test(request: Request, _body: NothingGiven) -> Response:
    """Ring a test by an alarm of its own, hook and consoles; one that nobody accepted yet is not rung twice."""
    officer = caller_of(request).officer
    identity = await node_of(request).desk.write(lambda books: alarm_acts.ring_test(books, officer))
    return as_json({"alarm": identity.hex()})


def _prepare(request: Request, kind: str, body: Shape) -> Response:
    given: dict[str, Any] = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


async def prepare_passed(request: Request, body: AlarmPassed) -> Response:
    """Prepare that an alarm is passed on; it rings on until whoever is named accepts it."""
    return _prepare(request, "alarm-passed", body)


async def prepare_shelved(request: Request, body: AlarmShelved) -> Response:
    """Prepare a step on the shelf; a second person signs, and STOP and FLASH are never put there."""
    return _prepare(request, "alarm-shelved", body)


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/floor", "floor", floor, Floor),
    Operation("POST", "/v1/alarm-test", "alarm-test", alarm_test, TestRung),
    Operation("POST", "/v1/prepare/alarm-passed", "prepare-alarm-passed", prepare_passed, answers.Prepared),
    Operation("POST", "/v1/prepare/alarm-shelved", "prepare-alarm-shelved", prepare_shelved, answers.Prepared),
)
"""Its operations."""
