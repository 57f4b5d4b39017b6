"""A passkey's assertion is the release signature: two officers release by it, and an export is verified by it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.attestation import Kind, sign_in_statement
from armslength.core.errors import VerificationError
from armslength.disclosure.verify import verify_export
from builders.console_desk import PASSKEYS, console_desk, key_id_of, run
from builders.exports import Forger
from builders.live_node import CONCERN_VALUES
from builders.two_nodes import LEGAL, LINGUIST, RELEASER, WATCH

if TYPE_CHECKING:
    from pathlib import Path

    from builders.console_desk import Browser, ConsoleDesk

STOP = {
    "form": "STOP",
    "precedence": "FLASH",
    "values": {"place": "47.5122N 34.5858E", "stop-reason": "PROTECTED-SITE-UNDER-FIRE"},
    "alone": True,
}


async def asked(browser: Browser, path: str, body: Any) -> dict[str, Any]:
    """Ask for something that is granted."""
    answer = await browser.ask("POST", path, body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def by_passkey(prepared: dict[str, Any], post: str, challenge: bytes | None = None) -> dict[str, Any]:
    """Return an officer's act with a passkey."""
    one = PASSKEYS[post]
    said = bytes.fromhex(prepared["statement"]) if challenge is None else challenge
    act = {name: prepared[name] for name in ("act", "role", "officer")}
    return {**act, "key_id": one.key_id, "assertion": one.assertion(said)}


def by_key(desk: ConsoleDesk, prepared: dict[str, Any]) -> dict[str, Any]:
    """Return an officer's act with a key file."""
    key = desk.node.party.officer_keys[prepared["officer"]]
    act = {name: prepared[name] for name in ("act", "role", "officer")}
    said = bytes.fromhex(prepared["statement"])
    return {**act, "key_id": key_id_of(key.public), "signature": key.sign(said).hex()}


async def signed(browser: Browser, post: str, path: str, body: Any) -> dict[str, Any]:
    """Prepare, sign with the passkey and submit; return what became of it."""
    prepared = await asked(browser, path, body)
    given = {"prepared": prepared["prepared"], "acts": [by_passkey(prepared, post)]}
    return dict((await asked(browser, "/v1/submit", {"submissions": [given]}))["results"][0])


async def released(desk: ConsoleDesk) -> str:
    """Draft, check and release a concern, every act by a passkey; return the message's id."""
    browsers = {post: desk.browser() for post in (WATCH, LEGAL, LINGUIST, RELEASER)}
    for post, browser in browsers.items():
        await browser.sign_in(post, "passkey")
    form = {
        "form": "CONCERN",
        "precedence": "IMMEDIATE",
        "values": {
            **CONCERN_VALUES,
            "reply-by": "2022-11-20T15:00:00Z",
            "activity-window": ["2022-11-19T15:00:00Z", "2022-11-20T10:00:00Z"],
        },
    }
    draft = (await signed(browsers[WATCH], WATCH, "/v1/prepare/message", form))["id"]
    tick = {"draft": draft, "kind": "legal", "passed": True, "law": ["AP-I-ARTICLE-56"]}
    await signed(browsers[LEGAL], LEGAL, "/v1/prepare/check", tick)
    prepared = await asked(browsers[RELEASER], "/v1/prepare/release", {"draft": draft})
    given = {"submissions": [{"release": draft, "acts": [by_passkey(prepared, RELEASER)]}]}
    flipped = bytearray(bytes.fromhex(prepared["statement"]))
    flipped[0] ^= 1
    wrong = {"submissions": [{"release": draft, "acts": [by_passkey(prepared, RELEASER, bytes(flipped))]}]}
    answer = await browsers[RELEASER].ask("POST", "/v1/submit", wrong)
    assert (answer.status_code, answer.json()["code"]) == (409, "ACT-INVALID"), answer.text
    return str((await asked(browsers[RELEASER], "/v1/submit", given))["results"][0]["id"])


def test_two_officers_release_by_passkeys_and_a_stranger_verifies_it_offline(tmp_path: Path) -> None:
    desk = console_desk(tmp_path, line=True)
    two, sent = desk.two, []

    async def story() -> None:
        sent.append(bytes.fromhex(await released(desk)))

    run(desk, story)
    two.flush()
    assert two.refused == []
    assert two.ndmc.body(sent[0])[20] == "CONCERN"
    for party in (two.eucom, two.ndmc):
        honest = Forger.of(party, two.line)
        account = verify_export(honest.files())
        assert sent[0] in {one.envelope_hash for one in account.messages}
    forger = Forger.of(two.eucom, two.line)
    index = forger.index("message-out")
    item = forger.item(index)
    kinds = [act[0] for act in item.acts]  # type: ignore[index]  # arrays of six
    assert kinds == [int(Kind.WEBAUTHN)] * len(kinds)
    assert {act[1] for act in item.acts} >= {"draft", "release"}  # type: ignore[index]
    for place in range(len(item.acts)):
        for part in range(3):
            forged = forger.rewrite(index, forger.signed(item, acts=_flipped(item.acts, place, part)))
            with pytest.raises(VerificationError) as caught:
                verify_export(forged.files())
            assert "ACT-" in str(caught.value.details), (place, part, caught.value.details)


def _flipped(acts: Any, place: int, part: int) -> tuple[Any, ...]:
    """Return the acts with one bit of one part of one assertion changed."""
    changed = [list(act) for act in acts]
    evidence = list(changed[place][5])
    data = bytearray(evidence[part])
    data[-1 if part else 0] ^= 1
    evidence[part] = bytes(data)
    changed[place][5] = tuple(evidence)
    return tuple(tuple(act) for act in changed)


@pytest.mark.parametrize("how", ["passkey", "file-key"])
def test_a_locked_session_sends_a_stop_and_nothing_else(tmp_path: Path, how: str) -> None:
    desk = console_desk(tmp_path, line=True)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in(WATCH, "passkey")
        draft = await asked(
            browser, "/v1/prepare/message", {"form": "TEST", "values": {"test-text": "x"}, "alone": True}
        )
        desk.pass_s(301)
        for path, body in (
            ("/v1/prepare/message", {**STOP, "form": "TEST"}),
            ("/v1/prepare/message", {**STOP, "alone": False}),
            ("/v1/submit", {"submissions": [{"prepared": draft["prepared"], "acts": [by_passkey(draft, WATCH)]}]}),
        ):
            answer = await browser.ask("POST", path, body)
            assert (answer.status_code, answer.json()["code"]) == (423, "SESSION-LOCKED"), path
        prepared = await asked(browser, "/v1/prepare/message", STOP)
        act = by_passkey(prepared, WATCH) if how == "passkey" else by_key(desk, prepared)
        one = {"prepared": prepared["prepared"], "acts": [act]}
        mixed = {"submissions": [one, {"prepared": draft["prepared"], "acts": [by_passkey(draft, WATCH)]}]}
        assert (await browser.ask("POST", "/v1/submit", mixed)).status_code == 423
        unsigned = {"submissions": [{**one, "acts": [{**act, "act": "draft"}]}]}
        assert (await browser.ask("POST", "/v1/submit", unsigned)).status_code == 423
        assert (await asked(browser, "/v1/submit", {"submissions": [one]}))["results"][0]["type"] == "message"
        # It is still locked: a STOP is no use of the session.
        assert (await browser.ask("GET", "/sign-in/session")).json()["locked"] is True

    run(desk, story)


def test_an_assertion_of_a_sign_in_is_no_act_and_another_officers_act_is_not_submitted(tmp_path: Path) -> None:
    desk = console_desk(tmp_path, line=True)
    node = desk.node

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in(WATCH, "passkey")
        prepared = await asked(browser, "/v1/prepare/message", STOP)
        said = sign_in_statement(
            node.realm, node.console_origin, prepared["officer"], bytes.fromhex(prepared["statement"])
        )
        submission = {"prepared": prepared["prepared"], "acts": [by_passkey(prepared, WATCH, said)]}
        answer = await browser.ask("POST", "/v1/submit", {"submissions": [submission]})
        assert (answer.status_code, answer.json()["code"]) == (409, "ACT-INVALID")
        other = desk.browser()
        await other.sign_in(RELEASER, "passkey")
        given = {"submissions": [{"prepared": prepared["prepared"], "acts": [by_passkey(prepared, WATCH)]}]}
        answer = await other.ask("POST", "/v1/submit", given)
        assert (answer.status_code, answer.json()["code"]) == (403, "SUBMIT-OTHER-OFFICER")

    run(desk, story)


@pytest.mark.parametrize(
    "change",
    [
        {"assertion": None},
        {"assertion": {"authenticator_data": "AA==", "client_data": "AA=="}},
        {"signature": "00" * 64},
        {"assertion": {"authenticator_data": "*", "client_data": "AA==", "signature": "AA=="}},
    ],
)
def test_an_act_has_one_signature_of_one_kind(tmp_path: Path, change: dict[str, Any]) -> None:
    desk = console_desk(tmp_path, line=True)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in(WATCH, "passkey")
        prepared = await asked(browser, "/v1/prepare/message", STOP)
        act = {**by_passkey(prepared, WATCH), **change}
        given = {"submissions": [{"prepared": prepared["prepared"], "acts": [act]}]}
        answer = await browser.ask("POST", "/v1/submit", given)
        assert (answer.status_code, answer.json()["code"]) == (422, "API-REQUEST")

    run(desk, story)
