"""A passkey's touch is the signature of a release: enrolled, used and verified offline, by one officer and by two."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from builders import console_passkeys as passkeys
from builders import console_story as story
from builders.console_people import Person, Program
from builders.console_words import like
from builders.consoles import Pair, launch
from builders.live_node import CONCERN_VALUES, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Playwright

    from conftest import Floor

pytestmark = pytest.mark.browser

RAW, PASSKEY = 1, 2
NAME: Final = "floor.eucom.example"


def _draft(floor: Floor) -> str:
    values = {**CONCERN_VALUES, "free-text": "CONSTRUCTED FOR A TEST."}
    program = floor.program("EUCOM", "watch-1")
    return str(program.act("message", form="CONCERN", precedence="IMMEDIATE", values=values)["id"])


def _checked(floor: Floor, draft: str) -> None:
    floor.program("EUCOM", "linguist-1").act("check", draft=draft, kind="linguist", passed=True, notes="Checked.")
    legal = floor.program("EUCOM", "legal-1")
    legal.act("check", draft=draft, kind="legal", passed=True, law=["AP I Art. 56"])


def _with_passkeys(floor: Floor, *posts: str) -> list[Person]:
    people = [floor.sit("EUCOM", post) for post in posts]
    for person in people:
        passkeys.authenticator(person)
    changes = [passkeys.propose(person) for person in people]
    passkeys.put_in_force(floor.program("EUCOM", "custodian-1"), *changes)
    for person in people:
        passkeys.sign_in_by_passkey(person)
    return people


def _verified(floor: Floor, folder: Path) -> dict[str, dict[str, int]]:
    passkeys.armslength("--home", str(floor.pair.home("EUCOM")), "journal", "export", str(folder))
    # Offline: no home, no node, nothing but the folder.
    said = json.loads(passkeys.armslength("verify", str(folder), "--json", env={"ARMSLENGTH_HOME": "/nonexistent"}))
    assert said["verified"] is True
    return passkeys.kinds_of_acts(folder)


def test_release_with_one_passkey(floor: Floor, tmp_path: Path) -> None:
    [releaser] = _with_passkeys(floor, "release-1")
    draft = _draft(floor)
    _checked(floor, draft)
    number = story.send(releaser, draft)
    floor.program("NDMC", "watch-1").until(
        "messages", lambda all_: any(one["number"] == number and one["form"] == "CONCERN" for one in all_)
    )
    acts = _verified(floor, tmp_path / "export")["CONCERN"]
    assert (acts["draft"], acts["release"]) == (RAW, PASSKEY)


def test_release_with_two_passkeys(floor: Floor, tmp_path: Path) -> None:
    watch, principal = _with_passkeys(floor, "watch-2", "principal-1")
    page = watch.go("compose", form="CONCERN", draft=_draft(floor))
    button = page.get_by_role("button", name=like("compose-draft"))
    expect(page.locator('[data-field="place"] input')).not_to_have_value("")
    button.click()
    watch.sign()
    draft = story.opened(watch, "release")
    _checked(floor, draft)
    number = story.send(principal, draft)
    floor.program("NDMC", "watch-1").until(
        "messages", lambda all_: any(one["number"] == number and one["form"] == "CONCERN" for one in all_)
    )
    acts = _verified(floor, tmp_path / "export")["CONCERN"]
    assert (acts["draft"], acts["release"]) == (PASSKEY, PASSKEY)


def test_trusted_local_ca(playing: Playwright, tmp_path: Path) -> None:
    """A floor PC trusts the authority that `init` made; over that name a passkey is enrolled and signs in."""
    home, profile = tmp_path / "eucom", tmp_path / "profile"
    ports = {"console": free_port(), "listen": free_port(), "api": free_port()}
    passkeys.armslength(
        *("init", "--party", "EUCOM", "--demonstration", "--console-name", NAME, "--home", str(home)),
        *("--console-port", str(ports["console"]), "--api-port", str(ports["api"])),
        *("--listen", f"127.0.0.1:{ports['listen']}"),
    )
    store = profile / ".pki" / "nssdb"
    store.mkdir(parents=True)
    certutil = shutil.which("certutil")
    assert certutil is not None, "apt-get install libnss3-tools"
    for words in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "console", "-i", str(home / "console-ca.pem")]):
        subprocess.run([certutil, "-d", f"sql:{store}", *words], check=True)
    assets = os.environ.get("ARMSLENGTH_CONSOLE_ASSETS")
    pair = Pair(tmp_path, tmp_path.__class__(assets) if assets else None)
    pair.start("EUCOM")
    address = pair.address("EUCOM")
    assert address == f"https://{NAME}:{ports['console']}"
    resolve = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    browser = launch(playing, resolve, env={**os.environ, "HOME": str(profile)})
    try:
        watch = Person(browser, address, "eucom-watch-1")
        assert watch.page.evaluate("() => [isSecureContext, location.protocol]") == [True, "https:"]
        passkeys.authenticator(watch)
        change = passkeys.propose(watch)
        passkeys.put_in_force(Program(home, "eucom-custodian-1"), change)
        passkeys.sign_in_by_passkey(watch)
        session = watch.page.evaluate("() => fetch('/sign-in/session').then((answer) => answer.json())")
        assert (session["officer"], session["method"]) == ("eucom-watch-1", "passkey")
        cookie = next(one for one in watch.context.cookies() if one["name"].startswith("__Host-"))
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
        watch.watchful.check()
    finally:
        browser.close()
        pair.stop()
