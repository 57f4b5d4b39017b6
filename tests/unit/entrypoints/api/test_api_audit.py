"""The audit report over the API: its shape, who may have it, and that reads of closed records are noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.entrypoints.api.audit import AuditReport
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def closed(told: dict[str, Any]) -> list[tuple[str, str]]:
    section = next(one for one in told["sections"] if one["section"] == "closed-reads")
    return [(row["officer"], row["what"]) for row in section["rows"]]


def test_the_report_has_its_shape_and_is_itself_a_closed_read(home: Path) -> None:
    async def case(live: Live) -> None:
        first = await live.ask("auditor-1", "GET", "/v1/audit-report")
        AuditReport.model_validate(first)
        assert closed(first) == [("eucom-auditor-1", "REPORT")]
        size = live.node.service.look(lambda books: books.unit.frontier().size)
        again = await live.ask("auditor-1", "GET", f"/v1/audit-report?as_of={first['checkpoint']['size']}")
        assert again == first
        assert live.node.service.look(lambda books: books.unit.frontier().size) == size

    run_live(home, case)


def test_only_auditor_and_principal_have_it(home: Path) -> None:
    async def case(live: Live) -> None:
        for post, status in (("principal-1", 200), ("watch-1", 403), ("release-1", 403)):
            async with live.client(post) as client:
                assert (await client.get("/v1/audit-report")).status_code == status, post
                if status == 403:
                    assert (await client.get("/v1/sheets/audit")).status_code == status, post
        told = await live.ask("auditor-1", "GET", "/v1/audit-report")
        assert [officer for officer, _ in closed(told)] == ["eucom-principal-1", "eucom-auditor-1"]

    run_live(home, case)


def test_contents_and_exports_are_noted_and_lists_are_not(home: Path) -> None:
    async def case(live: Live) -> None:
        await live.ask("auditor-1", "GET", "/v1/entries?limit=3")
        await live.ask("watch-1", "GET", "/v1/messages/in:1")
        for _ in range(3):
            await live.ask("auditor-1", "GET", "/v1/entries/1")
        await live.ask("auditor-1", "GET", "/v1/export")
        async with live.client("watch-1") as client:
            assert (await client.get("/v1/entries/2")).status_code == 403
        told = await live.ask("auditor-1", "GET", "/v1/audit-report")
        assert [what for _, what in closed(told)] == ["CONTENTS", "EXPORT", "REPORT"]

    run_live(home, case)


def test_a_period_that_is_none_is_refused_with_its_code(home: Path) -> None:
    async def case(live: Live) -> None:
        async with live.client("auditor-1") as client:
            found = await client.get("/v1/audit-report?from=yesterday")
        assert (found.status_code, found.json()["code"]) == (409, "AUDIT-PERIOD")

    run_live(home, case)
