"""What an officer is asked to sign: a complete body, shown first, signed second, submitted third.

The node prepares, the officer's own program computes the body hash from the very fields it shows, signs, and submits.
Nothing is stored by preparing, so a prepared act that nobody signs leaves no trace.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from armslength.core import cbor, record
from armslength.core.attestation import Attestation, parse_attestation, statement, verify_attestation
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant
from armslength.core.limits import ITEM_BYTES_MAX
from armslength.desk import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.realm import Realm
    from armslength.desk.books import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A body ready to be signed. ``line`` is empty for local records."""

    type: str
    line: bytes
    seed: bytes
    body: Mapping[int, CborValue]
    _hashes: dict[Realm, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def encode(self) -> bytes:
        """Return the bytes that travel to the officer and back."""
        return cbor.encode((self.type, self.line, self.seed, dict(self.body)))

    def body_hash(self, realm: Realm) -> bytes:
        """Return the hash that persons attest; computed once, since checks, tick and release all ask for it."""
        if realm not in self._hashes:
            self._hashes[realm] = record.body_hash(realm, self.type, self.line, self.seed, self.body)
        return self._hashes[realm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A prepared body with the attestations made over it."""

    prepared: Prepared
    acts: tuple[CborValue, ...]


def decode_prepared(data: bytes) -> Prepared:
    """Read what an officer's program sent back.

    Raises:
        LocalError: PREPARED-MALFORMED.
    """
    try:
        value = cbor.decode(data, size_max=ITEM_BYTES_MAX)
    except ArmslengthError as error:
        raise LocalError("PREPARED-MALFORMED", because=error.code) from error
    if not isinstance(value, tuple) or len(value) != 4:
        raise LocalError("PREPARED-MALFORMED", expected="an array of four")
    kind, line, seed, body = value
    if (
        not isinstance(kind, str)
        or not isinstance(line, bytes)
        or not isinstance(seed, bytes)
        or len(seed) != record.SEED_BYTES
    ):
        raise LocalError("PREPARED-MALFORMED", part="type, line or seed")
    if not isinstance(body, dict) or not all(type(number) is int for number in body) or len(line) not in {0, 16}:
        raise LocalError("PREPARED-MALFORMED", part="body")
    return Prepared(type=kind, line=line, seed=seed, body=body)  # type: ignore[arg-type]  # keys were just seen to be ints


def check_own_acts(books: Books, prepared: Prepared, acts: tuple[CborValue, ...]) -> tuple[Attestation, ...]:
    """Verify the attestations that our own officers made over a body.

    Raises:
        LocalError: ACT-INVALID with the code of what does not hold; SUBMIT-FOREIGN when the body is not ours;
            HANDLING-... when its marking or releasability is not as the party's list allows.
    """
    if prepared.body.get(3) != books.party or type(prepared.body.get(2)) is not int:
        raise LocalError("SUBMIT-FOREIGN", expected=books.party, got=prepared.body.get(3))
    record_id = prepared.body.get(1)
    if not isinstance(record_id, bytes) or len(record_id) != 16:
        raise LocalError("PREPARED-MALFORMED", part="record id")
    policy.check_handling(books.party, prepared.body)
    body_hash = prepared.body_hash(books.realm)
    try:
        found = tuple(parse_attestation(value) for value in acts)
        for attestation in found:
            verify_attestation(
                attestation,
                realm=books.realm,
                roster=books.roster(),
                body_hash=body_hash,
                stated_at=Instant(int(str(prepared.body[2]))),
                level_one_receipt=prepared.type == "receipt" and prepared.body.get(20) == 1,
            )
    except ArmslengthError as error:
        raise LocalError("ACT-INVALID", because=error.code, detail=error.sentence) from error
    if not found:
        raise LocalError("ACT-INVALID", because="no attestation")
    return found


def prepared_json(
    realm: Realm, prepared: Prepared, act: str, role: str, officer: str, *, text: str = ""
) -> dict[str, str]:
    """Return what an officer's program is given to show and to sign; ``text`` is the message in his language."""
    return {
        "prepared": b64encode(prepared.encode()).decode(),
        "type": prepared.type,
        "body_hash": prepared.body_hash(realm).hex(),
        "act": act,
        "role": role,
        "officer": officer,
        "statement": attest(realm, prepared, act, role, officer).hex(),
        "text": text,
    }


def attest(realm: Realm, prepared: Prepared, act: str, role: str, officer: str) -> bytes:
    """Return the 32 bytes that an officer signs for an act on a prepared body."""
    return statement(realm, act, role, officer, prepared.body_hash(realm))
