"""Opening: a node's first entries, the introduction of a peer, the charter and both assents, the hello.

The identity of a peer comes from an introduction whose fingerprint two people compared aloud, and from nothing that a
message says.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, PeerError
from armslength.core.record import NO_LINE, PROFILE_VERSION, SEED_BYTES, Item, parse_item
from armslength.core.text import check_structured
from armslength.desk import cast, checkpoints, line_echo, policy, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line import braid, charter, manifest, session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.desk.line_echo import Said
    from armslength.line.manifest import Manifest


def found_node(books: Books, manifest_data: bytes) -> None:
    """Write genesis and the first manifest of our own party; the journal must be empty.

    Raises:
        LocalError: NODE-ALREADY-INITIALISED.
    """
    if books.unit.frontier().size != 0:
        raise LocalError("NODE-ALREADY-INITIALISED")
    ours = manifest.verify_manifest(manifest_data, realm=books.realm, previous=None)
    books.unit.set_setting(cast.OWN, ours.party)
    # From here on the books know whose they are.
    books = replace(books, party=ours.party)
    books.note("genesis", "genesis", {20: ours.party, 21: books.realm.value, 22: ours.root_key_id})
    books.note("manifest", "manifest-notice", {20: manifest_data})


def prepare_pin(books: Books, officer: str, introduction: bytes, compared: str) -> tuple[Prepared, Manifest]:
    """Return the body that pins a peer, and the peer's manifest for showing its fingerprint.

    Args:
        introduction: the peer's introduction file.
        compared: how the fingerprint was compared (in person, by telephone call-back ...).

    Raises:
        PeerError: MANIFEST-... when the introduction does not hold.
        LocalError: PIN-SELF, PIN-CONFLICT.
    """
    manifests, _ = manifest.verify_introduction(introduction, books.realm)
    theirs = manifests[-1]
    if theirs.party == books.party:
        raise LocalError("PIN-SELF", party=theirs.party)
    if theirs.valid_until < books.now:
        raise PeerError("MANIFEST-EXPIRED", party=theirs.party)
    known = views.row(books.unit, views.PARTIES, theirs.party.encode())
    if known is not None and not hmac.compare_digest(known[3], theirs.root_key_id):
        raise LocalError("PIN-CONFLICT", party=theirs.party)
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: theirs.party,
        21: introduction,
        22: compared,
        23: manifest.manifest_fingerprint(theirs),
    }
    return Prepared(type="peer-pin", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body), theirs


def submit_pin(books: Books, signed: Signed) -> int:
    """Enter the pin of a peer.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, PIN-CONFLICT, PIN-FINGERPRINT.
        PeerError: MANIFEST-...
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["peer-pin"], str(prepared.body.get(5)))
    introduction = prepared.body.get(21)
    if not isinstance(introduction, bytes):
        raise LocalError("PREPARED-MALFORMED", part="introduction")
    _, theirs = prepare_pin(books, acts[0].officer, introduction, str(prepared.body.get(22)))
    if prepared.body.get(23) != manifest.manifest_fingerprint(theirs) or prepared.body.get(20) != theirs.party:
        raise LocalError("PIN-FINGERPRINT", party=theirs.party)
    record = books.make("peer-pin", NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("peer-pin", record)


def open_line(books: Books, peer: str, charter_data: bytes | None = None, *, ordinal: int = 0) -> LineView:
    """Propose a line to a pinned peer, under the default charter or another; return it.

    The same proposal again changes nothing.

    Raises:
        PeerError: PARTY-UNKNOWN, CHARTER-...
        LocalError: LINE-EXISTS when another charter is already in force.
    """
    ours, theirs = books.manifest(), books.manifest(peer)
    data = charter_data
    if data is None:
        mine, other = (ours.party, ours.root_key_id), (theirs.party, theirs.root_key_id)
        data = charter.charter_bytes(charter.default_charter(books.realm, mine, other, ordinal=ordinal))
    parsed = charter.parse_charter(data, books.realm)
    named = dict(parsed.parties)
    if named != {ours.party: ours.root_key_id, theirs.party: theirs.root_key_id}:
        raise LocalError("CHARTER-FOREIGN", expected=f"{ours.party} and {theirs.party}")
    digest = charter.charter_hash(books.realm, data)
    row = views.row(books.unit, views.LINES, parsed.line_id)
    if row is None:
        fields: dict[int, CborValue] = {20: digest, 21: data, 22: parsed.version, 23: peer}
        books.note("charter", "charter", fields, parsed.line_id)
    elif row[2] != digest:
        raise LocalError("LINE-EXISTS", peer=peer)
    return books.line(parsed.line_id)


def prepare_assent(books: Books, line: LineView, officer: str) -> Prepared:
    """Return the body of our assent to a line's charter."""
    row = views.row(books.unit, views.LINES, line.line)
    if row is None:
        raise LocalError("LINE-NOT-FOUND", asked=line.peer)
    body: dict[int, CborValue] = {
        **books.common(officer, (line.peer,)),
        20: row[2],
        21: row[5],
        22: line.charter.version,
    }
    return Prepared(type="charter-assent", line=line.line, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_assent(books: Books, signed: Signed) -> int:
    """Enter our assent; it goes to the peer with every hello until the peer says that it holds it.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CHARTER-CHANGED.
    """
    prepared = signed.prepared
    line = books.line(prepared.line)
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["charter-assent"], str(prepared.body.get(5)))
    if prepared.body.get(20) != line.charter_hash:
        raise LocalError("CHARTER-CHANGED", expected=line.charter_hash)
    record = books.make("charter-assent", line.line, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("charter-assent", record)


def own_assent(books: Books, line: LineView) -> Item | None:
    """Return our assent record of a line, to be sent again."""
    row = views.row(books.unit, views.LINES, line.line)
    index = row.get(8) if row is not None else None
    content = books.unit.content(index) if isinstance(index, int) else None
    return parse_item(content[1]) if content is not None else None


JUDGEMENTS: Final = {
    "cut": session.SessionEvent.JUDGED_CUT,
    "technical": session.SessionEvent.JUDGED_TECHNICAL,
}
"""What a person may judge the silence of a line to be; software only counts it."""

REASON_CHARS_MAX: Final = 500
"""A judgement is read on one line of the log; deliberation belongs into a decision."""


def prepare_judgement(books: Books, line: LineView, officer: str, judged: str, reason: str) -> Prepared:
    """Return the body by which a person says what the silence of a line is (A2); it tells the peer nothing.

    Raises:
        LocalError: SESSION-JUDGEMENT, SESSION-TRANSITION.
    """
    event = JUDGEMENTS.get(judged)
    if event is None:
        raise LocalError("SESSION-JUDGEMENT", expected=", ".join(JUDGEMENTS), got=judged)
    body: dict[int, CborValue] = {**books.common(officer), 20: event.value, 21: reason}
    prepared = Prepared(type="session", line=line.line, seed=books.rng.bytes(SEED_BYTES), body=body)
    _check_judgement(books, prepared)
    return prepared


def _check_judgement(books: Books, prepared: Prepared) -> None:
    event, reason = prepared.body.get(20), prepared.body.get(21)
    if event not in {one.value for one in JUDGEMENTS.values()}:
        raise LocalError("SESSION-JUDGEMENT", expected=", ".join(JUDGEMENTS), got=event)
    if not isinstance(reason, str) or not 0 < len(reason.strip()) <= REASON_CHARS_MAX:
        raise LocalError("SESSION-JUDGEMENT", expected="a reason")
    check_structured(reason)
    state = session.session_from_value(books.unit.get(views.SESSIONS, prepared.line))
    session.step(state, session.SessionEvent(str(event)), books.now)


def submit_judgement(books: Books, signed: Signed) -> int:
    """Enter a person's judgement of a line's silence; return the journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, SESSION-JUDGEMENT, SESSION-TRANSITION.
        PeerError: LINE-UNKNOWN.
    """
    prepared = signed.prepared
    line = books.line(prepared.line)
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["session"], str(prepared.body.get(5)))
    _check_judgement(books, prepared)
    record = books.make("session", line.line, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("session", record)


def hello(
    books: Books, line: LineView, *, query: bool, ask_cosign: bool = False, echo: Said | None = None
) -> list[Item]:
    """Return our hello on a line; it states only what the journal already holds, and ``echo`` what the peer asked."""
    out = braid.direction_from_value(books.unit.get(views.DIRECTIONS, line.line + views.OUT))
    received = braid.direction_from_value(books.unit.get(views.DIRECTIONS, line.line + views.IN))
    ours = books.manifest()
    theirs = views.row(books.unit, views.PARTIES, line.peer.encode()) or {}
    state = session.session_from_value(books.unit.get(views.SESSIONS, line.line))
    fields: dict[int, CborValue] = {
        20: line.charter_hash,
        21: ours.sequence,
        22: manifest.manifest_hash(cast.manifest_bytes(books.unit, books.party)),
        23: out.number,
        24: out.hash,
        25: received.number,
        26: received.hash,
        27: None,
        28: (PROFILE_VERSION,),
        29: state.declared.value,
        30: line.assented_by_them,
        31: theirs.get(1, 0),
        32: query,
    }
    asks = line_echo.asked(books.unit, line.line)
    if asks is not None:
        fields[line_echo.ASK] = asks.value()
    if echo is not None:
        fields[line_echo.ECHO] = echo.value()
    items = [books.make("hello", line.line, {**books.common(None, (line.peer,)), **fields}).item]
    if ask_cosign:
        items.append(checkpoints.offer(books, line).item)
    return items


def manifest_notices(books: Books, line: LineView, held: int, *, in_turn: bool = False) -> Sequence[Item]:
    """Return notices of our manifests that the peer does not hold yet, oldest first.

    ``in_turn``: a manifest waits until the peer holds what was released before it. The peer judges officers by the
    newest one that it holds, and would refuse for ever what an officer released who has left since.
    """
    ours = books.manifest()
    found = []
    for sequence in range(held + 1, ours.sequence + 1):
        if in_turn and _older_waits(books, line.line, sequence):
            break
        data = cast.manifest_bytes(books.unit, books.party, sequence)
        record = books.make("manifest-notice", line.line, {**books.common(None, (line.peer,)), 20: data})
        found.append(record.item)
    return found


def _older_waits(books: Books, line_id: bytes, sequence: int) -> bool:
    entry = books.unit.get(views.MANIFEST_ENTRIES, views.manifest_key(books.party, sequence))
    if not isinstance(entry, int):
        return False
    waiting = (row[2] for _, row in views.rows(books.unit, views.OUTBOX, line_id))
    return any(index < entry for index in waiting)


def submit_manifest(books: Books, manifest_data: bytes) -> int:
    """Enter our next manifest (keys, officers or bearers changed), signed by the party root.

    Raises:
        PeerError: MANIFEST-...
    """
    current = cast.manifest_bytes(books.unit, books.party)
    manifest.verify_manifest(manifest_data, realm=books.realm, previous=(books.manifest(), current))
    return books.note("manifest", "manifest-notice", {20: manifest_data})
