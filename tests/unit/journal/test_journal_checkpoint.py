from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.core import cose
from armslength.core.errors import ArmslengthError, LocalError, PeerError, VerificationError
from armslength.journal import checkpoint as cp
from armslength.journal import note as notes
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGIN = "eucom.example/exercise/journal"
PEER = "ndmc.example/exercise/witness"
ROOT = tree.leaf_hash(b"genesis")
POINT = cp.Checkpoint(origin=ORIGIN, size=1, root=ROOT)

Signing = Ed25519PrivateKey | MLDSA44PrivateKey


def ed25519(seed: int) -> Signing:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def ml_dsa_44(seed: int) -> Signing:
    return MLDSA44PrivateKey.from_seed_bytes(bytes([seed]) * 32)


def public(key: Signing) -> cose.VerifyKey:
    alg = cose.ED25519 if isinstance(key, Ed25519PrivateKey) else cose.ML_DSA_44
    return cose.VerifyKey(alg, key.public_key().public_bytes_raw())


def own_line(key: Signing, point: cp.Checkpoint = POINT) -> cp.NoteSignature:
    return cp.log_signature(point.origin, public(key), key.sign(cp.checkpoint_tbs(point, public(key))))


def peer_line(key: Signing, time_s: int, point: cp.Checkpoint = POINT, name: str = PEER) -> cp.NoteSignature:
    body = cp.checkpoint_body(point)
    return cp.cosignature(name, public(key), time_s, key.sign(cp.cosignature_tbs(name, public(key), time_s, body)))


def noted(*lines: cp.NoteSignature, point: cp.Checkpoint = POINT) -> cp.SignedNote:
    return cp.parse_note(cp.assemble_note(cp.checkpoint_body(point), lines).encode())


@pytest.mark.parametrize("make", [ed25519, ml_dsa_44])
def test_a_checkpoint_signed_by_its_journal_verifies(make: Callable[[int], Signing]) -> None:
    key = make(1)
    assert cp.verify_checkpoint(noted(own_line(key)), ORIGIN, public(key)) == POINT


@pytest.mark.parametrize("make", [ed25519, ml_dsa_44])
def test_a_cosignature_verifies_and_gives_its_time(make: Callable[[int], Signing]) -> None:
    key = make(2)
    note = noted(own_line(ed25519(1)), peer_line(key, 1_700_000_000))
    assert cp.verify_cosignature(note, PEER, public(key)) == 1_700_000_000


def test_both_kinds_of_cosignature_stand_side_by_side_and_the_latest_time_counts() -> None:
    key, pq = ed25519(2), ml_dsa_44(3)
    lines = (own_line(ed25519(1)), peer_line(key, 5), peer_line(pq, 6), peer_line(key, 9), peer_line(key, 7))
    note = noted(*lines)
    assert cp.verify_cosignature(note, PEER, public(key)) == 9
    assert cp.verify_cosignature(note, PEER, public(pq)) == 6


def test_signatures_of_unknown_keys_are_ignored() -> None:
    strangers = [
        cp.NoteSignature(name="stranger.example", key_hash=bytes(4), blob=b"anything"),
        cp.NoteSignature(name=ORIGIN, key_hash=b"\x01\x02\x03\x04", blob=bytes(64)),
    ]
    note = noted(*strangers, own_line(ed25519(1)))
    assert cp.verify_checkpoint(note, ORIGIN, public(ed25519(1))) == POINT


def test_an_extension_line_is_carried_and_signed_by_ed25519() -> None:
    point = cp.Checkpoint(origin=ORIGIN, size=1, root=ROOT, extensions=("a line of the log's own",))
    key = ed25519(1)
    note = noted(own_line(key, point), peer_line(ed25519(2), 3, point), point=point)
    assert cp.verify_checkpoint(note, ORIGIN, public(key)) == point
    assert cp.verify_cosignature(note, PEER, public(ed25519(2))) == 3
    changed = cp.SignedNote(text=note.text.replace("own", "OWN"), signatures=note.signatures)
    for check in (
        lambda: cp.verify_checkpoint(changed, ORIGIN, public(key)),
        lambda: cp.verify_cosignature(changed, PEER, public(ed25519(2))),
    ):
        with pytest.raises(VerificationError):
            check()


def test_an_extension_line_is_refused_where_nothing_signs_it() -> None:
    key = ml_dsa_44(1)
    point = cp.Checkpoint(origin=ORIGIN, size=1, root=ROOT, extensions=("anybody's words",))
    with pytest.raises(LocalError) as local:
        cp.checkpoint_tbs(point, public(key))
    assert local.value.code == "CHECKPOINT-VALUE"
    forged = noted(own_line(key), point=point)
    with pytest.raises(VerificationError) as error:
        cp.verify_checkpoint(forged, ORIGIN, public(key))
    assert error.value.code == "NOTE-SIGNATURE"


def _with(text: str | None = None, line: cp.NoteSignature | None = None) -> cp.SignedNote:
    note = noted(line or own_line(ed25519(1)), peer_line(ed25519(2), 5))
    return cp.SignedNote(text=text or note.text, signatures=note.signatures)


OTHER_ORIGIN = cp.Checkpoint(origin="other.example", size=1, root=ROOT)

CHECKPOINT_REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "another journal": (
        lambda: cp.verify_checkpoint(noted(own_line(ed25519(1)), point=OTHER_ORIGIN), ORIGIN, public(ed25519(1))),
        "CHECKPOINT-ORIGIN",
    ),
    "another key": (lambda: cp.verify_checkpoint(_with(), ORIGIN, public(ed25519(9))), "NOTE-UNSIGNED"),
    "the key as another algorithm": (
        lambda: cp.verify_checkpoint(_with(), ORIGIN, public(ml_dsa_44(1))),
        "NOTE-UNSIGNED",
    ),
    "another size": (
        lambda: cp.verify_checkpoint(
            _with(cp.checkpoint_body(POINT).replace("\n1\n", "\n2\n")), ORIGIN, public(ed25519(1))
        ),
        "COSE-SIGNATURE",
    ),
    "an empty signature of the right key": (
        lambda: cp.verify_checkpoint(
            _with(line=cp.NoteSignature(name=ORIGIN, key_hash=own_line(ed25519(1)).key_hash, blob=b"\x00")),
            ORIGIN,
            public(ed25519(1)),
        ),
        "COSE-SIGNATURE",
    ),
    "a good and a bad signature of one key": (
        lambda: cp.verify_checkpoint(
            noted(
                own_line(ed25519(1)),
                cp.NoteSignature(name=ORIGIN, key_hash=own_line(ed25519(1)).key_hash, blob=bytes(64)),
            ),
            ORIGIN,
            public(ed25519(1)),
        ),
        "COSE-SIGNATURE",
    ),
    "a cosignature in place of the journal's own": (
        lambda: cp.verify_checkpoint(noted(peer_line(ed25519(1), 5, name=ORIGIN)), ORIGIN, public(ed25519(1))),
        "NOTE-UNSIGNED",
    ),
    "cosigned by nobody": (
        lambda: cp.verify_cosignature(noted(own_line(ed25519(1))), PEER, public(ed25519(2))),
        "NOTE-UNSIGNED",
    ),
    "cosigned under another name": (
        lambda: cp.verify_cosignature(_with(), "else.example", public(ed25519(2))),
        "NOTE-UNSIGNED",
    ),
    "a cosignature with its time cut off": (
        lambda: cp.verify_cosignature(_cut(peer_line(ed25519(2), 5)), PEER, public(ed25519(2))),
        "NOTE-SIGNATURE",
    ),
    "a cosignature with another time": (
        lambda: cp.verify_cosignature(_timed(peer_line(ed25519(2), 5), 6), PEER, public(ed25519(2))),
        "COSE-SIGNATURE",
    ),
    "an ML-DSA cosignature with another time": (
        lambda: cp.verify_cosignature(_timed(peer_line(ml_dsa_44(2), 5), 6), PEER, public(ml_dsa_44(2))),
        "COSE-SIGNATURE",
    ),
    "a time beyond 2^63 - 1": (
        lambda: cp.verify_cosignature(_timed(peer_line(ed25519(2), 5), 2**63), PEER, public(ed25519(2))),
        "NOTE-SIGNATURE",
    ),
}


def _cut(line: cp.NoteSignature) -> cp.SignedNote:
    return noted(cp.NoteSignature(name=line.name, key_hash=line.key_hash, blob=line.blob[8:]))


def _timed(line: cp.NoteSignature, time_s: int) -> cp.SignedNote:
    blob = time_s.to_bytes(8, "big") + line.blob[8:]
    return noted(cp.NoteSignature(name=line.name, key_hash=line.key_hash, blob=blob))


@pytest.mark.parametrize("name", CHECKPOINT_REFUSALS)
def test_checkpoints_that_do_not_hold(name: str) -> None:
    check, code = CHECKPOINT_REFUSALS[name]
    with pytest.raises(VerificationError) as error:
        check()
    assert error.value.code == code


def test_an_ml_dsa_cosignature_commits_to_the_cosigners_name() -> None:
    key = ml_dsa_44(2)
    line = peer_line(key, 5, name="else.example")
    renamed = cp.NoteSignature(
        name=PEER,
        key_hash=cp.note_key_hash(PEER, cp.SignatureKind.COSIGNATURE_ML_DSA_44, public(key).public),
        blob=line.blob,
    )
    with pytest.raises(VerificationError) as error:
        cp.verify_cosignature(noted(renamed), PEER, public(key))
    assert error.value.code == "COSE-SIGNATURE"


def test_a_cosignature_is_over_one_journal_only() -> None:
    for key in (ed25519(2), ml_dsa_44(2)):
        other = noted(peer_line(key, 5), point=OTHER_ORIGIN)
        with pytest.raises(VerificationError) as error:
            cp.verify_cosignature(other, PEER, public(key))
        assert error.value.code == "COSE-SIGNATURE"


GOOD_ROOT = notes.encode_base64(ROOT)

MALFORMED_BODIES = {
    "empty": "",
    "no final newline": f"{ORIGIN}\n1\n{GOOD_ROOT}",
    "two lines": f"{ORIGIN}\n1\n",
    "no origin": f"\n1\n{GOOD_ROOT}\n",
    "origin too long": f"{'o' * 256}\n1\n{GOOD_ROOT}\n",
    "origin with a control character": f"ori\tgin\n1\n{GOOD_ROOT}\n",
    "origin with a surrogate": f"ori\udc00gin\n1\n{GOOD_ROOT}\n",
    "leading zero": f"{ORIGIN}\n01\n{GOOD_ROOT}\n",
    "sign": f"{ORIGIN}\n+1\n{GOOD_ROOT}\n",
    "underscore": f"{ORIGIN}\n1_0\n{GOOD_ROOT}\n",
    "other digits": f"{ORIGIN}\n١\n{GOOD_ROOT}\n",
    "superscript digit": f"{ORIGIN}\n²\n{GOOD_ROOT}\n",
    "not a number": f"{ORIGIN}\none\n{GOOD_ROOT}\n",
    "size above the bound": f"{ORIGIN}\n9223372036854775808\n{GOOD_ROOT}\n",
    "number of 5,000 digits": f"{ORIGIN}\n{'9' * 5000}\n{GOOD_ROOT}\n",
    "root too short": f"{ORIGIN}\n1\n{notes.encode_base64(bytes(31))}\n",
    "root with loose padding bits": f"{ORIGIN}\n1\n{GOOD_ROOT[:-2]}{chr(ord(GOOD_ROOT[-2]) + 1)}=\n",
    "root with url letters": f"{ORIGIN}\n1\n{GOOD_ROOT[:-3]}-_=\n",
    "root with a space": f"{ORIGIN}\n1\n{GOOD_ROOT} \n",
    "empty extension": f"{ORIGIN}\n1\n{GOOD_ROOT}\n\n",
    "nine extensions": f"{ORIGIN}\n1\n{GOOD_ROOT}\n" + "x\n" * 9,
    "carriage returns": f"{ORIGIN}\r\n1\r\n{GOOD_ROOT}\r\n",
}


@pytest.mark.parametrize("name", MALFORMED_BODIES)
def test_malformed_checkpoints(name: str) -> None:
    with pytest.raises(PeerError) as error:
        cp.parse_checkpoint(MALFORMED_BODIES[name])
    assert error.value.code == "CHECKPOINT-FORMAT"


LINE = f"— {PEER} {notes.encode_base64(bytes(4) + b'x')}\n"
TEXT = "text\n"

MALFORMED_NOTES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "NOTE-FORMAT"),
    "no signature": ("text\n\n", "NOTE-FORMAT"),
    "no empty line": (TEXT + LINE, "NOTE-FORMAT"),
    "no final newline": (TEXT + "\n" + LINE[:-1], "NOTE-FORMAT"),
    "text after the signatures": (TEXT + "\n" + LINE + "more\n", "NOTE-FORMAT"),
    "hyphen for the dash": (TEXT + "\n" + LINE.replace("—", "-"), "NOTE-FORMAT"),
    "no key name": (TEXT + "\n—  AAAAAHg=\n", "NOTE-FORMAT"),
    "plus in the name": (TEXT + "\n— a+b AAAAAHg=\n", "NOTE-FORMAT"),
    "no-break space in the name": (TEXT + "\n— a\u00a0b AAAAAHg=\n", "NOTE-FORMAT"),
    "name too long": (TEXT + f"\n— {'n' * 256} AAAAAHg=\n", "NOTE-FORMAT"),
    "key id alone": (TEXT + "\n— name AAAAAA==\n", "NOTE-FORMAT"),
    "not base64": (TEXT + "\n— name !!!!\n", "NOTE-FORMAT"),
    "base64 that is not ASCII": (TEXT + "\n— name ÄÄÄÄ\n", "NOTE-FORMAT"),
    "base64 without padding": (TEXT + "\n— name AAAAAHg\n", "NOTE-FORMAT"),
    "base64 with loose bits": (TEXT + "\n— name AAAAAHh=\n", "NOTE-FORMAT"),
    "base64 with more after the padding": (TEXT + "\n— name AAAAAHg==\n", "NOTE-FORMAT"),
    "two spaces": (TEXT + "\n— name  AAAAAHg=\n", "NOTE-FORMAT"),
    "tab": ("te\txt\n\n" + LINE, "NOTE-FORMAT"),
    "carriage return": ("text\r\n\n" + LINE, "NOTE-FORMAT"),
    "zero byte": (b"te\x00xt\n\n" + LINE.encode(), "NOTE-FORMAT"),
    "not UTF-8": (b"te\xffxt\n\n" + LINE.encode(), "NOTE-FORMAT"),
    "overlong UTF-8": (b"te\xc0\xafxt\n\n" + LINE.encode(), "NOTE-FORMAT"),
    "surrogate": ("te\udc00xt\n\n" + LINE, "NOTE-FORMAT"),
    "17 signatures": (TEXT + "\n" + LINE * 17, "NOTE-SIZE"),
    "too many bytes": ("x" * (notes.NOTE_BYTES_MAX + 1), "NOTE-SIZE"),
    "too many bytes in few characters": ("ж" * (notes.NOTE_BYTES_MAX - 1), "NOTE-SIZE"),
}


@pytest.mark.parametrize("name", MALFORMED_NOTES)
def test_malformed_notes(name: str) -> None:
    raw, code = MALFORMED_NOTES[name]
    with pytest.raises(PeerError) as error:
        cp.parse_note(raw)
    assert error.value.code == code


def test_sixteen_of_the_largest_signatures_are_read() -> None:
    lines = [cp.NoteSignature(name=f"w{n}.example", key_hash=bytes(4), blob=bytes(5_000)) for n in range(16)]
    assert len(cp.parse_note(cp.assemble_note("text\n", lines)).signatures) == 16


def test_a_text_with_empty_lines_is_divided_at_the_last() -> None:
    note = cp.parse_note("one\n\n— looks.like a signature\n\n" + LINE)
    assert note.text == "one\n\n— looks.like a signature\n"


ML_DSA_65 = cose.VerifyKey(cose.ML_DSA_65, bytes(1952))

BAD_OWN_VALUES: dict[str, Callable[[], object]] = {
    "key that C2SP has no signature for": lambda: cp.checkpoint_tbs(POINT, ML_DSA_65),
    "cosigning with such a key": lambda: cp.cosignature_tbs(PEER, ML_DSA_65, 1, cp.checkpoint_body(POINT)),
    "expecting a cosignature of such a key": lambda: cp.verify_cosignature(_with(), PEER, ML_DSA_65),
    "origin of two lines": lambda: cp.checkpoint_body(cp.Checkpoint(origin="a\nb", size=1, root=ROOT)),
    "negative size": lambda: cp.checkpoint_body(cp.Checkpoint(origin=ORIGIN, size=-1, root=ROOT)),
    "short root": lambda: cp.checkpoint_body(cp.Checkpoint(origin=ORIGIN, size=1, root=b"x")),
    "empty extension": lambda: cp.checkpoint_body(cp.Checkpoint(origin=ORIGIN, size=1, root=ROOT, extensions=("",))),
    "no signature": lambda: cp.assemble_note("text\n", []),
    "text without newline": lambda: cp.assemble_note("text", [own_line(ed25519(1))]),
    "name with a space": lambda: cp.assemble_note("t\n", [cp.NoteSignature(name="a b", key_hash=bytes(4), blob=b"x")]),
    "negative time": lambda: cp.cosignature_message(-1, "text\n"),
    "time beyond the bound": lambda: cp.cosignature(PEER, public(ed25519(1)), 2**63, bytes(64)),
    "short signature": lambda: cp.log_signature(ORIGIN, public(ed25519(1)), bytes(63)),
    "cosigner without a name": lambda: cp.ml_dsa_cosignature_message("", 1, POINT),
    "key that cannot cosign": lambda: cp.cosignature(PEER, cose.VerifyKey(cose.ML_DSA_65, bytes(1952)), 1, bytes(3309)),
}


@pytest.mark.parametrize("name", BAD_OWN_VALUES)
def test_we_write_nothing_that_could_not_be_read_back(name: str) -> None:
    with pytest.raises(LocalError) as error:
        BAD_OWN_VALUES[name]()
    assert error.value.code == "CHECKPOINT-VALUE"


@pytest.mark.parametrize("kind", list(cp.SignatureKind))
def test_verifier_keys_of_every_kind_come_back(kind: cp.SignatureKind) -> None:
    key = ml_dsa_44(1) if kind is cp.SignatureKind.COSIGNATURE_ML_DSA_44 else ed25519(1)
    note_key = cp.NoteKey(name=PEER, kind=kind, public=public(key).public)
    assert cp.parse_vkey(cp.encode_vkey(note_key)) == note_key


VKEY = cp.encode_vkey(cp.NoteKey(name="a.example", kind=cp.SignatureKind.ED25519, public=bytes(32)))

MALFORMED_VKEYS = {
    "empty": "",
    "no plus": "a.example",
    "wrong key id": VKEY.replace("+", "+0", 1),
    "key id in capitals": VKEY.upper(),
    "no name": VKEY[VKEY.index("+") :],
    "unknown type": "a.example+00000000+" + notes.encode_base64(b"\x02" + bytes(32)),
    "no material": "a.example+00000000+",
    "short key": "a.example+00000000+" + notes.encode_base64(b"\x01" + bytes(31)),
    "padding added": VKEY + "=",
    "too long": "a" * 3000,
    "space": VKEY + " ",
}


@pytest.mark.parametrize("name", MALFORMED_VKEYS)
def test_malformed_verifier_keys(name: str) -> None:
    assert MALFORMED_VKEYS[name] != VKEY
    with pytest.raises(PeerError) as error:
        cp.parse_vkey(MALFORMED_VKEYS[name])
    assert error.value.code == "VKEY-FORMAT"


PLAIN = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=100, deadline=None)
@given(PLAIN, st.integers(0, tree.SIZE_MAX), st.binary(min_size=32, max_size=32), st.lists(PLAIN, max_size=3))
def test_any_checkpoint_comes_back(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    point = cp.Checkpoint(origin=origin, size=size, root=root, extensions=tuple(extensions))
    if len(origin.encode()) <= cp.ORIGIN_BYTES_MAX:
        assert cp.parse_checkpoint(cp.checkpoint_body(point)) == point


_SIGNED = cp.assemble_note(
    cp.checkpoint_body(POINT), [own_line(ed25519(1)), peer_line(ed25519(2), 1_700_000_000)]
).encode()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(_SIGNED) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_cosigned_checkpoint_passes(place: int, difference: int) -> None:
    raw = bytearray(_SIGNED)
    raw[place] ^= difference
    with pytest.raises(ArmslengthError):
        _verify_all(bytes(raw))


def _verify_all(raw: bytes) -> None:
    note = cp.parse_note(raw)
    cp.verify_checkpoint(note, ORIGIN, public(ed25519(1)))
    cp.verify_cosignature(note, PEER, public(ed25519(2)))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_any_bytes_end_in_a_note_or_a_typed_error(raw: bytes | str) -> None:
    try:
        note = cp.parse_note(raw)
        cp.parse_checkpoint(note.text)
    except PeerError:
        pass
    with pytest.raises(PeerError):
        cp.parse_vkey(str(raw))
