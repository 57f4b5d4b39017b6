"""The API of the codebook."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, Literal, TypeAlias

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import service_codebook
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import LIST_ITEMS_MAX, Name, OptionalLine, Shape

Names: TypeAlias = Annotated[list[Name], Field(min_length=1, max_length=LIST_ITEMS_MAX)]


class CodebookAdopted(Shape):
    """The version of this program is the one used here."""


class CodebookSign(Shape):
    """What a linguist records of entries, in languages of the codebook."""

    what: Literal["SIGN", "WITHDRAW", "REVIEW"]
    languages: Names
    first: Name = Field(description="First entry, for example 010.")
    last: Name | None = Field(default=None, description="Last entry; null, the first alone.")
    native: bool = Field(default=False, description="The linguist is a native speaker of each of the languages.")
    note: OptionalLine | None = None


class CodebookLine(Answer):
    """How the codebook stands on one line: entries approved by each side, and those that are drafts there."""

    peer: str
    languages: list[str]
    approved_by_us: int
    approved_by_them: int
    drafts: int


class CodebookAnswer(Answer):
    """The version used here."""

    version: int
    digest: str
    entries: int
    languages: list[str]
    our_languages: list[str]
    adopted_at: str | None
    adopted_by: str | None
    drafts: int
    lines: list[CodebookLine]


class CodeArgument(Answer):
    """One gap of a phrase."""

    name: str
    kind: str


class Code(Answer):
    """One entry; gaps of its phrases are shown as dots."""

    number: str
    meaning: str
    arguments: list[CodeArgument]
    answers: list[str]
    phrases: dict[str, str]
    status: str
    signed: dict[str, list[str]]
    not_native: list[str]


class CodeSound(Answer):
    """How a phrase sounds, in the letters of another language's reader."""

    language: str
    reader: str
    sounds: str


class CodeReading(Answer):
    """A back-translation of a phrase into English."""

    language: str
    back_translation: str
    verdict: str
    differences: str
    reviewer: str
    date: str


class CodeStep(Answer):
    """What a linguist recorded."""

    what: str
    language: str
    officer: str
    at: str | None
    native: bool
    note: str


class CodeDetail(Code):
    """One entry with all that is known of it."""

    pronunciation: list[CodeSound]
    readings: list[CodeReading]
    steps: list[CodeStep]


async def codebook(request: Request) -> Response:
    """Return the version of the codebook that is used here, and how it stands on each line."""
    return as_json(await asyncio.to_thread(node_of(request).service.look, service_codebook.read_codebook))


async def codes(request: Request, find: NameQuery = None, group: NameQuery = None) -> Response:
    """Return entries of the codebook by number: all, those of one group, or those that hold some words."""
    service = node_of(request).service
    query: dict[str, Any] = {"find": find, "group": group}
    return as_json(
        await asyncio.to_thread(
            lambda: service.look(lambda books: service_codebook.read_codes(books, service.renderer, query))
        )
    )


async def code(request: Request, name: PathName) -> Response:
    """Return one entry: its phrases, how they sound, how they were read back, and who signed it."""
    service = node_of(request).service
    return as_json(
        await asyncio.to_thread(
            lambda: service.look(lambda books: service_codebook.read_code(books, service.renderer, name))
        )
    )


async def prepare_codebook(request: Request, body: CodebookAdopted) -> Response:
    """Prepare the record that this version of the codebook is the one used here."""
    del body
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "codebook", {}))


async def prepare_codebook_sign(request: Request, body: CodebookSign) -> Response:
    """Prepare what a linguist records of entries: signed, taken back, or read with a remark."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "codebook-sign", given))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/codebook", "codebook", codebook, CodebookAnswer),
    Operation("GET", "/v1/codes", "codes", codes, list[Code]),
    Operation("GET", "/v1/codes/{name}", "code", code, CodeDetail),
    Operation("POST", "/v1/prepare/codebook", "prepare-codebook", prepare_codebook, answers.Prepared),
    Operation("POST", "/v1/prepare/codebook-sign", "prepare-codebook-sign", prepare_codebook_sign, answers.Prepared),
)
"""Its operations."""
