"""The API of cases, the running log, search and the brief."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from fastapi import Query, Request, Response
from pydantic import Field

from armslength.channels.cases_accounts import SAYS_BYTES_MAX, TOPICS_MAX
from armslength.desk import briefs as brief_pages
from armslength.desk import cards, case_reading, searching
from armslength.desk.casework import REFERENCES_MAX, TAGS_MAX
from armslength.desk.search_index import QUERY_CHARS_MAX
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import FlagQuery, IndexQuery, NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import Line, Name, OptionalLine, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.books import Books

Asked: TypeAlias = Annotated[
    str,
    Query(max_length=QUERY_CHARS_MAX, description='Words in any of the scripts; "words side by side" in quotes.'),
]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=SAYS_BYTES_MAX)]


# --- what comes in ----------------------------------------------------------------------------------------------------


class CaseOpened(Shape):
    """A case to be opened."""

    title: Line
    reason: Line = Field(description="Why it is opened.")
    subject: OptionalLine | None = None
    facility: OptionalLine | None = None
    references: Annotated[list[Name], Field(max_length=REFERENCES_MAX)] | None = Field(
        default=None, description="What it joins: numbers, hashes, ids of facilities, or log:12."
    )


class CaseStep(Shape):
    """A person's step on a case."""

    case: Name
    step: Literal["join", "leave", "account", "contradiction", "assess", "close", "reopen"]
    reason: OptionalLine | None = None
    reference: OptionalLine | None = Field(default=None, description="For join and leave; where an account stands.")
    source: OptionalLine | None = Field(default=None, description="For account: who says so.")
    question: Name | None = Field(default=None, description="For account: a code, for example initiated-by.")
    about: OptionalLine | None = Field(default=None, description="For account: what the question is about.")
    answer: Annotated[list[Line], Field(max_length=TOPICS_MAX)] | None = Field(
        default=None, description="For account: yes or no, a party, a number, a place, from and until, or topics."
    )
    says: Words | None = Field(default=None, description="For account: the source's words.")
    said_at: Name | None = None
    first: Name | None = Field(default=None, description="For contradiction and assess: one side, for example 3.")
    second: Name | None = Field(default=None, description="The other side.")


class LogLine(Shape):
    """A line of the running log."""

    text: Line
    tags: Annotated[list[Name], Field(max_length=TAGS_MAX)] | None = None
    references: Annotated[list[Name], Field(max_length=REFERENCES_MAX)] | None = None
    at: Name | None = Field(default=None, description="When it happened; now when missing.")


# --- what goes out ----------------------------------------------------------------------------------------------------


class CaseListed(Answer):
    """One case in a list."""

    case: str
    title: str
    subject: str
    facility: str
    status: str
    opened_at: str | None
    changed_at: str | None
    joined: int
    accounts: int
    contradictions: int
    unassessed: int


class AccountKept(Answer):
    """One account."""

    account: int
    source: str
    answer: str
    says: str
    reference: str
    said_at: str | None
    officer: str
    entered_at: str | None


class QuestionKept(Answer):
    """The accounts of one question, side by side."""

    question: str
    asks: str
    about: str
    accounts: list[AccountKept]


class Dispute(Answer):
    """Two of a case that cannot both hold: FOUND, STATED or ASSESSED; both stay."""

    first: str
    second: str
    what: str
    state: str
    officer: str
    at: str | None
    assessment: str
    assessed_by: str


class TimelineRow(Answer):
    """One line of a timeline, with channel, proof class and receipt level."""

    at: str | None
    until: str | None
    kind: str
    reference: str
    title: str
    channel: str
    level_of_channel: str
    proof: str
    level: str | None
    officer: str
    entry: int | None


class CaseLeft(Answer):
    """What a person took back out of a case."""

    kind: str
    reference: str
    at: str | None
    because: str


class CaseTaken(Answer):
    """One step of a case."""

    step: str
    at: str | None
    officer: str
    reason: str


class CaseShown(CaseListed):
    """One case."""

    questions: list[QuestionKept]
    disputes: list[Dispute]
    joins: list[TimelineRow]
    left: list[CaseLeft]
    history: list[CaseTaken]


class Said(Answer):
    """One entry of the journal in words."""

    entry: int
    kind: str
    at: str | None
    entered_at: str | None
    title: str
    officer: str
    channel: str
    cases: list[str]
    reference: str = Field(description="What it is about, as it is opened: a number, a message's hash; empty for none.")
    tags: list[str] = Field(description="Of a line of the log: words to find it by.")
    about: list[str] = Field(description="Of a line of the log: kind and name of what it refers to.")


class Hit(Said):
    """One entry found, and how: as typed, begins so, another spelling."""

    how: str


class Found(Answer):
    """What a search found: how many in all, of how many entries, and one page of them."""

    query: str
    found: int
    entries: int
    hits: list[Hit]


class LogPage(Answer):
    """A page of the running log, the newest first; ``before`` asks for the next one."""

    lines: list[Said]
    before: str | None
    as_of: str


class BriefAlarm(Answer):
    """An alarm that nobody accepted."""

    id: str
    kind: str
    sentence: str
    detail: str
    raised_at: str | None


class ReceiptOwed(Answer):
    """A receipt that is owed."""

    receipt: str
    message: str
    number: str
    form: str
    precedence: str
    owed_by: str
    until: str | None
    overdue: bool


class BriefConcern(Answer):
    """An open concern."""

    id: str
    facility: str
    status: str
    rank: int
    certainty: str | None
    flagged_at: str | None


class FallsDue(Answer):
    """What falls due soon."""

    what: str
    count: int
    first_at: str | None
    names: list[str]


class Checked(Answer):
    """How checks of a channel went."""

    channel: str
    result: str
    count: int


class Brief(Answer):
    """The shift brief."""

    since: str | None
    as_of: str | None
    counts: dict[str, int]
    happened: list[Said]
    happened_in_all: int
    alarms: list[BriefAlarm]
    receipts: list[ReceiptOwed]
    concerns: list[BriefConcern]
    cases: list[CaseListed]
    deadlines: list[FallsDue]
    line_checks: list[Checked]


class Card(Answer):
    """The principal's card of a case or message."""

    name: str
    title: str
    as_of: str | None
    said: list[str]
    asked: list[str]
    by_when: list[str]
    options: list[str]
    decided: list[str]
    not_known: list[str]


# --- operations -------------------------------------------------------------------------------------------------------


async def _look(request: Request, reader: Callable[[Books], Any]) -> Response:
    # The first look at a long journal makes the index: messages go on meanwhile.
    return as_json(await asyncio.to_thread(node_of(request).service.look, reader))


async def cases(request: Request, every: FlagQuery = "false", limit: IndexQuery = "50") -> Response:
    """Return cases, the newest first; closed ones when every one is asked for."""
    return await _look(request, lambda books: case_reading.read_cases(books, {"every": every, "limit": limit}))


async def case(request: Request, case: PathName) -> Response:
    """Return one case: accounts side by side, what cannot both hold, what it joins."""
    return await _look(request, lambda books: case_reading.read_case(books, case))


async def case_timeline(
    request: Request, case: PathName, limit: IndexQuery = str(case_reading.TIMELINE_MAX)
) -> Response:
    """Return everything that a case joins, by time, with channel, proof class and receipt level."""
    return await _look(request, lambda books: case_reading.read_timeline(books, case, {"limit": limit}))


async def log(
    request: Request,
    since: NameQuery = None,
    until: NameQuery = None,
    kind: NameQuery = None,
    case: NameQuery = None,
    before: NameQuery = None,
    limit: IndexQuery = "50",
) -> Response:
    """Return the running log, the newest first: what was written and what was done."""
    query = {"since": since, "until": until, "kind": kind, "case": case, "before": before, "limit": limit}
    asked = {**query, "roles": caller_of(request).roles}
    return await _look(request, lambda books: searching.read_log(books, asked))


async def search(
    request: Request,
    q: Asked = "",
    kind: NameQuery = None,
    since: NameQuery = None,
    until: NameQuery = None,
    case: NameQuery = None,
    channel: NameQuery = None,
    limit: IndexQuery = "50",
    offset: IndexQuery = "0",
) -> Response:
    """Return what is found in any script, in what the caller may read; as typed before other spellings."""
    query = {"q": q, "kind": kind, "since": since, "until": until, "case": case, "channel": channel}
    asked = {**query, "limit": limit, "offset": offset, "roles": caller_of(request).roles}
    return await _look(request, lambda books: searching.search(books, asked))


async def briefs(request: Request, since: NameQuery = None) -> Response:
    """Return the shift brief: what happened, what is open, who owes what, what falls due next."""
    return await _look(request, lambda books: brief_pages.read_brief(books, {"since": since}))


async def card(request: Request, name: PathName) -> Response:
    """Return the principal's card of a case or of a message."""
    return await _look(request, lambda books: cards.read_card(books, name))


async def prepare_case(request: Request, body: CaseOpened) -> Response:
    """Prepare a new case."""
    return _prepared(request, "case", body)


async def prepare_case_step(request: Request, body: CaseStep) -> Response:
    """Prepare a person's step on a case: join, leave, account, contradiction, assess, close, reopen."""
    return _prepared(request, "case-step", body)


async def prepare_log(request: Request, body: LogLine) -> Response:
    """Prepare a line of the running log."""
    return _prepared(request, "log", body)


def _prepared(request: Request, kind: str, body: Shape) -> Response:
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/cases", "cases", cases, list[CaseListed]),
    Operation("GET", "/v1/cases/{case}", "case", case, CaseShown),
    Operation("GET", "/v1/case-timeline/{case}", "case-timeline", case_timeline, list[TimelineRow]),
    Operation("GET", "/v1/log", "log", log, LogPage),
    Operation("GET", "/v1/search", "search", search, Found),
    Operation("GET", "/v1/briefs", "briefs", briefs, Brief),
    Operation("GET", "/v1/cards/{name}", "card", card, Card),
    Operation("POST", "/v1/prepare/case", "prepare-case", prepare_case, answers.Prepared),
    Operation("POST", "/v1/prepare/case-step", "prepare-case-step", prepare_case_step, answers.Prepared),
    Operation("POST", "/v1/prepare/log", "prepare-log", prepare_log, answers.Prepared),
)
"""Its operations."""
