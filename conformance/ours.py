"""The adapter of our own product: answers the commands of conformance/README.md with the product's functions.

Run as a program it reads one JSON object a line and writes one a line. Nothing is decided here: each command decodes
its values, calls one function of the product and says what came of it.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]

from armslength.adapters import keystore_sealing
from armslength.adapters.keystore_file import numbered
from armslength.core import attestation, cbor, cose, record
from armslength.core.cose_encrypt import SealingPrivateKey, open_encrypt, parse_encrypt
from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant
from armslength.core.keys import PublicKey
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm, domain
from armslength.desk import checkpoints as desk_checkpoints
from armslength.desk import inbound, inbound_messages
from armslength.disclosure.verify import verify_export
from armslength.journal import checkpoint, entry, note, receipts, tree
from armslength.line import acts, braid, charter, envelope, form_values, forms, manifest
from armslength.line import receipts as line_receipts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue

OK = "OK"
WIRE_TYPES = frozenset(
    {"message", "receipt", "node-receipt", "hello", "cosign", "charter-assent", "manifest-notice"},
)
"""Record types that cross the line (docs/spec/record.md)."""


class Request:
    """The values of one request: all are strings, byte strings in hexadecimal digits."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def text(self, name: str, default: str | None = None) -> str:
        """Return a value as it is."""
        return self.values[name] if default is None else self.values.get(name, default)

    def octets(self, name: str) -> bytes:
        """Return a byte string."""
        return bytes.fromhex(self.values[name])

    def optional(self, name: str) -> bytes | None:
        """Return a byte string, None when it is not there."""
        return self.octets(name) if name in self.values else None

    def number(self, name: str, default: str | None = None) -> int:
        """Return an integer in decimal digits."""
        return int(self.text(name, default))

    def flag(self, name: str) -> bool:
        """Return whether a value is `yes`; absent means no."""
        return self.values.get(name) == "yes"

    @property
    def realm(self) -> Realm:
        """The reader's realm."""
        return Realm(self.values["realm"])

    def cbor(self, name: str) -> Any:  # noqa: ANN401 - any value of the encoding
        """Return a decoded value; vectors hold well-formed ones wherever this is used."""
        return cbor.decode(self.octets(name))

    def key(self, name: str, alg: int = cose.ED25519) -> cose.VerifyKey:
        """Return a verification key, Ed25519 unless `NAME-alg` says otherwise."""
        return cose.VerifyKey(alg=self.number(f"{name}-alg", str(alg)), public=self.octets(name))


Answer = dict[str, str]


def answer(values: Mapping[str, str]) -> Answer:
    """Return `{"result": "OK", ...}` or `{"result": CODE}` for one request."""
    command = COMMANDS.get(values.get("command", ""))
    if command is None:
        return {"result": "NOT-OFFERED"}
    try:
        return {"result": OK, **command(Request(values))}
    except ArmslengthError as error:
        return {"result": error.code, "says": str(error)}


# --- encoding, records, acts ------------------------------------------------------------------------------------------


def _decode(ask: Request) -> Answer:
    return {"encoded": cbor.encode(cbor.decode(ask.octets("data"))).hex()}


def _decode_sequence(ask: Request) -> Answer:
    return {"values": str(len(cbor.decode_sequence(ask.octets("data"))))}


def _verify_item(ask: Request) -> Answer:
    known = ask.key("signer")

    def key_of(key_id: bytes) -> cose.VerifyKey:
        if key_id != known.kid:
            raise record.PeerError("RECORD-KEY")
        return known

    value = cbor.decode(ask.octets("item"))
    verified = record.verify_item(
        envelope.check_item(value), realm=ask.realm, line=ask.octets("line"), key_of=key_of, types=WIRE_TYPES
    )
    books, line = SimpleNamespace(party=ask.text("reader")), SimpleNamespace(peer=ask.text("author"))
    inbound._check_common(books, line, verified)  # type: ignore[arg-type]  # noqa: SLF001 - two names are all it reads
    return {"envelope-hash": verified.envelope_hash.hex(), "body-hash": verified.body_hash.hex()}


def _make_item(ask: Request) -> Answer:
    seed = ask.octets("sign-seed")
    made = record.build_item(
        ask.realm,
        ask.text("type"),
        ask.octets("line"),
        key_id=cose.key_id(cose.ED25519, keystore_sealing.ed25519_public(seed)),
        body_seed=ask.octets("body-seed"),
        body=ask.cbor("body"),
        link_seed=ask.octets("link-seed"),
        link=ask.cbor("link"),
        acts=ask.cbor("acts"),
        sign=lambda message: keystore_sealing.ed25519_sign(seed, message),
    )
    return {"item": record.encode_item(made.item).hex(), "envelope-hash": made.envelope_hash.hex()}


def _roster(ask: Request) -> attestation.Roster:
    return manifest.parse_payload(ask.octets("manifest-payload"), ask.realm).roster()


def _verify_act(ask: Request) -> Answer:
    stated = ask.values.get("stated-at")
    officer = attestation.verify_attestation(
        attestation.parse_attestation(ask.cbor("act")),
        realm=ask.realm,
        roster=_roster(ask),
        body_hash=ask.octets("body-hash"),
        stated_at=None if stated is None else Instant(int(stated)),
        level_one_receipt=ask.flag("level-one-receipt"),
    )
    return {"officer": officer.officer}


def _check_acts(ask: Request) -> Answer:
    found = tuple(attestation.parse_attestation(value) for value in ask.cbor("acts"))
    roles = frozenset(ask.text("roles", "").split())
    acts.check_needed(found, (ask.text("needed"), roles), two_persons=ask.flag("two-persons"))
    return {}


def _make_act(ask: Request) -> Answer:
    seed = ask.octets("officer-seed")
    act, role, officer = (ask.text(name) for name in ("act-name", "role", "officer"))
    signed = attestation.statement(ask.realm, act, role, officer, ask.octets("body-hash"))
    made = attestation.Attestation(
        kind=attestation.Kind.RAW_KEY,
        act=act,
        role=role,
        officer=officer,
        key_id=cose.key_id(cose.ED25519, keystore_sealing.ed25519_public(seed)),
        evidence=(keystore_sealing.ed25519_sign(seed, signed),),
    )
    return {"act": cbor.encode(made.value()).hex()}


# --- parties, charter, transport --------------------------------------------------------------------------------------


def _verify_manifest(ask: Request) -> Answer:
    before = ask.optional("previous")
    previous = None if before is None else (manifest.verify_manifest(before, realm=ask.realm, previous=None), before)
    verified = manifest.verify_manifest(ask.octets("manifest"), realm=ask.realm, previous=previous)
    return _introduced(verified, ask.octets("manifest"))


def _verify_introduction(ask: Request) -> Answer:
    found, pieces = manifest.verify_introduction(ask.octets("introduction"), ask.realm)
    return _introduced(found[-1], pieces[-1])


def _introduced(verified: manifest.Manifest, data: bytes) -> Answer:
    return {
        "manifest-hash": manifest.manifest_hash(data).hex(),
        "fingerprint": manifest.manifest_fingerprint(verified).hex(),
    }


def _parse_charter(ask: Request) -> Answer:
    parsed = charter.parse_charter(ask.octets("charter"), ask.realm)
    return {
        "charter-hash": charter.charter_hash(ask.realm, ask.octets("charter")).hex(),
        "line": parsed.line_id.hex(),
    }


def _default_charter(ask: Request) -> Answer:
    first, second = ((ask.text(f"party-{n}"), ask.octets(f"root-key-id-{n}")) for n in ("1", "2"))
    made = charter.default_charter(ask.realm, first, second, ordinal=ask.number("ordinal"))
    return {"charter": charter.charter_bytes(made).hex()}


class _Opener:
    """What the desk asks of a node's keys in order to open: as `keystore_file.FileKeys.open`, from a seed."""

    def __init__(self, alg: int, seed: bytes) -> None:
        self._key = SealingPrivateKey(alg, seed)

    def open(self, transport: bytes, bound: bytes) -> tuple[Mapping[int, CborValue], bytes]:
        message = parse_encrypt(transport, size_max=envelope.TRANSPORT_BYTES_MAX)
        return numbered(message.protected), open_encrypt(message, self._key, bound, bound)


def _open_transport(ask: Request) -> Answer:
    newest = SimpleNamespace(sequence=1, node_key_id=lambda _purpose: ask.octets("sender-key-id"))
    books = SimpleNamespace(
        realm=ask.realm,
        keys=_Opener(ask.number("opening-alg"), ask.octets("opening-seed")),
        manifest=lambda _party: newest,
    )
    line: Any = SimpleNamespace(line=ask.octets("line"), peer="")
    found: list[CborValue] = []
    for transport in envelope.split_transports(ask.octets("body")):
        found.extend(inbound.open_transport(books, line, transport))  # type: ignore[arg-type]  # what it reads, no more
    items = [record.encode_item(envelope.check_item(value)) for value in found]
    return {"items": str(len(items)), "items-hash": sha256(b"".join(items)).hexdigest()}


def _seal(ask: Request) -> Answer:
    receiver = PublicKey(ask.number("receiver-alg"), ask.octets("receiver"))
    items = [envelope.check_item(value) for value in ask.cbor("items")]
    made = keystore_sealing.seal(
        envelope.encode_items(items),
        [(receiver.kid, receiver.alg, receiver.public)],
        external_aad=domain(ask.realm, "transport"),
        info_extra=domain(ask.realm, "transport"),
        content_key=ask.octets("content-key"),
        nonce=ask.octets("nonce"),
        protected=dict(envelope.transport_header(ask.realm, ask.octets("line"), ask.octets("sender-key-id"))),
    )
    return {"transport": made.hex()}


# --- braid, receipts, forms -------------------------------------------------------------------------------------------


def _judge(ask: Request) -> Answer:
    """Judge a sequence of arrivals; the answer names the place of each, or the code of the first that is refused."""
    direction, hashes, places = braid.EMPTY, {}, []
    sent: Mapping[int, bytes] = ask.cbor("sent")
    for link_map, envelope_hash in ask.cbor("arrivals"):
        link = braid.parse_link(link_map)
        judged = braid.judge(
            direction,
            link,
            envelope_hash,
            hash_at=hashes.get,
            own_hash_at=sent.get,
            clock_tolerance_us=ask.number("clock-tolerance-s") * 1_000_000,
        )
        direction = judged.direction
        hashes.setdefault(link.number, envelope_hash)
        places.append(judged.place.value)
    return {"places": " ".join(places), "in-order": str(direction.number)}


def _parse_receipt(ask: Request) -> Answer:
    parsed = line_receipts.parse_receipt(ask.cbor("body"))
    return {"level": str(int(parsed.level))}


def _parse_node_receipt(ask: Request) -> Answer:
    return {"index": str(line_receipts.parse_node_receipt(ask.cbor("body")).index)}


def _check_form(ask: Request) -> Answer:
    body = ask.cbor("body")
    if not forms.known(body[20], body.get(21)):
        return {"known": "no"}
    form_values.validate(
        forms.form(body[20]), body, Precedence(ask.number("precedence")), family=inbound_messages.PeerError
    )
    return {"known": "yes"}


# --- journal ----------------------------------------------------------------------------------------------------------


def _verify_checkpoint(ask: Request) -> Answer:
    parsed = note.parse_note(ask.octets("note"))
    seen = checkpoint.verify_checkpoint(parsed, ask.text("origin"), ask.key("log"))
    return {"size": str(seen.size), "root": seen.root.hex()}


def _verify_cosignature(ask: Request) -> Answer:
    parsed = note.parse_note(ask.octets("note"))
    return {"time": str(checkpoint.verify_cosignature(parsed, ask.text("witness"), ask.key("witness-key")))}


def _parse_vkey(ask: Request) -> Answer:
    return {"public": checkpoint.parse_vkey(ask.octets("vkey").decode()).public.hex()}


def _verify_consistency(ask: Request) -> Answer:
    old, new = (ask.octets(name) for name in ("old-root", "new-root"))
    tree.verify_consistency(ask.number("old-size"), ask.number("new-size"), old, new, ask.cbor("path"))
    return {}


def _verify_inclusion(ask: Request) -> Answer:
    leaf = tree.leaf_hash(ask.octets("leaf"))
    tree.verify_inclusion(leaf, ask.number("index"), ask.number("size"), ask.cbor("path"), ask.octets("root"))
    return {}


def _open_leaf(ask: Request) -> Answer:
    parsed = entry.parse_leaf(ask.octets("leaf"))
    entry.verify_content(parsed, ask.octets("blind"), ask.octets("content"))
    return {"kind": parsed.kind, "leaf-hash": tree.leaf_hash(ask.octets("leaf")).hex()}


def _verify_receipt(ask: Request) -> Answer:
    receipt = receipts.parse_receipt(ask.octets("receipt"))
    root = receipts.verify_inclusion_receipt(receipt, ask.octets("leaf"), ask.key("log"), accept_eddsa=False)
    return {"root": root.hex()}


def _witness(ask: Request) -> Answer:
    """Offer a checkpoint to a witness that holds (size, root); OK means that it cosigns or had done so."""
    theirs = manifest.parse_payload(ask.octets("manifest-payload"), ask.realm)
    held = {1: ask.number("held-size"), 2: ask.octets("held-root"), 4: 0}
    held[5] = {held[1]: held[2]}
    cosigner = SimpleNamespace(public=_witness_public, sign=_witness_sign)
    books: Any = SimpleNamespace(
        realm=ask.realm,
        now=0,
        unit=SimpleNamespace(get=lambda _view, _key: held if held[1] else None, content=lambda _index: None),
        manifest=lambda _party=None: theirs,
        keys=cosigner,
        common=lambda *_args: {},
        make=lambda *_args: SimpleNamespace(item=None),
        enter=lambda *_args: 0,
    )
    line: Any = SimpleNamespace(line=b"", peer=theirs.party)
    body = {20: ask.octets("note").decode(), 21: ask.number("since"), 22: ask.cbor("path")}
    desk_checkpoints.accept_offer(books, line, body)
    return {}


_WITNESS_SEED = sha256(b"a witness of the adapter").digest()


def _witness_public(purpose: str) -> PublicKey:
    alg = cose.ED25519 if purpose == "witness" else cose.ML_DSA_44
    return PublicKey(alg, keystore_sealing.SigningPrivateKey(alg, _WITNESS_SEED).public)


def _witness_sign(purpose: str, message: bytes) -> bytes:
    return keystore_sealing.SigningPrivateKey(_witness_public(purpose).alg, _WITNESS_SEED).sign(message)


def _verify_export(ask: Request) -> Answer:
    files = {name[5:]: ask.octets(name) for name in ask.values if name.startswith("file/")}
    trust = ask.text("trust", "").split()
    realm = Realm(ask.text("realm")) if "realm" in ask.values else None
    account = verify_export(files, trust=trust, realm=realm)
    return {"messages": str(len(account.messages)), "realm": account.realm.value}


COMMANDS: Mapping[str, Callable[[Request], Answer]] = {
    "decode": _decode,
    "decode-sequence": _decode_sequence,
    "verify-item": _verify_item,
    "make-item": _make_item,
    "verify-act": _verify_act,
    "check-acts": _check_acts,
    "make-act": _make_act,
    "verify-manifest": _verify_manifest,
    "verify-introduction": _verify_introduction,
    "parse-charter": _parse_charter,
    "default-charter": _default_charter,
    "open-transport": _open_transport,
    "seal": _seal,
    "judge": _judge,
    "parse-receipt": _parse_receipt,
    "parse-node-receipt": _parse_node_receipt,
    "check-form": _check_form,
    "verify-checkpoint": _verify_checkpoint,
    "verify-cosignature": _verify_cosignature,
    "parse-vkey": _parse_vkey,
    "verify-consistency": _verify_consistency,
    "verify-inclusion": _verify_inclusion,
    "open-leaf": _open_leaf,
    "verify-receipt": _verify_receipt,
    "witness": _witness,
    "verify-export": _verify_export,
}


def main() -> None:
    """Answer each line of standard input until it ends."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
