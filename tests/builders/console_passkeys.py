"""Passkeys in a real browser: an authenticator of Chromium's own making, enrolled as the product enrols one."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import expect

from armslength.core.record import parse_item
from armslength.disclosure.export_reading import open_export
from armslength.entrypoints.demo.cast import PASSPHRASE
from builders.console_words import like, word

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

    from builders.console_people import Person, Program

CLI: Final = Path(__file__).parents[2] / ".venv" / "bin" / "armslength"
CHANGE: Final = re.compile(r"OC-\d{4}-\d+")


def armslength(*words: str, env: dict[str, str] | None = None) -> str:
    """Run the product's command; return what it printed."""
    environment = {**os.environ, "ARMSLENGTH_PASSPHRASE": PASSPHRASE, **(env or {})}
    done = subprocess.run([str(CLI), *words], check=False, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def authenticator(person: Person) -> CDPSession:
    """Put a security key into somebody's machine: it asks for its PIN, and is given it."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def propose(person: Person) -> str:
    """Register a passkey on the screen of one's own keys, signed for by the key file; return the change."""
    page = person.go("admin", tab="keys")
    page.get_by_role("button", name=word("admin-register-do")).click()
    person.sign()
    said = page.get_by_text(like("admin-proposed")).first
    expect(said).to_contain_text("OC-")
    found = CHANGE.search(said.inner_text())
    assert found is not None
    return found[0]


def put_in_force(administrator: Program, *changes: str) -> None:
    """Another person approves, and the party's root signs the next manifest."""
    for change in changes:
        administrator.act("officer-approval", change=change, approve=True, reason="Key ids compared in person.")
    armslength("--home", str(administrator.home), "officer", "sign", "--yes")


def sign_in_by_passkey(person: Person) -> None:
    """Sign out, and in again with the passkey."""
    page = person.page
    page.locator("details.me summary").click()
    page.get_by_role("button", name=word("shell-out")).click()
    form = page.locator("main.sign-in form")
    form.locator("select").first.select_option(person.officer)
    form.get_by_role("radio", name=word("signin-method-passkey")).check()
    form.locator("button[type=submit]").click()
    page.locator("nav").first.wait_for()


def kinds_of_acts(folder: Path) -> dict[str, dict[str, int]]:
    """Return the acts under each message in an export, read as a stranger reads it: hash -> act -> kind of evidence."""
    names = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    opened = open_export({str(path.relative_to(folder)): path.read_bytes() for path in names}, None)
    found: dict[str, dict[str, int]] = {}
    for shown in opened.shown:
        if shown.entry.kind == "message-out" and shown.content is not None:
            item = parse_item(shown.content)
            acts: Any = item.acts
            found[str(item.body[20])] = {str(act[1]): int(act[0]) for act in acts}
    return found
