"""The API of notices in bulk: the sheet that comes in, what persons do with a batch, the grid of notice and party."""

# ruff: noqa: TC001, TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from base64 import b64decode
from binascii import Error as Base64Error
from typing import Annotated, Any, Final, Literal

from fastapi import Request, Response
from pydantic import Field

from armslength.core.errors import LocalError
from armslength.desk import service_notices
from armslength.desk.notifying import AT_ONCE_MAX
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import IndexQuery, NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import Acts, Count, Hash, Line, Name, OptionalLine, PreparedText, Shape
from armslength.entrypoints.api.shapes_watch import FileData


class NoticeFile(Shape):
    """A sheet of notices, as a coordinator hands it over."""

    name: Line = Field(description="The file's name, for people.")
    data: FileData = Field(description="The file in base64, at most 16 MiB of it.")


class SubmitNotices(Shape):
    """A prepared batch with the acts signed over it, and its file once more."""

    prepared: PreparedText = Field(description="What prepare returned, unchanged.")
    acts: Acts
    data: FileData = Field(description="The very file, in base64.")


class BatchStep(Shape):
    """One person's step on a whole batch."""

    batch: Name
    step: Literal["draft", "legal", "linguist", "release"]
    law: Annotated[list[Line], Field(max_length=16)] | None = Field(default=None, description="Of the legal tick.")
    limit: Count | None = Field(default=None, description="Bodies at most; fewer may come.")


class SignedNotice(Shape):
    """One body of a batch with the acts signed over it; the release of a draft names it in the place of the body."""

    prepared: PreparedText | None = None
    release: Hash | None = None
    notice: Name | None = None
    party: Name | None = None
    acts: Acts


class SignedChunk(Shape):
    """What one person signed of a batch: all of it is entered, or nothing."""

    submissions: Annotated[list[SignedNotice], Field(min_length=1, max_length=AT_ONCE_MAX)]


class NoticeWithdrawal(Shape):
    """A notice is taken back."""

    notice: Name
    reason: OptionalLine


class NoticeReceipt(Shape):
    """How far a party has a notice, as an officer heard it or holds it on paper."""

    notice: Name
    party: Name
    level: Count = Field(description="0 to 3.")
    how: OptionalLine
    version: Count | None = None


class NoticeSheet(Shape):
    """All that a party without a line is owed is handed over to it."""

    party: Name


class RefusedRow(Answer):
    """A row of a sheet that cannot be used."""

    row: int
    code: str
    reason: str


class ChangedNotice(Answer):
    """A notice that a sheet changes."""

    notice: str
    version: int


class Double(Answer):
    """A row that may notify one thing a second time."""

    reference: str
    repeats: str


class StagedBatch(Answer):
    """A dry run of a sheet."""

    batch: str
    file_hash: str
    rows_read: int
    new: int
    changed: list[ChangedNotice]
    changed_count: int
    known: int
    refused: int
    refused_rows: list[RefusedRow]
    late: list[str]
    late_count: int
    doubles: list[Double]
    doubles_count: int
    parties: dict[str, int]
    earliest: str | None
    emergencies: list[str]


class PreparedBatch(answers.Prepared):
    """The body of a batch with its dry run."""

    batch: StagedBatch


class PreparedNotice(answers.Prepared):
    """One body of a batch."""

    notice: str
    party: str
    release: str | None = None


class PartyStates(Answer):
    """Where the notices of a batch stand for one party."""

    party: str
    line: bool
    states: dict[str, int]


class BatchSummary(Answer):
    """What a batch comes to."""

    parties: list[PartyStates]
    notices: int
    urgency: dict[str, int]
    begun: int
    checks_missing: dict[str, int]


class PreparedChunk(BatchSummary):
    """Bodies of a batch for one person's signature, and what the whole comes to."""

    batch: str
    step: str
    bodies: list[PreparedNotice]


class EnteredNotice(Answer):
    """What became of one body, or of the drafts together."""

    type: str
    id: str


class BatchEntered(Answer):
    """A batch that was entered."""

    type: str
    batch: str
    rows: int


class Batch(Answer):
    """One batch."""

    batch: str
    at: str | None
    officer: str
    file: str
    rows: int
    refused: int
    entered: int
    complete: bool
    entry: int


class BatchShown(Batch, BatchSummary):
    """One batch with where it stands."""

    law: str


class NoticeParty(Answer):
    """How far one party was told of one notice."""

    party: str
    line: bool
    state: str
    no_longer_for: bool | None = None
    holds_version: int | None = None
    sent_version: int | None = None
    level: str | None = None
    proof: str | None = None
    message: str | None = None
    since: str | None = None
    holds_older: bool | None = None


class Notice(Answer):
    """One notice of the grid."""

    notice: str
    batch: str
    version: int
    kind: str
    reference: str
    name: str
    organisation: str
    urgency: str
    from_: str | None = Field(alias="from")
    until: str | None
    valid_until: str | None
    withdrawn: bool
    expired: bool
    parties: list[NoticeParty]
    contact: str | None = None
    where: str | None = None


class Grid(Answer):
    """A page of the grid; ``next`` is the ``after`` of the next one."""

    rows: list[Notice]
    next: str | None
    law: str


class NoticeVersion(Answer):
    """One version of a notice."""

    version: int
    at: str | None
    withdrawn: bool
    batch: str


class NoticeShown(Notice):
    """One notice with its versions."""

    versions: list[NoticeVersion]
    law: str


def _given(**parts: str | None) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}


async def grid(
    request: Request,
    batch: NameQuery = None,
    party: NameQuery = None,
    owed: NameQuery = None,
    active: NameQuery = None,
    after: NameQuery = None,
    limit: IndexQuery = "50",
) -> Response:
    """Return a page of notices with each party's version and receipt, at most 200."""
    given = _given(batch=batch, party=party, owed=owed, active=active, after=after, limit=limit)
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.look, lambda books: service_notices.read_grid(books, given)))


async def notice(request: Request, notice: PathName) -> Response:
    """Return one notice: its versions, and how far each party was told."""
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.look, lambda books: service_notices.read_notice(books, notice, {})))


async def batches(request: Request, limit: IndexQuery = "50") -> Response:
    """Return the batches of notices, the newest first."""
    service = node_of(request).service
    given = {"limit": limit}
    return as_json(await asyncio.to_thread(service.look, lambda books: service_notices.read_batches(books, given)))


async def batch(request: Request, batch: PathName) -> Response:
    """Return one batch with where its notices stand for each party."""
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.look, lambda books: service_notices.read_batch(books, batch, {})))


async def dry_run(request: Request, body: NoticeFile) -> Response:
    """Read a sheet of notices and say what would be entered; nothing is."""
    work = node_of(request).service.notices
    return as_json(await asyncio.to_thread(work.dry_run, body.model_dump()))


async def prepare_batch(request: Request, body: NoticeFile) -> Response:
    """Prepare the batch of a sheet, with its dry run; one signature stands for all of its rows."""
    work = node_of(request).service.notices
    return as_json(await asyncio.to_thread(work.prepare_batch, caller_of(request).officer, body.model_dump()))


async def enter_batch(request: Request, body: SubmitNotices) -> Response:
    """Enter the notices of a sheet for which the caller signed; the same again goes on where it was cut short."""
    _require_own(request, body.acts)
    data = await asyncio.to_thread(_decoded, body.data)
    signed = body.model_dump(include={"prepared", "acts"})
    return as_json(await asyncio.shield(node_of(request).service.submit_notice_batch(signed, data)))


async def prepare_step(request: Request, body: BatchStep) -> Response:
    """Prepare a chunk of what the caller signs of a batch: drafts, checks or releases."""
    work = node_of(request).service.notices
    given = body.model_dump(exclude_none=True)
    return as_json(
        await asyncio.to_thread(work.prepare, caller_of(request).officer, body.step, body.batch, given),
    )


async def submit(request: Request, body: SignedChunk) -> Response:
    """Enter a signed chunk of a batch, all of it or nothing."""
    for one in body.submissions:
        _require_own(request, one.acts)
    given = [one.model_dump(exclude_none=True) for one in body.submissions]
    return as_json(await asyncio.shield(node_of(request).service.submit_notices(given)))


async def prepare_withdrawal(request: Request, body: NoticeWithdrawal) -> Response:
    """Prepare the withdrawal of a notice; every party that was told of it is told that too."""
    return _local(request, "notice-withdraw", body)


async def prepare_receipt(request: Request, body: NoticeReceipt) -> Response:
    """Prepare a receipt that an officer heard or holds on paper: ATTESTED."""
    return _local(request, "notice-receipt", body)


async def prepare_sheet(request: Request, body: NoticeSheet) -> Response:
    """Prepare that a party without a line was handed all that it is owed."""
    return _local(request, "notice-sheet", body)


def _local(request: Request, kind: str, body: Shape) -> Response:
    service = node_of(request).service
    return as_json(service.prepare_local(caller_of(request).officer, kind, body.model_dump(exclude_none=True)))


def _require_own(request: Request, acts: Acts) -> None:
    officer = caller_of(request).officer
    for act in acts:
        if act.officer != officer:
            raise LocalError("SUBMIT-OTHER-OFFICER", expected=officer, got=act.officer)


def _decoded(data: str) -> bytes:
    try:
        return b64decode(data, validate=True)
    except (Base64Error, ValueError) as error:
        raise LocalError("PREPARED-MALFORMED", part="base64") from error


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/notices", "notices", grid, Grid),
    Operation("GET", "/v1/notices/{notice}", "notice", notice, NoticeShown),
    Operation("GET", "/v1/notice-batches", "notice-batches", batches, list[Batch]),
    Operation("GET", "/v1/notice-batches/{batch}", "notice-batch", batch, BatchShown),
    Operation("POST", "/v1/dry-run/notices", "dry-run-notices", dry_run, StagedBatch),
    Operation("POST", "/v1/prepare/notice-batch", "prepare-notice-batch", prepare_batch, PreparedBatch),
    Operation("POST", "/v1/notice-batches", "enter-notice-batch", enter_batch, BatchEntered),
    Operation("POST", "/v1/prepare/notices", "prepare-notices", prepare_step, PreparedChunk),
    Operation("POST", "/v1/submit/notices", "submit-notices", submit, list[EnteredNotice]),
    Operation("POST", "/v1/prepare/notice-withdraw", "prepare-notice-withdraw", prepare_withdrawal, answers.Prepared),
    Operation("POST", "/v1/prepare/notice-receipt", "prepare-notice-receipt", prepare_receipt, answers.Prepared),
    Operation("POST", "/v1/prepare/notice-sheet", "prepare-notice-sheet", prepare_sheet, answers.Prepared),
)
"""Its operations."""
