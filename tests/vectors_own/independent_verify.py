"""A verifier of exports written from docs/spec alone, on `cbor2` and `cryptography`, without one line of the product.

It shows that the specification suffices. Left out, and refused or unjudged here: passkeys (kinds 2 and 3), the contents
of forms, relations between messages, and the deadlines of an exchange.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NoReturn

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

ED25519, ZERO = -19, bytes(32)
KIND_TYPE = {
    **dict.fromkeys(("message-in", "message-out"), "message"),
    **dict.fromkeys(("receipt-in", "receipt-out"), "receipt"),
    **dict.fromkeys(("node-receipt-in", "node-receipt-out"), "node-receipt"),
    **dict.fromkeys(("peer-checkpoint", "cosignature-in"), "cosign"),
    "manifest": "manifest-notice",
}
NUMBERED = {"message-in", "message-out", "receipt-in", "receipt-out"}
CROSSING = {*NUMBERED, "charter-assent", "node-receipt-out", "node-receipt-in", "peer-checkpoint", "cosignature-in"}
ONLY_WATCH = {"watch-officer", "releasing-officer", "principal"}
LEVEL_ROLES = {1: ONLY_WATCH | {"linguist"}, 2: ONLY_WATCH | {"linguist"}, 3: ONLY_WATCH, 4: ONLY_WATCH}


class RefusedError(Exception):
    """The export does not hold; the code is that of docs/spec/export.md."""


def refuse(code: str) -> NoReturn:
    raise RefusedError(code)


def need(holds: object, code: str) -> None:
    if not holds:
        refuse(code)


def decoded(data: Any, code: str) -> Any:
    """Decode strictly: what does not encode to the same bytes again is refused (encoding)."""
    try:
        value = cbor2.loads(data)
        need(cbor2.dumps(value, canonical=True) == data, code)
    except (cbor2.CBORError, ValueError, TypeError, RecursionError, OverflowError):
        refuse(code)
    return value


def signed(public: bytes, signature: bytes, message: bytes, code: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError, TypeError):
        refuse(code)


def named_hash(realm: str, purpose: str, data: bytes) -> bytes:
    return sha256(f"armslength/1/{realm}/{purpose}".encode() + b"\0" + data).digest()


def key_id(alg: int, public: bytes) -> bytes:
    return sha256(cbor2.dumps([alg, public])).digest()[:16]


def sign1(data: Any, aad: bytes, code: str, detached: bytes | None = None) -> tuple[dict[Any, Any], Any, Any]:
    """Return protected header, payload, and a function that checks the signature under a key (encoding, RFC 9052)."""
    message = decoded(data, code)
    need(isinstance(message, cbor2.CBORTag) and message.tag == 18 and len(message.value) == 4, code)
    raw, unprotected, payload, signature = message.value
    need(unprotected == {} or detached is not None, code)
    covered = cbor2.dumps(["Signature1", raw, aad, payload if detached is None else detached])
    return decoded(raw, code), payload, lambda public: signed(public, signature, covered, code)


# --- parties (manifest.md) --------------------------------------------------------------------------------------------


@dataclass
class Party:
    code: str
    chain: list[dict[Any, Any]]
    pieces: list[bytes]
    in_force: int = 0

    @property
    def root(self) -> list[Any]:
        return self.chain[0][4]

    @property
    def root_id(self) -> bytes:
        return key_id(*self.root)

    def node_keys(self, purpose: str) -> list[bytes]:
        """Keys of the manifest in force and of the one before it, newest first."""
        live = self.chain[max(0, self.in_force - 2) : self.in_force][::-1]
        return [public for manifest in live for name, _, public in manifest[7] if name == purpose]

    def origin(self, realm: str) -> str:
        return f"armslength/{self.code}/{realm}/{self.root_id.hex()[:16]}"


def introduced(data: bytes, realm: str) -> Party:
    pieces = decoded(data, "EXPORT-CHAIN")
    chain: list[dict[Any, Any]] = []
    for at, piece in enumerate(pieces):
        header, payload, check = sign1(piece, f"armslength/1/{realm}/manifest".encode(), "EXPORT-CHAIN")
        manifest = decoded(payload, "EXPORT-CHAIN")
        label = {1: ED25519, 2: [-70001, -70002, -70004], -70001: 1, -70002: realm, -70004: "manifest"}
        need(header == {**label, 4: key_id(*manifest[4])}, "EXPORT-CHAIN")
        check(manifest[4][1])
        before = sha256(pieces[at - 1]).digest() if at else None
        need((manifest[2], manifest[3]) == (at + 1, before), "EXPORT-CHAIN")
        need(not at or (manifest[1], manifest[4]) == (chain[0][1], chain[0][4]), "EXPORT-CHAIN")
        keys = [manifest[4][1], *(key[2] for key in manifest[7])]
        keys += [key[2] for officer in manifest[8] for key in officer[3]]
        need(len(set(keys)) == len(keys), "EXPORT-CHAIN")
        chain.append(manifest)
    need(chain, "EXPORT-CHAIN")
    return Party(chain[0][1], chain, pieces)


# --- notes and trees (checkpoint.md) ----------------------------------------------------------------------------------


def lines_of(note: str, code: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, divider, tail = note.rpartition("\n\n")
    need(divider and tail.endswith("\n"), code)
    found = []
    for line in tail[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        try:
            blob = base64.b64decode(encoded, validate=True)
        except ValueError:
            refuse(code)
        need(dash == "—" and base64.b64encode(blob).decode() == encoded, code)
        found.append((name, blob))
    return text + "\n", found


def note_line(lines: list[tuple[str, bytes]], name: str, kind: int, public: bytes, code: str) -> bytes:
    """Return the signature of one key under a note."""
    wanted = sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]
    blob = next((blob[4:] for found, blob in lines if found == name and blob[:4] == wanted), None)
    need(blob, code)
    return bytes(blob or b"")


def checkpoint(note: Any, origin: str, keys: list[bytes], code: str) -> tuple[int, bytes]:
    """Verify a checkpoint under the first of a journal's keys that fits; return size and root."""
    need(isinstance(note, str), code)
    text, lines = lines_of(note, code)
    for public in keys:
        try:
            signed(public, note_line(lines, origin, 1, public, code), text.encode(), code)
            break
        except RefusedError:
            continue
    else:
        refuse(code)
    parts = text.split("\n")
    need(len(parts) == 4 and parts[0] == origin and str(int(parts[1])) == parts[1], code)
    return int(parts[1]), base64.b64decode(parts[2])


def cosigned(note: Any, origin: str, keys: list[bytes], witness: Party, realm: str) -> tuple[int, bytes]:
    """Verify a checkpoint and both cosignatures of the witness."""
    code = "EXPORT-COSIGNATURE"
    size, root = checkpoint(note, origin, keys, code)
    text, lines = lines_of(note, code)
    name = witness.origin(realm)
    for plain, quantum in zip(witness.node_keys("witness"), witness.node_keys("witness-pq"), strict=True):
        try:
            blob = note_line(lines, name, 4, plain, code)
            signed(plain, blob[8:], f"cosignature/v1\ntime {int.from_bytes(blob[:8], 'big')}\n{text}".encode(), code)
            blob = note_line(lines, name, 6, quantum, code)
            short = [bytes([len(one)]) + one for one in (name.encode(), origin.encode())]
            message = b"subtree/v1\n\0" + short[0] + blob[:8] + short[1] + bytes(8) + size.to_bytes(8, "big") + root
            MLDSA44PublicKey.from_public_bytes(quantum).verify(blob[8:], message)
        except (RefusedError, InvalidSignature):
            continue
        return size, root
    return refuse(code)


def root_of(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return sha256(b"\x01" + root_of(hashes[:split]) + root_of(hashes[split:])).digest()


def root_by_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """RFC 9162 2.1.3.2."""
    last, value = size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            value = sha256(b"\x01" + node + value).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            value = sha256(b"\x01" + value + node).digest()
        index, last = index >> 1, last >> 1
    return value if last == 0 else None


# --- the files (export.md) --------------------------------------------------------------------------------------------


@dataclass
class Export:
    realm: str
    own: Party
    peer: Party
    line: bytes
    charter: bytes
    hashes: list[bytes]
    files: dict[str, bytes]
    charter_map: dict[Any, Any] | None = None
    assents: set[str] = field(default_factory=set)
    numbered: dict[bytes, tuple[str, int, int, str]] = field(default_factory=dict)
    sides: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: set[bytes] = field(default_factory=set)
    r0: set[bytes] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    account: list[dict[str, Any]] = field(default_factory=list)

    def party(self, code: Any) -> Party:
        return self.peer if code == self.peer.code else self.own


def verify(files: dict[str, bytes], trust: tuple[str, ...] = (), realm: str | None = None) -> list[dict[str, Any]]:
    """Verify an export; return its messages with the levels reached.

    Raises:
        RefusedError: with the code of docs/spec/export.md.
    """
    listed, first, tail = listing(files)
    head = decoded(files["export.cbor"], "EXPORT-MALFORMED")
    need(isinstance(head, dict) and head.get(1) == 1, "EXPORT-MALFORMED")
    said, mark = head[2], "EXERCISE - NOT EVIDENCE" if head[2] == "EXERCISE" else None
    need(said in {"REAL", "EXERCISE"} and said == (realm or said) and head[8] == mark, "EXPORT-REALM")
    parties = {}
    for name in listed:
        if match := re.fullmatch(r"parties/([A-Z0-9-]{2,16})\.cbor", name):
            parties[match[1]] = introduced(files[name], said)
            need(parties[match[1]].code == match[1], "EXPORT-CHAIN")
    need(len(parties) == 2 and head[3] in parties, "EXPORT-INCOMPLETE")
    own, (peer,) = parties.pop(head[3]), parties.values()
    origin, log = own.origin(said), next(key[2] for key in own.chain[-1][7] if key[0] == "log")
    need(first == f"armslength/1/{said}/export {origin}", "EXPORT-MANIFEST")
    _, lines = lines_of("-\n\n" + tail, "EXPORT-MANIFEST")
    body = files["MANIFEST"][: files["MANIFEST"].rindex(b"\n\n") + 1]
    signed(log, note_line(lines, origin, 1, log, "EXPORT-SIGNATURE"), body, "EXPORT-SIGNATURE")
    shown = files["README.txt"].decode(errors="replace").strip().split("\n")
    need(mark is None or shown[0] == shown[-1] == mark, "EXPORT-REALM")
    leaves = decoded(files["leaves.cbor"], "EXPORT-MALFORMED")
    hashes = [leaves[at : at + 32] for at in range(0, len(leaves), 32)]
    need(len(hashes) == head[6], "EXPORT-ROOT")
    state = checkpoint(files["checkpoint"].decode(errors="replace"), origin, [log], "EXPORT-SIGNATURE")
    need(state == (len(hashes), root_of(hashes)), "EXPORT-ROOT")
    export = Export(said, own, peer, head[4], head[7], hashes, files)
    entries = [
        (int(name[8:16]), *entry(export, int(name[8:16]), log, state)) for name in listed if name[:8] == "entries/"
    ]
    prints = {named_hash(said, "fingerprint", cbor2.dumps([one.code, one.root]))[:11].hex() for one in (own, peer)}
    need(not trust or prints <= set(trust), "EXPORT-UNTRUSTED")
    for index, leaf, content in entries:
        take(export, index, leaf, content)
    return finished(export)


def listing(files: dict[str, bytes]) -> tuple[list[str], str, str]:
    need("MANIFEST" in files, "EXPORT-FILE-MISSING")
    text, divider, tail = files["MANIFEST"].decode(errors="replace").rpartition("\n\n")
    first, *rows = text.split("\n")
    names = []
    for row in rows:
        match = re.fullmatch(r"([0-9a-f]{64}) (0|[1-9][0-9]*) ([A-Za-z0-9./-]{1,64})", row)
        need(divider and match and (not names or match[3] > names[-1]), "EXPORT-MANIFEST")
        names.append(match[3])  # type: ignore[index]  # just seen
    need(set(names) <= files.keys(), "EXPORT-FILE-MISSING")
    need(files.keys() <= {*names, "MANIFEST"}, "EXPORT-FILE-EXTRA")
    for row, name in zip(rows, names, strict=True):
        same = f"{sha256(files[name]).hexdigest()} {len(files[name])} {name}" == row
        need(same, "EXPORT-FILE-CHANGED")
    need({"export.cbor", "checkpoint", "leaves.cbor", "README.txt"} <= set(names), "EXPORT-FILE-MISSING")
    pairs = [{name[-13:-5] for name in names if name.startswith(folder)} for folder in ("entries/", "receipts/")]
    need(pairs[0] == pairs[1], "EXPORT-FILE-MISSING")
    layout = r"export\.cbor|checkpoint|cosigned|peer-checkpoint|leaves\.cbor|README\.txt|parties/[A-Z0-9-]+\.cbor"
    layout += r"|entries/\d{8}\.cbor|receipts/\d{8}\.cose"
    need(all(re.fullmatch(layout, name) for name in names), "EXPORT-FILE-EXTRA")
    return names, first, tail


def entry(export: Export, index: int, log: bytes, state: tuple[int, bytes]) -> tuple[dict[Any, Any], bytes | None]:
    """Return an entry's leaf and content, after it was found at its place and proven."""
    parts = decoded(export.files[f"entries/{index:08}.cbor"], "EXPORT-MALFORMED")
    need(isinstance(parts, list) and len(parts) == 3, "EXPORT-MALFORMED")
    leaf, blind, content = parts
    leaf_hash = sha256(b"\0" + leaf).digest()
    need(index < len(export.hashes) and export.hashes[index] == leaf_hash, "EXPORT-LEAF")
    data = export.files[f"receipts/{index:08}.cose"]
    proofs = decoded(data, "EXPORT-RECEIPT").value[1][396][-1]
    size, at, path = decoded(proofs[0], "EXPORT-RECEIPT")
    need((at, size) == (index, state[0]) and root_by_path(leaf_hash, at, size, path) == state[1], "EXPORT-RECEIPT")
    header, payload, check = sign1(data, b"", "EXPORT-RECEIPT", detached=state[1])
    wanted = {1: ED25519, 4: key_id(ED25519, log), 15: {1: export.own.origin(export.realm)}, 395: 1}
    need(header == wanted and payload is None, "EXPORT-RECEIPT")
    check(log)
    fields = decoded(leaf, "EXPORT-MALFORMED")
    if content is not None:
        commitment = sha256(b"armslength/1/commitment" + blind + content).digest()
        need(commitment == fields[4], "EXPORT-COMMITMENT")
    return fields, content


# --- the records (record.md, attestation.md) --------------------------------------------------------------------------


def list_hash(realm: str, part: str, kind: str, line: bytes, seed: bytes, fields: dict[int, Any]) -> bytes:
    digests = []
    for number in sorted(fields):
        salt = hmac.digest(seed, b"armslength/1/salt" + number.to_bytes(4, "big") + b"\x01", "sha256")[:16]
        digests.append(sha256(cbor2.dumps([salt, number, fields[number]], canonical=True)).digest())
    return named_hash(realm, part, cbor2.dumps([kind, line, digests]))


def take(export: Export, index: int, leaf: dict[Any, Any], content: bytes | None) -> None:
    kind = leaf[1]
    if content is None:
        need(kind not in NUMBERED, "EXPORT-INCOMPLETE")
        return
    envelope, body_seed, body, link_seed, link, acts = decoded(content, "EXPORT-RECORD")
    either = kind in {"manifest", "charter-assent"}
    author = export.party(body[3]) if either else export.peer if kind.endswith("-in") else export.own
    need(body[3] == author.code, "EXPORT-RECORD")
    if kind == "genesis":
        author.in_force = 1
    if kind == "manifest" and not (author.in_force == 1 and body[20] == author.pieces[0]):
        need(author.in_force and body[20] in author.pieces[author.in_force : author.in_force + 1], "EXPORT-CHAIN")
        author.in_force += 1
    line, record_type = leaf[3] or b"", KIND_TYPE.get(kind, kind)
    need(
        line == (b"" if kind in {"genesis", "manifest", "peer-pin"} else export.line) or kind == "manifest",
        "EXPORT-RECORD",
    )
    header, payload, check = sign1(envelope, f"armslength/1/{export.realm}/record".encode(), "EXPORT-RECORD")
    label = {1: ED25519, 2: [-70001, -70002, -70003, -70004], -70001: 1, -70002: export.realm, -70003: line}
    key = next((one for one in author.node_keys("sign") if key_id(ED25519, one) == header.get(4)), None)
    need(key is not None and header == {**label, 4: header[4], -70004: record_type}, "EXPORT-RECORD")
    check(key)
    body_hash = list_hash(export.realm, "body", record_type, line, body_seed, body)
    link_hash = list_hash(export.realm, "link", record_type, line, link_seed, link)
    acts_hash = named_hash(export.realm, "acts", cbor2.dumps(acts, canonical=True))
    need(payload == cbor2.dumps([body_hash, link_hash, acts_hash]), "EXPORT-RECORD")
    other = export.peer if author is export.own else export.own
    need(kind not in CROSSING or other.code in body[4], "EXPORT-RECORD")
    done = [acted(export.realm, author, act, body_hash) for act in acts]
    name = sha256(envelope).digest()
    HANDLERS.get(kind, lambda *_: None)(export, index, author, (name, body, link, done))


def acted(realm: str, author: Party, act: list[Any], body_hash: bytes) -> tuple[str, str, str, bytes]:
    """Verify an attestation of kind 1 by the author's officers in force; return act, role, officer, key id."""
    kind, name, role, officer, kid, evidence = act
    listed = next((one for one in author.chain[author.in_force - 1][8] if one[0] == officer), None)
    need(kind == 1 and listed and role in listed[2], "EXPORT-RECORD")
    public = next((one[2] for one in listed[3] if key_id(one[1], one[2]) == kid and one[0] == 1), None)  # type: ignore[index]
    need(public, "EXPORT-RECORD")
    domain = f"armslength/1/{realm}/act".encode()
    statement = sha256(cbor2.dumps([domain, name, role, officer, body_hash])).digest()
    signed(bytes(public or b""), evidence[0], statement, "EXPORT-RECORD")
    return name, role, officer, kid


Record = tuple[bytes, dict[Any, Any], dict[Any, Any], list[tuple[str, str, str, bytes]]]


def pinned(export: Export, _index: int, _author: Party, record: Record) -> None:
    body, peer = record[1], export.peer
    pieces = decoded(body[21], "EXPORT-CHAIN")
    need(body[20] == peer.code and pieces == peer.pieces[: len(pieces)], "EXPORT-CHAIN")
    need(any(act[0] == "introduce" for act in record[3]), "EXPORT-RECORD")
    peer.in_force = max(peer.in_force, len(pieces))


def agreed(export: Export, _index: int, _author: Party, record: Record) -> None:
    raw = record[1][21]
    need(named_hash(export.realm, "charter", raw) == export.charter, "EXPORT-CHAIN")
    export.charter_map = decoded(raw, "EXPORT-CHAIN")
    roots = sorted((one.root_id, one.code) for one in (export.own, export.peer))
    need(export.charter_map[3] == [[code, root] for root, code in roots], "EXPORT-CHAIN")  # type: ignore[index]
    line = named_hash(export.realm, "line", cbor2.dumps([roots[0][0], roots[1][0], export.charter_map[4]]))  # type: ignore[index]
    need(line[:16] == export.line, "EXPORT-CHAIN")


def assented(export: Export, _index: int, author: Party, record: Record) -> None:
    need(export.charter_map and record[1][20] == export.charter, "EXPORT-CHAIN")
    need(any(act[:2] == ("assent", "principal") for act in record[3]), "EXPORT-RECORD")
    export.assents.add(author.code)


def numbered(export: Export, index: int, author: Party, record: Record) -> None:
    name, body, link, done = record
    need(len(export.assents) == 2, "EXPORT-RECORD")
    need(link[6] == export.charter, "EXPORT-CHAIN")
    need(body[1] not in export.ids, "EXPORT-CHAIN")
    export.ids.add(body[1])
    acts = {act[0] for act in done}
    if 40 in link or body.get(20) in {1, 2, 3, 4}:
        need(body[21] in export.numbered, "EXPORT-INCOMPLETE")
        receipted(export, author, body, done)
    else:
        need(("stop" if body[20] == "STOP" else "release") in acts, "EXPORT-RECORD")
        lowest = export.charter_map[13].get(body[20])  # type: ignore[index]
        if lowest is not None and body[22] >= lowest and 7 not in link and 24 not in body:
            drafts, releases = ([act for act in done if act[0] == one] for one in ("draft", "release"))
            need(any(d[2] != r[2] and d[3] != r[3] for d in drafts for r in releases), "EXPORT-RECORD")
        export.account.append({"number": link[1], "form": body[20], "from": author.code, "name": name, "levels": []})
    braided(export, author, name, link)
    export.numbered[name] = (author.code, index, link[1], body[20] if isinstance(body[20], str) else "")


def receipted(export: Export, author: Party, body: dict[Any, Any], done: list[tuple[str, str, str, bytes]]) -> None:
    sender, _, number, form = export.numbered[body[21]]
    need(sender != author.code and number == body[22] and form, "EXPORT-RECORD")
    roles = LEVEL_ROLES[body[20]]
    need(any(act[0] == "receipt" and act[1] in roles and act[2] == body[5] for act in done), "EXPORT-RECORD")
    reach(export, body[21], body[20], author.code)


def reach(export: Export, name: bytes, level: int, party: str) -> None:
    for message in export.account:
        if message["name"] == name:
            message["levels"].append((level, party))


def braided(export: Export, author: Party, name: bytes, link: dict[Any, Any]) -> None:
    """braid.md: number, previous, what was accepted, release time, held numbers."""
    empty = {"n": 0, "h": ZERO, "at": 0, "accepted": 0, "held": {}, "all": {0: ZERO}}
    mine = export.sides.setdefault(author.code, empty)
    others = export.sides.get((export.peer if author is export.own else export.own).code, {"all": {0: ZERO}})
    need(link[3] in others["all"], "EXPORT-INCOMPLETE")
    need(others["all"][link[3]] == link[4] and link[1] not in mine["all"], "EXPORT-CHAIN")
    mine["all"][link[1]] = name
    mine["held"][link[1]] = (name, link)
    need(link[1] == mine["n"] + 1 or author is export.peer, "EXPORT-INCOMPLETE")
    tolerance = export.charter_map[23] * 1_000_000  # type: ignore[index]
    while mine["n"] + 1 in mine["held"]:
        held, bond = mine["held"].pop(mine["n"] + 1)
        need(bond[2] == mine["h"] and bond[5] >= mine["at"] - tolerance, "EXPORT-CHAIN")
        need(held != name or bond[3] >= mine["accepted"], "EXPORT-CHAIN")
        mine |= {"n": bond[1], "h": held, "at": bond[5], "accepted": bond[3]}


def held(export: Export, index: int, author: Party, record: Record) -> None:
    body = record[1]
    need(body[21] in export.numbered, "EXPORT-INCOMPLETE")
    sender, at, number, _ = export.numbered[body[21]]
    need(sender != author.code and body[20] == 0, "EXPORT-RECORD")
    need(body[21] not in export.r0, "EXPORT-CHAIN")
    export.r0.add(body[21])
    size, root = checkpoint(body[23], author.origin(export.realm), author.node_keys("log"), "EXPORT-RECORD")
    need(size > body[22], "EXPORT-RECORD")
    if author is export.own:
        need(body[22] == at, "EXPORT-CHAIN")
        need(size <= index and root_of(export.hashes[:size]) == root, "EXPORT-ROOT")
        need((body[24] == "AHEAD") == (number > export.sides[sender]["n"]), "EXPORT-INCOMPLETE")
    reach(export, body[21], 0, author.code)


def witnessed(export: Export, index: int, author: Party, record: Record) -> None:
    other = export.peer if author is export.own else export.own
    note = record[1][23]
    size, root = cosigned(note, other.origin(export.realm), other.node_keys("log"), author, export.realm)
    if author is export.peer:
        need(size <= index and root_of(export.hashes[:size]) == root, "EXPORT-ROOT")
    export.notes["cosigned" if author is export.peer else "peer-checkpoint"] = note


HANDLERS = {
    "peer-pin": pinned,
    "charter": agreed,
    "charter-assent": assented,
    **dict.fromkeys(sorted(NUMBERED), numbered),
    **dict.fromkeys(("node-receipt-in", "node-receipt-out"), held),
    **dict.fromkeys(("peer-checkpoint", "cosignature-in"), witnessed),
}


def finished(export: Export) -> list[dict[str, Any]]:
    for party in (export.own, export.peer):
        need(party.in_force, "EXPORT-INCOMPLETE")
        need(party.in_force == len(party.chain), "EXPORT-CHAIN")
    need(export.charter_map, "EXPORT-INCOMPLETE")
    for name in ("cosigned", "peer-checkpoint"):
        kept = export.files.get(name)
        need((kept.decode(errors="replace") if kept else None) == export.notes.get(name), "EXPORT-COSIGNATURE")
    return export.account
