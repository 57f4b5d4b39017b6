"""A report is found by its id wherever it was entered, each once, and never another whose id has the same hash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant
from armslength.desk import report_lookup, views
from builders.two_nodes import START
from builders.watching import SITE, STRIKE, Post, strike


def ids(post: Post, begin: int, end: int, limit: int = 1_000) -> list[str | None]:
    since, until = Instant(START + begin * DAY_US), Instant(START + end * DAY_US)
    found = post.look(lambda books: report_lookup.listed(books, since, until, limit))
    return [one.report_id for one, _ in found]


def test_each_report_of_a_batch_is_found_alone() -> None:
    post = Post()
    rows = [strike(f"r-{n}", day=n) for n in range(20)]
    entry = post.report(*rows)
    for row in rows:
        assert post.look(lambda books, row=row: report_lookup.find(books, row.report_id)) == (row, entry)


@pytest.mark.parametrize("asked", ["r-9", "", "R-1", "\udc80", "r-1\x00"])
def test_what_is_not_there_is_unknown(asked: str) -> None:
    post = Post()
    post.report(strike("r-1"), strike("r-2"))
    with pytest.raises(LocalError, match="REPORT-UNKNOWN"):
        post.look(lambda books: report_lookup.find(books, asked))


def test_two_ids_of_one_hash_are_two_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_lookup, "id_hash", lambda report_id: b"same" * 2 if report_id < "r-3" else b"else" * 2)
    post = Post()
    rows = [strike(f"r-{n}") for n in range(6)]
    post.report(*rows)
    for row in rows:
        assert post.look(lambda books, row=row: report_lookup.find(books, row.report_id))[0] == row
    with pytest.raises(LocalError, match="REPORT-UNKNOWN"):
        post.look(lambda books: report_lookup.find(books, "r-00"))


def test_some_are_found_together_and_the_rest_is_left_out() -> None:
    post = Post()
    first, second = post.report(strike("a"), strike("b")), post.report(strike("c"))
    alone = post.by_hand(replace(STRIKE, report_id="d"))
    found = post.look(lambda books: report_lookup.find_all(books, ["c", "x", "a", "d", "a"]))
    assert {name: index for name, (_, index) in found.items()} == {"d": alone, "a": first, "c": second}


def test_a_report_without_an_id_has_one_of_its_record() -> None:
    post = Post()
    post.by_hand(replace(STRIKE, report_id=None))
    (name,) = ids(post, 0, 1)
    assert name is not None
    assert post.look(lambda books: report_lookup.find(books, name))[0].report_id == name
    assert len(post.scan(views.REPORT_IDS)) == 1


def test_reports_are_listed_by_time_each_once() -> None:
    post = Post(SITE)
    post.report(*(strike(f"r-{n}", day=n) for n in range(5)))
    post.by_hand(replace(strike("h", day=2), text="Entered by hand."))
    assert len(post.scan(views.REPORTS)) > 1
    assert ids(post, 1, 4) == ["r-1", "h", "r-2", "r-3"]
    assert ids(post, -9, -1) == []


def test_a_list_has_its_bounds() -> None:
    post = Post()
    post.report(*(strike(f"r-{n}") for n in range(8)))
    assert len(ids(post, 0, 1, 3)) == 3
    assert ids(post, 0, 1, 0) == []
    assert ids(post, 0, 1, -5) == []
    assert len(ids(post, 0, 1, 10**9)) == 8


def test_an_interval_that_touches_the_time_asked_for_is_in_it() -> None:
    post = Post()
    long = replace(strike("long"), from_at=Instant(START - 3 * DAY_US), until_at=START)
    post.report(long)
    assert ids(post, -3, -2) == ["long"]
    assert ids(post, 0, 1) == ["long"]
    assert ids(post, 1, 2) == []


def test_what_was_destroyed_is_not_found() -> None:
    post = Post()
    index = post.by_hand(replace(STRIKE, report_id="gone"))
    post.write(lambda books: books.unit.destroy(index))
    assert ids(post, 0, 1) == []
    with pytest.raises(LocalError, match="REPORT-UNKNOWN"):
        post.look(lambda books: report_lookup.find(books, "gone"))
