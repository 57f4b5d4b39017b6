"""Replaying who is who and what was agreed: genesis, manifests, the pin of the peer, the charter and both assents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.core.errors import PeerError, VerificationError
from armslength.line import acts, charter, manifest

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.record import Verified
    from armslength.disclosure.export_reading import Shown
    from armslength.disclosure.replay_state import Ledger


def begin(ledger: Ledger, shown: Shown) -> None:
    """Put the exporter's first manifest in force: entry 0 is signed under it before entry 1 journals it.

    Raises:
        VerificationError: EXPORT-CHAIN.
    """
    if shown.index != 0 or ledger.in_force:
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, expected="genesis as entry 0, and once")
    ledger.in_force[ledger.own] = [ledger.opened.parties[ledger.own].manifests[0]]


def genesis(ledger: Ledger, shown: Shown, _author: str, verified: Verified) -> None:
    """Hold what genesis says of its party against the introduction."""
    body, first = verified.item.body, ledger.in_force[ledger.own][0]
    if (body.get(20), body.get(21), body.get(22)) != (first.party, ledger.realm.value, first.root_key_id):
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, expected=f"genesis of {first.party}")


def next_manifest(ledger: Ledger, shown: Shown, author: str, data: CborValue) -> None:
    """Put a manifest in force that an entry brings; it must be the next of the chain that the introduction holds.

    Raises:
        VerificationError: EXPORT-CHAIN.
    """
    known, introduced = ledger.in_force.get(author), ledger.opened.parties[author]
    position = next((n for n, piece in enumerate(introduced.pieces) if piece == data), None)
    if known is None or position is None:
        because = "a manifest that the introduction does not hold" if known else "a party that is not introduced"
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, party=author, because=because)
    journalled_first = author == ledger.own and position == 0 and len(known) == 1
    if journalled_first:
        return
    if position != len(known):
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, expected=len(known) + 1, got=position + 1)
    known.append(introduced.manifests[position])


def peer_pin(ledger: Ledger, shown: Shown, author: str, verified: Verified) -> None:
    """Put the peer's manifests in force as an officer pinned them after comparing fingerprints."""
    acts.verify_acts(verified, realm=ledger.realm, roster=ledger.roster(author), needed=acts.INTRODUCE)
    body, introduced = verified.item.body, ledger.opened.parties[ledger.peer]
    data = body.get(21)
    chain, pieces = manifest.verify_introduction(data if isinstance(data, bytes) else b"", ledger.realm)
    same = pieces == introduced.pieces[: len(pieces)] and body.get(20) == ledger.peer
    if not same or body.get(23) != manifest.manifest_fingerprint(chain[-1]):
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, party=ledger.peer, because="another introduction")
    known = ledger.in_force.setdefault(ledger.peer, [])
    known.extend(introduced.manifests[len(known) : len(pieces)])


def agreed_charter(ledger: Ledger, _shown: Shown, _author: str, verified: Verified) -> None:
    """Take the charter under which the line stands."""
    data = verified.item.body.get(21)
    raw = data if isinstance(data, bytes) else b""
    parsed = charter.parse_charter(raw, ledger.realm)
    roots = {party: one.newest.root_key_id for party, one in ledger.opened.parties.items()}
    if dict(parsed.parties) != roots or parsed.line_id != ledger.line:
        raise PeerError("CHARTER-PARTIES", expected=" and ".join(roots))
    ledger.charter, ledger.charter_hash = parsed, charter.charter_hash(ledger.realm, raw)


def assent(ledger: Ledger, _shown: Shown, author: str, verified: Verified) -> None:
    """Take one side's assent to the charter."""
    if ledger.charter is None or verified.item.body.get(20) != ledger.charter_hash:
        raise PeerError("CHARTER-VERSION", expected=ledger.charter_hash, got=verified.item.body.get(20))
    acts.verify_acts(verified, realm=ledger.realm, roster=ledger.roster(author), needed=acts.ASSENT)
    ledger.assented.add(author)
