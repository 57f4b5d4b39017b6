"""A feed from a watched folder over some days: what comes enters once, what is broken and what stays away is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from armslength.desk import batches
from armslength.desk.rebuilding import rebuild
from builders.desks import simulated
from builders.feeding import Fed, hot_spots, inline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOUR = 3600


@pytest.fixture
def fed(tmp_path: Path) -> Fed:
    return Fed(folder=tmp_path)


def lived(fed: Fed, *steps: tuple[float, Callable[[], None]], until_h: float) -> None:
    """Run the node for some hours; at hours given something happens outside."""

    async def story() -> None:
        desk, jobs = fed.again()
        desk.loops.append(jobs.run)
        desk.start()
        try:
            for hour, happens in sorted(steps, key=lambda one: one[0]):
                await asyncio.sleep(hour * HOUR - asyncio.get_running_loop().time())
                happens()
            await asyncio.sleep(until_h * HOUR - asyncio.get_running_loop().time())
            assert not desk.stopping, "the node stopped by itself"
        finally:
            await desk.close()

    simulated(story)


def rebuilt(fed: Fed) -> None:
    with fed.two.eucom.write() as books:
        rebuild(books)


def test_three_days_of_files_enter_once_with_an_entry_a_file_and_none_for_silence(fed: Fed) -> None:
    fed.set_up()
    days = ("2022-11-20", "2022-11-21", "2022-11-22")
    coming = [(1 + 24 * n, lambda n=n: fed.put(f"day-{n}.csv", hot_spots(days[n], 30))) for n in range(3)]
    lived(fed, *coming, until_h=60)
    row = fed.row()
    assert (row["files"], row["rows_read"], row["rows_entered"], row["rows_refused"]) == (3, 90, 90, 0)
    assert fed.held() == 90
    assert fed.alarms() == []
    # Sixty readings found three files: the others leave nothing in the journal.
    assert fed.runs() == 3
    assert sorted(path.name for path in fed.folder.iterdir()) == ["day-0.csv", "day-1.csv", "day-2.csv"]
    rebuilt(fed)


def test_a_broken_row_is_a_dead_letter_and_a_broken_file_too_and_a_whole_one_ends_the_alarm(fed: Fed) -> None:
    fed.set_up()
    broken = hot_spots("2022-11-20", 3).replace("50.0001,31.5", "95.0001,31.5")
    lived(
        fed,
        (1, lambda: fed.put("a.csv", broken)),
        (3, lambda: fed.put("b.csv", "<html>sign in</html>\n")),
        (6, lambda: fed.put("c.csv", hot_spots("2022-11-20", 5, first=10))),
        until_h=10,
    )
    letters = fed.letters()
    assert [(one["file"], one["row"]) for one in letters] == [("b.csv", 0), ("a.csv", 3)]
    assert all(one["reason"] and one["code"] for one in letters)
    assert fed.alarms() == [("FEED-REFUSED", True)]
    assert (fed.row()["rows_entered"], fed.row()["rows_refused"], fed.held()) == (7, 2, 7)
    assert fed.row()["troubles"] == []
    rebuilt(fed)


def test_a_day_without_anything_new_is_an_alarm_once_and_over_with_the_next_file(fed: Fed) -> None:
    fed.set_up()
    early: list[list[tuple[str, bool]]] = []
    lived(
        fed,
        (1, lambda: fed.put("a.csv", hot_spots("2022-11-20", 4))),
        (30, lambda: early.append(fed.alarms())),
        (34, lambda: early.append(fed.alarms())),
        (50, lambda: fed.put("b.csv", hot_spots("2022-11-22", 4))),
        until_h=54,
    )
    assert early == [[], [("FEED-LATE", False)]]
    assert fed.alarms() == [("FEED-LATE", True)]
    assert [one["kind"] for one in fed.bell.rung if one["kind"].startswith("FEED")] == ["FEED-LATE"]
    rebuilt(fed)


def test_a_folder_that_goes_away_is_an_alarm_and_comes_back_without_anybody(fed: Fed) -> None:
    fed.set_up()
    away = fed.folder.with_name("away")
    lived(
        fed,
        (1, lambda: fed.put("a.csv", hot_spots("2022-11-20", 4))),
        (4.5, lambda: (fed.folder.rename(away), None)[1]),
        (9, lambda: (away.rename(fed.folder), None)[1]),
        until_h=14,
    )
    assert fed.alarms() == [("FEED-UNREACHABLE", True)]
    # Asked again and again while it was away, and told of once.
    assert fed.runs() == 3
    rebuilt(fed)


def test_a_crash_in_the_middle_of_a_file_goes_on_where_it_was(fed: Fed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS_MAX", 4)
    fed.set_up()
    fed.put("a.csv", hot_spots("2022-11-20", 30))
    asked = 0

    async def breaks(work: Callable[[], Any]) -> Any:
        nonlocal asked
        asked += 1
        if asked == 9:
            raise RuntimeError("the machine stopped")
        return work()

    fed.aside = breaks

    async def story() -> None:
        desk, jobs = fed.again()
        await jobs.run_due()
        await asyncio.sleep(30)
        with pytest.raises(RuntimeError, match="stopped"):
            await jobs.run_due(every=True)
        await desk.close()

    simulated(story)
    assert 0 < fed.held() < 30
    assert fed.row()["files"] == 0
    fed.aside = inline
    lived(fed, until_h=2)
    assert (fed.held(), fed.row()["files"], fed.row()["rows_entered"]) == (30, 1, 30)
    rebuilt(fed)


def test_no_more_rows_enter_in_an_hour_than_the_record_allows(fed: Fed) -> None:
    fed.set_up(rows_per_hour_max=20)
    fed.put("a.csv", hot_spots("2022-11-20", 50))
    held: list[int] = []
    lived(fed, *((hour, lambda: held.append(fed.held())) for hour in (0.5, 1.5, 2.5, 3.5)), until_h=5)
    assert held == [20, 40, 50, 50]
    assert fed.row()["files"] == 1
    assert fed.alarms() == []
    rebuilt(fed)
