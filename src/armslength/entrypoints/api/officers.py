"""The API of officers: who they are, their keys, changes of both, the registration of a passkey, our next manifest."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import officer_enrolment, policy, service_officers
from armslength.desk.officer_enrolment import Console
from armslength.desk.prepared import prepared_json
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import IndexQuery, NameQuery, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import Line, Name, OptionalLine, Shape

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.node import Node

MANIFEST_CHARS_MAX: Final = 65_536
"""A manifest has at most 48 KiB, in base64."""

# --- what comes in ----------------------------------------------------------------------------------------------------


class OfficerChange(Shape):
    """A change to be proposed; which fields it has follows from what it does."""

    what: Annotated[Name, Field(description="ADD-KEY, REMOVE-KEY, ADD-OFFICER, ROLES, REMOVE-OFFICER, RECOVER or UNDO")]
    concerned: Name
    reason: Line
    name: Line | None = None
    roles: Annotated[list[Name], Field(max_length=16)] | None = None
    public: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="Ed25519 public key of a key file.")] | None = (
        None
    )
    key_id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] | None = None
    label: OptionalLine | None = None
    undoes: Name | None = None


class OfficerApproval(Shape):
    """A second person's word on a change."""

    change: Name
    approve: bool = True
    reason: Line


class OfficerCode(Shape):
    """Leave to register a key with a code; with ``recover`` it takes the place of all keys of the officer."""

    concerned: Name
    recover: bool = False
    reason: Line


class KeyBegin(Shape):
    """Nothing: the key is the caller's."""


class KeyFinish(Shape):
    """What the browser made: a RegistrationResponseJSON, and the ticket of the beginning."""

    ticket: Annotated[str, Field(max_length=officer_enrolment.TICKET_CHARS_MAX)]
    credential: dict[str, Any]
    label: OptionalLine | None = None
    reason: OptionalLine | None = None


class NextManifest(Shape):
    """Our next manifest, signed by the root, in base64."""

    manifest: Annotated[str, Field(max_length=MANIFEST_CHARS_MAX)]


# --- what goes out ----------------------------------------------------------------------------------------------------


class KeyKnown(Answer):
    """A key of an officer; ``since`` is the issue of the manifest that lists it first."""

    key_id: str
    kind: str
    credential_id: str | None
    since: str | None
    blocked: bool


class OfficerKnown(Answer):
    """An officer of the manifest in force; who is blocked may not act here, though peers may not know yet."""

    officer: str
    name: str
    roles: list[str]
    blocked: bool
    last_sign_in: str | None
    keys: list[KeyKnown]


class ChangeKnown(Answer):
    """A change and how it stands: CODE, PROPOSED, APPROVED, REJECTED or IN-FORCE."""

    change: str
    status: str
    what: str
    officer: str
    name: str | None
    roles: list[str]
    key_id: str | None
    key_kind: str | None
    label: str
    undoes: str | None
    reason: str
    proposed_by: str | None
    proposed_at: str | None
    code_until: str | None
    decided_by: str | None
    decided_at: str | None
    decision: str
    manifest: int | None
    blocks_now: bool


class PreparedCode(answers.Prepared):
    """The body of an administrator's leave, and the code, which is in no record and is shown once."""

    code: str


class KeyBegun(Answer):
    """PublicKeyCredentialCreationOptions as JSON, and the ticket to hand back."""

    options: dict[str, Any]
    ticket: str


class ManifestAsked(Answer):
    """What the root is asked to sign: the file for it, and what a person must see before signing."""

    request: str
    sequence: int
    changes: list[str]
    valid_until: str
    due: bool
    differences: list[list[str]]


class ManifestEntered(Answer):
    """Our next manifest is in force from this entry on; the introduction file holds it."""

    sequence: int
    index: int
    valid_until: str
    introduction: str


# --- operations -------------------------------------------------------------------------------------------------------


async def officers(request: Request) -> Response:
    """Return our officers with their roles and keys, and who is blocked here."""
    return as_json(
        await asyncio.to_thread(node_of(request).service.look, lambda b: service_officers.read_officers(b, {}))
    )


async def officer_changes(request: Request, limit: IndexQuery = "50", status: NameQuery = None) -> Response:
    """Return changes of officers and keys, the newest first, at most 500."""
    query = {"limit": limit, "status": status}
    return as_json(node_of(request).service.look(lambda books: service_officers.read_changes(books, query)))


async def prepare_change(request: Request, body: OfficerChange) -> Response:
    """Prepare the proposal of a change: by an administrator, or by an officer for his own keys."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "officer-change", given))


async def prepare_approval(request: Request, body: OfficerApproval) -> Response:
    """Prepare the approval or refusal of a change by a second person."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "officer-approval", given))


async def prepare_code(request: Request, body: OfficerCode) -> Response:
    """Prepare leave for an officer to register a key with a code; the code holds once this is submitted."""
    return as_json(
        node_of(request).service.look(
            lambda books: service_officers.coded(books, caller_of(request).officer, body.model_dump())
        )
    )


def console_of(node: Node) -> Console:
    """Return the console of a node, in which its passkeys are used; one without a fixed port has none."""
    fixed = bool(node.settings.console_port)
    return Console(name=node.settings.console_name, origin=node.settings.console_origin() if fixed else "")


async def key_begin(request: Request, body: KeyBegin) -> Response:
    """Begin the registration of a passkey of the caller's own."""
    del body
    node, officer = node_of(request), caller_of(request).officer
    return as_json(
        node.service.look(lambda books: officer_enrolment.begin(books, node.passkeys, console_of(node), officer))
    )


async def key_finish(request: Request, body: KeyFinish) -> Response:
    """Check what the browser made, and prepare the proposal for the caller to sign with an existing key."""
    node, officer = node_of(request), caller_of(request).officer

    def make(books: Books) -> dict[str, str]:
        prepared = officer_enrolment.finish(books, node.passkeys, console_of(node), officer, body.model_dump())
        act, roles = policy.LOCAL_ACTS["officer-change"]
        return prepared_json(books.realm, prepared, act, node.service.role_for(books, officer, roles), officer)

    return as_json(node.service.look(make))


async def manifest_asked(request: Request) -> Response:
    """Return what the root is to sign: our next manifest with every approved change."""
    return as_json(node_of(request).asked_manifest())


async def manifest_entered(request: Request, body: NextManifest) -> Response:
    """Enter our next manifest, signed by the root; peers are told over open lines."""
    return as_json(await node_of(request).desk.act(lambda books: service_officers.enter_manifest(books, body.manifest)))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/officers", "officers", officers, list[OfficerKnown]),
    Operation("GET", "/v1/officer-changes", "officer-changes", officer_changes, list[ChangeKnown]),
    Operation("POST", "/v1/prepare/officer-change", "prepare-officer-change", prepare_change, answers.Prepared),
    Operation("POST", "/v1/prepare/officer-approval", "prepare-officer-approval", prepare_approval, answers.Prepared),
    Operation("POST", "/v1/prepare/officer-code", "prepare-officer-code", prepare_code, PreparedCode),
    Operation("POST", "/v1/officer-keys/begin", "officer-key-begin", key_begin, KeyBegun),
    Operation("POST", "/v1/officer-keys/finish", "officer-key-finish", key_finish, answers.Prepared),
    Operation("GET", "/v1/officer-manifest", "officer-manifest", manifest_asked, ManifestAsked),
    Operation("POST", "/v1/officer-manifest", "enter-officer-manifest", manifest_entered, ManifestEntered),
)
"""Its operations."""
