"""The API of who stands at the two ends of a line: fingerprints to be read aloud, and the charter that both agreed."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request, Response

from armslength.core.instants import rfc3339
from armslength.core.precedence import Precedence
from armslength.desk import cast as who
from armslength.desk import views
from armslength.entrypoints.api.answers import Answer, Peer
from armslength.entrypoints.api.asked import PathName, as_json, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.line.manifest import manifest_fingerprint

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.node import Node


class PartyKnown(Peer):
    """We ourselves, or a party that was pinned here; `introduction` is our file for the other side, in base64."""

    ours: bool
    manifest: int
    valid_until: str
    pinned_at: str | None
    pinned_by: str | None
    line: str | None
    introduction: str | None


class CharterDeadlines(Answer):
    """Seconds from release until R0 ... R4 are due; null where nothing is owed."""

    precedence: str
    due_s: list[int | None]


class CharterForm(Answer):
    """From which precedence on a form wants two persons."""

    form: str
    precedence: str


class CharterAgreed(Answer):
    """A charter in its parts."""

    line: str
    hash: str
    version: int
    parties: list[str]
    purpose: str
    permitted_topics: list[str]
    excluded_topics: list[str]
    languages: list[str]
    hours: str
    deadlines: list[CharterDeadlines]
    two_person_forms: list[CharterForm]
    forms: list[str]
    mode: str
    protection: str
    confidentiality: str
    review_s: int
    suspension_rule: str
    agreements: list[list[str]]
    may_open: list[str]
    clock_tolerance_s: int


async def parties(request: Request) -> Response:
    """Return ourselves and every party pinned here, with fingerprints in words."""
    node = node_of(request)
    return as_json(node.service.look(lambda books: _parties(node, books)))


def _parties(node: Node, books: Books) -> list[dict[str, Any]]:
    lines = {line.peer: line.line.hex() for line in who.lines(books.unit, books.realm)}
    found = [_party(node, books, key.decode(), lines) for key, _ in books.unit.scan(views.PARTIES)]
    return sorted(found, key=lambda one: (not one["ours"], one["party"]))


def _party(node: Node, books: Books, party: str, lines: dict[str, str]) -> dict[str, Any]:
    manifest = books.manifest(party)
    row = views.row(books.unit, views.PARTIES, party.encode()) or {}
    fingerprint = manifest_fingerprint(manifest)
    ours = party == books.party
    return {
        "party": party,
        "fingerprint": fingerprint.hex(),
        "words": node.words(fingerprint),
        "bearers": [{"kind": bearer.kind, "address": bearer.address} for bearer in manifest.bearers],
        "ours": ours,
        "manifest": manifest.sequence,
        "valid_until": rfc3339(manifest.valid_until),
        "pinned_at": None if ours or row.get(4) is None else rfc3339(row[4]),
        "pinned_by": None if ours else row.get(5),
        "line": lines.get(party),
        "introduction": b64encode(who.introduction(books.unit, party)).decode() if ours else None,
    }


async def charter(request: Request, line: PathName) -> Response:
    """Return the charter of a line, by the peer's party code or the start of its id."""
    service = node_of(request).service
    return as_json(service.look(lambda books: _charter(service.line(books, line))))


def _charter(line: who.LineView) -> dict[str, Any]:
    agreed = line.charter
    return {
        "line": line.line.hex(),
        "hash": line.charter_hash.hex(),
        "version": agreed.version,
        "parties": [party for party, _ in agreed.parties],
        "purpose": agreed.purpose,
        "permitted_topics": list(agreed.permitted_topics),
        "excluded_topics": list(agreed.excluded_topics),
        "languages": list(agreed.languages),
        "hours": agreed.hours,
        "deadlines": [
            {"precedence": one.name, "due_s": [agreed.deadline_s(one, level) for level in range(5)]}
            for one in sorted(Precedence, reverse=True)
        ],
        "two_person_forms": [
            {"form": form, "precedence": lowest.name} for form, lowest in sorted(agreed.two_person_forms.items())
        ],
        "forms": list(agreed.forms),
        "mode": agreed.mode,
        "protection": agreed.protection,
        "confidentiality": agreed.confidentiality,
        "review_s": agreed.review_s,
        "suspension_rule": agreed.suspension_rule,
        "agreements": [list(one) for one in agreed.agreements],
        "may_open": list(agreed.may_open),
        "clock_tolerance_s": agreed.clock_tolerance_s,
    }


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/parties", "parties", parties, list[PartyKnown]),
    Operation("GET", "/v1/charters/{line}", "charter", charter, CharterAgreed),
)
"""Its operations."""
