"""People before consoles: an officer with a browser profile of his own, and one who works by a program instead.

Whoever looks at a console here is watched himself: every request must stay at the node that served the page, the
page's content policy must hold, no dialog may open, no script may fail. `Watchful.check` says what was seen.
"""

# ruff: noqa: TID251 - real processes run on the real clock

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from armslength.entrypoints.demo.cast import PASSPHRASE
from armslength.node import load_officer
from builders.consoles import VIEW, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, WebError

Json = Any

WITHIN_MS: Final = 15_000
"""Limit of every wait: far above what anything takes, so that a loaded machine fails no test."""

TELLS: Final = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`E2E-POLICY ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
window.__asking = 0;
window.__heard = 0;
const asked = window.fetch;
window.fetch = async (...given) => {
  window.__asking += 1;
  try {
    return await asked(...given);
  } finally {
    window.__asking -= 1;
    window.__heard = performance.now();
  }
};
"""
"""Breaches of the policy, by the page's own events; and whether it waits for an answer of the node."""

SETTLED: Final = """
() => !window.__asking && performance.now() - window.__heard > 80 && !document.querySelector("main [aria-busy=true]")
"""
"""Nothing is asked, what was heard last has been drawn, and nothing says that it is on its way."""


@dataclass
class Watchful:
    """What one browser profile did that no console may do."""

    origin: str
    seen: list[str] = field(default_factory=list)
    requests: int = 0

    def attach(self, context: BrowserContext) -> None:
        """Watch every page of a profile from now on."""
        context.add_init_script(TELLS)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        self.requests += 1
        parts = urlsplit(request.url)
        if parts.scheme in {"data", "blob"}:
            return
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.seen.append(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if "E2E-POLICY" in message.text or "Content Security Policy" in message.text:
            self.seen.append(f"policy: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _error(self, error: WebError) -> None:
        self.seen.append(f"script failed: {error.error}")

    def check(self) -> None:
        """Fail when anything of it was seen."""
        assert self.seen == []


class Person:
    """An officer with a browser profile of his own, signed in at his party's console.

    Args:
        browser: Chromium.
        address: of the console.
        officer: his id.
        palette: one of the four.
        language: of the console.
        sign: whether to sign in with the key file at once.
        view: size of the window.
        trace: whether to record what he does and sees, for `context.tracing.stop`.
        options: of the browser profile.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        officer: str,
        *,
        language: str = "en",
        palette: str = "dusk",
        sign: bool = True,
        view: dict[str, int] | None = None,
        trace: bool = False,
        **options: Any,
    ) -> None:
        self.address, self.officer = address, officer
        self.language, self.palette = language, palette
        self.context = browser.new_context(viewport=view or VIEW, **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(WITHIN_MS)
        self.watchful = Watchful(address)
        self.watchful.attach(self.context)
        if trace:
            self.context.tracing.start(snapshots=True, screenshots=False, sources=False)
        self.page = self.tab(screen="")
        if sign:
            self.sign_in()

    def sign_in(self) -> None:
        """Sign in with the key file, as a demonstration offers it."""
        sign_in(self.page, self.officer)

    def tab(self, screen: str = "floor") -> Page:
        """Open another tab of the same profile."""
        page = self.context.new_page()
        page.goto(f"{self.address}/?lang={self.language}&palette={self.palette}{f'#/{screen}' if screen else ''}")
        return page

    def go(self, screen: str, name: str = "", **query: str) -> Page:
        """Go to a screen by its address and wait for its heading."""
        self.page.evaluate("hash => { location.hash = hash; }", address_of(screen, name, query))
        self.page.locator("main h1").first.wait_for()
        return self.page

    def look(self, screen: str, name: str = "", **query: str) -> Page:
        """Go to a screen and wait until all of it is there."""
        page = self.go(screen, name, **query)
        page.wait_for_function(SETTLED)
        return page

    def sign(self, *, within_ms: float = WITHIN_MS) -> None:
        """Sign what the dialog shows, and wait until it is gone."""
        dialog = self.page.locator("dialog[open]").last
        dialog.locator("footer button.primary, footer button.danger").click()
        dialog.wait_for(state="hidden", timeout=within_ms)

    def menu(self) -> list[str]:
        """Return the ids of the screens in the menu, in its order."""
        links = self.page.locator("nav a")
        links.first.wait_for()
        return [
            str(one).removeprefix("#/") for one in links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        ]

    def alarm(self, kind: str, *, page: Page | None = None) -> Locator:
        """Return the line of the alarm bar that shows a kind of alarm."""
        return (page or self.page).locator(f'.bar .line[data-kind="{kind}"]')


def wait(page: Page, holds: Callable[[], bool], *, within_s: float = WITHIN_MS / 1000) -> None:
    """Let Playwright work until something holds on this side of it."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        page.wait_for_timeout(20)


def address_of(screen: str, name: str = "", query: dict[str, str] | None = None) -> str:
    """Return the address of a screen behind the origin."""
    named = f"/{quote(name, safe='')}" if name else ""
    return f"#/{screen}{named}{f'?{urlencode(query)}' if query else ''}"


@lru_cache(maxsize=64)
def _key(home: Path, officer: str) -> Any:
    return load_officer(home, officer, PASSPHRASE)


class RefusedError(Exception):
    """The node refused what a program asked."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status} {problem.get('code')}: {problem}")
        self.code = problem.get("code")


class Program:
    """An officer who works by a program at the node's API, with his token and his key file."""

    def __init__(self, home: Path, officer: str) -> None:
        self.home, self.officer = home, officer
        self.token = (home / "officers" / f"{officer}.token").read_text(encoding="utf-8").strip()

    def ask(self, method: str, path: str, body: Json = None) -> Json:
        """Ask the node of the home; return the decoded answer.

        Raises:
            RefusedError: what the node says.
        """
        base = json.loads((self.home / "run.json").read_text(encoding="utf-8"))["api"]
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{base}{path}", data=data, headers=headers, method=method)  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise RefusedError(error.code, json.load(error)) from None

    def get(self, path: str) -> Json:
        """Look."""
        return self.ask("GET", f"/v1/{path}")

    def act(self, kind: str, /, **given: Any) -> Json:
        """Prepare, sign and submit one act; return what became of it."""
        return self.submit(self.ask("POST", f"/v1/prepare/{kind}", given))

    def submit(self, prepared: Json) -> Json:
        """Sign and submit what was prepared."""
        key = _key(self.home, self.officer)
        signature = key.sign(bytes.fromhex(prepared["statement"])).hex()
        act = {name: prepared[name] for name in ("act", "role", "officer")}
        acts = [{**act, "key_id": key.public.kid.hex(), "signature": signature}]
        what = {"release": prepared["release"]} if "release" in prepared else {"prepared": prepared["prepared"]}
        done = self.ask("POST", "/v1/submit", {"submissions": [{**what, "acts": acts}]})
        return done["results"][0]

    def stop(self, place: str = "47.5122N 34.5858E") -> Json:
        """Send a STOP, FLASH, by one person."""
        values = {"place": place, "stop-reason": "PROTECTED-SITE-UNDER-FIRE"}
        return self.act("message", form="STOP", precedence="FLASH", values=values, alone=True)

    def test(self, text: str = "Line check. No message.", precedence: str = "ROUTINE") -> Json:
        """Send a TEST by one person."""
        return self.act("message", form="TEST", precedence=precedence, values={"test-text": text}, alone=True)

    def until(self, path: str, holds: Any, *, within_s: float = 20.0) -> Json:
        """Look again and again until something holds; return what was seen then."""
        end = time.monotonic() + within_s
        while True:
            found = self.get(path)
            if holds(found):
                return found
            if time.monotonic() > end:
                raise AssertionError(f"{path} never came to hold: {str(found)[:2000]}")
            time.sleep(0.02)  # a look at another process, which has no bell for tests
