"""The gate of the console: a session's cookie in the place of a token, and nothing that another page brought about.

It is the API's gate with another way to say whose request it is. A browser sends its cookies whoever asked it to, so
the page must be ours: `Origin` on all that is not a mere look, and what browsers say of the asking page on all of it.
A locked session may look at alarms and the floor, hold its live socket, and send a STOP; nothing else.
"""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from armslength.core.errors import ArmslengthError, LocalError
from armslength.desk.prepared import decode_prepared
from armslength.entrypoints.api.gate import (
    LOOPBACK_NAMES,
    Caller,
    Gate,
    check_host,
    headers_of,
)
from armslength.entrypoints.console.seats import Session, seats_of
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.entrypoints.api.gate import AsgiApp, AsgiReceive, AsgiSend, Scope
    from armslength.node import Node

COOKIE_CHARS_MAX: Final = 4_096
"""Cookies of every port of this host name come here; ours has under a hundred characters."""

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
"""Methods that change nothing here; no route takes another one without a body or an effect."""

LOCKED_READS: Final = frozenset({"/v1/alarms", "/v1/floor"})
"""What a locked session may look at: whoever comes running must see what rings."""

LOCKED_ACTS: Final = frozenset({"/v1/prepare/message", "/v1/submit"})
"""Where a STOP goes through; `stop_only` looks at what it carries."""

STOP: Final = "STOP"


def cookie_name(origin: str) -> str:
    """Return the name of the session's cookie: bound to this host by its prefix under TLS, told apart by its port."""
    parts = urlsplit(origin)
    if parts.scheme == "https":
        return f"__Host-armslength-{parts.port or 443}"
    return f"armslength-{parts.port or 80}"


def cookie_header(origin: str, token: str) -> bytes:
    """Return the value of `Set-Cookie` that gives a browser its session; an empty token takes it away."""
    secure = "; Secure" if origin.startswith("https:") else ""
    gone = "" if token else "; Max-Age=0"
    return f"{cookie_name(origin)}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{gone}".encode()


def hosts_of(node: Node) -> frozenset[str]:
    """Return the names by which the console may be called."""
    name = node.settings.console_name.lower()
    return frozenset({name}) | (frozenset() if node.settings.console_tls else LOOPBACK_NAMES)


def token_of(node: Node, headers: dict[bytes, bytes]) -> str:
    """Return the token in a request's cookie; empty where there is none that could be ours."""
    said = headers.get(b"cookie", b"").decode("latin-1")
    if not said or len(said) > COOKIE_CHARS_MAX:
        return ""
    name = cookie_name(node.console_origin)
    pairs = [part.strip().partition("=") for part in said.split(";")]
    found = [value for named, _, value in pairs if named == name]
    # Of two with our name one was put there by somebody else on this host.
    return found[0] if len(found) == 1 else ""


def check_page(node: Node, scope: Scope, headers: dict[bytes, bytes]) -> None:
    """Check that a request was made by a page of this console.

    Raises:
        LocalError: API-HOST, CONSOLE-ORIGIN.
    """
    check_host(headers, hosts_of(node))
    origin = headers.get(b"origin")
    looks = scope["type"] == "http" and scope["method"] in SAFE_METHODS
    ours = node.console_origin.encode()
    if (origin is None and not looks) or (origin is not None and (not ours or origin != ours)):
        raise LocalError("CONSOLE-ORIGIN", got=origin or "none")
    # Another port of this host is the same site to a browser, and gets our cookie: it must not even look.
    if headers.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
        raise LocalError("CONSOLE-ORIGIN", got=headers[b"sec-fetch-site"])


def session_of(node: Node, scope: Scope) -> Session:
    """Return the session of a request or a WebSocket, of a page of ours; ``.locked`` tells whether it is locked.

    Raises:
        LocalError: API-HOST, CONSOLE-ORIGIN, SESSION-NONE, SESSION-EXPIRED.
    """
    headers = headers_of(scope)
    check_page(node, scope, headers)
    return seats_of(node).find(token_of(node, headers))


def session_again(node: Node, session: Session) -> Session:
    """Return what a session is by now: for who holds a socket longer than a look, also after its cookie changed.

    Raises:
        LocalError: SESSION-NONE, SESSION-EXPIRED.
    """
    return seats_of(node).again(session)


class ConsoleGate(Gate):
    """The middleware of the console's operations.

    Args:
        app: what lies behind: the API's application.
        node: knows sessions and roles.
        hosts: ignored; the console is called by its own name.
    """

    def __init__(self, app: AsgiApp, *, node: Node, hosts: Iterable[str] = ()) -> None:
        del hosts
        super().__init__(app, node=node, hosts=hosts_of(node))

    async def __call__(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Let a request pass, or answer why not."""
        if scope["type"] == "http":
            seats_of(self.node).watch()
        await super().__call__(scope, receive, send)

    def admit(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller | None:
        """Return whose request it is, by its cookie.

        Raises:
            LocalError: API-HOST, CONSOLE-ORIGIN, SESSION-NONE, SESSION-EXPIRED, SESSION-LOCKED.
        """
        check_page(self.node, scope, headers)
        seats = seats_of(self.node)
        session = seats.find(token_of(self.node, headers))
        if session.locked:
            _check_locked(scope)
        elif scope["method"] not in SAFE_METHODS:
            # The page looks by itself whenever something happens; only what a person does is use.
            seats.use(session)
        scope.setdefault("state", {})["session"] = session
        return Caller(officer=session.officer, roles=session.roles)

    def allow(self, scope: Scope, body: bytes) -> None:
        """Let a locked session send a STOP, and nothing that only looks like one.

        Raises:
            LocalError: SESSION-LOCKED.
        """
        session: Session = scope["state"]["session"]
        if session.locked and scope["method"] not in SAFE_METHODS and not stop_only(scope["path"], body):
            raise LocalError("SESSION-LOCKED")


def _check_locked(scope: Scope) -> None:
    reads = scope["method"] in SAFE_METHODS and scope["path"] in LOCKED_READS
    acts = scope["method"] == "POST" and scope["path"] in LOCKED_ACTS
    if not reads and not acts:
        raise LocalError("SESSION-LOCKED")


def stop_only(path: str, body: bytes) -> bool:
    """Tell whether a request prepares or submits STOPs and nothing else; what cannot be read is none."""
    try:
        asked = json.loads(body)
        if path == "/v1/prepare/message":
            return str(asked["form"]).upper() == STOP and asked["alone"] is True
        return bool(asked["submissions"]) and all(_is_stop(one) for one in asked["submissions"])
    except (ValueError, KeyError, TypeError, RecursionError, Base64Error, ArmslengthError):
        return False


def _is_stop(one: dict[str, Any]) -> bool:
    prepared = decode_prepared(b64decode(one["prepared"], validate=True))
    acts = one["acts"]
    stopped = bool(acts) and all(act["act"] == "stop" for act in acts)
    return prepared.type == "message" and prepared.body.get(fields.FORM_CODE) == STOP and stopped
