"""The console's pages: what the build put into `assets`, read once into memory, and the headers on everything.

Nothing here is made at run time and nothing comes from elsewhere: a page is a file of this package, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import LocalError
from armslength.entrypoints.api.gate import send_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.entrypoints.api.gate import AsgiReceive, AsgiSend, Scope

ASSETS: Final = Path(__file__).parent / "assets"
"""Made by the build of the package from the sources in `console/`; a checkout that was not built lacks it."""

CONTENT_SECURITY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load: its own files. No inline script or style, nothing from another host (CSP level 3)."""

PERMISSIONS: Final = (
    "accelerometer=(), autoplay=(self), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), "
    "screen-wake-lock=(self), serial=(), usb=()"
)
"""What the page may ask of the machine: to sound, to stay awake, and passkeys."""

SECURITY_HEADERS: Final = (
    (b"content-security-policy", CONTENT_SECURITY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""On every answer of the console."""

TRANSPORT_SECURITY: Final = (b"strict-transport-security", b"max-age=31536000")
"""Over TLS: a browser that once trusted the certificate lets nobody click past a false one (RFC 6797, 8.4)."""

KEEP: Final = b"public, max-age=31536000, immutable"
"""For files below /assets/, whose names hold a hash of what is in them."""

ASK_AGAIN: Final = b"no-cache"
"""For the rest: after an upgrade the first load has the new page."""

MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".ftl": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Ending -> media type; anything else is bytes, which no browser runs."""

BYTES: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file.

    Args:
        media_type: as sent.
        plain: its bytes.
        packed: the same through gzip, where the build made it.
        tag: a strong validator of its bytes (RFC 9110, 8.8.3).
        keep: how long a browser may keep it.
    """

    media_type: str
    plain: bytes
    packed: bytes | None
    tag: bytes
    keep: bytes


class Pages:
    """The ASGI application of the files; any path that names no file is the console's own affair and gets its page.

    Args:
        files: path from the root -> file; empty when the pages were not built.
    """

    def __init__(self, files: Mapping[str, Page]) -> None:
        self._files = dict(files)

    async def __call__(self, scope: Scope, _receive: AsgiReceive, send: AsgiSend) -> None:
        """Answer one GET or HEAD."""
        if scope["method"] not in {"GET", "HEAD"}:
            await send_problem(send, LocalError("API-METHOD"))
            return
        if not self._files:
            text = ERROR_TABLE["CONSOLE-ASSETS"]
            said = f"{text.sentence}\n{text.next_step}\n".encode()
            await _answer(scope, send, 503, [(b"content-type", b"text/plain; charset=utf-8")], said)
            return
        page = self._found(str(scope["path"]))
        if page is None:
            await send_problem(send, LocalError("API-PATH"))
            return
        asked = dict(scope["headers"])
        headers = [
            (b"cache-control", page.keep),
            (b"content-type", page.media_type.encode()),
            (b"etag", page.tag),
            (b"vary", b"accept-encoding"),
        ]
        if page.tag in asked.get(b"if-none-match", b""):
            await _answer(scope, send, 304, headers, b"")
        elif page.packed is not None and _takes_gzip(asked.get(b"accept-encoding", b"")):
            await _answer(scope, send, 200, [*headers, (b"content-encoding", b"gzip")], page.packed)
        else:
            await _answer(scope, send, 200, headers, page.plain)

    def _found(self, path: str) -> Page | None:
        page = self._files.get(path)
        # A path without a dot names a screen; one with a dot names a file, and a file that is not here is a fault.
        return page or (None if "." in path else self._files.get("/index.html"))


def read_pages(folder: Path = ASSETS) -> dict[str, Page]:
    """Read every file of the build; none when it was not built."""
    return {path: page for path, page in _read(folder, sorted(folder.rglob("*"))) if page.plain}


def _read(folder: Path, paths: Iterable[Path]) -> Iterable[tuple[str, Page]]:
    for path in paths:
        if path.suffix == ".gz" or not path.is_file():
            continue
        name = f"/{path.relative_to(folder).as_posix()}"
        packed = path.with_name(f"{path.name}.gz")
        plain = path.read_bytes()
        yield (
            name,
            Page(
                media_type=MEDIA_TYPES.get(path.suffix, BYTES),
                plain=plain,
                packed=packed.read_bytes() if packed.is_file() else None,
                tag=f'"{sha256(plain).hexdigest()[:32]}"'.encode(),
                keep=KEEP if name.startswith("/assets/") else ASK_AGAIN,
            ),
        )


def _takes_gzip(accepted: bytes) -> bool:
    for one in accepted.split(b","):
        coding, _, weight = one.strip().lower().partition(b";")
        if coding.strip() == b"gzip":
            return weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    return False


async def _answer(scope: Scope, send: AsgiSend, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = [] if status == 304 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def guarded(send: AsgiSend, *, tls: bool) -> AsgiSend:
    """Return a `send` that puts the security headers on every answer, in place of what an application set."""
    added = (*SECURITY_HEADERS, TRANSPORT_SECURITY) if tls else SECURITY_HEADERS
    ours = {name for name, _ in added}

    async def sent(message: dict[str, object]) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            headers = message.get("headers") or ()
            kept = [(name, value) for name, value in headers if name.lower() not in ours]  # type: ignore[attr-defined]
            message = {**message, "headers": [*kept, *added]}
        await send(message)

    return sent  # type: ignore[return-value]
