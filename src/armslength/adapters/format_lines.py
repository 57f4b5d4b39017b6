"""Lines of a text file as it streams in: decoded, counted, bounded; a bad one is marked and not lost.

A line ends at a line feed and nowhere else. A bare carriage return inside quotes is content (a rewrite that split there
turned 2,060 rows of VIINA into 2,078), and U+2028 is a character of a text.
"""

from __future__ import annotations

import codecs
import io
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROW_CHARS_MAX: Final = 131_072
"""Characters of one row, over all its lines: the longest of the real files has 4,020, ten headlines with addresses."""

LINE_BYTES_MAX: Final = 4 * ROW_CHARS_MAX
"""Bytes of a line kept in memory: no character has more than four. The rest of a longer one is passed over."""

ENCODINGS: Final = frozenset({"utf-8", "utf-16", "windows-1251", "windows-1252", "koi8-u"})
"""Encodings that a caller may name. Only UTF-8, and UTF-16 by its mark, are recognised: 8-bit ones look alike."""

_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class TooLongError(Exception):
    """A row is longer than any that is read; says whether the reader still knows where the next one begins."""

    def __init__(self, *, in_step: bool) -> None:
        super().__init__()
        self.in_step = in_step


class Lines:
    """An iterator of lines with their line feeds, for `csv.reader`.

    Set `chars` to 0 and `fault` to "" before each row; afterwards `chars` is its length and `fault`, when not empty,
    says why one of its lines is no text.

    Args:
        chunks: the file's bytes.
        encoding: one of `ENCODINGS`.
        name: the file's name, for errors.
    """

    def __init__(self, chunks: Iterable[bytes], *, encoding: str, name: str) -> None:
        self.number = 0
        """Number of the last line given, the first is 1."""
        self.chars = 0
        self.fault = ""
        self.line = ""
        """The last line given."""
        self.ended = False
        """Whether the end of the file was met."""
        self._blocks = _blocks(_as_utf8(iter(chunks), encoding, name))
        self._lines: Iterator[str] = iter(())

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            line = self._refill()
        self.number += 1
        self.line = line
        self.chars += len(line)
        if self.chars > ROW_CHARS_MAX:
            # Several lines of one row mean an open quote, and nobody can tell where it was to end.
            raise TooLongError(in_step=self.chars == len(line) and line.count('"') % 2 == 0)
        return line

    def put_back(self, line: str) -> None:
        """Give a line once more, as if it had not been read."""
        self._lines = chain((line,), self._lines)
        self.number -= 1

    def _refill(self) -> str:
        block = next(self._blocks, None)
        if block is None:
            self.ended = True
            raise StopIteration
        if isinstance(block, int):
            self.number += 1
            alone = self.chars == 0
            self.chars = ROW_CHARS_MAX + 1
            raise TooLongError(in_step=alone and block % 2 == 0)
        self._lines = self._decoded(block)
        return next(self._lines)

    def _decoded(self, block: bytes) -> Iterator[str]:
        try:
            if b"\0" not in block:
                return io.StringIO(block.decode(), newline="\n")
        except UnicodeDecodeError:
            pass
        return self._marked(block)

    def _marked(self, block: bytes) -> Iterator[str]:
        for raw in io.BytesIO(block):
            if b"\0" in raw:
                self.fault = "a zero byte"
            try:
                line = raw.decode()
            except UnicodeDecodeError as error:
                self.fault = f"byte {error.start + 1} of line {self.number + 1}: {raw[error.start]:02X}"
                line = raw.decode(errors="replace")
            yield line


def _blocks(chunks: Iterator[bytes]) -> Iterator[bytes | int]:
    """Yield whole lines together; for a line too long to keep, the number of quotes in it."""
    held = b""
    quotes = -1  # of the line being passed over; -1 while there is none
    for chunk in chunks:
        rest = chunk
        if quotes >= 0:
            end = rest.find(b"\n")
            quotes += rest.count(b'"', 0, end if end >= 0 else len(rest))
            if end < 0:
                continue
            yield quotes
            quotes, rest = -1, rest[end + 1 :]
        cut = rest.rfind(b"\n") + 1
        if cut:
            yield held + rest[:cut]
            held = rest[cut:]
        else:
            held += rest
        if len(held) > LINE_BYTES_MAX:
            quotes, held = held.count(b'"'), b""
    if quotes >= 0:
        yield quotes
    elif held:
        yield held


def _as_utf8(chunks: Iterator[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Yield the text in UTF-8 without its mark; what is no text becomes bytes that are no UTF-8 either."""
    if encoding not in ENCODINGS:
        raise LocalError("FILE-FORMAT", file=name, expected=", ".join(sorted(ENCODINGS)), got=encoding)
    first = b""
    while len(first) < len(codecs.BOM_UTF8) and (chunk := next(chunks, b"")):
        first += chunk
    if encoding == "utf-16" or (encoding == "utf-8" and first.startswith(_UTF16_MARKS)):
        return _recoded(chain((first,), chunks), "utf-16", "surrogatepass", name)
    if encoding != "utf-8":
        return _recoded(chain((first,), chunks), encoding, "surrogateescape", name)
    return chain((first.removeprefix(codecs.BOM_UTF8),), chunks)


def _recoded(chunks: Iterator[bytes], encoding: str, errors: str, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", errors)
        yield decoder.decode(b"", final=True).encode("utf-8", errors)
    except UnicodeError as error:
        # UTF-16 that ends within a character, or carries no mark although it was named.
        raise LocalError("FILE-FORMAT", file=name, expected=encoding, got=error) from None
