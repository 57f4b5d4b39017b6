"""An export that travels as one ZIP file: what a browser saves, and what people make of a folder before they send it.

The file is only a way to carry the folder. What is read out of it is judged like a folder's files, so nothing in the
ZIP's own headers is believed but names and lengths, and those within the bounds of an export.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from armslength.core.errors import VerificationError
from armslength.disclosure.export_files import EXPORT_BYTES_MAX, FILES_MAX

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAGIC: Final = b"PK\x03\x04"
"""First bytes of a ZIP file that holds anything."""

_ROW: Final = b"PK\x01\x02"
"""Begins one row of the directory; counted before the directory is read, so that rows cost no memory."""

_ENCRYPTED: Final = 0x1

_KEPT: Final = (0, 8)
"""Stored, and deflated: what every browser and every operating system writes (APPNOTE 4.4.5)."""


def read_zip(data: bytes, *, bytes_max: int = EXPORT_BYTES_MAX) -> dict[str, bytes]:
    """Return every file of a ZIP by its name; one folder around all of them is left out.

    Args:
        data: the whole file.
        bytes_max: bytes of all files together.

    Raises:
        VerificationError: EXPORT-MALFORMED, EXPORT-SIZE, EXPORT-FILE-EXTRA (a name twice, a link, an encrypted file).
    """
    # Costs 20 ms to import, which whoever verifies a folder does not pay.
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415

    if data.count(_ROW) > FILES_MAX:
        raise VerificationError("EXPORT-SIZE", limit=FILES_MAX, got=data.count(_ROW))
    try:
        with ZipFile(BytesIO(data)) as packed:
            found = _files(packed, bytes_max)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise VerificationError("EXPORT-MALFORMED", because=f"ZIP: {type(error).__name__}") from error
    return _unwrapped(found)


def _files(packed: ZipFile, bytes_max: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for one in packed.infolist():
        if one.is_dir() and one.file_size == 0:
            continue
        _check(one, found)
        total += one.file_size
        if total > bytes_max:
            raise VerificationError("EXPORT-SIZE", limit=bytes_max, got=total)
        with packed.open(one) as stream:
            # With a length the library unpacks no further than that, so a bomb cannot grow beyond the bound.
            found[one.filename] = stream.read(one.file_size)
    return found


def _check(one: ZipInfo, found: dict[str, bytes]) -> None:
    kind = (one.external_attr >> 16) & 0o170000
    plain = kind in {0, 0o100000} and one.compress_type in _KEPT and not one.flag_bits & _ENCRYPTED
    if not plain or one.filename in found:
        raise VerificationError("EXPORT-FILE-EXTRA", file=one.filename[:64])


def _unwrapped(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files without the one folder that operating systems put around what they pack."""
    folders = {name.partition("/")[0] for name in found}
    if "MANIFEST" in found or len(folders) != 1 or not all("/" in name for name in found):
        return found
    return {name.partition("/")[2]: data for name, data in found.items()}
