"""Exports held against each other over the API: what agrees, whose journal it is, and what is refused."""

from __future__ import annotations

import io
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from pydantic import TypeAdapter

from armslength.entrypoints.api import exports as api
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def packed(files: dict[str, str]) -> str:
    data = io.BytesIO()
    with ZipFile(data, "w") as target:
        for name, content in files.items():
            target.writestr(name, b64decode(content))
    return b64encode(data.getvalue()).decode()


async def exported(live: Live) -> str:
    return packed((await live.ask("auditor-1", "GET", "/v1/export"))["files"])


async def checked(live: Live, **body: str) -> dict[str, Any]:
    found = await live.ask("auditor-1", "POST", "/v1/export-checks", body)
    TypeAdapter(api.ExportsChecked).validate_python(found)
    return dict(found)


def test_an_export_of_ours_is_told_and_known_to_be_of_this_journal(home: Path) -> None:
    async def case(live: Live) -> None:
        found = await checked(live, first=await exported(live))
        (account,) = found["accounts"]
        assert (found["agree"], account["exported_by"], account["ours"]) == (None, "EUCOM", True)
        assert [one["known"] for one in account["parties"]] == [True, True]
        assert account["text"][0].startswith("EXERCISE - NOT EVIDENCE")

    run_live(home, case)


def test_two_exports_of_one_journal_agree_and_a_changed_one_is_refused(home: Path) -> None:
    async def case(live: Live) -> None:
        first, second = await exported(live), await exported(live)
        found = await checked(live, first=first, second=second)
        assert (found["agree"], found["first_difference"], len(found["accounts"])) == (True, None, 2)
        files = (await live.ask("auditor-1", "GET", "/v1/export"))["files"]
        files.pop("README.txt")
        async with live.client("auditor-1") as client:
            for body, code in (
                ({"first": packed(files)}, "EXPORT-FILE-MISSING"),
                ({"first": "AAAA"}, "EXPORT-MALFORMED"),
            ):
                answer = await client.post("/v1/export-checks", json=body)
                assert (answer.json()["code"]) == code

    run_live(home, case)


def test_only_the_auditor_reads_an_export_here(home: Path) -> None:
    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            answer = await client.post("/v1/export-checks", json={"first": "AAAA"})
        assert answer.json()["code"] == "API-ROLE"

    run_live(home, case)
