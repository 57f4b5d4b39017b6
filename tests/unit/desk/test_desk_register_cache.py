"""A facility comes out of the journal as it was entered, alone or in a batch, now, before an entry or at an instant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.desk import batches, register_cache
from armslength.register import facility_body
from builders.two_nodes import START
from builders.watching import SITE, Post, north, site

LATER = Instant(START + DAY_US)


def test_a_facility_is_read_wherever_it_was_entered() -> None:
    post = Post(SITE)
    post.batch("facility-batch", [site(f"F-{n}", north_m=n) for n in range(2, 9)])
    found = post.look(lambda books: [register_cache.Cache(books).facility(f"F-{n}") for n in range(1, 10)])
    assert found == [SITE, *(site(f"F-{n}", north_m=n) for n in range(2, 9)), None]
    assert post.look(lambda books: list(register_cache.Cache(books).facilities())) == found[:-1]


def test_one_row_is_read_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    post.batch("facility-batch", [site(f"F-{n}") for n in range(50)])
    read = []
    alone = batches.batch_row
    monkeypatch.setattr(batches, "batch_row", lambda body, number: (read.append(number), alone(body, number))[1])
    monkeypatch.setattr(batches, "batch_rows", None)
    post.look(lambda books: register_cache.Cache(books).facility("F-33"))
    assert read == [33]


def test_versions_hold_from_their_instant() -> None:
    later = replace(SITE, place=north(5_000), applies_from_at=LATER)
    post = Post(SITE, later)

    def at(instant: int | None) -> object:
        asked = None if instant is None else Instant(instant)
        return post.look(lambda books: register_cache.Cache(books).facility("F-1", asked))

    assert [at(None), at(LATER - 1), at(LATER), at(START)] == [later, SITE, later, SITE]
    assert post.look(lambda books: register_cache.Cache(books).versions("F-1")) == [SITE, later]


def test_what_was_entered_before_an_entry_is_what_a_change_is_held_against() -> None:
    post = Post(replace(SITE, applies_from_at=LATER))
    second = post.batch("facility-batch", [replace(SITE, special_sign="DISPLAYED")])

    def before(entry: int) -> object:
        return post.look(lambda books: register_cache.Cache(books).facility_before("F-1", entry))

    assert before(second) == replace(SITE, applies_from_at=LATER)
    assert before(second + 1) == replace(SITE, special_sign="DISPLAYED")
    assert before(0) is None
    body = post.look(lambda books: register_cache.Cache(books).body_before("F-1", second + 1))
    assert body == facility_body.facility_body(replace(SITE, special_sign="DISPLAYED"))


def test_few_batches_are_kept_and_all_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_cache, "_KEPT_MAX", 2)
    post = Post()
    for n in range(5):
        post.batch("facility-batch", [site(f"F-{n}"), site(f"G-{n}")])

    def read(books: object) -> int:
        cache = register_cache.Cache(books)  # type: ignore[arg-type]
        found = [cache.facility(f"{letter}-{n}") for letter in "FG" for n in range(5)]
        assert len(cache._batches) == 2
        return sum(one is not None for one in found)

    assert post.look(read) == 10


@pytest.mark.parametrize("asked", ["", "F-9", "\udc80", "F-1\x00"])
def test_a_name_that_no_facility_can_have_is_unknown(asked: str) -> None:
    post = Post(SITE)
    assert post.look(lambda books: register_cache.Cache(books).facility(asked)) is None
    assert post.look(lambda books: register_cache.Cache(books).facility(asked, START)) is None
    assert post.look(lambda books: register_cache.Cache(books).versions(asked)) == []


def test_what_was_destroyed_is_not_read() -> None:
    post = Post(SITE)
    entry = post.batch("facility-batch", [site("F-2")])
    post.write(lambda books: books.unit.destroy(entry))
    assert post.look(lambda books: register_cache.Cache(books).facility("F-2")) is None
    assert post.look(lambda books: list(register_cache.Cache(books).facilities())) == [SITE]
