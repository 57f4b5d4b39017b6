"""Feeds over the API: set up by who may, listed in their shape, their refused rows with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from armslength.desk import feeds
from armslength.entrypoints.api import feeding
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.desk.books import Books
    from builders.live_node import Live

FEED = {
    "name": "firms-ua",
    "reader": "firms",
    "where": "/srv/feeds/firms",
    "every_s": 600,
    "late_after_s": 86_400,
    "rows_per_hour_max": 1_000,
}


def test_a_feed_is_set_up_and_listed_in_its_shape(home: Path) -> None:
    async def case(live: Live) -> None:
        prepared = await live.ask("watch-1", "POST", "/v1/prepare/feed", FEED)
        await live.ask("watch-1", "POST", "/v1/submit", live.submission(prepared))
        found = await live.ask("watch-1", "GET", "/v1/feeds")
        TypeAdapter(list[feeding.Feed]).validate_python(found)
        assert (found[0]["name"], found[0]["officer"], found[0]["files"]) == ("firms-ua", "eucom-watch-1", 0)
        record = live.node.service.look(lambda books: feeds.plan(books.unit, "firms-ua"))
        assert record is not None

        def refuse(books: Books) -> None:
            letters = ((3, "ROW-VALUE", "wrong"),)
            fields = {20: "firms-ua", 21: record.record, 22: ("a.csv", None, "", 1, 0, 1), 23: letters}
            books.note("feed-run", "feed-run", {**fields, 24: (), 25: (), 26: ""})

        await live.node.desk.write(refuse)
        letters = await live.ask("watch-1", "GET", "/v1/dead-letters?feed=firms-ua&limit=5")
        TypeAdapter(list[feeding.DeadLetter]).validate_python(letters)
        assert [(one["file"], one["row"], one["code"]) for one in letters] == [("a.csv", 3, "ROW-VALUE")]
        changed = await live.ask("watch-1", "POST", "/v1/prepare/feed", {"name": "firms-ua", "on": False})
        await live.ask("watch-1", "POST", "/v1/submit", live.submission(changed))
        assert not (await live.ask("watch-1", "GET", "/v1/feeds"))[0]["on"]

    run_live(home, case)


@pytest.mark.parametrize(
    ("post", "method", "path", "body", "status"),
    [
        ("linguist-1", "GET", "/v1/feeds", None, 403),
        ("linguist-1", "POST", "/v1/prepare/feed", FEED, 403),
        ("watch-1", "POST", "/v1/prepare/feed", {**FEED, "reader": "nonsense"}, 409),
        ("watch-1", "POST", "/v1/prepare/feed", {**FEED, "where": "ftp://feeds.invalid"}, 409),
        ("watch-1", "GET", "/v1/dead-letters?feed=others", None, 404),
    ],
)
def test_who_may_not_and_what_cannot_be_is_refused(
    home: Path, post: str, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    async def case(live: Live) -> None:
        async with live.client(post) as client:
            answer = await client.request(method, path, json=body)
        assert answer.status_code == status

    run_live(home, case)
