"""Vectors of exports: one small conversation as one side exported it, and one file for each thing that was done to it.

The conversation was held once by two of our nodes in memory (its cosignatures are ML-DSA, which draws randomness); the
files and the exporter's log seed are kept in vectors/drawn.cbor, so that a hostile exporter's files can be signed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.core import cbor, cose
from armslength.core.instants import Instant
from armslength.core.realm import Realm
from armslength.disclosure import export_files as names
from armslength.disclosure.verify import verify_export
from armslength.journal import checkpoint, note
from armslength.line import manifest
from maker.vector import DRAWN_ONCE, FOLDER, OK, Vector

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE: Final = "export/good.txt"
MARK: Final = "EXERCISE - NOT EVIDENCE"


@dataclass(frozen=True, kw_only=True)
class Base:
    """The honest export, and what its exporter can sign."""

    files: Mapping[str, bytes]
    log: SigningPrivateKey
    fingerprints: tuple[str, ...]

    @property
    def log_key(self) -> cose.VerifyKey:
        """The public half of the log key."""
        return cose.VerifyKey(alg=cose.ED25519, public=self.log.public)

    @property
    def origin(self) -> str:
        """The exporter's journal name."""
        return self.files[names.CHECKPOINT].decode().split("\n", 1)[0]

    def head(self) -> dict[int, Any]:
        """Return the fields of export.cbor."""
        return cast("dict[int, Any]", cbor.decode(self.files[names.HEAD]))

    def entry(self, index: int) -> tuple[Any, ...]:
        """Return leaf, blind and content of an entry."""
        return cast("tuple[Any, ...]", cbor.decode(self.files[names.entry_name(index)]))

    def index(self, kind: str) -> int:
        """Return the first entry of a kind."""
        for name in sorted(self.files):
            if name.startswith("entries/"):
                leaf = cast("dict[int, Any]", cbor.decode(self.entry(int(name[8:16]))[0]))
                if leaf[1] == kind:
                    return int(name[8:16])
        raise SystemExit(kind)

    def signed(self, changes: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """Return the changes with a MANIFEST over the changed files, signed by the exporter's log key."""
        merged = {**self.files, **changes}
        kept = {name: data for name, data in merged.items() if data is not None and name != names.MANIFEST}
        body = names.manifest_text(kept, Realm.EXERCISE, self.origin)
        line = checkpoint.log_signature(self.origin, self.log_key, self.log.sign(note.note_message(body)))
        tail = note.assemble_note("-\n", (line,)).removeprefix("-\n")
        return {**changes, names.MANIFEST: (body + tail).encode()}


def _hold() -> bytes:
    """Hold the conversation; needs the builders of the tests, once."""
    sys.path.insert(0, str(FOLDER.parent / "tests"))
    from builders import exports, two_nodes  # noqa: PLC0415 - only when there is nothing kept

    two = two_nodes.opened()
    two.converse()
    two.cosign(two.eucom)
    two.cosign(two.ndmc)
    keys: Any = two.eucom.keys
    return cbor.encode({"files": exports.exported(two.eucom, two.line), "log-seed": keys._seeds["log"]})  # noqa: SLF001


def _check(kept: bytes) -> None:
    verify_export(cast("Any", cbor.decode(kept))["files"])


@cache
def base() -> Base:
    """Return the honest export."""
    kept = cast("Any", cbor.decode(DRAWN_ONCE.once("export", b"one conversation", _hold, _check)))
    files: dict[str, bytes] = kept["files"]
    prints = []
    for party in ("EUCOM", "NDMC"):
        chain, _ = manifest.verify_introduction(files[names.party_name(party)], Realm.EXERCISE)
        prints.append(manifest.manifest_fingerprint(chain[-1]).hex())
    return Base(files=files, log=SigningPrivateKey(cose.ED25519, kept["log-seed"]), fingerprints=tuple(prints))


def _case(
    name: str, expect: str, what: str, changes: Mapping[str, bytes | None] | None = None, **values: str
) -> Vector:
    changes = changes or {}
    without = " ".join(f"file/{one}" for one, data in changes.items() if data is None)
    head = {"base": BASE, **values, **({"without": without} if without else {})}
    octets = {f"file/{one}": data for one, data in changes.items() if data is not None}
    gives = {"messages": "1", "realm": "EXERCISE"} if expect == OK else {}
    return Vector(
        name=f"export/{name}", expect=expect, what=what, run="verify-export", values=head, octets=octets, gives=gives
    )


def _files() -> list[Vector]:
    made = base()
    readme, listing = made.files[names.README], made.files[names.MANIFEST]
    receipt = names.receipt_name(made.index("message-out"))
    text = made.signed({names.README: readme + b"\n"})[names.MANIFEST] or b""
    old_tail = listing[listing.rindex(b"\n\n") :]
    swapped = listing.split(b"\n")
    swapped[1], swapped[2] = swapped[2], swapped[1]
    unsigned = text[: text.rindex(b"\n\n")] + old_tail
    return [
        _case("file-missing", "EXPORT-FILE-MISSING", "A receipt of inclusion is missing.", {receipt: None}),
        _case("file-manifest-missing", "EXPORT-FILE-MISSING", "MANIFEST is missing.", {names.MANIFEST: None}),
        _case("file-extra", "EXPORT-FILE-EXTRA", "A file that MANIFEST does not name.", {"notes.txt": b"read me\n"}),
        _case(
            "file-extra-named",
            "EXPORT-FILE-EXTRA",
            "A file that the layout does not have, named in MANIFEST.",
            made.signed({"notes.txt": b"read me\n"}),
        ),
        _case("file-changed", "EXPORT-FILE-CHANGED", "One byte more in README.txt.", {names.README: readme + b"\n"}),
        _case(
            "manifest-order",
            "EXPORT-MANIFEST",
            "Two lines of MANIFEST change places.",
            {names.MANIFEST: b"\n".join(swapped)},
        ),
        _case(
            "manifest-digest",
            "EXPORT-SIGNATURE",
            "README.txt and its line in MANIFEST were changed; the signature is the old one.",
            {names.README: readme + b"\n", names.MANIFEST: unsigned},
        ),
        _case(
            "manifest-domain",
            "EXPORT-MANIFEST",
            "The first line names the other realm.",
            {names.MANIFEST: listing.replace(b"/EXERCISE/export ", b"/REAL/export ", 1)},
        ),
        _case(
            "layout",
            "EXPORT-FILE-MISSING",
            "An entry without its receipt, and MANIFEST says so.",
            made.signed({receipt: None}),
        ),
    ]


def _head_and_parties() -> list[Vector]:
    made = base()
    head = made.head()
    wrong = {**head, 8: None}
    readme = made.files[names.README].replace(MARK.encode(), b"REPORT", 1)
    other = made.files[names.party_name("NDMC")]
    return [
        _case("realm-asked", "EXPORT-REALM", "An export of EXERCISE, where REAL is asked for.", realm="REAL"),
        _case(
            "realm-mark",
            "EXPORT-REALM",
            "The head does not say NOT EVIDENCE.",
            made.signed({names.HEAD: cbor.encode(wrong)}),
        ),
        _case(
            "realm-readme",
            "EXPORT-REALM",
            "The first line of README.txt does not say EXERCISE.",
            made.signed({names.README: readme}),
        ),
        _case(
            "head-malformed", "EXPORT-MALFORMED", "export.cbor is an array.", made.signed({names.HEAD: cbor.encode(())})
        ),
        _case(
            "head-profile",
            "EXPORT-MALFORMED",
            "export.cbor of profile version 2.",
            made.signed({names.HEAD: cbor.encode({**head, 1: 2})}),
        ),
        _case(
            "party-of-other",
            "EXPORT-CHAIN",
            "The introduction of one party under the name of another.",
            made.signed({"parties/OTHER.cbor": other, names.party_name("NDMC"): None}),
        ),
        _case(
            "party-missing",
            "EXPORT-INCOMPLETE",
            "The introduction of one party only.",
            made.signed({names.party_name("NDMC"): None}),
        ),
        _case(
            "untrusted",
            "EXPORT-UNTRUSTED",
            "A fingerprint that is neither party's.",
            trust=f"{made.fingerprints[0]} {'00' * 11}",
        ),
        _case(
            "good-trusted", OK, "Both fingerprints are those that were read aloud.", trust=" ".join(made.fingerprints)
        ),
    ]


def _tree() -> list[Vector]:
    made = base()
    leaves = cast("bytes", cbor.decode(made.files[names.LEAVES]))
    one, two = made.index("message-out"), made.index("charter")
    leaf, blind, content = made.entry(one)
    first, second = (names.entry_name(n) for n in (one, two))
    r_first, r_second = (names.receipt_name(n) for n in (one, two))
    cut = {names.LEAVES: cbor.encode(leaves[:-32]), names.HEAD: cbor.encode({**made.head(), 6: len(leaves) // 32 - 1})}
    changed = leaves[:-1] + bytes([leaves[-1] ^ 1])
    return [
        _case("root-cut", "EXPORT-ROOT", "The last leaf is left out, in the head too.", made.signed(cut)),
        _case(
            "root-changed",
            "EXPORT-ROOT",
            "One bit of the last leaf is wrong.",
            made.signed({names.LEAVES: cbor.encode(changed)}),
        ),
        _case(
            "leaf",
            "EXPORT-LEAF",
            "Two entries change places.",
            made.signed({first: made.files[second], second: made.files[first]}),
        ),
        _case(
            "commitment",
            "EXPORT-COMMITMENT",
            "One byte of a content is wrong.",
            made.signed({first: cbor.encode((leaf, blind, content[:-1] + bytes([content[-1] ^ 1])))}),
        ),
        _case(
            "receipt",
            "EXPORT-RECEIPT",
            "Two receipts change places.",
            made.signed({r_first: made.files[r_second], r_second: made.files[r_first]}),
        ),
        _case(
            "entry-malformed",
            "EXPORT-MALFORMED",
            "An entry of two parts.",
            made.signed({first: cbor.encode((leaf, blind))}),
        ),
    ]


def _records() -> list[Vector]:
    made = base()
    message, held = made.index("message-out"), made.index("node-receipt-in")
    cosigned = made.index("cosignature-in")
    hidden = {name: None for n in (message,) for name in (names.entry_name(n), names.receipt_name(n))}
    cosign = {name: None for n in (cosigned,) for name in (names.entry_name(n), names.receipt_name(n))}
    withheld = {names.entry_name(message): cbor.encode((made.entry(message)[0], None, None))}
    late = {names.entry_name(held): cbor.encode((made.entry(held)[0], None, None))}
    return [
        _case(
            "incomplete",
            "EXPORT-INCOMPLETE",
            "The message is left out; what speaks of it is shown.",
            made.signed(hidden),
        ),
        _case(
            "incomplete-content", "EXPORT-INCOMPLETE", "The content of the message is withheld.", made.signed(withheld)
        ),
        _case(
            "good-withheld", OK, "The content of a node receipt was destroyed; the account says so.", made.signed(late)
        ),
        _case(
            "cosignature-hidden",
            "EXPORT-COSIGNATURE",
            "The entry of the newest cosignature is left out.",
            made.signed(cosign),
        ),
        _case(
            "cosignature-file",
            "EXPORT-COSIGNATURE",
            "The file of the newest cosignature is left out.",
            made.signed({names.COSIGNED: None}),
        ),
        _case(
            "record",
            "EXPORT-RECORD",
            "A field of the message was changed and the journal made anew around it.",
            _rewritten(),
        ),
    ]


def _rewritten() -> dict[str, bytes | None]:
    """A hostile exporter's whole journal around a changed message: everything it signs holds, the record does not."""
    made = base()
    index, head = made.index("message-out"), made.head()
    leaf, blind, content = made.entry(index)
    parts = list(cast("Any", cbor.decode(content)))
    parts[2] = {**parts[2], 101: "TROOP-PRESENCE"}
    changed = cbor.encode(tuple(parts))
    from armslength.journal import entry, tree  # noqa: PLC0415 - one use

    parsed = entry.parse_leaf(leaf)
    new = entry.encode_leaf(
        entry.Entry(kind=parsed.kind, at=parsed.at, line=parsed.line, commitment=entry.commitment(blind, changed))
    )
    leaves = cast("bytes", cbor.decode(made.files[names.LEAVES]))
    hashes = [leaves[at : at + 32] for at in range(0, len(leaves), 32)]
    hashes[index] = tree.leaf_hash(new)
    shown = []
    for name in sorted(made.files):
        if name.startswith("entries/"):
            number = int(name[8:16])
            old = made.entry(number) if number != index else (new, blind, changed)
            shown.append(names.Disclosed(index=number, leaf=old[0], blind=old[1], content=old[2]))
    pieces = names.Pieces(
        head=names.Head(
            realm=Realm.EXERCISE, party=head[3], line=head[4], made_at=Instant(head[5]), size=head[6], charter=head[7]
        ),
        origin=made.origin,
        log_key=made.log_key,
        introductions={party: made.files[names.party_name(party)] for party in ("EUCOM", "NDMC")},
        leaf_hashes=hashes,
        entries=shown,
        cosigned=made.files[names.COSIGNED].decode(),
        peer_checkpoint=made.files[names.PEER_CHECKPOINT].decode(),
    )
    forged = names.build_export(pieces, made.log.sign)
    return {name: data for name, data in forged.items() if made.files[name] != data}


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    made = base()
    good = Vector(
        name="export/good",
        expect=OK,
        what="One concern with R0 to R4, exported by its sender; without fingerprints, identities are only as claimed.",
        run="verify-export",
        octets={f"file/{name}": data for name, data in made.files.items()},
        gives={"messages": "1", "realm": "EXERCISE"},
    )
    return [good, *_files(), *_head_and_parties(), *_tree(), *_records()]
