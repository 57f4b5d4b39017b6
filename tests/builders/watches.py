"""A party with a roster of twelve-hour watches around the start of the tests' time, 20 November 2022, 11:00 UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builders.channel_books import with_book
from builders.local_acts import record

if TYPE_CHECKING:
    from builders.two_nodes import Party

WATCHES: list[dict[str, Any]] = [
    {
        "name": "day",
        "from": "2022-11-20T06:00:00Z",
        "until": "2022-11-20T18:00:00Z",
        "officers": [{"officer": "eucom-watch-1", "role": "watch-officer"}],
        "supervisor": "eucom-release-1",
    },
    {
        "name": "night",
        "from": "2022-11-20T18:00:00Z",
        "until": "2022-11-21T06:00:00Z",
        "officers": [{"officer": "eucom-watch-2", "role": "watch-officer"}],
        "supervisor": "eucom-principal-1",
    },
    {
        "name": "day",
        "from": "2022-11-21T06:00:00Z",
        "until": "2022-11-21T18:00:00Z",
        "officers": [{"officer": "eucom-watch-1", "role": "watch-officer"}],
    },
]
ROSTER: dict[str, Any] = {
    "roster": "2022-11",
    "time_zone": "Europe/Berlin",
    "watches": WATCHES,
    "wake": [
        {"officer": "eucom-principal-1", "how": "telephone at the bed", "deputy": "eucom-release-1"},
        {"officer": "eucom-linguist-1", "how": "duty telephone", "note": "not before 05:00"},
    ],
}


def on_watch() -> Party:
    """Return a party with the example's book and the roster; nobody has signed for the watch."""
    party = with_book()
    record(party, "roster", {"document": ROSTER})
    return party
