"""The API of calls and of printed sheets."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, Literal

from fastapi import Request, Response
from pydantic import Field

from armslength.core.errors import LocalError
from armslength.desk import service_calls, service_sheets
from armslength.entrypoints.api.answers import Answer, Prepared
from armslength.entrypoints.api.asked import (
    FlagQuery,
    IndexQuery,
    LocaleQuery,
    NameQuery,
    PathName,
    as_json,
    caller_of,
    node_of,
)
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import LIST_ITEMS_MAX, Hash, Line, Locale, Name, OptionalLine, Shape, Text

Names = Annotated[list[Name], Field(max_length=LIST_ITEMS_MAX)]


class CallBegin(Shape):
    """A call that was taken or placed."""

    channel: Name = Field(description="A channel of the book.")
    direction: Literal["IN", "OUT"]
    at: Name | None = Field(default=None, description="When it was taken or placed; now, when it does not say.")
    ours: Names = Field(default_factory=list, description="Who speaks for us; the officer, when nobody is named.")
    theirs: Names = Field(default_factory=list, description="Who they say they are.")
    interpreter: OptionalLine = ""
    telephone: OptionalLine = Field(default="", description="The number called, or the one that was shown.")
    calls_back: Name | None = Field(default=None, description="The call that this one finds out about.")
    case: Name | None = None
    about: OptionalLine = ""
    recording: Literal["BY-US", "BY-THEM", "BY-BOTH", "NOBODY", "UNKNOWN"] = "UNKNOWN"


class CallStep(Shape):
    """A step of a call; which of the fields it needs, its kind says."""

    call: Name = Field(description="CL-YYYY-NNNNNN.")
    step: Name = Field(description="joined, verified, disowned, said, asked, denial, read-back, ticked and the like.")
    at: Name | None = None
    text: Text = ""
    side: Literal["OURS", "THEIRS", "INTERPRETER", ""] = ""
    names: Names = Field(default_factory=list)
    item: OptionalLine = Field(default="", description="Line of the script, recording flag, or outcome.")
    by: OptionalLine = Field(default="", description="CALL-BACK or CHALLENGE; who made a transcript or gist.")
    reference: OptionalLine = Field(default="", description="The call that called back.")
    language: Locale | None = None
    place: Line | None = Field(default=None, description="The place as sent, degrees or MGRS.")
    heard_place: Line | None = Field(default=None, description="The place as read back.")
    sent: Line | None = Field(default=None, description="A number as sent.")
    heard: Line | None = Field(default=None, description="The number as read back.")
    important: bool = False
    draft: Hash | None = Field(default=None, description="The draft that proposes the agreed text to the other side.")


class CallSummary(Answer):
    """One call in a line."""

    call: str
    channel: str
    direction: str
    began_at: str
    ended_at: str | None
    duration_s: int | None
    status: str
    outcome: str | None
    identity: str
    officer: str
    ours: list[str]
    theirs: list[str]
    calls_back: str | None
    case: str | None
    about: str


class CallBack(Answer):
    """A call that was made to find out who had called."""

    call: str
    at: str


class Wait(Answer):
    """How long somebody was waited for by name."""

    who: str
    from_: str = Field(alias="from")
    until: str | None


class CallTaken(Answer):
    """One step as it was taken."""

    at: str
    after_s: int
    step: str
    officer: str | None
    entered_at: str
    text: str | None = None
    side: str | None = None
    item: str | None = None
    by: str | None = None
    reference: str | None = None
    language: str | None = None
    names: list[str] | None = None
    important: bool | None = None
    sent: str | None = None
    heard: str | None = None
    distance_m: int | None = None
    agrees: bool | None = None


class CallAgreed(Answer):
    """The agreed text, and how it is known."""

    text: str
    language: str
    at: str
    draft: str | None
    message: str | None
    answer: str | None
    proof: Literal["SIGNED", "ATTESTED"]


class Call(CallSummary):
    """One call whole."""

    telephone: str
    interpreter: str
    recording: str
    verified_by: str | None
    verified_at: str | None
    call_backs: list[CallBack]
    call_back_due_at: str | None
    call_back_missed: bool
    waits: list[Wait]
    broke_in_at: str | None
    rung_at: str | None
    rung: str
    counterfactual: str
    agreed: CallAgreed | None
    line_peer: str | None = Field(description="The peer of our own line, when the channel is one.")
    timeline: list[CallTaken]
    contact: dict[str, Any] = Field(description="What `POST /v1/prepare/contact` is given for it.")


class ScriptLine(Answer):
    """What is said: in our language, in theirs, and how that sounds to who reads ours."""

    step: str
    ours: str
    theirs: str
    sound: str


class ScriptReadBack(Answer):
    """A place or number that is to be read back, as it is sent."""

    what: str
    sent: str


class CallScript(Answer):
    """What is said in a call, line by line."""

    title: str
    subtitle: str
    language: str
    lines: list[ScriptLine]
    read_backs: list[ScriptReadBack]


class SheetPrinted(Answer):
    """A printed sheet."""

    kind: str
    name: str
    title: str
    pdf: str = Field(description="The PDF in base64.")


async def calls(
    request: Request, channel: NameQuery = None, live: FlagQuery = "false", limit: IndexQuery = "50"
) -> Response:
    """Return the newest calls, at most 200, the newest first."""
    query = {"channel": channel, "live": live, "limit": limit}
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.look, lambda books: service_calls.read_calls(books, query)))


async def call(request: Request, name: PathName) -> Response:
    """Return one call with its timeline, whose voice it was, and the contact that it makes."""
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.look, lambda books: service_calls.read_call(books, name, {})))


async def call_script(
    request: Request,
    name: PathName,
    language: LocaleQuery = None,
    theirs: LocaleQuery = None,
    message: NameQuery = None,
    line: NameQuery = None,
    draft: NameQuery = None,
    concern: NameQuery = None,
) -> Response:
    """Return what is said in a call on a channel, or in a call by its number: both languages, and how it sounds."""
    asked = {"language": language, "theirs": theirs, "message": message, "line": line}
    query = {**asked, "draft": draft, "concern": concern}
    return as_json(await asyncio.to_thread(node_of(request).service.call_script, name, query))


async def prepare_call(request: Request, body: CallBegin) -> Response:
    """Prepare a call that was taken or placed."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "call", given))


async def prepare_call_step(request: Request, body: CallStep) -> Response:
    """Prepare a step of a call."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "call-step", given))


async def sheet(request: Request, kind: PathName, of: NameQuery = None, language: LocaleQuery = None) -> Response:
    """Return a printed sheet as a PDF; what further a kind asks for goes into the query by its name.

    Raises:
        LocalError: API-ROLE, the caller may not read what stands on it; SHEET-UNKNOWN, and the codes of the kind.
    """
    caller = caller_of(request)
    allowed = service_sheets.roles(kind)
    if not caller.roles & allowed:
        raise LocalError("API-ROLE", officer=caller.officer, expected=", ".join(sorted(allowed)))
    further = {key: value for key, value in request.query_params.items() if key not in {"of", "language"}}
    query = {**further, **({} if language is None else {"language": language})}
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.sheet, kind, of or "", query))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/calls", "calls", calls, list[CallSummary]),
    Operation("GET", "/v1/calls/{name}", "call", call, Call),
    Operation("GET", "/v1/call-scripts/{name}", "call-script", call_script, CallScript),
    Operation("POST", "/v1/prepare/call", "prepare-call", prepare_call, Prepared),
    Operation("POST", "/v1/prepare/call-step", "prepare-call-step", prepare_call_step, Prepared),
    Operation("GET", "/v1/sheets/{kind}", "sheets", sheet, SheetPrinted),
)
"""Its operations."""
