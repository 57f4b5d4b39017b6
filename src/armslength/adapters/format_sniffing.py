"""A file told by its own first bytes: what the registries of importers and of feeds share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.adapters.format_unpack import OpenFile, open_bytes, open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SNIFFED_BYTES: Final = 65_536
"""Bytes from which a file's form is told: a header and its first rows."""

Given: TypeAlias = "Path | tuple[str, bytes]"
"""A file, or its name and bytes."""


def opened(source: Given, member: str | None) -> OpenFile:
    """Return a file opened for one reading, unpacked where it is packed.

    Raises:
        LocalError: what the file raises.
    """
    if isinstance(source, tuple):
        name, data = source
        return open_bytes(data, name, member=member)
    return open_file(source, member=member)


def first_bytes(source: Given, member: str | None) -> bytes:
    """Return the first bytes of a file's content.

    Raises:
        LocalError: what the file raises.
    """
    with opened(source, member) as file:
        first = bytearray()
        for chunk in file.chunks():
            first += chunk
            if len(first) >= SNIFFED_BYTES:
                break
    return bytes(first[:SNIFFED_BYTES])


def header_with(*columns: str) -> Callable[[bytes], bool]:
    """Return what tells whether a table's header names these columns, in either case."""
    wanted = {column.lower() for column in columns}

    def recognises(first: bytes) -> bool:
        line = first.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").strip()
        return wanted <= {name.strip().strip('"').lower() for name in re.split("[,;\t|]", line)}

    return recognises
