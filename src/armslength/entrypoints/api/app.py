"""The application: the gate, the table of operations, and refusals as problem details.

Interactive pages are left out: they load scripts from elsewhere, and no browser calls this API.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from armslength import __version__
from armslength.core.errors import ArmslengthError, LocalError, shown
from armslength.desk import closed_reads
from armslength.entrypoints.api import (
    access,
    acts,
    acts_watch,
    answers,
    answers_watch,
    audit,
    book,
    calls,
    cases,
    codebook,
    composing,
    contacts,
    exports,
    feeding,
    floor,
    line_checks,
    maps,
    notices,
    officers,
    parties,
    reads,
    reads_watch,
    shifts,
    translations,
)
from armslength.entrypoints.api.answering_once import Once
from armslength.entrypoints.api.asked import as_json, caller_of
from armslength.entrypoints.api.gate import LOOPBACK_NAMES, Gate
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.problems import DETAILS_MAX, MEDIA_TYPE, documented, problem_bytes, status_of

if TYPE_CHECKING:
    from armslength.node import Node

OPENAPI_PATH: Final = "/v1/openapi.json"

TITLE: Final = "Arm's Length node"

DESCRIPTION: Final = """\
What an officer's own programs ask of the running node. A face shows what was prepared, the officer's program signs it
with a key that the node never sees, and what was signed is submitted. The officer is the token's. 422 means that a
request is not of the shape given here; 409 that it is, and that the desk refuses it with what it holds: `code` says
why, `next_step` what to do.
"""


OPERATIONS: Final = (
    Operation("GET", "/v1/health", "health", reads.health, answers.Health),
    Operation("GET", "/v1/doctor", "doctor", reads.doctor, list[answers.Finding]),
    Operation("GET", "/v1/metrics", "metrics", reads.metrics, str),
    Operation("GET", "/v1/forms", "forms", reads.forms, list[answers.Form]),
    Operation("GET", "/v1/errors/{code}", "error", reads.error, answers.ErrorText),
    Operation("GET", "/v1/lines", "lines", reads.lines, list[answers.Line]),
    Operation("GET", "/v1/lines/{line}", "line", reads.line, answers.Line),
    Operation("GET", "/v1/messages", "messages", reads.messages, list[answers.MessageSummary]),
    Operation("GET", "/v1/messages/{name}", "message", reads.message, answers.Message),
    Operation("GET", "/v1/drafts", "drafts", reads.drafts, list[answers.DraftSummary]),
    Operation("GET", "/v1/drafts/{name}", "draft", reads.draft, answers.Draft),
    Operation("GET", "/v1/alarms", "alarms", reads.alarms, list[answers.Alarm]),
    Operation("GET", "/v1/delegations", "delegations", reads.delegations, list[answers.Delegation]),
    Operation("GET", "/v1/count", "count", reads.count, answers.Count),
    Operation("GET", "/v1/entries", "entries", reads.entries, list[answers.Entry]),
    Operation("GET", "/v1/entries/{index}", "entry", reads.entry, answers.Record),
    Operation("GET", "/v1/export", "export", reads.export, answers.Exported),
    Operation("POST", "/v1/lines", "open-line", acts.open_line, answers.Line),
    Operation("POST", "/v1/prepare/message", "prepare-message", acts.prepare_message, answers.Prepared),
    Operation("POST", "/v1/prepare/release", "prepare-release", acts.prepare_release, answers.Prepared),
    Operation("POST", "/v1/prepare/check", "prepare-check", acts.prepare_check, answers.Prepared),
    Operation("POST", "/v1/prepare/receipt", "prepare-receipt", acts.prepare_receipt, answers.Prepared),
    Operation("POST", "/v1/prepare/assent", "prepare-assent", acts.prepare_assent, answers.Prepared),
    Operation("POST", "/v1/prepare/pin", "prepare-pin", acts.prepare_pin, answers.PreparedPin),
    Operation("POST", "/v1/prepare/report", "prepare-report", acts.prepare_report, answers.Prepared),
    Operation("POST", "/v1/prepare/facility", "prepare-facility", acts.prepare_facility, answers.Prepared),
    Operation("POST", "/v1/prepare/concern-step", "prepare-concern-step", acts.prepare_concern_step, answers.Prepared),
    Operation(
        "POST", "/v1/prepare/alarm-accepted", "prepare-alarm-accepted", acts.prepare_alarm_accepted, answers.Prepared
    ),
    Operation("POST", "/v1/prepare/decision", "prepare-decision", acts.prepare_decision, answers.Prepared),
    Operation("POST", "/v1/prepare/judgement", "prepare-judgement", acts.prepare_judgement, answers.Prepared),
    Operation("POST", "/v1/prepare/delegation", "prepare-delegation", acts.prepare_delegation, answers.Prepared),
    Operation("POST", "/v1/submit", "submit", acts.submit, answers.SubmittedAll),
    # Register and watch.
    Operation("GET", "/v1/facilities", "facilities", reads_watch.facilities, list[answers.Facility]),
    Operation("GET", "/v1/facilities/{facility}", "facility", reads_watch.facility, answers_watch.FacilityRecord),
    Operation(
        "GET",
        "/v1/facilities/{facility}/versions",
        "facility-versions",
        reads_watch.facility_versions,
        list[answers_watch.FacilityVersion],
    ),
    Operation("GET", "/v1/reports", "reports", reads_watch.reports, list[answers_watch.Report]),
    Operation("GET", "/v1/reports/{report}", "report", reads_watch.report, answers_watch.ReportShown),
    Operation("GET", "/v1/concerns", "concerns", reads_watch.concerns, list[answers_watch.Concern]),
    Operation("GET", "/v1/concerns/{concern}", "concern", reads_watch.concern, answers_watch.ConcernShown),
    Operation("GET", "/v1/concerns/{concern}/form", "concern-form", reads_watch.concern_form, dict[str, Any]),
    Operation("GET", "/v1/findings", "findings", reads_watch.findings, list[answers_watch.WatchFinding]),
    Operation("GET", "/v1/rules", "rules", reads_watch.rules, answers_watch.RulesInForce),
    Operation("POST", "/v1/rules/check", "rules-check", acts_watch.check_rules, answers_watch.Rules),
    Operation("POST", "/v1/rules/what-if", "rules-what-if", acts_watch.what_if, answers_watch.WhatIf),
    Operation("GET", "/v1/imports", "imports", reads_watch.imports, list[answers_watch.Import]),
    Operation("POST", "/v1/imports", "import-file", acts_watch.import_file, answers_watch.Imported),
    Operation("POST", "/v1/dry-run/import", "dry-run-import", acts_watch.dry_run_import, answers_watch.DryRun),
    Operation("POST", "/v1/prepare/import", "prepare-import", acts_watch.prepare_import, answers_watch.PreparedImport),
    Operation("GET", "/v1/feeds", "feeds", feeding.feeds, list[feeding.Feed]),
    Operation("GET", "/v1/dead-letters", "dead-letters", feeding.dead_letters, list[feeding.DeadLetter]),
    Operation("POST", "/v1/prepare/feed", "prepare-feed", feeding.prepare_feed, answers.Prepared),
    Operation("POST", "/v1/prepare/rules", "prepare-rules", acts_watch.prepare_rules, answers.Prepared),
    Operation("GET", "/v1/windows", "windows", reads_watch.windows, list[answers_watch.Window]),
    Operation("GET", "/v1/windows/{window}", "window", reads_watch.window, answers_watch.WindowShown),
    Operation("GET", "/v1/lists", "lists", reads_watch.lists, list[answers_watch.ListExchange]),
    Operation("GET", "/v1/disclosures", "disclosures", reads_watch.disclosures, list[answers_watch.Disclosure]),
    Operation("POST", "/v1/prepare/window", "prepare-window", acts_watch.prepare_window, answers.Prepared),
    Operation(
        "POST", "/v1/prepare/window-step", "prepare-window-step", acts_watch.prepare_window_step, answers.Prepared
    ),
    Operation(
        "POST",
        "/v1/prepare/window-pillars",
        "prepare-window-pillars",
        acts_watch.prepare_window_pillars,
        answers.Prepared,
    ),
    Operation("POST", "/v1/prepare/list", "prepare-list", acts_watch.prepare_list, answers.Prepared),
    Operation("POST", "/v1/prepare/filled", "prepare-filled", acts_watch.prepare_filled, answers.Prepared),
    *composing.OPERATIONS,
    *audit.OPERATIONS,
    *floor.OPERATIONS,
    *book.OPERATIONS,
    *contacts.OPERATIONS,
    *line_checks.OPERATIONS,
    *calls.OPERATIONS,
    *cases.OPERATIONS,
    *shifts.OPERATIONS,
    *codebook.OPERATIONS,
    *translations.OPERATIONS,
    *notices.OPERATIONS,
    *maps.OPERATIONS,
    *officers.OPERATIONS,
    *parties.OPERATIONS,
    *exports.OPERATIONS,
)
"""Every operation there is."""


def build_app(node: Node, *, hosts: frozenset[str] = LOOPBACK_NAMES, gate: type[Gate] = Gate) -> FastAPI:
    """Return the application of a node.

    Args:
        node: an open node; it need not be started.
        hosts: names by which the API may be called, beside the address on which it listens.
        gate: what stands before every operation; the console's asks for a session in the place of a token.
    """
    app = FastAPI(
        title=TITLE,
        version=__version__,
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.node = node
    app.state.once = Once()
    app.router.routes.extend(_routes())
    app.add_route(OPENAPI_PATH, _description, methods=["GET"], include_in_schema=False)
    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's own way to say more
    app.add_exception_handler(ArmslengthError, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _no_such_operation)
    app.add_middleware(gate, node=node, hosts=hosts | {node.settings.api_host.lower()})
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Return the routes, which know no node: reading the shapes of a hundred operations takes most of a second."""
    router = APIRouter()
    for operation in OPERATIONS:
        _add(router, operation)
    return tuple(router.routes)


def _add(router: APIRouter, operation: Operation) -> None:
    def allowed(request: Request) -> None:
        access.require(caller_of(request), operation.name)

    # Whoever may read what is closed is noted before it is shown.
    noted = [Depends(audit.noting(operation.name))] if operation.name in closed_reads.CLOSED else []
    text = operation.answer is str
    media_type = reads.METRICS_TYPE if text else "application/json"
    schema = {"type": "string"} if text else {"$ref": f"#/components/schemas/{operation.name}-answer"}
    summary, _, more = (operation.does.__doc__ or "").partition("\n")
    router.add_api_route(
        operation.path,
        operation.does,
        methods=[operation.method],
        operation_id=operation.name,
        summary=summary.strip(),
        description=" ".join(more.split()),
        dependencies=[Depends(allowed), *noted],
        response_class=Response,
        response_description="Done.",
        responses={200: {"content": {media_type: {"schema": schema}}}, **documented()},
        openapi_extra={"x-roles": sorted(access.ACCESS[operation.name])},
    )


@cache
def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description, with the shapes of answers, refusals and the token; it knows no node."""
    found = get_openapi(title=TITLE, version=__version__, description=DESCRIPTION, routes=_routes())
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    _describe(schemas, "Problem", answers.Problem)
    for operation in OPERATIONS:
        if operation.answer is not str:
            _describe(schemas, f"{operation.name}-answer", operation.answer)
    found["components"]["securitySchemes"] = {
        "officer-token": {
            "type": "http",
            "scheme": "bearer",
            "description": "The officer's token, made with the officer's key file; it says whose request it is.",
        }
    }
    found["security"] = [{"officer-token": []}]
    return found


def _describe(schemas: dict[str, Any], name: str, shape: type[BaseModel] | Any) -> None:  # noqa: ANN401 - also a list of them
    schema = TypeAdapter(shape).json_schema(
        mode="serialization", by_alias=True, ref_template=f"#/components/schemas/{name}.{{model}}"
    )
    for model, inner in schema.pop("$defs", {}).items():
        schemas[f"{name}.{model}"] = inner
    schemas[name] = schema


async def _description(_request: Request) -> Response:
    return as_json(describe())


def _problem(error: ArmslengthError, headers: dict[str, str] | None = None) -> Response:
    return Response(problem_bytes(error), status_of(error), headers=headers, media_type=MEDIA_TYPE)


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, ArmslengthError):
        raise error
    return _problem(error)


async def _misshapen(_request: Request, error: Exception) -> Response:
    # Where and what is wrong, never what was given: it may be what the caller must not see again in a log.
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    said = {shown(".".join(str(part) for part in one["loc"])): shown(one["msg"]) for one in faults[:DETAILS_MAX]}
    return _problem(LocalError("API-REQUEST", **said))


def _methods(request: Request) -> set[str]:
    """Return every method of a path; each one is a route of its own here."""
    found: set[str] = set()
    for route in request.app.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            found |= route.methods
    return found


async def _no_such_operation(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return _problem(LocalError("API-PATH"))
    if error.status_code == 405:
        return _problem(LocalError("API-METHOD"), {"Allow": ", ".join(sorted(_methods(request)))})
    # FastAPI says 400 of a body that no parser can read (too deep, numbers too long).
    return _problem(LocalError("API-REQUEST", body="cannot be read"))
