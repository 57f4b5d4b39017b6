from __future__ import annotations

from hashlib import sha256
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import LocalError, PeerError, VerificationError
from armslength.journal import entry as entries

BLIND = bytes(range(32))
ENTRY = entries.Entry(kind="message-out", at=1_668_902_400_000_000, line=b"L" * 16, commitment=bytes(32))
FIELDS: dict[Any, Any] = {1: "message-out", 2: 1_668_902_400_000_000, 3: b"L" * 16, 4: bytes(32)}


def test_the_leaf_is_the_map_of_four_fields() -> None:
    leaf = entries.encode_leaf(ENTRY)
    assert cbor2.loads(leaf) == FIELDS
    assert leaf == b"\xa4\x01\x6bmessage-out\x02\x1b" + ENTRY.at.to_bytes(8, "big") + (
        b"\x03\x50" + b"L" * 16 + b"\x04\x58\x20" + bytes(32)
    )


def test_the_commitment_is_the_hash_of_domain_blind_and_content() -> None:
    assert entries.commitment(BLIND, b"content") == sha256(b"armslength/1/commitment" + BLIND + b"content").digest()


def test_the_blind_hides_equal_contents() -> None:
    assert entries.commitment(bytes(32), b"STOP") != entries.commitment(BLIND, b"STOP")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_blind_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(LocalError) as error:
        entries.commitment(bytes(length), b"")
    assert error.value.code == "JOURNAL-ENTRY-VALUE"


def test_a_content_is_held_against_its_entry() -> None:
    entry = entries.Entry(kind="draft", at=0, line=None, commitment=entries.commitment(BLIND, b"words"))
    entries.verify_content(entry, BLIND, b"words")
    for blind, content in ((BLIND, b"other words"), (bytes(32), b"words"), (BLIND[:31], BLIND[31:] + b"words")):
        with pytest.raises(VerificationError) as error:
            entries.verify_content(entry, blind, content)
        assert error.value.code == "COMMITMENT-MISMATCH"


KINDS = {
    "alarm",
    "alarm-accepted",
    "alarm-ended",
    "alarm-notified",
    "alarm-passed",
    "alarm-shelved",
    "charter",
    "charter-assent",
    "check",
    "concern",
    "concern-step",
    "conflict",
    "contact",
    "cosignature-in",
    "deadline",
    "decision",
    "delegation",
    "destroyed",
    "draft",
    "facility",
    "genesis",
    "manifest",
    "message-in",
    "message-out",
    "node-receipt-in",
    "outbox",
    "peer-checkpoint",
    "peer-pin",
    "receipt-in",
    "receipt-out",
    "refused",
    "report",
    "session",
}


def test_no_kind_is_ever_lost_or_renamed() -> None:
    assert set(entries.ENTRY_KINDS) >= KINDS


@pytest.mark.parametrize("kind", entries.ENTRY_KINDS)
def test_every_kind_has_a_sentence_and_fits_the_leaf(kind: str) -> None:
    assert entries.ENTRY_KINDS[kind].endswith(".")
    largest = entries.Entry(kind=kind, at=entries.AT_MAX, line=b"L" * entries.LINE_ID_BYTES_MAX, commitment=bytes(32))
    leaf = entries.encode_leaf(largest)
    assert len(leaf) <= entries.LEAF_BYTES_MAX
    assert entries.parse_leaf(leaf) == largest


REFUSED_LEAVES: dict[str, tuple[Any, str]] = {
    "unknown kind": ({**FIELDS, 1: "rumour"}, "JOURNAL-ENTRY-KIND"),
    "kind of bytes": ({**FIELDS, 1: b"alarm"}, "JOURNAL-ENTRY-FORMAT"),
    "negative time": ({**FIELDS, 2: -1}, "JOURNAL-ENTRY-FORMAT"),
    "time beyond the bound": ({**FIELDS, 2: 2**63}, "JOURNAL-ENTRY-FORMAT"),
    "time of True": ({**FIELDS, 2: True}, "JOURNAL-ENTRY-FORMAT"),
    "time of text": ({**FIELDS, 2: "now"}, "JOURNAL-ENTRY-FORMAT"),
    "empty line": ({**FIELDS, 3: b""}, "JOURNAL-ENTRY-FORMAT"),
    "long line": ({**FIELDS, 3: bytes(65)}, "JOURNAL-ENTRY-FORMAT"),
    "line of text": ({**FIELDS, 3: "line"}, "JOURNAL-ENTRY-FORMAT"),
    "line False": ({**FIELDS, 3: False}, "JOURNAL-ENTRY-FORMAT"),
    "short commitment": ({**FIELDS, 4: bytes(31)}, "JOURNAL-ENTRY-FORMAT"),
    "no commitment": ({**FIELDS, 4: None}, "JOURNAL-ENTRY-FORMAT"),
    "a field missing": ({1: "alarm", 2: 0, 4: bytes(32)}, "JOURNAL-ENTRY-FORMAT"),
    "a field more": ({**FIELDS, 5: None}, "JOURNAL-ENTRY-FORMAT"),
    "not a map": (["alarm", 0, None], "JOURNAL-ENTRY-FORMAT"),
    "nothing": (None, "JOURNAL-ENTRY-FORMAT"),
}


@pytest.mark.parametrize("name", REFUSED_LEAVES)
def test_refused_leaves(name: str) -> None:
    value, code = REFUSED_LEAVES[name]
    with pytest.raises(PeerError) as error:
        entries.parse_leaf(cbor.encode(value))
    assert error.value.code == code


def test_a_long_leaf_is_refused_unread() -> None:
    with pytest.raises(PeerError) as error:
        entries.parse_leaf(bytes(entries.LEAF_BYTES_MAX + 1))
    assert error.value.code == "CBOR-SIZE"


@pytest.mark.parametrize(
    "wrong",
    [
        entries.Entry(kind="rumour", at=0, line=None, commitment=bytes(32)),
        entries.Entry(kind="alarm", at=-1, line=None, commitment=bytes(32)),
        entries.Entry(kind="alarm", at=0, line=b"", commitment=bytes(32)),
        entries.Entry(kind="alarm", at=0, line=None, commitment=b""),
    ],
)
def test_our_own_wrong_entry_is_never_written(wrong: entries.Entry) -> None:
    with pytest.raises(LocalError) as error:
        entries.encode_leaf(wrong)
    assert error.value.code == "JOURNAL-ENTRY-VALUE"


@given(
    st.sampled_from(sorted(entries.ENTRY_KINDS)),
    st.integers(0, entries.AT_MAX),
    st.none() | st.binary(min_size=1, max_size=64),
    st.binary(min_size=32, max_size=32),
)
def test_any_entry_comes_back(kind: str, at: int, line: bytes | None, commitment: bytes) -> None:
    entry = entries.Entry(kind=kind, at=at, line=line, commitment=commitment)
    assert entries.parse_leaf(entries.encode_leaf(entry)) == entry


@given(st.binary(max_size=200))
def test_any_bytes_end_in_an_entry_or_a_typed_error(raw: bytes) -> None:
    try:
        entry = entries.parse_leaf(raw)
    except PeerError:
        return
    assert entries.encode_leaf(entry) == raw
