"""The views of the register and the watch are made of entries alone, and say of a batch what they say of one record."""

from __future__ import annotations

from dataclasses import replace

from armslength.core.instants import DAY_US, Instant
from armslength.desk import projection_register, views
from armslength.desk.rebuilding import rebuild
from armslength.register.facilities import Dependency, Fact
from armslength.register.facility_parts import Life
from builders.two_nodes import START
from builders.watching import SITE, STRIKE, Post, site, strike

WATER = Dependency(on="The Dam", kind="COOLING-WATER", note="", source="a map")


def rows(post: Post, view: str) -> dict[bytes, object]:
    return dict(post.scan(view))


def test_a_batch_gives_the_rows_that_single_records_give() -> None:
    sites = [site(f"F-{n}", north_m=n) for n in range(3)]
    alone, together = Post(*sites), Post()
    together.batch("facility-batch", sites)
    first, second = rows(alone, views.FACILITIES), rows(together, views.FACILITIES)
    assert first.keys() == second.keys()
    for key, row in first.items():
        assert {n: v for n, v in row.items() if n > 3} == {n: v for n, v in second[key].items() if n > 3}  # type: ignore[attr-defined]
    assert [row[3] for row in second.values()] == [0, 1, 2]  # type: ignore[index]


def test_a_row_has_what_a_list_and_the_watch_ask_for() -> None:
    span = Life(from_at=START, until_at=None, source="a register")
    fact = Fact(text="Built.", value="", unit="", source="a book", as_of=START)
    post = Post(replace(SITE, life=(span,), facts=(fact,), special_sign="DISPLAYED", dependencies=(WATER,)))
    (row,) = rows(post, views.FACILITIES).values()
    assert row == {
        1: 2,
        2: START,
        3: None,
        4: SITE.place.lat_e7,
        5: SITE.place.lon_e7,
        6: 0,
        7: SITE.rings_m,
        8: "SUBSTATION",
        9: False,
        10: 10,
        11: SITE.names,
        12: (("The Dam", "COOLING-WATER"),),
        13: ((START, None),),
        14: (),
        15: "DISPLAYED",
        16: True,
        17: False,
    }


def test_a_facility_that_ever_had_a_dated_version_is_known_to_have_one() -> None:
    post = Post(SITE)
    post.add(replace(SITE, applies_from_at=Instant(START + DAY_US)), SITE)
    (row,) = rows(post, views.FACILITIES).values()
    assert row[17] is True  # type: ignore[index]
    assert len(rows(post, views.FACILITY_VERSIONS)) == 3


def test_what_is_needed_follows_the_newest_record() -> None:
    post = Post(replace(SITE, dependencies=(WATER, replace(WATER, kind="OFF-SITE-POWER"))))
    assert list(rows(post, views.NEEDS)) == [
        b"the dam\x00F-1\x00COOLING-WATER",
        b"the dam\x00F-1\x00OFF-SITE-POWER",
    ]
    post.add(replace(SITE, dependencies=(replace(WATER, on="Another"),)))
    assert list(rows(post, views.NEEDS)) == [b"another\x00F-1\x00COOLING-WATER"]
    post.add(SITE)
    assert rows(post, views.NEEDS) == {}


def test_each_change_of_the_register_is_listed() -> None:
    post = Post(SITE)
    batch = post.batch("facility-batch", [site("F-2"), site("F-3")])
    changes = rows(post, views.REGISTER_CHANGES)
    assert list(changes.values()) == [("F-1",), ("F-2", "F-3")]
    assert rows(post, views.WATCH)[views.REGISTER_VERSION] == batch
    assert projection_register.CHANGES_MAX >= 2


def test_reports_are_listed_with_the_time_of_what_they_tell() -> None:
    post = Post()
    long = replace(STRIKE, until_at=Instant(START + DAY_US))
    post.by_hand(long)
    post.report(strike("b", day=-3), strike("a", day=2))
    (single,) = rows(post, views.REPORTS).values()
    (batch,) = rows(post, views.REPORT_BATCHES).values()
    assert {n: v for n, v in single.items() if n > 2} == {3: None, 4: "r-1", 5: START, 6: START + DAY_US}  # type: ignore[attr-defined]
    assert (batch[3], batch[5], batch[6]) == (2, START - 3 * DAY_US, START + 2 * DAY_US)  # type: ignore[index]


def test_everything_rebuilds_to_the_same_rows() -> None:
    post = Post(SITE, replace(site("F-2"), dependencies=(WATER,)))
    post.batch("facility-batch", [site("F-3"), replace(SITE, applies_from_at=START)])
    post.report(strike("a", text="Shelling of Dovhe substation."), strike("b", day=1))
    post.by_hand(replace(STRIKE, report_id=None, text="By hand."))
    assert post.write(rebuild).rows > 20
