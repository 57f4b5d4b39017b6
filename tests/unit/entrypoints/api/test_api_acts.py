"""Prepare, sign, submit: every act through the API, whose it is, and that none is done twice."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from armslength.desk import service_read
from armslength.desk.prepared import decode_prepared
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.acts import submit
from armslength.entrypoints.api.app import OPERATIONS
from builders.live_node import CONCERN_VALUES, living, run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

KEY = "5f0c1e2d3b4a"
DATA = files("armslength.entrypoints") / "demo_data"
DECISION = {"what": "whom to call", "options": ["NDMC", "nobody"], "chosen": "NDMC", "reason": "S1", "information": "-"}


def data(name: str) -> Any:
    """Return a document of the demonstration."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


async def prepared(live: Live, post: str, what: str, /, **body: Any) -> dict[str, Any]:
    """Prepare something, and hold the answer to its shape and to whose token it was."""
    found = await live.ask(post, "POST", f"/v1/prepare/{what}", body)
    shape = answers.PreparedPin if what == "pin" else answers.Prepared
    shape.model_validate(found)
    assert found["officer"] == live.officer(post)
    if what != "release":  # whose body is the drafter's
        assert decode_prepared(b64decode(found["prepared"])).body[5] == live.officer(post)
    return dict(found)


async def done(live: Live, post: str, what: str, /, **body: Any) -> dict[str, Any]:
    """Prepare, sign and submit; return what became of it."""
    asked = live.submission(await prepared(live, post, what, **body))
    found = await live.ask(post, "POST", "/v1/submit", asked)
    answers.SubmittedAll.model_validate(found)
    return dict(found["results"][0])


async def refusal(live: Live, post: str, path: str, body: Any, **headers: str) -> tuple[int, str]:
    """Ask for what is refused; return status and code."""
    async with live.client(post) as client:
        answer = await client.post(path, json=body, headers=headers)
    answers.Problem.model_validate(answer.json())
    return answer.status_code, answer.json()["code"]


def entries(live: Live) -> int:
    """Return how many entries the journal has."""
    return int(live.node.service.look(service_read.read_health)["journal_size"])


def test_a_concern_goes_from_report_to_release_by_four_officers(home: Path) -> None:
    async def case(live: Live) -> None:
        assert (await done(live, "watch-1", "facility", **data("znpp.json")))["type"] == "facility"
        assert (await done(live, "watch-1", "report", **data("iaea_2022-11-20.json")["reports"][0]))["index"] > 0
        concern = (await live.ask("watch-1", "GET", "/v1/concerns"))[0]
        step = {"concern": concern["id"], "step": "pursue", "reason": "near the plant"}
        await done(live, "watch-1", "concern-step", **step)
        await done(live, "principal-1", "decision", **DECISION)
        alarm = (await live.ask("watch-1", "GET", "/v1/alarms"))[0]
        await done(live, "watch-1", "alarm-accepted", alarm=alarm["id"][:8])
        asked = {"form": "CONCERN", "precedence": "IMMEDIATE", "values": dict(CONCERN_VALUES)}
        draft = await done(live, "watch-1", "message", **asked)
        law = ["AP I Art. 56"]
        await done(live, "legal-1", "check", draft=draft["id"][:12], kind="legal", passed=True, law=law)
        release = await prepared(live, "release-1", "release", draft=draft["id"][:12])
        assert release["body_hash"] == draft["id"]
        body = {"submissions": [{"release": draft["id"], "acts": [live.act(release)]}]}
        sent = (await live.ask("release-1", "POST", "/v1/submit", body))["results"][0]
        assert (sent["type"], sent["number"]) == ("message", 1)
        seen = await live.ask("watch-1", "GET", "/v1/messages/out:1?locale=ru")
        assert (seen["form"], seen["officer"], seen["locale"]) == ("CONCERN", "eucom-watch-1", "ru")

    run_live(home, case)


def test_a_message_that_came_is_read_understood_passed_and_answered(home: Path) -> None:
    async def case(live: Live) -> None:
        for level, more in ((1, {}), (2, {}), (3, {"command": "J3", "how": "by voice"}), (4, {"verb": "confirm"})):
            found = await done(live, "watch-1", "receipt", message="in:1", level=level, **more)
            assert found["type"] == "receipt"
        seen = await live.ask("watch-1", "GET", "/v1/messages/in:1")
        assert set(seen["receipts"]) >= {"R1", "R2", "R3", "R4"}

    run_live(home, case)


def test_a_voice_authority_is_recorded_and_countersigned(home: Path) -> None:
    async def case(live: Live) -> None:
        asked = {"form": "CONCERN", "precedence": "IMMEDIATE", "values": dict(CONCERN_VALUES)}
        draft = await done(live, "watch-1", "message", **asked)
        voice = {"kind": "voice", "draft": draft["id"], "given_by": "eucom-release-1", "called_back": True}
        await done(live, "watch-2", "delegation", **voice)
        owed = (await live.ask("watch-1", "GET", "/v1/delegations"))[0]
        assert owed["countersignature_owed"] is True
        await done(live, "release-1", "delegation", kind="countersign", delegation=owed["id"])
        approved = {"kind": "pre-approved", "officers": ["eucom-watch-1"], "forms": ["REPLY"], "valid_s": 3600.0}
        await done(live, "principal-1", "delegation", **approved)
        assert not any(one["countersignature_owed"] for one in await live.ask("watch-1", "GET", "/v1/delegations"))

    run_live(home, case)


def test_a_peer_is_pinned_with_its_words_and_a_line_proposed_again_is_the_same(home: Path) -> None:
    async def case(live: Live) -> None:
        introduction = (home.parent / "NDMC" / "NDMC.intro").read_bytes()
        asked = {"introduction": b64encode(introduction).decode(), "compared": "in person"}
        found = await prepared(live, "custodian-1", "pin", **asked)
        assert found["peer"]["party"] == "NDMC"
        assert len(found["peer"]["words"]["en"].split()) == 11
        before = await live.ask("principal-1", "GET", "/v1/lines")
        assert await live.ask("principal-1", "POST", "/v1/lines", {"peer": "NDMC"}) == before[0]
        await prepared(live, "principal-1", "assent", line="NDMC")

    run_live(home, case)


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.method == "POST"], ids=lambda operation: operation.name
)
def test_nobody_can_say_whose_act_it_is(home: Path, operation: Any) -> None:
    async def case(live: Live) -> None:
        asked = {"officer": "eucom-principal-1"}
        status, code = await refusal(live, "every-1", operation.path, asked)
        assert (status, code) == (422, "API-REQUEST")
        parameters = live.app.openapi()["paths"][operation.path]["post"].get("parameters", [])
        assert {one["name"] for one in parameters} <= {"Idempotency-Key"}

    run_live(home, case)


def test_an_act_of_another_officer_is_not_taken_from_ones_token(home: Path) -> None:
    async def case(live: Live) -> None:
        before = entries(live)
        signed = live.submission(await prepared(live, "watch-1", "decision", **DECISION))
        assert await refusal(live, "watch-2", "/v1/submit", signed) == (403, "SUBMIT-OTHER-OFFICER")
        assert entries(live) == before

    run_live(home, case)


def test_an_act_signed_in_anothers_name_does_not_hold(home: Path) -> None:
    async def case(live: Live) -> None:
        mine = await prepared(live, "watch-1", "decision", **DECISION)
        signed = live.submission(mine)
        signed["submissions"][0]["acts"][0]["signature"] = "00" * 64
        assert await refusal(live, "watch-1", "/v1/submit", signed) == (409, "ACT-INVALID")

    run_live(home, case)


def test_the_same_key_and_body_is_done_once(home: Path) -> None:
    async def case(live: Live) -> None:
        signed = live.submission(await prepared(live, "watch-1", "decision", **DECISION))
        before = entries(live)
        asked = [live.ask("watch-1", "POST", "/v1/submit", signed, **{"Idempotency-Key": KEY}) for _ in range(4)]
        found = await asyncio.gather(*asked)
        assert all(one == found[0] for one in found)
        assert entries(live) == before + 1

    run_live(home, case)


def test_the_same_key_with_another_body_is_refused_and_does_nothing(home: Path) -> None:
    async def case(live: Live) -> None:
        first = live.submission(await prepared(live, "watch-1", "decision", **DECISION))
        other = live.submission(await prepared(live, "watch-1", "decision", **DECISION))
        await live.ask("watch-1", "POST", "/v1/submit", first, **{"Idempotency-Key": KEY})
        before = entries(live)
        refused = await refusal(live, "watch-1", "/v1/submit", other, **{"Idempotency-Key": KEY})
        assert (refused, entries(live)) == ((422, "IDEMPOTENCY-KEY-REUSED"), before)

    run_live(home, case)


@pytest.mark.parametrize("key", ["", KEY], ids=["no key", "a key"])
def test_after_a_restart_the_same_body_is_still_done_once(home: Path, key: str) -> None:
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "decision": ("watch-1", DECISION),
        "facility": ("watch-1", data("znpp.json")),
        "report": ("watch-1", data("iaea_2022-11-20.json")["reports"][0]),
        "receipt": ("watch-1", {"message": "in:1", "level": 1}),
        "assent": ("principal-1", {}),
        "message": ("watch-1", {"form": "CONCERN", "precedence": "IMMEDIATE", "values": dict(CONCERN_VALUES)}),
    }

    async def given(live: Live, kind: str, signed: dict[str, Any]) -> Any:
        headers = {"Idempotency-Key": f"{key}-{kind}"} if key else {}
        return await live.ask(kinds[kind][0], "POST", "/v1/submit", signed, **headers)

    async def before() -> tuple[dict[str, Any], dict[str, Any], int]:
        async with living(home) as live:
            signed = {
                kind: live.submission(await prepared(live, post, kind, **asked))
                for kind, (post, asked) in kinds.items()
            }
            found = {kind: await given(live, kind, one) for kind, one in signed.items()}
            return signed, found, entries(live)

    async def after(signed: dict[str, Any]) -> tuple[dict[str, Any], int]:
        async with living(home) as live:
            return {kind: await given(live, kind, one) for kind, one in signed.items()}, entries(live)

    signed, found, size = asyncio.run(before())
    assert asyncio.run(after(signed)) == (found, size)


def test_a_check_submitted_twice_is_one_check(home: Path) -> None:
    async def case(live: Live) -> None:
        asked = {"form": "CONCERN", "precedence": "IMMEDIATE", "values": dict(CONCERN_VALUES)}
        draft = await done(live, "watch-1", "message", **asked)
        check = {"draft": draft["id"], "kind": "legal", "passed": True, "law": ["AP I Art. 56"]}
        signed = live.submission(await prepared(live, "legal-1", "check", **check))
        for _ in range(3):
            await live.ask("legal-1", "POST", "/v1/submit", signed)
        seen = await live.ask("legal-1", "GET", f"/v1/drafts/{draft['id']}")
        assert len(seen["checks"]) == 1
        answers.Draft.model_validate(seen)

    run_live(home, case)


def test_a_record_id_used_for_another_record_is_refused(home: Path) -> None:
    async def case(live: Live) -> None:
        first = await prepared(live, "watch-1", "decision", **DECISION)
        await live.ask("watch-1", "POST", "/v1/submit", live.submission(first))
        body = decode_prepared(b64decode(first["prepared"]))
        other = type(body)(type=body.type, line=body.line, seed=body.seed, body={**body.body, 20: "another matter"})
        forged = {**first, "prepared": b64encode(other.encode()).decode()}
        refused = await refusal(live, "watch-1", "/v1/submit", live.submission(forged))
        assert refused == (409, "PREPARED-MALFORMED")

    run_live(home, case)


def test_the_description_says_that_a_key_is_not_needed() -> None:
    assert "before or after a restart" in (submit.__doc__ or "")


def test_a_judgement_of_silence_is_prepared_only_for_a_silent_line(home: Path) -> None:
    async def case(live: Live) -> None:
        asked = {"judged": "cut", "reason": "no voice since the morning call"}
        assert await refusal(live, "watch-1", "/v1/prepare/judgement", asked) == (409, "SESSION-TRANSITION")
        line = bytes.fromhex((await live.ask("watch-1", "GET", "/v1/lines"))[0]["line"])
        await live.node.desk.write(lambda books: books.note("session", "session", {20: "unanswered"}, line))
        assert (await done(live, "watch-1", "judgement", **asked))["type"] == "session"
        seen = (await live.ask("watch-1", "GET", "/v1/lines"))[0]
        assert (seen["observed"], seen["unanswered"]) == ("CUT", 1)

    run_live(home, case)
