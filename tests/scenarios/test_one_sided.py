"""One-sided: everything of the channels works in a node that never had a peer, and a peer added later loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.instants import DAY_US, Instant
from armslength.desk import service_contacts, service_line_checks, views
from armslength.desk.case_reading import read_case
from armslength.desk.rebuilding import rebuild
from armslength.desk.searching import search
from armslength.desk.service_book import read_channel
from armslength.desk.service_notices import read_grid
from builders import two_nodes
from builders.local_acts import record
from builders.notice_sheets import HOUR, movement, sheet
from builders.notice_work import Work
from builders.two_nodes import LINGUIST, RELEASER, START

if TYPE_CHECKING:
    from builders.two_nodes import Party

CHANNELS = Path(__file__).parents[2] / "src/armslength/entrypoints/demo_data/contacts_2022/channels.json"
CHANNEL = "eucom-ndmc"
PLAN = {
    "channel": CHANNEL,
    "times": ["09:00", "17:00"],
    "zone": "Europe/Berlin",
    "rule": "EVERY-DAY",
    "turns": "OURS",
    "with_text": False,
    "reason": "twice a day, as agreed by telephone",
}


def document(**changes: Any) -> dict[str, Any]:
    channels = json.loads(CHANNELS.read_text(encoding="utf-8"))["channels"]
    return {**next(one for one in channels if one["channel"] == CHANNEL), **changes}


def a_week_alone(party: Party) -> str:
    """A week of a desk whose counterpart has a telephone; return the number of its case."""
    record(party, "channel", {"document": document()})
    record(party, "check-plan", PLAN)
    case = str(record(party, "case", {"title": "Activity near the plant", "reason": "reports of the day"})[20])
    party.time.pass_s(6 * 3600)
    record(party, "line-check", {"channel": CHANNEL, "result": "NO-MESSAGE"})
    record(
        party,
        "contact",
        {
            "channel": CHANNEL,
            "initiated_by": "EUCOM",
            "from": "2022-11-20T12:30:00Z",
            "until": "2022-11-20T12:50:00Z",
            "outcome": "REACHED",
            "subjects": ["activity near the plant"],
            "notes": "Conveyed concern; they will pass it on. Запорожье was named.",
            "case": case,
        },
    )
    decision = {
        "what": "Whether to call again tonight",
        "options": ["call", "do not call"],
        "chosen": "do not call",
        "reason": "they asked for the night",
        "information": "nothing new by 21:00",
        "channel": CHANNEL,
        "not_used": True,
    }
    record(party, "decision", decision)
    record(party, "log", {"text": "Second generator reported running"})
    record(party, "call", {"channel": CHANNEL, "direction": "OUT"})
    record(party, "codebook", {}, LINGUIST)
    Work(party).enter(sheet(movement(1, Instant(START + 96 * HOUR), "NDMC")))
    return case


def count(party: Party) -> dict[str, Any]:
    with party.read() as books:
        day = "2022-11-30"
        return dict(service_contacts.read_count(books, {"channel": CHANNEL, "as_of": day}))


def leaves(party: Party, size: int) -> list[bytes]:
    with party.read() as books:
        return list(books.unit.leaf_hashes(0, size))


def test_a_desk_with_a_telephone_and_a_peer_that_comes_later() -> None:
    two = two_nodes.strangers()
    party = two.eucom
    case = a_week_alone(party)
    alone = count(party)
    assert (alone["certain"], alone["possible"]) == (1, 0)
    with party.read() as books:
        size = books.unit.frontier().size
        assert [one["result"] for one in service_line_checks.read_checks(books, {"channel": CHANNEL})]
        assert {one["kind"] for one in search(books, {"q": "Zaporizhzhia"})["hits"]} == {"contact"}
        assert read_channel(books, CHANNEL, {})["last_contact"] is not None
        assert read_case(books, case, {})["joined"]
        assert books.unit.scan(views.LINES) == []
        assert read_grid(books, {})["rows"][0]["parties"][0]["line"] is False
    before = leaves(party, size)
    with party.write() as books:
        rebuild(books)

    two.time.pass_s(2 * DAY_US // 1_000_000)
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    two.line = two.eucom.open_line("NDMC")
    two.ndmc.open_line("EUCOM")
    for one in (two.eucom, two.ndmc):
        two.time.pass_s(1)
        two.deliver(one, one.assent(two.line))
    changed = {"document": document(medium="OUR-LINE", line_peer="NDMC"), "reason": "they run a node now"}
    record(party, "channel", changed, RELEASER)
    assert leaves(party, size) == before
    assert count(party)["contacts"] == alone["contacts"]
    assert (count(party)["certain"], count(party)["possible"]) == (1, 0)

    two.converse()
    assert (count(party)["certain"], count(party)["possible"]) == (2, 0)
    with party.read() as books:
        assert read_case(books, case, {})["joined"]
        assert read_grid(books, {})["rows"][0]["parties"][0]["line"] is True
    with party.write() as books:
        rebuild(books)
