"""The wire's CBOR: a small deterministic subset with exactly one encoding for every value.

RFC 8949 with core deterministic encoding (4.2.1): shortest heads, definite lengths, map keys in bytewise order of their
encodings. Kept: integers of 64 bits and sign, byte and text strings, booleans, null, arrays, maps, and four tags of
COSE. Everything else is refused with a typed code, so that any accepted bytes encode again to the same bytes and no two
programs can read one message in two ways. Time and memory are bounded before anything is allocated.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, Union, cast

from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DEPTH_MAX: Final = 16
"""Arrays, maps and tags inside one another; COSE_Encrypt with its recipients needs five, forms a few more."""

ITEMS_MAX: Final = 65_536
"""Array elements, map keys and map values in one decoding; Python spends some 60 bytes on each."""

PAIRS_MAX: Final = 1_024
"""Pairs in one map; keys crafted to collide in a hash table cost the square of their number, so that is capped."""

SIZE_MAX: Final = 4 * 1024 * 1024
"""Bytes of one decoding when the caller sets no smaller bound (every bearer and form does)."""

COSE_TAGS: Final = frozenset({16, 18, 96, 98})
"""Encrypt0, Sign1, Encrypt and Sign (RFC 9052, 2): the only tags of the wire."""

INT_MAX: Final = 2**64 - 1
"""Largest argument of a CBOR head; integers run from -2^64 to this."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of COSE's tags around a value.

    Args:
        tag: one of `COSE_TAGS`.
        value: any value of the subset.
    """

    tag: int
    value: CborValue


CborKey: TypeAlias = int | str | bytes
"""What a map key may be."""

CborValue: TypeAlias = Union[int, str, bytes, bool, "tuple[CborValue, ...]", "dict[CborKey, CborValue]", Tagged, None]
"""What decoding gives: arrays as tuples, maps as dicts in the order of their encoded keys."""

Encodable: TypeAlias = Union[int, str, bytes, bool, "Sequence[Encodable]", "Mapping[Any, Encodable]", "Tagged", None]
"""What encoding takes: lists and tuples alike, dicts in any order, enumerations of int and str by their value."""


# --- encoding ---------------------------------------------------------------------------------------------------------

_UINT, _NINT, _BYTES, _TEXT, _ARRAY, _MAP, _TAG = range(7)
_HEAD16, _HEAD32, _HEAD64 = Struct(">BH"), Struct(">BI"), Struct(">BQ")
_IN_HEAD: Final = 24
"""Arguments below this stand in the first byte itself (RFC 8949, 3)."""
_HEADS: Final = tuple(
    tuple(bytes([major << 5 | n]) if n < _IN_HEAD else bytes([major << 5 | 24, n]) for n in range(256))
    for major in range(7)
)
"""Every head of one or two bytes, made once: nearly all heads of the wire are among them."""
_UINT_HEADS, _BYTES_HEADS, _TEXT_HEADS = _HEADS[_UINT], _HEADS[_BYTES], _HEADS[_TEXT]


def encode(value: Encodable, *, depth_max: int = DEPTH_MAX) -> bytes:
    """Return the one encoding of a value.

    Args:
        value: integers -2^64 .. 2^64-1, bytes, str, bool, None, list, tuple, dict with such keys, `Tagged`.
        depth_max: containers inside one another.

    Raises:
        LocalError: CBOR-UNENCODABLE, the value is outside the subset (our own program or form is at fault).
    """
    return _write(value, depth_max)


def encode_tagged(tag: int, value: Encodable) -> bytes:
    """Return one of COSE's tags and a value behind it; errors are those of `encode`."""
    if tag not in COSE_TAGS:
        raise LocalError("CBOR-UNENCODABLE", expected="a tag of COSE", got=tag)
    return _head(_TAG, tag) + _write(value, DEPTH_MAX - 1)


def array_head(length: int) -> bytes:
    """Return what stands before the elements of an array, for elements that are encoded already."""
    return _head(_ARRAY, length)


def _write(value: Any, depth: int) -> bytes:  # noqa: ANN401 - its type is found here
    kind = type(value)
    return (_WRITERS.get(kind) or _writer_of(kind))(value, depth)


def _writer_of(kind: type) -> Callable[[Any, int], bytes]:
    """Find the writer of an enumeration, a named tuple or another subclass by its bases."""
    for base in kind.__mro__:
        if base in _WRITERS:
            return _WRITERS[base]
    raise LocalError("CBOR-UNENCODABLE", got=kind.__name__)


def _head(major: int, argument: int) -> bytes:
    if argument < 256:
        return _HEADS[major][argument]
    if argument <= 0xFFFF:
        return _HEAD16.pack(major << 5 | 25, argument)
    if argument <= 0xFFFFFFFF:
        return _HEAD32.pack(major << 5 | 26, argument)
    if argument <= INT_MAX:
        return _HEAD64.pack(major << 5 | 27, argument)
    raise LocalError("CBOR-UNENCODABLE", expected="at most 64 bits", got=f"{argument.bit_length()} bits")


def _write_int(value: int, _depth: int) -> bytes:
    if 0 <= value < 256:
        return _UINT_HEADS[value]
    return _head(_UINT, value) if value >= 0 else _head(_NINT, -1 - value)


def _write_bytes(value: bytes, _depth: int) -> bytes:
    length = len(value)
    return (_BYTES_HEADS[length] if length < 256 else _head(_BYTES, length)) + value


def _write_text(value: str, _depth: int) -> bytes:
    try:
        raw = value.encode()
    except UnicodeEncodeError:
        raise LocalError("CBOR-UNENCODABLE", expected="Unicode text", got="a lone surrogate") from None
    length = len(raw)
    return (_TEXT_HEADS[length] if length < 256 else _head(_TEXT, length)) + raw


def _write_simple(value: bool | None, _depth: int) -> bytes:  # noqa: FBT001 - the value itself
    return b"\xf6" if value is None else b"\xf5" if value else b"\xf4"


def _write_array(value: Sequence[Any], depth: int) -> bytes:
    if depth <= 0:
        raise LocalError("CBOR-UNENCODABLE", got="nested too deep")
    inside, writers = depth - 1, _WRITERS
    parts = [(writers.get(type(item)) or _writer_of(type(item)))(item, inside) for item in value]
    return _head(_ARRAY, len(value)) + b"".join(parts)


def _write_map(value: dict[Any, Any], depth: int) -> bytes:
    if depth <= 0:
        raise LocalError("CBOR-UNENCODABLE", got="nested too deep")
    # No encoding of a key is a prefix of another's, so pairs sorted whole are pairs sorted by key (RFC 8949, 4.2.1).
    inside, writers = depth - 1, _WRITERS
    pairs = [
        (_UINT_HEADS[key] if type(key) is int and 0 <= key < 256 else _write_key(key))
        + (writers.get(type(item)) or _writer_of(type(item)))(item, inside)
        for key, item in value.items()
    ]
    pairs.sort()
    return _head(_MAP, len(pairs)) + b"".join(pairs)


def _write_key(key: Any) -> bytes:  # noqa: ANN401 - its type is found here
    kind = type(key)
    writer = _KEY_WRITERS.get(kind)
    if writer is None:
        writer = _writer_of(kind)
        if writer not in _KEY_WRITERS.values():
            raise LocalError("CBOR-UNENCODABLE", expected="a key of int, str or bytes", got=kind.__name__)
    return writer(key, 0)


def _write_tagged(value: Tagged, depth: int) -> bytes:
    if value.tag not in COSE_TAGS:
        raise LocalError("CBOR-UNENCODABLE", expected="a tag of COSE", got=value.tag)
    if depth <= 0:
        raise LocalError("CBOR-UNENCODABLE", got="nested too deep")
    return _head(_TAG, value.tag) + _write(value.value, depth - 1)


_KEY_WRITERS: Final[dict[type, Callable[[Any, int], bytes]]] = {
    int: _write_int,
    str: _write_text,
    bytes: _write_bytes,
}
_WRITERS: Final[dict[type, Callable[[Any, int], bytes]]] = {
    **_KEY_WRITERS,
    bool: _write_simple,
    type(None): _write_simple,
    list: _write_array,
    tuple: _write_array,
    dict: _write_map,
    Tagged: _write_tagged,
}


# --- decoding ---------------------------------------------------------------------------------------------------------

_MORE: Final = object()
"""Marks a first byte that is not a whole value by itself."""

_READY: Final[tuple[Any, ...]] = tuple(
    {
        **{n: n for n in range(24)},
        **{0x20 | n: -1 - n for n in range(24)},
        0xF4: False,
        0xF5: True,
        0xF6: None,
    }.get(first, _MORE)
    for first in range(256)
)
"""The values that fit into their first byte."""

_WIDTHS: Final = {24: (1, 24), 25: (2, 1 << 8), 26: (4, 1 << 16), 27: (8, 1 << 32)}
"""Additional information of a head: bytes that follow, and the least argument that needs them (RFC 8949, 4.2.1)."""


def decode(
    data: bytes, *, depth_max: int = DEPTH_MAX, items_max: int = ITEMS_MAX, size_max: int = SIZE_MAX
) -> CborValue:
    """Read exactly one value.

    Args:
        data: bytes from outside; nothing may follow the value.
        depth_max: containers inside one another.
        items_max: array elements, map keys and map values in all.
        size_max: bytes.

    Returns:
        The value; ``encode(decode(data)) == data`` for everything that is accepted.

    Raises:
        PeerError: a code CBOR-..., one for each way of being wrong.
    """
    reader = _Reader(data, depth_max, items_max, size_max)
    value = reader.item(0)
    if reader.pos != reader.size:
        raise PeerError("CBOR-TRAILING", surplus_bytes=reader.size - reader.pos)
    return value


def decode_sequence(
    data: bytes, *, depth_max: int = DEPTH_MAX, items_max: int = ITEMS_MAX, size_max: int = SIZE_MAX
) -> tuple[CborValue, ...]:
    """Read a sequence of values written one after the other (RFC 8742); no bytes are an empty sequence.

    Args and errors are those of `decode`; each value of the sequence counts against `items_max` too.
    """
    reader = _Reader(data, depth_max, items_max, size_max)
    values: list[CborValue] = []
    while reader.pos < reader.size:
        reader.spend(1)
        values.append(reader.item(0))
    return tuple(values)


class _Reader:
    """A position in bytes from outside, and what may still be spent on them."""

    __slots__ = ("data", "depth_max", "items_left", "pos", "size")

    def __init__(self, data: bytes, depth_max: int, items_max: int, size_max: int) -> None:
        if len(data) > size_max:
            raise PeerError("CBOR-SIZE", expected=f"at most {size_max} bytes", got=len(data))
        self.data = data
        self.pos = 0
        self.size = len(data)
        self.depth_max = depth_max
        self.items_left = items_max

    def item(self, depth: int) -> CborValue:
        """Read one value inside `depth` containers."""
        pos = self.pos
        if pos >= self.size:
            raise PeerError("CBOR-TRUNCATED", at=pos)
        first = self.data[pos]
        self.pos = pos + 1
        ready: CborValue = _READY[first]
        if ready is not _MORE:
            return ready
        if first >= 0xE0:
            _refuse_simple(first, pos)
        # Most heads hold their argument themselves; the call is spared for them.
        low = first & 0x1F
        return _READERS[first >> 5](self, low if low < _IN_HEAD else self.argument(first), depth)

    def argument(self, first: int) -> int:
        """Read the argument of a head whose first byte is already taken."""
        low = first & 0x1F
        if low < _IN_HEAD:
            return low
        if low not in _WIDTHS:
            # 31 marks an indefinite length for strings, arrays and maps and nothing at all for the others.
            indefinite = low == 31 and 2 <= first >> 5 <= 5
            raise PeerError("CBOR-INDEFINITE" if indefinite else "CBOR-RESERVED", at=self.pos - 1)
        width, least = _WIDTHS[low]
        end = self.pos + width
        if end > self.size:
            raise PeerError("CBOR-TRUNCATED", at=self.pos)
        argument = int.from_bytes(self.data[self.pos : end], "big")
        if argument < least:
            raise PeerError("CBOR-NOT-SHORTEST", at=self.pos - 1, got=argument)
        self.pos = end
        return argument

    def spend(self, items: int) -> None:
        """Take items from what may still be read, before anything is allocated for them."""
        if items > self.items_left:
            raise PeerError("CBOR-ITEMS", got=items, left=self.items_left)
        self.items_left -= items

    def enter(self, least_bytes: int, items: int, depth: int) -> None:
        """Check a container before its first element: every element takes a byte at least."""
        if least_bytes > self.size - self.pos:
            raise PeerError("CBOR-LENGTH", expected=f"at most {self.size - self.pos} bytes", got=least_bytes)
        if depth >= self.depth_max:
            raise PeerError("CBOR-DEPTH", expected=f"at most {self.depth_max}")
        self.spend(items)

    def take(self, length: int) -> bytes:
        """Take the content of a string."""
        end = self.pos + length
        if end > self.size:
            raise PeerError("CBOR-LENGTH", expected=f"at most {self.size - self.pos} bytes", got=length)
        raw = self.data[self.pos : end]
        self.pos = end
        return raw


def _refuse_simple(first: int, pos: int) -> NoReturn:
    if first in (0xF9, 0xFA, 0xFB):
        raise PeerError("CBOR-FLOAT", at=pos)
    raise PeerError("CBOR-SIMPLE", at=pos, got=first & 0x1F)


def _read_uint(_reader: _Reader, argument: int, _depth: int) -> int:
    return argument


def _read_nint(_reader: _Reader, argument: int, _depth: int) -> int:
    return -1 - argument


def _read_bytes(reader: _Reader, argument: int, _depth: int) -> bytes:
    return reader.take(argument)


def _read_text(reader: _Reader, argument: int, _depth: int) -> str:
    try:
        return str(reader.take(argument), "utf-8")
    except UnicodeDecodeError as wrong:
        raise PeerError("CBOR-TEXT", at=reader.pos - argument + wrong.start) from None


def _read_array(reader: _Reader, argument: int, depth: int) -> tuple[CborValue, ...]:
    reader.enter(argument, argument, depth)
    item, inside = reader.item, depth + 1
    return tuple([item(inside) for _ in range(argument)])


def _read_map(reader: _Reader, argument: int, depth: int) -> dict[CborKey, CborValue]:
    reader.enter(2 * argument, 2 * argument, depth)
    if argument > PAIRS_MAX:
        raise PeerError("CBOR-ITEMS", expected=f"at most {PAIRS_MAX} pairs in a map", got=argument)
    pairs: dict[CborKey, CborValue] = {}
    data, item, inside = reader.data, reader.item, depth + 1
    last = b""
    for _ in range(argument):
        start = reader.pos
        if start < reader.size and data[start] >= 0x80:
            raise PeerError("CBOR-KEY-TYPE", at=start)
        # The first byte decided it: an integer, bytes or text.
        key = cast("CborKey", item(inside))
        raw = data[start : reader.pos]
        if raw <= last:
            raise PeerError("CBOR-KEY-DUPLICATE" if raw == last else "CBOR-KEY-ORDER", at=start, got=key)
        last = raw
        pairs[key] = item(inside)
    return pairs


def _read_tagged(reader: _Reader, argument: int, depth: int) -> Tagged:
    if argument not in COSE_TAGS:
        raise PeerError("CBOR-TAG", got=argument)
    reader.enter(1, 0, depth)
    return Tagged(argument, reader.item(depth + 1))


_READERS: Final[tuple[Callable[[_Reader, int, int], CborValue], ...]] = (
    _read_uint,
    _read_nint,
    _read_bytes,
    _read_text,
    _read_array,
    _read_map,
    _read_tagged,
)
