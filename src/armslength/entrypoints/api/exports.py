"""Exports of a line over the API: one verified, or two held against each other, as `armslength verify` does offline."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from base64 import b64decode
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import cast as who
from armslength.disclosure.comparison import Verdict, compare_exports
from armslength.disclosure.verify import verify_export
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import as_json, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import BASE64, Shape
from armslength.entrypoints.export_zip import read_zip
from armslength.journal import tree
from armslength.line.manifest import manifest_fingerprint

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.disclosure.account import Account

ZIP_CHARS_MAX: Final = 32 * 1024 * 1024
"""Base64 of 24 MiB: a line of some ten thousand messages. What is larger is verified where it lies, offline."""

EXPORT_BYTES_HERE: Final = 48 * 1024 * 1024
"""What one export may be unpacked to in the memory of a node that serves a line at the same time."""


class ExportCheck(Shape):
    """One export to be verified, or two to be held against each other; each a ZIP file in base64."""

    first: Annotated[str, Field(pattern=BASE64, max_length=ZIP_CHARS_MAX)]
    second: Annotated[str, Field(pattern=BASE64, max_length=ZIP_CHARS_MAX)] | None = None


class ExportParty(Answer):
    """A party of an export; `known`: its fingerprint is ours, or that of the party pinned here."""

    party: str
    fingerprint: str
    known: bool


class ExportDirection(Answer):
    """How far one direction's chain reaches."""

    party: str
    last: int
    records: int


class ExportAccount(Answer):
    """What a verified export says, in its own words too; `ours`: its root is that of our journal at that size."""

    exported_by: str
    made_at: str
    line: str
    realm: str
    mark: str | None
    parties: list[ExportParty]
    size: int
    root: str
    disclosed: int
    cosigned_size: int
    directions: list[ExportDirection]
    messages: int
    ours: bool | None
    text: list[str]


class ExportSame(Answer):
    """Up to which number of what one party sent the two exports are the same."""

    party: str
    number: int


class ExportsChecked(Answer):
    """What was verified; `agree` is null where there was one export."""

    accounts: list[ExportAccount]
    agree: bool | None
    same: list[ExportSame]
    first_difference: str | None


async def check(request: Request, body: ExportCheck) -> Response:
    """Verify one export, or two and hold them against each other; nothing is entered or kept."""
    accounts, verdict = await asyncio.to_thread(_checked, body)
    told = node_of(request).service.look(lambda books: [_told(books, one) for one in accounts])
    return as_json(
        {
            "accounts": told,
            "agree": None if verdict is None else verdict.agree,
            "same": []
            if verdict is None
            else [{"party": party, "number": one.same} for party, one in sorted(verdict.directions.items())],
            "first_difference": None if verdict is None else verdict.first_difference,
        }
    )


def _checked(body: ExportCheck) -> tuple[list[Account], Verdict | None]:
    files = [b64decode(one) for one in (body.first, body.second) if one is not None]
    accounts = [verify_export(read_zip(one, bytes_max=EXPORT_BYTES_HERE)) for one in files]
    return accounts, compare_exports(*accounts) if len(accounts) > 1 else None


def _told(books: Books, account: Account) -> dict[str, Any]:
    said = account.as_json()
    journal = said["journal"]
    return {
        "exported_by": account.exported_by,
        "made_at": said["made_at"],
        "line": said["line"],
        "realm": said["realm"],
        "mark": said["mark"],
        "parties": [
            {"party": party, "fingerprint": one["fingerprint"], "known": _known(books, party, one["fingerprint"])}
            for party, one in said["parties"].items()
        ],
        "size": journal["size"],
        "root": journal["root"],
        "disclosed": journal["disclosed"],
        "cosigned_size": journal["cosigned_size"],
        "directions": [{"party": party, **one} for party, one in said["directions"].items()],
        "messages": len(said["messages"]),
        "ours": _ours(books, account),
        "text": list(account.lines()),
    }


def _known(books: Books, party: str, fingerprint: str) -> bool:
    known = {books.party, *(line.peer for line in who.lines(books.unit, books.realm))}
    return party in known and manifest_fingerprint(books.manifest(party)).hex() == fingerprint


def _ours(books: Books, account: Account) -> bool | None:
    """Tell whether an export of our own party is of this very journal; None for somebody else's."""
    if account.exported_by != books.party or account.realm is not books.realm:
        return None
    size = account.journal.size
    if size > books.unit.frontier().size:
        return False
    return tree.root_at(size, books.unit.node) == account.journal.root_at(size)


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("POST", "/v1/export-checks", "check-exports", check, ExportsChecked),
)
"""Its operations."""
