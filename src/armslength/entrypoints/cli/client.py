"""The way from the command line to the node: in this process when no node runs in the home, else through its API.

Both implementations of `Client` answer alike, so that a command does not know which one it has. What the API is asked:

    GET  /v1/health, /v1/lines, /v1/messages?line=, /v1/messages/{name}?line=&locale=, /v1/drafts,
         /v1/drafts/{id}?locale=, /v1/alarms?every=, /v1/concerns, /v1/facilities, /v1/delegations,
         /v1/count?as_of=&initiated_by=&subject=, /v1/entries?start=&limit=, /v1/entries/{index}, /v1/export?line=
    GET  /v1/facilities/{id}?at=, /v1/facilities/{id}/versions, /v1/reports?since=&until=&limit=, /v1/reports/{id},
         /v1/concerns/{id}, /v1/concerns/{id}/form, /v1/findings?facility=, /v1/rules, /v1/imports, /v1/windows,
         /v1/windows/{id}, /v1/lists, /v1/disclosures?facility=
    POST /v1/prepare/{kind}   arguments of the kind; the officer is the token's
    POST /v1/dry-run/import, /v1/imports, /v1/rules/check, /v1/rules/what-if
    POST /v1/lines            {"peer": party}: propose a line
    POST /v1/submit           {"submissions": [...]}

An officer's passphrase and key never go through here: what travels is prepared bytes one way and signatures the other.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
from base64 import b64decode, b64encode
from http.client import HTTPConnection, HTTPException
from threading import Event
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import quote, urlencode, urlsplit

from armslength.core.errors import ArmslengthError, LocalError, PeerError, Unavailable, VerificationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from armslength.node import Node

Json = Any
"""What the json module gives."""

ANSWER_BYTES_MAX: Final = 64 * 1024 * 1024
"""An export of a long line is the largest answer of our own node."""

TIMEOUT_S: Final = 30.0
"""The node is on this machine; what takes longer hangs."""

SLOW_TIMEOUT_S: Final = 600.0
"""A year of reports is read, judged and entered in half a minute; a slow disk may take ten times as long."""

SLOW: Final = frozenset(
    {
        *("prepare/import", "dry-run/import", "imports", "rules/what-if", "map-data"),
        *("prepare/notice-batch", "dry-run/notices", "notice-batches", "prepare/notices", "submit/notices"),
    }
)
"""What reads a file or goes over years of reports."""

PARTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"facility-versions": ("facilities", "versions"), "concern-form": ("concerns", "form")}
)
"""What is a part of something named: the word of the API's path before and after the name."""

WAIT_S: Final = 5.0
"""As long as a command may hold a home before another one gives up."""

STEP_S: Final = 0.05
"""Between two looks at a home that is held."""

JOURNAL_PAGE: Final = 200
"""Entries shown when nobody says how many."""


def _without_nulls(given: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in given.items() if value is not None}


class Client(Protocol):
    """What a command asks of the node."""

    def read(self, what: str, name: str | None = None, **query: str | int | None) -> Json:
        """Return what stands in the node's books; ``what`` is a word of the module's table."""
        ...

    def prepare(self, kind: str, officer: str, arguments: Mapping[str, Json]) -> Json:
        """Return a body to be signed: ``prepared`` (base64), ``act``, ``role``, ``officer``, ``statement``."""
        ...

    def submit(self, officer: str, submissions: Sequence[Mapping[str, Json]]) -> list[Json]:
        """Submit signed acts, all or none."""
        ...

    def open_line(self, officer: str, peer: str) -> Json:
        """Propose a line to a pinned peer under the default charter."""
        ...

    def ask(self, what: str, officer: str, given: Mapping[str, Json]) -> Json:
        """Have the node do something beside prepare and submit: ``what`` is a path of the module's table."""
        ...

    @property
    def running(self) -> bool:
        """Whether the node runs, so that what is released also leaves."""
        ...

    def close(self) -> None:
        """Let go of the node."""
        ...


def connect(home: Path) -> Client:
    """Return a client of the node of a home: the running one, or one opened here alone.

    Raises:
        LocalError: NODE-NOT-INITIALISED, NODE-RUNNING when another command holds the home, and a node's own codes.
    """
    waited = 0.0
    while True:
        running = run_file(home)
        if running is not None:
            return Http(home, str(running["api"]))
        try:
            return InProcess(open_alone(home))
        except LocalError as error:
            if error.code != "NODE-RUNNING" or waited >= WAIT_S:
                raise
        # Another command holds the home for a moment, or a node is about to say where it listens.
        Event().wait(STEP_S)
        waited += STEP_S


def open_alone(home: Path) -> Node:
    """Return the node of a home, opened by this process."""
    from armslength.node import open_node

    return open_node(home)


def run_file(home: Path) -> dict[str, Json] | None:
    """Return what the running node of a home wrote about itself, None when none runs."""
    try:
        said = json.loads((home / "run.json").read_text(encoding="utf-8"))
        known = isinstance(said["api"], str)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return said if known and _held(home) else None


def _held(home: Path) -> bool:
    # The lock is the truth: a node that was killed leaves its file behind, and its process number may be another's now.
    try:
        with (home / "node.lock").open("r", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


# --- in this process --------------------------------------------------------------------------------------------------


class InProcess:
    """The node opened by this command, alone in its home."""

    running = False

    def __init__(self, node: Node) -> None:
        self.node = node

    def read(self, what: str, name: str | None = None, **query: str | int | None) -> Json:
        """Read from the books; see `Client`."""
        from armslength.entrypoints.cli.local_reads import read

        return read(self.node, what, name, query)

    def prepare(self, kind: str, officer: str, arguments: Mapping[str, Json]) -> Json:
        """Prepare a body; see `Client`."""
        service = self.node.service
        given = dict(arguments)
        if kind == "pin":
            prepared, _ = service.prepare_pin(officer, b64decode(given["introduction"]), given["compared"])
            return prepared
        if kind == "filled":
            return service.prepare_filled(officer, str(given["kind"]), _without_nulls(given))
        if kind == "import":
            return service.imports.prepare(officer, given)
        makers: dict[str, Callable[..., Json]] = {
            "message": service.prepare_message,
            "release": service.prepare_release,
            "check": service.prepare_check,
            "receipt": service.prepare_receipt,
            "assent": service.prepare_assent,
        }
        maker = makers.get(kind)
        if maker is not None:
            return maker(officer, **given)
        return service.prepare_local(officer, kind, _without_nulls(given))

    def submit(self, officer: str, submissions: Sequence[Mapping[str, Json]]) -> list[Json]:
        """Submit signed acts; see `Client`."""
        del officer
        return asyncio.run(self.node.service.submit(submissions))

    def open_line(self, officer: str, peer: str) -> Json:
        """Propose a line; see `Client`."""
        del officer
        return asyncio.run(self.node.service.open_line(peer))

    def ask(self, what: str, officer: str, given: Mapping[str, Json]) -> Json:
        """Do it in this process; see `Client`."""
        from armslength.entrypoints.cli.local_reads import ask

        return ask(self.node, what, officer, given)

    def close(self) -> None:
        """Close the node."""
        self.node.close()


# --- through the API --------------------------------------------------------------------------------------------------


class Http:
    """The running node's API on this machine, asked with an officer's token."""

    running = True

    def __init__(self, home: Path, base: str) -> None:
        self.home = home
        self._host = urlsplit(base).hostname or "127.0.0.1"
        self._port = urlsplit(base).port

    def read(self, what: str, name: str | None = None, **query: str | int | None) -> Json:
        """Ask with GET; see `Client`."""
        from armslength.entrypoints.cli.officers import reader

        asked = {key: value for key, value in query.items() if value is not None}
        word, part = PARTS.get(what, (what, ""))
        path = f"/v1/{word}" + (f"/{quote(name, safe='')}" if name is not None else "") + (f"/{part}" if part else "")
        return self._ask("GET", path + (f"?{urlencode(asked)}" if asked else ""), reader(self.home, what), None)

    def prepare(self, kind: str, officer: str, arguments: Mapping[str, Json]) -> Json:
        """Ask for a body; see `Client`."""
        given = {key: value for key, value in arguments.items() if value is not None}
        return self.ask(f"prepare/{kind}", officer, given)

    def submit(self, officer: str, submissions: Sequence[Mapping[str, Json]]) -> list[Json]:
        """Submit signed acts; see `Client`."""
        answer = self._ask("POST", "/v1/submit", officer, {"submissions": list(submissions)})
        found: list[Json] = answer["results"] if isinstance(answer, dict) else answer
        return found

    def open_line(self, officer: str, peer: str) -> Json:
        """Propose a line; see `Client`."""
        return self._ask("POST", "/v1/lines", officer, {"peer": peer})

    def ask(self, what: str, officer: str, given: Mapping[str, Json]) -> Json:
        """Ask with POST; see `Client`."""
        return self._ask("POST", f"/v1/{what}", officer, dict(given), SLOW_TIMEOUT_S if what in SLOW else TIMEOUT_S)

    def close(self) -> None:
        """Nothing is held between two requests."""

    def _ask(self, method: str, path: str, officer: str, body: Json, timeout_s: float = TIMEOUT_S) -> Json:
        headers = {"Authorization": f"Bearer {self._token(officer)}", "Accept": "application/json"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        connection = HTTPConnection(self._host, self._port, timeout=timeout_s)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            raw = response.read(ANSWER_BYTES_MAX)
        except (OSError, HTTPException) as error:
            raise Unavailable("NODE-NOT-ANSWERING", because=str(error)) from error
        finally:
            connection.close()
        answer = _decoded(raw)
        if response.status >= 400:
            raise _refusal(answer, response.status)
        return answer

    def _token(self, officer: str) -> str:
        try:
            return (self.home / "officers" / f"{officer}.token").read_text(encoding="utf-8").strip()
        except OSError as error:
            raise LocalError("OFFICER-NO-TOKEN", officer=officer) from error


def _decoded(raw: bytes) -> Json:
    try:
        return json.loads(raw) if raw else None
    except ValueError as error:
        raise Unavailable("NODE-NOT-ANSWERING", because="not JSON") from error


_FAMILIES: Final[tuple[type[ArmslengthError], ...]] = (LocalError, PeerError, VerificationError, Unavailable)


def _refusal(problem: Json, status: int) -> ArmslengthError:
    """Return the typed error that the node answered with, in the family of its code."""
    from armslength.core.error_table import ERROR_TABLE

    said = problem if isinstance(problem, dict) else {}
    code = str(said.get("code", ""))
    known = ERROR_TABLE.get(code)
    if known is None:
        return Unavailable("NODE-NOT-ANSWERING", status=status, because=said.get("detail") or said.get("title") or "")
    details = said.get("details")
    family = next(one for one in _FAMILIES if one.family == known.family)
    return family(code, **(details if isinstance(details, dict) else {}))


def files_of(answer: Json) -> dict[str, bytes]:
    """Return the files of an export as they came through a client."""
    return {name: b64decode(data) for name, data in answer["files"].items()}


def files_answer(files: Mapping[str, bytes]) -> Json:
    """Return the files of an export as a client carries them."""
    return {"files": {name: b64encode(data).decode() for name, data in files.items()}}
