"""Feeds over the API: what is set up and how it goes, the rows that were refused, and the record that sets one up."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import Annotated, Final

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import feeds as records
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import PAGE_MAX, IndexQuery, NameQuery, as_json, caller_of, node_of
from armslength.entrypoints.api.shapes import Count, Line, Name, Shape

OPTION_CHARS_MAX: Final = 20_000
"""As the desk's bound (`desk.feeds.OPTION_BYTES_MAX`)."""

Option = Annotated[str, Field(max_length=OPTION_CHARS_MAX)]


class FeedSet(Shape):
    """A feed to be set up or changed; what is left out stays as it was signed before."""

    name: Name = Field(description="Small letters, digits and hyphens, at most 32.")
    reader: Name | None = Field(default=None, description="A reader of reports, for example firms.")
    where: Line | None = Field(default=None, description="The full path of a folder, or an https address.")
    every_s: Count | None = None
    late_after_s: Count | None = None
    rows_per_hour_max: Count | None = None
    on: bool | None = None
    move: bool | None = Field(default=None, description="Move files that were read to done or refused beside them.")
    options: Annotated[dict[Name, Option], Field(max_length=records.OPTIONS_MAX)] | None = None


class FeedTrouble(Answer):
    """A trouble that stands."""

    trouble: str
    since: str | None


class Feed(Answer):
    """One feed with what became of it."""

    name: str
    reader: str
    where: str
    every_s: int
    late_after_s: int
    rows_per_hour_max: int
    on: bool
    move: bool
    options: dict[str, str]
    officer: str | None
    set_at: str | None
    new_at: str | None
    troubles: list[FeedTrouble]
    files: int
    rows_read: int
    rows_entered: int
    rows_refused: int
    last_file: str | None
    last_file_at: str | None


class DeadLetter(Answer):
    """One refused row of a feed; row 0 is a file refused as a whole."""

    feed: str
    file: str
    row: int
    code: str
    reason: str
    at: str | None
    entry: int


async def feeds(request: Request) -> Response:
    """Return every feed with what was read of it and the troubles that stand."""
    return as_json(await asyncio.to_thread(node_of(request).service.look, records.read_feeds))


async def dead_letters(request: Request, feed: NameQuery = None, limit: IndexQuery = "200") -> Response:
    """Return refused rows of one feed or of all, the newest first, at most 1,000."""
    page = min(int(limit), PAGE_MAX)
    service = node_of(request).service
    return as_json(await asyncio.to_thread(service.look, lambda books: records.read_dead_letters(books, feed, page)))


async def prepare_feed(request: Request, body: FeedSet) -> Response:
    """Prepare a feed of reports: what is read, from where, how often, and how much of it in an hour."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "feed", given))
