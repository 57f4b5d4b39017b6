"""The keys of the views of notices, and what a draft of one must still be."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US
from armslength.desk import views

if TYPE_CHECKING:
    from armslength.desk.ports import Unit


def party_key(party: str, number: str) -> bytes:
    """Return the key of one party's state of one notice."""
    return party.encode() + b"\x00" + number.encode()


def version_key(number: str, version: int) -> bytes:
    """Return the key of one version of a notice."""
    return number.encode() + b"\x00" + version.to_bytes(4, "big")


def due_key(valid_until: int, batch: str) -> bytes:
    """Return the key of the notices of a batch that lapse within one hour: they are spoken of together."""
    return (valid_until // HOUR_US).to_bytes(8, "big") + batch.encode()


def require_current(unit: Unit, draft: bytes) -> None:
    """Refuse the draft of a notice that has changed since: a party must not be told what no longer holds.

    Raises:
        LocalError: NOTICE-CHANGED.
    """
    link = unit.get(views.NOTICE_LINKS, b"d" + draft)
    if not isinstance(link, tuple):
        return
    number, _, version = cast("tuple[str, str, int]", link)
    row = views.row(unit, views.NOTICES, number.encode())
    if row is None or row[4] != version:
        raise LocalError("NOTICE-CHANGED", notice=number, expected=None if row is None else row[4], got=version)
