"""What may be done: prepare what an officer then signs, submit what was signed. The officer is always the token's."""

# ruff: noqa: TC001 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from armslength.core.errors import LocalError
from armslength.entrypoints.api.asked import KeyHeader, as_json, caller_of, json_bytes, node_of
from armslength.entrypoints.api.shapes import (
    AlarmAccepted,
    ConcernStep,
    Decision,
    Delegated,
    Facility,
    Judgement,
    OpenLine,
    PrepareAssent,
    PrepareCheck,
    PrepareMessage,
    PreparePin,
    PrepareReceipt,
    PrepareRelease,
    Report,
    Submit,
)
from armslength.line.manifest import manifest_fingerprint

if TYPE_CHECKING:
    from pydantic import BaseModel

    from armslength.line.manifest import Manifest


def _officer(request: Request) -> str:
    return caller_of(request).officer


async def open_line(request: Request, body: OpenLine) -> Response:
    """Propose a line to a pinned peer under the default charter or another; the same proposal again changes nothing."""
    charter = None if body.charter is None else b64decode(body.charter)
    return as_json(await node_of(request).service.open_line(body.peer, charter))


async def prepare_message(request: Request, body: PrepareMessage) -> Response:
    """Prepare a message of ours, for drafting or - `alone` - for release by one person."""
    return as_json(node_of(request).service.prepare_message(_officer(request), **_arguments(body)))


async def prepare_release(request: Request, body: PrepareRelease) -> Response:
    """Prepare the release of a draft: the very body that was drafted."""
    return as_json(node_of(request).service.prepare_release(_officer(request), body.draft))


async def prepare_check(request: Request, body: PrepareCheck) -> Response:
    """Prepare the legal tick or the linguist's check of a draft."""
    return as_json(node_of(request).service.prepare_check(_officer(request), **_arguments(body)))


async def prepare_receipt(request: Request, body: PrepareReceipt) -> Response:
    """Prepare a receipt R1 to R4: an explicit act, never the mere opening of a message."""
    return as_json(node_of(request).service.prepare_receipt(_officer(request), **_arguments(body)))


async def prepare_assent(request: Request, body: PrepareAssent) -> Response:
    """Prepare our assent to a line's charter."""
    return as_json(node_of(request).service.prepare_assent(_officer(request), body.line))


async def prepare_pin(request: Request, body: PreparePin) -> Response:
    """Prepare the pin of a peer; compare the fingerprint aloud before it is signed."""
    service = node_of(request).service
    prepared, theirs = service.prepare_pin(_officer(request), b64decode(body.introduction), body.compared)
    return as_json({**prepared, "peer": _peer(request, theirs)})


def _peer(request: Request, theirs: Manifest) -> dict[str, Any]:
    fingerprint = manifest_fingerprint(theirs)
    return {
        "party": theirs.party,
        "fingerprint": fingerprint.hex(),
        "words": node_of(request).words(fingerprint),
        "bearers": [{"kind": bearer.kind, "address": bearer.address} for bearer in theirs.bearers],
    }


async def prepare_report(request: Request, body: Report) -> Response:
    """Prepare a report entered by hand."""
    return _local(request, "report", body)


async def prepare_facility(request: Request, body: Facility) -> Response:
    """Prepare a facility of the register."""
    return _local(request, "facility", body)


async def prepare_concern_step(request: Request, body: ConcernStep) -> Response:
    """Prepare a person's step on a concern: pursue, hold, dismiss, close, with the reason."""
    return _local(request, "concern-step", body)


async def prepare_alarm_accepted(request: Request, body: AlarmAccepted) -> Response:
    """Prepare our acceptance of an alarm; it tells the peer nothing."""
    return _local(request, "alarm-accepted", body)


async def prepare_judgement(request: Request, body: Judgement) -> Response:
    """Prepare what a person judges the silence of a line to be, with the reason."""
    return _local(request, "judgement", body)


async def prepare_decision(request: Request, body: Decision) -> Response:
    """Prepare a decision with its options, reason and the information of that minute."""
    return _local(request, "decision", body)


async def prepare_delegation(request: Request, body: Delegated) -> Response:
    """Prepare a pre-approval, a recorded voice authority, or its countersignature."""
    return _local(request, "delegation", body)


def _local(request: Request, kind: str, body: BaseModel) -> Response:
    arguments = body.model_dump(exclude_none=kind == "report")
    return as_json(node_of(request).service.prepare_local(_officer(request), kind, arguments))


async def submit(request: Request, body: Submit, idempotency_key: KeyHeader = None) -> Response:
    """Submit signed acts of the caller, all in one transaction or none.

    Nothing is sent twice: a body submitted again, under any key or none, before or after a restart, gets the answer
    that it got. A key adds that a repeated request is not even read again, and that a key used twice is noticed.
    """
    officer = _officer(request)
    for submission in body.submissions:
        for act in submission.acts:
            # The signature is what counts; that the token is its maker's keeps a stolen token from being of use.
            if act.officer != officer:
                raise LocalError("SUBMIT-OTHER-OFFICER", expected=officer, got=act.officer)
    submissions = [one.model_dump() for one in body.submissions]
    service = node_of(request).service

    async def make() -> bytes:
        return json_bytes({"results": await service.submit(submissions)})

    answer = await request.app.state.once.answer(officer, idempotency_key, await request.body(), make)
    return Response(answer, media_type="application/json")


def _arguments(body: BaseModel) -> dict[str, Any]:
    return dict(body.model_dump())
