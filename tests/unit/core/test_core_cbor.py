"""The deterministic CBOR subset: one encoding for every value, a typed code for everything else, bounded cost."""

from __future__ import annotations

import tracemalloc
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from armslength.core.cbor import (
    COSE_TAGS,
    DEPTH_MAX,
    INT_MAX,
    ITEMS_MAX,
    PAIRS_MAX,
    Tagged,
    decode,
    decode_sequence,
    encode,
    encode_tagged,
)
from armslength.core.errors import LocalError, PeerError

# RFC 8949, appendix A: the examples that are inside the subset.
RFC_8949 = [
    (0, "00"),
    (1, "01"),
    (10, "0a"),
    (23, "17"),
    (24, "1818"),
    (25, "1819"),
    (100, "1864"),
    (1000, "1903e8"),
    (1000000, "1a000f4240"),
    (1000000000000, "1b000000e8d4a51000"),
    (18446744073709551615, "1bffffffffffffffff"),
    (-18446744073709551616, "3bffffffffffffffff"),
    (-1, "20"),
    (-10, "29"),
    (-100, "3863"),
    (-1000, "3903e7"),
    (False, "f4"),
    (True, "f5"),
    (None, "f6"),
    (b"", "40"),
    (bytes.fromhex("01020304"), "4401020304"),
    ("", "60"),
    ("a", "6161"),
    ("IETF", "6449455446"),
    ('"\\', "62225c"),
    ("\u00fc", "62c3bc"),
    ("\u6c34", "63e6b0b4"),
    ("\U00010151", "64f0908591"),
    ((), "80"),
    ((1, 2, 3), "83010203"),
    ((1, (2, 3), (4, 5)), "8301820203820405"),
    (tuple(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
    ({}, "a0"),
    ({1: 2, 3: 4}, "a201020304"),
    ({"a": 1, "b": (2, 3)}, "a26161016162820203"),
    (("a", {"b": "c"}), "826161a161626163"),
    ({"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}, "a56161614161626142616361436164614461656145"),
    # 4.2.1: bytewise order of the encoded keys, not length first.
    ({10: 0, 100: 0, -1: 0, "z": 0, "aa": 0, b"k": 0}, "a60a0018640020" + "00" + "416b00" + "617a00" + "62616100"),
    (Tagged(18, (b"", {}, None, b"")), "d28440a0f640"),
    (Tagged(98, ()), "d86280"),
]

REFUSED = [
    ("empty", "", "CBOR-TRUNCATED"),
    ("head cut", "19ff", "CBOR-TRUNCATED"),
    ("array element missing", "8201", "CBOR-LENGTH"),
    ("array cut inside an element", "821819", "CBOR-TRUNCATED"),
    ("map value missing", "a101", "CBOR-LENGTH"),
    ("string shorter than claimed", "4401", "CBOR-LENGTH"),
    ("text shorter than claimed", "6461", "CBOR-LENGTH"),
    ("string of 2^64-1 bytes", "5bffffffffffffffff", "CBOR-LENGTH"),
    ("array of 2^64-1 elements", "9bffffffffffffffff", "CBOR-LENGTH"),
    ("map of 2^64-1 pairs", "bbffffffffffffffff", "CBOR-LENGTH"),
    ("tag around nothing", "d2", "CBOR-LENGTH"),
    ("trailing byte", "0000", "CBOR-TRAILING"),
    ("0 in two bytes", "1800", "CBOR-NOT-SHORTEST"),
    ("23 in two bytes", "1817", "CBOR-NOT-SHORTEST"),
    ("255 in three bytes", "1900ff", "CBOR-NOT-SHORTEST"),
    ("65535 in five bytes", "1a0000ffff", "CBOR-NOT-SHORTEST"),
    ("2^32-1 in nine bytes", "1b00000000ffffffff", "CBOR-NOT-SHORTEST"),
    ("-1 in two bytes", "3800", "CBOR-NOT-SHORTEST"),
    ("length not shortest", "580161", "CBOR-NOT-SHORTEST"),
    ("array length not shortest", "980100", "CBOR-NOT-SHORTEST"),
    ("map length not shortest", "b8010000", "CBOR-NOT-SHORTEST"),
    ("tag not shortest", "d81200", "CBOR-NOT-SHORTEST"),
    ("indefinite bytes", "5f4101ff", "CBOR-INDEFINITE"),
    ("indefinite text", "7f6161ff", "CBOR-INDEFINITE"),
    ("indefinite array", "9f00ff", "CBOR-INDEFINITE"),
    ("indefinite map", "bf0000ff", "CBOR-INDEFINITE"),
    ("break alone", "ff", "CBOR-SIMPLE"),
    ("reserved 28", "1c", "CBOR-RESERVED"),
    ("reserved 29", "5d", "CBOR-RESERVED"),
    ("reserved 30", "9e", "CBOR-RESERVED"),
    ("31 on an integer", "1f", "CBOR-RESERVED"),
    ("31 on a tag", "df00", "CBOR-RESERVED"),
    ("half float", "f90000", "CBOR-FLOAT"),
    ("single float", "fa47c35000", "CBOR-FLOAT"),
    ("double float", "fb3ff199999999999a", "CBOR-FLOAT"),
    ("undefined", "f7", "CBOR-SIMPLE"),
    ("simple 0", "e0", "CBOR-SIMPLE"),
    ("simple 32", "f820", "CBOR-SIMPLE"),
    ("false in two bytes", "f814", "CBOR-SIMPLE"),
    ("date tag", "c06161", "CBOR-TAG"),
    ("bignum", "c249010000000000000000", "CBOR-TAG"),
    ("decimal fraction with a huge exponent", "c4821a3b9ac9ff01", "CBOR-TAG"),
    ("CWT tag", "d83dd28440a0f640", "CBOR-TAG"),
    ("self-described", "d9d9f700", "CBOR-TAG"),
    ("same integer key twice", "a201000100", "CBOR-KEY-DUPLICATE"),
    ("same text key twice", "a2616100616100", "CBOR-KEY-DUPLICATE"),
    ("keys descending", "a202000100", "CBOR-KEY-ORDER"),
    ("keys length first", "a320000a00186400", "CBOR-KEY-ORDER"),
    ("negative before positive", "a2200000" + "00", "CBOR-KEY-ORDER"),
    ("boolean key", "a1f500", "CBOR-KEY-TYPE"),
    ("null key", "a1f600", "CBOR-KEY-TYPE"),
    ("array key", "a18000", "CBOR-KEY-TYPE"),
    ("map key", "a1a000", "CBOR-KEY-TYPE"),
    ("tagged key", "a1d20000", "CBOR-KEY-TYPE"),
    ("float key", "a1f9000000", "CBOR-KEY-TYPE"),
    ("text not UTF-8", "61ff", "CBOR-TEXT"),
    ("text cut inside a character", "61c3", "CBOR-TEXT"),
    ("overlong UTF-8", "62c080", "CBOR-TEXT"),
    ("lone surrogate", "63eda080", "CBOR-TEXT"),
    ("surrogate pair as CESU-8", "66eda081edb080", "CBOR-TEXT"),
    ("beyond U+10FFFF", "64f4908080", "CBOR-TEXT"),
    ("text key not UTF-8", "a161ff00", "CBOR-TEXT"),
]


@pytest.mark.parametrize(("value", "raw"), RFC_8949, ids=lambda v: v if isinstance(v, str) else None)
def test_known_encodings(value: Any, raw: str) -> None:
    assert encode(value).hex() == raw
    assert decode(bytes.fromhex(raw)) == value
    assert type(decode(bytes.fromhex(raw))) is type(value)


@pytest.mark.parametrize(("raw", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused_with_its_code(raw: str, code: str) -> None:
    with pytest.raises(PeerError) as refused:
        decode(bytes.fromhex(raw))
    assert refused.value.code == code


def test_every_first_byte_alone_or_with_zeros_is_decided() -> None:
    for first in range(256):
        for rest in (b"", bytes(1), bytes(9)):
            raw = bytes([first]) + rest
            try:
                value = decode(raw)
            except PeerError as refused:
                assert refused.code.startswith("CBOR-")  # noqa: PT017 - the other branch is as right
            else:
                assert encode(value) == raw


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        2**64,
        -(2**64) - 1,
        2**5000,
        "\ud800",
        bytearray(b"a"),
        1j,
        {1, 2},
        {None: 1},
        {True: 1},
        {(1,): 1},
        {1.0: 1},
        {"\udfff": 1},
        Tagged(61, b""),
        [{"a": [1.5]}],
    ],
    ids=repr,
)
def test_not_encodable(value: Any) -> None:
    with pytest.raises(LocalError) as refused:
        encode(value)
    assert refused.value.code == "CBOR-UNENCODABLE"


def test_unknown_tag_is_not_encodable() -> None:
    with pytest.raises(LocalError):
        encode_tagged(61, b"")
    assert encode_tagged(18, [1]) == encode(Tagged(18, (1,)))


def nested(depth: int) -> Any:
    value: Any = ()
    for _ in range(depth - 1):
        value = (value,)
    return value


@pytest.mark.parametrize("wrap", [b"\x81", b"\xa1\x00", b"\xd2"], ids=["array", "map", "tag"])
def test_depth(wrap: bytes) -> None:
    assert encode(decode(wrap * DEPTH_MAX + b"\x00")) == wrap * DEPTH_MAX + b"\x00"
    for levels in (DEPTH_MAX + 1, 100_000):
        with pytest.raises(PeerError) as refused:
            decode(wrap * levels + b"\x00")
        assert refused.value.code == "CBOR-DEPTH"
    with pytest.raises(PeerError):
        decode(wrap * 3 + b"\x00", depth_max=2)


def test_depth_of_encoding() -> None:
    assert decode(encode(nested(DEPTH_MAX))) == nested(DEPTH_MAX)
    circle: list[Any] = []
    circle.append(circle)
    mapped: dict[str, Any] = {}
    mapped["again"] = mapped
    too_deep_tag: Any = Tagged(18, 0)
    for _ in range(DEPTH_MAX):
        too_deep_tag = (too_deep_tag,)
    for value in (
        nested(DEPTH_MAX + 1),
        circle,
        mapped,
        {0: nested(DEPTH_MAX)},
        Tagged(18, nested(DEPTH_MAX)),
        too_deep_tag,
    ):
        with pytest.raises(LocalError):
            encode(value)


def test_items() -> None:
    full = encode([0] * ITEMS_MAX)
    assert len(decode(full)) == ITEMS_MAX  # type: ignore[arg-type]
    with pytest.raises(PeerError) as refused:
        decode(encode([0] * (ITEMS_MAX + 1)))
    assert refused.value.code == "CBOR-ITEMS"
    with pytest.raises(PeerError):
        decode(encode([[0] * 5, [0] * 5]), items_max=11)
    assert decode(encode([[0] * 5, [0] * 5]), items_max=12)
    with pytest.raises(PeerError):
        decode_sequence(bytes(11), items_max=10)


def test_pairs() -> None:
    assert len(decode(encode(dict.fromkeys(range(PAIRS_MAX), 0)))) == PAIRS_MAX  # type: ignore[arg-type]
    with pytest.raises(PeerError) as refused:
        decode(encode(dict.fromkeys(range(PAIRS_MAX + 1), 0)))
    assert refused.value.code == "CBOR-ITEMS"


def test_size() -> None:
    assert decode(bytes(1), size_max=1) == 0
    with pytest.raises(PeerError) as refused:
        decode(encode(bytes(10)), size_max=10)
    assert refused.value.code == "CBOR-SIZE"


@pytest.mark.parametrize("raw", ["5a7fffffff00", "9a7fffffff00", "ba7fffffff00", "9a0000ffff" + "9a0000ffff" * 15])
def test_claims_allocate_nothing(raw: str) -> None:
    tracemalloc.start()
    with pytest.raises(PeerError):
        decode(bytes.fromhex(raw))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000


def test_sequence() -> None:
    assert decode_sequence(b"") == ()
    assert decode_sequence(bytes.fromhex("0161618101")) == (1, "a", (1,))
    for raw, code in (("0119", "CBOR-TRUNCATED"), ("01ff", "CBOR-SIMPLE"), ("011800", "CBOR-NOT-SHORTEST")):
        with pytest.raises(PeerError) as refused:
            decode_sequence(bytes.fromhex(raw))
        assert refused.value.code == code


class Number(IntEnum):
    TWO = 2


class Word(StrEnum):
    REAL = "REAL"


class Pair(NamedTuple):
    left: int
    right: int


def test_enumerations_and_named_tuples_are_written_by_value() -> None:
    assert encode({Number.TWO: Word.REAL}) == encode({2: "REAL"})
    assert encode({Word.REAL: Number.TWO}) == encode({"REAL": 2})
    assert encode(Pair(1, 2)) == encode((1, 2))
    assert encode([1]) == encode((1,))


def test_tagged_is_no_tuple() -> None:
    assert Tagged(18, ()) != (18, ())
    assert sorted(COSE_TAGS) == [16, 18, 96, 98]


# --- properties -------------------------------------------------------------------------------------------------------

INTEGERS = st.integers(-INT_MAX - 1, INT_MAX)
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
KEYS = st.one_of(INTEGERS, TEXT, st.binary(max_size=20))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), INTEGERS, TEXT, st.binary(max_size=300)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=8).map(tuple),
        st.dictionaries(KEYS, inner, max_size=8),
        st.builds(Tagged, st.sampled_from(sorted(COSE_TAGS)), inner),
    ),
    max_leaves=20,
).filter(lambda value: _depth(value) <= DEPTH_MAX)


def _depth(value: Any) -> int:
    if isinstance(value, Tagged):
        return 1 + _depth(value.value)
    if isinstance(value, tuple):
        return 1 + max(map(_depth, value), default=0)
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 0


def to_oracle(value: Any) -> Any:
    if isinstance(value, Tagged):
        return cbor2.CBORTag(value.tag, to_oracle(value.value))
    if isinstance(value, tuple):
        return [to_oracle(item) for item in value]
    if isinstance(value, dict):
        # The oracle sorts keys by length first; sorted here it writes them as they come.
        pairs = sorted(value.items(), key=lambda pair: cbor2.dumps(pair[0]))
        return {key: to_oracle(item) for key, item in pairs}
    return value


def same(left: Any, right: Any) -> bool:
    """Equal with types, since True == 1 in Python."""
    if type(left) is not type(right):
        return False
    if isinstance(left, Tagged):
        return left.tag == right.tag and same(left.value, right.value)
    if isinstance(left, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


@given(VALUES)
@example({1: True, 2: (1, False)})
def test_round_trip(value: Any) -> None:
    assert same(decode(encode(value)), value)


@given(VALUES)
def test_oracle_agrees(value: Any) -> None:
    assert encode(value) == cbor2.dumps(to_oracle(value))


@given(st.dictionaries(KEYS, INTEGERS, max_size=20), st.randoms(use_true_random=False))
def test_order_of_a_dict_does_not_matter(value: dict[Any, int], shuffle: Any) -> None:
    pairs = list(value.items())
    shuffle.shuffle(pairs)
    assert encode(dict(pairs)) == encode(value)


@given(st.binary(max_size=64))
def test_accepted_bytes_encode_to_themselves(raw: bytes) -> None:
    try:
        value = decode(raw)
    except PeerError:
        return
    assert encode(value) == raw


@given(VALUES, st.data())
def test_mutated_bytes_are_refused_or_canonical(value: Any, data: st.DataObject) -> None:
    raw = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(["flip", "cut", "insert"]))
        if kind == "flip":
            raw[at] ^= 1 << data.draw(st.integers(0, 7))
        elif kind == "insert":
            raw.insert(at, data.draw(st.integers(0, 255)))
        else:
            del raw[at:]
            break
    try:
        changed = decode(bytes(raw))
    except PeerError:
        return
    assert encode(changed) == bytes(raw)


@given(st.lists(VALUES, max_size=5))
def test_sequence_round_trip(values: list[Any]) -> None:
    assert same(decode_sequence(b"".join(map(encode, values))), tuple(values))
