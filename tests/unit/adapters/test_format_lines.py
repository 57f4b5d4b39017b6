"""Lines stream in whole: a bad one is marked, an endless one is passed over, none is lost or made up."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_lines import LINE_BYTES_MAX, ROW_CHARS_MAX, Lines, TooLongError
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable


def lines_of(*chunks: bytes, encoding: str = "utf-8") -> Lines:
    return Lines(chunks, encoding=encoding, name="file")


def read(lines: Lines) -> list[str]:
    found = []
    for line in lines:
        found.append(line)
        lines.chars = 0
    return found


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\nb\n", ["a\n", "b\n"]),
        (b"a\r\nb", ["a\r\n", "b"]),
        (b"a\rb\n", ["a\rb\n"]),
        ("a\u2028b\x0b\x0c\x85\n".encode(), ["a\u2028b\x0b\x0c\x85\n"]),
        (b"\xef\xbb\xbfa\n", ["a\n"]),
        (b"\n\n", ["\n", "\n"]),
        (b"", []),
    ],
)
def test_a_line_ends_at_a_line_feed_and_nowhere_else(data: bytes, expected: list[str]) -> None:
    assert read(lines_of(data)) == expected


@given(st.text(alphabet='aй"\r\n,\u2028', max_size=40), st.integers(min_value=1, max_value=7))
def test_the_pieces_in_which_a_file_arrives_change_nothing(text: str, size: int) -> None:
    data = text.encode()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert "".join(read(lines_of(*pieces))) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_by_its_mark(encoding: str) -> None:
    assert read(lines_of("\ufeffім'я\nГЕС\n".encode(encoding))) == ["ім'я\n", "ГЕС\n"]


def test_an_eight_bit_encoding_is_read_only_when_it_is_named() -> None:
    data = "Каховська\n".encode("windows-1251")
    assert read(lines_of(data, encoding="windows-1251")) == ["Каховська\n"]
    unnamed = lines_of(data)
    next(unnamed)
    assert unnamed.fault == "byte 1 of line 1: CA"


def test_a_byte_that_the_named_encoding_lacks_marks_its_line() -> None:
    lines = lines_of(b"a\nb\x98\nc\n", encoding="windows-1251")
    faults = []
    for _ in lines:
        faults.append(lines.fault)
        lines.fault = ""
    assert faults == ["", "byte 2 of line 2: 98", ""]


@pytest.mark.parametrize(
    ("data", "encoding"), [(b"a", "ebcdic"), (b"\xff\xfea\0b", "utf-8"), (b"\xd8\0\xd8\0\xd8", "utf-16")]
)
def test_a_file_that_is_not_in_its_encoding_is_refused(data: bytes, encoding: str) -> None:
    with pytest.raises(LocalError, match="FILE-FORMAT"):
        read(lines_of(data, encoding=encoding))


def test_a_zero_byte_marks_its_line_and_no_other() -> None:
    lines = lines_of(b"a\nb\0\nc\n")
    assert [(next(lines), lines.fault), (next(lines), lines.fault)] == [("a\n", ""), ("b\0\n", "a zero byte")]
    lines.fault = ""
    assert (next(lines), lines.fault, lines.number) == ("c\n", "", 3)


def endless(quotes: int) -> Iterable[bytes]:
    yield b"first\n" + b'"' * quotes
    for _ in range(200):
        yield b"x" * 256 * 1024
    yield b"\nlast\n"


@pytest.mark.parametrize(("quotes", "in_step"), [(0, True), (2, True), (1, False)])
def test_an_endless_line_is_passed_over_in_bounded_memory(quotes: int, in_step: bool) -> None:
    lines = Lines(endless(quotes), encoding="utf-8", name="file")
    assert next(lines) == "first\n"
    lines.chars = 0
    tracemalloc.start()
    with pytest.raises(TooLongError) as caught:
        next(lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.in_step == in_step
    assert peak < 6 * LINE_BYTES_MAX
    lines.chars = 0
    assert (next(lines), lines.number) == ("last\n", 3)


def test_a_row_of_many_lines_that_never_ends_is_out_of_step() -> None:
    lines = lines_of(b"x" * 1000 + b"\n", *[b"y" * 1000 + b"\n"] * 200)
    with pytest.raises(TooLongError) as caught:
        for _ in lines:
            pass
    assert not caught.value.in_step
    assert lines.chars > ROW_CHARS_MAX
