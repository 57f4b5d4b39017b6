"""The API of the channel book and the ladders."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import service_book
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import FlagQuery, IndexQuery, NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import LIST_ITEMS_MAX, Count, Line, Name, OptionalLine, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.books import Books


# --- what comes in ----------------------------------------------------------------------------------------------------

Lines: TypeAlias = Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)]


class Account(Shape):
    """What one source says: ``when`` is a day, month, year or instant; or ``from`` and ``until``."""

    text: Line
    source: Line
    when: Name | None = None
    from_: Name | None = Field(default=None, alias="from")
    until: Name | None = None


class Holder(Shape):
    """An office-holder; ``until`` a day means to the end of that day."""

    name: Line
    title: Line
    source: Line
    own_name: OptionalLine | None = None
    from_: Name | None = Field(default=None, alias="from")
    until: Name | None = None


class Number(Shape):
    """Where an end is reached."""

    medium: Name
    value: Line
    note: OptionalLine | None = None


class End(Shape):
    """One end: ``side`` is OURS, THEIRS or THIRD."""

    side: Name
    party: Name
    post: Line
    holders: Annotated[list[Holder], Field(max_length=LIST_ITEMS_MAX)] | None = None
    places: Annotated[list[Account], Field(max_length=LIST_ITEMS_MAX)] | None = None
    numbers: Annotated[list[Number], Field(max_length=LIST_ITEMS_MAX)] | None = None


class Hours(Shape):
    """When a channel is manned, for example days 1 to 5, ``09:00`` to ``17:00``."""

    days: Annotated[list[Count], Field(min_length=1, max_length=7)]
    from_: Name = Field(alias="from")
    until: Name


class AddressSheet(Shape):
    """How the other side is addressed in one language, and who approved it there."""

    language: Name
    opening: Line
    titles: OptionalLine | None = None
    closing: OptionalLine | None = None
    approved_by: OptionalLine | None = None
    approved_at: Name | None = None
    reference: OptionalLine | None = None


class ChannelDocument(Shape):
    """A whole channel; what is left out is not said."""

    channel: Name = Field(description="Small letters, digits and hyphens, at most 32.")
    name: Line
    medium: Name = Field(description="OUR-LINE, TELEPHONE, VIDEO, MAIL, FAX, LETTER, MEETING or RELAY.")
    level: Name = Field(
        description="DUTY, STAFF, COMMAND, CHIEFS-OF-STAFF, MINISTERS, ADVISERS, INTELLIGENCE or PRINCIPALS."
    )
    ends: Annotated[list[End], Field(max_length=LIST_ITEMS_MAX)]
    purpose: Line
    languages: Annotated[list[Name], Field(max_length=LIST_ITEMS_MAX)]
    exclusions: Lines | None = None
    may_open: Lines | None = None
    approves: Lines | None = None
    hours: Annotated[list[Hours], Field(max_length=LIST_ITEMS_MAX)] | None = None
    time_zone: Name | None = None
    address_sheets: Annotated[list[AddressSheet], Field(max_length=LIST_ITEMS_MAX)] | None = None
    establishment: Annotated[list[Account], Field(max_length=LIST_ITEMS_MAX)] | None = None
    facts: Annotated[list[Account], Field(max_length=LIST_ITEMS_MAX)] | None = None
    cost: OptionalLine | None = None
    signal_value: OptionalLine | None = None
    line_peer: Name | None = None


class ChannelSet(Shape):
    """A channel to be entered or corrected, and why."""

    document: ChannelDocument
    reason: OptionalLine | None = Field(default=None, description="Needed to correct a channel.")


class StateSaid(Shape):
    """A statement of how a channel stands: DECLARED by a party, or OBSERVED here."""

    channel: Name
    manner: Name
    state: Name
    evidence: Annotated[list[Line], Field(min_length=1, max_length=64)]
    reason: Line
    by: Name | None = None
    since: Name | None = None
    silence: Name | None = Field(default=None, description="TECHNICAL, POLITICAL or UNKNOWN.")


class LadderRung(Shape):
    """A channel of a ladder and how long it is waited on."""

    channel: Name
    wait_s: Count
    note: OptionalLine | None = None


class LadderStep(Shape):
    """What is done when no rung answered: THIRD-PARTY, PUBLIC or OTHER."""

    kind: Name
    text: Line
    wait_s: Count


class LadderDocument(Shape):
    """A whole ladder."""

    subject: Name
    rungs: Annotated[list[LadderRung], Field(min_length=1, max_length=16)]
    plan: Annotated[list[LadderStep], Field(max_length=16)] | None = None


class LadderSet(Shape):
    """The ladder of a subject, and why it is so."""

    document: LadderDocument
    reason: Line


class RungBegin(Shape):
    """The beginning of a run: the rung that is tried, and what using it itself says."""

    subject: Name
    says: Line
    reason: Line
    rung: Name | None = None
    since: Name | None = None
    approved_by: Line | None = None
    links: (
        Annotated[
            list[Annotated[list[Line], Field(min_length=2, max_length=2)]],
            Field(max_length=16, description="Pairs of kind and reference."),
        ]
        | None
    ) = None


class RungAnswer(Shape):
    """A person's answer to a run: USE, WAIT, SKIP, ANSWERED or STOP."""

    run: Name
    answer: Name
    reason: Line
    rung: Name | None = None
    says: Line | None = None
    approved_by: Line | None = None
    since: Name | None = None
    until: Name | None = None
    reference: Line | None = None


# --- what goes out ----------------------------------------------------------------------------------------------------


class Declared(Answer):
    """What a party declared."""

    by: str
    state: str
    since: str | None


class HoldersNow(Answer):
    """Who holds an end now."""

    side: str
    party: str
    names: list[str]


class LastContact(Answer):
    """The newest contact of a channel that may have reached somebody; it began between ``at`` and ``until``."""

    contact: str
    at: str | None
    until: str | None
    outcome: str
    proof: str


class ChannelSummary(Answer):
    """A channel in one line; ``apart`` says that what is declared and what is seen differ."""

    channel: str
    name: str
    medium: str
    level: str
    languages: list[str]
    declared: list[Declared]
    observed: str | None
    observed_since: str | None
    apart: bool
    within_hours: bool
    last_contact: LastContact | None
    holders: list[HoldersNow]


class AccountSaid(Answer):
    """What one source says, for which time."""

    text: str
    from_: str | None = Field(alias="from")
    until: str | None
    source: str


class HolderKnown(Answer):
    """An office-holder."""

    name: str
    own_name: str
    title: str
    from_: str | None = Field(alias="from")
    until: str | None
    source: str


class HolderAt(HolderKnown):
    """An office-holder at an instant, with the end."""

    side: str
    party: str
    post: str


class NumberKnown(Answer):
    """Where an end is reached."""

    medium: str
    value: str
    note: str


class EndKnown(Answer):
    """One end."""

    side: str
    party: str
    post: str
    holders: list[HolderKnown]
    places: list[AccountSaid]
    numbers: list[NumberKnown]


class HoursKnown(Answer):
    """When a channel is manned."""

    days: list[int]
    from_: str = Field(alias="from")
    until: str


class AddressKnown(Answer):
    """A form of address."""

    language: str
    opening: str
    titles: str
    closing: str
    approved_by: str
    approved_at: str | None
    reference: str
    approved: bool


class LineKnown(Answer):
    """How our own line stands that carries the channel."""

    line: str
    peer: str
    declared: str
    observed: str
    unanswered: int
    last_heard_at: str | None


class StateKnown(Answer):
    """One statement of a channel's state."""

    manner: str
    state: str
    since: str | None
    by: str
    silence: str
    evidence: list[str]
    reason: str
    officer: str | None
    entry: int


class Version(Answer):
    """One record of a channel."""

    entry: int
    at: str | None
    officer: str | None
    reason: str


class ChannelKnown(ChannelSummary):
    """A channel whole."""

    purpose: str
    exclusions: list[str]
    may_open: list[str]
    approves: list[str]
    hours: list[HoursKnown]
    time_zone: str
    ends: list[EndKnown]
    address_sheets: list[AddressKnown]
    establishment: list[AccountSaid]
    facts: list[AccountSaid]
    cost: str
    signal_value: str
    line: LineKnown | None
    states: list[StateKnown]
    versions: list[Version]


class RungKnown(Answer):
    """A rung of a ladder."""

    channel: str
    wait_s: int
    note: str


class RungShown(RungKnown):
    """A rung with what the book says of its channel."""

    name: str
    cost: str
    signal_value: str
    approves: list[str]


class StepKnown(Answer):
    """A step when no rung answered."""

    kind: str
    text: str
    wait_s: int


class LadderKnown(Answer):
    """A ladder."""

    subject: str
    rungs: list[RungKnown]
    plan: list[StepKnown]
    at: str | None
    officer: str | None
    reason: str


class LadderShown(Answer):
    """A ladder with what the book says of its channels."""

    subject: str
    rungs: list[RungShown]
    plan: list[StepKnown]
    at: str | None
    officer: str | None
    reason: str


class RunSummary(Answer):
    """A run up a ladder; ``proposed`` is the next rung, or NONE-LEFT."""

    run: str
    subject: str
    status: str
    rung: str
    since: str | None
    due: str | None
    proposed: str | None
    links: list[list[str]]


class RunStep(Answer):
    """One step of a run; no officer means the clock."""

    step: str
    at: str | None
    officer: str | None
    rung: str
    note: str


class PlanStep(Answer):
    """A step when no rung answered."""

    kind: str
    text: str


class Run(RunSummary):
    """A run with its history, and what the book says of the rung that is proposed."""

    plan: list[PlanStep]
    next_signal: str | None
    next_cost: str | None
    next_approves: list[str]
    heard: LastContact | None = Field(description="A contact that reached them on the rung since it is tried.")
    history: list[RunStep]


# --- operations -------------------------------------------------------------------------------------------------------


async def _look(request: Request, reader: Callable[[Books], Any]) -> Response:
    return as_json(await asyncio.to_thread(node_of(request).service.look, reader))


async def channels(request: Request) -> Response:
    """Return every channel of the book: how it stands, who holds its ends now, its last contact."""
    return await _look(request, lambda books: service_book.read_channels(books, {}))


async def channel(request: Request, channel: PathName, at: NameQuery = None) -> Response:
    """Return one channel whole, as the book had it at an instant when one is given."""
    return await _look(request, lambda books: service_book.read_channel(books, channel, {"at": at}))


async def channel_holders(request: Request, channel: PathName, at: NameQuery = None) -> Response:
    """Return who held the ends of a channel at an instant; now without one."""
    return await _look(request, lambda books: service_book.read_holders(books, channel, {"at": at}))


async def ladders(request: Request) -> Response:
    """Return every ladder."""
    return await _look(request, lambda books: service_book.read_ladders(books, {}))


async def ladder(request: Request, subject: PathName) -> Response:
    """Return one ladder, with what each of its channels costs and says."""
    return await _look(request, lambda books: service_book.read_ladder(books, subject, {}))


async def ladder_runs(request: Request, every: FlagQuery = "false", limit: IndexQuery = "200") -> Response:
    """Return runs up ladders that wait for somebody, or all, the newest first, at most 1,000."""
    query = {"every": every, "limit": limit}
    return await _look(request, lambda books: service_book.read_runs(books, query))


async def ladder_run(request: Request, run: PathName) -> Response:
    """Return one run with its history."""
    return await _look(request, lambda books: service_book.read_run(books, run, {}))


def _prepare(request: Request, kind: str, body: Shape) -> Response:
    given = body.model_dump(by_alias=True, exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


async def prepare_channel(request: Request, body: ChannelSet) -> Response:
    """Prepare a channel of the book, or its correction."""
    return _prepare(request, "channel", body)


async def prepare_channel_state(request: Request, body: StateSaid) -> Response:
    """Prepare a statement of how a channel stands."""
    return _prepare(request, "channel-state", body)


async def prepare_ladder(request: Request, body: LadderSet) -> Response:
    """Prepare the ladder of a subject."""
    return _prepare(request, "ladder", body)


async def prepare_rung_begin(request: Request, body: RungBegin) -> Response:
    """Prepare the beginning of a run up a ladder."""
    return _prepare(request, "rung-begin", body)


async def prepare_rung(request: Request, body: RungAnswer) -> Response:
    """Prepare a person's answer to a run."""
    return _prepare(request, "rung", body)


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/channels", "channels", channels, list[ChannelSummary]),
    Operation("GET", "/v1/channels/{channel}", "channel", channel, ChannelKnown),
    Operation("GET", "/v1/channel-holders/{channel}", "channel-holders", channel_holders, list[HolderAt]),
    Operation("GET", "/v1/ladders", "ladders", ladders, list[LadderKnown]),
    Operation("GET", "/v1/ladders/{subject}", "ladder", ladder, LadderShown),
    Operation("GET", "/v1/ladder-runs", "ladder-runs", ladder_runs, list[RunSummary]),
    Operation("GET", "/v1/ladder-runs/{run}", "ladder-run", ladder_run, Run),
    Operation("POST", "/v1/prepare/channel", "prepare-channel", prepare_channel, answers.Prepared),
    Operation("POST", "/v1/prepare/channel-state", "prepare-channel-state", prepare_channel_state, answers.Prepared),
    Operation("POST", "/v1/prepare/ladder", "prepare-ladder", prepare_ladder, answers.Prepared),
    Operation("POST", "/v1/prepare/rung-begin", "prepare-rung-begin", prepare_rung_begin, answers.Prepared),
    Operation("POST", "/v1/prepare/rung", "prepare-rung", prepare_rung, answers.Prepared),
)
"""Its operations."""
