"""The channel book over the API: entered, stated and climbed by who may; what comes in is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.entrypoints.api import book as api
from builders.channel_books import book, document
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def test_a_channel_and_a_ladder_are_entered_read_and_climbed(home: Path) -> None:
    async def case(live: Live) -> None:
        async def enter(post: str, kind: str, body: dict[str, Any]) -> None:
            prepared = await live.ask(post, "POST", f"/v1/prepare/{kind}", body)
            await live.ask(post, "POST", "/v1/submit", live.submission(prepared))

        await enter("watch-1", "channel", {"document": document()})
        said = {
            "channel": "eucom-ndmc",
            "manner": "OBSERVED",
            "state": "OPEN",
            "evidence": ["call"],
            "reason": "answered",
        }
        await enter("watch-1", "channel-state", said)
        ladder = {**book()["ladders"][0], "rungs": [{"channel": "eucom-ndmc", "wait_s": 60}]}
        await enter("release-1", "ladder", {"document": ladder, "reason": "as agreed"})
        await enter("watch-1", "rung-begin", {"subject": ladder["subject"], "says": "a staff matter", "reason": "why"})
        number = (await live.ask("watch-1", "GET", "/v1/ladder-runs"))[0]["run"]
        await enter("watch-1", "rung", {"run": number, "answer": "STOP", "reason": "they called"})
        TypeAdapter(list[api.ChannelSummary]).validate_python(await live.ask("linguist-1", "GET", "/v1/channels"))
        shown = await live.ask("watch-1", "GET", "/v1/channels/eucom-ndmc")
        TypeAdapter(api.ChannelKnown).validate_python(shown)
        assert shown["observed"] == "OPEN"
        TypeAdapter(list[api.HolderAt]).validate_python(
            await live.ask("watch-1", "GET", "/v1/channel-holders/eucom-ndmc?at=2022-04-01T00:00:00Z")
        )
        TypeAdapter(list[api.LadderKnown]).validate_python(await live.ask("watch-1", "GET", "/v1/ladders"))
        TypeAdapter(api.LadderShown).validate_python(
            await live.ask("watch-1", "GET", f"/v1/ladders/{ladder['subject']}")
        )
        assert await live.ask("watch-1", "GET", "/v1/ladder-runs") == []
        runs = await live.ask("watch-1", "GET", "/v1/ladder-runs?every=true&limit=5")
        TypeAdapter(list[api.RunSummary]).validate_python(runs)
        run = await live.ask("watch-1", "GET", f"/v1/ladder-runs/{runs[0]['run']}")
        TypeAdapter(api.Run).validate_python(run)
        assert (run["status"], [one["step"] for one in run["history"]]) == ("STOPPED", ["BEGIN", "STOP"])

    run_live(home, case)


def test_who_may_not_and_what_cannot_be_is_refused(home: Path) -> None:
    async def case(live: Live) -> None:
        for post, path, body, status in (
            ("linguist-1", "channel", {"document": document()}, 403),
            ("watch-1", "channel", {"document": {**document(), "colour": "red"}}, 422),
            ("watch-1", "channel", {"document": document(medium="PIGEON")}, 409),
            ("watch-1", "ladder", {"document": book()["ladders"][0], "reason": "why"}, 403),
            ("watch-1", "rung", {"run": "P-2022-000009", "answer": "STOP", "reason": "why"}, 404),
        ):
            async with live.client(post) as client:
                answer = await client.post(f"/v1/prepare/{path}", json=body)
            assert (path, answer.status_code) == (path, status), answer.text
        async with live.client("watch-1") as client:
            assert (await client.get("/v1/channels/nowhere")).status_code == 404

    run_live(home, case)
