"""Rebuilding: every view made again from the journal, and held against the live one to the byte.

Truth is the journal's entries plus their contents. The rebuild runs in one writing unit: when the first difference is
found, the unit is undone and the live views stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from armslength.core import cbor, cose
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.limits import ITEM_BYTES_MAX
from armslength.core.record import RECORD_LABELS, parse_header, parse_item, verify_item
from armslength.desk import cast, views
from armslength.desk.projection import project
from armslength.journal.entry import parse_leaf, verify_content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.record import Verified
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit
    from armslength.journal.entry import Entry

RowKey = tuple[str, bytes]
"""View and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild came to: entries replayed, entries whose content was destroyed, rows that are equal."""

    entries: int
    destroyed: int
    rows: int


def rebuild(books: Books) -> Rebuilt:
    """Make every view again from the journal inside this unit.

    Args:
        books: of a writing unit; leaving it with the error undoes everything.

    Raises:
        LocalError: REBUILD-DIFFERS naming the first row that is not the same; REBUILD-ENTRY naming an entry that does
            not hold.
    """
    unit = books.unit
    before = _digests(unit)
    keys = _sign_keys(books)
    unit.clear_views()
    size, destroyed = unit.frontier().size, 0
    for index in range(size):
        if not _replay(books, index, keys):
            destroyed += 1
    _require_equal(before, _digests(unit), destroyed)
    return Rebuilt(entries=size, destroyed=destroyed, rows=len(before))


def _replay(books: Books, index: int, keys: Mapping[bytes, cose.VerifyKey]) -> bool:
    """Project one entry; False when its content was destroyed, so that nothing can be read from it."""
    entry = parse_leaf(books.unit.leaf(index))
    held = books.unit.content(index)
    if held is None:
        return False
    try:
        verified = _verified(books, entry, held, keys)
    except ArmslengthError as error:
        raise LocalError("REBUILD-ENTRY", index=index, kind=entry.kind, because=error.code) from error
    project(books.unit, index, entry, verified, realm=books.realm, own=books.party)
    return True


def _verified(books: Books, entry: Entry, held: tuple[bytes, bytes], keys: Mapping[bytes, cose.VerifyKey]) -> Verified:
    blind, content = held
    verify_content(entry, blind, content)
    item = parse_item(content)
    header = parse_header(cose.parse_sign1(item.envelope, size_max=ITEM_BYTES_MAX, understood=RECORD_LABELS))

    def key_of(key_id: bytes) -> cose.VerifyKey:
        if key_id not in keys:
            raise LocalError("REBUILD-ENTRY", kind=entry.kind, key=key_id)
        return keys[key_id]

    return verify_item(item, realm=books.realm, line=header.line, key_of=key_of, types=frozenset({header.type}))


def _sign_keys(books: Books) -> dict[bytes, cose.VerifyKey]:
    """Return the record-signing keys of every manifest ever entered, ours included, by key id."""
    found = {}
    for _, data in books.unit.scan(views.MANIFESTS):
        if isinstance(data, bytes):
            key = cast.parsed_manifest(data, books.realm).node_keys["sign"]
            found[key.kid] = key.verifier()
    return found


def _digests(unit: Unit) -> dict[RowKey, bytes]:
    # A digest a row keeps the comparison small however long the texts are.
    return {(row.view, row.key): sha256(cbor.encode((row.value, row.due))).digest() for row in unit.dump_views()}


def _require_equal(before: Mapping[RowKey, bytes], after: Mapping[RowKey, bytes], destroyed: int) -> None:
    for view, key in sorted(before.keys() | after.keys()):
        was, now = before.get((view, key)), after.get((view, key))
        if was != now:
            raise LocalError("REBUILD-DIFFERS", view=view, key=key, how=_how(was, now), destroyed_entries=destroyed)


def _how(was: bytes | None, now: bytes | None) -> str:
    if was is None:
        return "only in the rebuilt view"
    return "only in the live view" if now is None else "another value"
