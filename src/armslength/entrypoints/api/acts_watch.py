"""What may be done with register and watch: files read and entered, rules tried and used, windows, lists of sites.

Reading a file and trying rules over the past take seconds; they run in a thread, so that messages go on meanwhile.
"""

# ruff: noqa: TC001, TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from armslength.core.errors import LocalError
from armslength.desk import service_watch
from armslength.entrypoints.api.asked import as_json, caller_of, node_of
from armslength.entrypoints.api.shapes_watch import (
    Filled,
    ImportFile,
    RuleFile,
    SiteList,
    SubmitImport,
    UseRules,
    WindowNamed,
    WindowPlan,
    WindowStep,
)

if TYPE_CHECKING:
    from pydantic import BaseModel


def _given(body: BaseModel) -> dict[str, Any]:
    return body.model_dump(by_alias=True, exclude_none=True)


def _local(request: Request, kind: str, given: dict[str, Any]) -> Response:
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


# --- files ------------------------------------------------------------------------------------------------------------


async def dry_run_import(request: Request, body: ImportFile) -> Response:
    """Read a file and say what would be entered: rows read, accepted, refused with reasons, merged, in disagreement."""
    imports = node_of(request).service.imports
    return as_json(await asyncio.to_thread(imports.dry_run, body.model_dump()))


async def prepare_import(request: Request, body: ImportFile) -> Response:
    """Prepare the import of a file, with its dry run; one signature stands for all of its rows."""
    imports = node_of(request).service.imports
    return as_json(await asyncio.to_thread(imports.prepare, caller_of(request).officer, body.model_dump()))


async def import_file(request: Request, body: SubmitImport) -> Response:
    """Enter the rows of a file for which the caller signed.

    The same again, after a cut or a restart, goes on where it stopped.
    """
    officer = caller_of(request).officer
    for act in body.acts:
        if act.officer != officer:
            raise LocalError("SUBMIT-OTHER-OFFICER", expected=officer, got=act.officer)
    data = await asyncio.to_thread(_decoded, body.data)
    signed = body.model_dump(include={"prepared", "acts"})
    return as_json(await asyncio.shield(node_of(request).service.submit_import(signed, data)))


def _decoded(data: str) -> bytes:
    try:
        return b64decode(data, validate=True)
    except (Base64Error, ValueError) as error:
        raise LocalError("PREPARED-MALFORMED", part="base64") from error


# --- rules ------------------------------------------------------------------------------------------------------------


async def check_rules(request: Request, body: RuleFile) -> Response:
    """Say what a rule file means, sentence by sentence; nothing changes."""
    del request
    return as_json(await asyncio.to_thread(service_watch.check_rules, body.text))


async def what_if(request: Request, body: RuleFile) -> Response:
    """Judge everything that the watch ever saw by other rules, and say what they would have flagged instead."""
    service = node_of(request).service
    return as_json(
        await asyncio.to_thread(service.look, lambda books: service_watch.what_if(books, body.text)),
    )


async def prepare_rules(request: Request, body: UseRules) -> Response:
    """Prepare the rules that are to be in force, with the reason."""
    return _local(request, "rules", _given(body))


# --- windows, notices, lists ------------------------------------------------------------------------------------------


async def prepare_window(request: Request, body: WindowPlan) -> Response:
    """Prepare a window of silence of ours; its messages are drafted from it, one a line."""
    return _local(request, "window", _given(body))


async def prepare_window_step(request: Request, body: WindowStep) -> Response:
    """Prepare a person's step on a window; what the window does not allow is refused before anybody signs it."""
    return _local(request, "window-step", _given(body))


async def prepare_window_pillars(request: Request, body: WindowNamed) -> Response:
    """Prepare the facility's record with the pillars that were reported when its window was closed."""
    return _local(request, "window-pillars", _given(body))


async def prepare_list(request: Request, body: SiteList) -> Response:
    """Prepare the date of a year's exchange of lists and, with sites, our list for it."""
    return _local(request, "list", _given(body))


async def prepare_filled(request: Request, body: Filled) -> Response:
    """Prepare a message that the desk fills: of a window, a notice of a site, an exchange of lists."""
    service = node_of(request).service
    return as_json(service.prepare_filled(caller_of(request).officer, body.kind, _given(body)))
