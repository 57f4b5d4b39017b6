"""What is read is what the desk says: paging, filters, the export, the counts for a monitor."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from armslength.core.realm import Realm
from armslength.desk import service_read
from armslength.disclosure.export_reading import open_export
from armslength.entrypoints.api.asked import PAGE_MAX
from builders.live_node import TEST_TEXT, run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def test_an_answer_is_what_the_desks_reader_returns(home: Path) -> None:
    async def case(live: Live) -> None:
        look = live.node.service.look
        assert await live.ask("watch-1", "GET", "/v1/lines") == look(service_read.read_lines)
        assert await live.ask("watch-1", "GET", "/v1/messages?line=NDMC") == look(service_read.read_messages)
        assert await live.ask("watch-1", "GET", "/v1/messages/in:1") == live.node.service.message(None, "in:1", "en")

    run_live(home, case)


def test_a_text_is_in_the_language_asked_for(home: Path) -> None:
    async def case(live: Live) -> None:
        texts = {
            locale: (await live.ask("watch-1", "GET", f"/v1/messages/1?locale={locale}"))["text"]
            for locale in ("en", "ru", "uk")
        }
        assert len(set(texts.values())) == 3
        assert all(TEST_TEXT in text for text in texts.values())

    run_live(home, case)


def test_alarms_are_those_not_accepted_unless_every_one_is_asked_for(home: Path) -> None:
    async def case(live: Live) -> None:
        alarm = (await live.ask("watch-1", "GET", "/v1/alarms"))[0]
        prepared = await live.ask("watch-1", "POST", "/v1/prepare/alarm-accepted", {"alarm": alarm["id"]})
        await live.ask("watch-1", "POST", "/v1/submit", live.submission(prepared))
        assert await live.ask("watch-1", "GET", "/v1/alarms") == []
        accepted = await live.ask("watch-1", "GET", "/v1/alarms?every=true")
        assert [one["accepted_by"] for one in accepted] == ["eucom-watch-1"]

    run_live(home, case)


def test_the_journal_is_read_in_pages(home: Path) -> None:
    async def case(live: Live) -> None:
        every = await live.ask("auditor-1", "GET", f"/v1/entries?limit={10 * PAGE_MAX}")
        page = await live.ask("auditor-1", "GET", "/v1/entries?start=2&limit=3")
        assert [one["index"] for one in page] == [2, 3, 4]
        assert page == every[2:5]
        assert await live.ask("auditor-1", "GET", "/v1/entries?start=999999999") == []
        assert (await live.ask("auditor-1", "GET", "/v1/entries/0"))["body"]["20"] == "EUCOM"

    run_live(home, case)


def test_the_export_verifies(home: Path) -> None:
    async def case(live: Live) -> None:
        answer = await live.ask("auditor-1", "GET", "/v1/export")
        opened = open_export({name: b64decode(data) for name, data in answer["files"].items()}, Realm.EXERCISE)
        assert opened.head.party == "EUCOM"

    run_live(home, case)


def test_the_private_part_is_exported_only_when_asked_for(home: Path) -> None:
    async def case(live: Live) -> None:
        await live.send_test()
        crossed = (await live.ask("auditor-1", "GET", "/v1/export?line=NDMC"))["files"]
        everything = (await live.ask("auditor-1", "GET", "/v1/export?line=NDMC&include_private=true"))["files"]
        assert set(crossed) < set(everything)

    run_live(home, case)


def test_a_monitor_reads_the_gauges_of_now(home: Path) -> None:
    async def case(live: Live) -> None:
        health = await live.ask("watch-1", "GET", "/v1/health")
        async with live.client("watch-1") as client:
            answer = await client.get("/v1/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert f"armslength_journal_size {health['journal_size']}\n" in answer.text
        assert f"armslength_alarms_open {health['alarms_unaccepted']}\n" in answer.text

    run_live(home, case)


def test_the_fault_screen_has_the_books_and_the_process(home: Path) -> None:
    async def case(live: Live) -> None:
        found = {one["check"]: one for one in await live.ask("linguist-1", "GET", "/v1/doctor")}
        assert {"keys", "alarms", "NDMC: path", "store: journal mode", "alarm hook"} <= set(found)
        assert found["store: journal mode"]["holds"] is True
        assert found["alarm hook"]["holds"] is False

    run_live(home, case)


def test_a_count_is_as_of_an_instant(home: Path) -> None:
    async def case(live: Live) -> None:
        count = await live.ask("spokesperson-1", "GET", "/v1/count?as_of=2030-01-01T00:00:00Z")
        assert (count["certain"], count["as_of"]) == (0, "2030-01-02T00:00:00Z")  # the end of the day asked for
        assert [one["form"] for one in count["excluded"]] == ["TEST"]

    run_live(home, case)
