"""Sessions over time: what is noted without anybody asking, what a restart keeps, and what the store never learns."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from armslength.core.errors import LocalError
from armslength.desk import sessions
from armslength.desk.sessions import SESSIONS_EACH_MAX
from armslength.entrypoints.console.seats import seats_of
from builders.console_desk import console_desk, run, without
from builders.two_nodes import WATCH, WATCH_2

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def outcomes(told: list[dict[str, object]]) -> list[tuple[object, object]]:
    """Return outcome and reason of each entry."""
    return [(one["outcome"], one["because"]) for one in told]


def test_an_idle_lock_an_end_and_a_removal_are_noted_by_themselves_and_once(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    seats = seats_of(desk.node.as_node)

    async def story() -> None:
        await desk.browser().sign_in(WATCH)
        await desk.browser().sign_in(WATCH_2)
        await seats.sweep()
        desk.pass_s(310)
        for _ in range(2):
            await seats.sweep()
        assert [one.locked_at for one in seats.sessions()] == [
            one.signed_in_at + 300_000_000 for one in seats.sessions()
        ]
        without(desk.node.party, WATCH_2)
        await seats.sweep()
        desk.pass_s(12 * 3600)
        for _ in range(2):
            await seats.sweep()
        assert seats.sessions() == ()

    run(desk, story)
    assert outcomes(desk.told()) == [
        ("signed-in", ""),
        ("signed-in", ""),
        ("locked", "idle"),
        ("locked", "idle"),
        ("ended", "removed"),
        ("expired", ""),
    ]
    assert {one["since"] for one in desk.told() if one["outcome"] == "locked"} == {"2022-11-20T11:05:00Z"}


def test_the_store_holds_hashes_and_use_survives_a_restart_to_the_minute(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    seats = seats_of(desk.node.as_node)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in(WATCH)
        for _ in range(4):
            desk.pass_s(61)
            assert (await browser.ask("POST", "/sign-in/use")).status_code == 200
            await seats.sweep()
        with desk.node.party.read() as books:
            stored = sessions.from_value(books.unit.setting(sessions.SETTING))
        assert [one.token_hash for one in stored] == [sha256(browser.cookie.encode()).digest()]
        assert stored == seats.sessions()
        desk.pass_s(299)
        again = desk.restarted().browser(cookie=browser.cookie)
        assert (await again.ask("GET", "/sign-in/session")).json()["locked"] is False
        desk.pass_s(1)
        assert (await again.ask("GET", "/sign-in/session")).json()["locked"] is True

    run(desk, story)


def test_the_oldest_of_too_many_ends_with_a_word_of_why(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        first = desk.browser()
        await first.sign_in(WATCH)
        for _ in range(SESSIONS_EACH_MAX):
            desk.pass_s(1)
            await desk.browser().sign_in(WATCH)
        answer = await first.ask("GET", "/sign-in/session")
        assert answer.json()["code"] == "SESSION-NONE"

    run(desk, story)
    assert outcomes(desk.told())[-2:] == [("ended", "too-many"), ("signed-in", "")]


def test_a_session_ends_with_the_key_that_opened_it(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    seats = seats_of(desk.node.as_node)

    async def story() -> None:
        by_passkey, by_file = desk.browser(), desk.browser()
        await by_passkey.sign_in(WATCH, "passkey")
        await by_file.sign_in(WATCH)
        with desk.node.party.read() as books:
            listed = dict(books.manifest().officers)
        officer = desk.node.party.officer(WATCH)
        kept = listed[officer].keys[:1]
        listed[officer] = type(listed[officer])(
            officer=officer, name=listed[officer].name, roles=listed[officer].roles, keys=kept
        )
        desk.node.party.next_manifest(officers=listed)
        assert (await by_passkey.ask("GET", "/v1/health")).status_code == 401
        assert (await by_file.ask("GET", "/v1/health")).status_code == 200
        await seats.sweep()
        assert len(seats.sessions()) == 1

    run(desk, story)


def test_one_node_has_one_set_of_sessions(tmp_path: Path) -> None:
    desk, other = console_desk(tmp_path), console_desk(tmp_path)
    assert seats_of(desk.node.as_node) is seats_of(desk.node.as_node)
    assert seats_of(desk.node.as_node) is not seats_of(other.node.as_node)


def test_a_write_that_fails_changes_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = console_desk(tmp_path)
    seats = seats_of(desk.node.as_node)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in(WATCH)

        async def broken(_job: object) -> None:
            raise LocalError("STORE-FAILED")

        with monkeypatch.context() as patch:
            patch.setattr(desk.node.desk, "write", broken)
            assert (await browser.ask("POST", "/sign-in/lock")).json()["code"] == "STORE-FAILED"
        assert (await browser.ask("GET", "/sign-in/session")).json()["locked"] is False
        assert len(seats.sessions()) == 1

    run(desk, story)
