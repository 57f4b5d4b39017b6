"""A journal entry: what kind of thing was recorded, when, on which line, and a commitment to its content.

The leaf of the tree is these four and nothing more, so that the journal can be shown and proven without its contents,
and still verifies after a content was destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from armslength.core import cbor
from armslength.core.errors import LocalError, PeerError, VerificationError
from armslength.core.realm import PRODUCT_DOMAIN

BLIND_BYTES: Final = 32
"""The blinding of a commitment: with it, guessing likely contents against a shown leaf is hopeless (abuse case 50)."""

COMMITMENT_BYTES: Final = 32
"""SHA-256."""

LINE_ID_BYTES_MAX: Final = 64
"""A line's id is a hash or shorter; the bound keeps a leaf below `LEAF_BYTES_MAX`."""

LEAF_BYTES_MAX: Final = 192
"""Four short fields; a longer leaf is not ours and is refused before it is read."""

AT_MAX: Final = 2**63 - 1
"""Microseconds since 1970 fit a signed 64-bit column."""

ENTRY_KINDS: Final[dict[str, str]] = {
    "alarm": "The node raised an alarm.",
    "alarm-accepted": "An officer accepted an alarm; the peer learns nothing of it.",
    "alarm-ended": "What an alarm was raised for is over, as the node saw it; nobody accepted it by this.",
    "alarm-notified": "Somebody was notified of an alarm, and how.",
    "alarm-passed": "An officer passed an alarm on to a named post or officer, who has yet to accept it.",
    "alarm-shelved": "An alarm was asked to be shelved for a time, was shelved by a second person, or was taken down.",
    "charter": "A version of a line's charter was proposed or became valid.",
    "charter-assent": "A party assented to a version of the charter.",
    "check": "The linguist, the legal adviser or a second person checked a draft.",
    "concern": "A concern was opened.",
    "concern-step": "A concern was assessed, corroborated, held, conveyed or closed.",
    "conflict": "Two accounts or signed statements that cannot both hold, kept side by side.",
    "closed-read": "An officer read a closed record; one entry an officer, record and hour.",
    "contact": "A contact by any channel, attempted or made.",
    "cosignature-in": "The peer cosigned a checkpoint of this journal.",
    "deadline": "A deadline was set, met or missed.",
    "decision": "A person decided, with the reason.",
    "delegation": "An authority to release was delegated, used or countersigned.",
    "destroyed": "A content was destroyed; its entry and commitment remain.",
    "draft": "A draft was submitted for checking.",
    "facility": "A record of the register was entered or corrected.",
    "facility-batch": "Records of the register were entered from a file.",
    "map-layer": "A layer of borders, places or waters was put on this node's maps, or taken away.",
    "feed": "An officer set up a feed of reports, changed it or switched it off.",
    "feed-run": "The node read a file of a feed, or a trouble of a feed began or ended.",
    "genesis": "The journal begins: party, realm and node.",
    "list": "A date of the yearly exchange of lists was set, or our own list was fixed for it.",
    "import": "An officer entered a file of reports or facilities.",
    "manifest": "A version of this party's manifest of keys, officers and bearers.",
    "message-in": "A message of the peer was accepted.",
    "message-out": "A message was released.",
    "node-receipt-in": "The peer's node holds our message (R0).",
    "node-receipt-out": "This node holds a message of the peer and says so (R0).",
    "officer-approval": "An officer approved or refused a change of officers or their keys.",
    "officer-change": "A change of officers or their keys was proposed, or a key was registered with a code.",
    "outbox": "A route of delivery was tried, changed or given up.",
    "peer-checkpoint": "A checkpoint of the peer's journal was verified.",
    "peer-pin": "The peer's root key was pinned at the introduction, changed or revoked.",
    "receipt-in": "An officer's receipt of the peer was accepted (R1 to R4).",
    "receipt-out": "An officer here signed a receipt (R1 to R4).",
    "refused": "Something from outside was refused, and why.",
    "report": "A report or a batch of reports was entered.",
    "report-batch": "Reports were entered from a file or a feed.",
    "rules": "An officer put rules of the watch in force.",
    "session": "A session of the line was declared or observed in another state.",
    "window": "A window of silence was recorded.",
    "window-step": "A step was taken on a window of silence: assurance, green, crews, violation, abort, closure.",
    "channel": "A channel of the book was entered or corrected.",
    "channel-state": "The state of a channel was declared by a side, or observed here.",
    "ladder": "The ladder of a subject was set: which channel after which, and what when nobody answers.",
    "rung": "A next rung was proposed when a deadline passed, or a person answered a proposal.",
    "check-plan": "The plan of a channel's line checks was set.",
    "line-check": "A line was checked, or its check was missed.",
    "call": "A call was begun on a channel.",
    "call-step": "Something was recorded of a call: who it was, what was said, how it ended.",
    "case": "A case was opened.",
    "case-step": "Something was joined to a case, or it was assessed or closed.",
    "log": "A line of the running log.",
    "roster": "A roster of watches was set.",
    "shift": "The watch was handed over, or taken over.",
    "drill": "A drill was planned, begun, ended or called off.",
    "codebook": "A version of the codebook was recorded.",
    "codebook-sign": "A linguist signed entries of the codebook, or a review of them was recorded.",
    "sign-in": "An officer signed in at the console or left it, a session locked, or attempts to sign in were refused.",
    "translation": "A stage of a translation was recorded.",
    "translation-read": "An officer read a stage of a translation.",
    "term": "Entries of the term base were recorded.",
    "notice-batch": "Notices were entered from a sheet.",
    "notice-step": "Notices of a batch were released, changed, withdrawn, or a receipt of one was recorded.",
    "watch-pass": "The watch held reports against the register: what it saw, by which rules, what it found.",
}
"""The closed set of kinds, each with its sentence. Kinds are stable: one is added, never renamed or reused."""

_KIND, _AT, _LINE, _COMMITMENT = 1, 2, 3, 4
_COMMITMENT_DOMAIN: Final = f"{PRODUCT_DOMAIN}/commitment".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the tree holds it.

    Args:
        kind: a key of `ENTRY_KINDS`.
        at: when it was recorded by this node's clock, microseconds since 1970 UTC.
        line: the id of the line that it belongs to, or None.
        commitment: 32 bytes, see `commitment`.
    """

    kind: str
    at: int
    line: bytes | None
    commitment: bytes


def commitment(blind: bytes, content: bytes) -> bytes:
    """Return SHA-256("armslength/1/commitment" || blind || content).

    Args:
        blind: 32 random bytes, kept with the content and destroyed with it.
        content: the recorded bytes.
    """
    if len(blind) != BLIND_BYTES:
        raise LocalError("JOURNAL-ENTRY-VALUE", blind_bytes=BLIND_BYTES, got=len(blind))
    return sha256(_COMMITMENT_DOMAIN + blind + content).digest()


def verify_content(entry: Entry, blind: bytes, content: bytes) -> None:
    """Check that a content is the one that the entry was made for.

    Raises:
        VerificationError: COMMITMENT-MISMATCH.
    """
    if len(blind) != BLIND_BYTES or commitment(blind, content) != entry.commitment:
        raise VerificationError("COMMITMENT-MISMATCH", kind=entry.kind, expected=entry.commitment)


def encode_leaf(entry: Entry) -> bytes:
    """Return the entry's leaf bytes: the CBOR map {1: kind, 2: at, 3: line or null, 4: commitment}.

    Raises:
        LocalError: JOURNAL-ENTRY-VALUE when a field is out of range; a journal never holds such an entry.
    """
    wrong = _wrong_field(entry.kind, entry.at, entry.line, entry.commitment)
    if wrong is not None:
        raise LocalError("JOURNAL-ENTRY-VALUE", field=wrong)
    return cbor.encode({_KIND: entry.kind, _AT: entry.at, _LINE: entry.line, _COMMITMENT: entry.commitment})


def parse_leaf(leaf: bytes) -> Entry:
    """Read leaf bytes that came from outside.

    Raises:
        PeerError: JOURNAL-ENTRY-FORMAT, JOURNAL-ENTRY-KIND, or a CBOR code.
    """
    fields = cbor.decode(leaf, depth_max=1, size_max=LEAF_BYTES_MAX)
    if not isinstance(fields, dict) or set(fields) != {_KIND, _AT, _LINE, _COMMITMENT}:
        raise PeerError("JOURNAL-ENTRY-FORMAT", expected="a map of the four fields")
    kind, at, line, committed = fields[_KIND], fields[_AT], fields[_LINE], fields[_COMMITMENT]
    if not (
        isinstance(kind, str)
        and isinstance(at, int)
        and isinstance(line, bytes | None)
        and isinstance(committed, bytes)
    ):
        raise PeerError("JOURNAL-ENTRY-FORMAT", expected="text, time, line, commitment")
    wrong = _wrong_field(kind, at, line, committed)
    if wrong == "kind":
        raise PeerError("JOURNAL-ENTRY-KIND", got=kind)
    if wrong is not None:
        raise PeerError("JOURNAL-ENTRY-FORMAT", field=wrong)
    return Entry(kind=kind, at=at, line=line, commitment=committed)


def _wrong_field(kind: str, at: int, line: bytes | None, committed: bytes) -> str | None:
    """Return the name of the first field out of range."""
    if kind not in ENTRY_KINDS:
        return "kind"
    # True is an int to Python and another value on the wire.
    if isinstance(at, bool) or not 0 <= at <= AT_MAX:
        return "at"
    if line is not None and not 1 <= len(line) <= LINE_ID_BYTES_MAX:
        return "line"
    return None if len(committed) == COMMITMENT_BYTES else "commitment"
