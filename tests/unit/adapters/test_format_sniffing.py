"""A file is told by its header, in either case and with any separator, however it is packed."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_sniffing import SNIFFED_BYTES, first_bytes, header_with

if TYPE_CHECKING:
    from pathlib import Path

LONG = b"a,b\n" + b"1,2\n" * SNIFFED_BYTES


def test_the_first_bytes_are_those_of_the_content_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(LONG, mtime=0))
    assert first_bytes(path, None) == first_bytes(("rows.csv", LONG), None) == LONG[:SNIFFED_BYTES]


@pytest.mark.parametrize("header", ["Latitude,NAME,x", 'x;"name";latitude', "\ufefflatitude\tname", "name|latitude\r"])
def test_a_header_is_known_by_its_columns(header: str) -> None:
    assert header_with("name", "Latitude")(f"{header}\n1,2".encode())


def test_a_header_without_one_of_them_is_not(tmp_path: Path) -> None:
    assert not header_with("name", "latitude")(b"name,lat\nlatitude,1\n")
