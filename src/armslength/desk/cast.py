"""Who is who, read from the views: parties, lines, charters, rosters. Parsed once, kept by their bytes.

Manifests and charters are verified when they enter the journal; here they are only read again, so the parse may be
cached by content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from armslength.core import cbor, cose
from armslength.core.errors import LocalError, PeerError
from armslength.core.record import RECORD_LABELS
from armslength.desk import views
from armslength.line import charter as charters
from armslength.line import manifest as manifests

if TYPE_CHECKING:
    from armslength.core.attestation import Roster
    from armslength.core.realm import Realm
    from armslength.desk.ports import Unit
    from armslength.line.charter import Charter
    from armslength.line.manifest import Manifest

OWN = "own-party"
"""Name of the setting that holds our party code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line as the desk works with it."""

    line: bytes
    peer: str
    charter: Charter
    charter_hash: bytes
    assented_by_us: bool
    assented_by_them: bool
    frozen: str | None

    @property
    def open(self) -> bool:
        """Tell whether both assents are in the journal."""
        return self.assented_by_us and self.assented_by_them


@lru_cache(maxsize=64)
def parsed_manifest(data: bytes, realm: Realm) -> Manifest:
    """Return a manifest that was verified when it entered the journal."""
    payload = cose.parse_sign1(data, size_max=manifests.MANIFEST_BYTES_MAX, understood=RECORD_LABELS).payload
    return manifests.parse_payload(payload or b"", realm)


@lru_cache(maxsize=64)
def _roster(data: bytes, realm: Realm) -> Roster:
    return parsed_manifest(data, realm).roster()


@lru_cache(maxsize=256)
def _charter(data: bytes, realm: Realm) -> tuple[Charter, bytes]:
    return charters.parse_charter(data, realm), charters.charter_hash(realm, data)


def manifest_bytes(unit: Unit, party: str, sequence: int | None = None) -> bytes:
    """Return a party's manifest bytes, the newest when no sequence is named.

    Raises:
        PeerError: PARTY-UNKNOWN.
    """
    if sequence is None:
        row = views.row(unit, views.PARTIES, party.encode())
        if row is None:
            raise PeerError("PARTY-UNKNOWN", party=party)
        sequence = row[1]
    data = unit.get(views.MANIFESTS, views.manifest_key(party, sequence))
    if not isinstance(data, bytes):
        raise PeerError("PARTY-UNKNOWN", party=party, sequence=sequence)
    return data


def manifest(unit: Unit, party: str, realm: Realm) -> Manifest:
    """Return a party's manifest in force."""
    return parsed_manifest(manifest_bytes(unit, party), realm)


def roster(unit: Unit, party: str, realm: Realm) -> Roster:
    """Return who may act for a party now."""
    return _roster(manifest_bytes(unit, party), realm)


def introduction(unit: Unit, party: str) -> bytes:
    """Return the introduction file (manifest chain) of a party."""
    chain = [value for _, value in unit.scan(views.MANIFESTS, party.encode() + b"\x00")]
    return cbor.encode(tuple(chain))


def line(unit: Unit, line_id: bytes, realm: Realm) -> LineView:
    """Return a line.

    Raises:
        PeerError: LINE-UNKNOWN.
    """
    row = views.row(unit, views.LINES, line_id)
    if row is None:
        raise PeerError("LINE-UNKNOWN", line=line_id)
    charter, charter_hash = _charter(row[5], realm)
    return LineView(
        line=line_id,
        peer=row[1],
        charter=charter,
        charter_hash=charter_hash,
        assented_by_us=row[3],
        assented_by_them=row[4],
        frozen=row.get(7),
    )


def lines(unit: Unit, realm: Realm) -> list[LineView]:
    """Return every line of this node, by id."""
    return [line(unit, key, realm) for key, _ in unit.scan(views.LINES)]


def find_line(unit: Unit, realm: Realm, name: str | None) -> LineView:
    """Return the line that a person means: by peer's party code or the start of its hex id; the only one when unnamed.

    Raises:
        LocalError: LINE-NOT-FOUND.
    """
    found = [
        one
        for one in lines(unit, realm)
        if name is None or one.peer == name.upper() or one.line.hex().startswith(name.lower())
    ]
    if len(found) != 1:
        known = ", ".join(f"{one.peer} ({one.line.hex()[:8]})" for one in lines(unit, realm)) or "none"
        raise LocalError("LINE-NOT-FOUND", asked=name or "(not named)", known=known)
    return found[0]
