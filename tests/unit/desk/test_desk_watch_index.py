"""The register that is asked is the one in the books: now, after each change, and after what was undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.desk import views, watch_index
from armslength.register import facility_body
from armslength.register.facility_parts import Shape
from builders.two_nodes import START
from builders.watching import SITE, Post, north, site, strike


def near(post: Post, *reports: Any) -> dict[str, list[int]]:
    """Return the metres at which each site sees some reports."""
    ready = post.look(lambda books: books.watch.get(books))
    return {name: [one.distance_m for one in many] for name, many in ready.observe(reports).items()}


def test_the_register_is_made_ready_once_as_long_as_nothing_changes() -> None:
    post = Post(SITE)
    first = post.look(lambda books: books.watch.get(books))
    assert post.look(lambda books: books.watch.get(books)) is first
    assert first.site("F-1") is not None
    assert first.site("F-9") is None


def test_a_few_that_changed_are_laid_over_the_others() -> None:
    post = Post(SITE, site("F-2", north_m=200_000))
    post.look(lambda books: books.watch.get(books))
    base = post.index._base
    post.add(replace(SITE, place=north(100_000)), site("F-3", north_m=1_000))
    assert near(post, strike("a")) == {"F-3": [1_000]}
    assert near(post, strike("a", north_m=100_000), strike("b", north_m=200_000)) == {"F-1": [0], "F-2": [0]}
    assert post.index._base is base
    moved = post.look(lambda books: books.watch.get(books)).site("F-1")
    assert moved is not None
    assert moved.lat_e7 == north(100_000).lat_e7


def test_laid_over_is_what_all_made_ready_again_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(SITE, site("F-2", north_m=3_000))
    post.look(lambda books: books.watch.get(books))
    post.add(site("F-4", north_m=2_000), replace(SITE, site_radius_m=700))
    reports = [strike("a", north_m=1_000), strike("b", text="Shelling of Dovhe substation.", north_m=4_000)]
    over = post.look(lambda books: books.watch.get(books)).observe(reports)
    monkeypatch.setattr(watch_index, "OVER_MAX", 0)
    post.index._ready = None
    whole = post.look(lambda books: books.watch.get(books)).observe(reports)
    assert whole == over


def test_too_many_changes_make_all_ready_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_index, "OVER_MAX", 2)
    post = Post(SITE)
    post.look(lambda books: books.watch.get(books))
    base = post.index._base
    post.batch("facility-batch", [site(f"F-{n}", north_m=100 * n) for n in range(2, 6)])
    assert len(near(post, strike("a"))) == 5
    assert post.index._base is not base


def test_what_was_undone_is_not_asked() -> None:
    post = Post(SITE)

    class UndoneError(Exception):
        pass

    def entered_and_undone(books: Any) -> None:
        books.note("facility", "facility", facility_body.facility_body(site("F-GONE")))
        assert "F-GONE" in books.watch.get(books).observe([strike("a")])
        raise UndoneError

    post.look(lambda books: books.watch.get(books))
    for _ in range(2):
        with pytest.raises(UndoneError):
            post.write(entered_and_undone)
        assert "F-GONE" not in near(post, strike("a"))
        post.index._base = None
        post.index._ready = None
    # The next entry stands at the very index of the one that was undone.
    with pytest.raises(UndoneError):
        post.write(entered_and_undone)
    post.add(site("F-NEW"))
    assert set(near(post, strike("a"))) == {"F-1", "F-NEW"}


def test_a_large_register_is_made_ready_outside_of_the_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(SITE, site("F-2"))
    assert not post.look(post.index.large)
    monkeypatch.setattr(watch_index, "ALONE_MAX", 1)
    assert post.look(post.index.large)
    open_units = []

    def look(read: Any) -> Any:
        open_units.append("open")
        found = post.look(read)
        open_units.append("closed")
        return found

    made = post.index._whole
    monkeypatch.setattr(post.index, "_whole", lambda *given: (open_units.append("made"), made(*given))[1])
    ready = post.index.prepare(look)
    assert open_units == ["open", "closed", "made"]
    assert post.index.prepare(look) is ready
    assert post.look(lambda books: books.watch.get(books)) is ready
    assert not post.look(post.index.large)
    post.add(site("F-3"))
    assert not post.look(post.index.large)


def test_outlines_lives_names_towns_and_needs_come_out_of_the_views() -> None:
    shape = Shape(kind="LINE", parts=((((475_000_000, 345_000_000), (476_000_000, 345_000_000)),),), source="a map")
    post = Post(replace(SITE, shape=shape))
    (one,) = post.look(lambda books: list(watch_index.sites(books)))
    assert one.shape == shape
    assert (one.names, one.rings_m, one.precision_m) == (SITE.names, SITE.rings_m, 10)
    assert post.look(lambda books: list(watch_index.sites(books, ["F-9"]))) == []


def test_an_event_is_judged_by_the_register_as_of_its_own_date() -> None:
    later = replace(SITE, place=north(50_000), applies_from_at=Instant(START + 10 * DAY_US))
    post = Post(SITE, later)
    assert near(post, strike("before", day=9), strike("after", day=10)) == {"F-1": [0]}
    assert near(post, strike("before", day=9, north_m=50_000), strike("after", day=10, north_m=50_000)) == {"F-1": [0]}
    named = near(post, strike("x", day=20, north_m=40_000, text="Shelling of Dovhe substation."))
    assert named["F-1"] == [pytest.approx(10_000, abs=60)] * 2


def test_what_happened_before_the_first_version_is_held_against_that() -> None:
    post = Post(replace(SITE, applies_from_at=START))
    assert near(post, strike("before", day=-100)) == {"F-1": [0]}


def test_a_correction_of_the_same_date_takes_the_place_of_what_it_corrects() -> None:
    first = replace(SITE, applies_from_at=START)
    post = Post(SITE, first, replace(first, place=north(70_000)))
    assert near(post, strike("x", day=1), strike("y", day=-1)) == {"F-1": [0]}
    assert near(post, strike("z", day=1, north_m=70_000)) == {"F-1": [0]}


def test_many_changes_of_one_entry_are_not_listed() -> None:
    post = Post()
    post.batch("facility-batch", [site(f"F-{n}", north_m=n) for n in range(300)])
    ((_, ids),) = post.scan(views.REGISTER_CHANGES)
    assert ids is None
