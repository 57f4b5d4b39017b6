"""An auditor's replay of one journal's entries: records by the manifest then in force, braid, receipts, exchanges.

The machines are those of the nodes (`line.braid`, `line.exchange`), which know no side. Whatever a node would have
refused on receipt is refused here, with the entry named; the account is read from the machines and from nothing that
the exporter says beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError, PeerError, VerificationError
from armslength.core.fieldmap import FieldReader
from armslength.core.record import NO_LINE, parse_item, verify_item
from armslength.disclosure import replay_nodes, replay_numbered, replay_parties
from armslength.disclosure.replay_state import Ledger
from armslength.line import acts, braid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.record import Item, Verified
    from armslength.disclosure.export_reading import Opened, Shown

    Handler = Callable[[Ledger, Shown, str, Verified], None]

RECORD_ID_BYTES: Final = 16

_TYPE_OF: Final[Mapping[str, str]] = {
    "manifest": "manifest-notice",
    "message-out": "message",
    "message-in": "message",
    "receipt-out": "receipt",
    "receipt-in": "receipt",
    "node-receipt-out": "node-receipt",
    "node-receipt-in": "node-receipt",
    "peer-checkpoint": "cosign",
    "cosignature-in": "cosign",
}
"""Kind of entry -> type of its record; the other kinds are named like their type."""

OFF_LINE_KINDS: Final = frozenset({"genesis", "manifest", "peer-pin"})
"""Kinds that an export shows although they belong to no line: who the exporter and its peer are."""

NUMBERED_KINDS: Final = frozenset({"message-out", "message-in", "receipt-out", "receipt-in"})
"""Kinds whose content must be there: without it the braid cannot be judged."""

CROSSING_KINDS: Final = NUMBERED_KINDS | {
    "charter-assent",
    "node-receipt-out",
    "node-receipt-in",
    "peer-checkpoint",
    "cosignature-in",
}
"""Kinds whose records went from one side to the other, and name the addressee."""

LINE_KINDS: Final = CROSSING_KINDS | {"charter", "conflict"}
"""Kinds of the line that are always shown: what crossed, and what was agreed. All others are private."""


def replay(opened: Opened) -> Ledger:
    """Replay the entries of an export in journal order.

    Raises:
        VerificationError: EXPORT-RECORD, EXPORT-CHAIN, EXPORT-INCOMPLETE, EXPORT-ROOT or EXPORT-COSIGNATURE; the entry
            is named, and the refusal that a node would have given stands in ``because``.
    """
    ledger = Ledger(opened)
    for shown in opened.shown:
        try:
            _take(ledger, shown)
        except ArmslengthError as error:
            if error.code.startswith("EXPORT-"):
                raise
            raise VerificationError(
                _code_for(error), entry=shown.index, kind=shown.entry.kind, because=error.code, detail=error.sentence
            ) from error
    _finish(ledger)
    return ledger


def _take(ledger: Ledger, shown: Shown) -> None:
    kind = shown.entry.kind
    if shown.content is None:
        if kind in NUMBERED_KINDS:
            raise VerificationError("EXPORT-INCOMPLETE", entry=shown.index, kind=kind, missing="its content")
        ledger.notice("WITHHELD", shown.index, kind)
        return
    item = parse_item(shown.content)
    author = _author(ledger, kind, item.body.get(3))
    _before_verifying(ledger, shown, author, item)
    verified = verify_item(
        item,
        realm=ledger.realm,
        line=shown.entry.line or NO_LINE,
        key_of=lambda key_id: ledger.sign_key(author, key_id),
        types=frozenset({_TYPE_OF.get(kind, kind)}),
    )
    _check_common(ledger, kind, author, item)
    if shown.entry.at > ledger.in_force[author][-1].valid_until:
        ledger.notice("EXPIRED", shown.index, author)
    _HANDLERS.get(kind, _private)(ledger, shown, author, verified)


def _author(ledger: Ledger, kind: str, said: CborValue) -> str:
    """Return whose record this kind of entry holds; the record must say the same."""
    if kind in {"manifest", "charter-assent"}:
        author = ledger.peer if said == ledger.peer else ledger.own
    else:
        author = ledger.peer if kind.endswith("-in") else ledger.own
    if said != author:
        raise PeerError("RECORD-AUTHOR", expected=author, got=said)
    return author


def _before_verifying(ledger: Ledger, shown: Shown, author: str, item: Item) -> None:
    kind = shown.entry.kind
    if kind != "genesis" and not ledger.in_force:
        raise VerificationError("EXPORT-INCOMPLETE", entry=shown.index, missing="genesis")
    if kind in LINE_KINDS and shown.entry.line != ledger.line:
        raise PeerError("RECORD-LINE", expected=ledger.line, got=shown.entry.line or b"")
    if kind == "genesis":
        replay_parties.begin(ledger, shown)
    elif kind == "manifest":
        # A manifest may bring the very key under which its notice is signed; the party root vouches for it.
        replay_parties.next_manifest(ledger, shown, author, item.body.get(20))


def _check_common(ledger: Ledger, kind: str, author: str, item: Item) -> None:
    read = FieldReader(item.body, "RECORD-MALFORMED")
    read.octets(1, RECORD_ID_BYTES)
    read.instant(2)
    receiver, addressees = ledger.other(author), read.value(4)
    if kind in CROSSING_KINDS and (not isinstance(addressees, tuple) or receiver not in addressees):
        raise PeerError("RECORD-ADDRESSEE", expected=receiver, got=addressees)


def _nothing(_ledger: Ledger, _shown: Shown, _author: str, _verified: Verified) -> None:
    """What such an entry says was checked before."""


def _conflict(ledger: Ledger, shown: Shown, _author: str, verified: Verified) -> None:
    ledger.notice("CONFLICT", shown.index, str(verified.item.body.get(20)))


def _private(ledger: Ledger, shown: Shown, author: str, verified: Verified) -> None:
    """An entry that stayed at home: the exporter signed it, and its officers where they did; it binds nobody else."""
    acts.verify_acts(verified, realm=ledger.realm, roster=ledger.roster(author), needed=None)
    ledger.private.append((shown.index, shown.entry.kind))


_HANDLERS: Final[Mapping[str, Handler]] = {
    "genesis": replay_parties.genesis,
    "manifest": _nothing,
    "peer-pin": replay_parties.peer_pin,
    "charter": replay_parties.agreed_charter,
    "charter-assent": replay_parties.assent,
    "message-out": replay_numbered.numbered,
    "message-in": replay_numbered.numbered,
    "receipt-out": replay_numbered.numbered,
    "receipt-in": replay_numbered.numbered,
    "node-receipt-out": replay_nodes.node_receipt,
    "node-receipt-in": replay_nodes.node_receipt,
    "peer-checkpoint": replay_nodes.cosign,
    "cosignature-in": replay_nodes.cosign,
    "conflict": _conflict,
}

_CHAIN_PREFIXES: Final = ("BRAID-", "MANIFEST-", "CHARTER-", "CHECKPOINT-FORK")


def _code_for(error: ArmslengthError) -> str:
    """Return how an auditor names a refusal: by what it says about the whole."""
    if error.code == "RECEIPT-UNKNOWN-ENVELOPE":
        return "EXPORT-INCOMPLETE"
    return "EXPORT-CHAIN" if error.code.startswith(_CHAIN_PREFIXES) else "EXPORT-RECORD"


def _finish(ledger: Ledger) -> None:
    """Check that what an export must show was shown."""
    opened = ledger.opened
    for party, introduced in opened.parties.items():
        known = len(ledger.in_force.get(party, ()))
        if known == 0:
            raise VerificationError("EXPORT-INCOMPLETE", missing=f"the entry by which {party} is known")
        if known != len(introduced.manifests):
            raise VerificationError("EXPORT-CHAIN", party=party, expected=len(introduced.manifests), got=known)
    if ledger.charter is None:
        raise VerificationError("EXPORT-INCOMPLETE", missing="the entry of the line's charter")
    if ledger.charter_hash != opened.head.charter:
        raise VerificationError("EXPORT-CHAIN", expected=opened.head.charter, got=ledger.charter_hash)
    for file, text, seen in (
        ("cosigned", opened.cosigned, ledger.cosigned),
        ("peer-checkpoint", opened.peer_checkpoint, ledger.peer_cosigned),
    ):
        if text != (seen.note if seen is not None else None):
            raise VerificationError("EXPORT-COSIGNATURE", file=file, because="not the newest of the entries")
    if ledger.private:
        ledger.notice("PRIVATE", None, f"{len(ledger.private)}")
    for number in braid.missing_numbers(ledger.direction(ledger.peer)):
        ledger.notice("GAP", None, f"{ledger.peer} {number}")
