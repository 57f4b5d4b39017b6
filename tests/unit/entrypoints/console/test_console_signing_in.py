"""Signing in: by three methods, refused without telling why, once for each challenge, with a new token every time."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.attestation import statement
from armslength.core.cose import ED25519
from armslength.core.keys import PublicKey
from armslength.core.realm import Realm
from armslength.desk.sessions import TOKEN_BYTES
from armslength.desk.signing_in import PER_OFFICER
from armslength.entrypoints.console import access, certificates
from armslength.entrypoints.console.signing_in import BODY_BYTES_MAX, OPERATIONS
from builders.acts import PRESENT
from builders.client_certificates import client_certificate
from builders.console_desk import ORIGIN, PASSKEYS, console_desk, run, without
from builders.passkeys import Authenticator
from builders.two_nodes import LEGAL, PRINCIPAL, RELEASER, WATCH, WATCH_2

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2

    from builders.console_desk import Browser


def code_of(answer: httpx2.Response) -> str:
    """Return the code of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["code"])


def test_every_path_has_its_row() -> None:
    others = {("GET", "/sign-in/demonstration-key/{officer}"), ("GET", "/live")}
    assert set(OPERATIONS) | others == set(access.ACCESS)


@pytest.mark.parametrize(("post", "method"), [(WATCH, "file-key"), (WATCH, "passkey"), (RELEASER, "passkey")])
def test_an_officer_signs_in_and_is_known_from_then_on(tmp_path: Path, post: str, method: str) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        found = await browser.sign_in(post, method)
        officer = desk.node.party.officer(post)
        assert (found["officer"], found["method"], found["post"]) == (officer, method, "desk 3")
        assert found["expires_at"] == "2022-11-20T23:00:00Z"
        assert (found["locked"], found["idle_s"]) == (False, 300)
        assert {"kind": 2, "key_id": PASSKEYS[post].key_id} in found["keys"]
        assert (await browser.ask("GET", "/sign-in/session")).json() == found
        assert (await browser.ask("GET", "/v1/health")).status_code == 200
        assert len(bytes.fromhex(browser.cookie)) == TOKEN_BYTES

    run(desk, story)
    assert [(one["outcome"], one["method"], one["post"]) for one in desk.told()] == [("signed-in", method, "desk 3")]


def test_the_cookie_is_ours_alone(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    secure = console_desk(tmp_path, console_name="floor.eucom.example")

    async def story() -> None:
        given = desk.browser()
        answer = await given.ask("POST", "/sign-in/finish", given.answer_to(await given.begin(WATCH), WATCH))
        said = answer.headers["set-cookie"]
        assert said == f"armslength-7480={given.cookie}; Path=/; HttpOnly; SameSite=Strict"
        given = secure.browser(origin=secure.node.console_origin)
        answer = await given.ask("POST", "/sign-in/finish", given.answer_to(await given.begin(WATCH), WATCH))
        said = answer.headers["set-cookie"]
        assert said == f"__Host-armslength-7480={given.cookie}; Path=/; HttpOnly; SameSite=Strict; Secure"

    run(desk, story)


def test_a_certificate_signs_in_whom_it_is_entered_for(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    card, other = client_certificate("CN=Watch One,O=EUCOM"), client_certificate("CN=Watch Two,O=EUCOM")
    certificates.add(tmp_path, "eucom-watch-1", card.read, "fingerprint")

    async def attempt(state: dict[str, Any], **changes: Any) -> httpx2.Response:
        browser = desk.browser(state=state)
        given = browser.answer_to(await browser.begin(WATCH, "certificate"), WATCH, "certificate")
        return await browser.ask("POST", "/sign-in/finish", {**given, **changes})

    async def story() -> None:
        assert (await desk.browser(state={"client_certificate": card.der}).begin(WATCH, "certificate"))["keys"] == []
        answer = await attempt({"client_certificate": card.der})
        assert (answer.status_code, answer.json()["method"]) == (200, "certificate")
        for state, changes in (
            ({}, {}),
            ({"client_certificate": other.der}, {}),
            ({"client_certificate": b"no certificate"}, {}),
            ({"client_certificate": card.der}, {"key_id": "00" * 16}),
            ({"client_certificate": card.der}, {"officer": "eucom-watch-2"}),
        ):
            assert code_of(await attempt(state, **changes)) == "SIGN-IN-REFUSED", (state, changes)
        certificates.remove(tmp_path, card.read.fingerprint.hex()[:8])
        assert code_of(await attempt({"client_certificate": card.der})) == "SIGN-IN-REFUSED"

    run(desk, story)
    assert desk.told()[0]["key"] == card.read.fingerprint.hex()


async def refused(browser: Browser, given: dict[str, Any]) -> None:
    """Hold an answer to be the one refusal that there is."""
    answer = await browser.ask("POST", "/sign-in/finish", given)
    assert (answer.status_code, code_of(answer), answer.json()["details"]) == (401, "SIGN-IN-REFUSED", {}), answer.text
    assert "set-cookie" not in answer.headers


def test_whatever_is_wrong_the_refusal_is_the_same(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    party = desk.node.party

    async def story() -> None:
        asked = await desk.browser().begin(WATCH)
        right = desk.browser().answer_to(asked, WATCH)
        others = desk.browser().answer_to(asked, WATCH_2)
        body_hash = bytes.fromhex(asked["statement"])
        as_act = party.officer_keys[right["officer"]].sign(
            statement(Realm.EXERCISE, "release", "watch-officer", right["officer"], body_hash)
        )
        passkey = PASSKEYS[WATCH].assertion(bytes.fromhex(asked["statement"]))
        for number, changes in enumerate(
            (
                {"officer": "eucom-nobody-1"},
                {"officer": party.officer(WATCH_2)},
                {"nonce": right["nonce"][:-2] + "00"},
                {"nonce": "00" * 56},
                {"signature": "00" * 64},
                {"signature": "00"},
                {"signature": as_act.hex()},
                {"key_id": others["key_id"], "signature": others["signature"]},
                {"key_id": PASSKEYS[WATCH].key_id},
                {"key_id": PublicKey(ED25519, desk.node.keys.public("sign").public).kid.hex()},
                {"key_id": None},
                {"signature": None},
                {"assertion": passkey},
                {"signature": None, "assertion": passkey},
                {"method": "passkey"},
                {"method": "certificate"},
            )
        ):
            await refused(desk.browser(address=f"10.0.1.{number}"), {**right, **changes})
        await refused(desk.browser(), {**others, "officer": party.officer(WATCH_2)})

    run(desk, story)
    assert {one["outcome"] for one in desk.told()} == {"refused"}


def test_a_passkey_signs_in_only_here_and_only_verified(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    stranger = Authenticator(alg="ES256", seed="stranger")
    elsewhere = Authenticator(alg="ES256", seed="watch", origin="http://localhost:7481")
    other_name = Authenticator(alg="ES256", seed="watch", rp_id="floor.eucom.example")

    async def story() -> None:
        browser = desk.browser()
        asked = await browser.begin(WATCH, "passkey")
        said = bytes.fromhex(asked["statement"])
        right = browser.answer_to(asked, WATCH, "passkey")
        for wrong in (
            {"assertion": stranger.assertion(said)},
            {"assertion": stranger.assertion(said), "key_id": stranger.key_id},
            {"assertion": elsewhere.assertion(said)},
            {"assertion": other_name.assertion(said)},
            {"assertion": PASSKEYS[WATCH].assertion(said, flags=PRESENT)},
            {"assertion": PASSKEYS[WATCH].assertion(b"another challenge")},
            {"assertion": PASSKEYS[LEGAL].assertion(said), "key_id": PASSKEYS[LEGAL].key_id},
        ):
            await refused(browser, {**right, **wrong})
        assert (await browser.ask("POST", "/sign-in/finish", right)).status_code == 200

    run(desk, story)


def test_a_challenge_is_answered_once_and_within_its_minute(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        given = browser.answer_to(await browser.begin(WATCH), WATCH)
        assert (await browser.ask("POST", "/sign-in/finish", given)).status_code == 200
        await refused(desk.browser(), given)
        late = browser.answer_to(await browser.begin(WATCH), WATCH)
        desk.pass_s(60)
        await refused(desk.browser(), late)
        early = browser.answer_to(await browser.begin(WATCH), WATCH)
        await refused(desk.restarted().browser(), early)

    run(desk, story)


def test_a_name_that_no_officer_has_is_asked_for_keys_like_any_other(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def asks(officer: str, method: str) -> dict[str, Any]:
        answer = await desk.browser().ask("POST", "/sign-in/begin", {"officer": officer, "method": method})
        assert answer.status_code == 200
        return dict(answer.json())

    async def story() -> None:
        for method in ("file-key", "passkey", "certificate"):
            known, unknown = await asks("eucom-watch-2", method), await asks("eucom-nobody-1", method)
            assert {key: len(value) for key, value in known.items()} == {
                key: len(value) for key, value in unknown.items()
            }
            assert (await asks("eucom-nobody-1", method))["keys"] == unknown["keys"]
        # An officer without a passkey is not told from nobody either.
        one, other = await asks("eucom-watch-2", "passkey"), await asks("eucom-nobody-1", "passkey")
        assert set(one["keys"][0]) == set(other["keys"][0]) == {"kind", "key_id", "credential_id"}

    run(desk, story)
    assert desk.told() == []


def test_flooding_with_challenges_locks_nobody_out(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        flood = desk.browser(address="10.9.9.9")
        mine = await desk.browser().begin(WATCH)
        for _ in range(300):
            await flood.begin(WATCH)
        given = desk.browser().answer_to(mine, WATCH)
        assert (await desk.browser().ask("POST", "/sign-in/finish", given)).status_code == 200

    run(desk, story)


def test_wrong_answers_are_slowed_where_they_come_from_and_gathered_in_the_journal(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        wrong = desk.browser(address="10.9.9.9")
        given = {**wrong.answer_to(await wrong.begin(WATCH), WATCH), "signature": "00" * 64}
        for _ in range(PER_OFFICER.burst):
            await refused(wrong, given)
        answer = await wrong.ask("POST", "/sign-in/finish", given)
        assert (answer.status_code, code_of(answer)) == (429, "SIGN-IN-LATER")
        await desk.browser().sign_in(WATCH)
        assert [one["outcome"] for one in desk.told()] == ["refused", "signed-in"]
        desk.pass_s(61)
        await refused(wrong, {**given, "officer": "my secret passphrase"})

    run(desk, story)
    told = [one for one in desk.told() if one["outcome"] == "refused"]
    assert [(one["count"], one["officer"]) for one in told] == [(1, "eucom-watch-1"), (10, None)]
    assert told[1]["officers"] == [{"officer": "eucom-watch-1", "count": 9}]
    assert "passphrase" not in str(told)


def test_a_session_is_never_continued_from_before(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        attacker, victim = desk.browser(), desk.browser()
        await attacker.sign_in(WATCH_2)
        planted = victim.cookie = attacker.cookie
        await victim.sign_in(WATCH)
        assert victim.cookie != planted
        assert code_of(await attacker.ask("GET", "/sign-in/session")) == "SESSION-NONE"
        made_up = desk.browser(cookie="ab" * 32)
        await made_up.sign_in(WATCH)
        assert made_up.cookie != "ab" * 32

    run(desk, story)
    assert [(one["outcome"], one["because"]) for one in desk.told()][:3] == [
        ("signed-in", ""),
        ("ended", "signed-in-again"),
        ("signed-in", ""),
    ]


def test_signing_out_ends_it_and_may_be_done_twice(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        kept = browser.cookie
        answer = await browser.ask("POST", "/sign-in/out")
        assert answer.headers["set-cookie"].endswith("Max-Age=0")
        assert browser.cookie == ""
        assert (await browser.ask("POST", "/sign-in/out")).status_code == 200
        assert code_of(await desk.browser(cookie=kept).ask("GET", "/v1/health")) == "SESSION-NONE"

    run(desk, story)
    assert [one["outcome"] for one in desk.told()] == ["signed-in", "signed-out"]


def test_a_locked_session_opens_for_its_own_officer_and_under_a_new_token(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        began = await browser.sign_in()
        assert (await browser.ask("POST", "/sign-in/lock")).json()["locked"] is True
        assert (await browser.ask("POST", "/sign-in/lock")).status_code == 200
        assert code_of(await browser.ask("POST", "/sign-in/use")) == "SESSION-LOCKED"
        other = browser.answer_to(await browser.begin(WATCH_2), WATCH_2)
        assert code_of(await browser.ask("POST", "/sign-in/unlock", other)) == "SIGN-IN-REFUSED"
        before, given = browser.cookie, browser.answer_to(await browser.begin(WATCH, "passkey"), WATCH, "passkey")
        opened = (await browser.ask("POST", "/sign-in/unlock", given)).json()
        assert (opened["locked"], opened["session"], opened["method"]) == (False, began["session"], "passkey")
        assert opened["expires_at"] == began["expires_at"]
        assert code_of(await desk.browser(cookie=before).ask("GET", "/sign-in/session")) == "SESSION-NONE"
        assert code_of(await desk.browser().ask("POST", "/sign-in/unlock", given)) == "SESSION-NONE"

    run(desk, story)
    assert [one["outcome"] for one in desk.told()] == ["signed-in", "locked", "refused", "unlocked"]


def test_a_removed_officer_is_out_at_once(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        without(desk.node.party, WATCH)
        for path in ("/sign-in/session", "/v1/health"):
            answer = await browser.ask("GET", path)
            assert (answer.status_code, code_of(answer)) == (401, "SESSION-NONE")
        given = browser.answer_to(await browser.begin(WATCH), WATCH)
        await refused(browser, given)

    run(desk, story)


def test_about_names_officers_in_a_demonstration_only(tmp_path: Path) -> None:
    desk, demo = console_desk(tmp_path), console_desk(tmp_path, demonstration=True)

    async def story() -> None:
        said = (await desk.browser().ask("GET", "/sign-in/about")).json()
        assert (said["party"], said["origin"], said["passkeys"], said["officers"]) == ("EUCOM", ORIGIN, True, [])
        assert said["certificate"] is False
        shown = (await demo.browser().ask("GET", "/sign-in/about")).json()["officers"]
        assert {"officer": "eucom-principal-1", "roles": ["principal"]} in shown
        assert len(shown) == 7
        card = desk.browser(state={"client_certificate": b"der"})
        assert (await card.ask("GET", "/sign-in/about")).json()["certificate"] is True

    run(desk, story)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/sign-in/begin", {"officer": "a"}, 422, "API-REQUEST"),
        ("/sign-in/begin", {"officer": "a", "method": "password"}, 422, "API-REQUEST"),
        ("/sign-in/begin", {"officer": "a", "method": "passkey", "more": 1}, 422, "API-REQUEST"),
        ("/sign-in/begin", {"officer": "a" * 129, "method": "passkey"}, 422, "API-REQUEST"),
        ("/sign-in/begin", [], 422, "API-REQUEST"),
        ("/sign-in/finish", {"officer": "a", "method": "passkey", "nonce": "0g"}, 422, "API-REQUEST"),
        (
            "/sign-in/finish",
            {"officer": "a", "method": "passkey", "nonce": "00" * 56, "post": "a\nb"},
            422,
            "API-REQUEST",
        ),
        ("/sign-in/begin", {"officer": "a" * BODY_BYTES_MAX, "method": "passkey"}, 413, "API-BODY-SIZE"),
        ("/sign-in/nothing", {}, 404, "API-PATH"),
        ("/sign-in/about", {}, 405, "API-METHOD"),
    ],
)
def test_a_request_of_another_shape_is_refused_without_being_repeated(
    tmp_path: Path, path: str, body: Any, status: int, code: str
) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        answer = await desk.browser().ask("POST", path, body)
        assert (answer.status_code, code_of(answer)) == (status, code)
        assert "aaaa" not in answer.text
        assert "password" not in answer.text.replace("'password'", "")
        assert answer.headers["cache-control"] == "no-store"

    run(desk, story)


def test_an_assertion_with_one_bit_changed_signs_nobody_in(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        right = browser.answer_to(await browser.begin(RELEASER, "passkey"), RELEASER, "passkey")
        for part in ("authenticator_data", "client_data", "signature"):
            data = bytearray(b64decode(right["assertion"][part]))
            data[len(data) // 2] ^= 1
            await refused(browser, {**right, "assertion": {**right["assertion"], part: b64encode(data).decode()}})

    run(desk, story)


def test_whoever_has_no_key_file_signs_in_with_none(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        asked = await browser.begin(PRINCIPAL, "passkey")
        given = browser.answer_to(asked, WATCH, "passkey")
        await refused(browser, {**given, "officer": desk.node.party.officer(PRINCIPAL)})

    run(desk, story)
