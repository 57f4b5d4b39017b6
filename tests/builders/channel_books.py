"""A party alone with the channel book of the example: the five channels of 2022."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.desk.service_book import records_of
from builders.local_acts import record
from builders.two_nodes import RELEASER, WATCH, Party, Time

if TYPE_CHECKING:
    from collections.abc import Mapping

BOOK = Path("src/armslength/entrypoints/demo_data/contacts_2022/channels.json")
POSTS = {"ladder": RELEASER}


def book() -> dict[str, Any]:
    """Return the example's book as it stands in its file."""
    found: dict[str, Any] = json.loads(BOOK.read_text(encoding="utf-8"))
    return found


def document(of: str = "eucom-ndmc", **changes: object) -> dict[str, Any]:
    """Return one channel's document, with changes."""
    found: dict[str, Any] = next(one for one in book()["channels"] if one["channel"] == of)
    return {**found, **changes}


def founded(code: str = "EUCOM") -> Party:
    """Return a party that never had a peer."""
    party = Party(code=code, time=Time())
    party.found()
    return party


def with_book(code: str = "EUCOM") -> Party:
    """Return a party whose book is the example's."""
    party = founded(code)
    for kind, given in records_of(book(), "example"):
        record(party, kind, given, POSTS.get(kind, WATCH))
    return party


def refusal(party: Party, kind: str, given: Mapping[str, Any], post: str = WATCH) -> str:
    """Return the code of what refuses a record, empty when it is entered."""
    try:
        record(party, kind, given, post)
    except LocalError as error:
        return error.code
    return ""
