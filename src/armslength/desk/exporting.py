"""Exporting one line: reading the journal for what the line's two parties may see of it, and signing it afresh.

Disclosed is what crossed the line, what was agreed, and by whom each party is known. Other lines, other peers and what
stayed at home - drafts, checks, reports, concerns, alarms - are not, unless the latter is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.record import parse_item
from armslength.desk import cast, checkpoints, views
from armslength.disclosure.export_files import ENTRIES_MAX, LEAVES_MAX, Disclosed, Head, Pieces, build_export
from armslength.disclosure.replay import LINE_KINDS, OFF_LINE_KINDS
from armslength.journal import entry as entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.journal.entry import Entry

_PARTY_OF: Final = {"genesis": 20, "manifest": 3, "peer-pin": 20}
"""Kind of an entry that belongs to no line -> body field that names the party it speaks of."""


def export_line(books: Books, line_id: bytes, *, include_private: bool = False) -> dict[str, bytes]:
    """Return an export of one line: file names and bytes, with a checkpoint signed now.

    Args:
        books: a reading unit is enough; nothing is entered.
        line_id: the line.
        include_private: show entries of this line that stayed at home too.

    Raises:
        PeerError: LINE-UNKNOWN.
        LocalError: JOURNAL-RANGE, the journal or the line is larger than an export may be.
    """
    pieces = line_pieces(books, line_id, include_private=include_private)
    return build_export(pieces, lambda message: books.keys.sign("log", message))


def line_pieces(books: Books, line_id: bytes, *, include_private: bool = False) -> Pieces:
    """Return what an export of one line is made of; arguments and errors are those of `export_line`."""
    line = books.line(line_id)
    ours, theirs = books.manifest(), books.manifest(line.peer)
    size = books.unit.frontier().size
    if size > LEAVES_MAX:
        raise LocalError("JOURNAL-RANGE", at_most=LEAVES_MAX, got=size)
    disclosed = tuple(_disclosed(books, line, size, include_private=include_private))
    if len(disclosed) > ENTRIES_MAX:
        raise LocalError("JOURNAL-RANGE", at_most=ENTRIES_MAX, got=len(disclosed))
    return Pieces(
        head=Head(
            realm=books.realm,
            party=books.party,
            line=line_id,
            made_at=books.now,
            size=size,
            charter=line.charter_hash,
        ),
        origin=checkpoints.origin(ours),
        log_key=ours.node_keys["log"].verifier(),
        introductions={one.party: cast.introduction(books.unit, one.party) for one in (ours, theirs)},
        leaf_hashes=books.unit.leaf_hashes(0, size),
        entries=disclosed,
        cosigned=_note(views.row(books.unit, views.COSIGNED, line_id)),
        peer_checkpoint=_note(views.row(books.unit, views.WITNESS, line_id)),
    )


def _note(row: views.Row | None) -> str | None:
    return None if row is None else str(row[3])


def _disclosed(books: Books, line: LineView, size: int, *, include_private: bool) -> Iterator[Disclosed]:
    for index in range(size):
        leaf = books.unit.leaf(index)
        entry = entries.parse_leaf(leaf)
        on_line = entry.line == line.line and (include_private or entry.kind in LINE_KINDS)
        if not on_line and entry.kind not in OFF_LINE_KINDS:
            continue
        content = books.unit.content(index)
        if not on_line and not _speaks_of(entry, content, {books.party, line.peer}):
            continue
        blind, data = content if content is not None else (None, None)
        yield Disclosed(index=index, leaf=leaf, blind=blind, content=data)


def _speaks_of(entry: Entry, content: tuple[bytes, bytes] | None, parties: set[str]) -> bool:
    """Whether an entry of no line, or a manifest that came by another line, is about one of these parties."""
    if content is None:
        return entry.line is None
    try:
        said: CborValue = parse_item(content[1]).body.get(_PARTY_OF[entry.kind])
    except ArmslengthError as error:
        raise LocalError("STORE-DAMAGED", because=error.code) from error
    return said in parties
