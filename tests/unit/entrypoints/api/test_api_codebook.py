"""The codebook over the API: read by who may, signed by linguists, phrases prepared as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.entrypoints.api import codebook as api
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def test_the_codebook_is_read_adopted_and_signed(home: Path) -> None:
    async def case(live: Live) -> None:
        async def enter(kind: str, body: dict[str, Any]) -> None:
            prepared = await live.ask("linguist-1", "POST", f"/v1/prepare/{kind}", body)
            await live.ask("linguist-1", "POST", "/v1/submit", live.submission(prepared))

        await enter("codebook", {})
        await enter("codebook-sign", {"what": "SIGN", "languages": ["en", "ru"], "first": "010", "last": "012"})
        found = await live.ask("watch-1", "GET", "/v1/codebook")
        TypeAdapter(api.CodebookAnswer).validate_python(found)
        assert found["adopted_by"].endswith("linguist-1")
        codes = await live.ask("watch-1", "GET", "/v1/codes?group=010")
        TypeAdapter(list[api.Code]).validate_python(codes)
        assert [one["status"] for one in codes[:4]] == ["SIGNED", "SIGNED", "SIGNED", "DRAFT"]
        assert [one["number"] for one in await live.ask("watch-1", "GET", "/v1/codes?find=031")] == ["031"]
        one = await live.ask("linguist-1", "GET", "/v1/codes/010")
        TypeAdapter(api.CodeDetail).validate_python(one)

    run_live(home, case)
