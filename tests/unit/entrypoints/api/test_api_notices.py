"""Notices over the API: from the sheet to the grid, each answer in its shape, each officer in what is his."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from armslength.core.instants import DAY_US, Instant
from armslength.entrypoints.api import notices
from armslength.node import system_now
from builders.live_node import run_live
from builders.notice_sheets import movement, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def signed(live: Live, one: dict[str, Any]) -> dict[str, Any]:
    """Return the acts that the officer of a prepared body makes over it."""
    made = live.submission(one)["submissions"][0]
    return {"acts": made["acts"]}


def test_a_batch_goes_from_the_sheet_to_the_grid(home: Path) -> None:
    async def case(live: Live) -> None:
        data = sheet(movement(1, Instant(system_now() + 5 * DAY_US)))
        file = {"name": "plan.csv", "data": b64encode(data).decode()}
        dry = await live.ask("watch-1", "POST", "/v1/dry-run/notices", file)
        TypeAdapter(notices.StagedBatch).validate_python(dry)
        asked = await live.ask("watch-1", "POST", "/v1/prepare/notice-batch", file)
        TypeAdapter(notices.PreparedBatch).validate_python(asked)
        entered = {"prepared": asked["prepared"], **signed(live, asked), "data": file["data"]}
        done = await live.ask("watch-1", "POST", "/v1/notice-batches", entered)
        TypeAdapter(notices.BatchEntered).validate_python(done)
        chunk = await live.ask("watch-1", "POST", "/v1/prepare/notices", {"batch": done["batch"], "step": "draft"})
        TypeAdapter(notices.PreparedChunk).validate_python(chunk)
        submissions = [
            {"prepared": one["prepared"], "notice": one["notice"], "party": one["party"], **signed(live, one)}
            for one in chunk["bodies"]
        ]
        assert len(submissions) == 1
        answered = await live.ask("watch-1", "POST", "/v1/submit/notices", {"submissions": submissions})
        TypeAdapter(list[notices.EnteredNotice]).validate_python(answered)
        grid = await live.ask("auditor-1", "GET", "/v1/notices?limit=5")
        TypeAdapter(notices.Grid).validate_python(grid)
        one = await live.ask("watch-1", "GET", f"/v1/notices/{grid['rows'][0]['notice']}")
        TypeAdapter(notices.NoticeShown).validate_python(one)
        batches = await live.ask("watch-1", "GET", "/v1/notice-batches")
        TypeAdapter(list[notices.Batch]).validate_python(batches)
        batch = await live.ask("watch-1", "GET", f"/v1/notice-batches/{done['batch']}")
        TypeAdapter(notices.BatchShown).validate_python(batch)
        gone = {"notice": one["notice"], "reason": "called off"}
        await live.ask("release-1", "POST", "/v1/prepare/notice-withdraw", gone)

    run_live(home, case)


@pytest.mark.parametrize(
    ("post", "path", "body", "status"),
    [
        ("linguist-1", "/v1/dry-run/notices", {"name": "a.csv", "data": "YQ=="}, 403),
        ("watch-1", "/v1/dry-run/notices", {"name": "a.csv", "data": "YQ=="}, 409),
        ("watch-1", "/v1/prepare/notices", {"batch": "NB-2026-000009", "step": "draft"}, 404),
        ("watch-1", "/v1/prepare/notices", {"batch": "NB-2026-000009", "step": "burn"}, 422),
        ("watch-1", "/v1/prepare/notice-withdraw", {"notice": "N-2026-000001", "reason": "x"}, 403),
        ("watch-1", "/v1/prepare/notice-sheet", {"party": "IAEA"}, 403),
        ("release-1", "/v1/prepare/notice-sheet", {"party": "IAEA"}, 409),
        ("watch-1", "/v1/submit/notices", {"submissions": []}, 422),
    ],
)
def test_who_may_not_and_what_cannot_be_is_refused(
    home: Path, post: str, path: str, body: dict[str, object], status: int
) -> None:
    async def case(live: Live) -> None:
        async with live.client(post) as client:
            answer = await client.request("POST", path, json=body)
        assert answer.status_code == status, answer.text

    run_live(home, case)
