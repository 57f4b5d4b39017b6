"""What faces read of line checks: pages, strips, calendars, exports; and how long ten years of them take."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.print_typst import TypstPrinter
from armslength.channels.check_states import Result
from armslength.channels.line_checks import Caller, Planned
from armslength.channels.line_checks import planned as planned_checks
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, parse_rfc3339
from armslength.desk import check_changes, service_line_checks, views
from builders import stores
from builders.line_checking import alone, channel, held, listed, logged, passes, planned, strip
from builders.local_acts import record

if TYPE_CHECKING:
    from pathlib import Path

    from builders.two_nodes import Party

MAY = {"holidays": [["2023-05-01", "Labour Day"], ["2023-05-05", "Children's Day"]]}


def busy(**more: Any) -> Party:
    """A party with two channels and a few days of checks."""
    party = alone("2023-04-27T20:00:00Z", **more)
    for name in ("red", "blue"):
        record(party, "channel", {"document": channel(name)})
    planned(party, "red", rule="THEIR-WORKING-DAYS", theirs=MAY)
    planned(party, "blue", times=["10:00"], turns="ALTERNATING", with_text=False)
    for day in ("2023-04-28", "2023-04-30"):
        passes(party, f"{day}T00:04:00Z")
        logged(party, "red", "answered", note="=SUM(1)")
        passes(party, f"{day}T01:04:00Z")
        logged(party, "blue", "no-answer", reason="weather")
    passes(party, "2023-05-02T12:00:00Z")
    return party


def test_a_strip_has_a_letter_a_check_and_says_why_a_day_has_none() -> None:
    days = strip(busy(), "red", 6)["days"]
    assert [(one["day"][5:], one["checks"], one["none"]) for one in days] == [
        ("04-27", ".", ""),
        ("04-28", "AX", ""),
        ("04-29", ".", "no working day"),
        ("04-30", ".", "no working day"),
        ("05-01", ".", "Labour Day"),
        ("05-02", "XX", ""),
    ]


def test_lists_are_paged_newest_first_over_all_channels() -> None:
    party = busy()
    with party.read() as books:
        every = service_line_checks.read_checks(books, {})
        pages, before = [], None
        while page := service_line_checks.read_checks(books, {"limit": "2", "before": before}):
            pages += page
            before = page[-1]["planned"] or page[-1]["made"]
    times = [one["planned"] or one["made"] for one in every]
    assert times == sorted(times, reverse=True)
    assert {one["channel"] for one in every} == {"red", "blue"}
    assert pages == every


def test_a_plan_is_shown_with_both_calendars_and_streaks() -> None:
    party = busy()
    with party.read() as books:
        shown = service_line_checks.read_plan(books, "red", {})
        (blue, red) = service_line_checks.read_plans(books, {})
    assert shown["theirs"]["holidays"] == MAY["holidays"]
    assert (shown["times"], shown["zone"], shown["rule"]) == (["09:00", "17:00"], "Asia/Seoul", "THEIR-WORKING-DAYS")
    assert (red["channel"], blue["turns"]) == ("red", "ALTERNATING")
    assert blue["counts"]["NO-ANSWER"] == 2
    assert shown["next"]["at"] == "2023-05-03T00:00:00Z"


def test_the_calendar_has_every_check_with_the_same_uid_at_every_writing() -> None:
    party = busy()
    with party.read() as books:
        first = service_line_checks.read_calendar(books, {"days": 3})
        again = service_line_checks.read_calendar(books, {"days": 3, "channel": "red"})
    assert first["events"] == first["ics"].count("BEGIN:VEVENT") == 7
    assert "SUMMARY:EXERCISE: line check blue\\, they call" in first["ics"]
    uids = {line for line in first["ics"].split("\r\n") if line.startswith("UID:")}
    assert len(uids) == 7
    assert {line for line in again["ics"].split("\r\n") if line.startswith("UID:")} < uids


def test_the_export_has_every_record_and_runs_no_formula() -> None:
    party = busy()
    with party.read() as books:
        found = service_line_checks.read_export(books, "red", {})
    rows = list(csv.DictReader(io.StringIO(found["csv"])))
    assert len(rows) == found["rows"] == len(listed(party, "red"))
    assert rows[0]["note"] == "'=SUM(1)"
    assert [row["result"] for row in rows[:2]] == ["ANSWERED", "NOT-MADE"]


def test_a_month_prints_on_one_page() -> None:
    party = busy()
    with party.read() as books:
        sheet = service_line_checks.sheet_strip(books, "red", {"days": 31})
    assert TypstPrinter().pdf(sheet).startswith(b"%PDF")
    text = str(sheet.parts)
    assert "Labour Day" in text
    assert "Only a person says that a channel is CUT." in text


@pytest.mark.parametrize("query", [{"days": 0}, {"days": 367}])
def test_a_strip_is_of_a_year_at_most(query: dict[str, int]) -> None:
    party = busy()
    with party.read() as books, pytest.raises(LocalError) as refused:
        service_line_checks.read_strip(books, "red", query)
    assert refused.value.code == "CHECK-VALUE"


def test_a_plan_without_texts_has_none_to_read_out() -> None:
    party = busy()
    with party.read() as books, pytest.raises(LocalError) as refused:
        service_line_checks.read_text(books, "blue", {})
    assert refused.value.code == "CHECK-TEXT-UNKNOWN"


def test_ten_years_of_checks_twice_a_day_are_read_in_pages_and_counted(tmp_path: Path) -> None:
    party = alone("2013-01-01T00:00:00Z", store=stores.make("sqlite", tmp_path))
    record(party, "channel", {"document": channel("red")})
    planned(party, "red")
    plan = held(party, "red").plan
    end = Instant(plan.from_at + 3650 * DAY_US)
    checks = list(planned_checks(plan, plan.from_at, end))
    with party.write() as books:
        for place, check in enumerate(checks):
            result = Result.ANSWERED if place % 50 else Result.NO_ANSWER
            key = check_changes.check_key("red", check.at, place)
            row = check_changes.check_row(Planned(check.at, Caller.OURS), check.at, result, place)
            books.unit.put(views.LINE_CHECKS, key, row)
    assert len(checks) == 7300
    party.time.at = end
    one = held(party, "red")
    with party.read() as books:
        # What the promise at the API rests on: a page is a page, however many stand behind it.
        assert len(service_line_checks.read_checks(books, {"limit": 200})) == 200
        assert len(service_line_checks.read_strip(books, "red", {"days": 90})["days"]) == 90
        recounted = check_changes.recounted(books.unit, one, None)
    assert recounted.streak.counts[0] == 7300 - 146
    assert parse_rfc3339("2013-01-01T00:00:00Z") < (recounted.last or 0)
