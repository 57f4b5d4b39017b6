"""The examples of C2SP signed-note, tlog-checkpoint and tlog-cosignature, the only official vectors there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from armslength.core import cose
from armslength.core.errors import VerificationError
from armslength.journal import checkpoint as cp

EXAMPLE = Path(__file__).parents[1] / "vectors" / "c2sp" / "signed-note-example.txt"

WITNESSED = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
"""tlog-cosignature, the first example; its keys are not published, so its shape is held and its signatures are not."""


def _example() -> tuple[cp.NoteKey, cp.SignedNote]:
    head, _, note = EXAMPLE.read_text(encoding="utf-8").partition("---\n")
    vkey = head.removeprefix("vkey: ").strip()
    return cp.parse_vkey(vkey), cp.parse_note(note)


def test_the_verifier_key_of_the_example_is_read_and_written_back() -> None:
    key, _ = _example()
    assert (key.name, key.kind) == ("example.com/foo", cp.SignatureKind.ED25519)
    assert cp.note_key_hash(key.name, key.kind, key.public).hex() == "530d903a"
    assert f"vkey: {cp.encode_vkey(key)}\n" in EXAMPLE.read_text(encoding="utf-8")


def test_the_signature_of_the_example_holds() -> None:
    key, note = _example()
    assert note.text == "This is an example message.\n"
    (signature,) = note.signatures
    assert (signature.name, signature.key_hash.hex()) == ("example.com/foo", "530d903a")
    cose.raw_verify(cose.VerifyKey(cose.ED25519, key.public), signature.blob, cp.note_message(note.text))


def test_the_signature_of_the_example_does_not_hold_for_another_text() -> None:
    key, note = _example()
    with pytest.raises(VerificationError):
        cose.raw_verify(
            cose.VerifyKey(cose.ED25519, key.public), note.signatures[0].blob, cp.note_message(note.text.upper())
        )


def test_the_example_is_written_back_byte_for_byte() -> None:
    _, note = _example()
    raw = EXAMPLE.read_text(encoding="utf-8").partition("---\n")[2]
    assert cp.assemble_note(note.text, note.signatures) == raw


def test_the_witnessed_checkpoint_is_read_and_written_back() -> None:
    note = cp.parse_note(WITNESSED)
    checkpoint = cp.parse_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.extensions == ()
    assert cp.checkpoint_body(checkpoint) == note.text
    assert cp.assemble_note(note.text, note.signatures) == WITNESSED


def test_the_cosignature_of_the_example_has_the_time_of_the_text() -> None:
    witness = cp.parse_note(WITNESSED).signatures[1]
    assert witness.key_hash.hex() == "8d66cf3f"
    assert int.from_bytes(witness.blob[:8], "big") == 1679315147
    assert len(witness.blob) == 8 + 64


def test_the_ed25519_cosigned_message_is_the_one_of_the_text() -> None:
    body = cp.parse_note(WITNESSED).text
    assert cp.cosignature_message(1679315147, body) == (
        b"cosignature/v1\n"
        b"time 1679315147\n"
        b"example.com/behind-the-sofa\n"
        b"20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_the_ml_dsa_cosigned_message_is_the_structure_of_the_text() -> None:
    """tlog-cosignature v1.1.0-rc.1, cosigned_message, written out by hand from the struct."""
    checkpoint = cp.parse_checkpoint(cp.parse_note(WITNESSED).text)
    wanted = (
        b"subtree/v1\n\x00\x16witness.example.com/w1"
        + bytes.fromhex("00000000641850cb")
        + b"\x1bexample.com/behind-the-sofa"
        + bytes.fromhex("0000000000000000")
        + bytes.fromhex("00000000013e2dc3")
        + checkpoint.root
    )
    assert cp.ml_dsa_cosignature_message("witness.example.com/w1", 1679315147, checkpoint) == wanted
