"""Register and watch, done: files under one signature, rules tried and used, windows, notices, lists."""

from __future__ import annotations

import asyncio
import threading
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import pytest

from armslength.desk.prepared import Prepared, decode_prepared
from armslength.entrypoints.api import answers_watch, gate
from armslength.register.default_rules import DEFAULT_RULES_TOML
from builders.live_node import run_live
from builders.watch_data import PLAN, document, entered, firms, signed

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

JSON = {"content-type": "application/json"}


async def refusal(live: Live, post: str, path: str, body: Any) -> tuple[int, str]:
    async with live.client(post) as client:
        answer = await client.post(path, json=body)
    return answer.status_code, answer.json()["code"]


def test_a_file_is_read_shown_signed_for_and_entered_once(home: Path) -> None:
    async def case(live: Live) -> None:
        await signed(live, "watch-1", "facility", document("znpp.json"))
        dry = await live.ask("watch-1", "POST", "/v1/dry-run/import", firms())
        answers_watch.DryRun.model_validate(dry)
        assert (dry["rows_read"], dry["to_enter"], dry["refused"]) == (58, 58, 0)
        assert await live.ask("watch-1", "GET", "/v1/imports") == []
        asked = await live.ask("watch-1", "POST", "/v1/prepare/import", firms())
        answers_watch.PreparedImport.model_validate(asked)
        body = {**live.submission(asked)["submissions"][0], "data": firms()["data"]}
        done = await live.ask("watch-1", "POST", "/v1/imports", body)
        answers_watch.Imported.model_validate(done)
        assert (done["rows"], done["batches"]) == (58, 1)
        again = await live.ask("watch-1", "POST", "/v1/imports", body)
        assert (again["id"], again["batches"]) == (done["id"], 0)
        (held,) = await live.ask("watch-1", "GET", "/v1/imports")
        assert (held["rows_entered"], held["finished"]) == (58, True)
        assert await refusal(live, "watch-1", "/v1/prepare/import", firms()) == (409, "IMPORT-NOTHING")

    run_live(home, case)


def test_what_was_not_signed_does_not_enter(home: Path) -> None:
    async def case(live: Live) -> None:
        asked = await live.ask("watch-1", "POST", "/v1/prepare/import", firms())
        body = live.submission(asked)["submissions"][0]
        other = b64encode(b"latitude,longitude,acq_date\n47.5,34.5,2022-08-01\n").decode()
        assert await refusal(live, "watch-1", "/v1/imports", {**body, "data": other}) == (409, "IMPORT-FILE")
        assert await refusal(live, "watch-1", "/v1/imports", {**body, "data": "=="}) == (409, "PREPARED-MALFORMED")
        theirs = {**body, "data": firms()["data"]}
        assert await refusal(live, "custodian-1", "/v1/imports", theirs) == (403, "SUBMIT-OTHER-OFFICER")
        report = await live.ask("watch-1", "POST", "/v1/prepare/report", document("iaea_2022-11-20.json")["reports"][0])
        wrong = {**live.submission(report)["submissions"][0], "data": firms()["data"]}
        assert await refusal(live, "watch-1", "/v1/imports", wrong) == (409, "RECORD-KIND")
        assert await live.ask("watch-1", "GET", "/v1/imports") == []

    run_live(home, case)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"data": "not base64"}, 409, "PREPARED-MALFORMED"),
        ({"data": ""}, 409, None),
        ({"reader": "nothing-known"}, 409, "FEED-UNKNOWN"),
        ({"options": {"colour": "red"}}, 409, "IMPORT-OPTION"),
        ({"what": "movements"}, 422, "API-REQUEST"),
        ({"officer": "eucom-principal-1"}, 422, "API-REQUEST"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    home: Path, changes: dict[str, Any], status: int, code: str | None
) -> None:
    async def case(live: Live) -> None:
        found = await refusal(live, "watch-1", "/v1/dry-run/import", firms(**changes))
        assert found == (status, code or found[1])

    run_live(home, case)


def test_a_file_is_let_in_by_role_before_its_bytes_and_within_its_own_bound(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "FILE_BODY_BYTES_MAX", 2 * gate.BODY_BYTES_MAX)

    async def case(live: Live) -> None:
        large = b'{"what": "' + b"x" * gate.BODY_BYTES_MAX + b'"}'
        too_large = b" " * (2 * gate.BODY_BYTES_MAX + 1)
        for post, content, expected in (
            ("watch-1", large, (422, "API-REQUEST")),
            ("watch-1", too_large, (413, "API-BODY-SIZE")),
            ("linguist-1", too_large, (403, "API-ROLE")),
        ):
            async with live.client(post) as client:
                answer = await client.post("/v1/dry-run/import", content=content, headers=JSON)
            assert (answer.status_code, answer.json()["code"]) == expected
        async with live.client("watch-1") as client:
            answer = await client.post("/v1/rules/check", content=large, headers=JSON)
        assert answer.status_code == 413

    run_live(home, case)


def test_rules_are_read_tried_and_put_in_force_by_who_may(home: Path) -> None:
    async def case(live: Live) -> None:
        await entered(live)
        text = DEFAULT_RULES_TOML.replace('name = "default"', 'name = "trial"').replace(
            "[rules.hot-spot-burst]", "[rules.hot-spot-burst]\non = false"
        )
        checked = await live.ask("watch-1", "POST", "/v1/rules/check", {"text": text})
        answers_watch.Rules.model_validate(checked)
        assert (checked["name"], checked["shipped"]) == ("trial", False)
        compared = await live.ask("watch-1", "POST", "/v1/rules/what-if", {"text": text})
        answers_watch.WhatIf.model_validate(compared)
        assert [one["day"] for one in compared["only_in_force"]] == ["2022-08-23"]
        assert await refusal(live, "watch-1", "/v1/rules/check", {"text": "x = 1"}) == (409, "RULES-UNKNOWN")
        use = {"text": text, "reason": "too many fires"}
        assert await refusal(live, "watch-1", "/v1/prepare/rules", use) == (403, "API-ROLE")
        assert (await signed(live, "release-1", "rules", use))["type"] == "rules"
        assert (await live.ask("watch-1", "GET", "/v1/rules"))["version"] == checked["version"]

    run_live(home, case)


def test_rules_that_nobody_checked_do_not_come_into_force(home: Path) -> None:
    async def case(live: Live) -> None:
        assert await refusal(live, "release-1", "/v1/prepare/rules", {"text": "x = 1", "reason": "r"}) == (
            409,
            "RULES-UNKNOWN",
        )

    run_live(home, case)


def test_a_window_goes_its_steps(home: Path) -> None:
    async def case(live: Live) -> None:
        await signed(live, "watch-1", "facility", document("znpp.json"))
        await signed(live, "watch-1", "window", PLAN)
        (window,) = await live.ask("watch-1", "GET", "/v1/windows")
        name = {"window": window["window"], "reason": "as agreed"}
        said = {"party": "NDMC", "said": "GIVEN", "commands": ["Joint Grouping"], "reference": "letter 7"}
        green = {**name, "step": "green"}
        assert await refusal(live, "release-1", "/v1/prepare/window-step", green) == (409, "WINDOW-NOT-GREEN")
        await signed(live, "watch-1", "window-step", {**name, "step": "assurance", "means": "PAPER", **said})
        await signed(live, "release-1", "window-step", green)
        after = await live.ask("watch-1", "GET", f"/v1/windows/{window['window']}")
        assert (after["status"], after["missing"]) == ("GREEN", [])
        filled = {"kind": "window", "line": "NDMC", "window": window["window"]}
        draft = await signed(live, "watch-1", "filled", filled)
        assert (await live.ask("watch-1", "GET", f"/v1/drafts/{draft['id']}"))["form"] == "WINDOW"
        status = {"kind": "window-status", "window": window["window"], "reason": "ALL-ASSURANCES-HELD"}
        assert (await signed(live, "watch-1", "filled", status))["type"] == "message"
        await signed(live, "watch-1", "window-step", {**name, "step": "abort"})
        bad = {**name, "step": "no-such-step"}
        assert await refusal(live, "watch-1", "/v1/prepare/window-step", bad) == (422, "API-REQUEST")

    run_live(home, case)


def test_a_site_is_told_and_a_list_fixed(home: Path) -> None:
    async def case(live: Live) -> None:
        await signed(live, "watch-1", "facility", document("znpp.json"))
        notice = {
            "kind": "site-notice",
            "facility": "UA-ZNPP",
            "tell": ["names", "place"],
            "valid_until": "2090-01-01T00:00:00Z",
            "precision_m": 500,
        }
        draft = await signed(live, "watch-1", "filled", notice)
        assert draft["type"] == "draft"
        assert await refusal(live, "watch-1", "/v1/prepare/filled", {**notice, "tell": ["all"]}) == (
            409,
            "DISCLOSE-VALUE",
        )
        sites = [{"facility": "UA-ZNPP", "precision_m": 1000}]
        await signed(live, "watch-1", "list", {"year": 2090, "due": "2090-06-01T00:00:00Z", "sites": sites})
        commit = {"kind": "list", "year": 2090, "stage": "COMMIT"}
        assert (await signed(live, "watch-1", "filled", commit))["type"] == "draft"
        reveal = {**commit, "stage": "REVEAL"}
        assert await refusal(live, "watch-1", "/v1/prepare/filled", reveal) == (409, "LIST-NOT-COMMITTED")
        (held,) = await live.ask("watch-1", "GET", "/v1/lists")
        answers_watch.ListExchange.model_validate(held)
        assert await live.ask("watch-1", "GET", "/v1/disclosures") == []

    run_live(home, case)


def test_messages_go_on_while_a_file_is_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def case(live: Live) -> None:
        asked, may_end = threading.Event(), threading.Event()
        read = type(live.node.service.imports).dry_run

        def slow(imports: Any, given: Any) -> Any:
            asked.set()
            assert may_end.wait(10)
            return read(imports, given)

        monkeypatch.setattr(type(live.node.service.imports), "dry_run", slow)
        task = asyncio.ensure_future(live.ask("watch-1", "POST", "/v1/dry-run/import", firms()))
        await asyncio.to_thread(asked.wait, 10)
        assert (await live.ask("watch-1", "GET", "/v1/health"))["party"] == "EUCOM"
        may_end.set()
        assert (await task)["rows_read"] == 58

    run_live(home, case)


def test_another_record_does_not_enter_under_the_id_of_an_import(home: Path) -> None:
    async def case(live: Live) -> None:
        asked = await live.ask("watch-1", "POST", "/v1/prepare/import", firms())
        body = live.submission(asked)["submissions"][0]
        await live.ask("watch-1", "POST", "/v1/imports", {**body, "data": firms()["data"]})
        prepared = decode_prepared(b64decode(asked["prepared"]))
        forged = Prepared(
            type="import", line=prepared.line, seed=prepared.seed, body={**prepared.body, 22: "another.csv"}
        )
        again = {**body, "prepared": b64encode(forged.encode()).decode(), "data": firms()["data"]}
        assert await refusal(live, "watch-1", "/v1/imports", again) == (409, "PREPARED-MALFORMED")

    run_live(home, case)
