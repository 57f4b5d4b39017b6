"""What an officer records at home, through the same tables as every face: prepared, signed, submitted in one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.desk import local_records, watching
from armslength.desk.policy import LOCAL_ACTS
from builders.two_nodes import WATCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from builders.two_nodes import Party

MAKERS = local_records.MAKERS
SUBMITS = local_records.SUBMITS


def enter(books: Books, party: Party, kind: str, given: Mapping[str, Any], post: str = WATCH) -> dict[int, CborValue]:
    """Record something in an open unit; return its body."""
    prepared = MAKERS[kind](books, party.officer(post), given)
    act, _ = LOCAL_ACTS[prepared.type]
    SUBMITS.get(prepared.type, watching.submit_local)(books, party.signed(prepared, act, post))
    return dict(prepared.body)


def record(party: Party, kind: str, given: Mapping[str, Any], post: str = WATCH) -> dict[int, CborValue]:
    """Record something in a unit of its own; return its body."""
    with party.write() as books:
        return enter(books, party, kind, given, post)
