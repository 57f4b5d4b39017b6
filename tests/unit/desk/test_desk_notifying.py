"""Notices in bulk at a desk: what is entered of a sheet, one act a person, and who holds which version."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import Any

import pytest

from armslength.adapters import notice_tables
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.desk import clockwork, drafting, notice_batches, notifying, views
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_notices import SHEETS, read_batch, read_batches, read_grid, read_notice
from armslength.line.receipts import Level
from builders import two_nodes
from builders.local_acts import record
from builders.notice_sheets import HOUR, movement, sheet, site
from builders.notice_work import Work
from builders.three_nodes import alarms_of
from builders.two_nodes import RELEASER, START, TwoNodes

BEGINS = Instant(START + 72 * HOUR)


class Day:
    """Two nodes, and a third party without a line."""

    def __init__(self) -> None:
        self.two: TwoNodes = two_nodes.opened()
        self.work = Work(self.two.eucom)

    def grid(self, **given: Any) -> dict[str, Any]:
        with self.two.eucom.read() as books:
            return read_grid(books, given)

    def notice(self, number: str) -> dict[str, Any]:
        with self.two.eucom.read() as books:
            return read_notice(books, number, {})

    def told(self, number: str, party: str = "NDMC") -> dict[str, Any]:
        return next(one for one in self.notice(number)["parties"] if one["party"] == party)

    def deliver(self) -> None:
        for sender in (self.two.eucom, self.two.ndmc):
            # A transport carries at most 64 items.
            while items := sender.waiting(self.two.line)[:64]:
                self.two.time.pass_s(0.02)
                self.two.deliver(sender, items)

    def read_by_peer(self) -> None:
        """The other side's officer reads everything that lies there."""
        with self.two.ndmc.read() as books:
            rows = views.rows(books.unit, views.MESSAGES)
        for key, row in rows:
            if row[2] == views.IN and row[5] == "message":
                self.two.ndmc.receipt(key, Level.READ)
        self.deliver()


@pytest.fixture
def day() -> Day:
    return Day()


FIRST = "N-2022-000001"


def test_a_batch_is_told_to_a_party_with_a_line_by_one_act_of_each_person(day: Day) -> None:
    batch = day.work.enter(sheet(*(movement(n, BEGINS) for n in range(4)), site(0, BEGINS)))["batch"]
    assert day.work.all_steps(batch) == {"draft": 5, "legal": 1, "linguist": 0, "release": 5}
    assert day.work.acts == ["import", "draft", "legal", "release"]
    assert day.told(FIRST)["state"] == "SENT"
    day.deliver()
    assert (day.told(FIRST)["state"], day.told(FIRST)["level"], day.told(FIRST)["proof"]) == (
        "RECEIPTED",
        "R0",
        "SIGNED",
    )
    day.read_by_peer()
    assert day.told(FIRST)["level"] == "R1"
    assert day.told(FIRST, "IAEA")["state"] == "OWED"
    with day.two.eucom.write() as books:
        rebuild(books)


def test_what_goes_to_one_party_names_no_other(day: Day) -> None:
    batch = day.work.enter(sheet(*(movement(n, BEGINS, "NDMC;IAEA;SECRETLAND") for n in range(3))))["batch"]
    day.work.all_steps(batch)
    with day.two.eucom.read() as books:
        sent = [row for _, row in views.rows(books.unit, views.MESSAGES) if row[2] == views.OUT and row[5] == "message"]
        contents = [books.unit.content(row[4]) for row in sent]
    assert len(contents) == 3
    for content in contents:
        assert content is not None
        assert b"IAEA" not in content[1]
        assert b"SECRETLAND" not in content[1]
    with day.two.eucom.read() as books:
        shown = repr(SHEETS["notices"](books, "IAEA", {}))
    assert "SECRETLAND" not in shown
    assert "NDMC" not in shown


def test_a_change_is_told_again_and_a_receipt_of_the_old_version_is_none_of_the_new(day: Day) -> None:
    day.work.all_steps(day.work.enter(sheet(movement(0, BEGINS)))["batch"])
    day.deliver()
    first = day.told(FIRST)
    staged = day.work.enter(sheet(movement(0, BEGINS, escort="armed")), "changed.csv")
    assert staged["changed"] == [{"notice": FIRST, "version": 2}]
    told = day.told(FIRST)
    assert (told["state"], told["holds_version"], told["holds_older"], told["level"]) == ("OWED", 1, True, None)
    day.read_by_peer()
    assert day.told(FIRST)["state"] == "OWED"
    assert day.told(FIRST)["level"] is None
    day.work.all_steps(staged["batch"])
    day.deliver()
    told = day.told(FIRST)
    assert (told["state"], told["holds_version"], told["level"]) == ("RECEIPTED", 2, "R0")
    body = day.two.ndmc.body(bytes.fromhex(told["message"]))
    assert body[24] == ("updates", bytes.fromhex(first["message"]))
    assert [one["version"] for one in day.notice(FIRST)["versions"]] == [1, 2]
    with day.two.eucom.write() as books:
        rebuild(books)


def test_the_same_sheet_again_enters_nothing(day: Day) -> None:
    data = sheet(movement(0, BEGINS))
    day.work.enter(data)
    with pytest.raises(LocalError, match="IMPORT-NOTHING"):
        day.work.enter(data)


def test_a_draft_of_an_older_version_is_not_released(day: Day) -> None:
    batch = day.work.enter(sheet(movement(0, BEGINS)))["batch"]
    day.work.step(batch, "draft", two_nodes.WATCH)
    with day.two.eucom.read() as books:
        [(_, _, draft)] = notifying.drafted(books, batch)
    day.work.enter(sheet(movement(0, BEGINS, headcount="9")), "changed.csv")
    with day.two.eucom.write() as books:
        row = views.row(books.unit, views.DRAFTS, draft)
        assert row is not None
        act = day.two.eucom.act(drafting.draft_prepared(row), "release", RELEASER)
        with pytest.raises(LocalError, match="NOTICE-CHANGED"):
            drafting.release_draft(books, draft, act)


def test_a_party_that_it_is_no_longer_for_is_told_that(day: Day) -> None:
    day.work.all_steps(day.work.enter(sheet(movement(0, BEGINS, "NDMC")))["batch"])
    day.deliver()
    staged = day.work.enter(sheet(movement(0, BEGINS, "IAEA")), "changed.csv")
    assert day.told(FIRST)["no_longer_for"] is True
    day.work.all_steps(staged["batch"])
    day.deliver()
    body = day.two.ndmc.body(bytes.fromhex(day.told(FIRST)["message"]))
    assert body[24][0] == "discontinues"


def test_a_withdrawal_is_told_to_whoever_was_told_and_to_nobody_else(day: Day) -> None:
    batch = day.work.enter(sheet(movement(0, BEGINS)))["batch"]
    day.work.all_steps(batch)
    day.deliver()
    record(day.two.eucom, "notice-withdraw", {"notice": FIRST, "reason": "the convoy was called off"}, RELEASER)
    assert [one["party"] for one in day.notice(FIRST)["parties"] if one["state"] != "NOT-TOLD"] == ["NDMC"]
    day.work.all_steps(batch)
    day.deliver()
    assert day.two.ndmc.body(bytes.fromhex(day.told(FIRST)["message"]))[24][0] == "discontinues"
    assert day.notice(FIRST)["withdrawn"] is True
    with pytest.raises(LocalError, match="NOTICE-TRANSITION"):
        record(day.two.eucom, "notice-withdraw", {"notice": FIRST, "reason": "again"}, RELEASER)
    with day.two.eucom.write() as books:
        rebuild(books)


def _sent(day: Day, party: str = "NDMC") -> tuple[str, bytes]:
    """Return the relation of the newest message of the first notice to a party: its verb and its target."""
    body = day.two.ndmc.body(bytes.fromhex(day.told(FIRST, party)["message"]))
    verb, target = body.get(24, ("", b""))
    return str(verb), bytes(target)


def test_a_party_that_was_never_told_is_not_told_that_it_is_no_longer_for_it(day: Day) -> None:
    day.work.enter(sheet(movement(0, BEGINS, "NDMC")))
    staged = day.work.enter(sheet(movement(0, BEGINS, "IAEA")), "changed.csv")
    assert [one["party"] for one in day.notice(FIRST)["parties"]] == ["IAEA"]
    assert day.work.all_steps(staged["batch"])["draft"] == 0
    with day.two.eucom.write() as books:
        rebuild(books)


def test_a_party_that_was_told_off_is_told_once(day: Day) -> None:
    day.work.all_steps(day.work.enter(sheet(movement(0, BEGINS, "NDMC")))["batch"])
    day.work.all_steps(day.work.enter(sheet(movement(0, BEGINS, "IAEA")), "second.csv")["batch"])
    third = day.work.enter(sheet(movement(0, BEGINS, "IAEA", headcount="9")), "third.csv")["batch"]
    assert day.work.all_steps(third)["draft"] == 0
    assert day.told(FIRST)["state"] == "SENT"
    record(day.two.eucom, "notice-withdraw", {"notice": FIRST, "reason": "called off"}, RELEASER)
    assert day.work.all_steps(third)["draft"] == 0
    assert [one["party"] for one in day.notice(FIRST)["parties"] if one["state"] != "NOT-TOLD"] == ["NDMC"]


@pytest.mark.parametrize("ended", ["withdrawn", "dropped"])
def test_a_notice_that_comes_again_is_told_as_a_new_one(day: Day, ended: str) -> None:
    batch = day.work.enter(sheet(movement(0, BEGINS, "NDMC")))["batch"]
    day.work.all_steps(batch)
    if ended == "withdrawn":
        record(day.two.eucom, "notice-withdraw", {"notice": FIRST, "reason": "called off"}, RELEASER)
    else:
        batch = day.work.enter(sheet(movement(0, BEGINS, "IAEA")), "second.csv")["batch"]
    assert day.work.all_steps(batch)["release"] == 1
    day.deliver()
    assert _sent(day)[0] == "discontinues"
    again = day.work.enter(sheet(movement(0, BEGINS, "NDMC", headcount="9")), "again.csv")["batch"]
    assert day.work.all_steps(again)["release"] == 1
    day.deliver()
    assert _sent(day) == ("", b"")
    assert (day.told(FIRST)["state"], day.told(FIRST)["holds_version"]) == ("RECEIPTED", 3)
    with day.two.eucom.write() as books:
        rebuild(books)


def test_what_is_handed_over_stands_on_the_sheet(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifying, "SHEET_NOTICES_MAX", 2)
    day.work.enter(sheet(*(movement(n, BEGINS, "IAEA") for n in range(3)), site(0, BEGINS, "IAEA")))
    printed: list[str] = []
    first = shown = ""
    for _ in range(2):
        with day.two.eucom.read() as books:
            shown = repr(SHEETS["notices"](books, "IAEA", {}))
            first = first or shown
            owed = notifying.owed_by_sheet(books, "IAEA")
        assert all(number in shown for number, _ in owed)
        printed += [number for number, _ in owed]
        record(day.two.eucom, "notice-sheet", {"party": "IAEA"}, RELEASER)
    assert len(set(printed)) == 4
    assert "Depot 47.0000N 35.1400E; Town 0 46.0000N 34.6500E" in first
    assert "не является условием защиты" in shown
    assert "не є умовою захисту" in shown


def test_what_has_run_out_is_on_no_sheet_and_was_not_handed_over(day: Day) -> None:
    day.work.enter(sheet(movement(0, BEGINS, "IAEA"), site(0, BEGINS, "IAEA")))
    day.two.time.at = Instant(BEGINS + 48 * HOUR)
    record(day.two.eucom, "notice-sheet", {"party": "IAEA"}, RELEASER)
    assert day.told(FIRST, "IAEA")["state"] == "OWED"
    assert day.told("N-2022-000002", "IAEA")["state"] == "SENT"


def test_an_end_that_was_told_by_no_message_blocks_no_batch(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = day.work.enter(sheet(movement(0, BEGINS, "NDMC"), movement(1, BEGINS, "NDMC")))["batch"]
    with monkeypatch.context() as without_line:
        without_line.setattr(notifying, "lines_by_party", lambda _books: {})
        record(day.two.eucom, "notice-sheet", {"party": "NDMC"}, RELEASER)
    record(day.two.eucom, "notice-withdraw", {"notice": FIRST, "reason": "called off"}, RELEASER)
    assert day.work.all_steps(batch)["draft"] == 0
    assert day.told(FIRST)["state"] == "OWED"


def test_a_notice_that_holds_up_its_batch_is_named(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    # Rows are held against their form when a sheet is read; what was entered before that was so may still not fit.
    monkeypatch.setattr(notice_tables, "_check_form", lambda _notice: None)
    rows = sheet(movement(0, BEGINS, "NDMC"), movement(1, BEGINS, "NDMC", contact="x" * 600))
    batch = day.work.enter(rows)["batch"]
    with pytest.raises(LocalError, match="DRAFT-FIELD-MALFORMED") as refused:
        day.work.all_steps(batch)
    assert (refused.value.details["notice"], refused.value.details["party"]) == ("N-2022-000002", "NDMC")
    record(day.two.eucom, "notice-withdraw", {"notice": "N-2022-000002", "reason": "a wrong row"}, RELEASER)
    assert day.work.all_steps(batch)["release"] == 1


def test_one_party_s_notices_say_where_and_whom_to_call_and_a_destroyed_one_says_nothing(day: Day) -> None:
    day.work.enter(sheet(site(0, BEGINS)))
    [row] = day.grid(party="IAEA")["rows"]
    assert (row["where"], row["contact"]) == ("48.0000N 35.0000E", "+41 22 000 00 00")
    assert "contact" not in day.grid()["rows"][0]
    with day.two.eucom.write() as books:
        index = views.row(books.unit, views.NOTICES, FIRST.encode())[2]  # type: ignore[index]
        books.unit.destroy(index)
    [row] = day.grid(party="IAEA")["rows"]
    assert (row["where"], row["contact"]) == (None, None)
    with day.two.eucom.read() as books:
        assert FIRST in repr(SHEETS["notices"](books, "IAEA", {}))
    with pytest.raises(LocalError, match=r"NOTICE-UNKNOWN.*" + FIRST):
        day.work.all_steps("NB-2022-000001")
    again = day.work.enter(sheet(site(0, BEGINS)), "again.csv")
    assert again["changed"] == [{"notice": FIRST, "version": 2}]


def test_a_reason_is_a_line_of_text(day: Day) -> None:
    day.work.enter(sheet(movement(0, BEGINS)))
    for reason in ("two\nlines", "\u202eturned", "x" * 401):
        with pytest.raises(LocalError, match="TEXT-"):
            record(day.two.eucom, "notice-withdraw", {"notice": FIRST, "reason": reason}, RELEASER)


def test_a_party_without_a_line_is_told_by_a_sheet_and_an_officer_says_how_far(day: Day) -> None:
    day.work.enter(sheet(movement(0, BEGINS), movement(1, BEGINS, "NDMC")))
    with pytest.raises(LocalError, match="NOTICE-TRANSITION"):
        record(day.two.eucom, "notice-receipt", {"notice": FIRST, "party": "IAEA", "level": 1, "how": "by telephone"})
    record(day.two.eucom, "notice-sheet", {"party": "IAEA"}, RELEASER)
    assert day.told(FIRST, "IAEA")["state"] == "SENT"
    record(day.two.eucom, "notice-receipt", {"notice": FIRST, "party": "IAEA", "level": 1, "how": "by telephone"})
    told = day.told(FIRST, "IAEA")
    assert (told["state"], told["level"], told["proof"]) == ("RECEIPTED", "R1", "ATTESTED")
    with pytest.raises(LocalError, match="NOTICE-NOTHING"):
        record(day.two.eucom, "notice-sheet", {"party": "IAEA"}, RELEASER)
    with pytest.raises(LocalError, match="NOTICE-NOTHING"):
        record(day.two.eucom, "notice-sheet", {"party": "NDMC"}, RELEASER)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"notice": FIRST, "party": "IAEA", "level": 4, "how": "x"}, "NOTICE-VALUE"),
        ({"notice": FIRST, "party": "IAEA", "level": 1, "how": " "}, "NOTICE-VALUE"),
        ({"notice": FIRST, "party": "IAEA", "level": 1, "how": "x", "version": 2}, "NOTICE-TRANSITION"),
        ({"notice": "N-2022-000009", "party": "IAEA", "level": 1, "how": "x"}, "NOTICE-UNKNOWN"),
        ({"notice": FIRST, "party": "OTHER", "level": 1, "how": "x"}, "NOTICE-UNKNOWN"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_and_changes_nothing(day: Day, given: dict[str, Any], code: str) -> None:
    day.work.enter(sheet(movement(0, BEGINS)))
    record(day.two.eucom, "notice-sheet", {"party": "IAEA"}, RELEASER)
    before = day.told(FIRST, "IAEA")
    with pytest.raises(LocalError, match=code):
        record(day.two.eucom, "notice-receipt", given)
    assert day.told(FIRST, "IAEA") == before


def test_a_message_under_a_notices_number_says_that_notice(day: Day) -> None:
    batch = day.work.enter(sheet(movement(0, BEGINS), movement(1, BEGINS)))["batch"]
    part = day.work.service.notices.prepare(day.two.eucom.officer(two_nodes.WATCH), "draft", batch, {})
    one, other = part["bodies"]
    swapped = {**day.work._submission(one, two_nodes.WATCH), "notice": other["notice"]}
    with pytest.raises(LocalError, match="NOTICE-DIFFERS"):
        asyncio.run(day.work.service.submit_notices([swapped]))
    assert day.told(FIRST)["state"] == "OWED"


def test_lapsing_is_said_once_a_batch_and_hour_ahead_and_when_it_is_so(day: Day) -> None:
    day.work.enter(sheet(*(site(n, BEGINS, ends_at="2022-11-25T10:00:00Z") for n in range(9))))
    rung = []
    while True:
        with day.two.eucom.read() as books:
            due = books.unit.next_due(views.NOTICE_DUES)
        if due is None:
            break
        day.two.time.at = Instant(max(due, day.two.time.at))
        with day.two.eucom.write() as books:
            clockwork.tick(books)
        rung = [detail for _, _, detail in alarms_of(day.two.eucom, "NOTICE-EXPIRES")]
    assert sorted(rung) == ["9 of NB-2022-000001 have run out", "9 of NB-2022-000001 run out within a day"]
    assert day.grid(active="true")["rows"] == []
    assert day.grid()["rows"][0]["expired"] is True
    with day.two.eucom.write() as books:
        rebuild(books)


def test_unread_notices_ring_once_a_party_and_batch(day: Day) -> None:
    day.work.all_steps(day.work.enter(sheet(*(movement(n, BEGINS, "NDMC") for n in range(7))))["batch"])
    day.deliver()
    day.two.time.pass_s(40 * 3600)
    with day.two.eucom.write() as books:
        clockwork.tick(books)
    assert [detail for _, _, detail in alarms_of(day.two.eucom, "NOTICE-OWED")] == ["NDMC of NB-2022-000001"]
    assert alarms_of(day.two.eucom, "RECEIPT-OVERDUE") == []


def test_the_grid_comes_in_pages_and_by_party_what_is_owed(day: Day) -> None:
    batch = day.work.enter(sheet(*(movement(n, BEGINS, "NDMC;IAEA") for n in range(7))))["batch"]
    day.work.all_steps(batch)
    day.deliver()
    first = day.grid(batch=batch, limit=3)
    second = day.grid(batch=batch, limit=3, after=first["next"])
    third = day.grid(batch=batch, limit=3, after=second["next"])
    assert [len(page["rows"]) for page in (first, second, third)] == [3, 3, 1]
    assert third["next"] is None
    assert len(day.grid(party="IAEA", owed="true")["rows"]) == 7
    day.read_by_peer()
    assert day.grid(party="NDMC", owed="true")["rows"] == []
    assert [one["party"] for one in day.grid(party="NDMC")["rows"][0]["parties"]] == ["NDMC"]
    with day.two.eucom.read() as books:
        assert read_batches(books, {})[0]["complete"] is True
        assert read_batch(books, batch, {})["parties"][1]["states"] == {"RECEIPTED": 7}


@pytest.mark.parametrize("read", [read_batch, read_notice])
def test_what_is_not_known_is_said(day: Day, read: Any) -> None:
    with day.two.eucom.read() as books, pytest.raises(LocalError, match="NOTICE-UNKNOWN"):
        read(books, "N-1", {})


def test_a_batch_cut_short_goes_on_with_the_rows_that_were_signed(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_batches, "CHUNK_ROWS_MAX", 2)
    data = sheet(*(movement(n, BEGINS) for n in range(5)))
    asked = day.work.service.notices.prepare_batch(
        day.two.eucom.officer(two_nodes.WATCH), {"name": "plan.csv", "data": b64encode(data).decode()}
    )
    submission = {"prepared": asked["prepared"], "acts": [day.work.act(asked, two_nodes.WATCH)]}
    real, entered = notice_batches.enter_chunk, []

    def cut(books: Any, staged: Any, number: int) -> bool:
        if number == 1 and not entered:
            entered.append(number)
            raise LocalError("NODE-RUNNING")
        return real(books, staged, number)

    monkeypatch.setattr(notice_batches, "enter_chunk", cut)
    with pytest.raises(LocalError, match="NODE-RUNNING"):
        asyncio.run(day.work.service.submit_notice_batch(submission, data))
    assert len(day.grid()["rows"]) == 2
    asyncio.run(day.work.service.submit_notice_batch(submission, data))
    assert [one["reference"] for one in day.grid()["rows"]] == [f"MV-{n:05}" for n in range(5)]
    with day.two.eucom.write() as books:
        rebuild(books)


@pytest.mark.long
def test_four_hundred_notices_to_three_parties_take_four_acts(day: Day) -> None:
    rows = [movement(n, BEGINS, "NDMC;IAEA;OCHA") for n in range(380)] + [site(n, BEGINS) for n in range(20)]
    batch = day.work.enter(sheet(*rows))["batch"]
    assert day.work.all_steps(batch) == {"draft": 400, "legal": 20, "linguist": 0, "release": 400}
    for party in ("IAEA", "OCHA"):
        record(day.two.eucom, "notice-sheet", {"party": party}, RELEASER)
    # Import and drafting by the coordinator, one tick of the legal adviser for the sites, one release, two sheets.
    assert day.work.acts == ["import", "draft", "legal", "release"]
    assert day.work.signed == 1 + 400 + 20 + 400
    day.deliver()
    told = day.grid(batch=batch, limit=200)["rows"]
    assert {party["state"] for one in told for party in one["parties"]} == {"RECEIPTED", "SENT"}
