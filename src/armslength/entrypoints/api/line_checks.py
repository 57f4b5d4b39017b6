"""The API of line checks."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Request, Response
from pydantic import Field

from armslength.channels.calendars import HOLIDAYS_MAX
from armslength.channels.line_checks import EVERY_MIN_MOST, LANGUAGES_MAX, SECONDS_MAX, TIMES_MAX
from armslength.desk import service_line_checks as records
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import IndexQuery, NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import WHOLE, Line, Name, Shape, Text

Weekday: TypeAlias = Annotated[str, Field(pattern="^(MON|TUE|WED|THU|FRI|SAT|SUN)$")]
Seconds: TypeAlias = Annotated[int, Field(ge=0, le=SECONDS_MAX), WHOLE]


# --- what comes in ----------------------------------------------------------------------------------------------------


class CalendarSet(Shape):
    """When one end works; holidays are pairs of a day and its name."""

    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None
    holidays: (
        Annotated[
            list[Annotated[list[Line], Field(min_length=2, max_length=2)]],
            Field(max_length=HOLIDAYS_MAX),
        ]
        | None
    ) = None


class PlanSet(Shape):
    """The plan of a channel's checks, whole; it replaces the one before."""

    channel: Name
    reason: Line
    times: Annotated[list[Name], Field(max_length=TIMES_MAX)] | None = Field(
        default=None, description="Times of day such as 09:00; or every_min."
    )
    every_min: Annotated[int, Field(ge=0, le=EVERY_MIN_MOST), WHOLE] | None = None
    zone: Name | None = Field(default=None, description="The channel's own when missing.")
    rule: Name | None = Field(
        default=None, description="EVERY-DAY, OUR-WORKING-DAYS, THEIR-WORKING-DAYS or WORKING-DAYS-OF-BOTH."
    )
    on: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None
    ours: CalendarSet | None = None
    theirs: CalendarSet | None = None
    turns: Name | None = Field(default=None, description="Who calls: OURS, THEIRS or ALTERNATING.")
    first: Name | None = None
    from_: Name | None = Field(default=None, alias="from")
    until: Name | None = None
    early_s: Seconds | None = None
    answer_s: Seconds | None = None
    late_s: Seconds | None = None
    languages: Annotated[list[Name], Field(max_length=LANGUAGES_MAX)] | None = None
    with_text: bool | None = None
    automatic: bool | None = Field(default=None, description="Our own line: the nodes check it, ringing nobody.")


class CheckMade(Shape):
    """What came of a call; which planned check it is follows from the plan."""

    channel: Name
    result: Name = Field(description="ANSWERED, NO-MESSAGE, LATE, NO-ANSWER, GARBLED or NOT-MADE.")
    at: Name | None = Field(default=None, description="When the call was made; now when missing.")
    reason: Name | None = Field(default=None, description="OWN-FAULT, THEIRS, PATH, WEATHER or UNKNOWN.")
    received: Text | None = Field(default=None, description="The text as it came back.")
    language: Name | None = None
    note: Line | None = None
    corrects: bool | None = None


# --- what goes out ----------------------------------------------------------------------------------------------------


class PlannedCheck(Answer):
    """One planned check."""

    at: str
    local: str
    caller: str


class Streaks(Answer):
    """How a channel's checks stand; UNANSWERED is counted, CUT only said by a person."""

    state: str
    judged: str | None
    judged_since: str | None
    answered: int
    answered_longest: int
    unanswered: int
    unanswered_days: int
    unanswered_since: str | None
    unanswered_longest: int
    missed: int
    answered_at: str | None
    beside_plan: int
    counts: dict[str, int]


class Plan(Streaks):
    """A plan in short."""

    channel: str
    times: list[str]
    every_min: int
    zone: str
    rule: str
    on: list[str]
    turns: str
    first: str
    from_: str | None = Field(alias="from")
    until: str | None
    languages: list[str]
    with_text: bool
    automatic: bool
    status: str
    due: PlannedCheck | None
    next: PlannedCheck | None


class WorkingDays(Answer):
    """When one end works."""

    weekdays: list[str]
    holidays: list[list[str]]


class PlanDetail(Plan):
    """A plan, whole."""

    ours: WorkingDays
    theirs: WorkingDays
    early_s: int
    answer_s: int
    late_s: int
    officer: str
    entry: int


class Difference(Answer):
    """One place at which a copy differs."""

    position: int
    expected: str
    got: str
    note: str


class Check(Answer):
    """One record of a check."""

    channel: str
    planned: str | None
    made: str
    result: str
    reason: str | None
    caller: str | None
    officer: str | None
    entry: int
    text: int | None
    language: str | None
    received: str | None
    differences: list[Difference]
    note: str | None
    corrects: bool


class NextCheck(PlannedCheck):
    """One planned check with its channel."""

    channel: str
    automatic: bool


class StripDay(Answer):
    """One day of the strip."""

    day: str
    weekday: str
    checks: str
    none: str


class Strip(Streaks):
    """The last days of a channel's checks."""

    channel: str
    zone: str
    key: str
    days: list[StripDay]


class TextOf(Answer):
    """A text in one language."""

    language: str
    text: str


class CheckText(Answer):
    """The text of the next check."""

    channel: str
    check: PlannedCheck
    due: bool
    number: int
    of: int
    texts: list[TextOf]


class CheckCalendar(Answer):
    """A calendar file."""

    events: int
    ics: str


class CheckExport(Answer):
    """Every record of a channel's checks as CSV."""

    channel: str
    rows: int
    csv: str


# --- operations -------------------------------------------------------------------------------------------------------


async def _read(request: Request, word: str, query: dict[str, Any], name: str | None = None) -> Response:
    if name is None:
        reader = records.READS[word]
        return as_json(await asyncio.to_thread(node_of(request).service.look, lambda books: reader(books, query)))
    one = records.READS_ONE[word]
    return as_json(await asyncio.to_thread(node_of(request).service.look, lambda books: one(books, name, query)))


async def check_plans(request: Request) -> Response:
    """Return every plan of line checks in short, with where its checks stand."""
    return await _read(request, "check-plans", {})


async def check_plan(request: Request, name: PathName) -> Response:
    """Return one channel's plan with both calendars."""
    return await _read(request, "check-plans", {}, name)


async def line_checks(
    request: Request, channel: NameQuery = None, limit: IndexQuery = "50", before: NameQuery = None
) -> Response:
    """Return records of checks, the newest first, at most 200."""
    return await _read(request, "line-checks", {"channel": channel, "limit": limit, "before": before})


async def check_strip(request: Request, name: PathName, days: IndexQuery = "30") -> Response:
    """Return the last days of a channel's checks, one letter each, with streaks."""
    return await _read(request, "check-strip", {"days": days}, name)


async def check_text(request: Request, name: PathName) -> Response:
    """Return the text of the check that is due or comes next."""
    return await _read(request, "check-text", {}, name)


async def check_next(request: Request, channel: NameQuery = None, days: IndexQuery = "7") -> Response:
    """Return the planned checks of the next days."""
    return await _read(request, "check-next", {"channel": channel, "days": days})


async def check_calendar(request: Request, channel: NameQuery = None, days: IndexQuery = "31") -> Response:
    """Return the planned checks of the next days as a calendar file."""
    return await _read(request, "check-calendar", {"channel": channel, "days": days})


async def check_export(request: Request, name: PathName) -> Response:
    """Return every record of a channel's checks as CSV, the oldest first."""
    return await _read(request, "check-export", {}, name)


async def prepare_check_plan(request: Request, body: PlanSet) -> Response:
    """Prepare the plan of a channel's checks."""
    return _prepare(request, "check-plan", body)


async def prepare_line_check(request: Request, body: CheckMade) -> Response:
    """Prepare what came of a call."""
    return _prepare(request, "line-check", body)


def _prepare(request: Request, kind: str, body: Shape) -> Response:
    given = body.model_dump(exclude_none=True, by_alias=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/check-plans", "check-plans", check_plans, list[Plan]),
    Operation("GET", "/v1/check-plans/{name}", "check-plan", check_plan, PlanDetail),
    Operation("GET", "/v1/line-checks", "line-checks", line_checks, list[Check]),
    Operation("GET", "/v1/check-strip/{name}", "check-strip", check_strip, Strip),
    Operation("GET", "/v1/check-text/{name}", "check-text", check_text, CheckText),
    Operation("GET", "/v1/check-next", "check-next", check_next, list[NextCheck]),
    Operation("GET", "/v1/check-calendar", "check-calendar", check_calendar, CheckCalendar),
    Operation("GET", "/v1/check-export/{name}", "check-export", check_export, CheckExport),
    Operation("POST", "/v1/prepare/check-plan", "prepare-check-plan", prepare_check_plan, answers.Prepared),
    Operation("POST", "/v1/prepare/line-check", "prepare-line-check", prepare_line_check, answers.Prepared),
)
"""Its operations."""
