"""The files of an export: each one named and unchanged, whoever changed it."""

from __future__ import annotations

from hashlib import sha256

import pytest

from armslength.core.errors import VerificationError
from armslength.core.realm import Realm
from armslength.disclosure import export_files
from armslength.disclosure.verify import verify_export
from builders import two_nodes
from builders.exports import exported, resigned

TWO = two_nodes.conversed()
FILES = exported(TWO.eucom, TWO.line)
ENTRY = next(name for name in sorted(FILES) if name.startswith("entries/"))
RECEIPT = next(name for name in sorted(FILES) if name.startswith("receipts/"))


def refusal(files: dict[str, bytes], **options: object) -> VerificationError:
    with pytest.raises(VerificationError) as refused:
        verify_export(files, **options)
    return refused.value


def test_the_export_as_it_was_made_verifies() -> None:
    assert verify_export(FILES).exported_by == "EUCOM"


def test_the_layout_is_the_one_of_the_specification() -> None:
    first = {name for name in FILES if "/" not in name}
    assert first == {
        "MANIFEST",
        "export.cbor",
        "checkpoint",
        "cosigned",
        "peer-checkpoint",
        "leaves.cbor",
        "README.txt",
    }
    assert {name for name in FILES if name.startswith("parties/")} == {"parties/EUCOM.cbor", "parties/NDMC.cbor"}
    numbers = [{name[-13:-5] for name in FILES if name.startswith(folder)} for folder in ("entries/", "receipts/")]
    assert numbers[0] == numbers[1] != set()


def manifest_lines() -> list[bytes]:
    return FILES["MANIFEST"].split(b"\n")


def with_manifest(lines: list[bytes]) -> dict[str, bytes]:
    return {**FILES, "MANIFEST": b"\n".join(lines)}


def swapped_lines() -> dict[str, bytes]:
    lines = manifest_lines()
    lines[1], lines[2] = lines[2], lines[1]
    return with_manifest(lines)


def repeated_line() -> dict[str, bytes]:
    lines = manifest_lines()
    return with_manifest([*lines[:2], lines[1], *lines[2:]])


def loose_base64(raw: bytes) -> bytes:
    """Set a bit of the last character before the padding, which a lax decoder drops."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    end = raw.rindex(b"=\n") if raw.endswith(b"=\n") else len(raw) - 1
    while raw[end : end + 1] == b"=" or raw[end : end + 1] == b"\n":
        end -= 1
    place = alphabet.index(raw[end : end + 1]) ^ 1
    return raw[:end] + alphabet[place : place + 1] + raw[end + 1 :]


@pytest.mark.parametrize(
    ("files", "code", "named"),
    [
        ({}, "EXPORT-FILE-MISSING", "MANIFEST"),
        ({n: d for n, d in FILES.items() if n != ENTRY}, "EXPORT-FILE-MISSING", ENTRY),
        ({n: d for n, d in FILES.items() if n != "cosigned"}, "EXPORT-FILE-MISSING", "cosigned"),
        ({**FILES, "entries/99999999.cbor": b""}, "EXPORT-FILE-EXTRA", "entries/99999999.cbor"),
        ({**FILES, "notes.txt": b"hello"}, "EXPORT-FILE-EXTRA", "notes.txt"),
        ({**FILES, ENTRY: FILES[ENTRY] + b"\x00"}, "EXPORT-FILE-CHANGED", ENTRY),
        ({**FILES, ENTRY: FILES[ENTRY][:-1]}, "EXPORT-FILE-CHANGED", ENTRY),
        ({**FILES, RECEIPT: b""}, "EXPORT-FILE-CHANGED", RECEIPT),
        ({**FILES, ENTRY: FILES[RECEIPT], RECEIPT: FILES[ENTRY]}, "EXPORT-FILE-CHANGED", ENTRY),
        (swapped_lines(), "EXPORT-MANIFEST", "line"),
        (repeated_line(), "EXPORT-MANIFEST", "line"),
        ({**FILES, "MANIFEST": b"\n" + FILES["MANIFEST"]}, "EXPORT-MANIFEST", ""),
        ({**FILES, "MANIFEST": FILES["MANIFEST"] + b"\n"}, "EXPORT-MANIFEST", ""),
        ({**FILES, "MANIFEST": FILES["MANIFEST"] + FILES["MANIFEST"].split(b"\n\n")[1]}, "EXPORT-MANIFEST", ""),
        ({**FILES, "MANIFEST": FILES["MANIFEST"].replace(b"\n", b"\r\n")}, "EXPORT-MANIFEST", ""),
        ({**FILES, "MANIFEST": loose_base64(FILES["MANIFEST"])}, "EXPORT-MANIFEST", ""),
        ({**FILES, "MANIFEST": b""}, "EXPORT-MANIFEST", ""),
        ({**FILES, "MANIFEST": b"\xff\xfe\n\n"}, "EXPORT-MANIFEST", ""),
    ],
)
def test_a_file_missing_extra_changed_or_out_of_order_is_named(files: dict[str, bytes], code: str, named: str) -> None:
    refused = refusal(files)
    assert refused.code == code
    assert named in str(refused)


def resign(**changed: bytes | None) -> dict[str, bytes]:
    files = {**FILES, **{name: data for name, data in changed.items() if data is not None}}
    return resigned({n: d for n, d in files.items() if n not in changed or changed[n] is not None}, TWO.eucom, TWO.line)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"export.cbor": None}, "EXPORT-FILE-MISSING"),
        ({"README.txt": None}, "EXPORT-FILE-MISSING"),
        ({ENTRY: None}, "EXPORT-FILE-MISSING"),
        ({RECEIPT: None}, "EXPORT-FILE-MISSING"),
        ({"parties/NDMC.cbor": None}, "EXPORT-INCOMPLETE"),
        ({"parties/XX.cbor": FILES["parties/NDMC.cbor"]}, "EXPORT-CHAIN"),
        ({"parties/NDMC.cbor": FILES["parties/EUCOM.cbor"]}, "EXPORT-CHAIN"),
        ({"parties/NDMC.cbor": FILES["parties/NDMC.cbor"] + b"\x00"}, "EXPORT-CHAIN"),
        ({"notes.txt": b"hello"}, "EXPORT-FILE-EXTRA"),
        ({"export.cbor": FILES["export.cbor"] + b"\x00"}, "EXPORT-MALFORMED"),
        ({"export.cbor": b"\x80"}, "EXPORT-MALFORMED"),
        ({"leaves.cbor": FILES["leaves.cbor"] + b"\x00"}, "EXPORT-MALFORMED"),
        ({"leaves.cbor": b"\x58\x21" + bytes(33)}, "EXPORT-MALFORMED"),
        ({"leaves.cbor": b"\x58\x20" + bytes(32)}, "EXPORT-ROOT"),
        ({ENTRY: FILES[ENTRY] + b"\x00"}, "EXPORT-MALFORMED"),
        ({RECEIPT: FILES[RECEIPT] + b"\x00"}, "EXPORT-RECEIPT"),
        ({"checkpoint": FILES["checkpoint"] + b"\n"}, "EXPORT-SIGNATURE"),
        ({"checkpoint": loose_base64(FILES["checkpoint"])}, "EXPORT-SIGNATURE"),
        ({"checkpoint": FILES["cosigned"]}, "EXPORT-SIGNATURE"),
        ({"cosigned": FILES["cosigned"] + b"\n"}, "EXPORT-COSIGNATURE"),
        ({"cosigned": loose_base64(FILES["cosigned"])}, "EXPORT-COSIGNATURE"),
        ({"cosigned": b"\xff"}, "EXPORT-MALFORMED"),
        ({"cosigned": None}, "EXPORT-COSIGNATURE"),
        ({"cosigned": FILES["checkpoint"]}, "EXPORT-COSIGNATURE"),
        ({"peer-checkpoint": None}, "EXPORT-COSIGNATURE"),
        ({"README.txt": b"This is real.\n"}, "EXPORT-REALM"),
    ],
)
def test_what_an_exporter_changes_and_signs_again_is_found(changed: dict[str, bytes | None], code: str) -> None:
    assert refusal(resign(**changed)).code == code


@pytest.mark.parametrize("lines", [1, 2])
def test_a_cosignature_taken_away_is_missed(lines: int) -> None:
    kept = b"\n".join(FILES["cosigned"].split(b"\n")[: -1 - lines]) + b"\n"
    refused = refusal(resign(cosigned=kept))
    assert refused.code == "EXPORT-COSIGNATURE"


def test_a_name_that_climbs_out_of_the_folder_is_refused() -> None:
    for name in ("../evil", "entries/../../evil", "/etc/passwd", "entries//0", ".hidden", "a b", "CON\n"):
        assert refusal(resign(**{name: b"x"})).code in {"EXPORT-MANIFEST", "EXPORT-FILE-EXTRA"}


def test_an_export_signed_by_another_node_is_refused() -> None:
    signed = resigned(FILES, TWO.ndmc, TWO.line)
    assert refusal(signed).code == "EXPORT-MANIFEST"
    body = FILES["MANIFEST"].split(b"\n\n")[0]
    tail = signed["MANIFEST"].split(b"\n\n")[1]
    assert refusal({**FILES, "MANIFEST": body + b"\n\n" + tail}).code == "EXPORT-SIGNATURE"


def test_an_export_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "EXPORT_BYTES_MAX", 1_000)
    assert refusal(FILES).code == "EXPORT-SIZE"
    monkeypatch.setattr(export_files, "FILES_MAX", 3)
    assert refusal(FILES).code == "EXPORT-SIZE"


def test_an_exercise_is_not_read_as_real() -> None:
    assert verify_export(FILES, realm=Realm.EXERCISE).realm is Realm.EXERCISE
    refused = refusal(FILES, realm=Realm.REAL)
    assert refused.code == "EXPORT-REALM"


def check_flips(bit: int) -> int:
    """Flip one bit of every byte in turn; return how many bytes there were."""
    count = 0
    for name in sorted(FILES):
        data = bytearray(FILES[name])
        for at in range(len(data)):
            data[at] ^= bit
            refused = refusal({**FILES, name: bytes(data)})
            if name == "MANIFEST":
                assert refused.code in OF_MANIFEST
            else:
                assert (refused.code, refused.details["file"]) == ("EXPORT-FILE-CHANGED", name)
            data[at] ^= bit
            count += 1
    return count


OF_MANIFEST = {
    "EXPORT-FILE-CHANGED",
    "EXPORT-FILE-EXTRA",
    "EXPORT-FILE-MISSING",
    "EXPORT-MANIFEST",
    "EXPORT-SIGNATURE",
}


@pytest.mark.long
def test_every_flipped_byte_is_found_and_its_file_named() -> None:
    assert check_flips(0x01) == sum(len(data) for data in FILES.values())


@pytest.mark.long
@pytest.mark.parametrize("bit", [0x20, 0x80])
def test_every_other_flipped_bit_is_found(bit: int) -> None:
    assert check_flips(bit) > 0


EXPORTERS_WORD = frozenset({"MANIFEST", "README.txt", "export.cbor"})
"""What an exporter may say otherwise without anybody's contradiction: its words and the time of its export."""


SAMPLE_STEP = 151
"""Every 151st byte in each run; all of them in the long one, which takes minutes."""


def resigned_flips(step: int) -> set[str]:
    codes = set()
    place = 0
    for name in sorted(FILES.keys() - EXPORTERS_WORD):
        data = bytearray(FILES[name])
        for at in range(len(data)):
            place += 1
            if place % step:
                continue
            data[at] ^= 0x01
            codes.add(refusal(resign(**{name: bytes(data)})).code)
            data[at] ^= 0x01
    return codes


SIGNED_AGAIN = {
    "EXPORT-CHAIN",
    "EXPORT-COMMITMENT",
    "EXPORT-COSIGNATURE",
    "EXPORT-LEAF",
    "EXPORT-MALFORMED",
    "EXPORT-RECEIPT",
    "EXPORT-ROOT",
    "EXPORT-SIGNATURE",
    "EXPORT-MANIFEST",
}


def test_a_byte_flipped_and_signed_again_by_the_exporter_is_found() -> None:
    assert resigned_flips(SAMPLE_STEP) <= SIGNED_AGAIN


@pytest.mark.long
def test_every_byte_flipped_and_signed_again_by_the_exporter_is_found() -> None:
    assert resigned_flips(1) <= SIGNED_AGAIN


def test_the_manifest_says_what_it_is_and_is_no_checkpoint() -> None:
    first, *lines = FILES["MANIFEST"].split(b"\n\n")[0].decode().split("\n")
    assert first.startswith("armslength/1/EXERCISE/export armslength/EUCOM/EXERCISE/")
    assert [line.split(" ")[2] for line in lines] == sorted(FILES.keys() - {"MANIFEST"})
    digest, length, name = lines[0].split(" ")
    assert (digest, int(length)) == (sha256(FILES[name]).hexdigest(), len(FILES[name]))
