"""Officers over the API: a passkey registered and signed for, approved by another, the next manifest entered."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.core.keys import ES256
from armslength.desk.officer_manifest import read_request, sign_request
from armslength.entrypoints.api import officers as api
from armslength.node import load_root
from builders.acts import Passkey
from builders.live_node import PASSPHRASE, run_live
from builders.passkey_registration import register

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

DESK_KEY = Passkey(alg=ES256, seed="desk")


async def enter(live: Live, post: str, prepared: dict[str, Any]) -> dict[str, Any]:
    (done,) = (await live.ask(post, "POST", "/v1/submit", live.submission(prepared)))["results"]
    return dict(done)


async def decided(live: Live, change: str, post: str = "every-1") -> None:
    asked = {"change": change, "reason": "seen"}
    await enter(live, post, await live.ask(post, "POST", "/v1/prepare/officer-approval", asked))


async def root_signs(live: Live) -> dict[str, Any]:
    asked = await live.ask("custodian-1", "GET", "/v1/officer-manifest")
    TypeAdapter(api.ManifestAsked).validate_python(asked)
    root = load_root(live.node.home.offline / "root.key", PASSPHRASE)
    data = sign_request(read_request(b64decode(asked["request"])), root.public.public, root.sign)
    done = await live.ask("custodian-1", "POST", "/v1/officer-manifest", {"manifest": b64encode(data).decode()})
    TypeAdapter(api.ManifestEntered).validate_python(done)
    return dict(done)


def test_a_passkey_joins_the_manifest_and_a_removed_officer_is_shut_out(home: Path) -> None:
    async def case(live: Live) -> None:
        live.node.settings = replace(live.node.settings, console_port=7481)
        asked = await live.ask("watch-1", "POST", "/v1/officer-keys/begin", {})
        TypeAdapter(api.KeyBegun).validate_python(asked)
        made = register(DESK_KEY, asked["options"], live.node.settings.console_origin())
        finish = {"ticket": asked["ticket"], "credential": made, "label": "blue"}
        done = await enter(live, "watch-1", await live.ask("watch-1", "POST", "/v1/officer-keys/finish", finish))
        (change,) = await live.ask("custodian-1", "GET", "/v1/officer-changes?status=PROPOSED")
        assert done["id"] == change["change"], "who proposes is told the number that others approve"
        TypeAdapter(api.ChangeKnown).validate_python(change)
        await decided(live, change["change"])
        assert (await root_signs(live))["sequence"] == 2
        listed = await live.ask("auditor-1", "GET", "/v1/officers")
        TypeAdapter(list[api.OfficerKnown]).validate_python(listed)
        (watch,) = [one for one in listed if one["officer"] == live.officer("watch-1")]
        assert [key["kind"] for key in watch["keys"]] == ["file-key", "passkey"]
        origins = live.node.service.look(lambda books: books.manifest().relying_parties)
        assert [origin for _, origin in origins] == ["http://localhost:7481"]

        removal = {"what": "REMOVE-OFFICER", "concerned": live.officer("watch-1"), "reason": "left"}
        prepared = await live.ask("custodian-1", "POST", "/v1/prepare/officer-change", removal)
        await enter(live, "custodian-1", prepared)
        (change,) = await live.ask("custodian-1", "GET", "/v1/officer-changes?status=PROPOSED")
        await decided(live, change["change"])
        async with live.client("watch-1") as client:
            answer = await client.get("/v1/health")
        assert (answer.status_code, answer.json()["code"]) == (401, "API-TOKEN")

    run_live(home, case)


def test_a_code_is_given_to_administrators_alone(home: Path) -> None:
    async def case(live: Live) -> None:
        asked = {"concerned": live.officer("watch-1"), "reason": "joins"}
        found = await live.ask("custodian-1", "POST", "/v1/prepare/officer-code", asked)
        TypeAdapter(api.PreparedCode).validate_python(found)
        assert len(found["code"].replace("-", "")) == 24
        async with live.client("principal-1") as client:
            answer = await client.post("/v1/prepare/officer-code", json=asked)
        assert answer.json()["code"] == "API-ROLE"

    run_live(home, case)
