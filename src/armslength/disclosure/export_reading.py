"""Opening an export: every file named and unchanged, the exporter's signature, the parties, the tree.

What comes out of here is bytes that the exporting node signed and a tree that it committed to. Whether the records in
it hold is the replay's business.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.core import cbor, cose
from armslength.core.errors import ArmslengthError, VerificationError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN
from armslength.core.limits import ENTRY_BYTES_MAX
from armslength.core.realm import Realm, domain
from armslength.core.record import PROFILE_VERSION
from armslength.disclosure import export_files as names
from armslength.disclosure.export_files import Head, LeafTree, journal_origin
from armslength.journal import checkpoint as checkpoints
from armslength.journal import entry as entries
from armslength.journal import receipts, tree
from armslength.journal.note import parse_note
from armslength.line import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.journal.entry import Entry
    from armslength.line.manifest import Manifest

LINE_ID_BYTES: Final = 16
_LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9][0-9]{0,9}) (\S{1,64})")
_ENTRY_PARTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """A party as its own root introduces it: the chain of manifests, oldest first, and their bytes."""

    manifests: tuple[Manifest, ...]
    pieces: tuple[bytes, ...]

    @property
    def newest(self) -> Manifest:
        """The last manifest of the chain."""
        return self.manifests[-1]

    @property
    def fingerprint(self) -> bytes:
        """The eleven bytes that are read aloud."""
        return manifests.manifest_fingerprint(self.newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A disclosed entry that stands in the tree and whose commitment opens; ``content`` is None when destroyed."""

    index: int
    entry: Entry
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An export whose files, signature, tree and receipts hold."""

    head: Head
    parties: Mapping[str, Introduced]
    leaves: LeafTree
    shown: tuple[Shown, ...]
    cosigned: str | None
    peer_checkpoint: str | None

    @property
    def peer(self) -> str:
        """Party code of the other side."""
        return next(party for party in self.parties if party != self.head.party)


def open_export(files: Mapping[str, bytes], realm: Realm | None) -> Opened:
    """Check everything about an export but the records in it.

    Args:
        files: names and bytes.
        realm: the realm that the reader expects, None for whichever it says.

    Raises:
        VerificationError: EXPORT-... codes.
    """
    _check_bounds(files)
    first_line, signature_lines = _check_files(files)
    head = _head(files[names.HEAD], realm)
    parties = _parties(files, head)
    origin = journal_origin(parties[head.party].newest)
    if first_line != f"{domain(head.realm, 'export').decode()} {origin}":
        raise VerificationError("EXPORT-MANIFEST", expected=f"an export of {origin}", got=first_line)
    log_key = parties[head.party].newest.node_keys["log"].verifier()
    _check_signature(files[names.MANIFEST], signature_lines, origin, log_key)
    _check_readme(files[names.README], head)
    leaves = _leaves(files[names.LEAVES], head)
    _check_checkpoint(files[names.CHECKPOINT], leaves, origin, log_key)
    return Opened(
        head=head,
        parties=parties,
        leaves=leaves,
        shown=tuple(_shown(files, leaves, origin, log_key)),
        cosigned=_text(files, names.COSIGNED),
        peer_checkpoint=_text(files, names.PEER_CHECKPOINT),
    )


# --- the files --------------------------------------------------------------------------------------------------------


def _check_bounds(files: Mapping[str, bytes]) -> None:
    if len(files) > names.FILES_MAX:
        raise VerificationError("EXPORT-SIZE", files_at_most=names.FILES_MAX, got=len(files))
    total = sum(len(data) for data in files.values())
    if total > names.EXPORT_BYTES_MAX:
        raise VerificationError("EXPORT-SIZE", bytes_at_most=names.EXPORT_BYTES_MAX, got=total)


def _check_files(files: Mapping[str, bytes]) -> tuple[str, str]:
    """Hold the files against MANIFEST; return its first line and its signature lines."""
    if names.MANIFEST not in files:
        raise VerificationError("EXPORT-FILE-MISSING", file=names.MANIFEST)
    first_line, listed, signature_lines = _manifest_lines(files[names.MANIFEST])
    for name in sorted(listed.keys() - files.keys()):
        raise VerificationError("EXPORT-FILE-MISSING", file=name)
    for name in sorted(files.keys() - listed.keys() - {names.MANIFEST}):
        raise VerificationError("EXPORT-FILE-EXTRA", file=name)
    for name, (digest, length) in listed.items():
        data = files[name]
        if len(data) != length or not hmac.compare_digest(sha256(data).hexdigest(), digest):
            raise VerificationError("EXPORT-FILE-CHANGED", file=name, expected_bytes=length, got_bytes=len(data))
    _check_layout(listed)
    return first_line, signature_lines


def _manifest_lines(raw: bytes) -> tuple[str, dict[str, tuple[str, int]], str]:
    head, divider, tail = raw.rpartition(b"\n\n")
    first_line, *lines = head.decode("utf-8", errors="replace").split("\n")
    if not divider or not lines:
        raise VerificationError("EXPORT-MANIFEST", expected="a line a file, an empty line, a signature line")
    listed: dict[str, tuple[str, int]] = {}
    before = ""
    for number, line in enumerate(lines, start=2):
        match = _LINE.fullmatch(line)
        if match is None or not names.NAME.fullmatch(match[3]) or match[3] == names.MANIFEST:
            raise VerificationError("EXPORT-MANIFEST", line=number, expected="sha256, length and name", got=line)
        if match[3] <= before:
            raise VerificationError("EXPORT-MANIFEST", line=number, expected="names in order, each once", got=match[3])
        before = match[3]
        listed[before] = (match[1], int(match[2]))
    return first_line, listed, tail.decode("utf-8", errors="replace")


def _check_layout(listed: Mapping[str, tuple[str, int]]) -> None:
    """Refuse files that the layout does not have, since nobody would verify what is in them."""
    for name in sorted(names.REQUIRED - listed.keys()):
        raise VerificationError("EXPORT-FILE-MISSING", file=name)
    shown = {match[1] for name in listed if (match := names.ENTRY_FILE.fullmatch(name))}
    proven = {match[1] for name in listed if (match := names.RECEIPT_FILE.fullmatch(name))}
    for number in sorted(shown - proven):
        raise VerificationError("EXPORT-FILE-MISSING", file=names.receipt_name(int(number)))
    for number in sorted(proven - shown):
        raise VerificationError("EXPORT-FILE-MISSING", file=names.entry_name(int(number)))
    for name in listed:
        known = name in names.REQUIRED | names.OPTIONAL or names.PARTY_FILE.fullmatch(name)
        if not known and not names.ENTRY_FILE.fullmatch(name) and not names.RECEIPT_FILE.fullmatch(name):
            raise VerificationError("EXPORT-FILE-EXTRA", file=name)


def _check_signature(raw: bytes, signature_lines: str, origin: str, log_key: cose.VerifyKey) -> None:
    """One signature, by the exporter's log key, over everything before the empty line."""
    message = raw[: raw.rindex(b"\n\n") + 1]
    try:
        note = parse_note(f"-\n\n{signature_lines}")
        (signature,) = note.signatures
    except ArmslengthError as error:
        raise VerificationError("EXPORT-MANIFEST", because=error.code) from error
    except ValueError as error:
        raise VerificationError("EXPORT-MANIFEST", expected="one signature line") from error
    key_hash = checkpoints.note_key_hash(origin, checkpoints.SignatureKind.ED25519, log_key.public)
    if (signature.name, signature.key_hash) != (origin, key_hash):
        raise VerificationError("EXPORT-SIGNATURE", file=names.MANIFEST, expected=origin, got=signature.name)
    try:
        cose.raw_verify(log_key, signature.blob, message)
    except ArmslengthError as error:
        raise VerificationError("EXPORT-SIGNATURE", file=names.MANIFEST, because=error.code) from error


# --- head and parties -------------------------------------------------------------------------------------------------


def _decode(name: str, data: bytes, *, size_max: int) -> cbor.CborValue:
    try:
        return cbor.decode(data, size_max=size_max)
    except ArmslengthError as error:
        raise VerificationError("EXPORT-MALFORMED", file=name, because=error.code) from error


HEAD_BYTES_MAX: Final = 512
"""Eight short fields."""


def _head(data: bytes, realm: Realm | None) -> Head:
    read = FieldReader(_decode(names.HEAD, data, size_max=HEAD_BYTES_MAX), "EXPORT-MALFORMED", VerificationError)
    if read.value(1) != PROFILE_VERSION:
        read.refuse(file=names.HEAD, field=1, expected=PROFILE_VERSION, got=read.value(1))
    said = {one.value: one for one in Realm}.get(read.text(2, 16))
    if said is None or (realm is not None and said is not realm):
        raise VerificationError("EXPORT-REALM", expected=realm or "REAL or EXERCISE", got=read.text(2, 16))
    if read.value(8) != names.MARKS[said]:
        raise VerificationError("EXPORT-REALM", expected=names.MARKS[said] or "no mark", got=read.value(8))
    return Head(
        realm=said,
        party=read.text(3, 16),
        line=read.octets(4, LINE_ID_BYTES),
        made_at=read.instant(5),
        size=read.integer(6, 1, names.LEAVES_MAX),
        charter=read.octets(7, 32),
    )


def _parties(files: Mapping[str, bytes], head: Head) -> dict[str, Introduced]:
    found: dict[str, Introduced] = {}
    for name in sorted(files):
        match = names.PARTY_FILE.fullmatch(name)
        if match is None:
            continue
        try:
            chain, pieces = manifests.verify_introduction(files[name], head.realm)
        except ArmslengthError as error:
            raise VerificationError("EXPORT-CHAIN", file=name, because=error.code, detail=error.sentence) from error
        if chain[-1].party != match[1]:
            raise VerificationError("EXPORT-CHAIN", file=name, expected=match[1], got=chain[-1].party)
        found[match[1]] = Introduced(manifests=chain, pieces=pieces)
    if len(found) != names.PARTIES or head.party not in found:
        raise VerificationError("EXPORT-INCOMPLETE", expected="the introductions of both parties", got=", ".join(found))
    return found


def _check_readme(data: bytes, head: Head) -> None:
    """An exercise says so in the first and last line of what a person opens first."""
    mark = names.MARKS[head.realm]
    lines = data.decode("utf-8", errors="replace").strip().split("\n")
    if mark is not None and (lines[0].strip() != mark or lines[-1].strip() != mark):
        raise VerificationError("EXPORT-REALM", file=names.README, expected=mark, got=lines[0])


# --- the tree ---------------------------------------------------------------------------------------------------------


def _leaves(data: bytes, head: Head) -> LeafTree:
    value = _decode(names.LEAVES, data, size_max=names.LEAVES_MAX * tree.HASH_BYTES + 16)
    if not isinstance(value, bytes) or len(value) % tree.HASH_BYTES:
        raise VerificationError("EXPORT-MALFORMED", file=names.LEAVES, expected="hashes of 32 bytes in one string")
    leaves = LeafTree(value)
    if leaves.size != head.size:
        raise VerificationError("EXPORT-ROOT", file=names.LEAVES, expected=head.size, got=leaves.size)
    return leaves


def _check_checkpoint(data: bytes, leaves: LeafTree, origin: str, log_key: cose.VerifyKey) -> None:
    try:
        note = parse_note(data)
        seen = checkpoints.verify_checkpoint(note, origin, log_key)
    except ArmslengthError as error:
        raise VerificationError("EXPORT-SIGNATURE", file=names.CHECKPOINT, because=error.code) from error
    if len(note.signatures) != 1 or seen.extensions:
        raise VerificationError("EXPORT-SIGNATURE", file=names.CHECKPOINT, expected="the exporter's signature alone")
    root = leaves.root_at(leaves.size)
    if seen.size != leaves.size or not hmac.compare_digest(seen.root, root):
        raise VerificationError("EXPORT-ROOT", file=names.CHECKPOINT, size=seen.size, leaves=leaves.size)


def _shown(files: Mapping[str, bytes], leaves: LeafTree, origin: str, log_key: cose.VerifyKey) -> Iterator[Shown]:
    root = leaves.root_at(leaves.size)
    for name in sorted(files):
        match = names.ENTRY_FILE.fullmatch(name)
        if match is None:
            continue
        index = int(match[1])
        leaf, blind, content = _entry_parts(name, files[name])
        if index >= leaves.size or not hmac.compare_digest(leaves.read(0, index), tree.leaf_hash(leaf)):
            raise VerificationError("EXPORT-LEAF", file=name, journal_size=leaves.size)
        _check_receipt(files[names.receipt_name(index)], leaf, _Expected(index, leaves.size, root, origin, log_key))
        yield Shown(index=index, entry=_opened_leaf(name, leaf, blind, content), content=content)


ENTRY_FILE_BYTES_MAX: Final = ENTRY_BYTES_MAX + 1024
"""A record as a journal holds it, its leaf and its blind."""


def _entry_parts(name: str, data: bytes) -> tuple[bytes, bytes | None, bytes | None]:
    value = _decode(name, data, size_max=ENTRY_FILE_BYTES_MAX)
    match value:
        case (bytes(leaf), bytes(blind), bytes(content)):
            return leaf, blind, content
        case (bytes(leaf), None, None):
            return leaf, None, None
        case _:
            raise VerificationError("EXPORT-MALFORMED", file=name, expected="leaf, blind and content")


def _opened_leaf(name: str, leaf: bytes, blind: bytes | None, content: bytes | None) -> Entry:
    try:
        entry = entries.parse_leaf(leaf)
    except ArmslengthError as error:
        raise VerificationError("EXPORT-MALFORMED", file=name, because=error.code) from error
    if not INSTANT_MIN <= entry.at <= INSTANT_MAX:
        raise VerificationError("EXPORT-MALFORMED", file=name, because="a time before 1990 or after 2119")
    if blind is not None and content is not None:
        try:
            entries.verify_content(entry, blind, content)
        except ArmslengthError as error:
            raise VerificationError("EXPORT-COMMITMENT", file=name, kind=entry.kind) from error
    return entry


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a receipt of inclusion must say."""

    index: int
    size: int
    root: bytes
    origin: str
    log_key: cose.VerifyKey


def _check_receipt(data: bytes, leaf: bytes, expected: _Expected) -> None:
    name = names.receipt_name(expected.index)
    try:
        receipt = receipts.parse_receipt(data)
        root = receipts.verify_inclusion_receipt(receipt, leaf, expected.log_key, accept_eddsa=False)
    except ArmslengthError as error:
        raise VerificationError("EXPORT-RECEIPT", file=name, because=error.code) from error
    proof = receipt.proof
    placed = isinstance(proof, receipts.InclusionProof) and (proof.index, proof.size) == (expected.index, expected.size)
    if not placed or root != expected.root:
        raise VerificationError("EXPORT-RECEIPT", file=name, because="of another entry or size")
    if (receipt.issuer, receipt.key_id) != (expected.origin, expected.log_key.kid):
        raise VerificationError("EXPORT-RECEIPT", file=name, expected=expected.origin, got=receipt.issuer)


def _text(files: Mapping[str, bytes], name: str) -> str | None:
    if name not in files:
        return None
    try:
        return files[name].decode()
    except UnicodeError as error:
        raise VerificationError("EXPORT-MALFORMED", file=name, expected="UTF-8") from error
