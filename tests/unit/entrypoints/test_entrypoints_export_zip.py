"""A ZIP is one more way to carry an export's folder, and one more thing that a hostile sender writes."""

from __future__ import annotations

import io
import zipfile
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from armslength.core.errors import VerificationError
from armslength.disclosure.verify import verify_export
from armslength.entrypoints import export_zip
from armslength.entrypoints.export_zip import read_zip
from builders import two_nodes
from builders.exports import exported

FILES = {"MANIFEST": b"one", "entries/00000001.cbor": b"two" * 1000}


def packed(files: dict[str, bytes], method: int = ZIP_STORED, folder: str = "") -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", method) as target:
        if folder:
            target.mkdir(folder)
        for name, content in files.items():
            target.writestr(folder + name, content)
    return data.getvalue()


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("folder", ["", "EUCOM-export/"])
def test_what_was_packed_is_read_again(method: int, folder: str) -> None:
    assert read_zip(packed(FILES, method, folder)) == FILES


def test_an_export_verifies_out_of_its_zip() -> None:
    two = two_nodes.conversed()
    account = verify_export(read_zip(packed(exported(two.eucom, two.line), ZIP_DEFLATED, "x/")))
    assert account.exported_by == "EUCOM"


def linked() -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as target:
        one = ZipInfo("MANIFEST")
        one.external_attr = 0o120777 << 16
        target.writestr(one, "/etc/passwd")
    return data.getvalue()


def twice() -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as target:
        target.writestr("MANIFEST", b"one")
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("MANIFEST", b"two")
    return data.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed(FILES))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    return bytes(data)


def torn_content() -> bytes:
    data = bytearray(packed(FILES))
    data[data.index(b"two")] ^= 1
    return bytes(data)


CASES = {
    "nothing": (lambda: b"", "EXPORT-MALFORMED"),
    "text": (lambda: b"PK\x03\x04 no ZIP", "EXPORT-MALFORMED"),
    "cut": (lambda: packed(FILES)[:-30], "EXPORT-MALFORMED"),
    "changed content": (torn_content, "EXPORT-MALFORMED"),
    "link": (linked, "EXPORT-FILE-EXTRA"),
    "name twice": (twice, "EXPORT-FILE-EXTRA"),
    "encrypted": (encrypted, "EXPORT-FILE-EXTRA"),
    "another method": (lambda: packed(FILES, ZIP_BZIP2), "EXPORT-FILE-EXTRA"),
    "bomb": (lambda: packed({"MANIFEST": bytes(2_000_000)}, ZIP_DEFLATED), "EXPORT-SIZE"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_zip_is_refused_by_a_code(name: str) -> None:
    made, code = CASES[name]
    with pytest.raises(VerificationError) as refused:
        read_zip(made(), bytes_max=1_000_000)
    assert refused.value.code == code


def test_a_length_that_lies_unpacks_no_further() -> None:
    data = bytearray(packed({"MANIFEST": bytes(3_000_000)}, ZIP_DEFLATED))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(VerificationError) as refused:
        read_zip(bytes(data), bytes_max=1_000)
    assert refused.value.code == "EXPORT-MALFORMED"


def test_rows_are_counted_before_the_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_zip, "FILES_MAX", 1)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(VerificationError) as refused:
        read_zip(packed(FILES))
    assert refused.value.code == "EXPORT-SIZE"
