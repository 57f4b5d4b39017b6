"""A feed is what an officer signed: its form is checked, its newest record is in force, switching it off ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.desk import feeds, projection_feeds, views
from armslength.desk.rebuilding import rebuild
from builders.feeding import Fed, at
from builders.two_nodes import LINGUIST, WATCH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from armslength.core.cbor import CborValue


@pytest.fixture
def fed(tmp_path: Path) -> Fed:
    made = Fed(folder=tmp_path)
    made.set_up()
    return made


def body(fed: Fed, **changes: Any) -> dict[int, Any]:
    with fed.two.eucom.read() as books:
        return dict(feeds.prepare_feed(books, fed.two.eucom.officer(WATCH), {"name": "hotspots", **changes}).body)


def note(fed: Fed, file: CborValue, letters: CborValue, raised: Iterable[str] = (), ended: Iterable[str] = ()) -> None:
    with fed.two.eucom.write() as books:
        plan = feeds.plan(books.unit, "hotspots")
        assert plan is not None
        fields: dict[int, CborValue] = {20: plan.name, 21: plan.record, 22: file, 23: letters}
        books.note("feed-run", "feed-run", {**fields, 24: tuple(raised), 25: tuple(ended), 26: ""})


def row(fed: Fed) -> views.Row:
    with fed.two.eucom.read() as books:
        found = views.row(books.unit, views.FEEDS, b"hotspots")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (20, "Hot Spots"), (20, ""), (20, "a" * 33), (20, 7),
        (21, "../firms"), (21, ""), (21, None),
        (22, ""), (22, "relative/folder"), (22, "/srv/../etc"), (22, "/" + "a" * 1_100), (22, b"/srv"),
        (22, "http://feeds.invalid/x.csv"), (22, "ftp://feeds.invalid/x"), (22, "https://"), (22, "https://[::1/x"),
        (22, "https://user:word@feeds.invalid/x"), (22, "https://feeds.invalid:99999/x"),
        (22, "https://feeds.invalid/x#part"), (22, "https://feeds.invalid/a b"), (22, "file:///etc/passwd"),
        (23, 9), (23, True), (23, "60"), (23, 7 * 86_400 + 1),
        (24, 3_599), (24, 10), (24, None), (24, 401 * 86_400),
        (25, 0), (25, 10_000_001), (25, 1.5),
        (26, 1), (26, None),
        (27, {"region": "UA"}), (27, (("region",),)), (27, (("mapping", "x" * 20_001),)), (27, (("a", 1),)),
        (28, "DELETE"), (28, None),
    ],
)  # fmt: skip
def test_a_feed_of_another_form_is_refused(fed: Fed, field: int, value: Any) -> None:
    with pytest.raises(LocalError, match="FEED-VALUE"):
        feeds.check_feed({**body(fed), field: value})


@pytest.mark.parametrize(
    "where",
    [
        "/srv/feeds",
        "/srv/Спостереження",
        "https://feeds.invalid/x.csv?key=1",
        "http://127.0.0.1:8080/x",
        "http://[::1]/x",
    ],
)
def test_folders_and_addresses_that_may_be_asked_are_taken(where: str) -> None:
    feeds.check_where(where)


def test_what_is_not_given_stays_as_it_was_signed_before(fed: Fed) -> None:
    changed = body(fed, every_s=7200, options={"region": "UA"}, move=True)
    assert (changed[21], changed[22], changed[23], changed[25]) == ("firms", str(fed.folder), 7200, 10_000)
    assert (changed[26], changed[27], changed[28]) == (True, (("region", "UA"),), feeds.MOVE)
    assert body(fed, move=False)[28] == feeds.LEAVE


def test_only_those_who_keep_the_feeds_set_them_up(fed: Fed) -> None:
    party = fed.two.eucom
    with party.read() as books:
        prepared = feeds.prepare_feed(books, party.officer(LINGUIST), {"name": "hotspots", "on": False})
    with pytest.raises(LocalError, match="ROLE-REFUSED"), party.write() as books:
        feeds.submit_feed(books, party.signed(prepared, "record", LINGUIST))


def test_the_rows_of_an_hour_are_counted_minute_by_minute() -> None:
    kept: views.Row = {9: 100, 21: ()}
    for second, rows in ((0, 40), (30, 20), (1_800, 30)):
        kept[21] = feeds.counted_minutes(kept, at(second), rows)
    assert [rows for _, rows in kept[21]] == [60, 30]
    assert feeds.allowed(kept, at(1_800)) == (10, at(3_600))
    assert feeds.allowed(kept, at(3_600)) == (70, at(5_400))
    assert feeds.allowed(kept, at(9_000))[0] == 100
    kept[21] = feeds.counted_minutes(kept, at(9_000), 100)
    assert feeds.allowed(kept, at(9_001)) == (0, at(12_600))


def test_a_trouble_is_raised_once_and_its_alarm_is_over_when_it_ends(fed: Fed) -> None:
    note(fed, None, (), raised=["LATE"])
    note(fed, None, (), raised=["LATE"])
    assert len(row(fed)[14]) == 1
    note(fed, None, (), ended=["LATE", "REFUSED"])
    assert row(fed)[14] == ()


def test_switching_a_feed_off_ends_its_troubles_and_keeps_its_counts(fed: Fed) -> None:
    note(fed, ("a.csv", b"\x01" * 32, "1:1", 9, 7, 2), ((3, "FEED-ROW", "wrong"),), raised=["REFUSED"])
    fed.two.time.pass_s(60)
    fed.set_up(on=False)
    after = row(fed)
    assert (after[10], after[14], after[15], after[16], after[18]) == (False, (), 1, 9, 2)
    fed.two.time.pass_s(60)
    fed.set_up(on=True)
    assert row(fed)[13] == Instant(fed.two.time.now())


def test_dead_letters_are_bounded_in_the_view_and_counted_whole(fed: Fed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection_feeds, "DEAD_LETTERS_MAX", 5)
    for number in range(3):
        letters = tuple((at_row, "FEED-ROW", f"wrong {number}") for at_row in range(1, 4))
        note(fed, (f"{number}.csv", None, "", 10, 0, 10), letters)
    with fed.two.eucom.read() as books:
        found = feeds.read_dead_letters(books, "hotspots")
        assert [(one["file"], one["row"]) for one in found] == [
            ("2.csv", 1), ("2.csv", 2), ("2.csv", 3), ("1.csv", 2), ("1.csv", 3),
        ]  # fmt: skip
        assert len(feeds.read_dead_letters(books, limit=2)) == 2
        assert feeds.read_feeds(books)[0]["rows_refused"] == 30
        with pytest.raises(LocalError, match="FEED-UNNAMED"):
            feeds.read_dead_letters(books, "others")
    with fed.two.eucom.write() as books:
        rebuild(books)


def test_a_note_of_a_feed_that_there_is_not_changes_nothing(fed: Fed) -> None:
    before = row(fed)
    with fed.two.eucom.write() as books:
        fields: dict[int, CborValue] = {20: "others", 21: b"", 22: None, 23: (), 24: ("LATE",), 25: (), 26: ""}
        books.note("feed-run", "feed-run", fields)
    assert row(fed) == before
