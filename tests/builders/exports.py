"""Exports for tests: an honest one of either side, and what a hostile exporter with its own node keys makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from armslength.core.record import Item, build_item, encode_item, parse_item
from armslength.desk.books import key_id_of
from armslength.desk.exporting import export_line, line_pieces
from armslength.disclosure import export_files
from armslength.disclosure.export_files import Disclosed, Pieces, build_export
from armslength.journal import entry as entries
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.disclosure.export_files import Head
    from builders.two_nodes import Party

BLIND = bytes(range(32))


def exported(party: Party, line: bytes, *, include_private: bool = False) -> dict[str, bytes]:
    """Return the party's export of a line."""
    with party.read() as books:
        return export_line(books, line, include_private=include_private)


def resigned(files: Mapping[str, bytes], party: Party, line: bytes) -> dict[str, bytes]:
    """Return the files with a new MANIFEST that the party's own log key signed."""
    kept = {name: data for name, data in files.items() if name != export_files.MANIFEST}
    with party.read() as books:
        pieces = line_pieces(books, line)
    return {**kept, export_files.MANIFEST: export_files.sign_files(kept, pieces, party_signs(party))}


def party_signs(party: Party) -> Callable[[bytes], bytes]:
    """Return the signature function of the party's log key."""
    return lambda message: party.keys.sign("log", message)


@dataclass(kw_only=True)
class Forger:
    """A hostile exporter: changes the pieces of an honest export and signs everything anew with its own keys."""

    party: Party
    pieces: Pieces

    @classmethod
    def of(cls, party: Party, line: bytes) -> Forger:
        """Begin with what an honest export would be made of."""
        with party.read() as books:
            return cls(party=party, pieces=line_pieces(books, line))

    def files(self) -> dict[str, bytes]:
        """Return the forged export."""
        return build_export(self.pieces, party_signs(self.party))

    def index(self, kind: str, nth: int = 0) -> int:
        """Return the journal index of the nth entry shown of a kind."""
        return [one.index for one in self.pieces.entries if entries.parse_leaf(one.leaf).kind == kind][nth]

    def item(self, index: int) -> Item:
        """Return the record of an entry shown."""
        content = next(one.content for one in self.pieces.entries if one.index == index)
        assert content is not None, "content withheld"
        return parse_item(content)

    def leave_out(self, *indexes: int) -> Forger:
        """Do not show these entries; the journal stays as it is."""
        kept = tuple(one for one in self.pieces.entries if one.index not in indexes)
        return self._with(entries=kept)

    def withhold(self, index: int) -> Forger:
        """Show an entry without its content, as if that had been destroyed."""
        changed = tuple(
            replace(one, blind=None, content=None) if one.index == index else one for one in self.pieces.entries
        )
        return self._with(entries=changed)

    def rewrite(self, index: int, item: Item) -> Forger:
        """Put another record in an entry's place, in a journal made anew around it."""
        shown = next(one for one in self.pieces.entries if one.index == index)
        return self._replace_entry(self._entry(shown, encode_item(item)))

    def add(self, kind: str, item: Item, line: bytes | None = None) -> Forger:
        """Append an entry to the journal."""
        last = entries.parse_leaf(self.pieces.entries[-1].leaf)
        content, index = encode_item(item), len(self.pieces.leaf_hashes)
        entry = entries.Entry(
            kind=kind,
            at=last.at,
            line=self.pieces.head.line if line is None else line or None,
            commitment=entries.commitment(BLIND, content),
        )
        made = Disclosed(index=index, leaf=entries.encode_leaf(entry), blind=BLIND, content=content)
        hashes = (*self.pieces.leaf_hashes, tree.leaf_hash(made.leaf))
        return self._with(
            entries=(*self.pieces.entries, made),
            leaf_hashes=hashes,
            head=replace(self.pieces.head, size=len(hashes)),
        )

    def swap(self, one: int, other: int) -> Forger:
        """Let two entries change places, in a journal made anew around them."""
        held = {entry.index: entry for entry in self.pieces.entries}
        moved = self._replace_entry(replace(held[other], index=one))
        return moved._replace_entry(replace(held[one], index=other))

    def head(self, **changes: Any) -> Forger:
        """Say other things in the head."""
        head: Head = replace(self.pieces.head, **changes)
        return self._with(head=head)

    def note(self, **notes: str | None) -> Forger:
        """Show other cosigned notes than the newest."""
        return self._with(**notes)

    def signed(self, item: Item, **changes: Any) -> Item:
        """Return a record like this one with other parts, signed anew by the forger's node key."""
        header = _header(item)
        given = {name: getattr(item, name) for name in ("body", "body_seed", "link", "link_seed", "acts")}
        return build_item(
            self.pieces.head.realm,
            changes.pop("record_type", header[0]),
            changes.pop("line", header[1]),
            key_id=key_id_of(self.party.keys),
            sign=lambda message: self.party.keys.sign("sign", message),
            **{**given, **changes},
        ).item

    def _replace_entry(self, made: Disclosed) -> Forger:
        shown = tuple(made if one.index == made.index else one for one in self.pieces.entries)
        hashes = list(self.pieces.leaf_hashes)
        hashes[made.index] = tree.leaf_hash(made.leaf)
        return self._with(entries=shown, leaf_hashes=tuple(hashes))

    def _entry(self, shown: Disclosed, content: bytes) -> Disclosed:
        entry = replace(entries.parse_leaf(shown.leaf), commitment=entries.commitment(BLIND, content))
        return replace(shown, leaf=entries.encode_leaf(entry), blind=BLIND, content=content)

    def _with(self, **changes: Any) -> Forger:
        return Forger(party=self.party, pieces=replace(self.pieces, **changes))


def _header(item: Item) -> tuple[str, bytes]:
    from armslength.core import cose
    from armslength.core.record import ITEM_BYTES_MAX, RECORD_LABELS, parse_header

    header = parse_header(cose.parse_sign1(item.envelope, size_max=ITEM_BYTES_MAX, understood=RECORD_LABELS))
    return header.type, header.line
