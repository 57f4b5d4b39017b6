"""The map's columns: what belongs together stands at one index, and an answer is made once a state of the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from armslength.core.instants import DAY_US, Instant
from armslength.desk import service_map
from armslength.register.facilities import Dependency
from armslength.register.facility_parts import Shape
from builders import watching
from builders.two_nodes import START
from builders.watching import SITE, Post, site, strike

if TYPE_CHECKING:
    import pytest

SQUARE = ((475_000_000, 345_000_000), (475_100_000, 345_000_000), (475_100_000, 345_100_000))
NEED = Dependency(on="F-1", kind="OFF-SITE-POWER", note="", source="a map")


def _map(post: Post, language: str = "en", known: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(post.look(lambda books: service_map.read_map(books, language, known)))
    return found


def test_a_facility_stands_at_one_index_of_every_column() -> None:
    drawn = site("F-2", north_m=2_000, shape=Shape(kind="POLYGON", parts=((SQUARE,),), source="a map"))
    post = Post(SITE, drawn, site("F-3", north_m=9_000, kind="DAM", rings_m=(1_000,), dependencies=(NEED,)))
    columns = _map(post)["columns"]
    assert columns["id"] == ["F-1", "F-2", "F-3"]
    assert columns["name"] == ["Dovhe substation", "Place 2 office", "Place 3 office"]
    assert [columns["kinds"][at] for at in columns["kind"]] == ["SUBSTATION", "SUBSTATION", "DAM"]
    assert [columns["rings_m"][at] for at in columns["rings"]] == [[5_000, 10_000], [5_000, 10_000], [1_000]]
    assert [columns["signs"][at] for at in columns["sign"]] == [SITE.special_sign] * 3
    assert columns["lat_e7"][0] == SITE.place.lat_e7
    assert columns["lon_e7"][0] == SITE.place.lon_e7
    assert columns["needs"] == [[2, "F-1", "OFF-SITE-POWER"]]
    assert columns["outlines"] == [{"facility": 1, "kind": "POLYGON", "parts": [[list(point) for point in SQUARE]]}]


def test_names_are_given_in_the_language_asked_for_where_there_is_one() -> None:
    post = Post(SITE, site("F-2"))
    assert _map(post, "uk")["columns"]["name"] == ["підстанція Довге", "Place 2 office"]
    assert _map(post, "fr")["columns"]["name"] == ["Dovhe substation", "Place 2 office"]


def test_the_names_in_other_languages_stand_beside_so_that_a_place_is_found_by_each() -> None:
    post = Post(SITE, site("F-2"))
    assert _map(post, "uk")["columns"]["also"] == [[0, "Dovhe substation"]]
    assert _map(post, "en")["columns"]["also"] == [[0, "підстанція Довге"]]


def test_a_version_that_is_held_brings_nothing_until_the_register_changes() -> None:
    post = Post(SITE)
    first = _map(post)
    assert _map(post, known=first["version"]) == {"version": first["version"], "columns": None}
    # Another language is another answer, and a report changes none.
    assert _map(post, "uk", first["version"])["columns"] is not None
    post.report(strike("r-1"))
    assert _map(post, known=first["version"])["columns"] is None
    post.add(site("F-2"))
    assert _map(post, known=first["version"])["columns"]["id"] == ["F-1", "F-2"]


def test_an_empty_register_has_empty_columns() -> None:
    columns = _map(Post())["columns"]
    assert {len(value) for value in columns.values()} == {0}


def test_outlines_that_are_too_many_points_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_map, "OUTLINE_POINTS_MAX", 5)
    shape = Shape(kind="POLYGON", parts=((SQUARE,),), source="a map")
    columns = _map(Post(site("F-1", shape=shape), site("F-2", shape=shape)))["columns"]
    assert [one["facility"] for one in columns["outlines"]] == [0]


def _reports(post: Post, *days: int, limit: int = 100) -> dict[str, Any]:
    since, until = (Instant(START + day * DAY_US) for day in days)
    found: dict[str, Any] = post.look(lambda books: service_map.read_map_reports(books, since, until, limit))
    return found


def test_reports_of_an_interval_stand_in_the_order_of_what_happened() -> None:
    post = Post(SITE)
    post.report(strike("r-3", day=3), strike("r-1", day=1, uncertainty_m=700, place_name="Dovhe"), strike("r-9", day=9))
    post.by_hand(strike("r-2", day=2, kind=watching.ReportKind.DENIAL))
    found = _reports(post, 0, 5)
    assert found["id"] == ["r-1", "r-2", "r-3"]
    assert [found["kinds"][at] for at in found["kind"]] == ["EVENT", "DENIAL", "EVENT"]
    assert [found["whats"][at] for at in found["what"]] == ["SHELLING"] * 3
    assert found["title"] == ["Dovhe", "", ""]
    assert found["uncertainty_m"] == [700, 100, 100]
    assert found["from_ms"][0] == (START + DAY_US) // 1_000
    assert not found["more"]


def test_more_reports_than_asked_for_are_said_to_be_more() -> None:
    post = Post(SITE)
    post.report(*(strike(f"r-{number}", day=number) for number in range(5)))
    found = _reports(post, 0, 9, limit=2)
    assert (len(found["id"]), found["more"]) == (2, True)
    assert _reports(post, 0, 9, limit=0)["id"] == []


def test_a_cited_report_that_stands_twice_is_shown_once() -> None:
    post = Post(SITE)
    post.report(*(strike(f"r-{number}", text=f"Shelling of the Dovhe substation, {number}.") for number in range(3)))
    found = _reports(post, -1, 1)
    assert sorted(found["id"]) == ["r-0", "r-1", "r-2"]


def test_columns_of_batches_are_kept_but_not_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_map, "BATCHES_KEPT", 1)
    post = Post(SITE)
    post.report(strike("r-1"))
    post.report(strike("r-2"))
    assert _reports(post, -1, 1) == _reports(post, -1, 1)
